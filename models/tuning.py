"""Teach the carried model the lecture, by low-rank changes of its matrices (LoRA; Hu et al. 2021, arXiv:2106.09685).

Two things are learned at once. Questions that one passage answers come near each other and near the passage, farther
from other passages' questions (InfoNCE; van den Oord et al. 2018, arXiv:1807.03748). And a plane parts the questions
that the lecture covers from those that only sound like it: `knowledge/probe.py` finds it again in the new space.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.bert import Affine, Bert, Layer
from models.embedder import Cutter
from models.quantized import DOWN, UP, Quantized

if TYPE_CHECKING:
    from torch import Tensor

RANK = 16
STRENGTH = 2.0  # LoRA's alpha / r
RATE = 6e-4  # of AdamW; rises for WARM_UP steps, then falls in a straight line
PLANE_RATE = 5e-3
DECAY = 0.01
WARM_UP = 20
LAST_RATE = 0.02  # of RATE
TEMPERATURE = 0.02  # E5's own was 0.01: cosines keep their range
PASSAGES = 0.5  # weight of questions against passages; questions against questions weigh 1
PLANE_SCALE = 8.0  # unit vectors' coordinates are small
CLIP = 1.0
CUT = 72  # tokens of a passage that take part
SIDE_BY_SIDE = 36  # texts of one forward pass, of about one length
MATRICES = {  # of a layer of ours: the tensors of BertModel that it is made of, one above another
    "qkv": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "mixed": ("attention.output.dense",),
    "up": ("intermediate.dense",),
    "down": ("output.dense",),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Some passages, two questions or more that each answers, and questions that none does."""

    questions: Sequence[str]
    owners: Sequence[int]  # which passage answers each question
    passages: Sequence[str]
    numbers: Sequence[int]  # which passage each of `passages` is
    outside: Sequence[str]


@dataclass(frozen=True, slots=True)
class Losses:
    """What one step tried to make small."""

    questions: float
    passages: float
    plane: float


@dataclass(frozen=True, slots=True)
class Adapted:
    """A linear layer with a low-rank change beside it; only the change learns."""

    layer: Affine
    up: "Tensor"  # [out, r]
    down: "Tensor"  # [r, in]

    def __call__(self, x: "Tensor") -> "Tensor":
        """Multiply x [tokens, in] to [tokens, out]."""
        changed: Tensor = self.layer(x) + STRENGTH * (x @ self.down.T) @ self.up.T
        return changed


