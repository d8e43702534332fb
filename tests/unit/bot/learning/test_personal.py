"""The schedule fitted to one learner, in a child process."""

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Learning, Settings
from bot.learning import assembly, personal
from bot.learning.optimal import NOT_INSTALLED
from bot.learning.personal import Personal
from bot.learning.schedule import DEFAULT_PARAMETERS
from bot.outbox import Outbox
from bot.storage import parameters
from knowledge.tutor import Knowledge
from tests import learning
from tests.learning import DAY, Desk

STEADY = [*DEFAULT_PARAMETERS[:2], 60.0, *DEFAULT_PARAMETERS[3:]]
ANSWERING = "import sys, json; reviews = json.load(sys.stdin); assert reviews[0][2] == 3; print({!r})"


@pytest.fixture
async def desk(small_knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a tutor whose learner answered two questions."""
    async with learning.desk(small_knowledge, tmp_path) as desk:
        verdict = await desk.right(await desk.ask("/quiz perceptron 2"))
        await desk.right(await desk.press(verdict, "próxima"))
        yield desk


def fitting(desk: Desk, out: str, enough: int = 2) -> Personal:
    """Give a fitter whose child says this."""
    return Personal(desk.engine, enough, (sys.executable, "-c", ANSWERING.format(out)))


async def test_who_answered_enough_gets_a_schedule_of_their_own(desk: Desk) -> None:
    assert await fitting(desk, json.dumps(STEADY)).sweep()
    reply = await desk.ask("/quiz perceptron 3")
    verdict = await desk.right(reply)
    known = await desk.tools.learning.study.known("shell:ana")
    assert known[str(verdict.data["item"])].due == desk.clock() + 60 * DAY


async def test_they_are_fitted_again_only_with_half_as_many_more_reviews(desk: Desk) -> None:
    await fitting(desk, json.dumps(STEADY)).sweep()
    assert await parameters.waiting(desk.engine, 2, personal.GROWN) == []
    await desk.right(await desk.ask("/quiz gan 1"))
    assert await parameters.waiting(desk.engine, 2, personal.GROWN) == [1]


async def test_who_answered_too_little_is_left_alone(desk: Desk) -> None:
    assert await fitting(desk, "nonsense", enough=3).sweep()
    assert await parameters.waiting(desk.engine, 3, personal.GROWN) == []


@pytest.mark.parametrize("out", ["nonsense", "[1, 2]", "null"])
async def test_what_is_no_set_of_weights_is_not_kept(desk: Desk, out: str, caplog: pytest.LogCaptureFixture) -> None:
    assert await fitting(desk, out).sweep()
    assert "couldn't be fitted" in caplog.text and await parameters.waiting(desk.engine, 2, 1.5) == [1]


async def test_without_the_optimizer_it_says_so_and_stops(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    missing = Personal(desk.engine, 2, (sys.executable, "-c", f"import sys; sys.exit({NOT_INSTALLED})"))
    await missing.run()
    assert "fsrs[optimizer]" in caplog.text


async def test_the_house_fits_only_where_the_host_wants_it(desk: Desk) -> None:
    settings = Settings(learning=Learning(personal=True))  # type: ignore[call-arg]
    house = assembly.House(desk.tools.learning, desk.engine, settings, desk.house.exports, desk.house.drawer)
    house.start(desk.tools, Outbox())
    assert len(house._tasks) == 3
    await house.close()


def test_the_child_reads_reviews_and_writes_weights(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    import fsrs

    from bot.learning import optimal

    class Fitted:
        def __init__(self, logs: list[fsrs.ReviewLog]) -> None:
            self.logs = logs

        def compute_optimal_parameters(self) -> list[float]:
            return [len(self.logs), self.logs[1].card_id, float(self.logs[1].rating)]

    monkeypatch.setattr(fsrs, "Optimizer", Fitted, raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO('[["a", 0, 3], ["b", 86400, 1]]'))
    assert optimal.main() == 0 and json.loads(capsys.readouterr().out) == [2.0, 2.0, 1.0]

    def missing(logs: object) -> None:
        raise ImportError("no pandas")

    monkeypatch.setattr(fsrs, "Optimizer", missing, raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO("[]"))
    assert optimal.main() == NOT_INSTALLED
