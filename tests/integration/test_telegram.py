"""The Telegram platform on a small Telegram in the same process."""

from pathlib import Path

import pytest

from knowledge.tutor import Knowledge
from tests.integration.telegram_rig import ANA, Rig, rig_in


@pytest.fixture
def rig(tmp_path: Path, small_knowledge: Knowledge) -> Rig:
    return rig_in(tmp_path, small_knowledge)


async def test_a_message_is_answered_as_a_reply_to_it(rig: Rig) -> None:
    async with rig.bot():
        answer = await rig.say(ANA, "**oi** <b>")
    assert (answer["text"], answer["reply_to_message"]["text"]) == ("oi <b>", "**oi** <b>")
