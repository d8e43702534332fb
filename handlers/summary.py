"""What stands under the last answer of a quiz: the score, and a quiet word on the week."""

from handlers import streak
from handlers.messages import Block, Text
from handlers.ports import Tools
from handlers.study import Quiz
from knowledge.passages import Lang

PASSED = 0.8  # of the hardest questions: the topic counts as known


async def summary(quiz: Quiz, tools: Tools) -> list[Block]:
    """Sum a quiz up."""
    share = quiz.score / quiz.length if quiz.length else 0.0
    values = {"score": _points(quiz.score, quiz.lang), "length": quiz.length}
    key = ("quiz.passed" if share >= PASSED else "quiz.not_passed") if quiz.mode == "test" else "quiz.end"
    texts = [tools.texts(quiz.lang, key, **values), await _week(quiz, tools)]
    return [Text("\n\n".join(text for text in texts if text))]


async def _week(quiz: Quiz, tools: Tools) -> str:
    """Say that the week's goal is reached, in the quiz that reached it; or how many days it is in a row."""
    learning = tools.learning
    preferences = await learning.people.preferences(quiz.learner)
    days, today = await learning.study.days(quiz.learner), learning.today(preferences)
    week, row = streak.week(days, today), streak.streak(days, today, preferences.goal)
    if week.answers >= preferences.goal > week.answers - quiz.length:
        return tools.texts(quiz.lang, "quiz.goal", goal=preferences.goal)
    return tools.texts(quiz.lang, "quiz.streak", days=row.days) if row.days > 1 else ""


def _points(score: float, lang: Lang) -> str:
    """Write a sum of scores: whole where it is, else with one digit."""
    text = f"{score:.0f}" if abs(score - round(score)) < 0.05 else f"{score:.1f}"
    return text.replace(".", ",") if lang == "pt" else text
