"""A GAN: a forger learns to write digits by trying to fool a detective, who learns to catch it.

The forger (generator) turns random numbers into images and never sees a real one. All it gets is the detective's
(discriminator's) gradient: in which direction its forgery would have looked more real.
"""

# [code]
import copy
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

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
from models.kit.axes import Labels, axes, limits
from models.kit.say import say
from models.kit.sheet import MARGIN, WIDTH, Entry, Pixels, Sheet

SPEC = DemoSpec(
    name="gan",
    title=Both("GAN: o falsário e o detetive", "GAN: the forger and the detective"),
    summary=Both(
        "Duas redes competem até surgirem dígitos que ninguém escreveu",
        "Two networks compete until digits appear that nobody wrote",
    ),
    lesson=Both(
        "Uma rede (gerador) transforma números ao acaso em imagens; outra (discriminador) tenta separar as "
        "falsas das verdadeiras. O gerador nunca vê uma imagem real: só recebe do rival a direção em que a "
        "falsificação pareceria mais real. A competição é frágil: se um lado dispara, o outro para de aprender.",
        "One network (the generator) turns random numbers into images; another (the discriminator) tries to tell "
        "fakes from real ones. The generator never sees a real image: all it gets from its rival is the "
        "direction in which its forgery would look more real. The contest is fragile: if one side runs ahead, "
        "the other stops learning.",
    ),
    concept="gan",
    related=("nascimento-da-gan", "ian-goodfellow", "gerador", "discriminador", "colapso-de-modos", "deepfake"),
    slides=("2014-gans", "gan"),
    seconds=48,
    params=(
        Param(
            "steps", "int", 5500, Both("rodadas", "rounds"), 20, 8000, words=("rodadas", "passos", "rounds", "steps")
        ),
        Param(
            "lr", "float", 0.001, Both("taxa de aprendizado", "learning rate"), 1e-5, 0.02, words=("taxa", "rate", "lr")
        ),
        Param(
            "balance",
            "float",
            1.0,
            Both("rapidez do detetive", "detective's speed"),
            0.01,
            20.0,
            words=("rapidez", "equilibrio", "balance"),
            help=Both(
                "quantas vezes mais rápido que o falsário ele aprende",
                "how many times faster than the forger it learns",
            ),
        ),
        Param("latent", "int", 32, Both("números sorteados", "random numbers"), 1, 128, words=("latente", "latent")),
        Param(
            "checks",
            "int",
            1000,
            Both("falsificações julgadas", "forgeries judged"),
            200,
            1000,
            words=("julgadas", "checks"),
        ),
        Param("told", "bool", True, Both("dizer qual dígito", "say which digit"), words=("condicional", "conditional")),
    ),
    expect=Expectation(
        Both(
            "No fim, o detetive ainda distingue o falso do verdadeiro?",
            "In the end, can the detective still tell fake from real?",
        ),
        (
            Option("detective", Both("sim, em mais de 75 %", "yes, over 75% of the time")),
            Option("tie", Both("quase um cara ou coroa", "nearly a coin toss")),
            Option("forger", Both("não, erra mais que acerta", "no, it errs more than not")),
        ),
    ),
    quick={"steps": 20, "checks": 200},
    presets=(
        Preset(
            "colapso",
            Both("quebre isso: colapso de modos", "break it: mode collapse"),
            {"told": False, "balance": 0.05, "steps": 2500},
            Both(
                "Sem dizer qual dígito, e com um detetive lento demais: o falsário acha uma imagem que engana e "
                "repete só ela. É o colapso de modos.",
                "Without saying which digit, and with a detective that is too slow: the forger finds one image "
                "that fools it and repeats just that. This is mode collapse.",
            ),
            broken=True,
        ),
        Preset(
            "gritando",
            Both("quebre isso: taxa ×20", "break it: rate ×20"),
            {"lr": 0.02, "steps": 1500},
            Both(
                "Os dois dão passos enormes, um desfaz o que o outro fez, e nunca se chega a um acordo.",
                "Both take huge steps, each undoes what the other did, and they never settle.",
            ),
            broken=True,
        ),
        Preset(
            "livre",
            Both("sem dizer qual dígito", "without saying which digit"),
            {"told": False},
            Both(
                "A GAN original de 2014: o falsário escolhe o que desenhar. Veja se os dez dígitos aparecem.",
                "The original GAN of 2014: the forger chooses what to draw. See whether all ten digits appear.",
            ),
        ),
    ),
    knobs=(
        Knob("mais", Both("mais rodadas", "more rounds"), "steps", plus=2000),
        Knob("lento", Both("detetive mais lento", "slower detective"), "balance", times=0.2),
        Knob("rapido", Both("detetive mais rápido", "faster detective"), "balance", times=5),
        Knob("livre-botao", Both("sem dizer o dígito", "without the digit"), "told", to=False),
    ),
    aliases=("gans", "rede adversária", "rede generativa adversária", "generative adversarial network", "deepfake"),
    asks=("gerar dígitos", "inventar imagens", "criar imagens falsas", "generate digits", "make fake images"),
    reference="Goodfellow et al., 2014; Mirza & Osindero, 2014; Heusel et al., 2017 (Fréchet); Brock et al., 2019",
    data=Both("MNIST reduzido a 14×14 (LeCun, Cortes, Burges)", "MNIST shrunk to 14×14 (LeCun, Cortes, Burges)"),
    plays=("press",),
    call=(
        "for game in train({steps}, {lr}, {balance}, {latent}, {told}, seed={seed}):\n"
        "    if game.step % 250 == 0:\n"
        "        print(game.step, round(game.detective_loss, 3), round(game.forger_loss, 3))\n"
        "image = forge(game.mean, torch.randn(1, {latent}), torch.tensor([7]))[0].view(14, 14)\n"
        "for row in image:\n"
        "    print(''.join('#' if v > 0 else ' ' for v in row))"
    ),
)


