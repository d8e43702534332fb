"""Deep learning's restart, 2006: train layer by layer without labels, then tune the whole.

Each layer is a restricted Boltzmann machine, taught by contrastive divergence: raise the probability of the data,
lower that of what the machine dreams after one step. Stacked, they start a deep network where plain gradient descent
of that time got stuck.
"""

# [code]
from collections.abc import Iterator
from itertools import pairwise

import torch
from torch import Tensor, nn

from models.demos import _digits

# [end]
from models.demos._dbn import KINDS, Sight, drawn_so_far, film, final, finite, live
from models.demos._linear import accuracy, logistic
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoSpec,
    Event,
    Expectation,
    Knob,
    Metric,
    Option,
    Param,
    Params,
    Preset,
    Result,
    Step,
)
from models.kit.said import figure, share

TRAIN = 8000  # unlabelled digits; the other 2,000 are the test
SIZES = (256, 128)  # of the stacked layers
DRAWS = 3  # of labelled digits
EXAMPLES = 8  # digits in the pictures
CLEAR = 0.01

SPEC = DemoSpec(
    name="dbn",
    title=Both("2006: pré-treino camada por camada", "2006: pretraining layer by layer"),
    summary=Both("RBMs empilhadas; poucas etiquetas; autoencoder contra PCA", "Stacked RBMs; few labels; autoencoder "
        "against PCA"),
    lesson=Both(
        "Em 2006, Hinton e colegas treinaram redes profundas uma camada por vez, sem etiquetas, e só depois afinaram "
        "o conjunto. O termo "
        "deep learning pegou aí. Veja o que o pré-treino ganha com poucas etiquetas, e por que hoje a ReLU dispensa "
        "parte dele.",
        "In 2006 Hinton and colleagues trained deep networks one layer at a time, without labels, and only then "
        "tuned the whole. That is "
        "when the term deep learning caught on. See what pretraining gains with few labels, and why ReLU makes part "
        "of it needless today.",
    ),
    concept="deep-belief-network",
    seconds=20,
    params=(
        Param("labels", "int", 10, Both("etiquetas por dígito", "labels per digit"), 1, 100, words=("etiquetas",
            "labels", "rótulos", "rotulos")),
        Param("code", "int", 8, Both("números do código", "numbers of the code"), 1, 64, words=("código", "codigo",
            "code")),
        Param("pretrain", "int", 5, Both("épocas de pré-treino", "pretraining epochs"), 0, 12, words=("pré-treino",
            "pre-treino", "pretraining")),
        Param("rate", "float", 0.1, Both("taxa da RBM", "rate of the RBM"), 0.0001, 10.0, words=("taxa", "rate", "lr")),
        Param("tune", "int", 8, Both("épocas de ajuste", "tuning epochs"), 1, 20, words=("ajuste", "tuning", "épocas",
            "epochs")),
        Param("digits", "int", 8000, Both("dígitos sem etiqueta", "digits without labels"), 200, TRAIN,
            words=("dígitos", "digitos", "digits")),
    ),
    expect=Expectation(
        Both("Com poucas etiquetas, quem acerta mais dígitos novos?", "With few labels, which gets more new digits "
            "right?"),
        (
            Option("pretrained", Both("a rede pré-treinada", "the pretrained network")),
            Option("scratch", Both("a mesma rede do zero", "the same network from scratch")),
            Option("relu", Both("uma rede ReLU do zero", "a ReLU network from scratch")),
            Option("linear", Both("a regressão logística", "logistic regression")),
        ),
    ),
    quick={"digits": 200, "pretrain": 1, "tune": 1, "labels": 2},
    presets=(
        Preset("two", Both("código de 2 números", "a code of 2 numbers"), {"code": 2},
               Both("Cada dígito espremido em só dois números: o autoencoder ainda vence o PCA, mas tudo fica borrado.",
                    "Each digit squeezed into just two numbers: the autoencoder still beats PCA, but all is blurred.")),
        Preset("many", Both("100 etiquetas por dígito", "100 labels per digit"), {"labels": 100},
               Both("Com mais etiquetas a vantagem do pré-treino encolhe: ele vale quando etiqueta é cara.",
                    "With more labels the advantage of pretraining shrinks: it is worth most when labels are dear.")),
        Preset("none", Both("quebre isso: sem pré-treino", "break it: no pretraining"), {"pretrain": 0},
               Both("Sem pré-treino a rede de sigmoides parte do acaso e empaca. Era o problema antes de 2006.",
                    "Without pretraining the sigmoid network starts from nothing and gets stuck: that was the "
                    "problem before 2006."), broken=True),
        Preset("hot", Both("quebre isso: taxa 5 na RBM", "break it: RBM rate 5"), {"rate": 5.0},
               Both("Passos grandes demais saturam as unidades ocultas: os filtros viram ruído, e o pré-treino "
                    "atrapalha em vez de ajudar.",
                    "Steps too large saturate the hidden units: the filters turn into noise, and pretraining hurts "
                    "instead of helping."), broken=True),
    ),
    knobs=(
        Knob("fewer", Both("metade das etiquetas", "half the labels"), "labels", times=0.5),
        Knob("more", Both("5× mais etiquetas", "5× the labels"), "labels", times=5),
        Knob("tight", Both("código 4× menor", "code 4× smaller"), "code", times=0.25),
        Knob("no_pre", Both("sem pré-treino", "no pretraining"), "pretrain", to=0),
    ),
    aliases=("deep belief network", "rbm", "máquina de boltzmann", "maquina de boltzmann", "boltzmann machine",
        "pré-treino em camadas"),
    asks=("pré-treinar camada por camada", "comprimir dígitos", "autoencoder", "pretrain layer by layer",
        "compress digits"),
    related=("maquina-de-boltzmann", "autoencoder", "geoffrey-hinton", "simon-osindero", "yee-whye-teh",
        "ruslan-salakhutdinov"),
    slides=("2006-deep-learning",),
    reference="Hinton, Osindero & Teh, 2006; Hinton & Salakhutdinov, 2006; Hinton, 2002",
    data=Both("Dígitos MNIST reduzidos a 14×14", "MNIST digits reduced to 14×14"),
    call=(
        "pictures, labels = _digits.fourteen()\n"
        "layers = []\n"
        "visible = pictures[:{digits}]\n"
        "for hidden in (256, 128):\n"
        "    for epoch, error, layer in boltzmann(visible, hidden, {pretrain}, {rate}, seed={seed}):\n"
        '        print(f"{{hidden}} units, epoch {{epoch}}: reconstruction error {{error:.4f}}")\n'
        "    visible = upwards(layer, visible)\n"
        "    layers.append(layer)"
    ),
)  # fmt: skip


