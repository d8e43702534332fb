"""Shallow against deep with the same budget of parameters, and one layer that approximates a curve, better when wider.

A single hidden layer can approximate any continuous function (Cybenko, 1989), but nothing says that it does so
cheaply, or that training finds it. On a spiral depth pays; how much depends on the activation, so five starts are
trained side by side.
"""

# [code]
from collections.abc import Callable, Iterator
from itertools import pairwise

import torch
from torch import Tensor, nn

# [end]
from models.demos._raso_profundo import Duel, Fit, Rung, duel_film, final, live
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
    Preset,
    Result,
    Step,
)
from models.kit.said import figure, share

NETS = 5  # starts trained side by side
DEPTHS = (1, 2, 3, 4)
WIDTHS = (1, 4, 16, 64)  # of the one layer that approximates a curve
CURVE_STEPS = 1000
TRAIN, TEST = 600, 1000  # points
NEW = 10_000  # added to the seed for the test
FRAMES = 12
FILMED = (1, 3)  # depths that the film sets side by side
CLEAR = 0.02

SPEC = DemoSpec(
    name="raso-profundo",
    title=Both("Rede rasa × rede profunda", "Shallow × deep network"),
    summary=Both("Mesmos parâmetros, 1 a 4 camadas; e uma camada imitando uma curva", "Same parameters, 1 to 4 "
        "layers; and one layer imitating a curve"),
    lesson=Both(
        "Uma rede precisa ser profunda? Uma camada larga o bastante aproxima qualquer curva. Mas, com o mesmo "
        "orçamento de parâmetros, "
        "camadas empilhadas reaproveitam o que as de baixo já dobraram. Às vezes isso vence de longe; às vezes não. "
        "Meça.",
        "Does a network need to be deep? One layer, wide enough, approximates any curve. But with the same budget of "
        "parameters, stacked "
        "layers reuse what those below have already folded. Sometimes that wins by far; sometimes it doesn't. "
        "Measure it.",
    ),
    concept="rede-rasa-e-profunda",
    seconds=16,
    params=(
        Param("activation", "choice", "tanh", Both("ativação", "activation"), words=("ativacao",), choices=(
            Option("tanh", Both("tanh", "tanh")),
            Option("relu", Both("ReLU", "ReLU")),
            Option("none", Both("nenhuma", "none"), ("linear", "sem ativação", "sem ativacao")),
        )),
        Param("budget", "int", 220, Both("parâmetros de cada rede", "parameters of each network"), 40, 2000,
              words=("parâmetros", "parametros", "parameters", "orçamento", "orcamento", "budget")),
        Param("turns", "float", 2.5, Both("voltas da espiral", "turns of the spiral"), 0.5, 4.0, words=("voltas",
            "turns")),
        Param("steps", "int", 3000, Both("passos", "steps"), 10, 4000, words=("passos", "steps")),
        Param("lr", "float", 0.02, Both("taxa de aprendizado", "learning rate"), 0.0001, 1.0, words=("taxa", "rate",
            "lr")),
    ),
    expect=Expectation(
        Both("Com o mesmo número de parâmetros, qual rede separa melhor a espiral?",
             "With the same number of parameters, which network separates the spiral best?"),
        (
            Option("shallow", Both("1 camada larga", "1 wide layer")),
            Option("middle", Both("2 ou 3 camadas", "2 or 3 layers")),
            Option("deep", Both("4 camadas", "4 layers")),
            Option("tie", Both("dá quase no mesmo", "much the same")),
        ),
    ),
    quick={"steps": 12, "budget": 40},
    presets=(
        Preset("relu", Both("com ReLU", "with ReLU"), {"activation": "relu"},
               Both("Com ReLU a rede rasa se sai bem: a vantagem da profundidade depende da ativação e do treino.",
                    "With ReLU the shallow network does well: the advantage of depth depends on the activation and "
                    "on training.")),
        Preset("easy", Both("espiral de 1 volta", "spiral of 1 turn"), {"turns": 1.0},
               Both("Num problema simples todas acertam: profundidade só paga quando há o que reaproveitar.",
                    "On a simple problem all get it right: depth pays only where there is something to reuse.")),
        Preset("linear", Both("quebre isso: sem ativação", "break it: no activation"), {"activation": "none"},
               Both("Sem ativação, quatro camadas multiplicadas são uma camada só: uma reta, por mais fundo que se vá.",
                    "Without an activation four layers multiply out to a single one: a straight line, however "
                    "deep."), broken=True),
        Preset("poor", Both("quebre isso: 40 parâmetros", "break it: 40 parameters"), {"budget": 40},
               Both("Com tão pouco, quatro camadas ficam com 2 ou 3 neurônios cada: nada passa pelo gargalo.",
                    "With so little, four layers get 2 or 3 neurons each: nothing fits through the bottleneck."),
                        broken=True),
        Preset("hot", Both("quebre isso: taxa 0,5", "break it: rate 0.5"), {"lr": 0.5},
               Both("Quanto mais funda a rede, mais um passo grande se multiplica pelas camadas: as fundas quebram "
                    "primeiro.",
                    "The deeper the network, the more a large step multiplies through the layers: the deep ones "
                    "break first."), broken=True),
    ),
    knobs=(
        Knob("relu_on", Both("trocar por ReLU", "switch to ReLU"), "activation", to="relu"),
        Knob("twice", Both("o dobro de parâmetros", "twice the parameters"), "budget", times=2),
        Knob("twist", Both("mais meia volta", "half a turn more"), "turns", plus=0.5),
    ),
    aliases=("rasa x profunda", "raso x profundo", "shallow vs deep", "aproximação universal",
        "universal approximation"),
    asks=("comparar rede rasa e profunda", "precisa ser profunda", "compare shallow and deep",
        "does it need to be deep"),
    related=("aproximacao-universal", "deep-learning", "camada-oculta", "representacao-hierarquica",
        "numero-de-parametros"),
    slides=("rasas-x-profundas", "precisa-ser-profunda"),
    reference="Cybenko, 1989; Telgarsky, 2016; Montúfar et al., 2014",
    data=Both("Uma espiral e uma curva, sorteadas na hora", "A spiral and a curve, drawn on the spot"),
    call=(
        "x, y = spiral(600, {turns}, seed={seed})\n"
        "for layers in (1, 2, 3, 4):\n"
        "    width = affordable({budget}, layers)\n"
        "    nets = networks([2, *[width] * layers, 1], nets=5, seed={seed})\n"
        "    for step, loss in train(nets, (x, y), {activation}, {steps}, {lr}, seed={seed}):\n"
        "        pass\n"
        '    print(f"{{layers}} × {{width}}: loss {{loss:.3f}}")'
    ),
)  # fmt: skip


