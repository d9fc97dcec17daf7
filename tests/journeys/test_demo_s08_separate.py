"""S8, the four persons handled separately, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Activity, Deadline
from coordination.standing import standing
from supervision.demo import stories
from supervision.registers import reading
from tests.cast import user
from tests.journeys.demo_world import tell

pytestmark = pytest.mark.django_db


def test_status_of_four_is_due_in_december_and_the_register_names_them() -> None:
    tell()

    clocks = Deadline.objects.filter(limit="separate_status_report", stopped_at=None)
    assert [clock.due_on for clock in clocks] == [date(2026, 12, 15)] * 4
    orders = Activity.objects.filter(kind="wanted_order").order_by("suspect__position")
    assert [order.suspect.name for order in orders if order.suspect] == ["祁连山", "沙金水", "尚小虎"]
    now, who = stories.REFERENCE, user("gu.nanqiao")
    register = reading.register("REG-SEPARATE")
    page = reading.page(register, who, standing(who, now), wanted=reading.Wanted(), now=now)
    assert {line.cells[0].text for line in page.lines} == {"祁连山", "沙金水", "尚小虎", "雷震"}
