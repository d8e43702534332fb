"""Rosenblatt's perceptron, 1957: the first neuron that finds its weights by itself, from its own mistakes.

Right answer: change nothing. Wrong: add the input to the weights, or take it away. Where a line can separate the
classes this always ends (Novikoff, 1962); XOR has no such line, so it swings for ever, until a hidden layer bends the
space.
"""

# [code]
from collections.abc import Iterator

import torch
from torch import Tensor, nn

# [end]
from models.demos._digits import eight
from models.demos._linear import accuracy, logistic
from models.demos._perceptron import Digits, Hidden, Path, film, final, live
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
from models.kit.said import share

DIVISIONS = 3  # of the digits into training and test
STARTS = 50  # random starts of one gate, to count how many end without mistakes
WIDTHS = (2, 3, 4, 8)  # hidden neurons that are set side by side
XOR_STEPS = 400  # of training for the networks with a hidden layer

SPEC = DemoSpec(
    name="perceptron",
    title=Both("Perceptron: aprender errando", "Perceptron: learning from mistakes"),
    summary=Both("A reta anda a cada erro; para em AND, nunca em XOR", "The line moves at each mistake; stops for "
        "AND, never for XOR"),
    lesson=Both(
        "O perceptron de 1957 acha os pesos sozinho: errou, soma ou subtrai a entrada dos pesos. Aprende AND e "
        "separa dois dígitos "
        "escritos à mão; no XOR a reta balança para sempre. Uma camada oculta resolve.",
        "The perceptron of 1957 finds its weights by itself: on a mistake it adds or subtracts the input from its "
        "weights. It learns AND "
        "and tells two handwritten digits apart; on XOR the line swings for ever. A hidden layer solves it.",
    ),
    concept="perceptron",
    seconds=6,
    params=(
        Param("gate", "choice", "and", Both("porta", "gate"), words=("porta", "gate"), choices=(
            Option("and", Both("AND (e)", "AND")),
            Option("or", Both("OR (ou)", "OR")),
            Option("nand", Both("NAND", "NAND")),
            Option("xor", Both("XOR (ou exclusivo)", "XOR"), ("xor", "ou exclusivo")),
        )),
        Param("digits", "choice", "3x8", Both("dígitos", "digits"), words=("digitos", "dígitos", "digits"), choices=(
            Option("3x8", Both("3 ou 8", "3 or 8"), ("3 e 8", "3 and 8")),
            Option("0x1", Both("0 ou 1", "0 or 1"), ("0 e 1", "0 and 1")),
            Option("4x9", Both("4 ou 9", "4 or 9"), ("4 e 9", "4 and 9")),
            Option("1x7", Both("1 ou 7", "1 or 7"), ("1 e 7", "1 and 7")),
        )),
        Param("hidden", "int", 4, Both("neurônios ocultos (para o XOR)", "hidden neurons (for XOR)"), 1, 16,
              words=("ocultos", "hidden", "neurônios", "neuronios", "neurons")),
        Param("rate", "float", 0.2, Both("taxa de aprendizado", "learning rate"), 0.001, 100.0, words=("taxa", "rate",
            "lr")),
        Param("epochs", "int", 30, Both("épocas no máximo", "epochs at most"), 2, 100, words=("épocas", "epocas",
            "epochs")),
    ),
    expect=Expectation(
        Both("O perceptron vai aprender o XOR?", "Will the perceptron learn XOR?"),
        (
            Option("yes", Both("sim, com épocas bastantes", "yes, given enough epochs")),
            Option("luck", Both("só com um começo de sorte", "only from a lucky start")),
            Option("never", Both("nunca", "never")),
        ),
    ),
    quick={"epochs": 4, "digits": "0x1"},
    presets=(
        Preset("twins", Both("dígitos parecidos: 4 ou 9", "similar digits: 4 or 9"), {"digits": "4x9"},
               Both("Mais difíceis que 0 e 1, mas em 64 dimensões quase sempre cabe uma reta entre dois dígitos.",
                    "Harder than 0 and 1, but in 64 dimensions a line nearly always fits between two digits.")),
        Preset("xor", Both("quebre isso: XOR", "break it: XOR"), {"gate": "xor", "epochs": 100},
               Both("Cem épocas não bastam, nem um milhão: cada correção desfaz a anterior, porque não há reta que "
                    "separe.",
                    "A hundred epochs won't do, nor a million: each correction undoes the one before, as no line "
                    "separates."), broken=True),
        Preset("narrow", Both("quebre isso: 1 oculto", "break it: 1 hidden"), {"gate": "xor", "hidden": 1},
               Both("Um neurônio oculto só entrega uma reta: a camada existe, mas não há duas dobras para combinar.",
                    "A single hidden neuron only hands on one line: the layer is there, but no two folds to "
                    "combine."), broken=True),
    ),
    knobs=(
        Knob("digits01", Both("dígitos 0 ou 1", "digits 0 or 1"), "digits", to="0x1"),
        Knob("wider", Both("o dobro de ocultos", "twice the hidden ones"), "hidden", times=2),
        Knob("rate10", Both("taxa ×10", "rate ×10"), "rate", times=10),
    ),
    aliases=("perceptron de rosenblatt", "rosenblatt", "perceptrons"),
    asks=("aprender uma porta lógica", "separar dois dígitos", "aprender com os erros", "learn a logic gate",
          "tell two digits apart", "learn from mistakes"),
    related=("perceptron-de-rosenblatt", "frank-rosenblatt", "separabilidade-linear", "xor", "livro-perceptrons",
        "camada-oculta"),
    slides=("perceptron", "1957-perceptron"),
    reference="Rosenblatt, 1958; Novikoff, 1962; Minsky & Papert, 1969",
    data=Both("Tabelas-verdade; dígitos 8×8 do scikit-learn (UCI, CC BY 4.0)", "Truth tables; 8×8 digits of "
        "scikit-learn (UCI, CC BY 4.0)"),
    call=(
        "x, wanted = table({gate})\n"
        "for epoch, weights, mistakes in learn(x, wanted, {rate}, {epochs}, seed={seed}):\n"
        "    print(epoch, weights.tolist(), mistakes)\n"
        'nets = hidden_layer(*table("xor"), {hidden}, nets=50, seed={seed})\n'
        'print("XOR:", solved(nets, *table("xor")))'
    ),
)  # fmt: skip


