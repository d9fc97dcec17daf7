"""Beginning a case: a report is registered, its review starts to run, suspects are named. Everything else is a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from cases import opening, steps, telling
from cases.models import Case, Charge, Deadline, Proceeding, Suspect
from coordination import audit, policy
from coordination.errors import Refused
from coordination.law.citation import Source
from coordination.law.history import Reason
from coordination.models import Organisation, User
from coordination.standing import standing

RECEPTION = (Source("MPS", "171"),)
FROM_AGENCY = "admin_transfer"
"""The kind of report of a case that an administrative agency transfers."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the desk writes down when a report comes in; `received_at` is aware.

    `kind`: general, economic, injury, or admin_transfer for a case that an agency transfers (`reporter` is the agency).
    """

    number: str
    title: str
    kind: str
    reporter: str
    received_at: datetime
    unit: Organisation
    charge: str = ""
    is_major: bool = False
    confidentiality: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A suspect as named in the case; `identity_number` may be empty where the identity is not known."""

    name: str
    gender: str = "unknown"
    born_on: date | None = None
    identity_number: str = ""


@transaction.atomic
def register_report(actor: User, report: Report, *, at: datetime) -> Case:
    """Register a report: the case begins and its review starts to run (MPS 171).

    A case from an agency is accepted in a procedure of its own, which is laid ready (MPS 180).

    Raises Refused for a person who may not, a unit of another organ, a number in use, or a report from the future.
    """
    who = standing(actor, at)
    police = report.unit.organ
    reasons = []
    if not policy.may(who, "case.register") or police.pk not in who.organs:
        reasons.append(
            Reason("role", "reserved to the police of that unit", "只能由该单位的公安人员登记", RECEPTION)
        )
    if report.received_at > at:
        reasons.append(
            Reason(
                "field:received_at",
                "the time of receipt lies in the future",
                "收到时间晚于当前时间",
                RECEPTION,
            )
        )
    if report.confidentiality > who.clearance:
        reasons.append(
            Reason("field:confidentiality", "above your own clearance", "高于您本人的知悉范围", RECEPTION)
        )
    if Case.objects.filter(number=report.number).exists():
        reasons.append(Reason("field:number", "the case number is in use", "案件编号已被使用", RECEPTION))
    if reasons:
        raise Refused(*reasons)
    case = _create(actor, report, police, at)
    _open(actor, case, report, at)
    return case


@transaction.atomic
def add_suspect(actor: User, case: Case, person: Person, *, at: datetime) -> Suspect:
    """Name a suspect in the case; the record of the person's custody begins with it, at liberty.

    A person named again with the very same particulars is the one who is there already: a form or a request may be sent
    twice. Two people of one name differ in their day of birth or identity number.
    """
    who = standing(actor, at)
    if not policy.may(who, "suspect.add") or case.police_id not in who.organs:
        raise Refused(Reason("role", "reserved to the police of the case", "只能由本案公安人员办理"))
    if not person.name.strip():
        raise Refused(Reason("field:name", "the name is missing", "缺少姓名"))
    if person.born_on and person.born_on > at.date():
        raise Refused(Reason("field:born_on", "the day of birth lies in the future", "出生日期晚于今天"))
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take a second to load; every process would pay

    Case.objects.select_for_update().get(pk=case.pk)
    known = same_person(case, person)
    if known is not None:
        return known
    last = case.suspects.aggregate(last=Max("position"))["last"] or 0
    suspect = Suspect.objects.create(
        case=case, name=person.name.strip(), name_sort=" ".join(lazy_pinyin(person.name)), gender=person.gender,
        born_on=person.born_on, identity_number=person.identity_number, position=last + 1,
    )  # fmt: skip
    if case.charge:
        Charge.objects.create(case=case, suspect=suspect, name=case.charge, charged_on=at.date())
    opening.open_proceeding("custody", case=case, suspect=suspect, parent=None, actor=actor, at=at)
    audit.record(
        actor, "suspect.added", at=at, subject=audit.Subject("suspect", suspect.pk, case.pk, case.jurisdiction),
        organisation=case.police,
    )  # fmt: skip
    return suspect


