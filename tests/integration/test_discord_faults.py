"""What goes wrong between the bot and Discord: the real client, over real HTTP and a real gateway."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from simcord.backend.models.channel import Overwrite
from simcord.enums import InteractionType, OverwriteType

from bot.app import App, bootstrap
from bot.config import Discord, KnowledgeSettings, Settings
from bot.dispatcher import Dispatcher
from bot.platforms.base import BadToken, PlatformError
from bot.platforms.discord import DiscordPlatform
from bot.platforms.discord.places import PATIENCE
from bot.routes import Routes
from handlers.messages import Choice, Choices, Reply, Request, Text
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests.discord_server import TOKEN, DiscordServer, Fault
from tests.fakes import DirectFinder

MESSAGES = r"^POST /channels/\d+/messages$"
CALLBACK = r"^POST /interactions/"
EDIT = r"^PATCH /channels/"
FURTHER = r"^POST /webhooks/"  # a further message of an interaction
FILLED = r"^PATCH /webhooks/"


@pytest.fixture
async def tutor(tmp_path: Path, small_knowledge: Knowledge) -> AsyncIterator[App]:
    settings = Settings(data_dir=tmp_path / "data", knowledge=KnowledgeSettings(model="none"))
    tutor = await bootstrap(settings, knowledge=small_knowledge)
    tutor.tools = replace(tutor.tools, finder=DirectFinder(small_knowledge))
    yield tutor
    await tutor.close()


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer().running() as server:
        yield server


async def no_pause(_: float) -> None:
    await asyncio.sleep(0.01)


def platform(server: DiscordServer, tutor: App, token: str = TOKEN, **settings: Any) -> DiscordPlatform:
    settings = {"api_url": server.api_url, "gateway_url": server.gateway_url} | settings
    return DiscordPlatform(Discord(**settings), token, replace(tutor.ties, tools=tutor.tools), no_pause)


def dispatcher(tutor: App, **routes: Any) -> Dispatcher:
    return Dispatcher(tutor.tools, 0.1, tutor.ties.deliveries, Routes(**routes))


@asynccontextmanager
async def bot(server: DiscordServer, tutor: App, **routes: Any) -> AsyncIterator["asyncio.Task[None]"]:
    """Run the bot on a server."""
    async with running(server, tutor, platform(server, tutor), **routes) as task:
        yield task


@asynccontextmanager
async def running(
    server: DiscordServer, tutor: App, host: DiscordPlatform, **routes: Any
) -> AsyncIterator["asyncio.Task[None]"]:
    """Run this platform on a server."""
    task = asyncio.create_task(host.run(dispatcher(tutor, **routes).run))
    async with asyncio.timeout(10):
        await server.connected.wait()
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task], timeout=10)


def says(text: str, **fields: Any) -> Any:
    async def handler(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        yield Reply(request.id, "pt", (Text(text),), **fields)

    return handler


def slowly(text: str, gate: asyncio.Event, **fields: Any) -> Any:
    """Answer when a test opens the gate."""

    async def handler(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        await gate.wait()
        yield Reply(request.id, "pt", (Text(text),), **fields)

    return handler


async def echo(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    yield Reply(request.id, "pt", (Text(f"{request.press}={request.text}"),))


def texts(server: DiscordServer, channel: int | None = None) -> list[str]:
    return [m.embeds[0]["description"] for m in server.shown(channel) if m.embeds]


def readable(caplog: pytest.LogCaptureFixture) -> bool:
    return all(TOKEN not in r.getMessage() and not r.exc_info for r in caplog.records if r.name != "asyncio")


def read_only(server: DiscordServer) -> int:
    """Make a channel where the bot may answer commands, but not write."""
    mute = Overwrite(
        server.backend.bot_user.id, OverwriteType.MEMBER, deny=discord.Permissions(send_messages=True).value
    )
    return server.backend.create_channel(server.guild.id, "avisos", overwrites=[mute]).id


async def handled(server: DiscordServer, caplog: pytest.LogCaptureFixture, outcome: str) -> str:
    """Wait for a request's log line with an outcome; gives the line."""
    return await logged(caplog, lambda line: line.startswith("discord ") and outcome in line)