# [code]
def table(gate: str) -> tuple[Tensor, Tensor]:
    """Give the four cases of a gate [4, 2] and its answers [4]."""
    wanted = {"and": [0, 0, 0, 1], "or": [0, 1, 1, 1], "nand": [1, 1, 1, 0], "xor": [0, 1, 1, 0]}[gate]
    return torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), torch.tensor(wanted)


def learn(x: Tensor, wanted: Tensor, rate: float, epochs: int, seed: int) -> Iterator[tuple[int, Tensor, int]]:
    """Apply Rosenblatt's rule to x [N, D]; yield (epoch, weights [D + 1] with the bias last, mistakes) until 0."""
    dice = torch.Generator().manual_seed(seed)
    x = torch.cat([x, torch.ones(len(x), 1)], 1)  # a last input that is always 1: the bias
    weights = 0.1 * torch.randn(x.shape[1], generator=dice)
    for epoch in range(1, epochs + 1):
        mistakes = 0
        for i in torch.randperm(len(x), generator=dice).tolist():
            error = int(wanted[i]) - int(x[i] @ weights >= 0)  # −1, 0 or 1
            if error:
                weights = weights + rate * error * x[i]
                mistakes += 1
        yield epoch, weights, mistakes
        if mistakes == 0:
            return


def answers(x: Tensor, weights: Tensor) -> Tensor:
    """Say 1 where the weighted sum with the bias is not below 0."""
    return (x @ weights[:-1] + weights[-1] >= 0).int()


def hidden_layer(x: Tensor, wanted: Tensor, hidden: int, nets: int, seed: int, steps: int = 400) -> list[Tensor]:
    """Train many networks with one hidden layer at once, by gradient descent; give their weights."""
    dice = torch.Generator().manual_seed(seed)
    shapes = ((nets, 2, hidden), (nets, 1, hidden), (nets, hidden, 1), (nets, 1, 1))
    weights = [(4 * torch.rand(shape, generator=dice) - 2).requires_grad_() for shape in shapes]
    optimizer = torch.optim.Adam(weights, lr=0.05)
    for _ in range(steps):
        scores = network(weights, x)
        loss = nn.functional.binary_cross_entropy_with_logits(scores, wanted.float().expand_as(scores), reduction="sum")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [w.detach() for w in weights]


def network(weights: list[Tensor], x: Tensor) -> Tensor:
    """Give each network's score for x [N, 2]: [nets, N]."""
    w1, b1, w2, b2 = weights
    return (((x @ w1 + b1).tanh() @ w2) + b2)[..., 0]


