"""Split Markdown into texts that a platform takes. Pure."""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from bot._pieces import Fits, Piece, assemble, blocks, finer

Render = Callable[[str], str]
Size = Callable[[str], int]


def identity(markdown: str) -> str:
    """Render Markdown as it is."""
    return markdown


def chunks(markdown: str, limit: int, render: Render = identity, size: Size = len) -> list[str]:
    """Split Markdown into rendered texts of at most `limit`, between blocks where possible.

    A block too long for one text is split between its lines, sentences, words, and only then grapheme clusters; never
    inside a link or an inline entity that fits. A split code fence, table, quote or entity is closed and opened again.
    `size` measures a rendered text as the platform counts. White space alone gives no text at all.
    """
    fits = partial(_fits, limit, render, size)
    pieces = [small for block in blocks(markdown) for small in _small_enough(block, fits)]
    texts = []
    while pieces:
        count = _most(pieces, fits)
        texts.append(render(assemble(pieces[:count])))
        pieces = pieces[count:]
    return [text for text in texts if text.strip()]


def _fits(limit: int, render: Render, size: Size, pieces: Sequence[Piece]) -> bool:
    return size(render(assemble(pieces))) <= limit


def _small_enough(piece: Piece, fits: Fits) -> list[Piece]:
    """Split a piece until each part fits; what can't be split any more stays as it is."""
    done, waiting = list[Piece](), deque([piece])
    while waiting:
        first = waiting.popleft()
        parts = [first] if fits([first]) else finer(first, fits)
        if parts == [first]:
            done.append(first)
        else:
            waiting.extendleft(reversed(parts))
    return done


def _most(pieces: Sequence[Piece], fits: Fits) -> int:
    """Count how many of the first pieces fit into one text together: at least one."""
    enough = 1
    while enough < len(pieces) and fits(pieces[: enough * 2]):
        enough *= 2
    more = range(enough + 1, min(enough * 2, len(pieces) + 1))
    return enough + bisect_left(more, True, key=lambda count: not fits(pieces[:count]))
