"""The demos' benchmark: its tables, and the standard tools beside the networks."""

import re
import subprocess
import sys

import pytest
import torch

from benchmarks.demos import Measured, Row, report
from benchmarks.protocols import PROTOCOLS
from benchmarks.rivals import RIVALS
from benchmarks.standard import Rival, classified, tools
from models.demos import discover
from models.engine.protocol import Baseline, Both, Metric, Result

FOUND = discover()
QUICK = ("overfitting", "perceptron", "playground", "rnn-bolsa")  # of which a run takes a moment


def row(*rivals: Rival) -> Row:
    label, beside = Both("acerto", "accuracy"), (Baseline(Both("acaso", "chance"), 0.5),)
    runs = [Measured(metrics=(Metric("accuracy", label, v, beside, percent=True, digits=1),)) for v in (0.8, 0.9)]
    return Row(FOUND["playground"].spec, runs, list(rivals))


def test_a_tool_stands_in_the_row_of_its_metric_with_its_spread() -> None:
    text = report(
        [row(Rival("accuracy", "SVC", 0.7), Rival("accuracy", "SVC", 0.8), Rival("other", "SVC", 0.1))], [1, 2]
    )
    assert "| playground | accuracy | **85.0 ± 7.1%** | chance 50.0 ± 0.0% | SVC 75.0 ± 7.1% |" in text


def test_a_metric_without_a_tool_has_an_empty_cell() -> None:
    assert "| chance 50.0 ± 0.0% |  |" in report([row()], [1, 2])


def test_tools_learn_from_the_first_half_and_answer_for_the_other() -> None:
    x = torch.tensor([[0.0], [0.1], [0.9], [1.0]])
    y = torch.tensor([0, 0, 1, 1])
    scores = list(classified("accuracy", [(x, y, x, y), (x, y, x, 1 - y)], tools(1)))
    assert [(s.metric, s.tool) for s in scores] == [("accuracy", name) for name in tools(1)]
    assert [s.value for s in scores] == [0.5] * 3  # all right in one division, all wrong in the other


def test_every_tool_competes_in_a_demo_that_exists() -> None:
    assert set(RIVALS) <= set(FOUND)


@pytest.mark.parametrize("name", QUICK)
def test_tools_compete_in_the_demos_own_metrics_and_alike_each_time(name: str) -> None:
    torch.set_num_threads(1)
    found = FOUND[name]
    params = found.spec.ready(found.spec.quick)
    *_, result = found.module().run(params, 1)
    assert isinstance(result, Result)
    scores = list(RIVALS[name](params, 1))
    assert {s.metric for s in scores} <= {m.name for m in result.metrics}
    assert scores == list(RIVALS[name](params, 1))


def test_scikit_learn_repeats_the_demos_own_logistic_regression() -> None:
    torch.set_num_threads(1)
    found = FOUND["playground"]
    params = found.spec.ready(found.spec.quick)
    *_, result = found.module().run(params, 1)
    assert isinstance(result, Result)
    line = next(b.value for b in result.metrics[0].baselines if "logistic" in b.label.en)
    again = next(s.value for s in RIVALS["playground"](params, 1) if s.tool == "LogisticRegression")
    assert again == pytest.approx(line, abs=0.005)


def test_other_protocols_are_measured_for_the_demos_shown_only() -> None:
    torch.set_num_threads(1)
    assert "other protocols" not in report([row()], [1])
    told = report([Row(FOUND["perceptron"].spec, [Measured()])], [1, 2])
    assert "- perceptron, 3 or 8: one division a seed gives 9" in told and "- overfitting" not in told


def test_the_epoch_that_the_test_likes_best_claims_at_least_as_much() -> None:
    torch.set_num_threads(1)
    said = [float(share) for share in re.findall(r"(\d+\.\d)% ±", PROTOCOLS["overfitting"]([1]))]
    assert len(said) == 2 and said[0] <= said[1]


def test_a_runs_time_stands_beside_the_load_it_was_measured_under() -> None:
    runs = [Measured(0.1, 0.2, 10.0, 9.0, 300.0, load) for load in (1.0, 4.0, 1.2)]
    assert "| playground | 0.10 | 0.20 | 10.0 | 9.0 | 300 | 1.2 |" in report([Row(FOUND["playground"].spec, runs)], [1])


def test_a_demos_process_gets_no_standard_tools_with_the_benchmark() -> None:
    code = "import benchmarks.demos, sys; sys.exit(any(name in sys.modules for name in ('torch', 'sklearn', 'optuna')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
