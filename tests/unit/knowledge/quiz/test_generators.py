"""Generated problems: the same in both languages, never the same twice, and right by numpy's reckoning."""

import random
import re

import numpy as np
import pytest

from knowledge.passages import LANGS
from knowledge.quiz import generators
from knowledge.quiz.generators import Problem

SEEDS = range(40)
NUMBER = re.compile(r"−?\d+(?:\.\d+)?")


def made(name: str) -> list[Problem]:
    return [generators.problem(name, "item", seed) for seed in SEEDS]


def numbers(problem: Problem) -> list[float]:
    """Read the numbers out of the English prompt, as a learner would."""
    text = problem.prompt["en"].replace("x₁", "x").replace("x₂", "x").replace("·", " ").replace("ŷ − y", "")
    return [float(n.replace("−", "-")) for n in NUMBER.findall(re.sub(r"([−+]) (?=\d)", r"\1", text))]


def row(text: str, name: str) -> np.ndarray:
    found = re.search(rf"{name} = \(([^)]*)\)", text)
    assert found
    return np.array([float(n.replace("−", "-")) for n in found[1].split(";")])


def one(text: str, name: str) -> float:
    found = re.search(rf"{name} = (−?[\d.]+)", text)
    assert found
    return float(found[1].rstrip(".").replace("−", "-"))


def softmax(z: np.ndarray) -> np.ndarray:
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


def perceptron_output(p: Problem) -> float:
    text = p.prompt["en"]
    return float(row(text, "x") @ row(text, "w") + one(text, "b") > 0)


def boundary_point(p: Problem) -> float:
    w1, w2, bias, _, x1 = numbers(p)
    return float(np.linalg.solve([[w2]], [-(w1 * x1 + bias)])[0])


def conv_output_size(p: Problem) -> float:
    n, _, k, _, padding, stride = map(int, numbers(p))
    image = np.pad(np.zeros((n, n)), padding)
    return float(len(range(0, image.shape[0] - k + 1, stride)))


def conv_parameters(p: Problem) -> float:
    channels, filters, k, _ = map(int, numbers(p))
    return float(np.zeros((filters, channels, k, k)).size + np.zeros(filters).size)


def dense_parameters(p: Problem) -> float:
    n, h, m = map(int, numbers(p))
    return float(sum(np.zeros(shape).size for shape in ((n, h), (h,), (h, m), (m,))))


def softmax_probability(p: Problem) -> float:
    chosen = "ABC".index(p.prompt["en"].split(" to class ")[1][0])
    return float(100 * softmax(np.array(numbers(p)))[chosen])


def gradient_step(p: Problem) -> float:
    w, x, y, rate = (one(p.prompt["en"], name) for name in (r"\bw", r"\bx", r"\by", "η"))
    tiny = 1e-6
    slope = (((w + tiny) * x - y) ** 2 - ((w - tiny) * x - y) ** 2) / (2 * tiny)
    return float(w - rate * slope)


def neuron_activation(p: Problem) -> float:
    text = p.prompt["en"]
    z = row(text, "x") @ row(text, "w") + one(text, "b")
    return float(np.maximum(z, 0) if "ReLU" in text else 1 / (1 + np.exp(-z)))


def cross_entropy(p: Problem) -> float:
    right = "ABC".index(p.prompt["en"].split("; ")[-1][0])
    return float(-np.sum(np.eye(3)[right] * np.log(numbers(p))))


def confusion_matrix(p: Problem) -> float:
    tp, fp, fn, tn = numbers(p)
    truth = np.repeat([1, 0, 1, 0], np.array([tp, fp, fn, tn], int))
    said = np.repeat([1, 1, 0, 0], np.array([tp, fp, fn, tn], int))
    share = {
        "accuracy": np.mean(truth == said),
        "precision": np.mean(truth[said == 1]),
        "recall": np.mean(said[truth == 1]),
    }
    return float(100 * share[next(name for name in share if f"its {name}" in p.prompt["en"])])


def training_steps(p: Problem) -> float:
    examples, batch, epochs = map(int, numbers(p))
    return float(epochs * len(np.arange(0, examples, batch)))


def attention_weight(p: Problem) -> float:
    size, first, second, _ = numbers(p)
    return float(softmax(np.array([first, second]) / np.sqrt(size))[int("second" in p.prompt["en"])])


def mean_squared_error(p: Problem) -> float:
    values = np.array(numbers(p))
    return float(np.mean((values[3:] - values[:3]) ** 2))


RECKONED = {
    f.__name__.replace("_", "-"): f
    for f in (
        perceptron_output, boundary_point, conv_output_size, conv_parameters, dense_parameters, softmax_probability,
        gradient_step, neuron_activation, cross_entropy, confusion_matrix, training_steps, attention_weight,
        mean_squared_error,
    )
}  # fmt: skip


def test_every_generator_is_reckoned_here() -> None:
    assert set(RECKONED) == set(generators.names())
    assert len(RECKONED) >= 8


@pytest.mark.parametrize("name", generators.names())
def test_the_answer_is_what_numpy_says(name: str) -> None:
    for problem in made(name):
        assert RECKONED[name](problem) == pytest.approx(problem.value, abs=1e-6), problem.prompt["en"]


@pytest.mark.parametrize("name", generators.names())
def test_the_last_step_ends_with_the_answer(name: str) -> None:
    for problem in made(name):
        for lang in LANGS:
            last = problem.steps[lang][-1].removesuffix(" %").split()[-1].replace("−", "-").replace(",", ".")
            assert float(last) == pytest.approx(problem.value, abs=0.51 * 10**-problem.digits)


@pytest.mark.parametrize("name", generators.names())
def test_the_answer_shown_is_within_the_tolerance(name: str) -> None:
    assert all(abs(round(p.value, p.digits) - p.value) <= p.tolerance + 1e-9 for p in made(name))


@pytest.mark.parametrize("name", generators.names())
def test_seeds_give_many_different_problems(name: str) -> None:
    assert len({p.prompt["pt"] for p in made(name)}) > 15


@pytest.mark.parametrize("name", generators.names())
def test_both_languages_have_the_same_steps(name: str) -> None:
    for problem in made(name):
        assert set(problem.prompt) == set(problem.steps) == set(LANGS)
        assert len(problem.steps["pt"]) == len(problem.steps["en"]) >= 2
        assert problem.prompt["pt"] != problem.prompt["en"]


@pytest.mark.parametrize("name", generators.names())
def test_no_figure_is_written_with_the_other_languages_mark(name: str) -> None:
    for problem in made(name):
        assert not re.search(r"\d\.\d", " ".join((problem.prompt["pt"], *problem.steps["pt"])))
        assert not re.search(r"\d,\d", " ".join((problem.prompt["en"], *problem.steps["en"])))


def test_an_unknown_generator_is_refused() -> None:
    with pytest.raises(KeyError):
        generators.load("no-such-thing")


def test_the_same_seed_gives_the_same_problem() -> None:
    make = generators.load("gradient-step")
    assert make(random.Random("x")) == make(random.Random("x"))
