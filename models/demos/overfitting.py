"""Overfitting: a network large enough learns its examples by heart, wrong labels included, and does worse on new ones.

The remedies side by side: stop early, drop neurons at random, shrink the weights, or get more data.
"""

# [code]
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from models.demos._digits import eight

# [end]
from models.demos._linear import accuracy, logistic
from models.demos._overfitting import Course, Slip, film, final, live
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

MORE = 4  # times the data, for that remedy
MORE_SEEDS = 2
LIVE = 4  # pictures of the first course

SPEC = DemoSpec(
    name="overfitting",
    title=Both("Overfitting: decorar não é aprender", "Overfitting: memorizing isn't learning"),
    summary=Both("Treino e teste se separam; quatro remédios comparados", "Training and test part ways; four "
        "remedies compared"),
    lesson=Both(
        "Com poucos exemplos e muitos parâmetros, a rede decora tudo, até as etiquetas erradas: 100 % no treino, bem "
        "menos no teste. "
        "Parar cedo, dropout, encolher os pesos ou mais dados? Veja qual remédio ajuda aqui, e quanto.",
        "With few examples and many parameters the network learns everything by heart, even wrong labels: 100% in "
        "training, much less in "
        "the test. Stop early, dropout, shrink the weights, or more data? See which remedy helps here, and how much.",
    ),
    concept="overfitting",
    seconds=10,
    params=(
        Param("examples", "int", 100, Both("exemplos de treino", "training examples"), 20, 250, words=("exemplos",
            "examples", "dados")),
        Param("wrong", "float", 0.2, Both("etiquetas erradas", "wrong labels"), 0.0, 0.9,
              words=("erradas", "etiquetas", "ruído", "ruido", "noise", "wrong"),
              help=Both("0,9 são etiquetas puramente ao acaso", "0.9 is labels purely at random")),
        Param("width", "int", 256, Both("neurônios por camada", "neurons per layer"), 2, 512, words=("neurônios",
            "neuronios", "neurons", "largura", "width")),
        Param("epochs", "int", 120, Both("épocas", "epochs"), 6, 300, words=("epocas", "epochs")),
        Param("dropout", "float", 0.5, Both("dropout (do remédio)", "dropout (of the remedy)"), 0.0, 0.9,
            words=("dropout",)),
        Param("decay", "float", 3.0, Both("weight decay (do remédio)", "weight decay (of the remedy)"), 0.0, 20.0,
              words=("decay", "regularização", "regularizacao", "regularization", "l2")),
    ),
    expect=Expectation(
        Both("Parte das etiquetas está errada. Até quanto a rede vai acertar no TREINO?",
             "Part of the labels is wrong. How much will the network get right in TRAINING?"),
        (
            Option("all", Both("tudo, decora até os erros", "all, even the wrong ones")),
            Option("most", Both("quase tudo", "nearly all")),
            Option("true", Both("só as etiquetas certas", "only the right labels")),
        ),
    ),
    quick={"examples": 20, "epochs": 6, "width": 16},
    presets=(
        Preset("clean", Both("sem etiquetas erradas", "no wrong labels"), {"wrong": 0.0},
               Both("Sem erros para decorar, o teste quase não cai: o overfitting vem do ruído tanto quanto do "
                    "tamanho.",
                    "With no mistakes to memorize the test hardly falls: overfitting comes from noise as much as "
                    "from size.")),
        Preset("random", Both("quebre isso: etiquetas ao acaso", "break it: random labels"), {"wrong": 0.9},
               Both("Etiquetas sorteadas não têm regra. A rede chega a 100 % no treino assim mesmo, e no teste fica "
                    "no acaso: decorou e não aprendeu nada.",
                    "Drawn labels have no rule. The network still gets to 100% in training, and to chance in the "
                    "test: it memorized and learned nothing."),
               broken=True),
        Preset("tiny", Both("quebre isso: 4 neurônios", "break it: 4 neurons"), {"width": 4},
               Both("O contrário: pequena demais para decorar, e também para aprender. É o underfitting.",
                    "The opposite: too small to memorize, and too small to learn. That is underfitting."), broken=True),
        Preset("numb", Both("quebre isso: dropout 0,9", "break it: dropout 0.9"), {"dropout": 0.9, "decay": 20.0},
               Both("Remédio em excesso: com 9 de cada 10 neurônios desligados, ou os pesos esmagados, a rede não "
                    "consegue nem aprender.",
                    "Too much medicine: with 9 of 10 neurons off, or the weights crushed, the network can't even "
                    "learn."), broken=True),
    ),
    knobs=(
        Knob("double", Both("o dobro de exemplos", "twice the examples"), "examples", times=2),
        Knob("clean_up", Both("sem etiquetas erradas", "no wrong labels"), "wrong", to=0.0),
        Knob("small", Both("rede 8× menor", "network 8× smaller"), "width", times=0.125),
        Knob("nodrop", Both("sem dropout", "no dropout"), "dropout", to=0.0),
    ),
    aliases=("sobreajuste", "overfit"),
    asks=("ver overfitting", "decorar o treino", "comparar dropout", "see overfitting", "memorize the training "
        "set", "compare dropout"),
    related=("generalizacao", "regularizacao", "dropout", "parada-antecipada", "validacao", "underfitting", "teste",
        "treinamento"),
    slides=("overfitting", "analogias", "treinamento", "teste"),
    reference="Srivastava et al., 2014; Zhang et al., 2017; Loshchilov & Hutter, 2019",
    data=Both("Dígitos 8×8 do scikit-learn (UCI, CC BY 4.0), parte das etiquetas trocada",
        "8×8 digits of scikit-learn (UCI, CC BY 4.0), part of the labels swapped"),
    call=(
        "data = split({examples}, {wrong}, seed={seed})\n"
        "model = network({width}, 0.0, seed={seed})\n"
        "for epoch, loss, train_right, valid_right, test_right in train(model, data, {epochs}, 0.0, seed={seed}):\n"
        '    print(f"{{epoch:3}} loss {{loss:.3f}}  train {{train_right:.2f}}  test {{test_right:.2f}}")'
    ),
)  # fmt: skip


