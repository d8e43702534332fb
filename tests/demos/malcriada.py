"""A demo that misbehaves in the way that it is told to."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator

from models.engine.protocol import (
    Answer,
    Both,
    DemoError,
    DemoSpec,
    Event,
    Expectation,
    Metric,
    Option,
    Param,
    Params,
    Picture,
    Preset,
    Result,
    Step,
)

B = Both("malcriada", "naughty")
HOW = tuple(
    Option(how, Both(how, how))
    for how in (
        "raise", "refuse", "hang", "spin", "print", "fork", "hungry", "nan", "quiet", "chatty", "lie", "exit", "write",
        "ignore",
    )
)  # fmt: skip
SPEC = DemoSpec(
    name="malcriada",
    title=B,
    summary=B,
    lesson=B,
    concept="perceptron",
    seconds=1,
    expect=Expectation(B, (Option("a", B), Option("b", B))),
    quick={},
    params=(Param("how", "choice", "raise", B, choices=HOW),),
    presets=(Preset("x", B, {}, B, broken=True),),
)


def run(params: Params, seed: int) -> Iterator[Event]:
    """Begin well, then misbehave."""
    yield Step(0.1, B, {"pid": os.getpid()})
    yield from WAYS[params.text("how")]()
    yield Result(B, B, B, (Metric("x", B, 1.0),), Answer("a", B))


def _raise() -> Iterator[Event]:
    raise RuntimeError("boom")
    yield


def _refuse() -> Iterator[Event]:
    raise DemoError(Both("Não dá.", "Can't."))
    yield


def _hang() -> Iterator[Event]:
    time.sleep(600)
    yield Step(0.2, B)


def _ignore() -> Iterator[Event]:
    import signal

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    yield Step(0.2, B)
    time.sleep(600)


def _spin() -> Iterator[Event]:
    while True:
        pass
    yield


def _print() -> Iterator[Event]:
    for _ in range(2000):
        print("x" * 1000)
    os.write(1, b"native\n")
    yield Step(0.5, B)


def _fork() -> Iterator[Event]:
    pid = os.fork()
    if pid == 0:
        time.sleep(600)
    yield Step(1, B, {"pid": pid})


def _hungry() -> Iterator[Event]:
    hoard = bytearray(1 << 33)
    yield Step(0.5, B, {"x": float(len(hoard))})


def _nan() -> Iterator[Event]:
    yield Step(0.5, B, {"loss": float("nan")})


def _quiet() -> Iterator[Event]:
    yield Step(0.5, B)
    os._exit(0)


def _chatty() -> Iterator[Event]:
    for _ in range(50):
        yield Picture(b"\x89PNG\r\n\x1a\n" + bytes(200_000), b"\x89PNG\r\n\x1a\n", B)


def _lie() -> Iterator[Event]:
    yield Picture(b"<html>", b"<html>", B)


def _exit() -> Iterator[Event]:
    sys.exit(3)
    yield


def _write() -> Iterator[Event]:
    with tempfile.TemporaryFile() as file:
        file.write(bytes(1 << 22))
        file.flush()
    yield Step(0.5, B)


WAYS = {
    "raise": _raise, "refuse": _refuse, "hang": _hang, "spin": _spin, "print": _print, "fork": _fork,
    "hungry": _hungry, "nan": _nan, "quiet": _quiet, "chatty": _chatty, "lie": _lie, "exit": _exit, "write": _write,
    "ignore": _ignore,
}  # fmt: skip
