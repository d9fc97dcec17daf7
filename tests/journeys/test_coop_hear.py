"""Hearing opinions, through the verbs: involvement with its items, a hearing before a notice is upheld."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.steps import approve
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.inbox import wording
from coordination.models import Message
from supervision.demo import people
from supervision.findings import Seen, open_lead
from tests.cast import agreed, at, do, run, user
from tests.journeys.matters import begun, clock, every_step_is_audited, filed, receipted, sees

pytestmark = pytest.mark.django_db

SUMMONS = {"officers": ("沈砚秋",), "questions": ("清单第3页与实物不符的原因",), "place": "青沚侦协办"}


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def requested(case: Case) -> Proceeding:
    """Involvement asked on 11-17 at 09:00, receipted at 09:30."""
    involvement = begun(
        "fang.shuning", "timely_involvement", "request", case, at("2026-11-17 08:50"),
        case_kind="gang", involvement_grounds=("重大案件",), stage="before_arrest_request", questions=("罪名如何认定",),
    )  # fmt: skip
    approve(
        user("han.kefei"), Draft.objects.get(proceeding=involvement, outcome=""), at=at("2026-11-17 09:00")
    )
    assert not Deadline.objects.filter(limit="involvement_answer_norm").exists()
    receipted("xu.qingzhi", case, "DOC-INVOLVEMENT-REQUEST", at("2026-11-17 09:30"))
    return run(case, "timely_involvement")


def test_whoever_is_told_of_the_end_and_of_a_rung_at_the_same_instant_reads_both_in_one_message() -> None:
    case = filed()
    requested(case)

    # Two working days after Tuesday 17 November end with Thursday 19; the rung of +1 working day is Friday 00:00, too
    done = sweep(at("2026-11-20 00:00"))

    told = Message.objects.filter(
        code="deadline.overdue", once_key__startswith=clock(case, "involvement_answer_norm").pk
    ).order_by("recipient__login")
    assert [(m.recipient.login, wording(m, "en").partition(" — ")[0]) for m in told] == [
        (
            login,
            "Overdue since 2026-11-19 24:00: Answer a request to hear opinions or take part; now: answer task",
        )
        for login in ("gu.nanqiao", "jiang.wanzhao", "lu.chengjun", "prosecutor2.qingzhi")
    ]
    assert "现应：答复商请" in wording(told[0], "zh-hans")
    assert done.rungs >= 2
    assert sweep(at("2026-11-20 00:01")).rungs == 0


def test_opinions_of_an_involvement_are_answered_one_by_one() -> None:
    case = filed()
    involvement = requested(case)
    # Two working days from Tuesday 11-17 are Thursday 11-19.
    assert clock(case, "involvement_answer_norm").due_on == date(2026, 11, 19)
    agreed(
        "gu.nanqiao", "lu.chengjun", involvement, "accept", at("2026-11-17 15:00"),
        prosecutors=("顾南乔",), first_meeting_at=at("2026-11-18 09:00"),
    )  # fmt: skip
    do(
        "gu.nanqiao", involvement, "take_part", at("2026-11-18 11:00"), form="discussion",
        held_at=at("2026-11-18 09:00"), participants=("顾南乔", "沈砚秋"),
    )  # fmt: skip
    do("gu.nanqiao", involvement, "opine", at("2026-11-19 09:00"), items=("调取监控", "核实赃物价格"))
    receipted("fang.shuning", case, "DOC-INVOLVEMENT-OPINION", at("2026-11-19 10:00"))
    # Ten working days from Thursday 11-19 are Thursday 12-03.
    assert clock(case, "involvement_adoption_norm").due_on == date(2026, 12, 3)
    assert sees("shen.yanqiu", involvement, at("2026-11-19 10:00"))
    assert not sees("xiahou.qi", involvement, at("2026-11-19 10:00"))

    do("shen.yanqiu", involvement, "answer_item", at("2026-11-20 09:00"), item_no=1, adopted="adopted")
    with pytest.raises(Refused) as refused:
        do("shen.yanqiu", involvement, "adopt", at("2026-11-20 09:10"))
    assert [reason.code for reason in refused.value.reasons] == ["guard:every_opinion_answered"]
    sweep(at("2026-12-01 08:00"))
    assert Message.objects.filter(recipient=user("shen.yanqiu"), code="deadline.remind").exists()
    do(
        "shen.yanqiu", involvement, "answer_item", at("2026-12-01 09:00"), item_no=2, adopted="not_adopted",
        reason_if_not="赃物已灭失",
    )  # fmt: skip
    agreed("shen.yanqiu", "fang.shuning", involvement, "adopt", at("2026-12-01 10:00"))

    assert clock(case, "involvement_adoption_norm").stopped_at == at("2026-12-01 10:00")
    assert Document.objects.filter(case=case, kind="DOC-INVOLVEMENT-ADOPTION").count() == 1
    do("jiang.wanzhao", involvement, "finish", at("2026-12-02 09:00"), outcome="arrest_requested")
    assert run(case, "timely_involvement").state == "closed"
    assert unmeasured() == []
    assert every_step_is_audited(case)


def contested(case: Case, code: str, day: str) -> Proceeding:
    """A notice served and receipted, and the police's objection to it, receipted on `day`."""
    lead = open_lead(
        user("gu.nanqiao"), case, Seen((code,), "扣押清单第3页"), activity=None, at=at("2026-11-09 09:00")
    )
    do("gu.nanqiao", lead, "triage", at("2026-11-09 10:00"), outcome="verify", risk="middle", note="清单不符")
    do("gu.nanqiao", lead, "verify", at("2026-11-09 10:10"))
    do(
        "gu.nanqiao", lead, "conclude", at("2026-11-10 09:00"), conclusion="serious", findings_confirmed=(code,),
        level="written",
    )  # fmt: skip
    do("gu.nanqiao", lead, "issue", at("2026-11-10 09:30"))
    notice = run(case, "correction_notice")
    do(
        "gu.nanqiao", notice, "draft", at("2026-11-10 10:00"), findings=(code,), law=("CPL 142",),
        facts="扣押清单与实物不符。", demand="依法补正。", reply_due_on=date(2026, 11, 25),
    )  # fmt: skip
    do("lu.chengjun", notice, "approve", at("2026-11-10 15:00"))
    do("xu.qingzhi", notice, "serve", at("2026-11-10 16:00"))
    receipted("fang.shuning", case, "DOC-CORRECTION-NOTICE", at("2026-11-11 09:00"))
    agreed(
        "fang.shuning", "han.kefei", notice, "object", at(f"{day} 09:00"), contested_findings=(code,),
        reasons="笔误，实物一致",
    )  # fmt: skip
    receipted("xu.qingzhi", case, "DOC-CORRECTION-OBJECTION", at(f"{day} 11:00"))
    return run(case, "correction_notice")


