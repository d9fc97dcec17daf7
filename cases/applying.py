"""Behind the door: what a step that was checked does. The row, the state, events, clocks, papers, children, messages.

Only `steps`, `activities` and `sweep` call `apply`; each has checked the step with the grammar first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Case, Q, Value, When

from cases import (
    assigning,
    clocks,
    confidentiality,
    extending,
    following,
    handing,
    happening,
    listeners,
    naming,
    opening,
    pacing,
    parties,
    scope,
    telling,
)
from cases.models import Draft, Proceeding, Step
from cases.papers import documents
from cases.request import Request
from coordination import audit, inbox
from coordination.errors import Refused
from coordination.law import facts as law_facts
from coordination.law import grammar
from coordination.law.grammar import Effects, Opened
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.roles import CLOCK

CUSTODY = "custody"
LONGEST_TITLE = 200


def apply(request: Request) -> Step:
    """Write the step and everything that follows from it, in the caller's transaction."""
    row = request.proceeding
    past = request.past or scope.history(row, request.at)
    effects = grammar.effects(
        row.declared, request.step, past, request.facts, request.occurred_at or request.at
    )
    step = _write(request, effects)
    where = scope.of_proceeding(row)
    _move(row, effects.state, request.facts, at=request.at)
    held = scope.is_held(where) if row.process == CUSTODY else past.in_custody
    _settle(step, request)
    clocks.touch(where, [], stops=effects.stops, step=step, at=effects.occurred_at)
    clocks.reopen(where, effects.reopens, at=effects.occurred_at)
    known = {**_all_facts(past), **request.facts}
    events = [(name, effects.occurred_at) for name in effects.emits]
    events += happening.foreseen(where, effects, known)
    happened = happening.happen(
        where, events, effects.starts, step=step, activity=request.activity, facts=known, at=request.at, held=held,
    )  # fmt: skip
    extending.extend(where, effects.extends, step=step, at=request.at)
    papers = [documents.issue(step, code, facts=request.facts, at=request.at) for code in effects.documents]
    handing.hand_over(step, effects, papers, at=request.at, facts=known, apply=apply)
    assigning.move(step, request)
    naming.settle(row, known, at=request.at)
    for child in effects.opens:
        _begin(child, step, request)
    for name in step.declared.lays:
        telling.prepare(row, name, cause=f"step:{step.name}", at=request.at)
    handing.open_beyond(step, at=request.at)
    if held != past.in_custody:
        clocks.rewind(row, held=held, at=request.at)
    _tell(request, step)
    handing.receipt_of(step, at=effects.occurred_at, apply=apply)
    assigning.assign(step, request)
    listeners.tell(step, request.at)
    following.follow(where, happened, actor=request.actor, at=request.at, apply=apply, known=known)
    return step


def _begin(child: Opened, step: Step, request: Request) -> None:
    """Open a further proceeding and lay its first step ready, or take it where it is the same act; may be Refused."""
    row, at = request.proceeding, request.at
    opened = opening.open_proceeding(
        child.process, case=row.case, suspect=row.suspect, parent=row, actor=request.actor, at=at,
        about=child.about, confidentiality=step.confidentiality,
    )  # fmt: skip
    if child.lays is not None and child.fact is not None:
        laid = {child.fact: child.about}
        telling.prepare(opened, child.lays, cause=f"step:{step.name}", at=at, facts=laid)
    if child.takes is None:
        return
    known = {item.name for item in opened.declared.step(child.takes).facts}
    facts = {name: value for name, value in child.facts.items() if name in known}
    if child.paced_by is not None and child.fact is not None:
        planned = pacing.next_turn(row, child.paced_by, now=at)
        facts |= {child.fact: planned} if planned is not None else {}
    past = scope.history(opened, at)
    reasons = grammar.check(opened.declared, child.takes, past, facts, at, None)
    if reasons:
        raise Refused(*reasons)
    level = step.confidentiality
    apply(
        Request(request.actor, opened, child.takes, at, facts, follows=True, confidentiality=level, past=past)
    )


