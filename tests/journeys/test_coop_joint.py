"""A joint supervised case: listed by both, a report missing, the officer away, released by both and never by one."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.queries import owed
from cases.registration import assign, register_report
from cases.steps import begin
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import Message, Share
from coordination.policy import visible
from coordination.standing import standing
from supervision.demo import people
from tests.cast import at, do, organ, report, user
from tests.journeys.ledger import lines

pytestmark = pytest.mark.django_db

DATES = (date(2026, 10, 15), date(2026, 11, 15), date(2026, 12, 15))


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def joint() -> Proceeding:
    return Proceeding.objects.get(process="joint_supervised_case")


def running(limit: str) -> Deadline:
    return Deadline.objects.get(limit=limit, stopped_at=None)


def refused(login: str, step: str, when: str, **facts: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        do(login, joint(), step, at(when), **facts)
    return [reason.code for reason in caught.value.reasons]


def listed() -> Case:
    case = register_report(
        user("luo.mingxi"),
        report(
            at("2026-09-01 09:00"),
            "A9901021600002026090001",
            title="呼叫中心诈骗案",
            unit=organ("990102160000"),
        ),
        at=at("2026-09-01 09:00"),
    )
    assign(user("xu.qingzhi"), case, to=user("gu.nanqiao"), role="prosecutor", at=at("2026-09-02 09:00"))
    begin(
        user("jiang.wanzhao"), "joint_supervised_case", "propose", case=case, at=at("2026-09-10 09:00"),
        facts={"case": str(case.pk), "reason": "涉案23人，4人在逃", "level": "county", "proposed_by": "procuratorate",
               "listing_grounds": ("社会影响较大的案件",)},
    )  # fmt: skip
    do("lu.chengjun", joint(), "approve_proc", at("2026-09-11 09:00"))
    assert refused("jiang.wanzhao", "list", "2026-09-11 10:00")[0] == "guard:both_agree_to_list"
    do("han.kefei", joint(), "approve_police", at("2026-09-14 09:00"))
    do(
        "jiang.wanzhao", joint(), "list", at("2026-09-15 09:00"), lead_units=("经侦大队",), contacts=("骆明溪",),
        deadline_on=date(2026, 12, 31), report_dates=DATES,
    )  # fmt: skip
    return case


def overdue() -> Case:
    case = listed()
    cycle = running("joint_report_cycle")
    assert (cycle.started_at, cycle.due_on) == (at("2026-10-15 23:59"), date(2026, 10, 20))
    assert (cycle.owner, cycle.responsible) == (user("luo.mingxi"), organ("990102000000"))
    do("luo.mingxi", joint(), "report", at("2026-10-15 16:00"), progress="到案19人", next="追逃4人")
    assert running("joint_report_cycle").due_on == date(2026, 11, 18)
    sweep(at("2026-11-19 00:00"))
    return case


def test_both_heads_are_asked_and_the_letter_bears_the_number_of_the_office() -> None:
    case = listed()

    assert Document.objects.get(kind="DOC-JOINT-LETTER").number == "青侦协〔2026〕2号"
    assert running("joint_case_deadline").due_on == date(2026, 12, 31)
    approval = Deadline.objects.get(limit="joint_approval_norm")
    assert (approval.due_on, approval.stopped_at) == (date(2026, 9, 17), at("2026-09-15 09:00"))
    asked = Draft.objects.filter(proceeding=joint(), cause="step:propose").order_by("step")
    assert [(one.step, one.role, one.outcome) for one in asked] == [
        ("approve_police", "police_chief", "taken"), ("approve_proc", "chief_procurator", "taken"),
    ]  # fmt: skip
    assert not visible(user("xiahou.qi"), Proceeding, now=at("2026-09-16 09:00")).filter(case=case).exists()


def test_missing_report_goes_to_both_superiors_and_to_the_office() -> None:
    case = overdue()

    assert joint().state == "overdue"
    for login in ("xiahou.qi", "shao.weimin"):
        seen = visible(user(login), Proceeding, now=at("2026-11-23 09:30"))
        assert [row.process for row in seen] == ["joint_supervised_case"]
        assert Message.objects.filter(recipient=user(login), code="deadline.overdue").count() == 1
    scopes = Share.objects.filter(subject_id=case.pk).values_list("scope", flat=True)
    assert set(scopes) == {Share.Scope.HEADER}
    assert Draft.objects.get(proceeding=joint(), step="coordinate", outcome="").role == "office_resident"
    late = at("2026-11-24 09:00")
    do("fang.shuning", joint(), "report", late, progress="到案20人", next="追逃3人")
    assert running("joint_report_cycle").due_on == date(2026, 12, 18)


def test_stand_in_sees_what_the_officer_owes_and_takes_the_step() -> None:
    overdue()
    begin(
        user("luo.mingxi"), "absence_handover", "open", case=None, at=at("2026-11-19 15:00"),
        facts={
            "from_on": date(2026, 11, 20), "until_on": date(2026, 11, 30), "stand_in": str(user("he.zhiyuan").pk),
            "matters": ("呼叫中心诈骗案联合督办",),
        },
    )  # fmt: skip
    handover = Proceeding.objects.get(process="absence_handover")
    accept = running("handover_accept_norm")
    assert (accept.owner, accept.due_on) == (user("he.zhiyuan"), date(2026, 11, 20))
    assert (
        not visible(user("jiang.wanzhao"), Proceeding, now=at("2026-11-19 16:00"))
        .filter(pk=handover.pk)
        .exists()
    )
    do("he.zhiyuan", handover, "accept", at("2026-11-20 09:00"))

    now = at("2026-11-23 09:30")
    deputy = user("he.zhiyuan")
    mine = owed.work_list(deputy, standing(deputy, now), owed.Asked(), now=now)
    assert {row.person for row in mine.rows if row.kind == "deadline"} == {"骆明溪"}
    assert joint().pk in {row.matter.pk for row in mine.rows}
    do("he.zhiyuan", joint(), "report", now, progress="到案20人", next="追逃3人")
    sweep(at("2026-12-16 08:00"))
    told = Message.objects.filter(code="deadline.remind", posted_at__gte=at("2026-12-16 00:00"))
    assert {user("luo.mingxi"), user("he.zhiyuan")} <= {message.recipient for message in told}

    do("luo.mingxi", handover, "end", at("2026-12-17 09:00"), report="已接回")
    later = at("2026-12-17 10:00")
    after = owed.work_list(deputy, standing(deputy, later), owed.Asked(), now=later)
    assert not [row for row in after.rows if row.person == "骆明溪"]


def test_one_side_alone_never_releases() -> None:
    overdue()
    do("fang.shuning", joint(), "ask_release", at("2026-11-24 09:00"), result="全部移送审查起诉")
    assert refused("jiang.wanzhao", "release", "2026-11-24 10:00") == ["guard:both_agree_to_release"]
    do("han.kefei", joint(), "agree_release_police", at("2026-11-24 11:00"))
    assert refused("shi.huaigu", "release", "2026-11-24 11:10") == ["guard:both_agree_to_release"]
    do("lu.chengjun", joint(), "agree_release_proc", at("2026-11-25 09:00"))
    do("jiang.wanzhao", joint(), "release", at("2026-11-25 10:00"))

    assert joint().state == "released"
    assert not Deadline.objects.filter(area="COOP-JOINT", stopped_at=None).exists()
    assert unmeasured() == []
    now = at("2026-11-26 09:00")
    (line,) = lines("REG-JOINT", "shi.huaigu", now)
    assert line == [
        "青侦协〔2026〕2号", "县级", "A9901021600002026090001 呼叫中心诈骗案", "2026-12-31",
        "2026-10-15; 2026-11-15; 2026-12-15", "2026-11-24 2", "", "2026-11-25",
    ]  # fmt: skip


def test_extension_needs_both_and_comes_before_the_deadline() -> None:
    listed()
    more = {"new_deadline_on": date(2027, 3, 31), "reason": "追逃"}
    do("shi.huaigu", joint(), "ask_extension", at("2026-12-10 09:00"), **more)
    do("han.kefei", joint(), "agree_extension_police", at("2026-12-11 09:00"))
    dates = {"report_dates": (date(2027, 1, 15), date(2027, 2, 15))}
    assert refused("shi.huaigu", "extend", "2026-12-11 10:00", **dates) == ["guard:both_agree_to_extend"]
    do("lu.chengjun", joint(), "agree_extension_proc", at("2026-12-14 09:00"))
    do("shi.huaigu", joint(), "extend", at("2026-12-14 10:00"), **dates)

    assert running("joint_case_deadline").due_on == date(2027, 3, 31)
    sweep(at("2027-04-01 00:00"))
    assert refused(
        "shi.huaigu", "ask_extension", "2027-04-01 09:00", new_deadline_on=date(2027, 6, 1), reason="x"
    ) == ["guard:joint_deadline_not_passed"]
    assert visible(user("shao.weimin"), Proceeding, now=at("2027-04-01 09:00")).filter(pk=joint().pk).exists()
