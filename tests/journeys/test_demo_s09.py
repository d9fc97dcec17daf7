"""S9, six names on the weekly list, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases import prefilling
from cases.models import Deadline, Draft, Proceeding
from cases.sweep import reconcile, unmeasured
from supervision.demo import stories
from tests.cast import agreed, at, do, registered, run, suspect_of, user
from tests.journeys.demo_world import tell

pytestmark = pytest.mark.django_db

PROCESS = "detained_not_submitted_review"


def clock(limit: str) -> Deadline:
    return Deadline.objects.get(limit=limit, stopped_at=None)


def test_one_file_is_due_tomorrow_and_this_week_s_list_today() -> None:
    tell()

    files, this_week = clock("detained_files_handover"), clock("detained_list_weekly")
    assert (files.due_on, files.responsible_role) == (date(2026, 11, 24), "police_legal")
    assert (this_week.due_on, this_week.responsible_role) == (date(2026, 11, 23), "office_police")
    assert files.proceeding.steps.filter(name="hand_some_files").count() == 1
    assert (
        Draft.objects.get(proceeding=this_week.proceeding, step="hand_list", outcome="").role
        == "office_police"
    )
    assert Proceeding.objects.filter(process=PROCESS, closed_at=None).count() == 2


@pytest.mark.parametrize(
    ("handed", "due"),
    [
        # A Friday, early: the week of Monday 23 November is the next one.
        # A Wednesday, late: the next list is due on Monday all the same.
        ("2026-11-20 15:00", date(2026, 11, 30)),
        ("2026-11-23 10:00", date(2026, 11, 30)),
        ("2026-11-25 10:00", date(2026, 11, 30)),
        ("2026-12-03 10:00", date(2026, 12, 7)),  # a week was missed altogether
    ],
)
def test_next_list_is_due_on_its_weekday_however_late_this_one_came(handed: str, due: date) -> None:
    tell()
    row = clock("detained_list_weekly").proceeding

    do("shi.huaigu", row, "hand_list", at(handed), from_on=date(2026, 11, 16), to_on=date(2026, 11, 19))

    following = clock("detained_list_weekly")
    assert following.proceeding_id != row.pk
    assert (following.due_on, following.due_on.isoweekday()) == (due, 1)
    assert unmeasured() == []
    assert reconcile(at(handed)) == {}


def test_list_is_filled_with_those_whose_detention_ended_in_the_week() -> None:
    tell()
    case = registered(at("2026-11-16 09:00"), "A9901025100002026110077")
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-11-16 16:00"))
    suspect_of(case, at("2026-11-16 17:00"), "谷满仓")
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at("2026-11-17 10:00"),
        executed_at=at("2026-11-17 09:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕130号",
    )  # fmt: skip
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "bail", at("2026-11-19 10:00"),
        executed_at=at("2026-11-19 09:30"), guarantee="guarantor", ends_on=date(2027, 11, 19),
    )  # fmt: skip
    row = clock("detained_list_weekly").proceeding
    declared = row.declared.step("hand_list")

    found = prefilling.offered(row, declared, draft=None, actor=user("shi.huaigu"), now=stories.REFERENCE)

    assert (found["from_on"], found["to_on"]) == (date(2026, 11, 16), date(2026, 11, 22))
    assert found["persons"] == ("谷满仓 · A9901025100002026110077 · 2026-11-17拘留 · 2026-11-19取保候审",)
