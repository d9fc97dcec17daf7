"""A holiday table that cannot be used is refused with every reason, each in words."""

from __future__ import annotations

from datetime import date

import pytest

from coordination.law import calendar
from coordination.law.calendar import combined, own_tables, with_years
from coordination.law.calendar_tables import FaultyTable, import_faults, parse
from tests.holidays import NEXT_YEAR


def codes(text: str) -> list[str]:
    """What stands against a file, read and then set beside the own tables."""
    try:
        table = parse(text)
    except FaultyTable as fault:
        return [reason.code.removeprefix("calendar:") for reason in fault.reasons]
    return [reason.code.removeprefix("calendar:") for reason in import_faults(table, own_tables())]


def test_sound_table_is_read_and_reaches_further() -> None:
    assert codes(NEXT_YEAR) == []

    further = with_years([parse(NEXT_YEAR)])

    assert (further.first_day, further.last_day) == (date(2020, 1, 1), date(2027, 12, 31))
    assert further.version == "CN 2020-2027 (2026-11-25)"
    # Friday 1 January is off, Saturday 30 January is worked
    assert not further.is_working_day(date(2027, 1, 1))
    assert further.is_working_day(date(2027, 1, 30))
    assert further.names[date(2027, 2, 8)] == ("Spring Festival", "春节")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("off = [2027-01-01]", "off = [2027-01-01, 2027-01-01]", ["twice"]),
        ("worked = [2027-05-08]", "worked = [2027-05-08, 2027-05-03]", ["twice", "worked"]),
        ("worked = [2027-05-08]", "worked = [2027-05-07]", ["worked"]),
        ("off = [2027-06-09]", "off = [2027-06-12]", ["off"]),
        ("off = [2027-01-01]", "off = [2026-12-31]", ["other_year"]),
        ("year = 2027", "year = 2029", ["other_year"] * 20),
        ("year = 2027", 'year = "2027"', ["unknown_year"]),
        ("year = 2027", "", ["unknown_year"]),
        ("year = 2027", "year = 1907", ["unknown_year"]),
        ("published_on = 2026-11-25", "", ["notice"]),
        ('number = "样张〔2026〕1号"', "", ["notice"]),
        ('zh = "清明节"', 'zh = "寒食节"', ["gap"]),
        ("off = [2027-04-05]", 'off = ["5 April"]', ["file"]),
        ("off = [2027-04-05]", "", ["file"]),
        ("[notice]", "colour = 'red'\n[notice]", ["file"]),
        ("[notice]", "[notice", ["file"]),
    ],
)
def test_faulty_table_is_refused(old: str, new: str, expected: list[str]) -> None:
    assert old in NEXT_YEAR

    assert codes(NEXT_YEAR.replace(old, new, 1)) == expected


def test_year_that_leaves_a_gap_or_lies_before_all_is_refused() -> None:
    table = parse(NEXT_YEAR)
    known = {year: own for year, own in own_tables().items() if year < 2026}

    assert [reason.code for reason in import_faults(table, known)] == ["calendar:gap"]
    assert "the table of 2026 is missing" in import_faults(table, known)[0].en
    assert [reason.code for reason in import_faults(own_tables()[2020], {2021: own_tables()[2021]})] == [
        "calendar:unknown_year"
    ]


def test_same_table_is_a_duplicate_and_another_one_of_the_year_is_not() -> None:
    table = parse(NEXT_YEAR)
    changed = parse(NEXT_YEAR.replace("off = [2027-06-09]", "off = [2027-06-09, 2027-06-10]"))
    known = {**own_tables(), 2027: table}

    assert [reason.code for reason in import_faults(table, known)] == ["calendar:duplicate"]
    assert import_faults(changed, known) == ()


def test_tables_with_a_gap_make_no_calendar() -> None:
    with pytest.raises(ValueError, match="leave a gap"):
        combined({2020: own_tables()[2020], 2022: own_tables()[2022]})


def test_process_counts_by_what_it_was_handed() -> None:
    try:
        calendar.use([parse(NEXT_YEAR)])
        assert calendar.national().last_day == date(2027, 12, 31)
    finally:
        calendar.use(())
    assert calendar.national().last_day == date(2026, 12, 31)
