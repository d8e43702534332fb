"""Reply blocks -> text. Pure."""

from handlers.messages import Block, Code, Figure, Formula, Note, Reply, Sources, Table, Text


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
