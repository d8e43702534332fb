"""Edits and sends within a platform's rates."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.throttle import FORGET, Rate, RetryAfter, Smoother, Throttle
from tests.fakes import FakeClock


class Screen:
    """A message that is edited; every edit takes a while and may be refused."""

    def __init__(self, clock: FakeClock, takes: float = 0.0, refusals: tuple[Exception, ...] = ()) -> None:
        self.shown: list[tuple[float, str]] = []
        self._clock, self._takes, self._refusals = clock, takes, list(refusals)

    def showing(self, text: str) -> Callable[[], Awaitable[None]]:
        async def act() -> None:
            await self._clock.sleep(self._takes)
            if self._refusals:
                raise self._refusals.pop(0)
            self.shown.append((self._clock(), text))

        return act

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.shown]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def throttle(clock: FakeClock) -> Throttle:
    return Throttle(Rate(1, 1.0), clock, clock.sleep)


async def test_an_edit_is_delivered(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock)
    await throttle.edit("m", screen.showing("10 %"))
    await throttle.flush("m")
    assert screen.shown == [(0.0, "10 %")]


async def test_scheduling_an_edit_does_not_wait_for_it(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock)
    await throttle.edit("m", screen.showing("10 %"))
    assert screen.shown == []
    await throttle.flush("m")


async def test_of_edits_that_wait_the_latest_wins(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock)
    for text in ("1", "2", "3", "4"):
        await throttle.edit("m", screen.showing(text))
    await throttle.flush("m")
    assert screen.texts == ["4"]


async def test_an_edit_during_another_follows_it_within_the_rate(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock, takes=0.25)
    await throttle.edit("m", screen.showing("1"))
    await asyncio.sleep(0)  # the first one is under way
    for text in ("2", "3"):
        await throttle.edit("m", screen.showing(text))
    await throttle.flush("m")
    assert screen.shown == [(0.25, "1"), (1.5, "3")]


async def test_a_flood_wait_delays_the_last_state_and_never_loses_it(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock, refusals=(RetryAfter(7), RetryAfter(3)))
    await throttle.edit("m", screen.showing("100 %"))
    await throttle.flush("m")
    assert screen.texts == ["100 %"] and clock.now >= 10


async def test_during_a_flood_wait_a_newer_state_takes_the_place(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock, refusals=(RetryAfter(7),))
    await throttle.edit("m", screen.showing("50 %"))
    await asyncio.sleep(0)
    await throttle.edit("m", screen.showing("60 %"))
    await throttle.flush("m")
    assert screen.texts == ["60 %"]


async def test_messages_do_not_wait_for_each_other(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock)
    for key in ("a", "b", "c"):
        await throttle.edit(key, screen.showing(key))
    for key in ("a", "b", "c"):
        await throttle.flush(key)
    assert screen.shown == [(0.0, "a"), (0.0, "b"), (0.0, "c")]


async def test_messages_of_one_chat_can_share_its_rate(clock: FakeClock) -> None:
    throttle, screen = Throttle(Rate(2, 5.0), clock, clock.sleep, group=lambda key: str(key)[0]), Screen(clock)
    for key in ("a1", "a2", "a3"):
        await throttle.edit(key, screen.showing(key))
    await throttle.flush("a3")
    assert screen.shown == [(0.0, "a1"), (0.0, "a2"), (5.0, "a3")]


async def test_an_edit_that_fails_is_raised_where_it_is_waited_for(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock, refusals=(LookupError("gone"),))
    await throttle.edit("m", screen.showing("1"))
    with pytest.raises(LookupError, match="gone"):
        await throttle.flush("m")
    await throttle.flush("m")


async def test_after_a_failed_edit_the_next_one_is_delivered(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock, refusals=(LookupError("gone"),))
    await throttle.edit("m", screen.showing("1"))
    with pytest.raises(LookupError):
        await throttle.flush("m")
    await throttle.edit("m", screen.showing("2"))
    await throttle.flush("m")
    assert screen.texts == ["2"]


async def test_waiting_for_nothing_ends_at_once(throttle: Throttle) -> None:
    assert await throttle.flush("m") is None  # type: ignore[func-returns-value]


async def test_chats_that_have_been_idle_are_forgotten(throttle: Throttle, clock: FakeClock) -> None:
    for key in ("a", "b"):
        await throttle.edit(key, Screen(clock).showing("1"))
        await throttle.flush(key)
        clock.now += FORGET + 1
    assert list(throttle._smoothers) == ["b"]


async def test_giving_up_waiting_does_not_lose_the_edit(throttle: Throttle, clock: FakeClock) -> None:
    screen = Screen(clock, refusals=(RetryAfter(7),))
    await throttle.edit("m", screen.showing("1"))
    waiting = asyncio.create_task(throttle.flush("m"))
    await asyncio.sleep(0)
    waiting.cancel()
    await throttle.flush("m")
    assert screen.texts == ["1"]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 30), st.floats(0.5, 60), st.lists(st.floats(0, 2), min_size=1, max_size=90))
async def test_no_window_ever_holds_more_calls_than_the_rate(calls: int, seconds: float, takes: list[float]) -> None:
    clock, spans = FakeClock(), list[tuple[float, float]]()
    smoother = Smoother(Rate(calls, seconds), clock, clock.sleep)

    async def call(duration: float) -> None:
        async with smoother.slot():
            begun = clock()
            await clock.sleep(duration)
            spans.append((begun, clock()))

    await asyncio.gather(*(call(duration) for duration in takes))
    begins, ends = (sorted(moments) for moments in zip(*spans, strict=True))
    # Whenever between its begin and its end each call arrived: the one `calls` later came a whole window later.
    assert all(later - end >= seconds - 1e-6 for end, later in zip(ends, begins[calls:], strict=False))


async def test_turns_are_given_in_the_order_of_asking(clock: FakeClock) -> None:
    smoother, order = Smoother(Rate(2, 1.0), clock, clock.sleep), list[int]()

    async def call(n: int) -> None:
        await smoother.turn()
        order.append(n)

    await asyncio.gather(*(call(n) for n in range(9)))
    assert order == list(range(9)) and clock.now == 4.0


async def test_who_gives_up_waiting_takes_nobodys_turn(clock: FakeClock) -> None:
    pauses = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await pauses.wait()
        clock.now += seconds

    smoother = Smoother(Rate(1, 1.0), clock, sleep)
    await smoother.turn()
    waiting = asyncio.create_task(smoother.turn())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    pauses.set()
    await smoother.turn()
    assert clock.now == 1.0
