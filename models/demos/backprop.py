"""Backpropagation by hand, number by number, and the same from PyTorch's autograd.

Forward: each neuron adds its weighted inputs and squashes the sum. Backward: the error at the output times the slope
of each step on the way back (the chain rule) says how much every weight is to blame. Rumelhart, Hinton and Williams,
1986.
"""

# [code]
from collections.abc import Iterator

import torch
from torch import Tensor

# [end]
from models.demos._backprop import Example, film, final, live, numbers
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

STARTS = 100  # other random starts, trained side by side
LIVE = 4  # pictures of the falling loss
TINY = 1e-6  # step of the finite differences

SPEC = DemoSpec(
    name="backprop",
    title=Both("Backpropagation, número por número", "Backpropagation, number by number"),
    summary=Both("Uma rede 2-2-1 à mão, ida e volta, igual ao PyTorch", "A 2-2-1 network by hand, there and back, "
        "equal to PyTorch"),
    lesson=Both(
        "Uma rede de três neurônios faz uma conta de ida e outra de volta. Na volta, a regra da cadeia reparte a "
        "culpa do erro entre os "
        "pesos, e cada peso anda um pouco contra a sua culpa. Repetido milhares de vezes, isso é aprender.",
        "A network of three neurons does a sum on the way there and another on the way back. On the way back the "
        "chain rule shares the "
        "blame for the error among the weights, and each moves a little against its blame. Repeated thousands of "
        "times, that is learning.",
    ),
    concept="backpropagation",
    seconds=4,
    params=(
        Param("task", "choice", "xor", Both("tarefa", "task"), words=("porta", "gate", "problema"), choices=(
            Option("xor", Both("XOR", "XOR"), ("ou exclusivo",)),
            Option("and", Both("AND", "AND")),
            Option("or", Both("OR", "OR")),
        )),
        Param("activation", "choice", "sigmoid", Both("ativação", "activation"), words=("ativacao",), choices=(
            Option("sigmoid", Both("sigmoide", "sigmoid"), ("sigmóide",)),
            Option("tanh", Both("tanh", "tanh")),
        )),
        Param("lr", "float", 2.0, Both("taxa de aprendizado", "learning rate"), 0.001, 1000.0, words=("taxa", "rate",
            "lr")),
        Param("steps", "int", 2000, Both("passos", "steps"), 10, 5000, words=("passos", "steps", "épocas", "epochs")),
        Param("start", "choice", "random", Both("pesos iniciais", "initial weights"), words=("início", "inicio",
            "pesos", "start"),
              choices=(
            Option("random", Both("sorteados", "random"), ("aleatórios", "aleatorios")),
            Option("same", Both("todos iguais", "all the same"), ("iguais", "zeros", "zero", "same")),
            Option("large", Both("enormes", "huge"), ("grandes", "large")),
        )),
    ),
    expect=Expectation(
        Both("Com três neurônios e este começo, quantos dos 4 casos a rede vai acertar no fim?",
             "With three neurons and this start, how many of the 4 cases will the network get right in the end?"),
        (
            Option("four", Both("todos os 4", "all 4")),
            Option("three", Both("3", "3")),
            Option("two", Both("2 ou menos", "2 or fewer")),
        ),
    ),
    quick={"steps": 60},
    presets=(
        Preset("tanh", Both("com tanh", "with tanh"), {"activation": "tanh", "lr": 1.0},
               Both("A tanh aprende mais depressa quando dá certo, mas fica presa mais vezes.",
                    "tanh learns faster when it works, but gets stuck more often.")),
        Preset("same", Both("quebre isso: pesos iguais", "break it: equal weights"), {"start": "same"},
               Both("Com pesos iguais os dois neurônios ocultos recebem sempre o mesmo gradiente: viram um só, e o "
                    "XOR fica impossível.",
                    "With equal weights both hidden neurons always get the same gradient: they are one, and XOR "
                    "stays out of reach."),
               broken=True),
        Preset("large", Both("quebre isso: pesos enormes", "break it: huge weights"), {"start": "large"},
               Both("Somas enormes deixam a sigmoide plana: a derivada é quase zero, e a culpa não chega a peso "
                    "nenhum.",
                    "Huge sums put the sigmoid where it is flat: its slope is nearly zero, and no blame reaches any "
                    "weight."),
               broken=True),
        Preset("leap", Both("quebre isso: taxa 1000", "break it: rate 1000"), {"lr": 1000.0},
               Both("O primeiro passo já joga os pesos para longe; a sigmoide satura e a rede congela no erro.",
                    "The very first step throws the weights far away; the sigmoid saturates and the network freezes "
                    "in its error."),
               broken=True),
    ),
    knobs=(
        Knob("rate10", Both("taxa ÷10", "rate ÷10"), "lr", times=0.1),
        Knob("longer", Both("o dobro de passos", "twice the steps"), "steps", times=2),
        Knob("and", Both("trocar por AND", "try AND"), "task", to="and"),
    ),
    aliases=("backpropagation", "retropropagação", "retropropagacao", "propagação do erro", "rede à mão"),
    asks=("calcular os gradientes à mão", "ver a regra da cadeia", "como a rede aprende", "compute gradients by hand",
          "see the chain rule", "how a network learns"),
    related=("regra-da-cadeia", "gradiente-descendente", "backprop-1986", "xor", "gradiente-que-desaparece",
        "grafo-de-computacao"),
    slides=("backpropagation", "1986-backpropagation"),
    reference="Rumelhart, Hinton & Williams, 1986, Nature 323",
    data=Both("A tabela-verdade de uma porta lógica: 4 casos", "The truth table of a logic gate: 4 cases"),
    call=(
        "x, target = table({task})\n"
        "weights = initial({start}, seed={seed})\n"
        "for step, loss in train(weights, x, target, {activation}, {lr}, {steps}):\n"
        "    if step % 200 == 0:\n"
        '        print(f"{{step:5}} {{loss:.4f}}")'
    ),
)  # fmt: skip


