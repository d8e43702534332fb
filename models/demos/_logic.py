"""Pictures of one neuron on the four corners of a logic gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from models.engine.protocol import Both, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Axes
from models.kit.panels import Box
from models.kit.sheet import MARGIN, Entry, Sheet

LOW, HIGH = -0.5, 1.5  # of the plane around the corners
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
FRAMES = 13
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """A neuron and the gate that it should be."""

    gate: str
    wanted: Sequence[int]  # of the four corners
    weights: tuple[float, float]
    threshold: float
    fired: Sequence[int]

    @property
    def right(self) -> int:
        """Count the right cases."""
        return sum(a == b for a, b in zip(self.wanted, self.fired, strict=True))


def corners(sheet: Sheet, box: Box, wanted: Sequence[int], sure: Floats | None = None) -> Axes:
    """Draw the four corners of a gate, 1 as a triangle and 0 as a circle, over what the neuron says of the plane."""
    plane = Axes(sheet, (box.left, box.top), (box.width, box.height), (LOW, HIGH), (LOW, HIGH))
    plane.field(np.full((8, 8), 0.5) if sure is None else sure)
    for corner, want in zip(CORNERS, wanted, strict=True):
        plane.scatter([corner[0]], [corner[1]], "error" if want else "input", "triangle" if want else "circle", 22)
        x, y = plane.place([corner[0]], [corner[1]])[0]
        sheet.text((x, y + 46), f"{corner[0]}, {corner[1]}", lettering.SMALLEST)
    return plane


def half_plane(weights: Sequence[float], threshold: float, side: int = 90) -> Floats:
    """Say where a neuron fires: [side, side] of 0 and 1, lowest row first."""
    ys, xs = np.meshgrid(np.linspace(LOW, HIGH, side), np.linspace(LOW, HIGH, side), indexing="ij")
    fires: Floats = (xs * weights[0] + ys * weights[1] >= threshold).astype(np.float64)
    return fires


def _rule(seen: Seen, lang: Lang) -> str:
    w1, w2, theta = (
        lettering.number(v + 0.0, lang, 2).rstrip("0").rstrip(",.") for v in (*seen.weights, seen.threshold)
    )
    second = f"− {w2[1:]}" if w2.startswith("−") else f"+ {w2}"
    return Both("laranja: dispara se ", "orange: fires if ")[lang] + f"{w1}·x₁ {second}·x₂ ≥ {theta}"


def _legend(sheet: Sheet, y: float, lang: Lang, left: float = MARGIN) -> None:
    one = Both("deve dar 1", "should be 1")[lang]
    zero = Both("deve dar 0", "should be 0")[lang]
    sheet.legend([Entry(one, "error", "triangle"), Entry(zero, "input", "circle")], y, lettering.SMALLEST, left)


def _table(sheet: Sheet, box: Box, seen: Seen, lang: Lang) -> None:
    """List the four cases: inputs, sum, what comes out."""
    for x, words in ((0, "x₁"), (56, "x₂"), (150, Both("soma", "sum")[lang]), (250, Both("sai", "out")[lang])):
        sheet.text((box.left + x + 10, box.top + 20), words, 28, "muted")
    below = box.below(panels.HEAD)
    for i, ((a, b), want, out) in enumerate(zip(CORNERS, seen.wanted, seen.fired, strict=True)):
        y = below.top + 30 + i * 84
        total = lettering.number(round(a * seen.weights[0] + b * seen.weights[1], 1) + 0.0, lang, 1)
        right = want == out
        sheet.text((box.left + 10, y), str(a), 34)
        sheet.text((box.left + 66, y), str(b), 34)
        sheet.text((box.left + 190, y), total, 34, align="right")
        sheet.text((box.left + 260, y), str(out), 36, "output" if right else "error", bold=True)
        sheet.text((box.left + 320, y), "✓" if right else "✗", 34, "output" if right else "error", bold=True)


def live(seen: Seen, lang: Lang) -> Picture:
    """Draw the learner's neuron."""
    alt = Both(
        f"Os quatro casos de {seen.gate.upper()} no plano, com o lado em que o neurônio dispara pintado; ele acerta "
        f"{seen.right} de 4.",
        f"The four cases of {seen.gate.upper()} on the plane, with the side where the neuron fires coloured; it gets "
        f"{seen.right} of 4 right.",
    )
    return draw.picture(partial(_one, seen=seen, lang=lang), alt)


def _one(sheet: Sheet, seen: Seen, lang: Lang) -> None:
    score = Both(f"{seen.gate.upper()}: {seen.right} de 4", f"{seen.gate.upper()}: {seen.right} of 4")[lang]
    sheet.title(score)
    _legend(sheet, 146, lang)
    corners(sheet, Box(MARGIN, 180, 560, 540), seen.wanted, half_plane(seen.weights, seen.threshold))
    _table(sheet, Box(670, 180, 360, 500), seen, lang)
    sheet.caption(_rule(seen, lang))


def count_film(seen: Seen, lang: Lang) -> Picture:
    """Turn the learner's weights once around: the line sweeps the plane, and the score shows how far it gets."""
    frames = []
    for i in range(FRAMES):
        turn = 2 * np.pi * i / (FRAMES - 1)
        weights = (round(float(np.cos(turn)), 6) + 0.0, round(float(np.sin(turn)), 6) + 0.0)
        threshold = _best(weights, seen.wanted)
        fired = [int(a * weights[0] + b * weights[1] >= threshold) for a, b in CORNERS]
        frames.append(partial(_one, seen=replace(seen, weights=weights, threshold=threshold, fired=fired), lang=lang))
    alt = Both(
        "Filme: a reta do neurônio gira em torno do plano, sempre com o melhor limiar, e o placar mostra quantos dos "
        "4 casos ele acerta.",
        "Film: the neuron's line turns around the plane, always with its best threshold, and the score shows how "
        "many of the 4 cases it gets.",
    )
    return draw.gif(frames, alt, "sweep", millis=700, hold=1500)


