"""Calls keep within Telegram's rates, and are tried again where that helps."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import httpx
import pytest
from telegram import error as telegram

from bot import throttle
from bot.platforms.base import Forbidden, Gone, SurfaceError, Unreachable
from bot.platforms.telegram import faults
from bot.platforms.telegram.calls import PAUSES, Calls
from bot.platforms.telegram.recovery import AHEAD, CHATS, Recovery
from bot.platforms.telegram.turns import KEPT, ChatTurns
from bot.throttle import Rate

GROUP = -1001


class Time:
    """A clock that sleepers move on."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, list[float]()

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.now = max(self.now, self.now + seconds)


class Api:
    """Answers calls with what a test wrote down, then with "done"; remembers chats and times."""

    def __init__(self, time: Time, *outcomes: Exception) -> None:
        self.outcomes, self._time = list(outcomes), time
        self.calls: list[tuple[int, float]] = []

    async def __call__(self, chat: int) -> str:
        self.calls.append((chat, self._time.now))
        await asyncio.sleep(0)
        if self.outcomes:
            raise self.outcomes.pop(0)
        return "done"


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def calls(time: Time) -> Calls:
    return Calls(time.clock, time.sleep)


def dropped(cause: Exception) -> telegram.NetworkError:
    error = telegram.NetworkError("dropped")
    error.__cause__ = cause
    return error


def most(times: Sequence[float], seconds: float) -> int:
    """Count the calls in the fullest window."""
    return max(sum(1 for other in times if at <= other < at + seconds) for at in times)


async def test_never_more_than_30_messages_in_any_second(calls: Calls, time: Time) -> None:
    api = Api(time)
    await asyncio.gather(*(calls.message(user, api) for user in range(1, 101)))
    assert most([at for _, at in api.calls], 1.0) == 30


async def test_an_album_counts_for_each_picture(calls: Calls, time: Time) -> None:
    api = Api(time)
    await asyncio.gather(*(calls.message(user, api, cost=10) for user in range(1, 13)))
    assert most([at for _, at in api.calls], 1.0) == 3


async def test_a_group_gets_20_a_minute_and_holds_nobody_else_up(calls: Calls, time: Time) -> None:
    group, others = Api(time), Api(time)
    waiting = [asyncio.create_task(calls.message(GROUP, group)) for _ in range(25)]
    await calls.message(7, others)
    assert others.calls[0][1] < 1.0
    await asyncio.gather(*waiting)
    assert most([at for _, at in group.calls], 60.0) == 20


def test_the_group_that_rested_longest_is_forgotten(time: Time) -> None:
    turns = ChatTurns(Rate(1, 1.0), time.clock, time.sleep)
    first, second = turns.of(0), turns.of(1)
    for chat in (0, *range(2, KEPT + 1)):
        turns.of(chat)
    assert turns.of(0) is first
    assert turns.of(1) is not second


async def test_a_flood_wait_is_waited_for(calls: Calls, time: Time) -> None:
    api = Api(time, telegram.RetryAfter(timedelta(seconds=17)), telegram.RetryAfter(timedelta(seconds=3)))
    assert await calls.message(7, api) == "done"
    assert time.slept[:2] == [17, 3]


async def test_who_isn_t_patient_is_told_how_long(calls: Calls, time: Time) -> None:
    with pytest.raises(throttle.RetryAfter) as told:
        await calls.message(7, Api(time, telegram.RetryAfter(timedelta(seconds=17))), patient=False)
    assert told.value.seconds == 17


@pytest.mark.parametrize(
    "error", [telegram.NetworkError("Bad Gateway"), telegram.TimedOut(), dropped(httpx.ConnectError("no route"))]
)
async def test_what_passes_is_tried_again_with_longer_pauses(calls: Calls, time: Time, error: Exception) -> None:
    api = Api(time, error, error)
    assert await calls.message(7, api) == "done"
    assert time.slept == list(PAUSES[:2])


async def test_a_long_outage_is_given_up(calls: Calls, time: Time) -> None:
    with pytest.raises(Unreachable, match="Bad Gateway"):
        await calls.message(7, Api(time, *[telegram.NetworkError("Bad Gateway")] * len(PAUSES)))


