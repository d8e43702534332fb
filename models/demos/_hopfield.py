"""Pictures of the memories: what was stored, what was given, what came back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from numpy.typing import NDArray
from torch import Tensor

from models.engine.protocol import Both, Event, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Labels
from models.kit.charts import Bar, Curve
from models.kit.panels import Box
from models.kit.said import share
from models.kit.sheet import GAP, MARGIN, WIDTH, Sheet

SHOWN = 6  # patterns in a picture
SIDE = 28
NAMES = {
    "stored": Both("guardado", "stored"),
    "spoilt": Both("estragado", "spoilt"),
    "hebb": Both("Hebb", "Hebb"),
    "inverse": Both("pseudo-inversa", "pseudo-inverse"),
    "modern": Both("moderna", "modern"),
    "nearest": Both("mais parecido", "most similar"),
}
Events = Iterator[Event]  # what a run gives


@dataclass(frozen=True, slots=True)
class Memory:
    """What was stored, what each rule gave back, and the shares recalled."""

    stored: Tensor  # [P, D] of −1 and 1
    found: Mapping[str, Tensor]  # by rule, [P, D]
    shares: Mapping[str, float]


def _pixels(state: Tensor) -> NDArray[Any]:
    """Turn a state [784] of −1..1 into a picture [28, 28] of 0..1."""
    pixels: NDArray[Any] = ((state + 1) / 2).view(SIDE, SIDE).numpy()
    return pixels


def _rows(sheet: Sheet, box: Box, memory: Memory, lang: Lang) -> None:
    """Draw a row of pictures for each kind of state, its name at the left."""
    rows = {"stored": memory.stored, **memory.found}
    label = 250.0
    side = min((box.width - label - GAP * (SHOWN - 1)) / SHOWN, box.height / len(rows) - GAP)
    for i, (name, states) in enumerate(rows.items()):
        top = box.top + i * (side + GAP)
        right = memory.shares.get(name) if name != "spoilt" else None
        sheet.text((box.left, top + side / 2 - (18 if right is not None else 0)), NAMES[name][lang], 30, align="left")
        if right is not None:
            words = Both("lembra ", "recalls ")[lang] + lettering.percent(right, lang, 0)
            sheet.text((box.left, top + side / 2 + 22), words, 28, _mood(right), align="left", bold=True)
        for j in range(min(SHOWN, len(states))):
            sheet.image((box.left + label + j * (side + GAP), top), (side, side), _pixels(states[j]), frame="faint")


def _mood(recalled: float) -> str:
    """Colour a share recalled: more than half is well."""
    return "output" if recalled > 0.5 else "error"


def live(memory: Memory, lang: Lang) -> Picture:
    """Draw what has come back so far."""

    def drawn(sheet: Sheet) -> None:
        sheet.title(Both("Da versão estragada à memória", "From the spoilt version to the memory")[lang])
        _rows(sheet, Box(MARGIN, 136, WIDTH - 2 * MARGIN, 650), memory, lang)

    alt = Both(
        "Fileiras de figuras: as guardadas, as mesmas estragadas, e o que cada regra de memória devolveu.",
        "Rows of pictures: the stored ones, the same spoilt, and what each rule of memory gave back.",
    )
    return draw.picture(drawn, alt)


def recall_film(frames: Sequence[Mapping[str, Tensor]], stored: Tensor, lang: Lang) -> Picture:
    """Show one pattern come back, by three rules side by side."""
    draws = [partial(_moment, states=states, stored=stored, step=i, lang=lang) for i, states in enumerate(frames)]
    alt = Both(
        "Filme: a mesma figura estragada evolui pelas três regras; a cada quadro mais neurônios tomam o sinal da sua "
        "entrada, até pararem.",
        "Film: the same spoilt picture evolves by the three rules; in each frame more neurons take the sign of their "
        "input, until they rest.",
    )
    return draw.gif(draws, alt, "recall", height=620, millis=380)


def _moment(sheet: Sheet, states: Mapping[str, Tensor], stored: Tensor, step: int, lang: Lang) -> None:
    words = Both("Lembrando", "Recalling")[lang] if step else Both("A versão estragada", "The spoilt version")[lang]
    sheet.title(words)
    side = 310.0
    for i, (name, state) in enumerate(states.items()):
        left = MARGIN + i * (side + 27)
        right = float((state.sign() == stored).double().mean())
        sheet.image((left, 140), (side, side), _pixels(state), frame="muted")
        sheet.text((left + side / 2, 480), NAMES[name][lang], 34)
        sheet.text((left + side / 2, 526), lettering.percent(right, lang, 0), 34, "output", bold=True)
    sheet.caption(Both("pontos iguais aos da figura guardada", "points equal to the stored picture's")[lang])


def final(memory: Memory, loads: Sequence[tuple[int, float, float]], limit: float, lang: Lang) -> Picture:
    """Draw the summary: recalls, shares, and how the memory fills up."""
    said = {name: share(value, 0) for name, value in memory.shares.items()}
    alt = Both(
        f"Em cima, fileiras: guardado, estragado e devolvido por cada regra (Hebb {said['hebb'].pt}, pseudo-inversa "
        f"{said['inverse'].pt}, moderna "
        f"{said['modern'].pt}). Embaixo, a memória de Hebb cai de tudo a nada perto de {limit:.0f} padrões aleatórios; "
        f"a moderna não.",
        f"Above, rows: stored, spoilt and given back by each rule (Hebb {said['hebb'].en}, pseudo-inverse "
        f"{said['inverse'].en}, modern "
        f"{said['modern'].en}). Below, Hebb's memory falls from all to nothing near {limit:.0f} random patterns; the "
        f"modern one doesn't.",
    )
    return draw.picture(
        partial(_summary, memory=memory, loads=loads, lang=lang), alt, "summary", final=True, height=1240
    )


def _summary(sheet: Sheet, memory: Memory, loads: Sequence[tuple[int, float, float]], lang: Lang) -> None:
    sheet.title(Both("Três memórias, os mesmos padrões", "Three memories, the same patterns")[lang])
    _rows(sheet, Box(MARGIN, 132, WIDTH - 2 * MARGIN, 640), memory, lang)
    words = Both("lembrados, por padrões aleatórios", "recalled, by random patterns")[lang]
    below = panels.heading(sheet, Box(MARGIN, 800, 560, 420), words)
    counts = [load for load, _, _ in loads]
    lines = [
        Curve("Hebb", [hebb for _, hebb, _ in loads], "error", dashed=True, xs=counts),
        Curve(NAMES["modern"][lang], [modern for _, _, modern in loads], "output", xs=counts),
    ]
    panels.curves(
        sheet, below, lines, Labels(Both("padrões guardados", "patterns stored")[lang], "", lang), ylim=(-0.02, 1.05)
    )
    below = panels.heading(sheet, Box(650, 800, 382, 420), Both("nestes padrões", "on these patterns")[lang])
    rows = [Bar(NAMES[n][lang], memory.shares[n], "output" if n == "modern" else "input", baseline=n != "modern")
            for n in ("modern", "inverse", "hebb", "nearest")]  # fmt: skip
    panels.bars(sheet, below, rows, lang)
