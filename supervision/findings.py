"""Findings: opened with a lead, decided by its conclusion. The catalogue is law; what is seen is a row here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from cases import confidentiality, listeners, steps
from cases.models import Activity, Case, Proceeding, Step
from coordination import policy
from coordination.errors import Refused
from coordination.law.catalogue import catalogue
from coordination.law.history import Reason
from coordination.law.periods import add_months
from coordination.law.zone import ZONE
from coordination.models import Organisation, User
from coordination.standing import Standing, standing
from supervision import suggestions
from supervision.models import Finding


@dataclass(frozen=True, slots=True)
class Seen:
    """What a prosecutor saw: finding codes, and where (`pin`: page, record, time); `source` as in the lead's field."""

    codes: tuple[str, ...]
    pin: str
    source: str = "case_review"


@transaction.atomic
def open_lead(actor: User, case: Case, seen: Seen, *, activity: Activity | None, at: datetime) -> Proceeding:
    """Open a supervision lead, from a log entry where `activity` is given; returns its proceeding.

    Raises Refused for an unknown finding, an empty pin, or a person whose role may not open leads.
    """
    if not policy.may(standing(actor, at), "lead.open"):
        raise Refused(Reason("role", "reserved to prosecutors", "只能由检察官办理"))
    unknown = [code for code in seen.codes if code not in catalogue().findings]
    if unknown:
        named = ", ".join(unknown)
        raise Refused(
            Reason("field:findings", f"not in the catalogue: {named}", f"违法情形目录中没有：{named}")
        )
    suspect = activity.suspect if activity else None
    taken = steps.begin(
        actor,
        "supervision_lead",
        "register",
        case=case,
        suspect=suspect,
        facts=facts(case, seen, activity),
        at=at,
        confidentiality=confidentiality.of(case, activity),
    )
    if activity is not None:
        suggestions.give_back(taken.proceeding, all_but=activity)
        Finding.objects.filter(lead=taken.proceeding).update(
            activity=activity, suspect=activity.suspect, occurred_at=activity.started_at
        )
    return taken.proceeding


def facts(case: Case, seen: Seen, activity: Activity | None) -> dict[str, object]:
    """The facts with which a lead is registered: against the unit that acted, else the unit of the case."""
    unit = activity.unit if activity else case.unit
    return {
        "source": seen.source, "case": str(case.pk), "unit": str(unit.pk), "findings": tuple(seen.codes),
        "evidence_pin": seen.pin,
    }  # fmt: skip


def same_before(finding: Finding, *, months: int = 12) -> int:
    """How often the same finding was confirmed for the same unit in the months before; this one is not counted."""
    since = _months_before(finding.occurred_at or finding.opened_at, months)
    return (
        Finding.objects.filter(
            code=finding.code, unit=finding.unit, decision=Finding.Decision.CONFIRMED, opened_at__gte=since
        )
        .exclude(pk=finding.pk)
        .count()
    )


def confirmed_before(
    user: User, who: Standing, unit: Organisation, *, now: datetime, months: int = 12
) -> dict[str, int]:
    """How often each finding was confirmed for the unit in the months before `now`, as far as the person sees."""
    seen = policy.visible(user, Finding, now=now, who=who).filter(
        unit=unit, decision=Finding.Decision.CONFIRMED, opened_at__gte=_months_before(now, months)
    )
    return dict(seen.order_by().values_list("code").annotate(Count("pk")))


def _months_before(at: datetime, months: int) -> datetime:
    """The same hour of the corresponding day, months before, in Shanghai."""
    local = at.astimezone(ZONE)
    return datetime.combine(add_months(local.date(), -months), local.timetz())


@listeners.on("supervision_lead", "register")
def _open(step: Step, at: datetime) -> None:
    row = step.proceeding
    for code in step.facts.get("findings", ()):
        Finding.objects.get_or_create(
            lead=row, code=str(code),
            defaults={
                "case": row.case, "suspect": row.suspect, "unit": row.case.unit if row.case else None,
                "evidence_pin": str(step.facts.get("evidence_pin", ""))[:300], "opened_at": at,
                "opened_by": step.actor, "jurisdiction": row.jurisdiction,
            },
        )  # fmt: skip


@listeners.on("supervision_lead", "conclude")
def _decide(step: Step, at: datetime) -> None:
    """Those confirmed in the conclusion are findings; the others of the lead are dismissed with it."""
    row = step.proceeding
    confirmed = {str(code) for code in step.facts.get("findings_confirmed", ())}
    for code in confirmed:
        Finding.objects.get_or_create(
            lead=row, code=code,
            defaults={
                "case": row.case, "suspect": row.suspect, "unit": row.case.unit if row.case else None,
                "evidence_pin": "", "opened_at": at, "opened_by": step.actor, "jurisdiction": row.jurisdiction,
            },
        )  # fmt: skip
    for finding in row.findings.filter(decision=Finding.Decision.OPEN):
        finding.decision = (
            Finding.Decision.CONFIRMED if finding.code in confirmed else Finding.Decision.DISMISSED
        )
        finding.decided_at, finding.decided_by = at, step.actor
        finding.save(update_fields=("decision", "decided_at", "decided_by"))
