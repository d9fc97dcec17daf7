"""A joint meeting of the Qingzhi Office, without a case: called, held, agreed, and what it decided comes up again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import Deadline, Document, Draft, Proceeding
from cases.steps import begin
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import AuditEntry, Message
from coordination.policy import visible
from supervision.demo import people
from supervision.findings import Seen, open_lead
from tests.cases.doors import browser, said
from tests.cast import agreed, at, do, organ, user
from tests.supervision import world

pytestmark = pytest.mark.django_db

DECISIONS = ("同堂培训一次", "共享未提捕清单")


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def meeting() -> Proceeding:
    return Proceeding.objects.get(process="joint_meeting")


def actions() -> list[Proceeding]:
    return list(Proceeding.objects.filter(process="meeting_action").order_by("opened_at", "id"))


def held_and_minuted() -> Proceeding:
    begin(
        user("jiang.wanzhao"), "joint_meeting", "plan", case=None, at=at("2026-10-26 09:00"),
        facts={"kind": "regular", "agenda": ("逾期回复", "挂案")},
    )  # fmt: skip
    do(
        "jiang.wanzhao", meeting(), "call", at("2026-10-26 09:30"),
        meets_at=at("2026-10-29 14:30"), place="办案中心会议室", invited=("法制大队", "刑检部门"),
    )  # fmt: skip
    do(
        "shi.huaigu", meeting(), "hold", at("2026-10-30 09:00"),
        held_at=at("2026-10-29 14:30"), present=("双方",), decisions=DECISIONS,
    )  # fmt: skip
    do("jiang.wanzhao", meeting(), "agree_text", at("2026-11-03 10:00"))
    agreed("shi.huaigu", "han.kefei", meeting(), "minutes", at("2026-11-04 10:00"))
    return meeting()


def test_meeting_without_a_case_belongs_to_both_organs_of_the_place() -> None:
    row = held_and_minuted()

    assert (row.organisation, row.counterpart) == (organ("990102JC"), organ("990102000000"))
    assert (row.case, row.jurisdiction, row.about) == (None, "990102", "逾期回复；挂案")
    minutes = Deadline.objects.get(limit="meeting_minutes_norm")
    assert (minutes.started_at, minutes.due_on) == (at("2026-10-29 14:30"), date(2026, 11, 5))
    assert minutes.stopped_at == at("2026-11-04 10:00")
    numbers = Document.objects.filter(proceeding=row).order_by("issued_at").values_list("number", flat=True)
    assert list(numbers) == ["青侦协〔2026〕1号", "青侦协〔2026〕2号"]
    for login in ("han.kefei", "lu.chengjun", "fang.shuning"):
        assert visible(user(login), Proceeding, now=at("2026-11-04 11:00")).filter(pk=row.pk).exists()
    for login in ("wang.yiwei", "xiahou.qi", "office_resident.yanhu"):
        assert not visible(user(login), Proceeding, now=at("2026-11-04 11:00")).filter(pk=row.pk).exists()
    steps = AuditEntry.objects.filter(subject_id=row.pk, action__startswith="step.joint_meeting.")
    assert steps.count() == row.steps.count() == 5
    assert unmeasured() == []


def test_every_decision_is_an_action_that_waits_for_its_owner() -> None:
    row = held_and_minuted()

    assert [one.about for one in actions()] == list(DECISIONS)
    assert {one.parent for one in actions()} == {row}
    waiting = Draft.objects.filter(step="assign", outcome="").order_by("id")
    assert [(one.role, one.facts["result_expected"]) for one in waiting] == [
        ("office_resident", decision) for decision in DECISIONS
    ]
    with pytest.raises(Refused) as refused:
        do("jiang.wanzhao", row, "close", at("2026-11-05 09:00"))
    assert [one.code for one in refused.value.reasons] == ["guard:every_decision_has_an_owner"]


def test_action_is_owed_by_its_owner_and_comes_up_again_when_it_is_late() -> None:
    held_and_minuted()
    first, second = actions()
    do(
        "jiang.wanzhao", first, "assign", at("2026-11-05 09:00"), owner=str(user("he.zhiyuan").pk),
        due_on=date(2026, 11, 20), result_expected=DECISIONS[0],
    )  # fmt: skip
    clock = Deadline.objects.get(proceeding=first, limit="meeting_action_due")
    assert (clock.owner, clock.responsible, clock.responsible_role, clock.due_on) == (
        user("he.zhiyuan"), organ("990102000000"), "investigator", date(2026, 11, 20),
    )  # fmt: skip
    sweep(at("2026-11-17 08:00"))
    assert Message.objects.filter(code="deadline.remind", recipient=user("he.zhiyuan")).count() == 1
    with pytest.raises(Refused) as refused:
        do("shi.huaigu", first, "finish", at("2026-11-18 09:00"), result="已办")
    assert [one.code for one in refused.value.reasons] == ["named"]
    sweep(at("2026-11-21 00:00"))
    first.refresh_from_db()
    assert first.state == "overdue"
    assert Draft.objects.get(proceeding=first, step="carry", outcome="").role == "office_resident"

    do("shi.huaigu", first, "carry", at("2026-11-23 09:00"), meeting=str(meeting().pk), reason="人手不足")
    do("shi.huaigu", first, "resume", at("2026-11-23 09:10"), due_on=date(2026, 12, 11))
    again = Deadline.objects.get(proceeding=first, limit="meeting_action_due", stopped_at=None)
    assert (again.owner, again.due_on) == (user("he.zhiyuan"), date(2026, 12, 11))
    do("he.zhiyuan", first, "finish", at("2026-12-01 09:00"), result="已举办")
    do("jiang.wanzhao", first, "verify", at("2026-12-02 09:00"))
    do(
        "jiang.wanzhao",
        second,
        "cancel",
        at("2026-12-02 09:10"),
        reason="并入清单机制",
        meeting=str(meeting().pk),
    )
    do("jiang.wanzhao", meeting(), "close", at("2026-12-02 09:20"))

    assert not Deadline.objects.filter(stopped_at=None, area="COOP-MEETING").exists()
    assert unmeasured() == []


def test_owner_is_somebody_of_the_two_organs() -> None:
    held_and_minuted()

    for owner in (str(user("wang.yiwei").pk), "贺知远"):
        with pytest.raises(Refused) as refused:
            do(
                "jiang.wanzhao", actions()[0], "assign", at("2026-11-05 09:00"), owner=owner,
                due_on=date(2026, 11, 20), result_expected="x",
            )  # fmt: skip
        assert [one.code for one in refused.value.reasons] == ["field:owner"]


def test_meeting_is_begun_by_the_office_only() -> None:
    facts = {"kind": "regular", "agenda": ("挂案",)}

    with pytest.raises(Refused) as refused:
        begin(user("gu.nanqiao"), "joint_meeting", "plan", case=None, facts=facts, at=at("2026-10-26 09:00"))

    assert [one.code for one in refused.value.reasons] == ["role"]
    assert not Proceeding.objects.exists()


def offered_agenda(login: str, when: str) -> str:
    """The agenda that the form of a new meeting begins with."""
    with time_machine.travel(at(when), tick=False):
        page = said(browser(login).get(reverse("office-begin", args=["joint_meeting", "plan"])))
    return page.partition('name="agenda"')[2].partition("</textarea>")[0].partition(">")[2].strip()


def test_agenda_is_offered_from_leads_overdue_replies_and_common_problems() -> None:
    case = world.detained()
    world.receipted(case)
    reply = Deadline.objects.get(limit="correction_notice_reply")
    assert offered_agenda("jiang.wanzhao", "2026-11-20 09:00") == ""
    open_lead(user("gu.nanqiao"), case, Seen(("INT-2",), world.PIN), activity=None, at=at("2026-11-16 10:00"))
    begin(
        user("jiang.wanzhao"), "joint_analysis", "start", case=None, at=at("2026-11-16 09:00"),
        facts={"period": "2026年三季度", "topics": ("讯问",)},
    )  # fmt: skip
    analysis = Proceeding.objects.get(process="joint_analysis")
    do(
        "jiang.wanzhao", analysis, "draft", at("2026-11-17 09:00"), indicators=("纠正违法3件",),
        problems=("讯问仅一人在场", "扣押清单缺签名"),
    )  # fmt: skip
    late = f"{reply.fires_at + timedelta(days=1):%Y-%m-%d} 09:00"

    resident, police = offered_agenda("jiang.wanzhao", late), offered_agenda("shi.huaigu", late)

    overdue = f"逾期回复：{reply.rule.zh} · {case.number} · {reply.due_on}届满"
    problems = ["共性问题：讯问仅一人在场", "共性问题：扣押清单缺签名"]
    assert resident.splitlines() == ["未结监督线索1件", overdue, *problems]
    assert police.splitlines() == [overdue, *problems]
