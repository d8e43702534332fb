"""Questions put, answers taken, and what became of them."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.errors import UnknownChoice
from handlers.messages import Choices, Figure, Poll, Reply, Sources, Text
from handlers.study import Quiz
from knowledge.tutor import Knowledge
from tests import learning
from tests.learning import DAY, Desk, offered, said


async def prefer(desk: Desk, **changes: object) -> None:
    people = desk.tools.learning.people
    await people.prefer("shell:ana", replace(await people.preferences("shell:ana"), **changes))  # type: ignore[arg-type]


async def of(desk: Desk, item: str, topic: str = "") -> Reply:
    """Ask for questions until it is this one."""
    reply = await desk.ask(f"/quiz {topic} 20")
    for _ in range(20):
        if reply.data["item"] == item:
            return reply
        reply = await desk.ask("pular")
    raise AssertionError(item)


class Stale:
    """A database that was read a moment too early."""

    def __init__(self, study: object, quiz: Quiz) -> None:
        self._study, self._quiz = study, quiz

    def __getattr__(self, name: str) -> object:
        return getattr(self._study, name)

    async def of(self, asked: str) -> Quiz:
        return self._quiz

    async def current(self, learner: str, chat: str) -> Quiz:
        return self._quiz


async def current(desk: Desk) -> tuple[str, bool]:
    quiz = await desk.tools.learning.study.current("shell:ana", "")
    assert quiz
    return quiz.item, quiz.open


async def test_a_question_tells_machines_what_it_is(desk: Desk) -> None:
    reply = await desk.ask("/quiz gan")
    assert reply.data["concept"] == "gan" and reply.data["open"] is True
    assert set(reply.data) == {"item", "kind", "concept", "open"} and reply.tone == "quiz"


@pytest.mark.parametrize(
    "text", ["quero um quiz de gan", "me testa em gan", "quiz me on gans", "/quiz gan 3", "/quiz GAN"]
)
async def test_a_quiz_can_be_asked_for_in_plain_words(desk: Desk, text: str) -> None:
    assert (await desk.ask(text)).data["concept"] == "gan"


async def test_a_topic_without_questions_is_said_to_be_one(desk: Desk) -> None:
    reply = await desk.ask("/quiz culinária")
    assert reply.refused and [c.id for c in offered(reply)] == ["q:pt:perceptron", "q:pt:gan"]


async def test_every_answer_offers_a_quiz_on_its_concept(desk: Desk) -> None:
    answer = await desk.ask("o que é uma gan?")
    assert (await desk.press(answer, "me teste")).data["concept"] == "gan"


async def test_a_choice_question_is_a_quiz_of_the_platforms_own_with_its_key_apart(desk: Desk) -> None:
    [poll] = (await of(desk, "perceptron.reta", "perceptron")).of(Poll)
    assert poll.correct is not None and poll.options[poll.correct].label == "Os pesos" and poll.explanation
    assert {option.id.rpartition(".")[2] for option in poll.options} == {"o0", "o1", "o2"}


async def test_in_a_group_nothing_gives_the_key_away(desk: Desk) -> None:
    reply = await desk.ask("/quiz perceptron 9", chat="turma")
    assert not reply.of(Poll)


async def test_a_right_answer_says_why_and_where(desk: Desk) -> None:
    verdict = await desk.right(await of(desk, "perceptron.reta", "perceptron"))
    assert verdict.data == {"item": "perceptron.reta", "correct": True, "score": 1.0}
    assert "Os pesos inclinam a reta" in said(verdict) and "em 2 dias" in said(verdict)
    assert verdict.of(Sources)[0].items[0].id == "perceptron.definition" and verdict.tone == "right"
    assert [c.label for c in offered(verdict)][:2] == ["próxima", "explica melhor"]


async def test_a_wrong_answer_speaks_of_its_misconception_and_solves_it(desk: Desk) -> None:
    verdict = await desk.right(await of(desk, "perceptron.reta", "perceptron"), right=False)
    assert verdict.data["correct"] is False and "**Resposta:** Os pesos" in said(verdict)
    assert "As entradas são os dados" in said(verdict) or "As classes são dadas" in said(verdict)


@pytest.mark.parametrize("text", ["os pesos", "Os pesos"])
async def test_a_choice_can_be_typed(desk: Desk, text: str) -> None:
    await of(desk, "perceptron.reta", "perceptron")
    assert (await desk.ask(text)).data["correct"] is True


@pytest.mark.parametrize("text", ["próxima", "Next question, please", "manda mais uma"])
async def test_after_an_answer_the_next_question_can_be_asked_for_in_words(desk: Desk, text: str) -> None:
    await desk.press(await desk.ask("/quiz gan 3"), "não sei")
    assert (await desk.ask(text)).data["open"] is True


async def test_steps_are_pressed_one_by_one_in_one_message(desk: Desk) -> None:
    reply = await of(desk, "perceptron.passos", "perceptron")
    letter = next(c.label for c in offered(reply) if c.label.endswith("Multiplicar"))
    reply = await desk.press(reply, letter)
    assert (
        reply.in_place and f"Até aqui: {letter[0]}" in said(reply) and letter not in [c.label for c in offered(reply)]
    )
    assert letter in [c.label for c in offered(await desk.press(reply, "desfazer"))]


async def test_a_step_pressed_twice_changes_nothing(desk: Desk) -> None:
    reply = await of(desk, "perceptron.passos", "perceptron")
    first = next(c for c in offered(reply) if c.label.endswith("Somar"))
    await desk.ask(press=first.id)
    assert "já está marcada" in said(await desk.ask(press=first.id))
    quiz = await desk.tools.learning.study.current("shell:ana", "")
    assert quiz and len(quiz.picked) == 1


async def test_pairs_are_pressed_slot_by_slot_or_typed_at_once(desk: Desk) -> None:
    reply = await of(desk, "gan.pares", "gan")
    assert "“gerador”" in said(reply)
    reply = await desk.press(reply, next(c.label for c in offered(reply) if c.label.endswith("inventa imagens")))
    assert "“discriminador”" in said(reply)
    quiz = await desk.tools.learning.study.current("shell:ana", "")
    assert quiz
    key = desk.tools.learning.bank.key(quiz.item, "pt", quiz.seed)
    assert isinstance(key, tuple)
    typed = " ".join(f"{n}{'abcdef'[at]}" for n, at in enumerate(key, 1))
    assert (await desk.ask(typed)).data["correct"] is True


async def test_a_typed_answer_can_come_through_a_form(desk: Desk) -> None:
    reply = await of(desk, "gan.lacuna", "gan")
    form = next(c for c in offered(reply) if c.prompt)
    assert "Escreva a resposta" in said(await desk.ask(press=form.id))
    assert "como resposta" in said(await desk.ask("??", press=form.id))
    assert (await desk.ask("o gerador", press=form.id)).data["correct"] is True


async def test_a_wrong_typed_answer_can_be_contested(desk: Desk) -> None:
    verdict = await desk.right(await of(desk, "gan.lacuna", "gan"), right=False)
    assert "professor" in said(await desk.press(verdict, "contestar"))
    assert "Não achei" in said(await desk.ask(press="a:pt:unknown.c"))


async def test_hints_come_one_by_one_and_end(desk: Desk) -> None:
    reply = await of(desk, "perceptron.reta", "perceptron")
    first = await desk.ask("me dá uma dica")
    assert "Multiplica cada entrada" in said(first) and first.data["open"] is True
    second = await desk.press(first, "dica")
    assert "o treino ajusta" in said(second) and "dica" not in [c.label for c in offered(second)]
    assert "As dicas acabaram" in said(await desk.ask("dica"))
    assert "daqui a pouco" in said(await desk.right(reply))  # right, but with a hint: it comes back soon


async def test_not_knowing_is_offered_a_hint_or_the_solution(desk: Desk) -> None:
    await of(desk, "perceptron.reta", "perceptron")
    reply = await desk.ask("não sei")
    assert [c.label for c in offered(reply)] == ["dica", "não sei"] and await current(desk) == ("perceptron.reta", True)
    solved = await desk.press(reply, "não sei")
    assert solved.data == {"item": "perceptron.reta", "correct": False, "score": 0.0} and "Os pesos" in said(solved)


async def test_a_question_can_be_skipped_and_a_quiz_left(desk: Desk) -> None:
    first = await desk.ask("/quiz perceptron 3")
    second = await desk.ask("pular")
    assert second.data["item"] != first.data["item"]
    assert "encerrado" in said(await desk.ask("sair"))
    assert (await current(desk))[1] is False
    assert await desk.tools.learning.study.total("shell:ana") == 0


async def test_after_the_last_question_comes_the_score(desk: Desk) -> None:
    reply = await desk.ask("/quiz perceptron 2")
    verdict = await desk.right(reply)
    assert "Fim do quiz" not in said(verdict)
    verdict = await desk.right(await desk.press(verdict, "próxima"), right=False)
    assert "**Fim do quiz:** 1 de 2" in said(verdict)
    again = await desk.press(verdict, "próxima")
    assert again.title == "Pergunta 1 de 2"


async def test_reaching_the_weeks_goal_is_praised_once(desk: Desk) -> None:
    await prefer(desk, goal=1)
    assert "Meta da semana" in said(await desk.right(await desk.ask("/quiz gan 1")))
    assert "Meta da semana" not in said(await desk.right(await desk.ask("/quiz perceptron 1")))


async def test_days_in_a_row_are_told_at_the_end_of_a_quiz(desk: Desk) -> None:
    await desk.right(await desk.ask("/quiz perceptron 1"))
    desk.clock.now += DAY
    assert "2 dias seguidos" in said(await desk.right(await desk.ask("/quiz gan 1")))


@pytest.mark.parametrize(("right", "word"), [(True, "Passou"), (False, "Vale um quiz comum")])
async def test_a_topic_is_tested_out_of_by_its_hardest_questions(desk: Desk, right: bool, word: str) -> None:
    reply = await desk.ask("/quiz prova de perceptron 2")
    assert reply.data["item"] == "perceptron.passos"  # the hardest
    verdict = await desk.right(reply, right=right)
    verdict = await desk.right(await desk.press(verdict, "próxima"), right=right)
    assert word in said(verdict)


# Not leaking, not grading


@pytest.mark.parametrize(
    "text",
    ["o que é o perceptron?", "qual é a resposta?", "O que o perceptron aprende para separar duas classes?",
     "/perguntar o que é o perceptron?", "/conceitos perceptron", "/start perceptron"],
)  # fmt: skip
async def test_asking_for_an_open_questions_answer_gets_the_hint_offered(desk: Desk, text: str) -> None:
    await of(desk, "perceptron.reta", "perceptron")
    reply = await desk.ask(text)
    assert "pergunta aberta" in said(reply) and "pesos" not in said(reply) and not reply.of(Sources)
    assert [c.label for c in offered(reply)] == ["dica", "não sei"]
    assert await current(desk) == ("perceptron.reta", True)


async def test_an_old_button_does_not_leak_it_either(desk: Desk) -> None:
    await of(desk, "perceptron.reta", "perceptron")
    assert "pergunta aberta" in said(await desk.ask(press="p:pt:perceptron.definition"))
    assert (await desk.ask(press="p:pt:gan.definition")).of(Sources)


@pytest.mark.parametrize("text", ["o que é uma gan?", "oi", "obrigado", "quanto custa o dólar?"])
async def test_what_is_no_answer_is_not_graded_and_the_question_stays_open(desk: Desk, text: str) -> None:
    await of(desk, "perceptron.reta", "perceptron")
    reply = await desk.ask(text)
    assert "correct" not in reply.data and await current(desk) == ("perceptron.reta", True)
    assert await desk.tools.learning.study.total("shell:ana") == 0


async def test_another_quiz_asked_for_in_words_takes_the_open_ones_place(desk: Desk) -> None:
    await of(desk, "gan.lacuna", "gan")
    assert (await desk.ask("quero um quiz de perceptron")).data["concept"] == "perceptron"


async def test_a_demo_asked_for_is_no_answer(desk: Desk) -> None:
    await of(desk, "gan.lacuna", "gan")
    await desk.ask("/quiz gan")
    assert "correct" not in (await desk.ask("/treinar")).data


# Taps that change nothing


async def test_a_second_tap_changes_nothing(desk: Desk) -> None:
    await desk.right(await of(desk, "perceptron.ano", "perceptron"))
    asked = (await desk.tools.learning.study.current("shell:ana", "")).asked  # type: ignore[union-attr]
    reply = await desk.ask(press=f"a:pt:{asked}.o1")
    assert "já está anotada: certa" in said(reply) and "correct" not in reply.data
    assert await desk.tools.learning.study.total("shell:ana") == 1
    assert (await desk.press(reply, "próxima")).data["open"] is True


async def test_a_tap_after_leaving_changes_nothing(desk: Desk) -> None:
    choice = offered(await desk.ask("/quiz perceptron"))[0]
    await desk.ask("sair")
    assert "já foi encerrada" in said(await desk.ask(press=choice.id))


async def test_of_two_that_race_only_one_counts(desk: Desk) -> None:
    await prefer(desk, confidence=True)
    reply = await of(desk, "perceptron.passos", "perceptron")
    study = desk.tools.learning.study
    stale = await study.current("shell:ana", "")
    assert stale
    await desk.press(reply, "dica")
    desk.tools = replace(desk.tools, learning=replace(desk.tools.learning, study=Stale(study, stale)))  # type: ignore[arg-type]
    options = [c.id for c in offered(reply) if c.id.rpartition(".")[2].startswith("o")]
    assert "já foi encerrada" in said(await desk.ask(press=options[0]))
    await prefer(desk, confidence=False)
    assert "já foi encerrada" in said(await desk.ask(press=f"a:pt:{stale.asked}.x"))
    await desk.ask("dica")
    assert await study.total("shell:ana") == 0


async def test_a_late_tap_changes_nothing(desk: Desk) -> None:
    late = offered(await desk.ask("/quiz perceptron"))[0]
    await desk.ask("/quiz gan")
    assert "já foi encerrada" in said(await desk.ask(press=late.id))
    assert (await current(desk))[0].startswith("gan")


async def test_another_persons_tap_changes_nothing(desk: Desk) -> None:
    choice = offered(await desk.ask("/quiz perceptron", chat="turma"))[0]
    assert "de outra pessoa" in said(await desk.ask(press=choice.id, user="bia", chat="turma"))
    assert await desk.tools.learning.study.total("shell:bia") == 0


@pytest.mark.parametrize("what", ["", "z", "o", "o99", "k", "ox"])
async def test_what_no_button_says_changes_nothing(desk: Desk, what: str) -> None:
    await of(desk, "perceptron.reta", "perceptron")
    quiz = await desk.tools.learning.study.current("shell:ana", "")
    assert quiz
    with suppress(UnknownChoice):
        await desk.ask(press=f"a:pt:{quiz.asked}.{what}")
    assert await desk.tools.learning.study.current("shell:ana", "") == quiz


async def test_ids_are_known_after_a_restart(small_knowledge: Knowledge, tmp_path: Path) -> None:
    async with learning.desk(small_knowledge, tmp_path) as before:
        reply = await of(before, "perceptron.ano", "perceptron")
    async with learning.desk(small_knowledge, tmp_path, start=1000) as after:
        assert (await after.right(reply)).data["correct"] is True


# Settings that change the asking


async def test_confidence_is_asked_before_the_reveal(desk: Desk) -> None:
    await prefer(desk, confidence=True)
    reply = await of(desk, "perceptron.ano", "perceptron")
    assert not reply.of(Poll)
    asked = await desk.right(reply)
    assert [c.label for c in offered(asked)] == ["sei", "acho", "chute"] and asked.data["open"] is True
    verdict = await desk.press(asked, "sei")
    assert verdict.data["correct"] is True and "em 8 dias" in said(verdict)


async def test_how_sure_one_is_can_be_typed(desk: Desk) -> None:
    await prefer(desk, confidence=True)
    await desk.right(await of(desk, "gan.lacuna", "gan"))
    assert (await desk.ask("foi chute")).data["correct"] is True


async def test_with_the_ladder_a_wrong_answer_gets_a_hint_and_another_try(desk: Desk) -> None:
    await prefer(desk, ladder=True)
    reply = await desk.right(await of(desk, "perceptron.reta", "perceptron"), right=False)
    assert "Multiplica cada entrada" in said(reply) and reply.data["open"] is True and reply.data["correct"] is False
    assert "Os pesos inclinam" not in said(reply)
    verdict = await desk.right(reply)
    assert verdict.data["correct"] is True and "Treino extra" in said(verdict)
    assert await desk.tools.learning.study.total("shell:ana") == 2
    quiz = await desk.tools.learning.study.current("shell:ana", "")
    assert quiz and (quiz.done, quiz.score) == (1, 0.0)  # the first answer counts


async def test_on_the_ladder_one_may_still_see_the_solution(desk: Desk) -> None:
    await prefer(desk, ladder=True)
    reply = await desk.right(await of(desk, "perceptron.reta", "perceptron"), right=False)
    solved = await desk.press(reply, "não sei")
    assert "Os pesos" in said(solved) and await desk.tools.learning.study.total("shell:ana") == 1


async def test_a_picture_comes_before_its_question(desk: Desk) -> None:
    from handlers.asking import Shown, question_reply
    from knowledge.quiz.model import Picture

    await of(desk, "perceptron.reta", "perceptron")
    quiz = await desk.tools.learning.study.current("shell:ana", "")
    assert quiz
    bank = desk.tools.learning.bank
    shown = replace(bank.present(quiz.item, "pt", 1), picture=Picture(Path("l.png"), Path("d.png"), "Três curvas."))
    reply = question_reply("k", Shown(quiz, bank.items[quiz.item], shown), desk.tools.texts)
    assert isinstance(reply.blocks[0], Figure) and reply.of(Choices) and reply.of(Text)