# [code]
Data = dict[str, Tensor]  # x, y, truth: the training examples; x_valid, y_valid; x_test, y_test


def split(examples: int, wrong: float, seed: int) -> Data:
    """Draw the examples and swap some labels; 100 others to validate and 500 to test keep their true ones."""
    dice = torch.Generator().manual_seed(seed)
    pictures, labels = eight()
    order = torch.randperm(len(labels), generator=dice)
    chosen, valid, test = order[:examples], order[-600:-500], order[-500:]
    truth = labels[chosen]
    swapped = torch.rand(examples, generator=dice) < wrong
    other = (truth + torch.randint(1, 10, (examples,), generator=dice)) % 10
    return {
        "x": pictures[chosen], "y": torch.where(swapped, other, truth), "truth": truth,
        "x_valid": pictures[valid], "y_valid": labels[valid], "x_test": pictures[test], "y_test": labels[test],
    }  # fmt: skip


def network(width: int, dropout: float, seed: int) -> nn.Sequential:
    """Two hidden layers for pictures of 64 points."""
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Linear(64, width), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(width, width), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(width, 10),
    )  # fmt: skip


def right(model: nn.Module, data: Data, part: str) -> float:
    """Give the share right in a part of the data: "", "_valid" or "_test"."""
    with torch.no_grad():
        return float((model(data["x" + part]).argmax(1) == data["y" + part]).double().mean())


