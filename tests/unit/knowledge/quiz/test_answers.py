"""A message while a question is open: an answer, or something else that is never graded."""

import pytest

from knowledge.quiz import answers, patterns
from knowledge.quiz.answers import Meaning
from knowledge.quiz.bank import Bank
from knowledge.quiz.patterns import Synonyms

CHOICE, TRUE_FALSE, SHORT = "perceptron.quando-aprende", "perceptron.resolve-xor", "teste.por-que-esconder-o-teste"
CLOZE, NUMERIC, ORDERING = "perceptron.soma-ponderada", "perceptron.saida-do-perceptron", "treinamento.passos-do-treino"
MATCHING, PICTURE = "arquiteturas.rede-e-tarefa", "overfitting.qual-curva"
EVERY = (CHOICE, TRUE_FALSE, SHORT, CLOZE, NUMERIC, ORDERING, MATCHING, PICTURE)


@pytest.fixture(scope="module")
def synonyms() -> Synonyms:
    return patterns.load_synonyms()


def read(bank: Bank, synonyms: Synonyms, item: str, text: str, lang: str = "pt") -> Meaning:
    language = "pt" if lang == "pt" else "en"
    question = bank.present(item, language, 1)
    return answers.meaning(text, question, bank.grade(item, language, 1, text), synonyms)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        *((CHOICE, t) for t in ("b", "B)", "letra c", "acho que é a D", "2", "é a b?", "só quando erra o exemplo")),
        *((CHOICE, t) for t in ("Only when it gets the example wrong", "option c", "so quando erra o exenplo")),
        *((TRUE_FALSE, t) for t in ("verdadeiro", "F", "falso!", "mentira", "sim", "true", "não", "acho que é falso")),
        (SHORT, "pq ela ia decorar e a nota não ia medir dados novos"),
        (SHORT, "porque senão a rede cola e a gente não sabe como ela vai em exemplos novos"),
        (SHORT, "because it would memorize it and the score says nothing about new data"),
        (SHORT, "decoraria os dados?"),
        (SHORT, "quando ela vê o teste ela decora"),
        (SHORT, "o professor disse que os dados são bonitos"),
        *((CLOZE, t) for t in ("peso, limiar", "pesos e limiar", "weight, threshold", "peso")),
        *((NUMERIC, t) for t in ("1", "0", "acho que é 1", "y = 0", "zero")),
        *((ORDERING, t) for t in ("d c a b", "DCAB", "4 3 1 2", "4,3,1,2", "d, c, a e b")),
        *((MATCHING, t) for t in ("1b 2c 3d", "b c d", "1-b, 2-c, 3-d")),
        *((PICTURE, t) for t in ("a", "curva b", "painel C", "the curve c")),
    ],
)
def test_an_answer_is_an_answer(bank: Bank, synonyms: Synonyms, item: str, text: str) -> None:
    assert read(bank, synonyms, item, text) is Meaning.ANSWER


@pytest.mark.parametrize("item", EVERY)
@pytest.mark.parametrize("text", ["não sei", "sei lá", "nao faço ideia", "idk", "I don't know", "desisto", "no idea"])
def test_not_knowing_is_no_answer(bank: Bank, synonyms: Synonyms, item: str, text: str) -> None:
    assert read(bank, synonyms, item, text) is Meaning.DONT_KNOW


@pytest.mark.parametrize("item", EVERY)
@pytest.mark.parametrize("text", ["me dá uma dica", "dica", "uma pista por favor", "hint", "give me a hint", "ajuda"])
def test_asking_for_a_hint_is_no_answer(bank: Bank, synonyms: Synonyms, item: str, text: str) -> None:
    assert read(bank, synonyms, item, text) is Meaning.HINT


@pytest.mark.parametrize("item", EVERY)
@pytest.mark.parametrize(
    "text",
    ["qual é a resposta?", "me fala a resposta", "qual a certa?", "what's the answer?", "tell me the right answer",
     "qual alternativa correta", "mostra o gabarito", "just give me the solution pls"],
)  # fmt: skip
def test_asking_for_the_answer_is_no_answer(bank: Bank, synonyms: Synonyms, item: str, text: str) -> None:
    assert read(bank, synonyms, item, text) is Meaning.ASKS_KEY


@pytest.mark.parametrize("item", EVERY)
@pytest.mark.parametrize("lang", ["pt", "en"])
def test_the_question_said_back_is_no_answer(bank: Bank, synonyms: Synonyms, item: str, lang: str) -> None:
    prompt = bank.present(item, "pt" if lang == "pt" else "en", 1).prompt
    assert read(bank, synonyms, item, prompt, lang) is Meaning.REPEATS
    assert read(bank, synonyms, item, prompt.lower().rstrip("?."), lang) is Meaning.REPEATS


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (CHOICE, "quando o perceptron ajusta os pesos?"),
        (CHOICE, "em que momento o perceptron atualiza seus pesos?"),
        (CHOICE, "when does the perceptron update weights?"),
        (TRUE_FALSE, "um perceptron consegue aprender o xor?"),
        (TRUE_FALSE, "é verdade que um único perceptron aprende a função xor?"),
        (SHORT, "pq a rede não pode ver os dados de teste no treino?"),
        (SHORT, "por que esconder os dados de teste da rede no treinamento?"),
        (PICTURE, "qual curva mostra overfitting?"),
    ],
)
def test_the_question_in_other_words_is_no_answer(bank: Bank, synonyms: Synonyms, item: str, text: str) -> None:
    assert read(bank, synonyms, item, text) is Meaning.REPEATS


@pytest.mark.parametrize("item", EVERY)
@pytest.mark.parametrize(
    "text",
    ["o que é uma GAN?", "quem inventou a lstm?", "explica dropout", "how does attention work?", "what is softmax",
     "pra que serve o pooling?", "me explica backprop", "qual a diferença entre CNN e RNN?"],
)  # fmt: skip
def test_another_question_is_no_answer(bank: Bank, synonyms: Synonyms, item: str, text: str) -> None:
    assert read(bank, synonyms, item, text) is Meaning.ASKS


@pytest.mark.parametrize("item", EVERY)
@pytest.mark.parametrize(
    "text", ["oi", "bom dia", "obrigado!", "kkkkkk", "ok", "valeu prof", "thanks", "lol", "😂", "…"]
)
def test_small_talk_is_no_answer(bank: Bank, synonyms: Synonyms, item: str, text: str) -> None:
    assert read(bank, synonyms, item, text) is Meaning.SMALL_TALK


@pytest.mark.parametrize("item", [CHOICE, TRUE_FALSE, NUMERIC, ORDERING, MATCHING, PICTURE])
@pytest.mark.parametrize(
    "text", ["meu cachorro comeu o caderno", "hoje choveu bastante por aqui", "z z z z", "99 ou 98"]
)
def test_what_has_not_the_form_of_an_answer_is_unclear(bank: Bank, synonyms: Synonyms, item: str, text: str) -> None:
    assert read(bank, synonyms, item, text) is Meaning.UNCLEAR


def test_a_long_tale_does_not_fill_a_gap(bank: Bank, synonyms: Synonyms) -> None:
    tale = "ontem eu fui ao cinema com meus amigos e depois comemos um lanche na praça da cidade"
    assert read(bank, synonyms, CLOZE, tale) is Meaning.UNCLEAR
