"""Norms of this house or place: set longer by whoever states a date, and how long an act at once lasts."""

from datetime import date

import pytest

from coordination.law.calendar import national
from coordination.law.clock import due, late_from
from coordination.law.rulebook import rulebook
from tests.law.asked import ask, at

# Monday 3 March 2025: the norm of five working days ends on Monday 10 March.
NORMS_SET = [
    (date(2025, 3, 7), "2025-03-08T00:00", "printed"),
    (date(2025, 3, 10), "2025-03-11T00:00", "printed"),
    (date(2025, 3, 11), "2025-03-12T00:00", "norm_set"),
    (date(2025, 4, 30), "2025-05-01T00:00", "norm_set"),
]


@pytest.mark.parametrize(("stated", "ends", "code"), NORMS_SET)
def test_norm_may_be_set_longer_and_says_so(stated, ends, code):
    found = ask("reply_after_urge_norm", "2025-03-03", stated=stated)

    assert found.at == at(ends)
    assert [line.code for line in found.because][1] == code


def test_what_is_due_at_once_is_late_when_its_act_is_over():
    started = at("2025-03-03T09:20")
    found = due(rulebook().limit("case_reception_immediate"), started, in_custody=False, calendar=national())

    over, why = late_from(found, calendar=national())

    assert (found.at, found.fires_at, over) == (started, started, at("2025-03-03T10:20"))
    assert [(line.code, line.rule, line.source) for line in why] == [("same_act", "C20", "design")]


def test_what_has_a_period_is_late_at_its_end():
    found = ask("filing_review_general", "2025-03-03")

    assert late_from(found, calendar=national()) == (found.fires_at, ())
