"""Splitting the data into three, and what each part is for."""

from knowledge.figures.style import HIDDEN, INPUT, OUTPUT, Canvas

TITLE = {"pt": "Treino, validação e teste", "en": "Training, validation and test"}
ALT = {
    "pt": "Uma barra com todos os dados dividida em treino (70%), validação (15%) e teste (15%). Abaixo, para que "
    "serve cada parte: os exercícios, o simulado e a prova final.",
    "en": "A bar of all the data split into training (70%), validation (15%) and test (15%). Below, what each part is "
    "for: the exercises, the mock exam and the final exam.",
}
LABELS = {
    "pt": (
        ("Treino", "os exercícios", "a rede ajusta\nos pesos"),
        ("Validação", "o simulado", "você escolhe modelo\ne hora de parar"),
        ("Teste", "a prova final", "uma vez só:\na nota que vale"),
    ),
    "en": (
        ("Training", "the exercises", "the network adjusts\nits weights"),
        ("Validation", "the mock exam", "you choose the model\nand when to stop"),
        ("Test", "the final exam", "only once:\nthe mark that counts"),
    ),
}
FOOT = {"pt": "O que caiu no treino não pode cair na prova.", "en": "What was in training must not be in the exam."}
SHARES = ((70, INPUT), (15, HIDDEN), (15, OUTPUT))


def draw(canvas: Canvas, lang: str) -> None:
    left, full = 60.0, 960.0
    for i, (share, role) in enumerate(SHARES):
        width = full * share / 100
        canvas.box((left + width / 2, 210), (width - 8, 100), f"{share}%", role, text=36)
        _card(canvas, i, left + width / 2, LABELS[lang][i])
        left += width
    canvas.caption(FOOT[lang])


def _card(canvas: Canvas, i: int, source: float, words: tuple[str, ...]) -> None:
    x, role = 192 + 348 * i, SHARES[i][1]
    canvas.arrow((source, 264), (min(source, x + 120), 350), role)
    canvas.box((x, 505), (330, 300), "", role)
    canvas.text((x, 405), words[0], 38, role, bold=True)
    canvas.text((x, 460), words[1], 32)
    canvas.text((x, 570), words[2], 29, "muted")
