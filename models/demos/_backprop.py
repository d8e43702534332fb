"""Pictures of backprop: the small network with its numbers, there and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from torch import Tensor

from models.engine.protocol import Both, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Labels
from models.kit.charts import Curve
from models.kit.panels import Box
from models.kit.sheet import MARGIN, Point, Sheet

Stage = Literal["input", "hidden", "output", "error", "delta2", "delta1", "forward", "backward"]
ORDER: tuple[Stage, ...] = ("input", "hidden", "output", "error", "delta2", "delta1")
INPUTS: tuple[Point, ...] = ((120, 230), (120, 530))
HIDDEN: tuple[Point, ...] = ((500, 230), (500, 530))
OUTPUT: Point = (830, 380)
TALL = 810
STAGES = {
    "input": Both("1. Os dois valores entram", "1. The two values enter"),
    "hidden": Both("2. Cada oculto soma e espreme", "2. Each hidden one adds and squashes"),
    "output": Both("3. A saída faz o mesmo", "3. The output does the same"),
    "error": Both("4. Quanto errou?", "4. How wrong was it?"),
    "delta2": Both("5. A culpa volta: última camada", "5. Blame goes back: last layer"),
    "delta1": Both("6. E chega à primeira camada", "6. And reaches the first layer"),
    "forward": Both("Ida: do valor ao erro", "There: from value to error"),
    "backward": Both("Volta: a culpa de cada peso", "Back: the blame of each weight"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One case, all the way there and back."""

    x: Sequence[float]
    hidden: Sequence[float]
    output: float
    target: float
    weights: dict[str, Tensor]
    gradient: dict[str, Tensor]

    @property
    def loss(self) -> float:
        """Give ½ (output − target)²."""
        return (self.output - self.target) ** 2 / 2


def numbers(example: Example, lang: Lang, stage: Stage) -> Picture:
    """Draw the network with its numbers of one pass."""
    back = stage == "backward"
    alt = Both(
        "Rede com duas entradas, dois neurônios ocultos e uma saída. "
        + (
            "Em cada ligação, a sua culpa (gradiente)."
            if back
            else "Em cada ligação, o peso; em cada neurônio, o valor calculado."
        ),
        "Network with two inputs, two hidden neurons and one output. "
        + (
            "On each connection, its blame (gradient)."
            if back
            else "On each connection, its weight; in each neuron, the computed value."
        ),
    )
    return draw.picture(lambda sheet: _scene(sheet, example, lang, stage), alt)


def film(example: Example, lang: Lang) -> Picture:
    """Show the pass as a film, a stage a frame."""
    frames = [partial(_scene, example=example, lang=lang, stage=stage) for stage in ORDER]
    alt = Both(
        "Filme em seis passos: os valores entram, os ocultos e a saída se acendem, o erro aparece, e a culpa volta "
        "ligação por ligação.",
        "Film in six steps: the values enter, the hidden neurons and the output light up, the error shows, and blame "
        "goes back connection by connection.",
    )
    return draw.gif(frames, alt, "pass", height=TALL, millis=1500, hold=3500)


def _scene(sheet: Sheet, example: Example, lang: Lang, stage: Stage) -> None:
    sheet.title(STAGES[stage][lang])
    net(sheet, example, lang, stage, 0)
    sheet.caption(_words(example, lang, stage))


def _n(lang: Lang, value: float, digits: int = 2) -> str:
    return lettering.number(value, lang, digits)


def _words(example: Example, lang: Lang, stage: Stage) -> str:
    match stage:
        case "input":
            return Both("Caso (1, 0): a resposta certa é ", "Case (1, 0): the right answer is ")[lang] + _n(
                lang, example.target, 0
            )
        case "hidden" | "output" | "forward":
            return Both(
                "neurônio = ativação(soma de peso × entrada, mais o viés)",
                "neuron = activation(sum of weight × input, plus bias)",
            )[lang]
        case "error":
            wrong = f"{_n(lang, example.output)} − {_n(lang, example.target, 0)}"
            return f"{Both('erro', 'error')[lang]} = {wrong} = {_n(lang, example.output - example.target)}"
        case "delta2":
            slope = example.output * (1 - example.output)
            return (
                f"δ = {Both('erro × inclinação', 'error × slope')[lang]} = "
                f"{_n(lang, example.output - example.target)} × {_n(lang, slope)} = "
                f"{_n(lang, float(example.gradient['b2']), 3)}"
            )
        case _:
            return Both("culpa do peso = δ do neurônio à frente × valor que o peso transportou",
                        "blame of a weight = δ of the neuron ahead × the value it carried")[lang]  # fmt: skip


