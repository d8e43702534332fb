"""A graph small enough to follow by hand: values forward, gradients backward."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Point, number

TITLE = {"pt": "Backpropagation, com números", "en": "Backpropagation, in numbers"}
ALT = {
    "pt": "Um grafo com x = 2, w = 0,5, b = 1 e y = 3. Na ida: w·x = 1, ŷ = 2 e a perda é 1. Na volta, os gradientes: "
    "−2 em ŷ, −2 em b e −4 em w; com taxa 0,1 o peso vai de 0,5 para 0,9.",
    "en": "A graph with x = 2, w = 0.5, b = 1 and y = 3. Forward: w·x = 1, ŷ = 2 and the loss is 1. Backward, the "
    "gradients: −2 at ŷ, −2 at b and −4 at w; with a rate of 0.1 the weight goes from 0.5 to 0.9.",
}
LABELS = {
    "pt": ("ida: valores", "volta: gradientes ∂L/∂•", "Ajuste"),
    "en": ("forward: values", "backward: gradients ∂L/∂•", "Update"),
}
PLACES: dict[str, Point] = {
    "x": (110, 275), "w": (110, 480), "b": (340, 598), "·": (340, 378), "+": (590, 378), "y": (590, 598),
    "L": (850, 378),
}  # fmt: skip
EDGES = (("x", "·"), ("w", "·"), ("·", "+"), ("b", "+"), ("+", "L"), ("y", "L"))
RATE = 0.1


def compute(x: float, w: float, b: float, y: float) -> tuple[dict[str, float], dict[str, float]]:
    """Values and gradients of L = (w·x + b − y)²."""
    product = w * x
    predicted = product + b
    slope = 2 * (predicted - y)  # ∂L/∂ŷ
    values = {"x": x, "w": w, "b": b, "y": y, "·": product, "+": predicted, "L": (predicted - y) ** 2}
    return values, {"x": slope * w, "w": slope * x, "b": slope, "·": slope, "+": slope, "L": 1.0}


def draw(canvas: Canvas, lang: str) -> None:
    values, gradients = compute(x=2.0, w=0.5, b=1.0, y=3.0)
    forward, backward, update = LABELS[lang]
    canvas.text((48, 150), f"→  {forward}", 30, INPUT, align="left", bold=True)
    canvas.text((1032, 150), f"←  {backward}", 30, ERROR, align="right", bold=True)
    for start, end in EDGES:
        _edge(canvas, PLACES[start], PLACES[end], 80 if end == "L" else 60)
    for name in PLACES:
        _node(canvas, name, number(values[name], lang), number(gradients[name], lang) if name in gradients else "")
    new = values["w"] - RATE * gradients["w"]
    terms = f"{number(values['w'], lang)} − {number(RATE, lang)}·({number(gradients['w'], lang)}) = {number(new, lang)}"
    canvas.text((540, 748), f"{update}:  $w$ ← {terms}", 34)


def _edge(canvas: Canvas, start: Point, end: Point, gap: float) -> None:
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    dx, dy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    canvas.arrow((start[0] + 56 * dx, start[1] + 56 * dy), (end[0] - gap * dx, end[1] - gap * dy))


def _node(canvas: Canvas, name: str, value: str, gradient: str) -> None:
    shown = {"·": "×", "+": "+", "L": "$(\\hat{y}-y)^2$"}.get(name, f"${name}$")
    role = {"x": INPUT, "y": OUTPUT, "L": ERROR, "w": MEMORY, "b": MEMORY}.get(name, HIDDEN)
    x, y = PLACES[name]
    canvas.node((x, y), shown, role, radius=74 if name == "L" else 54, size=34 if name == "L" else 42)
    rise = 96 if name == "L" else 76
    label = {"+": "$\\hat{y}$ = ", "L": "$L$ = "}.get(name, "")
    canvas.text((x, y - rise), f"{label}{value}", 32, INPUT, bold=True)
    if gradient:
        canvas.text((x, y + rise), gradient, 32, ERROR, bold=True)
