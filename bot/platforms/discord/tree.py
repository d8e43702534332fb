"""The slash commands: one a row of the table in `handlers/commands.py`, Portuguese by name, English by localization."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
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
PROPOSED: tuple[Kind, ...] = ("question", "concept", "demo")  # what is proposed while it is typed
LANGUAGES = {"pt": "Português", "en": "English"}
STOPPING = Command(*STOP, help_)  # the dispatcher stops before any handler is asked
Interaction = discord.Interaction[Any]
Group = app_commands.Command[Any, Any, Any]
Suggest = Callable[[Kind, Interaction, str], Awaitable[list[Suggestion]]]
Run = Callable[[Interaction, Command, str], Awaitable[None]]


class English(app_commands.Translator):
    """Gives the English that every localized text carries with it."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Give a text for English clients; everyone else's client shows the Portuguese."""
        return string.extras.get("en") if locale in ENGLISH else None


class Proposals:
    """What is proposed for each kind of parameter; made once a language, for it is asked for at every key."""

    def __init__(self, lecture: Lecture, specs: Mapping[str, DemoSpec]) -> None:
        """Keep the lecture and the demos."""
        self._lecture, self._specs = lecture, specs
        self._made: dict[tuple[Kind, Lang], list[Suggestion]] = {}

    def matching(self, kind: Kind, lang: Lang, typed: str) -> list[Suggestion]:
        """Propose what fits to what was typed so far."""
        if (kind, lang) not in self._made:
            self._made[kind, lang] = self._make(kind, lang)
        return suggest.matching(self._made[kind, lang], typed)

    def _make(self, kind: Kind, lang: Lang) -> list[Suggestion]:
        match kind:
            case "concept":
                return suggest.concepts(self._lecture, lang)
            case "demo":
                return suggest.demos(self._specs.values(), lang)
            case _:
                return suggest.questions(self._lecture, lang)


def add_commands(tree: app_commands.CommandTree[Any], texts: Texts, run: Run, propose: Suggest) -> None:
    """Put every command into the tree. Raises what discord.py raises for a name that Discord wouldn't take."""
    for command in (*COMMANDS, STOPPING):
        tree.add_command(_command(command, texts, run, propose))


def text_of(command: Command, values: dict[str, object]) -> str:
    """Write a slash command as it is typed where there are none."""
    given = (str(values[p.pt]).strip() for p in command.parameters if values.get(p.pt) is not None)
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
        await run(interaction, command, text_of(command, values))

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
    kind = app_commands.Range[int, 1, 50] if parameter.kind == "number" else app_commands.Range[str, 1, 1000]
    annotation = str if parameter.kind == "language" else kind
    return inspect.Parameter(
        parameter.pt,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        annotation=annotation,
        default=inspect.Parameter.empty if parameter.required else None,
    )


def _described(texts: Texts, key: str) -> locale_str:
    pt, en = (rendering.cut(texts(lang, key), limits.COMMAND_DESCRIPTION) for lang in ("pt", "en"))
    return locale_str(pt, en=en)


def _autocomplete(kind: Kind, propose: Suggest) -> Any:
    async def autocomplete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=s.name, value=s.value) for s in await propose(kind, interaction, current)]

    return autocomplete
