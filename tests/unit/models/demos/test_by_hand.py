"""What the demos write by hand, held against PyTorch's autograd, a closed form or a count."""

from itertools import product

import pytest
import torch
from torch import nn

from models.demos import backprop, dbn, hopfield, mcculloch_pitts, perceptron, raso_profundo
from models.demos._linear import logistic
from models.demos._patterns import patterns


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize("nets", [0, 5])
def test_backprop_by_hand_is_autograds_gradient(activation: str, nets: int) -> None:
    x, target = backprop.table("xor")
    weights = backprop.initial("random", 1, nets)
    by_hand = backprop.backward(weights, x, target, activation)
    assert backprop.apart(by_hand, backprop.autograd(weights, x, target, activation)) < 1e-15


def test_backprop_by_hand_is_what_moving_each_weight_measures() -> None:
    x, target = backprop.table("or")
    weights = backprop.initial("random", 2)
    by_hand = backprop.backward(weights, x, target, "tanh")
    assert backprop.apart(by_hand, backprop.differences(weights, x, target, "tanh")) < 1e-8


def test_training_by_hand_goes_where_sgd_goes() -> None:
    x, target = backprop.table("and")
    by_hand = backprop.initial("random", 3)
    leaves = {name: value.clone().requires_grad_() for name, value in by_hand.items()}
    *_, (steps, loss) = backprop.train(by_hand, x, target, "sigmoid", 0.5, 40)
    for _ in range(steps):
        error = (backprop.forward(leaves, x, "sigmoid")[1] - target).square().sum() / 2
        slopes = torch.autograd.grad(error, list(leaves.values()))
        leaves = {n: (v - 0.5 * g).detach().requires_grad_() for (n, v), g in zip(leaves.items(), slopes, strict=True)}
    assert loss < 0.2
    assert backprop.apart(by_hand, {name: leaf.detach() for name, leaf in leaves.items()}) < 1e-12


def test_equal_weights_stay_equal_for_ever() -> None:
    weights = backprop.initial("same", 0)
    for _ in backprop.train(weights, *backprop.table("xor"), "sigmoid", 2.0, 50):
        pass
    assert torch.equal(weights["W1"][:, 0], weights["W1"][:, 1])


def test_the_perceptrons_rule_descends_its_criterion() -> None:
    x, wanted = perceptron.table("and")
    start = 0.1 * torch.randn(3, generator=torch.Generator().manual_seed(0))
    (_, after, mistakes), *_ = perceptron.learn(x[3:], wanted[3:], 0.2, 1, seed=0)
    leaf = start.clone().requires_grad_()
    signed = (2 * wanted[3] - 1) * (torch.cat([x[3], torch.ones(1)]) @ leaf)
    (-signed).clamp(min=0).backward()
    assert mistakes == int(signed < 0)
    assert leaf.grad is not None and torch.allclose(after, start - 0.2 * leaf.grad)


@pytest.mark.parametrize("gate", ["and", "or", "nand"])
def test_the_perceptron_always_ends_where_a_line_separates(gate: str) -> None:
    for seed in range(10):
        *_, (_, weights, mistakes) = perceptron.learn(*perceptron.table(gate), 0.2, 100, seed)
        assert mistakes == 0
        assert perceptron.answers(perceptron.table(gate)[0], weights).tolist() == perceptron.table(gate)[1].tolist()


def test_the_perceptron_never_ends_at_xor_and_a_hidden_layer_mends_it() -> None:
    table = perceptron.table("xor")
    assert all(mistakes for _, _, mistakes in perceptron.learn(*table, 0.2, 60, seed=1))
    assert perceptron.solved(perceptron.hidden_layer(*table, 8, nets=10, seed=1, steps=200), *table) > 0.7


def test_one_neuron_computes_as_many_functions_as_known() -> None:
    counts = [len(mcculloch_pitts.functions(inputs)) for inputs in (1, 2, 3, 4)]
    assert counts == [4, 14, 104, 1882]  # OEIS A000609


def test_no_pair_of_weights_makes_xor_but_three_neurons_do() -> None:
    assert max(right for *_, right in mcculloch_pitts.search("xor")) == 3
    assert max(right for *_, right in mcculloch_pitts.search("nand", 2)) == 4
    assert mcculloch_pitts.xor(mcculloch_pitts.cases(2)).tolist() == [0, 1, 1, 0]


