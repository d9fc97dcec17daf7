"""S11, the sole carer of two children, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Proceeding
from cases.queries import custody_bar
from coordination.errors import Refused
from coordination.models import Message
from supervision.demo import stories
from tests.cast import do, user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

CARER = "A9902211500002026090011"


def test_answer_is_due_today_and_the_correction_tomorrow() -> None:
    tell()

    row = Proceeding.objects.get(case__number=CARER, process="custody_necessity")
    assert running(CARER, "custody_necessity_reply").due_on == date(2026, 11, 23)
    assert running(CARER, "investigation_custody").due_on == date(2026, 12, 18)
    for login in ("ruan.changlin", "yan.qitai", "pei.songnian"):
        assert Message.objects.filter(recipient=user(login), code="deadline.due").exists(), login
    with pytest.raises(Refused) as early:
        do("wang.yiwei", row, "no_reply", stories.REFERENCE)
    assert [reason.code for reason in early.value.reasons] == ["not_expired:custody_necessity_reply"]


def test_custody_was_extended_once_and_its_next_end_is_watched() -> None:
    tell()

    clocks = custody_bar.clocks(Deadline.objects.filter(case__number=CARER))
    force = custody_bar.in_force(clocks, lang="en", now=stories.REFERENCE)
    assert force is not None
    assert force.ask_by == date(2026, 12, 11)
    watches = Proceeding.objects.filter(case__number=CARER, process="custody_extension").order_by("opened_at")
    assert [watch.state for watch in watches] == ["closed", "watching"]
    owed = Deadline.objects.filter(case__number=CARER, stopped_at=None, fires_at__lte=stories.REFERENCE)
    assert [row.limit for row in owed] == []