def _write(request: Request, effects: Effects) -> Step:
    row, declared = request.proceeding, request.proceeding.declared.step(request.step)
    role = _role(request, declared)
    organisation = parties.of_proceeding(row).organ_of(role) if role != CLOCK else None
    row.version += 1
    return Step.objects.create(
        proceeding=row, sequence=row.version, name=request.step, from_state=row.state, to_state=effects.state,
        actor=request.actor, role=role, organisation=organisation, approved_by=request.approved_by,
        occurred_at=effects.occurred_at, recorded_at=request.at, decision=_decision(request.facts),
        facts={name: law_facts.plain(value) for name, value in request.facts.items()},
        activity=request.activity, case=row.case, jurisdiction=row.jurisdiction,
        confidentiality=max(confidentiality.of(row, request.activity), request.confidentiality),
    )  # fmt: skip


def _role(request: Request, declared: DeclaredStep) -> str:
    """The role in which the step is taken: the first of its roles that the person holds; the clock has its own."""
    if request.actor is None:
        return CLOCK
    row = request.proceeding
    roles = declared.roles(mirrored=scope.is_mirrored(row))
    held = parties.of_proceeding(row)
    for role in roles if len(roles) > 1 else ():
        organ = held.organ_of(role)
        if organ is not None and parties.holds(request.actor.pk, role, organ, request.at):
            return role
    return roles[0]


def _move(row: Proceeding, state: str, facts: Mapping[str, object], *, at: datetime) -> None:
    """Store the new state; the row is locked by the door, the version counted by `_write`."""
    declared = row.declared
    if state != row.state:
        row.state, row.state_since = state, at
    if declared.state(state).kind == "end":
        row.closed_at = at
    if row.opened_to_counterpart_at is None and declared.seen_by == f"after:{state}":
        row.opened_to_counterpart_at = at
    row.about = _title(row, facts) or row.about
    row.save(
        update_fields=("state", "state_since", "closed_at", "opened_to_counterpart_at", "about", "version")
    )


def _title(row: Proceeding, facts: Mapping[str, object]) -> str:
    """What the matter is about, where a fact of this step says it."""
    said = next((facts[name] for name in row.declared.titled_by if facts.get(name)), "")
    words = "；".join(str(one) for one in said) if isinstance(said, (list, tuple)) else str(said)
    return words[:LONGEST_TITLE]


def _settle(step: Step, request: Request) -> None:
    """Close the open draft of the step that was taken, and those the new state leaves without sense."""
    row, who = request.proceeding, request.approved_by or request.actor
    possible = {declared.id for declared in row.declared.steps_from(step.to_state)}
    taken = When(step=step.name, then=Value(Draft.Outcome.TAKEN))
    row.drafts.filter(Q(step=step.name) | ~Q(step__in=possible), outcome=Draft.Outcome.OPEN).update(
        outcome=Case(taken, default=Value(Draft.Outcome.SUPERSEDED)), settled_by=who, settled_at=request.at
    )


def _decision(facts: Mapping[str, object]) -> str:
    for name in ("decision", "outcome", "conclusion", "result", "accepted", "effect", "ground"):
        value = facts.get(name)
        if isinstance(value, str):
            return value[:60]
    return ""


def _all_facts(past: grammar.History) -> dict[str, object]:
    merged: dict[str, object] = {}
    for taken in past.taken:
        merged.update(taken.facts)
    return merged


def _tell(request: Request, step: Step) -> None:
    """Audit the step, and tell the person named on the other side of an open matter."""
    row = step.proceeding
    audit.record(
        request.actor, f"step.{row.process}.{step.name}", at=request.at,
        subject=audit.Subject("proceeding", row.pk, row.case_id, row.jurisdiction), organisation=step.organisation,
        sequence=step.sequence, from_state=step.from_state, to_state=step.to_state,
    )  # fmt: skip
    if row.opened_to_counterpart_at is None or request.actor is None or row.case is None or request.follows:
        return
    others = {row.case.investigator, row.case.prosecutor} - {request.actor, None}
    told = confidentiality.cleared(
        [user for user in others if user is not None], step.confidentiality, request.at
    )
    inbox.post(told, telling.note("step.taken", row, step.name, actor=request.actor.name), at=request.at)
