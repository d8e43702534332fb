"""Two models of the `transformers` library: one whose attention can be read, one that writes Portuguese by letters.

The first answers "A3 C7 B2 … C→?": it must look up which value stood beside a key, and its attention shows it.
The second foretells the next letter of the course's own texts, and faces a rival that only counts: n-grams.
"""

# [code]
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.datasets import course

# [end]
from models.demos import _transformer
from models.demos._ngram import NGram
from models.demos._transformer import Letters, Recall
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoError,
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
    Turn,
)
from models.kit import arrays
from models.kit.said import figure, share

TIE = 0.02  # bits per letter: less counts as equal
COUNTED = 30_000  # lines of the recall task that n-grams are fitted on
CHECKS = 10  # of the text so far, while it trains

SPEC = DemoSpec(
    name="transformer",
    title=Both(
        "Transformer: ler a atenção e escrever letra por letra",
        "Transformer: reading attention, writing letter by letter",
    ),
    summary=Both(
        "Veja para onde ele olha; depois um mini-GPT escreve em português",
        "See where it looks; then a mini GPT writes Portuguese",
    ),
    lesson=Both(
        "A atenção deixa cada símbolo olhar para os anteriores. Numa tarefa de memória dá para ver: perguntado pela "
        "letra C, ele olha para o número que estava ao lado do C. "
        "Depois um mini-GPT aprende a escrever com os textos do próprio curso, e enfrenta uma rival sem rede: contar "
        "sequências de letras (n-gramas).",
        "Attention lets each symbol look at the earlier ones. On a memory task it can be seen: asked for the letter C, "
        "it looks at the number that stood beside C. "
        "Then a mini GPT learns to write from the course's own texts, and faces a rival without a network: counting "
        "runs of letters (n-grams).",
    ),
    concept="transformer",
    seconds=45,
    params=(
        Param("layers", "int", 2, Both("camadas", "layers"), 1, 3, words=("camadas", "layers")),
        Param(
            "heads",
            "choice",
            "1",
            Both("cabeças de atenção (memória)", "attention heads (memory)"),
            choices=(
                Option("1", Both("uma", "one")),
                Option("2", Both("duas", "two")),
                Option("4", Both("quatro", "four")),
            ),
            words=("cabecas", "cabeças", "heads"),
        ),
        Param(
            "recall",
            "int",
            300,
            Both("passos de memória, no máximo", "memory steps, at most"),
            10,
            600,
            words=("memória", "memory", "recall"),
        ),
        Param(
            "letters",
            "int",
            1200,
            Both("passos de escrita", "writing steps"),
            10,
            2400,
            words=("escrita", "passos", "steps", "letters"),
        ),
        Param("width", "int", 64, Both("largura", "width"), 16, 96, words=("largura", "width")),
        Param(
            "kind",
            "choice",
            "llama",
            Both("tipo de GPT", "kind of GPT"),
            choices=(
                Option("llama", Both("posições giradas (Llama)", "rotary positions (Llama)"), ("llama", "rope")),
                Option("gpt2", Both("posições aprendidas (GPT-2)", "learned positions (GPT-2)"), ("gpt2", "gpt-2")),
            ),
            words=("tipo", "kind"),
        ),
        Param(
            "shuffle",
            "bool",
            False,
            Both("embaralhar as letras", "shuffle the letters"),
            words=("embaralhar", "shuffle"),
        ),
        Param(
            "warmth", "float", 0.7, Both("temperatura", "temperature"), 0.1, 2.0, words=("temperatura", "temperature")
        ),
    ),
    expect=Expectation(
        Both(
            "Quem prevê melhor a próxima letra de um texto novo?", "Who better foretells the next letter of a new text?"
        ),
        (
            Option("net", Both("o mini-GPT", "the mini GPT")),
            Option("three", Both("o GPT, mas só contra 4-gramas", "the GPT, but only against 4-grams")),
            Option("count", Both("quem conta 4 letras já ganha", "counting 4 letters wins already")),
        ),
    ),
    quick={"recall": 10, "letters": 10, "width": 16},
    presets=(
        Preset(
            "short",
            Both("só a atenção, rápido", "attention only, quick"),
            {"letters": 60},
            Both(
                "Quase todo o tempo vai para a escrita; assim a atenção aparece em segundos, e o texto sai ilegível.",
                "Writing takes nearly all the time; this way attention shows in seconds, and the text is gibberish.",
            ),
        ),
        Preset(
            "one",
            Both("quebre isso: uma camada só", "break it: one layer only"),
            {"layers": 1, "letters": 60},
            Both(
                "Com uma camada ele não acha a resposta: falta o primeiro passo, em que cada número anota qual "
                "letra estava à sua esquerda. Fica chutando um dos cinco números.",
                "With one layer it can't find the answer: the first step is missing, in which each number notes "
                "which letter stood to its left. It keeps guessing one of the five numbers.",
            ),
            broken=True,
        ),
        Preset(
            "scramble",
            Both("quebre isso: letras embaralhadas", "break it: shuffled letters"),
            {"shuffle": True, "letters": 300},
            Both(
                "Sem ordem não há o que prever: rede e contagem param na frequência de cada letra, uns 4,6 bits.",
                "Without order there is nothing to foretell: network and counting both stop at each letter's "
                "frequency, some 4.6 bits.",
            ),
            broken=True,
        ),
    ),
    knobs=(
        Knob("deeper", Both("mais uma camada", "one more layer"), "layers", plus=1),
        Knob("longer", Both("o dobro de escrita", "twice the writing"), "letters", times=2),
        Knob("gpt2", Both("posições aprendidas (GPT-2)", "learned positions (GPT-2)"), "kind", to="gpt2"),
        Knob("wild", Both("temperatura 1,2", "temperature 1.2"), "warmth", to=1.2),
    ),
    aliases=("gpt", "mini-gpt", "mini gpt", "bert", "atenção", "attention", "transformers"),
    asks=(
        "ver a atenção",
        "escrever em português",
        "gerar texto",
        "modelo de linguagem",
        "see attention",
        "write text",
        "language model",
    ),
    related=("atencao", "autoatencao", "gpt", "modelo-de-linguagem"),
    slides=("transformer",),
    reference="Vaswani et al., 2017; Olsson et al., 2022; Chen & Goodman, 1999",
    data=Both(
        "Linhas sorteadas; os textos em português do próprio curso (MIT)",
        "Drawn lines; the course's own Portuguese texts (MIT)",
    ),
    plays=("text",),
    call=(
        "model = reader({layers}, int({heads}), {seed})\n"
        "for step, loss, right in recall(model, {recall}, {seed}):\n"
        "    print(f'recall step {{step}}: loss {{loss:.2f}}, right {{right:.2f}}')\n"
        "lines, answers = questions(1, np.random.default_rng({seed}))\n"
        "print(lines[0].tolist(), '->', answers.tolist(), 'looks at', looks(model, lines)[-1][0, "
        "-1].numpy().round(2))\n"
        "seen, new, letters = split({seed}, {shuffle})\n"
        "gpt = writer({kind}, len(letters), {layers}, {width}, {seed})\n"
        "for step, loss in write(gpt, seen, {letters}, {seed}):\n"
        "    if step % 100 == 0:\n"
        "        print(f'step {{step}}: {{loss:.2f}} bits per letter')\n"
        "print('new text:', bits(gpt, new), 'bits per letter')\n"
        "print(continued(gpt, letters, 'A rede ', 120, {warmth}, {seed}))"
    ),
)


