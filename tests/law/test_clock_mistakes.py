"""Mistakes that calculators of legal periods make, each made impossible here."""

from datetime import date

import pytest

from coordination.law.clock import Granted, Impossible
from tests.law.asked import ask, ask_after, at, end


def test_month_arithmetic_never_overflows_into_the_next_month():
    # 31 December plus two months is the last of February, not the 3rd of March
    assert end(ask("investigation_custody", "2024-12-31", in_custody=True)) == "2025-02-28"
    assert end(ask("investigation_custody", "2023-12-31", in_custody=True)) == "2024-02-29"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # Saturday 14 February 2026 is worked: the period that ends on it stays
        ("2026-02-11", "2026-02-14"),
        # Monday 16 February 2026 is off though a weekday, so the Sunday before moves to the 24th
        ("2026-02-12", "2026-02-24"),
        # 1 January 2024 was a holiday, the Tuesday after was not: another year, another table
        ("2023-12-29", "2024-01-02"),
        # Sunday 4 January 2026 is worked
        ("2026-01-01", "2026-01-04"),
    ],
)
def test_weekends_are_not_guessed_from_the_weekday(start, expected):
    assert end(ask("filing_review_general", start)) == expected


def test_thirty_seven_days_are_two_stages_and_review_runs_from_the_actual_receipt():
    detained = "2025-06-02T10:00"

    request = ask("arrest_request_after_detention", detained, "thirty", in_custody=True)
    review = ask_after("arrest_review_detained", "arrest_request_received 2025-06-20T16:00", in_custody=True)

    assert end(request) == "2025-07-02 10:00"
    assert end(review) == "2025-06-27"  # not 9 July


def test_thirty_days_need_their_stage():
    assert (
        end(ask("arrest_request_after_detention", "2025-06-02T10:00", in_custody=True)) == "2025-06-05 10:00"
    )


def test_return_for_supplement_adds_no_fixed_month_to_the_review():
    # the review of the first receipt is not prolonged; a new one runs from the re-receipt, sent back after 12 days
    first = ask_after("prosecution_review", "prosecution_file_received 2025-03-03", in_custody=True)
    again = ask_after(
        "prosecution_review",
        "prosecution_file_received 2025-03-03",
        "returned_for_supplement 2025-03-28",
        "file_rereceived 2025-04-09",
        in_custody=True,
    )

    assert (end(first), end(again)) == ("2025-04-03", "2025-05-09")


def test_extensions_are_counted_from_the_anchor_and_never_chained_on_a_clamped_end():
    # 31 December: base 28 February, but three months end on 31 March and not on the 28th
    base = ask("investigation_custody", "2024-12-31", in_custody=True)
    once = ask("investigation_custody", "2024-12-31", "ext1", in_custody=True)
    twice = ask("investigation_custody", "2024-12-31", "ext1", "ext2", in_custody=True)
    thrice = ask("investigation_custody", "2024-12-31", "ext1", "ext2", "ext3", in_custody=True)

    assert [end(found) for found in (base, once, twice, thrice)] == [
        "2025-02-28",
        "2025-03-31",
        "2025-05-31",
        "2025-07-31",
    ]
    assert [found.starts_on for found in (once, twice, thrice)] == [
        date(2025, 3, 1),
        date(2025, 4, 1),
        date(2025, 6, 1),
    ]


def test_month_and_fifteen_days_roll_over_once_at_the_very_end():
    # received 17 March 2025: one month ends Thursday 17 April, fifteen days more on 2 May, Labour Day to the 5th
    found = ask("prosecution_review", "2025-03-17", "complex")

    assert end(found) == "2025-05-06"
    assert found.starts_on == date(2025, 4, 18)


def test_custody_never_rolls_over_and_its_receipt_does():
    # 15 March 2025 is a Saturday
    assert end(ask("investigation_custody", "2025-01-15", in_custody=True)) == "2025-03-15"
    assert end(ask("arrest_execution_receipt", "2025-03-12", in_custody=True)) == "2025-03-17"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # 26 January 2025 is an adjusted working Sunday
        ("2025-01-23", "2025-01-26"),
        # 8 February 2025 is an adjusted working Saturday
        ("2025-02-05", "2025-02-08"),
    ],
)
def test_adjusted_working_weekend_is_an_ordinary_day(start, expected):
    assert end(ask("arrest_execution_receipt", start)) == expected


def test_unapproved_extension_moves_nothing():
    assert end(ask("investigation_custody", "2025-01-15", in_custody=True)) == "2025-03-15"


def test_second_extension_without_the_first_is_refused():
    with pytest.raises(Impossible, match="ext2 needs ext1 to have been granted first") as refused:
        ask("investigation_custody", "2025-01-15", "ext2", in_custody=True)

    assert refused.value.reason.code == "stage_needs"
    assert "须先批准 ext1" in refused.value.text("zh")
    assert "CPL 156" in [str(source) for source in refused.value.reason.sources]


def test_extension_granted_before_a_restart_does_not_lengthen_the_new_period():
    arrest, crime = "arrest_executed 2025-01-10", "another_serious_crime_found 2025-02-20"
    before = Granted("ext1", at=at("2025-02-10"))
    after = Granted("ext1", at=at("2025-04-10"))

    found = ask_after("investigation_custody", arrest, crime, in_custody=True, granted=[before])
    extended = ask_after("investigation_custody", arrest, crime, in_custody=True, granted=[before, after])

    assert (end(found), end(extended)) == ("2025-04-20", "2025-05-20")
