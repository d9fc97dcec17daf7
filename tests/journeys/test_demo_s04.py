"""S4, two interrogations and one officer, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Document, Proceeding
from cases.queries import owed
from cases.steps import choices
from coordination.policy import visible
from coordination.standing import standing
from supervision import dashboards
from supervision.dashboards import Selection
from supervision.demo.stories import REFERENCE as NOW
from supervision.models import Suggestion
from tests.cast import case_numbered, run, user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

ONE_OFFICER = "A9901021500002026090008"


def test_unanswered_notice_has_been_reported_upward() -> None:
    tell()

    assert run(case_numbered(ONE_OFFICER), "correction_notice").state == "escalated"
    assert running(ONE_OFFICER, "superior_handling_norm").due_on == date(2026, 12, 9)
    assert running(ONE_OFFICER, "internal_answer_before_due").fires_at < NOW


def test_superior_has_the_report_with_its_papers_and_the_superior_police_nothing_yet() -> None:
    tell()

    notice = run(case_numbered(ONE_OFFICER), "correction_notice")
    xiahou, shao = user("xiahou.qi"), user("shao.weimin")
    reports = dashboards.reported(xiahou, standing(xiahou, NOW), now=NOW, state="open")
    assert [paper.proceeding for paper in reports] == [notice]
    package = visible(xiahou, Document, now=NOW).filter(proceeding=notice)
    assert {paper.kind for paper in package} >= {
        "DOC-CORRECTION-NOTICE",
        "DOC-URGE-REPLY",
        "DOC-SUPERIOR-REPORT",
    }
    assert not visible(shao, Proceeding, now=NOW).filter(pk=notice.pk).exists()


def test_county_police_can_still_answer_and_the_office_sees_what_nobody_answered() -> None:
    tell()

    notice = run(case_numbered(ONE_OFFICER), "correction_notice")
    offered = {one.step.id: one for one in choices(user("fang.shuning"), notice, at=NOW)}
    assert offered["reply"].possible
    assert notice.declared_state.name("zh") == "报上一级"
    resident = user("jiang.wanzhao")
    unanswered = dashboards.rows(Selection("unanswered"), resident, standing(resident, NOW), now=NOW)
    assert notice.pk in {paper.proceeding_id for paper in unanswered}
    officer = user("he.zhiyuan")
    late = owed.work_list(officer, standing(officer, NOW), owed.Asked(state="overdue"), now=NOW)
    internal = next(row for row in late.rows if row.matter.process == "internal_supervision_link")
    assert internal.line is not None
    assert internal.line.on == date(2026, 11, 3)


def test_what_the_machine_saw_of_one_officer_was_taken_up_and_the_missing_reply_needed_no_lead() -> None:
    tell()

    rows = Suggestion.objects.filter(case__number=ONE_OFFICER).order_by("suggested_at")
    assert [(row.code, row.decision) for row in rows] == [
        ("INT-1", "taken_up"), ("REP-1", "dismissed"), ("REP-1", "dismissed"),
    ]  # fmt: skip
    assert rows[0].matter == run(case_numbered(ONE_OFFICER), "supervision_lead")
