"""Understanding a message: its parts, its subject, what it follows up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.kinds import Kind
from knowledge.passages import Lang
from knowledge.questions import MAX_PARTS, Context, Question, Understanding, content_words, points_back

GAN = Context(("gan",), "o que é uma GAN?", "define", "gan.definition")
PAIR = Context(("lstm", "rnn"), "diferença entre RNN e LSTM?", "compare", "lstm.definition")
NEURAL = Context(("rede-neural",), "o que é rede neural?", "define")


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("o que é GAN?", ["o que é GAN?"]),
        ("O que é GAN? E quem criou a LSTM?", ["O que é GAN?", "E quem criou a LSTM?"]),
        ("o que é uma GAN e quem criou?", ["o que é uma GAN", "quem criou?"]),
        ("what is a gan and also what is a vae?", ["what is a gan", "what is a vae?"]),
        ("o que é GAN\no que é VAE", ["o que é GAN", "o que é VAE"]),
        ("oi! o que é relu? obrigado", ["oi! o que é relu? obrigado"]),
        ("tudo bem; quero saber de relu", ["tudo bem; quero saber de relu"]),
        ("GAN: o que é, quem criou", ["GAN: o que é", "quem criou"]),
        (
            "VAE e GAN, what are they and which one is easier to train",
            ["VAE e GAN, what are they", "which one is easier to train"],
        ),
        ("em termos simples, o que é uma GAN?", ["em termos simples, o que é uma GAN?"]),
        ("na aula, quando ele fala de VAE, o que é isso?", ["na aula, quando ele fala de VAE, o que é isso?"]),
        ("diferença entre cães e gatos", ["diferença entre cães e gatos"]),
        ("", [""]),
    ],
)
def test_a_message_is_cut_into_its_questions(understanding: Understanding, message: str, parts: list[str]) -> None:
    assert understanding.parts(message) == parts


def test_a_flood_of_questions_is_cut_short(understanding: Understanding) -> None:
    assert len(understanding.parts("o que é uma GAN? " * 20)) == MAX_PARTS


@given(st.text(max_size=200))
def test_any_message_has_parts(understanding: Understanding, message: str) -> None:
    assert 1 <= len(understanding.parts(message)) <= MAX_PARTS


def understood(understanding: Understanding, text: str, context: Context = Context(), lang: Lang = "pt") -> Question:  # noqa: B008
    return understanding.understand(text, lang, context)


def test_a_question_is_spelled_out_and_linked(understanding: Understanding) -> None:
    question = understood(understanding, "oq é gan")
    assert (question.asked, question.text) == ("oq é gan", "o que é gan")
    assert (question.kind, question.concepts, question.follow_up) == (Kind.DEFINE, ("gan",), False)


def test_a_bare_name_asks_what_it_is(understanding: Understanding) -> None:
    assert understood(understanding, "LSTM").kind is Kind.DEFINE


def test_what_shows_no_kind_is_open(understanding: Understanding) -> None:
    assert understood(understanding, "banana").kind is Kind.OPEN


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("quem criou?", Kind.WHO),
        ("mais simples", Kind.SIMPLE),
        ("e quando?", Kind.WHEN),
        ("e em python como fica?", Kind.CODE),
    ],
)
def test_a_bare_follow_up_is_about_the_last_concept(understanding: Understanding, text: str, kind: Kind) -> None:
    question = understood(understanding, text, GAN)
    assert (question.concepts, question.kind) == (("gan",), kind)
    assert question.bare
    assert "Rede generativa adversária" in question.text


def test_a_first_question_is_never_bare(understanding: Understanding) -> None:
    assert not understood(understanding, "quem criou?").bare


def test_a_new_subject_starts_anew(understanding: Understanding) -> None:
    question = understood(understanding, "o que é uma LSTM?", GAN)
    assert (question.concepts, question.follow_up) == (("lstm",), False)


def test_what_of_another_repeats_the_question(understanding: Understanding) -> None:
    question = understood(understanding, "e a LSTM?", GAN)
    assert (question.kind, question.concepts, question.follow_up) == (Kind.DEFINE, ("lstm",), True)
    assert "lstm" in question.text and "gan" not in question.text


def test_what_of_another_keeps_a_question_that_named_nothing(understanding: Understanding) -> None:
    context = Context(("gan",), "quem criou isso?", "who")
    assert understood(understanding, "e a LSTM?", context).text == "a lstm (quem criou isso?)"


def test_a_comparison_with_it_names_both(understanding: Understanding) -> None:
    question = understood(understanding, "qual a diferença dela para o VAE?", GAN)
    assert (question.concepts, question.follow_up) == (("vae", "gan"), True)


def test_a_comparison_of_a_concept_with_itself_names_one(understanding: Understanding) -> None:
    assert understood(understanding, "qual a diferença dela para a GAN?", GAN).concepts == ("gan",)


@pytest.mark.parametrize("text", ["qual a diferença entre elas?", "qual é melhor?", "diferença?"])
def test_a_question_about_both_takes_the_last_two(understanding: Understanding, text: str) -> None:
    assert understanding.readings(text, "pt", PAIR)[-1].concepts == ("rnn", "lstm")


def test_a_question_about_one_takes_the_newest(understanding: Understanding) -> None:
    assert understood(understanding, "me dá um exemplo", PAIR).concepts == ("lstm",)


def test_another_use_of_an_architecture_asks_which_network(understanding: Understanding) -> None:
    question = understood(understanding, "e em imagens?", GAN)
    assert (question.kind, question.text) == (Kind.WHICH, "que rede usar em imagens?")


def test_another_use_is_asked_in_english_too(understanding: Understanding) -> None:
    question = understood(understanding, "what about images?", GAN, "en")
    assert question.text == "which network should i use for images?"


def test_another_object_repeats_the_question_without_its_subject(understanding: Understanding) -> None:
    question = understood(understanding, "e em cachorros?", NEURAL)
    assert (question.text, question.kind) == ("o que e em cachorros?", Kind.DEFINE)


def test_another_object_after_no_kind_has_none(understanding: Understanding) -> None:
    assert understood(understanding, "e em cachorros?", Context(("rede-neural",), "rede neural")).kinds == ()


def test_a_short_question_may_be_new_or_go_on(understanding: Understanding) -> None:
    alone, continued = understanding.readings("serve pra texto?", "pt", GAN)
    assert (alone.concepts, continued.concepts) == ((), ("gan",))


def test_how_many_of_a_general_thing_may_be_about_the_last_concept(understanding: Understanding) -> None:
    alone, continued = understanding.readings("quantas camadas?", "pt", GAN)
    assert (alone.concepts, continued.concepts) == (("camadas",), ("gan",))


def test_a_long_question_stands_by_itself(understanding: Understanding) -> None:
    text = "quero que voce compare bancos suecos com bancos noruegueses por taxa media cobrada anualmente"
    assert len(understanding.readings(text, "pt", GAN)) == 1


def test_a_long_question_that_points_back_may_go_on(understanding: Understanding) -> None:
    text = "compare bancos suecos com bancos noruegueses por taxa media cobrada anualmente usando isso"
    assert [q.follow_up for q in understanding.readings(text, "pt", GAN)] == [False, True]


def test_content_words_say_what_a_question_is_about() -> None:
    assert content_words("quem criou essa rede discriminadora?") == ["rede", "discriminadora"]


@pytest.mark.parametrize("text", ["qual a diferença entre elas?", "qual a fórmula?", "tem a ver com quê?"])
def test_an_article_names_nothing(understanding: Understanding, text: str) -> None:
    assert understood(understanding, text, PAIR).bare


@pytest.mark.parametrize(("text", "back"), [("e a gan?", True), ("how does it work", True), ("o que e relu", False)])
def test_a_question_points_back_or_not(text: str, back: bool) -> None:
    assert points_back(text) is back


def test_talk_around_a_question_is_also_read_without_it(understanding: Understanding) -> None:
    whole, sharp = understanding.readings("boa noite, tenho lab amanhã, o que é uma GAN", "pt", Context())
    assert (whole.sharpened, sharp.sharpened) == (False, True)
    assert (sharp.text, sharp.concepts, sharp.kind) == ("o que é uma GAN", ("gan",), Kind.DEFINE)


@pytest.mark.parametrize(
    "text", ["o que é uma GAN", "o que é uma GAN, e quem criou a LSTM", "tenho lab amanhã, socorro"]
)
def test_what_is_all_question_or_none_has_one_reading(understanding: Understanding, text: str) -> None:
    assert len(understanding.readings(text, "pt", Context())) == 1


def test_how_many_layers_it_has_may_be_asked_of_what_was_spoken_about(understanding: Understanding) -> None:
    readings = understanding.readings("e quantas redes neurais ela pode ter?", "pt", GAN)
    assert [r.concepts for r in readings if r.follow_up] == [("gan",)]


@pytest.mark.parametrize("text", ["quanto custa uma gan", "how much is a gan?", "qual o preço da lstm"])
def test_a_price_is_nothing_ordinary(understanding: Understanding, text: str) -> None:
    question = understood(understanding, text)
    assert question.private and not question.plain


@pytest.mark.parametrize("text", ["o que é a função de custo da gan", "what is a gan's cost function"])
def test_a_cost_function_has_no_price(understanding: Understanding, text: str) -> None:
    assert not understood(understanding, text).private
