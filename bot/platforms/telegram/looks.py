"""A reply -> the messages that show it. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from unicodedata import category

from bot import rendering
from bot.chunks import chunks
from bot.platforms.telegram import polls, prompts
from bot.platforms.telegram.html import length, plain, quote, render
from bot.platforms.telegram.keyboards import keyboard
from bot.platforms.telegram.parts import ALBUM, CAPTION, TEXT, Album, Document, Part, Picture, Rows, Vote, Words, cut
from handlers.messages import Block, Choices, Figure, File, Poll, Progress, Reply, Sources

ANIMATION = "image/gif"
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")


def look(reply: Reply, username: str) -> tuple[Part, ...]:
    """Give the messages of a reply, in order; buttons are under the last one. `username` is the bot's."""
    unasked = [poll for poll in reply.of(Poll) if not polls.fits(poll)]
    choices = [choice for block in reply.of(Choices) for choice in block.items]
    choices += [option for poll in unasked for option in poll.options]
    marks = prompts.marks(choices, username)
    parts = _parts(reply, length(marks))
    parts += [polls.vote(poll) for poll in reply.of(Poll) if polls.fits(poll)]
    rows = keyboard(choices)
    documents = tuple(Document(file.path, file.name) for file in reply.of(File) if file.path.is_file())
    if not rows:
        return (*parts, *documents)
    menu = next((block.menu for block in reply.of(Choices) if block.menu), "…")
    return (*parts[:-1], *_with_buttons(parts[-1:], rows, marks, quote(menu)), *documents)


def _body(reply: Reply) -> str:
    """Write all that is text but the sources, under a title that the text doesn't begin with."""
    blocks = (block for block in reply.blocks if not isinstance(block, Sources))
    text = _joined(_text(block) for block in blocks)
    if not text or not reply.title or plain(render(text.partition("\n\n")[0])).startswith(reply.title):
        return text
    return f"**{_escaped(reply.title)}**\n\n{text}"


def _sources(block: Sources) -> str:
    titles = dict.fromkeys(source.title for source in block.items)
    return f"*{_escaped(block.label)}: {_escaped('; '.join(titles))}*" if titles else ""


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text)


def _text(block: Block) -> str:
    match block:
        case Progress():
            return _escaped(rendering.progress(block))
        case Poll():
            return polls.in_full(block)
        case _:
            return rendering.block_markdown(block)


def _escaped(text: str) -> str:
    """Write plain text as Markdown, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _parts(reply: Reply, reserved: int) -> list[Part]:
    """Give pictures and text: one message where a caption has room for all, else the pictures, then the text."""
    everything = rendering.figures(reply)
    figures = [figure for figure in everything if figure.light.is_file()]
    lost = [f"*{_escaped(figure.alt)}*" for figure in everything if figure not in figures]
    body, sources = _body(reply), _joined(map(_sources, reply.of(Sources)))
    if len(figures) == 1:
        caption = _caption(figures[0], render(body), render(sources))
        if length(caption) <= CAPTION - reserved:
            return [_picture(figures[0], caption)]
    texts = _texts(_joined([body, *lost, sources]), TEXT - reserved)
    return [*_pictures(figures, CAPTION - reserved), *map(Words, texts)]


def _caption(figure: Figure, text: str, sources: str) -> str:
    """Put a picture's description, folded to three lines, below the text, unless the text says the same."""
    told = figure.alt in plain(text)
    described = "" if told else f"<blockquote expandable>{quote(figure.alt)}</blockquote>"
    return _joined([text, described, sources])


def _texts(markdown: str, most: int) -> list[str]:
    """Split a text into messages; nearly always it is one, and read only once."""
    html = render(markdown)
    found = [html] if length(html) <= most else chunks(markdown, most, render, length)
    return [html for html in found if _is_visible(html)]


def _pictures(figures: Sequence[Figure], most: int) -> list[Part]:
    """Give pictures described by their captions: albums of photos, then what moves."""
    shown = [_picture(figure, quote(cut(figure.alt, most))) for figure in figures]
    still, moving = [p for p in shown if not p.moving], [p for p in shown if p.moving]
    groups = [still[at : at + ALBUM] for at in range(0, len(still), ALBUM)]
    return [*(Album(tuple(group)) if len(group) > 1 else group[0] for group in groups), *moving]


def _picture(figure: Figure, caption: str) -> Picture:
    return Picture(figure.light, caption, figure.mime == ANIMATION)


def _with_buttons(last: Sequence[Part], rows: Rows, marks: str, menu: str) -> list[Part]:
    """Put buttons under the last message, if it can have them and their marks; else under one more."""
    match list(last):
        case [Words() as words]:
            return [replace(words, html=marks + words.html, rows=rows)]
        case [Picture() as picture]:
            return [replace(picture, caption=marks + picture.caption, rows=rows)]
        case [Vote() as vote] if not marks:
            return [replace(vote, rows=rows)]
        case other:
            return [*other, Words(marks + menu, rows)]


def _is_visible(html: str) -> bool:
    """Tell whether there is anything to see: Telegram refuses an empty message."""
    return any(category(character)[0] not in "ZC" for character in plain(html))
