"""Reply -> what it looks like on Discord. Pure.

A reply is one card where it fits: title, text, comparison, picture, sources. A second picture or a long text begins
another card; cards that don't fit into one message go into the next. Without the right to show cards it is plain text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot import rendering
from bot.chunks import chunks
from bot.platforms.discord import blocks, limits, marks
from bot.platforms.discord.markup import to_discord, verbatim
from bot.platforms.discord.parts import Button, Card, Document, Field, Message, Picture, Row
from bot.platforms.discord.rows import rows, with_thread
from handlers.messages import File, Reply, Sources, Tone

# One colour for each kind of reply, in Discord's own brightness: they hold on its dark and its light background.
COLOURS: dict[Tone, int] = {
    "answer": 0x4C8DFF,  # the figures' blue
    "refusal": 0xF0B132,
    "error": 0xDA373C,
    "quiz": 0x9B6DFF,
    "right": 0x3BA55D,
    "wrong": 0xE67E22,
    "demo": 0x2EC4B6,
    "progress": 0x00A8FC,
    "settings": 0x80848E,
}
CARD_TEXT = 2000  # of a card's text: about two screens of a phone


@dataclass
class _Draft:
    """A card being filled."""

    texts: list[str] = field(default_factory=list)  # Markdown
    fields: list[Field] = field(default_factory=list)
    picture: Picture | None = None

    def add(self, text: str) -> None:
        """Put a text below what is there: below the columns of a comparison it is a field of its own."""
        if not self.fields:
            self.texts += [text] if text else []
        elif text:
            self._below(to_discord(text))

    def _below(self, text: str) -> None:
        """Put a text below the columns: below another text in the same field where it fits, for fields have gaps."""
        last = self.fields[-1]
        joined = f"{last.value}\n\n{text}"
        if last.inline or marks.size(joined) > blocks.FIELD:
            self.fields.append(Field(marks.ZERO, text, inline=False))
        else:
            self.fields[-1] = replace(last, value=joined)

    def full(self, text: str) -> bool:
        """Tell whether a text doesn't fit below the columns any more."""
        return bool(text and self.fields) and (
            marks.size(to_discord(text)) > blocks.FIELD
            or sum(marks.size(f.value) for f in self.fields) + marks.size(to_discord(text)) > blocks.FIELDS
        )


def messages(reply: Reply, thread: str = "") -> tuple[Message, ...]:
    """Draw a reply as cards. `thread` labels the button that goes on in a thread; "" for none."""
    drawn = list(_packed(_cards(reply)))
    documents = tuple(Document(file.path, file.name) for file in reply.of(File) if file.path.is_file())
    drawn[-1] = replace(drawn[-1], documents=documents)
    return _with_rows(drawn, _rows(reply, thread))


def plain(reply: Reply, figure: str, thread: str = "") -> tuple[Message, ...]:
    """Write a reply as text, where cards and files aren't allowed; `figure` names a picture."""
    parts = [f"**{verbatim(marks.line(reply.title, blocks.HEAD))}**"] if _titled(reply) else []
    parts += [text for block in reply.blocks if (text := blocks.plain(block, figure))]
    texts = chunks("\n\n".join(parts), limits.CONTENT, to_discord, marks.size) or [rendering.ELLIPSIS]
    return _with_rows([Message(content=text) for text in texts], _rows(reply, thread))


def _titled(reply: Reply) -> bool:
    """Tell whether plain text needs the title: not if it begins with it."""
    first = next((text for block in reply.blocks if (text := blocks.markdown(block))), "")
    return marks.visible(reply.title) and not first.lstrip("*#_ ").startswith(reply.title)


def _rows(reply: Reply, thread: str) -> list[Row]:
    arranged = rows(reply)
    cited = any(sources.items for sources in reply.of(Sources))
    if thread and cited and not reply.private and not reply.refused:
        label = marks.line(thread, limits.BUTTON_LABEL)
        arranged = with_thread(arranged, Button(reply.lang, label, "thread"))
    return arranged


def _with_rows(drawn: list[Message], arranged: Sequence[Row]) -> tuple[Message, ...]:
    """Put the rows under the last message; what is too much, under further ones."""
    first, rest = arranged[: limits.ROWS], arranged[limits.ROWS :]
    drawn[-1] = replace(drawn[-1], rows=tuple(first))
    more = [rest[at : at + limits.ROWS] for at in range(0, len(rest), limits.ROWS)]
    return (*drawn, *(Message(content=rendering.ELLIPSIS, rows=tuple(part)) for part in more))


def _cards(reply: Reply) -> list[Card]:
    colour = COLOURS["refusal" if reply.refused and reply.tone == "answer" else reply.tone]
    cards = [card for draft in _drafts(reply) for card in _finished(draft, colour)] or [Card(colour)]
    cards[0] = replace(cards[0], title=blocks.head(reply.title) if marks.visible(reply.title) else "")
    cards[-1] = replace(cards[-1], footer=blocks.footer(reply.of(Sources)))
    if cards == [Card(colour)]:
        cards = [Card(colour, rendering.ELLIPSIS)]
    return [
        replace(card, picture=replace(card.picture, number=n)) if card.picture else card
        for n, card in enumerate(cards, 1)
    ]


def _drafts(reply: Reply) -> Iterator[_Draft]:
    """Share the blocks out over cards: a card shows one comparison and, below all text, one picture."""
    draft = _Draft()
    for block in reply.blocks:
        picture, columns = blocks.picture(block), blocks.columns(block)
        text = "" if columns else blocks.markdown(block)
        if (picture and draft.picture) or (columns and draft.fields) or draft.full(text):
            yield draft
            draft = _Draft()
        draft.picture = picture or draft.picture
        draft.fields += columns
        draft.add(text)
    yield draft


def _finished(draft: _Draft, colour: int) -> Iterator[Card]:
    """Split what is too long for one card; the comparison and the picture go with the end."""
    texts = _texts("\n\n".join(draft.texts))
    yield from (Card(colour, text) for text in texts[:-1])
    if texts or draft.fields or draft.picture:
        yield Card(colour, "".join(texts[-1:]), fields=tuple(draft.fields), picture=draft.picture)


def _texts(markdown: str) -> list[str]:
    whole = to_discord(markdown)  # nearly always all that there is: only what is too long is split, which takes longer
    if marks.size(whole) <= CARD_TEXT:
        return [whole] if whole.strip() else []
    return chunks(markdown, CARD_TEXT, to_discord, marks.size)


def _packed(cards: Sequence[Card]) -> Iterator[Message]:
    """Put as many cards into a message as it takes."""
    taken: list[Card] = []
    for card in cards:
        weight = sum(map(_weight, (*taken, card)))
        if taken and (weight > limits.EMBED_TOTAL or len(taken) == limits.EMBEDS):
            yield Message(tuple(taken))
            taken = []
        taken.append(card)
    yield Message(tuple(taken))


def _weight(card: Card) -> int:
    fields = (text for one in card.fields for text in (one.name, one.value))
    return sum(map(marks.size, (card.title, card.text, card.footer, *fields)))
