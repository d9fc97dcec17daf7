"""Steps that only a named person takes: whoever is named must be of the matter, and owns the clocks of those steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from cases.models import Deadline, Proceeding
from coordination.law.history import Reason
from coordination.law.procedure import Process
from coordination.law.procedure import Step as DeclaredStep
from coordination.models import Organisation, User
from coordination.standing import Standing, standing


def faults(
    row: Proceeding, declared: DeclaredStep, facts: Mapping[str, object], at: datetime
) -> Iterator[Reason]:
    """Yield a reason for each fact that names a person, where it names nobody who works at an organ of the matter."""
    for name in _naming(row.declared).intersection(facts):
        if _place(row, _person(facts[name]), at) is None:
            yield Reason(
                f"field:{name}",
                "names nobody who works at an organ of this matter",
                "不是本事项有关机关的在职人员",
                declared.cited,
            )


def settle(row: Proceeding, known: Mapping[str, object], *, at: datetime) -> None:
    """Give the running clocks of the proceeding to the person who must take the step that stops them."""
    for limit, fact in _owned(row.declared).items():
        person = _person(known.get(fact))
        place = _place(row, person, at)
        if person is None or place is None:
            continue
        role, organ = place
        running = Deadline.objects.filter(proceeding=row, limit=limit, stopped_at__isnull=True)
        running.update(owner=person, responsible=organ, responsible_role=role)


def _naming(process: Process) -> frozenset[str]:
    """The facts of the process that name who takes a step."""
    asked = {item.name for step in process.steps for item in step.facts}
    return frozenset(name for step in process.steps for name in step.named_by if name in asked)


def _owned(process: Process) -> dict[str, str]:
    """The limits whose first stopping step is a named person's, with the fact that names the person."""
    facts = _naming(process)
    first: dict[str, str | None] = {}
    for step in process.steps:
        for limit in step.stops:
            first.setdefault(limit, next((name for name in step.named_by if name in facts), None))
    return {limit: fact for limit, fact in first.items() if fact is not None}


def _person(value: object) -> User | None:
    try:
        key = UUID(str(value))
    except ValueError:
        return None
    return User.objects.filter(pk=key, is_active=True).first()


def _place(row: Proceeding, person: User | None, at: datetime) -> tuple[str, Organisation] | None:
    """A role of the person and the organ of the matter at which it is held; None for a stranger to the matter."""
    if person is None:
        return None
    organs = [organ for organ in (row.organisation, row.counterpart) if organ is not None]
    held = _held(standing(person, at))
    return next(((held[organ.pk], organ) for organ in organs if organ.pk in held), None)


def _held(who: Standing) -> dict[UUID, str]:
    """A role the person holds at each organ, the first in order where there are several."""
    return {organ: role for role, organ in sorted(who.roles_at, reverse=True)}
