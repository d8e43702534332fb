"""The docs know every demo, and every setting of the demos."""

from pathlib import Path

import pytest

from bot.config import Demos
from handlers.commands import COMMANDS
from models.demos import discover

DEMOS = Path("docs/demos.md").read_text("utf-8")
OPERATORS = Path("docs/operators.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(discover()) or ["gan"])
def test_every_demo_is_in_the_table(name: str) -> None:
    assert f"| `{name}` |" in DEMOS


@pytest.mark.parametrize("name", Demos.model_fields)
def test_every_setting_is_explained(name: str) -> None:
    assert f"| `demos.{name}` | `SINAPSE_DEMOS__{name.upper()}` |" in OPERATORS
    assert f"\n{name} = " in Path("config.toml").read_text("utf-8")


def test_the_command_is_in_the_readme() -> None:
    [train] = [c for c in COMMANDS if c.pt == "treinar"]
    assert f"`/{train.pt}` `/{train.en}`" in Path("README.md").read_text("utf-8")
