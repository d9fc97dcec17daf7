"""Ringing: every minute what is due rings, in batches, once; every night the stored clocks are compared with derived ones.

The insert of the DeadlineEvent is the claim. A bad row is pushed forward and reported, it never blocks the rest. A rung
tells people and prepares the next step for a person; only the steps of the clock (a state that time itself brings)
are taken here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

import structlog
from django.db import connection, transaction

from cases import applying, clocks, ladder, parties, scope, telling
from cases.ladder import Alarm
from cases.models import Deadline, DeadlineEvent, Proceeding
from cases.request import Request
from coordination import inbox
from coordination.law import grammar
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.processes import all_processes
from coordination.law.roles import CLOCK, ROLES
from coordination.models import Message, User

log = structlog.get_logger(__name__)
BATCH = 1000
PUSHED = timedelta(minutes=15)


@dataclass(slots=True)
class Swept:
    """What one sweep did."""

    deadlines: int = 0
    rungs: int = 0
    failed: int = 0


@dataclass(slots=True)
class _Batch:
    """Rows to write at the end of a batch, and who holds which role where, looked up once."""

    now: datetime
    messages: list[Message] = field(default_factory=list)
    holders: dict[tuple[str, object, object], list[User]] = field(default_factory=dict)


def sweep(now: datetime, *, batch: int = BATCH) -> Swept:
    """Ring everything that is due at `now`. Safe to run twice at once, and to be killed at any point."""
    done = Swept()
    while True:
        with transaction.atomic():
            rows = list(
                Deadline.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related(
                    "proceeding__organisation__parent", "proceeding__counterpart__parent", "proceeding__suspect",
                    "case__police__parent", "case__procuratorate__parent", "case__unit",
                    "case__investigator", "case__prosecutor",
                )
                .filter(next_alarm_at__lte=now)
                .order_by("next_alarm_at", "id")[:batch]
            )  # fmt: skip
            if not rows:
                return done
            _ring(rows, now, done)


def _ring(rows: Sequence[Deadline], now: datetime, done: Swept) -> None:
    work = _Batch(now)
    rung = _rung(rows)
    due = {}
    for row in rows:
        alarms = ladder.rungs(row, row.proceeding.process)
        due[row.pk] = [alarm for alarm in alarms if alarm.at <= now and (alarm.key, row.due_at) not in rung[row.pk]]
        later = next((alarm for alarm in alarms if alarm.at > now), None)
        row.next_alarm_at, row.next_rung = (later.at, later.key) if later else (None, "")
    _store(rows)
    claims: list[DeadlineEvent] = []
    for row in rows:
        if _act(row, due[row.pk], work):
            claims += [_event(row, alarm.key, now, DeadlineEvent.Kind.RUNG) for alarm in due[row.pk]]
        else:
            claims.append(_event(row, "", now, DeadlineEvent.Kind.FAILED))
            done.failed += 1
    DeadlineEvent.objects.bulk_create(claims)
    Message.objects.bulk_create(work.messages, ignore_conflicts=True)
    done.deadlines += len(rows)
    done.rungs += len(claims)


def _rung(rows: Sequence[Deadline]) -> dict[UUID, set[tuple[str, datetime]]]:
    """Which rungs of these rows have rung, for which due instant: a moved deadline rings anew."""
    found: dict[UUID, set[tuple[str, datetime]]] = {row.pk: set() for row in rows}
    events = DeadlineEvent.objects.filter(deadline__in=list(found), kind=DeadlineEvent.Kind.RUNG).order_by()
    for key, rung, due_at in events.values_list("deadline_id", "rung", "due_at"):
        found[key].add((rung, due_at))
    return found


def _event(row: Deadline, rung: str, now: datetime, kind: DeadlineEvent.Kind) -> DeadlineEvent:
    return DeadlineEvent(deadline=row, kind=kind, rung=rung, at=now, due_at=row.due_at)


def _store(rows: Sequence[Deadline]) -> None:
    """Write the next alarms of a batch in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_deadline d SET next_alarm_at = v.at, next_rung = v.rung"
            " FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[]) AS v(id, at, rung)"
            " WHERE d.id = v.id AND d.stopped_at IS NULL",
            [[r.pk for r in rows], [r.next_alarm_at for r in rows], [r.next_rung for r in rows]],
        )


def _act(row: Deadline, due: Iterable[Alarm], work: _Batch) -> bool:
    """Do what the rungs say; a fault is reported and tried again later, the other rows go on."""
    told: list[Message] = []
    try:
        for alarm in due:
            told += _messages(row, alarm, work)
            if alarm.is_overdue and _has_clock_steps(row.limit):
                with transaction.atomic():
                    take_clock_steps(row, at=work.now)
            if alarm.declared is not None and alarm.declared.step is not None:
                with transaction.atomic():
                    _prepare(row, alarm, at=work.now)
    except Exception:  # the boundary of one row: reported, pushed forward, never in the way of the rest
        log.exception("deadline.could_not_ring", deadline=str(row.pk), limit=row.limit)
        Deadline.objects.filter(pk=row.pk, stopped_at__isnull=True).update(next_alarm_at=work.now + PUSHED)
        return False
    work.messages += told
    return True


