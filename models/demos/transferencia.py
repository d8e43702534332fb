"""Transfer learning: what was learned on the digits 0 to 4 helps to learn 5 to 9 from a handful of examples.

The first layers find strokes and curves, and those are the same in every digit. Fine-tuning starts from them; training
from scratch has to find them again, and with five examples of each digit it can't.
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
from models.kit.say import say
from models.kit.sheet import MARGIN, WIDTH, Entry, Mark, Sheet

SPEC = DemoSpec(
    name="transferencia",
    title=Both("Transferência: aprender com poucos exemplos", "Transfer: learning from few examples"),
    summary=Both(
        "Quem já sabe ler de 0 a 4 aprende de 5 a 9 mais depressa?",
        "Does knowing 0 to 4 make it faster to learn 5 to 9?",
    ),
    lesson=Both(
        "As primeiras camadas de uma rede acham traços e curvas, úteis em muitas tarefas. No aprendizado por "
        "transferência elas vêm prontas de uma tarefa com muitos dados, e só se ajusta o resto. Aqui uma rede "
        "aprende com milhares de exemplos os dígitos de 0 a 4 e quimeras deles (a metade de cima de um sobre a de "
        "baixo de outro) e depois enfrenta os de 5 a 9 com um punhado, contra outra que começa do zero.",
        "The first layers of a network find strokes and curves, useful in many tasks. In transfer learning they "
        "come ready from a task with plenty of data, and only the rest is adjusted. Here a network learns from "
        "thousands of examples the digits 0 to 4 and chimeras of them (the top half of one on the bottom half of "
        "another) and then meets 5 to 9 with a handful, against another one that starts from scratch.",
    ),
    concept="aprendizado-por-transferencia",
    related=("fine-tuning", "representacao-hierarquica", "generalizacao"),
    slides=("transferencia",),
    seconds=24,
    params=(
        Param(
            "pretraining",
            "int",
            1200,
            Both("passos de pré-treino", "pretraining steps"),
            0,
            2500,
            words=("pré-treino", "pretreino", "pretraining"),
        ),
        Param(
            "steps",
            "int",
            150,
            Both("passos na tarefa nova", "steps on the new task"),
            5,
            400,
            words=("passos", "steps"),
        ),
        Param("draws", "int", 3, Both("sorteios de exemplos", "draws of examples"), 1, 5, words=("sorteios", "draws")),
        Param(
            "lr",
            "float",
            0.008,
            Both("taxa do ajuste fino", "fine-tuning rate"),
            1e-5,
            0.3,
            words=("taxa", "rate", "lr"),
        ),
        Param(
            "freeze",
            "bool",
            False,
            Both("congelar as camadas antigas", "freeze the old layers"),
            words=("congelar", "freeze"),
        ),
        Param(
            "source",
            "choice",
            "digits",
            Both("tarefa antiga", "old task"),
            choices=(
                Option("digits", Both("dígitos de 0 a 4 e quimeras", "digits 0 to 4 and chimeras")),
                Option("random", Both("rótulos sorteados", "random labels"), ("aleatorio", "random")),
            ),
            words=("tarefa", "origem", "source"),
        ),
    ),
    expect=Expectation(
        Both(
            "Com 5 exemplos de cada dígito novo, quanto a rede pré-treinada ganha de quem começa do zero?",
            "With 5 examples of each new digit, by how much does the pretrained network beat one from scratch?",
        ),
        (
            Option("little", Both("quase nada (menos de 2 pontos)", "hardly at all (under 2 points)")),
            Option("some", Both("de 2 a 10 pontos", "2 to 10 points")),
            Option("much", Both("mais de 10 pontos", "over 10 points")),
        ),
    ),
    quick={"pretraining": 10, "steps": 5, "draws": 1},
    presets=(
        Preset(
            "sorteados",
            Both("quebre isso: pré-treino sem sentido", "break it: senseless pretraining"),
            {"source": "random"},
            Both(
                "No pré-treino os rótulos são sorteados: não há o que aprender, e as camadas ficam piores que as "
                "do acaso. Transferir só ajuda se a tarefa antiga ensina algo útil.",
                "The pretraining labels are drawn at random: there is nothing to learn, and the layers end up "
                "worse than random ones. Transfer helps only if the old task teaches something useful.",
            ),
            broken=True,
        ),
        Preset(
            "congelada",
            Both("congelar tudo menos a saída", "freeze all but the output"),
            {"freeze": True, "lr": 0.01},
            Both(
                "Com as camadas antigas congeladas quase não há o que estragar, mas também não há como se "
                "adaptar: com mais exemplos, começar do zero passa na frente.",
                "With the old layers frozen there is little to spoil, but no way to adapt either: with more "
                "examples, starting from scratch pulls ahead.",
            ),
        ),
        Preset(
            "pressa",
            Both("só 30 passos", "only 30 steps"),
            {"steps": 30},
            Both(
                "Com pressa, a vantagem de quem já sabe algo é bem maior.",
                "In a hurry, the advantage of knowing something is much larger.",
            ),
        ),
    ),
    knobs=(
        Knob("pressa-botao", Both("treino ÷5", "training ÷5"), "steps", times=0.2),
        Knob("taxa-baixa", Both("taxa ÷10", "rate ÷10"), "lr", times=0.1),
        Knob("congela", Both("congelar camadas", "freeze layers"), "freeze", to=True),
        Knob("sem-pre", Both("sem pré-treino", "no pretraining"), "pretraining", to=0),
    ),
    aliases=("transfer learning", "aprendizado por transferência", "fine-tuning", "ajuste fino", "transfer"),
    asks=(
        "aproveitar uma rede pronta",
        "treinar com poucos exemplos",
        "reuse a trained network",
        "learn from few examples",
    ),
    reference="Yosinski et al., 2014; Pan & Yang, 2010",
    data=Both("MNIST reduzido a 14×14 (LeCun, Cortes, Burges)", "MNIST shrunk to 14×14 (LeCun, Cortes, Burges)"),
    call=(
        "data = digits({source}, seed={seed})\n"
        "old = network(seed={seed}, classes=25)\n"
        "for step, loss in train(old, *data['old'], {pretraining}, 0.003, seed={seed}):\n"
        "    pass\n"
        "x, y = few(*data['new'], shots=5, seed={seed})\n"
        "tuned, scratch = adapted(old, {seed}, {freeze}), network(seed={seed})\n"
        "for name, net, lr in (('fine-tuned', tuned, {lr}), ('from scratch', scratch, 0.008)):\n"
        "    for step, loss in train(net, x, y, {steps}, lr, seed={seed}):\n"
        "        pass\n"
        "    print(name, accuracy(net, *data['test']))"
    ),
)


# [code]
def digits(source: str, seed: int) -> dict[str, tuple[Tensor, Tensor]]:
    """Give images [N, 1, 14, 14] and labels of the old task (0-4 and chimeras), the new one (5-9), and its test."""
    found = datasets.digits(14)
    x, y = torch.from_numpy(found.images).float()[:, None] / 255, torch.from_numpy(found.labels)
    early = torch.arange(len(y)) < 8000
    old, new, test = (y < 5) & early, (y >= 5) & early, (y >= 5) & ~early
    dice = torch.Generator().manual_seed(seed)
    signs, labels = chimeras(x[old], y[old], dice)
    if source == "random":
        labels = torch.randint(25, labels.shape, generator=dice)
    return {"old": (signs, labels), "new": (x[new], y[new] - 5), "test": (x[test], y[test] - 5)}


def chimeras(x: Tensor, y: Tensor, dice: torch.Generator) -> tuple[Tensor, Tensor]:
    """Put each digit's top half on the bottom halves of five others: 5 × 5 signs to tell apart, not just 5."""
    top = torch.arange(5 * len(y)) % len(y)
    other = torch.cat([torch.randperm(len(y), generator=dice) for _ in range(5)])
    bottom = torch.where(y[top] == y[other], top, other)  # same label: left whole
    return torch.cat([x[top, :, :7], x[bottom, :, 7:]], 2), 5 * y[top] + y[bottom]


