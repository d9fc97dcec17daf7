"""Who handles a matter from now on, and which procuratorate: what a step says with `assigns` and `moves_to`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cases import parties
from cases.models import Case, Deadline, Proceeding, Step
from cases.request import Request
from coordination import audit
from coordination.errors import Refused
from coordination.law.history import Reason
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.roles import ROLES
from coordination.models import Organisation, User
from coordination.standing import standing


def assign(step: Step, request: Request) -> None:
    """Hand the matter to the person whom the step names, with its clocks, those that began with its receipt too."""
    declared = step.declared
    if declared.assigns is not None:
        _assign(step, declared, str(request.facts.get(declared.assigns, "")))


def move(step: Step, request: Request) -> None:
    """Give the case to the procuratorate that the step names."""
    declared = step.declared
    if declared.moves_to is not None:
        _move(step, declared, str(request.facts.get(declared.moves_to, "")), at=request.at)


def _assign(step: Step, declared: DeclaredStep, named: str) -> None:
    """Name the person of the organ that took the step; raise Refused for anybody who does not hold the role there."""
    row, organ = step.proceeding, step.organisation
    role = next((role for role in parties.NAMED if organ and ROLES[role].organ == organ.kind), None)
    person = User.objects.filter(pk=named, is_active=True).first() if _is_key(named) else None
    if (
        role is None
        or organ is None
        or person is None
        or not parties.holds(person.pk, role, organ, step.recorded_at)
    ):
        en, zh = "the person does not hold the role at this organ", "该人员在本机关没有该角色"
        raise Refused(Reason(f"field:{declared.assigns}", en, zh, declared.cited))
    field = "owner" if row.organisation_id == organ.pk else "counterpart_owner"
    Proceeding.objects.filter(pk=row.pk).update(**{field: person})
    setattr(row, field, person)
    Deadline.objects.filter(
        proceeding=row, responsible=organ, responsible_role=role, stopped_at__isnull=True,
        confidentiality__lte=standing(person, step.recorded_at).clearance,
    ).update(owner=person)  # fmt: skip


def _move(step: Step, declared: DeclaredStep, named: str, *, at: datetime) -> None:
    """Give the case to another procuratorate; the record, and what was counted in it, goes with the case."""
    case, row = step.case, step.proceeding
    procuratorates = Organisation.objects.filter(kind=Organisation.Kind.PROCURATORATE)
    organ = (
        procuratorates.filter(pk=named).select_related("parent__parent").first() if _is_key(named) else None
    )
    if case is None or organ is None or organ.pk == case.procuratorate_id:
        en, zh = "the case moves to another procuratorate", "应当移送其他人民检察院"
        raise Refused(Reason(f"field:{declared.moves_to}", en, zh, declared.cited))
    Case.objects.filter(pk=case.pk).update(procuratorate=organ, prosecutor=None)
    case.procuratorate, case.prosecutor = organ, None
    if row.case is not None:
        row.case.procuratorate, row.case.prosecutor = organ, None
    audit.record(
        step.actor, "case.moved", at=at, subject=audit.Subject("case", case.pk, case.pk, case.jurisdiction),
        organisation=step.organisation, to=organ.code,
    )  # fmt: skip


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
