"""What belongs together: which clocks an event touches, and the history a procedure is checked against.

An event touches the clocks of its own thread; those of other procedures in the same case and for the same suspect;
never those of another thread of the same procedure (two correction notices in one case keep apart), nor those of a
limit that its own procedure starts as well: there it speaks of its own clock (the answer to the correction of a filing
supervision stops the clock of no other notice). A clock that a logged activity wound belongs to the case as a whole. An
event about one document (`own_matter` in `coordination/law/events`) touches, beside its own thread, only the one that
opened it and those it opened; between these nothing stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from cases.models import Case, Deadline, Occurrence, Proceeding, Step, Suspect
from coordination.law import facts as law_facts
from coordination.law.history import History, Taken
from coordination.law.procedure import Process
from coordination.law.processes import all_processes
from coordination.law.roles import ROLES
from coordination.law.rulebook import rulebook

STANDING = (Q(activity__isnull=True) | Q(activity__corrected_by__isnull=True)) & (
    Q(entry__isnull=True) | Q(entry__corrected_by__isnull=True)
)
"""Occurrences that count: those of an entry that was corrected were recorded anew with the correction."""

CUSTODY_STATES = frozenset({"detained", "arrest_review", "non_approved", "arrested", "arrested_review"})


@dataclass(frozen=True, slots=True)
class Root:
    """What a thread began with: its process, and the thread of the proceeding that opened it, None by hand."""

    process: str
    opener: UUID | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an event happened. `thread_id` and `root` (the thread's first process) are None for a logged activity."""

    case: Case | None
    suspect: Suspect | None
    proceeding: Proceeding | None
    thread_id: UUID | None
    root: str | None


def of_proceeding(proceeding: Proceeding) -> Scope:
    """The scope of an event of a proceeding."""
    return Scope(
        case=proceeding.case,
        suspect=proceeding.suspect,
        proceeding=proceeding,
        thread_id=proceeding.thread_id,
        root=roots_of([proceeding.thread_id])[proceeding.thread_id].process,
    )


def of_activity(case: Case, suspect: Suspect | None) -> Scope:
    """The scope of a logged activity: the case, and the suspect where it concerns one."""
    return Scope(case=case, suspect=suspect, proceeding=None, thread_id=None, root=None)


def carrier(case: Case, suspect: Suspect | None) -> Proceeding | None:
    """The proceeding that carries the clocks of what is entered: the suspect's measures, else the case."""
    rows = Proceeding.objects.filter(case=case).order_by("-opened_at", "-id")
    measures = rows.filter(process="custody", suspect=suspect).first() if suspect else None
    return measures or rows.filter(process="case").first()


def running(scope: Scope) -> list[Deadline]:
    """The open clocks an event in `scope` may touch, ordered by the instant they run out."""
    return [row for row, _ in reached(scope, ())]


def reached(scope: Scope, happened: Sequence[Occurrence]) -> list[tuple[Deadline, list[Occurrence]]]:
    """The clocks of `running`, each with those of the events, all of this scope, that act on it."""
    rows = list(deadlines(scope).filter(stopped_at__isnull=True).select_related("anchor"))
    if scope.thread_id is None:
        return [(row, list(happened)) for row in rows]
    roots = roots_of({row.thread_id for row in rows} | {scope.thread_id})

    def acts(row: Deadline, event: str) -> bool:
        return touches(scope.thread_id, row.thread_id, roots, _own_limit(row), event=event)

    return [(row, [one for one in happened if acts(row, one.event)]) for row in rows if acts(row, "")]


def deadlines(scope: Scope) -> QuerySet[Deadline]:
    """All clocks of the case and suspect (or, without a case, of the thread), other threads included."""
    if scope.case is None:
        return (
            Deadline.objects.filter(thread_id=scope.thread_id) if scope.thread_id else Deadline.objects.none()
        )
    rows = Deadline.objects.filter(case=scope.case)
    if scope.suspect is not None:
        rows = rows.filter(Q(suspect__isnull=True) | Q(suspect=scope.suspect))
    return rows


