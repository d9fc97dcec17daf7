"""The worked examples: one test or row each, with the calendar in a comment."""

from datetime import date

import pytest

from tests.law.asked import ask, ask_after, at, end, rules


def test_01_interrogation_within_24_hours_has_two_bounds():
    # Wednesday 5 March 2025; hours ignore the calendar (C2)
    found = ask("detention_interrogation", "2025-03-05T09:20", in_custody=True)

    assert found.at == at("2025-03-06T09:20")
    assert found.outer_at == at("2025-03-06T10:00")
    assert found.on is None
    assert found.fires_at == found.at
    assert rules(found) == ["C17", "C2", "C2", "C9"]


def test_02_family_notice_ignores_the_spring_festival():
    # 15–23 February 2026 are the Spring Festival; hours do not move (C9)
    found = ask("detention_family_notice", "2026-02-15T22:10", in_custody=True)

    assert found.at == at("2026-02-16T22:10")
    assert found.outer_at == at("2026-02-16T23:00")


def test_03_arrest_request_counts_full_days_and_stays_on_a_saturday():
    # 3 May 2025 is a Saturday inside Labour Day (1–5 May); custody, no rollover (C6, C8)
    found = ask("arrest_request_after_detention", "2025-04-30T15:30", in_custody=True)

    assert found.at == at("2025-05-03T15:30")
    assert (found.outer_on, found.outer_at) == (date(2025, 5, 3), at("2025-05-04T00:00"))
    assert rules(found) == ["C17", "C6", "C6", "C8"]


def test_04_thirty_days_over_a_leap_february():
    # 2024 has a 29 February
    found = ask("arrest_request_after_detention", "2024-01-31T10:00", "thirty", in_custody=True)

    assert found.at == at("2024-03-01T10:00")
    assert found.outer_on == date(2024, 3, 1)


# limit, start, stages, in custody, end
DAY_LIMITS = [
    # 1–7 October 2024 are National Day: custody, no rollover (C8)
    pytest.param("arrest_review_detained", "2024-09-27", [], True, "2024-10-04", id="05"),
    # day 15 is 5 October 2024, a holiday to the 7th (C7)
    pytest.param("arrest_review_not_detained", "2024-09-20", [], False, "2024-10-08", id="06"),
    # day 20 is Thursday 10 October 2024
    pytest.param(
        "arrest_review_not_detained", "2024-09-20", ["complex"], False, "2024-10-10", id="06 twenty days"
    ),
    # 14 September 2024 is an adjusted working Saturday, 29 September an adjusted working Sunday
    pytest.param("arrest_review_not_detained", "2024-09-14", [], False, "2024-09-29", id="07"),
    # day 15 is 17 February 2026, inside the Spring Festival to the 23rd
    pytest.param("non_arrest_review_decision", "2026-02-02", [], False, "2026-02-24", id="08"),
    # day 15 is Saturday 3 January 2026, a holiday; Sunday the 4th is an adjusted working day
    pytest.param("notify_file_case_comply", "2025-12-19", [], False, "2026-01-04", id="09"),
    # February 2025 has no 31st: its last day, a Friday (C3)
    pytest.param("investigation_custody", "2024-12-31", [], True, "2025-02-28", id="10"),
    # 15 March 2025 is a Saturday: custody, no rollover
    pytest.param("investigation_custody", "2025-01-15", [], True, "2025-03-15", id="11 base"),
    pytest.param("investigation_custody", "2025-01-15", ["ext1"], True, "2025-04-15", id="11 extended"),
    # 20 April 2025 is a Sunday: custody, no rollover
    pytest.param("new_crime_recount", "2025-02-20", [], True, "2025-04-20", id="12 recount"),
    # 25 February 2025 is a Tuesday
    pytest.param("new_crime_recount_approval", "2025-02-20", [], True, "2025-02-25", id="12 approval"),
    # 31 January 2026 is a Saturday (C8 against C7)
    pytest.param("prosecution_review", "2025-12-31", [], True, "2026-01-31", id="14 detained"),
    pytest.param("prosecution_review", "2025-12-31", [], False, "2026-02-02", id="14 at liberty"),
    # clamped; a cap, no rollover, though a Friday anyway (C3, C9)
    pytest.param("bail_max", "2024-02-29", [], False, "2025-02-28", id="16"),
    # day 10 is 5 May 2025, Labour Day
    pytest.param("custody_necessity_reply", "2025-04-25", [], False, "2025-05-06", id="17"),
    # clamped to 28 February 2026, an adjusted working Saturday
    pytest.param("procuratorial_recommendation_reply", "2025-12-31", [], False, "2026-02-28", id="18"),
    # counts 14 and 28 February 2026, skips the 15th to the 23rd
    pytest.param("reverse_transfer_review", "2026-02-11", [], False, "2026-03-03", id="19"),
    # day 3 is 15 February 2026, the first day of the Spring Festival; a receipt is no custody period
    pytest.param("arrest_execution_receipt", "2026-02-12", [], True, "2026-02-24", id="20"),
]