def solved(weights: list[Tensor], x: Tensor, wanted: Tensor) -> float:
    """Give the share of networks with every case right."""
    return float(((network(weights, x) > 0) == wanted.bool()).all(1).double().mean())


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Learn a gate, two digits, fail at XOR, and mend it with a hidden layer."""
    gate, lang = params.text("gate"), params.lang
    yield Step(0.0, Both("aprendendo a porta", "learning the gate"))
    path = _path(gate, params, seed)
    yield live(path, lang)
    yield Step(0.15, Both("aprendendo os dígitos", "learning the digits"), {"loss": path.mistakes[-1] / 4})
    digits = _digits(params, seed)
    yield Step(0.4, Both("tentando o XOR", "trying XOR"))
    xor = _path("xor", params, seed)
    yield live(xor, lang)
    ended = {name: _ended(name, params, seed) for name in {gate, "xor"}}
    found = []
    for i, width in enumerate(sorted({*WIDTHS, params.int("hidden")})):
        yield Step(0.5 + 0.07 * i, Both(f"XOR com {width} ocultos", f"XOR with {width} hidden"))
        found.append((width, hidden_layer(*table("xor"), width, STARTS, seed, XOR_STEPS)))
    shares = {width: solved(nets, *table("xor")) for width, nets in found}
    hidden = Hidden(params.int("hidden"), shares, _field(dict(found)[params.int("hidden")]))
    yield film(path, xor, lang)
    yield final(path, digits, xor, hidden, lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(path, digits, xor, hidden, ended)


def _path(gate: str, params: Params, seed: int) -> Path:
    """Follow the line through the epochs."""
    x, wanted = table(gate)
    found = list(learn(x, wanted, params.float("rate"), params.int("epochs"), seed))
    right = [int((answers(x, weights) == wanted).sum()) for _, weights, _ in found]
    return Path(gate, wanted.tolist(), [w.tolist() for _, w, _ in found], [m for _, _, m in found], right)


def _ended(gate: str, params: Params, seed: int) -> tuple[int, float]:
    """Count the starts that end without a mistake, and the median epoch of those."""
    last = []
    for i in range(STARTS):
        *_, (epoch, _, mistakes) = learn(
            *table(gate), params.float("rate"), min(params.int("epochs"), 30), seed + 1 + i
        )
        last += [epoch] if mistakes == 0 else []
    return len(last), float(torch.tensor(last, dtype=torch.float32).median()) if last else 0.0


def _digits(params: Params, seed: int) -> Digits:
    """Learn to tell two digits apart on three divisions of the pictures; the weights shown are the first's."""
    return Digits.averaged([_division(params, seed + i) for i in range(DIVISIONS)])


