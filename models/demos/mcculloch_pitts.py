"""The neuron of 1943: it fires when the weighted sum of its inputs reaches a threshold. People set it: no learning.

AND, OR and NOT are one neuron each, and neurons together can compute anything. One alone can't do XOR: here every
setting of the weights is tried, and all functions of two, three and four inputs that one neuron can compute are
counted.
"""

# [code]
from collections.abc import Iterator
from itertools import product

import torch
from torch import Tensor

# [end]
from models.demos._logic import Seen, count_film, final, live
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

LARGEST = 4  # inputs for which all functions are counted
WIDEST = 3  # integer weights from −3 to 3 reach every function that one neuron of up to 4 inputs can compute

SPEC = DemoSpec(
    name="mcculloch-pitts",
    title=Both("O neurônio de 1943 (McCulloch–Pitts)", "The neuron of 1943 (McCulloch–Pitts)"),
    summary=Both("AND, OR e NOT com pesos escolhidos à mão; XOR, impossível", "AND, OR and NOT with hand-set "
        "weights; XOR, impossible"),
    lesson=Both(
        "O primeiro neurônio artificial não aprende: alguém escolhe os pesos e o limiar. Um só faz AND, OR e NOT, "
        "mas nenhum ajuste faz "
        "XOR. Três neurônios em duas camadas fazem: a força está em combinar.",
        "The first artificial neuron doesn't learn: someone chooses its weights and threshold. One alone does AND, "
        "OR and NOT, but no "
        "setting does XOR. Three neurons in two layers do: the strength lies in combining.",
    ),
    concept="neuronio-mcculloch-pitts",
    seconds=3,
    params=(
        Param("gate", "choice", "xor", Both("porta", "gate"), words=("porta", "gate", "função", "function", "tarefa"),
            choices=(
            Option("and", Both("AND (e)", "AND")),
            Option("or", Both("OR (ou)", "OR")),
            Option("nand", Both("NAND", "NAND")),
            Option("xor", Both("XOR (ou exclusivo)", "XOR"), ("xor", "ou exclusivo")),
        )),
        Param("w1", "float", 1.0, Both("peso 1", "weight 1"), -10.0, 10.0, words=("w1", "peso 1", "weight 1")),
        Param("w2", "float", 1.0, Both("peso 2", "weight 2"), -10.0, 10.0, words=("w2", "peso 2", "weight 2")),
        Param("threshold", "float", 2.0, Both("limiar", "threshold"), -10.0, 10.0, words=("limiar", "threshold",
            "theta")),
    ),
    expect=Expectation(
        Both("Há 16 portas lógicas de duas entradas. Quantas um neurônio sozinho consegue fazer?",
             "There are 16 logic gates of two inputs. How many can a single neuron do?"),
        (
            Option("8", Both("8", "8")),
            Option("12", Both("12", "12")),
            Option("14", Both("14", "14")),
            Option("16", Both("todas as 16", "all 16")),
        ),
    ),
    quick={"gate": "and"},
    presets=(
        Preset("and", Both("AND: pesos 1 e 1, limiar 2", "AND: weights 1 and 1, threshold 2"), {"gate": "and",
            "threshold": 2.0},
               Both("Só as duas entradas juntas chegam a 2.", "Only both inputs together reach 2.")),
        Preset("or", Both("OR: limiar 1", "OR: threshold 1"), {"gate": "or", "threshold": 1.0},
               Both("Com o limiar em 1, uma entrada basta.", "With the threshold at 1, one input is enough.")),
        Preset("nand", Both("NAND: pesos −1, limiar −1", "NAND: weights −1, threshold −1"),
               {"gate": "nand", "w1": -1.0, "w2": -1.0, "threshold": -1.0},
               Both("Pesos negativos inibem: só as duas juntas calam o neurônio. Com NANDs se monta um computador "
                    "inteiro.",
                    "Negative weights inhibit: only both together silence the neuron. NANDs alone can build a whole "
                    "computer.")),
        Preset("xor", Both("quebre isso: XOR", "break it: XOR"), {"gate": "xor", "threshold": 1.0},
               Both("Ajuste os pesos o quanto quiser: as respostas 1 estão em cantos opostos, e nenhuma reta as "
                    "separa das 0.",
                    "Set the weights as you please: the 1s sit at opposite corners, and no line parts them from the "
                    "0s."), broken=True),
    ),
    knobs=(
        Knob("up", Both("limiar +1", "threshold +1"), "threshold", plus=1),
        Knob("down", Both("limiar −1", "threshold −1"), "threshold", plus=-1),
        Knob("inhibit", Both("peso 2 = −1", "weight 2 = −1"), "w2", to=-1.0),
    ),
    aliases=("mcculloch", "pitts", "neurônio de 1943", "neuronio de 1943", "neuron of 1943", "portas lógicas",
        "logic gates"),
    asks=("fazer uma porta lógica", "escolher pesos à mão", "build a logic gate", "set weights by hand"),
    related=("neuronio-artificial", "walter-pitts", "warren-mcculloch", "separabilidade-linear", "xor"),
    slides=("1943-redes-neurais", "redes-neurais-combinadas"),
    reference="McCulloch & Pitts, 1943; Minsky & Papert, 1969",
    data=Both("Tabelas-verdade, todas elas", "Truth tables, all of them"),
    call=(
        "print(neuron(cases(2), torch.tensor([{w1}, {w2}]), {threshold}))\n"
        "print(xor(cases(2)))\n"
        "for inputs in (2, 3, 4):\n"
        "    print(inputs, len(functions(inputs)), 2 ** 2**inputs)"
    ),
)  # fmt: skip


