"""Settings from config.toml and the environment; every bad or unknown key is reported at once, with its line."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

PREFIX = "SINAPSE_"
DEFAULT_FILE = Path("config.toml")


class ConfigError(Exception):
    """The settings can't be used; `problems` has one readable line each."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems."""
        self.problems = problems
        super().__init__("\n".join(problems))


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bot(_Table):
    """The tutor's manners."""

    language: Literal["pt", "en"] = "pt"
    busy_wait: float = Field(2.0, ge=0, le=60)
    ready_wait: float = Field(120.0, ge=1, le=3600)


class KnowledgeSettings(_Table):
    """The knowledge base and its model."""

    model: str = Field("default", min_length=1)
    folder: str = ""
    batch: int = Field(32, ge=1, le=256)
    fast: bool = True


class Terminal(_Table):
    """The terminal chat."""

    theme: Literal["auto", "light", "dark"] = "auto"
    pictures: Literal["auto", "kitty", "iterm", "sixel", "path", "none"] = "auto"


class Discord(_Table):
    """The Discord bot; its token is the environment's DISCORD_TOKEN."""

    api_url: str = Field("", pattern=r"^(https?://\S+)?$")
    gateway_url: str = Field("", pattern=r"^(wss?://\S+)?$")
    message_content: bool = False
    threads: bool = True


class Telegram(_Table):
    """The Telegram bot; its token is the environment's TELEGRAM_TOKEN."""

    base_url: str = Field("", pattern=r"^(https?://\S+)?$")
    webhook_url: str = Field("", pattern=r"^(https?://\S+)?$")
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(8443, ge=0, le=65535)


class Learning(_Table):
    """Quizzes, review and progress."""

    timezone: str = "America/Sao_Paulo"
    personal: bool = False
    personal_from: int = Field(600, ge=50, le=100000)

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError('no time zone is called so; "America/Sao_Paulo" is one') from None
        return name


class Privacy(_Table):
    """What is kept of learners, and for how long; 0 days: until they delete it."""

    keep_questions: bool = False
    conversations_days: int = Field(180, ge=0, le=36500)
    answers_days: int = Field(1095, ge=0, le=36500)
    inactive_days: int = Field(1095, ge=0, le=36500)
    exports_hours: int = Field(24, ge=1, le=720)


class Demos(_Table):
    """The training demos."""

    at_once: int = Field(0, ge=0, le=64)
    queue: int = Field(8, ge=0, le=1000)
    seconds: float = Field(600.0, ge=5, le=7200)
    cpu_seconds: float = Field(180.0, ge=5, le=7200)
    memory: int = Field(1024, ge=128, le=65536)
    per_day: int = Field(50, ge=0, le=100000)
    upload: int = Field(8, ge=1, le=100)
    warm: bool = True


class Health(_Table):
    """Signs of life for containers."""

    file: str = ""
    host: str = "127.0.0.1"
    port: int = Field(0, ge=0, le=65535)


class Log(_Table):
    """The log."""

    level: Literal["auto", "debug", "info", "warning", "error"] = "auto"


class Settings(BaseSettings):
    """Every setting."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    data_dir: Path = Path("data")
    bot: Bot = Bot()  # type: ignore[call-arg]  # pydantic fills the defaults
    knowledge: KnowledgeSettings = KnowledgeSettings()  # type: ignore[call-arg]
    learning: Learning = Learning()  # type: ignore[call-arg]
    privacy: Privacy = Privacy()  # type: ignore[call-arg]
    demos: Demos = Demos()  # type: ignore[call-arg]
    terminal: Terminal = Terminal()
    discord: Discord = Discord()  # type: ignore[call-arg]
    telegram: Telegram = Telegram()  # type: ignore[call-arg]
    health: Health = Health()  # type: ignore[call-arg]
    log: Log = Log()


def load(path: Path = DEFAULT_FILE) -> Settings:
    """Read the settings. Raises ConfigError with every problem at once."""
    text = _text(path)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: {error}"]) from error
    problems = _unknown_environment()
    try:
        settings = _settings_class(path)()
    except ValidationError as error:
        problems += [_problem(path, text, dict(e)) for e in error.errors()]
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))
    return settings


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        if path == DEFAULT_FILE:
            return ""
        raise ConfigError([f"{path}: no such file"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: can't be read ({error})"]) from error


def _settings_class(path: Path) -> type[Settings]:
    """Give the settings with a source for this file: the environment first, then the file."""

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            del init_settings, dotenv_settings, file_secret_settings
            return (env_settings, TomlConfigSettingsSource(settings_cls, path))

    return FromFile


def _unknown_environment() -> list[str]:
    known = {PREFIX + name.upper() for name in _leaves()}
    unknown = sorted(k for k in os.environ if k.upper().startswith(PREFIX) and k.upper() not in known)
    return [f"environment: {name} is not a setting" for name in unknown]


def _leaves() -> list[str]:
    """List every setting's path, with "__" between levels."""
    leaves = []
    for name, field in Settings.model_fields.items():
        table = field.annotation
        if isinstance(table, type) and issubclass(table, BaseModel):
            leaves += [f"{name}__{inner}" for inner in table.model_fields] + [name]
        else:
            leaves.append(name)
    return leaves


def _problem(path: Path, text: str, error: dict[str, Any]) -> str:
    keys = [str(part) for part in error["loc"]]
    variable = PREFIX + "__".join(keys).upper()
    where = f"environment: {variable}" if variable in os.environ else f"{path}:{line_of(text, keys)}: {'.'.join(keys)}"
    if error["type"] == "extra_forbidden":
        return f"{where} is not a setting"
    return f"{where}: {error['msg'][0].lower() + error['msg'][1:]} (found {error['input']!r})"


def line_of(text: str, keys: list[str]) -> int:
    """Find the line (from 1) of a key in TOML text; the table's line where the key isn't spelled out."""
    table, best = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        heading = re.match(r"\s*\[([\w.-]+)\]", line)
        if heading:
            table = heading[1]
            best = number if table.split(".") == keys[: len(table.split("."))] else best
        path = [*table.split("."), *_key(line)] if table else _key(line)
        if path == keys[: len(path)] and _key(line):
            return number
    return best


def _key(line: str) -> list[str]:
    match = re.match(r"\s*([\w.-]+)\s*=", line)
    return match[1].split(".") if match else []