# [code]
BENDS: dict[str, Callable[[Tensor], Tensor]] = {"tanh": torch.tanh, "relu": torch.relu, "none": torch.clone}


def spiral(count: int, turns: float, seed: int) -> tuple[Tensor, Tensor]:
    """Draw two arms: points [N, 2], classes [N, 1]."""
    dice = torch.Generator().manual_seed(seed)
    y = torch.arange(count) % 2
    out = torch.rand(count, generator=dice).mul(0.96).add(0.04).sqrt()
    turn = 2 * torch.pi * turns * out + torch.pi * y
    x = 2 * out[:, None] * torch.stack([turn.cos(), turn.sin()], 1)
    return x + 0.02 * torch.randn(count, 2, generator=dice), y[:, None].float()


def parameters(layers: int, width: int) -> int:
    """Count the weights and biases of 2 → width × layers → 1."""
    return 3 * width + (layers - 1) * (width * width + width) + width + 1


def affordable(budget: int, layers: int) -> int:
    """Give the largest width whose network costs at most the budget."""
    return max([width for width in range(1, 501) if parameters(layers, width) <= budget], default=1)


def networks(sizes: list[int], nets: int, seed: int) -> list[Tensor]:
    """Draw weights [nets, in, out] and biases [nets, 1, out] of many networks at once, layer by layer."""
    dice = torch.Generator().manual_seed(seed)
    shapes = [shape for a, b in pairwise(sizes) for shape in ((nets, a, b), (nets, 1, b))]
    scales = [a**-0.5 for a, _ in pairwise(sizes) for _ in range(2)]
    drawn = [(2 * torch.rand(s, generator=dice) - 1) * scale for s, scale in zip(shapes, scales, strict=True)]
    return [w.requires_grad_() for w in drawn]


def forward(weights: list[Tensor], x: Tensor, activation: str) -> Tensor:
    """Run all networks on x [nets, N, in] or [N, in]: [nets, N, 1]."""
    for i in range(0, len(weights) - 2, 2):
        x = BENDS[activation](x @ weights[i] + weights[i + 1])
    return x @ weights[-2] + weights[-1]


