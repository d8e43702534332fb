"""A choice about a picture; where it has panels, they are the options, and the seed rearranges them."""

import random
from dataclasses import dataclass

from knowledge.passages import LANGS, Lang
from knowledge.quiz import options, pictures
from knowledge.quiz import picture_body as bodies
from knowledge.quiz.entry import Entry
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Verdict
from knowledge.quiz.picture_body import Body
from knowledge.quiz.typed import letter


@dataclass(frozen=True, slots=True)
class PictureKind:
    """The kind."""

    name: str = "picture"
    fields: frozenset[str] = frozenset({"picture", "panel", "right", "wrong"})
    asks: bool = True
    produced: bool = False

    def read(self, raw: Entry, /) -> Body:
        """Read the picture's name, its right panel and the options."""
        return bodies.read(raw)

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Show the picture, with shuffled options or rearranged panels."""
        labels = tuple(_labels(item, lang, seed))
        picture = bodies.picture(_body(item), lang, _turn(item, seed))
        ask = item.ask[lang]
        return Question(item.id, self.name, item.concept, lang, seed, Input.OPTIONS, ask, labels, picture=picture)

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade a press, or a typed letter, number or label in either language."""
        position = options.position(answer, *(_labels(item, other, seed) for other in LANGS))
        if isinstance(position, NotAnAnswer):
            return position
        shown = _shown(item, seed)
        right = _body(item).options.right[lang]
        if _body(item).panel:
            right = f"{letter(shown.index(0))}: {right}"
        return options.verdict(item, _body(item).options, lang, shown[position], right)

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give the right option's position."""
        return _shown(item, seed).index(0)


def _body(item: Item) -> Body:
    assert isinstance(item.body, Body)
    return item.body


def _turn(item: Item, seed: int) -> int:
    return random.Random(f"{item.id}:{seed}:turn").randrange(pictures.turns(_body(item).picture))


def _shown(item: Item, seed: int) -> tuple[int, ...]:
    """Say which option stands at each position, 0 being the right one."""
    body = _body(item)
    if not body.panel:
        return options.shuffled(item, seed, body.options.count)
    order = bodies.panel_order(body)
    turn = _turn(item, seed)
    return (*order[turn:], *order[:turn])


def _labels(item: Item, lang: Lang, seed: int) -> list[str]:
    body, shown = _body(item), _shown(item, seed)
    return [letter(i) if body.panel else body.options.label(option, lang) for i, option in enumerate(shown)]


KIND = PictureKind()
