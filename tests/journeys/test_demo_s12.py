"""S12, a month in the Qingzhi Office, on the reference day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from cases.models import Deadline, Draft, Proceeding
from cases.queries import owed
from cases.sweep import unmeasured
from coordination.standing import standing
from supervision.demo import stories
from tests.cast import user
from tests.journeys.demo_world import tell

pytestmark = pytest.mark.django_db

NOW, QINGZHI = stories.REFERENCE, "990102"


@pytest.fixture(autouse=True)
def _told() -> None:
    tell()


def due(limit: str) -> list[date | None]:
    rows = Deadline.objects.filter(limit=limit, stopped_at=None, jurisdiction=QINGZHI).order_by("due_at")
    return list(rows.values_list("due_on", flat=True))


def owes(login: str) -> set[str]:
    """The procedures of what is on a person's list."""
    person = user(login)
    found = owed.work_list(person, standing(person, NOW), owed.Asked(), now=NOW)
    return {row.matter.process for row in (*found.rows, *found.approvals)}


def test_clocks_of_the_office_run_as_the_cast_says() -> None:
    assert due("analysis_sign_norm") == [date(2026, 11, 25)]
    assert due("training_filing_norm") == [date(2026, 11, 27)]
    assert due("guidance_comment_period") == [date(2026, 11, 30)]
    assert due("quality_comment_norm") == [date(2026, 11, 25)]
    assert due("data_request_answer") == [date(2026, 11, 24)]
    assert due("lookup_review_norm") == [date(2026, 11, 26), date(2026, 11, 27)]
    assert due("meeting_action_due") == [date(2026, 11, 20), date(2026, 11, 30), date(2026, 12, 11)]
    assert due("meeting_minutes_norm") == due("bulletin_receipt_norm") == []
    assert unmeasured() == []


def test_five_actions_are_done_running_or_late() -> None:
    actions = Proceeding.objects.filter(process="meeting_action", jurisdiction=QINGZHI)
    states = actions.values_list("state", flat=True)

    assert Counter(states) == {"closed": 2, "in_progress": 2, "overdue": 1}


def test_everyone_sees_what_waits_for_him() -> None:
    signatures = Draft.objects.filter(proceeding__process="joint_analysis", outcome="").order_by("role")
    assert [(draft.step, draft.role) for draft in signatures] == [
        ("sign_proc", "chief_procurator"), ("sign_police", "police_chief"),
    ]  # fmt: skip
    assert "joint_analysis" in owes("han.kefei")
    assert "joint_analysis" in owes("lu.chengjun")
    assert {"platform_lookup", "joint_training", "data_request", "meeting_action"} <= owes("shi.huaigu")
    assert {"joint_guidance", "meeting_action"} <= owes("jiang.wanzhao")
    assert "case_quality_review" in owes("investigator2.dukou")
    assert Proceeding.objects.get(process="bulletin").state == "receipted"
    assert Proceeding.objects.get(process="duty_shift").state == "on_duty"
