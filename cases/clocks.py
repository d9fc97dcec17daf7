"""Clocks: events and declared limits become Deadline rows, through `coordination.law.clock` and nothing else.

`wind` starts, `touch` stops, suspends and restarts, `rewind` derives everything anew from recorded events.
Stages are granted in `extending`; ringing is in `sweep`, what rings when in `ladder`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from cases import bounds, confidentiality, ladder, parties, scope
from cases.models import Deadline, DeadlineEvent, Extension, Occurrence, Proceeding, Step
from cases.models.clock import STANDING_GRANT
from cases.scope import Scope
from coordination import local_rules
from coordination.errors import Refused
from coordination.law import clock, stages
from coordination.law.calendar import Calendar, national
from coordination.law.history import Reason
from coordination.law.procedure import Start
from coordination.law.processes import all_processes
from coordination.law.roles import ROLES
from coordination.law.rulebook import Limit, rulebook
from coordination.models import LocalRule, Organisation, User

BOTH = "both"
WITHOUT_NUMBER = frozenset({"promptly", "unlimited", "unspecified", "local_schedule"})
FALLBACK_ROLE = {
    "police": "police_legal",
    "procuratorate": "prosecutor",
    "superior_procuratorate": "superior_prosecutor",
    "superior_police": "superior_police",
    "detention_house": "custody_officer",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A clock about to be wound: the limit, the event and instant that anchor it, the stated last day if any.

    `stage` is the stage of the limit that holds from the beginning, `value` the length chosen of it ("" for all of it).
    """

    limit: Limit
    event: str
    at: datetime
    stated: date | None
    anchor: Occurrence | None = None
    stage: str | None = None
    value: str = ""


def plan(
    where: Scope, starts: Iterable[Start], events: Sequence[tuple[str, datetime]], *, stated: dict[str, Any],
    carrier: Proceeding | None = None,
) -> list[Planned]:  # fmt: skip
    """Say which clocks the events wind. A clock that is already wound by the same event is left out.

    `stated` holds the facts that may state a last day, `carrier` is the proceeding whose clocks they will be.
    Raises Refused for a limit that none of the events starts.
    """
    found = []
    for start in starts:
        limit = rulebook().limit(start.limit)
        day = stated.get(start.stated_by) if start.stated_by else None
        day = day.date() if isinstance(day, datetime) else day
        if not limit.enabled or (day is None and _has_no_number(limit, carrier)):
            continue
        planned = _anchored(where, limit, events, day)
        if planned is not None and not _is_wound(where, planned):
            found.append(replace(planned, stage=start.stage, value=_chosen(limit, start, stated)))
    return found


def _chosen(limit: Limit, start: Start, facts: Mapping[str, object]) -> str:
    """The length of the first stage as the step decided it; the clock refuses what the law does not allow."""
    stage = limit.stage(start.stage) if start.stage else None
    may_choose = stages.choice(stage) if stage is not None else None
    count = facts.get(start.value_by) if start.value_by else None
    return may_choose.value(count) if may_choose is not None and isinstance(count, int) else ""


def _has_no_number(limit: Limit, carrier: Proceeding | None) -> bool:
    """Whether neither the text nor a local rule gives the limit a number."""
    return limit.duration_rule in WITHOUT_NUMBER and (carrier is None or _local_rule(limit, carrier) is None)


def _local_rule(limit: Limit, proceeding: Proceeding) -> LocalRule | None:
    """The local rule under which the proceeding began; it keeps that rule."""
    return local_rules.for_matter(limit.id, proceeding.jurisdiction, began_at=proceeding.opened_at)


