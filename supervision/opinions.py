"""Opinions: a correction notice begins as a draft that carries confirmed findings. Each verb ends at the one door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cases import listeners, prefilling, step_pages, steps
from cases.models import Draft, Proceeding, Step
from coordination.errors import Refused
from coordination.law.catalogue import catalogue
from coordination.law.history import Reason
from coordination.models import User
from supervision.models import Finding, Opinion

NOTICE = "correction_notice"
step_pages.own(NOTICE, "draft", "notice-draft")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a correction notice says; `reply_due_on` is required (RULES 553), `codes` are confirmed findings."""

    codes: tuple[str, ...]
    facts: str
    law: tuple[str, ...]
    demand: str
    reply_due_on: date | None


@transaction.atomic
def draft(
    actor: User, proceeding: Proceeding, notice: Notice, *, at: datetime, seen_version: int | None = None
) -> Step | Draft:
    """Draft and submit the notice in a proceeding of process `correction_notice`; raises Refused with every gap.

    Raises Conflict where `seen_version` is no longer the version of the proceeding.
    """
    facts: dict[str, object] = {
        "findings": notice.codes, "facts": notice.facts, "law": notice.law, "demand": notice.demand,
    }  # fmt: skip
    if notice.reply_due_on is not None:
        facts["reply_due_on"] = notice.reply_due_on
    return steps.take(actor, proceeding, "draft", facts=facts, at=at, seen_version=seen_version)


def require_drafter(user: User, proceeding: Proceeding, *, at: datetime) -> None:
    """Raise Refused, with the article, for whoever does not draft notices in this matter."""
    declared = proceeding.declared.step("draft")
    if not steps.actor_in(proceeding, user, at).roles & set(declared.roles()):
        raise Refused(
            Reason("role", "reserved to the prosecutor in charge", "只能由承办检察官办理", declared.cited)
        )


@prefilling.on(NOTICE, "draft")
def prefilled(proceeding: Proceeding) -> dict[str, object]:
    """The facts of a notice as its lead leaves them: confirmed findings, where they were seen, and their articles."""
    found = Finding.objects.filter(lead=proceeding.parent_id, decision=Finding.Decision.CONFIRMED).order_by(
        "code"
    )
    kinds = [(finding, catalogue().findings[finding.code]) for finding in found]
    laws = dict.fromkeys(str(source) for _, kind in kinds for source in kind.sources)
    seen = dict.fromkeys(finding.evidence_pin for finding, _ in kinds if finding.evidence_pin)
    return {
        "findings": tuple(finding.code for finding, _ in kinds),
        "facts": "\n".join(seen),
        "law": tuple(laws),
        "demand": "请予以纠正，并将纠正情况书面回复本院。" if kinds else "",
    }


@listeners.on(NOTICE, "draft")
def _write(step: Step, at: datetime) -> None:
    """Keep which findings the notice carries; one finding ends in one final document."""
    row = step.proceeding
    codes = [str(code) for code in step.facts.get("findings", ())]
    found = list(Finding.objects.filter(lead=row.parent_id, code__in=codes)) if row.parent_id else []
    taken = Opinion.objects.filter(findings__in=found, proceeding__closed_at__isnull=True).exclude(
        proceeding=row
    )
    if taken.exists():
        en = "a finding already stands in another open opinion"
        raise Refused(Reason("field:findings", en, "该违法情形已写入另一份未办结的监督意见"))
    opinion, _ = Opinion.objects.update_or_create(
        proceeding=row,
        defaults={
            "kind": "DOC-CORRECTION-NOTICE", "case": row.case, "unit": row.case.unit if row.case else None,
            "drafted_at": at, "drafted_by": step.actor, "jurisdiction": row.jurisdiction,
        },
    )  # fmt: skip
    opinion.findings.set(found)
