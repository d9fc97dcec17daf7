"""Writing rows into the record by COPY, and what stands in the way of many: checks of foreign keys, and indexes.

Whoever writes more rows than are there sets the indexes aside and makes them anew behind the rows, in the same
transaction: a load that is killed leaves the record as it was. What the rows say is in `copying`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, transaction
from psycopg import sql

MEMORY = "256MB"
"""For sorting while an index is made; the server's own setting is for many at once."""

NUMBERED = r"""
    INSERT INTO cases_numberseries (organisation_id, kind, year, last)
    SELECT organisation_id, part[1] || '{n}' || part[3], substring(part[1] FROM '20[0-9]{2}')::int, max(part[2]::int)
    FROM (
        SELECT organisation_id, regexp_match(number, '^(.*20[0-9]{2}[^0-9]+)([0-9]+)([^0-9]*)$') AS part
        FROM cases_document
    ) numbered WHERE part IS NOT NULL GROUP BY 1, 2, 3
    ON CONFLICT (organisation_id, kind, year) DO UPDATE SET last = greatest(cases_numberseries.last, excluded.last)
"""
PLAIN = """
    SELECT table_name, array_agg(column_name::text) FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ANY(%s) AND data_type <> 'jsonb' GROUP BY 1
"""
INDEXES = """
    SELECT index.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class index ON index.oid = i.indexrelid JOIN pg_class whole ON whole.oid = i.indrelid
    WHERE whole.relname = ANY(%s) AND whole.relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1
"""


def without_checks(cursor: Any) -> None:
    """Leave out foreign-key checks for this transaction where the account may: the patterns passed them already."""
    try:
        with transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")
    except (
        DatabaseError
    ):  # an account that is not the server's owner: every row is checked, which takes longer
        return


@contextmanager
def indexes_aside(cursor: Any, tables: Iterable[str]) -> Iterator[None]:
    """Take away the indexes of the tables that hold no constraint, and make them again at the end.

    Nobody else can use the tables until the transaction ends.
    """
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked would hold the tables
    cursor.execute(INDEXES, [list(tables)])
    known = cursor.fetchall()
    for name, _made in known:
        cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    cursor.execute(sql.SQL("SET LOCAL maintenance_work_mem = {}").format(sql.Literal(MEMORY)))
    for _name, made in known:
        cursor.execute(made)
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def write(cursor: Any, table: str, columns: Iterable[str], blocks: Sequence[bytes]) -> None:
    """Append rows, given as COPY reads them, to a table."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as target:
        target.write(b"".join(blocks))


def number_on(cursor: Any) -> None:
    """Let the numbering of papers go on behind those that are there."""
    cursor.execute(NUMBERED)


def analyze(cursor: Any, tables: Iterable[str]) -> None:
    """Let the planner know the tables as they are now; what is in JSON no query chooses its way by."""
    cursor.execute(PLAIN, [list(tables)])
    for table, columns in cursor.fetchall():
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        cursor.execute(sql.SQL("ANALYZE {} ({})").format(sql.Identifier(table), names))
