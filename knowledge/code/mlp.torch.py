import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(256, 4)                  # (B, 4)  tabela / table: 4 colunas / columns
y = (x[:, 0] * x[:, 1] > 0).long()       # (B,)    classe / class: 0, 1  (XOR)

model = nn.Sequential(
    nn.Linear(4, 32), nn.ReLU(),         # (B, 32)  camada oculta / hidden layer
    nn.Linear(32, 32), nn.ReLU(),        # (B, 32)
    nn.Linear(32, 2),                    # (B, 2)   logits
)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(150):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()                      # backpropagation
    optimizer.step()

accuracy = (model(x).argmax(dim=1) == y).float().mean()
print(f"loss: {loss.item():.3f}  train accuracy: {accuracy:.0%}")
