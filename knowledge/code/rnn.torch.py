import torch
from torch import nn

torch.manual_seed(0)
start = torch.rand(128, 1) * 6.28                        # (B, 1)
wave = torch.sin(start + 0.3 * torch.arange(21))         # (B, 21)
x, y = wave[:, :20].unsqueeze(-1), wave[:, 20:]          # (B, T=20, 1), (B, 1)  próximo valor / next value

class Forecaster(nn.Module):
    def __init__(self, hidden: int = 16) -> None:
        super().__init__()
        self.rnn = nn.RNN(input_size=1, hidden_size=hidden, batch_first=True)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        states, _ = self.rnn(x)                          # (B, T, 16)  h_1 … h_T
        return self.head(states[:, -1])                  # (B, 1)  só o último / the last one only

model = Forecaster()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(100):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()                                      # através do tempo / through time
    optimizer.step()
print(f"mean squared error: {loss.item():.4f}")
