"""A run as a code to paste anywhere: the demo, its seed, and the parameters that differ from the defaults. Pure."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from handlers.errors import BadShare
from models.engine.protocol import BadParams, DemoSpec, Value, read_seed

CHECK = 4  # letters at the end that a slip of the finger doesn't survive


def code(spec: DemoSpec, values: Mapping[str, Value], seed: int) -> str:
    """Write a run as a code: "gan~…"."""
    defaults = spec.complete()
    changed = {name: value for name, value in values.items() if value != defaults.get(name)}
    raw = json.dumps([seed, changed], ensure_ascii=False, separators=(",", ":")).encode()
    return f"{spec.name}~{base64.urlsafe_b64encode(raw).decode().rstrip('=')}{_check(spec.name, raw)}"


def read(text: str, specs: Mapping[str, DemoSpec]) -> tuple[DemoSpec, dict[str, Value], int]:
    """Read a code. Raises BadShare for one that isn't whole, or of a demo or parameters that there aren't."""
    name, _, rest = text.partition("~")
    spec, body, check = specs.get(name), rest[:-CHECK], rest[-CHECK:]
    try:
        raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        if spec is None or check != _check(name, raw):
            raise BadShare
        seed, changed = _pair(json.loads(raw))
        return spec, spec.complete(changed), read_seed(seed)
    except (ValueError, binascii.Error, BadParams) as error:
        raise BadShare from error


def _pair(given: Any) -> tuple[Any, dict[str, Any]]:
    if not (isinstance(given, list) and len(given) == 2 and isinstance(given[1], dict)):
        raise BadShare
    return given[0], given[1]


def _check(name: str, raw: bytes) -> str:
    mark = crc32(name.encode() + raw).to_bytes(4, "big")
    return base64.urlsafe_b64encode(mark).decode()[:CHECK]
