"""The demo world on 2026-11-23 at 09:30: what is due, late, to be approved, possible, and held back on purpose.

Each row is (story, what, until when). What differs from a plain reading of the cast is said in docs/decisions/0021.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.db.models import Q

from cases import status
from cases.models import Deadline, Draft, Proceeding
from cases.status import Status
from cases.steps import choices
from supervision import suggestions
from supervision.demo.stories import REFERENCE as NOW
from supervision.models import Suggestion
from tests.cast import user
from tests.journeys.demo_world import tell

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
STORIES = {
    "A9901025100002026110021": "S1", "A9901021600002026090003": "S2", "A9902021500002026070003": "S3",
    "A9901021500002026090008": "S4", "A9901211600002026100005": "S5", "A9902021500002026110006": "S6",
    "A9902211500002026060007": "S7", "A9901021600002026090001": "S8", "A9901211600002026010010": "S10",
    "A9902211500002026090011": "S11", "A9901025100002026100012": "S12",
}  # fmt: skip
YANHU = "990121"


@pytest.fixture(autouse=True)
def _told() -> None:
    tell()


def story(row: Proceeding) -> str:
    """The story a matter belongs to; those without a case by what they are and where."""
    if row.case is not None:
        return STORIES[row.case.number]
    if row.process == "detained_not_submitted_review":
        return "S9"
    return "S10" if row.jurisdiction == YANHU else "S12"


def clocks(where: Q) -> list[tuple[str, str, str]]:
    """Running clocks with their story and the last day (an hour period: its last instant)."""
    rows = Deadline.objects.filter(where, stopped_at=None).select_related("proceeding__case")
    found = []
    for row in rows:
        end = f"{row.due_on}" if row.due_on else f"{row.due_at + timedelta(hours=8):%Y-%m-%d %H:%M}"
        found.append((story(row.proceeding), row.limit, end))
    return sorted(found)


def drafted(rows: Iterable[Draft]) -> list[tuple[str, str, str]]:
    return sorted((story(draft.proceeding), draft.step, draft.role) for draft in rows)


def test_due_today() -> None:
    assert clocks(status.due_today(NOW)) == [
        ("S11", "custody_necessity_reply", "2026-11-23"),
        ("S3", "withdraw_notice_reconsideration_decision", "2026-11-23"),
        ("S6", "arrest_request_after_detention", "2026-11-23 20:15"),
        ("S9", "detained_list_weekly", "2026-11-23"),
    ]  # fmt: skip


def test_overdue() -> None:
    assert clocks(status.where(Status.OVERDUE, NOW)) == [
        ("S10", "hanging_time_node", "2026-11-20"),
        ("S10", "meeting_action_due", "2026-11-20"),
        ("S12", "meeting_action_due", "2026-11-20"),
        ("S2", "economic_crime_notice_to_file_comply", "2026-11-20"),
        ("S2", "filing_supervision_noncompliance_watchdog", "2026-11-20"),
        ("S2", "notify_file_case_comply", "2026-11-20"),
        ("S4", "correction_notice_reply", "2026-11-06"),
        ("S4", "internal_answer_before_due", "2026-11-03"),
        ("S8", "joint_report_cycle", "2026-11-18"),
    ]  # fmt: skip


def test_due_in_three_days() -> None:
    ahead = Q(due_on__gt=DAY, due_on__lte=DAY + timedelta(days=3))

    assert clocks(ahead & ~Q(limit__in=status.lapsing())) == [
        ("S1", "desk_receipt_norm", "2026-11-24"),
        ("S1", "package_fix_norm", "2026-11-26"),
        ("S12", "analysis_sign_norm", "2026-11-25"),
        ("S12", "data_request_answer", "2026-11-24"),
        ("S12", "lookup_review_norm", "2026-11-26"),
        ("S12", "quality_comment_norm", "2026-11-25"),
        ("S5", "correction_reexamination", "2026-11-25"),
        ("S5", "officer_hearing_norm", "2026-11-26"),
        ("S7", "supplementary_investigation", "2026-11-26"),
        ("S9", "detained_files_handover", "2026-11-24"),
    ]  # fmt: skip


def test_waiting_for_approval() -> None:
    waiting = Draft.objects.filter(outcome="", awaiting=Draft.Awaiting.APPROVER)

    assert drafted(waiting.select_related("proceeding__case")) == [
        ("S2", "correct", "chief_procurator"),
        ("S3", "reconsider_uphold", "chief_procurator"),
    ]


def test_possible_findings_that_nobody_has_decided() -> None:
    rows = suggestions.holding(Suggestion.objects.filter(decision=""), NOW).select_related("case", "suspect")

    found = {(STORIES[row.case.number], row.code, row.suspect.name if row.suspect else "") for row in rows}
    assert found == {
        ("S1", "DET-2", "田广顺"), ("S2", "FIL-10", ""), ("S6", "INT-2", "章阿四"), ("S8", "SEP-2", "雷震"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "process", "login", "step", "reason"),
    [
        # A third return: the case is out for the second time, and comes back to be decided (RULES 350).
        ("A9902211500002026060007", "prosecution_review", "wang.yiwei", "prepare_return", ""),
        # Upholding a contested notice before the officers were heard.
        ("A9901211600002026100005", "correction_notice", "zhuang.yining", "uphold", "guard:no_hearing_open"),
        # A release of the joint case by the Office alone.
        ("A9901021600002026090001", "joint_supervised_case", "jiang.wanzhao", "release", ""),
    ],
)  # fmt: skip
def test_blocked_on_purpose(number: str, process: str, login: str, step: str, reason: str) -> None:
    row = Proceeding.objects.filter(case__number=number, process=process).latest("opened_at")

    offered = {one.step.id: one for one in choices(user(login), row, at=NOW)}

    assert not (step in offered and offered[step].possible)
    assert not reason or reason in {found.code for found in offered[step].reasons}
