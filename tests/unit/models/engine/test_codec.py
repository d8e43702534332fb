"""Events survive the way from one process to another; what isn't an event doesn't."""

import math

import numpy as np
import pytest

from models.engine.protocol import (
    Answer,
    BadEvent,
    Baseline,
    Both,
    Event,
    Failed,
    Grid,
    Metric,
    Move,
    Picture,
    Result,
    Step,
    Turn,
    from_json,
    to_json,
)

B = Both("é", "is")
TURN = Turn(B, (Move("a1", B),), B, "image", "[1]", True)
METRIC = Metric("acc", B, 0.9, (Baseline(B, 0.5, 0.01),), "lower", True, 1, 0.2)
EVENTS: list[Event] = [
    Step(0.5, B, {"loss": 1.5}, 3.0),
    Picture(b"\x89PNG", b"dark", B, "summary", "image/gif", True),
    TURN,
    Result(B, B, B, (METRIC,), Answer("net", B), (Grid((B,), ((B, B),)),), TURN, b"npz"),
    Failed("nan", None, "line"),
    Failed("refused", B),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_an_event_is_the_same_after_the_journey(event: Event) -> None:
    assert from_json(to_json(event)) == event


def test_numbers_of_numpy_become_plain() -> None:
    assert from_json(to_json(Step(np.float32(0.5), B, {"loss": np.float64(2)}))) == Step(0.5, B, {"loss": 2.0})  # type: ignore[arg-type]  # what a demo may pass


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_number_that_is_none_is_not_written(bad: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json(Step(0.5, B, {"loss": bad}))


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"[]",
        b'"x"',
        b"{}",
        b'{"event": "nothing"}',
        b'{"event": "step"}',
        b'{"event": "step", "fraction": "1", "stage": {"pt": "a", "en": "b"}}',
        b'{"event": "step", "fraction": NaN, "stage": {"pt": "a", "en": "b"}}',
        b'{"event": "step", "fraction": 1, "stage": "a"}',
        b'{"event": "step", "fraction": 1, "stage": {"pt": "a", "en": "b"}, "evil": 1}',
        b'{"event": "failed", "why": "other"}',
        b'{"event": "picture", "light": "@", "dark": "", "alt": {"pt": "a", "en": "b"}}',
        b"[" * 100_000,
    ],
)
def test_what_is_not_an_event_is_refused(data: bytes) -> None:
    with pytest.raises(BadEvent):
        from_json(data)
