import torch
from torch import nn

torch.manual_seed(0)
x = torch.rand(64, 1, 28, 28) * 0.2      # (B, 1, 28, 28)  imagens / images
y = torch.arange(64) % 2                 # (B,)  0: —   1: |
x[y == 0, :, 14, 4:24] = 1               # linha horizontal / horizontal line
x[y == 1, :, 4:24, 14] = 1               # linha vertical / vertical line

model = nn.Sequential(
    nn.Conv2d(1, 8, kernel_size=3, padding=1), nn.ReLU(),   # (B, 8, 28, 28)
    nn.MaxPool2d(2),                                        # (B, 8, 14, 14)
    nn.Conv2d(8, 16, kernel_size=3, padding=1), nn.ReLU(),  # (B, 16, 14, 14)
    nn.MaxPool2d(2),                                        # (B, 16, 7, 7)
    nn.Flatten(),                                           # (B, 784)
    nn.Linear(16 * 7 * 7, 2),                               # (B, 2)  logits
)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)

for step in range(15):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
accuracy = (model(x).argmax(dim=1) == y).float().mean()
print(f"loss: {loss.item():.3f}  train accuracy: {accuracy:.0%}")
