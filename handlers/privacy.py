"""What is kept of a learner: shown, given as files, deleted after a second tap."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from handlers import languages
from handlers.errors import UnknownChoice
from handlers.messages import Choice, Choices, File, Reply, Request, Text
from handlers.ports import Tools
from knowledge.passages import Lang
from knowledge.text import fold

CONFIRM = 600.0  # seconds in which the second tap counts
WORDS = {"exportar": "export", "export": "export", "apagar": "delete", "delete": "delete", "excluir": "delete"}
MIMES = {".json": "application/json", ".apkg": "application/octet-stream"}


async def privacy(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Show what is kept, or do what the word after the command says."""
    lang = await languages.setting(request, tools)
    async for reply in pressed(request, tools, lang, WORDS.get(fold(request.text.strip()), "show")):
        yield reply


async def pressed(request: Request, tools: Tools, lang: Lang, target: str) -> AsyncIterator[Reply]:
    """Do what was pressed. Raises UnknownChoice."""
    verb, _, argument = target.partition(".")
    if verb == "show":
        yield await _show(request, tools, lang)
    elif request.chat:
        yield _note(request, tools, lang, "privacy.in_private")
    elif verb == "export":
        yield await _export(request, tools, lang)
    elif verb == "delete":
        yield _ask_again(request, tools, lang)
    elif verb == "yes" and argument.isdigit():
        yield await _delete(request, tools, lang, int(argument))
    else:
        raise UnknownChoice


async def _show(request: Request, tools: Tools, lang: Lang) -> Reply:
    kept = await tools.learning.privacy.keeping(request.learner)
    if kept is None:
        return _note(request, tools, lang, "privacy.nothing")
    since = datetime.fromtimestamp(kept.since, UTC).strftime("%d/%m/%Y" if lang == "pt" else "%Y-%m-%d")
    accounts = ", ".join(account.partition(":")[0] for account in kept.accounts)
    text = tools.texts(lang, "privacy.text", answers=kept.answers, items=kept.items, since=since, accounts=accounts)
    choices = Choices(
        tuple(Choice(f"v:{lang}:{verb}", tools.texts(lang, f"privacy.{verb}")) for verb in ("export", "delete"))
    )
    return Reply(request.id, lang, (Text(text), choices), tone="settings", private=True)


async def _export(request: Request, tools: Tools, lang: Lang) -> Reply:
    paths = await tools.learning.privacy.export(request.learner, lang)
    files = tuple(File(path, path.name, MIMES.get(path.suffix, "application/octet-stream")) for path in paths)
    key = "privacy.exported_deck" if len(paths) > 1 else "privacy.exported"
    data = {"path": str(paths[0].resolve()), "paths": [str(path.resolve()) for path in paths]}
    return Reply(request.id, lang, (Text(tools.texts(lang, key)), *files), data=data, tone="settings", private=True)


def _ask_again(request: Request, tools: Tools, lang: Lang) -> Reply:
    """Ask for the second tap; its id says when it was offered."""
    now = int(tools.learning.clock())
    text = Text(tools.texts(lang, "privacy.sure"))
    choices = Choices((Choice(f"v:{lang}:yes.{now}", tools.texts(lang, "privacy.yes")),))
    return Reply(request.id, lang, (text, choices), tone="settings", private=True)


async def _delete(request: Request, tools: Tools, lang: Lang, offered: int) -> Reply:
    if not 0 <= tools.learning.clock() - offered <= CONFIRM:
        return _note(request, tools, lang, "privacy.too_late")
    await tools.learning.privacy.delete(request.learner)
    return _note(request, tools, lang, "privacy.deleted")


def _note(request: Request, tools: Tools, lang: Lang, key: str) -> Reply:
    return Reply(request.id, lang, (Text(tools.texts(lang, key)),), tone="settings", private=True)
