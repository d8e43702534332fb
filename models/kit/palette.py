"""The colours of every picture: the same as the knowledge base's figures, which a test holds them against."""

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]

# Okabe & Ito (2008), told apart by colour-blind readers too. Each hue always means the same thing.
INPUT, HIDDEN, OUTPUT, ERROR, MEMORY = "input", "hidden", "output", "error", "memory"
HUES = {INPUT: "#0072B2", HIDDEN: "#E69F00", OUTPUT: "#009E73", ERROR: "#D55E00", MEMORY: "#CC79A7"}
SERIES = (INPUT, ERROR, OUTPUT, HIDDEN, MEMORY)  # in the order in which curves or classes take them
RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours that change between light and dark."""

    name: ThemeName
    paper: str
    ink: str
    muted: str
    faint: str
    lift: float  # how far a hue moves towards white, so that it shows on the paper
    tint: float  # how much of the hue is left in a filled shape

    def colour(self, role: str) -> RGB:
        """Colour for lines: a hue by its meaning, or ink, muted, faint or paper."""
        if role in HUES:
            return mix((255, 255, 255), rgb(HUES[role]), self.lift)
        return rgb(str(getattr(self, role)))

    def tinted(self, role: str, share: float | None = None) -> RGB:
        """Pale colour for filled shapes."""
        kept = share if share is not None else self.tint if role in HUES else 0.35
        return mix(self.colour(role), rgb(self.paper), kept)

    def letter(self, role: str) -> RGB:
        """Colour for words: a hue moved towards the ink, so that it reads well."""
        return mix(self.colour(role), rgb(self.ink), 0.72) if role in HUES else self.colour(role)


THEMES: dict[ThemeName, Theme] = {
    "light": Theme("light", paper="#FFFFFF", ink="#1B2030", muted="#566072", faint="#D5DAE2", lift=0.0, tint=0.16),
    "dark": Theme("dark", paper="#14171F", ink="#F1F3F7", muted="#AEB6C4", faint="#3A4150", lift=0.28, tint=0.26),
}


def rgb(colour: str) -> RGB:
    """Read "#RRGGBB"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Blend two colours; share is how much of the first is kept."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue
