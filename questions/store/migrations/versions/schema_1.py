"""Schema 1: the first; a new store is given it whole, so there is nothing to change."""

revision = "1"
down_revision = None


def upgrade() -> None:
    """No store is older than this."""
