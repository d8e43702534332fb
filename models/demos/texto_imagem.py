"""Text to image: a tiny diffusion model, trained in a minute, draws what a prompt asks.

It learns one thing: given a picture mixed with noise and the words of its caption, in which direction the picture lies
(flow matching). Drawing is walking from pure noise along that direction. Guidance asks twice, with and without words,
and exaggerates the difference. A fifth of the combinations of words is kept from it, to see whether it *combines*.
"""

# [code]
import copy
import unicodedata
from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional

from models import datasets

# [end]
from models.demos import _judge
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoError,
    DemoSpec,
    Event,
    Expectation,
    Grid,
    Knob,
    Lang,
    Metric,
    Move,
    Option,
    Param,
    Params,
    Picture,
    Preset,
    Result,
    Step,
    Turn,
)
from models.kit import arrays, draw
from models.kit.lettering import percent
from models.kit.say import say
from models.kit.sheet import MARGIN, WIDTH, Pixels, Sheet

SPEC = DemoSpec(
    name="texto-imagem",
    title=Both("Texto vira imagem: uma minidifusão", "Text to image: a tiny diffusion model"),
    summary=Both(
        "Aprende em um minuto a desenhar o que você pedir, em português ou inglês",
        "Learns in a minute to draw what you ask for, in Portuguese or English",
    ),
    lesson=Both(
        "DALL-E e Stable Diffusion aprendem a tirar ruído de imagens olhando a legenda; desenhar é começar do "
        "ruído puro e ir tirando. Aqui a mesma ideia, com 60 mil pesos e imagens de 16×16, treina na sua frente. "
        "Um quinto das combinações de palavras fica escondido no treino: se ela acerta essas, aprendeu a "
        "combinar, não a decorar.",
        "DALL-E and Stable Diffusion learn to remove noise from images while reading the caption; to draw is to "
        "start from pure noise and keep removing it. The same idea, with 60 thousand weights and 16×16 images, "
        "trains before your eyes. A fifth of the word combinations is hidden in training: if it gets those "
        "right, it has learned to combine, not to memorise.",
    ),
    concept="texto-para-imagem",
    related=("difusao", "stable-diffusion", "dall-e", "clip"),
    slides=("text-to-image",),
    seconds=55,
    params=(
        Param(
            "prompt",
            "text",
            "coração vermelho grande à esquerda",
            Both("pedido", "prompt"),
            words=("pedido", "prompt", "desenha", "draw"),
            help=Both(
                "formas com cor, tamanho e lugar (“cruz azul pequena em cima”) ou um dígito (“um sete”)",
                "shapes with colour, size and place (“small blue cross at the top”) or a digit (“a seven”)",
            ),
        ),
        Param("steps", "int", 2000, Both("passos de treino", "training steps"), 10, 3000, words=("passos", "steps")),
        Param(
            "guidance",
            "float",
            3.0,
            Both("guia (quanto obedecer ao texto)", "guidance (how much to obey the text)"),
            0.0,
            12.0,
            words=("guia", "guidance", "cfg"),
        ),
        Param(
            "sampling",
            "int",
            12,
            Both("passos de desenho", "drawing steps"),
            1,
            50,
            words=("desenho", "amostragem", "sampling"),
        ),
        Param(
            "checks",
            "int",
            160,
            Both("desenhos conferidos", "drawings checked"),
            8,
            400,
            words=("conferidos", "checks"),
        ),
        Param(
            "lr", "float", 0.003, Both("taxa de aprendizado", "learning rate"), 1e-5, 0.1, words=("taxa", "rate", "lr")
        ),
    ),
    expect=Expectation(
        Both(
            "No treino ela nunca vê, por exemplo, um círculo azul pequeno embaixo. Vai acertar combinações que "
            "nunca viu?",
            "In training it never sees, say, a small blue circle at the bottom. Will it get combinations right "
            "that it never saw?",
        ),
        (
            Option("most", Both("sim, quase todas", "yes, nearly all")),
            Option("some", Both("só algumas", "only some")),
            Option("none", Both("quase nenhuma", "hardly any")),
        ),
    ),
    quick={"steps": 12, "sampling": 1, "checks": 8},
    presets=(
        Preset(
            "numeros",
            Both("desenhar dígitos: “um sete”", "draw digits: “a seven”"),
            {"prompt": "um sete"},
            Both(
                "O mesmo programa aprende com dígitos escritos à mão; um leitor independente confere o que ela "
                "desenha.",
                "The same program learns from handwritten digits; an independent reader checks what it draws.",
            ),
        ),
        Preset(
            "sem-texto",
            Both("quebre isso: guia 0", "break it: guidance 0"),
            {"guidance": 0.0},
            Both(
                "Com guia 0 a rede desenha sem ouvir o pedido: imagens boas, mas da coisa errada.",
                "With guidance 0 the network draws without listening: good pictures of the wrong thing.",
            ),
            broken=True,
        ),
        Preset(
            "obediente",
            Both("quebre isso: guia 12", "break it: guidance 12"),
            {"guidance": 12.0},
            Both(
                "Exagerar demais a diferença entre “com texto” e “sem texto” empurra as imagens para fora do que "
                "existe: cores estouradas e formas tortas.",
                "Exaggerating the difference between “with words” and “without” too much pushes pictures out of "
                "what exists: garish colours and bent shapes.",
            ),
            broken=True,
        ),
        Preset(
            "um-passo",
            Both("quebre isso: desenhar em 1 passo", "break it: draw in 1 step"),
            {"sampling": 1},
            Both(
                "Em um passo só, a rede responde com a média de todas as imagens possíveis: um borrão. É por "
                "isso que a difusão anda em muitos passos pequenos.",
                "In a single step the network answers with the mean of all possible pictures: a blur. That is "
                "why diffusion takes many small steps.",
            ),
            broken=True,
        ),
    ),
    knobs=(
        Knob("guia-mais", Both("guia ×2", "guidance ×2"), "guidance", times=2),
        Knob("guia-1", Both("guia 1", "guidance 1"), "guidance", to=1.0),
        Knob("menos", Both("treino pela metade", "half the training"), "steps", times=0.5),
        Knob("sete", Both("desenhar um sete", "draw a seven"), "prompt", to="um sete"),
    ),
    aliases=("difusão", "diffusion", "text-to-image", "texto para imagem", "dall-e", "stable diffusion", "minidifusão"),
    asks=("gerar imagem a partir de texto", "desenhar o que eu pedir", "generate images from text", "draw what I ask"),
    reference="Ho et al., 2020; Lipman et al., 2023 (flow matching); Ho & Salimans, 2022 (guidance)",
    data=Both("formas desenhadas na hora; dígitos do MNIST", "shapes drawn on the spot; MNIST digits"),
    plays=("press", "text"),
    call=(
        "world = 'digits' if read({prompt}, 'digits')[0] and not read({prompt}, 'shapes')[0] else 'shapes'\n"
        "for step, loss, net in train(world, {steps}, {lr}, seed={seed}):\n"
        "    if step % 50 == 0:\n"
        "        print(step, round(loss, 4))\n"
        "image = paint(net, asked(net, {prompt}, world, 1), {guidance}, {sampling}, seed={seed})[-1][0]\n"
        "for row in image.mean(0):\n"
        "    print(''.join('#' if v < 0.3 else ' ' for v in row))"
    ),
)


