"""What a verdict says."""

from dataclasses import replace

from handlers.asking import Shown
from handlers.compose import Composer
from handlers.messages import Reply, Sources
from handlers.study import Kept, Quiz
from handlers.verdicts import DAY, Told, verdict_reply
from knowledge.quiz.model import Input, Origin, Verdict
from tests.learning import NOON, Desk, offered, said

HALF = Verdict("perceptron.reta", False, 0.5, "", "Porque sim.", "Os pesos", ("soma",), ("compara",), ("1 + 1 = 2",))


def told(desk: Desk, verdict: Verdict, about: Told | None = None, typed: bool = False) -> Reply:
    quiz = Quiz("shell:ana", "", "quiz", "", 5, "abc", "perceptron.reta", 1, "pt", NOON, open=False)
    bank = desk.tools.learning.bank
    question = bank.present(quiz.item, "pt", 1)
    question = replace(question, input=Input.TEXT) if typed else question
    composer = Composer(desk.tools.knowledge.lecture, desk.tools.texts, "pt")
    return verdict_reply("k", composer, Shown(quiz, bank.items[quiz.item], question), verdict, about or Told())


def test_half_an_answer_tells_what_was_there_and_what_was_missing(desk: Desk) -> None:
    text = said(told(desk, HALF))
    assert "Quase" in text and "estava lá: soma" in text and "faltou: compara" in text and "1. 1 + 1 = 2" in text


def test_where_no_passage_is_named_the_slides_are(desk: Desk) -> None:
    reply = told(desk, replace(HALF, source=Origin(("perceptron",), (), "Rosenblatt, 1958")))
    [sources] = reply.of(Sources)
    assert [source.title for source in sources.items] == ["slide “Perceptron”", "complemento: Rosenblatt, 1958"]
    assert "c:pt:perceptron" in [c.id for c in offered(reply)]


def test_a_reference_alone_is_a_source(desk: Desk) -> None:
    [sources] = told(desk, replace(HALF, source=Origin((), (), "Rosenblatt, 1958"))).of(Sources)
    assert [source.id for source in sources.items] == [""]


def test_when_it_comes_back_is_told_in_days(desk: Desk) -> None:
    for days, word in ((0.01, "daqui a pouco"), (1, "amanhã"), (8, "em 8 dias")):
        assert word in said(told(desk, HALF, Told(Kept(True, NOON + days * DAY), NOON)))


def test_only_typed_answers_that_were_wrong_can_be_contested(desk: Desk) -> None:
    labels = [[c.label for c in offered(told(desk, HALF, typed=typed))] for typed in (False, True)]
    assert "contestar" not in labels[0] and "contestar" in labels[1]
