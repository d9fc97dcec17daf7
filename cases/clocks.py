"""Clocks: events and declared limits become Deadline rows, through `coordination.law.clock` and nothing else.

`touch` stops, suspends and restarts, `rewind` derives everything anew from recorded events. How a clock starts is in
`winding`, how it is extended in `extending`, ringing in `sweep`, what rings when in `ladder`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from cases import bounds, ladder, listeners, scope
from cases.models import Deadline, DeadlineEvent, Extension, Occurrence, Proceeding, Step
from cases.models.clock import STANDING_GRANT
from cases.scope import Scope
from coordination import local_rules
from coordination.errors import Refused
from coordination.law import clock
from coordination.law.calendar import Calendar, national
from coordination.law.history import Reason
from coordination.law.rulebook import rulebook

Past = tuple[list[Occurrence], list[Extension]]
"""What a clock is derived from: the events that act on it, and the stages it was granted, in their order."""


def derive(
    row: Deadline,
    events: Sequence[Occurrence],
    granted: Sequence[Extension],
    *,
    calendar: Calendar | None = None,
) -> clock.Due:
    """Compute the clock from its anchor and what happened since; raises Refused where the law gives no answer.

    `calendar` is another one than that in force, for a preview.
    """
    rule = row.rule
    later = {*rule.suspends_on, *rule.resumes_on, *rule.resets_on, *rule.own_anchors}
    origin = dict(rule.runs_back_to).get(row.anchor.event, ())
    before = [clock.Happened(e.event, e.at) for e in events if e.event in origin and e.at <= row.started_at]
    happened = [*before, clock.Happened(row.anchor.event, row.started_at)]
    happened += [clock.Happened(e.event, e.at) for e in events if e.event in later and e.at >= row.started_at]
    grants = [clock.Granted(grant.stage, grant.value or None, grant.granted_at) for grant in granted]
    try:
        return clock.derive(
            rule, happened, in_custody=row.in_custody, calendar=calendar or national(), granted=grants,
            stated=bounds.end_of_bound(row), occurrence=1 + sum(event.name in rule.trigger for event in before),
            local=local_rules.as_law(row.local_rule) if row.local_rule else None,
        )  # fmt: skip
    except clock.Impossible as fault:
        raise Refused(Reason("limit:" + rule.id, fault.text("en"), fault.text("zh"), rule.sources)) from fault


def set_in_memory(row: Deadline, events: Sequence[Occurrence], granted: Sequence[Extension] = ()) -> None:
    """Derive a row that no rung has rung for, and set its next alarm, without storing anything; Refused as `derive`."""
    _set(row, derive(row, events, granted))
    _arm(row, set())


def touch(
    where: Scope, happened: Sequence[Occurrence], *, stops: Iterable[str], step: Step | None, at: datetime
) -> None:
    """Let events and declared stops act on the running clocks of the scope: stop, suspend, resume, restart."""
    declared = set(stops)
    if not declared and not any(one.event in _acting() for one in happened):
        return
    for row, acting in scope.reached(where, happened):
        rule, names = row.rule, {occurrence.event for occurrence in acting}
        stopping = next((o for o in acting if o.event in rule.stops_on and o.pk != row.anchor_id), None)
        if stopping is not None or row.limit in declared:
            stop(row, at=stopping.at if stopping else at, step=step, event=stopping.event if stopping else "")
        elif names & {*rule.suspends_on, *rule.resumes_on, *rule.resets_on}:
            rewind_one(row, at=at)


@cache
def _acting() -> frozenset[str]:
    """The events that stop, suspend, resume or restart some limit."""
    return frozenset(
        event
        for limit in rulebook().limits.values()
        for event in (*limit.stops_on, *limit.suspends_on, *limit.resumes_on, *limit.resets_on)
    )


def stop(row: Deadline, *, at: datetime, step: Step | None, event: str) -> None:
    """Stop a running clock at the instant `at`; harmless when it is stopped already."""
    # A clock that counts back begins, in law, with an event that lies ahead.
    instant = at if row.rule.direction == "before" else max(at, row.started_at)
    stopped = Deadline.objects.filter(pk=row.pk, stopped_at__isnull=True).update(
        stopped_at=instant, stopped_by=step, stop_event=event, next_alarm_at=None, next_rung=""
    )
    if stopped and instant > row.fires_at:
        listeners.tell_overrun([(row.pk, row.limit)], instant)


def reopen(where: Scope, limits: Iterable[str], *, at: datetime) -> None:
    """Let stopped clocks go on, counted from their own beginning, with the stages granted before."""
    for limit in limits:
        rows = scope.deadlines(where).filter(limit=limit, stopped_at__isnull=False).select_related("anchor")
        rows = rows.filter(thread_id=where.thread_id) if where.thread_id else rows
        row = rows.order_by("-started_at", "-id").first()
        if row is not None:
            row.stopped_at, row.stopped_by, row.stop_event = None, None, ""
            _arm(row, _rung(row))
            row.save(update_fields=("stopped_at", "stopped_by", "stop_event", "next_alarm_at", "next_rung"))
            rewind_one(row, at=at)


def rewind_one(
    row: Deadline,
    *,
    at: datetime,
    kind: str = DeadlineEvent.Kind.MOVED,
    past: Past | None = None,
) -> bool:
    """Derive one clock anew from what is recorded; returns whether the stored row was different.

    `past` is what is recorded, where it is read already.
    """
    events, granted = past or _pasts([row])[0]
    before = (row.due_at, row.fires_at, row.is_provisional, row.suspended_at)
    _set(row, derive(row, events, granted))
    row.suspended_at = _suspended_since(row, events)
    if before == (row.due_at, row.fires_at, row.is_provisional, row.suspended_at):
        return False
    _arm(row, _rung(row))
    row.save()
    DeadlineEvent.objects.create(
        deadline=row, kind=kind, rung="", at=at, due_at=row.due_at, detail={"from": before[0].isoformat()}
    )
    for other in bounds.depending(row):
        rewind_one(other, at=at, kind=kind)
    return True


def rewind(proceeding: Proceeding, *, held: bool, at: datetime) -> int:
    """Derive every running clock of the proceeding's scope anew; returns how many moved.

    `held` says whether the suspect is in custody now.
    """
    where = scope.of_proceeding(proceeding)
    moved, rows = 0, scope.running(where)
    for row, past in zip(rows, _pasts(rows), strict=True):
        if row.suspect_id is not None or row.rule.custodial_if or row.rule.rollover_if:
            row.in_custody = held
        moved += rewind_one(row, at=at, past=past)
    return moved


def _pasts(rows: Sequence[Deadline]) -> list[Past]:
    """What happened to each clock, and the stages it was granted; two queries."""
    granted: dict[UUID, list[Extension]] = defaultdict(list)
    for grant in Extension.objects.filter(STANDING_GRANT, deadline__in=rows).order_by("granted_at", "id"):
        granted[grant.deadline_id].append(grant)
    return [(events, granted[row.pk]) for row, events in zip(rows, scope.occurrences_of(rows), strict=True)]


def _set(row: Deadline, due: clock.Due) -> None:
    row.due_at, row.due_on, row.outer_at = due.at, due.on, due.outer_at
    row.plan_on, row.is_provisional = due.plan_on, due.provisional
    row.fires_at, added = clock.late_from(due, calendar=national())
    row.because = [
        {
            "code": line.code,
            "params": [list(pair) for pair in line.params],
            "rule": line.rule,
            "source": line.source,
        }
        for line in (*due.because, *added)
    ]


def _rung(row: Deadline) -> set[str]:
    """The rungs that have rung for the present due instant."""
    return set(
        row.events.filter(kind=DeadlineEvent.Kind.RUNG, due_at=row.due_at).values_list("rung", flat=True)
    )


def _arm(row: Deadline, rung: set[str]) -> None:
    alarm = None if row.suspended_at or row.stopped_at else ladder.first_after(ladder.alarms(row), rung)
    row.next_alarm_at = alarm.at if alarm else None
    row.next_rung = alarm.key if alarm else ""


def _suspended_since(row: Deadline, events: Sequence[Occurrence]) -> datetime | None:
    since = None
    for event in events:
        if event.at < row.started_at:
            continue
        if event.event in row.rule.suspends_on:
            since = event.at
        elif event.event in row.rule.resumes_on:
            since = None
    return since
