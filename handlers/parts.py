"""The map of concepts: the parts of the lecture, and each part's concepts, a page at a time."""

import re
from collections.abc import Sequence
from math import ceil

from handlers.compose import Composer
from handlers.errors import UnknownChoice
from handlers.messages import Choice, Choices, Reply, Request, Text
from knowledge.passages import Concept
from knowledge.text import fold

SECTIONS = ("fundamentos", "aprendizado", "arquiteturas", "historia", "pessoas", "tecnologias", "futuro", "saiba-mais")
PAGE = 24  # concepts of a page: a menu on Discord shows 25
_ASIDE = re.compile(r" \(.*\)$")  # what a title adds for who doesn't know the name
EXAMPLES = 3  # concepts named beside a part: those with the most passages,
SHORT = 28  # characters, and a name no longer than this


def overview(request: Request, composer: Composer) -> Reply:
    """Show the parts of the lecture, with a few concepts of each."""
    lang, texts, parts = composer.lang, composer.texts, _parts(composer)
    count = sum(map(len, parts.values()))
    lines = [f"**{_title(composer, part)}** ({len(some)}): {_examples(composer, some)}" for part, some in parts.items()]
    items = (Choice(part_id(composer, part), f"{_title(composer, part)} ({len(some)})") for part, some in parts.items())
    blocks = (
        Text(texts(lang, "concepts.intro", count=count)),
        Text("\n".join(f"- {line}" for line in lines)),
        Choices(tuple(items), menu=texts(lang, "concepts.pick_part")),
    )
    return Reply(request.id, lang, blocks, title=texts(lang, "concepts.title"))


def page(request: Request, composer: Composer, target: str) -> Reply:
    """Show one page of a part's concepts; `target` is the part, and the page where it isn't the first.

    Raises UnknownChoice.
    """
    part, _, number = target.partition(":")
    concepts = _parts(composer).get(part, [])
    at, pages = int(number) if number.isdecimal() else 1, _pages(concepts)
    if not 0 < at <= len(pages):
        raise UnknownChoice
    lang, texts, shown = composer.lang, composer.texts, pages[at - 1]
    names = " · ".join(concept.titles[lang] for concept in shown)
    told = texts(lang, "concepts.page", page=at, pages=len(pages)) if len(pages) > 1 else ""
    blocks = (
        Text("\n\n".join(filter(None, (names, told)))),
        Choices(tuple(composer.concept_choice(c.id) for c in shown), menu=texts(lang, "concepts.pick")),
        Choices(_ways(composer, part, at, len(pages))),
    )
    return Reply(request.id, lang, blocks, title=f"{_title(composer, part)} ({len(concepts)})")


def part_id(composer: Composer, part: str, at: int = 1) -> str:
    """Name the choice that shows a page of a part; of no part, the overview."""
    return f"m:{composer.lang}:{part}{f':{at}' if at > 1 else ''}"


def _ways(composer: Composer, part: str, at: int, last: int) -> tuple[Choice, ...]:
    """Offer the pages before and after, and the way back."""
    beside = [(at - 1, "concepts.previous"), (at + 1, "concepts.next")]
    ways = [(part_id(composer, part, n), key) for n, key in beside if 0 < n <= last]
    return tuple(Choice(id_, composer.texts(composer.lang, key)) for id_, key in (*ways, (part_id(composer, ""), ALL)))


def _parts(composer: Composer) -> dict[str, list[Concept]]:
    """Give the concepts of each part by their titles, the parts in the lecture's order."""
    lang, known = composer.lang, {section: n for n, section in enumerate(SECTIONS)}
    everything = sorted(composer.lecture.concepts.values(), key=lambda c: fold(c.titles[lang]))
    sections = sorted({c.section for c in everything}, key=lambda s: (known.get(s, len(known)), s))
    return {section: [c for c in everything if c.section == section] for section in sections}


def _pages(concepts: Sequence[Concept]) -> list[Sequence[Concept]]:
    """Share them out evenly over as few pages as it takes."""
    each = ceil(len(concepts) / max(1, ceil(len(concepts) / PAGE)))
    return [concepts[start : start + each] for start in range(0, len(concepts), each or 1)]


def _examples(composer: Composer, concepts: Sequence[Concept]) -> str:
    largest = sorted(concepts, key=lambda c: -len(c.passages))  # stable: else by title
    names = [_ASIDE.sub("", c.titles[composer.lang]) for c in largest]
    short = [name for name in names if len(name) <= SHORT] or names
    return ", ".join(short[:EXAMPLES]) + ("…" if len(concepts) > EXAMPLES else "")


def _title(composer: Composer, part: str) -> str:
    return composer.texts(composer.lang, f"section.{part}") if part in SECTIONS else part


ALL = "concepts.all"
