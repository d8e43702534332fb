"""Your own network: choose the data, the layers and the rate, and watch where it draws the border.

A layer multiplies its inputs by weights, adds a bias and bends the result (the activation). Without a bend, any
number of layers is one straight line; with it, each neuron folds the plane once, and the output cuts the folded plane
straight.
"""

# [code]
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

# [end]
from models.demos._linear import accuracy, logistic
from models.demos._playground import Plane, final, frame, live
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoError,
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
from models.kit import draw, uploads
from models.kit.said import share

TRAIN, TEST = 300, 600  # points
LIVE = 6  # pictures while it trains
FRAMES = 20  # of the film
CLEAR = 0.05  # of accuracy: what counts as winning clearly
MORE_SEEDS = 2
NEW = 10_000  # added to the seed for the test
ENOUGH = Both(" A reta já bastava.", " A line was enough.")
NEITHER = Both(" Nenhuma das duas resolveu.", " Neither solved it.")

SPEC = DemoSpec(
    name="playground",
    title=Both("Crie sua rede", "Build your own network"),
    summary=Both("Escolha dados, camadas e taxa, e veja a fronteira nascer", "Pick data, layers and rate; watch the "
        "border grow"),
    lesson=Both(
        "Você monta a rede e ela aprende a separar duas cores de pontos. Cada neurônio dobra o plano uma vez; mais "
        "neurônios e mais "
        "camadas permitem fronteiras mais curvas. O que conta é acertar pontos que ela nunca viu, e vencer uma "
        "simples reta.",
        "You build the network and it learns to tell two colours of points apart. Each neuron folds the plane once; "
        "more neurons and "
        "layers allow curvier borders. What counts is being right on points it never saw, and beating a simple "
        "straight line.",
    ),
    concept="criar-uma-rede",
    seconds=6,
    params=(
        Param("data", "choice", "moons", Both("dados", "data"), words=("conjunto", "dataset"), choices=(
            Option("moons", Both("luas", "moons"), ("lua", "moon", "meia-lua")),
            Option("circles", Both("círculos", "circles"), ("circulos", "círculo", "circle", "anel", "ring")),
            Option("spiral", Both("espiral", "spiral"), ("espirais", "spirals")),
            Option("xor", Both("xor", "xor"), ("ou exclusivo", "xadrez")),
            Option("csv", Both("meu CSV", "my CSV"), ("csv", "arquivo", "file")),
        )),
        Param("layers", "int", 2, Both("camadas ocultas", "hidden layers"), 0, 4, words=("camadas", "layers")),
        Param("units", "int", 8, Both("neurônios por camada", "neurons per layer"), 1, 32,
              words=("neurônios", "neuronios", "unidades", "neurons", "units")),
        Param("activation", "choice", "relu", Both("ativação", "activation"), words=("ativacao", "função de "
            "ativação"), choices=(
            Option("relu", Both("ReLU", "ReLU")),
            Option("tanh", Both("tanh", "tanh")),
            Option("sigmoid", Both("sigmoide", "sigmoid"), ("sigmoide", "sigmóide")),
        )),
        Param("lr", "float", 0.01, Both("taxa de aprendizado", "learning rate"), 0.00001, 10.0,
              words=("taxa", "rate", "lr")),
        Param("decay", "float", 0.0, Both("regularização (weight decay)", "regularization (weight decay)"), 0.0, 10.0,
              words=("regularização", "regularizacao", "regularization", "decay", "l2")),
        Param("noise", "float", 0.2, Both("ruído", "noise"), 0.0, 1.0, words=("ruido", "noise")),
        Param("epochs", "int", 150, Both("épocas", "epochs"), 10, 300, words=("epocas", "epochs")),
    ),
    expect=Expectation(
        Both("Sua rede contra uma reta (regressão logística), em pontos novos: quem acerta mais?",
             "Your network against a straight line (logistic regression), on new points: which gets more right?"),
        (
            Option("net", Both("a rede, de longe", "the network, by far")),
            Option("tie", Both("quase empate", "nearly a tie")),
            Option("line", Both("a reta", "the line")),
        ),
    ),
    quick={"epochs": 10},
    presets=(
        Preset("spiral", Both("espiral, 3 camadas de 16", "spiral, 3 layers of 16"),
               {"data": "spiral", "layers": 3, "units": 16},
               Both("O problema mais enrolado, literalmente: três camadas dão conta onde a reta fica perto do acaso.",
                    "The most twisted problem, literally: three layers manage where the line stays near chance.")),
        Preset("circles", Both("círculos", "circles"), {"data": "circles"},
               Both("Nenhuma reta separa um anel do seu miolo; oito neurônios cercam o miolo por todos os lados.",
                    "No straight line separates a ring from its middle; eight neurons fence the middle in on every "
                    "side.")),
        Preset("noline", Both("quebre isso: sem camadas", "break it: no layers"), {"data": "circles", "layers": 0},
               Both("Sem camada oculta a rede é só uma reta, e nenhuma reta separa um anel do miolo: fica no cara ou "
                    "coroa.",
                    "Without a hidden layer the network is just a line, and no line separates a ring from its "
                    "middle: a coin toss."),
               broken=True),
        Preset("fast", Both("quebre isso: taxa 10", "break it: rate 10"), {"lr": 10.0, "layers": 3, "units": 16},
               Both("Cada passo salta por cima do vale: os pesos explodem, os neurônios ReLU morrem e a perda não "
                    "desce.",
                    "Each step leaps over the valley: the weights blow up, the ReLU neurons die and the loss won't "
                    "come down."),
               broken=True),
        Preset("vanish", Both("quebre isso: 4 sigmoides", "break it: 4 sigmoids"),
               {"data": "spiral", "layers": 4, "units": 8, "activation": "sigmoid"},
               Both("A derivada da sigmoide é no máximo 0,25: quatro camadas encolhem o gradiente até as primeiras "
                    "quase não aprenderem.",
                    "The sigmoid's derivative is 0.25 at most: four layers shrink the gradient until the first ones "
                    "hardly learn."),
               broken=True),
        Preset("memorize", Both("quebre isso: ruído demais", "break it: too much noise"),
               {"data": "moons", "noise": 0.4, "layers": 4, "units": 32, "epochs": 300},
               Both("Pontos misturados e rede grande: ela desenha ilhas em volta de cada ponto do treino e erra mais "
                    "nos novos.",
                    "Mixed points and a large network: it draws islands around single training points and errs more "
                    "on new ones."),
               broken=True),
    ),
    knobs=(
        Knob("deeper", Both("mais uma camada", "one more layer"), "layers", plus=1),
        Knob("wider", Both("o dobro de neurônios", "twice the neurons"), "units", times=2),
        Knob("rate10", Both("taxa ×10", "rate ×10"), "lr", times=10),
        Knob("noisy", Both("mais ruído", "more noise"), "noise", plus=0.1),
    ),
    aliases=("crie sua rede", "criar uma rede", "minha rede", "build a network", "my network", "tensorflow playground"),
    asks=("criar minha própria rede", "vamos criar uma rede agora", "vamos criar uma rede",
          "separar pontos", "ver a fronteira de decisão", "build my own network",
          "separate points",
          "see the decision boundary"),
    related=("mlp", "camadas", "camada-oculta", "hiperparametros", "funcao-de-ativacao", "classificacao"),
    slides=("vamos-criar", "redes-neurais-combinadas", "redes-neurais-blocos"),
    reference="Smilkov & Carter, 2016, TensorFlow Playground",
    data=Both("Pontos sorteados na hora, ou o seu CSV de duas colunas e uma classe", "Points drawn on the spot, or "
        "your CSV of two columns and a class"),
    files=("csv",),
    call=(
        "points, labels = samples({data}, 300, {noise}, seed={seed})\n"
        "model = network({layers}, {units}, {activation}, seed={seed})\n"
        "for epoch, loss in train(model, points, labels, {epochs}, {lr}, {decay}, seed={seed}):\n"
        '    print(f"{{epoch:3}} {{loss:.4f}}")'
    ),
)  # fmt: skip


