"""What is shown of demos: the gallery, the question before a run, the run while it goes, and how it ended. Pure."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.demos import share
from handlers.demos.ports import Run
from handlers.messages import Block, Choice, Choices, Figure, Progress, Reply, Source, Sources, Table, Text
from handlers.ports import Texts
from knowledge.passages import Lang, Lecture
from models.engine.protocol import DemoSpec, Failed, Grid, Metric, Option, Preset, Result, Step, Turn, Value

KNOBS, PRESETS = 3, 2  # buttons under a result
MOVES = 20  # buttons of a game
PERCENT_DIGITS = 1  # after the point of a percentage


def choice_id(lang: Lang, verb: str, *rest: str) -> str:
    """Name what a press does: one letter, then what it is done to."""
    return ":".join(("t", lang, verb, *rest))


class Cards:
    """Composes replies about demos in one language."""

    def __init__(self, texts: Texts, lang: Lang, lecture: Lecture) -> None:
        """Keep the language's texts."""
        self._texts, self.lang, self._lecture = texts, lang, lecture

    def say(self, key: str, **values: object) -> str:
        """Give a text of the catalogue."""
        return self._texts(self.lang, key, **values)

    # Before a run

    def gallery(self, key: str, specs: Mapping[str, DemoSpec], first: str = "") -> Reply:
        """List every demo with one line and its seconds."""
        ordered = sorted(specs.values(), key=lambda s: s.seconds)  # what is quick first
        rows = [
            f"**{s.title[self.lang]}** (`{s.name}`, {self.seconds(s.seconds)}): {s.summary[self.lang]}" for s in ordered
        ]
        lead = "\n\n".join(t for t in (first, self.say("demo.gallery")) if t)
        items = tuple(Choice(choice_id(self.lang, "o", s.name), s.title[self.lang]) for s in ordered)
        listed = Text("\n".join(f"- {row}" for row in rows))
        data = {"demos": [self.machine(spec) for spec in ordered]}
        menu = Choices(items, self.say("demo.menu"))
        return Reply(key, self.lang, (Text(lead), listed, menu), data=data, tone="demo", title=self.say("demo.title"))

    def machine(self, spec: DemoSpec) -> dict[str, object]:
        """Describe a demo for machines."""
        params = [
            {"name": p.name, "kind": p.kind, "default": p.default, "low": p.low, "high": p.high,
             "choices": [o.value for o in p.choices], "label": p.label[self.lang]}
            for p in spec.params
        ]  # fmt: skip
        return {"name": spec.name, "title": spec.title[self.lang], "seconds": spec.seconds, "params": params}

    def question(self, key: str, spec: DemoSpec, run: Run, *, waits: bool = True) -> Reply:
        """Introduce a demo and ask what the learner expects; where nobody waits, without the button that skips."""
        asked = f"**{self.say('demo.expect')}** {spec.expect.question[self.lang]}"
        options = [Choice(choice_id(self.lang, "g", run.id, o.value), o.label[self.lang]) for o in spec.expect.options]
        skip = [Choice(choice_id(self.lang, "g", run.id, ""), self.say("demo.skip"))] if waits else []
        about = f"{spec.lesson[self.lang]}\n\n_{self.described(spec, run)}_"
        data = {"demo": spec.name, "params": dict(run.params), "seed": run.seed, "run": run.id}
        bar = () if waits else (Progress(0.0, self.say("demo.starting"), self.again(run)),)
        blocks = (Text(about), Text(asked), *bar, Choices((*options, *skip)))
        return Reply(key, self.lang, blocks, data=data, tone="demo", title=spec.title[self.lang])

    def described(self, spec: DemoSpec, run: Run) -> str:
        """Say what was set, the seed, and how long it takes."""
        defaults = spec.complete()
        changed = [
            f"{p.label[self.lang]}: {self.value(spec, p.name, run.params[p.name])}"
            for p in spec.params
            if run.params.get(p.name, p.default) != defaults[p.name]
        ]
        return " · ".join([*changed, self.say("demo.seed", seed=run.seed), self.seconds(spec.seconds)])

    def value(self, spec: DemoSpec, name: str, value: Value) -> str:
        """Write a parameter's value for people."""
        param = next(p for p in spec.params if p.name == name)
        if param.kind == "bool":
            return self.say("demo.yes" if value else "demo.no")
        if param.kind == "choice":
            return next((o.label[self.lang] for o in param.choices if o.value == value), str(value))
        return self.number(float(value), None) if isinstance(value, int | float) else f"“{value}”"

    # While it runs

    def waiting(self, key: str, spec: DemoSpec, run: Run, position: int) -> Reply:
        """Say the place in the line."""
        text = Text(self.say("demo.waiting", position=position))
        return self._live(key, spec, run, (text, Progress(0.0, self.say("demo.queued"), self.again(run), run.id)))

    def live(self, key: str, spec: DemoSpec, run: Run, step: Step | None, figure: Figure | None) -> Reply:
        """Show how far the run is, with the newest picture."""
        fraction = step.fraction if step else 0.0
        label = step.stage[self.lang] if step else self.say("demo.starting")
        if step and step.left is not None and step.fraction < 1:
            label += f" · {self.left(step.left)}"
        bar = Progress(min(max(fraction, 0.0), 1.0), label, self.again(run), run.id)
        told = (Text(f"_{self.described(spec, run)}_"), *((figure,) if figure else ()), bar)
        metrics = dict(step.metrics) if step else {}
        return self._live(key, spec, run, told, metrics)

    def _live(
        self, key: str, spec: DemoSpec, run: Run, blocks: tuple[Block, ...], metrics: Mapping[str, float] = {}
    ) -> Reply:
        stop = Choices((Choice(choice_id(self.lang, "x", run.id), self.say("demo.stop")),))
        data = {"demo": spec.name, "running": True, "step": dict(metrics)}
        return Reply(key, self.lang, (*blocks, stop), data=data, tone="demo", title=spec.title[self.lang])

    def again(self, run: Run) -> Choice:
        """Offer the same run once more."""
        return Choice(choice_id(self.lang, "a", run.id), self.say("demo.again"))

    # When it ended

    def result(
        self, key: str, spec: DemoSpec, run: Run, result: Result, figures: Sequence[Figure], code: bool
    ) -> Reply:
        """Tell the result: the numbers beside their baselines, why, the answer, what to try, the source."""
        blocks: list[Block] = [Text(result.what[self.lang])]
        blocks += [Text(text) for text in [self.metrics(result.metrics)] if text]
        blocks += [self._grid(grid) for grid in result.tables]
        blocks += figures
        blocks += [Text(result.why[self.lang]), Text(self._answered(spec, run, result))]
        blocks.append(Text(f"**{self.say('demo.next')}** {result.next[self.lang]}"))
        blocks += [Text(f"_{self.described(spec, run)}_"), self.sources(spec)]
        blocks.append(Choices(tuple(self._after(spec, run, code))))
        return Reply(
            key, self.lang, tuple(blocks), data=self._data(spec, run, result), tone="demo", title=spec.title[self.lang]
        )

    def _data(self, spec: DemoSpec, run: Run, result: Result) -> dict[str, object]:
        return {
            "demo": spec.name,
            "metrics": {m.name: m.value for m in result.metrics},
            "baselines": {m.name: {b.label[self.lang]: b.value for b in m.baselines} for m in result.metrics},
            "params": dict(run.params),
            "seed": run.seed,
            "share": share.code(spec, run.params, run.seed),
            "answer": result.answer.option,
            "guess": run.guess,
            "run": run.id,
        }

    def metrics(self, metrics: Sequence[Metric]) -> str:
        """Write each number beside what it is without the network."""
        return "\n".join(f"- {self._metric(m)}" for m in metrics)

    def _metric(self, metric: Metric) -> str:
        value = self._figure(metric, metric.value, metric.spread)
        beside = [f"{b.label[self.lang]} {self._figure(metric, b.value, b.spread)}" for b in metric.baselines]
        against = f" ({self.say('demo.against')} {' · '.join(beside)})" if beside else ""
        return f"**{metric.label[self.lang]}: {value}**{against}"

    def _figure(self, metric: Metric, value: float, spread: float | None) -> str:
        scale = 100 if metric.percent else 1
        digits = min(metric.digits, PERCENT_DIGITS) if metric.percent else metric.digits
        text = self.number(value * scale, digits)
        text += f" ± {self.number(spread * scale, digits)}" if spread is not None else ""
        return text + (" %" if metric.percent and self.lang == "pt" else "%" if metric.percent else "")

    def _grid(self, grid: Grid) -> Table:
        return Table(
            tuple(cell[self.lang] for cell in grid.header),
            tuple(tuple(cell[self.lang] for cell in row) for row in grid.rows),
        )

    def _answered(self, spec: DemoSpec, run: Run, result: Result) -> str:
        """Answer the question before the run."""
        guessed = option(spec.expect.options, run.guess)
        if guessed is None:
            return f"**{spec.expect.question[self.lang]}** {result.answer.text[self.lang]}"
        key = "demo.guessed_right" if guessed.value == result.answer.option else "demo.guessed_wrong"
        return f"**{self.say(key, guess=guessed.label[self.lang])}** {result.answer.text[self.lang]}"

    def sources(self, spec: DemoSpec) -> Sources:
        """Name the slides, the papers and the data."""
        known = [self._lecture.slides[s].title for s in spec.slides if s in self._lecture.slides]
        titles = [self.say("sources.slide", titles=" · ".join(f"“{t}”" for t in known))] if known else []
        titles += [spec.reference] if spec.reference else []
        titles += [self.say("demo.data", data=spec.data[self.lang])] if spec.data else []
        return Sources(self.say("sources.label"), tuple(Source(f"demo.{spec.name}", t) for t in titles))

    def _after(self, spec: DemoSpec, run: Run, code: bool) -> Iterator[Choice]:
        """Offer the code, another seed, knobs, presets, and the code to share."""
        if code:
            yield Choice(choice_id(self.lang, "c", run.id), self.say("demo.code"))
        yield Choice(choice_id(self.lang, "r", run.id), self.say("demo.repeat", seed=run.seed + 1))
        turned = [k for k in spec.knobs if spec.turned(k, run.params) is not None][:KNOBS]
        yield from (Choice(choice_id(self.lang, "k", run.id, k.name), k.label[self.lang]) for k in turned)
        others = [p for p in spec.presets if spec.complete(p.params) != dict(run.params)]
        others.sort(key=lambda p: not p.broken)  # stable: what breaks first
        for preset in others[:PRESETS]:
            yield Choice(choice_id(self.lang, "p", run.id, preset.name), self._preset(preset))
        yield Choice(choice_id(self.lang, "h", run.id), self.say("demo.share"))

    def _preset(self, preset: Preset) -> str:
        """Label a preset; one that breaks says so."""
        label, prefix = preset.label[self.lang], self.say("demo.break")
        return f"{prefix} {label}" if preset.broken and not label.casefold().startswith(prefix) else label

    def failed(self, key: str, spec: DemoSpec, run: Run, failed: Failed) -> Reply:
        """Tell kindly that it didn't work, and what can be done."""
        reason = failed.reason[self.lang] if failed.reason else self.say(f"demo.failed.{failed.why}")
        gallery = Choice(choice_id(self.lang, "o", ""), self.say("demo.others"))
        data = {"demo": spec.name, "failed": failed.why}
        blocks = (Text(reason), Choices((self.again(run), gallery)))
        return Reply(key, self.lang, blocks, True, data, "error", spec.title[self.lang])

    def turn(self, key: str, spec: DemoSpec, run: Run, turn: Turn, figures: Sequence[Figure] = ()) -> Reply:
        """Offer what can be done with the trained network."""
        items = [Choice(choice_id(self.lang, "m", run.id, m.id), m.label[self.lang]) for m in turn.moves[:MOVES]]
        if turn.prompt and not turn.over:
            items.append(Choice(choice_id(self.lang, "m", run.id), turn.prompt[self.lang], turn.prompt[self.lang]))
        blocks = (Text(turn.text[self.lang]), *figures, *((Choices(tuple(items)),) if items else ()))
        data = {"demo": spec.name, "run": run.id, "over": turn.over, "wants": turn.wants}
        return Reply(key, self.lang, blocks, data=data, tone="demo", title=spec.title[self.lang])

    def whole(self, result: Reply, turn: Reply | None) -> Reply:
        """Put a result and what can be done with it into one reply that says that it is done: for scripts."""
        more = turn.blocks if turn else ()
        offered = tuple(c for block in (*more, *result.blocks) if isinstance(block, Choices) for c in block.items)
        told = [b for b in (*result.blocks, *more) if not isinstance(b, Choices)]
        data = {**result.data, "turn": dict(turn.data) if turn else None}
        return replace(result, blocks=(*told, Progress(1.0, self.say("demo.done")), Choices(offered)), data=data)

    # Words

    def seconds(self, seconds: float) -> str:
        """Write about how long something takes."""
        return f"~{max(round(seconds), 1)} s"

    def left(self, seconds: float) -> str:
        """Write how long it still takes."""
        return self.say("demo.left", seconds=max(round(seconds), 1))

    def number(self, value: float, digits: int | None) -> str:
        """Write a number as the language does; without `digits`, as shortly as it can be."""
        text = f"{value:.6g}" if digits is None or not math.isfinite(value) else f"{value:.{digits}f}"
        text = text.replace("-", "−")
        return text.replace(".", ",") if self.lang == "pt" else text


def option(options: Iterable[Option], value: str) -> Option | None:
    """Find an option by its value."""
    return next((o for o in options if o.value == value), None)
