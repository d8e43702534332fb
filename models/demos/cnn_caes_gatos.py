"""Cats and dogs: a convolutional network tells 2,000 outlines and 300 drawings apart, and then looks at yours.

Near-twins and drawings of the same studio always fall on the same side of the split. Splitting at random, or augmenting
before splitting, would let the network meet its test pictures in training and look better than it is.
"""

# [code]
from collections.abc import Iterator, Mapping

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
    Turn,
)
from models.kit import arrays, draw, ink, uploads
from models.kit.axes import Labels, axes
from models.kit.lettering import percent
from models.kit.say import say
from models.kit.sheet import MARGIN, WIDTH, Entry, Mark, Sheet

SPEC = DemoSpec(
    name="cnn-caes-gatos",
    title=Both("CNN: cão ou gato?", "CNN: cat or dog?"),
    summary=Both(
        "Aprende com silhuetas e desenhos, e depois olha a sua foto ou o seu rabisco",
        "Learns from outlines and drawings, then looks at your photo or sketch",
    ),
    lesson=Both(
        "Três CNNs treinam com 2.000 silhuetas e 319 ícones e emojis; cada uma é testada no terço que não "
        "viu. Imagens quase iguais e desenhos do mesmo estúdio ficam sempre do mesmo lado da divisão: se a rede "
        "visse no treino uma gêmea da imagem do teste, a nota seria uma mentira. Depois, mande uma foto ou um "
        "desenho e veja o veredito com a confiança.",
        "Three CNNs train on 2,000 outlines and 319 icons and emoji; each is tested on the third that it didn't "
        "see. Near-twins and drawings by the same studio always stay on the same side of the split: if the "
        "network met a twin of a test picture in training, the score would be a lie. Then send a photo or a "
        "drawing and see the verdict with its confidence.",
    ),
    concept="exemplo-caes-e-gatos",
    related=("cnn", "classificacao", "aumento-de-dados", "generalizacao", "visao-computacional"),
    slides=("cnn-caes-gatos",),
    seconds=42,
    params=(
        Param("epochs", "int", 15, Both("épocas", "epochs"), 1, 30, words=("épocas", "epocas", "epochs")),
        Param(
            "parts",
            "int",
            3,
            Both("partes da validação cruzada", "parts of the cross-validation"),
            2,
            5,
            words=("partes", "parts", "folds"),
        ),
        Param(
            "lr", "float", 0.003, Both("taxa de aprendizado", "learning rate"), 1e-5, 0.3, words=("taxa", "rate", "lr")
        ),
        Param(
            "augment",
            "float",
            0.4,
            Both("quanto variar as imagens", "how much to vary pictures"),
            0.0,
            1.5,
            words=("aumento", "variar", "augment"),
        ),
        Param(
            "drawings",
            "float",
            0.2,
            Both("parte de desenhos no treino", "share of drawings in training"),
            0.0,
            1.0,
            words=("desenhos", "drawings"),
        ),
        Param(
            "examples",
            "int",
            2400,
            Both("imagens usadas", "pictures used"),
            240,
            2400,
            words=("imagens", "pictures", "exemplos", "examples"),
        ),
        Param(
            "leak",
            "bool",
            False,
            Both("vazar o teste no treino", "leak the test into training"),
            words=("vazar", "leak"),
        ),
    ),
    expect=Expectation(
        Both("Em quais imagens a rede vai acertar mais?", "On which pictures will the network do better?"),
        (
            Option("outlines", Both("silhuetas (só o contorno)", "outlines (only the shape)")),
            Option("drawings", Both("ícones e emojis", "icons and emoji")),
            Option("same", Both("tanto faz", "the same")),
        ),
    ),
    quick={"epochs": 4, "parts": 2, "examples": 240},
    presets=(
        Preset(
            "vazamento",
            Both("quebre isso: vazar o teste", "break it: leak the test"),
            {"leak": True},
            Both(
                "As imagens do teste entram também no treino. A nota sobe e não vale nada: ela mede memória. É o "
                "erro mais comum de quem “passa de 99 %”.",
                "The test pictures go into training too. The score rises and is worth nothing: it measures "
                "memory. It is the commonest mistake behind “over 99%”.",
            ),
            broken=True,
        ),
        Preset(
            "so-silhuetas",
            Both("quebre isso: treinar só com silhuetas", "break it: train on outlines only"),
            {"drawings": 0.0},
            Both(
                "A rede nunca vê um desenho e tropeça nos emojis: fora do que viu no treino, ela não generaliza.",
                "The network never sees a drawing and stumbles over emoji: outside of what it saw in training, "
                "it doesn't generalise.",
            ),
            broken=True,
        ),
        Preset(
            "sem-aumento",
            Both("sem variar as imagens", "without varying pictures"),
            {"augment": 0.0},
            Both(
                "Sem aumento de dados, a rede decora as imagens mais depressa e acerta menos no teste.",
                "Without data augmentation the network memorises pictures faster and gets fewer test pictures right.",
            ),
        ),
    ),
    knobs=(
        Knob("mais", Both("mais épocas", "more epochs"), "epochs", plus=8),
        Knob("taxa10", Both("taxa ×10", "rate ×10"), "lr", times=10),
        Knob("vaza", Both("vazar o teste", "leak the test"), "leak", to=True),
        Knob("desenha", Both("mais desenhos no treino", "more drawings in training"), "drawings", times=2),
    ),
    aliases=(
        "cães e gatos",
        "cats and dogs",
        "gatos e cães",
        "dogs and cats",
        "cão ou gato",
        "cat or dog",
        "cnn-cats-dogs",
    ),
    asks=(
        "reconhecer gatos",
        "reconhecer cachorros",
        "diferenciar cães de gatos",
        "tell cats from dogs",
        "recognise cats",
    ),
    reference="LeCun et al., 1998; Krizhevsky et al., 2012",
    data=Both(
        "Animal-Shape (Mohammadi, MIT); ícones de 33 estúdios (Iconify, licenças livres)",
        "Animal-Shape (Mohammadi, MIT); icons by 33 studios (Iconify, free licences)",
    ),
    plays=("image",),
    call=(
        "x, y, groups, kinds = pets()\n"
        "part = folds(groups, kinds, {parts}, seed={seed})\n"
        "nets, seen = networks(seed={seed}), part != 0\n"
        "data = x[seen], y[seen], weights(y[seen], kinds[seen], groups[seen], {drawings})\n"
        "for done, loss in train(nets, data, {epochs}, {lr}, {augment}, seed={seed}):\n"
        "    print(f'{{done:.0%}}', round(loss, 3))\n"
        "for name, net in nets.items():\n"
        "    right = (dogness(net, x[~seen]) > 0.5) == y[~seen].bool()\n"
        "    print(name, right[kinds[~seen] == 0].float().mean().item(), right[kinds[~seen] == "
        "1].float().mean().item())"
    ),
)