# [code]
Ids = NDArray[np.int64]
KEYS, VALUES, PAIRS = 12, 12, 5  # recall: letters 0..11, numbers 12..23; a question shows five pairs
CONTEXT = 64  # letters that the writer sees


def reader(layers: int, heads: int, seed: int) -> Any:
    """Build a GPT-2 for the recall task; its embeddings start as large as its layers' outputs, or it learns late."""
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    sizes = {"vocab_size": KEYS + VALUES, "n_positions": 32, "n_embd": 64, "n_layer": layers, "n_head": heads}
    still = {"resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0, "bos_token_id": 0, "eos_token_id": 0}
    model: Any = GPT2LMHeadModel(
        GPT2Config(
            **sizes,
            **still,
            activation_function="relu",
            initializer_range=0.1,
            tie_word_embeddings=False,
            attn_implementation="eager",
        )
    )
    for table in (model.transformer.wte, model.transformer.wpe):
        nn.init.normal_(table.weight)
    return model


def writer(kind: str, letters: int, layers: int, width: int, seed: int) -> Any:
    """Build a small GPT for letters: Llama's (rotary positions, gated units) or GPT-2's."""
    from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

    torch.manual_seed(seed)
    width -= width % 8  # four heads of an even width
    ends = {"bos_token_id": 0, "eos_token_id": 0}
    if kind == "gpt2":
        return GPT2LMHeadModel(
            GPT2Config(
                vocab_size=letters,
                n_positions=CONTEXT,
                n_embd=width,
                n_layer=layers,
                n_head=4,
                activation_function="relu",
                resid_pdrop=0.0,
                embd_pdrop=0.0,
                attn_pdrop=0.0,
                **ends,
            )
        )
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=letters,
            max_position_embeddings=CONTEXT,
            hidden_size=width,
            intermediate_size=2 * width,
            num_hidden_layers=layers,
            num_attention_heads=4,
            num_key_value_heads=4,
            tie_word_embeddings=False,
            **ends,
        )
    )


