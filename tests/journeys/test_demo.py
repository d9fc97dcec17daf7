"""The demo world on its reference day stands as the cast says."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Draft, Proceeding
from cases.sweep import unmeasured
from supervision.demo import people, stories, telling
from tests.cast import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    people.load(hashed="!")
    telling.play(stories.all_scenes(), until=stories.REFERENCE)


def running(number: str, limit: str) -> Deadline:
    return Deadline.objects.get(case__number=number, limit=limit, stopped_at=None)


def test_demo_world_stands_as_the_cast_says() -> None:
    theft, river, seizure, one = (
        "A9901025100002026110021", "A9902021500002026110006", "A9901211600002026100005", "A9901021500002026090008",
    )  # fmt: skip

    assert running(theft, "arrest_review_detained").due_on == date(2026, 11, 27)
    request = running(river, "arrest_request_after_detention")
    assert (request.due_at, request.outer_at) == (at("2026-11-23 20:15"), at("2026-11-24 00:00"))
    assert running(seizure, "correction_reexamination").due_on == date(2026, 11, 25)
    assert not Deadline.objects.filter(
        case__number=seizure, limit="correction_notice_reply", stopped_at=None
    ).exists()
    assert Proceeding.objects.get(case__number=one, process="correction_notice").state == "escalated"
    assert running(one, "superior_handling_norm").due_on == date(2026, 12, 9)
    assert running(one, "internal_answer_before_due").fires_at < stories.REFERENCE
    assert Case.objects.count() == 5
    assert unmeasured() == []
    assert not Draft.objects.filter(outcome="", role="").exists()
