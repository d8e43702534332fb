"""The tables. Changes to them are migrations in migrations/versions, appended, never edited."""

from sqlalchemy import Column, Float, MetaData, PrimaryKeyConstraint, String, Table, Text

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
