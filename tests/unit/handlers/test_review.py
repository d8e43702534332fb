"""What is due, progress, history: what a learner sees of their memory."""

import json

import pytest
from PIL import Image

from handlers.messages import Figure, Table
from handlers.review import reminder
from tests.learning import DAY, Desk, offered, said


async def learn(desk: Desk, *right: bool) -> None:
    """Answer questions on the perceptron."""
    reply = await desk.ask("/quiz perceptron 3")
    for good in right:
        reply = await desk.press(await desk.right(reply, right=good), "próxima")


async def test_with_nothing_due_there_is_nothing_to_review(desk: Desk) -> None:
    await learn(desk, True)
    assert "em dia" in said(await desk.ask("/revisar"))


async def test_what_is_due_is_served_until_all_of_it_is_done(desk: Desk) -> None:
    await learn(desk, True, True)
    desk.clock.now += 3 * DAY
    reply = await desk.ask("/review")
    assert reply.title == "Pergunta 1 de 2" and "Na hora de revisar: 2" in said(reply)
    first = reply.data["item"]
    verdict = await desk.right(reply)
    assert "em 10 dias" in said(verdict) or "em 11 dias" in said(verdict) or "Volto a perguntar em" in said(verdict)
    second = await desk.press(verdict, "próxima")
    assert second.data["item"] != first
    assert "Fim do quiz" in said(await desk.right(second))


async def test_what_was_wrong_comes_back_after_ten_minutes(desk: Desk) -> None:
    await learn(desk, False)
    desk.clock.now += 11 * 60
    assert (await desk.ask("/revisar")).data["open"] is True


async def test_practice_is_recorded_and_moves_no_date(desk: Desk) -> None:
    study = desk.tools.learning.study
    await learn(desk, True, True, True)
    before = await study.known("shell:ana")
    reply = await desk.ask("/quiz perceptron 1")
    assert "Treino extra" in said(await desk.right(reply, right=False))
    assert await study.known("shell:ana") == before and await study.total("shell:ana") == 4


async def test_a_reminders_first_question_is_one_tap_away_and_so_is_silence(desk: Desk) -> None:
    await learn(desk, True)
    desk.clock.now += 3 * DAY
    reply = reminder(1, "pt", desk.tools)
    assert "Uma pergunta sua" in said(reply) and "3 perguntas" in said(reminder(3, "pt", desk.tools))
    assert (await desk.press(reply, "revisar agora")).data["open"] is True
    await desk.ask("/config lembrete 19")
    assert "**Lembretes:** não" in said(await desk.press(reply, "desligar lembretes"))


async def test_progress_before_the_first_answer_invites(desk: Desk) -> None:
    reply = await desk.ask("/progresso")
    assert reply.data == {"mastery": {}, "due": 0, "streak": 0} and not reply.of(Figure)


async def test_progress_is_the_predicted_recall_over_all_items_of_a_concept(desk: Desk) -> None:
    await learn(desk, True, False)
    reply = await desk.ask("/progress")
    assert reply.data["mastery"] == {"perceptron": pytest.approx(1 / 3, abs=1e-3)} and reply.data["streak"] == 1
    json.dumps(dict(reply.data))
    desk.clock.now += 3 * DAY
    later = (await desk.ask("/progresso")).data
    assert 0.25 < later["mastery"]["perceptron"] < 1 / 3 and later["due"] == 2 and later["streak"] == 0


async def test_the_picture_says_the_same_as_the_words(desk: Desk) -> None:
    await learn(desk, True)
    reply = await desk.ask("/progresso")
    [figure] = reply.of(Figure)
    assert figure.alt == " ".join(said(reply).replace("**", "").split()) and "Fundamentos: 33 %" in figure.alt
    for path in (figure.light, figure.dark):
        with Image.open(path) as image:
            assert image.width == 1080 and image.format == "PNG"
    assert figure.light.read_bytes() != figure.dark.read_bytes()


async def test_the_same_progress_is_drawn_once_and_old_pictures_go(desk: Desk) -> None:
    await learn(desk, True)
    first = (await desk.ask("/progresso")).of(Figure)[0].light
    changed = first.stat().st_mtime_ns
    assert (await desk.ask("/progresso")).of(Figure)[0].light.stat().st_mtime_ns == changed
    desk.house.drawer.remove_old(lambda: first.stat().st_mtime + 2 * DAY)
    assert not first.exists()


async def test_from_the_progress_one_can_review(desk: Desk) -> None:
    await learn(desk, True)
    desk.clock.now += 3 * DAY
    reply = await desk.ask(press="g:pt:")
    assert "(1 para revisar)" in said(reply)
    assert (await desk.press(reply, "revisar")).data["open"] is True


async def test_the_history_lists_the_last_answers_first(desk: Desk) -> None:
    await learn(desk, True, False)
    reply = await desk.ask("/historico")
    assert [a["correct"] for a in reply.data["answers"]] == [False, True] and reply.data["total"] == 2
    assert set(reply.data["answers"][0]) == {"item", "correct", "at"}
    [table] = reply.of(Table)
    assert [row[2] for row in table.rows] == ["✗", "✓"] and table.rows[0][0].startswith("30/11")


async def test_an_empty_history_invites(desk: Desk) -> None:
    reply = await desk.ask("/history")
    assert reply.data == {"answers": [], "total": 0} and offered(reply)


async def test_a_long_question_is_cut_in_the_history_and_a_lost_one_named(desk: Desk) -> None:
    from handlers.progress import PROMPT, _row
    from handlers.study import Answered, Preferences

    learning = desk.tools.learning
    assert _row(Answered("old.item", 1, True, 1.0, 0.0), learning, Preferences(), "en")[1] == "old.item"
    asked = _row(Answered("perceptron.reta", 1, True, 1.0, 0.0), learning, Preferences(), "en")[1]
    assert len(asked) <= PROMPT