def wind(where: Scope, planned: Planned, anchor: Occurrence, *, proceeding: Proceeding) -> Deadline:
    """Store the clock that `planned` describes. Raises Refused when it cannot be computed."""
    held = parties.of_proceeding(proceeding)
    limit = planned.limit
    if planned.event in limit.resets_on:
        _end_earlier_runs(where, limit, at=planned.at, event=planned.event)
    responsible = _responsible(limit, proceeding, held) or proceeding.organisation
    role = _role(limit, proceeding, responsible)
    counterparty = held.responsible(limit.counterparty) if limit.counterparty else None
    if counterparty is None and responsible != proceeding.organisation:
        counterparty = proceeding.organisation
    level = confidentiality.of(anchor, proceeding)
    roles = (role, *_preparing(limit, proceeding, responsible, held))
    row = Deadline(
        limit=limit.id, edition=proceeding.edition, case=where.case, suspect=where.suspect, proceeding=proceeding,
        thread_id=where.thread_id or proceeding.thread_id, anchor=anchor, started_at=planned.at,
        stated_on=planned.stated, in_custody=scope.is_held(where), responsible=responsible, responsible_role=role,
        owner=_owner(roles, held, anchor, level), counterparty=counterparty, area=proceeding.area,
        local_rule=_local_rule(limit, proceeding), confidentiality=level, jurisdiction=proceeding.jurisdiction,
    )  # fmt: skip
    known = scope.occurrences(row) if limit.runs_back_to else [anchor]
    _set(row, derive(row, known, _from_the_start(row, planned)))
    _arm(row, set())
    row.save(force_insert=True)
    Extension.objects.bulk_create(_from_the_start(row, planned))
    return row


def _from_the_start(row: Deadline, planned: Planned) -> list[Extension]:
    """The stage with which the clock begins, if any, as a grant of the step that started it."""
    if planned.stage is None:
        return []
    began = Extension(
        deadline=row, stage=planned.stage, value=planned.value, granted_at=planned.at, step=row.anchor.step
    )
    return [began]


def _end_earlier_runs(where: Scope, limit: Limit, *, at: datetime, event: str) -> None:
    """An event that begins the limit anew ends the run before it: one clock runs, not two (C12)."""
    for row in scope.running(where):
        if row.limit == limit.id:
            stop(row, at=at, step=None, event=event)


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


def set_in_memory(row: Deadline, events: Sequence[Occurrence]) -> None:
    """Derive a row that no rung has rung for, and set its next alarm, without storing anything; Refused as `derive`."""
    _set(row, derive(row, events, []))
    _arm(row, set())


def touch(
    where: Scope, happened: Sequence[Occurrence], *, stops: Iterable[str], step: Step | None, at: datetime
) -> None:
    """Let events and declared stops act on the running clocks of the scope: stop, suspend, resume, restart."""
    declared = set(stops)
    for row, acting in scope.reached(where, happened):
        rule, names = row.rule, {occurrence.event for occurrence in acting}
        stopping = next((o for o in acting if o.event in rule.stops_on and o.pk != row.anchor_id), None)
        if stopping is not None or row.limit in declared:
            stop(row, at=stopping.at if stopping else at, step=step, event=stopping.event if stopping else "")
        elif names & {*rule.suspends_on, *rule.resumes_on, *rule.resets_on}:
            rewind_one(row, at=at)


def stop(row: Deadline, *, at: datetime, step: Step | None, event: str) -> None:
    """Stop a running clock at the instant `at`; harmless when it is stopped already."""
    Deadline.objects.filter(pk=row.pk, stopped_at__isnull=True).update(
        # A clock that counts back begins, in law, with an event that lies ahead.
        stopped_at=at if row.rule.direction == "before" else max(at, row.started_at),
        stopped_by=step,
        stop_event=event,
        next_alarm_at=None,
        next_rung="",
    )


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


def rewind_one(row: Deadline, *, at: datetime, kind: str = DeadlineEvent.Kind.MOVED) -> bool:
    """Derive one clock anew from what is recorded; returns whether the stored row was different."""
    events = scope.occurrences(row)
    before = (row.due_at, row.fires_at, row.is_provisional, row.suspended_at)
    _set(row, derive(row, events, list(row.extensions.filter(STANDING_GRANT).order_by("granted_at", "id"))))
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