# [code]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BENDS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


def samples(data: str, count: int, noise: float, seed: int) -> tuple[Tensor, Tensor]:
    """Draw points [N, 2], each coordinate of mean 0 and spread 1, and their classes [N]; "csv" reads dados.csv."""
    if data == "csv":
        xy, classes, _, _ = uploads.table(Path("dados.csv").read_bytes())
    else:
        rng = np.random.default_rng(seed)
        classes = np.arange(count) % 2
        xy = SHAPES[data](classes, rng) + noise * rng.normal(size=(count, 2))
    xy = (xy - xy.mean(0)) / (xy.std(0) + 1e-9)
    return torch.tensor(xy, dtype=torch.float32), torch.tensor(classes)


def moons(c: Ints, rng: np.random.Generator) -> Floats:
    """Two half-moons, one hooked into the other."""
    turn = rng.uniform(0, np.pi, len(c))
    return np.stack([np.cos(turn) * (1 - 2 * c) + c, np.sin(turn) * (1 - 2 * c) + c / 2], 1)


def circles(c: Ints, rng: np.random.Generator) -> Floats:
    """A ring around a smaller one."""
    turn = rng.uniform(0, 2 * np.pi, len(c))
    return np.stack([(2 - c) * np.cos(turn), (2 - c) * np.sin(turn)], 1)


