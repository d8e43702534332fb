"""Errors of training and validation along three real runs: a good fit, overfitting, underfitting."""

from knowledge.figures.style import ERROR, INPUT, Canvas
from knowledge.quiz.pictures import charts, runs

PANELS = ("good", "overfitting", "underfitting")
DESCRIBED = (
    {
        "pt": "as duas linhas caem logo e ficam baixas, quase juntas",
        "en": "both lines soon fall and stay low, almost together",
    },
    {
        "pt": "a linha de treino cai até perto de zero; a de validação cai um pouco, para no alto e volta a subir",
        "en": "the training line falls to near zero; the validation line falls a little, stops high up and rises again",
    },
    {
        "pt": "as duas linhas caem um pouco e ficam altas, quase juntas, até o fim",
        "en": "both lines fall a little and stay high, almost together, to the end",
    },
)
ALT = {
    "pt": "Três gráficos do erro ao longo das épocas, com uma linha para o treino e outra para a validação. "
    "A: {0}. B: {1}. C: {2}.",
    "en": "Three charts of the error along the epochs, with a line for training and one for validation. "
    "A: {0}. B: {1}. C: {2}.",
}
WORDS = {"pt": ("erro", "épocas", "treino", "validação"), "en": ("error", "epochs", "training", "validation")}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    kept, words = runs.read()["curves"], WORDS[lang]
    for shown, axes in charts.side_by_side(canvas, len(PANELS), turn, (-2, 62), (0, 1.2)):
        curve = kept[PANELS[shown]]
        axes.plot(curve["train"], color=canvas.colour(INPUT), lw=11)
        axes.plot(curve["valid"], color=canvas.colour(ERROR), lw=5)
    for left in charts.LEFTS:
        canvas.text((left + charts.SIDE / 2, 526), f"{words[1]} →", 28, "muted")
        canvas.text((left + charts.SIDE - 4, 112), f"↑ {words[0]}", 28, "muted", align="right")
    charts.key(canvas, 594, [(INPUT, words[2]), (ERROR, words[3])])