# [code]
# Each word is a vector of its own: that "vermelho" and "red" mean the same has to be learned.
SHAPES = (
    ("círculo", "circle", "bola"),
    ("cruz", "cross"),
    ("triângulo", "triangle"),
    ("quadrado", "square"),
    ("coração", "heart"),
)
SIZES = (("pequeno", "pequena", "small"), ("grande", "big"))
COLOURS = (("vermelho", "vermelha", "red"), ("azul", "blue"), ("verde", "green"), ("amarelo", "amarela", "yellow"))
PLACES = (
    ("esquerda", "left"),
    ("direita", "right"),
    ("cima", "top"),
    ("baixo", "embaixo", "bottom"),
    ("centro", "meio", "centre", "center"),
)
DIGITS = (
    ("zero", "0"),
    ("um", "one", "1"),
    ("dois", "two", "2"),
    ("três", "three", "3"),
    ("quatro", "four", "4"),
    ("cinco", "five", "5"),
    ("seis", "six", "6"),
    ("sete", "seven", "7"),
    ("oito", "eight", "8"),
    ("nove", "nine", "9"),
)
WORLDS = {"shapes": (SHAPES, SIZES, COLOURS, PLACES), "digits": (DIGITS,)}
RGB = torch.tensor([[0.83, 0.12, 0.12], [0.10, 0.27, 0.85], [0.05, 0.58, 0.25], [0.96, 0.76, 0.05]])
CENTRES = torch.tensor([[-3.6, 0.0], [3.6, 0.0], [0.0, -3.6], [0.0, 3.6], [0.0, 0.0]])
SIDE, FINE = 16, 3  # pixels of a picture; drawn three times finer, for smooth edges


def plain(word: str) -> str:
    """Give a word in small letters without accents."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def vocabulary(world: str) -> tuple[dict[str, int], Tensor, list[int]]:
    """Give each word's number, the synonyms [values, 4] of each value, and where each attribute's values begin."""
    words: dict[str, int] = {}
    rows: list[list[int]] = []
    starts = []
    for attribute in WORLDS[world]:
        starts.append(len(rows))
        for synonyms in attribute:
            numbers = [words.setdefault(plain(word), len(words)) for word in synonyms]
            rows.append([numbers[i % len(numbers)] for i in range(4)])
    return words, torch.tensor(rows), starts


def combinations() -> tuple[Tensor, Tensor]:
    """Give the combinations of shape, size, colour and place [N, 4] to learn from (160), and those never shown (40)."""
    every = torch.cartesian_prod(torch.arange(5), torch.arange(2), torch.arange(4), torch.arange(5))
    hidden = (every * torch.tensor([1, 2, 3, 1])).sum(1) % 5 == 0
    return every[~hidden], every[hidden]


def drawn(attributes: Tensor, dice: torch.Generator) -> Tensor:
    """Draw shapes [B, 3, 16, 16] of -1 to 1 for attributes [B, 4], each a little elsewhere, larger and lighter."""
    line = (torch.arange(FINE * SIDE) + 0.5) / FINE - SIDE / 2
    shape, size, colour, place = attributes.T
    many = len(attributes)
    radius = torch.tensor([2.3, 3.9])[size] * (0.92 + 0.16 * torch.rand(many, generator=dice))
    middle = CENTRES[place] + torch.rand(many, 2, generator=dice) - 0.5
    x = ((line - middle[:, :1]) / radius[:, None])[:, None, :].expand(-1, FINE * SIDE, -1)
    y = ((line - middle[:, 1:]) / radius[:, None])[:, :, None].expand(-1, -1, FINE * SIDE)
    wide, high = 1.12 * x, 0.12 - 1.2 * y
    inside = torch.stack(
        [
            x**2 + y**2 < 1,
            torch.minimum(x.abs(), y.abs()).lt(0.36) & torch.maximum(x.abs(), y.abs()).lt(1.05),
            (y < 0.85) & (x.abs() < 0.55 * (y + 1.15)),
            torch.maximum(x.abs(), y.abs()) < 0.86,
            (wide**2 + high**2 - 0.72) ** 3 < 1.9 * wide**2 * high**3,
        ],
        1,
    )[torch.arange(many), shape]
    mask = functional.avg_pool2d(inside[:, None].float(), FINE)
    paint = RGB[colour] + 0.08 * (torch.rand(many, 3, generator=dice) - 0.5)
    return (1 - mask + mask * paint.clamp(0, 1)[:, :, None, None]) * 2 - 1


def pictures(world: str, dice: torch.Generator) -> tuple[Tensor, Tensor]:
    """Give the training pictures [N, C, 16, 16] of -1 to 1 and their attributes [N, A]."""
    if world == "shapes":
        attributes = combinations()[0].repeat(20, 1)
        return torch.cat([drawn(part, dice) for part in attributes.split(400)]), attributes
    found = datasets.digits(14)
    images = torch.from_numpy(found.images[:5000]).float()[:, None] / 127.5 - 1
    return functional.pad(images, (1, 1, 1, 1), value=-1.0), torch.from_numpy(found.labels[:5000])[:, None]


class Block(nn.Module):
    """Two convolutions; the words and the noise level scale and shift what lies between them."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.one, self.two = nn.Conv2d(inner, outer, 3, padding=1), nn.Conv2d(outer, outer, 3, padding=1)
        self.norm, self.again = nn.GroupNorm(4, inner), nn.GroupNorm(4, outer)
        self.told, self.skip = nn.Linear(64, 2 * outer), nn.Conv2d(inner, outer, 1)
        nn.init.zeros_(self.two.weight)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        scale, shift = self.told(told)[:, :, None, None].chunk(2, 1)
        hidden = self.again(self.one(functional.silu(self.norm(x)))) * (1 + scale) + shift
        out: Tensor = self.skip(x) + self.two(functional.silu(hidden))
        return out


