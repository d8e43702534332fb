"""The carried model's forward pass: a BERT encoder (Devlin et al. 2018) over texts laid end to end, without padding.

Most of the time goes into matrix products, and padding a batch to its longest text nearly doubles them: here only
attention sees padding, a few texts of about one length at a time. Gives Sentence-Transformers' vectors (a test holds
it to that) in half the time, and without the seconds and the 200 MB that importing it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from models.quantized import Quantized

if TYPE_CHECKING:
    from torch import Tensor, dtype

LARGEST = 127  # of a signed 8-bit number, the same on both sides of 0
TINY = 1e-20  # a token of zeros isn't divided by 0
GROUP = 4  # texts that attend side by side, padded to the longest of them


@dataclass(frozen=True, slots=True)
class Affine:
    """Weight [out, in] and bias [out] of a linear layer, or those [C] of a layer norm."""

    weight: "Tensor"
    bias: "Tensor"

    def __call__(self, x: "Tensor") -> "Tensor":
        """Multiply x [tokens, in] as a linear layer; the result [tokens, out] is of the weight's type."""
        from torch.nn.functional import linear

        return linear(x.to(self.weight.dtype), self.weight, self.bias)


@dataclass(frozen=True, slots=True)
class Rounded:
    """A linear layer in 8 bits: each output's weights and each token's inputs are whole numbers up to ±127.

    Each token has a scale of its own (not each batch): a text's vector is the same whatever text is beside it.
    """

    weight: "Tensor"  # int8, [in, out]
    scale: "Tensor"  # [out]
    bias: "Tensor"  # [out]

    def __call__(self, x: "Tensor") -> "Tensor":
        """Multiply x [tokens, in] to float32 [tokens, out]."""
        import torch

        largest = torch.maximum(x.amax(1, keepdim=True), x.amin(1, keepdim=True).neg_())
        scale = largest.clamp_(min=TINY).div_(LARGEST)
        product = torch._int_mm((x / scale).round_().to(torch.int8), self.weight)  # exact, in int32
        return product.float().mul_(scale).mul_(self.scale).add_(self.bias)


class Linear(Protocol):
    """A linear layer, however it multiplies."""

    def __call__(self, x: "Tensor", /) -> "Tensor":
        """Multiply x [tokens, in] to [tokens, out]."""
        ...


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer."""

    qkv: Linear  # queries, keys and values in one product: [3C, C]
    mixed: Linear
    mixed_norm: Affine
    up: Linear
    down: Linear
    norm: Affine


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring texts: their rows among all tokens [N], and where those stand in a padded [B·T]."""

    rows: slice
    size: int  # B
    longest: int  # T
    places: "Tensor | None"  # [rows]; None where nothing is padded
    real: "Tensor | None"  # [B, 1, 1, T]: what may be attended to


