"""One block of a reply -> Markdown, columns, a picture, a footer. Pure."""

from collections.abc import Sequence

from bot import rendering
from bot.platforms.discord import limits, marks, tables
from bot.platforms.discord.listings import narrow
from bot.platforms.discord.markup import code, to_discord, to_line, verbatim
from bot.platforms.discord.parts import Field, Picture
from handlers.messages import Block, Code, Figure, Formula, Note, Poll, Progress, Sources, Table, Theme

HEAD = 128  # of a title or a field's name, before escaping, which at most doubles it
FOOTER = 600  # of the sources: more than that is no footer any more
FIELD = 1024  # of a field's value
FIELDS = 2600  # of all of a card: with the longest title, text and footer the card stays below EMBED_TOTAL
COLUMNS = (3, 4)  # a table this wide compares two or three things
CELL = 80  # longest text that reads well in a column: longer ones go into a list
THEME: Theme = "dark"  # most people's Discord, and the pictures bring their own background


def picture(block: Block) -> Picture | None:
    """Give a block's picture, a formula's too."""
    figure = block if isinstance(block, Figure) else block.figure if isinstance(block, Formula) else None
    return Picture(figure.path(THEME), marks.line(figure.alt, limits.ALT), figure.mime) if figure else None


def columns(block: Block) -> list[Field]:
    """Lay a comparison out side by side; [] where it is no comparison, or too long."""
    if not isinstance(block, Table) or len(block.header) not in COLUMNS:
        return []
    if any(len(cell) > CELL for row in block.rows for cell in row):
        return []
    values = [to_discord(tables.column(block.rows, at)) for at in range(1, len(block.header))]
    fields = [Field(head(to_line(name, HEAD)), value) for name, value in zip(block.header[1:], values, strict=True)]
    fits = all(value and marks.size(value) <= FIELD for value in values) and sum(map(marks.size, values)) <= FIELDS
    return fields if fits else []


def markdown(block: Block) -> str:
    """Write a block as Markdown; "" where it isn't text."""
    match block:
        case Code():
            text = _listing(block)
        case Table():
            text = tables.listed(block.header, block.rows)
        case Formula():
            text = f"{code(block.plain)}\n\n{verbatim(block.legend)}"
        case Note():
            text = _quoted(f"**{verbatim(block.label)}:** {block.markdown}")
        case Poll():
            text = _poll(block)
        case Progress():
            text = verbatim(rendering.progress(block))
        case Sources():
            text = ""
        case _:
            text = rendering.block_markdown(block)
    return text


def plain(block: Block, figure: str) -> str:
    """Write a block as Markdown where neither cards nor files are allowed; `figure` names a picture."""
    match block:
        case Figure():
            return f"*{verbatim(figure)}: {verbatim(block.alt)}*"
        case Sources() if block.items:
            return f"*{verbatim(footer([block]))}*"
    return markdown(block)


def footer(found: Sequence[Sources]) -> str:
    """Name the sources in one line."""
    texts = [f"{s.label}: {'; '.join(dict.fromkeys(i.title for i in s.items))}" for s in found if s.items]
    return marks.line(" · ".join(texts), FOOTER) if texts else ""


def head(text: str) -> str:
    """Make a title of a plain text: one line, its markup escaped."""
    return marks.escape(marks.line(text, HEAD))


def _listing(block: Code) -> str:
    caption = f"**{verbatim(block.caption)}**\n" if block.caption else ""
    return f"{caption}{rendering.fence(narrow(block.source, block.language), block.language)}"


def _quoted(markdown: str) -> str:
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def _poll(block: Poll) -> str:
    """Ask; options too long for their buttons are written out."""
    lines = [f"**{verbatim(block.question)}**"]
    if any(marks.size(o.label) > limits.BUTTON_LABEL for o in block.options):
        lines += ["\n".join(f"- {verbatim(o.label)}" for o in block.options)]
    return "\n\n".join(lines)
