"""The list of the cases a person may see, newest first, paged by key, with where each stands and what runs out next.

The rule of visibility is an alternative of several: the own organ, shares, grants. Each of them is read by its own
index up to one page, so that a page of a large organ costs what a page of a small one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, Deadline, Proceeding, Suspect
from cases.parties import NAMED
from cases.queries import reading
from cases.queries.case import CUSTODY, WHOLE
from cases.queries.reading import DeadlineLine
from cases.scope import CUSTODY_STATES
from cases.status import lapsing
from coordination import keyset, policy
from coordination.keyset import Key
from coordination.law.procedure import State
from coordination.law.processes import all_processes
from coordination.models import User
from coordination.standing import Standing

PAGE = 50
NAMES = 3
"""So many suspects are named in a row; the others are counted."""
BY = "-received_at"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; `stage` is a state of the process `case`, `text` of number, title or suspect.

    `begin` is a procedure for which a case of one's own organ is being chosen.
    """

    text: str = ""
    stage: str = ""
    only_mine: bool = False
    in_custody: bool = False
    begin: str = ""
    after: Key | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case: the suspects by name, how many more there are, and the clock that runs out next.

    `is_whole`: more than the header is open to the person.
    """

    case: Case
    stage: State | None
    names: tuple[str, ...]
    others: int
    in_custody: int
    next: DeadlineLine | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page; `more` is where the next one begins."""

    rows: tuple[CaseRow, ...]
    more: Key | None


def stages() -> tuple[State, ...]:
    """The states a case goes through."""
    return all_processes()[WHOLE].states


def case_list(user: User, who: Standing, asked: Asked, *, now: datetime) -> CaseList:
    """Return one page of the cases the person may see."""
    found: dict[UUID, Case] = {}
    for rows in policy.visible_each(user, Case, now=now, who=who):
        for case in keyset.after(_narrow(rows, user, who, asked, now), asked.after, by=BY)[: PAGE + 1]:
            found[case.pk] = case
    ordered = sorted(found.values(), key=lambda case: Key(case.received_at, case.pk), reverse=True)
    shown = ordered[:PAGE]
    more = Key(shown[-1].received_at, shown[-1].pk) if len(ordered) > PAGE else None
    return CaseList(tuple(_rows(user, who, shown, now)), more)


def _narrow(rows: QuerySet[Case], user: User, who: Standing, asked: Asked, now: datetime) -> QuerySet[Case]:
    rows = rows.select_related("unit", "investigator", "prosecutor", "police", "procuratorate")
    if asked.text:
        people = policy.visible(user, Suspect, now=now, who=who)
        named = people.filter(case=OuterRef("pk"), name__icontains=asked.text).order_by()
        rows = rows.filter(Q(number__icontains=asked.text) | Q(title__icontains=asked.text) | Exists(named))
    if asked.stage:
        rows = rows.filter(Exists(_of(WHOLE).filter(state=asked.stage)))
    if asked.in_custody:
        records = policy.visible(user, Proceeding, now=now, who=who).filter(case=OuterRef("pk"))
        rows = rows.filter(Exists(records.filter(process=CUSTODY, state__in=CUSTODY_STATES).order_by()))
    if asked.begin:
        rows = rows.filter(Q(police__in=who.organs) | Q(procuratorate__in=who.organs))
    if asked.only_mine:
        mine = Q(pk__in=[])
        for role in sorted(who.roles & NAMED.keys()):
            mine |= Q(**{NAMED[role]: user})
        rows = rows.filter(mine)
    return rows


def _of(process: str) -> QuerySet[Proceeding]:
    return Proceeding.objects.filter(case=OuterRef("pk"), process=process).order_by()


def _rows(user: User, who: Standing, cases: Sequence[Case], now: datetime) -> Iterable[CaseRow]:
    """Fill a page in three queries: stages and measures, suspects, clocks."""
    if not cases:
        return
    keys = [case.pk for case in cases]
    seen = policy.visible(user, Proceeding, now=now, who=who).filter(
        case__in=keys, process__in=(WHOLE, CUSTODY)
    )
    records: dict[UUID, list[Proceeding]] = {}
    for record in seen.order_by():
        if record.case_id is not None:
            records.setdefault(record.case_id, []).append(record)
    measured = {record.suspect_id for rows in records.values() for record in rows if record.suspect_id}
    names: dict[UUID, list[str]] = {}
    people = policy.visible(user, Suspect, now=now, who=who).filter(pk__in=measured)
    for suspect in people.order_by("case_id", "position"):
        names.setdefault(suspect.case_id, []).append(suspect.name)
    clocks = policy.visible(user, Deadline, now=now, who=who).filter(case__in=keys, stopped_at__isnull=True)
    clocks = clocks.exclude(limit__in=lapsing(), fires_at__lte=now)
    first = {row.case_id: row for row in clocks.order_by("case_id", "due_at", "pk").distinct("case_id")}
    whole = _whole(user, who, cases, now)
    for case in cases:
        stage = next((record for record in records.get(case.pk, ()) if record.process == WHOLE), None)
        known, clock = names.get(case.pk, []), first.get(case.pk)
        yield CaseRow(
            case=case,
            stage=stage.declared_state if stage else None,
            names=tuple(known[:NAMES]),
            others=max(len(known) - NAMES, 0),
            in_custody=sum(record.state in CUSTODY_STATES for record in records.get(case.pk, ())),
            next=reading.line(clock, now=now) if clock else None,
            is_whole=case.pk in whole,
        )


def _whole(user: User, who: Standing, cases: Sequence[Case], now: datetime) -> set[UUID]:
    """The cases that are open beyond their header; no query where they are all of the own organs."""
    own = {case.pk for case in cases if who.organs & {case.police_id, case.procuratorate_id}}
    others = [case.pk for case in cases if case.pk not in own]
    if not others:
        return own
    rows = policy.visible(user, Case, now=now, who=who, full=True).filter(pk__in=others)
    return own | set(rows.values_list("pk", flat=True))
