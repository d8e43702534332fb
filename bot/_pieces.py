"""Markdown as pieces that can be told apart and put together again: blocks, lines, sentences, words, graphemes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, auto
from itertools import pairwise

import regex

LONGEST_ENTITY = 8000  # characters; bounds the search for the end of bold text, code…
_FENCE = re.compile(r"^([ \t]*)(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$")
_MARKED = re.compile(r"^[ \t]*(?:[-+*>|]|#{1,6}\s|\d{1,9}[.)]\s)")  # a line that stands by itself
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_RULE = re.compile(r"^[ \t]*\|[ \t:|-]*-[ \t:|-]*$")  # the line under a table's header
_STARTS = re.compile(r"(?:[-+*#]+|\d{1,9}[.)])(?=\s|$)|[>|]|`{3}|~{3}|[-=*_]+$")  # would begin a block of its own
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")  # no-break spaces keep words together
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]*_`~]*$")
_INNER = rf"(?:\\.|.){{1,{LONGEST_ENTITY}}}?"
_ENTITY = re.compile(
    rf"(?P<escape>\\.)|(?<!`)(?P<code>`+)(?!`).{{1,{LONGEST_ENTITY}}}?(?<!`)(?P=code)(?!`)"
    r"|!?\[(?:\\.|[^\[\]\\])*\]\((?:[^()\s]|\([^()\s]*\))*\)|<[^<>\s]+>"
    rf"|(?P<mark>\*{{1,3}}|~~|\|\||(?<!\w)__?)(?=\S){_INNER}(?<=\S)(?P=mark)(?![\w*])",
    re.DOTALL,
)
_LINK = re.compile(r"^(!?\[)(.+)(\]\(\S*\))$", re.DOTALL)
_MARKUP = re.compile(r"^(\*{1,3}|__?|~~|\|\||`+)(.+)\1$", re.DOTALL)
_GRAPHEME = regex.compile(r"\\[!-/:-@\[-`{-~]|\X")  # an escaped character stays with its backslash


class Grain(IntEnum):
    """How fine a piece is."""

    BLOCK = auto()
    LINE = auto()
    SENTENCE = auto()
    WORD = auto()
    GRAPHEME = auto()
    POINT = auto()


@dataclass(frozen=True, eq=False, slots=True)
class Wrap:
    """What is opened before and closed after the pieces inside: a fence, a quote, bold… Each is only itself."""

    opener: str
    closer: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, with what stands between it and the part before."""

    text: str
    before: str = "\n\n"
    grain: Grain = Grain.BLOCK
    wraps: tuple[Wrap, ...] = ()  # outermost first
    inside: bool = False  # it didn't begin a line: it must not look as if it did
    raw: bool = False  # of a listing: no markup in it


Fits = Callable[[Sequence[Piece]], bool]


def assemble(pieces: Sequence[Piece]) -> str:
    """Put pieces together; a wrap that they share is opened once."""
    parts: list[str] = []
    opened: tuple[Wrap, ...] = ()
    for piece in pieces:
        shared = sum(1 for a, b in zip(opened, piece.wraps, strict=False) if a is b)
        parts += [wrap.closer for wrap in reversed(opened[shared:])]
        parts += [piece.before] if parts else []
        parts += [wrap.opener for wrap in piece.wraps[shared:]]
        parts.append(piece.text)
        opened = piece.wraps
    text = "".join([*parts, *(wrap.closer for wrap in reversed(opened))])
    cut = bool(pieces) and pieces[0].inside and not pieces[0].wraps
    return f"\\{text}" if cut and _STARTS.match(text) else text


def blocks(markdown: str) -> Iterator[Piece]:
    """Tell the blocks of a text apart: what stands between empty lines, and fences, closed where they weren't."""
    lines, fence, before = list[str](), "", "\n\n"
    for line in markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _FENCE.match(line)
        if fence:
            lines.append(line)
            if found and found[0].strip().startswith(fence) and not found[0].strip().strip(fence[0]):
                yield Piece("\n".join(lines), before)
                lines, fence, before = [], "", "\n"
        elif found or not line.strip():
            if lines:
                yield Piece("\n".join(lines), before)
            before = "\n" if found and lines else before if found else "\n\n"
            lines, fence = ([line], found[2]) if found else ([], "")
        else:
            lines.append(line)
    if lines:
        closer = [_indent(lines[0]) + fence] if fence else []
        yield Piece("\n".join([*lines, *closer]), before)


