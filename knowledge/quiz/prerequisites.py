"""What is better known before what: from a small file, the sections of the course, and the concepts' links."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from knowledge import yamls
from knowledge.errors import KnowledgeError
from knowledge.passages import Lecture

FILE = Path(__file__).parent / "prerequisites.yaml"
COURSE = ("fundamentos", "aprendizado", "arquiteturas", "tecnologias", "futuro")  # sections that build on one another
Prerequisites = Mapping[str, frozenset[str]]


def load(lecture: Lecture, path: Path = FILE) -> Prerequisites:
    """Give for each concept those that it builds on. Raises KnowledgeError for unknown concepts and circles."""
    written: dict[str, list[str]] = yamls.parse(path.read_text("utf-8"))
    for name in (n for concept, names in written.items() for n in (concept, *names)):
        if name not in lecture.concepts:
            raise KnowledgeError(path, 1, f"no concept is called {name!r}")
    needs = {c: frozenset(written.get(c, ())) | _linked(c, lecture) for c in lecture.concepts}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        raise KnowledgeError(path, 1, f"a circle: {' → '.join(error.args[1])}") from error
    return needs


def _linked(concept: str, lecture: Lecture) -> frozenset[str]:
    """Name a concept's related ones that an earlier section of the course explains."""
    place = _place(lecture.concepts[concept].section)
    related = lecture.concepts[concept].related
    return frozenset(r for r in related if 0 <= _place(lecture.concepts[r].section) < place)


def _place(section: str) -> int:
    return COURSE.index(section) if section in COURSE else -1
