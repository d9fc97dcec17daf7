"""S10, the meeting that set a day for the hanging case, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Draft, Proceeding
from supervision.demo import stories
from supervision.demo.stories.s10_joint_meeting import CLEAR
from tests.cast import at, user
from tests.journeys.demo_world import tell

pytestmark = pytest.mark.django_db


def test_action_is_overdue_and_bound_for_the_next_agenda() -> None:
    tell()
    action = Proceeding.objects.get(process="meeting_action", about=CLEAR)

    clock = Deadline.objects.get(proceeding=action, limit="meeting_action_due", stopped_at=None)
    assert (clock.owner, clock.due_on, clock.fires_at) == (
        user("wen.zean"), date(2026, 11, 20), at("2026-11-21 00:00"),
    )  # fmt: skip
    assert action.state == "overdue"
    assert Draft.objects.get(proceeding=action, step="carry", outcome="").prepared_at <= stories.REFERENCE
    assert action.parent is not None
    assert (action.parent.process, action.parent.state) == ("joint_meeting", "closed")
