"""All that demos, the engine and the handlers say to each other; standard library only.

A demo is a module of `models/demos` with `SPEC` and `run(params, seed) -> Iterator[Event]`: see its README.
"""

from models.engine.codec import BadEvent, from_json, to_json
from models.engine.events import (
    Answer,
    Baseline,
    Event,
    Failed,
    Grid,
    Metric,
    Move,
    Picture,
    Result,
    Step,
    Turn,
    Why,
)
from models.engine.jobs import Job, Limits, QueueFull, Waiting
from models.engine.params import HIGHEST_SEED, FileKind, Kind, Option, Param, Params, Value
from models.engine.spec import DemoSpec, Expectation, Knob, Preset, problems_of, read_seed
from models.engine.words import BadParams, Both, DemoError, Lang

__all__ = [
    "HIGHEST_SEED",
    "Answer",
    "BadEvent",
    "BadParams",
    "Baseline",
    "Both",
    "DemoError",
    "DemoSpec",
    "Event",
    "Expectation",
    "Failed",
    "FileKind",
    "Grid",
    "Job",
    "Kind",
    "Knob",
    "Lang",
    "Limits",
    "Metric",
    "Move",
    "Option",
    "Param",
    "Params",
    "Picture",
    "Preset",
    "QueueFull",
    "Result",
    "Step",
    "Turn",
    "Value",
    "Waiting",
    "Why",
    "from_json",
    "problems_of",
    "read_seed",
    "to_json",
]
