"""SUP-DUTY without a case: files of the weekly list that never come, the feedback of a quarter, diverted cases."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Document, Draft, Proceeding, Step
from cases.steps import begin
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import AuditEntry, Message
from supervision.demo import people
from supervision.models import Finding
from tests.cast import DUKOU, at, do, organ, receipted, user
from tests.journeys.ledger import lines
from tests.journeys.matters import sees

pytestmark = pytest.mark.django_db

LIST, DIVERTED = "detained_not_submitted_review", "diverted_case_review"
WEEK = ("阚东来：11月9日拘留，11月12日取保候审，无羁押必要", "褚小海：11月11日拘留，11月14日释放，证据不足")


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def handed(when: str, from_on: date, to_on: date, *persons: str) -> Proceeding:
    """The list of a week, handed over by the police member and receipted an hour later."""
    facts = {"from_on": from_on, "to_on": to_on, "persons": persons}
    row = begin(user("shi.huaigu"), LIST, "hand_list", case=None, facts=facts, at=at(when)).proceeding
    receipted("xu.qingzhi", None, "DOC-DETAINED-LIST", at(when).replace(hour=11))
    return row


def clock(row: Proceeding, limit: str) -> Deadline:
    return Deadline.objects.filter(proceeding=row, limit=limit).latest("started_at")


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in caught.value.reasons]


def told(code: str) -> set[str]:
    """Who has a message of this code."""
    return set(Message.objects.filter(code=code).values_list("recipient__login", flat=True))


def every_step_is_audited(row: Proceeding) -> bool:
    entries = AuditEntry.objects.filter(subject_id=row.pk, action__startswith="step.")
    return entries.count() == Step.objects.filter(proceeding=row).count()


def lead(code: str, pin: str) -> dict[str, object]:
    """What a lead is registered with."""
    return {"unit": str(organ(DUKOU).pk), "findings": (code,), "evidence_pin": pin}


def test_files_that_are_not_handed_over_climb_to_both_chiefs_and_become_a_lead() -> None:
    row, files = refused()

    assert (row.state, files.stopped_at) == ("reviewed", at("2026-11-30 09:00"))
    opened = Proceeding.objects.get(process="supervision_lead", parent=row)
    assert opened.steps.get(name="register").facts["source"] == "detained_list"
    assert Finding.objects.get(lead=opened).code == "DET-5"
    now = at("2026-11-30 10:00")
    assert all(sees(login, row, now) for login in ("fang.shuning", "shi.huaigu", "gu.nanqiao"))
    assert not any(sees(login, opened, now) for login in ("fang.shuning", "shi.huaigu", "han.kefei"))
    assert not any(sees(login, row, now) for login in ("xiahou.qi", "zhuang.yining", "you.minzhi"))
    # The register has a line a person whose detention is on record; of these only the list tells.
    assert lines("REG-DETAINED", "shi.huaigu", now) == []
    (registered,) = lines("REG-LEAD", "gu.nanqiao", now)
    assert any("DET-5" in cell for cell in registered)
    do("jiang.wanzhao", row, "close", now)
    assert every_step_is_audited(row)
    assert unmeasured() == []


def refused() -> tuple[Proceeding, Deadline]:
    """A list whose files never come, and the clock of the files: both chiefs were told before it is on record."""
    row = handed("2026-11-16 10:00", date(2026, 11, 9), date(2026, 11, 15), *WEEK)
    following = Proceeding.objects.get(process=LIST, parent=row)
    assert clock(following, "detained_list_weekly").due_on == date(2026, 11, 23)
    do("jiang.wanzhao", row, "ask_files", at("2026-11-17 09:30"), persons=("阚东来",), reason="变更理由不明")
    with pytest.raises(Refused) as unread:
        do("fang.shuning", row, "hand_files", at("2026-11-17 09:40"))
    assert codes(unread) == ["event"]
    receipted("fang.shuning", None, "DOC-FILE-REQUEST", at("2026-11-17 10:00"))
    files = clock(row, "detained_files_handover")
    assert (files.due_on, files.responsible_role, files.counterparty) == (
        date(2026, 11, 24), "police_legal", organ("990102JC"),
    )  # fmt: skip
    missing = {"missing": ("阚东来",), **lead("DET-5", "2026年第46周清单第1行")}
    with pytest.raises(Refused) as early:
        do("jiang.wanzhao", row, "refuse_files", at("2026-11-24 17:00"), **missing)
    assert codes(early) == ["not_expired:detained_files_handover"]

    sweep(at("2026-11-25 09:00"))
    assert {"fang.shuning", "jiang.wanzhao"} <= told("deadline.overdue")
    assert "lu.chengjun" not in told("deadline.overdue")
    sweep(at("2026-11-28 00:00"))
    assert {"han.kefei", "lu.chengjun"} <= told("deadline.overdue")
    assert Draft.objects.get(proceeding=row, step="refuse_files", outcome="").role == "office_resident"
    do("jiang.wanzhao", row, "refuse_files", at("2026-11-30 09:00"), **missing)

    row.refresh_from_db()
    files.refresh_from_db()
    return row, files


def test_quarter_is_fed_back_to_the_police_before_its_list_is_closed() -> None:
    row = handed("2026-07-06 10:00", date(2026, 6, 29), date(2026, 7, 5))
    feedback = clock(row, "detained_quarter_feedback")
    assert (feedback.due_on, feedback.responsible_role) == (date(2026, 7, 20), "office_resident")
    do("jiang.wanzhao", row, "no_doubt", at("2026-07-07 09:00"))
    with pytest.raises(Refused) as owed:
        do("jiang.wanzhao", row, "close", at("2026-07-07 09:10"))
    assert codes(owed) == ["running:detained_quarter_feedback"]
    sweep(at("2026-07-15 09:00"))
    assert Draft.objects.get(proceeding=row, step="quarter", outcome="").role == "office_resident"
    assert "jiang.wanzhao" in told("deadline.remind")

    do(
        "jiang.wanzhao", row, "quarter", at("2026-07-17 10:00"), period="2026年第二季度",
        result_by_person=("二季度未提捕十一人，均有变更依据",), common_problem="变更理由记载过简",
    )  # fmt: skip

    paper = Document.objects.get(proceeding=row, kind="DOC-QUARTER-FEEDBACK")
    assert paper.addressee == organ("990102000000")
    feedback.refresh_from_db()
    assert feedback.stopped_at == at("2026-07-17 10:00")
    assert sees("fang.shuning", row, at("2026-07-17 11:00"))
    do("jiang.wanzhao", row, "close", at("2026-07-17 11:00"))
    row.refresh_from_db()
    assert row.state == "closed"
    assert every_step_is_audited(row)


def test_week_in_which_no_quarter_ends_owes_no_feedback() -> None:
    row = handed("2026-07-13 10:00", date(2026, 7, 6), date(2026, 7, 12))
    do("jiang.wanzhao", row, "no_doubt", at("2026-07-14 09:00"))

    with pytest.raises(Refused) as none:
        do(
            "jiang.wanzhao", row, "quarter", at("2026-07-14 10:00"), period="x", result_by_person=("x",),
            common_problem="x",
        )  # fmt: skip

    assert codes(none) == ["guard:quarter_feedback_owed"]
    do("jiang.wanzhao", row, "close", at("2026-07-14 10:10"))


def drawn() -> Proceeding:
    """A sample of two cases that left the criminal channel, asked for on Monday 2 November and receipted at once."""
    facts = {
        "period": "2026年第三季度",
        "filter": "撤案",
        "cases": ("望青公（刑）撤字12号", "望青公（刑）撤字15号"),
    }
    row = begin(
        user("jiang.wanzhao"), DIVERTED, "draw", case=None, facts=facts, at=at("2026-11-02 09:00")
    ).proceeding
    with pytest.raises(Refused) as unread:
        do("fang.shuning", row, "hand_files", at("2026-11-02 09:10"))
    assert codes(unread) == ["event"]
    receipted("fang.shuning", None, "DOC-FILE-REQUEST", at("2026-11-02 10:00"))
    return row


def without_files() -> Proceeding:
    """A sample of which one file never comes: both chiefs were told before it is on record."""
    row = drawn()
    files = clock(row, "diverted_files_handover")
    assert (files.due_on, files.responsible_role) == (date(2026, 11, 9), "police_legal")
    with pytest.raises(Refused) as early:
        do("jiang.wanzhao", row, "no_files", at("2026-11-09 15:00"), missing=("撤字15号",))
    assert codes(early) == ["not_expired:diverted_files_handover"]
    sweep(at("2026-11-10 09:00"))
    assert {"fang.shuning", "jiang.wanzhao"} <= told("deadline.overdue")
    sweep(at("2026-11-17 00:00"))
    assert {"han.kefei", "lu.chengjun"} <= told("deadline.overdue")
    assert Draft.objects.get(proceeding=row, step="no_files", outcome="").role == "office_resident"

    do("jiang.wanzhao", row, "no_files", at("2026-11-17 09:00"), missing=("撤字15号",))
    return row


def test_diverted_cases_are_read_without_files_that_do_not_come_and_become_leads() -> None:
    row = without_files()
    read = ("撤字12号：撤案依据不足", "撤字15号：无案卷")
    do("gu.nanqiao", row, "opine", at("2026-11-19 10:00"), result_by_case=read)
    found = (("11:01", "撤字12号", "撤案报告第2页"), ("11:02", "撤字15号", "平台登记"))
    for hour, case_no, pin in found:
        do("gu.nanqiao", row, "to_lead", at(f"2026-11-19 {hour}"), case_no=case_no, **lead("FIL-7", pin))
    leads = Proceeding.objects.filter(process="supervision_lead", parent=row)
    assert leads.count() == 2
    do("jiang.wanzhao", row, "feedback", at("2026-11-20 09:00"))

    now = at("2026-11-20 10:00")
    row.refresh_from_db()
    assert row.state == "closed"
    assert Document.objects.get(proceeding=row, kind="DOC-DIVERTED-OPINION").addressee == organ(
        "990102000000"
    )
    assert sees("fang.shuning", row, now)
    assert not any(sees("fang.shuning", opened, now) for opened in leads)
    (line,) = lines("REG-DIVERTED", "shi.huaigu", now)
    assert "撤案" in line
    assert every_step_is_audited(row)
    assert unmeasured() == []


def test_diverted_cases_in_which_nothing_is_found_are_closed() -> None:
    row = drawn()

    do("fang.shuning", row, "hand_files", at("2026-11-06 16:00"))
    do("gu.nanqiao", row, "nothing", at("2026-11-10 09:00"))

    row.refresh_from_db()
    assert row.state == "closed"
    assert clock(row, "diverted_files_handover").stopped_at == at("2026-11-06 16:00")
    assert not Proceeding.objects.filter(process="supervision_lead").exists()
    assert lines("REG-DIVERTED", "jiang.wanzhao", at("2026-11-10 10:00"))