def network(seed: int, classes: int = 5) -> nn.Sequential:
    """Make a small CNN (42,533 parameters for five classes)."""
    torch.manual_seed(seed)
    net = nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.MaxPool2d(2), nn.GroupNorm(4, 16), nn.ReLU()),  # [16, 7, 7]
        *(nn.Conv2d(16, 32, 3, padding=1), nn.MaxPool2d(2), nn.GroupNorm(4, 32), nn.ReLU()),  # [32, 3, 3]
        *(nn.Flatten(), nn.Dropout(0.2), nn.Linear(288, 128), nn.ReLU(), nn.Linear(128, classes)),
    )
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # faster on a CPU
    return net


def varied(x: Tensor, dice: torch.Generator) -> Tensor:
    """Turn, slant, scale and move each image a little, and make its strokes thinner or bolder."""
    turn, slant, right, down = ((torch.rand(len(x), generator=dice) - 0.5) * most for most in (0.6, 0.4, 0.3, 0.3))
    wide, high = (0.86 + 0.35 * torch.rand(len(x), generator=dice) for _ in range(2))
    rows = torch.stack(
        [wide * turn.cos(), slant - wide * turn.sin(), right, high * turn.sin(), high * turn.cos(), down]
    )
    grid = functional.affine_grid(rows.T.view(-1, 2, 3), list(x.shape), align_corners=False)
    moved = functional.grid_sample(x, grid, align_corners=False)
    return moved.clamp(min=0) ** torch.exp(0.8 * (torch.rand(len(x), 1, 1, 1, generator=dice) - 0.5))


