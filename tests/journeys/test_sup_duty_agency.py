"""A case from an administrative agency: accepted, completed, decided, and what the agency may do about it."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.registration import register_report
from cases.sweep import sweep, unmeasured
from coordination.policy import visible
from supervision.demo import people
from tests.cast import agreed, at, do, organ, report, run, user

pytestmark = pytest.mark.django_db

LINK = "admin_case_link"


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def due(case: Case, limit: str) -> Deadline:
    return Deadline.objects.filter(case=case, limit=limit).latest("started_at")


def accepted(**changes: object) -> Case:
    """Transferred by the market supervision bureau on Thursday 2026-11-05."""
    when = at("2026-11-05 10:00")
    told = report(
        when, "A9901021600002026110031", title="假冒注册商标案", kind="admin_transfer", reporter="青沚区市场监督管理局",
        unit=organ("990102160000"), charge="假冒注册商标罪",
    )  # fmt: skip
    case = register_report(user("luo.mingxi"), told, at=when)
    facts: dict[str, object] = {
        "agency": "青沚区市场监督管理局", "received_at": when, "is_economic": False, "is_incomplete": False,
        "is_own_jurisdiction": True, **changes,
    }  # fmt: skip
    do("luo.mingxi", run(case, LINK), "accept", at("2026-11-05 10:10"), **facts)
    return case


def declined() -> Case:
    case = accepted()
    agreed(
        "fang.shuning",
        "han.kefei",
        run(case, LINK),
        "decline",
        at("2026-11-09 10:00"),
        reasons="未达到立案标准",
    )
    return case


def test_acceptance_is_laid_ready_with_what_the_desk_wrote_down() -> None:
    when = at("2026-11-05 10:00")
    told = report(when, "A9901021600002026110032", kind="admin_transfer", unit=organ("990102160000"))

    case = register_report(user("luo.mingxi"), told, at=when)

    draft = Draft.objects.get(proceeding=run(case, LINK), step="accept", outcome="")
    assert (draft.role, draft.facts["agency"]) == ("investigator", told.reporter)
    assert not Proceeding.objects.filter(case=case, process="filing_review").exists()


def test_three_days_run_from_the_receipt_and_end_with_the_filing() -> None:
    case = accepted(is_incomplete=True)
    # 11-08 is a Sunday: the third day moves to Monday.
    assert due(case, "filing_review_admin_transfer").due_on == date(2026, 11, 9)
    assert due(case, "admin_transfer_incomplete_notice").due_at == at("2026-11-06 10:00")
    do("luo.mingxi", run(case, LINK), "gaps", at("2026-11-05 15:00"), gaps=("鉴定意见",))
    assert due(case, "admin_agency_supplement").due_on == date(2026, 11, 9)
    do("luo.mingxi", run(case, LINK), "completed", at("2026-11-06 09:00"))

    agreed("fang.shuning", "han.kefei", run(case, LINK), "file", at("2026-11-06 16:00"), has_items=True)

    assert due(case, "filing_review_admin_transfer").stopped_at == at("2026-11-06 16:00")
    assert due(case, "admin_agency_handover_items").due_on == date(2026, 11, 9)
    assert run(case, "case").state == "investigation"
    assert Document.objects.filter(case=case, kind="DOC-FILING-DECISION").count() == 1
    do("luo.mingxi", run(case, LINK), "handover", at("2026-11-09 10:00"))
    assert run(case, LINK).state == "closed"
    assert unmeasured() == []


def test_late_review_reaches_the_office() -> None:
    from coordination.models import Message

    accepted()

    sweep(at("2026-11-10 00:00"))

    assert Message.objects.filter(recipient=user("jiang.wanzhao"), code="deadline.overdue").exists()


def test_agency_that_is_not_heard_suggests_filing_supervision() -> None:
    case = declined()
    assert due(case, "admin_agency_reconsideration_request").due_on == date(2026, 11, 12)
    do(
        "fang.shuning",
        run(case, LINK),
        "agency_asks",
        at("2026-11-11 09:30"),
        received_at=at("2026-11-11 09:00"),
    )
    assert due(case, "admin_agency_reconsideration_decision").due_on == date(2026, 11, 16)
    do("han.kefei", run(case, LINK), "agency_upheld", at("2026-11-13 10:00"), reasons="未达到立案标准")
    assert due(case, "admin_agency_suggest_filing_supervision").due_on == date(2026, 11, 16)

    do("gu.nanqiao", run(case, LINK), "suggest", at("2026-11-16 09:00"))

    supervision = run(case, "filing_supervision_file")
    assert (run(case, LINK).state, supervision.state) == ("suggested", "lead")
    assert (
        not visible(user("fang.shuning"), Proceeding, now=at("2026-11-16 10:00"))
        .filter(pk=supervision.pk)
        .exists()
    )


def test_non_filing_stands_when_the_agency_does_nothing() -> None:
    case = declined()

    sweep(at("2026-11-13 00:00"))

    assert run(case, LINK).state == "closed"
