"""Search off the event loop: warm-up, batches, failures and the end."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot import finder as module
from bot.finder import BatchingFinder
from handlers.errors import NotReady
from knowledge.questions import Question
from knowledge.vectors import Encoder
from tests.fakes import BatchedEncoder, FakeKnowledge

LoadModel = Callable[[], Encoder]


def question(text: str) -> Question:
    return Question(text, text, text, "pt", (), ())


@asynccontextmanager
async def finding(
    knowledge: FakeKnowledge, load: LoadModel | None = None, batch: int = 8, patience: float = 20, workers: int = 1
) -> AsyncIterator[BatchingFinder]:
    finder = BatchingFinder(
        knowledge,  # type: ignore[arg-type]
        load,
        Path("nowhere"),
        batch=batch,
        patience=patience,
        workers=workers,
    )
    try:
        yield finder
    finally:
        knowledge.hold.set()
        knowledge.hold_find.set()
        await finder.close()


def failing(error: Exception) -> LoadModel:
    def load() -> Encoder:
        raise error

    return load


async def held_up(finder: BatchingFinder, *texts: str) -> list["asyncio.Task[object]"]:
    """Ask several questions and let them reach the queue."""
    tasks = [asyncio.ensure_future(finder.find(question(text))) for text in texts]
    while finder._queue.qsize() < len(texts):  # noqa: ASYNC110  # the queue has no event for that
        await asyncio.sleep(0)
    return tasks


async def test_nothing_is_loaded_before_the_start() -> None:
    knowledge = FakeKnowledge()
    async with finding(knowledge) as finder:
        assert (finder.ready, finder.encoder, knowledge.calls) == (False, None, [])


async def test_a_finder_that_never_started_closes() -> None:
    async with finding(FakeKnowledge()) as finder:
        await finder.close()


async def test_without_a_model_it_searches_by_words_alone_and_sees_no_problem() -> None:
    knowledge = FakeKnowledge()
    async with finding(knowledge) as finder:
        await finder.find(question("a"))
        assert (knowledge.calls, knowledge.vectors, finder.problem) == (
            ["prepare", "use_letters", "forget_learners"],
            [None],
            "",
        )


async def test_with_a_model_each_reading_is_searched_by_its_vector() -> None:
    knowledge, encoder = FakeKnowledge(), BatchedEncoder()
    async with finding(knowledge, lambda: encoder) as finder:
        await finder.find(question("a"), question("b c"))
        assert knowledge.calls == ["prepare", "use_model", "forget_learners"]
        assert [v is not None and v.shape for v in knowledge.vectors] == [(64,), (64,)]
        assert finder.encoder is encoder and finder.ready


async def test_questions_that_wait_are_encoded_together() -> None:
    knowledge, encoder = FakeKnowledge(), BatchedEncoder()
    async with finding(knowledge, lambda: encoder) as finder:
        await finder.wait_ready()
        await asyncio.gather(*await held_up(finder, "a", "b", "c"))
    assert encoder.batches == [["a", "b", "c"]]


async def test_a_batch_is_no_longer_than_its_limit() -> None:
    knowledge, encoder = FakeKnowledge(), BatchedEncoder()
    async with finding(knowledge, lambda: encoder, batch=2) as finder:
        await finder.wait_ready()
        await asyncio.gather(*await held_up(finder, "a", "b", "c"))
    assert encoder.batches == [["a", "b"], ["c"]]


async def test_the_same_question_is_searched_once() -> None:
    knowledge = FakeKnowledge()
    async with finding(knowledge) as finder:
        first = await finder.find(question("a"), question("b"))
        assert await finder.find(question("a"), question("b")) is first
    assert knowledge.searched == [["a", "b"]]


async def test_a_text_in_another_reading_is_encoded_once() -> None:
    encoder = BatchedEncoder()
    async with finding(FakeKnowledge(), lambda: encoder) as finder:
        await finder.find(question("a"))
        await finder.find(question("a"), question("b"))
    assert encoder.batches == [["a"], ["b"]]


async def test_only_so_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 2)
    knowledge, encoder = FakeKnowledge(), BatchedEncoder()
    async with finding(knowledge, lambda: encoder) as finder:
        for text in ("a", "b", "a", "c", "a", "b"):  # "b" was used longest ago when "c" came
            await finder.find(question(text))
        assert len(finder._vectors) == 2
    assert knowledge.searched == [["a"], ["b"], ["c"], ["b"]]


async def test_a_failed_search_is_not_remembered() -> None:
    knowledge = FakeKnowledge()
    knowledge.fails_on = "a"
    async with finding(knowledge) as finder:
        with pytest.raises(ArithmeticError):
            await finder.find(question("a"))
        knowledge.fails_on = ""
        assert (await finder.find(question("a"))).question.text == "a"


async def test_a_second_core_answers_while_the_first_is_busy() -> None:
    knowledge = FakeKnowledge()
    knowledge.hold_find.clear()
    async with finding(knowledge, workers=2) as finder:
        await finder.wait_ready()
        [first] = await held_up(finder, "a")
        await asyncio.to_thread(knowledge.finding.wait, 10)
        [second] = await held_up(finder, "b")
        while not finder._queue.empty():  # noqa: ASYNC110  # taken by the other worker
            await asyncio.sleep(0)
        knowledge.hold_find.set()
        await asyncio.gather(first, second)
    assert sorted(knowledge.searched) == [["a"], ["b"]]


@pytest.mark.parametrize(
    "error", [ImportError("no torch"), OSError("no file"), ValueError("not a model"), RuntimeError("shape\nof w")]
)
async def test_a_model_that_does_not_load_leaves_search_by_words_and_says_why(error: Exception) -> None:
    knowledge = FakeKnowledge()
    async with finding(knowledge, failing(error)) as finder:
        await finder.find(question("a"))
        assert knowledge.calls == ["prepare", "use_letters", "forget_learners"]
        assert finder.problem == f"{type(error).__name__}: {str(error).splitlines()[0]}"


async def test_whoever_asks_too_early_is_told_after_the_configured_patience() -> None:
    knowledge = FakeKnowledge()
    knowledge.hold.clear()
    async with finding(knowledge, patience=0.01) as finder:
        with pytest.raises(NotReady):
            await finder.find(question("a"))


async def test_an_error_reaches_everyone_in_the_batch_and_the_worker_goes_on() -> None:
    knowledge = FakeKnowledge()
    knowledge.fails_on = "bad"
    async with finding(knowledge) as finder:
        await finder.wait_ready()
        outcomes = await asyncio.gather(*await held_up(finder, "a", "bad"), return_exceptions=True)
        assert [type(o) for o in outcomes] == [ArithmeticError, ArithmeticError]
        assert (await finder.find(question("b"))).question.text == "b"


async def test_who_asks_while_a_batch_is_searched_for_is_encoded_meanwhile() -> None:
    knowledge, encoder = FakeKnowledge(), BatchedEncoder()
    async with finding(knowledge, lambda: encoder, workers=2) as finder:
        await finder.wait_ready()
        knowledge.hold_find.clear()
        first = asyncio.ensure_future(finder.find(question("a")))
        await asyncio.to_thread(knowledge.finding.wait, 10)
        others = [asyncio.ensure_future(finder.find(question(text))) for text in ("b", "c")]
        while len(encoder.batches) < 2:  # noqa: ASYNC110  # the encoder has no event for that
            await asyncio.sleep(0)
        assert encoder.batches == [["a"], ["b", "c"]] and not first.done()
        knowledge.hold_find.set()
        assert [found.question.text for found in await asyncio.gather(first, *others)] == ["a", "b", "c"]


async def test_a_model_that_fails_is_told_to_who_asked_and_the_worker_goes_on() -> None:
    encoder = BatchedEncoder()

    def fails(texts: Sequence[str], /) -> NDArray[np.float32]:
        raise OSError("gone")

    async with finding(FakeKnowledge(), lambda: encoder) as finder:
        await finder.wait_ready()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(encoder, "queries", fails)
            with pytest.raises(OSError, match="gone"):
                await finder.find(question("a"))
        assert (await finder.find(question("a"))).question.text == "a"
    assert encoder.batches == [["a"]]


async def test_a_models_process_ends_with_the_finder() -> None:
    class Closing(BatchedEncoder):
        closed = False

        def close(self) -> None:
            self.closed = True

    encoder = Closing()
    async with finding(FakeKnowledge(), lambda: encoder) as finder:
        await finder.wait_ready()
        assert not encoder.closed
    assert encoder.closed


@pytest.mark.parametrize("fails_on", ["", "b"])
async def test_whoever_stopped_waiting_is_passed_over(fails_on: str) -> None:
    knowledge = FakeKnowledge()
    knowledge.fails_on = fails_on
    async with finding(knowledge) as finder:
        await finder.wait_ready()
        first, second = await held_up(finder, "a", "b")
        first.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        assert (await finder.find(question("c"))).question.text == "c"


async def test_closing_tells_whoever_still_waits() -> None:
    async with finding(FakeKnowledge()) as finder:
        await finder.wait_ready()
        [waiting] = await held_up(finder, "a")
        await finder.close()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_closing_tells_whoever_is_being_answered() -> None:
    knowledge = FakeKnowledge()
    knowledge.hold_find.clear()
    async with finding(knowledge) as finder:
        await finder.wait_ready()
        [waiting] = await held_up(finder, "a")
        await asyncio.to_thread(knowledge.finding.wait, 10)
        await finder.close()
        assert (await asyncio.wait({waiting}, timeout=0.2))[0] == {waiting}


async def test_a_model_that_fails_in_any_way_leaves_words_alone() -> None:
    async with finding(FakeKnowledge(), failing(KeyError("weights")), patience=5) as finder:
        await finder.find(question("a"))
        assert "weights" in finder.problem