def train(net: nn.Module, x: Tensor, y: Tensor, steps: int, lr: float, seed: int) -> Iterator[tuple[int, float]]:
    """Train what isn't frozen, on ever new variations of the images; yield the step and the loss."""
    torch.manual_seed(seed)  # for dropout
    dice = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam([w for w in net.parameters() if w.requires_grad], lr, fused=True)
    for step in range(1, steps + 1):
        net.train()
        optimizer.param_groups[0]["lr"] = lr * 0.5 * (1.02 + math.cos(math.pi * step / steps))
        pick = torch.randint(len(x), (min(64, 4 * len(x)),), generator=dice)
        loss = functional.cross_entropy(net(varied(x[pick], dice)), y[pick])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield step, loss.item()


def adapted(old: nn.Sequential, seed: int, freeze: bool) -> nn.Sequential:
    """Copy a trained network with a new last layer; frozen, only that layer will learn."""
    net = copy.deepcopy(old).requires_grad_(not freeze)
    torch.manual_seed(seed)
    net[-1] = nn.Linear(128, 5)
    return net


def few(x: Tensor, y: Tensor, shots: int, seed: int) -> tuple[Tensor, Tensor]:
    """Draw so many examples of each class."""
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
    pick = torch.cat([order[y[order] == label][:shots] for label in range(5)])
    return x[pick], y[pick]


@torch.no_grad()
def accuracy(net: nn.Module, x: Tensor, y: Tensor) -> float:
    """Give the share of images named rightly, without dropout."""
    net.eval()
    return float((net(x).argmax(1) == y).float().mean())


# [end]


SHOTS = (1, 2, 5, 10, 20)
NAMES = {
    "tuned": Both("pré-treinada", "pretrained"),
    "scratch": Both("do zero", "from scratch"),
    "linear": Both("linear", "linear"),
}
ROLES = {"tuned": "input", "scratch": "error", "linear": "hidden"}
MARKS: dict[str, Mark] = {"tuned": "circle", "scratch": "square", "linear": "triangle"}
HASTE = 30  # steps after which we look for the first time
PRETRAINED = 0.3  # of the run
LITTLE, MUCH = 0.02, 0.10

