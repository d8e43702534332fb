"""The demos that were run: what is pressed under them works after a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table of runs."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("learner", sa.String, nullable=False, index=True),
        sa.Column("chat", sa.String, nullable=False),
        sa.Column("demo", sa.String, nullable=False),
        sa.Column("params", sa.Text, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("guess", sa.String, nullable=False),
        sa.Column("memory", sa.Text, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=True),
        sa.Column("at", sa.Float, nullable=False, index=True),
        sa.Column("began", sa.Float, nullable=True),
        sa.Column("process", sa.String, nullable=False),
    )
