"""A residual block, and a stack of them."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, spread

TITLE = {"pt": "ResNet: a conexão residual", "en": "ResNet: the residual connection"}
ALT = {
    "pt": "Um bloco residual: a entrada x passa por duas convoluções, F(x), e também por um atalho que a soma ao "
    "final, F(x) + x. Embaixo, muitos blocos em fila: é assim que a ResNet chega a 152 camadas.",
    "en": "A residual block: the input x goes through two convolutions, F(x), and also along a shortcut that adds it "
    "at the end, F(x) + x. Below, many blocks in a row: that is how ResNet reaches 152 layers.",
}
LABELS = {
    "pt": (
        "conv.",
        "atalho: x passa intacto",
        "até 152 camadas",
        "Pelo atalho o gradiente volta sem se perder; por isso dá para empilhar tanto.",
    ),
    "en": (
        "conv.",
        "shortcut: x goes untouched",
        "up to 152 layers",
        "Along the shortcut the gradient comes back without fading; so many layers can be stacked.",
    ),
}
ROW = 375.0


def draw(canvas: Canvas, lang: str) -> None:
    conv, shortcut, many, foot = LABELS[lang]
    canvas.node((90, ROW), "$x$", INPUT, radius=46, size=40)
    for x, label in ((300, conv), (570, conv)):
        canvas.box((x, ROW), (150, 110), label, HIDDEN, text=34)
    canvas.box((435, ROW), (84, 64), "ReLU", HIDDEN, text=26)
    canvas.node((750, ROW), "+", ERROR, radius=44, size=52)
    canvas.box((868, ROW), (84, 64), "ReLU", HIDDEN, text=26)
    canvas.node((1000, ROW), "$y$", OUTPUT, radius=46, size=40)
    for start, end in ((136, 222), (375, 391), (477, 493), (645, 704), (794, 824), (910, 952)):
        canvas.arrow((start, ROW), (end, ROW))
    _shortcut(canvas, shortcut)
    canvas.text((435, 468), "$F(x)$", 38)
    canvas.text((750, 468), "$F(x) + x$", 38)
    _stack(canvas, many)
    canvas.caption(foot)


def _shortcut(canvas: Canvas, label: str) -> None:
    canvas.elbow([(170, ROW), (170, 225), (750, 225), (750, ROW - 46)], ERROR)
    canvas.text((460, 192), label, 32, ERROR, bold=True)


def _stack(canvas: Canvas, label: str) -> None:
    xs = spread(9, 360, 72)
    for x, following in zip(xs, [*xs[1:], 0.0], strict=True):
        canvas.box((x, 610), (44, 70))
        if following:
            canvas.line([(x + 22, 610), (following - 22, 610)])
            canvas.arrow((x - 12, 570), (following - 12, 570), ERROR, bend=-0.5)
    canvas.text((714, 610), "…", 44, "muted")
    canvas.text((768, 610), label, 32, bold=True, align="left")
