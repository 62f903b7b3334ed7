"""Schema 2: what teams, blind questions and imports put on record has tables and columns."""

from alembic import op

from questions.store.migrations.additions import add_missing

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Add them, empty."""
    add_missing(op.get_bind())
