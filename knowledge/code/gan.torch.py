import torch
from torch import nn

torch.manual_seed(0)
generator = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))       # (B, 4) -> (B, 1)
discriminator = nn.Sequential(nn.Linear(1, 16), nn.ReLU(), nn.Linear(16, 1))   # (B, 1) -> (B, 1) logit
g_optimizer = torch.optim.Adam(generator.parameters(), lr=0.005, betas=(0.5, 0.999))
d_optimizer = torch.optim.Adam(discriminator.parameters(), lr=0.005, betas=(0.5, 0.999))
bce = nn.BCEWithLogitsLoss()
ones, zeros = torch.ones(128, 1), torch.zeros(128, 1)

for step in range(400):
    real = 4 + 0.5 * torch.randn(128, 1)                 # (B, 1)  dados reais / real data: N(4, 0.5)
    fake = generator(torch.randn(128, 4))                # (B, 1)  ruído -> dado / noise -> data

    # discriminador / discriminator: real = 1, fake = 0
    d_loss = bce(discriminator(real), ones) + bce(discriminator(fake.detach()), zeros)
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()

    g_loss = bce(discriminator(fake), ones)              # gerador / generator: "é real" / "it's real"
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()

print(f"mean of the generated data: {generator(torch.randn(1000, 4)).mean().item():.2f}  (real: 4.00)")
