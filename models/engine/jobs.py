"""What is asked of an engine, and what it says of a run beside the run's own events."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from models.engine.params import FileKind, Value
from models.engine.words import Lang


@dataclass(frozen=True, slots=True)
class Job:
    """One run of a demo, or one move of `play`: the same parameters and seed give the same numbers anywhere."""

    demo: str
    params: Mapping[str, Value]
    seed: int
    lang: Lang = "pt"
    files: Mapping[FileKind, Path] = field(default_factory=dict)
    move: str | None = None  # not None: `play`, with what an earlier run left
    memory: str = ""
    state: bytes = b""

    def to_json(self) -> bytes:
        """Write it."""
        data: dict[str, Any] = {f: getattr(self, f) for f in self.__dataclass_fields__}
        data["params"], data["state"] = dict(self.params), base64.b64encode(self.state).decode()
        data["files"] = {kind: str(path) for kind, path in self.files.items()}
        return json.dumps(data).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Job":
        """Read what `to_json` wrote."""
        given = json.loads(data)
        files = {kind: Path(path) for kind, path in given.pop("files").items()}
        return cls(**given | {"files": files, "state": base64.b64decode(given["state"])})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use."""

    seconds: float = 600.0  # wall clock: a busy machine is slow, and a run that waits costs little
    cpu: float = 180.0  # seconds of work
    memory: int = 1024  # MB on top of what the libraries take
    output: int = 64  # MB of events
    upload: int = 8  # MB of a learner's file

    def to_json(self) -> bytes:
        """Write them."""
        return json.dumps(asdict(self)).encode()


@dataclass(frozen=True, slots=True)
class Waiting:
    """The run has no place yet; it is the so-many-th to get one."""

    position: int


class QueueFull(Exception):
    """Too many runs wait already."""
