"""What was done and what was seen, written in the transaction that did it; sealed in a chain; verified on demand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from coordination.law.zone import ZONE
from coordination.models import AuditEntry, AuditSeal, Organisation, User

SEAL_LOCK = 7_301_001
READ = "case.read"
"""Reading across organs; papers have entries of their own."""
SETTLED = """uuid_extract_timestamp(id) < (
    SELECT coalesce(min(xact_start), clock_timestamp()) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
)"""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: a kind of row, its id, and the case it belongs to, if any."""

    kind: str
    id: UUID | None
    case_id: UUID | None = None
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold, in words."""

    seal: int
    what: str


def record(
    actor: User | None,
    action: str,
    *,
    at: datetime,
    subject: Subject,
    organisation: Organisation | None = None,
    **detail: Any,
) -> AuditEntry:
    """Write one entry in the caller's transaction; `actor` None is the clock."""
    return AuditEntry.objects.create(
        at=at,
        actor=actor,
        organisation=organisation,
        action=action,
        subject_kind=subject.kind,
        subject_id=subject.id,
        case_id=subject.case_id,
        jurisdiction=subject.jurisdiction,
        detail=detail,
    )


def record_read(
    actor: User, *, at: datetime, subject: Subject, organisation: Organisation | None = None
) -> None:
    """Record that somebody read what belongs to another organ: once a person, subject and Shanghai day."""
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=at, actor=actor, organisation=organisation, action=READ, subject_kind=subject.kind,
                subject_id=subject.id, case_id=subject.case_id, jurisdiction=subject.jurisdiction,
                once_on=at.astimezone(ZONE).date(),
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def readers(case_id: UUID, *, most: int) -> list[AuditEntry]:
    """Return who of another organ read in the case, the latest first."""
    rows = AuditEntry.objects.filter(case_id=case_id, action=READ).select_related("actor", "organisation")
    return list(rows.order_by("-id")[:most])


def seal(at: datetime) -> AuditSeal | None:
    """Seal all entries since the last seal, or return None where there are none. Safe to run twice at once.

    Only entries made before every running transaction began are sealed, so that a slow writer cannot slip one in
    behind the seal (an id carries the instant at which it was made).
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        last = AuditSeal.objects.order_by("-sequence").first()
        fresh = AuditEntry.objects.order_by("id").extra(where=[SETTLED])  # noqa: S610 - a constant
        if last:
            fresh = fresh.filter(id__gt=last.last_entry_id)
        entries = list(fresh)
        if not entries:
            return None
        previous = last.digest if last else ""
        return AuditSeal.objects.create(
            sequence=(last.sequence + 1) if last else 1,
            sealed_at=at,
            first_entry_id=entries[0].id,
            last_entry_id=entries[-1].id,
            entries=len(entries),
            previous=previous,
            digest=_digest(previous, entries),
        )


def verify() -> tuple[Fault, ...]:
    """Recompute every seal; an entry changed, removed or put in between shows as a fault."""
    faults: list[Fault] = []
    previous = ""
    for kept in AuditSeal.objects.order_by("sequence").iterator():
        entries = list(
            AuditEntry.objects.filter(id__gte=kept.first_entry_id, id__lte=kept.last_entry_id).order_by("id")
        )
        if kept.previous != previous:
            faults.append(Fault(kept.sequence, "does not follow the seal before it"))
        if len(entries) != kept.entries:
            faults.append(Fault(kept.sequence, f"covers {len(entries)} entries, sealed were {kept.entries}"))
        elif _digest(kept.previous, entries) != kept.digest:
            faults.append(Fault(kept.sequence, "an entry was changed"))
        previous = kept.digest
    return tuple(faults)


def _digest(previous: str, entries: list[AuditEntry]) -> str:
    running = hashlib.sha256(previous.encode())
    for entry in entries:
        line = [
            str(entry.id), entry.at.isoformat(), str(entry.actor_id), str(entry.organisation_id), entry.action,
            entry.subject_kind, str(entry.subject_id), str(entry.case_id), entry.jurisdiction, entry.detail,
        ]  # fmt: skip
        running.update(json.dumps(line, ensure_ascii=False, sort_keys=True).encode())
    return running.hexdigest()
