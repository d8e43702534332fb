"""Self-supervised learning: first look at thousands of digits without a single label, then learn from a few labels.

The task without labels (SimCLR): two variations of one image must land close together, and far from all other images.
Whoever can do that has understood what stays the same in a digit, and one label of each kind goes a long way.
"""

# [code]
import copy
import math
from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional

from models import datasets

# [end]
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoSpec,
    Event,
    Expectation,
    Grid,
    Knob,
    Lang,
    Metric,
    Option,
    Param,
    Params,
    Picture,
    Preset,
    Result,
    Step,
)
from models.kit import draw
from models.kit.axes import Labels, axes
from models.kit.palette import SERIES
from models.kit.say import say
from models.kit.sheet import MARGIN, WIDTH, Entry, Mark, Sheet

SPEC = DemoSpec(
    name="autossupervisionado",
    title=Both("Autossupervisionado: aprender sem rótulos", "Self-supervised: learning without labels"),
    summary=Both(
        "Olha 8.000 dígitos sem rótulo; depois basta um exemplo de cada",
        "Looks at 8,000 digits without labels; then one example of each goes far",
    ),
    lesson=Both(
        "Rotular custa caro; imagens sem rótulo há de sobra. Aqui a rede inventa a própria tarefa: de duas "
        "variações da mesma imagem, achar o par no meio de 192. Ninguém diz que dígito é. Depois ela recebe 1, "
        "2, 5 ou 10 exemplos rotulados de cada dígito e é comparada com a mesma rede treinada só com eles.",
        "Labels are expensive; images without labels abound. Here the network makes up its own task: of two "
        "variations of one image, find the pair among 192. Nobody says which digit it is. Then it gets 1, 2, 5 "
        "or 10 labelled examples of each digit and is compared with the same network trained on those alone.",
    ),
    concept="aprendizado-autossupervisionado",
    related=("aprendizado-nao-supervisionado", "predicao-de-video", "aumento-de-dados", "embeddings"),
    slides=("self-supervised",),
    seconds=48,
    params=(
        Param(
            "steps", "int", 400, Both("passos sem rótulos", "steps without labels"), 5, 1000, words=("passos", "steps")
        ),
        Param(
            "amount",
            "float",
            1.0,
            Both("quanto variar as imagens", "how much to vary images"),
            0.0,
            1.5,
            words=("variação", "variar", "amount"),
        ),
        Param(
            "unlabelled",
            "int",
            8000,
            Both("imagens sem rótulo", "images without labels"),
            300,
            8000,
            words=("imagens", "images"),
        ),
        Param("draws", "int", 2, Both("sorteios de exemplos", "draws of examples"), 1, 5, words=("sorteios", "draws")),
        Param(
            "tuning", "int", 300, Both("passos com rótulos", "steps with labels"), 5, 500, words=("rótulos", "labels")
        ),
    ),
    expect=Expectation(
        Both(
            "Com um único exemplo rotulado de cada dígito, quem acerta mais?",
            "With a single labelled example of each digit, who gets more right?",
        ),
        (
            Option("pretrained", Both("quem olhou sem rótulos antes", "the one that looked without labels")),
            Option("scratch", Both("quem só viu os exemplos", "the one that saw only the examples")),
            Option("same", Both("empate", "a tie")),
        ),
    ),
    quick={"steps": 5, "unlabelled": 300, "draws": 1, "tuning": 5},
    presets=(
        Preset(
            "sem-variar",
            Both("quebre isso: sem variar as imagens", "break it: without variations"),
            {"amount": 0.0},
            Both(
                "Se as duas “variações” são iguais, achar o par é comparar pixels: a rede acerta tudo sem "
                "entender nada, e o pré-treino não serve.",
                "If both “variations” are the same, finding the pair means comparing pixels: the network gets "
                "everything right without understanding anything, and pretraining is of no use.",
            ),
            broken=True,
        ),
        Preset(
            "poucas",
            Both("só 300 imagens sem rótulo", "only 300 images without labels"),
            {"unlabelled": 300},
            Both(
                "O que se ganha vem de ver muitas imagens: com poucas, ganha-se menos.",
                "The gain comes from seeing many images: with few of them there is less of it.",
            ),
        ),
        Preset(
            "demais",
            Both("variar demais", "varying too much"),
            {"amount": 1.5},
            Both(
                "Girar demais confunde 6 com 9: a rede aprende a ignorar o que importava.",
                "Turning too much mixes up 6 and 9: the network learns to ignore what mattered.",
            ),
        ),
    ),
    knobs=(
        Knob("mais", Both("mais passos sem rótulo", "more steps without labels"), "steps", times=2),
        Knob("menos", Both("passos ÷8", "steps ÷8"), "steps", times=0.125),
        Knob("varia", Both("variar pela metade", "half the variation"), "amount", times=0.5),
        Knob("nada", Both("sem variar", "no variation"), "amount", to=0.0),
    ),
    aliases=("self-supervised", "autossupervisão", "simclr", "contrastivo", "contrastive", "ssl"),
    asks=("aprender sem rótulos", "pré-treinar sem rótulos", "learn without labels", "pretrain without labels"),
    reference="Chen et al., 2020 (SimCLR); LeCun & Misra, 2021; Kumar et al., 2022 (tuning from a probe)",
    data=Both("MNIST reduzido a 14×14 (LeCun, Cortes, Burges)", "MNIST shrunk to 14×14 (LeCun, Cortes, Burges)"),
    call=(
        "x, y, x_test, y_test = digits({unlabelled})\n"
        "net = encoder(seed={seed})\n"
        "for step, loss, found in pretrain(net, x, {steps}, {amount}, seed={seed}):\n"
        "    if step % 20 == 0:\n"
        "        print(step, round(loss, 3), f'{{found:.0%}}')\n"
        "pick = few(y, shots=1, seed={seed})\n"
        "line = probe(features(net, x)[pick], y[pick])\n"
        "print('one label each:', (line(features(net, x_test)).argmax(1) == y_test).float().mean().item())"
    ),
)


