"""Make course-pt.txt from the course's own Portuguese texts: prose only, a blank line between concepts. Run by hand.

python models/demos/data/make_course.py
"""

import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
LECTURE = HERE.parents[2] / "knowledge" / "lecture"
ACCENTS = "áàâãéêíóôõúüç"
LETTERS = set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:?!()\"'-–%/" + ACCENTS + ACCENTS.upper()
)
LINK, MARKS, BULLET = re.compile(r"\[([^\]]*)\]\([^)]*\)"), re.compile(r"[*`]"), re.compile(r"^(-|\d+\.|#+) ")


def prose(page: str) -> Iterator[str]:
    """Give the lines of prose in the Portuguese sections of a concept's page."""
    portuguese = fenced = False
    for line in map(str.strip, page.splitlines()):
        fenced ^= line.startswith("```")
        if line.startswith("#"):
            portuguese = line.startswith("### pt:")
        elif portuguese and not fenced and line and not line.startswith(("|", "? ", "```")):
            plain = BULLET.sub("", MARKS.sub("", LINK.sub(r"\1", line)))
            if set(plain) <= LETTERS:
                yield plain


def main() -> None:
    """Write the file."""
    pages = [page for page in sorted(LECTURE.glob("*/*.md")) if page.name != "README.md"]
    texts = ["\n".join(prose(page.read_text(encoding="utf-8"))) for page in pages]
    (HERE / "course-pt.txt").write_text("\n\n".join(filter(None, texts)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
