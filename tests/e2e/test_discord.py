"""The real process on Discord, as a host starts it."""

import asyncio
from pathlib import Path

from tests.discord_server import TOKEN, DiscordServer
from tests.e2e.on_discord import SLOW, bot, ended, title


async def test_the_bot_answers_restarts_and_says_goodbye(server: DiscordServer, tmp_path: Path) -> None:
    async with bot(server, tmp_path) as process:
        await server.until(server.connected.is_set, SLOW)
        server.say("ana", server.mention("o que é uma cnn?"))
        [answer] = await server.until(server.shown, SLOW)
        assert title(answer) == "O que é uma rede neural convolucional" and answer.attachments
        log = await ended(process)
    assert process.returncode == 0 and "goodbye" in log and TOKEN not in log
    assert "discord ask" in log and "cnn" not in log
    async with bot(server, tmp_path) as process:
        await server.until(server.connected.is_set, SLOW)
        server.press("ana", answer.id, "fonte")
        await server.until(lambda: len(server.shown()) == 2, SLOW)
        assert "vem daqui" in server.shown()[-1].embeds[0]["description"]
        await ended(process)


async def test_a_wrong_token_is_one_readable_line_and_exit_code_1(server: DiscordServer, tmp_path: Path) -> None:
    async with bot(server, tmp_path, DISCORD_TOKEN="not.the.token") as process:
        _, log = await asyncio.wait_for(process.communicate(), SLOW)
    assert process.returncode == 1 and b"Discord doesn't know this token" in log
    assert b"Traceback" not in log and b"not.the.token" not in log
