"""What a reader may not see: rows of others, left out where a table is read.

A veil is given to a :class:`questions.store.reading.Reading` and to
:func:`questions.store.bulk.frame`, so that whatever is made of the rows keeps to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class Veil:
    """Which rows are another's, and hidden; of no table where nothing is said."""

    reader: str = ""
    """The id of the person who reads; empty for nobody, who wrote no row."""
    hidden: frozenset[str] = frozenset()
    """The questions of which others' rows are hidden."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """By table whose rows can be hidden, the column that says whose a row is; empty: nobody's."""
    private: Mapping[str, str] = field(default_factory=dict)
    """The same of tables of which nobody is ever shown another's rows."""


OPEN: Final = Veil()
"""Nothing is hidden."""


def seen(veil: Veil, table: sa.Table) -> sa.ColumnElement[bool] | None:
    """What holds of the rows of a table that may be seen; None where all of them may."""
    if table.name in veil.private:
        return _own(veil, table, veil.private[table.name])
    if table.name in veil.authors and veil.hidden:
        hidden: sa.BindParameter[list[str]] = sa.bindparam(
            "hidden", sorted(veil.hidden), expanding=True, literal_execute=True
        )
        own = _own(veil, table, veil.authors[table.name])
        return sa.or_(table.c.question.not_in(hidden), own)
    return None


def _own(veil: Veil, table: sa.Table, author: str) -> sa.ColumnElement[bool]:
    return table.c[author] == veil.reader if author and veil.reader else sa.false()
