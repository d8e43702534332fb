"""The tables. Changes to them are migrations in migrations/versions, appended, never edited."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

metadata = MetaData()

learners = Table(
    "learners",
    metadata,
    Column("learner", String, primary_key=True),  # "<platform>:<user>"
    Column("language", String(2), nullable=True),  # chosen; else the client's
)

conversations = Table(
    "conversations",
    metadata,
    Column("learner", String, nullable=False),
    Column("chat", String, nullable=False),  # "" for a private chat
    Column("context", Text, nullable=False),  # JSON of knowledge.questions.Context
    Column("at", Float, nullable=False),  # seconds since the epoch
    PrimaryKeyConstraint("learner", "chat"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("platform", String, nullable=False),
    Column("delivery", String, nullable=False),  # the platform's id of an update
    Column("at", Float, nullable=False, index=True),  # seconds since the epoch
    Column("run", String, nullable=False),  # which process took it
    Column("done", Boolean, nullable=False),  # handled to its end
    PrimaryKeyConstraint("platform", "delivery"),
)

polls = Table(
    "polls",
    metadata,
    Column("platform", String, nullable=False),
    Column("poll", String, nullable=False),  # the platform's id of a native poll
    Column("choices", Text, nullable=False),  # JSON: the choice that each option presses, in order
    Column("chat", String, nullable=False),  # where it was sent, as in Request.chat
    Column("at", Float, nullable=False),
    PrimaryKeyConstraint("platform", "poll"),
)

threads = Table(
    "threads",
    metadata,
    Column("platform", String, nullable=False),
    Column("thread", String, nullable=False),  # the platform's id of a thread that the bot opened
    Column("learner", String, nullable=False),  # for whom
    Column("at", Float, nullable=False),
    PrimaryKeyConstraint("platform", "thread"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("learner", String, nullable=False, index=True),
    Column("chat", String, nullable=False),  # where it was asked for, as in Request.chat
    Column("demo", String, nullable=False),
    Column("params", Text, nullable=False),  # JSON
    Column("seed", Integer, nullable=False),
    Column("language", String(2), nullable=False),
    Column("status", String, nullable=False),  # handlers.demos.ports.Status
    Column("guess", String, nullable=False),
    Column("memory", Text, nullable=False),  # of the last Turn
    Column("state", LargeBinary, nullable=True),  # npz of the trained network
    Column("at", Float, nullable=False, index=True),  # when it was asked for, seconds since the epoch
    Column("began", Float, nullable=True),
    Column("process", String, nullable=False),  # which run of the program ran it
    Column("spot", String, nullable=False, server_default=""),  # where its message stands on its platform
)

# What each learner knows. All of it hangs on a person: deleting one deletes the rest.

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),  # one learner, whatever their accounts
    Column("since", Float, nullable=False),
    Column("told", Float, nullable=True),  # when they were told what is kept
    Column("zone", String, nullable=True),  # time zone; NULL: the tutor's
    Column("confidence", Boolean, nullable=False),  # ask how sure they are before the reveal
    Column("ladder", Boolean, nullable=False),  # hints before the solution
    Column("goal", Integer, nullable=False),  # answers a week
    Column("remind_hour", Integer, nullable=True),  # NULL: no reminders
    Column("quiet_from", Integer, nullable=False),  # hours of their day without reminders
    Column("quiet_to", Integer, nullable=False),
    Column("remind_to", String, nullable=True),  # the account that gets them
    Column("remind_at", Float, nullable=True, index=True),  # when to look next
    Column("parameters", Text, nullable=True),  # JSON: FSRS weights of their own
)


def _person(*, key: bool = False) -> "Column[int]":
    """Name whose row it is."""
    return Column("person", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=key)


accounts = Table(
    "accounts",
    metadata,
    Column("learner", String, primary_key=True),  # "<platform>:<user>"
    _person(key=True),
    Column("since", Float, nullable=False),
)

memories = Table(
    "memories",
    metadata,
    _person(),
    Column("item", String, nullable=False),
    Column("state", Integer, nullable=False),  # FSRS: learning, review, relearning
    Column("step", Integer, nullable=True),
    Column("stability", Float, nullable=False),  # days
    Column("difficulty", Float, nullable=False),  # 1..10
    Column("due", Float, nullable=False),
    Column("last", Float, nullable=False),  # last scheduled review
    Column("rating", Integer, nullable=False),  # of that review, 1..4
    Column("reps", Integer, nullable=False),
    Column("lapses", Integer, nullable=False),  # of them, not recalled
    PrimaryKeyConstraint("person", "item"),
    Index("memories_due", "person", "due"),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    _person(),
    Column("item", String, nullable=False),
    Column("version", Integer, nullable=False),  # of the item
    Column("seed", Integer, nullable=False),
    Column("kind", String, nullable=False),  # "schedule" moved the schedule, "practice" didn't
    Column("score", Float, nullable=False),  # 0..1
    Column("correct", Boolean, nullable=False),
    Column("rating", Integer, nullable=False),  # 1..4
    Column("confidence", String, nullable=True),  # "know", "think", "guess"
    Column("hints", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),  # this one counted
    Column("ms", Integer, nullable=False),  # from the question to the answer
    Column("at", Float, nullable=False),
    Column("delivery", String, nullable=False, unique=True),  # the question asked, and which try
    Column("said", Text, nullable=True),  # what was typed, where it can be appealed
    Index("answers_person_at", "person", "at"),
)

days = Table(
    "days",
    metadata,
    _person(),
    Column("day", String(10), nullable=False),  # of the learner's calendar, "2026-11-29"
    Column("answers", Integer, nullable=False),
    Column("correct", Integer, nullable=False),
    Column("ms", Integer, nullable=False),
    PrimaryKeyConstraint("person", "day"),
)

quizzes = Table(
    "quizzes",
    metadata,
    Column("learner", String, nullable=False),
    Column("chat", String, nullable=False),
    _person(key=True),
    Column("mode", String, nullable=False),  # "quiz", "review", "test"
    Column("topic", String, nullable=False),  # a concept, a section, or "" for all
    Column("length", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("score", Float, nullable=False),  # sum over what is done
    Column("asked", String, nullable=False, unique=True),  # names the question asked last
    Column("item", String, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("lang", String(2), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("picked", Text, nullable=False),  # JSON: what is pressed so far, or waits for how sure
    Column("skipped", Text, nullable=False),  # JSON: items, the latest last
    Column("at", Float, nullable=False),
    PrimaryKeyConstraint("learner", "chat"),
)

appeals = Table(
    "appeals",
    metadata,
    Column("id", Integer, primary_key=True),
    _person(key=True),
    Column("answer", Integer, ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("at", Float, nullable=False),
)

codes = Table(
    "codes",
    metadata,
    Column("code", String, primary_key=True),  # its hash
    _person(key=True),
    Column("at", Float, nullable=False),
    Column("used", Boolean, nullable=False),
)

guesses = Table(
    "guesses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learner", String, nullable=False),  # who typed a code
    Column("at", Float, nullable=False),
    Index("guesses_learner_at", "learner", "at"),
)

reminders = Table(
    "reminders",
    metadata,
    _person(),
    Column("day", String(10), nullable=False),  # of the learner's calendar: one a day
    Column("at", Float, nullable=False),
    Column("due", Integer, nullable=False),
    PrimaryKeyConstraint("person", "day"),
)
