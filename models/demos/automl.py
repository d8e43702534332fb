"""AutoML: a program looks for the network. Optuna proposes architectures and rates, and learns from each trial.

Honest by construction: trials are compared on validation digits, and the winner is judged on test digits that no
trial ever saw, beside random search with as many trials, the median trial, and what one would have typed first.
"""

# [code]
import optuna
import torch
from torch import Tensor, nn

from models.demos import _digits

# [end]
from models.demos._automl import Events, Hunt, Scores, film, final, live
from models.demos._linear import accuracy, logistic
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoSpec,
    Expectation,
    Grid,
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

SEEDS = 3  # the winner and the default are trained again from as many starts
EVERY = 3  # trials between pictures
CLEAR = 0.01

SPEC = DemoSpec(
    name="automl",
    title=Both("AutoML: um programa procura a rede", "AutoML: a program looks for the network"),
    summary=Both("Optuna propõe arquiteturas; contra busca ao acaso e o padrão", "Optuna proposes networks; against "
        "random search and the default"),
    lesson=Both(
        "Em vez de você chutar camadas, neurônios e taxa, um programa tenta, mede e aprende o que tentar depois. "
        "Aqui ele procura uma rede "
        "para dígitos. Compare com a busca ao acaso, que é um rival duro, e veja o que de fato importou.",
        "Instead of you guessing layers, neurons and rate, a program tries, measures and learns what to try next. "
        "Here it looks for a "
        "network for digits. Compare it with random search, a tough rival, and see what really mattered.",
    ),
    concept="automl",
    seconds=20,
    params=(
        Param("trials", "int", 25, Both("tentativas", "trials"), 3, 40, words=("tentativas", "trials")),
        Param("epochs", "int", 14, Both("épocas por tentativa", "epochs per trial"), 1, 20, words=("epocas", "épocas",
            "epochs")),
        Param("validation", "int", 250, Both("dígitos de validação", "validation digits"), 10, 250,
            words=("validação", "validacao", "validation")),
        Param("train", "int", 1100, Both("dígitos de treino", "training digits"), 50, 1100, words=("treino",
            "training")),
    ),
    expect=Expectation(
        Both("Com as mesmas tentativas, quem acha a melhor rede para dígitos novos?",
             "With as many trials, which finds the best network for new digits?"),
        (
            Option("optuna", Both("o Optuna, de longe", "Optuna, by far")),
            Option("tie", Both("Optuna e acaso empatam", "Optuna and chance tie")),
            Option("random", Both("a busca ao acaso", "random search")),
            Option("default", Both("o palpite padrão já ganha", "the default guess wins already")),
        ),
    ),
    quick={"trials": 3, "epochs": 1, "train": 100, "validation": 50},
    presets=(
        Preset("more", Both("40 tentativas", "40 trials"), {"trials": 40},
               Both("Com mais tentativas o Optuna concentra a busca onde deu certo; o acaso continua espalhado.",
                    "With more trials Optuna concentrates where things went well; chance stays scattered.")),
        Preset("tiny", Both("quebre isso: validar com 10", "break it: validate on 10"), {"validation": 10},
               Both("Com 10 dígitos de validação, vários candidatos tiram 100 % por sorte: a busca escolhe o "
                    "sortudo, não o bom.",
                    "With 10 validation digits several candidates score 100% by luck: the search picks the lucky "
                    "one, not the good one."),
               broken=True),
        Preset("rushed", Both("quebre isso: 1 época", "break it: 1 epoch"), {"epochs": 1},
               Both("Julgar cada rede depois de uma época premia quem aprende depressa, não quem chega longe.",
                    "Judging each network after one epoch rewards the fast starters, not those that get far."),
                        broken=True),
        Preset("three", Both("quebre isso: 3 tentativas", "break it: 3 trials"), {"trials": 3},
               Both("Com três tentativas não há do que aprender: as primeiras propostas do Optuna também são ao acaso.",
                    "With three trials there is nothing to learn from: Optuna's first proposals are random as "
                    "well."), broken=True),
    ),
    knobs=(
        Knob("trials2", Both("o dobro de tentativas", "twice the trials"), "trials", times=2),
        Knob("val10", Both("validação ÷10", "validation ÷10"), "validation", times=0.1),
        Knob("epochs2", Both("o dobro de épocas", "twice the epochs"), "epochs", times=2),
    ),
    aliases=("optuna", "busca de arquitetura", "neural architecture search"),
    asks=("procurar a melhor rede", "achar hiperparâmetros", "find the best network", "tune hyperparameters"),
    related=("busca-de-arquitetura", "hiperparametros", "validacao"),
    slides=("automl",),
    reference="Akiba et al., 2019 (Optuna); Bergstra & Bengio, 2012; Watanabe et al., 2023 (PED-ANOVA)",
    data=Both("Dígitos 8×8 do scikit-learn (UCI, CC BY 4.0)", "8×8 digits of scikit-learn (UCI, CC BY 4.0)"),
    call=(
        "optuna.logging.set_verbosity(optuna.logging.WARNING)\n"
        "data = split({train}, {validation}, seed={seed})\n"
        'study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed={seed}))\n'
        "study.optimize(lambda trial: attempt(trial, data, {epochs}, seed={seed})[0], n_trials={trials})\n"
        "print(study.best_value, study.best_params)"
    ),
)  # fmt: skip


