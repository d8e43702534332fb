"""The real program, polling a small Bot API server on loopback that breaks now and then."""

import asyncio
from pathlib import Path

from tests.e2e.on_telegram import ANA, PATIENCE, bot
from tests.integration.bot_world import TOKEN, Fault, Refusal, World

FLOOD = Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
BAD_GATEWAY = Refusal(502, "Bad Gateway")
CUT, LOST = Fault(), Fault(done=True)


async def test_a_question_is_answered_once_however_the_network_behaves(
    world: World, warm_data: Path, small_lecture: Path
) -> None:
    world.fail("getMe", BAD_GATEWAY)
    world.fail("getUpdates", CUT, BAD_GATEWAY, CUT)
    world.fail("sendMessage", CUT, FLOOD, BAD_GATEWAY, LOST)
    async with bot(world, warm_data, small_lecture) as running:
        await world.say(ANA, "o que é uma gan?")
        [answer] = await running.said(1)
        await world.say(ANA, "/start perceptron")
        await running.said(2)
        assert await running.end() == 0
    assert "duas redes que competem" in answer["text"] and answer["reply_markup"]["inline_keyboard"]
    assert len(world.sent(ANA)) == 2
    assert "connected as @SinapseTestBot" in running.log and "goodbye" in running.log
    assert TOKEN.partition(":")[2] not in running.log and "Traceback" not in running.log


async def test_an_old_button_and_a_repeated_update_after_a_restart(
    world: World, warm_data: Path, small_lecture: Path
) -> None:
    async with bot(world, warm_data, small_lecture) as running:
        await world.say(ANA, "o que é o perceptron?")
        [answer] = await running.said(1)
        assert await running.end() == 0
    button = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    async with bot(world, warm_data, small_lecture) as running:
        await world.repeat()
        await world.press(ANA, answer, button)
        await running.said(2)
        await world.repeat()
        await world.say(ANA, "o que é uma gan?")
        await running.said(3)
        assert await running.end() == 0
    assert len(world.sent(ANA)) == 3
    assert list(world.queries.values()) == [True]
    assert running.log.count("repeated") == 2


async def test_the_end_waits_for_an_answer_under_way(world: World, warm_data: Path, small_lecture: Path) -> None:
    world.fail("sendMessage", FLOOD)
    async with bot(world, warm_data, small_lecture) as running:
        await world.say(ANA, "o que é uma gan?")
        await world.until(lambda: world.called("sendMessage"), PATIENCE)
        assert await running.end() == 0
    assert len(world.sent(ANA)) == 1
    assert "goodbye" in running.log


async def test_a_bad_token_is_one_line_and_exit_code_1(world: World, warm_data: Path, small_lecture: Path) -> None:
    async with bot(world, warm_data, small_lecture, token="4242:wrong-token") as running:
        async with asyncio.timeout(PATIENCE):
            running.log = (await running.process.communicate())[1].decode()
    assert running.process.returncode == 1
    assert "@BotFather" in running.log and "wrong-token" not in running.log and "Traceback" not in running.log


async def test_a_class_that_asks_at_once_is_served_at_telegram_s_rate(
    world: World, warm_data: Path, small_lecture: Path
) -> None:
    async with bot(world, warm_data, small_lecture) as running:
        await world.until(lambda: world.asked, PATIENCE)
        await asyncio.gather(*(world.say(user, "o que é uma gan?") for user in range(1, 76)))
        await world.until(lambda: len(world.called("sendMessage")) == 75, PATIENCE)
        assert await running.end() == 0
    times = [call.at for call in world.called("sendMessage")]
    assert max(sum(at <= other < at + 1 for other in times) for at in times) <= 30
    assert all(len(world.sent(user)) == 1 for user in range(1, 76))
