"""What standard tools make of the demos' own data: the same examples, divisions, draws and seeds.

A demo's function gives scores for its metrics, by name; `benchmarks.demos` sets them beside the network's.
"""

from collections.abc import Callable
from statistics import fmean
from typing import Any

import numpy as np
import optuna
import torch
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression, Perceptron
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.svm import SVC

from benchmarks.standard import Rival, Rivals, Split, classified, fitted, flat, learned, right, tools
from models.demos import (
    automl,
    autossupervisionado,
    cnn_caes_gatos,
    cnn_digitos,
    dbn,
    mlp_avc,
    overfitting,
    perceptron,
    playground,
    raso_profundo,
    rnn_bolsa,
    transferencia,
)
from models.engine.protocol import Params


def of_perceptron(params: Params, seed: int) -> Rivals:
    """Tell two digits apart."""
    one, two = (int(digit) for digit in params.text("digits").split("x"))
    splits = [perceptron.division(one, two, seed + i) for i in range(perceptron.DIVISIONS)]
    yield from classified("digits_accuracy", splits, {"Perceptron": Perceptron(random_state=seed), **tools(seed)})


def of_playground(params: Params, seed: int) -> Rivals:
    """Separate the points, the MLP with the learner's layers."""
    name, noise = params.text("data"), params.float("noise")
    known = playground.samples(name, playground.TRAIN, noise, seed)
    split = (*known, *playground.samples(name, playground.TEST, noise, seed + playground.NEW))
    size, rate = [params.int("units")] * params.int("layers"), params.float("lr")
    mlp = MLPClassifier(size, learning_rate_init=rate, max_iter=params.int("epochs"), random_state=seed)
    yield from classified("accuracy", [split], {**tools(seed), "MLPClassifier": mlp})


def of_overfitting(params: Params, seed: int) -> Rivals:
    """Learn from a few digits, some mislabelled."""
    splits: list[Split] = []
    for i in range(1 + overfitting.MORE_SEEDS):
        data = overfitting.split(params.int("examples"), params.float("wrong"), seed + i)
        splits.append((data["x"], data["y"], data["x_test"], data["y_test"]))
    size = [params.int("width")] * 2
    plain = MLPClassifier(size, max_iter=params.int("epochs"), random_state=seed)
    early = MLPClassifier(size, max_iter=params.int("epochs"), random_state=seed, early_stopping=True)
    yield from classified("test_accuracy", splits, {**tools(seed), "MLPClassifier": plain})
    yield from classified("early_accuracy", splits, {"MLPClassifier(early_stopping=True)": early})


def of_automl(params: Params, seed: int) -> Rivals:
    """Search as long at random, by Optuna alone, and try the classifiers."""
    data, epochs = automl.split(params.int("train"), params.int("validation"), seed), params.int("epochs")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.RandomSampler(seed=seed))
    study.optimize(lambda trial: automl.attempt(trial, data, epochs, seed)[0], n_trials=params.int("trials"))
    starts = range(seed + 1, seed + 1 + automl.SEEDS)
    nets = [automl.fit(study.best_params, data, epochs, start) for start in starts]
    yield Rival("test_accuracy", "Optuna RandomSampler", fmean(automl.right(net, data["test"]) for net in nets))
    yield from classified("test_accuracy", [(*data["train"], *data["test"])], tools(seed))


def of_cnn_digitos(params: Params, seed: int) -> Rivals:
    """Read digits, and digits that have moved."""
    x, y, new, truth = cnn_digitos.digits(params.int("examples"), params.bool("shuffle"), seed)
    new, truth = new[: params.int("tests")], truth[: params.int("tests")]
    for name, tool in tools(seed).items():
        fitted(tool, flat(x), y.numpy())
        yield Rival("accuracy", name, right(tool, new, truth))
        yield Rival("accuracy_shifted_2px", name, right(tool, cnn_digitos.moved(new, 2), truth))


