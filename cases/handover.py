"""Passing on what a person holds when the person leaves: cases, matters and running clocks; seen first, done at once.

A stand-in for days of absence is a procedure (`absence_handover`); here the matters themselves change hands.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import absence, parties
from cases.models import Case, Deadline, Proceeding
from coordination import audit, inbox, policy
from coordination.errors import Refused
from coordination.identity import new_id
from coordination.law.history import Reason
from coordination.models import User
from coordination.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds at one's own organs: open cases, open matters without a case, and the clocks that run."""

    cases: tuple[Case, ...]
    matters: tuple[Proceeding, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to hand over."""
        return not (self.cases or self.matters or self.deadlines)


@dataclass(frozen=True, slots=True)
class Passed:
    """How much changed hands."""

    cases: int
    matters: int
    deadlines: int


def may_hand_over(who: Standing) -> bool:
    """Whether the person may pass on what colleagues hold: whoever may say who works on a case."""
    return policy.may(who, "case.assign")


def held(leaving: User, organs: Collection[UUID], *, clearance: int) -> Held:
    """Return what the person holds at these organs, as far as `clearance` reaches; the clocks as they run out."""
    known = {"confidentiality__lte": clearance}
    return Held(
        cases=tuple(_cases(leaving, organs).filter(**known).order_by("number")),
        matters=tuple(_matters(leaving, organs).filter(**known).order_by("opened_at", "pk")),
        deadlines=tuple(
            _deadlines(leaving, organs)
            .filter(**known)
            .select_related("case", "suspect", "responsible", "proceeding__suspect")
            .order_by("due_at", "pk")
        ),
    )


@transaction.atomic
def hand_over(
    actor: User,
    leaving: User,
    *,
    to: User,
    cases: Collection[UUID],
    matters: Collection[UUID],
    for_good: bool,
    at: datetime,
) -> Passed:
    """Give the chosen cases and matters of `leaving` to `to`, with the clocks that run in them.

    `for_good`: whatever still names the one who leaves is `to`'s to answer from now on. Raises Refused.
    """
    who, successor = standing(actor, at), standing(to, at)
    chosen = list(_cases(leaving, who.organs).select_for_update(of=("self",)).filter(pk__in=cases))
    apart = list(_matters(leaving, who.organs).select_for_update(of=("self",)).filter(pk__in=matters))
    reasons = _against(who, leaving, successor, chosen, is_something=bool(chosen or apart or for_good))
    if reasons:
        raise Refused(*reasons)
    deadlines = _deadlines(leaving, who.organs).filter(Q(case__in=chosen) | Q(proceeding__in=apart))
    passed = Passed(len(chosen), len(apart), deadlines.update(owner=to))
    _pass(leaving, to, who.organs, Q(case__in=chosen) | Q(pk__in=[row.pk for row in apart]))
    for case in chosen:
        _name(case, leaving, to)
    passed_on: list[Case | Proceeding] = [*chosen, *apart]
    for row in passed_on:
        _record(actor, row, leaving, to, at)
    if for_good:
        if leaving.pk not in successor.stands_for:
            absence.stand_in(leaving.pk, to.pk, starts_at=at, cause=new_id())
        inbox.pass_on(leaving, to)
    if chosen or apart:
        inbox.post([to], _note(leaving, passed), at=at)
    return passed


def _cases(leaving: User, organs: Collection[UUID]) -> QuerySet[Case]:
    is_open = Proceeding.objects.filter(case=OuterRef("pk"), closed_at__isnull=True)
    named = Q(investigator=leaving, police__in=organs) | Q(prosecutor=leaving, procuratorate__in=organs)
    return Case.objects.filter(named, Exists(is_open))


def _matters(leaving: User, organs: Collection[UUID]) -> QuerySet[Proceeding]:
    return Proceeding.objects.filter(_handled(leaving, organs), case__isnull=True, closed_at__isnull=True)


def _deadlines(leaving: User, organs: Collection[UUID]) -> QuerySet[Deadline]:
    return Deadline.objects.filter(owner=leaving, responsible__in=organs, stopped_at__isnull=True)


def _handled(leaving: User, organs: Collection[UUID]) -> Q:
    return Q(owner=leaving, organisation__in=organs) | Q(counterpart_owner=leaving, counterpart__in=organs)


def _pass(leaving: User, to: User, organs: Collection[UUID], rule: Q) -> None:
    rows = Proceeding.objects.filter(rule, closed_at__isnull=True)
    rows.filter(owner=leaving, organisation__in=organs).update(owner=to)
    rows.filter(counterpart_owner=leaving, counterpart__in=organs).update(counterpart_owner=to)


def _roles_in(case: Case, person: User) -> list[str]:
    """The roles in which the case names the person."""
    return [role for role, field in parties.NAMED.items() if getattr(case, f"{field}_id") == person.pk]


def _name(case: Case, leaving: User, to: User) -> None:
    for role in _roles_in(case, leaving):
        setattr(case, parties.NAMED[role], to)
    case.save(update_fields=tuple(parties.NAMED.values()))


def _against(
    who: Standing, leaving: User, successor: Standing, cases: Collection[Case], *, is_something: bool
) -> list[Reason]:
    reasons = []
    if not may_hand_over(who):
        reasons.append(
            Reason("role", "reserved to the heads of the organ", "只能由本机关负责人、法制或者案管人员办理")
        )
    if leaving.pk == successor.user_id:
        reasons.append(Reason("field:to", "nobody takes over from oneself", "接收人不能是移交人本人"))
    if not is_something:
        reasons.append(Reason("field:cases", "nothing was chosen to hand over", "没有选择要移交的事项"))
    needed = {role for case in cases for role in _roles_in(case, leaving)}
    here = {role for role, organ in successor.roles_at if organ in who.organs}
    if needed - here:
        en, zh = "the person does not hold the role at this organ", "该人员在本机关没有该角色"
        reasons.append(Reason("field:to", en, zh))
    if not successor.organs & who.organs:
        reasons.append(Reason("field:to", "the person is not of your organ", "该人员不属于本机关"))
    return reasons


def _record(actor: User, row: Case | Proceeding, leaving: User, to: User, at: datetime) -> None:
    kind, case_id = ("case", row.pk) if isinstance(row, Case) else ("proceeding", row.case_id)
    subject = audit.Subject(kind, row.pk, case_id, row.jurisdiction)
    audit.record(actor, f"{kind}.handed_over", at=at, subject=subject, leaving=leaving.login, to=to.login)


def _note(leaving: User, passed: Passed) -> inbox.Note:
    return inbox.Note(
        code="handover.received",
        params={"person": leaving.name, "count": passed.cases + passed.matters},
        link="/",
    )
