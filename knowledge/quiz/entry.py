"""Read one item's YAML and remember the line of each key, so that an error names it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from knowledge.errors import KnowledgeError
from knowledge.passages import LANGS, Lang

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PART = " | "


@dataclass(frozen=True)
class Entry:
    """A mapping of a YAML file."""

    path: Path
    line: int
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def fail(self, key: str, problem: str) -> NoReturn:
        """Raise KnowledgeError at a key's line."""
        raise KnowledgeError(self.path, self.lines.get(key, self.line), problem)

    def only(self, keys: frozenset[str]) -> None:
        """Refuse keys that nobody reads."""
        for key in self.values:
            if key not in keys:
                self.fail(key, f"unknown key {key!r}")

    def text(self, key: str) -> str:
        """Give a required word or sentence."""
        value = self.values.get(key)
        if not isinstance(value, str | int | float) or isinstance(value, bool) or not str(value).strip():
            self.fail(key, f"{key!r} is missing or isn't text")
        return str(value).strip()

    def truth(self, key: str) -> bool:
        """Give a required true or false."""
        value = self.values.get(key)
        if not isinstance(value, bool):
            self.fail(key, f"{key!r} is true or false")
        return value

    def number(self, key: str, default: int | None = None) -> int:
        """Give a whole number."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(key, f"{key!r} is a whole number")
        return value

    def sub(self, key: str) -> "Entry":
        """Give a required mapping."""
        value = self.values.get(key)
        if not isinstance(value, Entry):
            self.fail(key, f"{key!r} is missing or isn't a mapping")
        return value

    def subs(self, key: str) -> tuple["Entry", ...]:
        """Give a list of mappings; none where the key is absent."""
        value = self.values.get(key, ())
        if not isinstance(value, tuple) or not all(isinstance(item, Entry) for item in value):
            self.fail(key, f"{key!r} is a list of mappings")
        return value

    def twin(self, key: str) -> dict[Lang, str]:
        """Give a required text in both languages."""
        entry = self.sub(key)
        entry.only(frozenset(LANGS))
        return entry.both()

    def both(self) -> dict[Lang, str]:
        """Read itself as a text in both languages."""
        return {lang: self.text(lang) for lang in LANGS}

    def parts(self) -> dict[Lang, tuple[str, ...]]:
        """Read itself as texts that ' | ' separates, in both languages."""
        return {lang: tuple(p.strip() for p in text.split(PART)) for lang, text in self.both().items()}


def read(path: Path) -> Iterator[Entry]:
    """Read a file's list of items. Raises KnowledgeError."""
    try:
        node = yaml.compose(path.read_text("utf-8"), _LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(path, 1, f"can't be read ({error})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise KnowledgeError(path, mark.line + 1 if mark else 1, f"not valid YAML: {error}") from error
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise KnowledgeError(path, 1, "expected a list of items")
    for child in node.value:
        entry = _value(path, child)
        if not isinstance(entry, Entry):
            raise KnowledgeError(path, child.start_mark.line + 1, "an item is a mapping")
        yield entry


def _value(path: Path, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _entry(path, node)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value(path, child) for child in node.value)
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    """Read plain `true`, `false` and whole numbers; everything else, "no" and "1943-1957" too, is text."""
    text = str(node.value)
    if not getattr(node, "style", None):  # plain
        if text in ("true", "false"):
            return text == "true"
        if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0"):
            return int(text)
    return text


def _entry(path: Path, node: yaml.MappingNode) -> Entry:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in values:
            raise KnowledgeError(path, line, f"{name!r} stands here twice")
        values[name], lines[name] = _value(path, value), line
    return Entry(path, node.start_mark.line + 1, values, lines)
