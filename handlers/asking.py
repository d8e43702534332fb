"""Turn a question of the bank into a reply, and name what can be pressed under it. Pure.

A pressed id is `a:<language>:<question's name>.<what>`: the name is random, an option is its position among those
shown, and nothing in it tells which one is right.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.messages import Block, Choice, Choices, Figure, Poll, Reply, Text
from handlers.ports import Texts
from handlers.study import Quiz, Sureness
from knowledge.quiz.model import Input, Item, Question

OPTION, HINT, GIVE_UP, NEXT, TYPED, UNDO, CONTEST = "o", "h", "x", "n", "t", "u", "c"
SURE: dict[str, Sureness] = {"k": "know", "m": "think", "g": "guess"}
PROMPT = 100  # characters of a question in a form's label
LETTERS = string.ascii_uppercase


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as it is put to one learner."""

    quiz: Quiz
    item: Item
    question: Question
    native: bool = False  # as a quiz of the platform's own: it reveals the answer by itself
    key: int = 0  # for a native quiz alone


def press_id(quiz: Quiz, what: str) -> str:
    """Name a choice under a question."""
    return f"a:{quiz.lang}:{quiz.asked}.{what}"


def question_reply(key: str, shown: Shown, texts: Texts, said: str = "") -> Reply:
    """Put a question; `said` comes before it."""
    quiz, question = shown.quiz, shown.question
    blocks: list[Block] = [Text(said)] if said else []
    if question.picture:
        blocks.append(Figure(question.picture.light, question.picture.dark, question.picture.alt))
    blocks += _body(shown, texts)
    number = min(quiz.done + (0 if quiz.tries else 1), quiz.length)
    title = texts(quiz.lang, "quiz.title", number=number, length=quiz.length)
    data = {"item": quiz.item, "kind": question.kind, "concept": question.concept, "open": True}
    return Reply(key, quiz.lang, tuple(blocks), data=data, tone="quiz", title=title)


def sureness_reply(key: str, shown: Shown, texts: Texts) -> Reply:
    """Ask how sure the learner is, before the reveal."""
    quiz = shown.quiz
    items = tuple(Choice(press_id(quiz, what), texts(quiz.lang, f"quiz.sure.{name}")) for what, name in SURE.items())
    data = {"item": quiz.item, "kind": shown.question.kind, "concept": shown.question.concept, "open": True}
    return Reply(key, quiz.lang, (Text(texts(quiz.lang, "quiz.sure")), Choices(items)), data=data, tone="quiz")


def help_choices(quiz: Quiz, item: Item, texts: Texts) -> list[Choice]:
    """Offer the next hint while there is one, and the solution."""
    found = (
        [Choice(press_id(quiz, HINT), texts(quiz.lang, "quiz.hint"))] if quiz.hints < len(item.hints[quiz.lang]) else []
    )
    return [*found, Choice(press_id(quiz, GIVE_UP), texts(quiz.lang, "quiz.give_up"))]


def _body(shown: Shown, texts: Texts) -> list[Block]:
    quiz, question = shown.quiz, shown.question
    more = help_choices(quiz, shown.item, texts)
    match question.input:
        case Input.OPTIONS if shown.native:
            options = tuple(_option(quiz, at, label) for at, label in enumerate(question.options))
            return [Poll(question.prompt, options, shown.key, shown.item.why[quiz.lang]), Choices(tuple(more))]
        case Input.OPTIONS:
            options = tuple(_option(quiz, at, f"{LETTERS[at]}. {label}") for at, label in enumerate(question.options))
            listed = Text(_lettered(question.options))
            return [Text(f"**{question.prompt}**"), listed, Choices(options), Choices(tuple(more))]
        case Input.ORDER | Input.MATCH:
            return _several(shown, texts, more)
        case _:
            hint = texts(quiz.lang, "quiz.type_number" if question.input is Input.NUMBER else "quiz.type")
            typed = Choice(press_id(quiz, TYPED), texts(quiz.lang, "quiz.answer"), _label(question.prompt))
            return [Text(f"**{question.prompt}**"), Text(f"_{hint}_"), Choices((typed, *more))]


def _several(shown: Shown, texts: Texts, more: Sequence[Choice]) -> list[Block]:
    """Show what is pressed so far, and the options that are left."""
    quiz, question = shown.quiz, shown.question
    left = [at for at in range(len(question.options)) if at not in quiz.picked]
    options = [_option(quiz, at, f"{LETTERS[at]}. {question.options[at]}") for at in left]
    undo = [Choice(press_id(quiz, UNDO), texts(quiz.lang, "quiz.undo"))] if quiz.picked else []
    blocks: list[Block] = [Text(f"**{question.prompt}**")]
    if question.input is Input.ORDER:
        blocks.append(Text(_lettered(question.options)))
        if quiz.picked:
            chosen = " → ".join(LETTERS[at] for at in quiz.picked)
            blocks.append(Text(texts(quiz.lang, "quiz.so_far", chosen=chosen)))
        how = "quiz.how_order"
    else:
        blocks += [Text(_slots(question, quiz.picked)), Text(_lettered(question.options))]
        how = "quiz.how_match"
    slot = question.slots[len(quiz.picked)] if question.slots else ""
    blocks.append(Text(f"_{texts(quiz.lang, how, slot=slot)}_"))
    return [*blocks, Choices((*options, *undo)), Choices(tuple(more))]


def _slots(question: Question, picked: Sequence[int]) -> str:
    chosen = [LETTERS[at] for at in picked] + ["…"] * (len(question.slots) - len(picked))
    return "\n".join(
        f"{n}. {slot} → {letter}" for n, (slot, letter) in enumerate(zip(question.slots, chosen, strict=True), 1)
    )


def _lettered(options: Sequence[str]) -> str:
    return "\n".join(f"- **{LETTERS[at]}.** {label}" for at, label in enumerate(options))


def _option(quiz: Quiz, at: int, label: str) -> Choice:
    return Choice(press_id(quiz, f"{OPTION}{at}"), label)


def _label(prompt: str) -> str:
    return prompt if len(prompt) <= PROMPT else prompt[: PROMPT - 1] + "…"