def _best(weights: tuple[float, float], wanted: Sequence[int]) -> float:
    """Find the threshold, between two sums, that gets most cases right."""
    sums = np.array([a * weights[0] + b * weights[1] for a, b in CORNERS])
    steps = np.sort(sums)
    between = [float(steps[0]) - 0.3, *((steps[:-1] + steps[1:]) / 2).tolist(), float(steps[-1]) + 0.3]
    scores = [int(((sums >= cut) == np.array(wanted)).sum()) for cut in between]
    return float(between[int(np.argmax(scores))])


def final(
    seen: Seen, tried: Mapping[tuple[int, int], int], counts: Mapping[int, int], by_three: Sequence[int], lang: Lang
) -> Picture:
    """Draw the summary: the learner's neuron, all pairs of weights, three neurons that do XOR, the counts."""
    best = max(tried.values())
    alt = Both(
        f"Quatro quadros: o seu neurônio acerta {seen.right} de 4; o mapa de todos os pesos, em que o melhor acerta "
        f"{best} de 4; XOR resolvido por três neurônios; e barras: um neurônio faz {counts[2]} de 16 portas, "
        f"{counts[3]} de 256, {_whole(counts[4], 'pt')} de 65.536.",
        f"Four panels: your neuron gets {seen.right} of 4; the map of all weights, where the best gets {best} of 4; "
        f"XOR solved by three "
        f"neurons; and bars: one neuron does {counts[2]} of 16 gates, {counts[3]} of 256, "
        f"{_whole(counts[4], 'en')} of 65,536.",
    )
    return draw.picture(partial(_summary, seen=seen, tried=tried, counts=counts, by_three=by_three, lang=lang), alt,
                        "summary", final=True, height=1250)  # fmt: skip


def _summary(
    sheet: Sheet,
    seen: Seen,
    tried: Mapping[tuple[int, int], int],
    counts: Mapping[int, int],
    by_three: Sequence[int],
    lang: Lang,
) -> None:
    sheet.title(Both("O que um neurônio de 1943 pode", "What a neuron of 1943 can do")[lang])
    left, right, side = MARGIN, 572, 460
    name = seen.gate.upper()
    below = panels.heading(
        sheet,
        Box(left, 130, side, 560),
        Both(f"o seu, em {name}: {seen.right} de 4", f"yours, on {name}: {seen.right} of 4")[lang],
    )
    _legend(sheet, below.top + 10, lang)
    corners(sheet, Box(left, below.top + 40, side, 440), seen.wanted, half_plane(seen.weights, seen.threshold))
    _map(sheet, Box(right, 130, side, 560), tried, name, lang)
    below = panels.heading(
        sheet, Box(left, 738, side, 500), Both("XOR com três neurônios", "XOR with three neurons")[lang]
    )
    one = half_plane((1, 1), 1) * half_plane((-1, -1), -1.5)
    corners(sheet, Box(left, below.top, side, 420), by_three, one)
    _counts(sheet, Box(right, 738, side, 500), counts, lang)


def _map(sheet: Sheet, box: Box, tried: Mapping[tuple[int, int], int], name: str, lang: Lang) -> None:
    """Colour each pair of weights by its right cases."""
    best = max(tried.values())
    words = Both(f"todos os pesos: no máximo {best} de 4", f"all weights: {best} of 4 at most")[lang]
    below = panels.heading(sheet, box, words)
    all_right = Both("4 certos", "4 right")[lang]
    entries = [Entry(all_right, "output", "square"), Entry("3", "hidden", "square"), Entry("2", "faint", "square")]
    sheet.legend(entries, below.top + 10, lettering.SMALLEST, below.left)
    wide = max(a for a, _ in tried)
    cell = 440 / (2 * wide + 1)
    roles = {4: "output", 3: "hidden"}
    for (w1, w2), score in tried.items():
        at = (below.left + (w1 + wide) * cell, below.top + 40 + (wide - w2) * cell)
        sheet.rectangle(at, (cell - 2, cell - 2), roles.get(score, "faint"), fill=0.9)
    sheet.text(
        (below.left + 220, below.top + 508), Both("w₁ → (−10 a 10), w₂ ↑", "w₁ → (−10 to 10), w₂ ↑")[lang], 26, "muted"
    )


def _whole(count: int, lang: Lang) -> str:
    """Write a whole number with its thousands apart."""
    return f"{count:,}".replace(",", "." if lang == "pt" else ",")


def _counts(sheet: Sheet, box: Box, counts: Mapping[int, int], lang: Lang) -> None:
    below = panels.heading(sheet, box, Both("funções que um só faz", "functions one alone does")[lang])
    for i, (inputs, count) in enumerate(counts.items()):
        every = 2**2**inputs
        top = below.top + i * 132
        part = count / every
        made, total = _whole(count, lang), _whole(every, lang)
        words = Both(f"{inputs} entradas: {made} de {total}", f"{inputs} inputs: {made} of {total}")[lang]
        sheet.text((below.left, top + 16), words, 28, align="left")
        sheet.rectangle((below.left, top + 42), (340, 42), "faint", fill=0.5)
        sheet.rectangle((below.left, top + 42), (max(340 * part, 4), 42), "input", fill=0.95)
        sheet.text(
            (below.left + 352, top + 63),
            lettering.percent(part, lang, 0 if part > 0.1 else 1),
            30,
            align="left",
            bold=True,
        )
