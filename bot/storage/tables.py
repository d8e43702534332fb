"""The tables. Changes to them are migrations in migrations/versions, appended, never edited."""

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, String, Table, Text

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
)
