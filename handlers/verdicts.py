"""Turn a verdict into a reply: right or wrong, why, where in the lecture, what to do next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.asking import CONTEST, NEXT, Shown, press_id
from handlers.compose import Composer, show_id
from handlers.messages import Block, Choice, Choices, Reply, Source, Sources, Text
from handlers.study import Kept
from knowledge.quiz.model import Input, Origin, Verdict

DAY = 24 * 3600.0  # seconds
HALF = 0.5  # score from which an answer is nearly right


@dataclass(frozen=True, slots=True)
class Told:
    """What a verdict says beside the verdict."""

    kept: Kept | None = None  # what it did to the schedule
    now: float = 0.0
    more: Sequence[Block] = ()  # the score of the whole quiz, after its last question
    demos: Sequence[Choice] = ()  # what of it can be trained


def verdict_reply(key: str, composer: Composer, shown: Shown, verdict: Verdict, told: Told) -> Reply:
    """Say how an answer was."""
    lang, quiz = composer.lang, shown.quiz
    blocks: list[Block] = [Text(_headline(composer, verdict))]
    blocks += [Text(text) for text in _reasons(composer, verdict) if text]
    blocks += [Text(f"_{_comes_back(composer, told.kept, told.now)}_")] if told.kept else []
    blocks += told.more
    choices = (*_choices(composer, shown, verdict), *told.demos)
    blocks += [_sources(composer, verdict.source), Choices(choices)]
    data = {"item": quiz.item, "correct": verdict.correct, "score": verdict.score}
    return Reply(key, lang, tuple(blocks), data=data, tone="right" if verdict.correct else "wrong")


def _headline(composer: Composer, verdict: Verdict) -> str:
    name = "right" if verdict.correct else "nearly" if verdict.score >= HALF else "wrong"
    return composer.texts(composer.lang, f"verdict.{name}")


def _reasons(composer: Composer, verdict: Verdict) -> list[str]:
    """Give what is said about the answer, in order."""
    lang, texts = composer.lang, composer.texts
    points = []
    if verdict.found:
        points.append(texts(lang, "verdict.found", points="; ".join(verdict.found)))
    if verdict.missing:
        points.append(texts(lang, "verdict.missing", points="; ".join(verdict.missing)))
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(verdict.steps, 1))
    solution = "" if verdict.correct else texts(lang, "verdict.solution", right=verdict.right)
    return [verdict.feedback, "\n".join(f"- {point}" for point in points), solution, steps, verdict.why]


def _comes_back(composer: Composer, kept: Kept, now: float) -> str:
    """Say when the item is asked again."""
    if not kept.scheduled:
        return composer.texts(composer.lang, "verdict.practice")
    days = round((kept.due - now) / DAY)
    key = "verdict.soon" if days < 1 else "verdict.tomorrow" if days == 1 else "verdict.later"
    return composer.texts(composer.lang, key, days=days)


def _sources(composer: Composer, origin: Origin) -> Sources:
    """Name where in the lecture it is: the passages, else the slides."""
    passages = [p for name in origin.passages if (p := composer.lecture.passages.get(name))]
    items = [Source(p.id, composer.source_title(p)) for p in passages]
    if not items:
        slides = [slide for name in origin.slides if (slide := composer.lecture.slides.get(name))]
        titles = " · ".join(f"“{slide.title}”" for slide in slides)
        items = [Source(slides[0].id, composer.texts(composer.lang, "sources.slide", titles=titles))] if slides else []
    if origin.reference:
        title = composer.texts(composer.lang, "sources.complement", reference=origin.reference)
        items.append(Source(items[0].id if items else "", title))
    return Sources(composer.texts(composer.lang, "sources.label"), tuple(items))


def _choices(composer: Composer, shown: Shown, verdict: Verdict) -> list[Choice]:
    lang, texts, quiz = composer.lang, composer.texts, shown.quiz
    named = next((name for name in verdict.source.passages if name in composer.lecture.passages), None)
    explain = show_id(lang, named) if named else f"c:{lang}:{shown.item.concept}"
    found = [Choice(press_id(quiz, NEXT), texts(lang, "quiz.next")), Choice(explain, texts(lang, "quiz.explain"))]
    if not verdict.correct and shown.question.input is Input.TEXT:
        found.append(Choice(press_id(quiz, CONTEST), texts(lang, "quiz.contest")))
    return found