class UNet(nn.Module):
    """From a noisy picture [B, C, 16, 16], its noise level [B] and words [B, 64] to the direction of the clean one."""

    def __init__(self, channels: int, words: int) -> None:
        super().__init__()
        self.word = nn.Embedding(words, 64)
        self.time = nn.Sequential(nn.Linear(16, 64), nn.SiLU(), nn.Linear(64, 64))
        self.mix = nn.Sequential(nn.SiLU(), nn.Linear(64, 64), nn.SiLU())
        self.enter, self.leave = nn.Conv2d(channels, 8, 3, padding=1), nn.Conv2d(8, channels, 3, padding=1)
        self.down = nn.ModuleList([Block(8, 8), Block(16, 16)])
        self.shrink = nn.ModuleList([nn.Conv2d(8, 16, 2, stride=2), nn.Conv2d(16, 32, 2, stride=2)])
        self.middle = Block(32, 32)
        self.grow = nn.ModuleList([nn.ConvTranspose2d(32, 16, 2, stride=2), nn.ConvTranspose2d(16, 8, 2, stride=2)])
        self.up = nn.ModuleList([Block(32, 16), Block(16, 8)])

    def forward(self, x: Tensor, time: Tensor, words: Tensor) -> Tensor:
        waves = time[:, None] * torch.exp(torch.linspace(0, 5, 8))
        told = self.mix(self.time(torch.cat([waves.sin(), waves.cos()], 1)) + words)
        kept, hidden = [], self.enter(x.contiguous(memory_format=torch.channels_last))
        for block, shrink in zip(self.down, self.shrink, strict=True):
            kept.append(block(hidden, told))
            hidden = shrink(kept[-1])
        hidden = self.middle(hidden, told)
        for grow, block in zip(self.grow, self.up, strict=True):
            hidden = block(torch.cat([grow(hidden), kept.pop()], 1), told)
        out: Tensor = self.leave(hidden)
        return out


def train(world: str, steps: int, lr: float, seed: int) -> Iterator[tuple[int, float, UNet]]:
    """Learn to undo noise; yield the step, the loss (a running mean) and the averaged network, which draws best."""
    torch.manual_seed(seed)
    dice = torch.Generator().manual_seed(seed)
    images, attributes = pictures(world, dice)
    words, synonyms, starts = vocabulary(world)
    net = UNet(images.shape[1], len(words))
    mean, running = copy.deepcopy(net).requires_grad_(False), 1.0
    optimizer = torch.optim.Adam(net.parameters(), lr, betas=(0.9, 0.99))
    for step in range(1, steps + 1):
        pick = torch.randint(len(images), (32,), generator=dice)
        told = synonyms[attributes[pick] + torch.tensor(starts)]  # any synonym, in either language
        told = told.gather(2, torch.randint(4, (*told.shape[:2], 1), generator=dice))[..., 0]
        kept = (torch.rand(told.shape, generator=dice) > 0.05) & (torch.rand(32, 1, generator=dice) > 0.1)
        time = torch.randn(32, generator=dice).sigmoid()
        clean, noise = images[pick], torch.randn(images[pick].shape, generator=dice)
        mixed = clean * time[:, None, None, None] + noise * (1 - time[:, None, None, None])
        direction = net(mixed, time, (net.word(told) * kept[..., None]).sum(1))
        loss = (direction - (clean - noise)).square().mean()
        for group in optimizer.param_groups:
            group["lr"] = lr * min(1.0, step / 50) * (1.02 - step / steps) ** 0.5
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        for old, new in zip(mean.parameters(), net.parameters(), strict=True):
            old.lerp_(new, 1 - min(0.998, step / (step + 10)))
        running += (loss.item() - running) * max(0.02, 1 / step)
        yield step, running, mean


@torch.no_grad()
def paint(net: UNet, words: Tensor, guidance: float, steps: int, seed: int) -> list[Tensor]:
    """Walk from noise to pictures, one for each words' vector [B, 64]; give every stage [B, C, 16, 16]."""
    shape = (len(words), net.leave.out_channels, SIDE, SIDE)
    stages = [torch.randn(shape, generator=torch.Generator().manual_seed(seed))]
    for step in range(steps):
        time = torch.full((2 * len(words),), step / steps)
        both = net(stages[-1].repeat(2, 1, 1, 1), time, torch.cat([words, torch.zeros_like(words)]))
        asked, free = both.chunk(2)
        stages.append(stages[-1] + (free + guidance * (asked - free)) / steps)
    return stages