class Bert:
    """Token ids to unit vectors."""

    def __init__(self, source: Quantized, fast: bool = False) -> None:
        """Expand the weights, one at a time. `fast`: matrices of fewer bits, where the processor multiplies those."""
        import torch

        config = source.config
        self.width, self._heads = config["hidden_size"], config["num_attention_heads"]
        self._epsilon = config["layer_norm_eps"]
        self._words = source.table("embeddings.word_embeddings.weight")
        types = source.tensor("embeddings.token_type_embeddings.weight")
        self._positions = torch.from_numpy(source.tensor("embeddings.position_embeddings.weight") + types[0])
        self._norm = _affine(source, "embeddings.LayerNorm")
        kind = kind_of_matrices() if fast else torch.float32
        self.layers = [_layer(source, f"encoder.layer.{n}", kind) for n in range(config["num_hidden_layers"])]

    def encode(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Encode texts given as token ids: [N, C] float32, the tokens' mean, rows of length 1."""
        import torch

        order = sorted(range(len(tokens)), key=lambda n: len(tokens[n]))
        with torch.inference_mode():
            pooled = self.forward([tokens[n] for n in order])
        vectors = np.empty((len(tokens), self.width), np.float32)
        vectors[order] = pooled.numpy()
        return vectors

    def forward(self, texts: Sequence[Sequence[int]]) -> "Tensor":
        """Encode texts that are sorted by length: [N, C] float32."""
        lengths = [len(text) for text in texts]
        x = self._embed(texts, lengths)
        groups = _groups(lengths)
        for layer in self.layers:
            x = self._transform(x, layer, groups)
        return _means(x, lengths)

    def _embed(self, texts: Sequence[Sequence[int]], lengths: Sequence[int]) -> "Tensor":
        import torch

        words = torch.from_numpy(self._words.rows([token for text in texts for token in text]))
        places = torch.cat([self._positions[:length] for length in lengths])
        return self._normalize(words + places, self._norm)

    def _transform(self, x: "Tensor", layer: Layer, groups: Sequence[Group]) -> "Tensor":
        """Run one layer: x [tokens, C] to the same shape."""
        import torch
        from torch.nn.functional import gelu

        qkv = layer.qkv(x)
        attended = torch.cat([self._attend(qkv[group.rows], group) for group in groups])
        x = self._normalize(x + layer.mixed(attended), layer.mixed_norm)  # what is added up stays float32
        return self._normalize(x + layer.down(gelu(layer.up(x))), layer.norm)

    def _attend(self, qkv: "Tensor", group: Group) -> "Tensor":
        """Let each text's tokens look at one another: [rows, 3C] to [rows, C]."""
        from torch.nn.functional import scaled_dot_product_attention

        if group.places is not None:
            padded = qkv.new_zeros(group.size * group.longest, 3 * self.width)
            padded[group.places] = qkv
            qkv = padded
        shape = (group.size, group.longest, 3, self._heads, self.width // self._heads)
        q, k, v = qkv.view(shape).permute(2, 0, 3, 1, 4)  # each (B, H, T, D)
        mixed = scaled_dot_product_attention(q, k, v, group.real).transpose(1, 2).reshape(-1, self.width)
        return mixed if group.places is None else mixed[group.places]

    def _normalize(self, x: "Tensor", norm: Affine) -> "Tensor":
        from torch.nn.functional import layer_norm

        return layer_norm(x, (self.width,), norm.weight, norm.bias, self._epsilon)


def kind_of_matrices() -> "dtype":
    """Give the type of matrices that the processor multiplies fastest.

    int8 (vectors differ by a cosine of 0.001) comes before bfloat16 (0.00001): it takes three quarters of the time,
    and 200 MB less, since torch keeps bfloat16 products' plans for every length of text.
    """
    import torch

    known = torch.cpu.get_capabilities()
    if any(known.get(name, False) for name in ("avx512_vnni", "avx_vnni")):
        return torch.int8
    if any(known.get(name, False) for name in ("avx512_bf16", "amx_bf16")):
        return torch.bfloat16
    return torch.float32


def _affine(source: Quantized, *names: str) -> Affine:
    """Read one layer, or several as one that gives all their outputs."""
    import torch

    weight, bias = (np.concatenate([source.tensor(f"{n}.{part}") for n in names]) for part in ("weight", "bias"))
    return Affine(torch.from_numpy(weight), torch.from_numpy(bias))


def _layer(source: Quantized, name: str, kind: "dtype") -> Layer:
    """Read one transformer layer, its matrices as `kind`."""

    def linear(*names: str) -> Linear:
        return _linear(_affine(source, *(f"{name}.{part}" for part in names)), kind)

    return Layer(
        qkv=linear(*(f"attention.self.{part}" for part in ("query", "key", "value"))),
        mixed=linear("attention.output.dense"),
        mixed_norm=_affine(source, f"{name}.attention.output.LayerNorm"),
        up=linear("intermediate.dense"),
        down=linear("output.dense"),
        norm=_affine(source, f"{name}.output.LayerNorm"),
    )


def _linear(layer: Affine, kind: "dtype") -> Linear:
    import torch

    if kind != torch.int8:
        return Affine(layer.weight.to(kind), layer.bias.to(kind))
    scale = layer.weight.abs().amax(1).clamp(min=TINY) / LARGEST
    return Rounded((layer.weight / scale[:, None]).round().to(kind).t(), scale, layer.bias)


def _groups(lengths: Sequence[int]) -> list[Group]:
    """Cut texts, sorted by length, into groups that are padded little."""
    groups, start = [], 0
    for first in range(0, len(lengths), GROUP):
        some = lengths[first : first + GROUP]
        groups.append(_group(start, some))
        start += sum(some)
    return groups


def _group(start: int, lengths: Sequence[int]) -> Group:
    import torch

    longest = lengths[-1]
    rows = slice(start, start + sum(lengths))
    if lengths[0] == longest:
        return Group(rows, len(lengths), longest, None, None)
    real = torch.arange(longest) < torch.tensor(lengths)[:, None]  # (B, T)
    return Group(rows, len(lengths), longest, real.flatten().nonzero()[:, 0], real[:, None, None, :])


def _means(x: "Tensor", lengths: Sequence[int]) -> "Tensor":
    """Average each text's tokens: [tokens, C] to unit rows [N, C]."""
    import torch
    from torch.nn.functional import normalize

    return normalize(torch.stack([text.mean(dim=0) for text in torch.split(x, list(lengths))]))
