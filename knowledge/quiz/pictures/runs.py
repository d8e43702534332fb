"""Train the small networks that the questions show: `python -m knowledge.quiz.pictures.runs` writes runs.json."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "runs.json"
Array = NDArray[np.float64]
POINTS = 60  # kept of a curve
SIDE = 48  # of the grid that a boundary is kept on
EDGE = 1.6  # the grid reaches from -EDGE to EDGE


@dataclass
class Net:
    """A network with one hidden layer of tanh, trained by Adam on the squared error (or on logits' cross-entropy)."""

    w1: Array  # (inputs, hidden)
    b1: Array
    w2: Array  # (hidden, 1)
    b2: Array

    @classmethod
    def new(cls, inputs: int, hidden: int, rng: np.random.Generator, spread: float) -> "Net":
        """Draw the first weights."""
        w1, b1 = rng.normal(0, spread, (inputs, hidden)), rng.normal(0, spread, hidden)
        return cls(w1, b1, rng.normal(0, hidden**-0.5, (hidden, 1)), np.zeros(1))

    def out(self, x: Array) -> Array:
        """Compute (N, 1) from (N, inputs)."""
        return np.tanh(x @ self.w1 + self.b1) @ self.w2 + self.b2

    def gradients(self, x: Array, delta: Array) -> list[Array]:
        """Propagate dL/dout (N, 1) back to every parameter."""
        h = np.tanh(x @ self.w1 + self.b1)
        back = (delta @ self.w2.T) * (1 - h**2)
        return [x.T @ back, back.sum(0), h.T @ delta, delta.sum(0)]

    def train(self, x: Array, y: Array, epochs: int, rate: float, *, classify: bool = False) -> Iterator[int]:
        """Take `epochs` steps of Adam over all examples; yields each epoch before its step."""
        parameters = [self.w1, self.b1, self.w2, self.b2]
        m, v = [np.zeros_like(p) for p in parameters], [np.zeros_like(p) for p in parameters]
        for epoch in range(epochs):
            yield epoch
            out = self.out(x)
            delta = (1 / (1 + np.exp(-out)) - y if classify else 2 * (out - y)) / len(x)
            for i, g in enumerate(self.gradients(x, delta)):
                m[i] += 0.1 * (g - m[i])
                v[i] += 0.001 * (g**2 - v[i])
                step = (m[i] / (1 - 0.9 ** (epoch + 1))) / (np.sqrt(v[i] / (1 - 0.999 ** (epoch + 1))) + 1e-8)
                parameters[i] -= rate * step


def wave(count: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Give noisy points of a sine: (N, 1) and (N, 1)."""
    x = rng.uniform(-1, 1, (count, 1))
    return x, np.sin(2.5 * np.pi * x) + rng.normal(0, noise, (count, 1))


def learning_curve(count: int, hidden: int, noise: float, epochs: int, seed: int, spread: float = 4) -> dict[str, Any]:
    """Train on `count` noisy points; keep the errors of training and validation along the way."""
    rng = np.random.default_rng(seed)
    (x, y), (vx, vy) = wave(count, noise, rng), wave(200, noise, rng)
    net, train, valid, every = Net.new(1, hidden, rng, spread), [], [], max(1, epochs // POINTS)
    for epoch in net.train(x, y, epochs, 0.01):
        if epoch % every == 0:
            train.append(round(float(np.mean((net.out(x) - y) ** 2)), 4))
            valid.append(round(float(np.mean((net.out(vx) - vy) ** 2)), 4))
    return {"train": train, "valid": valid, "epochs": epochs}


def rate_curve(rate: float, steps: int = 40) -> list[float]:
    """Descend the gradient of a straight line's squared error; keep the loss at each step."""
    rng = np.random.default_rng(3)
    x = rng.normal(0, 1, 50)
    y = 2 * x + 1 + rng.normal(0, 0.3, 50)
    design, w = np.stack([x, np.ones(50)], 1), np.array([-2.0, -1.5])
    losses = []
    for _ in range(steps):
        error = design @ w - y
        losses.append(round(float(np.mean(error**2)), 4))
        w = w - rate * 2 * design.T @ error / 50
    return losses


def moons(rng: np.random.Generator) -> tuple[Array, Array]:
    """Give two crescents that no straight line separates well: (N, 2) and (N, 1)."""
    t = rng.uniform(0, np.pi, 40)
    first = np.stack([np.cos(t) - 0.5, np.sin(t) - 0.25], 1)
    second = np.stack([0.5 - np.cos(t), 0.25 - np.sin(t)], 1)
    x = np.concatenate([first, second]) * 0.95 + rng.normal(0, 0.19, (80, 2))
    return x, np.repeat([[0.0], [1.0]], 40, 0)


def boundaries(seed: int) -> dict[str, Any]:
    """Fit one neuron, a hidden layer and the nearest neighbour to the same points; keep what each says on a grid."""
    rng = np.random.default_rng(seed)
    x, y = moons(rng)
    axis = np.linspace(-EDGE, EDGE, SIDE)
    grid = np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2)
    weights = np.zeros((3, 1))
    ones = np.c_[x, np.ones(len(x))]
    for _ in range(500):
        weights -= 0.5 * ones.T @ (1 / (1 + np.exp(-ones @ weights)) - y) / len(x)
    net = Net.new(2, 12, rng, 1)
    for _ in net.train(x, y, 600, 0.02, classify=True):
        pass
    nearest = y[np.argmin(((grid[:, None] - x[None]) ** 2).sum(-1), 1)]
    said = {"neuron": np.c_[grid, np.ones(len(grid))] @ weights, "hidden": net.out(grid), "nearest": nearest - 0.5}
    rows = {
        name: ["".join(map(str, row)) for row in (v.reshape(SIDE, SIDE) > 0).astype(int)] for name, v in said.items()
    }
    return {"points": x.round(3).tolist(), "classes": y[:, 0].astype(int).tolist(), "grid": rows}


def main() -> None:
    """Make every run and keep it."""
    runs = {
        "curves": {
            "good": learning_curve(200, 30, 0.15, 1500, seed=1),
            "overfitting": learning_curve(14, 80, 0.45, 1500, seed=4),
            "underfitting": learning_curve(200, 1, 0.15, 1500, seed=2, spread=1),
        },
        "rates": {"good": rate_curve(0.12), "low": rate_curve(0.006), "high": rate_curve(0.86)},
        "boundaries": boundaries(7),
    }
    FILE.write_text(json.dumps(runs, separators=(",", ":")) + "\n", "utf-8")


def read() -> dict[str, Any]:
    """Read the kept runs."""
    runs: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return runs


if __name__ == "__main__":
    main()
