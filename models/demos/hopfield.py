"""Hopfield's associative memory, 1982: patterns are valleys of an energy; a noisy start rolls down into one of them.

Hebb's rule stores about 0.138 patterns per neuron, if they don't resemble each other; digits do. The pseudo-inverse
takes away what they share. The modern network (Ramsauer et al., 2020) recalls by softmax: its update is a
Transformer's attention.
"""

# [code]
import torch
from torch import Tensor

from models.demos import _patterns

# [end]
from models.demos._hopfield import Events, Memory, final, live, recall_film
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoSpec,
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

SWEEPS = 6  # over all neurons; states rarely change after four
FILM = 10  # frames of one recall
LOADS = (20, 50, 80, 100, 120, 150)  # random patterns, for the capacity curve
THEORY = 0.138  # patterns per neuron for Hebb's rule (Amit, Gutfreund & Sompolinsky, 1985)
SAME = 0.99  # of the bits: what counts as recalled
CLEAR = 0.02
BLUNT = 0.5  # β below which the memories blend

SPEC = DemoSpec(
    name="hopfield",
    title=Both("Hopfield: lembrar a partir de um pedaço", "Hopfield: remembering from a fragment"),
    summary=Both("Dígitos voltam do ruído; três regras de memória comparadas", "Digits return from noise; three "
        "rules of memory compared"),
    lesson=Both(
        "Uma memória associativa guarda padrões inteiros e os devolve a partir de uma versão estragada. A palestra "
        "diz que redes neurais "
        "não têm isso; as de Hopfield têm desde 1982, e a versão moderna é a própria atenção dos Transformers.",
        "An associative memory stores whole patterns and gives them back from a spoilt version. The lecture says "
        "that neural networks "
        "lack it; Hopfield's have had it since 1982, and the modern version is the very attention of Transformers.",
    ),
    concept="hopfield",
    seconds=5,
    params=(
        Param("kind", "choice", "digits", Both("padrões", "patterns"), words=("padroes", "patterns", "dados"), choices=(
            Option("digits", Both("dígitos", "digits"), ("digitos",)),
            Option("letters", Both("letras", "letters"), ("letra",)),
            Option("random", Both("aleatórios", "random"), ("aleatorios", "acaso")),
        )),
        Param("count", "int", 30, Both("quantos guardar", "how many to store"), 1, 150, words=("quantos", "memórias",
            "memories", "how many")),
        Param("noise", "float", 0.2, Both("parte dos pontos trocada", "share of points flipped"), 0.0, 0.5,
            words=("ruído", "ruido", "noise")),
        Param("beta", "float", 8.0, Both("nitidez β (moderna)", "sharpness β (modern)"), 0.01, 100.0, words=("beta",
            "nitidez", "sharpness")),
    ),
    expect=Expectation(
        Both("Qual regra vai lembrar mais padrões?", "Which rule will recall more patterns?"),
        (
            Option("hebb", Both("a de Hebb (1982)", "Hebb's (1982)")),
            Option("inverse", Both("a pseudo-inversa", "the pseudo-inverse")),
            Option("modern", Both("a moderna (atenção)", "the modern one (attention)")),
            Option("tie", Both("empate no topo", "a tie at the top")),
        ),
    ),
    quick={"kind": "letters", "count": 3},
    presets=(
        Preset("random", Both("50 padrões aleatórios", "50 random patterns"), {"kind": "random", "count": 50},
               Both("Padrões que não se parecem são o caso bom da regra de Hebb: ela lembra todos.",
                    "Patterns that don't resemble each other are the good case of Hebb's rule: it recalls them all.")),
        Preset("overload", Both("quebre isso: memória cheia", "break it: overload"), {"kind": "random", "count": 150},
               Both("150 padrões em 784 neurônios passam do limite de 0,138 por neurônio (108): os vales se fundem e "
                    "Hebb esquece tudo de uma vez.",
                    "150 patterns in 784 neurons exceed the limit of 0.138 per neuron (108): the valleys merge and "
                    "Hebb forgets all at once."),
               broken=True),
        Preset("half", Both("quebre isso: metade trocada", "break it: half flipped"), {"noise": 0.5},
               Both("Com metade dos pontos trocada ao acaso não sobra informação nenhuma: nenhuma memória pode "
                    "adivinhar.",
                    "With half of the points flipped at random no information is left: no memory can guess."),
                        broken=True),
        Preset("blur", Both("quebre isso: β 0,05", "break it: β 0.05"), {"beta": 0.05},
               Both("Sem nitidez, o softmax pesa todas as memórias quase igual e devolve a média delas: um borrão.",
                    "Without sharpness the softmax weighs all memories nearly alike and gives back their average: a "
                    "blur."), broken=True),
    ),
    knobs=(
        Knob("more", Both("guardar o dobro", "store twice as many"), "count", times=2),
        Knob("noisier", Both("mais ruído", "more noise"), "noise", plus=0.1),
        Knob("blunt", Both("β ÷10", "β ÷10"), "beta", times=0.1),
        Knob("letters", Both("letras", "letters"), "kind", to="letters"),
    ),
    aliases=("memória associativa", "memoria associativa", "associative memory", "rede de hopfield",
        "hopfield network"),
    asks=("lembrar padrões", "tirar o ruído de dígitos", "guardar memórias", "remember patterns", "recall from noise"),
    related=("memoria-associativa", "regra-de-hebb", "atencao", "fundamentacao-teorica"),
    slides=("fundamentacao-teorica",),
    reference="Hopfield, 1982; Personnaz et al., 1985; Ramsauer et al., 2020",
    data=Both("Dígitos MNIST 28×28, letras da fonte Inter, ou bits sorteados", "MNIST digits 28×28, letters of the "
        "Inter font, or random bits"),
    call=(
        "stored = _patterns.patterns({kind}, {count}, seed={seed})\n"
        "spoilt = spoil(stored, {noise}, seed={seed})\n"
        "for name, weights in (('hebb', hebb(stored)), ('inverse', pseudo_inverse(stored))):\n"
        "    print(name, recalled(recall(weights, spoilt, sweeps=6, seed={seed}), stored))\n"
        "print('modern', recalled(attend(stored, spoilt, {beta}), stored))"
    ),
)  # fmt: skip


