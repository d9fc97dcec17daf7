"""Supervisory duty: filing supervision in both directions, through the verbs, with what either organ could see."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.registration import register_report
from cases.steps import approve
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import AuditEntry, Message
from coordination.policy import visible
from supervision.demo import people
from tests.cast import agreed, at, begun, do, receipted, report, run, user

pytestmark = pytest.mark.django_db

FILE, WITHDRAW = "filing_supervision_file", "filing_supervision_withdraw"
ECONOMIC = "990102160000"
EVIDENCE = ("转账凭证",)
EXPLAINED = {"circumstances": "经审查", "basis": "MPS 178", "evidence_copies": EVIDENCE}


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def due(case: Case, limit: str) -> Deadline:
    return Deadline.objects.filter(case=case, limit=limit).latest("started_at")


def loan_fraud() -> Case:
    """S2 up to the service of the non-filing notice, whose objection lapsed."""
    from tests.cast import organ

    when = at("2026-09-28 10:00")
    told = report(
        when, "A9901021600002026090003", title="苗素琴被骗贷款案", kind="economic", reporter="苗素琴",
        unit=organ(ECONOMIC), charge="贷款诈骗罪",
    )  # fmt: skip
    case = register_report(user("luo.mingxi"), told, at=when)
    do("luo.mingxi", run(case, "filing_review"), "hand_receipt", at("2026-09-28 10:20"))
    agreed(
        "fang.shuning", "han.kefei", run(case, "filing_review"), "decide_not", at("2026-10-15 15:00"),
        ground="no_crime_facts", reasons="现有材料不能证明有犯罪事实。", has_complainant=True,
    )  # fmt: skip
    do("luo.mingxi", run(case, "filing_review"), "serve_not", at("2026-10-16 10:00"))
    return case


def asked() -> tuple[Case, Proceeding]:
    case = loan_fraud()
    row = begun(
        "gu.nanqiao", case, FILE, "accept", at("2026-10-20 09:00"), source="victim", complainant="苗素琴",
        police_unit=str(case.unit_id), decision_or_delay="not_filed",
    )  # fmt: skip
    assert (
        not visible(user("fang.shuning"), Proceeding, now=at("2026-10-20 10:00")).filter(pk=row.pk).exists()
    )
    do("gu.nanqiao", row, "ask_reasons", at("2026-10-21 16:00"))
    assert visible(user("fang.shuning"), Proceeding, now=at("2026-10-21 16:00")).filter(pk=row.pk).exists()
    return case, row


def notified() -> tuple[Case, Proceeding]:
    case, row = asked()
    assert not Deadline.objects.filter(limit="filing_supervision_explain_non_filing").exists()
    with pytest.raises(Refused):
        do("fang.shuning", row, "explain", at("2026-10-21 17:00"), **EXPLAINED)
    receipted("fang.shuning", case, "DOC-ASK-NON-FILING-REASONS", at("2026-10-22 09:00"))
    assert due(case, "filing_supervision_explain_non_filing").due_on == date(2026, 10, 29)
    agreed("fang.shuning", "han.kefei", row, "explain", at("2026-10-28 10:00"), **EXPLAINED)
    receipted("xu.qingzhi", case, "DOC-REASONS-EXPLAINED", at("2026-10-28 11:00"))
    agreed(
        "gu.nanqiao",
        "lu.chengjun",
        row,
        "notice",
        at("2026-11-04 10:00"),
        reasons="有犯罪事实",
        evidence=EVIDENCE,
    )
    receipted("fang.shuning", case, "DOC-NOTICE-TO-FILE", at("2026-11-05 09:00"))
    return case, row


def correction(**changes: object) -> dict[str, object]:
    said: dict[str, object] = {
        "findings": ("FIL-10",), "facts": "逾期未立案", "law": ("RULES 564",), "demand": "请立即立案并书面回复。",
        "reply_due_on": date(2026, 12, 7),
    }  # fmt: skip
    return {**said, **changes}


def test_notice_to_file_that_is_ignored_becomes_a_correction_on_day_sixteen() -> None:
    case, row = notified()
    for limit in ("notify_file_case_comply", "filing_supervision_noncompliance_watchdog"):
        clock = due(case, limit)
        assert (clock.due_on, clock.fires_at) == (date(2026, 11, 20), at("2026-11-21 00:00"))
    sweep(at("2026-11-17 08:00"))
    assert Message.objects.filter(recipient=user("han.kefei"), code="deadline.remind").exists()
    with pytest.raises(Refused) as early:
        do("gu.nanqiao", row, "correct", at("2026-11-20 09:00"), **correction())
    assert {reason.code.partition(":")[0] for reason in early.value.reasons} == {"not_expired"}

    sweep(at("2026-11-21 00:00"))
    laid = Draft.objects.get(proceeding=row, step="correct", outcome="")
    assert (laid.role, laid.awaiting) == ("prosecutor", Draft.Awaiting.TAKER)
    for login in ("gu.nanqiao", "lu.chengjun", "fang.shuning", "han.kefei", "jiang.wanzhao"):
        assert Message.objects.filter(recipient=user(login), code="deadline.overdue").exists(), login
    assert not visible(user("xiahou.qi"), Proceeding, now=at("2026-11-22 09:00")).exists()

    draft = do("gu.nanqiao", row, "correct", at("2026-11-23 08:50"), **correction())
    assert isinstance(draft, Draft)
    assert draft.role == "chief_procurator"
    approve(user("lu.chengjun"), draft, at=at("2026-11-23 15:00"))
    assert due(case, "filing_supervision_noncompliance_watchdog").stopped_at == at("2026-11-23 15:00")
    assert due(case, "notify_file_case_comply").stopped_at is None
    link = run(case, "internal_supervision_link")
    paper = Document.objects.get(case=case, kind="DOC-CORRECTION-NOTICE")
    do(
        "fang.shuning", link, "receive", at("2026-11-24 09:00"), document=str(paper.pk),
        reply_due_on=date(2026, 12, 7),
    )  # fmt: skip
    assert due(case, "correction_notice_reply").due_on == date(2026, 12, 7)
    assert unmeasured() == []


def test_the_screen_says_that_a_notice_to_file_knows_no_objection(client: Client) -> None:
    _, row = notified()
    client.force_login(user("fang.shuning"))

    page = client.get(f"/proceedings/{row.pk}/").content.decode()

    assert "对通知立案没有异议途径" in page


def test_police_file_and_every_record_follows_the_one_decision() -> None:
    case, row = notified()
    assert run(case, "filing_review").state == "notice_served"

    agreed("fang.shuning", "han.kefei", row, "comply", at("2026-11-12 10:00"))

    row.refresh_from_db()
    assert row.state == "filed"
    assert (run(case, "filing_review").state, run(case, "case").state) == ("filed", "investigation")
    assert Document.objects.filter(case=case, kind="DOC-FILING-DECISION").count() == 1
    assert due(case, "notify_file_case_comply").stopped_at == at("2026-11-12 10:00")
    assert due(case, "supervised_case_progress_dun").due_on == date(2027, 2, 12)
    assert AuditEntry.objects.filter(case_id=case.pk, action=f"step.{FILE}.comply").count() == 1
    assert unmeasured() == []


def test_filing_recorded_in_the_filing_review_answers_the_notice() -> None:
    case, row = notified()

    do("han.kefei", run(case, "filing_review"), "file_on_new_facts", at("2026-11-12 10:00"))

    row.refresh_from_db()
    assert row.state == "filed"
    assert due(case, "notify_file_case_comply").stopped_at == at("2026-11-12 10:00")
    assert Document.objects.filter(case=case, kind="DOC-FILING-DECISION").count() == 1


def test_not_corrected_it_goes_to_the_superior_who_consults_the_police_of_that_level() -> None:
    case, row = notified()
    sweep(at("2026-11-21 00:00"))
    agreed("gu.nanqiao", "lu.chengjun", row, "correct", at("2026-11-23 15:00"), **correction())
    receipted("fang.shuning", case, "DOC-CORRECTION-NOTICE", at("2026-11-24 09:00"))
    with pytest.raises(Refused):
        do("gu.nanqiao", row, "report_up", at("2026-11-25 09:00"))
    sweep(at("2026-12-08 00:00"))
    assert Draft.objects.filter(proceeding=row, step="report_up", outcome="").exists()
    agreed("gu.nanqiao", "lu.chengjun", row, "report_up", at("2026-12-08 10:00"))
    now = at("2026-12-08 10:30")
    assert [seen.pk for seen in visible(user("xiahou.qi"), Proceeding, now=now)] == [row.pk]
    assert not visible(user("shao.weimin"), Proceeding, now=now).exists()

    do("xiahou.qi", row, "consult", at("2026-12-10 09:00"))

    assert visible(user("shao.weimin"), Proceeding, now=at("2026-12-10 09:30")).filter(pk=row.pk).exists()
    assert due(case, "superior_handling_norm").stopped_at == at("2026-12-10 09:00")
    agreed("fang.shuning", "han.kefei", row, "comply", at("2026-12-11 09:00"))
    assert (
        not Deadline.objects.filter(thread_id=row.thread_id, stopped_at=None)
        .exclude(limit__in=("supervised_case_progress_dun", "desk_receipt_norm"))
        .exists()
    )
