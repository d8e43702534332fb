"""Read the lecture's files; format and recipe: `knowledge/lecture/README.md`. Errors name file and line."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from knowledge import yamls
from knowledge.errors import KnowledgeError
from knowledge.passages import ASPECTS, KINDS, LANGS, Concept, Lang, Lecture, Passage, Slide, Source, Twin

LECTURE = Path(__file__).parent / "lecture"
NOTE = re.compile(r"^> (?:Nota do tutor|Tutor[’']s note):\s*", re.IGNORECASE)
TWIN_HEADING = re.compile(r"^### (pt|en): (\S.*)$")
FRONT_KEYS = {"title", "kind", "slides", "aliases", "by", "org", "year", "related", "figure", "formula"}
Lines = list[tuple[int, str]]


def load(folder: Path = LECTURE) -> Lecture:
    """Read every concept below `folder`. Raises KnowledgeError."""
    slides = _slides(folder / "slides.yaml")
    concepts: dict[str, Concept] = {}
    paths: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.md")):
        concept = _concept(path, slides)
        if concept.id in concepts:
            raise KnowledgeError(path, 1, f"concept {concept.id!r} is already in {paths[concept.id].name}")
        concepts[concept.id], paths[concept.id] = concept, path
    if not concepts:
        raise KnowledgeError(folder, 1, "no concept files here")
    _check_links(concepts, paths)
    return Lecture(concepts=concepts, slides=slides)


def _slides(path: Path) -> dict[str, Slide]:
    try:
        rows = _yaml(path, path.read_text("utf-8"), 0)
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(path, 1, f"can't be read ({error})") from error
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and row.get("id") and row.get("title") for row in rows
    ):
        raise KnowledgeError(path, 1, "expected a list of slides, each with id and title")
    return {str(row["id"]): Slide(str(row["id"]), str(row["title"])) for row in rows}


def _yaml(path: Path, text: str, offset: int) -> Any:
    try:
        return yamls.parse(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = offset + (mark.line + 1 if mark else 1)
        raise KnowledgeError(path, line, f"not valid YAML: {getattr(error, 'problem', error)}") from error


def _concept(path: Path, slides: Mapping[str, Slide]) -> Concept:
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise KnowledgeError(path, 1, "not UTF-8 text") from error
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise KnowledgeError(path, 1, "front matter between two '---' lines is missing")
    end = lines.index("---", 1)
    front = _front(path, _yaml(path, "\n".join(lines[1:end]), 1), slides)
    body = list(enumerate(lines[end + 1 :], end + 2))
    passages = tuple(_passage(path, front, chunk, slides) for chunk in _chunks(path, body))
    _check_unique(path, passages)
    return _build(path, front, passages)


def _front(path: Path, front: Any, slides: Mapping[str, Slide]) -> dict[str, Any]:
    if not isinstance(front, dict):
        raise KnowledgeError(path, 2, "front matter is not a list of keys")
    unknown = sorted(set(front) - FRONT_KEYS)
    if unknown:
        raise KnowledgeError(path, 2, f"unknown key {unknown[0]!r} in the front matter")
    _check_types(path, front)
    for key in ("title", "aliases"):
        if not isinstance(front.get(key), dict) or not all(front[key].get(lang) for lang in LANGS):
            raise KnowledgeError(path, 2, f"{key!r} needs both pt and en")
    if front.get("kind") not in KINDS:
        raise KnowledgeError(path, 2, f"kind {front.get('kind')!r} is none of {', '.join(sorted(KINDS))}")
    for slide in front.get("slides") or []:
        if slide not in slides:
            raise KnowledgeError(path, 2, f"slide {slide!r} is not in slides.yaml")
    return front


def _check_types(path: Path, front: Mapping[str, Any]) -> None:
    """Refuse values of a wrong type, which would be misread silently."""
    lists = {key: front.get(key) for key in ("slides", "related", "by", "org")}
    if isinstance(front.get("aliases"), dict):
        lists |= {f"aliases.{lang}": names for lang, names in front["aliases"].items()}
    for key, value in lists.items():
        if value is not None and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise KnowledgeError(path, 2, f"{key!r} is a list of names")
    for key in ("kind", "figure", "formula"):
        if not isinstance(front.get(key) or "", str):
            raise KnowledgeError(path, 2, f"{key!r} is one name")
    if not isinstance(front.get("year") or 0, int):
        raise KnowledgeError(path, 2, "'year' is a number")


def _build(path: Path, front: Mapping[str, Any], passages: tuple[Passage, ...]) -> Concept:
    return Concept(
        id=path.stem,
        section=path.parent.name,
        kind=front["kind"],
        titles={lang: str(front["title"][lang]) for lang in LANGS},
        aliases={lang: tuple(str(a) for a in front["aliases"][lang]) for lang in LANGS},
        slides=tuple(front.get("slides") or ()),
        related=tuple(front.get("related") or ()),
        passages=passages,
        by=tuple(front.get("by") or ()),
        org=tuple(front.get("org") or ()),
        year=front.get("year"),
        figure=front.get("figure") or "",
        formula=front.get("formula") or "",
    )


def _chunks(path: Path, body: Lines) -> list[Lines]:
    chunks: list[Lines] = []
    for number, line in body:
        if line.startswith("## "):
            chunks.append([])
        if chunks:
            chunks[-1].append((number, line))
        elif line.strip():
            raise KnowledgeError(path, number, "text before the first '## aspect' heading")
    if not chunks:
        raise KnowledgeError(path, 1, "a concept needs at least one passage")
    return chunks


def _passage(path: Path, front: Mapping[str, Any], chunk: Lines, slides: Mapping[str, Slide]) -> Passage:
    number, heading = chunk[0][0], chunk[0][1][3:].strip()
    aspect = heading.split("-")[0]
    if aspect not in ASPECTS or not re.fullmatch(r"[a-z0-9-]+", heading):
        raise KnowledgeError(path, number, f"{heading!r} does not begin with an aspect")
    starts = [i for i, (_, line) in enumerate(chunk) if line.startswith("### ")]
    fields = _fields(path, chunk[1 : starts[0] if starts else None])
    if aspect == "comparison" and "versus" not in fields:
        raise KnowledgeError(path, number, "a comparison needs 'versus: concept-id'")
    if "source" not in fields:
        raise KnowledgeError(path, number, "the passage has no 'source:' line")
    source = _source(path, *fields["source"], slides)
    if not starts:
        raise KnowledgeError(path, number, "the passage has no '### pt: title'")
    twins = dict(_twin(path, chunk[a:b]) for a, b in zip(starts, [*starts[1:], len(chunk)], strict=True))
    missing = [lang for lang in LANGS if lang not in twins]
    if missing:
        raise KnowledgeError(path, number, f"the passage has no '### {missing[0]}: title'")
    if len(starts) > len(twins):
        raise KnowledgeError(path, number, "the passage has the same language twice")
    get = {key: value for key, (_, value) in fields.items()}
    return Passage(
        id=f"{path.stem}.{heading}",
        concept=path.stem,
        aspect=aspect,
        source=source,
        twins=twins,
        versus=get.get("versus", ""),
        code=get.get("code", ""),
    )


def _fields(path: Path, lines: Lines) -> dict[str, tuple[int, str]]:
    fields = {}
    for number, line in lines:
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        if not colon or key not in {"source", "versus", "code"} or not value.strip():
            raise KnowledgeError(path, number, f"expected 'source:', 'versus:' or 'code:', found {line!r}")
        if key in fields:
            raise KnowledgeError(path, number, f"{key!r} stands here twice")
        fields[key] = (number, value.strip())
    return fields


def _source(path: Path, number: int, value: str, slides: Mapping[str, Slide]) -> Source:
    where, _, reference = (part.strip() for part in value.partition("|"))
    kind, _, names = where.partition(" ")
    ids = tuple(name.strip() for name in names.split(",") if name.strip())
    if kind == "complement" and not ids:
        return Source(reference=reference)
    if kind != "slide" or not ids:
        raise KnowledgeError(path, number, "source is 'slide ID' or 'complement | reference'")
    for slide in ids:
        if slide not in slides:
            raise KnowledgeError(path, number, f"slide {slide!r} is not in slides.yaml")
    return Source(slides=ids, reference=reference)


def _twin(path: Path, lines: Lines) -> tuple[Lang, Twin]:
    number, heading = lines[0]
    match = TWIN_HEADING.match(heading)
    if not match:
        raise KnowledgeError(path, number, "expected '### pt: title' or '### en: title'")
    questions = tuple(line[2:].strip() for _, line in lines[1:] if line.startswith("? "))
    text = [line for _, line in lines[1:] if not line.startswith("? ")]
    notes = [NOTE.sub("", line) for line in text if NOTE.match(line)]
    body = "\n".join(line for line in text if not NOTE.match(line)).strip()
    if not body:
        raise KnowledgeError(path, number, "the passage is empty")
    if not questions:
        raise KnowledgeError(path, number, "the passage has no sample question ('? …')")
    lang: Lang = "pt" if match[1] == "pt" else "en"
    return lang, Twin(title=match[2].strip(), body=body, questions=questions, note=" ".join(notes))


def _check_unique(path: Path, passages: tuple[Passage, ...]) -> None:
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            raise KnowledgeError(path, 1, f"two passages are called {passage.id!r}: add a suffix to one")
        seen.add(passage.id)


def _check_links(concepts: Mapping[str, Concept], paths: Mapping[str, Path]) -> None:
    for concept in concepts.values():
        versus = [p.versus for p in concept.passages if p.versus]
        for name in (*concept.related, *concept.by, *versus):
            if name not in concepts:
                raise KnowledgeError(paths[concept.id], 2, f"no concept is called {name!r}")
