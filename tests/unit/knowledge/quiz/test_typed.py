"""What is typed instead of pressed: letters, numbers, words, orders and pairs."""

import pytest

from knowledge.quiz import gaps, typed
from knowledge.quiz.giving_up import gives_up
from knowledge.quiz.numbers import readings, term, written

LABELS = ("Pooling", "Dropout", "Batch normalization", "Aumento de dados")


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("b", 1), ("B)", 1), ("(c)", 2), ("2", 1), ("letra d", 3), ("a resposta é a letra A", 0),
        ("the answer is c", 2),
        ("acho que é b", 1), ("I think it's b", 1), ("dropout", 1), ("Dropout.", 1), ("droput", 1),
        ("aumento de dado", 3), ("batch normalisation", 2), ("opção 4", 3), ("é a b?", 1),
        ("e", None), ("5", None), ("0", None), ("", None), ("b ou c", None), ("regularização", None), ("bb", None),
    ],
)  # fmt: skip
def test_an_option_is_typed_in_many_ways(text: str, position: int | None) -> None:
    assert typed.option(text, LABELS) == position


def test_a_number_that_is_an_option_means_the_option() -> None:
    assert typed.option("2", ("3", "2", "1")) == 1
    assert typed.option("1943", ("1957", "1943")) == 1


def test_words_that_fit_two_options_alike_mean_none() -> None:
    assert typed.option("rede x", ("rede a", "rede b")) is None


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("c a b", (2, 0, 1)), ("CAB", (2, 0, 1)), ("3,1,2", (2, 0, 1)), ("312", (2, 0, 1)), ("3 > 1 > 2", (2, 0, 1)),
        ("c, a e b", (2, 0, 1)), ("c, a and b", (2, 0, 1)),
        ("c a", None), ("c a a", None), ("c a d", None), ("primeiro o c", None), ("", None), ("4 1 2", None),
    ],
)  # fmt: skip
def test_an_order_is_typed_in_many_ways(text: str, order: tuple[int, ...] | None) -> None:
    assert typed.order(text, 3) == order


def test_an_order_of_five_may_hold_the_letter_e() -> None:
    assert typed.order("e d c b a", 5) == (4, 3, 2, 1, 0)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("1b 2a 3d", (1, 0, 3)), ("b1 a2 d3", (1, 0, 3)), ("1-b, 2-a, 3-d", (1, 0, 3)), ("b a d", (1, 0, 3)),
        ("bad", (1, 0, 3)), ("3d 1b 2a", (1, 0, 3)), ("1b 2b 3d", (1, 1, 3)),
        ("1b 2a", None), ("1b 2a 3e", None), ("b a", None), ("1b 2a 3d 1c", None), ("a cnn 1b 2a 3d", None), ("", None),
    ],
)  # fmt: skip
def test_pairs_are_typed_in_many_ways(text: str, pairs: tuple[int, ...] | None) -> None:
    assert typed.pairs(text, 3, 4) == pairs


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0,75", {0.75}), ("0.75", {0.75}), ("3/4", {0.75}), ("75%", {0.75}), ("75 por cento", {0.75}), ("−2", {-2}),
        ("- 2", {-2}), ("x = 5", {5}), ("3·2 + 1 = 7", {7}), ("5 pixels", {5}), ("5x5", {5}), ("dois", {2}),
        ("1e-3", {0.001}),
        ("1.234", {1.234, 1234}), ("1.234,5", {1234.5}), ("1,234,567", {1234567}), ("é 5.", {5}),
        ("1.234.567", {1234567}),
        ("5 ou 6", set()), ("cinco gatos", set()), ("", set()), ("1/0", set()), ("menos um", {-1}),
    ],
)  # fmt: skip
def test_a_number_is_typed_in_many_ways(text: str, values: set[float]) -> None:
    assert sorted(readings(text)) == pytest.approx(sorted(values))


@pytest.mark.parametrize(("text", "values"), [("75", {75}), ("75%", {75}), ("0,75", {0.75, 75}), ("75 %", {75})])
def test_a_percentage_may_be_typed_as_a_share(text: str, values: set[float]) -> None:
    assert sorted(readings(text, percent=True)) == pytest.approx(sorted(values))


def test_numbers_are_written_as_the_language_does() -> None:
    assert [written(1.5, "pt"), written(1.5, "en"), written(-2, "pt"), written(2.0, "en"), written(-0.001, "pt")] == [
        "1,5", "1.5", "−2", "2", "0",
    ]  # fmt: skip
    assert [term(2), term(-1.5, "pt")] == ["+ 2", "− 1,5"]


@pytest.mark.parametrize(
    ("typed_text", "right"),
    [("pesos", "peso"), ("o peso", "peso"), ("PESO", "peso"), ("epoca", "época"), ("limiares", "limiar"),
     ("backpropagtion", "backpropagation"), ("mini batch", "mini-batch"), ("LeCunn", "LeCun")],
)  # fmt: skip
def test_a_gap_forgives_form_and_slips(typed_text: str, right: str) -> None:
    assert gaps.alike(typed_text, right)


@pytest.mark.parametrize(
    ("typed_text", "right"),
    [("", "peso"), ("viés", "peso"), ("1987", "1986"), ("não supervisionado", "supervisionado"),
     ("overfitting", "underfitting"), ("peso alto", "peso"), ("decoder", "encoder")],
)  # fmt: skip
def test_a_gap_does_not_take_another_word(typed_text: str, right: str) -> None:
    assert not gaps.alike(typed_text, right)


def test_gaps_are_filled_in_turn() -> None:
    wanted = (("peso",), ("limiar", "threshold"))
    assert gaps.fill("peso, threshold", wanted) == (True, True)
    assert gaps.fill("peso e limiar", wanted) == (True, True)
    assert gaps.fill("peso limiar", wanted) == (True, True)
    assert gaps.fill("limiar, peso", wanted) == (False, False)
    assert gaps.fill("peso", wanted) == (True, False)


@pytest.mark.parametrize(
    "text", ["não sei", "n sei", "Não sei não", "idk", "I don't know", "sei lá", "desculpa, não lembro"]
)
def test_giving_up_is_heard(text: str) -> None:
    assert gives_up(text)


@pytest.mark.parametrize(
    "text", ["não sei se é o peso, acho que é", "b", "a rede não sabe o gabarito", "passo do gradiente"]
)
def test_an_answer_is_not_giving_up(text: str) -> None:
    assert not gives_up(text)
