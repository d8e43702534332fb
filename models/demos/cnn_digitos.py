"""A convolutional network reads handwriting: LeNet against an ordinary network of the same size.

A convolution slides one small filter over the whole image, so a stroke is recognised wherever it lies. An ordinary
network (MLP) has a weight for each pixel: it learns *where* the ink is, and a digit moved by two pixels is new to it.
"""

# [code]
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

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
from models.kit.sheet import MARGIN, WIDTH, Entry, Mark, Pixels, Sheet

SPEC = DemoSpec(
    name="cnn-digitos",
    title=Both("CNN: ler dígitos escritos à mão", "CNN: reading handwritten digits"),
    summary=Both(
        "LeNet contra uma rede comum do mesmo tamanho, com dígitos deslocados",
        "LeNet against a plain network of equal size, on shifted digits",
    ),
    lesson=Both(
        "Uma rede convolucional passa o mesmo filtro pequeno por toda a imagem: um traço é reconhecido onde "
        "quer que esteja. A rede comum (MLP) tem um peso "
        "para cada pixel e decora posições. Com o mesmo número de parâmetros, as duas leem dígitos bem "
        "centrados; desloque os dígitos do teste e veja quem cai.",
        "A convolutional network slides one small filter over the whole image: a stroke is recognised "
        "wherever it lies. A plain network (MLP) has one weight "
        "per pixel and memorises places. With the same number of parameters both read centred digits; shift "
        "the test digits and see which one falls.",
    ),
    concept="cnn",
    related=("lenet", "cnn-1989", "convolucao", "filtros-e-mapas", "pooling", "yann-lecun", "visao-computacional"),
    slides=("1989-cnn", "cnn"),
    seconds=9,
    params=(
        Param("epochs", "int", 4, Both("épocas", "epochs"), 1, 10, words=("épocas", "epocas", "epochs")),
        Param(
            "lr", "float", 0.002, Both("taxa de aprendizado", "learning rate"), 1e-5, 0.3, words=("taxa", "rate", "lr")
        ),
        Param(
            "examples",
            "int",
            8000,
            Both("exemplos de treino", "training examples"),
            100,
            8000,
            words=("exemplos", "examples"),
        ),
        Param(
            "shift",
            "int",
            0,
            Both("deslocar no treino (pixels)", "shift while training (pixels)"),
            0,
            4,
            words=("deslocar", "deslocamento", "shift"),
        ),
        Param("tests", "int", 2000, Both("dígitos de teste", "test digits"), 200, 2000, words=("testes", "tests")),
        Param(
            "shuffle",
            "bool",
            False,
            Both("embaralhar os pixels", "shuffle the pixels"),
            words=("embaralhar", "shuffle"),
        ),
    ),
    expect=Expectation(
        Both(
            "Os dígitos do teste vão andar 2 pixels para o lado. Quem vai errar mais por causa disso?",
            "The test digits will move 2 pixels. Which network will suffer more?",
        ),
        (
            Option("mlp", Both("a rede comum (MLP)", "the plain network (MLP)")),
            Option("cnn", Both("a CNN", "the CNN")),
            Option("same", Both("as duas igual", "both the same")),
        ),
    ),
    quick={"epochs": 1, "examples": 300, "tests": 200},
    presets=(
        Preset(
            "embaralhar",
            Both("quebre isso: pixels embaralhados", "break it: shuffled pixels"),
            {"shuffle": True},
            Both(
                "Todos os pixels trocam de lugar, sempre do mesmo jeito. Para a rede comum nada muda; a CNN "
                "perde a vantagem, porque ela aposta que pixels vizinhos têm a ver um com o outro.",
                "All pixels change places, always in the same way. Nothing changes for the plain network; "
                "the CNN loses its edge, since it bets that neighbouring pixels belong together.",
            ),
            broken=True,
        ),
        Preset(
            "taxa-alta",
            Both("quebre isso: taxa 0,1", "break it: rate 0.1"),
            {"lr": 0.1},
            Both(
                "Passos grandes demais: os pesos saltam por cima do vale, muitas ReLU morrem e a rede fica "
                "perto do chute (10 %).",
                "Steps far too large: the weights leap over the valley, many ReLUs die, and the network "
                "stays near guessing (10%).",
            ),
            broken=True,
        ),
        Preset(
            "aumentar",
            Both("treinar com dígitos deslocados", "train on shifted digits"),
            {"shift": 3},
            Both(
                "Aumento de dados: no treino cada lote anda até 3 pixels. A MLP também aprende a aguentar "
                "deslocamento, mas paga por isso; a CNN paga menos.",
                "Data augmentation: in training each batch moves up to 3 pixels. The MLP learns to bear "
                "shifts too, but pays for it; the CNN pays less.",
            ),
        ),
        Preset(
            "poucos",
            Both("só 300 exemplos", "only 300 examples"),
            {"examples": 300, "epochs": 10},
            Both(
                "Com poucos dados, a aposta da convolução vale ainda mais.",
                "With little data, the convolution's bet is worth even more.",
            ),
        ),
    ),
    knobs=(
        Knob("mais", Both("mais épocas", "more epochs"), "epochs", plus=3),
        Knob("taxa10", Both("taxa ×10", "rate ×10"), "lr", times=10),
        Knob("desloca", Both("deslocar no treino", "shift in training"), "shift", to=2),
        Knob("embaralha", Both("embaralhar pixels", "shuffle pixels"), "shuffle", to=True),
    ),
    aliases=("lenet", "cnn", "rede convolucional", "convolutional network", "mnist", "cnn-digits", "dígitos", "digits"),
    asks=(
        "reconhecer dígitos",
        "ler números escritos à mão",
        "recognise digits",
        "recognize digits",
        "read handwritten numbers",
    ),
    reference="LeCun et al., 1989; LeCun, Bottou, Bengio, Haffner, 1998",
    data=Both("MNIST, 10.000 dígitos (LeCun, Cortes, Burges)", "MNIST, 10,000 digits (LeCun, Cortes, Burges)"),
    plays=("image",),
    call=(
        "x, y, x_test, y_test = digits({examples}, {shuffle}, seed={seed})\n"
        "nets = networks(seed={seed})\n"
        "for done, losses in train(nets, x, y, {epochs}, {lr}, {shift}, seed={seed}):\n"
        "    print(f'{{done:.0%}}', losses)\n"
        "for name, net in nets.items():\n"
        "    print(name, [round(accuracy(net, moved(x_test, k), y_test), 3) for k in (0, 1, 2, 3)])"
    ),
)


