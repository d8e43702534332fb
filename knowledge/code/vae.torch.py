import torch
from torch import nn

torch.manual_seed(0)
angle = torch.rand(256) * 6.28
x = torch.stack([angle.cos(), angle.sin()], dim=1)                  # (B, 2)  círculo / circle

encoder = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 4))   # (B, 4): mu, logvar
decoder = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 2))   # (B, 2) -> (B, 2)
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=0.01)

for step in range(150):
    mu, logvar = encoder(x).chunk(2, dim=1)                         # (B, 2), (B, 2)
    z = mu + torch.randn_like(mu) * (logvar / 2).exp()   # sorteio / draw
    reconstruction = (decoder(z) - x).pow(2).sum(dim=1).mean()
    kl = 0.5 * (mu.pow(2) + logvar.exp() - 1 - logvar).sum(dim=1).mean()
    loss = reconstruction + 0.02 * kl
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

new = decoder(torch.randn(1000, 2))                                 # ruído -> dado novo / noise -> new data
print(f"reconstruction error: {reconstruction.item():.3f}  radius of new data: {new.norm(dim=1).mean():.2f}  (real: 1.00)")