class Tuning:
    """A model whose matrices carry changes that learn."""

    def __init__(self, source: Quantized, cut: Cutter, seed: int = 0) -> None:
        """Put changes of nothing beside every matrix. `cut` gives texts' tokens."""
        import torch

        self._draw = torch.Generator().manual_seed(seed)
        self._bert, self._cut = Bert(source), cut
        self._bert.layers = [self._adapted(layer) for layer in self._bert.layers]
        self._plane = torch.zeros(self._bert.width + 1, requires_grad=True)

    def _adapted(self, layer: Layer) -> Layer:
        qkv, mixed, up, down = (self._beside(getattr(layer, name)) for name in MATRICES)
        return replace(layer, qkv=qkv, mixed=mixed, up=up, down=down)

    def _beside(self, layer: Affine) -> Adapted:
        import torch

        out, into = layer.weight.shape
        down = torch.randn(RANK, into, generator=self._draw) / into**0.5
        return Adapted(layer, torch.zeros(out, RANK, requires_grad=True), down.requires_grad_())

    def learn(self, batches: Iterator[Batch], steps: int, tell: Callable[[int, Losses], None]) -> None:
        """Take so many steps; `tell` hears of each."""
        import torch

        changes = [t for layer in self._bert.layers for name in MATRICES for t in _learnt(getattr(layer, name))]
        groups = [{"params": changes, "weight_decay": DECAY}, {"params": [self._plane], "lr": PLANE_RATE}]
        optimizer = torch.optim.AdamW(groups, lr=RATE)
        rate = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1, (step + 1) / WARM_UP) * max(LAST_RATE, 1 - step / steps)
        )
        for step in range(1, steps + 1):
            losses = self._losses(next(batches))
            optimizer.zero_grad()
            torch.stack(losses).sum().backward()
            torch.nn.utils.clip_grad_norm_(changes, CLIP)
            optimizer.step()
            rate.step()
            among, passages, plane = torch.stack(losses).tolist()
            tell(step, Losses(among, passages / PASSAGES, plane))

    def _losses(self, batch: Batch) -> list["Tensor"]:
        import torch

        questions = self.vectors("query", [*batch.questions, *batch.outside])
        passages = self.vectors("passage", batch.passages)
        mine, owners = questions[: len(batch.questions)], torch.tensor(batch.owners)
        itself = torch.eye(len(mine), len(questions), dtype=torch.bool)
        nobody = torch.full((len(batch.outside),), -1)
        same = (owners[:, None] == torch.cat([owners, nobody])) & ~itself
        among = contrast((mine @ questions.T).masked_fill(itself, -torch.inf), same)
        with_passages = contrast(mine @ passages.T, owners[:, None] == torch.tensor(batch.numbers))
        return [among, PASSAGES * with_passages, self._parting(questions, len(mine))]

    def _parting(self, questions: "Tensor", covered: int) -> "Tensor":
        """Ask on which side of the plane each question lies; both sides weigh the same."""
        import torch
        from torch.nn.functional import binary_cross_entropy_with_logits

        scores = PLANE_SCALE * questions @ self._plane[:-1] + self._plane[-1]
        outside = len(questions) - covered
        wanted = torch.tensor([1.0] * covered + [0.0] * outside)
        weights = torch.tensor([0.5 / covered] * covered + [0.5 / outside] * outside)
        return binary_cross_entropy_with_logits(scores, wanted, weights, reduction="sum")

    def vectors(self, role: str, texts: Sequence[str]) -> "Tensor":
        """Encode texts to unit vectors [N, C] that can be learned through."""
        import torch

        tokens = [ids[:CUT] for ids in self._cut(role, texts)]
        order = sorted(range(len(tokens)), key=lambda n: len(tokens[n]))
        with _shorter():
            parts = [
                self._bert.forward([tokens[n] for n in order[start : start + SIDE_BY_SIDE]])
                for start in range(0, len(order), SIDE_BY_SIDE)
            ]
        return torch.cat(parts)[torch.tensor(order).argsort()]

    def save(self, path: Path) -> None:
        """Write the changes, as `Quantized` reads them."""
        from safetensors.numpy import save_file

        changes = {}
        for n, layer in enumerate(self._bert.layers):
            for field, names in MATRICES.items():
                adapted = getattr(layer, field)
                ups = (STRENGTH * adapted.up.detach()).chunk(len(names))
                for name, up in zip(names, ups, strict=True):
                    whole = f"encoder.layer.{n}.{name}.weight"
                    changes[whole + UP] = np.ascontiguousarray(up.numpy(), np.float16)
                    changes[whole + DOWN] = adapted.down.detach().numpy().astype(np.float16)
        save_file(changes, path)


def contrast(cosines: "Tensor", same: "Tensor") -> "Tensor":
    """Give InfoNCE of rows with one right column or more: cosines [N, M], same [N, M]; rows without any don't count."""
    import torch

    rows = same.any(dim=1)
    near = cosines[rows] / TEMPERATURE
    right = near.masked_fill(~same[rows], -torch.inf)
    return (torch.logsumexp(near, dim=1) - torch.logsumexp(right, dim=1)).mean()


def _learnt(adapted: Adapted) -> tuple["Tensor", "Tensor"]:
    return adapted.up, adapted.down


def _shorter() -> AbstractContextManager[object]:
    """Multiply in 16 bits where the processor can: half the time."""
    import torch

    return torch.autocast("cpu", torch.bfloat16, enabled=bool(torch.cpu.get_capabilities().get("avx512_bf16")))
