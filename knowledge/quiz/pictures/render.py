"""Draw the questions' pictures into png/: `python -m knowledge.quiz.pictures.render [names…]`."""

import json
import logging
import sys
from collections.abc import Sequence

from knowledge.figures.render import compress, pixels, sha256
from knowledge.figures.style import THEMES, Canvas
from knowledge.passages import LANGS, Lang
from knowledge.quiz import pictures

MANIFEST = pictures.PNG / "manifest.json"
HEIGHT = 640


def fingerprint(name: str) -> str:
    """Hash of all that a picture depends on: its file and the shared ones."""
    files = [f"{name.replace('-', '_')}.py", "charts.py", "boxes.py", "runs.json"]
    return sha256((pictures.FOLDER / file).read_bytes() for file in files)


def draw(name: str, lang: Lang, theme: str, turn: int) -> bytes:
    """Draw one picture and give back its PNG."""
    module = pictures.module(name)
    canvas = Canvas(THEMES[theme], getattr(module, "HEIGHT", HEIGHT))
    module.draw(canvas, lang, turn)
    return compress(pixels(canvas))


def render(names: Sequence[str]) -> None:
    """Draw pictures in every language, theme and turn."""
    manifest = read_manifest()
    for name in names:
        for lang in LANGS[:1] if pictures.wordless(name) else LANGS:
            for theme in THEMES:
                for turn in range(pictures.turns(name)):
                    pictures.path(name, lang, theme, turn).write_bytes(draw(name, lang, theme, turn))
        manifest[name] = fingerprint(name)
        sys.stdout.write(f"{name}\n")
    MANIFEST.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_manifest() -> dict[str, str]:
    """Which source each finished picture was drawn from."""
    if not MANIFEST.exists():
        return {}
    manifest: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return manifest


if __name__ == "__main__":
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # DejaVu Sans has no weight 600
    pictures.PNG.mkdir(exist_ok=True)
    render([name for name in pictures.names() if not sys.argv[1:] or name in sys.argv[1:]])
