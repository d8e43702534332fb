"""A multilayer perceptron on real patients: does it foresee a stroke better than logistic regression? Here not.

Sorting patients (AUROC), finding the few among the many (precision and recall), and stating risks that mean what they
say (calibration) are three different things. None of it is a diagnosis.
"""

# [code]
from collections.abc import Generator, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.datasets import table

# [end]
from models.demos import _mlp_avc
from models.demos._mlp_avc import Rated
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
from models.kit.said import figure

TIE = 0.02  # of AUROC: less is within what another draw of the parts changes
FRAMES = 16
NOISE = 2000  # columns of chance, for the preset that cheats

SPEC = DemoSpec(
    name="mlp-avc",
    title=Both("MLP e AVC: a rede ganha da regressão?", "MLP and stroke: does the network beat regression?"),
    summary=Both(
        "Pacientes reais: MLP contra regressão logística, com calibração",
        "Real patients: an MLP against logistic regression, with calibration",
    ),
    lesson=Both(
        "A aula mostra um perceptron multicamada para detectar AVC. Aqui ele aprende com 126 pacientes reais e "
        "enfrenta a regressão logística, "
        "em três provas: ordenar quem tem mais risco, achar os doentes sem alarme demais, e dizer riscos que valem o "
        "que dizem. "
        "Isto não é diagnóstico nem conselho médico.",
        "The lecture shows a multilayer perceptron for detecting strokes. Here it learns from 126 real patients and "
        "faces logistic regression "
        "in three trials: sorting who is at more risk, finding the ill without too many alarms, and stating risks that "
        "mean what they say. "
        "This is neither a diagnosis nor medical advice.",
    ),
    concept="exemplo-avc",
    seconds=4,
    params=(
        Param(
            "data",
            "choice",
            "stroke",
            Both("pacientes", "patients"),
            choices=(
                Option(
                    "stroke",
                    Both("126 com carótida estreitada: teve AVC?", "126 with a narrowed carotid: had a stroke?"),
                    ("avc", "stroke", "carotida"),
                ),
                Option(
                    "copenhagen",
                    Both(
                        "518 de Copenhague: morreu em 1 ano após o AVC?",
                        "518 of Copenhagen: died within a year of a stroke?",
                    ),
                    ("copenhague", "copenhagen"),
                ),
            ),
            words=("dados", "data", "pacientes", "patients"),
        ),
        Param(
            "width",
            "int",
            32,
            Both("neurônios por camada", "neurons per layer"),
            1,
            128,
            words=("neuronios", "neurônios", "neurons", "largura", "width"),
        ),
        Param("layers", "int", 2, Both("camadas ocultas", "hidden layers"), 1, 4, words=("camadas", "layers")),
        Param("epochs", "int", 30, Both("épocas", "epochs"), 1, 200, words=("epocas", "épocas", "epochs")),
        Param("dropout", "float", 0.3, Both("dropout", "dropout"), 0.0, 0.9, words=("dropout",)),
        Param(
            "decay",
            "float",
            1.0,
            Both("weight decay", "weight decay"),
            0.0,
            10.0,
            words=("decay", "regularização", "regularizacao", "regularization"),
        ),
        Param(
            "lr", "float", 0.003, Both("taxa de aprendizado", "learning rate"), 1e-5, 0.3, words=("taxa", "rate", "lr")
        ),
        Param(
            "cheat",
            "choice",
            "no",
            Both("trapaça", "cheating"),
            choices=(
                Option("no", Both("nenhuma", "none"), ("nenhuma", "none")),
                Option("seen", Both("medir em quem ela já viu", "measure on whom it has seen"), ("visto", "seen")),
                Option(
                    "chosen",
                    Both("escolher colunas olhando o teste", "choose columns by looking at the test"),
                    ("escolher", "chosen"),
                ),
            ),
            words=("trapaca", "trapaça", "cheat"),
        ),
        Param(
            "repeats",
            "int",
            3,
            Both("repetições", "repeats"),
            1,
            5,
            words=("repeticoes", "repetições", "repeats", "sementes"),
        ),
    ),
    expect=Expectation(
        Both("Quem separa melhor quem vai ter AVC?", "Which better tells who will have a stroke?"),
        (
            Option("net", Both("a rede (MLP)", "the network (MLP)")),
            Option("tie", Both("empate", "a tie")),
            Option("simple", Both("a regressão logística", "logistic regression")),
        ),
    ),
    quick={"epochs": 2, "width": 4, "repeats": 1},
    presets=(
        Preset(
            "rare",
            Both("casos raros: Copenhague", "rare cases: Copenhagen"),
            {"data": "copenhagen"},
            Both(
                "Só 19 % morreram: dizer “não” a todos já acerta 81 %. A acurácia engana; a precisão e a revocação "
                "mostram quem fica de fora.",
                "Only 19% died: saying “no” to everyone is right 81% of the time. Accuracy misleads; precision and "
                "recall show who is left out.",
            ),
        ),
        Preset(
            "memorize",
            Both("quebre isso: sem freios", "break it: no brakes"),
            {"dropout": 0.0, "decay": 0.0, "epochs": 150},
            Both(
                "Sem dropout nem weight decay ela decora os 100 pacientes do treino: os riscos viram 0 % ou 100 %, "
                "e erram com a mesma certeza com que acertam.",
                "Without dropout or weight decay it learns the 100 training patients by heart: risks become 0% or "
                "100%, as sure when wrong as when right.",
            ),
            broken=True,
        ),
        Preset(
            "seen",
            Both("quebre isso: prova com gabarito", "break it: exam with the answers"),
            {"cheat": "seen", "dropout": 0.0, "decay": 0.0, "epochs": 100},
            Both(
                "Medida nos mesmos pacientes com que treinou, ela parece perfeita. Nenhum médico tem interesse em "
                "prever o passado.",
                "Measured on the very patients that it trained on it looks perfect. No doctor is interested in "
                "foretelling the past.",
            ),
            broken=True,
        ),
        Preset(
            "chosen",
            Both("quebre isso: puro acaso, AUROC alta", "break it: pure chance, high AUROC"),
            {"cheat": "chosen"},
            Both(
                "As colunas são números sorteados. Escolher as 10 “melhores” olhando todos os pacientes, e só "
                "depois separar o teste, fabrica um resultado bonito a partir de nada.",
                "The columns are drawn numbers. Choosing the 10 “best” by looking at all patients, and only then "
                "setting the test apart, makes a fine result out of nothing.",
            ),
            broken=True,
        ),
    ),
    knobs=(
        Knob("deeper", Both("mais uma camada", "one more layer"), "layers", plus=1),
        Knob("smaller", Both("rede 4× menor", "network 4× smaller"), "width", times=0.25),
        Knob("nodrop", Both("sem dropout", "no dropout"), "dropout", to=0.0),
        Knob("longer", Both("3× mais épocas", "3× the epochs"), "epochs", times=3),
        Knob("rare_too", Both("outros pacientes: Copenhague", "other patients: Copenhagen"), "data", to="copenhagen"),
    ),
    aliases=("avc", "derrame", "stroke", "mlp", "perceptron multicamada", "multilayer perceptron"),
    asks=("detectar avc", "prever avc", "dados de pacientes", "detect strokes", "predict a stroke", "patient data"),
    related=("mlp", "metricas", "classificacao", "escolher-arquitetura"),
    slides=("mlp-avc", "mlp"),
    reference="Kuhn & Johnson, 2019; Jørgensen et al., 1996; Christodoulou et al., 2019; Guo et al., 2017",
    data=Both(
        "126 pacientes de carótida (modeldata, MIT); 518 de Copenhague (pec, GPL)",
        "126 carotid patients (modeldata, MIT); 518 of Copenhagen (pec, GPL)",
    ),
    call=(
        "from models.demos._scores import auroc\n\n"
        "patients, truth = load({data})\n"
        "part, said, simple = folds(truth, 5, {seed}), np.zeros(len(truth)), np.zeros(len(truth))\n"
        "for k in range(5):\n"
        "    seen, new = part != k, part == k\n"
        "    x = scaled(patients, seen)\n"
        "    torch.manual_seed({seed})\n"
        "    net = network(x.shape[1], {width}, {layers}, {dropout})\n"
        "    for epoch, loss in train(x[seen], truth[seen], net, {epochs}, {lr}, {decay}, {seed}):\n"
        "        pass\n"
        "    said[new], simple[new] = risk(net, x[new]), logistic_risk(logistic(x[seen], truth[seen]), x[new])\n"
        "    print(f'part {{k + 1}} of 5: loss {{loss:.3f}}')\n"
        "print('AUROC: network', auroc(said, truth), 'logistic regression', auroc(simple, truth))"
    ),
)


