"""What a run says while it goes: frozen, and the same on any machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.engine.params import FileKind
from models.engine.words import Both

Why = Literal["refused", "crashed", "memory", "time", "output", "nan", "lost"]


@dataclass(frozen=True, slots=True)
class Step:
    """How far the run is. Yield it as often as you like: the engine passes on a few a second."""

    fraction: float  # 0..1, never falling; the last one before the Result is 1
    stage: Both  # "treinando", "época 3 de 20"
    metrics: Mapping[str, float] = field(default_factory=dict)  # "loss" where there is one; finite numbers only
    left: float | None = None  # seconds; the engine fills it in


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in light and dark: a live one takes the place of the one before; final ones stay, in their order."""

    light: bytes
    dark: bytes
    alt: Both  # what is to be seen in it, for who can't see it
    name: str = "live"  # "boundary", "summary": part of a file's name
    mime: Literal["image/png", "image/gif"] = "image/png"
    final: bool = False


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the same number is without the network, or with a simpler one."""

    label: Both
    value: float
    spread: float | None = None  # standard deviation over seeds, where cheap


@dataclass(frozen=True, slots=True)
class Metric:
    """One number of the result beside its baselines. The first metric of a result is the headline."""

    name: str  # for machines: "accuracy"
    label: Both
    value: float
    baselines: tuple[Baseline, ...] = ()
    better: Literal["higher", "lower", ""] = "higher"
    percent: bool = False  # 0.974 is shown as 97.4 %
    digits: int = 2  # after the point, as shown
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A free table, where metrics beside baselines don't say it."""

    header: tuple[Both, ...]
    rows: tuple[tuple[Both, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the run says to the question before it: the option that came true, and why."""

    option: str
    text: Both


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can be done next with a finished run."""

    id: str  # at most 12 characters of a-z, 0-9, "-"
    label: Both  # of a button: short


@dataclass(frozen=True, slots=True)
class Turn:
    """What can be done with the trained network: press a move, type where there is a prompt, send a file."""

    text: Both  # what happened, or how it goes
    moves: tuple[Move, ...] = ()
    prompt: Both | None = None  # ask for typed text
    wants: FileKind | None = None  # ask for a file
    memory: str = ""  # at most 4,000 characters that the next `play` gets back (a board, as JSON)
    over: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """How it ended. Texts are Markdown, two or three sentences each."""

    what: Both  # what happened, with the numbers
    why: Both
    next: Both  # what to try
    metrics: tuple[Metric, ...]
    answer: Answer
    tables: tuple[Grid, ...] = ()
    turn: Turn | None = None  # where the demo has a `play`
    state: bytes = b""  # the trained network for `play`: npz, never a pickle


@dataclass(frozen=True, slots=True)
class Failed:
    """The run didn't end well: why, what the learner is told where the demo says it, a line for the log."""

    why: Why
    reason: Both | None = None
    log: str = ""


Event = Step | Picture | Turn | Result | Failed
EVENTS: tuple[type[Event], ...] = (Step, Picture, Turn, Result, Failed)
