import torch
from torch import nn

torch.manual_seed(0)
x = torch.randint(0, 2, (256, 12, 1)).float()            # (B, T=12, 1)  bits
y = x[:, 0, 0].long()                                    # (B,)  lembrar o 1º bit / remember the first bit

class Remember(nn.Module):
    def __init__(self, hidden: int = 24) -> None:
        super().__init__()
        self.lstm = nn.LSTM(input_size=1, hidden_size=hidden, batch_first=True)
        self.head = nn.Linear(hidden, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        states, (h, c) = self.lstm(x)                    # (B, T, 24), h e/and c: (1, B, 24)
        return self.head(h[-1])                          # (B, 2)  logits

model = Remember()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for step in range(120):
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)    # contra explosão / against explosion
    optimizer.step()
accuracy = (model(x).argmax(dim=1) == y).float().mean()
print(f"loss: {loss.item():.3f}  train accuracy: {accuracy:.0%}")
