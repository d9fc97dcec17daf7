"""One case as text that can be written again: its rows as COPY reads them, with places for ids, numbers and names.

Instants move together; clocks are derived anew for the new instants by the same code that winds them.
"""

from __future__ import annotations

import copy
import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from cases import clocks, scope
from cases.models import Case, Deadline, Occurrence

# Each table with the condition that finds the rows of one case; parents before children.
TABLES = {
    "cases_case": "id = %(case)s",
    "cases_suspect": "case_id = %(case)s",
    "cases_charge": "case_id = %(case)s",
    "cases_proceeding": "case_id = %(case)s",
    "cases_activity": "case_id = %(case)s",
    "cases_activity_officers": "activity_id IN (SELECT id FROM cases_activity WHERE case_id = %(case)s)",
    "cases_step": "case_id = %(case)s",
    "cases_occurrence": "case_id = %(case)s",
    "cases_deadline": "case_id = %(case)s",
    "cases_deadlineevent": "deadline_id IN (SELECT id FROM cases_deadline WHERE case_id = %(case)s)",
    "cases_document": "case_id = %(case)s",
    "cases_draft": "proceeding_id IN (SELECT id FROM cases_proceeding WHERE case_id = %(case)s)",
}
DERIVED = (
    "started_at", "due_at", "due_on", "outer_at", "plan_on", "fires_at", "is_provisional", "because",
    "next_alarm_at", "next_rung",
)  # fmt: skip
NUMBERED = r"""
    INSERT INTO cases_numberseries (organisation_id, kind, year, last)
    SELECT organisation_id, regexp_replace(number, '[0-9]+([^0-9]*)$', '{n}\1'),
        substring(number FROM '(20[0-9]{2})')::int AS year,
        max(substring(number FROM '([0-9]+)[^0-9]*$')::int)
    FROM cases_document WHERE number ~ '20[0-9]{2}[^0-9]+[0-9]+[^0-9]*$' GROUP BY 1, 2, 3
    ON CONFLICT (organisation_id, kind, year) DO UPDATE SET last = greatest(cases_numberseries.last, excluded.last)
"""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d")
SERIAL = re.compile(r"20\d\d([^0-9]+)\d+([^0-9]*)$")


@dataclass(frozen=True, slots=True)
class Copied:
    """A case moved to its instant and desk: the names of the ids it wants, and its rows as one text a table."""

    begins: datetime
    keys: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one case wrote: columns with their types by table, rows as COPY gives them, and its clocks."""

    number: str
    suspect: str
    received_at: datetime
    columns: dict[str, dict[str, str]]
    rows: dict[str, list[list[str]]]
    names: dict[str, str]
    clocks: dict[str, tuple[Deadline, list[Occurrence]]]
    papers: tuple[str, ...]

    @classmethod
    def read(cls, case: Case, suspect: str) -> Pattern:
        """Read a case as it stands; `suspect` is the name for which each copy has its own."""
        columns, rows = {}, {}
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL timezone = 'UTC'")
            for table, where in TABLES.items():
                columns[table] = _columns(cursor, table)
                rows[table] = _rows(cursor, table, columns[table], where, case.pk)
        ids = [
            row[list(columns[table]).index("id")]
            for table in TABLES
            if "id" in columns[table]
            for row in rows[table]
        ]
        found = Deadline.objects.filter(case=case).select_related("anchor", "proceeding")
        kept = {str(row.pk): (row, scope.occurrences(row)) for row in found}
        names = {key: f"k{place}" for place, key in enumerate(ids)}
        place = list(columns["cases_document"]).index("number")
        papers = tuple(dict.fromkeys(row[place] for row in rows["cases_document"] if row[place]))
        return cls(case.number, suspect, case.received_at, columns, rows, names, kept, papers)

    def copied(self, shift: timedelta, swaps: Mapping[str, str]) -> Copied:
        """Move the case by `shift` and to another desk; `swaps` says which id (or division) stands for which."""
        year = f"{self.received_at + shift:%Y}"
        blocks = []
        for table, columns in self.columns.items():
            lines = []
            for row in self.rows[table]:
                values = dict(zip(columns, row, strict=True))
                moved = {name: _moved(text, columns[name], shift) for name, text in values.items()}
                if table == "cases_deadline":
                    moved |= self._derived(values["id"], shift)
                if table == "cases_suspect":
                    moved["name_sort"] = "\0sort\0"
                line = "\t".join(swaps.get(text, text) for text in moved.values())
                lines.append(self._open(line, swaps, year))
            blocks.append((table, "".join(f"{line}\n" for line in lines)))
        return Copied(self.received_at + shift, tuple(self.names.values()), tuple(blocks))

    def _open(self, line: str, swaps: Mapping[str, str], year: str) -> str:
        """Put places where each copy has its own: ids, the case number, serial numbers, the suspect's name."""
        line = line.replace("%", "%%").replace(self.number, "%(number)s").replace(self.suspect, "%(name)s")
        line = line.replace("\0sort\0", "%(sort)s")
        for place, number in enumerate(self.papers):
            fresh = SERIAL.sub(rf"{year}\1%(serial)s{place}\2", number)
            for abbr in (text for text in swaps if fresh.startswith(text)):
                fresh = swaps[abbr] + fresh.removeprefix(abbr)
                break
            line = line.replace(number, fresh)

        def swapped(found: re.Match[str]) -> str:
            key = found.group()
            return f"%({self.names[key]})s" if key in self.names else swaps.get(key, key)

        return ID.sub(swapped, line)

    def _derived(self, key: str, shift: timedelta) -> dict[str, str]:
        """The clock's columns, derived for the new instant; a stopped clock rings no more."""
        told, events = self.clocks[key]
        row = copy.copy(told)
        row.started_at += shift
        later = []
        for event in events:
            moved = copy.copy(event)
            moved.at += shift
            later.append(moved)
        clocks.set_in_memory(row, later)
        return {name: _text(getattr(row, name)) for name in DERIVED}


