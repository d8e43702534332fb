import torch
from torch import nn

torch.manual_seed(0)
MASK = 10
ids = (torch.randint(0, 10, (128, 1)) + torch.arange(8)) % 10    # (B, T=8)  3 4 5 6 … sem rótulos / no labels
hidden = torch.zeros_like(ids, dtype=torch.bool)
hidden[torch.arange(128), torch.randint(0, 8, (128,))] = True    # (B, T)  esconde 1 / hide 1
masked = ids.masked_fill(hidden, MASK)                           # 3 4 █ 6 …

model = nn.Sequential(
    nn.Embedding(11, 16),                                        # (B, T, 16)
    nn.Flatten(),                                                # (B, 128)
    nn.Linear(8 * 16, 64), nn.ReLU(),                            # (B, 64)
    nn.Linear(64, 8 * 10), nn.Unflatten(1, (8, 10)),             # (B, T, 10)
)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(60):
    logits = model(masked)[hidden]                               # (B, 10)
    loss = nn.functional.cross_entropy(logits, ids[hidden])      # o dado é o gabarito / the data is the label
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
accuracy = (logits.argmax(dim=1) == ids[hidden]).float().mean()
print(f"loss: {loss.item():.3f}  hidden tokens guessed: {accuracy:.0%}")
