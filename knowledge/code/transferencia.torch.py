import torch
from torch import nn

def train(model: nn.Module, x: torch.Tensor, y: torch.Tensor, steps: int) -> float:
    optimizer = torch.optim.Adam((p for p in model.parameters() if p.requires_grad), lr=0.01)
    for step in range(steps):
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return (model(x).argmax(dim=1) == y).float().mean().item()

torch.manual_seed(0)
backbone = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())   # (B, 8) -> (B, 16)

# 1. tarefa A, muitos dados / task A, plenty of data
x_a = torch.randn(1000, 8)
y_a = (x_a[:, 0] > 0).long() + 2 * (x_a[:, 1] > 0).long()         # (1000,)  4 classes
train(nn.Sequential(backbone, nn.Linear(16, 4)), x_a, y_a, steps=150)

# 2. tarefa B, poucos dados: backbone congelado, cabeça nova / task B, few data: frozen backbone, new head
backbone.requires_grad_(False)
x_b = torch.randn(40, 8)
y_b = ((x_b[:, 0] > 0) != (x_b[:, 1] > 0)).long()                 # (40,)  2 classes
model = nn.Sequential(backbone, nn.Linear(16, 2))
accuracy = train(model, x_b, y_b, steps=100)
trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
print(f"train accuracy: {accuracy:.0%}  trainable parameters: {trainable}")
