"""Put questions, take answers, and say what became of them. All that is open lives in the database."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from handlers import languages, picking, plain
from handlers.asking import (
    CONTEST,
    GIVE_UP,
    HINT,
    NEXT,
    OPTION,
    SURE,
    TYPED,
    UNDO,
    Shown,
    help_choices,
    press_id,
    question_reply,
    sureness_reply,
)
from handlers.compose import STARTERS, Composer
from handlers.demos import hearing
from handlers.demos.words import by_concept
from handlers.errors import UnknownChoice
from handlers.messages import Choice, Choices, Reply, Request, Text
from handlers.plain import Wanted, Wish
from handlers.ports import Tools
from handlers.press import TRAIN
from handlers.study import Kept, Mode, Outcome, Preferences, Quiz, Sureness
from handlers.summary import summary
from handlers.verdicts import Told, verdict_reply
from knowledge.passages import Lang
from knowledge.quiz import answers
from knowledge.quiz.answers import Meaning
from knowledge.quiz.model import Answer, Input, NotAnAnswer, Verdict

LONGEST_TOPIC = 50  # characters in a choice's id


async def quiz(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Begin a quiz ("/quiz cnn 3")."""
    lang = await languages.setting(request, tools)
    async for reply in begin(request, tools, lang, plain.wanted(request.text)):
        yield reply


async def begin(request: Request, tools: Tools, lang: Lang, wanted: Wanted) -> AsyncIterator[Reply]:
    """Begin a quiz as it was asked for."""
    topic = picking.topic_of(wanted.topic, tools)
    if topic is None or not tools.learning.bank.items:
        yield _unknown_topic(request, tools, lang, wanted.topic)
        return
    mode: Mode = "test" if wanted.test else "quiz"
    length = wanted.length or min(picking.LENGTH, len(picking.of_topic(topic, tools)))
    yield await start(request, tools, Quiz(request.learner, request.chat, mode, topic, length, "", "", 0, lang, 0.0))


async def start(request: Request, tools: Tools, quiz: Quiz, said: str = "") -> Reply:
    """Put the next question of a quiz; where there is none left, say so."""
    item = await picking.next_item(quiz, tools)
    lang = quiz.lang
    if item is None:
        key = "review.nothing" if quiz.mode == "review" else "quiz.nothing"
        return _note(request, tools, lang, key, Choices((_new(tools, lang, quiz.topic),)))
    learning = tools.learning
    asked = replace(
        quiz, asked=learning.chance.name(), item=item, seed=learning.chance.seed(), at=learning.clock(), open=True,
        tries=0, hints=0, picked=(), pending=None,
    )  # fmt: skip
    await learning.study.ask(asked)
    return question_reply(f"{request.id}.q", await _shown(asked, tools), tools.texts, said)


async def hear(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply] | None:
    """Take what was typed while a question is open; None where it is neither an answer nor about the question."""
    question = tools.learning.bank.present(quiz.item, quiz.lang, quiz.seed)
    if quiz.pending is not None and (sure := plain.sureness(request.text)):
        return _answered(request, tools, quiz, quiz.pending, sure)
    if not answers.exact_option(request.text, question):
        if wish := plain.wish(request.text):
            return WISHES[wish](request, tools, quiz)
        if plain.quiz(request.text) or await hearing.hear(request, tools) or tools.knowledge.talk(request.text):
            return None
    graded = tools.learning.bank.grade(quiz.item, quiz.lang, quiz.seed, request.text)
    meaning = answers.meaning(request.text, question, graded, tools.learning.synonyms)
    if meaning is Meaning.ANSWER:
        return _answered(request, tools, quiz, request.text)
    return MEANINGS[meaning](request, tools, quiz) if meaning in MEANINGS else None


