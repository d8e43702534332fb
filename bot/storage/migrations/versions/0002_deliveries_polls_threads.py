"""Which updates were taken, what votes in native polls mean, which threads are the bot's."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create what the chat platforms need."""
    op.create_table(
        "deliveries",
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("at", sa.Float, nullable=False, index=True),
        sa.Column("run", sa.String, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("platform", "delivery"),
    )
    op.create_table(
        "polls",
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("poll", sa.String, nullable=False),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("chat", sa.String, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("platform", "poll"),
    )
    op.create_table(
        "threads",
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("thread", sa.String, nullable=False),
        sa.Column("learner", sa.String, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("platform", "thread"),
    )