# [code]
def pets() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give pictures [N, 1, 32, 32] of 0 to 1, cat (0) or dog (1), groups, and which are drawings (1), not outlines."""
    outlines, icons = datasets.silhouettes(), datasets.icons()
    flat = functional.pad(torch.from_numpy(outlines.images).float() / 255, (2, 2, 2, 2))
    grey = 1 - torch.from_numpy(icons.images).float().mean(3) / 255
    pictures = torch.cat([flat, grey / grey.amax((1, 2), keepdim=True)])[:, None]
    labels = torch.cat([torch.from_numpy(outlines.labels), torch.from_numpy(icons.labels)])
    groups = torch.cat([torch.from_numpy(outlines.groups), 100_000 + torch.from_numpy(icons.groups)])
    return pictures, labels, groups, (groups >= 100_000).long()


def folds(groups: Tensor, kinds: Tensor, parts: int, seed: int) -> Tensor:
    """Give each picture's part: whole groups, the largest first, always to the part that has least of their kind."""
    dice = torch.Generator().manual_seed(seed)
    numbers, counts = groups.unique(return_counts=True)
    order = (counts + torch.rand(len(counts), generator=dice)).argsort(descending=True)
    filled, part = torch.zeros(2, parts), torch.zeros_like(groups)
    for number, count in zip(numbers[order], counts[order], strict=True):
        kind = int(number >= 100_000)
        part[groups == number] = least = int(filled[kind].argmin())
        filled[kind, least] += count
    return part


