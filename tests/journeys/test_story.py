"""One real case, from the first report to a closed correction notice, through the verbs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.models import Case, Deadline, Document, Draft, Occurrence, Proceeding, Step
from cases.steps import approve
from cases.sweep import sweep, unmeasured
from coordination.models import Message, Share
from coordination.policy import visible
from supervision.demo import people
from supervision.findings import Seen, open_lead
from tests.cast import agreed, at, do, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def due(case: Case, limit: str) -> Deadline:
    return Deadline.objects.filter(case=case, limit=limit).latest("started_at")


def filed_and_detained() -> Case:
    case = registered(at("2026-11-02 09:00"))
    do("shen.yanqiu", run(case, "filing_review"), "hand_receipt", at("2026-11-02 09:10"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-11-03 10:00"))
    suspect_of(case, at("2026-11-03 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at("2026-11-03 16:00"),
        executed_at=at("2026-11-03 15:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip
    return case


def arrested() -> Case:
    case = filed_and_detained()
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    do(
        "gu.nanqiao", run(case, "arrest_review"), "receive", at("2026-11-05 14:05"),
        received_at=at("2026-11-05 14:00"), detained=True, volumes=2,
    )  # fmt: skip
    agreed("gu.nanqiao", "lu.chengjun", run(case, "arrest_review"), "approve", at("2026-11-10 10:00"))
    do("xu.qingzhi", run(case, "arrest_review"), "serve_approval", at("2026-11-10 15:00"))
    transfer = Document.objects.get(case=case, kind="DOC-ARREST-APPROVAL").transfer
    assert transfer is not None
    do(
        "fang.shuning", transfer, "receipt", at("2026-11-10 16:00"),
        received_at=at("2026-11-10 15:50"), person=str(user("fang.shuning").pk),
    )  # fmt: skip
    do(
        "shen.yanqiu",
        run(case, "custody"),
        "arrest",
        at("2026-11-11 10:00"),
        executed_at=at("2026-11-11 09:00"),
    )
    return case


def served_notice() -> Case:
    case = arrested()
    lead = open_lead(
        user("gu.nanqiao"), case, Seen(("INT-1",), "讯问笔录第1次，仅一名侦查人员签名"), activity=None,
        at=at("2026-11-12 09:00"),
    )  # fmt: skip
    do("gu.nanqiao", lead, "triage", at("2026-11-12 10:00"), outcome="verify", risk="middle", note="核查笔录")
    do("gu.nanqiao", lead, "verify", at("2026-11-12 10:10"))
    do("gu.nanqiao", lead, "record_method", at("2026-11-12 11:00"), method="records_obtained", record="笔录")
    do(
        "gu.nanqiao", lead, "conclude", at("2026-11-13 09:00"),
        conclusion="serious", findings_confirmed=("INT-1",), level="written",
    )  # fmt: skip
    do("gu.nanqiao", lead, "issue", at("2026-11-13 09:30"))
    do(
        "gu.nanqiao", run(case, "correction_notice"), "draft", at("2026-11-13 10:00"), findings=("INT-1",),
        facts="2026年11月3日讯问仅由一名侦查人员进行。", law=("CPL 118",), demand="请予纠正并书面回复。",
        reply_due_on=date(2026, 11, 27),
    )  # fmt: skip
    do("lu.chengjun", run(case, "correction_notice"), "approve", at("2026-11-13 15:00"))
    do("xu.qingzhi", run(case, "correction_notice"), "serve", at("2026-11-13 16:00"))
    return case


def test_filing_review_runs_three_days_and_ends_with_the_decision() -> None:
    case = registered(at("2026-11-02 09:00"))

    assert due(case, "filing_review_general").due_on == date(2026, 11, 5)
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-11-03 10:00"))

    assert due(case, "filing_review_general").stopped_at == at("2026-11-03 10:00")
    assert run(case, "case").state == "investigation"
    case.refresh_from_db()
    assert case.filed_at == at("2026-11-03 10:00")
    assert unmeasured() == []


def test_detention_starts_the_clocks_of_custody() -> None:
    case = filed_and_detained()

    assert due(case, "detention_interrogation").due_at == at("2026-11-04 15:30")
    assert due(case, "detention_family_notice").due_at == at("2026-11-04 15:30")
    assert due(case, "arrest_request_after_detention").due_at == at("2026-11-06 15:30")
    assert run(case, "custody").state == "detained"
    assert unmeasured() == []


def test_arrest_review_runs_seven_days_from_the_receipt_without_rollover() -> None:
    case = filed_and_detained()
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    assert due(case, "arrest_request_after_detention").stopped_at is None
    assert not Occurrence.objects.filter(event="arrest_request_received").exists()

    do(
        "gu.nanqiao", run(case, "arrest_review"), "receive", at("2026-11-05 14:05"),
        received_at=at("2026-11-05 14:00"), detained=True, volumes=2,
    )  # fmt: skip

    assert due(case, "arrest_review_detained").due_on == date(2026, 11, 12)
    assert due(case, "arrest_request_after_detention").stopped_at == at("2026-11-05 14:00")
    assert Document.objects.get(case=case, kind="DOC-ARREST-REQUEST").receipted_at == at("2026-11-05 14:00")


def test_arrest_starts_two_months_of_custody() -> None:
    case = arrested()

    assert due(case, "investigation_custody").due_on == date(2027, 1, 11)
    assert due(case, "arrest_review_detained").stopped_at == at("2026-11-10 10:00")
    assert run(case, "custody").state == "arrested"
    assert run(case, "arrest_review").state == "executed"
    assert unmeasured() == []


def overdue_notice() -> tuple[Case, Proceeding]:
    """A notice receipted on 11-16, due on 11-27, not answered on 11-28."""
    case = served_notice()
    notice = run(case, "correction_notice")
    document = Document.objects.get(case=case, kind="DOC-CORRECTION-NOTICE")
    assert document.number == "岚望青检纠违〔2026〕1号"
    assert document.receipted_at is None
    assert not Deadline.objects.filter(limit="correction_notice_reply").exists()
    assert not visible(user("shao.weimin"), type(notice), now=at("2026-11-13 17:00")).exists()

    do(
        "fang.shuning", run(case, "internal_supervision_link"), "receive", at("2026-11-16 09:30"),
        document=str(document.pk), reply_due_on=date(2026, 11, 27),
    )  # fmt: skip
    reply = due(case, "correction_notice_reply")
    assert (reply.started_at, reply.due_on) == (at("2026-11-16 09:30"), date(2026, 11, 27))

    sweep(at("2026-11-24 08:00"))
    assert Message.objects.filter(recipient=user("fang.shuning"), code="deadline.remind").exists()
    sweep(at("2026-11-28 00:00"))
    notice.refresh_from_db()
    assert notice.state == "overdue"
    assert Draft.objects.get(proceeding=notice, step="urge", outcome="").role == "prosecutor"
    return case, notice


def test_correction_notice_is_followed_to_its_end() -> None:
    case, notice = overdue_notice()

    do("gu.nanqiao", notice, "urge", at("2026-11-30 09:00"))
    urged = due(case, "reply_after_urge_norm")
    sweep(urged.fires_at)
    assert Draft.objects.filter(proceeding=notice, step="report_up", outcome="").exists()
    agreed("gu.nanqiao", "lu.chengjun", run(case, "correction_notice"), "report_up", urged.fires_at)

    superior = visible(user("xiahou.qi"), type(notice), now=urged.fires_at)
    assert [row.pk for row in superior] == [notice.pk]
    assert Share.objects.filter(subject_id=notice.pk).exists()

    later = urged.fires_at + timedelta(hours=15)
    agreed(
        "fang.shuning", "han.kefei", run(case, "correction_notice"), "reply", later,
        accepted="accepted", measures="已重新讯问并补正笔录", proof=("补正笔录",),
    )  # fmt: skip
    do("gu.nanqiao", run(case, "correction_notice"), "accept_reply", later, effect="corrected")

    notice.refresh_from_db()
    assert notice.state == "closed"
    assert not Deadline.objects.filter(
        thread_id=notice.thread_id, limit="correction_notice_reply", stopped_at=None
    ).exists()
    assert not Deadline.objects.filter(limit="superior_handling_norm", stopped_at=None).exists()
    assert unmeasured() == []


def test_every_step_of_the_story_is_in_the_audit() -> None:
    from coordination.models import AuditEntry

    case = served_notice()

    assert (
        AuditEntry.objects.filter(case_id=case.pk, action__startswith="step.").count()
        == Step.objects.filter(case=case).count()
    )


def test_the_drafter_never_approves() -> None:
    from coordination.errors import Refused

    case = filed_and_detained()
    draft = do("fang.shuning", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    assert isinstance(draft, Draft)

    with pytest.raises(Refused) as refused:
        approve(user("fang.shuning"), draft, at=at("2026-11-05 11:10"))

    assert {reason.code for reason in refused.value.reasons} == {"role", "approval:own_draft"}