# [code]
Floats = NDArray[np.float64]


def load(name: str) -> tuple[Floats, Floats]:
    """Read patients [N, D] and what became of them [N]: "stroke", or who died within a year of one ("copenhagen")."""
    rows = table(name)
    if name == "stroke":
        truth = [row["stroke"] == "yes" for row in rows]
        columns = [key for key in rows[0] if key != "stroke"]
    else:
        truth = [float(row["time"]) <= 365 and row["status"] == "1" for row in rows]
        columns = [key for key in rows[0] if key not in ("time", "status")]
    number = {"no": 0.0, "yes": 1.0, "female": 0.0, "male": 1.0}
    patients = [
        [number.get(row[key], 0.0) if row[key] in number else float(row[key]) for key in columns] for row in rows
    ]
    x = np.array(patients)
    return np.log1p(np.maximum(x, 0)) if name == "stroke" else x, np.array(
        truth, float
    )  # volumes reach over orders of magnitude


def folds(truth: Floats, parts: int, seed: int) -> NDArray[np.int64]:
    """Deal the patients into parts [N] with as many ill ones in each."""
    dice, part = np.random.default_rng(seed), np.zeros(len(truth), np.int64)
    for outcome in (0, 1):
        rows = dice.permutation(np.flatnonzero(truth == outcome))
        part[rows] = np.arange(len(rows)) % parts
    return part