Shares = dict[str, dict[int, list[float]]]  # accuracies by name and shots, one a draw


def run(params: Params, seed: int) -> Iterator[Event]:
    """Learn the old digits, then the new ones from ever more examples, three ways."""
    data, old = digits(params.text("source"), seed), network(seed, 25)
    losses: list[tuple[int, float]] = []
    steps = params.int("pretraining")
    for step, loss in train(old, *data["old"], steps, 0.003, seed):
        yield Step(
            PRETRAINED * step / steps,
            Both("pré-treino com os dígitos antigos", "pretraining on the old digits"),
            {"loss": loss},
        )
        smooth = 0.9 * losses[-1][1] + 0.1 * loss if losses else loss
        losses.append((step, smooth))
        if step == 10 or step % 200 == 0:
            yield pretraining(losses, steps, params.lang)
    found: Shares = {name: {} for name in NAMES}
    hasty: Shares = {name: {} for name in NAMES}
    draws, done = params.int("draws"), 0
    for shots in SHOTS:
        for number in range(draws):
            x, y = few(*data["new"], shots, 1000 * seed + number)
            for name, net, lr in contestants(old, params, 1000 * seed + number):
                early, late = learned(net, x, y, params.int("steps"), lr, 1000 * seed + number, data["test"])
                hasty[name].setdefault(shots, []).append(early)
                found[name].setdefault(shots, []).append(late)
            done += 1
            yield Step(
                PRETRAINED + (0.99 - PRETRAINED) * done / (draws * len(SHOTS)),
                say("{k} de cada dígito, sorteio {n}", "{k} of each digit, draw {n}", k=shots, n=number + 1),
            )
        yield compared(found, params, final=False)
    yield compared(found, params, final=True)
    yield Step(1.0, Both("pronto", "done"))
    yield result(found, hasty, params)


def contestants(old: nn.Sequential, params: Params, seed: int) -> Iterator[tuple[str, nn.Module, float]]:
    """Give each network that is to learn the new digits, with its rate."""
    yield "tuned", adapted(old, seed, params.bool("freeze")), params.float("lr")
    yield "scratch", network(seed), 0.008
    yield "linear", nn.Sequential(nn.Flatten(), nn.Linear(196, 5)), 0.01


def learned(
    net: nn.Module, x: Tensor, y: Tensor, steps: int, lr: float, seed: int, test: tuple[Tensor, Tensor]
) -> tuple[float, float]:
    """Train, and give the accuracy on unseen digits early and in the end."""
    early = None
    for step, _ in train(net, x, y, steps, lr, seed):
        if step == HASTE < steps:
            early = accuracy(net, *test)
    late = accuracy(net, *test)
    return late if early is None else early, late


def mean(values: list[float]) -> float:
    """Give the mean."""
    return sum(values) / len(values)


def spread(values: list[float]) -> float:
    """Give the standard deviation; 0 for a single value."""
    return float(torch.tensor(values).std()) if len(values) > 1 else 0.0


def pretraining(losses: list[tuple[int, float]], steps: int, lang: Lang) -> Picture:
    """Show the loss on the old digits."""

    def sheet(page: Sheet) -> None:
        page.title(Both("Pré-treino: dígitos de 0 a 4 e quimeras", "Pretraining: digits 0 to 4 and chimeras")[lang])
        high = max(3.3, *(loss for _, loss in losses[:3]))
        box = axes(
            page,
            (128, 190),
            (WIDTH - 128 - MARGIN, 460),
            (0, steps),
            (0, high),
            Labels(Both("passos", "steps")[lang], Both("perda", "loss")[lang], lang),
        )
        box.line([step for step, _ in losses], [loss for _, loss in losses], "input", 4)

    alt = say("A perda do pré-treino, agora em {v}.", "The pretraining loss, now at {v}.", v=losses[-1][1])
    return draw.picture(sheet, alt)


