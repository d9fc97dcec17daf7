"""Persons under supervision: whether custody is still needed, and what became of those handled separately."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Document, Proceeding, Suspect
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import Message
from coordination.policy import visible
from supervision.demo import people
from supervision.models import Finding
from tests.cast import agreed, at, begun, do, receipted, registered, run, suspect_of, user
from tests.journeys.test_story import arrested, due

pytestmark = pytest.mark.django_db

NECESSITY, SEPARATE = "custody_necessity", "separate_handling_check"


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


# ---- custody necessity -----------------------------------------------------------------------------------------------


def applied() -> tuple[Case, Proceeding]:
    """Arrested on 2026-11-11; application on Thursday 11-12."""
    case = arrested()
    row = begun(
        "xu.qingzhi", case, NECESSITY, "apply", at("2026-11-12 10:00"), suspect=Suspect.objects.get(case=case),
        applicant="defender", grounds="系两名未成年子女的唯一抚养人", received_at=at("2026-11-12 09:30"),
    )  # fmt: skip
    return case, row


def recommended() -> tuple[Case, Proceeding]:
    """Recommendation received on Thursday 11-19: day ten is Sunday 11-29, due on Monday."""
    case, row = applied()
    do("xu.qingzhi", row, "forward", at("2026-11-12 16:00"))
    do(
        "gu.nanqiao",
        row,
        "propose",
        at("2026-11-18 10:00"),
        reasons="无继续羁押必要",
        law=("CPL 95", "RULES 579"),
    )
    receipted("fang.shuning", case, "DOC-NECESSITY-RECOMMENDATION", at("2026-11-19 09:00"))
    return case, row


def test_application_is_decided_within_ten_days_that_do_not_roll_over() -> None:
    case, row = applied()

    assert due(case, "custody_necessity_internal_forward").due_on == date(2026, 11, 12)
    # 11-22 is a Sunday; the suspect is held, so nothing moves.
    assert due(case, "custody_necessity_decision").due_on == date(2026, 11, 22)
    assert (
        not visible(user("fang.shuning"), Proceeding, now=at("2026-11-12 11:00")).filter(pk=row.pk).exists()
    )


def test_expert_step_leaves_its_days_out() -> None:
    case, row = applied()
    do("xu.qingzhi", row, "forward", at("2026-11-12 16:00"))
    do("gu.nanqiao", row, "pause_expert", at("2026-11-16 10:00"))
    assert due(case, "custody_necessity_decision").suspended_at == at("2026-11-16 10:00")

    do("gu.nanqiao", row, "resume_expert", at("2026-11-19 10:00"))

    clock = due(case, "custody_necessity_decision")
    # 11-16 and 11-19 are left out as well as the two days between them (C13).
    assert (clock.suspended_at, clock.due_on) == (None, date(2026, 11, 26))


def test_recommendation_is_answered_by_what_the_custody_record_bears_out() -> None:
    case, row = recommended()
    assert due(case, "custody_necessity_reply").due_on == date(2026, 11, 30)
    assert visible(user("fang.shuning"), Proceeding, now=at("2026-11-19 10:00")).filter(pk=row.pk).exists()
    with pytest.raises(Refused) as early:
        do("fang.shuning", row, "reply", at("2026-11-23 09:00"), outcome="changed")
    assert [reason.code for reason in early.value.reasons] == ["guard:release_or_change_recorded"]
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "bail", at("2026-11-24 10:00"),
        executed_at=at("2026-11-24 09:30"), guarantee="guarantor", ends_on=date(2027, 11, 24),
    )  # fmt: skip

    agreed("fang.shuning", "han.kefei", row, "reply", at("2026-11-24 15:00"), outcome="changed")

    do("gu.nanqiao", row, "finish", at("2026-11-25 09:00"))
    row.refresh_from_db()
    assert row.state == "closed"
    assert due(case, "custody_necessity_reply").stopped_at == at("2026-11-24 15:00")
    assert Document.objects.filter(proceeding=row, kind="DOC-NECESSITY-RESULT").count() == 1


def test_no_answer_in_ten_days_opens_a_correction_notice() -> None:
    case, row = recommended()

    sweep(at("2026-12-01 00:00"))

    for login in ("gu.nanqiao", "lu.chengjun", "jiang.wanzhao"):
        assert Message.objects.filter(recipient=user(login), code="deadline.overdue").exists(), login
    do("gu.nanqiao", row, "no_reply", at("2026-12-01 09:00"))
    assert run(case, "correction_notice").parent == row
    assert due(case, "custody_necessity_reply").stopped_at is None
    agreed(
        "fang.shuning", "han.kefei", row, "reply", at("2026-12-02 09:00"), outcome="kept",
        reasons_if_kept="同案人员在逃",
    )  # fmt: skip
    assert due(case, "custody_necessity_reply").stopped_at == at("2026-12-02 09:00")
    assert unmeasured() == []


# ---- separate handling -----------------------------------------------------------------------------------------------


def checked() -> tuple[Case, Proceeding]:
    case = registered(at("2026-09-01 09:00"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-09-02 10:00"))
    suspect = suspect_of(case, at("2026-09-03 09:00"), name="雷震")
    row = begun(
        "fang.shuning", case, SEPARATE, "declare", at("2026-09-10 10:00"), suspect=suspect, person="雷震",
        ground="at_large", papers=("到案情况说明",), plan="上网追逃",
    )  # fmt: skip
    do("gu.nanqiao", row, "check", at("2026-09-15 10:00"), ground_ok="doubtful")
    return case, row


def test_status_is_reported_every_three_months() -> None:
    case, row = checked()
    assert due(case, "separate_status_report").due_on == date(2026, 12, 15)
    assert Document.objects.filter(proceeding=row, kind="DOC-SEPARATE-NOTE").exists()

    do("shen.yanqiu", row, "report", at("2026-12-10 10:00"), state="under_way", steps="已上网追逃")

    clocks = Deadline.objects.filter(case=case, limit="separate_status_report").order_by("started_at")
    assert [(clock.due_on, clock.stopped_at is None) for clock in clocks] == [
        (date(2026, 12, 15), False), (date(2027, 3, 10), True),
    ]  # fmt: skip
    assert unmeasured() == []


def test_missing_report_is_asked_for_again_and_becomes_a_registered_lead() -> None:
    case, row = checked()

    sweep(at("2026-12-16 00:00"))

    assert Message.objects.filter(recipient=user("jiang.wanzhao"), code="deadline.overdue").exists()
    do("gu.nanqiao", row, "ask_again", at("2026-12-16 09:00"))
    assert Document.objects.filter(proceeding=row, kind="DOC-SEPARATE-QUERY").count() == 2
    do(
        "gu.nanqiao", row, "to_lead", at("2027-01-15 09:00"), unit=str(case.unit_id), findings=("SEP-1",),
        evidence_pin="另案处理情况说明第1页",
    )  # fmt: skip
    row.refresh_from_db()
    assert row.state == "lead"
    lead = run(case, "supervision_lead")
    assert (lead.parent, lead.steps.get().name) == (row, "register")
    assert [finding.code for finding in Finding.objects.filter(lead=lead)] == ["SEP-1"]
    assert due(case, "lead_triage_norm").stopped_at is None