def of_cnn_caes_gatos(params: Params, seed: int) -> Rivals:
    """Tell cats from dogs, in the same parts and with the same weights of the pictures."""
    for name, tool in tools(seed).items():
        scores = [_pets(tool, params, seed, part) for part in range(params.int("parts"))]
        for metric, some in zip(("accuracy_outlines", "accuracy_drawings"), zip(*scores, strict=True), strict=True):
            yield Rival(metric, name, fmean(some))


def _pets(tool: Any, params: Params, seed: int, part: int) -> list[float]:
    """Train on the other parts; give the accuracy on this part's outlines and drawings."""
    x, y, groups, kinds = cnn_caes_gatos.pets()
    new = cnn_caes_gatos.folds(groups, kinds, params.int("parts"), seed) == part
    often = cnn_caes_gatos.weights(y[~new], kinds[~new], groups[~new], params.float("drawings"))
    fitted(tool, flat(x[~new]), y[~new].numpy(), sample_weight=(often / often.mean()).double().numpy())
    return [right(tool, x[new & (kinds == kind)], y[new & (kinds == kind)]) for kind in (0, 1)]


def of_transferencia(params: Params, seed: int) -> Rivals:
    """Learn the new digits from five examples of each, and nothing else."""
    data, draws = transferencia.digits(params.text("source"), seed), range(params.int("draws"))
    splits = [(*transferencia.few(*data["new"], 5, 1000 * seed + draw), *data["test"]) for draw in draws]
    yield from classified("accuracy_5_shots", splits, tools(seed))


def of_autossupervisionado(params: Params, seed: int) -> Rivals:
    """Learn from the few labels, and nothing else."""
    x, y, new, truth = autossupervisionado.digits(params.int("unlabelled"))
    for shots in (1, 5, 10):
        picks = [autossupervisionado.few(y, shots, 1000 * seed + draw) for draw in range(params.int("draws"))]
        splits = [(x[pick], y[pick], new, truth) for pick in picks]
        yield from classified(f"accuracy_{shots}_labels", splits, tools(seed))


def of_dbn(params: Params, seed: int) -> Rivals:
    """Learn from few labels, also by the unlabelled digits' principal components; and compress by these."""
    x, y, new, truth = dbn.digits(params.int("digits"), seed)
    picks = [dbn.labelled(y, params.int("labels"), seed + draw) for draw in range(dbn.DRAWS)]
    yield from classified("accuracy", [(x[pick], y[pick], new, truth) for pick in picks], tools(seed))
    seen = PCA(32, random_state=seed).fit(flat(x))
    low, low_new = (torch.from_numpy(seen.transform(flat(part))) for part in (x, new))
    yield from classified(
        "accuracy", [(low[pick], y[pick], low_new, truth) for pick in picks], {"PCA(32) + SVC": SVC(C=10)}
    )
    code = PCA(params.int("code"), random_state=seed).fit(flat(x))
    rebuilt = code.inverse_transform(code.transform(flat(new)))
    yield Rival("reconstruction", "PCA", float(np.mean((rebuilt - flat(new)) ** 2)))


def of_mlp_avc(params: Params, seed: int) -> Rivals:
    """Foretell what became of the patients, in the same parts; the scores are scikit-learn's too."""
    x, truth = mlp_avc.load(params.text("data"))
    size, rate = [params.int("width")] * params.int("layers"), params.float("lr")
    chosen = {
        "MLPClassifier": MLPClassifier(
            size, learning_rate_init=rate, max_iter=params.int("epochs"), batch_size=32, random_state=seed
        ),
        "LogisticRegression": LogisticRegression(max_iter=300),
        "RandomForestClassifier": RandomForestClassifier(random_state=seed),
    }
    for name, tool in chosen.items():
        risks = [_risk(tool, x, truth, seed + i) for i in range(params.int("repeats"))]
        yield Rival("auroc", name, fmean(roc_auc_score(truth, risk) for risk in risks))
        yield Rival("average_precision", name, fmean(average_precision_score(truth, risk) for risk in risks))
        yield Rival("accuracy", name, fmean(float(((risk >= 0.5) == truth).mean()) for risk in risks))