def division(one: int, two: int, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give two thirds of two digits' pictures and whether they show the second one, and the others for the test."""
    pictures, labels = eight()
    kept = (labels == one) | (labels == two)
    x, y = pictures[kept], (labels[kept] == two).int()
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    train, test = order[len(x) // 3 :], order[: len(x) // 3]
    return x[train], y[train], x[test], y[test]


def _division(params: Params, seed: int) -> Digits:
    """Learn on one division, and test."""
    one, two = (int(d) for d in params.text("digits").split("x"))
    x, y, new, truth = division(one, two, seed)
    *_, (_, weights, _) = learn(x, y, params.float("rate"), params.int("epochs"), seed)
    mine = float((answers(new, weights) == truth).double().mean())
    linear = accuracy(logistic(x, y.long()), new, truth.long())
    share_two = float(truth.double().mean())
    return Digits((one, two), weights[:-1].view(8, 8).numpy(), mine, linear, max(share_two, 1 - share_two))


def _field(nets: list[Tensor], side: int = 90) -> Tensor:
    """Ask the first network that solved XOR, or else the first, about the plane around the corners."""
    right = ((network(nets, table("xor")[0]) > 0) == table("xor")[1].bool()).all(1)
    chosen = int(right.int().argmax())
    line = torch.linspace(-0.5, 1.5, side)
    ys, xs = torch.meshgrid(line, line, indexing="ij")
    scores = network([w[chosen : chosen + 1] for w in nets], torch.stack([xs, ys], -1).reshape(-1, 2))
    return scores.sigmoid().view(side, side)


def _result(path: Path, digits: Digits, xor: Path, hidden: Hidden, ended: dict[str, tuple[int, float]]) -> Result:
    name, (one, two) = path.gate.upper(), digits.pair
    stopped = path.mistakes[-1] == 0
    several = "" if hidden.width == 1 else "s"
    mine, linear, mended = share(digits.accuracy), share(digits.linear), share(hidden.shares[hidden.width], 0)
    gate = Both(
        f"Em {name} a reta parou na época {len(path.mistakes)}, sem erros ({ended[path.gate][0]} de {STARTS} começos "
        f"param)."
        if stopped else f"Em {name} ela ainda errava depois de {len(path.mistakes)} épocas.",
        f"On {name} the line stopped at epoch {len(path.mistakes)}, with no mistakes ({ended[path.gate][0]} of "
        f"{STARTS} starts stop)."
        if stopped else f"On {name} it still made mistakes after {len(path.mistakes)} epochs.",
    )  # fmt: skip
    return Result(
        what=Both(
            f"{gate.pt} Nos dígitos {one} e {two} acertou {mine.pt} dos novos (regressão logística: {linear.pt}). No "
            f"XOR, "
            f"{ended['xor'][0]} de {STARTS} começos param; com {hidden.width} neurônio{several} oculto{several}, "
            f"{mended.pt} das "
            f"redes resolvem.",
            f"{gate.en} On digits {one} and {two} it got {mine.en} of new ones (logistic regression: {linear.en}). "
            f"On XOR, "
            f"{ended['xor'][0]} of {STARTS} starts stop; with {hidden.width} hidden neuron{several}, {mended.en} of "
            f"the "
            f"networks solve it.",
        ),
        why=Both(
            "Cada correção gira a reta para o lado do ponto errado. Se existe uma reta que separa, o número de "
            "correções tem um limite; "
            "no XOR não existe, e cada correção desfaz outra. A camada oculta dobra o plano, e no plano dobrado a "
            "reta existe.",
            "Each correction turns the line towards the point it got wrong. If a separating line exists, the "
            "corrections are bounded in "
            "number; for XOR there is none, and each undoes another. The hidden layer folds the plane, and in the "
            "folded plane the line exists.",
        ),
        next=_next(hidden),
        metrics=_metrics(path, digits, hidden, ended),
        answer=Answer("never" if ended["xor"][0] == 0 else "luck", Both(
            f"Nunca: nenhum de {STARTS} começos parou, e a geometria garante que nenhum pararia. O melhor que houve "
            f"foi {max(xor.right)} de 4.",
            f"Never: none of {STARTS} starts stopped, and geometry guarantees that none would. The best there was: "
            f"{max(xor.right)} of 4.",
        )),
    )  # fmt: skip


def _metrics(path: Path, digits: Digits, hidden: Hidden, ended: dict[str, tuple[int, float]]) -> tuple[Metric, ...]:
    """Set what it learned beside logistic regression and guessing."""
    name, (one, two) = path.gate.upper(), digits.pair
    return (
        Metric("digits_accuracy", Both(f"{one} ou {two}, dígitos novos", f"{one} or {two}, new digits"),
            digits.accuracy, (
            Baseline(Both("regressão logística", "logistic regression"), digits.linear),
            Baseline(Both("sempre o mais comum", "always the commonest"), digits.majority),
        ), percent=True, digits=1, spread=digits.spread),
        Metric("gate_solved", Both(f"começos que aprendem {name}", f"starts that learn {name}"),
            ended[path.gate][0] / STARTS, percent=True, digits=0),
        Metric("xor_solved", Both("XOR com camada oculta", "XOR with a hidden layer"),
            hidden.shares[hidden.width], (
            Baseline(Both("perceptron sozinho", "perceptron alone"), ended["xor"][0] / STARTS),
        ), percent=True, digits=0),
        *([
            Metric("median_epochs", Both("épocas até parar (mediana)", "epochs until it stops (median)"),
            ended[path.gate][1], better="", digits=0)
        ] if ended[path.gate][0] else []),
    )  # fmt: skip


def _next(hidden: Hidden) -> Both:
    few, many = share(hidden.shares[2], 0), share(hidden.shares[8], 0)
    return Both(
        f"Com 2 neurônios ocultos, {few.pt} das redes resolvem o XOR; com 8, {many.pt}. Por que mais largura dá mais "
        f"sorte? Teste 1, e depois "
        "a demo “backprop”.",
        f"With 2 hidden neurons {few.en} of the networks solve XOR; with 8, {many.en}. Why does more width bring "
        f"more luck? Try 1, and then "
        "the demo “backprop”.",
    )