def compared(found: Shares, params: Params, *, final: bool) -> Picture:
    """Show accuracy over the number of examples."""
    lang, ticks = params.lang, range(len(SHOTS))

    def sheet(page: Sheet) -> None:
        page.title(Both("Dígitos de 5 a 9 com poucos exemplos", "The digits 5 to 9 from few examples")[lang])
        page.legend([Entry(NAMES[name][lang], ROLES[name], MARKS[name]) for name in NAMES], 148)
        box = axes(
            page,
            (128, 240),
            (WIDTH - 128 - MARGIN, 380),
            (-0.3, 4.3),
            (0, 1),
            Labels(y=Both("acertos em dígitos não vistos", "accuracy on unseen digits")[lang], lang=lang),
        )
        page.rectangle((118, 624), (WIDTH - 118, 70), "paper", fill=1.0)
        box.rule(0.2, Both("ao acaso", "by chance")[lang])
        for name, shares in found.items():
            drawn = [(i, shares[shots]) for i, shots in zip(ticks, SHOTS, strict=True) if shots in shares]
            shift = {"tuned": -0.05, "scratch": 0.05, "linear": 0.0}[name]
            xs, ys = [i + shift for i, _ in drawn], [mean(values) for _, values in drawn]
            box.line(xs, ys, ROLES[name], dashed=name != "tuned")
            for x, (_, values) in zip(xs, drawn, strict=True):
                box.line([x, x], [mean(values) - spread(values), mean(values) + spread(values)], ROLES[name], 3)
            box.scatter(xs, ys, ROLES[name], MARKS[name], 12)
        for i, shots in zip(ticks, SHOTS, strict=True):
            page.text((box.place([i], [0])[0][0], 654), str(shots), 30)
        page.text((WIDTH / 2, 704), Both("exemplos de cada dígito", "examples of each digit")[lang], 28, "muted")
        page.caption(
            Both("Traço: desvio entre os sorteios de exemplos.", "Whisker: deviation over the draws of examples.")[
                lang
            ],
            27,
        )

    alt = said(found)
    return draw.picture(sheet, alt, "summary" if final else "live", final=final)


def said(found: Shares) -> Both:
    """Say the accuracies for who can't see the chart."""
    parts = [
        say(
            "com {k} de cada: pré-treinada {t:%0}, do zero {s:%0}, linear {l:%0}",
            "with {k} of each: pretrained {t:%0}, from scratch {s:%0}, linear {l:%0}",
            k=shots,
            t=mean(found["tuned"][shots]),
            s=mean(found["scratch"][shots]),
            l=mean(found["linear"][shots]),
        )
        for shots in found["linear"]
    ]
    return Both(
        f"Acertos nos dígitos de 5 a 9, {'; '.join(p.pt for p in parts)}.",
        f"Accuracy on the digits 5 to 9, {'; '.join(p.en for p in parts)}.",
    )