def networks(seed: int) -> dict[str, nn.Module]:
    """Make the CNN (60,977 parameters), an MLP of the same size and a linear classifier."""
    torch.manual_seed(seed)
    cnn = nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),  # [16, 16, 16]
        *(nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)),  # [32, 8, 8]
        *(nn.Conv2d(32, 48, 3, padding=1), nn.BatchNorm2d(48), nn.ReLU(), nn.MaxPool2d(2)),  # [48, 4, 4]
        *(nn.Flatten(), nn.Dropout(0.3), nn.Linear(768, 56), nn.ReLU(), nn.Linear(56, 1)),
    )
    mlp = nn.Sequential(nn.Flatten(), nn.Linear(1024, 59), nn.ReLU(), nn.Linear(59, 1))
    return {"cnn": cnn, "mlp": mlp, "linear": nn.Sequential(nn.Flatten(), nn.Linear(1024, 1))}


def varied(x: Tensor, amount: float, dice: torch.Generator) -> Tensor:
    """Turn, mirror, move and scale pictures a little, each in its own way; of some leave only the contour."""
    many = len(x)
    turn, scale = (
        amount * (torch.rand(many, generator=dice) - 0.5),
        1 + amount * 0.5 * (torch.rand(many, generator=dice) - 0.4),
    )
    mirror = torch.randint(2, (many,), generator=dice) * 2 - 1
    move = amount * 0.4 * (torch.rand(many, 2, generator=dice) - 0.5)
    rows = torch.stack(
        [
            mirror * scale * turn.cos(),
            -scale * turn.sin(),
            move[:, 0],
            mirror * scale * turn.sin(),
            scale * turn.cos(),
            move[:, 1],
        ],
        1,
    )
    moved = functional.grid_sample(
        x, functional.affine_grid(rows.view(-1, 2, 3), list(x.shape), align_corners=False), align_corners=False
    )
    contour = functional.max_pool2d(moved, 3, 1, 1) - moved
    return torch.where((torch.rand(many, generator=dice) < 0.15 * amount)[:, None, None, None], contour, moved)


def weights(y: Tensor, kinds: Tensor, groups: Tensor, drawings: float) -> Tensor:
    """Give how often each picture is drawn: cats and dogs alike, big studios less, drawings with their share in all."""
    _, inverse, counts = groups.unique(return_inverse=True, return_counts=True)
    weight: Tensor = 1 / counts[inverse].float().sqrt()
    for kind, share in enumerate((1 - drawings, drawings)):
        for label in (0, 1):
            mine = (kinds == kind) & (y == label)
            weight[mine] *= share / 2 / weight[mine].sum().clamp(min=1e-9)
    return weight


