"""What belongs together: which clocks an event may reach, and the history a procedure is checked against.

How far an event of one thread reaches into another is in `roots`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from cases.models import Case, Deadline, Occurrence, Proceeding, Step, Suspect
from cases.roots import Root, learn, roots_of, touches
from coordination.law import facts as law_facts
from coordination.law.history import History, Taken
from coordination.law.procedure import Process
from coordination.law.processes import all_processes
from coordination.law.roles import ROLES

STANDING = (Q(activity__isnull=True) | Q(activity__corrected_by__isnull=True)) & (
    Q(entry__isnull=True) | Q(entry__corrected_by__isnull=True)
)
"""Occurrences that count: those of an entry that was corrected were recorded anew with the correction."""

CUSTODY_STATES = frozenset({"detained", "arrest_review", "non_approved", "arrested", "arrested_review"})


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
    open_ = deadlines(scope).filter(stopped_at__isnull=True)
    rows = list(open_.select_related("anchor", "proceeding", "local_rule__office"))
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
    return occurrences_of([deadline])[0]


def occurrences_of(rows: Sequence[Deadline]) -> list[list[Occurrence]]:
    """As `occurrences`, for each of these deadlines; one query."""
    if not rows:
        return []
    names = [_names(row) for row in rows]
    cases = {row.case_id for row in rows if row.case_id is not None}
    threads = {row.thread_id for row in rows if row.case_id is None}
    near = Q(case__in=cases) if cases else Q()
    near |= Q(thread_id__in=threads) if threads else Q()
    wanted = set[str]().union(*names)
    found = list(Occurrence.objects.filter(STANDING, near, event__in=wanted).order_by("at", "id"))
    roots = roots_of({one.thread_id for one in found if one.thread_id} | {row.thread_id for row in rows})
    return [
        [
            one
            for one in found
            if one.event in known
            and _is_near(one, row)
            and touches(one.thread_id, row.thread_id, roots, _own_limit(row), event=one.event)
        ]
        for row, known in zip(rows, names, strict=True)
    ]


def _names(deadline: Deadline) -> set[str]:
    """The events that mean something to the clock's limit."""
    rule = deadline.rule
    names = {*rule.trigger, *rule.suspends_on, *rule.resumes_on, *rule.resets_on, *rule.stops_on}
    names.update(rule.own_anchors)
    names.update(name for _, back in rule.runs_back_to for name in back)
    return names


def _is_near(one: Occurrence, row: Deadline) -> bool:
    """Whether the event lies in the case of the clock and concerns its suspect; without a case, in its thread."""
    if row.case_id is None:
        return one.thread_id == row.thread_id
    return one.case_id == row.case_id and (row.suspect_id is None or one.suspect_id in (None, row.suspect_id))


def history(proceeding: Proceeding, now: datetime) -> History:
    """The proceeding as the grammar sees it at `now`; five queries, however long the past is."""
    near = _near(proceeding)
    scope = of_proceeding(proceeding)
    clocks = running(scope)
    events, recorded = _events(scope)
    steps, opener = _taken(proceeding)
    return History(
        process=proceeding.process,
        state=proceeding.state,
        now=now,
        taken=steps,
        running=frozenset(clock.limit for clock in clocks),
        expired=frozenset(
            clock.limit for clock in clocks if clock.fires_at <= now and clock.suspended_at is None
        ),
        events=events,
        in_custody=_is_held_among(near, proceeding),
        received=_received(proceeding),
        mirrored=is_mirrored(proceeding),
        beside=_beside(near, proceeding),
        recorded=recorded,
        children=tuple((one.process, one.state) for one in near if one.parent == proceeding.pk),
        opener=opener,
        opened_by=opener_of(proceeding),
        in_case=proceeding.case_id is not None,
        handlers=handlers(proceeding),
    )


def taken(proceeding: Proceeding) -> tuple[Taken, ...]:
    """The steps taken, oldest first, with their facts in the types of their fields."""
    return tuple(as_taken(proceeding.declared, step) for step in proceeding.steps.order_by("sequence"))


def _taken(proceeding: Proceeding) -> tuple[tuple[Taken, ...], tuple[Taken, ...]]:
    """The steps taken in the proceeding, and those in the one that opened it, oldest first."""
    keys = [key for key in (proceeding.pk, proceeding.parent_id) if key is not None]
    rows = Step.objects.filter(proceeding__in=keys).annotate(process=F("proceeding__process"))
    own: list[Taken] = []
    opener: list[Taken] = []
    for step in rows.order_by("sequence"):
        found = own if step.proceeding_id == proceeding.pk else opener
        found.append(as_taken(all_processes()[step.process], step))
    return tuple(own), tuple(opener)


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


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """A proceeding of the same case, or one that this one opened; or this one itself."""

    pk: UUID
    process: str
    state: str
    suspect: UUID | None
    parent: UUID | None
    is_open: bool


def _near(proceeding: Proceeding) -> list[_Neighbour]:
    """What is in the case, and what the proceeding opened, oldest first; learns what their threads began with."""
    near = Q(parent=proceeding) | Q(pk=proceeding.thread_id)
    if proceeding.case_id is not None:
        near |= Q(case=proceeding.case_id)
    rows = Proceeding.objects.filter(near).order_by("opened_at", "id")
    found, roots = [], {}
    for key, process, state, suspect, parent, closed_at, opener in rows.values_list(
        "pk", "process", "state", "suspect_id", "parent_id", "closed_at", "parent__thread_id"
    ):
        roots[key] = Root(process, opener)
        found.append(_Neighbour(key, process, state, suspect, parent, closed_at is None))
    learn(roots)
    return found


def _beside(near: Iterable[_Neighbour], proceeding: Proceeding) -> frozenset[str]:
    """What is open beside the proceeding in the case and for the suspect."""
    if proceeding.case_id is None:
        return frozenset()
    own = proceeding.suspect_id
    return frozenset(
        one.process
        for one in near
        if one.is_open and one.pk != proceeding.pk and (own is None or one.suspect in (None, own))
    )


def _is_held_among(near: Iterable[_Neighbour], proceeding: Proceeding) -> bool:
    """As `is_held`, among what was read already."""
    return proceeding.case_id is not None and any(
        one.is_open
        and one.process == "custody"
        and one.state in CUSTODY_STATES
        and proceeding.suspect_id in (None, one.suspect)
        for one in near
    )


def opener_of(proceeding: Proceeding) -> str:
    """The process that opened the proceeding; empty where a person began it."""
    return proceeding.parent.process if proceeding.parent is not None else ""


def _own_limit(clock: Deadline) -> str:
    """The limit of a clock that a procedure wound; "" for one that a logged activity wound."""
    return clock.limit if clock.anchor.thread_id else ""
