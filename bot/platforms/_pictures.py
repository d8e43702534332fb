"""Pictures inside a terminal: kitty and sixel by textual-image, iTerm2's own sequence, or none."""

import base64
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from typing import Literal, TextIO

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import ControlType, Segment
from rich.text import Text

Method = Literal["kitty", "iterm", "sixel", "path", "none"]
COLUMNS = 72  # widest picture, in characters: a phone-sized picture needs no more
PIXELS = 15  # of a picture to a column: a figure, 1080 wide, fills COLUMNS; a formula isn't blown up to it


def method_for(wanted: str, environment: Mapping[str, str] = os.environ) -> Method:
    """Pick how pictures are shown; "auto" asks the terminal, once."""
    if wanted in ("iterm", "path", "none"):
        return wanted  # type: ignore[return-value]  # one of the literals, just checked
    typed, shown = _is_terminal(sys.__stdin__), _is_terminal(sys.__stdout__)
    if wanted in ("kitty", "sixel"):
        # textual-image asks the terminal as it is imported, and fails where the answer can't be read
        return wanted if typed or not shown else "path"  # type: ignore[return-value]
    if shown and environment.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm"):
        return "iterm"
    return _asked() if typed and shown else "path"


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


@cache
def _asked() -> Method:
    """Ask the terminal what it can show: importing the library does, sixel first (Konsole's kitty is partial)."""
    from textual_image import renderable

    if renderable.Image is renderable.SixelImage:
        return "sixel"
    return "kitty" if renderable.Image is renderable.TGPImage else "path"


def theme_for(wanted: str, environment: Mapping[str, str] = os.environ) -> Literal["light", "dark"]:
    """Pick light or dark pictures; "auto" reads COLORFGBG and else takes dark."""
    if wanted in ("light", "dark"):
        return "light" if wanted == "light" else "dark"
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if background in ("7", "15") else "dark"


def picture(path: Path, alt: str, label: str, method: Method, console: Console) -> RenderableType | None:
    """Give what shows a picture by a method; None for no picture at all."""
    if method == "none":
        return None
    if method == "path" or not path.is_file():
        return Text(f"{label}: {path}\n{alt}", style="dim")
    width = min(COLUMNS, console.width, _columns(path))
    if method == "iterm":
        return ITermPicture(path, width)
    from textual_image.renderable import SixelImage, TGPImage

    kind = TGPImage if method == "kitty" else SixelImage
    shown: RenderableType = kind(str(path), width=width, height="auto")
    return shown


def _columns(path: Path) -> int:
    from PIL import Image

    with Image.open(path) as image:
        return ceil(image.width / PIXELS)


@dataclass(frozen=True, slots=True)
class ITermPicture:
    """iTerm2's inline-image sequence (https://iterm2.com/documentation-images.html)."""

    path: Path
    width: int  # columns

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the sequence as a control segment: Rich prints it as it is."""
        data = base64.b64encode(self.path.read_bytes()).decode()
        sequence = f"\033]1337;File=inline=1;width={self.width};preserveAspectRatio=1:{data}\a\n"
        yield Segment(sequence, None, [(ControlType.BELL,)])
