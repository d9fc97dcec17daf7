"""S10, the paper mill that waits, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Draft
from coordination.models import Message
from supervision.demo import stories
from tests.cast import at, case_numbered, run, user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

MILL = "A9901211600002026010010"


def test_day_of_the_plan_has_passed_and_a_choice_lies_ready() -> None:
    tell()

    row = run(case_numbered(MILL), "hanging_case_clearance")
    watch = Deadline.objects.get(case__number=MILL, limit="hanging_watch")
    node = running(MILL, "hanging_time_node")
    assert (watch.due_on, row.opened_at) == (date(2026, 4, 12), at("2026-04-13 00:00"))
    assert (row.state, node.due_on) == ("overdue", date(2026, 11, 20))
    assert node.fires_at < stories.REFERENCE
    assert Draft.objects.get(proceeding=row, step="replan", outcome="").role == "police_legal"
    for login in ("zhuang.yining", "police_chief.yanhu", "office_resident.yanhu"):
        assert Message.objects.filter(recipient=user(login), code="deadline.overdue").exists()
