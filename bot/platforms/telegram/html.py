"""Markdown -> the HTML that Telegram knows. Pure.

Only the tags b i s a code pre blockquote come out, each one closed, and only the entities that Telegram reads.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import escape, unescape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.platforms.telegram.tables import Cell, table

BULLETS = ("•", "◦", "▪")
RULE = "———"
SAME = 256  # texts that are remembered as rendered: a class is told the same things
JOINER = "\u2060"  # invisible; "@" and a name with it between them mention nobody
Node = SyntaxTreeNode
# An "@" that isn't inside an address like ana@example.org. What follows it may stand in the next node.
_AT = re.compile(r"@(?!(?<=[A-Za-z0-9_]@)[A-Za-z0-9-]+\.[A-Za-z0-9])")
_TAG = re.compile(r"<[^>]*>")
_LANGUAGE = re.compile(r"[\w+#.-]+")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@lru_cache(SAME)
def render(markdown: str) -> str:
    """Render Markdown as Telegram's HTML."""
    tree = Node(_parser().parse(clean(markdown)))
    return _blocks(tree.children).strip()


def clean(text: str) -> str:
    """Replace what can't be sent: lone surrogates, and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def quote(text: str) -> str:
    """Escape plain text; a mention in it mentions nobody."""
    return escape(_AT.sub(f"@{JOINER}", clean(text)), quote=False)


def plain(html: str) -> str:
    """Give the text that Telegram shows."""
    return unescape(_TAG.sub("", html))


def units(text: str) -> int:
    """Count as Telegram does: in UTF-16 units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def length(html: str) -> int:
    """Count what Telegram counts: the text without its markup."""
    return units(plain(html))


def link(url: str, label: str) -> str:
    """Link to a web address; any other is left out, for a tg:// link can ping."""
    return f'<a href="{escape(url)}">{label}</a>' if is_web(url) else label


def is_web(url: str) -> bool:
    """Tell whether it is an address on the web."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _blocks(nodes: Iterable[Node], between: str = "\n\n", depth: int = 0, quoted: bool = False) -> str:
    rendered = (_block(node, depth, quoted) for node in nodes)
    return between.join(text for text in rendered if text)


def _block(node: Node, depth: int, quoted: bool) -> str:
    match node.type:
        case "bullet_list" | "ordered_list":
            return _list(node, depth, quoted)
        case "blockquote":
            inner = _blocks(node.children, "\n\n", depth, quoted=True)
            return inner if quoted or not inner else f"<blockquote>{inner}</blockquote>"  # they can't be nested
        case _:
            return _BLOCKS.get(node.type, _inline)(node)


def fence(source: str, language: str = "") -> str:
    """Show a listing."""
    text = escape(clean(source).rstrip("\n"), quote=False)
    name = _LANGUAGE.match(language)
    if not text.strip():
        return ""
    return f'<pre><code class="language-{name[0]}">{text}</code></pre>' if name else f"<pre>{text}</pre>"


def _list(node: Node, depth: int, quoted: bool) -> str:
    first = int(node.attrs.get("start", 1))
    ordered = node.type == "ordered_list"
    lines = []
    for number, item in enumerate(node.children, first):
        sign = f"{number}." if ordered else BULLETS[min(depth, len(BULLETS) - 1)]
        lines.append(f"{'   ' * depth}{sign} {_blocks(item.children, chr(10), depth + 1, quoted).lstrip()}".rstrip())
    return "\n".join(lines)


def _table(node: Node) -> str:
    rows = [[_cell(cell) for cell in row.children] for part in node.children for row in part.children]
    return table(rows[0], rows[1:])


def _cell(node: Node) -> Cell:
    html = _inline(node)
    return Cell(html, plain(html))


def _inline(node: Node) -> str:
    return "".join(_span(child) for child in node.children)


def _span(node: Node) -> str:
    if node.type in _SPANS:
        return _SPANS[node.type](node)
    return _inline(node) if node.children else quote(node.content)


def _tagged(tag: str) -> Callable[[Node], str]:
    return lambda node: f"<{tag}>{_inline(node)}</{tag}>"


def _code(node: Node) -> str:
    return f"<code>{escape(node.content, quote=False)}</code>"


def _link(node: Node) -> str:
    url = str(node.attrs.get("href", ""))
    return link(url, _inline(node) or quote(url))


_SPANS: dict[str, Callable[[Node], str]] = {
    "strong": _tagged("b"),
    "em": _tagged("i"),
    "s": _tagged("s"),
    "code_inline": _code,
    "link": _link,
    "softbreak": lambda _: "\n",
    "hardbreak": lambda _: "\n",
}
_BLOCKS: dict[str, Callable[[Node], str]] = {
    "heading": _tagged("b"),
    "fence": lambda node: fence(node.content, node.info),
    "code_block": lambda node: fence(node.content),
    "hr": lambda _: RULE,
    "table": _table,
}
