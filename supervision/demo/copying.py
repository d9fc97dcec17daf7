"""One case as text that can be written again: its rows as COPY reads them, with places for what each copy has its own.

A pattern is opened once: every id, instant, number and name in it becomes a place. Moved to a day and a desk, it is
bytes in which six marks are left for one copy. Instants move together; clocks are derived anew for the new instants by
the same code that winds them. How the bytes get into the database is in `loading`.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
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
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d")
SERIAL = re.compile(r"20\d\d([^0-9]+)\d+([^0-9]*)$")
FRONT, BACK, NUMBER, SERIALS, NAME, SORT, BETWEEN = "\1\2\3\4\5\6\7"
"""Marks in the text of a copy: both parts of an id, case number, serial number, name, name in pinyin; next table."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A case moved to its instant and desk, the rows of all tables in their order as one text with marks."""

    begins: datetime
    text: bytes
    rows: int

    def copy(self, *, front: str, back: str, number: str, serial: int, name: str, sort: str) -> list[bytes]:
        """Return the rows of one copy by table. Ids are `front`, the place of the row in its case, and `back`."""
        text = self.text.replace(b"\1", front.encode()).replace(b"\2", back.encode())
        text = text.replace(b"\3", number.encode()).replace(b"\4", str(serial).encode())
        return text.replace(b"\5", name.encode()).replace(b"\6", sort.encode()).split(b"\7")


@dataclass(frozen=True, slots=True)
class Moments:
    """Every instant of a pattern moved by `shift`, by its place."""

    shift: timedelta
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A case as it was told: columns by table, its text with a place for all that moves, its clocks and papers."""

    received_at: datetime
    columns: dict[str, dict[str, str]]
    text: str
    rows: int
    moments: dict[str, tuple[str, str]]
    clocks: dict[str, tuple[Deadline, list[Occurrence]]]
    papers: tuple[str, ...]

    def copied(self, moments: Moments, swaps: Mapping[str, str]) -> Copied:
        """Move the case to its instants and to a desk; `swaps` says which id (or division) stands for which."""
        begins = self.received_at + moments.shift
        papers = {
            _paper(place): _renumbered(text, place, swaps, f"{begins:%Y}")
            for place, text in enumerate(self.papers)
        }
        text = self.text % {**swaps, **papers, **moments.values}
        return Copied(begins, text.encode(), self.rows)

    def moved(self, shift: timedelta) -> Moments:
        """Move every instant and every clock; they are the same for all desks."""
        found = {place: _moved(text, kind, shift) for place, (text, kind) in self.moments.items()}
        for place, (told, events) in self.clocks.items():
            found |= {f"{place}.{name}": value for name, value in _derived(told, events, shift).items()}
        return Moments(shift, found)


@dataclass(slots=True)
class _Opening:
    """Puts places where a copy differs from the case that was told."""

    number: str
    suspect: str
    swapped: Iterable[str]
    names: dict[str, int]
    papers: tuple[str, ...]
    moments: dict[str, tuple[str, str]] = field(default_factory=dict)

    def row(
        self, table: str, columns: Mapping[str, str], values: list[str], clocks_: Mapping[str, Any]
    ) -> str:
        """Return one row with places."""
        found = dict(zip(columns, values, strict=True))
        opened = {name: self._field(text, columns[name]) for name, text in found.items()}
        if table == "cases_deadline" and found["id"] in clocks_:
            opened |= {name: f"%({found['id']}.{name})s" for name in DERIVED}
        if table == "cases_suspect":
            opened["name_sort"] = SORT
        return "\t".join(opened.values()) + "\n"

    def _field(self, text: str, kind: str) -> str:
        if text == r"\N":
            return text
        if kind in ("timestamp with time zone", "date"):
            return self._moment(text, kind)
        if text in self.swapped:
            return f"%({text})s"
        text = self._words(text.replace("%", "%%"))
        return STAMP.sub(lambda found: self._moment(found.group(), kind), text) if kind == "jsonb" else text

    def _moment(self, text: str, kind: str) -> str:
        place = f"{kind} {text}"
        self.moments[place] = (text, kind)
        return f"%({place})s"

    def _words(self, text: str) -> str:
        text = text.replace(self.number, NUMBER).replace(self.suspect, NAME)
        for place, number in enumerate(self.papers):
            text = text.replace(number, f"%({_paper(place)})s")
        return ID.sub(self._id, text)

    def _id(self, found: re.Match[str]) -> str:
        key = found.group()
        if key in self.names:
            return f"{FRONT}-7{self.names[key]:03x}-{BACK}"
        return f"%({key})s" if key in self.swapped else key


def read(case: Case, suspect: str, swapped: Iterable[str]) -> Pattern:
    """Read a case as it stands; `suspect` is the name that each copy has its own for, `swapped` what a desk changes."""
    columns, rows = {}, {}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        for table, where in TABLES.items():
            columns[table] = _columns(cursor, table)
            rows[table] = _rows(cursor, table, columns[table], where, case.pk)
    found = Deadline.objects.filter(case=case).select_related("anchor", "proceeding")
    kept = {str(row.pk): (row, scope.occurrences(row)) for row in found}
    numbers = _values("number", columns["cases_document"], rows["cases_document"])
    opening = _Opening(
        case.number, suspect, frozenset(swapped), _places(columns, rows),
        tuple(dict.fromkeys(filter(None, numbers))),
    )  # fmt: skip
    text = BETWEEN.join(
        "".join(opening.row(table, columns[table], row, kept) for row in rows[table]) for table in TABLES
    )
    whole = sum(map(len, rows.values()))
    return Pattern(case.received_at, columns, text, whole, opening.moments, kept, opening.papers)


def _places(columns: Mapping[str, Mapping[str, str]], rows: Mapping[str, list[list[str]]]) -> dict[str, int]:
    """Give every id of the case a place."""
    ids = [key for table in TABLES for key in _values("id", columns[table], rows[table])]
    return {key: place for place, key in enumerate(ids)}


def _values(name: str, columns: Mapping[str, str], rows: list[list[str]]) -> list[str]:
    place = list(columns).index(name) if name in columns else None
    return [] if place is None else [row[place] for row in rows]


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


def _paper(place: int) -> str:
    return f"paper {place}"


def _renumbered(number: str, place: int, swaps: Mapping[str, str], year: str) -> str:
    """The number of a paper as the other desk would give it, with the mark for the serial number of the copy."""
    fresh = SERIAL.sub(rf"{year}\1{SERIALS}{place}\2", number)
    for abbr in (text for text in swaps if fresh.startswith(text)):
        return swaps[abbr] + fresh.removeprefix(abbr)
    return fresh


def _moved(text: str, kind: str, shift: timedelta) -> str:
    if kind == "date":
        return str(date.fromisoformat(text) + timedelta(days=round(shift / timedelta(days=1))))
    moved = datetime.fromisoformat(text) + shift
    return moved.isoformat() if kind == "jsonb" else str(moved)


def _derived(told: Deadline, events: Iterable[Occurrence], shift: timedelta) -> dict[str, str]:
    """The clock's columns, derived for the new instant; a stopped clock rings no more."""
    row = copy.copy(told)
    row.started_at += shift
    later = []
    for event in events:
        moved = copy.copy(event)
        moved.at += shift
        later.append(moved)
    clocks.set_in_memory(row, later)
    return {name: _text(getattr(row, name)) for name in DERIVED}


def _text(value: object) -> str:
    """A value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, datetime):
        return str(value.astimezone(UTC))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False).replace("\\", r"\\")
    return str(value)
