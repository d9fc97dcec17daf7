"""One act, entered once: steps that an event elsewhere takes by itself, and steps that it makes possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cases import scope, telling
from cases.models import Occurrence, Proceeding
from cases.request import Apply, Request
from cases.scope import Scope
from coordination.law import grammar
from coordination.law.procedure import Step
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

    `known` are the facts of the matter in which it happened; a step that follows is filled in from them.
    """
    if not happened or where.case is None:
        return
    names = {row.event: row.at for row in happened}
    rows = Proceeding.objects.filter(case=where.case, closed_at__isnull=True).select_related(
        "case__police__parent",
        "case__procuratorate__parent",
        "suspect",
        "organisation__parent",
        "counterpart__parent",
    )
    for other in rows:
        if where.proceeding is not None and other.pk == where.proceeding.pk:
            continue
        if where.suspect is not None and other.suspect_id not in (None, where.suspect.pk):
            continue
        _follow_one(other, names, known or {}, actor=actor, at=at, apply=apply)


def _follow_one(
    other: Proceeding,
    names: Mapping[str, datetime],
    known: Mapping[str, object],
    *,
    actor: User | None,
    at: datetime,
    apply: Apply,
) -> None:
    past = scope.history(other, at)
    for event, instant in names.items():
        for declared in grammar.following(other.declared, past, event):
            locked = Proceeding.objects.select_for_update().get(pk=other.pk)
            if locked.version == other.version:
                facts = _known(declared, other, instant, known)
                apply(Request(actor, other, declared.id, at, facts, follows=True, occurred_at=instant))
            return
    for declared in other.declared.steps_from(other.state):
        if set(declared.on_event) & set(names) and not declared.follows and declared.role != CLOCK:
            telling.prepare(
                other, declared.id, cause=f"event:{next(iter(set(declared.on_event) & set(names)))}", at=at
            )


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
