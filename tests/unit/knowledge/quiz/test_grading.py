"""Short answers: what is said, what is denied, and what is only a heap of words."""

from pathlib import Path

import pytest

from knowledge.quiz import clauses, grading, patterns
from knowledge.quiz.bank import Bank
from knowledge.quiz.grading import Point, Rubric, Trap
from knowledge.quiz.model import NotAnAnswer, Reason, Verdict
from knowledge.quiz.patterns import Synonyms
from knowledge.quiz.stuffing import is_stuffed

WEIGHTS = "teste.por-que-esconder-o-teste"


@pytest.fixture(scope="module")
def synonyms() -> Synonyms:
    return patterns.load_synonyms()


def said(answer: str, pattern: str, synonyms: Synonyms, lang: str = "pt") -> bool:
    """Tell whether an answer makes a point of one pattern."""
    found = patterns.parse(pattern, "pt" if lang == "pt" else "en")
    point = Point({"pt": "x", "en": "x"}, (found,))
    return grading.grade(answer, Rubric((point,), 1, (), {"pt": "", "en": ""}), synonyms).correct


@pytest.mark.parametrize(
    "answer",
    [
        "a rede ajusta os pesos", "os pesos são ajustados", "ajustar pesos", "ele atualiza os pesos da rede",
        "ela muda seus pesos", "it adjusts the weights", "the weights get updated", "ajsuta os pesos",
        "AJUSTA OS PESOS",
        "os pesos, que ligam os neurônios, são ajustados", "não só ajusta os pesos como mede o erro",
        "sem professor, ela ajusta os pesos", "não é mágica: ajusta os pesos", "não memoriza nada, mas ajusta os pesos",
        "Não, porque ela ajusta os pesos", "quando não acerta, ela ajusta os pesos",
    ],
)  # fmt: skip
def test_a_point_is_found_in_many_wordings(answer: str, synonyms: Synonyms) -> None:
    assert said(answer, "ajustar pesos", synonyms)


@pytest.mark.parametrize(
    "answer",
    [
        "não ajusta os pesos", "a rede nunca ajusta os pesos", "os pesos não são ajustados", "n ajusta os pesos",
        "naum ajusta os pesos", "nenhum peso é ajustado", "sem ajustar os pesos", "deixa de ajustar os pesos",
        "em vez de ajustar os pesos, copia", "evita ajustar os pesos", "é mentira que ajusta os pesos",
        "ajusta os pesos, só que não", "it does not adjust the weights", "it doesn't adjust the weights",
        "it dont adjust the weights", "it never adjusts the weights", "no weights are adjusted",
        "without adjusting the weights",
        "the weights aren't adjusted", "it can't adjust the weights", "it fails to adjust the weights",
        "instead of adjusting the weights it guesses", "nem ajusta os pesos", "não ajusta nunca os pesos",
        "ninguém ajusta os pesos", "é impossível ajustar os pesos", "it adjusts the weights, not true",
        "não é verdade que a rede ajusta os pesos", "ñ ajusta os pesos", "quase nunca ajusta os pesos",
    ],
)  # fmt: skip
def test_a_denied_point_is_not_made(answer: str, synonyms: Synonyms) -> None:
    assert not said(answer, "ajustar pesos", synonyms)


@pytest.mark.parametrize("answer", ["não vê o teste", "sem ver o teste", "nunca vê o teste", "it doesn't see the test"])
def test_a_pattern_may_be_a_denial(answer: str, synonyms: Synonyms) -> None:
    assert said(answer, "não ver/vê/see teste", synonyms)
    assert not said("ela vê o teste", "não ver/vê teste", synonyms)


def test_two_denials_cancel_out(synonyms: Synonyms) -> None:
    assert said("não deixa de ajustar os pesos", "ajustar pesos", synonyms)
    assert not said("não é que não ajuste: não ajusta os pesos", "ajustar pesos", synonyms)


def test_an_either_pattern_takes_both(synonyms: Synonyms) -> None:
    assert said("a nota não mede dados novos", "(não) medir novos", synonyms)
    assert said("a nota mede dados novos", "(não) medir novos", synonyms)


def test_the_order_tells_who_does_what(synonyms: Synonyms) -> None:
    pattern = "gerador > engana > discriminador"
    assert said("o gerador tenta enganar o discriminador", pattern, synonyms)
    assert not said("o discriminador tenta enganar o gerador", pattern, synonyms)


def test_words_in_order_stand_close_together(synonyms: Synonyms) -> None:
    far = "o gerador cria imagens bonitas, coloridas e falsas, e o perito engana"
    assert not said(far, "gerador >> engana", synonyms)
    assert said("o gerador sempre engana", "gerador >> engana", synonyms)


def test_words_of_two_sentences_make_no_point(synonyms: Synonyms) -> None:
    assert not said("A rede ajusta. Os pesos existem.", "ajustar pesos", synonyms)


@pytest.mark.parametrize("answer", ["gradiente some nas camadas", "some o gradiente", "the gradient vanishes"])
def test_synonyms_of_both_languages_are_known(answer: str, synonyms: Synonyms) -> None:
    assert said(answer, "gradiente desaparece", synonyms)


def test_phrases_stand_together(synonyms: Synonyms) -> None:
    assert said("ela lê passo a passo", "passo_a_passo", synonyms)
    assert said("reads everything at the same time", "paralelo", synonyms)


@pytest.mark.parametrize(("answer", "pattern"), [("o decoder", "encoder"), ("1987", "1986"), ("x", "y")])
def test_another_word_is_no_slip(answer: str, pattern: str, synonyms: Synonyms) -> None:
    assert not said(answer, pattern, synonyms)


