"""S6, the death in the river lane, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.queries import owed
from coordination.standing import standing
from supervision.demo.stories import REFERENCE as NOW
from tests.cast import at, case_numbered, run, user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

RIVER = "A9902021500002026110006"


def test_request_for_arrest_is_due_in_the_evening() -> None:
    tell()

    request = running(RIVER, "arrest_request_after_detention")

    assert (request.due_at, request.outer_at) == (at("2026-11-23 20:15"), at("2026-11-24 00:00"))


def test_countdown_stands_first_on_the_lists_of_both_desks() -> None:
    tell()

    for login in ("zhu.changhe", "ji.yunshu"):
        person = user(login)
        found = owed.work_list(person, standing(person, NOW), owed.Asked(whose="organ"), now=NOW)
        first = found.rows[0]
        assert first.line is not None
        assert (first.line.limit.id, first.line.at) == (
            "arrest_request_after_detention", at("2026-11-23 20:15"),
        )  # fmt: skip


def test_two_of_five_opinions_are_still_open() -> None:
    tell()

    row = run(case_numbered(RIVER), "timely_involvement")
    answered = [step.facts["item_no"] for step in row.steps.filter(name="answer_item").order_by("sequence")]
    assert (row.state, answered) == ("opinions_given", [2, 5, 1])
    assert running(RIVER, "involvement_adoption_norm").due_on == date(2026, 12, 3)
