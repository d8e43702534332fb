"""One conversation, the same on every platform that has a driver in `tests/platforms`."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from PIL import Image

from knowledge.tutor import Knowledge
from tests.platforms import driver as drivers
from tests.platforms import tutor
from tests.platforms.driver import Driver, Shown

NAMES = drivers.names()
HIDDEN = re.compile("[\u200b\u200c\u2060\ufeff]")  # what may be put inside a mention to defuse it


class World:
    """A platform with its tutor, which can be restarted."""

    def __init__(self, driver: Driver, folder: Path, knowledge: Knowledge) -> None:
        self.driver, self._folder, self._knowledge = driver, folder, knowledge
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        scripted = tutor.scripted(self._folder, self._knowledge)
        await self.driver.start(await self._stack.enter_async_context(scripted))

    async def stop(self) -> None:
        await self.driver.stop()
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()


@pytest.fixture(params=NAMES)
async def world(request: pytest.FixtureRequest, tmp_path: Path, small_knowledge: Knowledge) -> AsyncIterator[World]:
    picture = tmp_path / "gan.png"
    Image.new("RGB", (320, 200), "navy").save(picture)
    tutor.picturing(picture)
    driver = drivers.load(request.param, tmp_path)
    world = World(driver, tmp_path / "data", small_knowledge)
    await world.start()
    yield world
    await world.stop()
    await drivers.close(driver)


@pytest.fixture
def driver(world: World) -> Driver:
    return world.driver


def read(messages: Sequence[Shown]) -> str:
    """Give all that a learner reads, its white space evened out."""
    return " ".join(HIDDEN.sub("", " ".join(m.text for m in messages)).split())


def test_every_chat_platform_is_here() -> None:
    assert {"stdio", "terminal"} <= set(NAMES)


async def test_what_is_said_is_answered(driver: Driver) -> None:
    assert "Você disse: oi" in read(await driver.say("ana", "oi"))


async def test_of_a_long_text_nothing_is_lost_and_all_is_in_order(driver: Driver) -> None:
    text = read(await driver.say("ana", "long"))
    places = [text.find(" ".join(paragraph.split())) for paragraph in tutor.PARAGRAPHS]
    assert min(places) >= 0 and places == sorted(places) and "slide 3" in text


async def test_every_line_of_a_listing_is_shown_as_it_is(driver: Driver) -> None:
    text = read(await driver.say("ana", "code"))
    assert [line for line in tutor.LISTING.splitlines() if " ".join(line.split()) not in text] == []


async def test_no_markup_breaks_an_answer(driver: Driver) -> None:
    text = read(await driver.say("ana", "hostile"))
    assert text.count("negrito") == 3 and text.count("</pre>") >= 1


async def test_a_picture_comes_with_its_words(driver: Driver) -> None:
    [picture] = [p for m in await driver.say("ana", "picture") for p in m.pictures]
    assert tutor.PICTURE in " ".join(picture.split())


async def test_of_an_edited_reply_the_last_state_is_shown(driver: Driver) -> None:
    assert "100%" in re.sub(r"(\d)[\s\u00a0]%", r"\1%", read(await driver.say("ana", "edit")))


async def test_a_choice_is_pressed(driver: Driver) -> None:
    [offer] = await driver.say("ana", "choices")
    assert offer.choices == ("um", "dois")
    assert "Você escolheu x:pt:dois" in read(await driver.press("ana", offer, "dois"))


async def test_a_choice_can_be_pressed_twice(driver: Driver) -> None:
    if not getattr(driver, "lasting", True):
        pytest.skip("choices end with the next answer")
    [offer] = await driver.say("ana", "choices")
    for label, chosen in (("um", "x:pt:um"), ("um", "x:pt:um"), ("dois", "x:pt:dois")):
        assert f"Você escolheu {chosen}" in read(await driver.press("ana", offer, label))


async def test_a_choice_can_be_pressed_after_a_restart(world: World) -> None:
    if not getattr(world.driver, "lasting", True):
        pytest.skip("choices end with the chat")
    [offer] = await world.driver.say("ana", "choices")
    await world.restart()
    assert "Você escolheu x:pt:um" in read(await world.driver.press("ana", offer, "um"))


async def test_a_poll_is_voted_in(driver: Driver) -> None:
    messages = await driver.say("ana", "poll")
    [poll] = [m for m in messages if m.choices]
    assert "Quem criou a GAN?" in read(messages) and poll.choices == tutor.OPTIONS
    assert "Você escolheu v:pt:1" in read(await driver.press("ana", poll, tutor.OPTIONS[1]))


async def test_a_vote_counts_after_a_restart(world: World) -> None:
    if not getattr(world.driver, "lasting", True):
        pytest.skip("choices end with the chat")
    [poll] = [m for m in await world.driver.say("ana", "poll") if m.choices]
    await world.restart()
    assert "Você escolheu v:pt:0" in read(await world.driver.press("ana", poll, tutor.OPTIONS[0]))


async def test_two_learners_at_once_each_get_their_own_answer(driver: Driver) -> None:
    ana, bia = await asyncio.gather(driver.say("ana", "sou ana"), driver.say("bia", "sou bia"))
    assert "Você disse: sou ana" in read(ana) and "bia" not in read(ana)
    assert "Você disse: sou bia" in read(bia) and "ana" not in read(bia)


async def test_after_a_restart_the_conversation_goes_on(world: World) -> None:
    await world.driver.say("ana", "oi")
    await world.restart()
    assert "Você disse: de novo" in read(await world.driver.say("ana", "de novo"))


Act = Callable[[Driver], Awaitable[Sequence[Shown]]]


async def _say(driver: Driver) -> Sequence[Shown]:
    return await driver.say("ana", "oi")


async def _press(driver: Driver) -> Sequence[Shown]:
    [offer] = await driver.say("ana", "choices")
    return await driver.press("ana", offer, "um")


@pytest.mark.parametrize("restart", [False, True], ids=["at once", "after a restart"])
@pytest.mark.parametrize("act", [_say, _press], ids=["message", "press"])
async def test_what_is_delivered_twice_is_answered_once(world: World, act: Act, restart: bool) -> None:
    if not getattr(world.driver, "repeats", True):
        pytest.skip("nothing is delivered twice here")
    assert await act(world.driver)
    if restart:
        await world.restart()
    assert list(await world.driver.repeat()) == []