def latest(scope: Scope, rows: QuerySet[Occurrence]) -> Occurrence | None:
    """The latest of these events that acts on a clock of the scope: of the suspect, or else of the case as a whole."""
    if scope.suspect is not None:
        rows = rows.filter(Q(suspect__isnull=True) | Q(suspect=scope.suspect))
    own = scope.suspect is not None
    found = sorted(rows, key=lambda row: (own and row.suspect_id is not None, row.at, row.pk), reverse=True)
    roots = roots_of(key for key in (scope.thread_id, *(row.thread_id for row in found)) if key is not None)
    acting = (row for row in found if touches(row.thread_id, scope.thread_id, roots, event=row.event))
    return next(acting, None)


def occurrences(deadline: Deadline) -> list[Occurrence]:
    """The events that may anchor, stop, suspend or restart `deadline`, in the order in which they happened."""
    if deadline.case_id is None:
        rows = Occurrence.objects.filter(thread_id=deadline.thread_id)
    else:
        rows = Occurrence.objects.filter(case=deadline.case_id)
        if deadline.suspect_id is not None:
            rows = rows.filter(Q(suspect__isnull=True) | Q(suspect=deadline.suspect_id))
    rule = deadline.rule
    names = {*rule.trigger, *rule.suspends_on, *rule.resumes_on, *rule.resets_on, *rule.stops_on}
    names.update(rule.own_anchors)
    names.update(name for _, back in rule.runs_back_to for name in back)
    found = list(rows.filter(STANDING, event__in=names).order_by("at", "id"))
    roots = roots_of({row.thread_id for row in found if row.thread_id} | {deadline.thread_id})
    return [
        row
        for row in found
        if touches(row.thread_id, deadline.thread_id, roots, _own_limit(deadline), event=row.event)
    ]


def history(proceeding: Proceeding, now: datetime) -> History:
    """The proceeding as the grammar sees it at `now`."""
    scope = of_proceeding(proceeding)
    clocks = running(scope)
    events, recorded = _events(scope)
    beside, children = _around(proceeding)
    return History(
        process=proceeding.process,
        state=proceeding.state,
        now=now,
        taken=taken(proceeding),
        running=frozenset(clock.limit for clock in clocks),
        expired=frozenset(
            clock.limit for clock in clocks if clock.fires_at <= now and clock.suspended_at is None
        ),
        events=events,
        in_custody=is_held(scope),
        received=_received(proceeding),
        mirrored=is_mirrored(proceeding),
        beside=beside,
        recorded=recorded,
        children=children,
        opener=_opener(proceeding),
        opened_by=opener_of(proceeding),
        in_case=proceeding.case_id is not None,
        handlers=handlers(proceeding),
    )


def taken(proceeding: Proceeding) -> tuple[Taken, ...]:
    """The steps taken, oldest first, with their facts in the types of their fields."""
    return tuple(as_taken(proceeding.declared, step) for step in proceeding.steps.order_by("sequence"))


def as_taken(declared: Process, step: Step) -> Taken:
    """A step of the procedure as the grammar sees it."""
    fields = {field.name: field for field in declared.step(step.name).facts}
    typed = {name: law_facts.read(fields[name], raw) for name, raw in step.facts.items() if name in fields}
    return Taken(step.name, step.occurred_at, str(step.actor_id or ""), typed, step.to_state)


def in_custody(suspect: Suspect | None) -> bool:
    """Whether the suspect is detained or arrested, by the state of the custody proceeding."""
    if suspect is None:
        return False
    return Proceeding.objects.filter(
        suspect=suspect, process="custody", state__in=CUSTODY_STATES, closed_at__isnull=True
    ).exists()


def is_held(scope: Scope) -> bool:
    """Whether the suspect, or in a matter of the whole case one of its suspects, is detained or arrested."""
    if scope.suspect is not None:
        return in_custody(scope.suspect)
    if scope.case is None:
        return False
    return Proceeding.objects.filter(
        case=scope.case, process="custody", state__in=CUSTODY_STATES, closed_at__isnull=True
    ).exists()


def handlers(proceeding: Proceeding) -> frozenset[str]:
    """The ids of the people who handle the case."""
    case = proceeding.case
    keys = (case.investigator_id, case.prosecutor_id) if case is not None else ()
    return frozenset(str(key) for key in keys if key is not None)


def is_mirrored(proceeding: Proceeding) -> bool:
    """Whether the other organ than the initiator's started a procedure that either may start."""
    declared = proceeding.declared
    return declared.mirrored and proceeding.organisation.kind != ROLES[declared.initiator].organ


