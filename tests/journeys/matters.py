"""What the journeys of supervision share: a filed case, a receipt at a desk, what a person sees of a matter."""

from __future__ import annotations

from datetime import datetime

from cases.models import Case, Deadline, Document, Proceeding, Step, Suspect
from cases.steps import begin
from coordination.models import AuditEntry
from coordination.policy import visible
from tests.cast import agreed, at, do, registered, run, suspect_of, user


def filed(when: str = "2026-11-02 09:00", number: str = "A9901025100002026110021") -> Case:
    """A theft at the ferry market, filed the day after it was reported; 顾南乔 supervises it."""
    case = registered(at(when), number)
    later = case.received_at.replace(hour=16)
    do("shen.yanqiu", run(case, "filing_review"), "hand_receipt", later)
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", later)
    return case


def detained(case: Case, when: str = "2026-11-03 16:00") -> Suspect:
    """A suspect of the case, detained at `when`."""
    suspect = suspect_of(case, at(when))
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at(when),
        executed_at=at(when), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip
    return suspect


def begun(
    login: str,
    process: str,
    step: str,
    case: Case,
    when: datetime,
    *,
    suspect: Suspect | None = None,
    **facts: object,
) -> Proceeding:
    """A procedure begun by hand with its first step."""
    taken = begin(user(login), process, step, case=case, suspect=suspect, facts=facts, at=when)
    return taken.proceeding


def receipted(login: str, case: Case, kind: str, when: datetime) -> Document:
    """The latest document of a kind, receipted by the addressee's desk."""
    paper = Document.objects.filter(case=case, kind=kind).latest("issued_at", "id")
    assert paper.transfer is not None
    do(login, paper.transfer, "receipt", when, received_at=when, person=str(user(login).pk))
    paper.refresh_from_db()
    return paper


def clock(case: Case, limit: str) -> Deadline:
    """The latest clock of a limit in the case."""
    return Deadline.objects.filter(case=case, limit=limit).latest("started_at", "id")


def sees(login: str, row: Proceeding, now: datetime) -> bool:
    """Whether the person may see the proceeding."""
    return visible(user(login), Proceeding, now=now).filter(pk=row.pk).exists()


def every_step_is_audited(case: Case) -> bool:
    """Whether each step of the case has its audit entry."""
    steps = Step.objects.filter(case=case).count()
    return AuditEntry.objects.filter(case_id=case.pk, action__startswith="step.").count() == steps
