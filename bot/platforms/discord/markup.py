"""Markdown -> Discord's dialect of it, by way of markdown-it's tree. Pure.

Only what the tree says is markup stays markup; every other character is shown as it is written.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

from bot.platforms.discord import marks, tables

_MARKERS = {"strong": "**", "em": "*", "s": "~~"}
_LISTS = ("bullet_list", "ordered_list")
TICK = "ˋ"  # looks like a backtick and ends no code
RULE = "───"
SAME = 256  # texts that are remembered as written: a class is told the same things
_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_URL = re.compile(r"https?://[^\s<>]*[^\s<>.,:;!?\"'()*_~|`\[\]\\]", re.IGNORECASE)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LANGUAGE = re.compile(r"[\w+#.-]+")


@lru_cache(SAME)
def to_discord(markdown: str) -> str:
    """Write a piece of Markdown the way Discord shows it right."""
    tree = Node(_PARSER.parse(marks.clean(markdown)))
    return marks.defuse(_blocks(tree.children))


def to_line(markdown: str, limit: int) -> str:
    """Make one plain line of a piece of Markdown."""
    tree = Node(_PARSER.parse(marks.clean(markdown)))
    return marks.line(" ".join(_plain(child) for child in tree.children), limit)


def verbatim(text: str) -> str:
    """Write a plain text as Markdown that shows it as it is."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def fence(source: str, language: str = "") -> str:
    """Show a listing; nothing in it can end its fence."""
    match = _LANGUAGE.match(language)
    inside = source.replace("```", TICK * 3).rstrip("\n")
    return f"```{match[0] if match else ''}\n{inside if inside.strip() else ' '}\n```"


def _blocks(nodes: Sequence[Node], between: str = "\n\n") -> str:
    """Write blocks below each other; a list follows its introduction closely."""
    text = ""
    for node in nodes:
        piece = _block(node)
        gap = "\n" if node.type in _LISTS else between
        text += f"{gap}{piece}" if text and piece else piece
    return text


def _block(node: Node) -> str:
    write = _WRITERS.get(node.type)
    return write(node) if write else _blocks(node.children)


def _paragraph(node: Node) -> str:
    return marks.escape_starts(_inline(node))


def _heading(node: Node) -> str:
    return f"### {' '.join(_inline(node).split())}"


def _quote(node: Node) -> str:
    return "\n".join(f"> {line}" for line in _blocks(node.children).split("\n"))


def _bullets(node: Node) -> str:
    return "\n".join(_item(child, "- ") for child in node.children)


def _numbers(node: Node) -> str:
    start = int(node.attrs.get("start", 1))
    return "\n".join(_item(child, f"{n}. ") for n, child in enumerate(node.children, start))


def _item(node: Node, bullet: str) -> str:
    lines = _blocks(node.children, "\n").split("\n")
    return "\n".join(f"{bullet if n == 0 else ' ' * len(bullet)}{line}" for n, line in enumerate(lines))


def _fence(node: Node) -> str:
    return fence(node.content, node.info)


def _table(node: Node) -> str:
    rows = [tuple(cell.children[0].content for cell in row.children) for part in node.children for row in part.children]
    return to_discord(tables.listed(rows[0], rows[1:]))


_WRITERS: dict[str, Callable[[Node], str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "blockquote": _quote,
    "bullet_list": _bullets,
    "ordered_list": _numbers,
    "fence": _fence,
    "code_block": _fence,
    "table": _table,
    "hr": lambda _: RULE,
}


def _inline(node: Node) -> str:
    """Write what stands within lines; markers of neighbours don't run together."""
    text = ""
    for child in node.children:
        piece = _span(child)
        apart = text.endswith(("*", "~", "`")) and piece.startswith(text[-1])
        text += f"{marks.ZERO}{piece}" if apart else piece
    return text


def _span(node: Node) -> str:
    write = _SPANS.get(node.type)
    if write:
        return write(node)
    inside, marker = _inline(node), _MARKERS.get(node.type, "")
    return f"{marker}{inside}{marker}" if marks.visible(inside) else inside


def code(text: str) -> str:
    """Show a piece of code within a line."""
    inside = " ".join(text.replace("`", TICK).split())
    return f"`{inside}`" if marks.visible(inside) else inside


def _text(text: str) -> str:
    """Escape all but addresses; an address in angle brackets ends where it should, and unfolds no preview."""
    parts, at = [], 0
    for url in _URL.finditer(text):
        parts += [marks.escape(text[at : url.start()]), _address(url[0])]
        at = url.end()
    return "".join([*parts, marks.escape(text[at:])])


def _address(url: str) -> str:
    return f"<{url.replace('@', '%40')}>"


def _link(label: str, url: str) -> str:
    """Write a masked link, or what there is to read where it can't be one."""
    if not _is_web(url):
        return label
    if "http" in label.lower() or not marks.visible(label):
        return _address(url)
    brackets = label.replace(r"\[", "(").replace(r"\]", ")")
    return f"[{brackets}]({url.replace('(', '%28').replace(')', '%29').replace('@', '%40')})"


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>]", url)


def _plain(node: Node) -> str:
    if node.type in ("text", "code_inline", "fence", "code_block", "image"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(_plain(child) for child in node.children) + ("" if node.type in ("link", *_MARKERS) else " ")


_SPANS: dict[str, Callable[[Node], str]] = {
    "text": lambda node: _text(node.content),
    "code_inline": lambda node: code(node.content),
    "softbreak": lambda _: " ",
    "hardbreak": lambda _: "\n",
    "link": lambda node: _link(_inline(node), str(node.attrs.get("href", ""))),
    "image": lambda node: _link(marks.escape(node.content), str(node.attrs.get("src", ""))),
}