# [code]
Weights = dict[str, Tensor]  # W1 [2, 2], b1 [1, 2], W2 [2, 1], b2 [1, 1]; or many nets at once: [S, 2, 2] …


def table(task: str) -> tuple[Tensor, Tensor]:
    """Give the four cases [4, 2] and what is wanted [4, 1]."""
    x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    wanted = {"xor": [0, 1, 1, 0], "and": [0, 0, 0, 1], "or": [0, 1, 1, 1]}[task]
    return x, torch.tensor(wanted, dtype=torch.float64)[:, None]


def initial(start: str, seed: int, nets: int = 0) -> Weights:
    """Choose the first weights of one network, or of many."""
    dice = torch.Generator().manual_seed(seed)
    shapes = {"W1": (2, 2), "b1": (1, 2), "W2": (2, 1), "b2": (1, 1)}
    sizes = {name: (nets, *shape) if nets else shape for name, shape in shapes.items()}
    if start == "same":
        return {name: torch.full(size, 0.5, dtype=torch.float64) for name, size in sizes.items()}
    wide = 60.0 if start == "large" else 3.0
    return {name: (torch.rand(s, generator=dice, dtype=torch.float64) - 0.5) * wide for name, s in sizes.items()}


def forward(w: Weights, x: Tensor, activation: str) -> tuple[Tensor, Tensor]:
    """Compute the hidden values [.., 4, 2] and the output [.., 4, 1]."""
    hidden = (x @ w["W1"] + w["b1"]).sigmoid() if activation == "sigmoid" else (x @ w["W1"] + w["b1"]).tanh()
    return hidden, (hidden @ w["W2"] + w["b2"]).sigmoid()


def backward(w: Weights, x: Tensor, target: Tensor, activation: str) -> Weights:
    """Compute the gradient of ½ Σ (output − target)² by the chain rule, without autograd."""
    hidden, output = forward(w, x, activation)
    slope = hidden * (1 - hidden) if activation == "sigmoid" else 1 - hidden**2
    delta2 = (output - target) * output * (1 - output)  # [.., 4, 1] error × slope of the sigmoid
    delta1 = delta2 @ w["W2"].mT * slope  # [.., 4, 2] the blame goes back through the same weights
    return {
        "W1": x.mT @ delta1, "b1": delta1.sum(-2, keepdim=True),
        "W2": hidden.mT @ delta2, "b2": delta2.sum(-2, keepdim=True),
    }  # fmt: skip


def train(w: Weights, x: Tensor, target: Tensor, activation: str, lr: float, steps: int) -> Iterator[tuple[int, float]]:
    """Descend the gradient in place; yield (step, loss averaged over cases and networks)."""
    for step in range(1, steps + 1):
        gradient = backward(w, x, target, activation)
        for name in w:
            w[name] -= lr * gradient[name]
        yield step, (forward(w, x, activation)[1] - target).square().mean().item() / 2


# [end]