# [code]
Data = dict[str, tuple[Tensor, Tensor]]  # "train", "validation", "test": pictures [N, 64], labels [N]
Choice = dict[str, int | float | str]
BENDS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}
DEFAULT: Choice = {
    "layers": 2,
    "units": 64,
    "activation": "relu",
    "lr": 0.001,
    "dropout": 0.0,
    "batch": 32,
}  # a usual first guess


def split(train: int, validation: int, seed: int) -> Data:
    """Divide the digits; the last 447 are the test, which no trial sees."""
    pictures, labels = _digits.eight()
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    parts = {"train": order[:train], "validation": order[1100 : 1100 + validation], "test": order[1350:]}
    return {name: (pictures[chosen], labels[chosen]) for name, chosen in parts.items()}


def propose(trial: optuna.trial.BaseTrial) -> Choice:
    """Choose one network and how it is trained."""
    return {
        "layers": trial.suggest_int("layers", 0, 3),
        "units": trial.suggest_int("units", 8, 256, log=True),
        "activation": trial.suggest_categorical("activation", list(BENDS)),
        "lr": trial.suggest_float("lr", 1e-4, 1.0, log=True),
        "dropout": trial.suggest_float("dropout", 0.0, 0.6),
        "batch": trial.suggest_categorical("batch", [32, 64, 128]),
    }


def fit(choice: Choice, data: Data, epochs: int, seed: int) -> nn.Sequential:
    """Build the network that was chosen, and train it."""
    torch.manual_seed(seed)
    parts: list[nn.Module] = []
    inputs, units = 64, int(choice["units"])
    for _ in range(int(choice["layers"])):
        parts += [nn.Linear(inputs, units), BENDS[str(choice["activation"])](), nn.Dropout(float(choice["dropout"]))]
        inputs = units
    model = nn.Sequential(*parts, nn.Linear(inputs, 10))
    optimizer = torch.optim.Adam(model.parameters(), float(choice["lr"]))
    x, y = data["train"]
    for _ in range(epochs):
        for batch in torch.randperm(len(y)).split(int(choice["batch"])):
            loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.eval()


def right(model: nn.Module, data: tuple[Tensor, Tensor]) -> float:
    """Give the share of digits that the model gets right."""
    with torch.no_grad():
        return float((model(data[0]).argmax(1) == data[1]).double().mean())


def attempt(trial: optuna.trial.BaseTrial, data: Data, epochs: int, seed: int) -> tuple[float, float]:
    """Train what the trial proposes; give the accuracy in validation, which the search sees, and in the test."""
    model = fit(propose(trial), data, epochs, seed)
    return right(model, data["validation"]), right(model, data["test"])


# [end]


