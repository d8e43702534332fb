"""The lecture's timeline, 1943 to 2019."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Canvas

TALL = 1080
TITLE = {"pt": "Linha do tempo", "en": "Timeline"}
ALT = {
    "pt": "Nove marcos: 1943 neurônio de McCulloch e Pitts; 1957 perceptron; 1986 backpropagation; 1989 CNN; 2006 "
    "deep learning; 2009 e 2012 ImageNet e AlexNet; 2014 GANs; 2016 AlphaGo; 2019 entrega do Prêmio Turing.",
    "en": "Nine milestones: 1943 McCulloch and Pitts' neuron; 1957 perceptron; 1986 backpropagation; 1989 CNN; 2006 "
    "deep learning; 2009 and 2012 ImageNet and AlexNet; 2014 GANs; 2016 AlphaGo; 2019 Turing Award ceremony.",
}
EVENTS = {
    "pt": (
        ("1943", "Neurônio artificial", "McCulloch e Pitts"),
        ("1957", "Perceptron", "Rosenblatt"),
        ("1986", "Backpropagation", "Rumelhart, Hinton e Williams"),
        ("1989", "Rede convolucional (CNN)", "LeCun"),
        ("2006", "Deep learning", "Hinton, Osindero, Teh e Salakhutdinov"),
        ("2009/12", "ImageNet e AlexNet", "Fei-Fei Li; Krizhevsky"),
        ("2014", "GANs", "Goodfellow"),
        ("2016", "AlphaGo vence Lee Sedol", "DeepMind (Google)"),
        ("2019", "Prêmio Turing (de 2018)", "Bengio, Hinton e LeCun"),
    ),
    "en": (
        ("1943", "Artificial neuron", "McCulloch and Pitts"),
        ("1957", "Perceptron", "Rosenblatt"),
        ("1986", "Backpropagation", "Rumelhart, Hinton and Williams"),
        ("1989", "Convolutional network (CNN)", "LeCun"),
        ("2006", "Deep learning", "Hinton, Osindero, Teh and Salakhutdinov"),
        ("2009/12", "ImageNet and AlexNet", "Fei-Fei Li; Krizhevsky"),
        ("2014", "GANs", "Goodfellow"),
        ("2016", "AlphaGo beats Lee Sedol", "DeepMind (Google)"),
        ("2019", "Turing Award (for 2018)", "Bengio, Hinton and LeCun"),
    ),
}
ROLES = (INPUT, INPUT, HIDDEN, HIDDEN, OUTPUT, OUTPUT, ERROR, ERROR, MEMORY)
TOP, STEP, AXIS = 168, 104, 232


def draw(canvas: Canvas, lang: str) -> None:
    canvas.line([(AXIS, TOP - 20), (AXIS, TOP + 8 * STEP + 20)], "faint", 6)
    for i, ((year, what, who), role) in enumerate(zip(EVENTS[lang], ROLES, strict=True)):
        y = TOP + i * STEP
        canvas.node((AXIS, y), role=role, radius=17)
        canvas.text((AXIS - 40, y), year, 38, role, align="right", bold=True)
        canvas.text((AXIS + 48, y - 20), what, 36, align="left", bold=True)
        canvas.text((AXIS + 48, y + 24), who, 29, "muted", align="left")
