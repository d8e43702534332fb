"""Whole demos on Discord, the real program over HTTP and gateway: run live, stopped, cut off by a kill and taken up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.platforms.discord.limits import EDIT_SECONDS, EDITS
from tests.discord_server import DiscordServer
from tests.e2e.on_discord import SLOW, bot, ended, labels, text

DEMO, LONG = "overfitting", "transferencia"  # neither ends before its pictures come, on a slow machine too
SKIP, STOP, AGAIN = "pular e treinar", "parar", "rodar de novo"


async def shown(server: DiscordServer, condition: Callable[[Any], Any], channel: int | None = None) -> Any:
    """Wait for a message of the bot's that is so; gives the newest."""
    return (await server.until(lambda: [m for m in server.shown(channel) if condition(m)], SLOW))[-1]


async def until_it_trains(server: DiscordServer, name: str, demo: str) -> Any:
    """Ask for a run; gives its message once a picture stands in it."""
    before = {m.id for m in server.shown()}
    server.slash(name, "treinar", demo=demo)
    asked = await shown(server, lambda m: SKIP in labels(m) and m.id not in before)
    server.press(name, asked.id, SKIP)
    return await shown(server, lambda m: m.attachments and STOP in labels(m) and m.id not in before)


def edits(server: DiscordServer) -> list[float]:
    """Give when messages were edited."""
    return [at for at, line in zip(server.times, server.lines, strict=True) if line.startswith("PATCH")]


async def test_a_demo_runs_live_in_one_message_is_told_and_another_is_stopped(
    server: DiscordServer, warm_data: Path, small_lecture: Path
) -> None:
    async with bot(server, warm_data, SINAPSE_KNOWLEDGE__FOLDER=str(small_lecture)) as process:
        await server.until(server.connected.is_set, SLOW)
        live = await until_it_trains(server, "ana", DEMO)
        told = await shown(server, lambda m: "Para tentar:" in text(m))
        assert told.id == live.id and told.attachments and "quebre isso: etiquetas ao acaso" in labels(told)
        assert "▰" not in text(told) and not any(STOP in labels(m) for m in server.shown())
        times = edits(server)
        assert len(times) >= 3 and max(sum(at <= t < at + EDIT_SECONDS for t in times) for at in times) <= EDITS

        live = await until_it_trains(server, "ana", LONG)
        server.slash("ana", "parar")
        stopped = await shown(server, lambda m: AGAIN in labels(m))
        assert stopped.id == live.id and "Parado." in text(stopped) and stopped.attachments
        log = await ended(process)
    assert process.returncode == 0 and "Traceback" not in log


async def test_after_a_kill_the_run_s_own_message_says_so_or_a_new_one_where_it_was_deleted(
    server: DiscordServer, warm_data: Path, small_lecture: Path
) -> None:
    async with bot(server, warm_data, SINAPSE_KNOWLEDGE__FOLDER=str(small_lecture)) as process:
        await server.until(server.connected.is_set, SLOW)
        mine = await until_it_trains(server, "ana", LONG)
        hers = await until_it_trains(server, "bia", LONG)
        process.kill()
        await process.wait()
    server.connected.clear()
    before = len(server.shown())
    server.backend.delete_message(hers.channel_id, hers.id)
    async with bot(server, warm_data, SINAPSE_KNOWLEDGE__FOLDER=str(small_lecture)) as process:
        edited = await shown(server, lambda m: "interrompido" in text(m))
        assert edited.id == mine.id and labels(edited) == [AGAIN] and len(server.shown()) == before - 1
        anew = await shown(server, lambda m: "interrompido" in text(m), server.private("bia"))
        assert labels(anew) == [AGAIN]
        server.press("ana", edited.id, AGAIN)
        await shown(server, lambda m: STOP in labels(m))
        await ended(process)
