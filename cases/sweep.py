"""Ringing: every minute what is due rings, in batches, once; every night stored clocks are compared with derived ones.

The insert of the DeadlineEvent is the claim. A bad row is pushed forward and reported, it never blocks the rest. A rung
tells people and prepares the next step for a person; only the steps of the clock (a state that time itself brings)
are taken here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction

from cases import applying, clocks, ladder, listeners, parties, ringing, scope, telling
from cases.ladder import Alarm
from cases.models import Deadline, DeadlineEvent, Proceeding
from cases.request import Request
from cases.ringing import Ringing
from coordination import inbox
from coordination.law import grammar
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.procedure import sides
from coordination.law.processes import all_processes
from coordination.law.roles import CLOCK, ROLES
from coordination.law.zone import ZONE
from coordination.standing import deputies

log = structlog.get_logger(__name__)
BATCH = 1000
UNMEASURED_SHOWN = 100
PUSHED = timedelta(minutes=15)


@dataclass(slots=True)
class Swept:
    """What one sweep did."""

    deadlines: int = 0
    rungs: int = 0
    failed: int = 0


@dataclass(slots=True)
class _Batch:
    """Messages to write at the end of a batch, and who is told in which matter, looked up once a sweep."""

    now: datetime
    messages: list[dict[str, Any]] = field(default_factory=list)
    held: dict[tuple[UUID | int | None, ...], parties.Parties] = field(default_factory=dict)
    people: dict[tuple[str, tuple[UUID | int | None, ...]], list[str]] = field(default_factory=dict)
    owners: dict[UUID, list[str]] = field(default_factory=dict)


def sweep(now: datetime, *, batch: int = BATCH) -> Swept:
    """Ring everything that is due at `now`. Safe to run twice at once, and to be killed at any point."""
    done, work = Swept(), _Batch(now)
    while True:
        with transaction.atomic():
            rows = ringing.claim(now, batch)
            if not rows:
                return done
            _ring(rows, work, done)


def _ring(rows: Sequence[Ringing], work: _Batch, done: Swept) -> None:
    now = work.now
    due, later = {}, []
    for row in rows:
        alarms = ladder.rungs(row, row.process)
        due[row.pk] = [
            alarm for alarm in alarms if alarm.at <= now and (alarm.key, row.due_at) not in row.rung
        ]
        following = next((alarm for alarm in alarms if alarm.at > now), None)
        later.append((row, following.at, following.key) if following else (row, None, ""))
    ringing.store(later)
    claims: list[tuple[Ringing, str, str]] = []
    for row in rows:
        if _act(row, due[row.pk], work):
            claims += [(row, DeadlineEvent.Kind.RUNG.value, alarm.key) for alarm in due[row.pk]]
        else:
            claims.append((row, DeadlineEvent.Kind.FAILED.value, ""))
            done.failed += 1
    ringing.claimed(claims, now)
    overdue = [
        row for row, kind, key in claims if kind == DeadlineEvent.Kind.RUNG.value and key == ladder.OVERDUE
    ]
    listeners.tell_overrun([(row.pk, row.limit) for row in overdue], now)
    ringing.post(work.messages, now)
    work.messages = []
    done.deadlines += len(rows)
    done.rungs += len(claims)


def _act(row: Ringing, due: Sequence[Alarm], work: _Batch) -> bool:
    """Do what the rungs say; a fault is reported and tried again later, the other rows go on."""
    try:
        told = _messages(row, due, work)
        for alarm in due:
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


def take_clock_steps(row: Ringing, *, at: datetime) -> int:
    """Take the steps that time itself takes after this limit has run out; returns how many."""
    taken = 0
    for proceeding in Proceeding.objects.filter(thread_id=row.thread_id, closed_at__isnull=True).order_by(
        "id"
    ):
        for declared in _clock_steps(proceeding.process, row.limit):
            taken += _take_clock_step(proceeding.pk, declared.id, at=at)
    return taken


def _take_clock_step(key: UUID, step: str, *, at: datetime) -> bool:
    """Take a step of the clock where the law allows it; returns whether it was taken."""
    locked = Proceeding.objects.select_for_update().get(pk=key)
    if grammar.check(locked.declared, step, scope.history(locked, at), {}, at, None):
        return False
    applying.apply(Request(None, locked, step, at))
    return True


def _clock_steps(process: str, limit: str) -> tuple[DeclaredStep, ...]:
    steps = all_processes()[process].steps
    return tuple(step for step in steps if step.role == CLOCK and limit in step.after_expiry_of)


@cache
def _has_clock_steps(limit: str) -> bool:
    return any(_clock_steps(process, limit) for process in all_processes())


def _prepare(row: Ringing, alarm: Alarm, *, at: datetime) -> None:
    """Lay the rung's step ready where it fits the state of a proceeding of the thread; the clock takes its own."""
    rung = alarm.declared
    if rung is None or rung.step is None:
        return
    for proceeding in Proceeding.objects.filter(thread_id=row.thread_id, closed_at__isnull=True).order_by(
        "id"
    ):
        declared = next(
            (s for s in proceeding.declared.steps_from(proceeding.state) if s.id == rung.step), None
        )
        if declared is None or rung not in proceeding.declared.escalation:
            continue
        if declared.role == CLOCK:
            _take_clock_step(proceeding.pk, declared.id, at=at)
        else:
            cause = f"rung:{alarm.key}"
            telling.prepare(proceeding, declared.id, cause=cause, at=at, level=row.confidentiality)


