"""A spec with one parameter of each kind."""

from models.engine.protocol import Both, DemoSpec, Expectation, Knob, Option, Param, Preset

SPEC = DemoSpec(
    name="exemplo",
    title=Both("Exemplo", "Example"),
    summary=Both("Uma linha.", "One line."),
    lesson=Both("Duas frases.", "Two sentences."),
    concept="perceptron",
    seconds=1,
    expect=Expectation(
        Both("Quem ganha?", "Who wins?"),
        (Option("net", Both("a rede", "the network")), Option("line", Both("a reta", "the line"))),
    ),
    quick={"layers": 1},
    params=(
        Param("layers", "int", 2, Both("camadas", "layers"), 1, 4),
        Param("lr", "float", 0.1, Both("taxa", "rate"), 0.001, 1.0),
        Param("data", "choice", "moons", Both("dados", "data"), choices=(
            Option("moons", Both("luas", "moons"), ("meia-lua",)), Option("xor", Both("xor", "xor")),
        )),
        Param("dropout", "bool", True, Both("dropout", "dropout")),
        Param("prompt", "text", "um sete", Both("pedido", "prompt")),
    ),
    presets=(Preset("flood", Both("taxa 1", "rate 1"), {"lr": 1.0}, Both("Explode.", "It blows up."), broken=True),),
    knobs=(
        Knob("rate10", Both("taxa ×10", "rate ×10"), "lr", times=10),
        Knob("more", Both("mais camadas", "more layers"), "layers", plus=1),
        Knob("nodrop", Both("sem dropout", "no dropout"), "dropout", to=False),
    ),
    call="train({layers}, {lr}, {data}, seed={seed})",
)  # fmt: skip
