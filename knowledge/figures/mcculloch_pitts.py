"""McCulloch and Pitts' neuron computes logic by its threshold alone."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, spread

TITLE = {"pt": "O neurônio de McCulloch e Pitts (1943)", "en": "McCulloch and Pitts' neuron (1943)"}
ALT = {
    "pt": "Três neurônios: com limiar 2, o E só dispara com as duas entradas ligadas; com limiar 1, o OU dispara com "
    "uma; com uma entrada inibitória e limiar 0, o NÃO inverte. Sob cada um, a tabela-verdade.",
    "en": "Three neurons: with threshold 2, AND fires only with both inputs on; with threshold 1, OR fires with "
    "either; with one inhibitory input and threshold 0, NOT inverts. Under each, its truth table.",
}
LABELS = {
    "pt": (
        "E",
        "OU",
        "NÃO",
        "Soma as entradas (0 ou 1) e dispara se chegar ao limiar θ. A inibitória (●) veta. Nada é aprendido.",
    ),
    "en": (
        "AND",
        "OR",
        "NOT",
        "It adds the inputs (0 or 1) and fires at the threshold θ. The inhibitory one (●) vetoes. Nothing is learnt.",
    ),
}
CENTRES = (185.0, 540.0, 895.0)


def fires(excitatory: list[int], inhibitory: list[int], threshold: int) -> int:
    """1 when the excitation reaches the threshold and nothing inhibits."""
    return int(sum(excitatory) >= threshold and not any(inhibitory))


def draw(canvas: Canvas, lang: str) -> None:
    *names, foot = LABELS[lang]
    for x, name in zip(CENTRES, names, strict=True):
        canvas.text((x, 150), name, 42, bold=True)
    pairs = [(a, b) for a in (0, 1) for b in (0, 1)]
    for x, threshold in zip(CENTRES, (2, 1), strict=False):
        _unit(canvas, x, threshold, ["$x_1$", "$x_2$"])
        _table(canvas, x, [[f"{a}  {b}", str(fires([a, b], [], threshold))] for a, b in pairs])
    _unit(canvas, CENTRES[2], 0, ["$x_1$"])
    _table(canvas, CENTRES[2], [[str(a), str(fires([], [a], 0))] for a in (0, 1)])
    canvas.caption(foot)


def _unit(canvas: Canvas, x: float, threshold: int, inputs: list[str]) -> None:
    body = (x + 20, 300)
    for y, label in zip(spread(len(inputs), 300, 110), inputs, strict=True):
        canvas.node((x - 115, y), label, INPUT, radius=38, size=36)
        end = (body[0] - 72, 300 + (y - 300) * 0.3)
        if threshold:
            canvas.arrow((x - 76, y), end, INPUT)
        else:
            canvas.line([(x - 76, y), (end[0] - 8, y)], ERROR, 4)
            canvas.sheet.scatter(end[0] - 4, y, s=330, color=canvas.colour(ERROR), zorder=5)
    canvas.node(body, f"θ = {threshold}", HIDDEN, radius=66, size=34)
    canvas.arrow((body[0] + 66, 300), (x + 148, 300), OUTPUT)


def _table(canvas: Canvas, x: float, rows: list[list[str]]) -> None:
    for i, (given, answer) in enumerate(rows):
        y = 450 + 58 * i
        canvas.text((x - 50, y), given, 34)
        canvas.text((x + 15, y), "→", 32, "muted")
        canvas.text((x + 75, y), answer, 36, OUTPUT if answer == "1" else "muted", bold=True)
