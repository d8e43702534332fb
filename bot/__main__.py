"""`python -m bot`: parse, bootstrap, run."""

import argparse
import asyncio
import json
import locale
import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

# One thread, and threads that don't spin: on a small busy machine the defaults are 10 to 30 times slower.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

# What a command alone needs is imported where it begins: the prompt waits for nothing else.
from bot import config, logs, tokens
from bot.platforms.base import Platform
from bot.starting import THREAD, Starting
from bot.storage.errors import StorageError
from knowledge.errors import KnowledgeError
from knowledge.passages import Lang
from models.engine.words import DemoFault

INTERRUPTED = 130  # as shells say it
EXIT_WRONG = 1  # something of the host's is wrong: settings, knowledge base, database, token
LAST_WAIT = 0.5  # seconds for a thread that only has its last turn to end
HOSTED = {"run": tuple(tokens.VARIABLES), "discord": ("discord",), "telegram": ("telegram",)}
HELP = """Sinapse, the deep-learning tutor. Without a command: chat in the terminal.

Sinapse, o tutor de deep learning. Sem comando: conversa no terminal."""


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        "python -m bot", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--config", type=Path, default=config.DEFAULT_FILE, help="settings file (config.toml)")
    commands = top.add_subparsers(dest="command", metavar="command")
    commands.add_parser("chat", help="chat in the terminal · conversar no terminal (default)")
    ask = commands.add_parser("ask", help="answer one question and leave · responder uma pergunta e sair")
    ask.add_argument("question", nargs="+", help="the question · a pergunta")
    ask.add_argument("--json", action="store_true", help="print one JSON object · imprimir um objeto JSON")
    ask.add_argument("--user", default="shell", help="whose conversation it continues · de quem é a conversa")
    demo = commands.add_parser("demo", help="run a training demo · rodar um treino (no name · sem nome: list · lista)")
    demo.add_argument("name", nargs="?", default="", help="which · qual")
    demo.add_argument(
        "--seed", default="1", help="the same seed gives the same numbers · mesma semente, mesmos números"
    )
    demo.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="what to change · o que mudar")
    demo.add_argument("--json", action="store_true", help="print one JSON object · imprimir um objeto JSON")
    demo.add_argument("--out", type=Path, help="folder for pictures and code · pasta para figuras e código")
    commands.add_parser("run", help="the bots whose tokens are set · os bots que têm token")
    commands.add_parser("discord", help="the Discord bot alone · só o bot do Discord")
    commands.add_parser("telegram", help="the Telegram bot alone · só o bot do Telegram")
    commands.add_parser("stdio", help="one JSON object a line in and out · um objeto JSON por linha")
    commands.add_parser("index", help="embed the knowledge base after an edit · preparar a base após uma edição")
    backup = commands.add_parser("backup", help="copy the database, also while the bot runs · copiar o banco de dados")
    backup.add_argument("path", type=Path, help="where to; never overwritten · para onde; nunca sobrescreve")
    commands.add_parser("appeals", help="the answers that learners contest · as respostas contestadas")
    commands.add_parser("check", help="check settings, knowledge base, model and database · conferir tudo")
    return top


def client_language() -> Lang:
    """Read the terminal's language from the environment."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0]
    return "en" if (name or "").lower().startswith("en") else "pt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        settings = config.load(options.config)
        logs.start(log_level(settings, options.command))
        return _run(settings, options)
    except config.ConfigError as error:
        return _wrong("settings · configuração", error.problems)
    except KnowledgeError as error:
        return _wrong("knowledge base · base de conhecimento", [str(error)])
    except StorageError as error:
        return _wrong("database · banco de dados", [str(error)])
    except DemoFault as error:
        return _wrong("demos · treinos", [str(error)])
    except KeyboardInterrupt:
        return INTERRUPTED


def log_level(settings: config.Settings, command: str | None) -> str:
    """Give the configured level; left to itself, bots tell of every request and a chat only of trouble."""
    auto = "info" if command in HOSTED else "warning"
    return auto if settings.log.level == "auto" else settings.log.level


def _run(settings: config.Settings, options: argparse.Namespace) -> int:
    match options.command:
        case "index" | "check" | "backup" | "appeals":
            return _keep_up(settings, options)
        case "demo":
            return asyncio.run(_demo(settings, options))
        case "ask":
            return asyncio.run(_ask(settings, options))
        case "run" | "discord" | "telegram":
            return _host(settings, options.command)
        case _:
            return asyncio.run(_serve(settings, options.command or "chat"))


def _keep_up(settings: config.Settings, options: argparse.Namespace) -> int:
    """Do what a host does beside the running bot."""
    from bot import check, index, upkeep

    match options.command:
        case "index":
            return index.build(settings, sys.stdout)
        case "backup":
            return upkeep.backup(settings, options.path, sys.stdout)
        case "appeals":
            return asyncio.run(upkeep.appeals(settings, sys.stdout))
        case _:
            return asyncio.run(check.check(settings, sys.stdout))


def _wrong(what: str, problems: Sequence[str]) -> int:
    sys.stderr.write(f"sinapse: {what}:\n" + "".join(f"  {line}\n" for line in problems))
    return EXIT_WRONG


def _host(settings: config.Settings, command: str) -> int:
    from bot import hosting

    found = {name: token for name, token in tokens.read().items() if name in HOSTED[command]}
    if not found:
        return _wrong("token", tokens.missing(HOSTED[command]))
    return asyncio.run(hosting.host(settings, found))


async def _demo(settings: config.Settings, options: argparse.Namespace) -> int:
    from bot import app
    from bot.shell import Order, Shell
    from bot.texts import Catalogues

    lecture, runner = app.load_knowledge(settings).lecture, app.demo_runner(settings)
    order = Order(options.name, options.seed, tuple(options.param), options.json, options.out)
    try:
        return await Shell(runner, Catalogues(), lecture, client_language()).run(order)
    finally:
        await runner.close()


async def _ask(settings: config.Settings, options: argparse.Namespace) -> int:
    from bot import app, oneshot

    tutor = await app.bootstrap(settings)
    try:
        answers = await oneshot.ask(tutor, " ".join(options.question), options.user, client_language())
    finally:
        await tutor.close()
    sys.stdout.write(
        (json.dumps(oneshot.merged(answers), ensure_ascii=False) if options.json else oneshot.text(answers)) + "\n"
    )
    return 0


async def _serve(settings: config.Settings, name: str) -> int:
    tutor = Starting(settings)
    try:
        await tutor.serve(_platform(tutor, settings, name))
    finally:
        await tutor.close()
    return 0


def _platform(tutor: Starting, settings: config.Settings, name: str) -> Platform:
    if name == "stdio":
        from bot.platforms.stdio import Stdio

        return Stdio()
    from bot.platforms.terminal import Terminal
    from bot.texts import Catalogues

    return Terminal(settings.terminal, tutor, Catalogues(), client_language(), settings.data_dir / "history")


def run() -> NoReturn:
    """Run a command and end; at once where a thread still loads the model: it can't be stopped, only waited for."""
    code = main()
    loading = [thread for thread in threading.enumerate() if thread.name.startswith(THREAD)]
    for thread in loading:
        thread.join(LAST_WAIT)
    if any(thread.is_alive() for thread in loading):
        logging.shutdown()
        sys.stdout.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    run()
