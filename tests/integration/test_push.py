"""What the tutor says by itself, and the files that it gives, on each platform."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
from PIL import Image
from rich.console import Console
from simcord import Env

from bot.app import App, bootstrap
from bot.config import Discord, KnowledgeSettings, Settings, Terminal
from bot.platforms.base import Gone, Unreachable
from bot.platforms.discord.client import Client
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.stdio import Stdio
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.terminal import Terminal as TerminalPlatform
from bot.platforms.terminal import _user
from bot.texts import Catalogues
from handlers.messages import Choice, Choices, Figure, File, Progress, Reply, Request, Text
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests.fakes import FakeKnowledge, LineBuffer
from tests.integration.telegram_rig import ANA, GROUP, rig_in

REMINDER = Reply("reminder", "pt", (Text("Hora de revisar."), Choices((Choice("r:pt:", "revisar agora"),))))


@pytest.fixture
def gift(tmp_path: Path) -> Reply:
    """Give a reply that brings a file."""
    path = tmp_path / "sinapse.json"
    path.write_text('{"answers": []}')
    return Reply("k", "pt", (Text("Aqui está."), File(path, "sinapse.json", "application/json")))


@pytest.fixture
async def tutor(tmp_path: Path, small_knowledge: Knowledge) -> AsyncIterator[App]:
    settings = Settings(data_dir=tmp_path / "data", knowledge=KnowledgeSettings(model="none"))
    tutor = await bootstrap(settings, knowledge=small_knowledge)
    yield tutor
    await tutor.close()


@pytest.fixture
def simcord_bot(tutor: App) -> Client:
    return Client(Discord(), tutor.ties, tutor.dispatcher.run)


async def test_telegram_tells_a_user_by_itself_and_sends_files(
    tmp_path: Path, small_knowledge: Knowledge, gift: Reply
) -> None:
    rig = rig_in(tmp_path, small_knowledge)
    async with rig.bot():
        await rig.say(ANA, "oi")
        await rig.platform.push(str(ANA), REMINDER)
        await rig.platform.push(str(ANA), gift)
    sent = rig.world.called("sendMessage", "sendDocument")
    assert [call.method for call in sent][-3:] == ["sendMessage", "sendMessage", "sendDocument"]
    assert sent[-3].values["chat_id"] == ANA and "reply_parameters" not in sent[-3].values
    assert "revisar agora" in json.dumps(sent[-3].values["reply_markup"], ensure_ascii=False)
    assert b'{"answers": []}' in sent[-1].values["files"].values()


async def test_a_platform_that_is_not_connected_says_so(tutor: App) -> None:
    from bot.config import Telegram

    for platform in (TelegramPlatform(Telegram(), "1:x", tutor.ties), DiscordPlatform(Discord(), "x", tutor.ties)):
        with pytest.raises(Unreachable):
            await platform.push("1", REMINDER)
        with pytest.raises(Unreachable):
            await platform.amend("1:2", REMINDER)


async def test_discord_tells_a_user_by_itself_and_sends_files(tutor: App, simcord_env: Env, gift: Reply) -> None:
    ana = simcord_env.create_user("Ana")
    platform = DiscordPlatform(Discord(), "token", tutor.ties)
    platform._client = simcord_env.bot  # type: ignore[assignment]  # the client that simcord runs
    await platform.push(str(ana.id), REMINDER)
    await platform.push(str(ana.id), gift)
    reminder, brought = ana.dm_channel.history()
    assert reminder.embeds[0].description == "Hora de revisar." and reminder.components
    assert [attachment.filename for attachment in brought.attachments] == ["sinapse.json"]
    with pytest.raises(Gone):
        await platform.push("1", REMINDER)


@pytest.fixture
def figure(tmp_path: Path) -> Figure:
    path = tmp_path / "treino.png"
    Image.new("RGB", (320, 200), "navy").save(path)
    return Figure(path, path, "Meia rede.")


@pytest.mark.parametrize("pictured", [False, True], ids=["words", "a picture"])
@pytest.mark.parametrize("chat", [None, GROUP], ids=["in private", "in a group"])
async def test_telegram_edits_what_an_earlier_process_sent(
    pictured: bool, chat: int | None, tmp_path: Path, small_knowledge: Knowledge, figure: Figure
) -> None:
    rig = rig_in(tmp_path, small_knowledge)
    run = await rig.tools.training.runs.add("telegram:11", "", "reta", {}, 1, "pt")

    async def training(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        shown = (figure,) if pictured else ()
        yield Reply("k", "pt", (*shown, Progress(0.5, "época 1", run=run.id), Choices((Choice("t:pt:x", "parar"),))))

    async with rig.bot(training):
        old = await rig.say(ANA, "/treinar", chat=chat)
    kept = await rig.tools.training.runs.get(run.id)
    assert kept
    async with rig.bot():
        await rig.platform.amend(kept.spot, REMINDER)
        [message] = rig.world.sent(chat or ANA)
        assert message["message_id"] == old["message_id"] and ("photo" in message) == pictured
        assert "Hora de revisar." in (message.get("text") or message["caption"])
        assert "revisar agora" in json.dumps(message["reply_markup"], ensure_ascii=False)
        del rig.world.chats[chat or ANA].messages[old["message_id"]]
        with pytest.raises(Gone):
            await rig.platform.amend(kept.spot, REMINDER)


@pytest.mark.parametrize("cards", [True, False], ids=["cards", "plain"])
async def test_discord_edits_what_an_earlier_process_sent(tutor: App, simcord_env: Env, cards: bool) -> None:
    guild = simcord_env.create_guild("Aula")
    rules = {who: discord.PermissionOverwrite(embed_links=cards) for who in (guild.me.roles[-1], guild.default_role)}
    channel = guild.create_text_channel("dúvidas", overwrites=rules)
    platform = DiscordPlatform(Discord(), "token", tutor.ties)
    platform._client = simcord_env.bot  # type: ignore[assignment]  # the client that simcord runs
    sent = await simcord_env.bot.get_channel(channel.id).send("▰▰▱▱ 50%")
    await platform.amend(f"{channel.id}:{sent.id}", REMINDER)
    [message] = channel.history()
    said = message.embeds[0].description if cards else message.content
    assert said == "Hora de revisar." and bool(message.embeds) == cards and message.components
    await sent.delete()
    with pytest.raises(Gone):
        await platform.amend(f"{channel.id}:{sent.id}", REMINDER)


async def test_stdio_writes_a_line_without_an_id() -> None:
    sink = io.StringIO()
    await Stdio(LineBuffer(), sink).push("ana", REMINDER)  # type: ignore[arg-type]
    row = json.loads(sink.getvalue())
    assert row["id"] is None and row["user"] == "ana" and row["choices"] == [{"id": "r:pt:", "label": "revisar agora"}]


async def test_the_terminal_prints_it_with_numbers_for_its_user_alone(gift: Reply) -> None:
    console = Console(file=io.StringIO(), width=60)
    terminal = TerminalPlatform(Terminal(pictures="none"), FakeKnowledge(), Catalogues(), "pt", console=console)  # type: ignore[arg-type]
    await terminal.push(_user(), REMINDER)
    assert terminal.offered["1"].id == "r:pt:"
    await terminal.push(_user(), gift)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "[1] revisar agora" in printed and "sinapse.json" in printed.replace("\n", "")
    with pytest.raises(Gone):
        await terminal.push("someone-else", REMINDER)
