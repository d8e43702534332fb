"""What a learner wants to be asked about: concepts or a section, in their own words."""

import re
from dataclasses import dataclass

from knowledge.linking import Linker
from knowledge.passages import Lecture
from knowledge.quiz.bank import Bank
from knowledge.text import fold, words

# How people name the sections of the lecture, folded.
SECTIONS = {
    "fundamentos": "fundamentos fundamento basico basics fundamentals foundations introducao introduction",
    "aprendizado": "aprendizado treino treinamento aprendizagem learning training",
    "arquiteturas": "arquiteturas arquitetura redes architectures architecture networks",
    "historia": "historia history",
    "pessoas": "pessoas pesquisadores cientistas people researchers scientists",
    "tecnologias": "tecnologias tecnologia ferramentas technologies technology tools",
    "futuro": "futuro future",
    "saiba-mais": "saiba-mais leituras referencias reading readings resources",
}
_ALL = frozenset({"tudo", "geral", "qualquer", "aula", "everything", "anything", "all", "any", "lecture", "random"})
_COUNT = re.compile(r"(?:^|\s)(\d{1,2})\s*(?:perguntas?|quest(?:oes|ao|ions?)|itens|items?)?$")
_LIGHT = frozenset(
    ("de", "da", "do", "das", "dos", "a", "o", "as", "os", "sobre", "em", "no", "na", "nos", "nas", "um", "uma", "com",
     "perguntas", "about", "on", "of", "the", "in", "some", "e", "and", "quiz", "quero", "me")
)  # fmt: skip
MOST = 20  # questions in one go


@dataclass(frozen=True, slots=True)
class Topic:
    """Concepts to ask about: one or several, a whole section, or everything (`name` is then "")."""

    name: str  # a concept's or section's id
    concepts: tuple[str, ...]


def split(said: str) -> tuple[str, int | None]:
    """Take the number of questions off the end: "gan 5" is "gan" and 5."""
    spoken = fold(said).strip(" .!?")
    match = _COUNT.search(spoken)
    if not match:
        return said.strip(), None
    return said.strip()[: match.start()].strip(), max(1, min(int(match[1]), MOST))


def find(said: str, bank: Bank, lecture: Lecture, linker: Linker) -> Topic | None:
    """Find what was named; everything for no words; None for what no item asks about."""
    asked = dict.fromkeys(item.concept for item in bank.items.values())
    tokens = [w for w in words(said) if w not in _LIGHT]
    if not tokens or set(tokens) <= _ALL:
        return Topic("", tuple(asked))
    slug = "-".join(tokens)
    section = next((s for s, names in SECTIONS.items() if slug == s or set(tokens) <= set(names.split())), None)
    if section and (slug == section or slug not in lecture.concepts):
        return Topic(section, tuple(c for c in asked if lecture.concepts[c].section == section))
    named = [slug] if slug in lecture.concepts else list(linker.concepts(said))
    return _of_concepts(named, tuple(asked), lecture)


def _of_concepts(named: list[str], asked: tuple[str, ...], lecture: Lecture) -> Topic | None:
    """Ask about the named concepts; where one has no items, about those related to it."""
    wanted = [c for c in named if c in asked]
    wanted = wanted or [r for c in named for r in lecture.concepts[c].related if r in asked]
    return Topic(named[0], tuple(dict.fromkeys(wanted))) if wanted else None
