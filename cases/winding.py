"""Winding clocks: which clocks an event starts, from when, and who owes what they ask for.

The end of a clock, and what becomes of it, is in `clocks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from cases import bounds, clocks, confidentiality, ladder, parties, scope
from cases.models import Deadline, Extension, Occurrence, Proceeding
from cases.scope import Scope
from coordination import local_rules
from coordination.errors import Refused
from coordination.identity import insert_all
from coordination.law import stages
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
        if planned is not None:
            found.append(replace(planned, stage=start.stage, value=_chosen(limit, start, stated)))
    return _not_wound(where, found)


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


def wind(
    where: Scope,
    planned: Sequence[tuple[Planned, Occurrence]],
    *,
    proceeding: Proceeding,
    held: bool | None = None,
) -> None:
    """Store the clocks that are planned, each with its anchor. Raises Refused when one cannot be computed.

    `held` says whether the suspect is in custody, where that is known already.
    """
    if not planned:
        return
    held = scope.is_held(where) if held is None else held
    waiting: list[tuple[Deadline, list[Extension]]] = []
    for one, anchor in planned:
        begins_anew = one.event in one.limit.resets_on
        if begins_anew or bounds.is_bounded(one.limit.id, proceeding.process):
            _store(waiting)  # what is wound here looks at the clocks that run
            waiting = []
        if begins_anew:
            _end_earlier_runs(where, one.limit, at=one.at, event=one.event)
        waiting.append(_wound(where, one, anchor, proceeding=proceeding, held=held))
    _store(waiting)


def _wound(
    where: Scope, planned: Planned, anchor: Occurrence, *, proceeding: Proceeding, held: bool
) -> tuple[Deadline, list[Extension]]:
    """The clock that `planned` describes, with the stage it begins with; not stored yet."""
    parties_, limit = parties.of_proceeding(proceeding), planned.limit
    responsible = _responsible(limit, proceeding, parties_) or proceeding.organisation
    role = _role(limit, proceeding, responsible)
    counterparty = parties_.responsible(limit.counterparty) if limit.counterparty else None
    if counterparty is None and responsible != proceeding.organisation:
        counterparty = proceeding.organisation
    level = confidentiality.of(anchor, proceeding)
    roles = (role, *_preparing(limit, proceeding, responsible, parties_))
    row = Deadline(
        limit=limit.id, edition=proceeding.edition, case=where.case, suspect=where.suspect, proceeding=proceeding,
        thread_id=where.thread_id or proceeding.thread_id, anchor=anchor, started_at=planned.at,
        stated_on=planned.stated, in_custody=held, responsible=responsible, responsible_role=role,
        owner=_owner(roles, parties_, anchor, level), counterparty=counterparty, area=proceeding.area,
        local_rule=_local_rule(limit, proceeding), confidentiality=level, jurisdiction=proceeding.jurisdiction,
    )  # fmt: skip
    known = scope.occurrences(row) if limit.runs_back_to else [anchor]
    granted = _from_the_start(row, planned)
    clocks.set_in_memory(row, known, granted)
    return row, granted


def _store(wound: Sequence[tuple[Deadline, list[Extension]]]) -> None:
    """Store new clocks, and the stages with which they begin."""
    insert_all([row for row, _ in wound])
    for row, granted in wound:
        for grant in granted:
            grant.deadline = row  # only now the clock has its key
    insert_all([grant for _, granted in wound for grant in granted])


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
            clocks.stop(row, at=at, step=None, event=event)


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


def _not_wound(where: Scope, planned: Sequence[Planned]) -> list[Planned]:
    """Leave out what the same event wound before, in this thread or for this suspect."""
    if not planned:
        return []
    rows = scope.deadlines(where).filter(limit__in={one.limit.id for one in planned})
    found = rows.values_list("limit", "anchor__event", "started_at", "thread_id", "suspect_id")
    own = where.thread_id is not None and where.case is not None
    suspect = where.suspect.pk if where.suspect is not None else None
    wound = {
        (limit, event, at)
        for limit, event, at, thread, of in found
        if not own or thread == where.thread_id or (suspect is not None and of == suspect)
    }
    return [one for one in planned if (one.limit.id, one.event, one.at) not in wound]


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
