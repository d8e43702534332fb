"""The tutor of the contract test: the real application with handlers that say what a test wrote down."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import app
from bot.config import Bot, KnowledgeSettings, Settings
from bot.dispatcher import Dispatcher
from bot.routes import Routes
from handlers.messages import Choice, Choices, Code, Figure, Note, Poll, Progress, Reply, Request, Source, Sources, Text
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests.platforms.driver import Tutor

PARAGRAPHS = tuple(f"Parágrafo {n}: " + f"a camada {n} soma, pondera e ativa. " * 9 + "Fim." for n in range(1, 41))
LISTING = "\n".join(f"if w[{n}] < b:  # <{n}> & *viés* @everyone" for n in range(1, 160))
HOSTILE = "@everyone @here <b>negrito</b> &amp; [clique](tg://x) `` ``` _x_ *y* ||z|| <@1> </pre> 1. # > \\"
PICTURE = "Duas redes que competem: um gerador e um discriminador."
OPTIONS = ("Ian Goodfellow", "Yann LeCun", "Geoffrey Hinton")
STEPS = 12


async def ask(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Say what the word asks for."""
    if request.text == "edit":
        for n in range(STEPS):
            yield _reply(request, Progress(n / STEPS, f"época {n}"))
    yield _reply(request, *SAID.get(request.text, (Text(f"Você disse: {request.text}"),)))


async def press(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Say what was pressed, and what was typed with it."""
    yield _reply(request, Text(f"Você escolheu {request.press} {request.text}".strip()))


SAID = {
    "long": (Text("\n\n".join(PARAGRAPHS)), Sources("Fonte", (Source("a", "slide 3"),))),
    "code": (Text("Em código:"), Code(LISTING)),
    "hostile": (Text(HOSTILE), Note(HOSTILE, "Nota"), Code(HOSTILE, "text")),
    "choices": (Text("Escolha:"), Choices((Choice("x:pt:um", "um"), Choice("x:pt:dois", "dois")))),
    "poll": (Poll("Quem criou a GAN?", tuple(Choice(f"v:pt:{n}", o) for n, o in enumerate(OPTIONS)), 0, "Em 2014."),),
    "edit": (Progress(1.0, "pronto"),),
}


def picturing(figure: Path) -> None:
    """Let "picture" show this file."""
    SAID["picture"] = (Text("Veja:"), Figure(figure, figure, PICTURE))


def _reply(request: Request, *blocks: object) -> Reply:
    return Reply(f"{request.id}.k", "pt", blocks)  # type: ignore[arg-type]


@asynccontextmanager
async def scripted(folder: Path, knowledge: Knowledge) -> AsyncIterator[Tutor]:
    """Give a tutor over the database in `folder`: a second one there is the same after a restart."""
    settings = Settings(data_dir=folder, knowledge=KnowledgeSettings(model="none", batch=8), bot=Bot())  # type: ignore[call-arg]
    parts = await app.bootstrap(settings, knowledge=knowledge)
    routes = Routes(ask=ask, press=press)
    dispatcher = Dispatcher(parts.tools, settings.bot.busy_wait, parts.ties.deliveries, routes)
    try:
        yield Tutor(dispatcher.run, parts.ties)
    finally:
        await parts.close()
