"""Learners' language and what each conversation was last about."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "learners",
        sa.Column("learner", sa.String, primary_key=True),
        sa.Column("language", sa.String(2), nullable=True),
    )
    op.create_table(
        "conversations",
        sa.Column("learner", sa.String, nullable=False),
        sa.Column("chat", sa.String, nullable=False),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("learner", "chat"),
    )
