"""What each learner knows: people and their accounts, memories, answers, quizzes, reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def person() -> "sa.Column[int]":
    """Name whose row it is."""
    return sa.Column("person", sa.Integer, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    """Create what quizzes, review and progress need."""
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("since", sa.Float, nullable=False),
        sa.Column("told", sa.Float, nullable=True),
        sa.Column("zone", sa.String, nullable=True),
        sa.Column("confidence", sa.Boolean, nullable=False),
        sa.Column("ladder", sa.Boolean, nullable=False),
        sa.Column("goal", sa.Integer, nullable=False),
        sa.Column("remind_hour", sa.Integer, nullable=True),
        sa.Column("quiet_from", sa.Integer, nullable=False),
        sa.Column("quiet_to", sa.Integer, nullable=False),
        sa.Column("remind_to", sa.String, nullable=True),
        sa.Column("remind_at", sa.Float, nullable=True),
        sa.Column("parameters", sa.Text, nullable=True),
    )
    op.create_index("ix_people_remind_at", "people", ["remind_at"])
    op.create_table(
        "accounts",
        sa.Column("learner", sa.String, primary_key=True),
        person(),
        sa.Column("since", sa.Float, nullable=False),
    )
    op.create_index("ix_accounts_person", "accounts", ["person"])
    op.create_table(
        "memories",
        person(),
        sa.Column("item", sa.String, nullable=False),
        sa.Column("state", sa.Integer, nullable=False),
        sa.Column("step", sa.Integer, nullable=True),
        sa.Column("stability", sa.Float, nullable=False),
        sa.Column("difficulty", sa.Float, nullable=False),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("last", sa.Float, nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
        sa.Column("reps", sa.Integer, nullable=False),
        sa.Column("lapses", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("person", "item"),
    )
    op.create_index("memories_due", "memories", ["person", "due"])
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer, primary_key=True),
        person(),
        sa.Column("item", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("correct", sa.Boolean, nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
        sa.Column("confidence", sa.String, nullable=True),
        sa.Column("hints", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ms", sa.Integer, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("delivery", sa.String, nullable=False, unique=True),
        sa.Column("said", sa.Text, nullable=True),
    )
    op.create_index("answers_person_at", "answers", ["person", "at"])
    op.create_table(
        "days",
        person(),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("correct", sa.Integer, nullable=False),
        sa.Column("ms", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("person", "day"),
    )
    op.create_table(
        "quizzes",
        sa.Column("learner", sa.String, nullable=False),
        sa.Column("chat", sa.String, nullable=False),
        person(),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("topic", sa.String, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("asked", sa.String, nullable=False, unique=True),
        sa.Column("item", sa.String, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("hints", sa.Integer, nullable=False),
        sa.Column("picked", sa.Text, nullable=False),
        sa.Column("skipped", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("learner", "chat"),
    )
    op.create_index("ix_quizzes_person", "quizzes", ["person"])
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer, primary_key=True),
        person(),
        sa.Column("answer", sa.Integer, sa.ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, unique=True),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_index("ix_appeals_person", "appeals", ["person"])
    op.create_table(
        "codes",
        sa.Column("code", sa.String, primary_key=True),
        person(),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("used", sa.Boolean, nullable=False),
    )
    op.create_index("ix_codes_person", "codes", ["person"])
    op.create_table(
        "guesses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner", sa.String, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_index("guesses_learner_at", "guesses", ["learner", "at"])
    op.create_table(
        "reminders",
        person(),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("person", "day"),
    )
