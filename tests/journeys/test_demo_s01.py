"""S1, the theft ring at the ferry market, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

THEFT = "A9901025100002026110021"


def test_arrest_review_runs_from_the_second_request() -> None:
    tell("s01_ferry_market")

    assert running(THEFT, "arrest_review_detained").due_on == date(2026, 11, 27)
