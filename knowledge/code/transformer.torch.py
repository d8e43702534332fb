import torch
from torch import nn

class TinyTransformer(nn.Module):
    def __init__(self, vocab: int = 20, length: int = 8, width: int = 32) -> None:
        super().__init__()
        self.token = nn.Embedding(vocab, width)
        self.position = nn.Embedding(length, width)      # posição / position
        block = nn.TransformerEncoderLayer(width, nhead=4, dim_feedforward=64, dropout=0.0, batch_first=True)
        self.encoder = nn.TransformerEncoder(block, num_layers=2)
        self.head = nn.Linear(width, vocab)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        h = self.token(ids) + self.position(torch.arange(ids.shape[1]))   # (B, T, 32)
        return self.head(self.encoder(h))                                 # (B, T, 20)  logits

torch.manual_seed(0)
ids = torch.randint(0, 20, (64, 8))                      # (B, T=8)  tokens
target = ids.flip(1)                                     # (B, T)    inverter a frase / reverse the sentence
model = TinyTransformer()
optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
for step in range(80):
    loss = nn.functional.cross_entropy(model(ids).transpose(1, 2), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"loss: {loss.item():.3f}  logits: {tuple(model(ids).shape)}")
