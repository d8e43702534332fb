"""What a picture question says of its picture."""

from dataclasses import dataclass

from knowledge.passages import Lang
from knowledge.quiz import options, pictures
from knowledge.quiz.entry import Entry
from knowledge.quiz.model import Picture
from knowledge.quiz.options import Options


@dataclass(frozen=True, slots=True)
class Body:
    """The picture, the panel that is right ("" where there are none), and the options."""

    picture: str
    panel: str
    options: Options


def read(raw: Entry) -> Body:
    """Read it. Raises KnowledgeError."""
    name, found = raw.text("picture"), options.read(raw)
    if name not in pictures.names():
        raw.fail("picture", f"no picture is called {name!r}; there are {', '.join(pictures.names())}")
    panels = pictures.panels(name)
    panel = str(raw.values.get("panel", ""))
    if (panel not in panels) if panels else panel:
        raw.fail("panel", f"'panel' is one of {', '.join(panels)}" if panels else f"{name!r} has no panels")
    if panels and found.count != len(panels):
        raw.fail("wrong", f"{name!r} has {len(panels)} panels: 'wrong' describes {len(panels) - 1} of them")
    return Body(name, panel, found)


def panel_order(body: Body) -> tuple[int, ...]:
    """Say which option each panel of the module is: 0 for the right one, 1… for the others in turn."""
    others = iter(range(1, body.options.count))
    return tuple(0 if panel == body.panel else next(others) for panel in pictures.panels(body.picture))


def picture(body: Body, lang: Lang, turn: int) -> Picture:
    """Give the files of a turn and the words for who can't see them."""
    light, dark = (pictures.path(body.picture, lang, theme, turn) for theme in ("light", "dark"))
    return Picture(light, dark, pictures.alt(body.picture, lang, turn))