def optimizers(model: nn.Module) -> list[torch.optim.Optimizer]:
    """Give Muon for the layers' matrices (turns each step into a rotation: fewer steps), AdamW for the rest."""
    inner = {name for name, p in model.named_parameters() if p.ndim == 2 and (".h." in name or ".layers." in name)}
    matrices = [p for name, p in model.named_parameters() if name in inner]
    others = [p for name, p in model.named_parameters() if name not in inner]
    return [
        torch.optim.Muon(matrices, lr=0.02, weight_decay=0.02),
        torch.optim.AdamW(others, lr=0.003, betas=(0.9, 0.99), weight_decay=0.0),
    ]


def stepped(loss: Tensor, tools: list[torch.optim.Optimizer], pace: float) -> float:
    """Go one step down, at a share of the full rates."""
    loss.backward()
    for tool, rate in zip(tools, (0.02, 0.003), strict=True):
        for group in tool.param_groups:
            group["lr"] = rate * pace
        tool.step()
        tool.zero_grad()
    return loss.item()


def stream(count: int, dice: np.random.Generator, pairs: int = 10) -> tuple[Tensor, Tensor]:
    """Draw lines [N, 2·pairs] in which half the keys come again, with their value; and where they do [N, pairs]."""
    keys, values = dice.random((2, count, KEYS)).argsort(2)
    fresh = dice.random((count, pairs)) < 0.5
    fresh[:, 0] = True
    known = fresh.cumsum(1)
    which = np.where(fresh, known - 1, (dice.random((count, pairs)) * known).astype(int))
    lines = np.stack([np.take_along_axis(keys, which, 1), KEYS + np.take_along_axis(values, which, 1)], axis=2)
    return torch.from_numpy(lines.reshape(count, -1)), torch.from_numpy(~fresh)


