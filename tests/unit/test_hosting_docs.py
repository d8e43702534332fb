"""What hosts copy out of the docs is true: the invite link, the commands, the files."""

import re
from pathlib import Path

import discord
import pytest
import yaml

from handlers.commands import COMMANDS, STOP

DOC = Path("docs/host-discord.md").read_text("utf-8")
NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)


def test_the_invite_link_asks_for_the_permissions_that_the_page_explains() -> None:
    assert set(re.findall(r"&permissions=(\d+)", DOC)) == {str(NEEDED.value)}


@pytest.mark.parametrize("name", [name for c in COMMANDS[:2] for name in (c.pt, c.en)] + list(STOP))
def test_the_page_names_the_commands(name: str) -> None:
    assert f"/{name}" in DOC


def test_compose_takes_the_file_that_the_page_writes_and_keeps_the_data() -> None:
    service = yaml.safe_load(Path("compose.yaml").read_text("utf-8"))["services"]["sinapse"]
    assert service["env_file"] == ".env" and "> .env" in DOC and service["volumes"] == ["data:/data"]


def test_the_image_holds_every_package_and_no_token() -> None:
    lines = Path("Dockerfile").read_text("utf-8")
    assert all(f"COPY {name} {name}" in lines for name in ("bot", "handlers", "knowledge", "models"))
    assert "TOKEN=" not in lines and "SINAPSE_DATA_DIR=/data" in lines


def test_the_image_has_the_libraries_before_the_code_and_no_hidden_file() -> None:
    lines = Path("Dockerfile").read_text("utf-8").splitlines()
    last_install = max(at for at, line in enumerate(lines) if "pip install" in line)
    assert last_install < min(lines.index(f"COPY {name} {name}") for name in ("bot", "handlers", "knowledge", "models"))
    assert ".*" in Path(".dockerignore").read_text("utf-8").splitlines()


def test_the_unit_starts_what_the_page_starts() -> None:
    unit = Path("docs/sinapse.service").read_text("utf-8")
    assert "ExecStart=/opt/sinapse/.venv/bin/python -m bot run" in unit and "-m bot run" in DOC