@pytest.mark.parametrize(("limit", "start", "stages", "in_custody", "expected"), DAY_LIMITS)
def test_day_limit_ends(limit, start, stages, in_custody, expected):
    found = ask(limit, start, *stages, in_custody=in_custody)

    assert end(found) == expected
    assert not found.provisional


def test_09_watchdog_fires_at_midnight_after_the_last_day():
    # 4 January 2026 is an adjusted working Sunday (C16)
    found = ask("notify_file_case_comply", "2025-12-19")

    assert found.fires_at == at("2026-01-05T00:00")


def test_11_extension_starts_the_day_after_and_is_asked_for_seven_days_before():
    # 15 March 2025 is a Saturday, so are the 8th; plan on Friday the 7th (C10, C11)
    extended = ask("investigation_custody", "2025-01-15", "ext1", in_custody=True)
    request = ask("custody_extension_request_lead", "2025-03-15", in_custody=True)

    assert extended.starts_on == date(2025, 3, 16)
    assert (request.on, request.plan_on) == (date(2025, 3, 8), date(2025, 3, 7))
    assert not request.provisional


def test_12_another_serious_crime_supersedes_the_old_end():
    # 20 April 2025 is a Sunday; the old end, 10 March, falls away (C12)
    arrested = "arrest_executed 2025-01-10"

    before = ask_after("investigation_custody", arrested, in_custody=True)
    after = ask_after(
        "investigation_custody", arrested, "another_serious_crime_found 2025-02-20", in_custody=True
    )

    assert (end(before), end(after)) == ("2025-03-10", "2025-04-20")
    assert rules(after) == ["C17", "C12", "C3", "C8"]


def test_13_psychiatric_appraisal_is_left_out_with_both_end_days():
    # 26 days from 20 March to 14 April 2025; base 1 May, Labour Day, in custody (C13)
    found = ask_after(
        "investigation_custody",
        "arrest_executed 2025-03-01",
        "psychiatric_appraisal_decided 2025-03-20",
        "psychiatric_appraisal_resumed 2025-04-14",
        in_custody=True,
    )

    assert end(found) == "2025-05-27"
    warning = next(line for line in found.because if line.code == "warning_day")
    assert dict(warning.params)["day"] == "2025-05-26"


def test_15_every_re_receipt_starts_a_full_new_review():
    # 27 December 2025 is a Saturday; 28 October, 29 September and 28 November are weekdays
    returns = ("return_received_by_police 2025-08-29", "second_return_received 2025-10-28")
    back = ("file_rereceived 2025-09-28", "file_rereceived 2025-11-27")

    assert end(ask_after("supplementary_investigation", returns[0], in_custody=True)) == "2025-09-29"
    assert end(ask_after("prosecution_review", back[0], in_custody=True)) == "2025-10-28"
    assert end(ask_after("supplementary_investigation", *returns, in_custody=True)) == "2025-11-28"
    assert end(ask_after("prosecution_review", *back, in_custody=True)) == "2025-12-27"
    assert end(ask_after("prosecution_review", *back, in_custody=False)) == "2025-12-29"


def test_21_beyond_the_calendar_the_result_is_unmoved_and_provisional():
    # 2 January 2027 is a Saturday, and no table for 2027 is out (C19)
    found = ask("correction_reexamination", "2026-12-26")

    assert end(found) == "2027-01-02"
    assert found.provisional
    assert rules(found)[-1] == "C19"