def _messages(row: Ringing, due: Sequence[Alarm], work: _Batch) -> list[dict[str, Any]]:
    """One message a person and instant: who is told of the end and of a rung that falls on it reads both in one."""
    found: list[dict[str, Any]] = []
    for _at, together in groupby(due, key=attrgetter("at")):
        alarms = tuple(together)
        told: dict[str, tuple[Alarm, ...]] = {}
        for alarm in alarms:
            people = (
                *(key for role in _roles(row, alarm) for key in _people(row, role, work)),
                *_owners(row, work),
            )
            for key in dict.fromkeys(people):
                told[key] = (*told.get(key, ()), alarm)
        if told:
            said = {group: _message(row, group) for group in set(told.values())}
            found += [{"who": key, **said[group]} for key, group in told.items()]
    return found


def _message(row: Ringing, alarms: tuple[Alarm, ...]) -> dict[str, Any]:
    """What one person is told of the alarms of one instant; what is overdue also says what its rungs ask for."""
    first = alarms[0]
    code = "deadline.overdue" if first.at >= row.fires_at else "deadline.remind"
    if row.due_on is not None and first.declared is not None and first.declared.distance.n == 0:
        code = "deadline.due"
    params = {"limit": inbox.limit_title(row.limit), "due": _due(row), "matter": _matter(row)}
    rungs = tuple(alarm.declared for alarm in alarms if alarm.declared)
    if code == "deadline.overdue" and rungs:
        params["next"] = ladder.asks(rungs)
    return {
        "code": code, "link": f"/proceedings/{row.proceeding_id}/", "case": str(row.case_id) if row.case_id else None,
        "params": params, "cause": f"{row.pk}:{first.key}:{row.due_at:%Y%m%d%H%M}",
    }  # fmt: skip


def _roles(row: Ringing, alarm: Alarm) -> tuple[str, ...]:
    """Whom the rung tells, and who must act; a role is not asked where the clock names a person."""
    process = all_processes()[row.process]
    mirrored = process.mirrored and row.begun_by != ROLES[process.initiator].organ
    declared = sides(alarm.declared.tell, mirrored=mirrored) if alarm.declared else ()
    return tuple(dict.fromkeys(declared if row.owner_id else (*declared, row.responsible_role)))


def _owners(row: Ringing, work: _Batch) -> list[str]:
    """Ids of the person whose clock it is and of who stands in for that person."""
    if row.owner_id is None:
        return []
    if row.owner_id not in work.owners:
        instead = deputies([row.owner_id], work.now)
        work.owners[row.owner_id] = [str(row.owner_id), *(str(user.pk) for user in instead)]
    return work.owners[row.owner_id]


def _people(row: Ringing, role: str, work: _Batch) -> list[str]:
    """Ids of those who hold `role` in the row's matter: the person named in the case, else all at its organ."""
    if role not in ROLES:
        return []
    key = (role, row.matter)
    if key not in work.people:
        if row.matter not in work.held:
            proceeding = Proceeding.objects.select_related(
                "organisation__parent", "counterpart__parent", "counterpart_owner", "suspect__held_at",
                "case__police__parent",
                "case__procuratorate__parent__parent", "case__investigator", "case__prosecutor",
            ).get(pk=row.proceeding_id)  # fmt: skip
            work.held[row.matter] = parties.of_proceeding(proceeding)
        known = parties.people(role, work.held[row.matter], work.now, level=row.confidentiality)
        work.people[key] = [str(user.pk) for user in known]
    return work.people[key]


def _matter(row: Ringing) -> dict[str, str]:
    """As `telling.matter`, from bare values."""
    declared = all_processes()[row.process]
    about = "".join(f" {word}" for word in (row.number, row.suspect) if word)
    return {"en": declared.en + about, "zh": declared.zh + about}


def _due(row: Ringing) -> str:
    return f"{row.due_on:%Y-%m-%d} 24:00" if row.due_on else f"{row.due_at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def reconcile(now: datetime) -> dict[str, int]:
    """Derive every running clock anew: repair and report what differs, and count what no clock measures."""
    repaired: defaultdict[str, int] = defaultdict(int)
    for key in (
        Deadline.objects.filter(stopped_at__isnull=True)
        .order_by("id")
        .values_list("pk", flat=True)
        .iterator()
    ):
        try:
            with transaction.atomic():
                row = Deadline.objects.select_for_update(of=("self",)).get(pk=key)
                if row.stopped_at is None and clocks.rewind_one(
                    row, at=now, kind=DeadlineEvent.Kind.REPAIRED
                ):
                    repaired[row.limit] += 1
                    log.error(
                        "deadline.repaired", deadline=str(key), limit=row.limit, due_at=row.due_at.isoformat()
                    )
        except Deadline.DoesNotExist:
            continue
    missing = unmeasured()
    if missing:
        log.error("deadline.missing", count=len(missing), limits=sorted({limit for _, limit in missing}))
    return dict(repaired)


def unmeasured(limit: int = UNMEASURED_SHOWN) -> list[tuple[str, str]]:
    """Return (occurrence, limit) of clocks that the law started and no Deadline measures; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id::text, wound.limit_id FROM cases_occurrence o, unnest(o.wound) AS wound(limit_id)"
            " WHERE NOT EXISTS (SELECT 1 FROM cases_deadline d WHERE d.anchor_id = o.id AND d.limit = wound.limit_id)"
            " AND NOT EXISTS (SELECT 1 FROM cases_activity c WHERE c.corrects_id = o.activity_id)"
            " AND NOT EXISTS (SELECT 1 FROM cases_evententry c WHERE c.corrects_id = o.entry_id)"
            " LIMIT %s",
            [limit],
        )
        return [(str(key), str(name)) for key, name in cursor.fetchall()]