# [code]
def spoil(stored: Tensor, noise: float, seed: int) -> Tensor:
    """Flip a share of the bits of patterns [P, D] of −1 and 1."""
    dice = torch.Generator().manual_seed(seed)
    return torch.where(torch.rand(stored.shape, generator=dice) < noise, -stored, stored)


def hebb(stored: Tensor) -> Tensor:
    """Neurons that fire together wire together: weights [D, D] from patterns [P, D]."""
    weights: Tensor = stored.T @ stored / stored.shape[1]
    return weights.fill_diagonal_(0)


def pseudo_inverse(stored: Tensor) -> Tensor:
    """Project onto what the patterns span: each is a fixed point, however alike they are."""
    weights: Tensor = torch.linalg.pinv(stored) @ stored
    return weights.fill_diagonal_(0)


def recall(weights: Tensor, states: Tensor, sweeps: int, seed: int) -> Tensor:
    """Let neuron after neuron, in random order, take the sign of its input; no step raises the energy."""
    states = states.clone()
    dice = torch.Generator().manual_seed(seed)
    for _ in range(sweeps):
        before = states.clone()
        for i in torch.randperm(len(weights), generator=dice).tolist():
            total = states @ weights[i]  # [P]
            states[:, i] = torch.where(total == 0, states[:, i], total.sign())
        if torch.equal(before, states):
            break
    return states


def energy(weights: Tensor, states: Tensor) -> Tensor:
    """Measure how far up the hillside states [P, D] are: [P]."""
    found: Tensor = ((states @ weights) * states).sum(1) / -2
    return found


def attend(stored: Tensor, states: Tensor, beta: float, steps: int = 3) -> Tensor:
    """Recall by attention: the states are queries, the stored patterns are both keys and values."""
    for _ in range(steps):
        scores = beta / stored.shape[1] ** 0.5 * states @ stored.T  # [P, P]
        states = scores.softmax(1) @ stored
    return states