# [code]
Layer = tuple[Tensor, Tensor, Tensor]  # weights [V, H], visible bias [V], hidden bias [H]


def free_energy(layer: Layer, visible: Tensor) -> Tensor:
    """Give −log of the unnormalized probability of visible states [N, V]: [N]."""
    weights, bias, hidden_bias = layer
    return -visible @ bias - nn.functional.softplus(visible @ weights + hidden_bias).sum(1)


def upwards(layer: Layer, visible: Tensor) -> Tensor:
    """Give the probability that each hidden unit is on: [N, H]."""
    return (visible @ layer[0] + layer[2]).sigmoid()


def divergence(layer: Layer, visible: Tensor, dice: torch.Generator) -> tuple[Layer, Tensor]:
    """Compute the step of contrastive divergence (CD-1) on a batch [N, V], and what the machine dreams of it [N, V]."""
    weights, bias, _ = layer
    on = upwards(layer, visible)
    dream = (torch.bernoulli(on, generator=dice) @ weights.T + bias).sigmoid()
    dreamed = upwards(layer, dream)
    count = len(visible)
    step = (visible.T @ on - dream.T @ dreamed) / count, (visible - dream).mean(0), (on - dreamed).mean(0)
    return step, dream


def boltzmann(visible: Tensor, hidden: int, epochs: int, rate: float, seed: int) -> Iterator[tuple[int, float, Layer]]:
    """Train a restricted Boltzmann machine; yield (epoch, reconstruction error, layer), first the untrained one."""
    dice = torch.Generator().manual_seed(seed)
    mean = visible.mean(0).clamp(0.01, 0.99)
    layer = (0.05 * torch.randn(visible.shape[1], hidden, generator=dice), mean.logit(), torch.zeros(hidden))
    pace = tuple(torch.zeros_like(part) for part in layer)
    yield 0, (visible - mean).square().mean().item(), layer
    for epoch in range(1, epochs + 1):
        error, momentum = 0.0, 0.5 if epoch < 3 else 0.9
        for batch in torch.randperm(len(visible), generator=dice).split(50):
            step, dream = divergence(layer, visible[batch], dice)
            for part, speed, change in zip(layer, pace, step, strict=True):
                speed.mul_(momentum).add_(change, alpha=rate)
                part.add_(speed)
            error += (visible[batch] - dream).square().mean().item() * len(batch)
        yield epoch, error / len(visible), layer