# [code]
class Pair(nn.Module):
    """Three layers over a vector and, if told, which digit it is to be."""

    def __init__(self, inner: int, outer: int, told: bool, dropout: float = 0.0) -> None:
        super().__init__()
        self.digit, self.told = nn.Embedding(10, 32), told
        self.layers = nn.Sequential(
            *(nn.Linear(inner + 32, 256), nn.LeakyReLU(0.2), nn.Dropout(dropout)),
            *(nn.Linear(256, 256), nn.LeakyReLU(0.2), nn.Dropout(dropout)),
            nn.Linear(256, outer),
        )

    def forward(self, x: Tensor, digit: Tensor) -> Tensor:
        hint = self.digit(digit) * float(self.told)
        out: Tensor = self.layers(torch.cat([x, hint], 1))
        return out


@dataclass
class Game:
    """Both players, the forger's running mean (which draws best), and how the last round went."""

    forger: Pair
    detective: Pair
    mean: Pair
    step: int = 0
    forger_loss: float = 0.0
    detective_loss: float = 0.0


def forge(forger: Pair, noise: Tensor, digit: Tensor) -> Tensor:
    """Turn noise [B, Z] and digits [B] into images [B, 196] of -1 to 1."""
    made: Tensor = forger(noise, digit)
    return made.tanh()