def autograd(w: Weights, x: Tensor, target: Tensor, activation: str) -> Weights:
    """Ask PyTorch for the same gradient."""
    leaves = {name: value.clone().requires_grad_() for name, value in w.items()}
    loss = (forward(leaves, x, activation)[1] - target).square().sum() / 2
    loss.backward()
    return {name: leaf.grad for name, leaf in leaves.items() if leaf.grad is not None}


def differences(w: Weights, x: Tensor, target: Tensor, activation: str) -> Weights:
    """Measure the same gradient: move each weight a hair and see how the loss changes."""
    found = {name: torch.zeros_like(value) for name, value in w.items()}
    for name, value in w.items():
        for place in range(value.numel()):
            ends = []
            for sign in (1, -1):
                moved = value.clone().flatten()
                moved[place] += sign * TINY
                changed = {**w, name: moved.view_as(value)}
                ends.append((forward(changed, x, activation)[1] - target).square().sum().item() / 2)
            found[name].view(-1)[place] = (ends[0] - ends[1]) / (2 * TINY)
    return found


def apart(one: Weights, other: Weights) -> float:
    """Give the largest difference between two sets of weights or gradients."""
    return max((one[name] - other[name]).abs().max().item() for name in one)


def run(params: Params, seed: int) -> Iterator[Event]:
    """Show one pass in numbers, check it, then train and watch the loss fall."""
    yield Step(0.0, Both("fazendo a conta de ida", "doing the sum there"))
    x, target = table(params.text("task"))
    activation, lang = params.text("activation"), params.lang
    w = initial(params.text("start"), seed)
    first = {name: value.clone() for name, value in w.items()}
    example = _example(first, x, target, activation)
    yield numbers(example, lang, "forward")
    yield Step(0.1, Both("fazendo a conta de volta", "doing the sum back"), {"loss": example.loss})
    by_hand = backward(first, x, target, activation)
    errors = (
        apart(by_hand, autograd(first, x, target, activation)),
        apart(by_hand, differences(first, x, target, activation)),
    )
    yield numbers(example, lang, "backward")
    losses: list[float] = []
    steps = params.int("steps")
    for step, loss in train(w, x, target, activation, params.float("lr"), steps):
        losses.append(loss)
        if step % max(steps // LIVE, 1) == 0:
            yield Step(
                0.2 + 0.4 * step / steps, Both(f"passo {step} de {steps}", f"step {step} of {steps}"), {"loss": loss}
            )
            yield live(losses, forward(w, x, activation)[1], target, lang)
    yield Step(0.7, Both("repetindo com outros 100 começos", "repeating from 100 other starts"))
    solved = _solved(params, seed + 1)
    yield film(example, lang)
    right = ((forward(w, x, activation)[1] > 0.5) == (target > 0.5)).sum().item()
    yield final(example, losses, forward(w, x, activation)[1], target, solved, lang)
    yield Step(1.0, Both("pronto", "done"))
    yield _result(params, example, losses, int(right), solved, errors)


def _example(w: Weights, x: Tensor, target: Tensor, activation: str) -> Example:
    """Follow the case (1, 0) through the network and back."""
    one, wanted = x[2:3], target[2:3]
    hidden, output = forward(w, one, activation)
    gradient = backward(w, one, wanted, activation)
    return Example(one[0].tolist(), hidden[0].tolist(), output.item(), wanted.item(), w, gradient)


def _solved(params: Params, seed: int) -> float:
    """Train 100 networks at once from other starts; give the share with all four cases right."""
    x, target = table(params.text("task"))
    many = initial(params.text("start"), seed, STARTS)
    for _ in train(many, x, target, params.text("activation"), params.float("lr"), params.int("steps")):
        pass
    right = (forward(many, x, params.text("activation"))[1] > 0.5) == (target > 0.5)
    return right.all(-2).double().mean().item()


def _result(
    params: Params, example: Example, losses: list[float], right: int, solved: float, errors: tuple[float, float]
) -> Result:
    """Say what came of it."""
    start, end, luck = figure(losses[0], 3), figure(losses[-1], 4), round(100 * solved)
    option = "four" if right == 4 else "three" if right == 3 else "two"
    task = params.text("task").upper()
    alone = 0.75 if task == "XOR" else 1.0
    return Result(
        what=Both(
            f"O gradiente feito à mão difere do autograd do PyTorch em no máximo {_tiny(errors[0])}. Em {len(losses)} "
            f"passos a perda foi de "
            f"{start.pt} a {end.pt} e a rede acerta {right} dos 4 casos. De outros {STARTS} começos, {luck} resolvem "
            f"o {task}.",
            f"The gradient made by hand differs from PyTorch's autograd by {_tiny(errors[0])} at most. In "
            f"{len(losses)} "
            f"steps the loss went "
            f"from {start.en} to {end.en} and the network gets {right} of 4 cases right. Of {STARTS} other starts, "
            f"{luck} solve {task}.",
        ),
        why=_why(params, right),
        next=_next(params, right),
        metrics=(
            Metric("accuracy", Both("casos certos", "cases right"), right / 4, (
                Baseline(Both("sempre a resposta mais comum", "always the commonest answer"), 0.5
                    if task == "XOR" else 0.75),
                Baseline(Both("melhor neurônio sozinho", "best single neuron"), alone),
            ), percent=True, digits=0),
            Metric("loss", Both("perda no fim", "final loss"), losses[-1], (
                Baseline(Both("no começo", "at the start"), losses[0]),
                Baseline(Both("responder sempre a média", "always answering the mean"), 0.125
                    if task == "XOR" else 0.09375),
            ), better="lower", digits=4),
            Metric("solved", Both("começos que resolvem", "starts that solve it"), solved, percent=True, digits=0),
            Metric("gradient_error", Both("maior diferença para o autograd", "largest difference from autograd"),
                errors[0], (
                Baseline(Both("diferenças finitas", "finite differences"), errors[1]),
            ), better="lower", digits=12),
        ),
        answer=Answer(option, Both(f"A rede terminou com {right} dos 4 casos certos.", f"The network ended with "
            f"{right} of the 4 cases right.")),
    )  # fmt: skip


def _tiny(value: float) -> str:
    """Write a number far below 1 by its power of ten."""
    if not value:
        return "0"
    digit, power = f"{value:.0e}".split("e")
    return f"{digit} × 10" + str(int(power)).translate(RAISED)


RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _why(params: Params, right: int) -> Both:
    if params.text("start") == "same":
        return Both(
            "Pesos iguais recebem gradientes iguais, então os dois neurônios ocultos são cópias para sempre. É por "
            "isso que se sorteiam os pesos.",
            "Equal weights get equal gradients, so the two hidden neurons stay copies for ever. That is why weights "
            "are drawn at random.",
        )
    if right < 4 and (params.text("start") == "large" or params.float("lr") > 50):
        return Both(
            "Com pesos enormes a sigmoide fica plana: o fator saída × (1 − saída) é quase zero, e ele multiplica "
            "toda a culpa que volta.",
            "With huge weights the sigmoid is flat: the factor output × (1 − output) is nearly zero, and it "
            "multiplies all blame on its way back.",
        )
    if right < 4:
        return Both(
            "A descida parou em um vale que não é o mais fundo, ou num platô: com só dois neurônios ocultos, o "
            "começo decide. Mais neurônios "
            "dão mais caminhos.",
            "The descent stopped in a valley that isn't the deepest, or on a plateau: with only two hidden neurons, "
            "the start decides. More "
            "neurons mean more ways.",
        )
    return Both(
        "Cada gradiente é um produto de inclinações no caminho do peso até o erro. Um neurônio sozinho não separa o "
        "XOR; os dois ocultos "
        "aprendem cada um uma reta, e a saída combina as duas.",
        "Each gradient is a product of slopes along the way from the weight to the error. One neuron can't separate "
        "XOR; the two hidden "
        "ones learn a line each, and the output combines them.",
    )


def _next(params: Params, right: int) -> Both:
    if right < 4 and (params.text("start") != "random" or params.float("lr") > 50):
        return Both(
            "Volte aos pesos sorteados e à taxa 2 e compare a curva da perda. Depois refaça à mão um dos números da "
            "figura.",
            "Go back to random weights and rate 2 and compare the loss curve. Then work out one of the picture's "
            "numbers by hand.",
        )
    if right < 4:
        return Both(
            "Repita com outra semente: o mesmo código, outro começo. Depois refaça à mão um dos números da figura.",
            "Repeat with another seed: same code, another start. Then work out one of the picture's numbers by hand.",
        )
    return Both(
        "Refaça à mão um dos números da figura. Depois aperte “pesos iguais” e diga, antes de ver, por que vai falhar.",
        "Work out one of the picture's numbers by hand. Then press “equal weights” and say, before you look, why it "
        "will fail.",
    )
