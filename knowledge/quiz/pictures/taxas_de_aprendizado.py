"""The loss along three real descents of the same loss, each with another learning rate."""

from knowledge.figures.style import HIDDEN, Canvas
from knowledge.quiz.pictures import charts, runs

PANELS = ("good", "low", "high")
DESCRIBED = (
    {"pt": "a perda cai depressa e fica perto de zero", "en": "the loss falls fast and stays near zero"},
    {
        "pt": "a perda cai bem devagar e no fim ainda está longe de zero",
        "en": "the loss falls very slowly and at the end is still far from zero",
    },
    {"pt": "a perda sobe cada vez mais", "en": "the loss rises more and more"},
)
ALT = {
    "pt": "Três gráficos da perda a cada passo do treino. A: {0}. B: {1}. C: {2}.",
    "en": "Three charts of the loss at each training step. A: {0}. B: {1}. C: {2}.",
}
WORDS = {"pt": ("perda", "passos"), "en": ("loss", "steps")}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    kept = runs.read()["rates"]
    for shown, axes in charts.side_by_side(canvas, len(PANELS), turn, (-1, 41), (0, 80)):
        axes.plot(kept[PANELS[shown]], color=canvas.colour(HIDDEN), lw=7)
        axes.plot(kept[PANELS[shown]], "o", ms=9, color=canvas.colour(HIDDEN))
    for left in charts.LEFTS:
        canvas.text((left + charts.SIDE / 2, 530), f"{WORDS[lang][1]} →", 28, "muted")
        canvas.text((left + charts.SIDE - 4, 112), f"↑ {WORDS[lang][0]}", 28, "muted", align="right")


HEIGHT = 580