def result(found: Shares, hasty: Shares, params: Params) -> Result:
    """Tell what came out."""
    tuned, scratch, linear = (mean(found[name][5]) for name in NAMES)
    early = {name: mean(hasty[name][5]) for name in NAMES}
    gain = tuned - scratch
    option = "little" if gain < LITTLE else "some" if gain < MUCH else "much"
    values = {
        "t": tuned,
        "s": scratch,
        "l": linear,
        "et": early["tuned"],
        "es": early["scratch"],
        "g": 100 * gain,
        "t1": mean(found["tuned"][1]),
        "s1": mean(found["scratch"][1]),
        "t20": mean(found["tuned"][20]),
        "s20": mean(found["scratch"][20]),
        "n": min(HASTE, params.int("steps")),
    }
    return Result(
        what=say(
            "Com 5 exemplos de cada dígito novo, a rede pré-treinada acerta {t:%} e a que começa do zero, {s:%} "
            "(linear: {l:%}). Com {n:0} passos de treino já era {et:%} contra {es:%}. Com 1 exemplo: {t1:%0} a "
            "{s1:%0}; com 20: {t20:%0} a {s20:%0}.",
            "With 5 examples of each new digit the pretrained network gets {t:%} right and the one from scratch "
            "{s:%} (linear: {l:%}). After {n:0} training steps it was {et:%} to {es:%} already. With 1 example: "
            "{t1:%0} to {s1:%0}; with 20: {t20:%0} to {s20:%0}.",
            **values,
        ),
        why=SENSELESS if params.text("source") == "random" else WHY,
        next=Both(
            "Pré-treine com rótulos sorteados (“quebre isso”) e veja a vantagem sumir. Ou congele as camadas "
            "antigas: ajuda com 1 exemplo, atrapalha com 20.",
            "Pretrain on random labels (“break it”) and watch the advantage vanish. Or freeze the old layers: "
            "that helps with 1 example and hinders with 20.",
        ),
        metrics=metrics(found, hasty, min(HASTE, params.int("steps"))),
        answer=Answer(
            option,
            say(
                "A diferença com 5 exemplos foi de {g:1} pontos.",
                "The difference with 5 examples was {g:1} points.",
                g=100 * gain,
            ),
        ),
        tables=(table(found),),
    )


def metrics(found: Shares, hasty: Shares, steps: int) -> tuple[Metric, ...]:
    """Set the pretrained network beside the others, at the end and early."""
    chance = Baseline(Both("ao acaso", "by chance"), 0.2)
    late = Both("acertos com 5 exemplos", "accuracy with 5 examples")
    early = say("acertos com 5 exemplos, {n:0} passos", "accuracy with 5 examples, {n:0} steps", n=steps)
    return metric("accuracy_5_shots", late, found, chance), metric("accuracy_5_shots_early", early, hasty)


def metric(name: str, label: Both, shares: Shares, *more: Baseline) -> Metric:
    """Give the pretrained network's accuracy with five examples beside the others'."""
    beside = [
        Baseline(NAMES[other], mean(shares[other][5]), spread(shares[other][5])) for other in ("scratch", "linear")
    ]
    mine = shares["tuned"][5]
    return Metric(name, label, mean(mine), (*beside, *more), percent=True, digits=1, spread=spread(mine))


def table(found: Shares) -> Grid:
    """Show every accuracy with its deviation."""
    header = (Both("exemplos de cada", "examples of each"), *NAMES.values())
    rows = [
        (
            Both(str(shots), str(shots)),
            *(
                say("{m:%} ± {s:%}", "{m:%} ± {s:%}", m=mean(found[name][shots]), s=spread(found[name][shots]))
                for name in NAMES
            ),
        )
        for shots in SHOTS
    ]
    return Grid(header, tuple(rows))


WHY = Both(
    "Os filtros de traço aprendidos em 0 a 4 servem para 5 a 9, e o treino já parte de um bom lugar: por isso a "
    "vantagem é maior com pouco tempo e poucos exemplos. Com mais exemplos, quem começa do zero quase alcança. As duas "
    "redes treinam com as mesmas imagens variadas (giros, deslocamentos), o que também ajuda muito quem parte do "
    "zero.",
    "The stroke filters learned on 0 to 4 serve for 5 to 9, and training starts from a good place: so the "
    "advantage is larger with little time and few examples. With more examples, the other nearly catches up. "
    "Both train on the same varied images (turned, moved), which helps the one from scratch a lot too.",
)
SENSELESS = Both(
    "Com rótulos sorteados, o pré-treino não ensinou traço nenhum: só empurrou os pesos para longe de um bom "
    "começo. Transferir conhecimento exige que haja conhecimento.",
    "With random labels, pretraining taught no strokes at all: it only pushed the weights away from a good "
    "start. Transferring knowledge takes knowledge.",
)
