"""Tables and columns that an older store lacks are added to it; nothing of it is changed.

They are read from the log, of which an older store has no entry that would fill them.
"""

import sqlalchemy as sa

from questions.store.tables import METADATA


def add_missing(connection: sa.Connection) -> None:
    """Give a store the tables, columns and indices that it lacks, empty."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    steps = Operations(MigrationContext.configure(connection))
    there = sa.inspect(connection)
    known = {*there.get_table_names()}
    for table in METADATA.sorted_tables:
        if table.name not in known:
            table.create(connection)
            continue
        columns = {column["name"] for column in there.get_columns(table.name)}
        lacking = [column for column in table.c if column.name not in columns]
        for column in lacking:
            steps.add_column(table.name, sa.Column(column.name, column.type))
        for index in table.indexes:
            if {*index.columns} & {*lacking}:
                index.create(connection)