def test_officers_are_heard_before_a_contested_notice_is_upheld() -> None:
    case = filed()
    other = contested(case, "SEA-3", "2026-11-16")
    notice = contested(case, "SEI-3", "2026-11-18")
    upheld = {"result_by_finding": ("SEI-3 成立",)}

    for row in (other, notice):
        do(
            "jiang.wanzhao",
            row,
            "call_hearing",
            at("2026-11-19 10:00"),
            meets_at=at("2026-11-23 14:30"),
            **SUMMONS,
        )
    hearing = Proceeding.objects.get(process="officer_hearing", parent=notice)
    summons = hearing.steps.get()
    assert (summons.name, summons.facts["place"]) == ("call", "青沚侦协办")
    assert hearing.thread_id == notice.thread_id
    norm = Deadline.objects.get(limit="officer_hearing_norm", thread_id=notice.thread_id)
    # Five working days from Thursday 11-19 are Thursday 11-26.
    assert (norm.started_at, norm.due_on) == (at("2026-11-19 10:00"), date(2026, 11, 26))
    with pytest.raises(Refused) as refused:
        do("gu.nanqiao", notice, "uphold", at("2026-11-23 10:00"), **upheld)
    assert [reason.code for reason in refused.value.reasons] == [
        "guard:no_hearing_open", "running:officer_hearing_norm",
    ]  # fmt: skip

    do("gu.nanqiao", hearing, "hold", at("2026-11-23 15:30"), present=("沈砚秋", "顾南乔"))
    do("jiang.wanzhao", hearing, "record", at("2026-11-23 16:30"), views="笔误", result="维持")
    agreed("gu.nanqiao", "lu.chengjun", notice, "uphold", at("2026-11-24 10:00"), **upheld)

    notice.refresh_from_db()
    other.refresh_from_db()
    assert (notice.state, other.state) == ("upheld_reported", "objected")
    assert [step.name for step in notice.steps.order_by("-sequence")[:2]] == ["uphold", "hear"]
    assert not other.steps.filter(name="hear").exists()
    assert Deadline.objects.get(limit="officer_hearing_norm", thread_id=other.thread_id).stopped_at is None
    assert Document.objects.filter(case=case, kind="DOC-HEARING-RECORD").count() == 1
    assert unmeasured() == []


def test_cancelled_hearing_no_longer_holds_the_notice_back() -> None:
    case = filed()
    notice = contested(case, "SEI-3", "2026-11-18")
    do(
        "jiang.wanzhao",
        notice,
        "call_hearing",
        at("2026-11-19 10:00"),
        meets_at=at("2026-11-23 14:30"),
        **SUMMONS,
    )

    do("jiang.wanzhao", run(case, "officer_hearing"), "cancel", at("2026-11-20 09:00"), reason="书面陈述已收")

    assert clock(case, "officer_hearing_norm").stopped_at == at("2026-11-20 09:00")
    agreed(
        "gu.nanqiao",
        "lu.chengjun",
        notice,
        "uphold",
        at("2026-11-24 10:00"),
        result_by_finding=("SEI-3 成立",),
    )


def test_advice_asked_in_a_case_becomes_an_involvement() -> None:
    case = filed()
    advice = begun(
        "shen.yanqiu",
        "consultation",
        "ask",
        case,
        at("2026-11-16 09:00"),
        question="是否属于团伙",
        urgency="normal",
    )
    assert clock(case, "consultation_answer_norm").due_on == date(2026, 11, 19)

    do("jiang.wanzhao", advice, "redirect", at("2026-11-17 09:00"), reason="案情复杂")

    involvement = run(case, "timely_involvement")
    assert (involvement.state, involvement.parent_id) == ("requested", advice.pk)
    assert clock(case, "consultation_answer_norm").stopped_at == at("2026-11-17 09:00")