class Keys:
    """Makes UUIDv7 keys in ascending order, as the database does: milliseconds, a counter, chance."""

    def __init__(self) -> None:
        self._next = time.time_ns() // 1_000_000 << 12

    def take(self, count: int) -> Iterator[str]:
        """Return the next `count` keys."""
        first, self._next = self._next, self._next + count
        chance = os.urandom(8 * count)
        for place in range(count):
            at = first + place
            low = int.from_bytes(chance[8 * place : 8 * place + 8], "big") >> 2 | 1 << 63
            text = f"{at >> 12:012x}7{at & 0xFFF:03x}{low:016x}"
            yield f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def without_checks(cursor: Any) -> None:
    """Leave out foreign-key checks for this transaction where the account may: the patterns passed them already."""
    try:
        with transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")
    except (
        DatabaseError
    ):  # an account that is not the server's owner: every row is checked, which takes longer
        return


def write(cursor: Any, table: str, columns: Iterable[str], lines: Sequence[str]) -> None:
    """Append rows, given as COPY reads them, to a table."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as target:
        target.write("".join(lines))


def analyze(table: str) -> sql.Composed:
    """The statement that lets the planner look at a table."""
    return sql.SQL("ANALYZE {}").format(sql.Identifier(table))


def _columns(cursor: Any, table: str) -> dict[str, str]:
    """The columns with their types; keys that the database counts are left to it."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = current_schema() AND is_identity = 'NO' ORDER BY ordinal_position",
        [table],
    )
    return dict(cursor.fetchall())


def _rows(cursor: Any, table: str, columns: Iterable[str], where: str, case: UUID) -> list[list[str]]:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    chosen = sql.SQL(where.replace("%(case)s", "{case}")).format(case=sql.Literal(str(case)))
    query = sql.SQL("COPY (SELECT {} FROM {} WHERE {} ORDER BY 1) TO STDOUT")
    with cursor.copy(query.format(names, sql.Identifier(table), chosen)) as source:
        text = b"".join(bytes(block) for block in source).decode()
    return [line.split("\t") for line in text.splitlines()]


def _moved(text: str, kind: str, shift: timedelta) -> str:
    if text == r"\N":
        return text
    if kind == "timestamp with time zone":
        return str(datetime.fromisoformat(text) + shift)
    if kind == "date":
        return str(date.fromisoformat(text) + timedelta(days=round(shift / timedelta(days=1))))
    if kind == "jsonb":
        return STAMP.sub(lambda found: (datetime.fromisoformat(found.group()) + shift).isoformat(), text)
    return text


def _text(value: object) -> str:
    """A value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, datetime):
        return str(value.astimezone(UTC))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False).replace("\\", r"\\")
    return str(value)
