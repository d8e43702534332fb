import torch

torch.manual_seed(0)
n = 100
patterns = torch.randint(0, 2, (3, n)).float() * 2 - 1   # (3, 100)  -1, +1

w = patterns.T @ patterns / n                            # (100, 100)  regra de Hebb / Hebb's rule
w.fill_diagonal_(0)

state = patterns[0].clone()
state[torch.randperm(n)[:20]] *= -1                      # estraga 20 de 100 / damage 20 of 100
before = (state == patterns[0]).float().mean()

changed = True
while changed:                                           # até nada mudar / until nothing changes
    changed = False
    for i in torch.randperm(n):
        value = 1.0 if w[i] @ state >= 0 else -1.0
        if value != state[i]:
            state[i], changed = value, True

after = (state == patterns[0]).float().mean()
print(f"equal to the stored pattern: {before:.0%} -> {after:.0%}")
