import torch
from torch import nn

class ResidualBlock(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.f = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.f(x) + x)                 # F(x) + x: o atalho / the shortcut

torch.manual_seed(0)
model = nn.Sequential(
    nn.Conv2d(3, 16, 3, padding=1),                      # (B, 16, H, W)
    *[ResidualBlock(16) for _ in range(8)],              # (B, 16, H, W)  17 convoluções / convolutions
    nn.AdaptiveAvgPool2d(1), nn.Flatten(),               # (B, 16)  qualquer resolução / any resolution
    nn.Linear(16, 10),                                   # (B, 10)
)
small, large = torch.randn(2, 3, 32, 32), torch.randn(2, 3, 48, 48)   # (B, 3, H, W)
print(f"32 x 32 -> {tuple(model(small).shape)}   48 x 48 -> {tuple(model(large).shape)}")
