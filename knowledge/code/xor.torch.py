import torch
from torch import nn

torch.manual_seed(0)
x = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])   # (4, 2)
y = torch.tensor([[0.], [1.], [1.], [0.]])                   # (4, 1)  XOR

model = nn.Sequential(
    nn.Linear(2, 8), nn.Tanh(),      # (4, 8)  camada oculta / hidden layer
    nn.Linear(8, 1),                 # (4, 1)  logit
)
loss_fn = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)

for step in range(300):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

answers = (model(x) > 0).int().flatten().tolist()
print(f"0 1 1 0 = {answers}  loss: {loss.item():.4f}")
