"""The product's own calendar against two libraries, and what it says at its edges."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from coordination.law.calendar import Calendar, national, read

# 2025-01-27 Mon … 2025-02-09 Sun; Tuesday and Wednesday off, the second Saturday worked
SMALL = Calendar(
    date(2025, 1, 27),
    date(2025, 2, 9),
    frozenset({date(2025, 1, 28), date(2025, 1, 29)}),
    frozenset({date(2025, 2, 8)}),
    "small",
)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=passed) for passed in range((last - first).days + 1)]


def test_national_calendar_covers_2020_to_2026():
    calendar = national()

    assert (calendar.first_day, calendar.last_day) == (date(2020, 1, 1), date(2026, 12, 31))
    assert calendar.version == "CN 2020-2026 (2025-11-04)"


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_day_agrees_with_chinesecalendar(year):
    covered = days(date(year, 1, 1), date(year, 12, 31))

    ours = [day for day in covered if national().is_working_day(day)]

    assert ours == [day for day in covered if chinese_calendar.is_workday(day)]


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_day_agrees_with_holidays(year):
    covered = days(date(year, 1, 1), date(year, 12, 31))
    library = holidays.country_holidays("CN", years=year)

    ours = [day for day in covered if national().is_working_day(day)]

    assert ours == [day for day in covered if library.is_working_day(day)]


def test_days_off_are_named_in_both_languages():
    assert national().names[date(2026, 2, 17)] == ("Spring Festival", "春节")
    assert national().names[date(2026, 2, 14)] == ("Spring Festival", "春节")


def test_look_ups_agree_with_a_plain_walk():
    calendar = national()
    for day in days(date(2024, 1, 1), date(2025, 1, 31)):
        after = [later for later in days(day, day + timedelta(days=20)) if calendar.is_working_day(later)]
        before = [
            earlier for earlier in days(day - timedelta(days=20), day) if calendar.is_working_day(earlier)
        ]

        assert calendar.on_or_after(day) == after[0]
        assert calendar.on_or_before(day) == before[-1]
        following = [later for later in after if later > day]
        assert [calendar.moved(day, count) for count in (1, 2, 5)] == [
            following[0],
            following[1],
            following[4],
        ]
        earlier = [each for each in before if each < day]
        assert [calendar.moved(day, -count) for count in (1, 2, 5)] == [earlier[-1], earlier[-2], earlier[-5]]
        assert calendar.between(day, day + timedelta(days=20)) == len(after)


def test_edges_are_known_and_beyond_them_nothing_is_guessed():
    assert SMALL.on_or_after(date(2025, 2, 8)) == date(2025, 2, 8)
    assert SMALL.on_or_after(date(2025, 2, 9)) is None  # the Monday after is not in the table
    assert SMALL.on_or_after(date(2025, 2, 10)) is None
    assert SMALL.on_or_after(date(2025, 1, 26)) is None
    assert SMALL.on_or_before(date(2025, 1, 27)) == date(2025, 1, 27)
    assert SMALL.on_or_before(date(2025, 1, 29)) == date(2025, 1, 27)
    assert SMALL.on_or_before(date(2025, 2, 9)) == date(2025, 2, 8)
    assert SMALL.on_or_before(date(2025, 2, 10)) is None
    assert SMALL.moved(date(2025, 1, 26), 1) == date(2025, 1, 27)
    assert SMALL.moved(date(2025, 1, 25), 1) is None
    assert SMALL.moved(date(2025, 2, 7), 1) == date(2025, 2, 8)
    assert SMALL.moved(date(2025, 2, 7), 2) is None
    assert SMALL.moved(date(2025, 2, 9), -1) == date(2025, 2, 8)
    assert SMALL.moved(date(2025, 1, 27), -1) is None
    assert SMALL.between(date(2025, 1, 27), date(2025, 2, 9)) == 9
    assert SMALL.between(date(2025, 2, 9), date(2025, 1, 27)) == 0
    assert SMALL.between(date(2025, 1, 26), date(2025, 2, 9)) is None
    with pytest.raises(LookupError, match="lies outside the calendar small"):
        SMALL.is_working_day(date(2025, 2, 10))


def test_calendar_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        Calendar(date(2025, 2, 1), date(2025, 1, 1), frozenset(), frozenset(), "backwards")


TABLE = """
year = {year}
[notice]
zh = "通知"
en = "notice"
published_on = 2024-11-12
[[holidays]]
zh = "元旦"
en = "New Year"
off = [{off}]
worked = [{worked}]
"""


@pytest.mark.parametrize(
    ("years", "off", "worked", "fault"),
    [
        ((2025,), "2025-01-04", "2025-01-05", "a weekend day as off"),
        ((2025,), "2025-01-01", "2025-01-02", "a weekday as worked"),
        ((2025,), "2024-01-01", "2025-01-05", "a day of another year"),
        ((2025,), "2025-01-01, 2025-01-01", "2025-01-05", "a day listed twice"),
        ((2023, 2025), "{year}-05-01", "", "leave a gap"),
    ],
)
def test_table_that_contradicts_itself_is_refused(tmp_path, years, off, worked, fault):
    for year in years:
        table = TABLE.format(year=year, off=off.format(year=year), worked=worked)
        (tmp_path / f"{year}.toml").write_text(table, encoding="utf-8")

    with pytest.raises(ValueError, match=fault):
        read(tmp_path)
