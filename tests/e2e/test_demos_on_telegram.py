"""Whole demos on Telegram, the real program over HTTP: run live, stopped, cut off by a kill and taken up again."""

from itertools import pairwise
from pathlib import Path

from bot.platforms.telegram.surface import PRIVATE
from tests.e2e.on_telegram import ANA, PATIENCE, Bot, bot, buttons, text
from tests.integration.bot_world import Called, Json, World

BIA = 12
DEMO, LONG = "overfitting", "transferencia"  # neither ends before its pictures come, on a slow machine too
SKIP, STOP, AGAIN = "pular e treinar", "parar", "rodar de novo"


async def until_it_trains(running: Bot, demo: str, user: int = ANA) -> Json:
    """Ask for a run; gives its message once a picture stands in it."""
    said = await running.world.say(user, f"/treinar {demo}")
    asked = await running.says(lambda m: SKIP in buttons(m) and m["message_id"] > said["message_id"], user)
    await running.world.press(user, asked, buttons(asked)[SKIP])
    return await running.says(lambda m: "photo" in m and STOP in buttons(m), user)


def edits(world: World, message: Json) -> list[Called]:
    """List the edits of a message."""
    methods = ("editMessageText", "editMessageCaption", "editMessageMedia")
    return [call for call in world.called(*methods) if call.values["message_id"] == message["message_id"]]


async def test_a_demo_runs_live_in_one_message_is_told_and_another_is_stopped(
    world: World, warm_data: Path, small_lecture: Path
) -> None:
    async with bot(world, warm_data, small_lecture) as running:
        live = await until_it_trains(running, DEMO)
        told = await running.says(lambda m: "Para tentar:" in text(m))
        assert "quebre isso: etiquetas ao acaso" in buttons(told) and "Fonte:" in text(told) and "▰" not in text(told)
        assert "photo" in world.chats[ANA].messages[live["message_id"]]  # the live message became the picture
        assert not any(STOP in buttons(message) for message in world.sent(ANA))
        steps = edits(world, live)
        assert len(steps) >= 3 and all(b.at - a.at >= PRIVATE.seconds for a, b in pairwise(steps))

        live = await until_it_trains(running, LONG)
        await world.say(ANA, "/parar")
        stopped = await running.says(lambda m: AGAIN in buttons(m))
        assert stopped["message_id"] == live["message_id"] and "Parado." in text(stopped) and "photo" in stopped
        assert await running.end() == 0
    assert "Traceback" not in running.log


async def test_after_a_kill_the_run_s_own_message_says_so_or_a_new_one_where_it_was_deleted(
    world: World, warm_data: Path, small_lecture: Path
) -> None:
    async with bot(world, warm_data, small_lecture) as running:
        mine = await until_it_trains(running, LONG)
        hers = await until_it_trains(running, LONG, BIA)
        await running.kill()
    before = len(world.sent(ANA))
    await world.call("deleteMessage", {"chat_id": str(BIA), "message_id": str(hers["message_id"])})
    async with bot(world, warm_data, small_lecture) as running:
        edited = await running.says(lambda m: "interrompido" in text(m))
        assert edited["message_id"] == mine["message_id"] and "photo" in edited and len(world.sent(ANA)) == before
        anew = await running.says(lambda m: "interrompido" in text(m), BIA)
        assert anew["message_id"] > hers["message_id"] and list(buttons(anew)) == [AGAIN]
        await world.press(ANA, edited, buttons(edited)[AGAIN])
        await world.until(lambda: any(STOP in buttons(m) for m in world.sent(ANA)), PATIENCE)
        assert await running.end() == 0
