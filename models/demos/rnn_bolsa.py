"""A recurrent network and the stock exchange: real prices against "tomorrow = today"; then a series with a rhythm.

Prices nearly take a random walk: the best forecast of tomorrow is today, and an honest network learns just that.
Sunspots and the sea's temperature come back in cycles: there a memory pays.
"""

# [code]
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.datasets import table

# [end]
from models.demos import _rnn_bolsa
from models.demos._rnn_bolsa import Trial
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

TIE = 0.01  # errors that differ by less count as equal

SPEC = DemoSpec(
    name="rnn-bolsa",
    title=Both("RNN e bolsa: dá para prever o preço de amanhã?", "RNN and stocks: can tomorrow's price be foretold?"),
    summary=Both(
        "Preços reais contra “amanhã = hoje”; depois, uma série em que a rede ganha",
        "Real prices against “tomorrow = today”; then a series where it wins",
    ),
    lesson=Both(
        "Muitos tutoriais mostram uma rede “acertando” a bolsa. Aqui ela enfrenta, em preços reais, o palpite mais "
        "simples: amanhã = hoje. "
        "Depois a mesma rede tenta uma série com ritmo (manchas solares ou El Niño), em que a memória vale a pena.",
        "Many tutorials show a network “getting the market right”. Here, on real prices, it faces the simplest guess: "
        "tomorrow = today. "
        "Then the same network tries a series with a rhythm (sunspots or El Niño), where memory pays.",
    ),
    concept="exemplo-bolsa",
    seconds=17,
    params=(
        Param(
            "index",
            "choice",
            "DAX",
            Both("índice", "index"),
            choices=(
                Option("DAX", Both("DAX (Alemanha)", "DAX (Germany)"), ("dax",)),
                Option("SMI", Both("SMI (Suíça)", "SMI (Switzerland)"), ("smi",)),
                Option("CAC", Both("CAC (França)", "CAC (France)"), ("cac",)),
                Option("FTSE", Both("FTSE (Reino Unido)", "FTSE (United Kingdom)"), ("ftse",)),
            ),
            words=("indice", "índice", "index"),
        ),
        Param(
            "prepare",
            "choice",
            "change",
            Both("o que ela vê", "what it sees"),
            choices=(
                Option(
                    "change",
                    Both("variações diárias", "daily changes"),
                    ("variacao", "variações", "returns", "changes"),
                ),
                Option("level", Both("o preço em si", "the price itself"), ("preço", "preco", "price", "level")),
                Option("smoothed", Both("preço suavizado", "smoothed price"), ("suavizado", "smoothed")),
            ),
            words=("dados", "data", "prepare"),
        ),
        Param(
            "contrast",
            "choice",
            "sunspots",
            Both("série com ritmo", "series with a rhythm"),
            choices=(
                Option("sunspots", Both("manchas solares", "sunspots"), ("manchas", "sol", "sun")),
                Option("el-nino", Both("El Niño", "El Niño"), ("nino", "niño", "mar", "sea")),
            ),
            words=("contraste", "contrast", "serie"),
        ),
        Param(
            "cell",
            "choice",
            "gru",
            Both("célula", "cell"),
            choices=(Option("gru", Both("GRU", "GRU")), Option("lstm", Both("LSTM", "LSTM"))),
            words=("celula", "célula", "cell"),
        ),
        Param(
            "hidden",
            "int",
            32,
            Both("neurônios de memória", "memory units"),
            1,
            64,
            words=("neuronios", "neurônios", "memória", "memory", "hidden"),
        ),
        Param("epochs", "int", 15, Both("épocas", "epochs"), 1, 40, words=("epocas", "épocas", "epochs")),
        Param(
            "lr", "float", 0.003, Both("taxa de aprendizado", "learning rate"), 1e-5, 0.3, words=("taxa", "rate", "lr")
        ),
        Param("seeds", "int", 3, Both("sementes", "seeds"), 1, 5, words=("sementes", "seeds")),
    ),
    expect=Expectation(
        Both("Quem erra menos o preço de amanhã?", "Who errs less about tomorrow's price?"),
        (
            Option("net", Both("a rede recorrente", "the recurrent network")),
            Option("tie", Both("empatam (até 1 %)", "a tie (within 1%)")),
            Option("naive", Both("“amanhã = hoje”", "“tomorrow = today”")),
        ),
    ),
    quick={"epochs": 1, "hidden": 4, "seeds": 1},
    presets=(
        Preset(
            "nino",
            Both("contraste: El Niño", "contrast: El Niño"),
            {"contrast": "el-nino"},
            Both(
                "A temperatura do mar tem estações: a rede lembra o ano e erra menos da metade do que “o mês que "
                "vem = este mês”.",
                "The sea's temperature has seasons: the network remembers the year and errs by less than half of "
                "“next month = this month”.",
            ),
        ),
        Preset(
            "price",
            Both("quebre isso: o tutorial do preço", "break it: the price tutorial"),
            {"prepare": "level"},
            Both(
                "Treinada com o preço em si, como em muitos tutoriais, ela nunca viu preços tão altos quanto os do "
                "teste: as curvas se separam, e o palpite mais simples ganha de longe.",
                "Trained on the price itself, as in many tutorials, it has never seen prices as high as the "
                "test's: the curves part, and the simplest guess wins by far.",
            ),
            broken=True,
        ),
        Preset(
            "leak",
            Both("quebre isso: suavize antes", "break it: smooth it first"),
            {"prepare": "smoothed"},
            Both(
                "Suavizar a série inteira antes mistura a cada dia os dois dias seguintes. O resultado parece "
                "ótimo, e é impossível de usar: para prever amanhã, ela precisou de depois de amanhã.",
                "Smoothing the whole series first mixes the two days to come into each day. The result looks great "
                "and can't be used: to foretell tomorrow it needed the day after.",
            ),
            broken=True,
        ),
    ),
    knobs=(
        Knob("lstm", Both("usar LSTM", "use an LSTM"), "cell", to="lstm"),
        Knob("more", Both("o dobro de neurônios", "twice the units"), "hidden", times=2),
        Knob("longer", Both("o dobro de épocas", "twice the epochs"), "epochs", times=2),
        Knob("rate10", Both("taxa ×10", "rate ×10"), "lr", times=10),
        Knob("ftse", Both("outro índice: FTSE", "another index: FTSE"), "index", to="FTSE"),
    ),
    aliases=("bolsa", "ações", "rnn", "lstm", "stocks", "stock market", "gru"),
    asks=(
        "prever a bolsa",
        "prever ações",
        "prever o preço",
        "prever manchas solares",
        "predict stocks",
        "predict the market",
        "predict sunspots",
    ),
    related=("rnn", "gru", "lstm", "series-temporais", "dados-sequenciais"),
    slides=("rnn-acoes", "rnn"),
    reference="Hochreiter & Schmidhuber, 1997; Cho et al., 2014; Fama, 1970",
    data=Both(
        "Índices 1991–1998 (R datasets, GPL); manchas solares e El Niño (domínio público)",
        "Indices 1991–1998 (R datasets, GPL); sunspots and El Niño (public domain)",
    ),
    call=(
        "for name, how, epochs in (({index}, {prepare}, {epochs}), ({contrast}, 'root', 3 * {epochs})):\n"
        "    data = prepare(load(name), how)\n"
        "    torch.manual_seed({seed})\n"
        "    net = Recurrent({cell}, {hidden})\n"
        "    for epoch, loss, checked in train(net, data, epochs, {lr}, seed={seed}):\n"
        "        print(f'{{name}} epoch {{epoch}}: loss {{loss:.4f}}, validation {{checked:.4f}}')\n"
        "    print(name, 'error', rmse(forecast(net, data), data), 'tomorrow = today', rmse(data.today, data), "
        "'linear', rmse(linear(data), data))"
    ),
)


