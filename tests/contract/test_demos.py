"""What every demo keeps to: its spec, its events, its pictures, its numbers, its code. Runs are short: `SPEC.quick`."""

import io
import math
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from knowledge.passages import Lecture
from models.demos import Found, discover, lesson
from models.engine.listing import listing
from models.engine.protocol import (
    BadParams,
    Both,
    DemoSpec,
    Event,
    Failed,
    Params,
    Picture,
    Result,
    Step,
    Turn,
    from_json,
    problems_of,
    to_json,
)
from tests import demos

ROOT = Path(__file__).parents[2]
DEMOS = discover() | {"reta": demos.found()["reta"]}
SEED = 3
LIVE, STILL, FILM = 30, 400_000, 2_500_000  # pictures of a run; bytes of one
SUMMARY, LABEL, TEXT = 100, 48, 900  # characters: a line of the gallery, a button, a paragraph of a result
MOVE = re.compile(r"[a-z0-9-]{1,12}")


@dataclass
class Ran:
    """A demo's short run, and what was said in it."""

    found: Found

    @property
    def spec(self) -> DemoSpec:
        return self.found.spec

    @cached_property
    def module(self) -> Any:
        torch.set_num_threads(1)
        return self.found.module()

    def params(self, lang: str = "pt") -> Params:
        return self.spec.ready(self.spec.quick, lang)  # type: ignore[arg-type]  # a language

    @cached_property
    def events(self) -> list[Event]:
        return list(self.module.run(self.params(), SEED))

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def result(self) -> Result:
        result: Result = self.events[-1]  # type: ignore[assignment]  # a test says so
        return result


@pytest.fixture(scope="module", params=sorted(DEMOS))
def ran(request: pytest.FixtureRequest) -> Ran:
    return Ran(DEMOS[request.param])


def twins(ran: Ran) -> Iterator[Both]:
    """Give every text that a learner may read before a run."""
    spec = ran.spec
    yield from (spec.title, spec.summary, spec.lesson, spec.expect.question)
    yield from (option.label for option in spec.expect.options)
    yield from (param.label for param in spec.params)
    yield from (one.label for one in (*spec.presets, *spec.knobs))
    yield from (preset.why for preset in spec.presets)
    if spec.data:
        yield spec.data


def test_the_spec_is_sound_and_the_file_has_its_lesson(ran: Ran) -> None:
    assert problems_of(ran.spec) == []
    assert len(lesson(ran.found)) > 40


def test_its_concepts_and_slides_are_the_lectures(ran: Ran, lecture: Lecture) -> None:
    assert {ran.spec.concept, *ran.spec.related} <= lecture.concepts.keys()
    assert set(ran.spec.slides) <= lecture.slides.keys()


def test_its_texts_exist_in_both_languages_and_fit(ran: Ran) -> None:
    for both in twins(ran):
        assert both.pt.strip() and both.en.strip()
    assert ran.spec.lesson.pt != ran.spec.lesson.en and ran.spec.summary.pt != ran.spec.summary.en
    assert max(len(ran.spec.summary.pt), len(ran.spec.summary.en)) <= SUMMARY
    buttons = [*ran.spec.expect.options, *ran.spec.presets, *ran.spec.knobs]
    assert [b.label for b in buttons if max(len(b.label.pt), len(b.label.en)) > LABEL] == []


def test_values_out_of_bounds_are_refused(ran: Ran) -> None:
    for param in ran.spec.params:
        if param.kind in ("int", "float"):
            for bad in (float("nan"), (param.high or 0) * 10 + 10, (param.low or 0) - abs(param.high or 1) - 1):
                with pytest.raises(BadParams):
                    ran.spec.complete({param.name: bad})


def test_its_events_come_in_order(ran: Ran) -> None:
    fractions = [step.fraction for step in ran.of(Step)]
    assert fractions and fractions == sorted(fractions) and fractions[0] >= 0 and fractions[-1] == 1
    assert [type(e) for e in ran.events if isinstance(e, Result | Failed | Turn)] == [Result]
    assert ran.events[-1] is ran.result
    finals = [i for i, e in enumerate(ran.events) if isinstance(e, Picture) and e.final]
    assert finals and all(isinstance(e, Picture | Step | Result) for e in ran.events[finals[0] :])