def test_hebbs_weights_are_the_sum_of_outer_products() -> None:
    stored = patterns("letters", 4, seed=0)
    summed = sum((torch.outer(p, p) for p in stored), torch.zeros(784, 784)) / 784
    assert torch.allclose(hopfield.hebb(stored), summed - torch.diag(summed.diag()), atol=1e-6)


def test_recalling_never_raises_the_energy() -> None:
    stored = patterns("random", 40, seed=0)
    weights = hopfield.hebb(stored)
    states = hopfield.spoil(stored, 0.3, seed=1)
    for sweep in range(3):
        after = hopfield.recall(weights, states, 1, seed=sweep)
        assert (hopfield.energy(weights, after) <= hopfield.energy(weights, states) + 1e-3).all()
        states = after
    assert hopfield.recalled(states, stored) > 0.9


def test_the_pseudo_inverse_keeps_even_similar_patterns() -> None:
    stored = patterns("digits", 20, seed=0)
    assert torch.equal(hopfield.recall(hopfield.pseudo_inverse(stored), stored, 2, seed=0), stored)
    assert hopfield.recalled(hopfield.recall(hopfield.hebb(stored), stored, 2, seed=0), stored) < 0.2


def test_the_modern_memory_is_attention() -> None:
    stored = patterns("digits", 12, seed=2)
    query = hopfield.spoil(stored, 0.2, seed=2)
    attention = nn.functional.scaled_dot_product_attention(query, stored, stored, scale=8.0 / 784**0.5)
    assert torch.allclose(hopfield.attend(stored, query, 8.0, steps=1), attention, atol=1e-5)


def a_layer(visible: int = 6, hidden: int = 4) -> dbn.Layer:
    dice = torch.Generator().manual_seed(5)
    return tuple(torch.randn(*shape, generator=dice) for shape in ((visible, hidden), (visible,), (hidden,)))  # type: ignore[return-value]  # three


def test_the_free_energy_sums_over_every_hidden_state() -> None:
    weights, bias, hidden_bias = layer = a_layer()
    visible = torch.tensor([1.0, 0, 1, 1, 0, 0])
    hidden = torch.tensor(list(product((0.0, 1.0), repeat=4)))
    energies = -(hidden @ (visible @ weights)) - visible @ bias - hidden @ hidden_bias
    assert torch.allclose(dbn.free_energy(layer, visible[None])[0], -torch.logsumexp(-energies, 0), atol=1e-5)


def test_contrastive_divergence_descends_the_gap_of_free_energies() -> None:
    layer = a_layer()
    visible = torch.rand(10, 6, generator=torch.Generator().manual_seed(1)).round()
    step, dream = dbn.divergence(layer, visible, torch.Generator().manual_seed(2))
    leaves = tuple(part.clone().requires_grad_() for part in layer)
    gap = dbn.free_energy(leaves, visible).mean() - dbn.free_energy(leaves, dream).mean()  # type: ignore[arg-type]  # three
    for mine, slope in zip(step, torch.autograd.grad(gap, leaves), strict=True):
        assert torch.allclose(mine, -slope, atol=1e-5)


def test_many_networks_at_once_are_the_networks_one_by_one() -> None:
    weights = raso_profundo.networks([2, 5, 5, 1], nets=3, seed=0)
    x = torch.randn(7, 2)
    single = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 5), nn.Tanh(), nn.Linear(5, 1))
    for linear, (w, b) in zip(single[::2], zip(weights[::2], weights[1::2], strict=True), strict=True):
        linear.load_state_dict({"weight": w[1].detach().T, "bias": b[1, 0].detach()})
    assert torch.allclose(raso_profundo.forward(weights, x, "tanh")[1], single(x), atol=1e-6)
    assert sum(p.numel() for p in single.parameters()) == raso_profundo.parameters(2, 5)


@pytest.mark.parametrize("layers", [1, 2, 3, 4])
def test_each_depth_costs_at_most_the_budget(layers: int) -> None:
    width = raso_profundo.affordable(220, layers)
    assert raso_profundo.parameters(layers, width) <= 220 < raso_profundo.parameters(layers, width + 1)


def test_the_plain_rival_is_scikit_learns_logistic_regression_on_its_digits() -> None:
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression

    from models.demos import _digits

    data, (x, y) = load_digits(), _digits.eight()
    assert torch.equal(x.double() * 16, torch.tensor(data.data)) and y.tolist() == data.target.tolist()
    theirs = LogisticRegression(max_iter=500).fit(x[:100].numpy(), y[:100].numpy())
    assert torch.allclose(logistic(x[:100], y[:100], 10).weight, torch.tensor(theirs.coef_).float(), atol=0.02)