def classifier(sizes: list[int], layers: list[Layer], bend: type[nn.Module], seed: int) -> nn.Sequential:
    """Build a network for ten classes; the layers, if any, are its first weights."""
    torch.manual_seed(seed)
    hidden = [part for a, b in pairwise(sizes) for part in (nn.Linear(a, b), bend())]
    for linear, (weights, _, hidden_bias) in zip(hidden[::2], layers, strict=False):
        _copy(linear, weights.T, hidden_bias)
    return nn.Sequential(*hidden, nn.Linear(sizes[-1], 10))


def autoencoder(sizes: list[int], layers: list[Layer], bend: type[nn.Module], seed: int) -> nn.Sequential:
    """Build an encoder to a linear code and a decoder back; the layers, if any, start both, the decoder upside down."""
    torch.manual_seed(seed)
    down: list[nn.Module] = []
    up: list[nn.Module] = []
    for i, (a, b) in enumerate(pairwise(sizes)):
        encode, decode = nn.Linear(a, b), nn.Linear(b, a)
        if layers:
            weights, bias, hidden_bias = layers[i]
            _copy(encode, weights.T, hidden_bias)
            _copy(decode, weights, bias)
        down += [encode, bend() if i < len(sizes) - 2 else nn.Identity()]
        up = [decode, nn.Sigmoid() if i == 0 else bend(), *up]
    return nn.Sequential(*down, *up)


def _copy(linear: nn.Module, weights: Tensor, bias: Tensor) -> None:
    linear.load_state_dict({"weight": weights.clone(), "bias": bias.clone()})


