"""Draw the figures and formulas into png/: `python -m knowledge.figures.render [names…]`."""

import hashlib
import io
import json
import logging
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import yaml

from knowledge import figures
from knowledge.figures.style import HEIGHT, MARGIN, THEMES, WIDTH, Canvas, font

if TYPE_CHECKING:
    from PIL.Image import Image

FORMULAS = figures.FOLDER.parent / "formulas.yaml"
MANIFEST = figures.PNG / "manifest.json"
MAX_BYTES = 60_000  # a picture arrives at once on a slow phone
COLOURS = (96, 64, 40, 24)  # palette sizes to try until the picture is small enough
FORMULA_SIZE = 64  # px
LINE_HEIGHT = 2.1  # of a formula, in letter sizes: room for sums and fractions


def formulas() -> dict[str, str]:
    """Each formula's id and its mathtext."""
    entries: dict[str, dict[str, str]] = yaml.safe_load(FORMULAS.read_text(encoding="utf-8"))
    return {name: entry["tex"] for name, entry in entries.items()}


def fingerprint(name: str) -> str:
    """Hash of all that a figure's picture depends on: its file and the shared ones."""
    files = [f"{name.replace('-', '_')}.py", "style.py", "pixels.py"]
    return sha256((figures.FOLDER / file).read_bytes() for file in files)


def formula_fingerprint(name: str) -> str:
    """Hash of all that a formula's picture depends on."""
    return sha256([formulas()[name].encode(), (figures.FOLDER / "style.py").read_bytes()])


def sha256(parts: Iterable[bytes]) -> str:
    """Hash several parts as one, in hexadecimal."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def draw_figure(name: str, lang: str, theme: str) -> bytes:
    """Draw one figure and give back its PNG."""
    module = import_module(f"knowledge.figures.{name.replace('-', '_')}")
    canvas = Canvas(THEMES[theme], getattr(module, "TALL", HEIGHT))
    canvas.title(module.TITLE[lang])
    module.draw(canvas, lang)
    return compress(pixels(canvas))


def draw_formula(tex: str, theme: str) -> bytes:
    """Draw one formula, a line each, and give back its PNG cut to its size."""
    lines = tex.splitlines()
    step = FORMULA_SIZE * LINE_HEIGHT * (1.35 if "frac" in tex or "sum" in tex else 1)
    canvas = Canvas(THEMES[theme], round(step * len(lines) + 60))
    written = [_formula_line(canvas, line, 30 + step * (i + 0.5)) for i, line in enumerate(lines)]
    widest = max(text.get_window_extent().width for text in written)
    if widest > WIDTH - 2 * MARGIN:
        for text in written:
            text.set_fontsize(FORMULA_SIZE * (WIDTH - 2 * MARGIN) / widest)
    return compress(_trim(pixels(canvas), THEMES[theme].paper))


def _formula_line(canvas: Canvas, line: str, y: float) -> Any:
    return canvas.sheet.text(
        WIDTH / 2, y, f"${line}$", color=canvas.theme.ink, ha="center", va="center", math_fontfamily="stix",
        fontproperties=font(FORMULA_SIZE),
    )  # fmt: skip


def pixels(canvas: Canvas) -> "Image":
    """Draw a canvas out."""
    from PIL import Image

    buffer = io.BytesIO()
    canvas.figure.savefig(buffer, format="png", dpi=72, facecolor=canvas.theme.paper)
    return Image.open(buffer).convert("RGB")


def _trim(image: "Image", paper: str) -> "Image":
    """Cut the empty paper away, leaving an even margin."""
    from PIL import Image, ImageChops, ImageOps

    box = ImageChops.difference(image, Image.new("RGB", image.size, paper)).getbbox()
    return ImageOps.expand(image.crop(box), border=MARGIN - 8, fill=paper)


def compress(image: "Image") -> bytes:
    """Quantise as little as makes the PNG small enough."""
    from PIL.Image import Dither

    data = b""
    for colours in COLOURS:
        buffer = io.BytesIO()
        image.quantize(colours, dither=Dither.NONE).save(buffer, format="PNG", optimize=True)
        data = buffer.getvalue()
        if len(data) <= MAX_BYTES:
            break
    return data


def render_figures(names: Sequence[str]) -> None:
    """Draw figures in both languages and both themes."""
    for name in names:
        for lang in figures.LANGUAGES:
            for theme in figures.THEME_NAMES:
                figures.path(name, lang, theme).write_bytes(draw_figure(name, lang, theme))
        _record("figures", name, fingerprint(name))
        sys.stdout.write(f"{name}\n")


def render_formulas(names: Sequence[str]) -> None:
    """Draw formulas in both themes."""
    for name in names:
        for theme in figures.THEME_NAMES:
            figures.formula_path(name, theme).write_bytes(draw_formula(formulas()[name], theme))
        _record("formulas", name, formula_fingerprint(name))
        sys.stdout.write(f"formula-{name}\n")


def read_manifest() -> dict[str, dict[str, str]]:
    """Which source each finished picture was drawn from."""
    if not MANIFEST.exists():
        return {"figures": {}, "formulas": {}}
    manifest: dict[str, dict[str, str]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return manifest


def _record(kind: str, name: str, digest: str) -> None:
    manifest = read_manifest()
    manifest[kind][name] = digest
    MANIFEST.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(wanted: Sequence[str]) -> None:
    """Draw what is named, or all; a formula's name begins with "formula-"."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # DejaVu Sans has no weight 600
    figures.PNG.mkdir(exist_ok=True)
    render_figures([name for name in figures.names() if not wanted or name in wanted])
    render_formulas([name for name in formulas() if not wanted or f"formula-{name}" in wanted])


if __name__ == "__main__":
    main(sys.argv[1:])
