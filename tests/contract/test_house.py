"""The house keeps its own rules: layers, imports, catalogues."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from bot.texts import DOMAIN, FOLDER, LOCALES
from handlers.compose import NEXT
from knowledge.passages import LANGS, Lang, Lecture
from knowledge.premises import Claim

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "transformers", "sentence_transformers", "discord", "telegram")
KEY = re.compile(r"[a-z]+(?:\.[a-z_]+)+")
FILES = {  # look like keys and are none
    "sinapse.db",
    "config.toml",
    "sinapse.json",
    "prerequisites.yaml",
    "people.id",
    "answers.id",
}
SDKS = ("discord.", "telegram.")  # so do their modules and loggers


def po(lang: Lang) -> Catalog:
    with (FOLDER / LOCALES[lang] / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, LOCALES[lang])


def mo(lang: Lang) -> Catalog:
    with (FOLDER / LOCALES[lang] / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return read_mo(file)


def texts(catalog: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalog if message.id}


def literals() -> set[str]:
    """Collect every string of handlers/ and bot/ that looks like the key of a text."""
    paths = [path for folder in ("handlers", "bot") for path in (ROOT / folder).rglob("*.py")]
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    strings = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {s for s in strings if KEY.fullmatch(s) and not s.startswith(SDKS)} - FILES


def test_the_layers_hold() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_importing_the_application_leaves_the_heavy_libraries_out() -> None:
    code = f"import sys, bot.app; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_both_catalogues_have_the_same_keys() -> None:
    assert texts(po("pt")).keys() == texts(po("en")).keys()


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_is_empty_or_fuzzy(lang: Lang) -> None:
    assert [m.id for m in po(lang) if m.id and (not m.string or m.fuzzy)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_catalogue_is_compiled(lang: Lang) -> None:
    assert texts(mo(lang)) == texts(po(lang))


def test_the_same_values_fill_a_text_in_both_languages() -> None:
    pt, en = ({key: set(re.findall(r"\{(\w*)\}", t)) for key, t in texts(po(lang)).items()} for lang in LANGS)
    assert {key for key in pt if pt[key] != en[key]} == set()


def test_every_key_in_the_source_has_a_text() -> None:
    found = literals()
    assert len(found) > 20
    assert found - texts(po("pt")).keys() == set()


def test_every_key_that_is_put_together_has_a_text(lecture: Lecture) -> None:
    wanted = {f"choice.{aspect}" for aspect in NEXT}
    wanted |= {f"compare.{aspect}" for aspect in ("definition", "how", "use", "limits")}
    wanted |= {f"section.{concept.section}" for concept in lecture.concepts.values()}
    wanted |= {f"premise.{claim}.{verdict}" for claim in Claim for verdict in ("yes", "no")}
    assert wanted - texts(po("pt")).keys() == set()