def tune(model: nn.Module, x: Tensor, y: Tensor, epochs: int, rate: float, batch: int, seed: int) -> Iterator[float]:
    """Train the whole network, on classes if y holds whole numbers, else on pictures; yield an epoch's last loss."""
    dice = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), rate)
    measure = nn.functional.mse_loss if y.is_floating_point() else nn.functional.cross_entropy
    for _ in range(epochs):
        for chosen in torch.randperm(len(x), generator=dice).split(batch):
            loss = measure(model(x[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        yield loss.item()


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Pretrain a stack, use it for few labels, then for a deep autoencoder."""
    lang = params.lang
    yield Step(0.0, Both("separando os dígitos", "setting the digits apart"))
    x, y, x_test, y_test = digits(params.int("digits"), seed)
    layers: list[Layer] = []
    filters: list[tuple[int, Tensor]] = []
    visible = x
    for i, hidden in enumerate((*SIZES, params.int("code"))):
        rate = params.float("rate") * (0.5 if i == len(SIZES) else 1.0)
        for epoch, error, layer in boltzmann(visible, hidden, params.int("pretrain"), rate, seed + i):
            words = Both(f"camada {i + 1}, época {epoch}", f"layer {i + 1}, epoch {epoch}")
            yield Step(0.1 * i + 0.1 * epoch / max(params.int("pretrain"), 1), words, {"loss": finite(error)})
            if i == 0:
                filters.append((epoch, layer[0].T[:32].clone().nan_to_num()))
                yield live(filters[-1], lang)
        layers.append(tuple(part.nan_to_num().clamp(-1e4, 1e4) for part in layer))  # type: ignore[arg-type]  # three parts stay three
        visible = upwards(layers[-1], visible)
    yield Step(0.35, Both("aprendendo com poucas etiquetas", "learning from few labels"))
    scores: list[dict[str, float]] = []
    for i in range(DRAWS):
        scores.append(_scores(params, layers, (x, y), (x_test, y_test), seed + i))
        yield Step(0.35 + 0.06 * (i + 1), Both(f"sorteio {i + 1} de {DRAWS}", f"draw {i + 1} of {DRAWS}"))
        yield drawn_so_far(scores, lang)
    yield Step(0.55, Both("afinando o autoencoder", "tuning the autoencoder"))
    made = {"PCA": _pca(x, x_test, params.int("code"))}
    for i, (name, start, bend) in enumerate(_kinds(layers)):
        model = autoencoder([196, *SIZES, params.int("code")], start, bend, seed)
        for k, loss in enumerate(tune(model, x, x, params.int("tune"), 0.005, 100, seed)):
            fraction = 0.55 + 0.13 * (i + (k + 1) / params.int("tune"))
            yield Step(
                fraction,
                Both(f"autoencoder {NAMES[name].pt}", f"autoencoder {NAMES[name].en}"),
                {"loss": finite(loss)},
            )
        with torch.no_grad():
            made[name] = model(x_test)
        yield live(filters[-1], lang, Sight(x_test[:EXAMPLES], {k: v[:EXAMPLES] for k, v in made.items()}, {}, {}))
    errors = {name: finite(float((found - x_test).square().mean())) for name, found in made.items()}
    means = {name: sum(s[name] for s in scores) / DRAWS for name in scores[0]}
    spreads = {name: float(torch.tensor([s[name] for s in scores]).std(correction=0)) for name in scores[0]}
    sight = Sight(x_test[:EXAMPLES], {k: v[:EXAMPLES] for k, v in made.items()}, errors, means)
    yield film(filters, lang)
    yield final(sight, filters[-1], params.int("labels"), params.int("code"), lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(params, means, spreads, errors)


NAMES = {
    "pretrained": Both("a rede pré-treinada", "the pretrained network"),
    "scratch": Both("a mesma do zero", "the same from scratch"),
    "relu": Both("a ReLU do zero", "the ReLU from scratch"),
}


def _kinds(layers: list[Layer]) -> list[tuple[str, list[Layer], type[nn.Module]]]:
    return [("pretrained", layers, nn.Sigmoid), ("scratch", [], nn.Sigmoid), ("relu", [], nn.ReLU)]


def digits(count: int, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give so many pictures [N, 196] and labels to learn from, and those of the test."""
    pictures, labels = _digits.fourteen()
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    train, test = order[:count], order[TRAIN:]
    return pictures[train], labels[train], pictures[test], labels[test]


def labelled(y: Tensor, count: int, seed: int) -> Tensor:
    """Draw the places of so many of each digit."""
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
    return torch.cat([order[y[order] == digit][:count] for digit in range(10)])


def _scores(
    params: Params, layers: list[Layer], data: tuple[Tensor, Tensor], new: tuple[Tensor, Tensor], seed: int
) -> dict[str, float]:
    """Draw a few labelled digits, train on these alone, and give the accuracy on new digits by kind of network."""
    few = labelled(data[1], params.int("labels"), seed)
    x, y = data[0][few], data[1][few]
    found = {"linear": accuracy(logistic(x, y, 10), *new)}
    for name, start, bend in _kinds(layers[: len(SIZES)]):
        model = classifier([196, *SIZES], start, bend, seed)
        steps = min(30 * params.int("tune"), 40 * params.int("tune") * 100 // len(y))
        for _ in tune(model, x, y, max(steps // 2, 1), 0.002, 25 if len(y) < 300 else 100, seed):
            pass
        found[name] = accuracy(model, *new)
    return found


def _pca(x: Tensor, x_test: Tensor, code: int) -> Tensor:
    """Reconstruct the test pictures from their principal components."""
    mean = x.mean(0)
    _, vectors = torch.linalg.eigh((x - mean).T @ (x - mean))
    basis = vectors[:, -code:]
    rebuilt: Tensor = (x_test - mean) @ basis @ basis.T + mean
    return rebuilt


def _result(params: Params, means: dict[str, float], spreads: dict[str, float], errors: dict[str, float]) -> Result:
    """Say what came of it."""
    said = {name: share(value) for name, value in means.items()}
    lost = {name: figure(value, 4) for name, value in errors.items()}
    labels, code = params.int("labels"), params.int("code")
    best = max(means, key=lambda name: means[name])
    names = {**NAMES, "linear": Both("a regressão logística", "logistic regression")}
    return Result(
        what=Both(
            f"Com {labels} etiquetas por dígito: pré-treinada {said['pretrained'].pt}, do zero {said['scratch'].pt}, "
            f"ReLU do zero {said['relu'].pt}, "
            f"regressão logística {said['linear'].pt} (3 sorteios). Comprimindo em {code} números, o erro foi: "
            f"pré-treinado {lost['pretrained'].pt}, "
            f"do zero {lost['scratch'].pt}, ReLU {lost['relu'].pt}, PCA {lost['PCA'].pt}.",
            f"With {labels} labels per digit: pretrained {said['pretrained'].en}, from scratch {said['scratch'].en}, "
            f"ReLU from scratch {said['relu'].en}, "
            f"logistic regression {said['linear'].en} (3 draws). Squeezed into {code} numbers, the error was: "
            f"pretrained {lost['pretrained'].en}, "
            f"from scratch {lost['scratch'].en}, ReLU {lost['relu'].en}, PCA {lost['PCA'].en}.",
        ),
        why=_why(means, errors),
        next=Both(
            "Suba para 100 etiquetas por dígito: quanto sobra da vantagem? E com pré-treino 0? Depois esprema o "
            "código até 2 números.",
            "Go up to 100 labels per digit: how much of the advantage is left? And with pretraining 0? Then squeeze "
            "the code to 2 numbers.",
        ),
        metrics=(
            Metric("accuracy", Both("pré-treinada, poucas etiquetas", "pretrained, few labels"), means["pretrained"],
                tuple(
                Baseline(KINDS[name], means[name], spreads[name]) for name in ("scratch", "relu", "linear")
            ), percent=True, digits=1, spread=spreads["pretrained"]),
            Metric("reconstruction", Both("erro ao reconstruir", "reconstruction error"), errors["pretrained"], (
                Baseline(Both("do zero", "from scratch"), errors["scratch"]),
                Baseline(Both("ReLU do zero", "ReLU from scratch"), errors["relu"]),
                Baseline(Both("PCA", "PCA"), errors["PCA"]),
            ), better="lower", digits=4),
        ),
        answer=Answer(best, Both(
            f"Venceu: {names[best].pt}, com {said[best].pt} dos dígitos novos.", f"The winner: {names[best].en}, "
                f"with {said[best].en} of the new digits.",
        )),
    )  # fmt: skip


def _why(means: dict[str, float], errors: dict[str, float]) -> Both:
    if means["pretrained"] < max(means["scratch"], means["relu"], means["linear"]) + CLEAR:
        return Both(
            "Desta vez o pré-treino não ganhou: ou foi curto ou quente demais, ou as etiquetas já bastavam. Os "
            "filtros da figura mostram se ele achou "
            "traços ou só ruído.",
            "This time pretraining didn't win: it was too short or too hot, or the labels were enough. The filters "
            "in the picture show whether it "
            "found strokes or just noise.",
        )
    modern = errors["relu"] < errors["scratch"] * 0.9
    return Both(
        "O pré-treino olhou milhares de dígitos sem etiqueta e aprendeu traços; as poucas etiquetas só precisaram "
        "dar nome a eles. "
        + ("No autoencoder, porém, a ReLU do zero chega perto: o gradiente passa bem por ela. Por isso o pré-treino "
           "em camadas saiu de moda." if modern else ""),
        "Pretraining looked at thousands of digits without labels and learned strokes; the few labels only had to "
        "name them. "
        + ("In the autoencoder, though, ReLU from scratch comes close: gradients pass through it well. That is why "
           "layer-wise pretraining went out of "
           "fashion." if modern else ""),
    )  # fmt: skip
