"""Markdown as pieces that can be told apart and put together again: blocks, lines, sentences, words, graphemes."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, auto
from itertools import pairwise

import regex

from bot._entities import entities

LONGEST_END = 9  # characters: a full stop, quotes and markup after it
_FENCE = re.compile(r"^([ \t]*)(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$")
_TICKS = re.compile(r"((?:^|\n)[ \t]*)(?=`{3}|~{3})")  # no fence, for they end in their line: cut off they would be one
_MARKED = re.compile(r"^[ \t]*(?:[-+*>|]|#{1,6}\s|\d{1,9}[.)]\s)")  # a line that stands by itself
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_RULE = re.compile(r"^[ \t]*\|[ \t:|-]*-[ \t:|-]*$")  # the line under a table's header
_STARTS = re.compile(r"(?:[-+*#]+|\d{1,9}[.)])(?=\s|$)|>|\|(?!\|)|`{3}|~{3}|[-=*_]+$")  # would begin a block of its own
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")  # no-break spaces keep words together
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]*_`~]*$")
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
        shared = _shared(opened, piece.wraps)
        parts += [wrap.closer for wrap in reversed(opened[shared:])]
        parts += [piece.before] if parts else []
        parts += [wrap.opener for wrap in piece.wraps[shared:]]
        parts.append(piece.text)
        opened = piece.wraps
    text = "".join([*parts, *(wrap.closer for wrap in reversed(opened))])
    start = sum(len(wrap.opener) for wrap in pieces[0].wraps)
    cut = pieces[0].inside and not pieces[0].raw and _STARTS.match(text[start:])
    return f"{text[:start]}\\{text[start:]}" if cut else text


def _shared(one: tuple[Wrap, ...], other: tuple[Wrap, ...]) -> int:
    if one is other:
        return len(one)
    return sum(1 for a, b in zip(one, other, strict=False) if a is b)


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
            return _split(piece, Grain.SENTENCE, _sentences(_TICKS.sub(r"\1\\", piece.text)))
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
    if fence := _FENCE.match(lines[0]):
        return _listing(piece, fence[1], fence[2], lines, fits)
    if len(lines) > 2 and _RULE.match(lines[1]):
        table = _wrapped(piece, "\n".join([*lines[:2], ""]), "", fits)
        if table:
            return _split(table, Grain.LINE, [("\n", line) for line in lines[2:]])
    if any(_MARKED.match(line) for line in lines):
        parts = _split(piece, Grain.LINE, [("\n", line) for line in lines])
        return [_unquoted(part, fits) for part in parts]
    return [replace(piece, grain=Grain.LINE)]


def _listing(piece: Piece, indent: str, fence: str, lines: list[str], fits: Fits) -> list[Piece]:
    """Split a listing into its lines, each in the fence; what leaves no room beside the fence becomes a line too."""
    info, inner = lines[0].strip().lstrip(fence[0]), lines[1:-1]
    fence = indent + fence + fence[0] * max(0, _longest_run(fence[0], [info, *inner]) + 1 - len(fence))
    listing = _wrapped(replace(piece, raw=True), f"{fence}{info}\n", f"\n{fence}", fits)
    if listing is None:
        listing, inner = _wrapped(replace(piece, raw=True), f"{fence}\n", f"\n{fence}", fits), [info, *inner]
    if listing is None:  # a fence as long as a message is no fence
        listing, inner = piece, [f"\\{line}" if _FENCE.match(line) else line for line in lines]
    return _split(listing, Grain.WORD, [("\n", line) for line in inner])


def _longest_run(sign: str, lines: Sequence[str]) -> int:
    """Count the signs of the longest run: a part of a line could be cut off so that it begins with that."""
    return max((len(run) for line in lines for run in re.findall(f"{sign}+", line)), default=0)


def _unquoted(line: Piece, fits: Fits) -> Piece:
    """Turn the mark of a quoted line into a wrap: each part of the line is then quoted."""
    mark = _QUOTE.match(line.text)
    quoted = _wrapped(line, mark[0], "", fits) if mark else None
    return replace(quoted, text=line.text[mark.end() :]) if mark and quoted else line


def _words(text: str) -> list[tuple[str, str]]:
    """List the words, each with the space before it; no word ends inside an entity."""
    spans, words, start, space = entities(text), list[tuple[str, str]](), 0, ""
    for gap in _SPACE.finditer(text):
        nearest = bisect_left(spans, gap.span()) - 1
        if gap.start() > 0 and not (nearest >= 0 and gap.start() < spans[nearest][1]):
            words.append((space, text[start : gap.start()]))
            start, space = gap.end(), gap[0]
    return [*words, (space, text[start:])] if start < len(text) else words


def _sentences(text: str) -> list[tuple[str, str]]:
    sentences: list[list[str]] = []  # the space before each, and its words with their spaces
    ended = True
    for space, word in _words(text):
        if ended:
            sentences.append([space, word])
        else:
            sentences[-1] += [space, word]
        ended = _SENTENCE_END.search(word[-LONGEST_END:]) is not None
    return [(before, "".join(words)) for before, *words in sentences]


def _inside(piece: Piece, fits: Fits) -> list[Piece]:
    """Split a word: at the entities in it, else within the entity that it is, else into graphemes."""
    text = piece.text
    spans = [] if piece.raw else entities(text)
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    if len(edges) > 2:
        return _split(piece, Grain.WORD, [("", text[a:b]) for a, b in pairwise(edges)])
    entity = (_LINK.match(text) or _MARKUP.match(text)) if spans else None
    if entity:
        opener, inner, closer = entity[1], entity[2], entity[entity.lastindex or 1]
        closer = closer if len(entity.groups()) > 2 else opener
        code = opener.startswith("`")
        wrapped = _wrapped(replace(piece, raw=code), opener, closer, fits)
        if wrapped:
            return [replace(wrapped, text=inner.replace("\n", " ") if code else inner, grain=Grain.SENTENCE)]
    return _split(piece, Grain.GRAPHEME, [("", g) for g in _GRAPHEME.findall(text)])


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
