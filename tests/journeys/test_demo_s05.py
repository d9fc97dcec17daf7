"""S5, the disputed seizure list, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

SEIZURE = "A9901211600002026100005"


def test_objection_has_stopped_the_reply_and_begun_the_reexamination() -> None:
    tell("s05_seizure_list")

    assert running(SEIZURE, "correction_reexamination").due_on == date(2026, 11, 25)
    assert not Deadline.objects.filter(
        case__number=SEIZURE, limit="correction_notice_reply", stopped_at=None
    ).exists()