# [code]
Floats = NDArray[np.float64]
WINDOW = 24  # days, months or years that the network sees


@dataclass(frozen=True, slots=True)
class Data:
    """Windows [N, T, 1] and what is to be said [N, 1], both scaled; `today` and `tomorrow` [N] as they are."""

    x: Tensor
    y: Tensor
    today: Floats
    tomorrow: Floats
    centre: float
    scale: float
    first_valid: int  # rows from here choose when to stop
    first_test: int  # rows from here are only predicted
    how: str


def load(name: str) -> Floats:
    """Read a series: an index's closing prices, "sunspots" or "el-nino"."""
    file, column = {"sunspots": ("sunspots", "sunspots"), "el-nino": ("el-nino", "celsius")}.get(name, ("stocks", name))
    return np.array([float(row[column]) for row in table(file)])


def prepare(values: Floats, how: str) -> Data:
    """Cut a series into windows in order of time: 65 % to learn from, 10 % to stop by, 25 % for the test.

    "change": sees changes of the logarithm, says the next; "root": sees square roots, says the next one's difference;
    "level": sees values, says the next; "smoothed": "change" of a centred mean of five, which leaks two days to come.
    """
    if how == "smoothed":
        values = np.convolve(np.pad(values, 2, "edge"), np.ones(5) / 5, "valid")
    if how == "root":
        seen = np.sqrt(values)
    else:
        seen = values if how == "level" else np.diff(np.log(values), prepend=np.log(values[0]))
    count = len(values) - WINDOW
    valid, test = int(0.65 * count), int(0.75 * count)
    centre, scale = seen[: WINDOW + valid].mean(), seen[: WINDOW + valid].std()
    rows = torch.tensor(
        np.lib.stride_tricks.sliding_window_view((seen - centre) / scale, WINDOW + 1), dtype=torch.float32
    )
    x, y = rows[:, :-1, None], rows[:, -1:]
    if how == "root":
        y = y - x[:, -1]
    return Data(x, y, values[WINDOW - 1 : -1], values[WINDOW:], float(centre), float(scale), valid, test, how)


