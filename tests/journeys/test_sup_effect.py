"""The effect of supervision, through the verbs: recommendations up both hierarchies, overstay, hanging cases."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import Message
from supervision.demo import people
from supervision.findings import Seen, open_lead
from tests.cast import agreed, at, do, run, user
from tests.journeys.matters import begun, clock, detained, every_step_is_audited, filed, receipted, sees

pytestmark = pytest.mark.django_db

PROBLEM = {
    "common_problem": "讯问人数不足", "cases": ("A9901025100002026110021",), "causes": "警力不足",
    "suggestions": ("开展培训", "双人办案核查"), "objection_period": "七日",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def recommended() -> tuple[Case, Proceeding]:
    """A recommendation out of a lead, served on 09-01 and receipted on 09-02."""
    case = filed("2026-08-03 09:00")
    lead = open_lead(
        user("gu.nanqiao"), case, Seen(("INT-1",), "三份笔录"), activity=None, at=at("2026-08-24 09:00")
    )
    do("gu.nanqiao", lead, "triage", at("2026-08-24 10:00"), outcome="verify", risk="middle", note="同类问题")
    do("gu.nanqiao", lead, "verify", at("2026-08-24 10:10"))
    do(
        "gu.nanqiao", lead, "conclude", at("2026-08-28 09:00"), conclusion="general", findings_confirmed=("INT-1",),
        level="recommendation",
    )  # fmt: skip
    do("gu.nanqiao", lead, "issue", at("2026-08-28 09:30"))
    row = run(case, "procuratorial_recommendation")
    # Two months from 08-31 are Saturday 10-31: the last day moves to Monday 11-02.
    with pytest.raises(Refused) as refused:
        do("gu.nanqiao", row, "draft", at("2026-08-31 09:00"), reply_due_on=date(2026, 11, 3), **PROBLEM)
    assert [reason.code for reason in refused.value.reasons] == ["guard:reply_within_two_months"]
    do("gu.nanqiao", row, "draft", at("2026-08-31 09:00"), reply_due_on=date(2026, 10, 30), **PROBLEM)
    assert not sees("fang.shuning", row, at("2026-08-31 10:00"))
    do("lu.chengjun", row, "serve", at("2026-09-01 10:00"))
    receipted("fang.shuning", case, "DOC-RECOMMENDATION", at("2026-09-02 09:00"))
    return case, run(case, "procuratorial_recommendation")


def test_unanswered_recommendation_climbs_both_hierarchies() -> None:
    case, row = recommended()
    reply = clock(case, "procuratorial_recommendation_reply")
    assert (reply.started_at, reply.due_on) == (at("2026-09-02 09:00"), date(2026, 10, 30))

    sweep(at("2026-10-31 00:00"))
    assert Draft.objects.get(proceeding=row, step="urge", outcome="").role == "prosecutor"
    do("gu.nanqiao", row, "urge", at("2026-11-02 09:00"))
    urged = clock(case, "reply_after_urge_norm")
    assert urged.due_on == date(2026, 11, 9)
    assert not sees("xiahou.qi", row, at("2026-11-09 12:00"))
    sweep(at("2026-11-10 00:00"))
    assert Message.objects.filter(recipient=user("gu.nanqiao"), code="deadline.overdue").exists()
    agreed("gu.nanqiao", "lu.chengjun", row, "escalate", at("2026-11-10 10:00"))

    assert sees("xiahou.qi", row, at("2026-11-10 10:00"))
    assert not sees("shao.weimin", row, at("2026-11-10 10:00"))
    handling = clock(case, "superior_handling_norm")
    assert (handling.due_on, handling.responsible.code) == (date(2026, 12, 1), "990100JC")
    do("xiahou.qi", row, "superior_done", at("2026-11-12 10:00"))
    assert sees("shao.weimin", row, at("2026-11-12 10:00"))
    assert Document.objects.get(case=case, kind="DOC-SUPERIOR-INFORM").organisation.code == "990100JC"

    agreed(
        "fang.shuning",
        "han.kefei",
        row,
        "reply",
        at("2026-11-16 10:00"),
        measures=("培训",),
        proof=("签到表",),
    )
    do("gu.nanqiao", row, "follow", at("2026-11-23 09:00"), carried_out="carried_out")
    do("gu.nanqiao", row, "close", at("2026-11-23 09:10"))
    mine = Deadline.objects.filter(thread_id=row.thread_id, limit__contains="recommendation")
    assert not mine.filter(stopped_at=None).exists()
    assert run(case, "procuratorial_recommendation").state == "closed"
    assert unmeasured() == []
    assert every_step_is_audited(case)


def answered_inside(case: Case) -> None:
    """The unit answers, is sent back, answers again and is checked; the procuratorate sees nothing of it."""
    inside = run(case, "internal_supervision_link")
    paper = Document.objects.get(case=case, kind="DOC-RECOMMENDATION")
    do(
        "fang.shuning", inside, "receive", at("2026-09-02 10:00"), document=str(paper.pk),
        reply_due_on=date(2026, 10, 30),
    )  # fmt: skip
    # Counted back three working days from Friday 10-30: Tuesday 10-27.
    assert clock(case, "internal_answer_before_due").due_on == date(2026, 10, 27)
    unit = str(case.unit_id)
    do(
        "fang.shuning", inside, "assign", at("2026-09-03 09:00"), unit=unit, handler=str(user("shen.yanqiu").pk),
        internal_due_on=date(2026, 10, 20),
    )  # fmt: skip
    do(
        "shen.yanqiu",
        inside,
        "unit_reply",
        at("2026-10-19 09:00"),
        facts_checked="属实",
        corrected=True,
        disagrees=False,
    )
    assert clock(case, "internal_answer_before_due").stopped_at == at("2026-10-19 09:00")
    do("fang.shuning", inside, "send_back", at("2026-10-20 09:00"))
    assert clock(case, "internal_answer_before_due").stopped_at is None
    do(
        "shen.yanqiu",
        inside,
        "unit_reply",
        at("2026-10-21 09:00"),
        facts_checked="补充",
        corrected=True,
        disagrees=False,
    )
    do("fang.shuning", inside, "check", at("2026-10-21 10:00"))
    assert not sees("gu.nanqiao", inside, at("2026-10-21 11:00"))


def test_the_answer_of_the_unit_is_checked_inside_before_it_leaves() -> None:
    case, row = recommended()
    answered_inside(case)

    agreed(
        "fang.shuning",
        "han.kefei",
        row,
        "reply",
        at("2026-10-22 09:00"),
        measures=("培训",),
        proof=("签到表",),
    )

    assert run(case, "internal_supervision_link").state == "sent"
    assert clock(case, "internal_assessment_norm").due_on == date(2026, 11, 5)
    inside = run(case, "internal_supervision_link")
    do("fang.shuning", inside, "assess", at("2026-10-26 09:00"), result="reminder")
    do("fang.shuning", inside, "close", at("2026-10-26 09:10"))
    assert run(case, "procuratorial_recommendation").state == "replied"
    assert unmeasured() == []


# ---- overstay --------------------------------------------------------------------------------------------------------


def overstayed() -> tuple[Case, Proceeding]:
    """An overstay confirmed on 11-16 at 10:00; its notice is served on 11-17 and receipted at 16:00."""
    case = filed()
    suspect = detained(case)
    row = begun(
        "gu.nanqiao", "overstay_correction", "record", case, at("2026-11-16 10:00"), suspect=suspect,
        basis_ended=at("2026-11-14 16:00"), responsible_organ=str(case.police_id),
    )  # fmt: skip
    at_once = clock(case, "overstay_detention_correction")
    assert at_once.due_at == at("2026-11-16 10:00")
    sweep(at("2026-11-16 10:01"))
    assert Draft.objects.get(proceeding=row, outcome="").step == "open_notice"
    do("gu.nanqiao", row, "open_notice", at("2026-11-16 10:30"))
    notice = run(case, "correction_notice")
    do(
        "gu.nanqiao", notice, "draft", at("2026-11-16 11:00"), findings=("CUS-1",), law=("CPL 98",),
        facts="拘留期限届满未提请批准逮捕，未释放。", demand="立即释放或者变更强制措施。",
        reply_due_on=date(2026, 11, 23),
    )  # fmt: skip
    do("lu.chengjun", notice, "approve", at("2026-11-17 09:00"))
    do("xu.qingzhi", notice, "serve_overstay", at("2026-11-17 10:00"))
    assert run(case, "overstay_correction").state == "notice_served"
    assert clock(case, "overstay_detention_correction").stopped_at == at("2026-11-17 10:00")
    receipted("fang.shuning", case, "DOC-CORRECTION-NOTICE", at("2026-11-17 16:00"))
    return case, run(case, "overstay_correction")


def test_overstay_is_corrected_at_once_and_reported_while_it_goes_on() -> None:
    case, row = overstayed()
    review = Deadline.objects.get(case=case, limit="overstay_police_review")
    # Three days from Tuesday 11-17; a person is in custody, nothing moves.
    assert (review.due_on, review.thread_id) == (date(2026, 11, 20), row.thread_id)

    sweep(at("2026-11-21 00:00"))
    assert Draft.objects.filter(proceeding=row, step="report", outcome="").exists()
    agreed("gu.nanqiao", "lu.chengjun", row, "report", at("2026-11-21 09:00"))
    assert sees("xiahou.qi", row, at("2026-11-21 09:00"))
    do("xiahou.qi", row, "superior_inform", at("2026-11-21 15:00"))
    assert sees("shao.weimin", row, at("2026-11-21 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "release", at("2026-11-22 10:00"),
        ground="custody_expired", released_at=at("2026-11-22 09:30"),
    )  # fmt: skip

    ended = run(case, "overstay_correction")
    assert ended.state == "ended"
    assert ended.steps.latest("sequence").occurred_at == at("2026-11-22 09:30")
    own = Deadline.objects.filter(thread_id=row.thread_id)
    assert not own.filter(stopped_at=None).exists()
    do("gu.nanqiao", ended, "recommend", at("2026-11-23 09:00"), persons=("某某",), reasons="超期八日")
    assert unmeasured() == []
    assert every_step_is_audited(case)


# ---- hanging cases ---------------------------------------------------------------------------------------------------


def aged() -> tuple[Case, Proceeding, datetime]:
    """A case filed on 08-03 that is three months old."""
    case = filed("2026-08-03 09:00")
    watch = clock(case, "hanging_watch")
    assert watch.due_on == date(2026, 11, 3)
    sweep(at("2026-11-04 00:00"))
    return case, run(case, "hanging_case_clearance"), at("2026-11-04 09:00")


def test_hanging_case_is_watched_planned_missed_and_cleared() -> None:
    case, row, _ = aged()
    assert row.state == "watched"
    assert clock(case, "hanging_watch").stopped_at == at("2026-11-04 00:00")
    do("jiang.wanzhao", row, "screen", at("2026-11-04 09:00"), reason="inactivity")
    do("shi.huaigu", row, "confirm", at("2026-11-05 09:00"))
    agreed(
        "fang.shuning", "han.kefei", row, "plan", at("2026-11-06 09:00"), route="withdraw",
        due_on=date(2026, 11, 20), owner=str(user("shen.yanqiu").pk),
    )  # fmt: skip
    assert clock(case, "hanging_time_node").due_on == date(2026, 11, 20)

    sweep(at("2026-11-21 00:00"))
    row.refresh_from_db()
    assert row.state == "overdue"
    assert Draft.objects.filter(proceeding=row, step="replan", outcome="").exists()
    assert Message.objects.filter(recipient=user("gu.nanqiao"), code="deadline.overdue").exists()
    agreed(
        "fang.shuning", "han.kefei", row, "replan", at("2026-11-23 09:00"), reasons="鉴定未出",
        due_on=date(2026, 12, 18),
    )  # fmt: skip
    missed, planned = Deadline.objects.filter(case=case, limit="hanging_time_node").order_by("started_at")
    assert (missed.due_on, missed.stopped_at) == (date(2026, 11, 20), at("2026-11-23 09:00"))
    assert (planned.due_on, planned.stopped_at) == (date(2026, 12, 18), None)

    do("han.kefei", run(case, "case"), "withdraw", at("2026-12-01 09:00"))
    row.refresh_from_db()
    assert row.state == "cleared"
    do("jiang.wanzhao", row, "verify", at("2026-12-02 09:00"))
    assert unmeasured() == []


def test_case_with_active_work_is_watched_anew() -> None:
    case, row, now = aged()
    do("jiang.wanzhao", row, "screen", now, reason="appraisal_pending")

    do("shen.yanqiu", row, "explain", at("2026-11-10 09:00"), progress="鉴定已委托", next_step="讯问")

    watch = clock(case, "hanging_watch")
    assert (watch.started_at, watch.due_on, watch.stopped_at) == (
        at("2026-11-10 09:00"),
        date(2027, 2, 10),
        None,
    )
    assert watch.proceeding.process == "case"


def test_hanging_case_goes_to_a_lead() -> None:
    case, row, now = aged()
    do("jiang.wanzhao", row, "screen", now, reason="inactivity")
    do("shi.huaigu", row, "confirm", at("2026-11-05 09:00"))

    do("gu.nanqiao", row, "supervise", at("2026-11-06 09:00"), follow_up="lead")

    assert run(case, "supervision_lead").parent_id == row.pk