def scaled(x: Floats, rows: NDArray[np.bool_]) -> Floats:
    """Bring every column to mean 0 and spread 1, as measured on these rows only."""
    return np.asarray((x - x[rows].mean(0)) / (x[rows].std(0) + 1e-9))


def network(inputs: int, width: int, layers: int, dropout: float) -> nn.Sequential:
    """A multilayer perceptron with one output: the risk, as a logit."""
    parts: list[nn.Module] = []
    for i in range(layers):
        parts += [nn.Linear(inputs if i == 0 else width, width), nn.ReLU(), nn.Dropout(dropout)]
    return nn.Sequential(*parts, nn.Linear(width, 1))


def train(
    x: Floats, truth: Floats, net: nn.Module, epochs: int, lr: float, decay: float, seed: int
) -> Iterator[tuple[int, float]]:
    """Train on these patients; yield (epoch, loss)."""
    torch.manual_seed(seed)
    inputs, target = torch.tensor(x, dtype=torch.float32), torch.tensor(truth, dtype=torch.float32)
    optimizer = torch.optim.AdamW(net.parameters(), lr=lr, weight_decay=decay)
    for epoch in range(1, epochs + 1):
        net.train()
        total = 0.0
        for rows in torch.randperm(len(target)).split(32):
            loss = nn.functional.binary_cross_entropy_with_logits(net(inputs[rows])[:, 0], target[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        yield epoch, total / len(target)


def risk(net: nn.Module, x: Floats) -> Floats:
    """Give each patient's risk [N], 0 to 1."""
    net.eval()
    with torch.no_grad():
        said: Tensor = torch.sigmoid(net(torch.tensor(x, dtype=torch.float32))[:, 0])
    return said.double().numpy()


def logistic(x: Floats, truth: Floats, penalty: float = 1.0) -> Floats:
    """Fit a logistic regression by Newton's method; weights [D + 1], the last free of the penalty (½·penalty·|w|²)."""
    x = np.column_stack([x, np.ones(len(x))])
    ridge = np.diag([penalty] * (x.shape[1] - 1) + [1e-9])
    weights = np.zeros(x.shape[1])
    for _ in range(15):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (chance - truth) + ridge @ weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + ridge
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def logistic_risk(weights: Floats, x: Floats) -> Floats:
    """Give each patient's risk [N] by the logistic regression."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ weights[:-1] + weights[-1], -30, 30))))


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Cross-validate both models, over a few deals of the patients."""
    x, truth = load(params.text("data"))
    if params.text("cheat") == "chosen":
        x = _chosen_noise(truth, seed)
    yield Step(0.0, Both(f"{len(truth)} pacientes, divididos em 5 partes", f"{len(truth)} patients in 5 parts"))
    rated: list[Rated] = []
    for i in range(params.int("repeats")):
        rated.append((yield from _repeat(x, truth, params, seed + i, (i, params.int("repeats")))))
        yield _mlp_avc.live(rated, params.lang)
    yield _mlp_avc.film(rated[0], params.text("cheat") == "seen", params.lang)
    yield _mlp_avc.final(rated, params.text("cheat"), params.lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(params, rated)


def _chosen_noise(truth: Floats, seed: int) -> Floats:
    """Draw columns of noise and keep the ten that go best with the outcome, of all patients: the cheat."""
    noise = np.random.default_rng(seed).normal(size=(len(truth), NOISE))
    along = np.abs((noise - noise.mean(0)).T @ (truth - truth.mean()))
    return np.asarray(noise[:, np.argsort(-along)[:10]])


def _repeat(x: Floats, truth: Floats, params: Params, seed: int, at: tuple[int, int]) -> Generator[Event, None, Rated]:
    """Foretell every patient by networks and regressions that haven't seen them; gives both risks."""
    part, honest = folds(truth, 5, seed), params.text("cheat") != "seen"
    said, simple, frames = np.zeros(len(truth)), np.zeros(len(truth)), []
    for k in range(5):
        seen, new = (part != k, part == k) if honest else (np.ones(len(truth), bool), part == k)
        z = scaled(x, seen)
        torch.manual_seed(seed * 5 + k)
        net = network(z.shape[1], params.int("width"), params.int("layers"), params.float("dropout"))
        epochs = params.int("epochs")
        for epoch, loss in train(
            z[seen], truth[seen], net, epochs, params.float("lr"), params.float("decay"), seed * 5 + k
        ):
            if at[0] == k == 0 and (epoch == 1 or epoch % max(epochs // FRAMES, 1) == 0):
                frames.append((epoch, risk(net, z[new]), truth[new]))
            stage = Both(
                f"repetição {at[0] + 1} de {at[1]}, parte {k + 1} de 5",
                f"repeat {at[0] + 1} of {at[1]}, part {k + 1} of 5",
            )
            yield Step(0.95 * (at[0] + (k + epoch / epochs) / 5) / at[1], stage, {"loss": loss})
        said[new], simple[new] = risk(net, z[new]), logistic_risk(logistic(z[seen], truth[seen]), z[new])
        if at[0] == k == 0:
            yield _mlp_avc.early(frames[-1], not honest, params.lang)
    return Rated(said, simple, truth, frames)


def _result(params: Params, rated: list[Rated]) -> Result:
    """Say what came of it."""
    net, simple = _mlp_avc.means(rated, "said"), _mlp_avc.means(rated, "simple")
    gap = net.auroc - simple.auroc
    option = "tie" if abs(gap) <= TIE else "net" if gap > 0 else "simple"
    truth = rated[0].truth
    missed, ill = round(net.missed * truth.sum()), int(truth.sum())
    return Result(
        what=Both(
            f"Em {len(truth)} pacientes nunca vistos (5 partes, {len(rated)} repetições): AUROC {figure(net.auroc).pt} "
            f"da rede, {figure(simple.auroc).pt} da regressão logística (0,5 é moeda). "
            f"Com alarme a partir de 50 % de risco, a rede deixaria passar {missed} dos {ill} casos. Isto **não é "
            "diagnóstico**: não serve para decidir nada sobre ninguém.",
            f"On {len(truth)} patients never seen (5 parts, {len(rated)} repeats): AUROC {figure(net.auroc).en} for "
            f"the network, {figure(simple.auroc).en} for logistic regression (0.5 is a coin). "
            f"Warning from 50% risk up, the network would miss {missed} of the {ill} cases. This is **not a "
            "diagnosis**: it can decide nothing about anyone.",
        )
        if params.text("cheat") == "no"
        else _cheated(params, net.auroc),
        why=_why(params, option, net.off, simple.off),
        next=Both(
            "Tire o dropout e veja a calibração piorar sem que a AUROC melhore. Depois troque para Copenhague: quanto "
            "vale uma acurácia de 81 %?",
            "Take dropout away and watch calibration get worse without AUROC getting better. Then switch to "
            "Copenhagen: what is an accuracy of 81% worth?",
        )
        if params.text("cheat") == "no"
        else Both(
            "Volte à medida honesta e compare. Ao ler um resultado médico, pergunte: quem escolheu as colunas, e tinha "
            "visto o teste?",
            "Go back to the honest measure and compare. When you read a medical result, ask: who chose the columns, "
            "and had they seen the test?",
        ),
        metrics=_metrics(net, simple, truth),
        answer=Answer(
            option,
            Both(
                f"AUROC {figure(net.auroc, 3).pt} contra {figure(simple.auroc, 3).pt}; diferenças até {figure(TIE).pt} "
                "mudam com o sorteio dos pacientes e contam como empate.",
                f"AUROC {figure(net.auroc, 3).en} against {figure(simple.auroc, 3).en}; differences up to "
                f"{figure(TIE).en} "
                "change with how patients are dealt, and count as a tie.",
            ),
        ),
    )


def _metrics(net: _mlp_avc.Marks, simple: _mlp_avc.Marks, truth: Floats) -> tuple[Metric, ...]:
    """Set the network beside logistic regression and beside no model at all."""
    often = float(max(truth.mean(), 1 - truth.mean()))
    logistic_name = Both("regressão logística", "logistic regression")
    return (
        Metric(
            "auroc",
            Both("AUROC da rede", "network's AUROC"),
            net.auroc,
            (Baseline(logistic_name, simple.auroc, simple.spread), Baseline(Both("moeda", "coin"), 0.5)),
            digits=3,
            spread=net.spread,
        ),
        Metric(
            "average_precision",
            Both("precisão média", "average precision"),
            net.precision,
            (
                Baseline(logistic_name, simple.precision),
                Baseline(Both("alarme para todos", "warning everyone"), float(truth.mean())),
            ),
            digits=3,
        ),
        Metric(
            "miscalibration",
            Both("erro de calibração", "calibration error"),
            net.off,
            (Baseline(logistic_name, simple.off),),
            better="lower",
            digits=3,
        ),
        Metric(
            "accuracy",
            Both("acurácia com corte de 50 %", "accuracy with a cut at 50%"),
            net.right,
            (
                Baseline(logistic_name, simple.right),
                Baseline(Both("dizer a todos o mesmo", "telling everyone the same"), often),
            ),
            percent=True,
            digits=1,
        ),
    )


def _cheated(params: Params, sorted_right: float) -> Both:
    if params.text("cheat") == "seen":
        return Both(
            f"AUROC {figure(sorted_right).pt}, mas medida nos mesmos pacientes com que ela treinou: isso não "
            "diz nada sobre quem chega amanhã. E **não é diagnóstico**.",
            f"AUROC {figure(sorted_right).en}, but measured on the very patients that it trained on: it says "
            "nothing of who comes tomorrow. And it is **not a diagnosis**.",
        )
    return Both(
        f"AUROC {figure(sorted_right).pt} a partir de {NOISE} colunas de números sorteados, sem nenhuma "
        "informação! Nada aqui é real, exceto o truque. E **não é diagnóstico**.",
        f"AUROC {figure(sorted_right).en} out of {NOISE} columns of drawn numbers, with no information at all! "
        "Nothing here is real but the trick. And it is **not a diagnosis**.",
    )


def _why(params: Params, option: str, off: float, simple_off: float) -> Both:
    if params.text("cheat") != "no":
        return Both(
            "O teste só vale se nada dele influiu no modelo: nem os pesos, nem a escolha das colunas, nem as médias "
            "usadas para padronizar. Entre 2.000 colunas ao acaso, dez sempre combinam bem com o que já aconteceu.",
            "A test only counts if nothing of it touched the model: not the weights, not the choice of columns, not "
            "the means used for scaling. Among 2,000 random columns, ten always go well with what has happened.",
        )
    honest = Both(
        "Com pouca gente e colunas já resumidas por médicos, quase tudo o que se pode saber é uma soma de fatores, e "
        "isso a regressão já faz, com pesos que se podem ler. A rede só compensa com muito mais dados ou com imagens "
        "inteiras.",
        "With few people and columns that doctors have already summed up, nearly all there is to know is a sum of "
        "factors, and regression does just that, with weights that can be read. The network only pays with far more "
        "data or whole images.",
    )
    if option == "net":
        honest = Both(
            "Desta vez a rede separou um pouco melhor; com tão pouca gente, repita com outra semente antes "
            "de acreditar.",
            "This time the network sorted a little better; with so few people, repeat with another seed "
            "before believing it.",
        )
    return Both(
        f"{honest.pt} Calibração: em média, o risco dito pela rede está {100 * off:.0f} pontos percentuais "
        f"fora do que aconteceu; o da regressão, {100 * simple_off:.0f}.",
        f"{honest.en} Calibration: on average the network's stated risk is {100 * off:.0f} percentage points off "
        f"what happened; the regression's, {100 * simple_off:.0f}.",
    )
