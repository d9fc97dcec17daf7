"""Typed once: the steps that a log entry takes, and what stands against them.

Which entry takes which step is declared in the procedures (`logged_by`); here they are found, checked and taken.
See docs/decisions/0010-logging-takes-steps.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases import applying, scope, steps
from cases.logbook import entry_events
from cases.logbook.entries import Entry
from cases.models import Activity, Draft, Proceeding, Step
from cases.request import Request
from coordination.errors import Refused
from coordination.law import grammar
from coordination.law.history import DESIGN, Reason
from coordination.law.kinds import ActivityKind
from coordination.law.procedure import SAME, Logged, Process
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.processes import all_processes
from coordination.models import User


@dataclass(frozen=True, slots=True)
class Matched:
    """A step of a procedure that an entry of this kind, with these fields, is the log of."""

    process: Process
    step: DeclaredStep
    by: Logged

    @property
    def moves(self) -> bool:
        """Whether the step changes where the procedure stands."""
        return self.step.to != SAME

    @property
    def events(self) -> frozenset[str]:
        """The events the step may record."""
        return frozenset(emit.event for emit in self.step.emitted)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the entry did: steps taken, drafts submitted for an approval, and the events that are theirs to record."""

    taken: tuple[Step, ...]
    submitted: tuple[Draft, ...]
    events: frozenset[str]


def matched(kind: str, fields: Mapping[str, object]) -> tuple[Matched, ...]:
    """Return every step of every procedure that the entry is the log of, whatever the present states."""
    return tuple(
        Matched(process, step, by)
        for process in all_processes().values()
        for step in process.steps
        for by in step.logged
        if by.matches(kind, fields)
    )


def open_runs(entry: Entry, processes: Collection[str]) -> list[Proceeding]:
    """The open proceedings of these procedures that the entry may belong to, locked, oldest first."""
    rows = (
        Proceeding.objects.select_for_update(of=("self",))
        .select_related("case__police__parent", "case__procuratorate__parent", "suspect__held_at",
                        "organisation__parent", "counterpart__parent")
        .filter(case=entry.case, process__in=processes, closed_at__isnull=True).order_by("opened_at", "id")
    )  # fmt: skip
    suspect = entry.suspect.pk if entry.suspect else None
    return [row for row in rows if row.suspect_id is None or row.suspect_id == suspect]


def take(actor: User, entry: Entry, kind: ActivityKind, activity: Activity, *, at: datetime) -> Outcome:
    """Take the steps the entry is the log of. Raises Refused where the law refuses one of them.

    A step that needs an approval is taken on the strength of the approval the entry records; where the kind records
    none, the step is submitted to its approver instead.
    """
    found = matched(kind.code, entry.fields)
    runs = open_runs(entry, {match.process.id for match in found})
    taken: list[Step] = []
    submitted: list[Draft] = []
    refused = list(_without_record(found, runs))
    for row in runs:
        fits = _takeable(row, entry, kind.code, at, done=set())
        if not fits and any(match.moves for match in found if match.process.id == row.process):
            refused += _stands(row, found, entry, at)
    if refused:
        raise Refused(*refused)
    for row in runs:
        _take_all(actor, row, entry, kind, activity, at, taken, submitted)
    theirs = {event for match in found if match.moves for event in match.events}
    theirs |= {event for draft in submitted for event in _events_of(draft.proceeding, draft.step)}
    theirs |= {event for step in taken for event in _events_of(step.proceeding, step.name)}
    return Outcome(tuple(taken), tuple(submitted), frozenset(theirs))


def _take_all(
    actor: User,
    row: Proceeding,
    entry: Entry,
    kind: ActivityKind,
    activity: Activity,
    at: datetime,
    taken: list[Step],
    submitted: list[Draft],
) -> None:
    """Take one step after the other: the first may bring the state in which the next is possible."""
    done: set[str] = set()
    while fits := _takeable(row, entry, kind.code, at, done=done):
        declared, facts, moment = fits[0]
        done.add(declared.id)
        reasons = grammar.check(
            row.declared, declared.id, scope.history(row, at), facts, at, steps.actor_in(row, actor, at)
        )
        if reasons:
            raise Refused(*_in_terms_of_the_entry(reasons, declared, entry))
        if declared.approval is not None and kind.approver is None:
            draft = steps.take(
                actor, row, declared.id, facts=facts, at=at, confidentiality=activity.confidentiality
            )
            submitted += [draft] if isinstance(draft, Draft) else []
            continue
        approver = _approver(entry) if declared.approval else None
        occurred = entry_events.instant(moment) or entry.started_at
        request = Request(
            actor, row, declared.id, at, facts, approved_by=approver, activity=activity, occurred_at=occurred
        )
        taken.append(applying.apply(request))
        row.refresh_from_db()


def _takeable(
    row: Proceeding, entry: Entry, kind: str, at: datetime, *, done: set[str]
) -> list[tuple[DeclaredStep, dict[str, object], object]]:
    if row.closed_at is not None:
        return []
    found = grammar.logged(row.declared, scope.history(row, at), kind, entry.fields)
    return [item for item in found if item[0].id not in done]


def _without_record(found: Iterable[Matched], runs: Iterable[Proceeding]) -> Iterator[Reason]:
    """Refuse an entry that changes a measure of which no open record stands."""
    moving = [match for match in found if match.moves]
    if not moving or {row.process for row in runs} & {match.process.id for match in moving}:
        return
    for match in {match.process.id: match for match in moving}.values():
        en, zh = f"no open record “{match.process.en}” stands here", f"没有进行中的“{match.process.zh}”"
        yield Reason(f"process:{match.process.id}", en, zh, match.step.sources or (DESIGN,))


def _stands(row: Proceeding, found: Iterable[Matched], entry: Entry, at: datetime) -> Iterator[Reason]:
    """Every reason why none of the steps the entry is the log of can be taken where the record stands."""
    past = scope.history(row, at)
    seen = set()
    for match in found:
        if match.process.id != row.process or not match.moves:
            continue
        facts = match.by.read(match.step.facts, entry.fields)
        for reason in grammar.check(row.declared, match.step.id, past, facts, at, None):
            if reason.code.startswith("field:") or (reason.code, reason.en) in seen:
                continue
            seen.add((reason.code, reason.en))
            yield reason


def _in_terms_of_the_entry(
    reasons: Iterable[Reason], declared: DeclaredStep, entry: Entry
) -> Iterator[Reason]:
    """A reason about a fact of the step stands at the field of the entry that the fact is read from."""
    renamed = {fact: name for by in declared.logged if by.activity == entry.kind for fact, name in by.facts}
    for reason in reasons:
        prefix, _, name = reason.code.partition(":")
        code = f"field:{renamed.get(name, name)}" if prefix == "field" else reason.code
        yield Reason(code, reason.en, reason.zh, reason.sources)


def _events_of(row: Proceeding, step: str) -> frozenset[str]:
    return frozenset(emit.event for emit in row.declared.step(step).emitted)


def _approver(entry: Entry) -> User | None:
    """Who approved, where the entry names the person; otherwise the number of the paper stands for it."""
    named = entry.facts.get("approver")
    return User.objects.filter(pk=UUID(str(named))).first() if named else None
