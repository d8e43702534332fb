"""Which kind of question a message asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.kinds import ASPECTS_FOR, Kind, kinds_of
from knowledge.passages import ASPECTS
from knowledge.text import fold

EXAMPLES = {
    Kind.DEFINE: ("o que é uma GAN?", "what is a GAN?", "explain backprop", "me fala sobre relu"),
    Kind.HOW: ("como funciona a LSTM?", "how does an LSTM work?", "passo a passo do treino"),
    Kind.WHY: ("por que a RNN esquece?", "why does it forget?"),
    Kind.USE: ("quando usar um VAE?", "what is dropout used for?", "pra que serve relu"),
    Kind.WHICH: ("qual rede usar para imagens?", "which network should I use?", "i need something to classify audio"),
    Kind.COMPARE: ("qual a diferença entre RNN e LSTM?", "gan vs vae", "cnn x mlp"),
    Kind.WHO: ("quem criou a GAN?", "who invented the perceptron?", "o pai do deep learning"),
    Kind.WHEN: ("em que ano surgiu a GAN?", "when was the LSTM invented?", "e quando?"),
    Kind.NUMBER: ("quantos parâmetros tem a GPT-3?", "how many layers?"),
    Kind.SIMPLE: ("explica de um jeito mais simples", "eli5 gan", "não entendi", "I don't get it"),
    Kind.EXAMPLE: ("me dá um exemplo", "real-world use", "show me w numbers", "agora com números"),
    Kind.CODE: ("código de uma gan", "how to implement a CNN", "uma lstm em pytorch"),
    Kind.FORMULA: ("qual a fórmula da softmax?", "equation of the perceptron"),
    Kind.YESNO: ("a GAN classifica imagens?", "is a GAN a classifier?", "deep learning é uma rede neural, certo?"),
    Kind.LIST: ("quais são as arquiteturas?", "list the libraries"),
    Kind.LIMITS: ("quais as limitações da RNN?", "drawbacks of GANs"),
    Kind.HISTORY: ("qual a história do deep learning?", "origins of deep learning"),
    Kind.EXERCISE: ("me passa um exercício", "exercises on backprop"),
    Kind.LINK: ("onde assisto a aula?", "link of the playlist"),
    Kind.OPINION: ("o que Hinton acha do futuro?", "what does Hinton think?"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in EXAMPLES.items() for t in texts])
def test_a_question_shows_its_kind(kind: Kind, text: str) -> None:
    assert kind in kinds_of(fold(text))


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.OPEN])
def test_each_kind_leads_in_some_question(kind: Kind) -> None:
    assert kind in {kinds_of(fold(text))[0] for text in EXAMPLES[kind]}


def test_the_form_leads_the_yes_or_no() -> None:
    assert kinds_of("a gan tem exemplo com faces?")[:2] == (Kind.EXAMPLE, Kind.YESNO)


def test_a_statement_that_ends_as_a_question_expects_yes_or_no() -> None:
    assert kinds_of("a gan classifica gatos?") == (Kind.YESNO,)


@pytest.mark.parametrize(
    "text",
    ["atenção sem nenhuma fórmula", "backprop without the math", "conta o backprop pra minha avó", "gan, no code"],
)
def test_who_wants_no_formula_wants_plain_words(text: str) -> None:
    assert kinds_of(fold(text))[0] is Kind.SIMPLE


def test_a_name_alone_shows_no_kind() -> None:
    assert kinds_of("gan") == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_answered_by_known_aspects(kind: Kind) -> None:
    assert ASPECTS_FOR[kind]
    assert set(ASPECTS_FOR[kind]) <= ASPECTS


@given(st.text(max_size=200))
def test_any_text_has_each_kind_at_most_once(text: str) -> None:
    found = kinds_of(fold(text))
    assert len(found) == len(set(found))
