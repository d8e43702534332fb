"""What a demo is: all that the tutor knows of it without running it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from models.engine.params import HIGHEST_SEED, FileKind, Option, Param, Params, Value
from models.engine.words import BadParams, Both, Lang

NOTHING: Mapping[str, Any] = MappingProxyType({})
LENGTHS = ("seconds", "steps", "epochs", "rounds", "games", "trials")
NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")


@dataclass(frozen=True, slots=True)
class Preset:
    """Parameters worth trying; a broken one fails instructively. `why` says what will be seen, and why."""

    name: str
    label: Both  # a button
    params: Mapping[str, Value]
    why: Both
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Knob:
    """A button under a result that runs the demo again with one parameter changed: exactly one of the three."""

    name: str
    label: Both  # "mais camadas", "taxa ×10"
    param: str
    times: float | None = None
    plus: float | None = None
    to: Value | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """The question before the start. The run's Result says which option came true."""

    question: Both
    options: tuple[Option, ...]  # two to four


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each: what is made of it can be kept by it
class DemoSpec:
    """A demo. `SPEC` of its module, of literals and this protocol's names only: it is read without running it."""

    name: str  # "cnn-digitos"
    title: Both
    summary: Both  # one line in the gallery
    lesson: Both  # what it shows and why it matters: two to four sentences
    concept: str  # the knowledge base's id
    seconds: float  # typical, from start to result, on one thread with the defaults
    expect: Expectation
    quick: Mapping[str, Value]  # parameters of a run of at most 1.5 CPU seconds, for the contract test
    params: tuple[Param, ...] = ()
    presets: tuple[Preset, ...] = ()  # at least one broken
    knobs: tuple[Knob, ...] = ()
    aliases: tuple[str, ...] = ()  # other names, in either language: "rede adversária", "gans"
    asks: tuple[str, ...] = ()  # what plain words ask for: "reconhecer dígitos", "recognise digits"
    related: tuple[str, ...] = ()  # more concepts whose answers offer this demo
    slides: tuple[str, ...] = ()  # ids of the lecture's slides
    reference: str = ""  # papers, by authors and year
    data: Both | None = None  # the data's source and licence, in one line
    files: tuple[FileKind, ...] = ()  # what a run accepts
    plays: tuple[str, ...] = ()  # what `play` takes: "press", "text", "image"
    length: str = ""  # the parameter that a run's seconds grow with ("gan for 60 s"); "": the first of LENGTHS
    call: str = ""  # the last lines of the code shown: str.format with the parameters' names and `seed`

    @property
    def grows(self) -> Param | None:
        """Give the parameter that a run's seconds grow with; None where there is none."""
        names = (self.length,) if self.length else LENGTHS
        return next((p for p in self.params if p.name in names and p.kind in ("int", "float")), None)

    def complete(self, given: Mapping[str, object] = NOTHING) -> dict[str, Value]:
        """Check values and add the defaults. Raises BadParams with every problem at once."""
        problems: list[Both] = []
        values = {p.name: p.default for p in self.params}
        known = {p.name: p for p in self.params}
        for name, value in given.items():
            try:
                values[name] = self._param(known, name).read(value)
            except BadParams as bad:
                problems += bad.problems
        if problems:
            raise BadParams(tuple(problems))
        return values

    def ready(
        self, given: Mapping[str, object] = NOTHING, lang: Lang = "pt", files: Mapping[str, bytes] = NOTHING
    ) -> Params:
        """Give checked parameters for a run. Raises BadParams."""
        return Params(self.complete(given), lang, files)

    def turned(self, knob: Knob, values: Mapping[str, Value]) -> dict[str, Value] | None:
        """Give the values with a knob turned; None where that changes nothing or leaves the bounds."""
        old = values[knob.param]
        if knob.to is not None:
            new: object = knob.to
        else:
            number = float(old) * (1.0 if knob.times is None else knob.times) + (knob.plus or 0.0)
            new = float(f"{number:.6g}")
        try:
            changed = self.complete({**values, knob.param: new})
        except BadParams:
            return None
        return None if changed == dict(values) else changed

    def _param(self, known: Mapping[str, Param], name: str) -> Param:
        if name in known:
            return known[name]
        names = ", ".join(known) or "-"
        shown = name[:20]
        raise BadParams(
            (
                Both(
                    f"“{shown}” não é um parâmetro de {self.name} (há: {names}).",
                    f"“{shown}” is not a parameter of {self.name} (there are: {names}).",
                ),
            )
        )


def read_seed(given: object) -> int:
    """Check a seed, typed or a number. Raises BadParams."""
    bounds = Both("semente", "seed")
    return int(Param("seed", "int", 0, bounds, 0, HIGHEST_SEED).read(given))


def problems_of(spec: DemoSpec) -> list[str]:
    """List what is wrong with a spec itself; the contract test wants none."""
    return [text for check in CHECKS for text in check(spec)]


def _name(spec: DemoSpec) -> list[str]:
    return [] if NAME.fullmatch(spec.name) else [f"name {spec.name!r}"]


def _defaults(spec: DemoSpec) -> list[str]:
    wrong = []
    for param in spec.params:
        try:
            same = param.read(param.default) == param.default
        except BadParams:
            same = False
        wrong += [] if same else [f"default of {param.name}"]
    return wrong


def _sets(spec: DemoSpec) -> list[str]:
    wrong = []
    for what, values in [("quick", spec.quick), *((f"preset {p.name}", p.params) for p in spec.presets)]:
        try:
            spec.complete(values)
        except BadParams as bad:
            wrong.append(f"{what}: {bad}")
    return wrong


def _knobs(spec: DemoSpec) -> list[str]:
    names = {p.name for p in spec.params}
    wrong = [f"knob {k.name}: no parameter {k.param}" for k in spec.knobs if k.param not in names]
    wrong += [f"length: no parameter {spec.length}"] if spec.length and spec.length not in names else []
    return wrong + [
        f"knob {k.name}: exactly one of times, plus, to"
        for k in spec.knobs
        if sum(x is not None for x in (k.times, k.plus, k.to)) != 1
    ]


def _names(spec: DemoSpec) -> list[str]:
    groups: dict[str, list[Any]] = {
        "parameter": [p.name for p in spec.params],
        "preset or knob": [p.name for p in spec.presets] + [k.name for k in spec.knobs],
        "option": [o.value for o in spec.expect.options],
    }
    return [f"two of one name: {what}" for what, names in groups.items() if len(names) != len(set(names))]


def _expects(spec: DemoSpec) -> list[str]:
    return [] if 2 <= len(spec.expect.options) <= 4 else ["two to four options to expect"]


def _breaks(spec: DemoSpec) -> list[str]:
    return [] if any(p.broken for p in spec.presets) else ["no broken preset"]


CHECKS = (_name, _defaults, _sets, _knobs, _names, _expects, _breaks)