def train(steps: int, lr: float, balance: float, latent: int, told: bool, seed: int) -> Iterator[Game]:
    """Play; `balance` is how much faster the detective learns than the forger. Yields after each round."""
    torch.manual_seed(seed)
    dice = torch.Generator().manual_seed(seed)
    found = datasets.digits(14)
    real = torch.from_numpy(found.images[:8000]).float().flatten(1) / 127.5 - 1
    named = torch.from_numpy(found.labels[:8000])
    forger, detective = Pair(latent, 196, told), Pair(196, 1, told, dropout=0.3)
    game = Game(forger, detective, copy.deepcopy(forger).requires_grad_(False))
    learn_forging = torch.optim.Adam(forger.parameters(), lr, betas=(0.5, 0.99))
    learn_detecting = torch.optim.Adam(detective.parameters(), lr * balance, betas=(0.5, 0.99))
    for game.step in range(1, steps + 1):
        for player, rate in ((learn_forging, lr), (learn_detecting, lr * balance)):
            player.param_groups[0]["lr"] = rate * min(1.0, 2.1 - 2 * game.step / steps)  # calmer in the second half
        pick = torch.randint(len(real), (64,), generator=dice)
        fake = forge(forger, torch.randn(64, latent, generator=dice), named[pick])

        # the detective: real ones should score high, forgeries low
        both = detective(torch.cat([real[pick], fake.detach()]), named[pick].repeat(2))
        detective_loss = softplus(-both[:64]).mean() + softplus(both[64:]).mean()
        learn_detecting.zero_grad()
        detective_loss.backward()
        learn_detecting.step()

        # the forger: its forgeries should score high
        forger_loss = softplus(-detective(fake, named[pick])).mean()
        learn_forging.zero_grad()
        forger_loss.backward()
        learn_forging.step()

        for old, new in zip(game.mean.parameters(), forger.parameters(), strict=True):
            old.lerp_(new.detach(), 1 - min(0.995, game.step / (game.step + 10)))
        game.forger_loss, game.detective_loss = forger_loss.item(), detective_loss.item()
        yield game


# [end]


SHOWN = 40  # forgeries in a picture: four of each digit
LIVES, FRAMES = 16, 18
CALM = 0.9  # of the noise it trained with: cleaner digits, a little less varied (Brock et al., 2019)
RARE = 0.02  # a digit with a smaller share of the samples counts as lost
STRONG, WEAK = 0.75, 0.5  # of the detective's answers right


