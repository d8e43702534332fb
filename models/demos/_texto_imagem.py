"""What the demo of text to image shows and says: its pictures, and its judge's report in words."""

from dataclasses import dataclass

from torch import Tensor

from models.engine.protocol import Baseline, Both, Grid, Lang, Metric, Picture
from models.kit import draw
from models.kit.lettering import percent
from models.kit.say import say
from models.kit.sheet import MARGIN, WIDTH, Pixels, Sheet

FRAMES = 14  # of a film, at most
SLID = (0.0, 1.0, 3.0, 8.0)  # guidances side by side in the summary

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
    "digits": (
        tuple(
            zip(
                ["zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"],
                ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
                strict=True,
            )
        ),
    ),
}

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


@dataclass(frozen=True, slots=True)
class Report:
    """What the judge found of the drawings, and of what they are measured against."""

    world: str
    unseen: Tensor  # right or wrong [N, A], for prompts with combinations never shown
    seen: Tensor
    guides: list[tuple[float, float, float]]  # guidance, share right, distance to real ones
    linear: tuple[float, float]  # share right and distance of the mean picture that words add up to
    copied: float  # share right of copying the training picture with the most similar caption
    real: float  # share of real pictures that the judge reads rightly
    between: float  # distance between two groups of real digits

    @property
    def values(self) -> dict[str, float]:
        """Give the numbers under the names that the sentences use."""
        shown = float(self.seen.all(1).float().mean())
        flat, flat_far = self.linear
        return {
            "u": self.score,
            "s": shown,
            "copy": self.copied,
            "flat": flat,
            "real": self.real,
            "far": self.guides[2][2],
            "flatfar": flat_far,
        }

    @property
    def score(self) -> float:
        """The share of unseen prompts with everything right."""
        return float(self.unseen.all(1).float().mean())


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


def captions(prompt: str, world: str, attributes: Tensor, lang: Lang) -> list[str]:
    """Give the learner's prompt in two lines, and the names of the others."""
    return [halved(prompt)] + [phrase(row, world)[lang] for row in attributes.tolist()]


def clean(prompt: str) -> str:
    """Keep a prompt's letters, digits and simple signs, so that it is only words wherever it is shown."""
    return "".join(c for c in prompt if c.isalnum() or c in " ,-'")[:120].strip()


def titled(prompt: str) -> str:
    """Put a prompt in quotation marks, cut to a title's length."""
    return f"“{prompt[:44].rstrip()}…”" if len(prompt) > 45 else f"“{prompt}”"


def halved(prompt: str) -> str:
    """Break a prompt into two lines that fit under a picture."""
    words, first = prompt.split(), ""
    while words and len(first) + len(words[0]) < 17:
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    return f"{first}\n{rest[:16] + '…' if len(rest) > 17 else rest}".strip()


def live(
    made: Tensor, prompt: str, world: str, shown: Tensor, count: int, steps: tuple[int, int], lang: Lang
) -> Picture:
    """Show the prompt and seven others as the network draws them now; `count` of the seven are right."""
    title = Both(f"Passo {steps[0]} de {steps[1]}: o que ela desenha", f"Step {steps[0]} of {steps[1]}: what it draws")

    def sheet(page: Sheet) -> None:
        page.title(title[lang])
        names = captions(prompt, world, shown, lang)
        shelf(page, 128, tiles(made[:4]), names[:4])
        shelf(page, 458, tiles(made[4:]), names[4:])

    alt = say(
        "Oito desenhos da rede no passo {n}; o primeiro é o pedido “{p}”. Dos outros sete, já certos: {c}.",
        "Eight drawings by the network at step {n}; the first is the prompt “{p}”. Of the other seven, right "
        "already: {c}.",
        n=steps[0],
        p=prompt,
        c=count,
    )
    return draw.picture(sheet, alt)


