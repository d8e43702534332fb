"""`/treinar`: the gallery, or a demo with its parameters; and the same in plain words."""

from collections.abc import AsyncIterator, Mapping

from handlers import languages
from handlers.demos import share, words
from handlers.demos.ports import Run
from handlers.demos.running import cards_for, move, play_out, played, run_key
from handlers.demos.words import Wanted
from handlers.errors import BadFile
from handlers.messages import Choice, Choices, Reply, Request, Text
from handlers.ports import Tools
from knowledge.passages import Lang
from models.engine.protocol import BadParams, DemoSpec, Value, read_seed

SEED = 1  # where none was asked for: everyone's first run shows the same


async def train(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Take what follows the command."""
    lang = await languages.setting(request, tools)
    if words.shared(request.text):
        replies = replay(request, tools, lang)
    else:
        replies = want(request, tools, lang, words.asked(request.text, tools.training.runner.specs))
    async for reply in replies:
        yield reply


def spoken(request: Request, tools: Tools) -> Wanted | None:
    """Read a plain message that may ask for a demo."""
    named = tools.knowledge.understanding.linker.concepts
    return words.wanted(request.text, tools.training.runner.specs, named)


async def want(request: Request, tools: Tools, lang: Lang, wanted: Wanted) -> AsyncIterator[Reply]:
    """Do what was asked for: the gallery, or a demo."""
    specs = tools.training.runner.specs
    if not wanted.demo:
        first = tools.texts(lang, "demo.unknown", name=plain(wanted.left)) if wanted.left else ""
        yield cards_for(tools, lang).gallery(request.id, specs, first)
        return
    spec = specs[wanted.demo]
    try:
        if wanted.left:
            raise BadParams((words.unknown(wanted, spec),))
        values = spec.complete(with_file(request, spec, wanted.params))
        seed = SEED if wanted.seed is None else read_seed(wanted.seed)
    except BadParams as bad:
        yield refused(request, tools, lang, spec, bad)
        return
    async for reply in offer(request, tools, lang, spec, values, seed):
        yield reply


def with_file(request: Request, spec: DemoSpec, given: Mapping[str, object]) -> dict[str, object]:
    """Let a table that was sent be the data, where a demo has that choice."""
    data = next((p for p in spec.params if any(o.value == "csv" for o in p.choices)), None)
    return {data.name: "csv", **given} if request.files and data else dict(given)


async def offer(
    request: Request, tools: Tools, lang: Lang, spec: DemoSpec, values: Mapping[str, Value], seed: int
) -> AsyncIterator[Reply]:
    """Ask what the learner expects; where nobody can press anything before it ends, run at once beside."""
    run = await tools.training.runs.add(request.learner, request.chat, spec.name, values, seed, lang)
    at_once = request.scripted or bool(request.files)
    yield cards_for(tools, lang).question(run_key(request) if at_once else request.id, spec, run, waits=not at_once)
    if at_once:
        async for reply in play_out(request, tools, run):
            yield reply


async def again(
    request: Request, tools: Tools, run: Run, values: Mapping[str, Value], seed: int
) -> AsyncIterator[Reply]:
    """Run like an earlier run, with these values and seed, without asking again what is expected."""
    new = await tools.training.runs.add(request.learner, request.chat, run.demo, values, seed, run.lang)
    async for reply in play_out(request, tools, new):
        yield reply


async def replay(request: Request, tools: Tools, lang: Lang) -> AsyncIterator[Reply]:
    """Run what a share code says. Raises BadShare."""
    spec, values, seed = share.read(words.shared(request.text), tools.training.runner.specs)
    run = await tools.training.runs.add(request.learner, request.chat, spec.name, values, seed, lang)
    async for reply in play_out(request, tools, run):
        yield reply


async def sent(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Take a file that came without a word of what for: it is for the learner's last demo. Raises BadFile."""
    latest = await tools.training.runs.latest(request.learner, request.chat)
    spec = tools.training.runner.specs.get(latest.demo) if latest else None
    if latest is None or spec is None or not takes_files(spec):
        raise BadFile(mb=str(tools.training.upload))
    if played(spec):
        replies = move(request, tools, latest, "")
    else:
        replies = again(request, tools, latest, spec.complete(with_file(request, spec, latest.params)), latest.seed)
    async for reply in replies:
        yield reply


def takes_files(spec: DemoSpec) -> bool:
    """Tell whether a file can be for a demo, or for what it trained."""
    return bool(spec.files or played(spec))


def refused(request: Request, tools: Tools, lang: Lang, spec: DemoSpec, bad: BadParams) -> Reply:
    """Say which parameters can't be, and offer the demo as it is."""
    text = Text("\n".join(f"- {plain(p[lang])}" for p in bad.problems))
    offered = Choice(f"t:{lang}:o:{spec.name}", tools.texts(lang, "demo.as_is"))
    data = {"demo": spec.name, "problems": [p[lang] for p in bad.problems]}
    blocks = (Text(tools.texts(lang, "demo.bad_params")), text, Choices((offered,)))
    return Reply(request.id, lang, blocks, True, data, "error", spec.title[lang])


def plain(text: str) -> str:
    """Take out what a learner's words must not bring into Markdown."""
    return "".join(ch for ch in text if ch not in "`*_~<>|#@\\[]")