class Recurrent(nn.Module):
    """A GRU or LSTM that reads a window and says one number."""

    def __init__(self, cell: str, hidden: int) -> None:
        """Take random weights; before training it says 0."""
        super().__init__()
        self.memory = {"gru": nn.GRU, "lstm": nn.LSTM}[cell](1, hidden, batch_first=True)
        self.out = nn.Linear(hidden, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Windows [B, T, 1] -> [B, 1]."""
        states, _ = self.memory(x)
        said: Tensor = self.out(states[:, -1])
        return said


def train(net: nn.Module, data: Data, epochs: int, lr: float, seed: int) -> Iterator[tuple[int, float, float]]:
    """Train, and keep the weights of the best validation; yield (epoch, training loss, validation loss)."""
    dice = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(net.parameters(), lr=lr, weight_decay=0.01)
    x, y, valid = data.x[: data.first_valid], data.y[: data.first_valid], slice(data.first_valid, data.first_test)
    best, kept = float("inf"), {}
    for epoch in range(1, epochs + 1):
        total = 0.0
        for rows in torch.randperm(len(x), generator=dice).split(64 if len(x) > 1000 else 16):
            loss = nn.functional.mse_loss(net(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            total += loss.item() * len(rows)
        with torch.no_grad():
            checked = nn.functional.mse_loss(net(data.x[valid]), data.y[valid]).item()
        if checked < best:
            best, kept = checked, {name: weight.clone() for name, weight in net.state_dict().items()}
        yield epoch, total / len(x), checked
    net.load_state_dict(kept or net.state_dict())


def restored(said: Floats, data: Data) -> Floats:
    """Turn what was said of the test's rows into the series' own units."""
    today = data.today[data.first_test :]
    match data.how:
        case "root":
            return np.maximum(np.sqrt(today) + said * data.scale, 0) ** 2
        case "level":
            return said * data.scale + data.centre
        case _:
            return today * np.exp(said * data.scale + data.centre)


def forecast(net: nn.Module, data: Data) -> Floats:
    """Predict each step of the test from the ones before it [N]."""
    with torch.no_grad():
        return restored(net(data.x[data.first_test :])[:, 0].double().numpy(), data)


def linear(data: Data) -> Floats:
    """Predict by a linear regression on the same window (ridge 1) [N]."""
    x = np.column_stack([data.x[:, :, 0].double().numpy(), np.ones(len(data.x))])
    y, n = data.y[:, 0].double().numpy(), data.first_test
    weights = np.linalg.solve(x[:n].T @ x[:n] + np.eye(x.shape[1]), x[:n].T @ y[:n])
    return restored(x[n:] @ weights, data)


def rmse(said: Floats, data: Data) -> float:
    """Give the root of the mean squared error over the test, in the series' own units."""
    return float(
        np.sqrt(np.mean((said[-len(data.tomorrow) + data.first_test :] - data.tomorrow[data.first_test :]) ** 2))
    )


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Try the exchange, then the series with a rhythm, over a few seeds."""
    prices, rhythm = (
        prepare(load(params.text("index")), params.text("prepare")),
        prepare(load(params.text("contrast")), "root"),
    )
    yield Step(0.0, Both("lendo os preços", "reading the prices"))
    stocks = _trial(params.text("index"), prices)
    yield _rnn_bolsa.live(
        stocks,
        prices.today[prices.first_test :],
        Both("O palpite mais simples: amanhã = hoje", "The simplest guess: tomorrow = today"),
        params.lang,
    )
    stocks = yield from _trained(stocks, prices, params, seed, (0.0, 0.4))
    other = yield from _trained(_trial(params.text("contrast"), rhythm), rhythm, params, seed, (0.4, 0.95))
    yield _rnn_bolsa.film(other, params.lang)
    yield _rnn_bolsa.final(stocks, other, params.lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(params, stocks, other)


def _trial(name: str, data: Data) -> Trial:
    """Take what needs no network."""
    test = slice(data.first_test, None)
    return Trial(name, data.how, data.today[test], data.tomorrow[test], linear(data))


def _trained(
    trial: Trial, data: Data, params: Params, seed: int, part: tuple[float, float]
) -> Generator[Event, None, Trial]:
    """Train once for each seed, the first one live; gives the Trial with its forecasts."""
    epochs, seeds = params.int("epochs") * (1 if trial.priced else 3), params.int("seeds")
    said: list[Floats] = []
    frames: list[Floats] = []
    for i in range(seeds):
        torch.manual_seed(seed + i)
        net = Recurrent(params.text("cell"), params.int("hidden"))
        for epoch, loss, _ in train(net, data, epochs, params.float("lr"), seed + i):
            if not np.isfinite(loss):
                break
            stage = Both(
                f"{trial.title.pt}: semente {i + 1} de {seeds}, época {epoch} de {epochs}",
                f"{trial.title.en}: seed {i + 1} of {seeds}, epoch {epoch} of {epochs}",
            )
            done = (i + epoch / epochs) / seeds
            yield Step(part[0] + (part[1] - part[0]) * done, stage, {"loss": loss})
            if i == 0 and (epoch == 1 or epoch % max(epochs // 15, 1) == 0):
                frames.append(forecast(net, data))
            if i == 0 and epoch % max(epochs // 3, 1) == 0:
                yield _rnn_bolsa.live(trial, frames[-1], stage, params.lang)
        said.append(forecast(net, data))
    return trial.with_forecasts(said, frames)


def _result(params: Params, stocks: Trial, other: Trial) -> Result:
    """Say what came of it."""
    ratio = stocks.net / stocks.naive
    option = "net" if ratio < 1 - TIE else "naive" if ratio > 1 + TIE else "tie"
    gain = share(abs(1 - other.net / other.naive), 0)
    less = Both("menos", "less") if other.net < other.naive else Both("mais", "more")
    return Result(
        what=Both(
            f"{stocks.title.pt}: a rede erra {stocks.said(stocks.net).pt} por dia, e “amanhã = hoje” erra "
            f"{stocks.said(stocks.naive).pt}. "
            f"A direção, ela acerta em {share(stocks.direction, 0).pt} dos dias; dizer sempre “sobe” acerta "
            f"{share(stocks.always_up, 0).pt}. "
            f"{other.title.pt}: {other.said(other.net).pt} contra {other.said(other.naive).pt}, {gain.pt} {less.pt}.",
            f"{stocks.title.en}: the network errs by {stocks.said(stocks.net).en} a day, and “tomorrow = today” by "
            f"{stocks.said(stocks.naive).en}. "
            f"It gets the direction right on {share(stocks.direction, 0).en} of the days; always saying “up” gets "
            f"{share(stocks.always_up, 0).en}. "
            f"{other.title.en}: {other.said(other.net).en} against {other.said(other.naive).en}, {gain.en} {less.en}.",
        ),
        why=_why(stocks, other, option),
        next=_next(params),
        metrics=(
            *_metrics(stocks, "rmse_stocks"),
            Metric(
                "direction",
                Both("acerto da direção (bolsa)", "direction right (stocks)"),
                stocks.direction,
                (Baseline(Both("sempre “sobe”", "always “up”"), stocks.always_up),),
                percent=True,
                digits=1,
            ),
            *_metrics(other, "rmse_contrast"),
        ),
        answer=Answer(
            option,
            Both(
                f"Erro da rede dividido pelo de “amanhã = hoje”: {figure(ratio, 3).pt} (1 é empate). Na série com "
                "ritmo: "
                f"{figure(other.net / other.naive, 2).pt}.",
                f"The network's error divided by that of “tomorrow = today”: {figure(ratio, 3).en} (1 is a tie). On "
                "the "
                f"series with a rhythm: {figure(other.net / other.naive, 2).en}.",
            ),
        ),
    )


def _metrics(trial: Trial, name: str) -> tuple[Metric, ...]:
    label = Both(f"erro (RMSE), {trial.title.pt}", f"error (RMSE), {trial.title.en}")
    baselines = (
        Baseline(Both("amanhã = hoje", "tomorrow = today"), trial.naive),
        Baseline(Both("regressão linear", "linear regression"), trial.straight),
    )
    return (
        Metric(
            name, label, trial.net, baselines, better="lower", digits=1 if trial.net > 3 else 2, spread=trial.spread
        ),
    )


def _why(stocks: Trial, other: Trial, option: str) -> Both:
    if stocks.how == "smoothed":
        return Both(
            "O ganho é falso. A média centrada põe em cada dia um pedaço dos dois seguintes: a rede só leu o futuro "
            "que já estava nos dados. Na vida real, ninguém tem o preço de depois de amanhã para suavizar o de hoje.",
            "The gain is false. The centred mean puts a piece of the two days to come into each day: the network "
            "merely read the future that lay in the data. In real life nobody has the price of the day after tomorrow "
            "to smooth today's.",
        )
    if stocks.how == "level":
        return Both(
            "No treino o índice nunca chegou perto dos preços do teste. Uma rede interpola bem entre o que viu e não "
            "sabe subir além disso: fora da faixa, satura. Nos gráficos de tutorial isso se esconde com um período de "
            "teste parecido com o do treino.",
            "In training the index never came near the test's prices. A network interpolates well between what it has "
            "seen and can't climb beyond: outside that range it saturates. Tutorials hide this with a test period that "
            "resembles the training.",
        )
    if other.net > other.naive:
        return Both(
            "Aqui a rede não aprendeu nem a série com ritmo: com passos grandes demais, poucas épocas ou poucos "
            "neurônios "
            "ela não chega a usar a memória, e o palpite mais simples ganha nas duas.",
            "Here the network didn't even learn the series with a rhythm: with steps too large, few epochs or few "
            "units "
            "it doesn't get to use its memory, and the simplest guess wins on both.",
        )
    moved, dared = share(stocks.moves, 2), share(stocks.dares, 2)
    more = (
        Both(
            " Aqui ela até perdeu um pouco: o que aprendeu era ruído.",
            " Here it even lost a little: what it had learned was noise.",
        )
        if option == "naive"
        else Both("", "")
    )
    return Both(
        f"O preço anda quase ao acaso: o mercado mexe {moved.pt} por dia em média, e a rede só se arrisca a mudar o "
        f"preço de hoje em {dared.pt}. Por isso a curva dela parece ótima: é a de hoje, um dia atrasada. O que se "
        f"pudesse prever, alguém já teria comprado.{more.pt} "
        "Já as manchas solares e o mar têm ciclos que ninguém pode comprar; e ali uma regressão linear sobre a mesma "
        "janela chega quase ao mesmo erro.",
        f"Prices walk almost at random: the market moves {moved.en} a day on average, and the network dares to change "
        f"today's price by {dared.en} only. That is why its curve looks great: it is today's, a day late. What could "
        f"be foretold, someone would have bought already.{more.en} "
        "Sunspots and the sea have cycles that nobody can buy; and there a linear regression on the same window errs "
        "about as little.",
    )


def _next(params: Params) -> Both:
    if params.text("prepare") != "change":
        return Both(
            "Volte às variações diárias e compare. Pergunta para desconfiar de qualquer previsão de bolsa: "
            "contra o que ela foi comparada, e que dados ela tinha naquele dia?",
            "Go back to daily changes and compare. What to ask of any market forecast: compared with what, and "
            "which data did it have on that day?",
        )
    return Both(
        "Quebre: treine com o preço em si, como nos tutoriais, ou suavize a série antes, e ache a trapaça. "
        "Depois troque as manchas solares pelo El Niño. Nada disto é conselho de investimento.",
        "Break it: train on the price itself, as tutorials do, or smooth the series first, and find the cheat. "
        "Then swap sunspots for El Niño. None of this is investment advice.",
    )
