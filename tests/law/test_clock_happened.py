"""What counts of what happened: the anchor, restarts, and the times a limit stands still."""

from datetime import date

import pytest

from coordination.law.clock import Granted, Impossible
from tests.law.asked import ask, ask_after, at, end

FILE = ("prosecution_file_received 2025-03-03", "file_rereceived 2025-05-06", "file_rereceived 2025-07-01")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "2025-08-01"),
        ({"occurrence": 1}, "2025-04-03"),
        ({"occurrence": 2}, "2025-06-06"),
        ({"after": "prosecution_file_received", "occurrence": 1}, "2025-06-06"),
        ({"after": "file_rereceived"}, "2025-08-01"),
        ({"after": date(2025, 5, 6)}, "2025-08-01"),
        ({"after": date(2025, 5, 5), "occurrence": 1}, "2025-06-06"),
        ({"after": at("2025-05-05T23:59"), "occurrence": 1}, "2025-06-06"),
    ],
)
def test_latest_start_anchors_unless_another_is_asked_for(more, expected):
    assert end(ask_after("prosecution_review", *reversed(FILE), in_custody=True, **more)) == expected


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"occurrence": 4}, "no_such_occurrence"),
        ({"occurrence": 0}, "no_such_occurrence"),
        ({"after": "file_rereceived", "occurrence": 2}, "no_such_occurrence"),
        ({"after": "jurisdiction_changed"}, "after_unknown"),
        ({"after": date(2025, 7, 1)}, "not_started"),
    ],
)
def test_start_that_is_not_there_is_refused(more, code):
    with pytest.raises(Impossible) as refused:
        ask_after("prosecution_review", *FILE, **more)

    assert refused.value.reason.code == code


def test_events_that_do_not_start_the_limit_are_named_with_those_that_do():
    with pytest.raises(Impossible, match="it is started by: arrest_request_received"):
        ask_after("arrest_review_detained", "detention_executed 2025-03-03")


def test_first_run_keeps_its_restart_and_not_that_of_the_next():
    returned = ("return_received_by_police 2025-03-03", "second_return_received 2025-06-03")

    assert end(ask_after("supplementary_investigation", *returned, occurrence=1)) == "2025-07-03"
    assert (
        end(ask_after("bail_max", "bail_executed 2025-03-03", "next_stage_measure_decided 2025-06-03"))
        == "2026-06-03"
    )


def test_stage_with_its_own_event_runs_from_that_event():
    found = ask_after(
        "admin_agency_transfer_decision",
        "agency_report_received_by_head 2025-03-03",
        "agency_transfer_decided 2025-03-05T14:10",
        granted=[Granted("hand_over")],
    )

    assert end(found) == "2025-03-06 14:10"
    with pytest.raises(Impossible, match="it is started by: agency_transfer_decided"):
        ask_after(
            "admin_agency_transfer_decision",
            "agency_report_received_by_head 2025-03-03",
            granted=[Granted("hand_over")],
        )


def test_other_reading_may_name_another_starting_event():
    events = ("non_approval_received 2025-03-03", "released 2025-03-04")

    assert end(ask_after("non_arrest_execution_receipt", *events)) == "2025-03-06"
    assert end(ask_after("non_arrest_execution_receipt", *events, reading="from_execution")) == "2025-03-07"


def test_standstill_that_has_not_ended_gives_the_earliest_end_and_is_provisional():
    found = ask_after(
        "investigation_custody",
        "arrest_executed 2025-03-03",
        "psychiatric_appraisal_decided 2025-03-20",
        in_custody=True,
    )

    assert (end(found), found.provisional, found.still_since) == ("2025-05-04", True, date(2025, 3, 20))


def test_standstill_after_the_end_does_not_revive_a_limit():
    found = ask_after(
        "arrest_review_detained",
        "arrest_request_received 2025-03-03",
        "psychiatric_appraisal_decided 2025-03-11",
        "psychiatric_appraisal_resumed 2025-03-30",
        in_custody=True,
    )

    assert (end(found), found.provisional) == ("2025-03-10", False)


def test_each_standstill_is_ended_by_its_own_event_and_no_day_is_left_out_twice():
    # 5–20 March and 10–12 March overlap: sixteen days are left out
    found = ask_after(
        "prosecution_review",
        "prosecution_file_received 2025-03-03",
        "psychiatric_appraisal_decided 2025-03-05",
        "preliminary_detention_executed 2025-03-10",
        "preliminary_detention_measure_decided 2025-03-12",
        "psychiatric_appraisal_resumed 2025-03-20",
        in_custody=True,
    )

    assert end(found) == "2025-04-19"


def test_standstill_of_a_detention_moves_both_bounds():
    found = ask_after(
        "arrest_request_after_detention",
        "detention_executed 2025-03-03T15:30",
        "psychiatric_appraisal_decided 2025-03-04T09:00",
        "psychiatric_appraisal_resumed 2025-03-13T09:00",
        in_custody=True,
    )

    assert (found.at, found.outer_on) == (at("2025-03-16T15:30"), date(2025, 3, 16))


def test_standstill_of_hours_is_left_out_to_the_minute():
    found = ask_after(
        "detention_family_notice",
        "detention_executed 2025-03-03T10:20",
        "family_notice_impossible 2025-03-03T12:20",
        "family_notice_obstacle_gone 2025-03-05T09:00",
        in_custody=True,
    )
    still = ask_after(
        "detention_family_notice",
        "detention_executed 2025-03-03T10:20",
        "family_notice_obstructive 2025-03-03T12:20",
    )

    # two of the 24 hours had passed
    assert (found.at, found.outer_at) == (at("2025-03-06T07:00"), at("2025-03-06T07:40"))
    assert (still.at, still.provisional, still.still_since) == (
        at("2025-03-04T10:20"),
        True,
        date(2025, 3, 3),
    )


def test_standstill_leaves_out_the_working_days_in_it():
    # 3 March 2025 is a Monday; the 5th to the 11th hold five working days; ten days end on the 17th without it
    found = ask_after(
        "reverse_transfer_review",
        "reverse_registered 2025-03-03",
        "non_prosecution_reconsideration_requested 2025-03-05",
        "non_prosecution_reconsideration_decided 2025-03-11",
    )

    assert end(found) == "2025-03-24"


def test_same_standstill_told_as_days_or_found_in_events_gives_the_same_end():
    told = ask(
        "investigation_custody",
        "2025-03-01",
        in_custody=True,
        excluded=[(date(2025, 3, 20), date(2025, 4, 14))],
    )

    assert end(told) == "2025-05-27"


def test_extension_of_a_stretched_period_starts_after_the_stretched_end():
    found = ask(
        "investigation_custody",
        "2025-03-01",
        "ext1",
        in_custody=True,
        excluded=[(date(2025, 3, 20), date(2025, 4, 14))],
    )

    assert (end(found), found.starts_on) == ("2025-06-27", date(2025, 5, 28))