def train(
    nets: Mapping[str, nn.Module], data: tuple[Tensor, Tensor, Tensor], epochs: int, lr: float, amount: float, seed: int
) -> Iterator[tuple[float, float]]:
    """Train all networks on the same batches (pictures, labels, weights); yield the share done and the CNN's loss."""
    x, y, weight = data
    dice = torch.Generator().manual_seed(seed)
    optimizers = [torch.optim.AdamW(net.parameters(), lr, weight_decay=0.01) for net in nets.values()]
    steps = max(epochs * len(x) // 64, 1)
    for step in range(1, steps + 1):
        pick = torch.multinomial(weight, 64, replacement=True, generator=dice)
        batch = varied(x[pick], amount, dice) if amount else x[pick]
        losses = []
        for net, optimizer in zip(nets.values(), optimizers, strict=True):
            optimizer.param_groups[0]["lr"] = lr * (1.01 - step / steps)
            loss = functional.binary_cross_entropy_with_logits(net(batch)[:, 0], y[pick].float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        yield step / steps, losses[0]


@torch.no_grad()
def dogness(net: nn.Module, x: Tensor) -> Tensor:
    """Give the chance of a dog [N], from the picture and its mirror image."""
    net.eval()
    scores: Tensor = (net(x) + net(x.flip(3)))[:, 0] / 2
    net.train()
    return scores.sigmoid()


# [end]


NAMES = {
    "cnn": Both("CNN", "CNN"),
    "mlp": Both("MLP de igual tamanho", "MLP of equal size"),
    "linear": Both("linear", "linear"),
}
ROLES = {"cnn": "input", "mlp": "error", "linear": "hidden"}
MARKS: dict[str, Mark] = {"cnn": "circle", "mlp": "square", "linear": "triangle"}
KINDS = (Both("silhuetas", "outlines"), Both("ícones e emojis", "icons and emoji"))
WATCHED = 8  # test pictures in the live picture
LIVES = 20  # live pictures
CLOSE = 0.03  # accuracies that differ by less count as the same


class Scores:
    """What each network said of each test picture: the chance of a dog, -1 where it wasn't asked."""

    def __init__(self, labels: Tensor, kinds: Tensor, part: Tensor) -> None:
        """Take what the pictures are, of which kind, and in which part they are tested."""
        self.labels, self.kinds, self.part = labels, kinds, part
        self.said = {name: torch.full((len(labels),), -1.0) for name in NAMES}

    def right(self, name: str, kind: int) -> tuple[float, float]:
        """Give the mean over the parts of a network's accuracy on a kind of picture, and the deviation."""
        shares = []
        for part in self.part.unique():
            mine = (self.part == part) & (self.kinds == kind) & (self.said[name] >= 0)
            if mine.any():
                shares.append(((self.said[name][mine] > 0.5) == self.labels[mine].bool()).float().mean())
        all_ = torch.stack(shares)
        return float(all_.mean()), float(all_.std()) if len(all_) > 1 else 0.0

    def majority(self, kind: int) -> float:
        """Give the accuracy of always saying the commoner animal."""
        share = float(self.labels[self.kinds == kind].float().mean())
        return max(share, 1 - share)


def run(params: Params, seed: int) -> Iterator[Event]:
    """Train and test once for each part, then keep all the CNNs as a jury."""
    x, y, groups, kinds = chosen(params.int("examples"), seed)
    parts = params.int("parts")
    part = folds(groups, kinds, parts, seed)
    scores = Scores(y, kinds, part)
    jury: list[nn.Module] = []
    for number in range(parts):
        test = part == number
        seen = torch.ones_like(test) if params.bool("leak") else ~test
        nets = networks(1000 * seed + number)
        data = x[seen], y[seen], weights(y[seen], kinds[seen], groups[seen], params.float("drawings"))
        watched, shown = shown_of(test, kinds), -1.0
        for done, loss in train(
            nets, data, params.int("epochs"), params.float("lr"), params.float("augment"), 1000 * seed + number
        ):
            stage = Both(f"treino {number + 1} de {parts}", f"training {number + 1} of {parts}")
            yield Step(0.95 * (number + done) / parts, stage, {"loss": loss if loss < 100 else 100.0})
            if done - shown >= parts / LIVES or shown < 0:
                shown = done
                yield live(nets["cnn"], x[watched], y[watched], (number + done) / parts, params.lang)
        for name, net in nets.items():
            scores.said[name][test] = dogness(net, x[test]).nan_to_num(0.5)
        jury.append(nets["cnn"])
    yield mistakes(scores, x, params.lang)
    yield summary(scores, params.bool("leak"), params.lang)
    yield Step(1.0, Both("pronto", "done"))
    yield result(scores, jury, params)


def chosen(examples: int, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give the pictures, or some of them drawn by the seed."""
    found = pets()
    pick = torch.randperm(len(found[0]), generator=torch.Generator().manual_seed(seed))[:examples].sort().values
    return found[0][pick], found[1][pick], found[2][pick], found[3][pick]


def shown_of(test: Tensor, kinds: Tensor) -> Tensor:
    """Choose four outlines and four drawings of the test part, spread over it."""
    picked = []
    for kind in (0, 1):
        mine = (test & (kinds == kind)).nonzero()[:, 0]
        picked.append(mine[torch.linspace(0, len(mine) - 1, WATCHED // 2).long()])
    return torch.cat(picked)


def animal(dog: float) -> Both:
    """Name the verdict."""
    return Both("cão", "dog") if dog > 0.5 else Both("gato", "cat")


def live(cnn: nn.Module, x: Tensor, y: Tensor, done: float, lang: Lang) -> Picture:
    """Show what the CNN says now of eight test pictures."""
    said = dogness(cnn, x).nan_to_num(0.5).tolist()
    right = [(dog > 0.5) == bool(label) for dog, label in zip(said, y.tolist(), strict=True)]
    labels = [say("{a} {p:%0}", "{a} {p:%0}", a=animal(dog), p=max(dog, 1 - dog))[lang] for dog in said]

    def sheet(page: Sheet) -> None:
        page.title(Both("O que a CNN diz agora (imagens do teste)", "What the CNN says now (test pictures)")[lang])
        shelf(page, 128, x, labels, right)
        page.rectangle((MARGIN, 762), (WIDTH - 2 * MARGIN, 12), "faint", fill=0.6)
        page.rectangle((MARGIN, 762), ((WIDTH - 2 * MARGIN) * done, 12), "input", fill=0.95)

    alt = say(
        "Oito imagens do teste com o veredito atual da CNN; {n} certas.",
        "Eight test pictures with the CNN's verdict so far; {n} right.",
        n=sum(right),
    )
    return draw.picture(sheet, alt)


def shelf(page: Sheet, top: float, x: Tensor, labels: list[str], right: list[bool]) -> None:
    """Show up to eight pictures in two rows, what was said below, and a mark: right or wrong."""
    side = 226.0
    for i, (pixels, label) in enumerate(zip(x[:, 0].numpy(), labels, strict=True)):
        left, y = MARGIN + i % 4 * (WIDTH - 2 * MARGIN - side) / 3, top + i // 4 * (side + 74)
        page.image((left, y), (side, side), pixels, frame="muted")
        page.mark((left + 22, y + side + 34), "circle" if right[i] else "cross", "output" if right[i] else "error", 12)
        page.text((left + 46, y + side + 34), label, 29, "ink", align="left")


def mistakes(scores: Scores, x: Tensor, lang: Lang) -> Picture:
    """Show the test pictures that the CNN got wrong with most confidence."""
    dog, labels = scores.said["cnn"], scores.labels
    wrong = torch.where((dog > 0.5) != labels.bool(), (dog - 0.5).abs(), -1.0)
    worst = [int(i) for kind in (0, 1) for i in torch.where(scores.kinds == kind, wrong, -1.0).topk(4).indices]
    names = [
        say("“{a}” {p:%0}", "“{a}” {p:%0}", a=animal(float(dog[i])), p=0.5 + float(wrong[i].clamp(min=0)))[lang]
        for i in worst
    ]

    def sheet(page: Sheet) -> None:
        page.title(Both("Errou com toda a certeza", "Wrong, and so sure of it")[lang])
        shelf(page, 128, x[worst], names, [False] * len(worst))
        page.caption(
            Both("Alta confiança não é o mesmo que estar certo.", "High confidence is not the same as being right.")[
                lang
            ]
        )

    alt = Both(
        "As oito imagens do teste que a CNN errou com mais confiança: em cima silhuetas, embaixo desenhos.",
        "The eight test pictures that the CNN got wrong most confidently: outlines above, drawings below.",
    )
    return draw.picture(sheet, alt, "mistakes", final=True)


def summary(scores: Scores, leak: bool, lang: Lang) -> Picture:
    """Show accuracy on both kinds of pictures beside the baselines."""
    rows = [(kind, name) for kind in (0, 1) for name in NAMES]

    def sheet(page: Sheet) -> None:
        page.title(
            Both("Cão ou gato? Acertos em imagens não vistas", "Cat or dog? Accuracy on unseen pictures")[lang]
            if not leak
            else Both("Nota inflada: o teste estava no treino", "Inflated: the test was in training")[lang]
        )
        for i, (kind, name) in enumerate(rows):
            y = 184 + 80 * i + 60 * kind
            if name == "cnn":
                page.text((MARGIN, y - 46), KINDS[kind][lang], 30, "muted", align="left", bold=True)
            share, spread = scores.right(name, kind)
            page.text((MARGIN, y), NAMES[name][lang], 30, align="left", bold=name == "cnn")
            left, scale = 400.0, 480.0
            page.rectangle((left, y - 24), (scale * share, 48), ROLES[name], fill=0.95 if name == "cnn" else 0.45)
            page.line([(left + scale * (share - spread), y), (left + scale * (share + spread), y)], "ink", 4)
            page.text(
                (left + scale * (share + spread) + 16, y), percent(share, lang), 30, align="left", bold=name == "cnn"
            )
        for kind in (0, 1):
            x, top = 400 + 480 * scores.majority(kind), 154 + 300 * kind
            page.line([(x, top), (x, top + 220)], "ink", 3, dashed=True)
        page.caption(
            Both(
                "Tracejado: responder sempre o animal mais comum. Traço: variação entre as partes.",
                "Dashed: always saying the commoner animal. Whisker: spread over the parts.",
            )[lang],
            27,
        )

    parts = [
        say(
            "{k}: CNN {c:%}, MLP {m:%}, linear {l:%}, sempre o mais comum {b:%}",
            "{k}: CNN {c:%}, MLP {m:%}, linear {l:%}, always the commoner {b:%}",
            k=KINDS[kind],
            c=scores.right("cnn", kind)[0],
            m=scores.right("mlp", kind)[0],
            l=scores.right("linear", kind)[0],
            b=scores.majority(kind),
        )
        for kind in (0, 1)
    ]
    alt = Both(f"Barras de acertos. {parts[0].pt}; {parts[1].pt}.", f"Bars of accuracy. {parts[0].en}; {parts[1].en}.")
    return draw.picture(sheet, alt, "summary", final=True)


def result(scores: Scores, jury: list[nn.Module], params: Params) -> Result:
    """Tell what came out."""
    outlines, drawings = scores.right("cnn", 0), scores.right("cnn", 1)
    option = "same" if abs(outlines[0] - drawings[0]) < CLOSE else "outlines" if outlines > drawings else "drawings"
    values = {
        "o": outlines[0],
        "d": drawings[0],
        "om": scores.right("mlp", 0)[0],
        "dm": scores.right("mlp", 1)[0],
        "ol": scores.right("linear", 0)[0],
        "dl": scores.right("linear", 1)[0],
        "ob": scores.majority(0),
        "db": scores.majority(1),
    }
    return Result(
        what=say(
            "Nas silhuetas não vistas a CNN acerta {o:%} (MLP {om:%}, linear {ol:%}, sempre o mais comum "
            "{ob:%}); em ícones e emojis de estúdios não vistos, {d:%} (MLP {dm:%}, linear {dl:%}, sempre o mais "
            "comum {db:%}).",
            "On unseen outlines the CNN gets {o:%} right (MLP {om:%}, linear {ol:%}, always the commoner "
            "{ob:%}); on icons and emoji by unseen studios, {d:%} (MLP {dm:%}, linear {dl:%}, always the "
            "commoner {db:%}).",
            **values,
        ),
        why=LEAKED if params.bool("leak") else why(values["d"] - values["dm"]),
        next=Both(
            "Mande a foto de um bicho contra um fundo liso, um emoji 🐱🐶 ou um desenho seu: as CNNs votam. "
            "Depois “quebre isso”: deixe o teste vazar para o treino e veja a nota subir sem merecer.",
            "Send a photo of a pet against a plain background, an emoji 🐱🐶 or your own drawing: the CNNs vote. "
            "Then “break it”: leak the test into training and watch the score rise undeservedly.",
        ),
        metrics=tuple(
            metric(scores, kind, name) for kind, name in ((0, "accuracy_outlines"), (1, "accuracy_drawings"))
        ),
        answer=Answer(
            option,
            say(
                "{o:%} nas silhuetas e {d:%} nos desenhos. As silhuetas são mais e mais parecidas entre si; cada "
                "estúdio desenha bichos do seu jeito.",
                "{o:%} on outlines and {d:%} on drawings. There are more outlines, and they are more alike; each "
                "studio draws pets in its own way.",
                **values,
            ),
        ),
        turn=Turn(INVITE, wants="image"),
        state=arrays.pack(
            {f"{i}.{name}": array for i, cnn in enumerate(jury) for name, array in cnn.state_dict().items()}
        ),
    )


def metric(scores: Scores, kind: int, name: str) -> Metric:
    """Give the accuracy on a kind of pictures."""
    share, spread = scores.right("cnn", kind)
    base = tuple(Baseline(NAMES[other], *scores.right(other, kind)) for other in ("mlp", "linear"))
    always = Baseline(Both("sempre o mais comum", "always the commoner"), scores.majority(kind))
    return Metric(
        name,
        say("acertos: {k}", "accuracy: {k}", k=KINDS[kind]),
        share,
        (*base, always),
        percent=True,
        digits=1,
        spread=spread,
    )


WHY = Both(
    "Orelha, focinho, cauda: filtros pequenos acham esses pedaços onde estiverem, e a CNN junta os achados. Mas "
    "repare nos erros: nestas silhuetas os gatos quase sempre estão sentados e os cães de pé, e a rede aprendeu "
    "isso também. Ela aprende os dados, não o que queríamos dizer com eles.",
    "Ear, snout, tail: small filters find such pieces wherever they are, and the CNN joins what they find. But "
    "look at its mistakes: in these outlines cats mostly sit and dogs mostly stand, and the network learned that "
    "too. It learns the data, not what we meant by them.",
)


def why(ahead: float) -> Both:
    """Explain; where the CNN is not ahead of the MLP on drawings, say so."""
    if ahead > CLOSE:
        return WHY
    tie = Both(
        " E nos desenhos a CNN não passou de uma rede comum: são só 319, cada estúdio de um jeito; falta dado, "
        "não camada.",
        " And on drawings the CNN did no better than a plain network: there are only 319, each studio's in its "
        "own way; what is missing is data, not layers.",
    )
    return Both(WHY.pt + tie.pt, WHY.en + tie.en)


LEAKED = Both(
    "As imagens do teste estavam no treino: a nota mede o que a rede decorou. Num produto de verdade, a queda só "
    "apareceria diante do usuário. Compare com a rodada sem vazamento.",
    "The test pictures were in training: the score measures what the network memorised. In a real product the "
    "fall would only show before the user. Compare with the run without the leak.",
)
INVITE = Both(
    "Mande uma foto (fundo liso, bicho inteiro ou cara), um emoji ou um desenho: cão ou gato?",
    "Send a photo (plain background, whole pet or face), an emoji or a drawing: cat or dog?",
)


def play(state: bytes, memory: str, params: Params, move: str) -> Iterator[Event]:
    """Say what the learner's picture shows: every CNN looks at its shades and at its outline, and they vote."""
    found = arrays.unpack(state)
    picture = uploads.image(params.files["image"])
    seen = torch.stack([torch.from_numpy(ink.centred(look(picture), 32, 28)) for look in (ink.shades, ink.figure)])[
        :, None
    ]
    votes = torch.stack([dogness(member, seen) for member in jury_of(found)])
    dog = verdict_of(votes)
    yield verdict(seen, votes, params.lang)
    yield Turn(told(dog, votes), wants="image")


def jury_of(found: arrays.Arrays) -> Iterator[nn.Module]:
    """Give the CNNs, as they were trained."""
    for number in sorted({name.split(".")[0] for name in found}):
        cnn = networks(0)["cnn"]
        cnn.load_state_dict(
            {
                name.split(".", 1)[1]: torch.from_numpy(array)
                for name, array in found.items()
                if name.startswith(f"{number}.")
            }
        )
        yield cnn


def told(dog: float, votes: Tensor) -> Both:
    """Say the verdict, and how far to trust it."""
    sure = max(dog, 1 - dog)
    agree = bool(((votes > 0.5) == (dog > 0.5)).all())
    verdict_ = say("**{a}**, com {p:%0} de confiança. ", "**{a}**, with {p:%0} confidence. ", a=animal(dog), p=sure)
    if sure < 0.7:
        doubt = Both("É quase um palpite. ", "That is little more than a guess. ")
    elif agree:
        doubt = Both("Todas as redes concordam. ", "All the networks agree. ")
    else:
        doubt = Both("As redes não concordam entre si. ", "The networks don't agree with each other. ")
    limit = Both(
        "Elas só viram silhuetas e desenhos: nunca uma foto, nem outro bicho. Para elas, tudo é cão ou gato.",
        "They have only seen outlines and drawings: never a photo, nor any other animal. To them everything is a "
        "cat or a dog.",
    )
    return Both(verdict_.pt + doubt.pt + limit.pt, verdict_.en + doubt.en + limit.en)


def verdict_of(votes: Tensor) -> float:
    """Give the chance of a dog from votes [networks, 2]: what is seen in the shades counts twice."""
    shades, outline = votes.mean(0).tolist()
    return float(2 * shades + outline) / 3


def verdict(seen: Tensor, votes: Tensor, lang: Lang) -> Picture:
    """Show both ways in which the networks saw the picture, and their votes."""
    dog = verdict_of(votes)
    names = (Both("tons", "shades"), Both("contorno", "outline"))

    def sheet(page: Sheet) -> None:
        page.title(say("Veredito: {a} ({p:%0})", "Verdict: {a} ({p:%0})", a=animal(dog), p=max(dog, 1 - dog))[lang])
        for i, name in enumerate(names):
            page.image((MARGIN + 330 * i, 140), (300, 300), seen[i, 0].numpy(), frame="muted")
            page.text((MARGIN + 330 * i + 150, 468), name[lang], 28, "muted")
        page.legend(
            [Entry(Both("gato", "cat")[lang], "input", "circle"), Entry(Both("cão", "dog")[lang], "error", "square")],
            150,
            left=720,
        )
        box = axes(
            page,
            (130, 560),
            (WIDTH - 130 - MARGIN, 120),
            (0, 1),
            (0, 1),
            Labels(
                Both(
                    "chance de ser cão: um ponto por rede e por vista",
                    "chance of a dog: one point for each network and view",
                )[lang],
                lang=lang,
                ticks=False,
            ),
        )
        page.text((120, 620), Both("gato", "cat")[lang], 28, "input", align="right")
        for i, vote in enumerate(votes.flatten().tolist()):
            box.scatter(
                [vote],
                [0.2 + 0.6 * (i % 3) / 2],
                "error" if vote > 0.5 else "input",
                "square" if vote > 0.5 else "circle",
                14,
            )
        box.sheet.line([*box.place([0.5, 0.5], [0, 1])], "muted", 3, dashed=True)

    alt = say(
        "Como as redes viram a imagem, em tons e em contorno, e seus votos: {a}, {p:%0}.",
        "How the networks saw the picture, as shades and as an outline, and their votes: {a}, {p:%0}.",
        a=animal(dog),
        p=max(dog, 1 - dog),
    )
    return draw.picture(sheet, alt, "verdict", final=True)