def _events(scope: Scope) -> tuple[Mapping[str, datetime], Mapping[str, int]]:
    """The latest instant of each event in reach of the scope, and how often each was recorded in all threads.

    The same act told twice has one instant and counts once.
    """
    rows = Occurrence.objects.filter(thread_id=scope.thread_id)
    if scope.case is not None:
        rows = Occurrence.objects.filter(case=scope.case)
        if scope.suspect is not None:
            rows = rows.filter(Q(suspect__isnull=True) | Q(suspect=scope.suspect))
    grouped = rows.filter(STANDING).order_by().values("event", "thread_id")
    found = list(grouped.annotate(latest=Max("at"), times=Count("at", distinct=True)))
    threads = {row["thread_id"] for row in found} | {scope.thread_id}
    roots = roots_of(key for key in threads if key is not None)
    latest: dict[str, datetime] = {}
    recorded: Counter[str] = Counter()
    for row in found:
        recorded[row["event"]] += row["times"]
        if touches(row["thread_id"], scope.thread_id, roots, event=row["event"]):
            latest[row["event"]] = max(row["latest"], latest.get(row["event"], row["latest"]))
    return latest, recorded


def _received(proceeding: Proceeding) -> bool:
    last = proceeding.documents.filter(sent_at__isnull=False).order_by("-sent_at").first()
    return last is not None and last.receipted_at is not None


def _around(proceeding: Proceeding) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """What is open beside the proceeding in the case and for the suspect, and what became of what it opened."""
    near = Q(parent=proceeding)
    if proceeding.case_id is not None:
        open_ = Q(case=proceeding.case_id, closed_at__isnull=True)
        if proceeding.suspect_id is not None:
            open_ &= Q(suspect__isnull=True) | Q(suspect=proceeding.suspect_id)
        near |= open_
    rows = Proceeding.objects.filter(near).exclude(pk=proceeding.pk).order_by("opened_at", "id")
    found = list(rows.values_list("process", "state", "parent_id", "closed_at"))
    beside = {process for process, _, _, closed in found if closed is None and proceeding.case_id is not None}
    children = tuple((process, state) for process, state, parent, _ in found if parent == proceeding.pk)
    return frozenset(beside), children


def _opener(proceeding: Proceeding) -> tuple[Taken, ...]:
    if proceeding.parent_id is None:
        return ()
    steps = Step.objects.filter(proceeding=proceeding.parent_id).select_related("proceeding")
    return tuple(as_taken(step.proceeding.declared, step) for step in steps.order_by("sequence"))


def opener_of(proceeding: Proceeding) -> str:
    """The process that opened the proceeding; empty where a person began it."""
    return proceeding.parent.process if proceeding.parent is not None else ""


def _own_limit(clock: Deadline) -> str:
    """The limit of a clock that a procedure wound; "" for one that a logged activity wound."""
    return clock.limit if clock.anchor.thread_id else ""


def touches(
    event_thread: UUID | None,
    clock_thread: UUID | None,
    roots: Mapping[UUID, Root],
    limit: str = "",
    *,
    event: str = "",
) -> bool:
    """Whether an event of one thread acts on a clock of another; `roots` is what each thread began with.

    `limit` is what the clock measures, "" where the case as a whole owes it or no clock is meant. Without `event` it
    is asked whether any event may.
    """
    if event_thread is None or clock_thread is None or event_thread == clock_thread:
        return True
    one, other = roots.get(event_thread), roots.get(clock_thread)
    if one is None or other is None or event_thread == other.opener or clock_thread == one.opener:
        return True
    if one.process == other.process or limit in limits_of_thread(one.process):
        return False
    return not (event and rulebook().event(event).own_matter)


@cache
def limits_of_thread(process: str) -> frozenset[str]:
    """The limits that a thread which began with `process` may start, by that process or by those that join it."""
    known = all_processes()
    joined, more = set(), {process} & known.keys()
    while more:
        joined |= more
        opened = {child.process for name in more for step in known[name].steps for child in step.opens}
        more = {name for name in opened & known.keys() if known[name].thread == "inherit"} - joined
    return frozenset(start.limit for name in joined for step in known[name].steps for start in step.started)


def roots_of(threads: Iterable[UUID]) -> dict[UUID, Root]:
    """What each thread began with."""
    rows = Proceeding.objects.filter(pk__in=set(threads)).values_list("pk", "process", "parent__thread_id")
    return {key: Root(process, opener) for key, process, opener in rows}