def film(stages: list[Tensor], prompt: str, world: str, shown: Tensor, lang: Lang) -> Picture:
    """Show noise turning into eight pictures."""
    many = min(FRAMES, len(stages) - 1)
    picked = [stages[round(i * (len(stages) - 1) / many)] for i in range(many + 1)]
    names = captions(prompt, world, shown, lang)

    def frame(made: Tensor, done: float) -> draw.Draw:
        def sheet(page: Sheet) -> None:
            page.title(Both("Do ruído ao desenho", "From noise to drawing")[lang] + f"  {percent(done, lang, 0)}")
            shelf(page, 128, tiles(made[:4]), names[:4])
            shelf(page, 458, tiles(made[4:]), names[4:])

        return sheet

    frames = [frame(made, i / many) for i, made in enumerate(picked)]
    alt = Both(
        f"Animação: oito quadros de ruído colorido viram desenhos aos poucos; o primeiro é “{prompt}”, os outros "
        "nunca foram vistos no treino.",
        f"Animation: eight frames of coloured noise slowly become drawings; the first is “{prompt}”, the others "
        "were never seen in training.",
    )
    if world == "digits":
        alt = Both(
            f"Animação: oito quadros de ruído viram dígitos aos poucos; o primeiro é “{prompt}”.",
            f"Animation: eight frames of noise slowly become digits; the first is “{prompt}”.",
        )
    return draw.gif(frames, alt, "film", millis=180, colours=200)


def summary(four: Tensor, slid: Tensor, prompt: str, report: Report, lang: Lang) -> Picture:
    """Show the prompt drawn four times, and once with each guidance from the same noise."""

    def sheet(page: Sheet) -> None:
        page.title(titled(prompt))
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
        shelf(page, 444, tiles(slid), [Both(f"guia {g:g}", f"guidance {g:g}")[lang] for g in SLID])
        page.caption(headline(report)[lang])

    alt = say(
        "Em cima, “{p}” desenhado quatro vezes; embaixo, o mesmo ruído com guia 0, 1, 3 e 8. {h}",
        "Above, “{p}” drawn four times; below, the same noise with guidance 0, 1, 3 and 8. {h}",
        p=prompt,
        h=headline(report),
    )
    return draw.picture(sheet, alt, "summary", final=True)


def headline(report: Report) -> Both:
    """Say the score in a line, with the linear model's."""
    if report.world == "digits":
        return say(
            "Um leitor independente reconhece {v:%} dos dígitos pedidos (em dígitos reais, {r:%}).",
            "An independent reader recognises {v:%} of the digits asked for (of real digits, {r:%}).",
            v=report.score,
            r=report.real,
        )
    return say(
        "Tudo certo em {v:%} das combinações nunca vistas; um modelo linear acerta {f:%}.",
        "Everything right in {v:%} of the combinations never seen; a linear model gets {f:%}.",
        v=report.score,
        f=report.linear[0],
    )


def shapes_told(report: Report) -> Told:
    """Tell of the shapes."""
    values = report.values
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
        Baseline(Both("ao acaso", "by chance"), 1 / 200),
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


def digits_told(report: Report) -> Told:
    """Tell of the digits."""
    values = report.values
    what = say(
        "Um leitor independente, treinado com outros dígitos, reconhece o dígito pedido em {u:%} dos desenhos "
        "(nos dígitos reais ele acerta {real:%}). A distância aos reais é {far:1}; entre dois grupos de dígitos "
        "reais, {between:1}; a da imagem média de cada dígito, {flatfar:1}.",
        "An independent reader, trained on other digits, recognises the digit asked for in {u:%} of the drawings "
        "(on real digits it is right {real:%} of the time). The distance to real ones is {far:1}; between two "
        "groups of real digits, {between:1}; that of each digit's mean picture, {flatfar:1}.",
        **values,
        between=report.between,
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
                Baseline(Both("reais contra reais", "real against real"), report.between),
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


def answer_film(stages: list[Tensor], prompt: str, guidance: float, lang: Lang) -> Picture:
    """Show four drawings of a prompt coming out of noise."""

    def frame(made: Tensor) -> draw.Draw:
        def sheet(page: Sheet) -> None:
            page.title(titled(prompt))
            shelf(page, 140, tiles(made), [""] * 4)
            page.caption(Both(f"guia {guidance:g}", f"guidance {guidance:g}")[lang])

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
