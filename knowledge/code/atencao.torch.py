import math

import torch
from torch import nn

def attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])   # (B, T, T)  q·k / √d
    weights = scores.softmax(dim=-1)                            # (B, T, T)  cada linha soma 1 / each row sums to 1
    return weights @ v, weights                                 # (B, T, d)

torch.manual_seed(0)
x = torch.randn(1, 4, 8)                                        # (B, T=4, C=8)  4 palavras / words
to_q, to_k, to_v = (nn.Linear(8, 8, bias=False) for _ in range(3))
out, weights = attention(to_q(x), to_k(x), to_v(x))             # (1, 4, 8), (1, 4, 4)

reference = nn.functional.scaled_dot_product_attention(to_q(x), to_k(x), to_v(x))
assert torch.allclose(out, reference, atol=1e-6)                # igual à do PyTorch / same as PyTorch's
print(f"output: {tuple(out.shape)}  row sums: {weights.sum(dim=-1).mean():.2f}")
