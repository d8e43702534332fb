"""`python -m bot demo`: one training demo from the shell, in a child process as in a chat, with a progress bar."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from handlers.demos import share
from handlers.demos.cards import Cards
from handlers.demos.ports import DemoRunner, Run
from handlers.messages import Text
from handlers.ports import Texts
from knowledge.passages import Lang, Lecture
from models.engine.protocol import BadParams, DemoSpec, Failed, Job, Picture, Result, Step, Value, read_seed

SEED = 1
FAILED, WRONG = 1, 2  # exit codes: the run failed, it was asked for wrongly
SUFFIX = {"image/png": "png", "image/gif": "gif"}


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line."""

    name: str = ""
    seed: str = str(SEED)
    params: tuple[str, ...] = ()
    json: bool = False
    out: Path | None = None


@dataclass
class Told:
    """What a run said."""

    pictures: list[Picture] = field(default_factory=list)
    end: Result | Failed | None = None


class Shell:
    """Runs demos for a terminal; the result goes to `out`, the bar and what is wrong to `err`."""

    def __init__(
        self, runner: DemoRunner, texts: Texts, lecture: Lecture, lang: Lang, out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:  # fmt: skip
        """Keep the parts."""
        self._runner, self._lang = runner, lang
        self._cards = Cards(texts, lang, lecture)
        self._out, self._err = out or sys.stdout, Console(file=err or sys.stderr)

    async def run(self, order: Order) -> int:
        """Run a demo, or list them without a name; gives the exit code."""
        spec = self._runner.specs.get(order.name)
        if spec is None:
            self._list(unknown=order.name, as_json=order.json)
            return WRONG if order.name else 0
        try:
            values, seed = spec.complete(_pairs(order.params)), read_seed(order.seed)
        except BadParams as bad:
            for problem in bad.problems:
                self._err.print(problem[self._lang], markup=False)
            return WRONG
        run = Run("", "shell", "", spec.name, values, seed, self._lang)
        told = await self._told(spec, Job(spec.name, values, seed, self._lang))
        return self._finish(spec, run, told, order)

    async def _told(self, spec: DemoSpec, job: Job) -> Told:
        """Run to the end, under a bar."""
        told = Told()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._err, transient=True) as bar:
            task = bar.add_task(spec.title[self._lang], total=1.0)
            async with self._runner.start(job) as running:
                async for event in running:
                    if isinstance(event, Step):
                        stage = f"{spec.title[self._lang]}: {event.stage[self._lang]}"
                        bar.update(task, completed=event.fraction, description=stage)
                    elif isinstance(event, Picture):
                        told.pictures.append(event)
                    elif isinstance(event, Result | Failed):
                        told.end = event
        return told

    def _finish(self, spec: DemoSpec, run: Run, told: Told, order: Order) -> int:
        if not isinstance(told.end, Result):
            failed = told.end or Failed("lost")
            for block in self._cards.failed("", spec, run, failed).of(Text):
                self._err.print(block.markdown, markup=False)
            return FAILED
        finals = [p for p in told.pictures if p.final] or told.pictures[-1:]
        code = self._runner.code(spec.name, run.params, run.seed)
        paths = _written(order.out, spec, finals, code) if order.out else []
        if order.json:
            self._write_json(spec, run, told.end, paths)
        else:
            self._show(spec, run, told.end, paths)
        return 0

    def _write_json(self, spec: DemoSpec, run: Run, result: Result, paths: Sequence[Path]) -> None:
        reply = self._cards.result("", spec, run, result, (), code=True)
        told = {name: getattr(result, name)[self._lang] for name in ("what", "why", "next")}
        data = {k: v for k, v in reply.data.items() if k not in ("guess", "run")}
        row = {**data, **told, "share": share.code(spec, run.params, run.seed), "files": [str(p) for p in paths]}
        self._out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _show(self, spec: DemoSpec, run: Run, result: Result, paths: Sequence[Path]) -> None:
        reply = self._cards.result("", spec, run, result, (), code=False)
        console = Console(file=self._out)
        console.print(Markdown(f"# {spec.title[self._lang]}"))
        for block in reply.of(Text):
            console.print(Markdown(block.markdown))
        for path in paths:
            console.print(str(path), markup=False)

    def _list(self, unknown: str, as_json: bool) -> None:
        if unknown:
            self._err.print(self._cards.say("demo.unknown", name=unknown[:40]), markup=False)
        if as_json:
            rows = [self._cards.machine(spec) for spec in self._runner.specs.values()]
            self._out.write(json.dumps(rows, ensure_ascii=False) + "\n")
            return
        for spec in self._runner.specs.values():
            self._out.write(f"{spec.name:22}{self._cards.seconds(spec.seconds):>7}  {spec.summary[self._lang]}\n")


def _pairs(given: Sequence[str]) -> Mapping[str, Any]:
    """Read "name=value" arguments; one without a value is a parameter that there isn't."""
    pairs: dict[str, Value] = {}
    for text in given:
        name, _, value = text.partition("=")
        pairs[name.strip()] = value.strip()
    return pairs


def _written(folder: Path, spec: DemoSpec, pictures: Sequence[Picture], code: str) -> list[Path]:
    """Write the pictures in both themes, and the code."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for i, picture in enumerate(pictures, 1):
        stem = re.sub(r"[^\w-]", "", f"{spec.name}-{i}-{picture.name}")
        for theme, data in (("light", picture.light), ("dark", picture.dark)):
            paths.append(folder / f"{stem}.{theme}.{SUFFIX[picture.mime]}")
            paths[-1].write_bytes(data)
    if code:
        paths.append(folder / f"{spec.name}.py")
        paths[-1].write_text(code, "utf-8")
    return paths
