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
from models.demos._texto_imagem import (
    CUE,
    EXAMPLES,
    FILLERS,
    FRAMES,
    NEXT,
    PROMPT,
    SLID,
    Report,
    answer_film,
    clean,
    digits_told,
    drawn_told,
    film,
    guide_table,
    known,
    live,
    shapes_told,
    summary,
)
from models.engine.protocol import (
    Answer,
    Both,
    DemoError,
    DemoSpec,
    Event,
    Expectation,
    Knob,
    Move,
    Option,
    Param,
    Params,
    Preset,
    Result,
    Step,
    Turn,
)
from models.kit import arrays
from models.kit.say import say

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
    seconds=60,
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

GUIDES = (0.0, 1.0, 2.0, 4.0, 8.0)
LIVE = 120  # training steps between two live pictures
MOST, SOME = 0.8, 0.2  # shares of combinations that “nearly all” and “some” mean


def run(params: Params, seed: int) -> Iterator[Event]:
    """Train on captions and pictures, draw the prompt, and check what is drawn."""
    prompt = wanted(params)
    world = world_of(prompt)
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
            made = paint(net, words, params.float("guidance"), 12, seed)[-1]
            count = int(judge.right(made[1:], shown).all(1).sum())
            yield live(made, prompt, world, shown, count, (step, steps), params.lang)
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
    words = torch.cat([asked(net, prompt, world, 1), judge.words(net, shown)])
    stages = paint(net, words, params.float("guidance"), params.int("sampling"), seed)
    yield film(stages, prompt, world, shown, params.lang)
    four, slid = several(net, prompt, world, params, seed)
    yield summary(four, slid, prompt, report, params.lang)
    yield Step(1.0, Both("pronto", "done"))
    yield result(net, report)


def several(net: UNet, prompt: str, world: str, params: Params, seed: int) -> tuple[Tensor, Tensor]:
    """Draw a prompt from four noises, and from one noise with ever more guidance."""
    words, sampling = asked(net, prompt, world, 4), params.int("sampling")
    four = paint(net, words, params.float("guidance"), sampling, seed)[-1]
    return four, torch.cat([paint(net, words, guide, sampling, seed)[-1][1:2] for guide in SLID])


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
            self.reader = _judge.reader(images[: 20 * checks][:3000], labels[: 20 * checks][:3000])
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
        between = 0.0 if self.world == "shapes" else self.between
        return Report(self.world, unseen, seen, rows, self.linear(), self.copied(), self.real_share, between)

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


def result(net: UNet, report: Report) -> Result:
    """Tell what came out."""
    option = "most" if report.score >= MOST else "some" if report.score >= SOME else "none"
    what, why, metrics, answer = (shapes_told if report.world == "shapes" else digits_told)(report)
    example = EXAMPLES[report.world]
    return Result(
        what,
        why,
        NEXT[report.world],
        metrics,
        Answer(option, answer),
        (guide_table(report, report.world),),
        Turn(Both(f"{CUE.pt} “{example.pt}”.", f"{CUE.en} “{example.en}”."), prompt=PROMPT),
        arrays.pack({**net.state_dict(), "world": list(WORLDS).index(report.world)}),
    )


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
        prompt, guidance = clean(move), params.float("guidance")
    numbers, strange = read(prompt, world)
    if not numbers:
        yield Turn(
            say("Não conheço nada em “{p}”. {k}", "I know nothing in “{p}”. {k}", p=prompt, k=known(world)),
            prompt=PROMPT,
            memory=memory,
        )
        return
    stages = paint(net, asked(net, prompt, world, 4), guidance, FRAMES, 1000 + tries)
    yield answer_film(stages, prompt, guidance, params.lang)
    yield Turn(
        drawn_told(prompt, strange, world, guidance), MOVES_SHOWN, PROMPT, memory=f"{guidance:g}|{tries}|{prompt}"
    )


ENGLISH = {"coração vermelho grande à esquerda": "big red heart on the left", "um sete": "seven"}


def wanted(params: Params) -> str:
    """Give the prompt; those that the demo proposes, in the learner's language."""
    prompt = clean(params.text("prompt"))
    return ENGLISH.get(prompt, prompt) if params.lang == "en" else prompt


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
        return wanted(params), params.float("guidance"), 0
    guidance, tries, prompt = memory.split("|", 2)
    return prompt, float(guidance), int(tries)