# [code]
def digits(examples: int, shuffle: bool, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give training and test digits [N, 1, 28, 28] and what they are [N]; `shuffle` moves every pixel, always alike."""
    found = datasets.digits()
    images = (torch.from_numpy(found.images).float()[:, None] / 255 - 0.13) / 0.31
    if shuffle:
        order = torch.randperm(28 * 28, generator=torch.Generator().manual_seed(seed))
        images = images.flatten(1)[:, order].view(-1, 1, 28, 28)
    labels, cut = torch.from_numpy(found.labels), len(images) - datasets.TEST_DIGITS
    return images[:examples], labels[:examples], images[cut:], labels[cut:]


def networks(seed: int) -> dict[str, nn.Sequential]:
    """Make LeNet (52,754 parameters), a plain network (MLP) of the same size, and a linear classifier."""
    torch.manual_seed(seed)
    cnn = nn.Sequential(
        *(nn.Conv2d(1, 8, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),  # 8 filters, maps of [8, 14, 14]
        *(nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),  # 16 filters over those, [16, 5, 5]
        *(nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 10)),
    )
    mlp = nn.Sequential(nn.Flatten(), nn.Linear(784, 66), nn.ReLU(), nn.Linear(66, 10))
    return {"cnn": cnn, "mlp": mlp, "linear": nn.Sequential(nn.Flatten(), nn.Linear(784, 10))}


def train(
    nets: Mapping[str, nn.Module], x: Tensor, y: Tensor, epochs: int, lr: float, shift: int, seed: int
) -> Iterator[tuple[float, dict[str, float]]]:
    """Train all networks on the same batches; yield how much is done and each one's loss."""
    dice = torch.Generator().manual_seed(seed)
    optimizers = {name: torch.optim.Adam(net.parameters(), lr) for name, net in nets.items()}
    for epoch in range(epochs):
        batches = torch.randperm(len(x), generator=dice).split(64)
        for number, pick in enumerate(batches, 1):
            way = torch.randint(-shift, shift + 1, (2,), generator=dice).tolist()
            batch, losses = x[pick].roll(way, (2, 3)), {}
            for name, net in nets.items():
                loss = cross_entropy(net(batch), y[pick])
                optimizers[name].zero_grad()
                loss.backward()
                optimizers[name].step()
                losses[name] = loss.item()
            yield (epoch + number / len(batches)) / epochs, losses


def moved(x: Tensor, pixels: int) -> Tensor:
    """Move a fourth of the images up, a fourth down, the others left and right."""
    ways = ((-pixels, 0), (pixels, 0), (0, -pixels), (0, pixels))
    return torch.cat([part.roll(way, (2, 3)) for part, way in zip(x.chunk(4), ways, strict=True)])


@torch.no_grad()
def accuracy(net: nn.Module, x: Tensor, y: Tensor) -> float:
    """Give the share of images that a network names rightly."""
    return float((net(x).argmax(1) == y).float().mean())


# [end]


NAMES = {
    "cnn": Both("CNN (LeNet)", "CNN (LeNet)"),
    "mlp": Both("rede comum (MLP)", "plain network (MLP)"),
    "linear": Both("linear", "linear"),
}
ROLES = {"cnn": "input", "mlp": "error", "linear": "hidden"}
MARK: dict[str, Mark] = {"cnn": "circle", "mlp": "square", "linear": "triangle"}
DASHED = {"cnn": False, "mlp": True, "linear": True}
SHIFTS = (0, 1, 2, 3, 4)
WATCHED = 400  # test digits for the live curve
EVERY = 0.07  # of the run, between two live pictures
CLOSE = 0.04  # falls that differ by less count as equal


def run(params: Params, seed: int) -> Iterator[Event]:
    """Train the three networks together, then shift the test digits."""
    x, y, x_test, y_test = digits(params.int("examples"), params.bool("shuffle"), seed)
    nets = networks(seed)
    history: dict[str, list[tuple[float, float]]] = {name: [] for name in nets}
    shown = -1.0
    for done, losses in train(nets, x, y, params.int("epochs"), params.float("lr"), params.int("shift"), seed):
        yield Step(min(0.94 * done, 1), Both("treinando as três redes", "training the three networks"), finite(losses))
        if done - shown >= EVERY or done == 1:
            shown = done
            for name, net in nets.items():
                history[name].append((done, accuracy(net, x_test[:WATCHED], y_test[:WATCHED])))
            yield live(history, nets["cnn"], x_test, params.lang)
    asked, answers = x_test[: params.int("tests")], y_test[: params.int("tests")]
    falls = {name: [accuracy(net, moved(asked, k), answers) for k in SHIFTS] for name, net in nets.items()}
    yield Step(0.98, Both("deslocando os dígitos do teste", "shifting the test digits"))
    yield inside(nets["cnn"], x_test, y_test, params.lang)
    yield summary(falls, params.lang)
    yield Step(1.0, Both("pronto", "done"))
    yield result(falls, nets["cnn"], majority(y, y_test), params)


def finite(losses: Mapping[str, float]) -> dict[str, float]:
    """Give the CNN's loss, cut off where it flies away."""
    return {"loss": float(torch.tensor(losses["cnn"]).nan_to_num(1e6).clamp(max=1e6))}


def majority(y: Tensor, y_test: Tensor) -> float:
    """Give the accuracy of always saying the commonest digit."""
    return float((y_test == y.mode().values).float().mean())


def live(history: Mapping[str, list[tuple[float, float]]], cnn: nn.Module, x: Tensor, lang: Lang) -> Picture:
    """Show accuracy so far, and what the CNN reads in ten digits right now."""
    guesses = cnn(x[:10]).argmax(1).tolist()

    def sheet(page: Sheet) -> None:
        page.title(Both("Acertos em dígitos nunca vistos", "Accuracy on digits never seen")[lang])
        page.legend([entry(name, lang) for name in history], 148)
        part = Both("parte do treino", "part of the training")[lang]
        box = axes(page, (128, 210), (WIDTH - 128 - MARGIN, 270), (0, 1), (0, 1), Labels(part, lang=lang))
        for name, points in history.items():
            xs, ys = [done for done, _ in points], [share for _, share in points]
            box.line(xs, ys, ROLES[name], dashed=DASHED[name])
            box.scatter(xs[-1:], ys[-1:], ROLES[name], MARK[name])
        page.text(
            (MARGIN, 606), Both("o que a CNN lê agora:", "what the CNN reads now:")[lang], 28, "muted", align="left"
        )
        page.images((MARGIN, 632), WIDTH - 2 * MARGIN, grey(x[:10]), 10, labels=[str(g) for g in guesses])

    said, read = told({name: [points[-1][1]] for name, points in history.items()}), " ".join(map(str, guesses))
    alt = Both(
        f"Curvas de acerto durante o treino: {said.pt}. Abaixo, dez dígitos e a leitura da CNN: {read}.",
        f"Accuracy curves while training: {said.en}. Below, ten digits and the CNN's reading: {read}.",
    )
    return draw.picture(sheet, alt)


def entry(name: str, lang: Lang) -> Entry:
    """Name a network in a legend."""
    return Entry(NAMES[name][lang], ROLES[name], MARK[name], DASHED[name], lined=True)


def told(values: Mapping[str, list[float]]) -> Both:
    """Say each network's accuracies."""

    def words(lang: Lang) -> str:
        rows = ((NAMES[name][lang], [percent(v, lang, 0) for v in some]) for name, some in values.items())
        return "; ".join(f"{name}: {', '.join(row)}" for name, row in rows)

    return Both(words("pt"), words("en"))


def grey(x: Tensor) -> list[Pixels]:
    """Give images [N, 1, H, W] as arrays of 0..1, each by its own darkest and brightest pixel."""
    flat = x.detach().flatten(1)
    low, high = flat.min(1).values[:, None], flat.max(1).values[:, None]
    return list(((flat - low) / (high - low + 1e-6)).view(len(x), *x.shape[2:]).numpy())


@torch.no_grad()
def inside(cnn: nn.Sequential, x: Tensor, y: Tensor, lang: Lang) -> Picture:
    """Show one digit, the eight filters of the first layer, and what each finds in it."""
    digit = x[int((y == 5).nonzero()[0, 0]) :][:1]
    filters, maps, deep = next(cnn.parameters()), cnn[:2](digit)[0, :, None], cnn[:5](digit)[0, :, None]
    caption = Both(
        "Os filtros nasceram ao acaso; o treino fez deles detectores de traços e bordas.",
        "The filters began at random; training made them detectors of strokes and edges.",
    )

    def sheet(page: Sheet) -> None:
        page.title(Both("Dentro da CNN", "Inside the CNN")[lang])
        page.image((MARGIN, 190), (220, 220), grey(digit)[0], frame="muted")
        page.text((MARGIN + 110, 440), Both("um dígito do teste", "a test digit")[lang], 26, "muted")
        rows = (
            (128, Both("1ª camada: 8 filtros aprendidos", "layer 1: 8 learned filters"), grey(filters)),
            (280, Both("o que cada um acha no dígito", "what each finds in the digit"), grey(maps)),
            (432, Both("2ª camada: 16 mapas, traços combinados", "layer 2: 16 maps, strokes combined"), grey(deep)),
        )
        for top, words, pictures in rows:
            page.text((310, top + 12), words[lang], 28, "input", align="left")
            page.images((310, top + 34), WIDTH - 310 - MARGIN, pictures, 8)
        page.caption(caption[lang])

    alt = Both(
        "À esquerda um dígito 5; à direita os oito filtros 5×5 da primeira camada, os oito mapas que eles "
        "produzem e os dezesseis mapas da segunda camada.",
        "Left, a digit 5; right, the eight 5×5 filters of the first layer, the eight maps they give and the "
        "sixteen maps of the second layer.",
    )
    return draw.picture(sheet, alt, "inside", final=True)


def summary(falls: Mapping[str, list[float]], lang: Lang) -> Picture:
    """Show how accuracy falls as the test digits move, above one digit that moves."""
    digit = torch.from_numpy(datasets.digits().images[-1]).float() / 255

    def sheet(page: Sheet) -> None:
        page.title(Both("O que sobra quando os dígitos andam", "What is left when the digits move")[lang])
        page.legend([entry(name, lang) for name in falls], 148)
        box = axes(
            page,
            (128, 226),
            (WIDTH - 128 - MARGIN, 330),
            (-0.3, 4.3),
            (0, 1),
            Labels(y=Both("acertos nos dígitos de teste", "accuracy on the test digits")[lang], lang=lang),
        )
        for name, values in falls.items():
            box.line(SHIFTS, values, ROLES[name], 6, dashed=DASHED[name])
            box.scatter(SHIFTS, values, ROLES[name], MARK[name], 11)
        page.rectangle((118, 559), (WIDTH - 118, 60), "paper", fill=1.0)
        for pixels, (x, _) in zip(SHIFTS, box.place(SHIFTS, [0] * len(SHIFTS)), strict=True):
            page.image((x - 62, 572), (124, 124), digit.roll(pixels, 1).numpy(), frame="muted")
            page.text((x, 722), f"{pixels} px", 28, "muted")
        page.text(
            (WIDTH / 2, 772), Both("deslocamento de cada dígito", "how far each digit was moved")[lang], 28, "muted"
        )

    said = told(falls)
    alt = Both(
        f"Acertos com os dígitos deslocados 0, 1, 2, 3 e 4 pixels. {said.pt}.",
        f"Accuracy with the digits moved by 0, 1, 2, 3 and 4 pixels. {said.en}.",
    )
    return draw.picture(sheet, alt, "summary", final=True)


def result(falls: Mapping[str, list[float]], cnn: nn.Module, chance: float, params: Params) -> Result:
    """Tell what came out."""
    (cnn0, *_), (mlp0, *_), (linear0, *_) = falls.values()
    cnn2, mlp2, linear2 = (values[2] for values in falls.values())
    lost = {"cnn": cnn0 - cnn2, "mlp": mlp0 - mlp2}
    close = abs(lost["cnn"] - lost["mlp"]) < CLOSE
    option = "same" if close else max(lost, key=lambda name: lost[name])
    names = {
        "mlp": Both("a rede comum", "the plain network"),
        "cnn": Both("a CNN", "the CNN"),
        "same": Both("ninguém mais que a outra", "neither more than the other"),
    }
    scores = {"c": cnn0, "m": mlp0, "l": linear0, "c2": cnn2, "m2": mlp2, "l2": linear2}
    return Result(
        what=say(
            "A CNN lê {c:%} dos dígitos nunca vistos; a rede comum com o mesmo número de parâmetros, {m:%}; um "
            "classificador linear, {l:%}. Com os dígitos 2 pixels fora do lugar: {c2:%}, {m2:%} e {l2:%}.",
            "The CNN reads {c:%} of digits never seen; the plain network with as many parameters, {m:%}; a "
            "linear classifier, {l:%}. With the digits 2 pixels out of place: {c2:%}, {m2:%} and {l2:%}.",
            **scores,
        ),
        why=why(params.bool("shuffle"), cnn0 > 0.5),
        next=NEXT,
        metrics=metrics(scores, chance),
        answer=Answer(
            option,
            say(
                "Com 2 pixels, a CNN caiu de {c:%0} para {c2:%0} e a rede comum de {m:%0} para {m2:%0}: quem "
                "mais sofreu foi {who}.",
                "With 2 pixels, the CNN fell from {c:%0} to {c2:%0} and the plain network from {m:%0} to "
                "{m2:%0}: the one that suffered more is {who}.",
                who=names[option],
                **scores,
            ),
        ),
        turn=None if params.bool("shuffle") else Turn(INVITE, wants="image"),
        state=b"" if params.bool("shuffle") else arrays.pack(cnn.state_dict()),
    )


def metrics(scores: Mapping[str, float], chance: float) -> tuple[Metric, ...]:
    """Give accuracy as the digits stand, and moved by two pixels."""
    same, linear = Both("MLP de igual tamanho", "MLP of equal size"), Both("linear", "linear")
    guess = Baseline(Both("sempre o mesmo dígito", "always the same digit"), chance)
    straight = (Baseline(same, scores["m"]), Baseline(linear, scores["l"]), guess)
    shifted = (Baseline(same, scores["m2"]), Baseline(linear, scores["l2"]))
    return (
        Metric("accuracy", Both("acertos", "accuracy"), scores["c"], straight, percent=True, digits=1),
        Metric(
            "accuracy_shifted_2px",
            Both("acertos, 2 px fora do lugar", "accuracy, 2 px out of place"),
            scores["c2"],
            shifted,
            percent=True,
            digits=1,
        ),
    )


NEXT = Both(
    "Embaralhe os pixels (“quebre isso”) e veja a vantagem sumir, ou treine com dígitos deslocados. E mande a "
    "foto de um dígito seu, com caneta grossa em papel liso: a CNN lê.",
    "Shuffle the pixels (“break it”) and watch the edge vanish, or train on shifted digits. And send a photo of "
    "your own digit, thick pen on plain paper: the CNN will read it.",
)
INVITE = Both(
    "Escreva um dígito grande, fotografe e mande: a CNN que você acabou de treinar diz qual é.",
    "Write one large digit, take a photo and send it: the CNN you have just trained says which it is.",
)


def why(shuffled: bool, learned: bool) -> Both:
    """Explain the run."""
    if not learned:
        return Both(
            "Com passos tão grandes a CNN não aprendeu: os pesos pularam de um lado para o outro do vale e "
            "muitas ReLU ficaram presas em zero, sem gradiente para voltar.",
            "With steps so large the CNN did not learn: the weights jumped from one side of the valley to "
            "the other and many ReLUs stuck at zero, with no gradient to return.",
        )
    if shuffled:
        return Both(
            "Com os pixels embaralhados não há mais traços nem vizinhança, e os filtros não têm o que achar. "
            "Para a rede comum a ordem dos pixels nunca importou.",
            "With shuffled pixels there are no strokes or neighbours left, so the filters have nothing to "
            "find. To the plain network the order of pixels never mattered.",
        )
    return Both(
        "O filtro da CNN usa os mesmos poucos pesos em toda a imagem e o pooling perdoa pequenos "
        "deslocamentos; por isso o traço vale em qualquer lugar. "
        "A rede comum ligou cada peso a um pixel fixo. A CNN também cai com deslocamentos maiores: a última "
        "camada dela ainda olha posições.",
        "The CNN's filter uses the same few weights all over the image, and pooling forgives small shifts, "
        "so a stroke counts anywhere. "
        "The plain network tied each weight to one pixel. The CNN falls too when shifts grow: its last "
        "layers still look at places.",
    )


@torch.no_grad()
def play(state: bytes, memory: str, params: Params, move: str) -> Iterator[Event]:
    """Read a digit that the learner wrote and photographed."""
    cnn = networks(0)["cnn"]
    cnn.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.unpack(state).items()})
    pixels = ink.centred(ink.strokes(uploads.image(params.files["image"])), 28, 20)
    chances = cnn((torch.from_numpy(pixels)[None, None] - 0.13) / 0.31).softmax(1)[0]
    best, second = chances.topk(2).indices.tolist()
    sure, maybe = chances[best].item(), chances[second].item()
    yield verdict(pixels, chances.tolist(), params.lang)
    yield Turn(
        say(
            "Para mim é um **{best}** ({sure:%0}); em segundo lugar, um {second} ({maybe:%0}). À esquerda está o "
            "que a rede viu: 28×28 pixels. Mande outro!",
            "I read a **{best}** ({sure:%0}); second, a {second} ({maybe:%0}). On the left is what the network "
            "saw: 28×28 pixels. Send another!",
            best=best,
            second=second,
            sure=sure,
            maybe=maybe,
        ),
        wants="image",
    )


def verdict(pixels: Pixels, chances: list[float], lang: Lang) -> Picture:
    """Show what the network saw beside how likely it takes each digit to be."""
    best = chances.index(max(chances))

    def sheet(page: Sheet) -> None:
        page.title(Both(f"A CNN lê: {best}", f"The CNN reads: {best}")[lang])
        page.image((MARGIN, 190), (460, 460), pixels, frame="muted")
        page.text((MARGIN + 230, 684), Both("o que a rede viu", "what the network saw")[lang], 28, "muted")
        for digit, chance in enumerate(chances):
            y = 176 + digit * 54
            page.text((580, y), str(digit), 32, bold=digit == best)
            page.rectangle((606, y - 17), (max(290 * chance, 2), 34), "input", fill=0.95 if digit == best else 0.4)
            page.text(
                (616 + 290 * chance, y), percent(chance, lang, 0), 28, "ink" if digit == best else "muted", align="left"
            )

    alt = Both(
        f"À esquerda o desenho reduzido a 28×28 pixels; à direita as chances de cada dígito, a maior para o {best}.",
        f"Left, the drawing shrunk to 28×28 pixels; right, each digit's chance, the largest for {best}.",
    )
    return draw.picture(sheet, alt, "verdict", final=True)
