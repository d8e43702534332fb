"""Where a run's message stands, so that it can be edited after a crash."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the place; earlier runs have none."""
    op.add_column("runs", sa.Column("spot", sa.String, nullable=False, server_default=""))