def spiral(c: Ints, rng: np.random.Generator) -> Floats:
    """Two arms, each turning 1.75 times."""
    out = np.sqrt(rng.uniform(0.01, 1, len(c)))
    turn = 2 * np.pi * 1.75 * out + np.pi * c
    return np.stack([6 * out * np.cos(turn), 6 * out * np.sin(turn)], 1)


def xor(c: Ints, rng: np.random.Generator) -> Floats:
    """Four squares, the classes crosswise."""
    x = rng.uniform(0.2, 2, (len(c), 2)) * rng.choice([-1, 1], (len(c), 1))
    return np.stack([x[:, 0], x[:, 1] * (1 - 2 * c)], 1)


SHAPES = {"moons": moons, "circles": circles, "spiral": spiral, "xor": xor}


def network(layers: int, units: int, activation: str, seed: int) -> nn.Sequential:
    """Stack layers of neurons; the output is one score for each of two classes."""
    torch.manual_seed(seed)
    sizes = [2] + [units] * layers
    hidden = [part for a, b in pairwise(sizes) for part in (nn.Linear(a, b), BENDS[activation]())]
    return nn.Sequential(*hidden, nn.Linear(sizes[-1], 2))


def train(
    model: nn.Module, points: Tensor, labels: Tensor, epochs: int, lr: float, decay: float, seed: int
) -> Iterator[tuple[int, float]]:
    """Train by mini-batches of 32; yield (epoch, mean loss)."""
    shuffle = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr, weight_decay=decay)
    measure = nn.CrossEntropyLoss()
    for epoch in range(1, epochs + 1):
        total = 0.0
        for batch in torch.randperm(len(points), generator=shuffle).split(32):
            loss = measure(model(points[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        yield epoch, total / len(points)


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Train the learner's network, live, and set it beside a straight line."""
    yield Step(0.0, Both("sorteando os pontos", "drawing the points"))
    plane = _plane(params, seed)
    model = _network(params, seed)
    shots, losses = _spaced(params.int("epochs"), FRAMES), []
    seen = shots[1 :: FRAMES // LIVE]
    lines: list[tuple[int, float, float]] = []
    frames = []
    for epoch, loss in _train(model, plane, params, seed):
        losses.append(loss)
        yield Step(0.9 * epoch / params.int("epochs") / (1 + MORE_SEEDS / 2), _stage(epoch, params), {"loss": loss})
        if epoch in shots:
            field = plane.field(model)
            lines.append((epoch, accuracy(model, plane.x, plane.y), accuracy(model, plane.x_test, plane.y_test)))
            frames.append(frame(plane, params.lang, field, epoch, lines[-1][2]))
            if epoch in seen:
                yield live(plane, params.lang, field, losses, epoch, lines[-1][2])
    others = []
    for i in range(MORE_SEEDS):
        yield Step(0.6 + 0.15 * (i + 1), Both("repetindo de outro começo", "again from another start"))
        others.append(_again(plane, params, seed + 1 + i))
    yield draw.gif(frames, _film_alt(), "boundary", height=900)
    scores = [lines[-1][2], *others]
    line = accuracy(logistic(plane.x, plane.y), plane.x_test, plane.y_test)
    yield final(plane, params.lang, plane.field(model), lines, scores, line)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(plane, params, lines, scores, line, finite=len(losses) == params.int("epochs"))


def _stage(epoch: int, params: Params) -> Both:
    return Both(f"época {epoch} de {params.int('epochs')}", f"epoch {epoch} of {params.int('epochs')}")


def _spaced(epochs: int, count: int) -> list[int]:
    """Choose epochs, closer together at the start, where most happens; the last is among them."""
    return sorted({max(1, round(epochs * (i / count) ** 1.7)) for i in range(1, count + 1)})


def _network(params: Params, seed: int) -> nn.Sequential:
    return network(params.int("layers"), params.int("units"), params.text("activation"), seed)


def _train(model: nn.Module, plane: Plane, params: Params, seed: int) -> Iterator[tuple[int, float]]:
    """Train until the end, or until the loss is no number any more."""
    how = params.int("epochs"), params.float("lr"), params.float("decay")
    for epoch, loss in train(model, plane.x, plane.y, *how, seed):
        if not np.isfinite(loss):
            return
        yield epoch, loss


def _again(plane: Plane, params: Params, seed: int) -> float:
    """Train from another start on the same points; give the test accuracy."""
    model = _network(params, seed)
    for _ in _train(model, plane, params, seed):
        pass
    return accuracy(model, plane.x_test, plane.y_test)


def _plane(params: Params, seed: int) -> Plane:
    """Get the points to train and to test with: fresh ones, or a part of the learner's table."""
    sent = params.files.get("csv")
    if sent is not None:
        return _table(sent, seed)
    if params.text("data") == "csv":
        raise DemoError(Both(
            "Mande o CSV junto com o pedido: duas colunas de números e uma terceira com a classe (duas classes).",
            "Send the CSV along with the request: two columns of numbers and a third with the class (two classes).",
        ))  # fmt: skip
    name = params.text("data")
    x, y = samples(name, TRAIN, params.float("noise"), seed)
    x_test, y_test = samples(name, TEST, params.float("noise"), seed + NEW)
    return Plane(x, y, x_test, y_test, ("x₁", "x₂"), (Both("classe A", "class A"), Both("classe B", "class B")))


def _table(sent: bytes, seed: int) -> Plane:
    """Keep 30 % of the learner's rows for the test."""
    xy, classes, columns, names = uploads.table(sent)
    spread = xy.std(0)
    if not (spread > 0).all():
        raise DemoError(Both(
            "Uma das colunas tem sempre o mesmo número: com ela não dá para separar nada.",
            "One of the columns always has the same number: nothing can be told apart with it.",
        ))  # fmt: skip
    order = torch.randperm(len(xy), generator=torch.Generator().manual_seed(seed))
    x, y = torch.tensor((xy - xy.mean(0)) / spread, dtype=torch.float32)[order], torch.tensor(classes)[order]
    cut = max(round(0.7 * len(x)), 1)
    first, second = (Both(name, name) for name in names)
    return Plane(x[:cut], y[:cut], x[cut:], y[cut:], (columns[0], columns[1]), (first, second))


def _film_alt() -> Both:
    return Both(
        "Filme: a fronteira entre as duas cores começa quase reta e se curva, época a época, até acompanhar os pontos.",
        "Film: the border between the two colours starts nearly straight and bends, epoch by epoch, until it follows "
        "the points.",
    )


def _result(
    plane: Plane, params: Params, lines: list[tuple[int, float, float]], scores: list[float], line: float, finite: bool
) -> Result:
    """Say what came of it."""
    mean, spread = float(np.mean(scores)), float(np.std(scores))
    trained = lines[-1][1] if lines else 0.0
    size = sum(p.numel() for p in _network(params, 0).parameters())
    won = "net" if mean > line + CLEAR else "line" if mean < line - CLEAR / 2 else "tie"
    enough = ENOUGH if line > 0.8 else NEITHER
    net, straight, train_, sd = share(mean), share(line), share(trained), share(spread)
    return Result(
        what=Both(
            f"Sua rede ({size} parâmetros) acertou {net.pt} dos pontos novos (±{sd.pt} em 3 sementes); a reta, "
            f"{straight.pt}. "
            f"No treino ela acertou {train_.pt}." + ("" if finite else " A perda deixou de ser um número e o treino "
                "parou."),
            f"Your network ({size} parameters) got {net.en} of the new points right (±{sd.en} over 3 seeds); the "
            f"line, {straight.en}. "
            f"On the training points: {train_.en}." + ("" if finite else " The loss stopped being a number, so "
                "training stopped."),
        ),
        why=_why(params, mean, trained, line),
        next=_next(mean, trained, params),
        metrics=(
            Metric("accuracy", Both("acerto em pontos novos", "accuracy on new points"), mean, (
                Baseline(Both("reta (regressão logística)", "line (logistic regression)"), line),
                Baseline(Both("sempre a classe mais comum", "always the commonest class"), plane.majority),
            ), percent=True, digits=1, spread=spread),
            Metric("train_accuracy", Both("acerto no treino", "accuracy in training"), trained, percent=True, digits=1),
        ),
        answer=Answer(won, {
            "net": Both(f"A rede venceu de longe: {net.pt} contra {straight.pt}.", f"The network won by far: "
                f"{net.en} against {straight.en}."),
            "tie": Both(f"Quase empate: {net.pt} contra {straight.pt}." + enough.pt,
                        f"Nearly a tie: {net.en} against {straight.en}." + enough.en),
            "line": Both(f"A reta venceu: {straight.pt} contra {net.pt}.", f"The line won: {straight.en} against "
                f"{net.en}."),
        }[won]),
    )  # fmt: skip


def _why(params: Params, mean: float, trained: float, line: float) -> Both:
    layers, units = params.int("layers"), params.int("units")
    if layers == 0:
        return Both(
            "Sem camada oculta, a rede calcula uma soma ponderada e corta em um valor: a fronteira é sempre uma reta.",
            "Without a hidden layer the network takes a weighted sum and cuts at one value: its border is always a "
            "straight line.",
        )
    if trained - mean > CLEAR:
        return Both(
            f"Ela vai bem melhor no treino ({share(trained).pt}) que nos pontos novos: decorou o ruído. Isso é "
            f"overfitting.",
            f"It does much better in training ({share(trained).en}) than on new points: it memorized the noise. That "
            f"is overfitting.",
        )
    if mean < line + CLEAR and trained < 0.9:
        return _stuck(params)
    return Both(
        f"Cada um dos {units} neurônios da primeira camada dobra o plano em uma reta; as camadas seguintes juntam as "
        f"dobras em uma curva. "
        "Descer o gradiente gira e empurra essas dobras até o erro cair.",
        f"Each of the {units} neurons of the first layer folds the plane along a line; the later layers join the "
        f"folds into a curve. "
        "Gradient descent turns and pushes the folds until the error falls.",
    )


def _stuck(params: Params) -> Both:
    if params.float("lr") >= 0.3:
        return Both(
            "Com uma taxa tão alta, cada passo salta por cima do vale da perda: os pesos crescem, neurônios saturam "
            "ou morrem, e nada se firma.",
            "With such a high rate each step leaps over the valley of the loss: weights grow, neurons saturate or "
            "die, and nothing settles.",
        )
    if params.text("activation") == "sigmoid" and params.int("layers") > 2:
        return Both(
            "A sigmoide multiplica o gradiente por no máximo 0,25 em cada camada; nas primeiras quase nada chega. É "
            "o gradiente que desaparece.",
            "The sigmoid multiplies the gradient by at most 0.25 in each layer; almost nothing reaches the first "
            "ones: it vanishes.",
        )
    return Both(
        "Ou faltam dobras (neurônios) para uma fronteira tão curva, ou o treino foi curto ou lento demais para "
        "achá-las, ou os pontos se misturam.",
        "Either there are too few folds (neurons) for so curved a border, or training was too short or slow to find "
        "them, or the points overlap.",
    )


def _next(mean: float, trained: float, params: Params) -> Both:
    if trained - mean > CLEAR:
        return Both(
            "Tente menos neurônios, ou regularização 1, e veja as ilhas sumirem.",
            "Try fewer neurons, or regularization 1, and watch the islands go.",
        )
    if mean > 0.95:
        return Both(
            "Tire neurônios até ela falhar: qual é a menor rede que ainda resolve? Depois tente a espiral, ou mande "
            "o seu CSV.",
            "Take neurons away until it fails: which is the smallest network that still works? Then try the spiral, "
            "or send your CSV.",
        )
    return Both(
        f"Mude uma coisa por vez: mais uma camada, o dobro de neurônios ou outra ativação (agora: "
        f"{params.text('activation')}).",
        f"Change one thing at a time: one more layer, twice the neurons or another activation (now: "
        f"{params.text('activation')}).",
    )
