"""Tell whether a message answers the open question or is something else, which is never graded. Pure."""

from collections.abc import Callable
from enum import StrEnum

from rapidfuzz import fuzz

from knowledge.kinds import kinds_of
from knowledge.quiz import clauses, grammar, said, wordforms
from knowledge.quiz.giving_up import gives_up
from knowledge.quiz.model import Input, NotAnAnswer, Question, Verdict
from knowledge.quiz.wordforms import Synonyms
from knowledge.text import fold, words


class Meaning(StrEnum):
    """What a message is while a question is open."""

    ANSWER = "answer"
    DONT_KNOW = "dont-know"  # "não sei"
    HINT = "hint"  # "me dá uma dica"
    ASKS_KEY = "asks-key"  # "qual é a resposta?"
    REPEATS = "repeats"  # the question said back, in its words or others
    ASKS = "asks"  # another question
    SMALL_TALK = "small-talk"
    UNCLEAR = "unclear"  # neither an answer of this question's form nor anything known


SAME = 92  # 0..100 between a message and the question
ECHO = 0.8  # share of a message's words that stand in the question
COVERED = 0.6  # share of the question's words that a question repeats, when it asks the same in other words
LONGEST = {Input.NUMBER: 12, Input.OPTIONS: 24}  # words of an answer
GAP_WORDS = 5  # words typed for a gap


def meaning(text: str, question: Question, graded: Verdict | NotAnAnswer, synonyms: Synonyms) -> Meaning:
    """Read a message typed while `question` is open; `graded` is what `Bank.grade` makes of it, not recorded yet."""
    spoken = " ".join(words(text))
    tests: tuple[tuple[Meaning, Callable[[], object]], ...] = (
        (Meaning.DONT_KNOW, lambda: spoken and gives_up(text)),
        (Meaning.HINT, lambda: said.HINT.fullmatch(spoken)),
        (Meaning.ANSWER, lambda: exact_option(text, question)),
        (Meaning.REPEATS, lambda: said_back(text, question)),
        (Meaning.ASKS_KEY, lambda: said.KEY.search(spoken) and not _earns(graded)),
        (Meaning.SMALL_TALK, lambda: not spoken or said.TALK.fullmatch(spoken)),
        (Meaning.REPEATS, lambda: repeats(text, question, synonyms)),
        (Meaning.ASKS, lambda: _asks(text, spoken, question, graded)),
        (Meaning.ANSWER, lambda: not isinstance(graded, NotAnAnswer) and _fits(spoken, question)),
    )
    return next((found for found, test in tests if test()), Meaning.UNCLEAR)


def exact_option(text: str, question: Question) -> bool:
    """Tell whether the words are those of an option ("Obrigado" may be one, too)."""
    spoken = " ".join(words(text))
    return any(spoken == " ".join(words(label)) for label in question.options)


def said_back(text: str, question: Question) -> bool:
    """Tell whether a message is the open question, word by word but for slips."""
    return fuzz.ratio(" ".join(words(text)), " ".join(words(question.prompt))) >= SAME


def repeats(text: str, question: Question, synonyms: Synonyms) -> bool:
    """Tell whether a message asks the open question in other words."""
    mine, theirs = _content(text), _content(question.prompt)
    if len(mine) < 2 or not theirs:
        return False
    echoed = sum(any(_same(a, b, synonyms) for b in theirs) for a in mine) / len(mine)
    covered = sum(any(_same(a, b, synonyms) for a in mine) for b in theirs) / len(theirs)
    if _looks_asked(text):
        return echoed >= ECHO or covered >= COVERED
    return echoed >= 0.99 and covered >= COVERED and question.input is not Input.TEXT


def _content(text: str) -> list[str]:
    return [w for w in clauses.tokens(clauses.normalise(text)) if w not in grammar.LITTLE and w not in _INTERROGATIVE]


_INTERROGATIVE = frozenset(
    (
        "como",
        "quando",
        "por",
        "quais",
        "quem",
        "onde",
        "quanto",
        "how",
        "why",
        "where",
        "oq",
        "pq",
        "verdade",
        "true",
        "oque",
    )
)


def _same(a: str, b: str, synonyms: Synonyms) -> bool:
    return bool(wordforms.keys(a) & wordforms.keys(b)) or bool(synonyms.groups(a) & synonyms.groups(b))


def _looks_asked(text: str) -> bool:
    return text.rstrip().endswith("?") or bool(said.ASKS.match(" ".join(words(text)))) or bool(kinds_of(fold(text)))


def _earns(graded: Verdict | NotAnAnswer) -> bool:
    return not isinstance(graded, NotAnAnswer) and graded.score > 0


def _asks(text: str, spoken: str, question: Question, graded: Verdict | NotAnAnswer) -> bool:
    """Tell whether a message asks something else; "decora o treino?" is a timid answer, though."""
    if said.ASKS.match(spoken):
        return not (_earns(graded) and question.input is Input.TEXT)
    if _earns(graded) or (question.input is not Input.TEXT and not isinstance(graded, NotAnAnswer)):
        return False
    asked = text.rstrip().endswith("?")
    return asked and (bool(kinds_of(fold(text))) or isinstance(graded, NotAnAnswer))


def _fits(spoken: str, question: Question) -> bool:
    """Tell whether a message is of a length that answers this kind of question."""
    count = len(spoken.split())
    if question.input is Input.TEXT and question.slots:
        return count <= GAP_WORDS * len(question.slots) + 2
    return count <= LONGEST.get(question.input, count)
