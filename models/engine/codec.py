"""Events as JSON bytes: numbers, texts, and pictures as base64; never a pickle. NaN and infinity are refused."""

import base64
import binascii
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from models.engine.events import EVENTS, Event

KINDS = {kind.__name__.lower(): kind for kind in EVENTS}


class BadEvent(ValueError):
    """Bytes that aren't an event."""


def to_json(event: Event) -> bytes:
    """Write an event. Raises ValueError for a number that is not finite."""
    data = {"event": type(event).__name__.lower(), **_plain(event)}
    return json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def from_json(data: bytes) -> Event:
    """Read an event. Raises BadEvent."""
    try:
        given = json.loads(data, parse_constant=_refuse)
        event: Event = _read(KINDS[given.pop("event")], given)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadEvent(f"not an event: {type(error).__name__} {error}"[:200]) from error
    return event


def _refuse(constant: str) -> float:
    raise BadEvent(f"{constant} is no number")


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value.item() if hasattr(value, "item") else value  # numpy's and torch's numbers


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    """Read a value as a type; raises TypeError or ValueError where it isn't one."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]  # a class, not an instance
        return kind(**{name: _read(hints[name], v) for name, v in value.items()})  # type: ignore[operator]
    if origin in (Union, types.UnionType):
        return None if value is None else _read(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        return tuple(_read(arguments[0], v) for v in _of(list, value))
    if origin is Literal:
        return arguments[arguments.index(value)]
    if origin is not None:  # Mapping[str, X]
        return {str(k): _read(arguments[1], v) for k, v in _of(dict, value).items()}
    return _scalar(kind, value)


def _scalar(kind: type, value: Any) -> Any:
    if kind is bytes:
        try:
            return base64.b64decode(_of(str, value), validate=True)
        except binascii.Error as error:
            raise ValueError("not base64") from error
    if kind is float:
        return float(_of((int, float), value))
    return _of(kind, value)


def _of(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{type(value).__name__} where {kind} is wanted")
    return value
