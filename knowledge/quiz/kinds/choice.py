"""One right option among wrong ones, each a named misconception with its own feedback."""

from dataclasses import dataclass

from knowledge.passages import LANGS, Lang
from knowledge.quiz import options
from knowledge.quiz.entry import Entry
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Verdict


@dataclass(frozen=True, slots=True)
class Choice:
    """The kind."""

    name: str = "choice"
    fields: frozenset[str] = frozenset({"right", "wrong"})
    asks: bool = True
    produced: bool = False

    def read(self, raw: Entry, /) -> options.Options:
        """Read the options."""
        return options.read(raw)

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Show the options shuffled."""
        body = options.body(item)
        labels = tuple(body.label(i, lang) for i in options.shuffled(item, seed, body.count))
        return Question(item.id, self.name, item.concept, lang, seed, Input.OPTIONS, item.ask[lang], labels)

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade a press, or a typed letter, number or label in either language."""
        body, shown = options.body(item), options.shuffled(item, seed, options.body(item).count)
        labels = [[body.label(i, other) for i in shown] for other in LANGS]
        position = options.position(answer, *labels)
        if isinstance(position, NotAnAnswer):
            return position
        return options.verdict(item, body, lang, shown[position], body.label(0, lang))

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give the right option's position."""
        return options.shuffled(item, seed, options.body(item).count).index(0)


KIND = Choice()