def questions(count: int, dice: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Draw five pairs of different keys and values, and one of the keys again [N, 11]; and its value [N]."""
    keys, values = dice.random((2, count, KEYS)).argsort(2)[:, :, :PAIRS]
    asked = dice.integers(PAIRS, size=(count, 1))
    lines = np.stack([keys, KEYS + values], axis=2).reshape(count, -1)
    line = np.concatenate([lines, np.take_along_axis(keys, asked, 1)], axis=1)
    return torch.from_numpy(line), torch.from_numpy(KEYS + np.take_along_axis(values, asked, 1)[:, 0])


def recall(model: Any, steps: int, seed: int) -> Iterator[tuple[int, float, float]]:
    """Train until nearly all new questions are right; yield (step, loss, share right) every ten steps."""
    dice, tools = np.random.default_rng(seed), optimizers(model)
    lines, answers = questions(500, np.random.default_rng(seed + 1))
    good = 0
    for step in range(1, steps + 1):
        batch, again = stream(64, dice)
        logits = model(batch[:, :-1], use_cache=False).logits[:, ::2]
        loss = stepped(nn.functional.cross_entropy(logits[again], batch[:, 1::2][again]), tools, min(1.0, step / 20))
        if step % 10 == 0:
            with torch.no_grad():
                right = (model(lines, use_cache=False).logits[:, -1].argmax(1) == answers).double().mean().item()
            yield step, loss, right
            good = good + 1 if right > 0.995 else 0
            if good == 2:
                return


def looks(model: Any, lines: Tensor) -> list[Tensor]:
    """Give each layer's attention, mean over its heads [N, to, from]."""
    with torch.no_grad():
        return [layer.mean(1) for layer in model(lines, use_cache=False, output_attentions=True).attentions]


def split(seed: int, shuffle: bool) -> tuple[Ids, Ids, str]:
    """Give nine tenths of the course's concepts to learn from, the others for the test, as numbers; and the letters."""
    texts, dice = course(), np.random.default_rng(seed)
    letters = "".join(sorted(set("".join(texts)) | {"\n"}))
    order = dice.permutation(len(texts))
    parts = ["\n".join(texts[i] for i in rows) for rows in (order[len(texts) // 10 :], order[: len(texts) // 10])]
    seen, new = (np.array([letters.index(letter) for letter in part], np.int64) for part in parts)
    return (dice.permutation(seen), dice.permutation(new), letters) if shuffle else (seen, new, letters)


def write(model: Any, seen: Ids, steps: int, seed: int) -> Iterator[tuple[int, float]]:
    """Train on stretches of the text; yield (step, bits per letter)."""
    dice, tools, text = np.random.default_rng(seed), optimizers(model), torch.from_numpy(seen)
    for step in range(1, steps + 1):
        start = torch.from_numpy(dice.integers(0, len(seen) - CONTEXT - 1, 16))
        batch = text[start[:, None] + torch.arange(CONTEXT + 1)]
        logits = model(batch[:, :-1], use_cache=False).logits
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten())
        pace = min(step / 20, max(0.02, 2 * (1 - step / steps)), 1.0)
        yield step, stepped(loss, tools, pace) / np.log(2)


def foretold(model: Any, text: Ids) -> NDArray[np.float64]:
    """Give the chance that the model gave each letter, after at least half a context of others [about N - 32]."""
    half = CONTEXT // 2
    rows = torch.from_numpy(text).unfold(0, CONTEXT + 1, half)
    with torch.no_grad():
        said = [
            torch.softmax(model(part[:, :-1], use_cache=False).logits[:, half:], -1).gather(
                2, part[:, half + 1 :, None]
            )
            for part in rows.split(64)
        ]
    return torch.cat(said).flatten().double().numpy()


def bits(model: Any, text: Ids) -> float:
    """Give the mean bits per letter: 0 for who always knows, log2 of the alphabet for who knows nothing."""
    return float(-np.log2(foretold(model, text)).mean())


def continued(model: Any, letters: str, start: str, count: int, warmth: float, seed: int) -> str:
    """Write on from a beginning, letter by letter; a low temperature takes the likeliest ones."""
    dice = torch.Generator().manual_seed(seed)
    text = [letters.index(letter) for letter in start if letter in letters] or [letters.index("\n")]
    for _ in range(count):
        with torch.no_grad():
            logits = model(torch.tensor([text[-CONTEXT:]]), use_cache=False).logits[0, -1]
        text.append(int(torch.multinomial(torch.softmax(logits / warmth, 0), 1, generator=dice)))
    return "".join(letters[i] for i in text)


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Recall with attention that can be read; then write."""
    lines, answers = _shown(seed)
    yield Step(0.0, Both("sorteando perguntas", "drawing questions"))
    yield _transformer.puzzle(lines[0].numpy(), int(answers[0]), params.lang)
    remembered = yield from _recalled(params, seed, lines, answers)
    yield _transformer.attention(remembered, params.lang)
    model, letters, written = yield from _written(params, seed)
    yield replace(_transformer.attention(remembered, params.lang), final=True)
    yield _transformer.film(remembered, params.lang)
    yield _transformer.final(remembered, written, params.lang)
    yield Step(1.0, Both("pronto: escreva um começo", "done: type a beginning"))
    yield _result(params, remembered, written, model, letters)


def _shown(seed: int) -> tuple[Tensor, Tensor]:
    """Draw questions to be tested on; the first one, which is drawn, asks for an early pair: its arc is long."""
    lines, answers = questions(300, np.random.default_rng(seed + 2))
    early = int((lines[:, 2] == lines[:, -1]).nonzero()[0])
    order = torch.cat([torch.tensor([early]), torch.arange(len(lines))])
    return lines[order], answers[order]


def _recalled(params: Params, seed: int, lines: Tensor, answers: Tensor) -> Generator[Event, None, Recall]:
    """Train the reader, and one with a layer less; gives the Recall."""
    model = reader(params.int("layers"), int(params.text("heads")), seed)
    curve: list[tuple[int, float]] = [(0, 1 / KEYS)]
    frames = [_look(model, lines, 0)]
    for step, loss, right in recall(model, params.int("recall"), seed):
        curve.append((step, right))
        frames.append(_look(model, lines, step))
        stage = Both(
            f"memória: passo {step}, {share(right, 0).pt} certas", f"memory: step {step}, {share(right, 0).en} right"
        )
        yield Step(min(0.1, 0.1 * step / 150), stage, {"loss": loss})
    counted = _counted(lines, answers, seed)
    yield Step(0.12, Both("a mesma tarefa com uma camada só", "the same task with a single layer"))
    shallow = reader(1, int(params.text("heads")), seed)
    rights = [right for _, _, right in recall(shallow, max(curve[-1][0], 10), seed)]
    place = np.array([[2 * int(np.flatnonzero(line[:-1:2] == line[-1])[0]) + 1] for line in lines.numpy()])
    shares = [np.take_along_axis(layer[:, -1].numpy(), place, 1).mean() for layer in looks(model, lines)]
    return Recall(lines[0].numpy(), int(answers[0]), curve, frames, counted, rights[-1], float(max(shares)))


def _look(model: Any, lines: Tensor, step: int) -> tuple[int, NDArray[Any]]:
    return step, torch.stack(looks(model, lines[:1]))[:, 0].numpy()


def _counted(lines: Tensor, answers: Tensor, seed: int) -> float:
    """Give the share that the best n-gram (3 to 6 symbols) gets right."""
    shown, said = questions(COUNTED, np.random.default_rng(seed + 3))
    whole = np.concatenate([shown.numpy(), said.numpy()[:, None]], axis=1)
    best = 0.0
    for order in (3, 4, 5, 6):
        model = NGram(whole.ravel(), order, KEYS + VALUES)
        asked = np.repeat(lines.numpy()[:, -(order - 1) :], VALUES, axis=0)
        guess = np.tile(np.arange(KEYS, KEYS + VALUES), len(lines))[:, None]
        chance = model.chances(np.concatenate([asked, guess], axis=1)).reshape(-1, VALUES)
        best = max(best, float(np.mean(KEYS + chance.argmax(1) == answers.numpy())))
    return best


def _written(params: Params, seed: int) -> Generator[Event, None, tuple[Any, str, Letters]]:
    """Train the writer; gives it, its letters, and what came of it."""
    seen, new, letters = split(seed, params.bool("shuffle"))
    counts = {n: NGram(seen, n, len(letters)) for n in (1, 2, 3, 4, 5, 6)}
    grams = {n: model.bits(new) for n, model in counts.items()}
    model = writer(params.text("kind"), len(letters), params.int("layers"), params.int("width"), seed)
    steps, curve, sample = params.int("letters"), [(0, float(np.log2(len(letters))))], ""
    some = new[:2000]
    for step, loss in write(model, seen, steps, seed):
        if not np.isfinite(loss):
            break
        stage = Both(f"escrita: passo {step} de {steps}", f"writing: step {step} of {steps}")
        yield Step(0.15 + 0.8 * step / steps, stage, {"writing_bits": float(loss)})
        if step % max(steps // CHECKS, 1) == 0 and step < steps:
            curve.append((step, bits(model, some)))
            sample = continued(model, letters, "A rede ", 90, params.float("warmth"), seed)
            yield _transformer.live(Letters(curve, grams, sample), steps, params.lang)
    mine = foretold(model, new)
    half = CONTEXT // 2
    windows = np.lib.stride_tricks.sliding_window_view(new[half + 1 - 4 : half + 1 + len(mine)], 5)
    both = 0.5 * mine + 0.5 * counts[5].chances(windows[: len(mine)])
    curve.append((steps, float(-np.log2(mine).mean())))
    sample = continued(model, letters, "A rede ", 170, params.float("warmth"), seed)
    return (
        model,
        letters,
        Letters(curve, grams, sample, float(-np.log2(both).mean()), sum(p.numel() for p in model.parameters())),
    )


def _result(params: Params, remembered: Recall, written: Letters, model: Any, letters: str) -> Result:
    """Say what came of it."""
    right, net, five, four = remembered.right, written.net, written.grams[5], written.grams[4]
    option = "net" if net < five - TIE else "three" if net < four - TIE else "count"
    return Result(
        what=Both(
            f"Memória: {share(right).pt} de respostas certas em {remembered.steps} passos; "
            f"{share(remembered.weight, 0).pt} da atenção cai na resposta. Contando n-gramas, "
            f"{share(remembered.counted, 0).pt}; com uma camada, {share(remembered.shallow, 0).pt}. "
            f"Escrita: {figure(net).pt} bits por letra em textos novos; 4-gramas {figure(four).pt}, 5-gramas "
            f"{figure(five).pt}, 6-gramas {figure(written.grams[6]).pt}.",
            f"Memory: {share(right).en} right after {remembered.steps} steps; {share(remembered.weight, 0).en} of its "
            f"attention falls on the answer. Counting n-grams {share(remembered.counted, 0).en}; with one layer "
            f"{share(remembered.shallow, 0).en}. "
            f"Writing: {figure(net).en} bits per letter on new texts; 4-grams {figure(four).en}, 5-grams "
            f"{figure(five).en}, 6-grams {figure(written.grams[6]).en}.",
        ),
        why=_why(remembered, written, option),
        next=Both(
            "Escreva um começo e veja como ele continua. Depois tire uma camada: onde a memória quebra? E dobre a "
            "escrita: quanto falta para alcançar os 5-gramas?",
            "Type a beginning and see how it goes on. Then take a layer away: where does memory break? And double the "
            "writing: how far is it from 5-grams then?",
        ),
        metrics=_metrics(remembered, written),
        answer=Answer(
            option,
            Both(
                f"GPT {figure(net).pt} bits; 4-gramas {figure(four).pt}; 5-gramas {figure(five).pt}. Juntos, meio a "
                "meio: "
                f"{figure(written.together).pt}.",
                f"GPT {figure(net).en} bits; 4-grams {figure(four).en}; 5-grams {figure(five).en}. Together, half "
                "each: "
                f"{figure(written.together).en}.",
            ),
        ),
        turn=_invitation(),
        state=arrays.pack(
            {name: weight.half() for name, weight in model.state_dict().items()} | {"letters": np.array(list(letters))}
        ),
    )


def _metrics(remembered: Recall, written: Letters) -> tuple[Metric, ...]:
    """Set both skills beside counting."""
    lines = Both("contando (n-gramas)", "counting (n-grams)")
    return (
        Metric(
            "recall",
            Both("memória: respostas certas", "memory: right answers"),
            remembered.right,
            (
                Baseline(lines, remembered.counted),
                Baseline(Both("uma camada", "one layer"), remembered.shallow),
                Baseline(Both("acaso", "chance"), 1 / VALUES),
            ),
            percent=True,
            digits=1,
        ),
        Metric(
            "attention",
            Both("atenção que cai na resposta", "attention on the answer"),
            remembered.weight,
            (Baseline(Both("por igual", "spread evenly"), 1 / (2 * PAIRS + 1)),),
            percent=True,
            digits=1,
        ),
        Metric(
            "bits",
            Both("escrita: bits por letra", "writing: bits per letter"),
            written.net,
            tuple(Baseline(Both(f"{n}-gramas", f"{n}-grams"), written.grams[n]) for n in (3, 4, 5, 6)),
            better="lower",
        ),
        Metric(
            "bits_together",
            Both("GPT e 5-gramas, metade cada", "GPT and 5-grams, half each"),
            written.together,
            (Baseline(Both("5-gramas", "5-grams"), written.grams[5]),),
            better="lower",
        ),
    )


def _why(remembered: Recall, written: Letters, option: str) -> Both:
    first = Both(
        "A memória precisa de dois passos: na 1ª camada cada número anota a letra à sua esquerda; na 2ª, a pergunta "
        "procura o número que anotou a mesma letra.",
        "Memory takes two steps: in layer 1 each number notes the letter to its left; in layer 2 the question looks "
        "for the number that noted the same letter.",
    )
    if remembered.right < 0.9:
        first = Both(
            "Aqui a memória não se formou: com uma camada só, ou poucos passos, sobra chutar um dos cinco números.",
            "Here memory didn't form: with one layer, or few steps, all that is left is guessing one of the "
            "five numbers.",
        )
    size = Both(f"{written.size:,}".replace(",", "."), f"{written.size:,}")
    more = Both("", "")
    if written.together < min(written.net, written.grams[5]):
        more = Both(
            " Os dois erram em lugares diferentes: juntos, preveem melhor.",
            " The two err in different places: together they foretell better.",
        )
    then = Both(
        f"Na escrita, {size.pt} parâmetros e menos de um minuto não bastam para vencer quem decora as sequências de 5 "
        f"e 6 letras; os grandes GPTs vencem porque leem muito mais, e mais longe do que 5 letras.{more.pt}",
        f"In writing, {size.en} parameters and less than a minute don't beat whoever knows runs of 5 and 6 letters by "
        f"heart; large GPTs win because they read far more, and further than 5 letters.{more.en}",
    )
    if option == "net":
        then = Both(
            "Na escrita ele passou até dos 5-gramas: viu mais do que 5 letras para trás.",
            "In writing it even passed 5-grams: it saw further back than 5 letters.",
        )
    return Both(f"{first.pt} {then.pt}", f"{first.en} {then.en}")


def _invitation() -> Turn:
    return Turn(
        Both(
            "Escreva um começo em português e o mini-GPT continua, letra por letra.",
            "Type a beginning in Portuguese and the mini GPT goes on, letter by letter.",
        ),
        prompt=Both("um começo, por exemplo: O neurônio", "a beginning, for example: O neurônio"),
        memory="0",
    )


def play(state: bytes, memory: str, params: Params, move: str) -> Iterator[Event]:
    """Go on from what the learner typed."""
    kept = arrays.unpack(state)
    letters = "".join(kept.pop("letters").tolist())
    if not any(letter in letters for letter in move.strip()):
        raise DemoError(Both("Escreva algumas letras para eu continuar.", "Type a few letters for me to go on from."))
    model = writer(params.text("kind"), len(letters), params.int("layers"), params.int("width"), 0)
    model.load_state_dict({name: torch.from_numpy(array.astype(np.float32)) for name, array in kept.items()})
    turns = int(memory) + 1
    text = continued(model, letters, move, 160, params.float("warmth"), turns)
    yield _transformer.page(text, params.lang)
    said = text.replace("\n", " ").replace("*", "").replace("_", "").replace("`", "")
    yield Turn(
        Both(
            f"“{said}…”\n\nMande outro começo, ou o mesmo de novo.",
            f"“{said}…”\n\nSend another beginning, or the same one again.",
        ),
        prompt=_invitation().prompt,
        memory=str(turns),
    )
