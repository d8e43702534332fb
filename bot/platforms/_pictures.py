"""Pictures inside a terminal: kitty and sixel by textual-image, iTerm2's own sequence, or none."""

import base64
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import ControlType, Segment
from rich.text import Text

Method = Literal["kitty", "iterm", "sixel", "path", "none"]
COLUMNS = 72  # widest picture, in characters: a phone-sized picture needs no more


def method_for(wanted: str, environment: Mapping[str, str] = os.environ) -> Method:
    """Pick how pictures are shown; "auto" asks the terminal, once."""
    if wanted in ("kitty", "iterm", "sixel", "path", "none"):
        return wanted  # type: ignore[return-value]  # one of the literals, just checked
    if not sys.stdout.isatty():
        return "path"
    if environment.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm", "vscode"):
        return "iterm"
    return _asked()


@cache
def _asked() -> Method:
    """Ask the terminal what it can show."""
    from textual_image.renderable import sixel, tgp

    if tgp.query_terminal_support():
        return "kitty"
    return "sixel" if sixel.query_terminal_support() else "path"


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
    width = min(COLUMNS, console.width)
    if method == "iterm":
        return ITermPicture(path, width)
    from textual_image.renderable import SixelImage, TGPImage

    kind = TGPImage if method == "kitty" else SixelImage
    shown: RenderableType = kind(str(path), width=width, height="auto")
    return shown


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
