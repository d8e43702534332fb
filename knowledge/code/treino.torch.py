import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split

torch.manual_seed(0)
x = torch.randn(300, 2)                                            # (300, 2)
y = (x.pow(2).sum(dim=1) < 1.4).long()                             # (300,)  dentro do círculo? / inside the circle?
train, validation, test = random_split(TensorDataset(x, y), [200, 50, 50])

model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)

def evaluate(data) -> float:
    inputs, labels = data.dataset[data.indices]
    with torch.no_grad():
        return (model(inputs).argmax(dim=1) == labels).float().mean().item()

best = 0.0
for epoch in range(20):
    for inputs, labels in DataLoader(train, batch_size=32, shuffle=True):   # (32, 2), (32,)
        loss = nn.functional.cross_entropy(model(inputs), labels)
        optimizer.zero_grad()                                      # 1. zera / reset
        loss.backward()                                            # 2. gradientes / gradients
        optimizer.step()                                           # 3. ajusta / adjust
    best = max(best, evaluate(validation))                         # escolher / choose
print(f"validation: {best:.0%}  test: {evaluate(test):.0%}")       # prova final / final exam: 1×
