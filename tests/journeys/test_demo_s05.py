"""S5, the disputed seizure list, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline
from cases.steps import choices
from supervision.demo import stories
from tests.cast import case_numbered, run, user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

SEIZURE = "A9901211600002026100005"


def test_objection_has_stopped_the_reply_and_begun_the_reexamination() -> None:
    tell()

    assert running(SEIZURE, "correction_reexamination").due_on == date(2026, 11, 25)
    assert not Deadline.objects.filter(
        case__number=SEIZURE, limit="correction_notice_reply", stopped_at=None
    ).exists()


def test_hearing_of_officers_is_called_for_the_afternoon_and_holds_the_notice_back() -> None:
    tell()

    hearing = run(case_numbered(SEIZURE), "officer_hearing")
    summons = hearing.steps.get()
    assert (summons.name, summons.facts["place"]) == ("call", "砚湖侦协办")
    assert summons.facts["meets_at"] == "2026-11-23T14:30:00+08:00"
    notice = run(case_numbered(SEIZURE), "correction_notice")
    offered = choices(user("zhuang.yining"), notice, at=stories.REFERENCE)
    uphold = next(choice for choice in offered if choice.step.id == "uphold")
    assert {reason.code for reason in uphold.reasons} == {
        "guard:no_hearing_open", "running:officer_hearing_norm",
    }  # fmt: skip
