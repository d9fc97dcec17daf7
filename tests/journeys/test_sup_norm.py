"""Supervision in a standard way, through the verbs: a check before closing, evidence, complaints, oral corrections."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Document, Draft, Proceeding
from cases.steps import choices
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import Message
from supervision.demo import people
from tests.cast import agreed, at, do, run, user
from tests.journeys.matters import begun, clock, detained, every_step_is_audited, filed, receipted, sees

pytestmark = pytest.mark.django_db

CHECK, EXPLANATION = "interrogation_legality_verification", "evidence_legality_explanation"
DOUBT = {"evidence": "讯问笔录第2号", "clue": "同步录音录像中断四十分钟"}


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def doubtful() -> Case:
    """A major case about to close on 11-30; the stationed prosecutor has a doubt on 11-19."""
    case = filed()
    suspect = detained(case)
    check = begun(
        "shen.yanqiu", "interrogation_legality_check", "mark", case, at("2026-11-16 10:00"),
        suspect=suspect, expected_close_on=date(2026, 11, 30),
    )  # fmt: skip
    assert clock(case, CHECK).due_on == date(2026, 11, 30)
    do("fang.shuning", check, "notify", at("2026-11-16 15:00"))
    receipted("xu.qingzhi", case, "DOC-CLOSING-NOTICE", at("2026-11-17 09:00"))
    check = run(case, "interrogation_legality_check")
    offered = choices(user("gu.nanqiao"), check, at=at("2026-11-17 09:00"))
    assert [choice.step.id for choice in offered if choice.possible] == ["start"]
    do("gu.nanqiao", check, "start", at("2026-11-18 09:30"), recording_ref="核查录像1", place="第一看守所")
    do("gu.nanqiao", check, "doubt", at("2026-11-19 11:00"), **DOUBT)
    return case


def test_doubt_before_closing_leads_to_excluded_evidence_and_its_notice() -> None:
    case = doubtful()
    evidence = run(case, "evidence_legality_check")
    assert clock(case, CHECK).stopped_at == at("2026-11-19 11:00")
    assert [step.facts for step in evidence.steps.all()] == [{**DOUBT, "source": "legality_check"}]
    assert not sees("fang.shuning", evidence, at("2026-11-19 12:00"))

    do(
        "gu.nanqiao", evidence, "ask", at("2026-11-19 15:00"), points=("录像中断的原因",),
        due_on=date(2026, 11, 26), recording_asked=True,
    )  # fmt: skip
    receipted("fang.shuning", case, "DOC-LEGALITY-REQUEST", at("2026-11-20 09:00"))
    assert sees("fang.shuning", evidence, at("2026-11-20 09:00"))
    explanation = clock(case, EXPLANATION)
    assert (explanation.started_at, explanation.due_on) == (at("2026-11-20 09:00"), date(2026, 11, 26))
    with pytest.raises(Refused) as refused:
        do("shen.yanqiu", evidence, "explain", at("2026-11-24 10:00"), explanation="设备故障")
    assert [reason.code for reason in refused.value.reasons] == ["guard:recording_attached"]

    sweep(at("2026-11-25 08:00"))
    assert Message.objects.filter(recipient=user("shen.yanqiu"), code="deadline.remind").exists()
    sweep(at("2026-11-27 00:00"))
    assert run(case, "evidence_legality_check").state == "overdue"
    assert Draft.objects.filter(proceeding=evidence, step="exclude", outcome="").exists()
    agreed(
        "gu.nanqiao", "lu.chengjun", evidence, "exclude", at("2026-11-27 10:00"), reasons="不能排除非法取证"
    )
    assert run(case, "interrogation_legality_check").state == "closed_excluded"

    notice_on_evidence_is_followed_like_every_notice(case)
    assert unmeasured() == []
    assert every_step_is_audited(case)


def notice_on_evidence_is_followed_like_every_notice(case: Case) -> None:
    notice = run(case, "correction_notice")
    do(
        "gu.nanqiao", notice, "draft", at("2026-11-27 11:00"), findings=("EVD-1",), law=("CPL 56",),
        facts="讯问录像中断，供述不能排除非法取得。", demand="不得作为证据使用并书面回复。",
        reply_due_on=date(2026, 12, 11),
    )  # fmt: skip
    do("lu.chengjun", notice, "approve", at("2026-11-27 14:00"))
    opinion = Document.objects.get(case=case, kind="DOC-ILLEGAL-EVIDENCE-OPINION")
    assert opinion.number == "岚望青检纠违〔2026〕1号"
    assert not Document.objects.filter(case=case, kind="DOC-CORRECTION-NOTICE").exists()
    do("xu.qingzhi", notice, "serve", at("2026-11-27 15:00"))
    do(
        "fang.shuning", run(case, "internal_supervision_link"), "receive", at("2026-11-30 09:00"),
        document=str(opinion.pk), reply_due_on=date(2026, 12, 11),
    )  # fmt: skip
    reply = clock(case, "correction_notice_reply")
    assert (reply.started_at, reply.due_on) == (at("2026-11-30 09:00"), date(2026, 12, 11))


def complained(case: Case) -> Proceeding:
    """A complaint with the police since 11-04, which they leave unanswered until 12-04."""
    complaint = begun(
        "fang.shuning", "complaint_art117", "receive", case, at("2026-11-04 10:00"),
        complainant="卫某", kind="unrelated_property", received_at=at("2026-11-04 09:30"),
    )  # fmt: skip
    police = clock(case, "complaint_art117_police")
    # Thirty days from Wednesday 11-04 are Friday 12-04.
    assert (police.started_at, police.due_on) == (at("2026-11-04 09:30"), date(2026, 12, 4))
    with pytest.raises(Refused) as refused:
        do("gu.nanqiao", complaint, "accept_petition", at("2026-11-20 09:00"), reasons="不服")
    assert [reason.code for reason in refused.value.reasons] == ["guard:police_answered_or_late"]
    return complaint


def test_complaint_goes_to_the_police_first_then_to_the_procuratorate() -> None:
    case = filed()
    complaint = complained(case)

    sweep(at("2026-12-05 00:00"))
    do("gu.nanqiao", complaint, "accept_petition", at("2026-12-07 09:00"), reasons="逾期未答复")
    review = clock(case, "complaint_art117_procuratorate")
    assert review.due_on == date(2026, 12, 22)
    do(
        "gu.nanqiao",
        complaint,
        "ask",
        at("2026-12-08 09:00"),
        points=("为何扣押",),
        reply_due_on=date(2026, 12, 15),
    )
    receipted("fang.shuning", case, "DOC-ASK-117-REASONS", at("2026-12-09 09:00"))
    assert clock(case, "art117_reasons_reply").due_on == date(2026, 12, 15)
    do("fang.shuning", complaint, "explain", at("2026-12-14 16:00"), reasons="与案件有关")

    review.refresh_from_db()
    # Counted anew from the arrival of the reasons: fifteen days from Monday 12-14 are Tuesday 12-29.
    assert (review.stopped_at, review.due_on) == (None, date(2026, 12, 29))
    do(
        "gu.nanqiao",
        complaint,
        "opine",
        at("2026-12-16 10:00"),
        conclusion="well_founded",
        opinion="应当返还",
    )
    do("gu.nanqiao", complaint, "correct", at("2026-12-16 11:00"))
    assert run(case, "correction_notice").parent_id == complaint.pk
    assert Document.objects.filter(case=case, kind="DOC-COMPLAINT-ANSWER").count() == 1
    assert unmeasured() == []


def test_oral_correction_is_answered_or_raised_to_writing() -> None:
    case = filed()
    oral = begun(
        "gu.nanqiao", "oral_correction", "give", case, at("2026-11-16 11:00"), finding="SEI-3",
        told_person="沈砚秋", told_at=at("2026-11-16 10:00"), content="补正扣押清单",
    )  # fmt: skip
    norm = clock(case, "oral_correction_norm")
    assert (norm.started_at, norm.due_on) == (at("2026-11-16 10:00"), date(2026, 11, 23))
    assert sees("fang.shuning", oral, at("2026-11-16 12:00"))

    sweep(at("2026-11-24 00:00"))
    assert set(oral.drafts.filter(outcome="").values_list("step", flat=True)) == {"done", "raise"}
    do("gu.nanqiao", oral, "raise", at("2026-11-24 10:00"), reason="未予改正")

    assert clock(case, "oral_correction_norm").stopped_at == at("2026-11-24 10:00")
    notice = run(case, "correction_notice")
    assert (notice.state, notice.parent_id) == ("drafting", oral.pk)
    assert not sees("fang.shuning", notice, at("2026-11-24 11:00"))


def test_complaint_of_a_lawyer_is_answered_in_ten_days() -> None:
    case = filed()
    complaint = begun(
        "gu.nanqiao", "lawyer_rights_complaint", "receive", case, at("2026-11-12 11:00"), complainant="方律师",
        kind="meeting_restricted", organ=str(case.police_id), received_at=at("2026-11-12 10:00"),
    )  # fmt: skip
    # The tenth day is Sunday 11-22: it moves to Monday.
    assert clock(case, "defence_obstruction_complaint").due_on == date(2026, 11, 23)
    assert not sees("fang.shuning", complaint, at("2026-11-12 12:00"))

    do("gu.nanqiao", complaint, "found", at("2026-11-19 10:00"), answer="属实，已通知纠正")
    do("gu.nanqiao", complaint, "correct", at("2026-11-19 10:30"), level="oral")

    assert sees("fang.shuning", complaint, at("2026-11-19 11:00"))
    assert run(case, "oral_correction").parent_id == complaint.pk
    assert unmeasured() == []