# [code]
def digits(unlabelled: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give images [N, 1, 14, 14] and labels for training, and 1,000 of each for the test."""
    found = datasets.digits(14)
    x, y = torch.from_numpy(found.images).float()[:, None] / 255, torch.from_numpy(found.labels)
    return x[:unlabelled], y[:unlabelled], x[-1000:], y[-1000:]


def encoder(seed: int) -> nn.Sequential:
    """Make a small CNN that turns an image into 64 numbers (23,296 parameters)."""
    torch.manual_seed(seed)
    return nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),  # [16, 7, 7]
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),  # [32, 3, 3]
        *(nn.Flatten(), nn.Linear(288, 64), nn.ReLU()),
    )


def varied(x: Tensor, amount: float, dice: torch.Generator) -> Tensor:
    """Turn, slant, scale and move each image, and make its strokes thinner or bolder."""
    turn = amount * 0.9 * (torch.rand(len(x), generator=dice) - 0.5)
    slant = amount * 0.6 * (torch.rand(len(x), generator=dice) - 0.5)
    wide, high = (1 + amount * 0.5 * (torch.rand(len(x), generator=dice) - 0.4) for _ in range(2))
    move = amount * 0.4 * (torch.rand(len(x), 2, generator=dice) - 0.5)
    rows = torch.stack(
        [wide * turn.cos(), slant - wide * turn.sin(), move[:, 0], high * turn.sin(), high * turn.cos(), move[:, 1]], 1
    )
    grid = functional.affine_grid(rows.view(-1, 2, 3), list(x.shape), align_corners=False)
    moved = functional.grid_sample(x, grid, align_corners=False)
    return moved.clamp(min=0) ** torch.exp(amount * 1.2 * (torch.rand(len(x), 1, 1, 1, generator=dice) - 0.5))


def pretrain(net: nn.Module, x: Tensor, steps: int, amount: float, seed: int) -> Iterator[tuple[int, float, float]]:
    """Bring two variations of an image together and push others away; yield step, loss, share of pairs found."""
    torch.manual_seed(seed)
    dice = torch.Generator().manual_seed(seed)
    head = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 32))
    optimizer = torch.optim.Adam([*net.parameters(), *head.parameters()], 0.003)
    for step in range(1, steps + 1):
        optimizer.param_groups[0]["lr"] = 0.003 * min(1.0, step / 20) * 0.5 * (1.02 + math.cos(math.pi * step / steps))
        batch = x[torch.randint(len(x), (192,), generator=dice)]
        one, other = (functional.normalize(head(net(varied(batch, amount, dice))), dim=1) for _ in range(2))
        alike, partner = one @ other.T / 0.2, torch.arange(len(batch))
        loss = (functional.cross_entropy(alike, partner) + functional.cross_entropy(alike.T, partner)) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield step, loss.item(), float((alike.argmax(1) == partner).float().mean())


def few(y: Tensor, shots: int, seed: int) -> Tensor:
    """Draw so many examples of each digit: their places."""
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
    return torch.cat([order[y[order] == label][:shots] for label in range(10)])


@torch.no_grad()
def features(net: nn.Module, x: Tensor) -> Tensor:
    """Give what a frozen encoder says of images, standardised [N, 64]."""
    return standard(net(x))


def standard(seen: Tensor) -> Tensor:
    """Bring each feature [N, 64] to mean 0 and spread 1."""
    return (seen - seen.mean(0)) / (seen.std(0) + 1e-3)


def probe(x: Tensor, y: Tensor, steps: int = 120) -> nn.Linear:
    """Fit a linear classifier to features [N, D]: all that the labels are used for."""
    torch.manual_seed(0)
    line = nn.Linear(x.shape[1], 10)
    optimizer = torch.optim.Adam(line.parameters(), 0.02, weight_decay=1e-3)
    for _ in range(steps):
        loss = functional.cross_entropy(line(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return line


@torch.no_grad()
def unscaled(line: nn.Linear, seen: Tensor) -> nn.Linear:
    """Turn a probe of standardised features into one of the features themselves, as seen in images [N, 64]."""
    spread, last = seen.std(0) + 1e-3, copy.deepcopy(line)
    last.weight.div_(spread)
    last.bias.sub_(last.weight @ seen.mean(0))
    return last


def supervise(net: nn.Sequential, x: Tensor, y: Tensor, steps: int, lr: float, amount: float, seed: int) -> nn.Module:
    """Train an encoder and its last layer with labels; with an amount over 0, on varied images."""
    dice = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(net.parameters(), lr)
    for step in range(1, steps + 1):
        optimizer.param_groups[0]["lr"] = lr * 0.5 * (1.02 + math.cos(math.pi * step / steps))
        pick = torch.randint(len(x), (min(64, 4 * len(x)),), generator=dice)
        batch = varied(x[pick], amount, dice) if amount else x[pick]
        loss = functional.cross_entropy(net(batch), y[pick])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net


# [end]

SHOTS = (1, 2, 5, 10)
NAMES = {
    "tuned": Both("pré-treinada, ajustada", "pretrained, tuned"),
    "probe": Both("pré-treinada, congelada", "pretrained, frozen"),
    "varied": Both("do zero, variando", "scratch, varied"),
    "scratch": Both("do zero", "scratch"),
    "linear": Both("linear", "linear"),
}
ROLES = {"tuned": "input", "probe": "memory", "varied": "error", "scratch": "hidden", "linear": "muted"}
MARKS: dict[str, Mark] = {
    "tuned": "circle",
    "probe": "diamond",
    "varied": "square",
    "scratch": "triangle",
    "linear": "cross",
}
MILD = 0.5  # of the variation: the best for learning with labels
PRETRAINED = 0.4  # of the run
MAPPED = 180  # test digits on the map
CLOSE = 0.02

Shares = dict[str, dict[int, list[float]]]  # accuracies by name and shots, one a draw


def run(params: Params, seed: int) -> Iterator[Event]:
    """Look without labels, then learn from few, and compare with who only has the few."""
    x, y, x_test, y_test = digits(params.int("unlabelled"))
    net, steps = encoder(seed), params.int("steps")
    curve: list[tuple[int, float]] = []
    before = features(net, x_test[:MAPPED])
    yield charted(before, y_test[:MAPPED], Both("Antes do treino", "Before training"), params.lang)
    for step, loss, found in pretrain(net, x, steps, params.float("amount"), seed):
        yield Step(
            PRETRAINED * step / steps,
            Both("achando pares, sem rótulos", "finding pairs, without labels"),
            {"loss": loss, "pairs": found},
        )
        curve.append((step, found))
        if step % max(steps // 6, 10) == 0:
            title = say(
                "Passo {n}: pares achados {f:%0}, zero rótulos",
                "Step {n}: pairs found {f:%0}, no labels",
                n=step,
                f=found,
            )
            yield charted(features(net, x_test[:MAPPED]), y_test[:MAPPED], title, params.lang)
    shares: Shares = {name: {} for name in NAMES}
    draws, done = params.int("draws"), 0
    with torch.no_grad():
        seen = net(x)
    for shots in SHOTS:
        for number in range(draws):
            pick = few(y, shots, 1000 * seed + number)
            for name, guess in guesses(net, x, y, seen, pick, params, number):
                shares[name].setdefault(shots, []).append(accuracy(guess, x_test, y_test))
            done += 1
            yield Step(
                PRETRAINED + (0.99 - PRETRAINED) * done / (draws * len(SHOTS)),
                say("{k} exemplos de cada, sorteio {n}", "{k} examples of each, draw {n}", k=shots, n=number + 1),
            )
        yield compared(shares, params.lang, final=False)
    yield charted(
        features(net, x_test[:MAPPED]),
        y_test[:MAPPED],
        Both("O mapa que ela fez sem nenhum rótulo", "The map it made without a single label"),
        params.lang,
        final=True,
    )
    yield compared(shares, params.lang, final=True)
    yield Step(1.0, Both("pronto", "done"))
    yield result(shares, curve[-1][1], params)


def guesses(
    net: nn.Sequential, x: Tensor, y: Tensor, seen: Tensor, pick: Tensor, params: Params, seed: int
) -> Iterator[tuple[str, nn.Module]]:
    """Train each contestant on the few examples picked; `seen` is what the pretrained network says of all images."""
    x, y, steps = x[pick], y[pick], params.int("tuning")
    line = probe(standard(seen)[pick], y)
    yield "probe", nn.Sequential(*net, unscaled(line, seen))
    yield "tuned", supervise(copy.deepcopy(nn.Sequential(*net, unscaled(line, seen))), x, y, steps, 0.001, MILD, seed)
    for name, amount in (("varied", MILD), ("scratch", 0.0)):
        fresh = nn.Sequential(*encoder(seed), nn.Linear(64, 10))
        yield name, supervise(fresh, x, y, steps, 0.003, amount, seed)
    yield "linear", nn.Sequential(nn.Flatten(), probe(x.flatten(1), y))


@torch.no_grad()
def accuracy(net: nn.Module, x: Tensor, y: Tensor) -> float:
    """Give the share of images named rightly."""
    return float((net(x).argmax(1) == y).float().mean())


def mean(values: list[float]) -> float:
    """Give the mean."""
    return sum(values) / len(values)


def spread(values: list[float]) -> float:
    """Give the standard deviation; 0 for a single value."""
    return float(torch.tensor(values).std()) if len(values) > 1 else 0.0


@torch.no_grad()
def charted(seen: Tensor, labels: Tensor, title: Both, lang: Lang, *, final: bool = False) -> Picture:
    """Lay digits out by the two strongest directions of their features; the labels only colour the finished map."""
    places = seen @ torch.pca_lowrank(seen, 2, niter=4)[2]
    low, high = places.quantile(0.01, 0), places.quantile(0.99, 0)
    purity = neighbours(seen, labels)

    def sheet(page: Sheet) -> None:
        page.title(title[lang])
        spots = (places - low) / (high - low)
        for (x, y), label in zip(spots.clamp(0, 1).tolist(), labels.tolist(), strict=True):
            page.text(
                (MARGIN + 30 + x * (WIDTH - 2 * MARGIN - 60), 150 + y * 530),
                str(label),
                28,
                SERIES[label % 5],
                bold=label < 5,
            )
        page.caption(
            say(
                "O vizinho mais próximo é o mesmo dígito em {p:%0} dos casos.",
                "The nearest neighbour is the same digit in {p:%0} of cases.",
                p=purity,
            )[lang]
        )

    alt = say(
        "{t}: mapa de {n} dígitos do teste pelo que a rede vê neles; o vizinho mais próximo é o mesmo dígito em "
        "{p:%0}.",
        "{t}: map of {n} test digits by what the network sees in them; the nearest neighbour is the same digit "
        "for {p:%0}.",
        t=title,
        n=len(labels),
        p=purity,
    )
    return draw.picture(sheet, alt, "map" if final else "live", final=final)


def neighbours(seen: Tensor, labels: Tensor) -> float:
    """Give the share of images whose nearest neighbour shows the same digit."""
    apart = torch.cdist(seen, seen).fill_diagonal_(float("inf"))
    return float((labels[apart.argmin(1)] == labels).float().mean())


RIGHT = Both("acertos em dígitos não vistos", "accuracy on unseen digits")


def compared(shares: Shares, lang: Lang, *, final: bool) -> Picture:
    """Show accuracy over the number of labels."""

    def sheet(page: Sheet) -> None:
        page.title(Both("Quanto vale cada rótulo", "What each label is worth")[lang])
        names = list(NAMES)
        page.legend([Entry(NAMES[name][lang], ROLES[name], MARKS[name]) for name in names[:2]], 144)
        page.legend([Entry(NAMES[name][lang], ROLES[name], MARKS[name]) for name in names[2:]], 188)
        box = axes(page, (128, 258), (WIDTH - 128 - MARGIN, 392), (-0.3, 3.3), (0, 1), Labels(y=RIGHT[lang], lang=lang))
        page.rectangle((118, 654), (WIDTH - 118, 60), "paper", fill=1.0)
        for name in reversed(names):
            drawn = [(i, shares[name][shots]) for i, shots in enumerate(SHOTS) if shots in shares[name]]
            xs, ys = [i for i, _ in drawn], [mean(values) for _, values in drawn]
            box.line(xs, ys, ROLES[name], dashed=name not in ("tuned", "probe"))
            box.scatter(xs, ys, ROLES[name], MARKS[name], 12)
        for i, shots in enumerate(SHOTS):
            page.text((box.place([i], [0])[0][0], 684), str(shots), 30)
        page.text((WIDTH / 2, 734), Both("rótulos de cada dígito", "labels of each digit")[lang], 28, "muted")

    parts = [
        say(
            "com {k}: " + ", ".join(f"{{n{i}}} {{v{i}:%0}}" for i in range(len(NAMES))),
            "with {k}: " + ", ".join(f"{{n{i}}} {{v{i}:%0}}" for i in range(len(NAMES))),
            k=shots,
            **{f"n{i}": NAMES[name] for i, name in enumerate(NAMES)},
            **{f"v{i}": mean(shares[name][shots]) for i, name in enumerate(NAMES)},
        )
        for shots in shares["linear"]
    ]
    alt = Both(
        f"Acertos por número de rótulos de cada dígito; {'; '.join(p.pt for p in parts)}.",
        f"Accuracy by the number of labels of each digit; {'; '.join(p.en for p in parts)}.",
    )
    return draw.picture(sheet, alt, "summary" if final else "live", final=final)


def result(shares: Shares, found: float, params: Params) -> Result:
    """Tell what came out."""
    one = {name: mean(shares[name][1]) for name in NAMES}
    ten = {name: mean(shares[name][10]) for name in NAMES}
    best, rival = max(one["tuned"], one["probe"]), max(one["varied"], one["scratch"])
    option = "same" if abs(best - rival) < CLOSE else "pretrained" if best > rival else "scratch"
    values = {
        "t": one["tuned"],
        "p": one["probe"],
        "v": one["varied"],
        "s": one["scratch"],
        "l": one["linear"],
        "t10": ten["tuned"],
        "v10": ten["varied"],
        "f": found,
        "b": best,
        "r": rival,
    }
    lazy = params.float("amount") < 0.1
    return Result(
        what=say(
            "Com um rótulo de cada dígito, a rede pré-treinada sem rótulos acerta {t:%} (congelada, {p:%}); a "
            "mesma rede do zero, {v:%} variando as imagens e {s:%} sem variar; um classificador linear, {l:%}. "
            "Com dez rótulos: {t10:%} contra {v10:%}.",
            "With one label of each digit, the network pretrained without labels gets {t:%} right (frozen, "
            "{p:%}); the same network from scratch, {v:%} with varied images and {s:%} without; a linear "
            "classifier, {l:%}. With ten labels: {t10:%} to {v10:%}.",
            **values,
        ),
        why=LAZY if lazy else WHY,
        next=Both(
            "Tire a variação (“quebre isso”): achar o par vira comparar pixels e o pré-treino perde o valor. Ou "
            "deixe só 300 imagens sem rótulo.",
            "Take the variation away (“break it”): finding the pair becomes comparing pixels and pretraining "
            "loses its worth. Or leave only 300 images without labels.",
        ),
        metrics=tuple(metric(shares, shots) for shots in (1, 5, 10)),
        answer=Answer(
            option,
            say(
                "Com um exemplo de cada: {b:%0} para quem olhou antes, {r:%0} para quem começou do zero.",
                "With one example of each: {b:%0} for the one that looked before, {r:%0} for the one from scratch.",
                **values,
            ),
        ),
        tables=(table(shares),),
    )


def metric(shares: Shares, shots: int) -> Metric:
    """Give the tuned network's accuracy with so many labels beside those who had nothing but labels."""
    rivals = ("varied", "scratch", "linear")
    base = tuple(Baseline(NAMES[name], mean(shares[name][shots]), spread(shares[name][shots])) for name in rivals)
    label = Both("acertos com 1 rótulo de cada", "accuracy with 1 label of each")
    if shots > 1:
        label = say("acertos com {k} rótulos de cada", "accuracy with {k} labels of each", k=shots)
    mine = shares["tuned"][shots]
    name = f"accuracy_{shots}_labels"
    return Metric(name, label, mean(mine), base, percent=True, digits=1, spread=spread(mine))


def table(shares: Shares) -> Grid:
    """Show every accuracy with its deviation."""
    header = (Both("rótulos de cada", "labels of each"), *NAMES.values())
    rows = [
        (
            Both(str(shots), str(shots)),
            *(
                say("{m:%} ± {s:%}", "{m:%} ± {s:%}", m=mean(shares[name][shots]), s=spread(shares[name][shots]))
                for name in NAMES
            ),
        )
        for shots in SHOTS
    ]
    return Grid(header, tuple(rows))


WHY = Both(
    "Para achar o par de uma imagem girada e deslocada, a rede precisa notar a forma e esquecer a posição: e é a "
    "forma que diz o dígito. No mapa, os grupos surgem sem que ninguém diga os nomes; um rótulo por grupo já vai "
    "longe. Parte do ganho vem das variações: por isso o rival que também varia as imagens é o mais justo.",
    "To find the pair of an image that was turned and moved, the network has to notice the shape and forget the "
    "place: and it is the shape that tells the digit. On the map, groups appear without anyone giving names; one "
    "label a group goes far. Part of the gain comes from the variations: so the rival that varies images too is "
    "the fairest one.",
)
LAZY = Both(
    "Sem variação, as duas imagens do par são idênticas e basta comparar pixels. A tarefa inventada ficou fácil "
    "demais para ensinar alguma coisa: em aprendizado autossupervisionado, a tarefa é tudo.",
    "Without variation both images of a pair are identical, and comparing pixels is enough. The made-up task "
    "became too easy to teach anything: in self-supervised learning, the task is everything.",
)