def test_no_opposites_are_synonyms(synonyms: Synonyms) -> None:
    pairs = (("aumentar", "diminuir"), ("rapido", "lento"), ("alto", "baixo"), ("entrada", "saida"), ("real", "falso"),
             ("encoder", "decoder"), ("treino", "teste"), ("bom", "ruim"), ("gerador", "discriminador"),
             ("grande", "pequeno"), ("lembrar", "esquecer"), ("increase", "decrease"), ("simples",
             "complexo"))  # fmt: skip
    assert [p for p in pairs if synonyms.groups(p[0]) & synonyms.groups(p[1])] == []


@pytest.mark.parametrize("pattern", ["", "não", "o de a", "not the"])
def test_a_pattern_without_words_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no words"):
        patterns.parse(pattern, "pt")


@pytest.mark.parametrize(
    "answer",
    ["pesos, erro, gradiente, camada, ajuste", "pesos erro gradiente camada ajuste", "weights; error; gradient; loss",
     "peso e erro e gradiente e camada", "peso/erro/gradiente/camada", "- pesos\n- erro\n- gradiente\n- camadas"],
)  # fmt: skip
def test_a_heap_of_words_is_no_answer(answer: str) -> None:
    assert is_stuffed(answer)


@pytest.mark.parametrize(
    "answer",
    ["a rede ajusta os pesos pelo erro", "decora o treino, erra o teste", "pesos",
    "low training error, high test error",
     "ela calcula o erro, propaga de volta, acha o gradiente e ajusta os pesos", "reconhecer padrões"],
)  # fmt: skip
def test_a_short_sentence_is_no_heap(answer: str) -> None:
    assert not is_stuffed(answer)


def test_a_trap_spoils_an_answer_and_says_why(synonyms: Synonyms) -> None:
    point = Point({"pt": "p", "en": "p"}, (patterns.parse("ajustar pesos", "pt"),))
    trap = Trap((patterns.parse("copiar dados", "pt"),), {"pt": "Ela não copia.", "en": "It doesn't copy."})
    graded = grading.grade(
        "ajusta os pesos e copia os dados", Rubric((point,), 1, (trap,), {"pt": "", "en": ""}), synonyms
    )
    assert (graded.correct, graded.trap) == (False, trap)


def test_a_list_is_an_answer_where_one_is_asked_for(synonyms: Synonyms) -> None:
    point = Point({"pt": "p", "en": "p"}, (patterns.parse("gpu", "pt"),))
    heap = "gpu, relu, dropout, imagenet, dados"
    assert grading.grade(heap, Rubric((point,), 1, (), {}, lists=True), synonyms).correct
    assert not grading.grade(heap, Rubric((point,), 1, (), {}), synonyms).correct


def test_a_verdict_tells_what_was_there_and_what_is_missing(bank: Bank) -> None:
    verdict = bank.grade(WEIGHTS, "pt", 0, "porque ela ia decorar as respostas")
    assert isinstance(verdict, Verdict)
    assert (verdict.correct, verdict.score) == (False, 0.5)
    assert verdict.found == ("poderia decorar os dados",)
    assert verdict.missing == ("a nota deixaria de medir a generalização",)


def test_a_denied_point_is_told(bank: Bank) -> None:
    verdict = bank.grade(WEIGHTS, "pt", 0, "porque ela não decoraria os dados")
    assert isinstance(verdict, Verdict)
    assert not verdict.correct
    assert "nega" in verdict.feedback


def test_a_right_answer_misses_nothing(synonyms: Synonyms) -> None:
    points = tuple(Point({"pt": p, "en": p}, (patterns.parse(p, "pt"),)) for p in ("gpu", "relu", "dropout"))
    graded = grading.grade("foi a gpu com a relu", Rubric(points, 2, (), {}), synonyms)
    assert (graded.correct, graded.score, graded.missing) == (True, 1.0, ())


def test_an_english_answer_to_a_portuguese_question_is_graded(bank: Bank) -> None:
    answer = "it could memorize the test, and the score would no longer measure how it does on new data"
    verdict = bank.grade(WEIGHTS, "pt", 0, answer)
    assert isinstance(verdict, Verdict)
    assert verdict.correct
    assert verdict.found[0] == "poderia decorar os dados"


def test_a_trap_and_a_heap_have_their_own_feedback(bank: Bank) -> None:
    trapped = bank.grade(WEIGHTS, "en", 0, "because training would be slower")
    heaped = bank.grade(WEIGHTS, "en", 0, "memorize, test, generalize, score, data")
    assert isinstance(trapped, Verdict)
    assert isinstance(heaped, Verdict)
    assert trapped.feedback.startswith("Training time")
    assert heaped.feedback.startswith("The words are there")


@pytest.mark.parametrize("answer", ["", "   ", "?!", "não sei"])
def test_nothing_said_is_not_graded(bank: Bank, answer: str) -> None:
    assert bank.grade(WEIGHTS, "pt", 0, answer) == NotAnAnswer(Reason.DONT_KNOW)


def test_a_very_long_answer_is_graded_quickly(synonyms: Synonyms) -> None:
    long = "a rede ajusta os pesos e mede o erro de cada exemplo novo " * 200
    assert len(clauses.sentences(long)) >= 1
    assert said(long, "ajustar pesos", synonyms)


def test_a_group_of_synonyms_may_hold_phrases(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("- [pular, skip_over]\n", "utf-8")
    assert said("they skip over it", "pular", patterns.load_synonyms(tmp_path / "s.yaml"))
