"""S4, two interrogations and one officer, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.demo import stories
from tests.cast import case_numbered, run
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

ONE_OFFICER = "A9901021500002026090008"


def test_unanswered_notice_has_been_reported_upward() -> None:
    tell("s04_one_officer")

    assert run(case_numbered(ONE_OFFICER), "correction_notice").state == "escalated"
    assert running(ONE_OFFICER, "superior_handling_norm").due_on == date(2026, 12, 9)
    assert running(ONE_OFFICER, "internal_answer_before_due").fires_at < stories.REFERENCE
