"""Many proceedings as the grammar sees them, in six queries however many they are; `scope.history` does it for one.

Lists and the case page ask here what is possible now. The door itself never does: it looks at one locked row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, Q

from cases import parties, scope
from cases.models import Deadline, Document, Occurrence, Proceeding, Step
from cases.roots import Root, roots_of, touches
from cases.steps import actor_standing
from coordination.law import grammar
from coordination.law.grammar import Choice, History, Taken
from coordination.law.processes import all_processes
from coordination.standing import Standing

MATTER = (
    "case__police__parent", "case__procuratorate__parent__parent", "case__unit", "case__investigator",
    "case__prosecutor", "suspect__held_at", "organisation__parent", "counterpart__parent", "parent",
)  # fmt: skip
"""What must be loaded with a proceeding so that its parties are known without a further query."""


@dataclass(frozen=True, slots=True)
class _Event:
    """An event or a clock with the suspect and the thread it belongs to.

    `limit` is what a clock measures that a procedure wound (`roots.touches`); "" for all else.
    """

    name: str
    suspect: UUID | None
    thread: UUID | None
    at: datetime
    still: bool = False
    times: int = 0
    limit: str = ""


@dataclass(frozen=True, slots=True)
class _Sibling:
    id: UUID
    process: str
    state: str
    suspect: UUID | None
    parent: UUID | None
    is_open: bool


@dataclass(slots=True)
class _Read:
    """Everything the histories are made of; cases and, for matters without one, threads are the keys."""

    siblings: dict[UUID, list[_Sibling]] = field(default_factory=lambda: defaultdict(list))
    clocks: dict[UUID, list[_Event]] = field(default_factory=lambda: defaultdict(list))
    events: dict[UUID, list[_Event]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[UUID, list[Step]] = field(default_factory=lambda: defaultdict(list))
    processes: dict[UUID, str] = field(default_factory=dict)
    received: dict[UUID, bool] = field(default_factory=dict)
    roots: dict[UUID, Root] = field(default_factory=dict)


def choices(
    who: Standing, proceedings: Sequence[Proceeding], *, now: datetime
) -> dict[UUID, tuple[Choice, ...]]:
    """Return what the person could do now in each proceeding, with every reason why not; load them with `MATTER`."""
    past = histories(proceedings, now=now)
    return {
        row.pk: grammar.available(row.declared, past[row.pk], actor_standing(who, parties.of_proceeding(row)))
        for row in proceedings
    }


def histories(proceedings: Sequence[Proceeding], *, now: datetime) -> dict[UUID, History]:
    """Return each proceeding as the grammar sees it at `now`; the same as `scope.history` for each."""
    if not proceedings:
        return {}
    read = _read(proceedings, now)
    return {row.pk: _history(row, read, now) for row in proceedings}


def _history(row: Proceeding, read: _Read, now: datetime) -> History:
    key = row.case_id or row.thread_id
    clocks = [clock for clock in read.clocks[key] if _belongs(row, clock, read.roots)]
    latest: dict[str, datetime] = {}
    recorded: Counter[str] = Counter()
    for event in read.events[key]:
        if _is_of_another(row, event):
            continue
        recorded[event.name] += event.times
        if _belongs(row, event, read.roots, event=event.name):
            latest[event.name] = max(event.at, latest.get(event.name, event.at))
    return History(
        process=row.process,
        state=row.state,
        now=now,
        taken=tuple(scope.as_taken(row.declared, step) for step in read.steps[row.pk]),
        running=frozenset(clock.name for clock in clocks),
        expired=frozenset(clock.name for clock in clocks if clock.at <= now and not clock.still),
        events=latest,
        in_custody=_in_custody(row, read.siblings[key]),
        received=read.received.get(row.pk, False),
        mirrored=scope.is_mirrored(row),
        beside=_beside(row, read.siblings[key]),
        recorded=recorded,
        children=tuple((one.process, one.state) for one in read.siblings[key] if one.parent == row.pk),
        opener=_opener(row, read),
        opened_by=scope.opener_of(row),
        in_case=row.case_id is not None,
        handlers=scope.handlers(row),
    )


def _is_of_another(row: Proceeding, event: _Event) -> bool:
    of_another = row.case_id is not None and row.suspect_id is not None and event.suspect is not None
    return of_another and event.suspect != row.suspect_id


def _belongs(row: Proceeding, one: _Event, roots: Mapping[UUID, Root], *, event: str = "") -> bool:
    if _is_of_another(row, one):
        return False
    if one.limit:
        return touches(row.thread_id, one.thread, roots, one.limit)
    return touches(one.thread, row.thread_id, roots, event=event)


def _in_custody(row: Proceeding, siblings: Iterable[_Sibling]) -> bool:
    return row.case_id is not None and any(
        row.suspect_id in (None, other.suspect)
        and other.is_open
        and other.process == "custody"
        and other.state in scope.CUSTODY_STATES
        for other in siblings
    )


def _beside(row: Proceeding, siblings: Iterable[_Sibling]) -> frozenset[str]:
    if row.case_id is None:
        return frozenset()
    return frozenset(
        other.process
        for other in siblings
        if other.id != row.pk
        and other.is_open
        and (row.suspect_id is None or other.suspect in (None, row.suspect_id))
    )


def _opener(row: Proceeding, read: _Read) -> tuple[Taken, ...]:
    if row.parent_id is None:
        return ()
    return tuple(
        scope.as_taken(all_processes()[read.processes[row.parent_id]], step)
        for step in read.steps[row.parent_id]
    )


def _read(proceedings: Sequence[Proceeding], now: datetime) -> _Read:
    read = _Read()
    keys = [row.pk for row in proceedings]
    near = _near(proceedings)
    _read_siblings(read, proceedings)
    clocks = Deadline.objects.filter(near, stopped_at__isnull=True).order_by()
    for case, suspect, thread, limit, fires_at, still, wound_by in clocks.values_list(
        "case_id", "suspect_id", "thread_id", "limit", "fires_at", "suspended_at", "anchor__thread_id"
    ):
        own = limit if wound_by else ""
        clock = _Event(limit, suspect, thread, fires_at, still is not None, limit=own)
        read.clocks[case or thread].append(clock)
    events = Occurrence.objects.filter(near & scope.STANDING).order_by()
    grouped = events.values("case_id", "suspect_id", "thread_id", "event")
    for row in grouped.annotate(latest=Max("at"), times=Count("at", distinct=True)):
        key = row["case_id"] or row["thread_id"]
        if key is not None:
            event = _Event(
                row["event"], row["suspect_id"], row["thread_id"], row["latest"], times=row["times"]
            )
            read.events[key].append(event)
    threads = {row.thread_id for row in proceedings}
    for known in (read.clocks, read.events):
        threads |= {event.thread for events_ in known.values() for event in events_ if event.thread}
    read.roots = roots_of(threads)
    both = {*keys, *(row.parent_id for row in proceedings if row.parent_id is not None)}
    steps = Step.objects.filter(proceeding__in=both).annotate(process=F("proceeding__process"))
    for step in steps.order_by("proceeding_id", "sequence"):
        read.steps[step.proceeding_id].append(step)
        read.processes[step.proceeding_id] = step.process
    sent = Document.objects.filter(proceeding__in=keys, sent_at__isnull=False).order_by(
        "proceeding_id", "-sent_at"
    )
    latest = sent.distinct("proceeding_id").values_list("proceeding_id", "receipted_at")
    read.received = {key: receipted_at is not None for key, receipted_at in latest}
    return read


def _near(proceedings: Sequence[Proceeding]) -> Q:
    """What belongs to the cases; and to the threads of those proceedings that have no case."""
    cases = {row.case_id for row in proceedings if row.case_id is not None}
    threads = {row.thread_id for row in proceedings if row.case_id is None}
    if not threads:
        return Q(case__in=cases)
    return Q(case__in=cases) | Q(case__isnull=True, thread_id__in=threads)


def _read_siblings(read: _Read, proceedings: Sequence[Proceeding]) -> None:
    """What is open in the cases, and what the proceedings opened; their thread stands in for a case there is not."""
    cases = {row.case_id for row in proceedings if row.case_id is not None}
    threads = {row.pk: row.thread_id for row in proceedings}
    near = Q(case__in=cases, closed_at__isnull=True) | Q(parent__in=threads)
    rows = Proceeding.objects.filter(near).order_by("opened_at", "id")
    for case, key, process, state, suspect, parent, closed_at in rows.values_list(
        "case_id", "pk", "process", "state", "suspect_id", "parent_id", "closed_at"
    ):
        place = case or threads.get(parent)
        if place is not None:
            read.siblings[place].append(_Sibling(key, process, state, suspect, parent, closed_at is None))
