"""The rows of one batch of the sweep, as bare values: claimed in one query, written back in three statements.

What they mean and what is done about them is in `sweep`. A hundred thousand deadlines may be due in one minute after a
holiday or a stop; no model objects are made for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

CLAIM = """
SELECT d.id, d.limit, d.started_at, d.due_at, d.due_on, d.fires_at, d.thread_id, d.responsible_role, d.owner_id,
    d.confidentiality, d.proceeding_id, p.process, p.case_id, p.organisation_id, p.counterpart_id,
    p.counterpart_owner_id, c.number, c.police_id, c.procuratorate_id, c.investigator_id, c.prosecutor_id, s.name,
    s.held_at_id, o.kind
FROM cases_deadline d JOIN cases_proceeding p ON p.id = d.proceeding_id
JOIN coordination_organisation o ON o.id = p.organisation_id
LEFT JOIN cases_case c ON c.id = p.case_id LEFT JOIN cases_suspect s ON s.id = p.suspect_id
WHERE d.next_alarm_at <= %s ORDER BY d.next_alarm_at, d.id LIMIT %s FOR UPDATE OF d SKIP LOCKED
"""
RUNG = (
    "SELECT deadline_id, rung, due_at FROM cases_deadlineevent WHERE kind = 'rung' AND deadline_id = ANY(%s)"
)
STORE = """
UPDATE cases_deadline d SET next_alarm_at = v.at, next_rung = v.rung
FROM jsonb_to_recordset(%s::jsonb) AS v(id uuid, at timestamptz, rung text) WHERE d.id = v.id AND d.stopped_at IS NULL
"""
EVENTS = """
INSERT INTO cases_deadlineevent (deadline_id, kind, rung, at, due_at, detail)
SELECT v.id, v.kind, v.rung, %s, v.due, '{}'::jsonb FROM jsonb_to_recordset(%s::jsonb)
    AS v(id uuid, kind text, rung text, due timestamptz)
"""
MESSAGES = """
INSERT INTO coordination_message
    (recipient_id, code, params, link, case_id, is_statutory, posted_at, mail_attempts, once_key)
SELECT v.who, v.code, v.params, v.link, v."case", TRUE, %s, 0, v.cause FROM jsonb_to_recordset(%s::jsonb)
    AS v(who uuid, code text, params jsonb, link text, "case" uuid, cause text)
ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class Ringing:
    """A due deadline with what its messages say and whom they reach; columns as in the models of the same names.

    `begun_by` is the kind of the organ that began the proceeding.
    """

    pk: UUID
    limit: str
    started_at: datetime
    due_at: datetime
    due_on: date | None
    fires_at: datetime
    thread_id: UUID
    responsible_role: str
    owner_id: UUID | None
    confidentiality: int
    proceeding_id: UUID
    process: str
    case_id: UUID | None
    organisation_id: UUID
    counterpart_id: UUID | None
    counterpart_owner_id: UUID | None
    number: str | None
    police_id: UUID | None
    procuratorate_id: UUID | None
    investigator_id: UUID | None
    prosecutor_id: UUID | None
    suspect: str | None
    held_at_id: UUID | None
    begun_by: str
    rung: set[tuple[str, datetime]] = field(default_factory=set)

    @property
    def matter(self) -> tuple[UUID | int | None, ...]:
        """What the people told depend on: two rows alike in organs, persons and level tell the same people."""
        return (
            self.organisation_id, self.counterpart_id, self.police_id, self.procuratorate_id, self.investigator_id,
            self.prosecutor_id, self.held_at_id, self.counterpart_owner_id, self.confidentiality,
        )  # fmt: skip


def claim(now: datetime, batch: int) -> list[Ringing]:
    """Lock up to `batch` due deadlines that no other sweep holds, with the rungs that have rung, each for its due."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [now, batch])
        rows = [Ringing(*row) for row in cursor.fetchall()]
        found = {row.pk: row for row in rows}
        cursor.execute(RUNG, [list(found)])
        for key, rung, due_at in cursor.fetchall():
            found[key].rung.add((rung, due_at))
    return rows


def store(alarms: Iterable[tuple[Ringing, datetime | None, str]]) -> None:
    """Write the next alarms."""
    _write(
        STORE, [{"id": str(r.pk), "at": at.isoformat() if at else None, "rung": key} for r, at, key in alarms]
    )


def claimed(events: Iterable[tuple[Ringing, str, str]], at: datetime) -> None:
    """Append the claims: (row, kind, rung). A rung that rang already is a fault and undoes the batch."""
    rows = [
        {"id": str(row.pk), "kind": kind, "rung": rung, "due": row.due_at.isoformat()}
        for row, kind, rung in events
    ]
    _write(EVENTS, rows, at)


def post(messages: Sequence[dict[str, Any]], at: datetime) -> None:
    """Post the messages; one that was posted for the same cause stays the only one."""
    _write(MESSAGES, messages, at)


def _write(statement: str, rows: Sequence[dict[str, Any]], *values: Any) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, json.dumps(rows, ensure_ascii=False)])