def same_person(case: Case, person: Person) -> Suspect | None:
    """The suspect of the case who is named with exactly these particulars, if any."""
    return case.suspects.filter(
        name=person.name.strip(),
        gender=person.gender,
        born_on=person.born_on,
        identity_number=person.identity_number,
    ).first()


@transaction.atomic
def assign(actor: User, case: Case, *, to: User, role: str, at: datetime) -> None:
    """Name the investigator or the prosecutor of a case; running clocks of that role pass to the person."""
    field = {"investigator": "investigator", "prosecutor": "prosecutor"}[role]
    organ = case.police if role == "investigator" else case.procuratorate
    who = standing(actor, at)
    own_case = actor.pk == to.pk and role in who.roles
    if organ.pk not in who.organs or not (policy.may(who, "case.assign") or own_case):
        raise Refused(
            Reason("role", "reserved to the heads of the organ", "只能由本机关负责人或案管人员指定")
        )
    if organ.pk not in standing(to, at).organs or role not in standing(to, at).roles:
        raise Refused(
            Reason("field:to", "the person does not hold the role at this organ", "该人员在本机关没有该角色")
        )
    if standing(to, at).clearance < case.confidentiality:
        raise Refused(
            Reason("field:to", "the person is not cleared for this case", "该人员不在本案知悉范围内")
        )
    former = getattr(case, field)
    Case.objects.filter(pk=case.pk).update(**{field: to})
    setattr(case, field, to)
    known = Deadline.objects.filter(case=case, confidentiality__lte=standing(to, at).clearance)
    theirs = Q(responsible_role=role) | Q(owner=former, owner__isnull=False)
    known.filter(theirs, responsible=organ, stopped_at__isnull=True).update(owner=to)
    Proceeding.objects.filter(case=case, closed_at__isnull=True, organisation=organ).update(owner=to)
    audit.record(
        actor, "case.assigned", at=at, subject=audit.Subject("case", case.pk, case.pk, case.jurisdiction),
        organisation=organ, role=role, to=to.login,
    )  # fmt: skip


def procuratorate_of(police: Organisation) -> Organisation:
    """The procuratorate that supervises a police organ: the one of the same division and level."""
    found = Organisation.objects.filter(
        kind=Organisation.Kind.PROCURATORATE, jurisdiction=police.jurisdiction, level=police.level
    ).first()
    if found is None:
        raise Refused(
            Reason("party:missing", f"no procuratorate supervises {police}", f"{police}没有对应的检察院")
        )
    return found


def _create(actor: User, report: Report, police: Organisation, at: datetime) -> Case:
    is_investigator = "investigator" in standing(actor, at).roles
    try:
        with transaction.atomic():
            case = Case.objects.create(
                number=report.number, title=report.title, kind=report.kind, jurisdiction=police.jurisdiction,
                police=police, unit=report.unit, procuratorate=procuratorate_of(police),
                investigator=actor if is_investigator else None, confidentiality=report.confidentiality,
                is_major=report.is_major, charge=report.charge, received_at=report.received_at, recorded_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(
            Reason("field:number", "the case number is in use", "案件编号已被使用", RECEPTION)
        ) from None
    audit.record(
        actor, "case.registered", at=at, subject=audit.Subject("case", case.pk, case.pk, case.jurisdiction),
        organisation=police, number=case.number,
    )  # fmt: skip
    return case


def _open(actor: User, case: Case, report: Report, at: datetime) -> None:
    whole = opening.open_proceeding("case", case=case, suspect=None, parent=None, actor=actor, at=at)
    registered = {
        "case_no": case.number, "report_kind": report.kind, "received_at": report.received_at,
        "unit_id": str(report.unit.pk),
    }  # fmt: skip
    steps.take(actor, whole, "register", facts=registered, at=at)
    if report.kind == FROM_AGENCY:
        link = opening.open_proceeding(
            "admin_case_link", case=case, suspect=None, parent=None, actor=actor, at=at
        )
        known = {"agency": report.reporter, "received_at": report.received_at}
        telling.prepare(link, "accept", cause="case.registered", at=at, facts=known)
        return
    review = opening.open_proceeding(
        "filing_review", case=case, suspect=None, parent=None, actor=actor, at=at
    )
    facts = {"reporter": report.reporter, "report_kind": report.kind, "received_at": report.received_at}
    steps.take(actor, review, "register_report", facts=facts, at=at)