# [code]
GATES = {"and": [0, 0, 0, 1], "or": [0, 1, 1, 1], "nand": [1, 1, 1, 0], "xor": [0, 1, 1, 0]}


def cases(inputs: int) -> Tensor:
    """List all inputs of 0 and 1: [2^n, n]."""
    return torch.tensor(list(product((0.0, 1.0), repeat=inputs)))


def neuron(x: Tensor, weights: Tensor, threshold: float) -> Tensor:
    """Fire (1) where the weighted sum reaches the threshold. An inhibiting input, a veto in 1943, weighs negatively."""
    return (x @ weights >= threshold).int()


def xor(x: Tensor) -> Tensor:
    """Combine three neurons: one OR, one NAND, and an AND of the two."""
    either = neuron(x, torch.tensor([1.0, 1.0]), 1)
    not_both = neuron(x, torch.tensor([-1.0, -1.0]), -1)
    return neuron(torch.stack([either, not_both], 1).float(), torch.tensor([1.0, 1.0]), 2)


def search(gate: str, widest: int = 10) -> Iterator[tuple[int, int, int]]:
    """Try every pair of weights with its best threshold; yield (weight 1, weight 2, right cases out of 4)."""
    x, wanted = cases(2), torch.tensor(GATES[gate])
    for w1, w2 in product(range(-widest, widest + 1), repeat=2):
        sums = x @ torch.tensor([float(w1), float(w2)])
        thresholds = torch.cat([sums, sums.max()[None] + 1])
        fired = sums[None] >= thresholds[:, None]  # [5 thresholds, 4 cases]
        yield w1, w2, int((fired == wanted.bool()).sum(1).max())


