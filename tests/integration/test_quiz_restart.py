"""A quiz's open question outlives the bot, on Telegram: the real handlers, database and native polls."""

from collections.abc import AsyncIterator
from pathlib import Path

from bot.routes import Routes
from handlers.messages import Reply, Request
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests import learning
from tests.integration.telegram_rig import ANA, Rig

MOST = 12  # requests until a question is a native poll


async def real(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Answer as the tutor does."""
    handler, request = Routes().route(request)
    async for reply in handler(request, tools):
        yield reply


async def test_on_telegram_a_vote_after_a_restart_is_graded_once(small_knowledge: Knowledge, tmp_path: Path) -> None:
    async with learning.desk(small_knowledge, tmp_path / "quiz") as before:
        rig = Rig(tmp_path, before.tools)
        async with rig.bot(real):
            await rig.say(ANA, "quero um quiz de perceptron")
            while not (polls := [m for m in rig.world.sent(ANA) if "poll" in m]) and rig.ended < MOST:
                await rig.say(ANA, "pular")
            message = polls[0]
    async with learning.desk(small_knowledge, tmp_path / "quiz", start=1000) as after:
        rig.tools = after.tools
        async with rig.bot(real):
            done = rig.ended
            await rig.world.vote(ANA, message, 0)
            await rig.handled(done + 1)
            await rig.world.repeat()
            await rig.handled(done + 2)
        study = after.tools.learning.study
        current = await study.current(f"telegram:{ANA}", "")
        assert await study.total(f"telegram:{ANA}") == 1 and current and not current.open
