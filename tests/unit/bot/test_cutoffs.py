"""Learners whose run a restart cut off are told once their platform is connected."""

from collections.abc import Sequence

import pytest

from bot import cutoffs
from bot.outbox import Outbox
from bot.platforms.base import Forbidden, Gone, SurfaceError, Unreachable
from handlers.demos.ports import Run
from handlers.messages import Choices, Reply, Text
from knowledge.tutor import Knowledge
from tests.fakes import FakeClock, tools_for


def run(learner: str, demo: str = "reta", spot: str = "") -> Run:
    return Run("abc", learner, "", demo, {}, 1, "pt", "cut", spot=spot)


class Runs:
    """Gives the runs of the platforms asked about."""

    def __init__(self, *runs: Run) -> None:
        self.runs, self.asked = runs, []

    async def cut_off(self, platforms: Sequence[str]) -> list[Run]:
        self.asked += platforms
        return [r for r in self.runs if r.learner.partition(":")[0] in platforms]


class Platform:
    """A platform that can be written to, after so many failures."""

    def __init__(self, name: str, *errors: Exception) -> None:
        self.name, self.errors, self.told = name, list(errors), []

    async def push(self, user: str, reply: Reply) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.told.append((user, reply))


class Editing(Platform):
    """A platform that edits earlier messages, after so many failures to."""

    def __init__(self, name: str, *errors: Exception) -> None:
        super().__init__(name)
        self.refusals, self.amended = list(errors), []

    async def amend(self, spot: str, reply: Reply) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        self.amended.append((spot, reply))


async def test_who_was_cut_off_is_told_and_offered_it_again(small_knowledge: Knowledge) -> None:
    outbox, telegram = Outbox(), Platform("telegram", Unreachable("not connected"))
    runs = Runs(run("telegram:7"), run("telegram:8", "gone"), run("discord:9"))
    with outbox.serving(telegram):
        await cutoffs.tell(runs, tools_for(small_knowledge), outbox, FakeClock().sleep)
    [(user, reply)] = telegram.told
    assert user == "7" and "interrompido" in reply.of(Text)[0].markdown
    assert [c.id for c in reply.of(Choices)[0].items] == ["t:pt:a:abc"] and runs.asked == ["telegram"]


@pytest.mark.parametrize("waits", [[], [Unreachable("not connected"), Unreachable("busy")]])
async def test_the_run_s_own_message_says_it_as_soon_as_it_can(
    waits: list[Exception], small_knowledge: Knowledge
) -> None:
    outbox, telegram, tools = Outbox(), Editing("telegram", *waits), tools_for(small_knowledge)
    with outbox.serving(telegram):
        await cutoffs.tell(Runs(run("telegram:7", spot="7:1")), tools, outbox, FakeClock().sleep)
    [(spot, reply)] = telegram.amended
    assert spot == "7:1" and "interrompido" in reply.of(Text)[0].markdown and telegram.told == []


@pytest.mark.parametrize("refusal", [Gone("deleted"), Forbidden("not allowed"), SurfaceError("refused")])
async def test_where_its_message_cant_be_edited_the_learner_gets_a_new_one(
    refusal: Exception, small_knowledge: Knowledge
) -> None:
    outbox, telegram, tools = Outbox(), Editing("telegram", refusal), tools_for(small_knowledge)
    with outbox.serving(telegram):
        await cutoffs.tell(Runs(run("telegram:7", spot="7:1")), tools, outbox, FakeClock().sleep)
    assert [user for user, _ in telegram.told] == ["7"] and telegram.amended == []


async def test_who_blocked_the_bot_is_left_alone(small_knowledge: Knowledge) -> None:
    outbox, clock = Outbox(), FakeClock()
    telegram, discord = Platform("telegram", Forbidden("blocked")), Platform("discord")
    with outbox.serving(telegram), outbox.serving(discord):
        await cutoffs.tell(Runs(run("telegram:7")), tools_for(small_knowledge), outbox, clock.sleep)
    assert telegram.told == [] and clock.now == 0


async def test_where_no_platform_can_be_written_to_nothing_is_touched(small_knowledge: Knowledge) -> None:
    runs = Runs(run("telegram:7"))
    await cutoffs.tell(runs, tools_for(small_knowledge), Outbox(), FakeClock().sleep)
    assert runs.asked == []


@pytest.mark.parametrize("platforms", [[], ["telegram"]])
async def test_only_this_processs_platforms_are_asked_about(platforms: list[str], small_knowledge: Knowledge) -> None:
    outbox, runs = Outbox(), Runs()
    for name in platforms:
        outbox._pushes[name] = Platform(name).push
    await cutoffs.tell(runs, tools_for(small_knowledge), outbox, FakeClock().sleep)
    assert runs.asked == platforms
