import torch
from torch import nn

torch.manual_seed(0)
T = 50
alpha_bar = torch.cumprod(1 - torch.linspace(1e-3, 0.2, T), dim=0)      # (T,)  1 -> 0
angle = torch.rand(512) * 6.28
x0 = torch.stack([angle.cos(), angle.sin()], dim=1)                     # (B, 2)  círculo / circle

model = nn.Sequential(nn.Linear(3, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
losses = []
for step in range(250):
    t = torch.randint(0, T, (512, 1))                                   # (B, 1)  instante / time step
    noise = torch.randn_like(x0)                                        # (B, 2)  ε
    x_t = alpha_bar[t].sqrt() * x0 + (1 - alpha_bar[t]).sqrt() * noise  # (B, 2)  ida / forward
    predicted = model(torch.cat([x_t, t / T], dim=1))                   # (B, 2)  ε̂
    loss = nn.functional.mse_loss(predicted, noise)                     # qual era o ruído? / which noise?
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
print(f"noise error: {sum(losses[:20]) / 20:.3f} -> {sum(losses[-20:]) / 20:.3f}")
