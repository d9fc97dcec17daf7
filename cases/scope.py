"""What belongs together: which clocks an event touches, and the history a procedure is checked against.

An event touches the clocks of its own thread; those of other procedures in the same case and for the same suspect;
never those of another thread of the same procedure (two correction notices in one case keep apart).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from cases.models import Case, Deadline, Occurrence, Proceeding, Suspect
from coordination.law import facts as law_facts
from coordination.law.history import History, Taken
from coordination.models import Organisation

STANDING = Q(activity__isnull=True) | Q(activity__corrected_by__isnull=True)
"""Occurrences that count: those of a log entry that was corrected were recorded anew with the correction."""

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
        root=roots_of([proceeding.thread_id])[proceeding.thread_id],
    )


def of_activity(case: Case, suspect: Suspect | None) -> Scope:
    """The scope of a logged activity: the case, and the suspect where it concerns one."""
    return Scope(case=case, suspect=suspect, proceeding=None, thread_id=None, root=None)


def running(scope: Scope) -> list[Deadline]:
    """The open clocks an event in `scope` may touch, ordered by the instant they run out."""
    return _own_threads(scope, deadlines(scope).filter(stopped_at__isnull=True).select_related("anchor"))


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
    found = list(rows.filter(STANDING, event__in=names).order_by("at", "id"))
    roots = roots_of({row.thread_id for row in found if row.thread_id} | {deadline.thread_id})
    return [row for row in found if touches(row.thread_id, deadline.thread_id, roots)]


def history(proceeding: Proceeding, now: datetime) -> History:
    """The proceeding as the grammar sees it at `now`."""
    scope = of_proceeding(proceeding)
    clocks = running(scope)
    return History(
        process=proceeding.process,
        state=proceeding.state,
        now=now,
        taken=taken(proceeding),
        running=frozenset(clock.limit for clock in clocks),
        expired=frozenset(
            clock.limit for clock in clocks if clock.fires_at <= now and clock.suspended_at is None
        ),
        events=_events(scope),
        in_custody=in_custody(scope.suspect),
        received=_received(proceeding),
        mirrored=is_mirrored(proceeding),
        beside=frozenset(_beside(proceeding)),
    )


def taken(proceeding: Proceeding) -> tuple[Taken, ...]:
    """The steps taken, oldest first, with their facts in the types of their fields."""
    declared = proceeding.declared
    rows = []
    for step in proceeding.steps.order_by("sequence"):
        fields = {field.name: field for field in declared.step(step.name).facts}
        typed = {
            name: law_facts.read(fields[name], raw) for name, raw in step.facts.items() if name in fields
        }
        actors = str(step.actor_id or "")
        rows.append(Taken(step.name, step.occurred_at, actors, typed, step.to_state))
    return tuple(rows)


def in_custody(suspect: Suspect | None) -> bool:
    """Whether the suspect is detained or arrested, by the state of the custody proceeding."""
    if suspect is None:
        return False
    return Proceeding.objects.filter(
        suspect=suspect, process="custody", state__in=CUSTODY_STATES, closed_at__isnull=True
    ).exists()


def is_mirrored(proceeding: Proceeding) -> bool:
    """Whether the procuratorate started a procedure that either desk may start."""
    return proceeding.declared.mirrored and proceeding.organisation.kind == Organisation.Kind.PROCURATORATE


def _events(scope: Scope) -> Mapping[str, datetime]:
    rows = Occurrence.objects.filter(thread_id=scope.thread_id)
    if scope.case is not None:
        rows = Occurrence.objects.filter(case=scope.case)
        if scope.suspect is not None:
            rows = rows.filter(Q(suspect__isnull=True) | Q(suspect=scope.suspect))
    found = list(rows.filter(STANDING).order_by().values("event", "thread_id").annotate(at=Max("at")))
    threads = {row["thread_id"] for row in found} | {scope.thread_id}
    roots = roots_of(key for key in threads if key is not None)
    latest: dict[str, datetime] = {}
    for row in found:
        if touches(row["thread_id"], scope.thread_id, roots):
            latest[row["event"]] = max(row["at"], latest.get(row["event"], row["at"]))
    return latest


def _received(proceeding: Proceeding) -> bool:
    last = proceeding.documents.filter(sent_at__isnull=False).order_by("-sent_at").first()
    return last is not None and last.receipted_at is not None


def _beside(proceeding: Proceeding) -> list[str]:
    if proceeding.case_id is None:
        return []
    rows = Proceeding.objects.filter(case=proceeding.case_id, closed_at__isnull=True).exclude(
        pk=proceeding.pk
    )
    if proceeding.suspect_id is not None:
        rows = rows.filter(Q(suspect__isnull=True) | Q(suspect=proceeding.suspect_id))
    return list(rows.values_list("process", flat=True))


def _own_threads(scope: Scope, rows: QuerySet[Deadline]) -> list[Deadline]:
    found = list(rows)
    if scope.thread_id is None:
        return found
    roots = roots_of({row.thread_id for row in found} | {scope.thread_id})
    return [row for row in found if touches(scope.thread_id, row.thread_id, roots)]


def touches(event_thread: UUID | None, clock_thread: UUID | None, roots: Mapping[UUID, str]) -> bool:
    """Whether an event of one thread acts on a clock of another; `roots` is the process each thread began with."""
    if event_thread is None or clock_thread is None or event_thread == clock_thread:
        return True
    return roots.get(event_thread) != roots.get(clock_thread)


def roots_of(threads: Iterable[UUID]) -> dict[UUID, str]:
    """The process each thread began with."""
    return dict(Proceeding.objects.filter(pk__in=set(threads)).values_list("pk", "process"))
