"""How a deadline stands, as a table; and the same rule asked of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from cases import status as states
from cases.models import Deadline
from cases.status import Status, status
from supervision.demo import people
from tests.cast import at, registered

NOW = at("2026-11-23 09:30")
DAY = at("2026-11-01 00:00")


@dataclass
class Row:
    """A deadline without a database."""

    due_at: datetime
    due_on: date | None = None
    limit: str = "filing_review_general"
    started_at: datetime = DAY
    is_provisional: bool = False
    suspended_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def fires_at(self) -> datetime:
        return self.due_at


def day(text: str) -> dict[str, object]:
    """A period whose last day is `text`: it ends at the next midnight."""
    on = date.fromisoformat(text)
    return {"due_on": on, "due_at": at(f"{text} 00:00") + timedelta(days=1)}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Row(**day("2026-11-30")), Status.RUNNING),
        (Row(**day("2026-11-26")), Status.RUNNING),  # 24:00 is three days and more away
        (Row(**day("2026-11-25")), Status.DUE_SOON),
        (Row(**day("2026-11-23")), Status.DUE_SOON),  # its 24:00 has not come
        (Row(**day("2026-11-22")), Status.OVERDUE),
        (Row(at("2026-11-23 15:31"), started_at=at("2026-11-22 15:31")), Status.RUNNING),
        (Row(at("2026-11-23 15:30"), started_at=at("2026-11-22 15:30")), Status.DUE_SOON),
        (Row(at("2026-11-23 09:30"), started_at=at("2026-11-22 09:30")), Status.OVERDUE),
        # three full days of a detention: one day ahead
        (Row(at("2026-11-24 09:31"), started_at=at("2026-11-21 09:31")), Status.RUNNING),
        (Row(at("2026-11-24 09:30"), started_at=at("2026-11-21 09:30")), Status.DUE_SOON),
        (Row(**day("2026-11-30"), is_provisional=True), Status.PROVISIONAL),
        (Row(**day("2026-11-24"), is_provisional=True), Status.DUE_SOON),
        (Row(**day("2026-11-20"), suspended_at=at("2026-11-18 09:00")), Status.SUSPENDED),
        # what could be done until then was a right: nothing is owed any longer
        (Row(**day("2026-11-22"), limit="non_filing_reconsideration_request"), Status.STOPPED),
        (Row(**day("2026-11-24"), limit="non_filing_reconsideration_request"), Status.DUE_SOON),
        (Row(**day("2026-11-20"), stopped_at=at("2026-11-20 23:59")), Status.MET),
        (Row(**day("2026-11-20"), stopped_at=at("2026-11-21 00:00")), Status.MET),
        (Row(**day("2026-11-20"), stopped_at=at("2026-11-21 00:01")), Status.LATE),
    ],
)
def test_status_follows_from_the_row_and_the_instant(row: Row, expected: Status) -> None:
    assert status(row, NOW) is expected


@pytest.mark.django_db
def test_the_database_finds_what_the_function_says() -> None:
    people.load(hashed="!")
    case = registered(at("2026-11-02 09:00"))
    first = Deadline.objects.filter(case=case).first()
    assert first is not None
    ends = [NOW + timedelta(hours=hours) for hours in (-30, -1, 0, 1, 5, 6, 7, 23, 24, 25, 71, 72, 73, 200)]
    for place, end in enumerate(ends):
        for on, length in ((end.date(), 240), (None, 24), (None, 72)):
            Deadline.objects.filter(pk=first.pk).update(
                due_at=end, fires_at=end, due_on=on, started_at=end - timedelta(hours=length),
                suspended_at=end if place % 5 == 4 else None,
                limit="non_filing_reconsideration_request" if place % 3 == 2 else "filing_review_general",
            )  # fmt: skip
            first.refresh_from_db()
            for wanted in (Status.OVERDUE, Status.DUE_SOON, Status.SUSPENDED):
                found = Deadline.objects.filter(states.where(wanted, NOW), pk=first.pk).exists()
                assert found is (status(first, NOW) is wanted), (end, on, length, wanted)


@pytest.mark.django_db
def test_due_today_ends_with_the_day_in_beijing() -> None:
    people.load(hashed="!")
    row = Deadline.objects.filter(case=registered(at("2026-11-02 09:00"))).first()
    assert row is not None
    found = {}
    for text in ("2026-11-23 00:00", "2026-11-23 00:01", "2026-11-24 00:00", "2026-11-24 00:01"):
        Deadline.objects.filter(pk=row.pk).update(due_at=at(text))
        found[text[5:]] = Deadline.objects.filter(states.due_today(NOW), pk=row.pk).exists()

    assert list(found.values()) == [False, True, True, False]
