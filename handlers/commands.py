"""The table of commands: one row a command, its name in both languages, its handler."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from handlers import link, listen, overview, privacy, progress, quiz, review, settings
from handlers.ask import ask
from handlers.demos.command import train
from handlers.messages import Reply, Request
from handlers.ports import Tools
from knowledge.text import fold

Handler = Callable[[Request, Tools], AsyncIterator[Reply]]
Kind = Literal["text", "question", "concept", "language", "number", "demo", "settings", "file"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may follow a command. Its description is the catalogues' `parameter.<pt>`; its kind says what to propose."""

    pt: str
    en: str
    kind: Kind = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Its description is the catalogues' `command.<pt>`."""

    pt: str
    en: str
    handler: Handler
    parameters: tuple[Parameter, ...] = ()
    private: bool = False  # its answer is for the learner's eyes only


DEMO = (
    Parameter("demo", "demo", "demo"),
    Parameter("ajustes", "settings", "settings"),
    Parameter("arquivo", "file", "file"),
)
COMMANDS: tuple[Command, ...] = (
    Command("perguntar", "ask", listen.shielded(ask), (Parameter("pergunta", "question", "question", required=True),)),
    Command(
        "conceitos", "concepts", listen.shielded(overview.concepts), (Parameter("conceito", "concept", "concept"),)
    ),
    Command("linhadotempo", "timeline", listen.shielded(overview.timeline)),
    Command("quiz", "quiz", quiz.quiz, (Parameter("assunto", "topic"), Parameter("n", "n", "number"))),
    Command("revisar", "review", review.review),
    Command("progresso", "progress", progress.progress),
    Command("historico", "history", progress.history, private=True),
    Command("config", "settings", settings.settings, (Parameter("ajuste", "change"),), private=True),
    Command("vincular", "link", link.link, (Parameter("codigo", "code"),), private=True),
    Command("privacidade", "privacy", privacy.privacy, (Parameter("pedido", "request"),), private=True),
    Command("treinar", "train", train, DEMO),
    Command("idioma", "language", overview.language, (Parameter("lingua", "language", "language"),), private=True),
    Command("ajuda", "help", overview.help_),
)
START = listen.shielded(overview.start)  # what a link opens
STOP = ("parar", "stop")  # handled by the dispatcher: it reaches a busy learner


def index(commands: Iterable[Command] = COMMANDS) -> dict[str, Handler]:
    """Map every name to its handler. Raises ValueError when two commands share a name."""
    table: dict[str, Handler] = {"start": START}
    for command in commands:
        for name in dict.fromkeys((command.pt, command.en)):
            if name in table or name in STOP:
                raise ValueError(f"two commands are called /{name}")
            table[name] = command.handler
    return table


def parse(text: str) -> tuple[str, str] | None:
    """Split "/quiz cnn 3" into ("quiz", "cnn 3"); None when it isn't a command."""
    if not text.startswith("/") or len(text) < 2 or not text[1].isalpha():
        return None
    name, _, rest = text[1:].partition(" ")
    return fold(name.partition("@")[0]), rest.strip()
