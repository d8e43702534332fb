import torch
from torch import nn

torch.manual_seed(0)
code = torch.rand(256, 2)                                # (B, 2)  2 causas / 2 causes
x = torch.sin(code @ torch.randn(2, 16) * 2)             # (B, 16) dados / data

encoder = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 2))   # (B, 16) -> (B, 2)
decoder = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 16))   # (B, 2) -> (B, 16)
model = nn.Sequential(encoder, decoder)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(200):
    loss = nn.functional.mse_loss(model(x), x)           # o alvo é a entrada / the target is the input
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step == 0:
        first = loss.item()
print(f"reconstruction error: {first:.3f} -> {loss.item():.3f}  code: {tuple(encoder(x).shape)}")
