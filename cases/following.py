"""One act, entered once: steps that an event elsewhere takes by itself, and steps that it makes possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from django.db.models import Q

from cases import scope, telling
from cases.models import Occurrence, Proceeding
from cases.request import Apply, Request
from cases.scope import Scope
from coordination.law import grammar
from coordination.law.procedure import Step
from coordination.law.processes import all_processes
from coordination.law.roles import CLOCK
from coordination.models import User


def follow(
    where: Scope,
    happened: Sequence[Occurrence],
    *,
    actor: User | None,
    at: datetime,
    apply: Apply,
    known: Mapping[str, object] | None = None,
) -> None:
    """Take the steps which are the same act seen from another procedure; prepare those which the events now allow.

    In the procedure where it happened only what follows by itself is taken: its other steps are at hand there. Without
    a case, what belongs together is the thread. `known` are the facts of the matter in which it happened; a step that
    follows is filled in from them.
    """
    names = {row.event: row.at for row in happened if row.event in _waited_for()}
    if not names or (where.case is None and where.thread_id is None):
        return
    level = max(row.confidentiality for row in happened)
    near = Q(case=where.case) if where.case is not None else Q(thread_id=where.thread_id)
    rows = Proceeding.objects.filter(near, closed_at__isnull=True).select_related(
        "case__police__parent",
        "case__procuratorate__parent__parent",
        "suspect__held_at",
        "organisation__parent",
        "counterpart__parent",
        "parent",
    )
    for other in rows:
        if where.suspect is not None and other.suspect_id not in (None, where.suspect.pk):
            continue
        if not any(names.keys() & set(step.on_event) for step in other.declared.steps_from(other.state)):
            continue  # nothing here waits for it: its history is not read
        took = _follow_one(other, names, known or {}, actor=actor, at=at, apply=apply, level=level)
        if not took and (where.proceeding is None or other.pk != where.proceeding.pk):
            _prepare(other, names, at=at, level=level)


@cache
def _waited_for() -> frozenset[str]:
    """Every event that a step of some procedure waits for."""
    return frozenset(
        event for process in all_processes().values() for step in process.steps for event in step.on_event
    )


def _follow_one(
    other: Proceeding,
    names: Mapping[str, datetime],
    known: Mapping[str, object],
    *,
    actor: User | None,
    at: datetime,
    apply: Apply,
    level: int,
) -> bool:
    """Take the steps that follow one of the events; returns whether there are any."""
    past = scope.history(other, at)
    for event, instant in names.items():
        found = grammar.following(other.declared, past, event)
        for place, declared in enumerate(found):
            locked = Proceeding.objects.select_for_update().get(pk=other.pk)
            if locked.version == other.version:
                facts = _known(declared, other, instant, known)
                apply(
                    Request(
                        actor, other, declared.id, at, facts, follows=True, occurred_at=instant, confidentiality=level,
                        past=past if place == 0 else None,
                    )
                )  # fmt: skip
        if found:
            return True
    return False


def _prepare(other: Proceeding, names: Mapping[str, datetime], *, at: datetime, level: int) -> None:
    """Lay ready the steps that one of the events makes possible."""
    for declared in other.declared.steps_from(other.state):
        if set(declared.on_event) & set(names) and not declared.follows and declared.role != CLOCK:
            cause = f"event:{next(iter(set(declared.on_event) & set(names)))}"
            telling.prepare(other, declared.id, cause=cause, at=at, level=level)


def _known(
    declared: Step, row: Proceeding, instant: datetime, known: Mapping[str, object]
) -> dict[str, object]:
    """The facts the product fills in by itself: the instant of the event, what the case and the other matter say."""
    facts: dict[str, object] = {}
    for item in declared.facts:
        if item.required != "auto":
            continue
        if item.type == "datetime":
            facts[item.name] = instant
        elif item.name == "charge" and row.case is not None and row.case.charge:
            facts[item.name] = row.case.charge
        elif item.name in known:
            facts[item.name] = known[item.name]
    return facts
