"""Reply blocks -> text. Pure."""

from collections.abc import Callable

import regex

from handlers.messages import (
    Block,
    Choice,
    Choices,
    Code,
    Figure,
    Formula,
    Note,
    Poll,
    Progress,
    Reply,
    Sources,
    Table,
    Text,
)

BAR = 10  # signs of a progress bar
ELLIPSIS = "…"


def markdown(reply: Reply) -> str:
    """Render the readable blocks of a reply as one Markdown text; pictures and choices travel beside it."""
    return "\n\n".join(part for block in reply.blocks if (part := block_markdown(block)))


def block_markdown(block: Block) -> str:
    """Render one block; "" for those that aren't text."""
    text = ""
    match block:
        case Text():
            text = block.markdown
        case Code():
            caption = f"**{block.caption}**\n\n" if block.caption else ""
            text = f"{caption}{fence(block.source, block.language)}"
        case Table():
            text = table(block)
        case Formula():
            text = f"`{block.plain}`\n\n{block.legend}"
        case Note():
            text = f"> **{block.label}:** {block.markdown}"
        case Poll():
            text = f"**{block.question}**"
        case Sources() if block.items:
            text = f"*{block.label}: {'; '.join(dict.fromkeys(s.title for s in block.items))}*"
    return text


def fence(source: str, language: str) -> str:
    """Wrap a listing in a fence longer than any inside it."""
    ticks = "```"
    while ticks in source:
        ticks += "`"
    return f"{ticks}{language}\n{source}\n{ticks}"


def table(block: Table) -> str:
    """Write a Markdown table."""
    rows = [block.header, tuple("---" for _ in block.header), *block.rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows)


def _cell(text: str) -> str:
    """Escape what would end a cell."""
    return text.replace("|", "\\|")


def figures(reply: Reply) -> list[Figure]:
    """List a reply's pictures, formulas' too."""
    return [b if isinstance(b, Figure) else b.figure for b in reply.blocks if isinstance(b, Figure | Formula)]


def choices(reply: Reply) -> list[Choice]:
    """List what can be pressed, a poll's options too."""
    blocks = [b for b in reply.blocks if isinstance(b, Choices | Poll)]
    return [c for b in blocks for c in (b.items if isinstance(b, Choices) else b.options)]


def options(poll: Poll, limit: int, size: Callable[[str], int] = len) -> str:
    """List a poll's options in full where buttons of `limit` would cut any; else ""."""
    labels = [option.label for option in poll.options]
    return "\n".join(f"- {label}" for label in labels) if any(size(label) > limit for label in labels) else ""


def progress(block: Progress) -> str:
    """Draw how far something is."""
    fraction = min(max(block.fraction, 0.0), 1.0)
    done = round(fraction * BAR)
    return f"{'▰' * done}{'▱' * (BAR - done)} {fraction:.0%}{' · ' if block.label else ''}{block.label}"


def cut(text: str, limit: int, size: Callable[[str], int] = len) -> str:
    """Shorten a label: at a word where that leaves half of it, else at a grapheme cluster, with an ellipsis."""
    if size(text) <= limit:
        return text
    kept = ""
    for cluster in regex.findall(r"\X", text):
        if size(kept + cluster + ELLIPSIS) > limit:
            break
        kept += cluster
    words = kept.rpartition(" ")[0]
    return (words if len(words) * 2 > len(kept) else kept).rstrip(" ,;:·-") + ELLIPSIS