def train(
    weights: list[Tensor],
    data: tuple[Tensor, Tensor],
    activation: str,
    steps: int,
    lr: float,
    seed: int,
    regress: bool = False,
) -> Iterator[tuple[int, float]]:
    """Train all networks by mini-batches of 64, each its own; yield (step, mean loss)."""
    x, y = data
    dice = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(weights, lr)
    measure = nn.functional.mse_loss if regress else nn.functional.binary_cross_entropy_with_logits
    for step in range(1, steps + 1):
        chosen = torch.randint(len(x), (len(weights[0]), 64), generator=dice)  # [nets, 64]
        loss = measure(forward(weights, x[chosen], activation), y[chosen])
        optimizer.zero_grad()
        (loss * len(weights[0])).backward()  # each network has its own loss; their sum teaches each its own
        optimizer.step()
        yield step, loss.item()


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Train four depths of one budget, then one layer of four widths on a curve."""
    lang, steps = params.lang, params.int("steps")
    yield Step(0.0, Both("desenhando a espiral", "drawing the spiral"))
    x, y = spiral(TRAIN, params.float("turns"), seed)
    new = spiral(TEST, params.float("turns"), seed + NEW)
    rungs: list[Rung] = []
    yield live(rungs, (x, y), lang)
    moments: dict[int, list[Duel]] = {}
    for i, layers in enumerate(DEPTHS):
        width = affordable(params.int("budget"), layers)
        nets = networks([2, *[width] * layers, 1], NETS, seed)
        moments[layers] = []
        words = _named(layers, width)
        for step, loss in train(nets, (x, y), params.text("activation"), steps, params.float("lr"), seed):
            if step % 50 == 0 or step in (1, steps):
                yield Step((i + step / steps) * 0.18, words, {"loss": loss})
            if layers in FILMED and (step in (1, steps) or step % -(-steps // FRAMES) == 0):
                moments[layers].append(Duel(layers, width, step, _field(nets, params)))
        rungs.append(Rung(layers, width, parameters(layers, width), _right(nets, new, params), _field(nets, params)))
        yield live(rungs, (x, y), lang)
    fits = []
    for i, width in enumerate(WIDTHS):
        yield Step(0.74 + 0.05 * i, Both(f"aproximando a curva com {width}", f"approximating the curve with {width}"))
        fits.append(_fit(width, params, seed))
    yield duel_film([moments[depth] for depth in FILMED], (x, y), lang)
    yield final(rungs, fits, (x, y), lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(params, rungs, fits)


def _right(nets: list[Tensor], new: tuple[Tensor, Tensor], params: Params) -> list[float]:
    """Give the share of new points that each network gets right."""
    with torch.no_grad():
        said = forward(nets, new[0], params.text("activation")) > 0
    return [float(v) for v in (said == (new[1] > 0.5)).double().mean((1, 2))]


def _field(nets: list[Tensor], params: Params, side: int = 64) -> Tensor:
    """Ask the first network about the plane: [side, side], lowest y first."""
    line = torch.linspace(-2.2, 2.2, side)
    ys, xs = torch.meshgrid(line, line, indexing="ij")
    with torch.no_grad():
        scores = forward([w[:1] for w in nets], torch.stack([xs, ys], -1).reshape(-1, 2), params.text("activation"))
    return scores.sigmoid().view(side, side)


def places() -> Tensor:
    """Give the places at which the curve is known and judged [N, 1]."""
    return torch.linspace(-1.5, 1.5, 200)[:, None]


def curve(x: Tensor) -> Tensor:
    """Give the curve that one layer is to imitate."""
    return (3 * x).sin() + 0.6 * (8 * x + 1).sin()


def _fit(width: int, params: Params, seed: int) -> Fit:
    """Approximate a curve by one hidden layer; the error is the root of the mean square, over the networks."""
    x = places()
    nets = networks([1, width, 1], NETS, seed)
    with torch.no_grad():
        nets[0].mul_(4)  # slopes steep enough for the curve's bends,
        nets[1].mul_(6)  # and bends all along it
    steps = min(CURVE_STEPS, params.int("steps"))
    for _ in train(nets, (x, curve(x)), params.text("activation"), steps, 0.02, seed, regress=True):
        pass
    with torch.no_grad():
        found = forward(nets, x, params.text("activation"))
    errors = (found - curve(x)).square().mean((1, 2)).sqrt()
    constant = float((curve(x) - curve(x).mean()).square().mean().sqrt())
    return Fit(
        width, x[:, 0].tolist(), curve(x)[:, 0].tolist(), found[0, :, 0].tolist(), float(errors.mean()), constant
    )


def _result(params: Params, rungs: list[Rung], fits: list[Fit]) -> Result:
    """Say what came of it."""
    best = max(rungs, key=lambda rung: rung.mean)
    shallow, deepest = rungs[0], rungs[-1]
    tie = best.mean - shallow.mean < CLEAR and max(r.mean for r in rungs) - min(r.mean for r in rungs) < 2 * CLEAR
    option = "tie" if tie else "shallow" if best is shallow else "deep" if best is deepest else "middle"
    said = [
        Both(*(f"{r.layers}×{r.width}: {share(r.mean)[lang]} ±{share(r.spread)[lang]}" for lang in LANGS))
        for r in rungs
    ]
    first, last = fits[0], fits[-1]
    return Result(
        what=Both(
            f"Com até {params.int('budget')} parâmetros (camadas×neurônios): {'; '.join(s.pt for s in said)}. Na "
            f"curva, o erro foi de "
            f"{figure(first.error).pt} com 1 neurônio a {figure(last.error).pt} com {last.width}.",
            f"With up to {params.int('budget')} parameters (layers×neurons): {'; '.join(s.en for s in said)}. On the "
            f"curve the error went from "
            f"{figure(first.error).en} with 1 neuron to {figure(last.error).en} with {last.width}.",
        ),
        why=_why(params, best, shallow),
        next=Both(
            "Troque a ativação: com ReLU o resultado muda. Depois dê menos voltas à espiral: quando a rede rasa "
            "empata?",
            "Switch the activation: with ReLU the outcome changes. Then give the spiral fewer turns: when does the "
            "shallow network tie?",
        ),
        metrics=_metrics(rungs, best, fits),
        answer=Answer(option, Both(
            f"A melhor foi a de {_named(best.layers).pt}, com {share(best.mean).pt}; a rasa fez "
            f"{share(shallow.mean).pt}.",
            f"The best was that of {_named(best.layers).en}, with {share(best.mean).en}; the shallow one got "
            f"{share(shallow.mean).en}.",
        )),
    )  # fmt: skip


def _metrics(rungs: list[Rung], best: Rung, fits: list[Fit]) -> tuple[Metric, ...]:
    """Set the depths beside each other, and the widest layer beside one neuron."""
    first, last = fits[0], fits[-1]
    return (
        Metric("best_accuracy", Both(f"melhor: {_named(best.layers).pt}", f"best: {_named(best.layers).en}"),
            best.mean, (
            *(Baseline(_named(r.layers, r.width), r.mean,
                r.spread)
              for r in rungs if r is not best),
            Baseline(Both("acaso", "chance"), 0.5),
        ), percent=True, digits=1, spread=best.spread),
        *(Metric(f"accuracy_{r.layers}", _named(r.layers), r.mean,
            percent=True, digits=1, spread=r.spread)
          for r in rungs),
        Metric("curve_error", Both(f"erro na curva, {last.width} neurônios", f"error on the curve, {last.width} "
            f"neurons"), last.error, (
            Baseline(Both("1 neurônio", "1 neuron"), first.error),
            Baseline(Both("dizer sempre a média", "always saying the mean"), first.constant),
        ), better="lower"),
    )  # fmt: skip


def _named(layers: int, width: int = 0) -> Both:
    """Name a network by its depth, and its width where given."""
    several = "" if layers == 1 else "s"
    return Both(
        f"{layers} camada{several}" + (f" de {width}" if width else ""),
        f"{layers} layer{several}" + (f" of {width}" if width else ""),
    )


LANGS: tuple[Lang, Lang] = ("pt", "en")


def _why(params: Params, best: Rung, shallow: Rung) -> Both:
    if params.text("activation") == "none":
        return Both(
            "Sem ativação, o produto de várias matrizes é uma matriz: qualquer profundidade desenha só uma reta.",
            "Without an activation a product of matrices is one matrix: any depth draws just a straight line.",
        )
    if best.mean - shallow.mean > CLEAR:
        return Both(
            "A primeira camada dobra o plano; a segunda dobra o plano já dobrado, e cada dobra vale por muitas. A "
            "rasa precisaria de um neurônio para "
            "cada trecho da espiral. Mas quatro camadas finas também são mais difíceis de treinar: veja o ±.",
            "The first layer folds the plane; the second folds the folded plane, and each fold counts for many. The "
            "shallow one would need a neuron "
            "for each stretch of the spiral. But four thin layers are also harder to train: see the ±.",
        )
    return Both(
        "Aqui a profundidade não pagou: ou o problema é simples, ou a ativação já dobra bem em uma camada só, ou "
        "camadas finas demais perderam a "
        "informação pelo caminho. Profundidade é uma aposta, não uma lei.",
        "Here depth didn't pay: the problem is simple, or the activation folds well in a single layer, or layers too "
        "thin lost the information on "
        "their way. Depth is a bet, not a law.",
    )
