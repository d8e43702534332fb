"""Runs as tests write them down."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from handlers.messages import Choice, Choices, Reply, Request, Text
from handlers.ports import Tools
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    Event,
    Grid,
    Metric,
    Move,
    Picture,
    Result,
    Step,
    Turn,
    Waiting,
)

B = Both("texto", "text")
TURN = Turn(
    Both("Sua vez.", "Your turn."), (Move("a1", Both("a1", "a1")),), Both("um número", "a number"), "image", "[0]"
)
RESULT = Result(
    Both("Aprendeu.", "It learned."),
    Both("Porque sim.", "Because."),
    Both("Mude a taxa.", "Change the rate."),
    (
        Metric(
            "acc", Both("acerto", "accuracy"), 0.974, (Baseline(Both("maioria", "majority"), 0.5, 0.01),), percent=True
        ),
        Metric("loss", Both("erro", "error"), 1.5),
    ),
    Answer("no", Both("Quase.", "Almost.")),
    (Grid((B, B), ((B, B),)),),
    TURN,
    b"state",
)
PICTURE = Picture(b"\x89PNG", b"\x89PNG", Both("Uma curva.", "A curve."))
FILM = replace(PICTURE, name="film", mime="image/gif", final=True)
EVENTS: tuple[Event | Waiting, ...] = (
    Waiting(2),
    Step(0.5, B, {"loss": 2.0}, 3.0),
    PICTURE,
    FILM,
    Step(1.0, B),
    RESULT,
)
PLAIN = replace(RESULT, turn=None, state=b"", tables=())


def request(text: str = "", press: str = "", **other: object) -> Request:
    """Make a request of Ana's."""
    return replace(Request("1", "ana", "shell", text, press), **other)  # type: ignore[arg-type]  # fields of a request


async def all_of(replies: AsyncIterator[Reply]) -> list[Reply]:
    """Collect replies."""
    return [reply async for reply in replies]


def choices(reply: Reply) -> dict[str, str]:
    """Give the ids of a reply's choices by their labels."""
    return {c.label: c.id for block in reply.of(Choices) for c in block.items}


def choice(reply: Reply, label: str) -> Choice:
    """Find a choice by its label."""
    return next(c for block in reply.of(Choices) for c in block.items if c.label == label)


def said(replies: Sequence[Reply]) -> str:
    """Join the texts of replies."""
    return "\n".join(block.markdown for reply in replies for block in reply.of(Text))


def runs(tools: Tools) -> dict[str, object]:
    """Give the runs that tests' memory kept, by id."""
    return tools.training.runs.kept  # type: ignore[attr-defined]  # the fake's