def finer(piece: Piece, fits: Fits) -> list[Piece]:
    """Split a piece into the next finer ones; [piece] where there are none."""
    match piece.grain:
        case Grain.BLOCK:
            return _lines(piece, fits)
        case Grain.LINE:
            return _split(piece, Grain.SENTENCE, _sentences(piece.text))
        case Grain.SENTENCE:
            return _split(piece, Grain.WORD, _words(piece.text))
        case Grain.WORD:
            return _inside(piece, fits)
        case Grain.GRAPHEME:
            return _split(piece, Grain.POINT, [("", point) for point in piece.text])
        case Grain.POINT:
            return [piece]


def _split(piece: Piece, grain: Grain, parts: Sequence[tuple[str, str]]) -> list[Piece]:
    """Make pieces of texts, each with what stands before it; the first one stands where the piece stood."""
    rest = [replace(piece, text=t, before=b, grain=grain, inside="\n" not in b) for b, t in parts[1:]]
    return [replace(piece, text=parts[0][1] if parts else piece.text, grain=grain), *rest]


def _wrapped(piece: Piece, opener: str, closer: str, fits: Fits) -> Piece | None:
    """Put an empty piece into one more wrap; None where the wrap leaves no room for anything."""
    wrapped = replace(piece, text="x", wraps=(*piece.wraps, Wrap(opener, closer)))
    return wrapped if fits([wrapped]) else None


def _lines(piece: Piece, fits: Fits) -> list[Piece]:
    lines = piece.text.split("\n")
    if _FENCE.match(lines[0]):
        listing = _wrapped(replace(piece, raw=True), lines[0] + "\n", "\n" + lines[-1], fits)
        return _listing(piece, lines, listing)
    if len(lines) > 2 and _RULE.match(lines[1]):
        table = _wrapped(piece, "\n".join([*lines[:2], ""]), "", fits)
        if table:
            return _split(table, Grain.LINE, [("\n", line) for line in lines[2:]])
    if any(_MARKED.match(line) for line in lines):
        parts = _split(piece, Grain.LINE, [("\n", line) for line in lines])
        return [_unquoted(part, fits) for part in parts]
    return [replace(piece, grain=Grain.LINE)]


def _listing(piece: Piece, lines: list[str], listing: Piece | None) -> list[Piece]:
    if listing is None:
        return _split(piece, Grain.WORD, [("\n", line) for line in lines])
    return _split(listing, Grain.WORD, [("\n", line) for line in lines[1:-1]])


def _unquoted(line: Piece, fits: Fits) -> Piece:
    """Turn the mark of a quoted line into a wrap: each part of the line is then quoted."""
    mark = _QUOTE.match(line.text)
    quoted = _wrapped(line, mark[0], "", fits) if mark else None
    return replace(quoted, text=line.text[mark.end() :]) if mark and quoted else line


def _entities(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _ENTITY.finditer(text) if m["escape"] is None]


def _words(text: str) -> list[tuple[str, str]]:
    """List the words, each with the space before it; no word ends inside an entity."""
    entities, words, start, space = _entities(text), [], 0, ""
    for gap in _SPACE.finditer(text):
        if gap.start() > 0 and not any(a < gap.start() and gap.end() < b for a, b in entities):
            words.append((space, text[start : gap.start()]))
            start, space = gap.end(), gap[0]
    return [*words, (space, text[start:])] if start < len(text) else words


def _sentences(text: str) -> list[tuple[str, str]]:
    sentences = list[tuple[str, str]]()
    for space, word in _words(text):
        if sentences and not _SENTENCE_END.search(sentences[-1][1]):
            sentences[-1] = (sentences[-1][0], sentences[-1][1] + space + word)
        else:
            sentences.append((space, word))
    return sentences


def _inside(piece: Piece, fits: Fits) -> list[Piece]:
    """Split a word: at the entities in it, else within the entity that it is, else into graphemes."""
    text = piece.text
    entities = [] if piece.raw else _entities(text)
    edges = sorted({0, len(text), *(edge for span in entities for edge in span)})
    if len(edges) > 2:
        return _split(piece, Grain.WORD, [("", text[a:b]) for a, b in pairwise(edges)])
    entity = (_LINK.match(text) or _MARKUP.match(text)) if entities else None
    if entity:
        opener, inner, closer = entity[1], entity[2], entity[entity.lastindex or 1]
        closer = closer if len(entity.groups()) > 2 else opener
        wrapped = _wrapped(replace(piece, raw=opener.startswith("`")), opener, closer, fits)
        if wrapped:
            return _split(replace(wrapped, text=inner), Grain.SENTENCE, [("", inner)])
    return _split(piece, Grain.GRAPHEME, [("", g) for g in _GRAPHEME.findall(text)])


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