def run(params: Params, seed: int) -> Iterator[Event]:
    """Let the two play, judge the forgeries now and then, and film how they get better."""
    steps, latent, told = params.int("steps"), params.int("latent"), params.bool("told")
    dice = torch.Generator().manual_seed(seed + 1)
    noise, digits = torch.randn(SHOWN, latent, generator=dice), torch.arange(SHOWN) % 10
    losses: list[tuple[int, float, float]] = []
    frames: list[tuple[int, Tensor]] = []
    watch, filmed = (
        {15, *moments(steps, min(LIVES, 1 + steps // 50), 1.5)},
        moments(steps, min(FRAMES, 2 + steps // 50), 2),
    )
    for game in train(steps, params.float("lr"), params.float("balance"), latent, told, seed):
        yield Step(
            0.9 * game.step / steps,
            Both("falsário contra detetive", "forger against detective"),
            {"loss": bounded(game.forger_loss), "detective": bounded(game.detective_loss)},
        )
        if game.step % max(steps // 200, 1) == 0:
            losses.append((game.step, bounded(game.detective_loss), bounded(game.forger_loss)))
        if game.step in watch | filmed:
            made = images(game.mean, noise, digits)
            frames += [(game.step, made)] if game.step in filmed else []
            if game.step in watch:
                yield live(game.step, steps, made, losses, params.lang)
    if not all(bool(weights.isfinite().all()) for weights in game.mean.parameters()):
        raise DemoError(
            Both(
                "Os pesos viraram infinito: a taxa é grande demais para este jogo.",
                "The weights became infinite: the rate is too large for this game.",
            )
        )
    yield Step(0.91, Both("ensinando um juiz a ler dígitos", "teaching a judge to read digits"))
    judge = Judge(params.int("checks"))
    yield Step(0.97, Both("julgando as falsificações", "judging the forgeries"))
    found = judge.report(game, latent, told, seed)
    yield film(frames, steps, told, params.lang)
    yield summary(images(game.mean, noise, digits)[:20], judge, found, told, params.lang)
    yield Step(1.0, Both("pronto", "done"))
    yield result(game, found, told)


def moments(steps: int, many: int, power: float) -> set[int]:
    """Give the rounds at which to look: often in the beginning, when much changes."""
    return {max(round(steps * (i / many) ** power), 1) for i in range(1, many + 1)}


def bounded(loss: float) -> float:
    """Give a loss, cut off where it flies away."""
    return loss if loss < 100 else 100.0


@torch.no_grad()
def images(forger: Pair, noise: Tensor, digits: Tensor) -> Tensor:
    """Give forgeries [B, 14, 14] of 0 to 1."""
    made: Tensor = (forge(forger, CALM * noise, digits).view(-1, 14, 14) + 1) / 2
    return made


@dataclass
class Found:
    """What the judge says of the forgeries, and of what they are compared with."""

    frechet: float
    real: float
    gauss: float
    noise: float
    right: float
    real_right: float
    kinds: int
    near: float
    real_near: float
    caught: float


class Judge:
    """A reader of digits that knows neither player, and real digits that neither has seen."""

    def __init__(self, checks: int) -> None:
        """Teach the reader, on eight times as many digits as it will judge."""
        self.checks = checks
        found = datasets.digits(14)
        self.images, self.labels = torch.from_numpy(found.images).float()[:, None] / 255, torch.from_numpy(found.labels)
        self.reader = _judge.reader(self.images[: 8 * checks] * 2 - 1, self.labels[: 8 * checks], epochs=5)
        self.fresh, self.other = self.images[8000 : 8000 + checks], self.images[9000 : 9000 + checks]
        self.target = self.features(self.fresh)

    @torch.no_grad()
    def features(self, pictures: Tensor) -> Tensor:
        """Give what the reader sees in pictures [B, 1, 14, 14] of 0 to 1."""
        seen: Tensor = self.reader.seen(pictures * 2 - 1)
        return seen

    def apart(self, pictures: Tensor) -> float:
        """Give the Fréchet distance to real digits."""
        return _judge.frechet(self.target, self.features(pictures))

    def nearest(self, pictures: Tensor) -> float:
        """Give the mean distance to the nearest training digit: near 0 would mean copying."""
        train = self.images[:8000].flatten(1)
        return float(torch.cdist(pictures.flatten(1), train).min(1).values.mean())

    def gauss(self, dice: torch.Generator) -> Tensor:
        """Draw pictures from a normal cloud with the training digits' mean and covariance: the linear model's GAN."""
        flat = self.images[:8000].flatten(1).double()
        values, axes_ = torch.linalg.eigh(torch.cov(flat.T))
        drawn = torch.randn(self.checks, 196, generator=dice).double() * values.clamp(min=0).sqrt() @ axes_.T
        cloud: Tensor = (drawn + flat.mean(0)).clamp(0, 1).float()
        return cloud.view(-1, 1, 14, 14)

    @torch.no_grad()
    def report(self, game: Game, latent: int, told: bool, seed: int) -> Found:
        """Judge forgeries."""
        dice = torch.Generator().manual_seed(seed + 2)
        digits = torch.arange(self.checks) % 10
        made = images(game.mean, torch.randn(self.checks, latent, generator=dice), digits)[:, None]
        named = self.reader(made * 2 - 1).argmax(1)
        real_named = self.reader(self.other * 2 - 1).argmax(1)
        game.detective.eval()
        suspects = torch.cat([self.fresh, made]).flatten(1) * 2 - 1
        called_real = game.detective(suspects, torch.cat([self.labels[8000 : 8000 + self.checks], digits]))[:, 0] > 0
        truth = torch.arange(len(suspects)) < len(self.fresh)
        return Found(
            frechet=self.apart(made),
            real=self.apart(self.other),
            gauss=self.apart(self.gauss(dice)),
            noise=self.apart(torch.rand(self.checks, 1, 14, 14, generator=dice)),
            right=float((named == digits).float().mean()),
            real_right=float((real_named == self.labels[9000 : 9000 + self.checks]).float().mean()),
            kinds=int((torch.bincount(named, minlength=10) > RARE * self.checks).sum()),
            near=self.nearest(made[:300]),
            real_near=self.nearest(self.other[:300]),
            caught=float((called_real == truth).float().mean()),
        )


def tiles(made: Tensor) -> list[Pixels]:
    """Give images as pixels."""
    return list(made.numpy())


def live(step: int, steps: int, made: Tensor, losses: list[tuple[int, float, float]], lang: Lang) -> Picture:
    """Show forgeries and both losses so far."""

    def sheet(page: Sheet) -> None:
        page.title(Both(f"Rodada {step} de {steps}: as falsificações", f"Round {step} of {steps}: the forgeries")[lang])
        page.images((MARGIN, 126), WIDTH - 2 * MARGIN, tiles(made), 10)
        two_losses(page, losses, steps, (562, 170), lang)

    alt = say("Quarenta falsificações na rodada {n}.", "Forty forgeries at round {n}.", n=step)
    if losses:
        alt = say(
            "Quarenta falsificações na rodada {n} e as duas perdas: detetive {d}, falsário {f}.",
            "Forty forgeries at round {n} and both losses: detective {d}, forger {f}.",
            n=step,
            d=losses[-1][1],
            f=losses[-1][2],
        )
    return draw.picture(sheet, alt)


def two_losses(
    page: Sheet, losses: list[tuple[int, float, float]], steps: int, place: tuple[float, float], lang: Lang
) -> None:
    """Draw both losses against the rounds."""
    top, high = place
    page.legend(
        [
            Entry(Both("perda do detetive", "detective's loss")[lang], "input"),
            Entry(Both("perda do falsário", "forger's loss")[lang], "error", dashed=True),
        ],
        top - 12,
    )
    rounds, detective, forger = ([row[i] for row in losses] for i in range(3))
    box = axes(
        page,
        (128, top + 20),
        (WIDTH - 128 - MARGIN, high),
        (0, steps),
        (0, min(limits(detective, forger)[1], 6)),
        Labels(lang=lang),
    )
    box.line(rounds, detective, "input", 4)
    box.line(rounds, forger, "error", 4, dashed=True)


def film(frames: list[tuple[int, Tensor]], steps: int, told: bool, lang: Lang) -> Picture:
    """Show the same forty seeds getting better."""

    def frame(step: int, made: Tensor) -> draw.Draw:
        def sheet(page: Sheet) -> None:
            page.title(Both(f"Rodada {step}: as falsificações", f"Round {step}: the forgeries")[lang])
            page.images((MARGIN, 126), WIDTH - 2 * MARGIN, tiles(made), 10)
            page.rectangle((MARGIN, 542), ((WIDTH - 2 * MARGIN) * step / steps, 10), "input", fill=0.9)

        return sheet

    alt = Both(
        "Animação: quarenta manchas de ruído viram dígitos escritos à mão ao longo do treino."
        if told
        else "Animação: quarenta manchas de ruído mudam ao longo do treino.",
        "Animation: forty patches of noise become handwritten digits in the course of training."
        if told
        else "Animation: forty patches of noise change in the course of training.",
    )
    return draw.gif([frame(*row) for row in frames], alt, "film", height=580, millis=220)


def summary(made: Tensor, judge: Judge, found: Found, told: bool, lang: Lang) -> Picture:
    """Show forgeries above real digits, and the score beside what it is measured against."""
    order = judge.labels[9000 : 9000 + judge.checks].argsort(stable=True)
    real = torch.stack(
        [judge.other[order][judge.labels[9000 : 9000 + judge.checks][order] == digit][:2, 0] for digit in range(10)], 1
    ).flatten(0, 1)

    def sheet(page: Sheet) -> None:
        page.title(
            Both("Quem escreveu? Em cima, a rede; embaixo, gente", "Who wrote it? Above, the network; below, people")[
                lang
            ]
        )
        page.images((MARGIN, 122), WIDTH - 2 * MARGIN, tiles(made), 10)
        page.line([(MARGIN, 333), (WIDTH - MARGIN, 333)], "input", 4)
        page.images((MARGIN, 346), WIDTH - 2 * MARGIN, tiles(real), 10)
        page.text(
            (MARGIN, 580),
            Both("distância aos dígitos reais (menor é melhor)", "distance to real digits (smaller is better)")[lang],
            28,
            "muted",
            align="left",
        )
        rows = (
            (found.frechet, Both("GAN", "GAN"), "input"),
            (found.real, Both("reais", "real"), "output"),
            (found.gauss, Both("gaussiana", "Gaussian"), "hidden"),
        )
        for i, (value, name, role) in enumerate(rows):
            y = 628 + 56 * i
            page.text((MARGIN, y), name[lang], 30, align="left", bold=i == 0)
            length = 640 * value / max(found.frechet, found.gauss)
            page.rectangle((220, y - 19), (max(length, 3), 38), role, fill=0.95 if i == 0 else 0.45)
            page.text((232 + length, y), say("{v:1}", "{v:1}", v=value)[lang], 30, align="left", bold=i == 0)

    alt = say(
        "Vinte dígitos da GAN acima de vinte reais. Distância aos reais: GAN {f:1}, outros reais {r:1}, "
        "gaussiana {g:1}.",
        "Twenty digits by the GAN above twenty real ones. Distance to real ones: GAN {f:1}, other real ones "
        "{r:1}, Gaussian {g:1}.",
        f=found.frechet,
        r=found.real,
        g=found.gauss,
    )
    return draw.picture(sheet, alt, "summary", final=True)


def result(game: Game, found: Found, told: bool) -> Result:
    """Tell what came out."""
    option = "detective" if found.caught > STRONG else "tie" if found.caught > WEAK else "forger"
    values = {
        "f": found.frechet,
        "r": found.real,
        "g": found.gauss,
        "k": found.kinds,
        "a": found.right,
        "ra": found.real_right,
        "c": found.caught,
        "n": found.near,
        "rn": found.real_near,
    }
    collapsed = found.kinds < 8
    return Result(
        what=told_what(values, told),
        why=COLLAPSED if collapsed else FAIR,
        next=Both(
            "Peça um dígito nos botões abaixo: cada toque são doze falsificações novas. Depois provoque o "
            "colapso de modos (“quebre isso”) ou deixe o detetive 5 vezes mais rápido.",
            "Ask for a digit with the buttons below: each press makes twelve new forgeries. Then provoke mode "
            "collapse (“break it”) or make the detective 5 times faster.",
        ),
        metrics=metrics(found, told),
        answer=Answer(
            option,
            say(
                "Diante de reais que nunca viu e de falsos, o detetive acertou {c:%0}. Perto de 50 % quer dizer "
                "que ele já não sabe.",
                "Before real ones it never saw and fakes, the detective was right {c:%0} of the time. "
                "Near 50% means that it no longer knows.",
                c=found.caught,
            ),
        ),
        turn=Turn(
            Both("Que dígito o falsário deve escrever?", "Which digit should the forger write?")
            if told
            else Both("Quer mais falsificações?", "More forgeries?"),
            moves(told),
        ),
        state=arrays.pack(game.mean.state_dict()),
    )


def told_what(values: dict[str, float], told: bool) -> Both:
    """Say the numbers."""
    score = say(
        "A distância (Fréchet) das falsificações aos dígitos reais ficou em {f:1}; entre reais e reais é {r:1}, "
        "e uma nuvem gaussiana de pixels fica em {g:1}. Aparecem {k:0} dos 10 dígitos. ",
        "The (Fréchet) distance of the forgeries to real digits came to {f:1}; between real and real it is "
        "{r:1}, and a Gaussian cloud of pixels gets {g:1}. {k:0} of the 10 digits appear. ",
        **values,
    )
    asked = (
        say(
            "Um leitor independente lê o dígito pedido em {a:%} (nos reais, {ra:%}). ",
            "An independent reader reads the digit asked for in {a:%} (of real ones, {ra:%}). ",
            **values,
        )
        if told
        else Both("", "")
    )
    copied = say(
        "E não são cópias: a falsificação está a {n} do dígito de treino mais próximo; um dígito real novo, a {rn}.",
        "And they are no copies: a forgery lies {n} from the nearest training digit; a new real digit, {rn}.",
        **values,
    )
    return Both(score.pt + asked.pt + copied.pt, score.en + asked.en + copied.en)


COLLAPSED = Both(
    "O falsário encontrou poucas imagens que enganam o detetive e parou de variar: do ponto de vista da perda "
    "dele, repetir basta. O detetive não aprende rápido o bastante para punir a repetição.",
    "The forger found a few images that fool the detective and stopped varying: as far as its loss goes, "
    "repeating is enough. The detective doesn't learn fast enough to punish repetition.",
)
FAIR = Both(
    "As perdas não caem até zero como num treino comum: as duas redes ficam num cabo de guerra, e o que melhora "
    "são as imagens. Por isso a nota vem de fora, de um leitor que nenhuma das duas conhece. Mostramos a média "
    "móvel dos pesos do falsário, que oscila menos.",
    "The losses don't fall to zero as in ordinary training: the two networks are in a tug of war, and what gets "
    "better are the images. That is why the score comes from outside, from a reader that neither knows. Shown is "
    "the running mean of the forger's weights, which sways less.",
)


def metrics(found: Found, told: bool) -> tuple[Metric, ...]:
    """Give the scores beside their baselines."""
    distance = Metric(
        "frechet",
        Both("distância aos reais", "distance to real ones"),
        found.frechet,
        (
            Baseline(Both("reais contra reais", "real against real"), found.real),
            Baseline(Both("nuvem gaussiana", "Gaussian cloud"), found.gauss),
            Baseline(Both("ruído", "noise"), found.noise),
        ),
        better="lower",
        digits=1,
    )
    kinds = Metric(
        "modes",
        Both("dígitos diferentes que aparecem", "different digits that appear"),
        found.kinds,
        (Baseline(Both("reais", "real"), 10),),
        digits=0,
    )
    near = Metric(
        "nearest_training",
        Both("distância ao treino mais próximo", "distance to the nearest training digit"),
        found.near,
        (Baseline(Both("dígitos reais novos", "new real digits"), found.real_near),),
        better="",
    )
    right = Metric(
        "accuracy",
        Both("lido como o dígito pedido", "read as the digit asked for"),
        found.right,
        (
            Baseline(Both("dígitos reais", "real digits"), found.real_right),
            Baseline(Both("ao acaso", "by chance"), 0.1),
        ),
        percent=True,
        digits=1,
    )
    return (distance, right, kinds, near) if told else (distance, kinds, near)


def moves(told: bool) -> tuple[Move, ...]:
    """Give the buttons."""
    return (
        tuple(Move(str(digit), Both(str(digit), str(digit))) for digit in range(10))
        if told
        else (Move("more", Both("mais doze", "twelve more")),)
    )


def play(state: bytes, memory: str, params: Params, move: str) -> Iterator[Event]:
    """Forge twelve images of the digit that was pressed."""
    found, told, turns = arrays.unpack(state), params.bool("told"), int(memory or 0)
    forger = Pair(params.int("latent"), 196, told)
    forger.load_state_dict({name: torch.from_numpy(array) for name, array in found.items()})
    digit = int(move) if move.isdigit() and len(move) == 1 else 0
    dice = torch.Generator().manual_seed(turns)
    made = images(forger, torch.randn(12, params.int("latent"), generator=dice), torch.full((12,), digit))
    title = (
        Both(f"Doze vezes “{digit}”, escritos por ninguém", f"Twelve times “{digit}”, written by nobody")
        if told
        else Both("Doze falsificações", "Twelve forgeries")
    )

    def sheet(page: Sheet) -> None:
        page.title(title[params.lang])
        page.images((MARGIN, 136), WIDTH - 2 * MARGIN, tiles(made), 6)

    yield draw.picture(sheet, Both(f"{title.pt}.", f"{title.en}."), "forgeries", final=True, height=500)
    yield Turn(Both("Outro?", "Another?"), moves(told), memory=str(turns + 1))