async def logged(caplog: pytest.LogCaptureFixture, wanted: Callable[[str], bool]) -> str:
    """Wait for a log line."""
    ear = Ear()
    logging.getLogger().addHandler(ear)
    try:
        async with asyncio.timeout(20):
            while not (found := [line for line in caplog.messages if wanted(line)]):
                ear.heard.clear()
                await ear.heard.wait()
    finally:
        logging.getLogger().removeHandler(ear)
    return found[0]


class Ear(logging.Handler):
    """Hears that something was logged."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.set()


async def test_the_log_says_when_it_is_connected(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with bot(server, tutor):
        await logged(caplog, "discord: connected as Sinapse; servers: 1".__eq__)
    assert readable(caplog)


async def test_only_the_intents_that_are_needed_are_asked_for(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor):
        assert server.identified[0]["intents"] == 1 | 1 << 9 | 1 << 12  # guilds, guild messages, direct messages


async def test_the_addresses_are_discords_again_afterwards(server: DiscordServer, tutor: App) -> None:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with bot(server, tutor):
        assert server.api_url == Route.BASE
    assert before == (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY)


async def test_what_was_missed_while_the_gateway_was_away_is_answered_once(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, ask=says("oi")):
        await server.hang_up()
        server.say("ana", server.mention("oi"))
        await server.until(lambda: texts(server) == ["oi"])
        assert (server.resumed, len(server.identified)) == (1, 1)


async def test_a_request_to_reconnect_is_followed(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, ask=says("oi")):
        await server.ask_to_reconnect()
        await server.until(lambda: server.resumed)
        server.say("ana", server.mention("oi"))
        await server.until(lambda: texts(server) == ["oi"])


async def test_an_invalid_session_begins_a_new_one(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, ask=says("oi")):
        server.resumable = False
        await server.hang_up()
        await server.until(lambda: len(server.identified) == 2, patience=20)
        server.say("ana", server.mention("oi"))
        await server.until(lambda: texts(server) == ["oi"])


async def test_an_event_delivered_twice_is_answered_once(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with bot(server, tutor, ask=says("oi"), commands={"ajuda": says("ajuda")}):
        server.say("ana", server.mention("oi"))
        server.repeat()
        await handled(server, caplog, "repeated")
        server.slash("ana", "ajuda")
        server.repeat()
        await server.until(lambda: texts(server) == ["oi", "ajuda"])


@pytest.mark.parametrize(
    "fault",
    [
        Fault(MESSAGES, 429, {"Via": "1.1 google"}, {"retry_after": 0.05, "message": "slow"}),
        Fault(MESSAGES, 429, {"Retry-After": "0.05"}),
        Fault(MESSAGES, 429, {"Retry-After": "soon"}),
        Fault(MESSAGES, 500),
        Fault(MESSAGES, 503),
        Fault(MESSAGES, 0),
        Fault(MESSAGES, 0, after=True),
    ],
    ids=["429", "429 of a proxy", "429 unreadable", "500", "503", "dropped", "answer lost"],
)
async def test_what_fails_for_a_moment_is_sent_once_all_the_same(
    server: DiscordServer, tutor: App, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with bot(server, tutor, ask=says("oi")):
        server.faults.append(replace(fault))
        server.say("ana", server.mention("oi"))
        await handled(server, caplog, "ok")
        assert texts(server) == ["oi"] and readable(caplog)


async def test_what_discord_forbids_is_one_line_in_the_log(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot(server, tutor, ask=says("oi")):
        server.faults.append(Fault(MESSAGES, 403, body={"code": 50013, "message": "Missing Permissions"}))
        server.say("ana", server.mention("oi"))
        line = await handled(server, caplog, "not delivered")
    assert line.endswith("not delivered: discord: HTTP 403, code 50013: Missing Permissions") and readable(caplog)


async def test_a_channel_that_is_gone_is_one_line_in_the_log(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot(server, tutor, ask=says("oi")):
        server.faults.append(Fault(MESSAGES, 404, body={"code": 10003, "message": "Unknown Channel"}))
        server.say("ana", server.mention("oi"))
        assert "code 10003" in await handled(server, caplog, "not delivered")


async def test_a_server_that_stays_broken_is_given_up(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.discord.faults.PAUSES", (0.01, 0.01))
    async with bot(server, tutor, ask=says("oi")):
        server.faults.append(Fault(MESSAGES, 503, times=9))
        server.say("ana", server.mention("oi"))
        assert "HTTP 503" in await handled(server, caplog, "not delivered")


async def test_without_the_right_to_refer_back_the_answer_stands_alone(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, ask=says("oi")):
        server.faults.append(Fault(MESSAGES, 400, body={"code": 160002, "message": "no history"}))
        server.say("ana", server.mention("oi"))
        [message] = await server.until(server.shown)
        assert message.reference is None


async def counting(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    for n in range(20):
        yield Reply("k", "pt", (Text(str(n)),))


async def test_many_edits_become_few_and_the_last_is_shown(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with bot(server, tutor, ask=counting):
        server.faults.append(Fault(EDIT, 429, {"Retry-After": "0.05"}))
        server.say("ana", server.mention("oi"))
        await handled(server, caplog, "ok")
        assert texts(server) == ["19"] and sum("PATCH" in line for line in server.lines) <= 6


async def test_an_edit_of_a_deleted_message_is_one_line_in_the_log(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot(server, tutor, ask=counting):
        server.faults.append(Fault(EDIT, 404, body={"code": 10008, "message": "Unknown Message"}, times=9))
        server.say("ana", server.mention("oi"))
        assert "code 10008" in await handled(server, caplog, "not delivered")
        assert sum("PATCH" in line for line in server.lines) == 1


async def test_a_slow_answer_to_a_message_shows_typing(server: DiscordServer, tutor: App) -> None:
    gate = asyncio.Event()
    async with bot(server, tutor, ask=slowly("oi", gate)):
        server.say("ana", server.mention("oi"))
        await server.until(lambda: any("typing" in line for line in server.lines))
        gate.set()
        await server.until(lambda: texts(server) == ["oi"])


async def test_a_slow_answer_to_a_command_is_acknowledged_first(server: DiscordServer, tutor: App) -> None:
    gate = asyncio.Event()
    async with bot(server, tutor, commands={"ajuda": slowly("oi", gate)}):
        record = server.backend.interactions[server.slash("ana", "ajuda")]
        await server.until(lambda: record.loading)
        gate.set()
        await server.until(lambda: texts(server) == ["oi"])
        assert PATIENCE < 1 and not record.ephemeral


async def test_a_slow_answer_for_the_learners_eyes_stays_private(server: DiscordServer, tutor: App) -> None:
    gate = asyncio.Event()
    async with bot(server, tutor, commands={"ajuda": slowly("segredo", gate, private=True)}):
        record = server.backend.interactions[server.slash("ana", "ajuda")]
        await server.until(lambda: record.loading)
        gate.set()
        await server.until(lambda: texts(server) == ["segredo"])
        [message] = await server.until(lambda: len(server.shown()) == 1 and server.shown())
        assert message.is_ephemeral


async def test_a_private_command_is_acknowledged_in_private(server: DiscordServer, tutor: App) -> None:
    gate = asyncio.Event()
    async with bot(server, tutor, commands={"idioma": slowly("oi", gate, private=True)}):
        record = server.backend.interactions[server.slash("ana", "idioma")]
        await server.until(lambda: record.loading)
        gate.set()
        await server.until(lambda: texts(server) == ["oi"])
        assert record.ephemeral


async def test_what_is_stopped_leaves_no_thinking_behind(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, commands={"ajuda": slowly("oi", asyncio.Event())}):
        record = server.backend.interactions[server.slash("ana", "ajuda")]
        await server.until(lambda: record.loading)
        server.slash("ana", "parar")
        await server.until(lambda: record.message_id not in server.backend.messages[server.channel.id])


async def test_an_expired_command_is_answered_in_its_channel(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, commands={"ajuda": says("oi")}):
        server.faults.append(Fault(CALLBACK, 404, body={"code": 10062, "message": "Unknown interaction"}))
        server.slash("ana", "ajuda")
        await server.until(lambda: texts(server) == ["oi"])


async def test_an_expired_private_answer_goes_to_the_learner_alone(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, commands={"ajuda": says("segredo", private=True)}):
        server.faults.append(Fault(CALLBACK, 404, body={"code": 10062, "message": "Unknown interaction"}))
        server.slash("ana", "ajuda")
        await server.until(lambda: texts(server, server.private("ana")) == ["segredo"])
        assert not texts(server)


async def test_an_acknowledgement_that_came_too_late_is_made_up_for(server: DiscordServer, tutor: App) -> None:
    gate = asyncio.Event()
    async with bot(server, tutor, commands={"ajuda": slowly("oi", gate)}):
        server.faults.append(Fault(CALLBACK, 404, body={"code": 10062, "message": "Unknown interaction"}))
        server.slash("ana", "ajuda")
        await server.until(lambda: any("callback" in line for line in server.lines))
        gate.set()
        await server.until(lambda: texts(server) == ["oi"])


async def test_an_acknowledgement_whose_answer_got_lost_counts(server: DiscordServer, tutor: App) -> None:
    gate = asyncio.Event()
    async with bot(server, tutor, commands={"ajuda": slowly("oi", gate)}):
        server.faults.append(Fault(CALLBACK, 0, after=True))
        server.slash("ana", "ajuda")
        await server.until(lambda: sum("callback" in line for line in server.lines) == 2)
        gate.set()
        await server.until(lambda: texts(server) == ["oi"])


async def test_a_response_whose_answer_got_lost_is_not_sent_again(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with bot(server, tutor, commands={"ajuda": says("oi")}):
        server.faults.append(Fault(CALLBACK, 0, after=True))
        server.slash("ana", "ajuda")
        await handled(server, caplog, "ok")
        assert texts(server) == ["oi"]


@pytest.mark.parametrize("fault", [Fault(MESSAGES, 0, after=True), Fault(MESSAGES, 503, after=True)])
async def test_what_follows_a_response_is_sent_once_though_its_answer_got_lost(
    server: DiscordServer, tutor: App, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    async def two(request: Request, _: Tools) -> AsyncIterator[Reply]:
        yield Reply("1", "pt", (Text("um"),))
        yield Reply("2", "pt", (Text("dois"),))

    caplog.set_level(logging.INFO)
    async with bot(server, tutor, commands={"ajuda": two}):
        server.faults.append(replace(fault))
        server.slash("ana", "ajuda")
        await handled(server, caplog, "ok")
        assert texts(server) == ["um", "dois"]


@pytest.mark.parametrize(
    "fault", [Fault(line, *how, after=True) for line in (FURTHER, FILLED) for how in ((0,), (503,))]
)
@pytest.mark.parametrize("private", [True, False], ids=["private", "where the bot may not write"])
async def test_what_can_have_no_nonce_is_shown_once_though_its_answer_got_lost(
    server: DiscordServer, tutor: App, fault: Fault, private: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def two(request: Request, _: Tools) -> AsyncIterator[Reply]:
        yield Reply("1", "pt", (Text("um"),), private=private)
        yield Reply("2", "pt", (Text("dois"),), private=private)

    caplog.set_level(logging.INFO)
    where = server.channel.id if private else read_only(server)
    async with bot(server, tutor, commands={"ajuda": two}):
        server.faults.append(replace(fault))
        server.slash("ana", "ajuda", where)
        await handled(server, caplog, "ok")
        assert texts(server, where) == ["um", "dois"] and not server.faults
        assert all(m.is_ephemeral == private for m in server.shown(where))


async def test_a_reminder_is_sent_once_though_its_answer_got_lost(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    host, ana = platform(server, tutor), server.person("ana")
    async with running(server, tutor, host):
        await logged(caplog, lambda line: "connected as" in line)
        server.faults.append(Fault(MESSAGES, 0, after=True))
        await host.push(str(ana), Reply("1", "pt", (Text("revise"),)))
        assert texts(server, server.private("ana")) == ["revise"] and not server.faults


async def test_a_thinking_that_is_gone_already_is_no_failure(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    gate = asyncio.Event()
    async with bot(server, tutor, commands={"ajuda": slowly("segredo", gate, private=True)}):
        record = server.backend.interactions[server.slash("ana", "ajuda")]
        await server.until(lambda: record.loading)
        server.faults.append(Fault("^DELETE /webhooks/", 0, after=True))
        gate.set()
        await handled(server, caplog, "ok")
        assert texts(server) == ["segredo"] and not server.faults


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        (Fault(CALLBACK, 0, after=True), ["dois"]),  # turned, but the answer got lost
        (Fault(CALLBACK, 404, body={"code": 10062, "message": "Unknown interaction"}), ["um", "dois"]),
    ],
    ids=["answer lost", "expired"],
)
async def test_a_page_that_cannot_be_turned_comes_below(
    server: DiscordServer, tutor: App, fault: Fault, shown: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def page(request: Request, _: Tools) -> AsyncIterator[Reply]:
        yield Reply("1", "pt", (Text("um"), Choices((Choice("x:1", "próxima"),))))

    caplog.set_level(logging.INFO)
    async with bot(server, tutor, ask=page, press=says("dois", in_place=True)):
        server.say("ana", server.mention("oi"))
        [first] = await server.until(server.shown)
        server.faults.append(replace(fault))
        server.press("ana", first.id, "próxima")
        await logged(caplog, lambda line: line.startswith("discord press") and line.endswith("ok"))
        assert texts(server) == shown


async def test_a_response_that_waits_elsewhere_is_filled_in(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    gate = asyncio.Event()
    async with bot(server, tutor, commands={"ajuda": slowly("oi", gate)}):
        server.faults.append(Fault(CALLBACK, 500, times=1, after=True))  # deferred, but we are told it failed
        server.slash("ana", "ajuda")
        await server.until(lambda: any("callback" in line for line in server.lines))
        gate.set()
        await handled(server, caplog, "ok")
        assert texts(server) == ["oi"]


async def test_an_answer_after_the_tokens_end_goes_into_the_channel(server: DiscordServer, tutor: App) -> None:
    gate = asyncio.Event()
    async with bot(server, tutor, commands={"ajuda": slowly("oi", gate)}):
        record = server.backend.interactions[server.slash("ana", "ajuda")]
        await server.until(lambda: record.loading)
        server.faults.append(Fault("^PATCH /webhooks/", 401, body={"code": 50027, "message": "Invalid Webhook Token"}))
        gate.set()
        await server.until(lambda: texts(server) == ["oi"])


async def test_an_edit_after_the_tokens_end_is_made_by_the_bot_itself(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with bot(server, tutor, commands={"ajuda": counting}):
        over = Fault("^PATCH /webhooks/", 401, body={"code": 50027, "message": "Invalid Webhook Token"}, times=9)
        server.faults.append(over)
        server.slash("ana", "ajuda")
        await handled(server, caplog, "ok")
        assert texts(server) == ["19"]


async def test_a_modal_opened_before_a_restart_is_taken_after_it(server: DiscordServer, tutor: App) -> None:
    asking = Choices((Choice("x:1", "responder", prompt="Por quê?"),))

    async def asks(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        yield Reply(request.id, "pt", (Text("Por quê?"), asking))

    async with bot(server, tutor, ask=asks):
        server.say("ana", server.mention("oi"))
        [question] = await server.until(server.shown)
        pressed = server.backend.interactions[server.press("ana", question.id, "responder")]
        await server.until(lambda: pressed.modal)
    async with bot(server, tutor, press=echo):
        server.fill_in("ana", pressed.modal, "porque sim")
        await server.until(lambda: "x:1=porque sim" in texts(server))


async def test_a_modal_or_button_that_is_not_ours_is_left_alone(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot(server, tutor, ask=says("oi"), press=echo):
        server.fill_in("ana", {"custom_id": "another bot's"}, "x")
        server.say("ana", server.mention("oi"))
        await server.until(lambda: texts(server) == ["oi"])
    assert readable(caplog)


async def test_a_modal_that_comes_too_late_is_one_line_in_the_log(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    async def asks(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        yield Reply(request.id, "pt", (Text("?"), Choices((Choice("x:1", "responder", prompt="Por quê?"),))))

    async with bot(server, tutor, ask=asks):
        server.say("ana", server.mention("oi"))
        [question] = await server.until(server.shown)
        server.faults.append(Fault(CALLBACK, 404, body={"code": 10062, "message": "Unknown interaction"}))
        server.press("ana", question.id, "responder")
        await logged(caplog, "discord: HTTP 404, code 10062: Unknown interaction".__eq__)
    assert readable(caplog)


async def test_commands_that_cannot_be_registered_leave_mentions_working(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.append(Fault("^PUT /applications/", 400, body={"code": 50035, "message": "Invalid Form Body"}))
    async with bot(server, tutor, ask=says("oi")):
        server.say("ana", server.mention("oi"))
        await server.until(lambda: texts(server) == ["oi"])
    assert (
        "discord: the slash commands couldn't be registered: HTTP 400, code 50035: Invalid Form Body" in caplog.messages
    )


async def test_being_put_out_of_a_server_is_one_line_in_the_log(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot(server, tutor):
        server.backend.remove_guild(server.guild.id)
        await logged(caplog, f"discord: removed from server {server.guild.id}".__eq__)


async def test_a_wrong_token_ends_it_without_showing_the_token(server: DiscordServer, tutor: App) -> None:
    with pytest.raises(BadToken) as raised:
        await platform(server, tutor, "wrong.token").run(dispatcher(tutor).run)
    assert "wrong.token" not in str(raised.value) and "discord.com/developers" in str(raised.value)


@pytest.mark.parametrize(("code", "error", "word"), [(4004, BadToken, "token"), (4013, PlatformError, "intents")])
async def test_a_gateway_that_refuses_for_good_ends_it(
    server: DiscordServer, tutor: App, code: int, error: type[PlatformError], word: str
) -> None:
    server.refuse_with = code
    with pytest.raises(error, match=word):
        await platform(server, tutor).run(dispatcher(tutor).run)


async def test_an_intent_that_is_not_granted_is_explained(server: DiscordServer, tutor: App) -> None:
    server.refuse_with = 4014
    with pytest.raises(PlatformError, match=r"message_content = false"):
        await platform(server, tutor, message_content=True).run(dispatcher(tutor).run)


async def test_it_waits_for_a_discord_that_is_not_there_yet(
    tutor: App, caplog: pytest.LogCaptureFixture, unused_tcp_port: int
) -> None:
    server = DiscordServer()
    server.port = unused_tcp_port
    task = asyncio.create_task(platform(server, tutor).run(dispatcher(tutor, ask=says("oi")).run))
    await logged(caplog, lambda line: "not connected: no connection to 127.0.0.1" in line)
    async with server.running(), asyncio.timeout(20):
        await server.connected.wait()
        task.cancel()
        await asyncio.wait([task])
    assert readable(caplog)


async def test_a_gateway_that_closes_for_a_reason_unknown_is_dialled_again(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, ask=says("oi")):
        await server.hang_up(4999)
        await server.until(lambda: server.resumed or len(server.identified) == 2, patience=20)
        server.say("ana", server.mention("oi"))
        await server.until(lambda: texts(server) == ["oi"])


async def test_what_runs_is_finished_before_it_stops_and_nothing_new_is_taken(
    server: DiscordServer, tutor: App
) -> None:
    gate = asyncio.Event()
    async with bot(server, tutor, ask=slowly("oi", gate)) as task:
        server.say("ana", server.mention("oi"))
        await server.until(lambda: any("typing" in line for line in server.lines))
        task.cancel()
        await asyncio.wait([task], timeout=0.1)
        assert not task.done()
        server.say("bia", server.mention("oi"))
        gate.set()
        await asyncio.wait([task])
    assert texts(server) == ["oi"] and task.cancelled()


async def test_what_comes_from_a_server_not_known_yet_is_no_private_message(
    server: DiscordServer, tutor: App, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot(server, tutor, ask=says("oi")):
        for text in ("oi", server.mention("oi")):
            server.say("ana", text)
            server.repeat(guild_id="1", id=str(server.backend.snowflake()))
        await server.until(lambda: texts(server) == ["oi", "oi"])  # the mention, and the mention from elsewhere
    assert readable(caplog)


async def test_a_server_that_does_not_tell_the_bots_rights_gets_cards(server: DiscordServer, tutor: App) -> None:
    server.guild_changes = {"members": []}
    async with bot(server, tutor, ask=says("oi")):
        server.say("ana", server.mention("oi"))
        await server.until(lambda: texts(server) == ["oi"])


async def test_a_class_that_asks_at_once_is_answered_without_a_single_429(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor, ask=says("oi")):
        for n in range(120):
            server.say(f"p{n}", "oi", server.private(f"p{n}"))
        await server.until(lambda: all(texts(server, server.private(f"p{n}")) for n in range(120)), patience=30)
    assert server.refused == 0


async def test_proposals_are_given_while_a_command_is_typed(server: DiscordServer, tutor: App) -> None:
    async with bot(server, tutor):
        command = server.backend.find_command("perguntar", None, type=1)
        assert command is not None
        typed = [{"name": "pergunta", "type": 3, "value": "gan", "focused": True}]
        data = {"id": command["id"], "name": "perguntar", "type": 1, "options": typed}
        asked = server._interact("ana", InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE, None, data)
        record = server.backend.interactions[asked]
        choices = await server.until(lambda: record.autocomplete_choices)
        assert choices[0]["name"] == "O que é uma GAN"
