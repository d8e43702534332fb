"""Cats and dogs: a convolutional network tells 2,000 outlines and 300 drawings apart, and then looks at yours.

Near-twins and drawings of the same studio always fall on the same side of the split. Splitting at random, or augmenting
before splitting, would let the network meet its test pictures in training and look better than it is.
"""

# [code]
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from models import datasets


def pets() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give pictures [N, 1, 32, 32] of 0 to 1, cat (0) or dog (1), groups, and which are drawings (1), not outlines."""
    outlines, icons = datasets.silhouettes(), datasets.icons()
    flat = functional.pad(torch.from_numpy(outlines.images).float() / 255, (2, 2, 2, 2))
    grey = 1 - torch.from_numpy(icons.images).float().mean(3) / 255
    pictures = torch.cat([flat, grey / grey.amax((1, 2), keepdim=True)])[:, None]
    labels = torch.cat([torch.from_numpy(outlines.labels), torch.from_numpy(icons.labels)])
    groups = torch.cat([torch.from_numpy(outlines.groups), 100_000 + torch.from_numpy(icons.groups)])
    return pictures, labels, groups, (groups >= 100_000).long()


def folds(groups: Tensor, kinds: Tensor, parts: int, seed: int) -> Tensor:
    """Give each picture's part: whole groups, the largest first, always to the part that has least of their kind."""
    dice = torch.Generator().manual_seed(seed)
    numbers, counts = groups.unique(return_counts=True)
    order = (counts + torch.rand(len(counts), generator=dice)).argsort(descending=True)
    filled, part = torch.zeros(2, parts), torch.zeros_like(groups)
    for number, count in zip(numbers[order], counts[order], strict=True):
        kind = int(number >= 100_000)
        part[groups == number] = least = int(filled[kind].argmin())
        filled[kind, least] += count
    return part


def networks(seed: int) -> dict[str, nn.Module]:
    """Make the CNN (60,977 parameters), an MLP of the same size and a linear classifier."""
    torch.manual_seed(seed)
    cnn = nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),  # [16, 16, 16]
        *(nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)),  # [32, 8, 8]
        *(nn.Conv2d(32, 48, 3, padding=1), nn.BatchNorm2d(48), nn.ReLU(), nn.MaxPool2d(2)),  # [48, 4, 4]
        *(nn.Flatten(), nn.Dropout(0.3), nn.Linear(768, 56), nn.ReLU(), nn.Linear(56, 1)),
    )
    mlp = nn.Sequential(nn.Flatten(), nn.Linear(1024, 59), nn.ReLU(), nn.Linear(59, 1))
    return {"cnn": cnn, "mlp": mlp, "linear": nn.Sequential(nn.Flatten(), nn.Linear(1024, 1))}


def varied(x: Tensor, amount: float, dice: torch.Generator) -> Tensor:
    """Turn, mirror, move and scale pictures a little, each in its own way; of some leave only the contour."""
    many = len(x)
    turn, scale = (
        amount * (torch.rand(many, generator=dice) - 0.5),
        1 + amount * 0.5 * (torch.rand(many, generator=dice) - 0.4),
    )
    mirror = torch.randint(2, (many,), generator=dice) * 2 - 1
    move = amount * 0.4 * (torch.rand(many, 2, generator=dice) - 0.5)
    rows = torch.stack(
        [
            mirror * scale * turn.cos(),
            -scale * turn.sin(),
            move[:, 0],
            mirror * scale * turn.sin(),
            scale * turn.cos(),
            move[:, 1],
        ],
        1,
    )
    moved = functional.grid_sample(
        x, functional.affine_grid(rows.view(-1, 2, 3), list(x.shape), align_corners=False), align_corners=False
    )
    contour = functional.max_pool2d(moved, 3, 1, 1) - moved
    return torch.where((torch.rand(many, generator=dice) < 0.15 * amount)[:, None, None, None], contour, moved)


def train(
    nets: Mapping[str, nn.Module],
    x: Tensor,
    y: Tensor,
    weight: Tensor,
    epochs: int,
    lr: float,
    amount: float,
    seed: int,
) -> Iterator[tuple[float, float]]:
    """Train all networks on the same batches, drawn by weight; yield how much is done and the CNN's loss."""
    dice = torch.Generator().manual_seed(seed)
    optimizers = [torch.optim.AdamW(net.parameters(), lr, weight_decay=0.01) for net in nets.values()]
    steps = max(epochs * len(x) // 64, 1)
    for step in range(1, steps + 1):
        pick = torch.multinomial(weight, 64, replacement=True, generator=dice)
        batch = varied(x[pick], amount, dice) if amount else x[pick]
        losses = []
        for net, optimizer in zip(nets.values(), optimizers, strict=True):
            optimizer.param_groups[0]["lr"] = lr * (1.01 - step / steps)
            loss = functional.binary_cross_entropy_with_logits(net(batch)[:, 0], y[pick].float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        yield step / steps, losses[0]


@torch.no_grad()
def dogness(net: nn.Module, x: Tensor) -> Tensor:
    """Give the chance of a dog [N], from the picture and its mirror image."""
    net.eval()
    scores: Tensor = (net(x) + net(x.flip(3)))[:, 0] / 2
    net.train()
    return scores.sigmoid()


# [end]