def read(prompt: str, world: str) -> tuple[list[int], list[str]]:
    """Give the numbers of the words that are known, and those that are not."""
    words = vocabulary(world)[0]
    said = [plain(word) for word in "".join(c if c.isalnum() else " " for c in prompt).split()]
    known = [words[word] for word in said if word in words]
    return known[-1:] if world == "digits" else known, [word for word in said if word not in words]


def asked(net: UNet, prompt: str, world: str, many: int) -> Tensor:
    """Give a prompt's vector, many times [many, 64]: the sum of its words' vectors."""
    vectors: Tensor = net.word(torch.tensor(read(prompt, world)[0], dtype=torch.long))
    return vectors.sum(0).expand(many, -1)


# [end]

FILLERS = frozenset(
    [
        "um",
        "uma",
        "a",
        "an",
        "the",
        "o",
        "e",
        "de",
        "da",
        "do",
        "no",
        "na",
        "em",
        "ao",
        "on",
        "at",
        "in",
        "of",
        "with",
        "and",
        "com",
        "figura",
        "forma",
        "shape",
        "desenhe",
        "desenha",
        "desenhar",
        "draw",
        "quero",
        "want",
        "me",
        "por",
        "favor",
        "please",
        "lado",
        "side",
    ]
)
CUE = Both("Peça outra coisa, por exemplo:", "Ask for something else, such as:")
EXAMPLES = {
    "shapes": Both("cruz azul pequena em cima", "small blue cross at the top"),
    "digits": Both("um sete", "a seven"),
}
NAMES = {
    "shapes": (
        (
            ("círculo", "circle"),
            ("cruz", "cross"),
            ("triângulo", "triangle"),
            ("quadrado", "square"),
            ("coração", "heart"),
        ),
        (("pequeno", "small"), ("grande", "big")),
        (("vermelho", "red"), ("azul", "blue"), ("verde", "green"), ("amarelo", "yellow")),
        (
            ("à esquerda", "left"),
            ("à direita", "right"),
            ("em cima", "top"),
            ("embaixo", "bottom"),
            ("no centro", "centre"),
        ),
    ),
    "digits": (tuple((synonyms[0], synonyms[1]) for synonyms in DIGITS),),
}
ATTRIBUTES = {
    "shapes": (Both("forma", "shape"), Both("tamanho", "size"), Both("cor", "colour"), Both("lugar", "place")),
    "digits": (Both("dígito", "digit"),),
}
GUIDES = (0.0, 1.0, 2.0, 4.0, 8.0)
LIVE = 120  # training steps between two live pictures
FRAMES = 14  # of the film
MOST, SOME = 0.8, 0.2  # shares of combinations that "nearly all" and "some" mean


def run(params: Params, seed: int) -> Iterator[Event]:
    """Train on captions and pictures, draw the prompt, and check what is drawn."""
    prompt, world = params.text("prompt"), world_of(params.text("prompt"))
    judge = Judge(world, params.int("checks"), seed)
    shown = judge.gallery()
    steps = params.int("steps")
    for step, loss, net in train(world, steps, params.float("lr"), seed):
        yield Step(
            0.9 * step / steps,
            Both("aprendendo a tirar ruído", "learning to remove noise"),
            {"loss": loss if loss < 1e6 else 1e6},
        )
        if step == 15 or step % LIVE == 0:
            words = torch.cat([asked(net, prompt, world, 1), judge.words(net, shown)])
            yield live(
                paint(net, words, params.float("guidance"), 12, seed)[-1],
                prompt,
                judge,
                shown,
                (step, steps),
                params.lang,
            )
    if not all(bool(weights.isfinite().all()) for weights in net.parameters()):
        raise DemoError(
            Both(
                "Com essa taxa o treino explodiu: os pesos viraram infinito. Tente 0,003.",
                "With that rate training blew up: the weights became infinite. Try 0.003.",
            )
        )
    yield Step(0.92, Both("conferindo os desenhos", "checking the drawings"))
    report = judge.report(net, params, seed)
    yield Step(0.97, Both("filmando", "filming"))
    yield film(net, prompt, judge, shown, params, seed)
    yield summary(net, prompt, judge, report, params, seed)
    yield Step(1.0, Both("pronto", "done"))
    yield result(net, prompt, judge, report, params)


def world_of(prompt: str) -> str:
    """Say whether a prompt asks for shapes or for a digit. Raises DemoError where it asks for neither."""
    if read(prompt, "shapes")[0]:
        return "shapes"
    numbers, strange = read(prompt, "digits")
    article = numbers == read("um", "digits")[0] and set(strange) - FILLERS  # "um dragão": no digit
    if numbers and not article:
        return "digits"
    raise DemoError(
        say(
            "Desse pedido a rede não conheceria nenhuma palavra. {k} Ou um dígito: “um sete”.",
            "The network would not know a single word of that prompt. {k} Or a digit: “a seven”.",
            k=known("shapes"),
        )
    )


def known(world: str) -> Both:
    """List the words that a network of this world learns."""
    rows = [[", ".join(name[i] for name in attribute) for attribute in NAMES[world]] for i in (0, 1)]
    return Both(f"Ela aprende: {'; '.join(rows[0])}.", f"It learns: {'; '.join(rows[1])}.")


def phrase(attributes: list[int], world: str) -> Both:
    """Name a picture in two short lines."""
    names = [NAMES[world][i][value] for i, value in enumerate(attributes)]
    if world == "digits":
        return Both(*names[0])
    shape, size, colour, place = names
    female = "a" if shape[0] == "cruz" else "o"
    agreed = [word[:-1] + female if word.endswith("o") else word for word in (colour[0], size[0])]
    return Both(f"{shape[0]} {agreed[0]}\n{agreed[1]}, {place[0]}", f"{colour[1]} {shape[1]}\n{size[1]}, {place[1]}")