def net(sheet: Sheet, example: Example, lang: Lang, stage: Stage, down: float) -> None:
    """Draw the network from `down` pixels below its usual place, as far as the stage has come."""
    reached = len(ORDER) if stage == "backward" else 4 if stage == "forward" else ORDER.index(stage) + 1
    at = [[(x, y + down) for x, y in layer] for layer in (INPUTS, HIDDEN, (OUTPUT,))]
    for layer, name in ((0, "W1"), (1, "W2")):
        lit = reached > layer + 1
        blamed = reached > 5 - layer
        for i, start in enumerate(at[layer]):
            for j, end in enumerate(at[layer + 1]):
                source = example.gradient if blamed else example.weights
                role = "error" if blamed else "input" if lit else "faint"
                sheet.line([start, end], role, 4 if lit else 2.5)
                if lit or reached > 1:
                    _tag(sheet, start, end, _n(lang, float(source[name][i, j]), 3 if blamed else 2), role, i + j)
    for i, spot in enumerate(at[0]):
        sheet.node(spot, _n(lang, example.x[i], 0), "input", 50, 34)
    for i, spot in enumerate(at[1]):
        sheet.node(spot, _n(lang, example.hidden[i]) if reached > 1 else "?", "hidden", 60, 34)
        if reached > 5:
            sheet.text(
                (spot[0], spot[1] + 88), f"δ {_n(lang, float(example.gradient['b1'][0, i]), 3)}", 28, "error", bold=True
            )
    sheet.node(at[2][0], _n(lang, example.output) if reached > 2 else "?", "output", 66, 36)
    _end(sheet, example, lang, reached, at[2][0])


def _end(sheet: Sheet, example: Example, lang: Lang, reached: int, at: Point) -> None:
    if reached > 3:
        wanted = Both("certo", "right")[lang]
        sheet.text((at[0] + 90, at[1] - 26), f"{wanted}: {_n(lang, example.target, 0)}", 30, align="left")
        sheet.text(
            (at[0] + 90, at[1] + 22),
            f"{_n(lang, example.output - example.target)}",
            34,
            "error",
            align="left",
            bold=True,
        )
    if reached > 4:
        sheet.text((at[0], at[1] + 96), f"δ {_n(lang, float(example.gradient['b2']), 3)}", 28, "error", bold=True)


def _tag(sheet: Sheet, start: Point, end: Point, words: str, role: str, turn: int) -> None:
    """Write a number on a connection; crossing ones at different places."""
    share = 0.3 if abs(end[1] - start[1]) > 200 else 0.48
    x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
    wide = lettering.width_of(words, 28, bold=True) + 16
    sheet.rectangle((x - wide / 2, y - 20), (wide, 40), "paper", fill=1.0)
    sheet.text((x, y), words, 28, role if role != "faint" else "muted", bold=True)


def live(losses: Sequence[float], output: Tensor, target: Tensor, lang: Lang) -> Picture:
    """Draw the loss so far, and what the network answers."""

    def drawn(sheet: Sheet) -> None:
        sheet.title(Both(f"A perda desce: passo {len(losses)}", f"The loss falls: step {len(losses)}")[lang])
        _loss(sheet, Box(MARGIN, 140, 620, 640), losses, lang)
        _answers(sheet, Box(720, 140, 320, 640), output, target, lang)

    alt = Both(
        "A curva da perda até aqui e as respostas da rede nos quatro casos.",
        "The loss curve so far and the network's answers in the four cases.",
    )
    return draw.picture(drawn, alt)


def final(
    example: Example, losses: Sequence[float], output: Tensor, target: Tensor, solved: float, lang: Lang
) -> Picture:
    """Draw the summary: the blame of each weight, the loss, the answers."""

    def drawn(sheet: Sheet) -> None:
        sheet.title(
            Both("A culpa de cada peso, e o que ela ensina", "The blame of each weight, and what it teaches")[lang]
        )
        net(sheet, example, lang, "backward", 0)
        _loss(sheet, Box(MARGIN, 690, 620, 440), losses, lang)
        _answers(sheet, Box(720, 690, 320, 440), output, target, lang)
        share = lettering.percent(solved, lang, 0)
        sheet.caption(
            Both(
                f"De 100 outros começos, {share} acertam os quatro casos",
                f"Of 100 other starts, {share} get all four cases right",
            )[lang]
        )

    alt = Both(
        "Em cima, a rede com o gradiente em cada ligação para o caso (1, 0). Embaixo, a curva da perda e as quatro "
        "respostas finais.",
        "Above, the network with the gradient on each connection for the case (1, 0). Below, the loss curve and the "
        "four final answers.",
    )
    return draw.picture(drawn, alt, "summary", final=True, height=1220)


def _loss(sheet: Sheet, box: Box, losses: Sequence[float], lang: Lang) -> None:
    below = panels.heading(sheet, box, Both("perda", "loss")[lang])
    panels.curves(
        sheet, below, [Curve("", losses)], Labels(Both("passo", "step")[lang], "", lang), ylim=(0, max(losses) * 1.05)
    )


def _answers(sheet: Sheet, box: Box, output: Tensor, target: Tensor, lang: Lang) -> None:
    below = panels.heading(sheet, box, Both("respostas", "answers")[lang])
    for i, (got, wanted) in enumerate(zip(output.flatten().tolist(), target.flatten().tolist(), strict=True)):
        y = below.top + 34 + i * 78
        right = (got > 0.5) == (wanted > 0.5)
        sheet.text((below.left, y), f"({i // 2}, {i % 2})", 32, align="left")
        sheet.text(
            (below.left + 110, y),
            f"→ {lettering.number(got, lang)}",
            32,
            "output" if right else "error",
            align="left",
            bold=True,
        )
        sheet.text((below.left + 260, y), "✓" if right else "✗", 34, "output" if right else "error", bold=True)
