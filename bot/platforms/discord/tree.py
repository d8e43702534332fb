"""The slash commands: one a row of the table in `handlers/commands.py`, Portuguese by name, English by localization."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextTypes, locale_str

from bot import rendering
from bot.platforms.discord import limits, suggest
from bot.platforms.discord.suggest import Suggestion
from handlers.commands import COMMANDS, STOP, Command, Kind, Parameter
from handlers.overview import help_
from handlers.ports import Texts
from knowledge.passages import Lang, Lecture
from models.engine.protocol import DemoSpec

ENGLISH = (discord.Locale.american_english, discord.Locale.british_english)
LANGUAGES = {"pt": "Português", "en": "English"}
STOPPING = Command(*STOP, help_)  # the dispatcher stops before any handler is asked
Interaction = discord.Interaction[Any]
Group = app_commands.Command[Any, Any, Any]
Suggest = Callable[[Kind, Interaction, str], Awaitable[list[Suggestion]]]
Run = Callable[[Interaction, Command, str, Sequence[discord.Attachment]], Awaitable[None]]
PROPOSED = ("question", "concept", "demo", "settings")


class English(app_commands.Translator):
    """Gives the English that every localized text carries with it."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Give a text for English clients; everyone else's client shows the Portuguese."""
        return string.extras.get("en") if locale in ENGLISH else None


class Proposals:
    """What is proposed for each kind of parameter; made once a language, for it is asked for at every key."""

    def __init__(self, lecture: Lecture, specs: Mapping[str, DemoSpec] = {}) -> None:
        """Keep the lecture and the demos."""
        self._lecture, self._specs = lecture, specs
        self._made: dict[tuple[Kind, Lang], list[Suggestion]] = {}

    def matching(self, kind: Kind, lang: Lang, typed: str) -> list[Suggestion]:
        """Propose what fits to what was typed so far."""
        if (kind, lang) not in self._made:
            self._made[kind, lang] = self._make(kind, lang)
        return suggest.matching(self._made[kind, lang], typed)

    def settings(self, demo: str, lang: Lang, typed: str) -> list[Suggestion]:
        """Propose a demo's presets and parameters, after those that were typed already."""
        return suggest.settings(self._specs[demo], lang, typed) if demo in self._specs else []

    def _make(self, kind: Kind, lang: Lang) -> list[Suggestion]:
        if kind == "demo":
            return suggest.demos(self._specs, lang)
        return (suggest.concepts if kind == "concept" else suggest.questions)(self._lecture, lang)


def add_commands(tree: app_commands.CommandTree[Any], texts: Texts, run: Run, propose: Suggest) -> None:
    """Put every command into the tree. Raises what discord.py raises for a name that Discord wouldn't take."""
    for command in (*COMMANDS, STOPPING):
        tree.add_command(_command(command, texts, run, propose))


def text_of(command: Command, values: dict[str, object]) -> str:
    """Write a slash command as it is typed where there are none."""
    typed = (values[p.pt] for p in command.parameters if p.kind != "file" and values.get(p.pt) is not None)
    given = (str(value).strip() for value in typed)
    return " ".join((f"/{command.pt}", *given))


def _command(command: Command, texts: Texts, run: Run, propose: Suggest) -> Group:
    made: Group = app_commands.Command(
        name=locale_str(command.pt, en=command.en),
        description=_described(texts, f"command.{command.pt}"),
        callback=_callback(command, texts, run),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
    )
    for parameter in command.parameters:
        if parameter.kind in PROPOSED:
            made.autocomplete(parameter.pt)(_autocomplete(parameter.kind, propose))
    return made


def _callback(command: Command, texts: Texts, run: Run) -> Any:
    """Make a function with the command's parameters: discord.py reads them from its signature."""

    async def callback(interaction: Interaction, **values: object) -> None:
        files = [value for value in values.values() if isinstance(value, discord.Attachment)]
        await run(interaction, command, text_of(command, values), files)

    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)
    made: Any = callback
    made.__signature__ = inspect.Signature([first, *map(_signed, command.parameters)])
    for parameter in command.parameters:
        made = app_commands.rename(**{parameter.pt: locale_str(parameter.pt, en=parameter.en)})(made)
        made = app_commands.describe(**{parameter.pt: _described(texts, f"parameter.{parameter.pt}")})(made)
        if parameter.kind == "language":
            named = [app_commands.Choice(name=name, value=lang) for lang, name in LANGUAGES.items()]
            made = app_commands.choices(**{parameter.pt: named})(made)
    return made


def _signed(parameter: Parameter) -> inspect.Parameter:
    special: dict[Kind, Any] = {
        "number": app_commands.Range[int, 1, 50], "language": str, "file": discord.Attachment,
    }  # fmt: skip
    return inspect.Parameter(
        parameter.pt,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        annotation=special.get(parameter.kind, app_commands.Range[str, 1, 1000]),
        default=inspect.Parameter.empty if parameter.required else None,
    )


def _described(texts: Texts, key: str) -> locale_str:
    pt, en = (rendering.cut(texts(lang, key), limits.COMMAND_DESCRIPTION) for lang in ("pt", "en"))
    return locale_str(pt, en=en)


def _autocomplete(kind: Kind, propose: Suggest) -> Any:
    async def autocomplete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=s.name, value=s.value) for s in await propose(kind, interaction, current)]

    return autocomplete