def recalled(found: Tensor, stored: Tensor) -> float:
    """Give the share of patterns of which at least 99 % of the bits are back."""
    return float(((found.sign() == stored).double().mean(1) >= 0.99).double().mean())


# [end]


def run(params: Params, seed: int) -> Events:
    """Store, spoil, recall by three rules; then fill the memory with random patterns until it breaks."""
    lang = params.lang
    yield Step(0.0, Both("guardando os padrões", "storing the patterns"))
    stored = _patterns.patterns(params.text("kind"), params.int("count"), seed)
    spoilt = spoil(stored, params.float("noise"), seed)
    rules = {"hebb": hebb(stored), "inverse": pseudo_inverse(stored)}
    found = {"spoilt": spoilt}
    for i, (name, weights) in enumerate(rules.items()):
        found[name] = recall(weights, spoilt, SWEEPS, seed)
        yield Step(0.1 * (i + 1), Both("lembrando", "recalling"), {"loss": 1 - recalled(found[name], stored)})
        yield live(Memory(stored, found, {}), lang)
    found["modern"] = attend(stored, spoilt, params.float("beta"))
    shares = {name: recalled(states, stored) for name, states in found.items()}
    shares["nearest"] = recalled(stored[(spoilt @ stored.T).argmax(1)], stored)
    memory = Memory(stored, found, shares)
    yield live(memory, lang)
    loads = []
    for i, load in enumerate(LOADS):
        yield Step(
            0.3 + 0.1 * i,
            Both(f"enchendo a memória: {load} padrões aleatórios", f"filling the memory: {load} random patterns"),
        )
        loads.append((load, *_loaded(load, seed)))
    yield recall_film(_frames(memory, rules, params, seed), stored[0], lang)
    yield final(memory, loads, THEORY * stored.shape[1], lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(params, memory, loads)


def _loaded(load: int, seed: int) -> tuple[float, float]:
    """Give the shares of random patterns, a tenth spoilt, that Hebb and the modern network recall."""
    stored = _patterns.patterns("random", load, seed + 1)
    spoilt = spoil(stored, 0.1, seed + 1)
    return recalled(recall(hebb(stored), spoilt, 3, seed), stored), recalled(attend(stored, spoilt, 8.0), stored)


def _frames(memory: Memory, rules: dict[str, Tensor], params: Params, seed: int) -> list[dict[str, Tensor]]:
    """Follow one spoilt pattern neuron by neuron: a frame after each tenth of the way, [D] by rule."""
    states = {name: memory.found["spoilt"][:1].clone() for name in (*rules, "modern")}
    size = memory.stored.shape[1]
    order = torch.randperm(size, generator=torch.Generator().manual_seed(seed)).repeat(2).tolist()
    frames = [{name: state[0].clone() for name, state in states.items()}]
    for k in range(FILM):
        for i in order[k * 2 * size // FILM : (k + 1) * 2 * size // FILM]:
            for name, weights in rules.items():
                total = states[name] @ weights[i]
                states[name][:, i] = torch.where(total == 0, states[name][:, i], total.sign())
        states["modern"] = attend(memory.stored, states["modern"], params.float("beta"), 1)
        frames.append({name: state[0].clone() for name, state in states.items()})
    return frames


def _result(params: Params, memory: Memory, loads: list[tuple[int, float, float]]) -> Result:
    """Say what came of it."""
    shares, count, size = memory.shares, len(memory.stored), memory.stored.shape[1]
    best = max(shares[name] for name in ("hebb", "inverse", "modern"))
    top = [name for name in ("hebb", "inverse", "modern") if shares[name] > best - CLEAR]
    said = {name: share(value, 0) for name, value in shares.items()}
    broke = next((load for load, by_hebb, _ in loads if by_hebb < 0.5), LOADS[-1])
    limit = round(THEORY * size)
    return Result(
        what=Both(
            f"De {count} padrões de {size} pontos, com {share(params.float('noise'), 0).pt} trocados, Hebb lembrou "
            f"{said['hebb'].pt}, a pseudo-inversa "
            f"{said['inverse'].pt} e a moderna {said['modern'].pt}. Procurar o guardado mais parecido: "
            f"{said['nearest'].pt}.",
            f"Of {count} patterns of {size} points, {share(params.float('noise'), 0).en} flipped, Hebb recalled "
            f"{said['hebb'].en}, the pseudo-inverse "
            f"{said['inverse'].en} and the modern one {said['modern'].en}. Looking up the most similar: "
            f"{said['nearest'].en}.",
        ),
        why=_why(params, broke, limit),
        next=_next(params) if params.float("beta") < BLUNT or params.float("noise") > 0.4 else Both(
            "Guarde o dobro até a pseudo-inversa ceder. Depois baixe o β: em que ponto a memória nítida vira um "
            "borrão?",
            "Store twice as many until the pseudo-inverse gives way. Then lower β: where does the sharp memory "
            "become a blur?",
        ),
        metrics=(
            Metric("modern", Both("lembrados, moderna", "recalled, modern"), shares["modern"], (
                Baseline(Both("Hebb", "Hebb"), shares["hebb"]),
                Baseline(Both("pseudo-inversa", "pseudo-inverse"), shares["inverse"]),
                Baseline(Both("o guardado mais parecido", "most similar stored one"), shares["nearest"]),
                Baseline(Both("não fazer nada", "doing nothing"), shares["spoilt"]),
            ), percent=True, digits=0),
            Metric("inverse", Both("lembrados, pseudo-inversa", "recalled, pseudo-inverse"), shares["inverse"],
                percent=True, digits=0),
            Metric("hebb", Both("lembrados, Hebb", "recalled, Hebb"), shares["hebb"], percent=True, digits=0),
            Metric("hebb_breaks", Both("aleatórios com que Hebb cede", "random ones at which Hebb gives way"), broke, (
                Baseline(Both("teoria: 0,138 por neurônio", "theory: 0.138 per neuron"), limit),
            ), better="", digits=0),
        ),
        answer=Answer(top[0] if len(top) == 1 else "tie", Both(
            f"Hebb {said['hebb'].pt}, pseudo-inversa {said['inverse'].pt}, moderna {said['modern'].pt}.",
            f"Hebb {said['hebb'].en}, pseudo-inverse {said['inverse'].en}, modern {said['modern'].en}.",
        )),
    )  # fmt: skip


def _why(params: Params, broke: int, limit: int) -> Both:
    first = Both(
        f"Hebb soma todos os padrões nos mesmos pesos: os parecidos (dígitos, letras) se misturam, e os aleatórios "
        f"cedem perto de {broke} "
        f"(teoria: {limit}).",
        f"Hebb adds all patterns up in the same weights: similar ones (digits, letters) blend, and random ones give "
        f"way near {broke} "
        f"(theory: {limit}).",
    )
    if params.float("beta") < BLUNT:
        return Both(
            first.pt
            + " Com β tão baixo, o softmax da moderna pesa todas as memórias quase igual e devolve a média delas.",
            first.en
            + " With β so low the modern one's softmax weighs all memories nearly alike and gives their average.",
        )
    if params.float("noise") > 0.4:
        return Both(
            first.pt + " Com quase metade trocada, o ponto de partida já não aponta para padrão nenhum.",
            first.en + " With nearly half flipped, the start no longer points at any pattern.",
        )
    return Both(
        first.pt
        + " A moderna compara o estado com cada memória e o softmax escolhe: é a atenção, com as memórias como "
        "chaves e valores. "
        "O preço: guarda os padrões inteiros.",
        first.en
        + " The modern one compares the state with each memory and softmax chooses: it is attention, memories as "
        "keys and values. "
        "The price: it keeps the patterns whole.",
    )


def _next(params: Params) -> Both:
    if params.float("beta") < BLUNT:
        return Both(
            "Suba o β aos poucos (0,5; 1; 8) e ache o ponto em que a média se parte em memórias nítidas.",
            "Raise β little by little (0.5; 1; 8) and find the point where the average splits into sharp memories.",
        )
    return Both(
        "Baixe o ruído para 0,4 e depois 0,3: a partir de quanto as memórias voltam?",
        "Lower the noise to 0.4, then 0.3: from where on do the memories come back?",
    )