class Report:
    """What the judge found: shares right, by guidance too, how far from real pictures, and a linear model's two."""

    def __init__(
        self, unseen: Tensor, seen: Tensor, guides: list[tuple[float, float, float]], linear: tuple[float, float]
    ) -> None:
        """Keep right or wrong [N, A] of unseen and of seen prompts, and (guidance, share right, distance) rows."""
        self.unseen, self.seen, self.guides, self.linear = unseen, seen, guides, linear

    @property
    def score(self) -> float:
        """The share of unseen prompts with everything right."""
        return float(self.unseen.all(1).float().mean())


class Judge:
    """Checks drawings without knowing who made them: by the nearest of 2,400 drawings, or by a reader of digits."""

    def __init__(self, world: str, checks: int, seed: int) -> None:
        """Draw the shapes to compare with, or teach the reader on digits that the network never sees."""
        self.world, self.dice = world, torch.Generator().manual_seed(seed + 1)
        _, self.synonyms, starts = vocabulary(world)
        self.starts = torch.tensor(starts)
        if world == "shapes":
            self.train, self.hidden = combinations()
            self.known = torch.cat([self.train, self.hidden]).repeat(12, 1)
            self.drawings = drawn(self.known, self.dice).flatten(1)
            self.real_right = self.right(drawn(self.known[:200], self.dice), self.known[:200])
        else:
            self.train = self.hidden = torch.arange(10)[:, None]
            found = datasets.digits(14)
            images = functional.pad(
                torch.from_numpy(found.images[5000:]).float()[:, None] / 127.5 - 1, (1, 1, 1, 1), value=-1.0
            )
            labels = torch.from_numpy(found.labels[5000:])
            self.reader = _judge.reader(images[: 20 * checks][:3000], labels[: 20 * checks][:3000], seed)
            self.real = self.reader.seen(images[3000:4000]).detach()
            self.between = _judge.frechet(self.real, self.reader.seen(images[4000:]))
            self.real_right = self.right(images[4000:], labels[4000:, None])

    def gallery(self) -> Tensor:
        """Give seven prompts to watch while training: unseen combinations, or digits."""
        return (
            self.hidden[torch.tensor([4, 9, 14, 21, 25, 30, 37])]
            if self.world == "shapes"
            else torch.arange(1, 8)[:, None]
        )

    def words(self, net: UNet, attributes: Tensor, language: int = 0) -> Tensor:
        """Give the vectors [B, 64] of captions with these attributes, in the n-th synonym."""
        vectors: Tensor = net.word(self.synonyms[attributes + self.starts][..., language])
        return vectors.sum(1)

    @torch.no_grad()
    def right(self, pictures: Tensor, attributes: Tensor) -> Tensor:
        """Say which attributes [B, A] each picture shows."""
        if self.world == "digits":
            return torch.eq(self.reader(pictures.clamp(-1, 1)).argmax(1, keepdim=True), attributes)
        return torch.eq(self.known[self.apart(pictures).argmin(1)], attributes)

    def apart(self, pictures: Tensor) -> Tensor:
        """Give the distances of pictures to all the drawings [B, 2400]."""
        return torch.cdist(pictures.clamp(-1, 1).flatten(1), self.drawings)

    def report(self, net: UNet, params: Params, seed: int) -> Report:
        """Draw seen and unseen prompts, in both languages, and unseen ones with more and less guidance."""
        many, sampling = params.int("checks"), params.int("sampling")
        hidden, shown = (part.repeat(-(-many // len(part)), 1)[:many] for part in (self.hidden, self.train))
        unseen, seen = (
            self.right(self.drawings_of(net, some, params.float("guidance"), sampling, seed), some)
            for some in (hidden, shown)
        )
        rows = []
        for guide in GUIDES:
            made = self.drawings_of(net, hidden, guide, sampling, seed)
            rows.append((guide, self.share(made, hidden), self.distance(made)))
        return Report(unseen, seen, rows, self.linear())

    @torch.no_grad()
    def drawings_of(self, net: UNet, attributes: Tensor, guidance: float, sampling: int, seed: int) -> Tensor:
        """Draw, the first half asked for in Portuguese and the other in English."""
        half = len(attributes) // 2
        words = torch.cat([self.words(net, attributes[:half], 0), self.words(net, attributes[half:], 1)])
        return paint(net, words, guidance, sampling, seed + 2)[-1]

    @torch.no_grad()
    def distance(self, pictures: Tensor) -> float:
        """Give the Fréchet distance to real digits, or the mean distance to the nearest drawing."""
        if self.world == "digits":
            return _judge.frechet(self.real, self.reader.seen(pictures.clamp(-1, 1)))
        return float(self.apart(pictures).min(1).values.mean())

    def learned(self) -> tuple[Tensor, Tensor]:
        """Give pictures and attributes like those of the training."""
        if self.world == "digits":
            return pictures(self.world, self.dice)
        attributes = self.train.repeat(4, 1)
        return drawn(attributes, self.dice), attributes

    def copied(self) -> float:
        """Give the share right of copying the training picture whose caption has most words in common."""
        if self.world == "digits":
            return self.real_share
        alike = (self.hidden[:, None] == self.train[None]).sum(2).argmax(1)
        return self.share(drawn(self.train[alike], self.dice), self.hidden)

    def linear(self) -> tuple[float, float]:
        """Give the share right, and the distance, of a linear model: the mean picture that words add up to."""
        pictures_, attributes = self.learned()
        values = len(self.synonyms)
        told = functional.one_hot(attributes + self.starts, values).sum(1).float()
        asked_ = functional.one_hot(self.hidden + self.starts, values).sum(1).float()
        weights = torch.linalg.lstsq(told, pictures_.flatten(1), driver="gelsd").solution
        made = (asked_ @ weights).view(-1, *pictures_.shape[1:])
        return self.share(made, self.hidden), self.distance(made.repeat(16, 1, 1, 1))

    def share(self, made: Tensor, attributes: Tensor) -> float:
        """Give the share of pictures with everything right."""
        return float(self.right(made, attributes).all(1).float().mean())

    @property
    def real_share(self) -> float:
        """Give the share of real pictures that the judge reads rightly: nobody can be expected to do better."""
        return float(self.real_right.all(1).float().mean())


def tiles(made: Tensor) -> list[Pixels]:
    """Give pictures [B, C, H, W] of -1 to 1 as pixels: colours, or grey."""
    unit = ((made.clamp(-1, 1) + 1) / 2).permute(0, 2, 3, 1)
    return list((unit * 255).round().byte().numpy() if unit.shape[-1] == 3 else unit[..., 0].numpy())


def shelf(page: Sheet, top: float, made: list[Pixels], names: list[str], marks: list[bool] | None = None) -> None:
    """Show four pictures side by side, named below, with the judge's mark."""
    side = 214.0
    for i, (pixels, name) in enumerate(zip(made, names, strict=True)):
        left = MARGIN + i * (WIDTH - 2 * MARGIN - side) / 3
        page.image((left, top), (side, side), pixels, frame="muted")
        page.text((left + side / 2, top + side + (44 if "\n" in name else 26)), name, 26, "muted")
        if marks:
            page.mark(
                (left + side - 20, top + 20), "circle" if marks[i] else "cross", "output" if marks[i] else "error", 16
            )


def captions(prompt: str, judge: "Judge", attributes: Tensor, lang: Lang) -> list[str]:
    """Give the learner's prompt in two lines, and the names of the others."""
    return [halved(prompt)] + [phrase(row, judge.world)[lang] for row in attributes.tolist()]


def halved(prompt: str) -> str:
    """Break a prompt into two lines that fit under a picture."""
    words, first = prompt.split(), ""
    while words and len(first) + len(words[0]) < 17:
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    return f"{first}\n{rest[:16] + '…' if len(rest) > 17 else rest}".strip()


def live(
    made: Tensor, prompt: str, judge: "Judge", shown: Tensor, steps: tuple[int, int], lang: Lang = "pt"
) -> Picture:
    """Show the prompt and seven others as the network draws them now."""
    right = judge.right(made[1:], shown).all(1)
    title = Both(f"Passo {steps[0]} de {steps[1]}: o que ela desenha", f"Step {steps[0]} of {steps[1]}: what it draws")

    def sheet(page: Sheet) -> None:
        page.title(title[lang])
        names = captions(prompt, judge, shown, lang)
        shelf(page, 128, tiles(made[:4]), names[:4])
        shelf(page, 458, tiles(made[4:]), names[4:])

    count = int(right.sum())
    alt = say(
        "Oito desenhos da rede no passo {n}; o primeiro é o pedido “{p}”. Dos outros sete, {c} já estão certos.",
        "Eight drawings by the network at step {n}; the first is the prompt “{p}”. Of the other seven, {c} are "
        "right already.",
        n=steps[0],
        p=prompt,
        c=count,
    )
    return draw.picture(sheet, alt)


def film(net: UNet, prompt: str, judge: "Judge", shown: Tensor, params: Params, seed: int) -> Picture:
    """Show noise turning into eight pictures."""
    words = torch.cat([asked(net, prompt, judge.world, 1), judge.words(net, shown)])
    stages = paint(net, words, params.float("guidance"), max(params.int("sampling"), FRAMES), seed)
    picked = [stages[round(i * (len(stages) - 1) / FRAMES)] for i in range(FRAMES + 1)]
    names = captions(prompt, judge, shown, params.lang)

    def frame(made: Tensor, done: float) -> draw.Draw:
        def sheet(page: Sheet) -> None:
            page.title(
                Both("Do ruído ao desenho", "From noise to drawing")[params.lang] + f"  {percent(done, params.lang, 0)}"
            )
            shelf(page, 128, tiles(made[:4]), names[:4])
            shelf(page, 458, tiles(made[4:]), names[4:])

        return sheet

    frames = [frame(made, i / FRAMES) for i, made in enumerate(picked)]
    alt = Both(
        f"Animação: oito quadros de ruído colorido viram desenhos aos poucos; o primeiro é “{prompt}”, os outros "
        "nunca foram vistos no treino.",
        f"Animation: eight frames of coloured noise slowly become drawings; the first is “{prompt}”, the others "
        "were never seen in training.",
    )
    if judge.world == "digits":
        alt = Both(
            f"Animação: oito quadros de ruído viram dígitos aos poucos; o primeiro é “{prompt}”.",
            f"Animation: eight frames of noise slowly become digits; the first is “{prompt}”.",
        )
    return draw.gif(frames, alt, "film", millis=180, colours=200)


def summary(net: UNet, prompt: str, judge: "Judge", report: Report, params: Params, seed: int) -> Picture:
    """Show the prompt drawn four times, and once with each guidance from the same noise."""
    lang, guides = params.lang, (0.0, 1.0, 3.0, 8.0)
    four = paint(net, asked(net, prompt, judge.world, 4), params.float("guidance"), params.int("sampling"), seed)[-1]
    slid = torch.cat(
        [
            paint(net, asked(net, prompt, judge.world, 4), guide, params.int("sampling"), seed)[-1][1:2]
            for guide in guides
        ]
    )

    def sheet(page: Sheet) -> None:
        page.title(f"“{prompt}”")
        page.text(
            (MARGIN, 128), Both("quatro ruídos diferentes:", "four different noises:")[lang], 28, "muted", align="left"
        )
        shelf(page, 152, tiles(four), [""] * 4)
        page.text(
            (MARGIN, 420),
            Both("o mesmo ruído, obedecendo mais e mais ao texto:", "the same noise, obeying the words more and more:")[
                lang
            ],
            28,
            "muted",
            align="left",
        )
        shelf(page, 444, tiles(slid), [Both(f"guia {g:g}", f"guidance {g:g}")[lang] for g in guides])
        page.caption(headline(report, judge)[lang])

    alt = say(
        "Em cima, “{p}” desenhado quatro vezes; embaixo, o mesmo ruído com guia 0, 1, 3 e 8. {h}",
        "Above, “{p}” drawn four times; below, the same noise with guidance 0, 1, 3 and 8. {h}",
        p=prompt,
        h=headline(report, judge),
    )
    return draw.picture(sheet, alt, "summary", final=True)


def headline(report: Report, judge: Judge) -> Both:
    """Say the score in a line, with the linear model's."""
    if judge.world == "digits":
        return say(
            "Um leitor independente reconhece {v:%} dos dígitos pedidos (em dígitos reais, {r:%}).",
            "An independent reader recognises {v:%} of the digits asked for (of real digits, {r:%}).",
            v=report.score,
            r=judge.real_share,
        )
    return say(
        "Tudo certo em {v:%} das combinações nunca vistas; um modelo linear acerta {f:%}.",
        "Everything right in {v:%} of the combinations never seen; a linear model gets {f:%}.",
        v=report.score,
        f=report.linear[0],
    )


def result(net: UNet, prompt: str, judge: "Judge", report: Report, params: Params) -> Result:
    """Tell what came out."""
    option = "most" if report.score >= MOST else "some" if report.score >= SOME else "none"
    values = {
        "u": report.score,
        "s": float(report.seen.all(1).float().mean()),
        "copy": judge.copied(),
        "flat": report.linear[0],
        "real": judge.real_share,
        "far": report.guides[2][2],
        "flatfar": report.linear[1],
    }
    tell = shapes_told if judge.world == "shapes" else digits_told
    what, why, metrics, answer = tell(report, judge, values)
    return Result(
        what,
        why,
        NEXT[judge.world],
        metrics,
        Answer(option, answer),
        (guide_table(report, judge.world),),
        Turn(Both(f"{CUE.pt} “{EXAMPLES[judge.world].pt}”.", f"{CUE.en} “{EXAMPLES[judge.world].en}”."), prompt=PROMPT),
        arrays.pack({**net.state_dict(), "world": list(WORLDS).index(judge.world)}),
    )


PROMPT = Both("O que a rede deve desenhar?", "What should the network draw?")
NEXT = {
    "shapes": Both(
        "Peça outros desenhos, em português ou inglês, e mexa na guia: 0 ignora o texto, 8 exagera. Ou corte o "
        "treino pela metade e veja o que ela aprende primeiro (cor e lugar) e por último (forma).",
        "Ask for other drawings, in Portuguese or English, and move the guidance: 0 ignores the words, 8 "
        "exaggerates. Or halve the training and see what it learns first (colour, place) and last (shape).",
    ),
    "digits": Both(
        "Mexa na guia e compare as duas colunas: com guia alta o leitor gosta mais, mas os dígitos ficam menos "
        "parecidos com os reais. Depois peça formas: “cruz azul pequena em cima”.",
        "Move the guidance and compare the two columns: with high guidance the reader likes them better, but "
        "they look less like real ones. Then ask for shapes: “small blue cross at the top”.",
    ),
}
Told = tuple[Both, Both, tuple[Metric, ...], Both]


def shapes_told(report: Report, judge: "Judge", values: dict[str, float]) -> Told:
    """Tell of the shapes."""
    parts = report.unseen.float().mean(0).tolist()
    what = say(
        "A rede acertou forma, tamanho, cor e lugar ao mesmo tempo em {u:%} dos pedidos com combinações nunca "
        "vistas ({s:%} nas vistas). Um modelo linear acerta {flat:%}, copiar a imagem de legenda mais parecida, "
        "{copy:%}. Separado: forma {a:%0}, tamanho {b:%0}, cor {c:%0}, lugar {d:%0}.",
        "The network got shape, size, colour and place right all at once in {u:%} of prompts with combinations "
        "never seen ({s:%} for those seen). A linear model gets {flat:%}, copying the picture with the most "
        "similar caption {copy:%}. Apart: shape {a:%0}, size {b:%0}, colour {c:%0}, place {d:%0}.",
        **values,
        a=parts[0],
        b=parts[1],
        c=parts[2],
        d=parts[3],
    )
    why = Both(
        "Cada palavra tem seu vetor, e a rede aprendeu o efeito de cada uma em separado: por isso junta "
        "“coração” e “verde” mesmo sem ter visto um coração verde ali. Quem confere é um programa que nunca viu "
        "a rede: procura o desenho mais próximo entre 2.400.",
        "Each word has its vector, and the network learned what each one does on its own: so it can join “heart” "
        "and “green” without having seen a green heart there. The judge is a program that never met the network: "
        "it looks for the nearest of 2,400 drawings.",
    )
    base = (
        Baseline(Both("linear (média das palavras)", "linear (mean of the words)"), values["flat"]),
        Baseline(Both("copiar a legenda mais parecida", "copy the most similar caption"), values["copy"]),
        Baseline(Both("ao acaso", "by chance"), 1 / len(judge.known) * 12),
        Baseline(Both("desenhos reais, mesmo juiz", "real drawings, same judge"), values["real"]),
    )
    metrics = (
        Metric(
            "accuracy_unseen",
            Both("tudo certo, combinações nunca vistas", "all right, combinations never seen"),
            values["u"],
            base,
            percent=True,
            digits=1,
        ),
        Metric(
            "accuracy_seen",
            Both("tudo certo, combinações vistas", "all right, combinations seen"),
            values["s"],
            base[-2:],
            percent=True,
            digits=1,
        ),
    )
    answer = say(
        "De 40 combinações que nunca viu, acertou tudo em {u:%}.",
        "Of 40 combinations it never saw, it got everything right in {u:%}.",
        u=values["u"],
    )
    return what, why, metrics, answer


def digits_told(report: Report, judge: "Judge", values: dict[str, float]) -> Told:
    """Tell of the digits."""
    what = say(
        "Um leitor independente, treinado com outros dígitos, reconhece o dígito pedido em {u:%} dos desenhos "
        "(nos dígitos reais ele acerta {real:%}). A distância aos reais é {far:1}; entre dois grupos de dígitos "
        "reais, {between:1}; a da imagem média de cada dígito, {flatfar:1}.",
        "An independent reader, trained on other digits, recognises the digit asked for in {u:%} of the drawings "
        "(on real digits it is right {real:%} of the time). The distance to real ones is {far:1}; between two "
        "groups of real digits, {between:1}; that of each digit's mean picture, {flatfar:1}.",
        **values,
        between=judge.between,
    )
    why = Both(
        "A imagem média de cada dígito também é lida com facilidade, mas é sempre a mesma: por isso olhamos dois "
        "números, acerto e distância (Fréchet). A guia troca um pelo outro: a nota que o leitor adora não dá as "
        "melhores imagens.",
        "Each digit's mean picture is easy to read too, but always the same: that is why we look at two numbers, "
        "accuracy and (Fréchet) distance. Guidance trades one for the other: the score that the reader loves "
        "doesn't give the best pictures.",
    )
    metrics = (
        Metric(
            "accuracy",
            Both("dígito certo", "right digit"),
            values["u"],
            (
                Baseline(Both("imagem média do dígito", "the digit's mean picture"), values["flat"]),
                Baseline(Both("ao acaso", "by chance"), 0.1),
                Baseline(Both("dígitos reais", "real digits"), values["real"]),
            ),
            percent=True,
            digits=1,
        ),
        Metric(
            "frechet",
            Both("distância aos reais (guia 2)", "distance to real ones (guidance 2)"),
            values["far"],
            (
                Baseline(Both("imagem média do dígito", "the digit's mean picture"), values["flatfar"]),
                Baseline(Both("reais contra reais", "real against real"), judge.between),
            ),
            better="lower",
            digits=1,
        ),
    )
    answer = say(
        "Dígitos não têm combinações a esconder; ela desenha o dígito pedido em {u:%} das vezes.",
        "Digits have no combinations to hide; it draws the digit asked for {u:%} of the time.",
        u=values["u"],
    )
    return what, why, metrics, answer


def guide_table(report: Report, world: str) -> Grid:
    """Show what guidance does."""
    far = (
        Both("distância aos reais", "distance to real ones")
        if world == "digits"
        else Both("distância ao desenho mais próximo", "distance to the nearest drawing")
    )
    rows = tuple(
        (say("{g:1}", "{g:1}", g=guide), say("{a:%}", "{a:%}", a=right), say("{d:1}", "{d:1}", d=apart))
        for guide, right, apart in report.guides
    )
    return Grid((Both("guia", "guidance"), Both("certo", "right"), far), rows)


def play(state: bytes, memory: str, params: Params, move: str) -> Iterator[Event]:
    """Draw what the learner types; or the same again, with other noise or guidance."""
    found = arrays.unpack(state)
    world = list(WORLDS)[int(found.pop("world"))]
    net = UNet(3 if world == "shapes" else 1, len(vocabulary(world)[0]))
    net.load_state_dict({name: torch.from_numpy(array) for name, array in found.items()})
    prompt, guidance, tries = recalled(memory, params)
    if move in MOVES:
        asked_for = MOVES[move]
        guidance, tries = guidance if asked_for is None else asked_for, tries + (move == "noise")
    else:
        prompt, guidance = move[:120], params.float("guidance")
    numbers, strange = read(prompt, world)
    if not numbers:
        yield Turn(
            say("Não conheço nada em “{p}”. {k}", "I know nothing in “{p}”. {k}", p=prompt, k=known(world)),
            prompt=PROMPT,
            memory=memory,
        )
        return
    yield answer_film(net, prompt, world, guidance, tries, params)
    yield Turn(
        drawn_told(prompt, strange, world, guidance), MOVES_SHOWN, PROMPT, memory=f"{guidance:g}|{tries}|{prompt}"
    )


MOVES: dict[str, float | None] = {"noise": None, "guide0": 0.0, "guide2": 2.0, "guide8": 8.0}
MOVES_SHOWN = (
    Move("noise", Both("outro ruído", "other noise")),
    Move("guide0", Both("guia 0", "guidance 0")),
    Move("guide2", Both("guia 2", "guidance 2")),
    Move("guide8", Both("guia 8", "guidance 8")),
)


def recalled(memory: str, params: Params) -> tuple[str, float, int]:
    """Give the last prompt, guidance and how often the noise was changed."""
    if memory.count("|") < 2:
        return params.text("prompt"), params.float("guidance"), 0
    guidance, tries, prompt = memory.split("|", 2)
    return prompt, float(guidance), int(tries)


def answer_film(net: UNet, prompt: str, world: str, guidance: float, tries: int, params: Params) -> Picture:
    """Show four drawings of a prompt coming out of noise."""
    stages = paint(net, asked(net, prompt, world, 4), guidance, FRAMES, 1000 + tries)

    def frame(made: Tensor) -> draw.Draw:
        def sheet(page: Sheet) -> None:
            page.title(f"“{prompt}”")
            shelf(page, 140, tiles(made), [""] * 4)
            page.caption(Both(f"guia {guidance:g}", f"guidance {guidance:g}")[params.lang])

        return sheet

    alt = say(
        "Quatro desenhos de “{p}” saindo do ruído, com guia {g:1}.",
        "Four drawings of “{p}” coming out of noise, with guidance {g:1}.",
        p=prompt,
        g=guidance,
    )
    return draw.gif([frame(made) for made in stages], alt, "drawing", height=450, millis=120, colours=200)


def drawn_told(prompt: str, strange: list[str], world: str, guidance: float) -> Both:
    """Say what was drawn, and which words meant nothing."""
    new = [word for word in strange if word not in FILLERS]
    told = say("“{p}”, com guia {g:1}.", "“{p}”, with guidance {g:1}.", p=prompt, g=guidance)
    if not new:
        return told
    lost = ", ".join(f"“{word}”" for word in new)
    more = Both(
        f" Não conheço {lost}: só existe para a rede o que estava nas legendas. {known(world).pt}",
        f" I don't know {lost}: to the network only what was in the captions exists. {known(world).en}",
    )
    return Both(told.pt + more.pt, told.en + more.en)
