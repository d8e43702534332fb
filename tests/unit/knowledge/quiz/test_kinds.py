"""What each kind refuses in an item, and what its feedback says."""

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.passages import Lecture
from knowledge.quiz import __main__ as command
from knowledge.quiz import rules
from knowledge.quiz.bank import Bank
from knowledge.quiz.model import NotAnAnswer, Reason, Verdict
from tests.unit.knowledge.quiz.conftest import HOME, examples, write

EXAMPLES = examples()


def load(real: Lecture, folder: Path, slug: str, old: str, new: str) -> Bank:
    """Load one of the README's items with a change."""
    text = EXAMPLES[slug].replace(old, new)
    assert text != EXAMPLES[slug]
    return Bank.load(real, write(folder, {slug: text}))


@pytest.mark.parametrize(
    ("slug", "old", "new", "says"),
    [
        ("quando-aprende", "  wrong:\n", "  other:\n", "unknown key 'other'"),
        ("resolve-xor", "true: false", "true: maybe", "true or false"),
        ("resolve-xor", "true: false", "true: true", "has no 'correction'"),
        ("resolve-xor", "  correction:", "  group:", "'correction' is missing"),
        ("soma-ponderada", "[limiar/threshold]", "limiar", "as many in both"),
        ("soma-ponderada", "[", "", "1 to 3 gaps"),
        ("soma-ponderada", "difficulty: 1", "difficulty: true", "whole number"),
        ("por-que-esconder-o-teste", "  need: 2 ", "  need: 3 ", "number of points"),
        ("por-que-esconder-o-teste", "decorar/memorizar/colar", "o", "no words"),
        ("por-que-esconder-o-teste", " | decorar/memorizar/colar", "", "label | pattern"),
        ("por-que-esconder-o-teste", "  points:\n", "  points: []\n  traps:\n", "twice"),
        ("rede-e-tarefa", "RNN = prever uma série", "RNN prever uma série", "left = right"),
        ("qual-curva", "picture: curvas-de-aprendizado", "picture: mona-lisa", "no picture is called"),
        ("qual-curva", "panel: overfitting", "panel: nowhere", "'panel' is one of"),
        ("qual-curva", "picture: curvas-de-aprendizado", "picture: rede-cnn", "has no panels"),
        ("saida-do-perceptron", "generator: perceptron-output", "generator: dice", "no generator is called"),
        ("saida-do-perceptron", "  generator: perceptron-output\n", "", "'generator' is missing"),
        ("quando-aprende", "id: quando-aprende", "id: [a, b]", "'id' is missing"),
        ("quando-aprende", "  wrong:\n    - pt", "  wrong:\n    - a\n    - pt", "list of mappings"),
    ],
)
def test_a_wrong_item_is_refused(real: Lecture, tmp_path: Path, slug: str, old: str, new: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        load(real, tmp_path, slug, old, new)
    assert says in error.value.problem


@pytest.mark.parametrize(
    ("slug", "cut", "says"),
    [("passos-do-treino", 2, "'steps' has 3 to 7"), ("rede-e-tarefa", 2, "'pairs' has 3 to 5"),
     ("quando-aprende", 1, "'wrong' has 2 to 4"), ("por-que-esconder-o-teste", 0, "'points' has at least one")],
)  # fmt: skip
def test_too_few_parts_are_refused(real: Lecture, tmp_path: Path, slug: str, cut: int, says: str) -> None:
    key = {"passos": "steps", "rede": "pairs", "quando": "wrong", "por": "points"}[slug.partition("-")[0]]
    before, _, rest = EXAMPLES[slug].partition(f"  {key}:\n")
    parts = rest.split("    - ")
    after = next(i for i, line in enumerate(parts[-1].splitlines()) if line.startswith("  ") and line[2] != " ")
    tail = "\n".join(parts[-1].splitlines()[after:]) + "\n"
    kept = "".join(f"    - {part}" for part in parts[1 : 1 + cut])
    text = f"{before}  {key}:{'' if kept else ' []'}\n{kept}{tail}"
    with pytest.raises(KnowledgeError) as error:
        Bank.load(real, write(tmp_path, {slug: text}))
    assert says in error.value.problem


def test_a_concept_that_is_not_there_is_refused(real: Lecture, tmp_path: Path) -> None:
    path = write(tmp_path, {"resolve-xor": EXAMPLES["resolve-xor"]}) / f"{HOME['resolve-xor']}.yaml"
    path.rename(path.with_name("nobody.yaml"))
    with pytest.raises(KnowledgeError, match="no concept is called 'nobody'"):
        Bank.load(real, tmp_path)


def test_an_item_in_the_wrong_folder_is_refused(real: Lecture, tmp_path: Path) -> None:
    write(tmp_path, {"resolve-xor": EXAMPLES["resolve-xor"]})
    (tmp_path / "fundamentos").rename(tmp_path / "futuro")
    with pytest.raises(KnowledgeError, match="belongs into fundamentos/"):
        Bank.load(real, tmp_path)


def test_two_items_of_one_name_are_refused(real: Lecture, tmp_path: Path) -> None:
    write(tmp_path, {"resolve-xor": EXAMPLES["resolve-xor"]})
    write(tmp_path, {"resolve-xor": EXAMPLES["resolve-xor"]})
    with pytest.raises(KnowledgeError, match="already called"):
        Bank.load(real, tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [("a: b\n", "a list of items"), ("- word\n", "an item is a mapping"), ("", "a list of items"),
     ("\xff", "can't be read")],
)  # fmt: skip
def test_what_is_no_list_of_items_is_refused(real: Lecture, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "fundamentos" / "perceptron.yaml"
    path.parent.mkdir()
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(KnowledgeError, match=says):
        Bank.load(real, tmp_path)


@pytest.mark.parametrize(
    ("slug", "old", "new", "says"),
    [
        ("quando-aprende", "Quando o perceptron muda", "Quando " + "muito " * 60 + "muda", "ask of"),
        (
            "quando-aprende",
            "Uma vez só, ao fim de todos os exemplos",
            "Só quando erra o exemplo",
            "two options are the same",
        ),
        (
            "quando-aprende",
            "Pense no que ele faria num exemplo",
            "Só quando erra o exemplo",
            "gives the right option away",
        ),
        ("por-que-esconder-o-teste", "Porque ela poderia decorá-los", "Porque sim", "isn't graded right in pt"),
    ],
)
def test_a_broken_rule_is_named(real: Lecture, tmp_path: Path, slug: str, old: str, new: str, says: str) -> None:
    bank = load(real, tmp_path, slug, old, new)
    (item,) = bank.items.values()
    assert any(says in problem for problem in rules.problems(item, bank))


def test_two_items_that_ask_the_same_are_named(real: Lecture, tmp_path: Path) -> None:
    second = EXAMPLES["resolve-xor"].replace("id: resolve-xor", "id: de-novo")
    write(tmp_path, {"resolve-xor": EXAMPLES["resolve-xor"]})
    path = tmp_path / "fundamentos" / "perceptron.yaml"
    path.write_text(path.read_text("utf-8") + second, "utf-8")
    found = list(rules.shared_problems(Bank.load(real, tmp_path)))
    assert found[0] == "perceptron.de-novo asks in pt what perceptron.resolve-xor asks"


def test_twins_in_one_language_are_named(real: Lecture, tmp_path: Path) -> None:
    hint = "Tente traçar uma reta que separe os pontos."
    bank = load(real, tmp_path, "resolve-xor", "Try to draw one straight line between the points.", hint)
    assert list(rules.shared_problems(bank)) == [
        "perceptron.resolve-xor has the same hints or reasons in both languages"
    ]


def test_a_wrong_option_says_what_is_wrong_with_it(bank: Bank) -> None:
    item = bank.items["perceptron.quando-aprende"]
    feedback = {v.feedback for p in range(4) if isinstance(v := bank.grade(item.id, "pt", 3, p), Verdict)}
    assert len(feedback) == 4
    assert "" in feedback


def test_a_false_statement_comes_with_its_correction(bank: Bank) -> None:
    verdict = bank.grade("perceptron.resolve-xor", "en", 0, "t")
    assert isinstance(verdict, Verdict)
    assert (verdict.correct, verdict.right) == (False, "False")
    assert verdict.feedback.startswith("A single perceptron cannot")


def test_a_wrong_order_names_the_first_wrong_step(bank: Bank) -> None:
    key = bank.key("treinamento.passos-do-treino", "pt", 1)
    assert isinstance(key, tuple)
    first = bank.grade("treinamento.passos-do-treino", "pt", 1, (key[1], key[0], *key[2:]))
    later = bank.grade("treinamento.passos-do-treino", "pt", 1, (*key[:2], key[3], key[2]))
    assert isinstance(first, Verdict)
    assert isinstance(later, Verdict)
    assert first.feedback == "O primeiro passo é “Calcular a saída”."
    assert later.feedback == "Depois de “Medir o erro” vem “Propagar o erro para trás”."
    assert first.score == later.score == pytest.approx(5 / 6)


def test_steps_are_never_shown_in_their_order(bank: Bank) -> None:
    keys = {bank.key("treinamento.passos-do-treino", "pt", seed) for seed in range(200)}
    assert (0, 1, 2, 3) not in keys
    assert len(keys) > 15


def test_a_half_right_matching_earns_its_share(bank: Bank) -> None:
    key = bank.key("arquiteturas.rede-e-tarefa", "en", 2)
    assert isinstance(key, tuple)
    verdict = bank.grade("arquiteturas.rede-e-tarefa", "en", 2, (key[0], key[2], key[1]))
    assert isinstance(verdict, Verdict)
    assert verdict.score == pytest.approx(1 / 3)
    assert "RNN goes with forecasting a series." in verdict.feedback


def test_gaps_are_numbered_and_graded_one_by_one(bank: Bank) -> None:
    question = bank.present("perceptron.soma-ponderada", "pt", 0)
    verdict = bank.grade("perceptron.soma-ponderada", "pt", 0, "weight, viés")
    assert isinstance(verdict, Verdict)
    assert "(1) _____" in question.prompt
    assert "[" not in question.prompt
    assert (verdict.score, verdict.feedback) == (0.5, "A lacuna 2 é “limiar”.")


def test_a_number_that_is_nearly_right_or_of_the_other_sign_hears_so(real: Lecture, tmp_path: Path) -> None:
    bank = load(real, tmp_path, "saida-do-perceptron", "perceptron-output", "boundary-point")
    item = "perceptron.saida-do-perceptron"
    seed = next(s for s in range(50) if abs(float(number(bank, item, s))) not in (0.0, 1.0))
    value = float(number(bank, item, seed))
    answers = (str(-value), f"{value + 0.02:.3f}", "99", "cem")
    found = [bank.grade(item, "pt", seed, a) for a in answers]
    assert [v.feedback[:12] for v in found if isinstance(v, Verdict)] == [
        "O valor está",
        "Quase: confi",
        "A resposta é",
    ]
    assert found[3] == NotAnAnswer(Reason.UNREADABLE)


def number(bank: Bank, item: str, seed: int) -> str:
    return str(bank.key(item, "en", seed)).replace("−", "-")


def test_a_panel_is_named_in_the_right_answer(bank: Bank) -> None:
    verdict = bank.grade("overfitting.qual-curva", "pt", 5, bank.key("overfitting.qual-curva", "pt", 5))
    assert isinstance(verdict, Verdict)
    assert verdict.right[1:] == ": o erro de validação volta a subir"


@pytest.mark.parametrize(("concepts", "shown"), [((), False), (("perceptron", "overfitting"), True)])
def test_the_command_prints_the_bank(concepts: tuple[str, ...], shown: bool) -> None:
    lines: list[str] = []
    assert command.main(concepts, lines.append) == 0
    assert " 0 problems" in lines[-1]
    assert any("[perceptron.quando-aprende · choice · en]" in line for line in lines) == shown


def test_the_command_names_what_is_wrong(real: Lecture, tmp_path: Path) -> None:
    path = write(tmp_path, {"resolve-xor": EXAMPLES["resolve-xor"].replace("2\n", "9\n", 1)})
    lines: list[str] = []
    assert command.main((), lines.append, path) == 1
    assert "perceptron.yaml:3: 'difficulty' is 1 to 5" in lines[0]
