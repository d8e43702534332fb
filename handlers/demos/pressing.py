"""What the choices of demos do: `t:<language>:<verb>:<what it is done to>`."""

from collections.abc import AsyncIterator, Callable

from handlers.demos import share
from handlers.demos.command import SEED, again, offer
from handlers.demos.ports import Run
from handlers.demos.running import cards_for, move, play_out
from handlers.errors import UnknownChoice
from handlers.messages import Choice, Choices, Code, Reply, Request, Text
from handlers.ports import Tools
from knowledge.passages import Lang
from models.engine.protocol import DemoSpec

STOP = "x"  # the dispatcher's: it reaches a busy learner
Verb = Callable[[Request, Tools, Run, str], AsyncIterator[Reply]]


async def pressed(request: Request, tools: Tools, lang: Lang, target: str) -> AsyncIterator[Reply]:
    """Do what a demo's choice says. Raises UnknownChoice."""
    verb, _, rest = target.partition(":")
    if verb == "o":
        replies = opened(request, tools, lang, rest)
    else:
        name, _, detail = rest.partition(":")
        run = await tools.training.runs.get(name)
        if run is None or verb not in VERBS or run.demo not in tools.training.runner.specs:
            raise UnknownChoice
        replies = VERBS[verb](request, tools, run, detail)
    async for reply in replies:
        yield reply


def stops(press: str) -> bool:
    """Tell the button that stops a run."""
    parts = press.split(":")
    return parts[:1] == ["t"] and parts[2:3] == [STOP]


async def opened(request: Request, tools: Tools, lang: Lang, name: str) -> AsyncIterator[Reply]:
    """Open a demo; without a name, the gallery."""
    specs = tools.training.runner.specs
    if not name:
        yield cards_for(tools, lang).gallery(request.id, specs)
        return
    if name not in specs:
        raise UnknownChoice
    async for reply in offer(request, tools, lang, specs[name], specs[name].complete(), SEED):
        yield reply


async def guessed(request: Request, tools: Tools, run: Run, guess: str) -> AsyncIterator[Reply]:
    """Take what the learner expects, or that they skip it, and run; another person's press runs it for them."""
    spec = _spec(tools, run)
    if guess and all(o.value != guess for o in spec.expect.options):
        raise UnknownChoice
    if run.learner != request.learner:
        run = await tools.training.runs.add(request.learner, request.chat, run.demo, run.params, run.seed, run.lang)
    if run.status != "asked":
        yield _note(request, tools, run, "demo.began_already", cards_for(tools, run.lang).again(run))
        return
    async for reply in play_out(request, tools, run, guess=guess):
        yield reply


async def coded(request: Request, tools: Tools, run: Run, _: str) -> AsyncIterator[Reply]:
    """Show the lines that ran."""
    source = tools.training.runner.code(run.demo, run.params, run.seed)
    if not source:
        raise UnknownChoice
    spec = _spec(tools, run)
    caption = tools.texts(run.lang, "demo.code_caption", title=spec.title[run.lang], seed=run.seed)
    repeat = Choices((cards_for(tools, run.lang).again(run),))
    yield Reply(request.id, run.lang, (Code(source, "python", caption), repeat), tone="demo")


async def repeated(request: Request, tools: Tools, run: Run, _: str) -> AsyncIterator[Reply]:
    """Run again with the next seed."""
    async for reply in again(request, tools, run, run.params, run.seed + 1):
        yield reply


async def same_again(request: Request, tools: Tools, run: Run, _: str) -> AsyncIterator[Reply]:
    """Run exactly the same again."""
    async for reply in again(request, tools, run, run.params, run.seed):
        yield reply


async def turned(request: Request, tools: Tools, run: Run, name: str) -> AsyncIterator[Reply]:
    """Turn a knob and run."""
    spec = _spec(tools, run)
    knob = next((k for k in spec.knobs if k.name == name), None)
    values = spec.turned(knob, run.params) if knob else None
    if values is None:
        raise UnknownChoice
    async for reply in again(request, tools, run, values, run.seed):
        yield reply


async def preset(request: Request, tools: Tools, run: Run, name: str) -> AsyncIterator[Reply]:
    """Say what a preset will show, and run it."""
    spec = _spec(tools, run)
    found = next((p for p in spec.presets if p.name == name), None)
    if found is None:
        raise UnknownChoice
    yield Reply(f"{request.id}.why", run.lang, (Text(found.why[run.lang]),), tone="demo", title=found.label[run.lang])
    async for reply in again(request, tools, run, spec.complete(found.params), run.seed):
        yield reply


async def moved(request: Request, tools: Tools, run: Run, chosen: str) -> AsyncIterator[Reply]:
    """Play with the trained network: a move, or what was typed."""
    if run.status != "done" or not _spec(tools, run).plays:
        raise UnknownChoice
    async for reply in move(request, tools, run, chosen or request.text):
        yield reply


async def left(request: Request, tools: Tools, run: Run, _: str) -> AsyncIterator[Reply]:
    """Say of a run that isn't there to be stopped how it ended, and offer it again."""
    over = run.status in ("done", "failed", "stopped", "asked")
    again = cards_for(tools, run.lang).again(run)
    yield _note(request, tools, run, "demo.over", again) if over else cut_off(request.id, tools, run)


async def shown(request: Request, tools: Tools, run: Run, _: str) -> AsyncIterator[Reply]:
    """Give the code that replays a run."""
    code = share.code(_spec(tools, run), run.params, run.seed)
    text = tools.texts(run.lang, "demo.share_how", code=code)
    yield Reply(request.id, run.lang, (Text(text),), data={"share": code}, tone="demo")


def _spec(tools: Tools, run: Run) -> DemoSpec:
    return tools.training.runner.specs[run.demo]


def _note(request: Request, tools: Tools, run: Run, key: str, *choices: Choice) -> Reply:
    return Reply(request.id, run.lang, (Text(tools.texts(run.lang, key)), Choices(choices)), tone="demo")


def cut_off(key: str, tools: Tools, run: Run) -> Reply:
    """Say that a restart cut a run off, and offer it again."""
    title = _spec(tools, run).title[run.lang]
    text = Text(tools.texts(run.lang, "demo.cut", title=title))
    return Reply(key, run.lang, (text, Choices((cards_for(tools, run.lang).again(run),))), tone="demo", title=title)


VERBS: dict[str, Verb] = {
    "a": same_again,
    "c": coded,
    "g": guessed,
    "h": shown,
    STOP: left,
    "k": turned,
    "m": moved,
    "p": preset,
    "r": repeated,
}