def train(
    model: nn.Module, data: Data, epochs: int, decay: float, seed: int
) -> Iterator[tuple[int, float, float, float, float]]:
    """Train; yield (epoch, training loss, shares right in training, validation and test)."""
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.001, weight_decay=decay)
    measure = nn.CrossEntropyLoss()
    for epoch in range(1, epochs + 1):
        model.train()
        for batch in torch.randperm(len(data["y"])).split(20):
            loss = measure(model(data["x"][batch]), data["y"][batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            fit = measure(model(data["x"]), data["y"]).item()
        yield epoch, fit, *(right(model, data, part) for part in ("", "_valid", "_test"))


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Overfit, live; then try the remedies on the same examples."""
    lang, epochs = params.lang, params.int("epochs")
    yield Step(0.0, Both("separando treino, validação e teste", "setting training, validation and test apart"))
    data = split(params.int("examples"), params.float("wrong"), seed)
    model = network(params.int("width"), 0.0, seed)
    plain = Course([])
    for row in train(model, data, epochs, 0.0, seed):
        plain = Course([*plain.rows, row])
        stage = Both(f"sem remédio: época {row[0]} de {epochs}", f"no remedy: epoch {row[0]} of {epochs}")
        yield Step(0.3 * row[0] / epochs, stage, {"loss": row[1]})
        if row[0] in _spaced(epochs):
            yield live(plain, epochs, lang)
    slips = _slips(model, data)
    courses = {"plain": plain}
    for i, (name, words) in enumerate(REMEDIES.items()):
        yield Step(0.35 + 0.15 * i, words)
        courses[name] = _treated(name, params, seed)
        yield live(plain, epochs, lang, (words, courses[name]))
    again = [plain]
    for i in range(MORE_SEEDS):
        yield Step(0.8 + 0.1 * i, Both("repetindo com outros exemplos", "repeating with other examples"))
        again.append(_treated("plain", params, seed + 1 + i))
    linear = accuracy(logistic(data["x"], data["y"], 10), data["x_test"], data["y_test"])
    yield film(plain, epochs, lang)
    yield final(courses, slips, linear, lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(params, courses, again, linear)


REMEDIES = {
    "dropout": Both("com dropout", "with dropout"),
    "decay": Both("com weight decay", "with weight decay"),
    "more": Both(f"com {MORE}× mais dados", f"with {MORE}× the data"),
}


def _spaced(epochs: int) -> set[int]:
    return {max(1, round(epochs * (i / LIVE) ** 1.5)) for i in range(1, LIVE + 1)}


def _treated(name: str, params: Params, seed: int) -> Course:
    """Train once more, with one thing changed; more data gets as many steps, not as many epochs."""
    times = MORE if name == "more" else 1
    data = split(params.int("examples") * times, params.float("wrong"), seed)
    model = network(params.int("width"), params.float("dropout") if name == "dropout" else 0.0, seed)
    decay = params.float("decay") if name == "decay" else 0.0
    return Course(list(train(model, data, max(params.int("epochs") // times, 1), decay, seed)))


def _slips(model: nn.Module, data: Data) -> list[Slip]:
    """Find the examples with a wrong label that the network now repeats."""
    with torch.no_grad():
        said = model(data["x"]).argmax(1)
    memorized = (data["y"] != data["truth"]) & (said == data["y"])
    return [
        Slip(data["x"][i].view(8, 8).numpy(), int(data["truth"][i]), int(said[i]))
        for i in memorized.nonzero().flatten()
    ]


def _result(params: Params, courses: dict[str, Course], again: list[Course], linear: float) -> Result:
    """Say what came of it."""
    plain = courses["plain"]
    ends = torch.tensor([course.test for course in again], dtype=torch.float64)
    stops = torch.tensor([course.early for course in again], dtype=torch.float64)
    trained, tested = share(plain.train), share(float(ends.mean()))
    early = float(stops.mean())
    remedies = {"early": early, **{name: courses[name].test for name in REMEDIES}}
    best = max(remedies, key=lambda name: remedies[name])
    names = {"early": Both("parar cedo", "stopping early"), **REMEDIES}
    option = "all" if plain.train > 0.985 else "most" if plain.train > 1 - params.float("wrong") + 0.03 else "true"
    return Result(
        what=Both(
            f"Sem remédio, a rede acertou {trained.pt} no treino e {tested.pt} no teste (média de 3 sementes). "
            f"Parando na época {plain.early_epoch}, "
            f"escolhida pela validação: {share(early).pt}. Regressão logística: {share(linear).pt}. O melhor remédio "
            f"aqui: {names[best].pt}, "
            f"{share(remedies[best]).pt}.",
            f"With no remedy the network got {trained.en} in training and {tested.en} in the test (mean of 3 seeds). "
            f"Stopped at epoch "
            f"{plain.early_epoch}, chosen by validation: {share(early).en}. Logistic regression: {share(linear).en}. "
            f"The best remedy here: "
            f"{names[best].en}, {share(remedies[best]).en}.",
        ),
        why=_why(params, plain),
        next=_next(params, plain),
        metrics=_metrics(plain, ends, stops, remedies, linear),
        answer=Answer(option, Both(
            f"No treino ela chegou a {trained.pt}, com {share(params.float('wrong'), 0).pt} de etiquetas erradas "
            f"entre os exemplos.",
            f"In training it reached {trained.en}, with {share(params.float('wrong'), 0).en} wrong labels among the "
            f"examples.",
        )),
    )  # fmt: skip


def _metrics(
    plain: Course, ends: Tensor, stops: Tensor, remedies: dict[str, float], linear: float
) -> tuple[Metric, ...]:
    """Set the network without remedy beside stopping early and the remedies."""
    return (
        Metric("test_accuracy", Both("acerto no teste, sem remédio", "test accuracy, no remedy"),
            float(ends.mean()), (
            Baseline(Both("parar cedo", "stopping early"), remedies["early"], float(stops.std(correction=0))),
            Baseline(Both("regressão logística", "logistic regression"), linear),
            Baseline(Both("acaso", "chance"), 0.1),
        ), percent=True, digits=1, spread=float(ends.std(correction=0))),
        Metric("train_accuracy", Both("acerto no treino, sem remédio", "training accuracy, no remedy"),
            plain.train, percent=True, digits=1),
        Metric("early_accuracy", Both("teste, parando cedo", "test, stopping early"), remedies["early"], percent=True,
            digits=1),
        *(Metric(f"{name}_accuracy", Both(f"teste, {words.pt}", f"test, {words.en}"), remedies[name],
            percent=True, digits=1)
          for name, words in REMEDIES.items()),
    )  # fmt: skip


def _why(params: Params, plain: Course) -> Both:
    size = sum(p.numel() for p in network(params.int("width"), 0.0, 0).parameters())
    thousands = Both(f"{size:,}".replace(",", "."), f"{size:,}")
    if params.float("wrong") > 0.8 and plain.train > 0.9:
        return Both(
            f"Etiquetas ao acaso não têm regra nenhuma para achar, e {thousands.pt} parâmetros bastam para guardar "
            f"cada exemplo. Acertar o treino "
            "não prova que houve aprendizado: só o teste prova.",
            f"Random labels have no rule to find, and {thousands.en} parameters are enough to store each example. "
            f"Getting the training right "
            "doesn't prove learning: only the test does.",
        )
    if plain.train < 0.9:
        return Both(
            f"Com {thousands.pt} parâmetros e este treino ela não chegou a decorar: as curvas ficam juntas, mas "
            f"baixas. É o underfitting.",
            f"With {thousands.en} parameters and this training it didn't get to memorize: the curves stay close, but "
            f"low. That is underfitting.",
        )
    return Both(
        f"São {thousands.pt} parâmetros para {params.int('examples')} exemplos: sobra espaço para guardar cada um, "
        f"com etiqueta errada e tudo. Primeiro "
        "ela acha a regra que serve a quase todos; depois, para zerar a perda, entorta a regra em volta de cada "
        "exceção.",
        f"There are {thousands.en} parameters for {params.int('examples')} examples: room enough to store each, "
        f"wrong label and all. First it finds "
        "the rule that suits nearly all; then, to bring the loss to zero, it bends the rule around every exception.",
    )


def _next(params: Params, plain: Course) -> Both:
    if params.float("wrong") > 0.8:
        return Both(
            "Agora com as etiquetas certas (erradas: 0): a mesma rede, os mesmos passos. Quanto muda o treino, e "
            "quanto o teste?",
            "Now with the right labels (wrong: 0): the same network, the same steps. How much does training change, "
            "and the test?",
        )
    if plain.train < 0.9:
        return Both(
            "Dê mais neurônios (32, depois 256) até o treino chegar perto de 100 %. Onde o teste é melhor?",
            "Give it more neurons (32, then 256) until training gets near 100%. Where is the test best?",
        )
    return Both(
        "Dobre os exemplos e veja as curvas se aproximarem. Depois tente etiquetas ao acaso: quanto dá o treino, e "
        "quanto o teste?",
        "Double the examples and watch the curves close up. Then try random labels: what will training give, and "
        "what the test?",
    )