def _risk(tool: Any, x: mlp_avc.Floats, truth: mlp_avc.Floats, seed: int) -> mlp_avc.Floats:
    """Give each patient's risk, by a model that hasn't seen the patient."""
    part, risk = mlp_avc.folds(truth, 5, seed), np.zeros(len(truth))
    for new in (part == k for k in range(5)):
        z = mlp_avc.scaled(x, ~new)
        risk[new] = fitted(tool, z[~new], truth[~new]).predict_proba(z[new])[:, 1]
    return risk


def of_raso_profundo(params: Params, seed: int) -> Rivals:
    """Separate the spiral with networks of the same shapes, as many starts and steps; and imitate the curve."""
    at = raso_profundo
    split = (
        *at.spiral(at.TRAIN, params.float("turns"), seed),
        *at.spiral(at.TEST, params.float("turns"), seed + at.NEW),
    )
    epochs = max(params.int("steps") * 64 // at.TRAIN, 1)
    how = {"batch_size": 64, "learning_rate_init": params.float("lr"), "max_iter": epochs, "n_iter_no_change": epochs}
    for layers in at.DEPTHS:
        size = [at.affordable(params.int("budget"), layers)] * layers
        nets = [
            MLPClassifier(size, activation=params.text("activation"), random_state=seed + i, **how)
            for i in range(at.NETS)
        ]
        yield Rival(f"accuracy_{layers}", "MLPClassifier", fmean(learned(net, split) for net in nets))
    yield from classified("best_accuracy", [split], {"SVC": SVC(C=10)})
    yield Rival("curve_error", "MLPRegressor", _curve_error(params, seed))


def _curve_error(params: Params, seed: int) -> float:
    """Give the error of scikit-learn's widest single layer on the curve."""
    places = raso_profundo.places()
    x, y = flat(places), raso_profundo.curve(places).flatten().double().numpy()
    steps = min(raso_profundo.CURVE_STEPS, params.int("steps"))
    how = {"batch_size": 64, "learning_rate_init": 0.02, "max_iter": max(steps * 64 // len(x), 1), "tol": 0.0}
    size = [raso_profundo.WIDTHS[-1]]
    net = MLPRegressor(
        hidden_layer_sizes=size, activation=params.text("activation"), random_state=seed, n_iter_no_change=steps, **how
    )
    return float(np.sqrt(np.mean((fitted(net, x, y).predict(x) - y) ** 2)))


def of_rnn_bolsa(params: Params, seed: int) -> Rivals:
    """Foretell both series from the same windows, without a memory."""
    series = (("rmse_stocks", "index", params.text("prepare")), ("rmse_contrast", "contrast", "root"))
    for metric, name, how in series:
        data = rnn_bolsa.prepare(rnn_bolsa.load(params.text(name)), how)
        for tool in (LinearRegression(), MLPRegressor(max_iter=300, random_state=seed)):
            yield Rival(metric, type(tool).__name__, rnn_bolsa.rmse(_forecast(tool, data), data))


def _forecast(tool: Any, data: rnn_bolsa.Data) -> rnn_bolsa.Floats:
    """Foretell the test from what came before it."""
    x, y, cut = flat(data.x), data.y[:, 0].double().numpy(), data.first_test
    return rnn_bolsa.restored(fitted(tool, x[:cut], y[:cut]).predict(x[cut:]), data)


RIVALS: dict[str, Callable[[Params, int], Rivals]] = {
    "automl": of_automl,
    "autossupervisionado": of_autossupervisionado,
    "cnn-caes-gatos": of_cnn_caes_gatos,
    "cnn-digitos": of_cnn_digitos,
    "dbn": of_dbn,
    "mlp-avc": of_mlp_avc,
    "overfitting": of_overfitting,
    "perceptron": of_perceptron,
    "playground": of_playground,
    "raso-profundo": of_raso_profundo,
    "rnn-bolsa": of_rnn_bolsa,
    "transferencia": of_transferencia,
}  # the others have no standard tool of their kind