async def test_what_arrived_without_an_answer_isn_t_sent_again(calls: Calls, time: Time) -> None:
    async def arrived(_: int) -> str:
        return "found"

    api = Api(time, dropped(httpx.ReadError("cut")))
    assert await calls.message(7, api, arrived=arrived) == "found"
    assert len(api.calls) == 1


async def test_what_was_never_sent_isn_t_looked_for(calls: Calls, time: Time) -> None:
    async def arrived(_: int) -> str:
        raise AssertionError

    assert await calls.message(7, Api(time, dropped(httpx.ConnectError("no route"))), arrived=arrived) == "done"


async def test_a_group_that_became_a_supergroup_is_followed(calls: Calls, time: Time) -> None:
    api = Api(time, telegram.ChatMigrated(-100), telegram.ChatMigrated(-200))
    await calls.message(-5, api)
    assert [chat for chat, _ in api.calls] == [-5, -100, -200]
    assert calls.now(-5) == -200


async def test_a_group_that_moves_to_itself_is_given_up(calls: Calls, time: Time) -> None:
    with pytest.raises(Unreachable):
        await calls.message(-5, Api(time, telegram.ChatMigrated(-5)))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (telegram.Forbidden("Forbidden: bot was blocked by the user"), Forbidden),
        (telegram.BadRequest("Not enough rights to send text messages to the chat"), Forbidden),
        (telegram.BadRequest("CHAT_WRITE_FORBIDDEN"), Forbidden),
        (telegram.BadRequest("Chat not found"), Gone),
        (telegram.BadRequest("Message to edit not found"), Gone),
        (telegram.BadRequest("Message can't be edited"), Gone),
        (telegram.BadRequest("Can't parse entities: unsupported start tag"), faults.Refused),
        (telegram.InvalidToken("Not Found"), Unreachable),
    ],
)
async def test_what_won_t_pass_is_translated_at_once(
    calls: Calls, time: Time, error: telegram.TelegramError, kind: type[SurfaceError]
) -> None:
    with pytest.raises(kind, match="telegram: "):
        await calls.message(7, Api(time, error))
    assert time.slept == []


async def test_a_quick_call_is_tried_a_few_times_and_never_complains(calls: Calls, time: Time) -> None:
    api = Api(time, *[telegram.NetworkError("Bad Gateway")] * 5)
    await calls.quick(lambda: api(7))
    assert len(api.calls) == 3
    refused = Api(time, telegram.BadRequest("query is too old"), telegram.NetworkError("x"))
    await calls.quick(lambda: refused(7))
    assert len(refused.calls) == 1


async def test_a_patient_call_waits_where_telegram_asks_for_it(calls: Calls, time: Time) -> None:
    api = Api(time, telegram.RetryAfter(9))
    await calls.quick(lambda: api(7), patient=True)
    assert len(api.calls) == 2 and time.slept == [9]
    hasty = Api(time, telegram.RetryAfter(9))
    await calls.quick(lambda: hasty(7))
    assert len(hasty.calls) == 1


class Chat:
    """Edits of messages, some of which aren't the bot's."""

    def __init__(self, lost: int) -> None:
        self.lost, self.tried = lost, list[int]()

    async def edit(self, message: int) -> None:
        self.tried.append(message)
        said = "Message is not modified" if message == self.lost else "Message to edit not found"
        raise telegram.BadRequest(said)


async def test_a_lost_message_is_found_among_the_next_ids() -> None:
    recovery, chat = Recovery(), Chat(lost=12)
    recovery.note(7, 11)
    assert await recovery.find(7, 10, chat.edit) == 12
    assert chat.tried == [12]


async def test_a_message_that_isn_t_there_isn_t_found() -> None:
    recovery, chat = Recovery(), Chat(lost=99)
    assert await recovery.find(7, 10, chat.edit) is None
    assert len(chat.tried) == AHEAD
    assert await recovery.find(7, 0, chat.edit) is None


async def test_two_lost_messages_of_a_chat_aren_t_taken_for_each_other() -> None:
    recovery = Recovery()

    async def edit(message: int) -> None:
        assert await recovery.find(7, 10, edit) is None

    assert await recovery.find(7, 10, edit) == 11


def test_the_chats_that_rested_longest_are_forgotten() -> None:
    recovery = Recovery()
    for chat in (1, 2, 1, *range(3, CHATS + 2)):
        recovery.note(chat, 5)
    assert (recovery.last(1), recovery.last(2)) == (5, 0)
