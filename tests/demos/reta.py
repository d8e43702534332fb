"""A line fitted to points by gradient descent: well behaved, with something to play."""

# [code]
from collections.abc import Iterator

import numpy as np

# [end]
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoError,
    DemoSpec,
    Event,
    Expectation,
    Knob,
    Metric,
    Move,
    Option,
    Param,
    Params,
    Picture,
    Preset,
    Result,
    Step,
    Turn,
)
from models.kit import arrays, charts, draw
from models.kit.charts import Curve, Look

SPEC = DemoSpec(
    name="reta",
    title=Both("Uma reta aprende", "A line learns"),
    summary=Both("Descida do gradiente numa reta", "Gradient descent on a line"),
    lesson=Both("O erro cai passo a passo.", "The error falls step by step."),
    concept="perceptron",
    related=("gan",),
    seconds=1,
    expect=Expectation(
        Both("O erro chega a zero?", "Does the error reach zero?"),
        (Option("yes", Both("sim", "yes")), Option("no", Both("quase", "almost"))),
    ),
    quick={"steps": 5},
    params=(
        Param("steps", "int", 60, Both("passos", "steps"), 1, 500, words=("passos", "steps")),
        Param("lr", "float", 0.1, Both("taxa de aprendizado", "learning rate"), 0.001, 10, words=("taxa", "rate")),
    ),
    presets=(
        Preset("diverge", Both("taxa 3", "rate 3"), {"lr": 3.0}, Both("Passa.", "It overshoots."), broken=True),
    ),
    knobs=(
        Knob("rate10", Both("taxa ×10", "rate ×10"), "lr", times=10),
        Knob("longer", Both("mais passos", "more steps"), "steps", times=2),
    ),
    aliases=("reta de teste", "test line"),
    asks=("ajustar uma reta", "fit a line"),
    slides=("perceptron",),
    reference="Cauchy, 1847",
    data=Both("Pontos sorteados", "Random points"),
    plays=("press", "text", "image"),
    call="for step, slope, loss in train({steps}, {lr}, seed={seed}):\n    print(step, slope, loss)",
)  # fmt: skip


# [code]
def train(steps: int, lr: float, seed: int) -> Iterator[tuple[int, float, float]]:
    """Yield (step, slope, loss)."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=50)
    y = 2 * x + rng.normal(0, 0.1, size=50)
    slope = 0.0
    for step in range(1, steps + 1):
        slope += lr * float(np.mean((y - slope * x) * x))
        yield step, slope, float(np.mean((y - slope * x) ** 2))


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Fit, and show the error."""
    if "image" in params.files and not params.files["image"].startswith(b"\x89PNG"):
        raise DemoError(Both("Isso não é um PNG.", "That is no PNG."))
    steps, losses, slope = params.int("steps"), [], 0.0
    for step, fitted, loss in train(steps, params.float("lr"), seed):
        slope = fitted
        losses.append(min(loss, 1e9))
        yield Step(step / steps, Both("ajustando", "fitting"), {"loss": losses[-1]})
        if step == 1:
            yield _chart(losses, "live")
    yield _chart(losses, "summary")
    yield Result(
        Both(f"A inclinação ficou em {slope:.3g}.", f"The slope ended at {slope:.3g}."),
        Both("Cada passo desce um pouco.", "Each step goes down a little."),
        Both("Tente taxa ×10.", "Try rate ×10."),
        (Metric("mse", Both("erro", "error"), losses[-1], (Baseline(Both("sem rede", "no net"), 4.0),), "lower"),),
        Answer("no", Both("Quase: o ruído fica.", "Almost: the noise stays.")),
        turn=Turn(Both("Chute!", "Guess!"), _moves(), Both("Um número", "A number"), "image", "0"),
        state=arrays.pack({"slope": [slope]}),
    )  # fmt: skip


def play(state: bytes, memory: str, params: Params, move: str) -> Iterator[Event]:
    """Compare a guess with the slope; `memory` counts the guesses."""
    if "image" in params.files:
        move = str(len(params.files["image"]))
    guesses = int(memory) + 1
    slope = float(arrays.unpack(state)["slope"][0])
    try:
        far = abs(float(move) - slope)
    except ValueError:
        raise DemoError(Both("Mande um número.", "Send a number.")) from None
    yield _chart([1.0, far], "guess")
    yield Turn(
        Both(f"Errou por {far:.2f}.", f"Off by {far:.2f}."), () if guesses > 2 else _moves(), memory=str(guesses),
        over=guesses > 2,
    )  # fmt: skip


def _moves() -> tuple[Move, ...]:
    return Move("1", Both("um", "one")), Move("2", Both("dois", "two"))


def _chart(losses: list[float], name: str) -> Picture:
    look = Look("Erro", x="passo", y="erro")
    return draw.picture(
        lambda sheet: charts.curves(sheet, look, [Curve("erro", losses)]),
        Both("O erro cai a cada passo.", "The error falls with each step."),
        name,
        final=name != "live",
        height=400,
    )
