"""What a corrected entry does to the clocks: its events are recorded anew, and what hung on the old ones follows them.

A correction says when and how, not whether: the steps the entry took stand, and an event on which a clock hangs cannot
be taken back; a wrong step is answered by another step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q

from cases import clocks, listeners, scope
from cases.logbook import entry_events, logged_steps
from cases.logbook.entries import Entry
from cases.logbook.entry_events import Event
from cases.models import Activity, Deadline, DeadlineEvent, Occurrence, Step
from coordination.errors import Refused
from coordination.law.history import Reason
from coordination.law.kinds import ActivityKind
from coordination.law.procedure import Emit


def recount(old: Activity, new: Activity, entry: Entry, kind: ActivityKind, *, at: datetime) -> list[Event]:
    """Record the events of `old` anew for `new`, move the clocks that hang on them; return the events that are fresh.

    Raises Refused where the correction would undo a step or an event that a clock was wound or stopped by, and where a
    clock cannot be computed any more.
    """
    taken = {
        step.pk: step for step in Step.objects.filter(activity__in=_chain(old)).select_related("proceeding")
    }
    instants = {pk: _instant_of(step, entry) for pk, step in taken.items()}
    told = dict(entry_events.told(entry, kind))
    rows = list(Occurrence.objects.filter(activity=old).select_related("step__proceeding", "proceeding"))
    moved = []
    for row in rows:
        moment = instants.get(row.step_id) if row.step_id else told.get(row.event)
        if moment is None:
            _refuse_if_hung_on(row)
        elif _foreseen(row) is None:
            moved.append((row, _again(row, new, moment, at=at)))
    for row, fresh in moved:
        hang(row, fresh, at=at)
    for row in filter(_foreseen, rows):
        hang(row, _again(row, new, _end_of(row, entry), at=at), at=at)
    for pk, moment in instants.items():
        _stop_at(
            Deadline.objects.filter(stopped_by=pk, stop_event="", stopped_at__isnull=False), moment, at=at
        )
    _turn(entry, {row.event for row in rows}, at=at)
    known = {row.event for row in rows} | {name for step in taken.values() for name in _events(step)}
    matched = logged_steps.matched(entry.kind, entry.fields)
    known |= {name for match in matched if match.moves for name in match.events}
    return [(name, moment) for name, moment in told.items() if name not in known]


def _chain(activity: Activity) -> list[Activity]:
    """The versions up to this one: the first of them took the steps."""
    found = [activity]
    while found[-1].corrects is not None:
        found.append(found[-1].corrects)
    return found


def _instant_of(step: Step, entry: Entry) -> datetime:
    """When the step happened as the corrected entry has it; Refused where the entry is no longer the log of it."""
    declared = step.declared
    match = next(
        (
            match
            for match in logged_steps.matched(entry.kind, entry.fields)
            if match.process.id == step.proceeding.process and match.step.id == step.name
        ),
        None,
    )
    if match is None:
        en = f"the correction would undo the step “{declared.en}”; a wrong step is answered by another step"
        raise Refused(
            Reason(
                "correct:step",
                en,
                f"更正将撤销步骤“{declared.zh}”；错误的步骤应当以新的步骤处理",
                declared.cited,
            )
        )
    facts = match.by.read(declared.facts, entry.fields)
    stated = facts.get(declared.occurred_by) if declared.occurred_by else entry.fields.get(match.by.at)
    return entry_events.instant(stated) or entry.started_at


def _foreseen(row: Occurrence) -> Emit | None:
    """The declaration of an event that lies ahead of its step, from which limits are counted back."""
    emitted: Iterable[Emit] = row.step.declared.emitted if row.step else ()
    return next((emit for emit in emitted if emit.event == row.event and emit.is_foreseen), None)


def _end_of(row: Occurrence, entry: Entry) -> datetime:
    """Where a foreseen event lies now: at the end of the running period that it ends."""
    emit = _foreseen(row)
    running = scope.running(scope.of_activity(entry.case, entry.suspect))
    return min((clock.due_at for clock in running if emit and clock.limit in emit.end_of), default=row.at)


def _refuse_if_hung_on(row: Occurrence) -> None:
    """Refuse to take back an event on which a clock hangs; the old row no longer counts once it is corrected."""
    hanging = Deadline.objects.filter(case=row.case).filter(
        Q(anchor=row) | Q(stop_event=row.event, stopped_at=row.at)
    )
    first = hanging.first()
    if first is None:
        return
    rule = first.rule
    en = f"the correction would take back an event on which “{rule.en}” rests; a wrong step is answered by another step"
    zh = f"更正将撤回“{rule.zh}”所依据的事件；错误的步骤应当以新的步骤处理"
    raise Refused(Reason(f"correct:{rule.id}", en, zh, rule.sources))


def _again(row: Occurrence, new: Activity, moment: datetime, *, at: datetime) -> Occurrence:
    return Occurrence.objects.create(
        event=row.event, at=moment, recorded_at=at, case=row.case, suspect=row.suspect, proceeding=row.proceeding,
        thread_id=row.thread_id, step=row.step, activity=new, wound=row.wound, jurisdiction=row.jurisdiction,
        confidentiality=row.confidentiality,
    )  # fmt: skip


def hang(row: Occurrence, fresh: Occurrence, *, at: datetime) -> None:
    """Hang the clocks of an event on its new row, and stop anew those that it stopped."""
    for clock in row.deadlines.select_for_update(of=("self",)):
        clock.anchor, clock.started_at = fresh, fresh.at
        clock.save(update_fields=("anchor", "started_at"))
        clocks.rewind_one(clock, at=at)
    if row.case is not None:
        _stop_at(
            Deadline.objects.filter(case=row.case, stop_event=row.event, stopped_at=row.at), fresh.at, at=at
        )


def _stop_at(rows: Iterable[Deadline], moment: datetime, *, at: datetime) -> None:
    """Clocks that the old instant stopped stop at the corrected one."""
    for row in rows:
        instant = max(moment, row.started_at)
        if row.stopped_at == instant or row.stopped_at is None:
            continue
        detail: Mapping[str, str] = {
            "stopped_from": row.stopped_at.isoformat(),
            "stopped_to": instant.isoformat(),
        }
        Deadline.objects.filter(pk=row.pk).update(stopped_at=instant)
        if instant > row.fires_at:
            listeners.tell_overrun([(row.pk, row.limit)], at)
        DeadlineEvent.objects.create(
            deadline=row, kind=DeadlineEvent.Kind.MOVED, rung="", at=at, due_at=row.due_at, detail=detail
        )


def _turn(entry: Entry, names: set[str], *, at: datetime) -> None:
    """Derive anew the running clocks that the events suspend, resume or restart."""
    for row in scope.running(scope.of_activity(entry.case, entry.suspect)):
        if names & {*row.rule.suspends_on, *row.rule.resumes_on, *row.rule.resets_on}:
            clocks.rewind_one(row, at=at)


def _events(step: Step) -> set[str]:
    return {emit.event for emit in step.declared.emitted}