def run(params: Params, seed: int) -> Events:
    """Search with Optuna and at random, in turns; judge the winners on the test."""
    lang, trials = params.lang, params.int("trials")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    yield Step(0.0, Both("separando treino, validação e teste", "setting training, validation and test apart"))
    data = split(params.int("train"), params.int("validation"), seed)
    samplers = {"optuna": optuna.samplers.TPESampler(seed=seed), "random": optuna.samplers.RandomSampler(seed=seed + 1)}
    studies = {name: optuna.create_study(direction="maximize", sampler=sampler) for name, sampler in samplers.items()}
    hunts = {name: Hunt([], [], []) for name in studies}
    for i in range(trials):
        for name, study in studies.items():
            trial = study.ask()
            seen, unseen = attempt(trial, data, params.int("epochs"), seed)
            study.tell(trial, seen)
            hunts[name] = hunts[name].more(dict(trial.params), seen, unseen)
        stage = Both(f"tentativa {i + 1} de {trials}", f"trial {i + 1} of {trials}")
        yield Step(0.85 * (i + 1) / trials, stage, {"loss": 1 - max(hunts["optuna"].seen)})
        if i % EVERY == 0:
            yield live(hunts, trials, lang)
    yield Step(0.87, Both("treinando as vencedoras de novo", "training the winners again"))
    winners = {name: hunt.best for name, hunt in hunts.items()}
    again = {name: _again(winner, data, params, seed) for name, winner in {**winners, "default": DEFAULT}.items()}
    yield Step(0.95, Both("medindo o que importou", "measuring what mattered"))
    mattered = _mattered(studies["optuna"])
    yield film(hunts, lang)
    linear = accuracy(logistic(*data["train"], 10), *data["test"])
    means = {name: scores.mean for name, scores in again.items()}
    yield final(hunts, {**means, "linear": linear}, mattered, lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(hunts, again, mattered, linear)


def _again(choice: Choice, data: Data, params: Params, seed: int) -> Scores:
    """Train one choice from other starts; give the test accuracies."""
    starts = range(seed + 1, seed + 1 + SEEDS)
    return Scores([right(fit(choice, data, params.int("epochs"), start), data["test"]) for start in starts])


def _mattered(study: optuna.Study) -> dict[str, float]:
    """Say how much each choice told good trials from bad ones, largest first; shares of 1. Empty for too few trials."""
    values = [trial.value for trial in study.trials if trial.value is not None]
    if len(values) < 4 or max(values) == min(values):
        return {}
    return {name: float(value) for name, value in optuna.importance.get_param_importances(study).items()}


def _result(hunts: dict[str, Hunt], again: dict[str, Scores], mattered: dict[str, float], linear: float) -> Result:
    """Say what came of it."""
    means = {name: scores.mean for name, scores in again.items()}
    said = {name: share(value) for name, value in means.items()}
    hunt, wide = hunts["optuna"], share(again["optuna"].spread)
    promised, middle, worst = share(max(hunt.seen)), share(hunt.median), share(min(hunt.unseen))
    option = _who(means)
    first = next(iter(mattered), "lr")
    return Result(
        what=Both(
            f"A rede achada pelo Optuna acerta {said['optuna'].pt} no teste (±{wide.pt}); a da "
            f"busca ao acaso, {said['random'].pt}; "
            f"o palpite padrão, {said['default'].pt}; regressão logística, {share(linear).pt}. A tentativa mediana "
            f"fez {middle.pt}, a pior, {worst.pt}.",
            f"The network Optuna found gets {said['optuna'].en} of the test (±{wide.en}); random "
            f"search's, {said['random'].en}; "
            f"the default guess, {said['default'].en}; logistic regression, {share(linear).en}. The median trial got "
            f"{middle.en}, the worst {worst.en}.",
        ),
        why=Both(
            (f"O que mais separou boas de más tentativas foi {CHOICES[first].pt}. " if mattered else "")
            + f"Na validação a vencedora prometia {promised.pt}: escolher o máximo entre muitos números ruidosos "
              f"sempre promete demais. "
            "Por isso o teste fica guardado." + _humbled(means, linear).pt,
            (f"What told good trials from bad ones most was {CHOICES[first].en}. " if mattered else "")
            + f"In validation the winner promised {promised.en}: picking the maximum of many noisy numbers always "
              f"promises too much. "
            "That is why the test is kept apart." + _humbled(means, linear).en,
        ),
        next=Both(
            "Valide com só 10 dígitos e compare a promessa com o teste. Depois tente vencer o Optuna à mão na demo "
            "“playground”.",
            "Validate on just 10 digits and compare the promise with the test. Then try to beat Optuna by hand in "
            "the demo “playground”.",
        ),
        metrics=_metrics(hunt, again, linear),
        tables=(_table(hunts),),
        answer=Answer(option, Both(
            f"Optuna {said['optuna'].pt}, acaso {said['random'].pt}, padrão {said['default'].pt}.",
            f"Optuna {said['optuna'].en}, chance {said['random'].en}, default {said['default'].en}.",
        )),
    )  # fmt: skip


def _metrics(hunt: Hunt, again: dict[str, Scores], linear: float) -> tuple[Metric, ...]:
    """Set Optuna's network beside the others, and beside what was promised."""
    return (
        Metric("test_accuracy", Both("rede do Optuna, no teste", "Optuna's network, in the test"),
            again["optuna"].mean, (
            Baseline(Both("busca ao acaso", "random search"), again["random"].mean, again["random"].spread),
            Baseline(Both("palpite padrão", "default guess"), again["default"].mean, again["default"].spread),
            Baseline(Both("tentativa mediana", "median trial"), hunt.median),
            Baseline(Both("regressão logística", "logistic regression"), linear),
        ), percent=True, digits=1, spread=again["optuna"].spread),
        Metric("promised", Both("o que a validação prometia", "what validation promised"), max(hunt.seen),
            percent=True, digits=1, better=""),
        Metric("worst", Both("pior tentativa, no teste", "worst trial, in the test"), min(hunt.unseen),
            percent=True, digits=1, better=""),
    )  # fmt: skip


CHOICES = {
    "layers": Both("o número de camadas", "the number of layers"),
    "units": Both("os neurônios por camada", "the neurons per layer"),
    "activation": Both("a ativação", "the activation"),
    "lr": Both("a taxa de aprendizado", "the learning rate"),
    "dropout": Both("o dropout", "the dropout"),
    "batch": Both("o tamanho do lote", "the batch size"),
}


ROWS = {name: Both(words.pt.split(" ", 1)[1], words.en.split(" ", 1)[1]) for name, words in CHOICES.items()}


def _who(means: dict[str, float]) -> str:
    if means["default"] > max(means["optuna"], means["random"]):
        return "default"
    if abs(means["optuna"] - means["random"]) <= CLEAR:
        return "tie"
    return "optuna" if means["optuna"] > means["random"] else "random"


def _humbled(means: dict[str, float], linear: float) -> Both:
    """Say so where the simplest rival, which nobody tuned, did no worse."""
    if linear < means["optuna"]:
        return Both("", "")
    return Both(
        " E a regressão logística, sem busca nenhuma, não ficou atrás: antes de procurar uma rede, veja se precisa "
        "dela.",
        " And logistic regression, with no search at all, was not behind: before hunting for a network, see whether "
        "you need one.",
    )


def _table(hunts: dict[str, Hunt]) -> Grid:
    """Set the winners' choices beside the default's."""
    columns = [hunts["optuna"].best, hunts["random"].best, DEFAULT]
    header = (Both("escolha", "choice"), Both("Optuna", "Optuna"), Both("acaso", "chance"), Both("padrão", "default"))
    rows = tuple((ROWS[name], *(_said(column[name]) for column in columns)) for name in CHOICES)
    return Grid(header, rows)


def _said(value: int | float | str) -> Both:
    words = f"{value:.2g}" if isinstance(value, float) else str(value).replace("relu", "ReLU")
    return Both(words.replace(".", ","), words)