def take_clock_steps(row: Deadline, *, at: datetime) -> int:
    """Take the steps that time itself takes after this limit has run out; returns how many."""
    taken = 0
    for proceeding in Proceeding.objects.filter(thread_id=row.thread_id, closed_at__isnull=True).order_by("id"):
        for declared in _clock_steps(proceeding.process, row.limit):
            locked = Proceeding.objects.select_for_update().get(pk=proceeding.pk)
            past = scope.history(locked, at)
            if not grammar.check(locked.declared, declared.id, past, {}, at, None):
                applying.apply(Request(None, locked, declared.id, at))
                taken += 1
    return taken


def _clock_steps(process: str, limit: str) -> tuple[DeclaredStep, ...]:
    steps = all_processes()[process].steps
    return tuple(step for step in steps if step.role == CLOCK and limit in step.after_expiry_of)


@cache
def _has_clock_steps(limit: str) -> bool:
    return any(_clock_steps(process, limit) for process in all_processes())


def _prepare(row: Deadline, alarm: Alarm, *, at: datetime) -> None:
    """Lay the rung's step ready where it fits the present state of a proceeding of the thread."""
    rung = alarm.declared
    if rung is None or rung.step is None:
        return
    for proceeding in Proceeding.objects.filter(thread_id=row.thread_id, closed_at__isnull=True).order_by("id"):
        declared = next((s for s in proceeding.declared.steps_from(proceeding.state) if s.id == rung.step), None)
        if declared is not None and rung in proceeding.declared.escalation:
            telling.prepare(proceeding, declared.id, cause=f"rung:{alarm.key}", at=at)


def _messages(row: Deadline, alarm: Alarm, work: _Batch) -> list[Message]:
    code = "deadline.overdue" if alarm.at >= row.fires_at else "deadline.remind"
    if row.due_on is not None and alarm.declared is not None and alarm.declared.distance.n == 0:
        code = "deadline.due"
    told = {user.pk: user for role in _roles(row, alarm) for user in _holders(row, role, work)}
    return [
        Message(
            recipient=user, code=code, link=f"/proceedings/{row.proceeding_id}/", case_id=row.case_id,
            params={
                "limit": inbox.limit_title(row.limit), "due": _due(row), "matter": telling.matter(row.proceeding),
            },
            posted_at=work.now, once_key=f"{row.pk}:{alarm.key}:{row.due_at:%Y%m%d%H%M}",
        )
        for user in told.values()
    ]  # fmt: skip


def _roles(row: Deadline, alarm: Alarm) -> tuple[str, ...]:
    declared = alarm.declared.tell if alarm.declared else ()
    return tuple(dict.fromkeys((*declared, row.responsible_role)))


def _holders(row: Deadline, role: str, work: _Batch) -> list[User]:
    held = parties.of_proceeding(row.proceeding)
    named = held.named(role)
    if named is not None and named.is_active:
        return [named]
    organ = held.organ_of(role) if role in ROLES else None
    if organ is None:
        return []
    key = (role, organ.pk, None)
    if key not in work.holders:
        work.holders[key] = parties.holders(role, organ, work.now)
    return work.holders[key]


def _due(row: Deadline) -> str:
    return f"{row.due_on:%Y-%m-%d} 24:00" if row.due_on else f"{row.due_at.astimezone(ladder.ZONE):%Y-%m-%d %H:%M}"


def reconcile(now: datetime) -> dict[str, int]:
    """Derive every running clock anew: repair and report what differs, and count what no clock measures."""
    repaired: defaultdict[str, int] = defaultdict(int)
    for key in Deadline.objects.filter(stopped_at__isnull=True).order_by("id").values_list("pk", flat=True).iterator():
        try:
            with transaction.atomic():
                row = Deadline.objects.select_for_update(of=("self",)).get(pk=key)
                if row.stopped_at is None and clocks.rewind_one(row, at=now, kind=DeadlineEvent.Kind.REPAIRED):
                    repaired[row.limit] += 1
                    log.error("deadline.repaired", deadline=str(key), limit=row.limit, due_at=row.due_at.isoformat())
        except Deadline.DoesNotExist:
            continue
    missing = unmeasured()
    if missing:
        log.error("deadline.missing", count=len(missing), limits=sorted({limit for _, limit in missing}))
    return dict(repaired)


def unmeasured(limit: int = 100) -> list[tuple[str, str]]:
    """Return (occurrence, limit) of clocks that the law started and no Deadline measures; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id::text, wound.limit_id FROM cases_occurrence o, unnest(o.wound) AS wound(limit_id)"
            " WHERE NOT EXISTS (SELECT 1 FROM cases_deadline d WHERE d.anchor_id = o.id AND d.limit = wound.limit_id)"
            " AND NOT EXISTS (SELECT 1 FROM cases_activity c WHERE c.corrects_id = o.activity_id)"
            " LIMIT %s",
            [limit],
        )
        return [(str(key), str(name)) for key, name in cursor.fetchall()]
