import torch

torch.manual_seed(0)
x = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])  # (4, 2)
y = torch.tensor([0., 0., 0., 1.])                          # (4,)  AND: 1 AND 1 = 1

w = torch.zeros(2)   # pesos / weights
b = torch.zeros(1)   # viés / bias
rate = 0.1           # taxa de aprendizado / learning rate

for epoch in range(10):
    errors = 0
    for x_i, y_i in zip(x, y):
        prediction = float(w @ x_i + b > 0)   # degrau / step: 0 ou/or 1
        error = y_i - prediction              # -1, 0, +1
        w += rate * error * x_i               # regra do perceptron / perceptron rule
        b += rate * error
        errors += int(error != 0)
    if errors == 0:
        break

accuracy = ((x @ w + b > 0).float() == y).float().mean()
print(f"accuracy: {accuracy:.0%}  (epoch {epoch + 1}, w = [{w[0]:.1f}, {w[1]:.1f}], b = {b.item():.1f})")