async def _held_back(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    yield held_back(request, quiz, tools)


def held_back(request: Request, quiz: Quiz, tools: Tools) -> Reply:
    """Say that this is what the open question asks, and offer the hint."""
    text = Text(tools.texts(quiz.lang, "quiz.is_open"))
    return Reply(f"{request.id}.n", quiz.lang, (text, _help(quiz, tools)), data=_open(quiz, tools), tone="quiz")


async def pressed(request: Request, tools: Tools, lang: Lang, target: str) -> AsyncIterator[Reply]:
    """Do what was pressed under a question. Raises UnknownChoice."""
    asked, _, what = target.partition(".")
    verb, argument = what[:1], what[1:]
    quiz = await tools.learning.study.of(asked)
    if not asked or not verb:
        raise UnknownChoice
    if verb == CONTEST:
        replies = _contest(request, tools, lang, asked)
    elif quiz is None or quiz.learner != request.learner:
        replies = _over(request, tools, lang, someone=quiz is not None)
    elif verb == NEXT:
        replies = _next(request, tools, quiz)
    elif not quiz.open:
        replies = _answered_already(request, tools, quiz)
    else:
        replies = _act(request, tools, quiz, verb, argument)
    async for reply in replies:
        yield reply


def _act(request: Request, tools: Tools, quiz: Quiz, verb: str, argument: str) -> AsyncIterator[Reply]:
    """Do what was pressed under an open question of the learner's. Raises UnknownChoice."""
    if verb == HINT:
        return _hint(request, tools, quiz)
    if verb == GIVE_UP:
        return _give_up(request, tools, quiz)
    if verb == UNDO:
        return _undo(request, tools, quiz)
    if verb == TYPED:
        return _typed(request, tools, quiz)
    if verb in SURE and quiz.pending is not None:
        return _answered(request, tools, quiz, quiz.pending, SURE[verb])
    if verb == OPTION and argument.isdigit():
        return _pick(request, tools, quiz, int(argument))
    raise UnknownChoice


async def _pick(request: Request, tools: Tools, quiz: Quiz, at: int) -> AsyncIterator[Reply]:
    """Take a pressed option: the answer, or one step of it."""
    question = tools.learning.bank.present(quiz.item, quiz.lang, quiz.seed)
    picked = (*quiz.picked, at)
    if at >= len(question.options):
        raise UnknownChoice
    if at in quiz.picked:
        replies = _as_it_is(request, tools, quiz)
    elif question.input is Input.OPTIONS:
        replies = _answered(request, tools, quiz, at)
    elif len(picked) >= question.presses:
        replies = _answered(request, tools, quiz, picked)
    else:
        replies = _changed(request, tools, quiz, replace(quiz, picked=picked))
    async for reply in replies:
        yield reply


async def _as_it_is(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """Show the question once more: what was pressed is marked already."""
    said = tools.texts(quiz.lang, "quiz.marked")
    yield replace(question_reply(f"{request.id}.q", await _shown(quiz, tools), tools.texts, said), in_place=True)


async def _undo(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    async for reply in _changed(request, tools, quiz, replace(quiz, picked=quiz.picked[:-1])):
        yield reply


async def _changed(request: Request, tools: Tools, before: Quiz, after: Quiz) -> AsyncIterator[Reply]:
    """Show the question in its new state, in the place of the old one."""
    if not await tools.learning.study.change(before, after):
        yield _closed(request, tools, before.lang)
        return
    reply = question_reply(f"{request.id}.q", await _shown(after, tools), tools.texts)
    yield replace(reply, in_place=True)


async def _typed(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """Take what was typed into a form."""
    if not request.text.strip():
        yield _note(request, tools, quiz.lang, "quiz.type", _help(quiz, tools))
        return
    graded = tools.learning.bank.grade(quiz.item, quiz.lang, quiz.seed, request.text)
    if isinstance(graded, NotAnAnswer):
        yield _note(request, tools, quiz.lang, "quiz.unreadable", _help(quiz, tools))
        return
    async for reply in _answered(request, tools, quiz, request.text):
        yield reply


async def _answered(
    request: Request, tools: Tools, quiz: Quiz, answer: Answer, sure: Sureness | None = None
) -> AsyncIterator[Reply]:
    """Grade an answer, once the learner has said how sure they are where they want to be asked."""
    preferences = await tools.learning.people.preferences(request.learner)
    graded = tools.learning.bank.grade(quiz.item, quiz.lang, quiz.seed, answer)
    if isinstance(graded, NotAnAnswer):
        yield _note(request, tools, quiz.lang, "quiz.unreadable", _help(quiz, tools))
    elif preferences.confidence and sure is None:
        waiting = replace(quiz, pending=answer, picked=())
        if await tools.learning.study.change(quiz, waiting):
            yield sureness_reply(f"{request.id}.q", await _shown(waiting, tools), tools.texts)
        else:
            yield _closed(request, tools, quiz.lang)
    else:
        said = answer if isinstance(answer, str) else ""
        async for reply in _graded(request, tools, quiz, graded, preferences, sure, said):
            yield reply


async def _graded(
    request: Request,
    tools: Tools,
    quiz: Quiz,
    verdict: Verdict,
    preferences: Preferences,
    sure: Sureness | None,
    said: str,
) -> AsyncIterator[Reply]:
    """Keep a graded answer and tell its verdict; with the ladder, a wrong one gets a hint and another try."""
    learning = tools.learning
    item = learning.bank.items[quiz.item]
    again = preferences.ladder and not verdict.correct and quiz.hints < len(item.hints[quiz.lang])
    after = _counted(quiz, verdict.score, again)
    outcome = Outcome(item.version, verdict.correct, verdict.score, sure, said)
    kept = await learning.study.record(quiz, after, outcome)
    if kept is None:
        yield _closed(request, tools, quiz.lang)
    elif again:
        hint = tools.texts(quiz.lang, "quiz.try_again", hint=item.hints[quiz.lang][quiz.hints])
        reply = question_reply(f"{request.id}.v", await _shown(after, tools), tools.texts, hint)
        yield replace(reply, data={**reply.data, "correct": False, "score": verdict.score}, tone="wrong")
    else:
        yield await _verdict(request, tools, after, verdict, kept)


async def _verdict(request: Request, tools: Tools, quiz: Quiz, verdict: Verdict, kept: Kept | None) -> Reply:
    """Tell a verdict; after the last question, the score of the quiz too."""
    composer = Composer(tools.knowledge.lecture, tools.texts, quiz.lang)
    more = await summary(quiz, tools) if quiz.done >= quiz.length else []
    told = Told(kept, tools.learning.clock(), more, _demos(tools, quiz))
    return verdict_reply(f"{request.id}.v", composer, await _shown(quiz, tools), verdict, told)


def _demos(tools: Tools, quiz: Quiz) -> list[Choice]:
    """Offer the demo that trains what the question is about."""
    name = by_concept(tools.training.runner.specs).get(tools.learning.bank.items[quiz.item].concept)
    return [Choice(f"{TRAIN}:{quiz.lang}:o:{name}", tools.texts(quiz.lang, "quiz.train"))] if name else []


def _counted(quiz: Quiz, score: float, again: bool) -> Quiz:
    """Give the quiz after an answer: only the first to a question counts for its score."""
    first = quiz.tries == 0
    return replace(
        quiz,
        open=again,
        tries=quiz.tries + 1,
        hints=quiz.hints + again,
        picked=(),
        pending=None,
        done=quiz.done + first,
        score=quiz.score + (score if first else 0.0),
    )


async def _give_up(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """Tell the solution. Not knowing counts as not recalled, unless a try was counted already."""
    learning, lang = tools.learning, quiz.lang
    solved = learning.bank.grade(quiz.item, lang, quiz.seed, learning.bank.key(quiz.item, lang, quiz.seed))
    if isinstance(solved, NotAnAnswer):
        raise TypeError(f"{quiz.item}: its own key isn't an answer")
    verdict = replace(solved, correct=False, score=0.0, feedback="", found=(), missing=())
    if quiz.tries == 0:
        async for reply in _graded(request, tools, quiz, verdict, Preferences(), None, ""):
            yield reply
        return
    closed = replace(quiz, open=False)
    changed = await learning.study.change(quiz, closed)
    yield await _verdict(request, tools, closed, verdict, None) if changed else _closed(request, tools, lang)


async def _hint(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """Give the next hint."""
    hints = tools.learning.bank.items[quiz.item].hints[quiz.lang]
    if quiz.hints >= len(hints):
        yield _note(request, tools, quiz.lang, "quiz.no_hint", _help(quiz, tools))
        return
    after = replace(quiz, hints=quiz.hints + 1)
    if not await tools.learning.study.change(quiz, after):
        yield _closed(request, tools, quiz.lang)
        return
    text = Text(tools.texts(quiz.lang, "quiz.hint_is", hint=hints[quiz.hints]))
    yield Reply(f"{request.id}.h", quiz.lang, (text, _help(after, tools)), data=_open(after, tools), tone="quiz")


async def go_on(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """Put the next question of a quiz whose last one is answered."""
    async for reply in _next(request, tools, quiz):
        yield reply


async def _next(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """Go on: the next question, or another quiz of the same kind after the last."""
    again = replace(quiz, done=0, score=0.0, skipped=()) if quiz.done >= quiz.length else quiz
    if quiz.open and quiz.tries == 0:
        again = replace(again, skipped=(*quiz.skipped, quiz.item)[-picking.RECENT :])
    yield await start(request, tools, again)


async def _leave(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """End a quiz early."""
    await tools.learning.study.change(quiz, replace(quiz, open=False))
    choices = Choices((_new(tools, quiz.lang, quiz.topic),))
    yield _note(request, tools, quiz.lang, "quiz.left", choices, done=quiz.done)


async def _contest(request: Request, tools: Tools, lang: Lang, asked: str) -> AsyncIterator[Reply]:
    """Pass an answer on to the teacher."""
    noted = await tools.learning.study.appeal(request.learner, asked)
    yield _note(request, tools, lang, "quiz.contested" if noted else "quiz.nothing_to_contest")


async def _offer_help(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """Offer a hint or the solution to who doesn't know."""
    text = Text(tools.texts(quiz.lang, "quiz.dont_know"))
    yield Reply(f"{request.id}.h", quiz.lang, (text, _help(quiz, tools)), data=_open(quiz, tools), tone="quiz")


async def _over(request: Request, tools: Tools, lang: Lang, someone: bool = False) -> AsyncIterator[Reply]:
    yield _closed(request, tools, lang, someone)


def _closed(request: Request, tools: Tools, lang: Lang, someone: bool = False) -> Reply:
    """Say kindly that a press changes nothing: a second or a late one, or another learner's."""
    key = "quiz.not_yours" if someone else "quiz.over"
    return replace(_note(request, tools, lang, key, Choices((_new(tools, lang),))), private=True)


async def _answered_already(request: Request, tools: Tools, quiz: Quiz) -> AsyncIterator[Reply]:
    """Say what the answer was, to a second tap, or where a crash cut its verdict off."""
    last = next(iter(await tools.learning.study.recent(quiz.learner, 1)), None)
    known = last is not None and last.item == quiz.item and last.seed == quiz.seed
    key = ("quiz.was_right" if last.correct else "quiz.was_wrong") if last and known else "quiz.over"
    choices = Choices((Choice(press_id(quiz, NEXT), tools.texts(quiz.lang, "quiz.next")),))
    yield replace(_note(request, tools, quiz.lang, key, choices), private=True)


def _new(tools: Tools, lang: Lang, topic: str = "") -> Choice:
    target = topic if len(topic) <= LONGEST_TOPIC else ""
    return Choice(f"q:{lang}:{target}", tools.texts(lang, "quiz.new"))


def _help(quiz: Quiz, tools: Tools) -> Choices:
    """Offer what helps with an open question."""
    return Choices(tuple(help_choices(quiz, tools.learning.bank.items[quiz.item], tools.texts)))


def _open(quiz: Quiz, tools: Tools) -> dict[str, object]:
    item = tools.learning.bank.items[quiz.item]
    return {"item": item.id, "kind": item.kind, "concept": item.concept, "open": True}


def _note(
    request: Request, tools: Tools, lang: Lang, key: str, choices: Choices | None = None, **values: object
) -> Reply:
    blocks = (Text(tools.texts(lang, key, **values)), *((choices,) if choices else ()))
    return Reply(f"{request.id}.n", lang, blocks, tone="quiz")


def _unknown_topic(request: Request, tools: Tools, lang: Lang, said: str) -> Reply:
    """Say that there is no question about a topic, and offer others."""
    del said  # not said back: it may be anything
    lecture = tools.knowledge.lecture
    asked = list(dict.fromkeys(item.concept for item in tools.learning.bank.items.values()))
    known = [c for c in STARTERS if c in asked] or asked[: len(STARTERS)]
    items = tuple(Choice(f"q:{lang}:{c}", lecture.concepts[c].titles[lang]) for c in known)
    text = Text(tools.texts(lang, "quiz.unknown_topic"))
    return Reply(f"{request.id}.n", lang, (text, Choices(items)), refused=True, tone="refusal")


async def _shown(quiz: Quiz, tools: Tools) -> Shown:
    """Look a question up, in the form that this learner gets it."""
    bank = tools.learning.bank
    question = bank.present(quiz.item, quiz.lang, quiz.seed)
    preferences = await tools.learning.people.preferences(quiz.learner)
    native = question.input is Input.OPTIONS and not (quiz.chat or preferences.confidence or preferences.ladder)
    key = bank.key(quiz.item, quiz.lang, quiz.seed) if native and not quiz.hints else 0
    native = native and not quiz.hints  # a hint was asked for: the platform's own quiz would reveal the answer
    return Shown(quiz, bank.items[quiz.item], question, native, key if isinstance(key, int) else 0)


Step = Callable[[Request, Tools, Quiz], AsyncIterator[Reply]]
WISHES: dict[Wish, Step] = {"hint": _hint, "skip": _next, "leave": _leave}
MEANINGS: dict[Meaning, Step] = {
    Meaning.DONT_KNOW: _offer_help,
    Meaning.HINT: _hint,
    Meaning.ASKS_KEY: _held_back,
    Meaning.REPEATS: _held_back,
}