def test_its_events_survive_the_way_out_of_the_process(ran: Ran) -> None:
    for event in ran.events:
        arrived = from_json(to_json(event))
        assert from_json(to_json(arrived)) == arrived


def test_its_pictures_are_valid_and_described(ran: Ran) -> None:
    pictures = ran.of(Picture)
    assert len(pictures) <= LIVE
    for picture in pictures:
        assert picture.alt.pt.strip() and picture.alt.en.strip() and picture.alt.pt != picture.alt.en
        for data in (picture.light, picture.dark):
            image = Image.open(io.BytesIO(data))
            image.load()
            assert f"image/{(image.format or '').lower()}" == picture.mime
            assert len(data) < (FILM if picture.mime == "image/gif" else STILL)
        assert picture.light != picture.dark


def test_its_numbers_stand_beside_baselines(ran: Ran) -> None:
    metrics = ran.result.metrics
    assert metrics and metrics[0].baselines and len({m.name for m in metrics}) == len(metrics)
    values = [m.value for m in metrics] + [b.value for m in metrics for b in m.baselines]
    assert all(math.isfinite(value) for value in values)


def test_the_result_answers_the_question_and_is_short(ran: Ran) -> None:
    result = ran.result
    assert result.answer.option in {option.value for option in ran.spec.expect.options}
    for both in (result.what, result.why, result.next, result.answer.text):
        assert both.pt.strip() and both.en.strip() and both.pt != both.en
        assert max(len(both.pt), len(both.en)) <= TEXT


def test_the_loss_falls_where_there_is_one(ran: Ran) -> None:
    losses = [step.metrics["loss"] for step in ran.of(Step) if "loss" in step.metrics]
    assert len(losses) < 2 or min(losses[1:]) < losses[0]


def test_the_same_seed_gives_the_same_numbers_in_any_language(ran: Ran) -> None:
    def numbers(events: list[Event]) -> list[object]:
        steps = [(e.fraction, dict(e.metrics)) for e in events if isinstance(e, Step)]
        return [*steps, *((m.name, m.value) for e in events if isinstance(e, Result) for m in e.metrics)]

    again = list(ran.module.run(ran.params("en"), SEED))
    assert numbers(again) == numbers(ran.events)


def test_it_stops_when_told(ran: Ran) -> None:
    events = ran.module.run(ran.params(), SEED)
    assert isinstance(next(events), Step | Picture)
    events.close()
    assert list(events) == []


def test_the_code_shown_runs_as_it_stands(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = listing(ran.found.source, ran.spec, ran.params(), SEED)
    assert code, "no [code]"
    with redirect_stdout(io.StringIO()):
        exec(compile(code, ran.spec.name, "exec"), {"__name__": "__main__"})


def test_it_can_be_played_with_where_it_says_so(ran: Ran) -> None:
    turn = ran.result.turn
    assert bool(ran.spec.plays) == (turn is not None) == hasattr(ran.module, "play")
    if turn is None:
        return
    assert all(MOVE.fullmatch(move.id) for move in turn.moves) and len(turn.memory) <= 4000
    if "press" in ran.spec.plays and turn.moves:
        *_, last = ran.module.play(ran.result.state, turn.memory, ran.params(), turn.moves[0].id)
        assert isinstance(last, Turn) and len(last.memory) <= 4000


def test_no_demo_has_an_unknown_name() -> None:
    known = {
        "mcculloch-pitts", "perceptron", "mlp-avc", "raso-profundo", "backprop", "overfitting", "cnn-digitos",
        "cnn-caes-gatos", "rnn-bolsa", "gan", "texto-imagem", "transferencia", "transformer", "autossupervisionado",
        "automl", "alphago", "dbn", "hopfield", "playground",
    }  # fmt: skip
    assert discover().keys() <= known
