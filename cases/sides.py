"""Which two organs run a matter, and which of them has begun it: from the case, from the opener, or from the actor.

A matter of the Office has no case: it is run by the organ of the person who begins it and the equal organ of the other
kind in the same place. A matter that the other organ does not see stays inside one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cases import parties
from cases.models import Case, Proceeding, Suspect
from cases.parties import Parties
from coordination.errors import Refused
from coordination.law.history import Reason
from coordination.law.procedure import Process
from coordination.law.roles import ROLES
from coordination.models import Organisation, User
from coordination.standing import Held, standing

Sides = tuple[Organisation, Organisation | None]
OTHER = {"police": "procuratorate", "procuratorate": "police"}


def of_case(
    declared: Process, case: Case, suspect: Suspect | None, *, actor: User | None, at: datetime
) -> Sides:
    """The organ of the role that starts the procedure, and the other one; where either may, the actor's first."""
    mine, other = _declared(declared, parties.of_case(case, suspect))
    if declared.mirrored and actor is not None and other is not None:
        held = standing(actor, at).held
        if _role(declared, held, other, mirrored=True) and not _role(declared, held, mine, mirrored=False):
            return other, mine
    return mine, other


def of_parent(declared: Process, parent: Proceeding) -> Sides:
    """The organs of the proceeding that opens this one."""
    return _declared(declared, parties.of_proceeding(parent))


def of_office(declared: Process, *, actor: User, at: datetime) -> Sides:
    """The organ at which the actor may begin the matter, and the equal organ of the other kind in the same place.

    Raises Refused for a person who holds none of the roles that begin it.
    """
    held = standing(actor, at).held
    for organ in dict.fromkeys(one.at.organ for one in held):
        for mirrored in (False, True) if declared.mirrored else (False,):
            if not _role(declared, held, organ, mirrored=mirrored):
                continue
            if declared.seen_by == "initiator":
                return organ, None
            if declared.mirrored or organ.kind == ROLES[declared.initiator].organ:
                return organ, _equal(organ)
            return _required(_equal(organ), ROLES[declared.initiator].organ), organ
    roles = dict.fromkeys(role for step in declared.steps_from(declared.start.id) for role in step.roles())
    named = [ROLES[role] for role in roles]
    en, zh = " or ".join(role.en for role in named), "或".join(role.zh for role in named)
    raise Refused(Reason("role", f"reserved to {en}", f"只能由{zh}办理"))


def _declared(declared: Process, held: Parties) -> Sides:
    kind = ROLES[declared.initiator].organ
    return _required(held.organ(kind), kind), held.organ(OTHER.get(kind, "police"))


def _required(organ: Organisation | None, kind: str) -> Organisation:
    if organ is None:
        raise Refused(Reason("party:missing", f"the matter has no {kind}", f"该事项没有对应机关：{kind}"))
    return organ


def _role(declared: Process, held: tuple[Held, ...], organ: Organisation, *, mirrored: bool) -> bool:
    """Whether one of the roles held at the organ takes a first step."""
    roles = {one.role for one in held if one.at.organ.pk == organ.pk}
    return any(role in roles for role in _first(declared, mirrored=mirrored))


def _first(declared: Process, *, mirrored: bool) -> Iterator[str]:
    for step in declared.steps_from(declared.start.id):
        yield from step.roles(mirrored=mirrored)


def _equal(organ: Organisation) -> Organisation | None:
    """The organ of the other kind in the same place and at the same level."""
    return (
        Organisation.objects.filter(
            kind=OTHER.get(organ.kind, ""), jurisdiction=organ.jurisdiction, level=organ.level
        )
        .select_related("parent")
        .order_by("code")
        .first()
    )