def functions(inputs: int, widest: int = 3) -> set[int]:
    """Find every function that one neuron computes, each as the bits of its answers."""
    x = cases(inputs)
    weights = torch.tensor(list(product(range(-widest, widest + 1), repeat=inputs)), dtype=torch.float32)
    sums = weights @ x.T  # [settings, 2^n cases]
    bits = 2 ** torch.arange(len(x))
    found: set[int] = set()
    for threshold in sums.unique().tolist():
        found.update(((sums >= threshold) * bits).sum(1).tolist())
    return found | {0}  # a threshold beyond every sum never fires


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Show the learner's neuron, try all others, and count what one neuron can do. Nothing here is random."""
    gate, lang = params.text("gate"), params.lang
    yield Step(0.0, Both("ligando o neurônio", "wiring the neuron"))
    weights, threshold = (params.float("w1"), params.float("w2")), params.float("threshold")
    mine = neuron(cases(2), torch.tensor(weights), threshold).tolist()
    seen = Seen(gate, GATES[gate], weights, threshold, mine)
    yield live(seen, lang)
    tried: dict[tuple[int, int], int] = {}
    for i, (w1, w2, right) in enumerate(search(gate)):
        tried[w1, w2] = right
        if i % 63 == 0:
            yield Step(
                0.1 + 0.5 * i / 441,
                Both("tentando todos os pesos", "trying all weights"),
                {"loss": 1 - max(tried.values()) / 4},
            )
    counts = {}
    for inputs in range(2, LARGEST + 1):
        counts[inputs] = len(functions(inputs, WIDEST))
        yield Step(
            0.6 + 0.1 * (inputs - 1),
            Both(f"contando funções de {inputs} entradas", f"counting functions of {inputs} inputs"),
        )
    yield count_film(seen, lang)
    yield final(seen, tried, counts, xor(cases(2)).tolist(), lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(seen, tried, counts)


def _result(seen: Seen, tried: dict[tuple[int, int], int], counts: dict[int, int]) -> Result:
    best, solving = max(tried.values()), sum(right == 4 for right in tried.values())
    name = seen.gate.upper()
    of_two, of_four = share(counts[2] / 2**4, 0), share(counts[4] / 2**16, 1)
    return Result(
        what=Both(
            f"O seu neurônio acerta {seen.right} dos 4 casos de {name}. De {len(tried)} pares de pesos, cada um com "
            f"o seu melhor limiar, "
            f"{solving} acertam os quatro; o melhor acerta {best}. " + _xor(best).pt,
            f"Your neuron gets {seen.right} of the 4 cases of {name} right. Of {len(tried)} pairs of weights, each "
            f"with its best "
            f"threshold, {solving} get all four; the best gets {best}. " + _xor(best).en,
        ),
        why=Both(
            f"Um neurônio corta o espaço com uma reta (um plano, com mais entradas). Com 2 entradas ele faz "
            f"{counts[2]} das 16 funções "
            f"({of_two.pt}); com 3, {counts[3]} de 256; com 4, {f'{counts[4]:,}'.replace(',', '.')} de 65.536 "
            f"({of_four.pt}). Sozinho, ele "
            f"pode cada vez menos.",
            f"A neuron cuts space with a line (a plane, with more inputs). With 2 inputs it does {counts[2]} of the "
            f"16 functions "
            f"({of_two.en}); with 3, {counts[3]} of 256; with 4, {counts[4]:,} of 65,536 ({of_four.en}). Alone it can "
            f"do less and less.",
        ),
        next=Both(
            "Mude o limiar em 1 e veja a reta andar. Depois monte OR e NAND e junte os dois com AND: é o XOR. Quem "
            "acha os pesos sozinho é o "
            "perceptron, de 1957.",
            "Move the threshold by 1 and watch the line move. Then set OR and NAND and join the two with AND: that "
            "is XOR. The one that "
            "finds its weights by itself is the perceptron, of 1957.",
        ),
        metrics=_metrics(seen, best, counts),
        answer=Answer(str(counts[2]), Both(
            f"São {counts[2]} de 16, contadas agora: só o XOR e o seu contrário ficam de fora.",
            f"It is {counts[2]} of 16, counted just now: only XOR and its opposite are left out.",
        )),
    )  # fmt: skip


def _metrics(seen: Seen, best: int, counts: dict[int, int]) -> tuple[Metric, ...]:
    """Set the best neuron beside yours and beside guessing."""
    name = seen.gate.upper()
    return (
        Metric("best_single", Both(f"melhor neurônio em {name}", f"best neuron on {name}"), best / 4, (
            Baseline(Both("os seus pesos", "your weights"), seen.right / 4),
            Baseline(Both("responder sempre o mesmo", "always answering the same"), max(sum(seen.wanted),
                4 - sum(seen.wanted)) / 4),
        ), percent=True, digits=0),
        Metric("two_layers", Both("XOR com três neurônios", "XOR with three neurons"), 1.0
            if xor(cases(2)).tolist() == GATES["xor"] else 0.0,
               (Baseline(Both("um neurônio", "one neuron"), 0.75),), percent=True, digits=0),
        Metric("functions_2", Both("portas de 2 entradas possíveis", "gates of 2 inputs it can do"), counts[2],
            better="", digits=0),
        Metric("functions_4", Both("funções de 4 entradas possíveis", "functions of 4 inputs it can do"),
            counts[4], better="", digits=0),
    )  # fmt: skip


def _xor(best: int) -> Both:
    if best == 4:
        return Both("É separável por uma reta.", "A line separates it.")
    return Both(
        "A soma prova que nenhum outro serviria: o XOR pede w₁ ≥ θ e w₂ ≥ θ, mas w₁ + w₂ < θ e 0 < θ. Somando, w₁ + "
        "w₂ ≥ 2θ > θ: contradição.",
        "A sum proves that no other would do: XOR wants w₁ ≥ θ and w₂ ≥ θ, but w₁ + w₂ < θ and 0 < θ. Adding up, w₁ "
        "+ w₂ ≥ 2θ > θ: contradiction.",
    )