def rewind(proceeding: Proceeding, *, at: datetime) -> int:
    """Derive every running clock of the proceeding's scope anew; returns how many moved."""
    where = scope.of_proceeding(proceeding)
    held = scope.is_held(where)
    moved = 0
    for row in scope.running(where):
        if row.suspect_id is not None or row.rule.custodial_if or row.rule.rollover_if:
            row.in_custody = held
        moved += rewind_one(row, at=at)
    return moved


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


def _anchored(
    where: Scope, limit: Limit, events: Sequence[tuple[str, datetime]], stated: date | None
) -> Planned | None:
    for name, at in events:
        if name in limit.trigger:
            return Planned(limit, name, at, stated)
    rows = Occurrence.objects.filter(scope.STANDING, event__in=limit.trigger)
    rows = rows.filter(case=where.case) if where.case else rows.filter(thread_id=where.thread_id)
    last = scope.latest(where, rows)
    if last is None:
        en = f"“{limit.en}” cannot be computed: none of its events is recorded"
        raise Refused(Reason(f"limit:{limit.id}", en, f"无法计算“{limit.zh}”：没有起算事件", limit.sources))
    return Planned(limit, last.event, last.at, stated, anchor=last)


def _is_wound(where: Scope, planned: Planned) -> bool:
    rows = scope.deadlines(where).filter(
        limit=planned.limit.id, anchor__event=planned.event, started_at=planned.at
    )
    if where.thread_id is None or where.case is None:
        return rows.exists()
    return any(row for row in rows if row.thread_id == where.thread_id) or (
        where.suspect is not None and rows.filter(suspect=where.suspect).exists()
    )


def _responsible(limit: Limit, proceeding: Proceeding, held: parties.Parties) -> Organisation | None:
    """The organ that must act; where the limit binds both, the one whose step stops the clock."""
    if limit.responsible == BOTH:
        stopping = next(_stopping(limit, proceeding), None)
        if stopping is not None and (organ := held.organ_of(stopping)) is not None:
            return organ
    return held.responsible(limit.responsible)


def _stopping(limit: Limit, proceeding: Proceeding) -> Iterator[str]:
    """The roles of the steps that stop the clock: those that do it by declaration first; those that follow last."""
    mirrored = scope.is_mirrored(proceeding)
    steps = sorted(all_processes()[proceeding.process].steps, key=lambda step: step.follows)
    declared = [step for step in steps if limit.id in (*step.stops, *step.stops_on_receipt)]
    for step in declared or [step for step in steps if step.ends(limit)]:
        yield step.roles(mirrored=mirrored)[0]


def _role(limit: Limit, proceeding: Proceeding, organ: Organisation) -> str:
    """Who must act: the role of the first step at that organ which stops the clock."""
    for role in _stopping(limit, proceeding):
        if ROLES[role].organ in (limit.responsible, organ.kind):
            return role
    return FALLBACK_ROLE.get(limit.responsible) or FALLBACK_ROLE.get(organ.kind, "police_legal")


def _preparing(
    limit: Limit, proceeding: Proceeding, organ: Organisation, held: parties.Parties
) -> Iterator[str]:
    """The roles of the responsible organ that the ladder tells before the end: they prepare what another role sends."""
    for rung in ladder.declared(limit.id, proceeding.process):
        if rung.distance.n < 0:
            yield from (role for role in rung.tell if held.organ_of(role) == organ)


def _owner(roles: Sequence[str], held: parties.Parties, anchor: Occurrence, level: int) -> User | None:
    """The first person named for one of the roles, of which the first takes the step.

    A clock that few may know of falls to one of them: to the person named, to their desk, at last to who logged it.
    """
    named = next((user for role in roles if (user := held.named(role)) is not None), None)
    if level <= 0:
        return named
    if named is not None and confidentiality.cleared([named], level, anchor.recorded_at):
        return named
    if anchor.activity is None or parties.people(roles[0], held, anchor.recorded_at, level=level):
        return None
    return anchor.activity.recorded_by


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
