"""When to ask again: FSRS, from the package `fsrs`, with its default parameters. Pure; a memory belongs to one item.

The steps within a day are the chat's own: what wasn't recalled comes back after ten minutes, what was after days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler, State
from fsrs.scheduler import DEFAULT_PARAMETERS

from handlers.study import Sureness

SOON = timedelta(minutes=10)  # until what wasn't recalled is asked again
DAY = 24 * 3600.0  # seconds


@dataclass(frozen=True, slots=True)
class Memory:
    """What FSRS knows of one item in one learner's memory. Times are seconds since the epoch."""

    state: int
    step: int | None
    stability: float  # days until recall falls to 90 %
    difficulty: float  # 1..10
    due: float
    last: float
    rating: int
    reps: int = 1
    lapses: int = 0


def rating(
    correct: bool, score: float = 1.0, attempts: int = 1, hints: int = 0, confidence: Sureness | None = None
) -> Rating:
    """Turn how an answer came about into FSRS's rating.

    Again  it wasn't right
    Hard   right, but only with a hint, at a second try, in part (score < 1), or by a guess
    Easy   right at once, whole, and the learner had said that they know it
    Good   every other right answer
    """
    if not correct:
        return Rating.Again
    if hints or attempts > 1 or score < 1.0 or confidence == "guess":
        return Rating.Hard
    return Rating.Easy if confidence == "know" else Rating.Good


def scheduler(parameters: Sequence[float] | None = None) -> Scheduler:
    """Give the scheduler, with a learner's own parameters or the package's; without chance in it."""
    own = tuple(parameters or DEFAULT_PARAMETERS)
    return Scheduler(own, learning_steps=(SOON,), relearning_steps=(SOON,), enable_fuzzing=False)


def review(memory: Memory | None, rated: Rating, at: float, parameters: Sequence[float] | None = None) -> Memory:
    """Give the memory after a review; None: the item is new."""
    after, _ = scheduler(parameters).review_card(_card(memory), rated, _moment(at))
    forgot = rated is Rating.Again
    return Memory(
        int(after.state),
        after.step,
        float(after.stability or 0),
        float(after.difficulty or 0),
        after.due.timestamp(),
        at,
        int(rated),
        (memory.reps if memory else 0) + 1,
        (memory.lapses if memory else 0) + forgot,
    )


def replay(reviews: Sequence[tuple[float, int]], parameters: Sequence[float] | None = None) -> Memory | None:
    """Give the memory after reviews (when, rating) in the order of time: of two histories put together."""
    memory = None
    for at, rated in sorted(reviews):
        memory = review(memory, Rating(rated), at, parameters)
    return memory


def is_due(memory: Memory | None, at: float) -> bool:
    """Tell whether an answer now moves the schedule: the item is new, or its time has come."""
    return memory is None or memory.due <= at


def recall(memory: Memory, at: float, plan: Scheduler | None = None) -> float:
    """Predict the recall, 0..1, at a time; 0 for what wasn't recalled when it was last asked."""
    if memory.rating == Rating.Again:
        return 0.0
    return (plan or scheduler()).get_card_retrievability(_card(memory), _moment(at))


def forecast(
    memories: Sequence[Memory], at: float, days: int, parameters: Sequence[float] | None = None
) -> tuple[float, ...]:
    """Predict the mean recall today and on each of the next days, if nothing is reviewed; () without memories."""
    if not memories:
        return ()
    plan = scheduler(parameters)
    cards = [_card(memory) for memory in memories if memory.rating != Rating.Again]
    moments = [_moment(at + day * DAY) for day in range(days + 1)]
    sums = (sum(plan.get_card_retrievability(card, moment) for card in cards) for moment in moments)
    return tuple(total / len(memories) for total in sums)


def _card(memory: Memory | None) -> Card:
    if memory is None:
        return Card(card_id=0)
    return Card(
        card_id=0,
        state=State(memory.state),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_moment(memory.due),
        last_review=_moment(memory.last),
    )


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
