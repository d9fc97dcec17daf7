"""Each rule of the clock on its own: lengths, readings, stated ends, standstills, and every refusal."""

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coordination.law import clock
from coordination.law.calendar import Calendar, national
from coordination.law.clock import Granted, Impossible, due
from coordination.law.rulebook import rulebook
from tests.law.asked import ask, ask_after, at, end, rules

# limit, start, more, end
LENGTHS = [
    # the first day is not counted, even when the event is at its last minute (C1); Monday 10 March 2025
    pytest.param("arrest_review_detained", "2025-03-03T23:59", {}, "2025-03-10", id="C1"),
    # the same day, a Saturday: no rollover (C20)
    pytest.param("fast_track_same_day_forward", "2025-03-08T16:00", {}, "2025-03-08", id="C20 same day"),
    # at once: due at the event (C20)
    pytest.param("non_arrest_release", "2025-03-08T16:00", {}, "2025-03-08 16:00", id="C20 at once"),
    # twelve months are a year, over a leap day
    pytest.param("bail_max", "2024-02-28", {}, "2025-02-28", id="C3 year"),
    # a validity period stays on a Sunday, 31 August 2025 (C9)
    pytest.param("freeze_equity", "2025-02-28", {}, "2025-08-28", id="C9"),
    # the earlier of one month (28 February) and thirty days (2 March); and the other way round
    pytest.param("prison_delivery", "2025-01-31", {}, "2025-02-28", id="earlier month"),
    pytest.param("prison_delivery", "2025-03-03", {}, "2025-04-02", id="earlier days"),
    pytest.param("prison_delivery", "2025-03-03", {"reading": "mps300"}, "2025-04-03", id="MPS 300"),
    pytest.param("prison_delivery", "2025-01-31", {"reading": "rules625"}, "2025-03-02", id="RULES 625"),
    # three working days back from Thursday 8 May 2025: 7, 6 May, and 30 April before Labour Day (C10)
    pytest.param("internal_answer_before_due", "2025-05-08", {}, "2025-04-30", id="C10 working"),
    # a year must pass before the step may come (C9)
    pytest.param("wanted_one_year_confiscation", "2025-03-08", {}, "2026-03-08", id="minimum wait"),
    pytest.param(
        "summons_interval_procuratorate", "2025-03-08T20:00", {}, "2025-03-09 08:00", id="minimum gap"
    ),
    # the courts' reading: from the last day of a month to the last day (C4)
    pytest.param("investigation_custody", "2025-02-28", {}, "2025-04-28", id="C4 default"),
    pytest.param(
        "investigation_custody", "2025-02-28", {"reading": "spc_month"}, "2025-04-30", id="C4 courts"
    ),
    # the plain counting of days instead of full 24 hours
    pytest.param(
        "arrest_request_after_detention",
        "2025-04-30T15:30",
        {"reading": "start_day_excluded"},
        "2025-05-03",
        id="C1 instead of C6",
    ),
    pytest.param(
        "non_arrest_review_decision", "2025-03-08", {"reading": "cpl92"}, "2025-03-08 00:00", id="CPL 92"
    ),
    pytest.param(
        "custody_expiry_notice_detention_house",
        "2025-03-15",
        {"reading": "within_seven"},
        "2025-03-15",
        id="615",
    ),
    # a document states its end: a day that is off moves (1 October 2025), a period is counted, an instant stands
    pytest.param(
        "correction_notice_reply", "2025-09-15", {"stated": date(2025, 10, 1)}, "2025-10-09", id="C21 day"
    ),
    pytest.param("correction_notice_reply", "2025-09-15", {"stated": "P15D"}, "2025-09-30", id="C21 period"),
    pytest.param(
        "correction_notice_reply",
        "2025-09-15",
        {"stated": at("2025-09-20T17:00")},
        "2025-09-20 17:00",
        id="C21 at",
    ),
    # promptly: a target may be set, and stays a norm
    pytest.param(
        "evidence_legality_explanation", "2025-03-03", {"stated": date(2025, 3, 8)}, "2025-03-08", id="target"
    ),
    # a document may shorten what the law gives
    pytest.param(
        "procuratorial_recommendation_reply",
        "2025-03-03",
        {"stated": date(2025, 3, 20)},
        "2025-03-20",
        id="shortened",
    ),
]


@pytest.mark.parametrize(("limit", "start", "more", "expected"), LENGTHS)
def test_length_is_counted(limit, start, more, expected):
    found = ask(limit, start, **more)

    assert end(found) == expected
    assert not found.provisional


# limit, stages, in custody, end; everything starts on Monday 3 March 2025
STAGES = [
    pytest.param("filing_review_general", ["leads"], False, "2025-03-10", id="replaces"),
    pytest.param("filing_review_general", ["leads", "complex"], False, "2025-04-02", id="replaces again"),
    pytest.param(
        "filing_review_general", ["base", "complex"], False, "2025-04-02", id="the first may be named"
    ),
    pytest.param(
        "filing_review_economic", ["complex", "special"], False, "2025-05-06", id="adds after replaces"
    ),
    pytest.param("arrest_request_after_detention", ["special=P2D"], True, "2025-03-08 00:00", id="chosen"),
    pytest.param("arrest_request_after_detention", ["special"], True, "2025-03-10 00:00", id="longest"),
    pytest.param(
        "arrest_request_after_detention", ["special=P1D", "thirty=P8D"], True, "2025-03-11 00:00", id="both"
    ),
    pytest.param("own_case_arrest_decision", [], True, "2025-03-10", id="detained"),
    pytest.param("own_case_arrest_decision", [], False, "2025-03-18", id="at liberty"),
    pytest.param(
        "own_case_arrest_decision", ["detained_special=P3D"], True, "2025-03-13", id="detained, longer"
    ),
    pytest.param(
        "own_case_arrest_decision", ["at_liberty_complex"], False, "2025-03-24", id="at liberty, longer"
    ),
    pytest.param("own_case_arrest_decision", ["at_liberty"], True, "2025-03-18", id="named alternative"),
    pytest.param("notify_withdraw_case_comply", [], False, "2025-03-03 00:00", id="no objection: at once"),
    pytest.param("notify_withdraw_case_comply", ["otherwise"], False, "2025-03-18", id="otherwise"),
    pytest.param("technical_investigation", ["each_extension"] * 3, False, "2026-03-03", id="repeatable"),
    pytest.param(
        "conditional_non_prosecution_probation", ["maximum=P9M"], False, "2025-12-03", id="chosen months"
    ),
    pytest.param("letter_reply", ["result"], False, "2025-06-03", id="own anchor"),
    pytest.param(
        "admin_agency_transfer_decision", ["hand_over"], False, "2025-03-04 00:00", id="own anchor, hours"
    ),
    pytest.param("investigation_custody", ["postponed=P3M"], True, "2025-08-03", id="postponed by a period"),
]


@pytest.mark.parametrize(("limit", "stages", "in_custody", "expected"), STAGES)
def test_stage_lengthens(limit, stages, in_custody, expected):
    assert end(ask(limit, "2025-03-03", *stages, in_custody=in_custody)) == expected


# limit, stages, more, the code of the refusal
REFUSALS = [
    ("custody_extension_decision", [], {}, "disabled"),
    ("filing_review_general", ["special"], {}, "unknown_stage"),
    ("arrest_review_detained", ["complex"], {}, "unknown_stage"),
    ("investigation_custody", ["ext1", "ext1"], {}, "stage_order"),
    ("investigation_custody", ["ext1", "base"], {}, "stage_order"),
    ("investigation_custody", ["ext1", "ext3"], {}, "stage_needs"),
    ("filing_review_economic", ["special"], {}, "stage_needs"),
    ("own_case_arrest_decision", ["detained", "at_liberty_complex"], {}, "stage_track"),
    ("letter_reply", ["procedural", "result"], {}, "stage_alone"),
    ("arrest_request_after_detention", ["special=P5D"], {}, "value_outside"),
    ("arrest_request_after_detention", ["thirty=P7D"], {}, "value_outside"),
    ("arrest_request_after_detention", ["special=PT48H"], {}, "value_outside"),
    ("arrest_request_after_detention", ["special=P0D"], {}, "value_outside"),
    ("arrest_request_after_detention", ["special=four days"], {}, "value_not_period"),
    ("arrest_request_after_detention", ["special=P"], {}, "value_not_period"),
    ("arrest_request_after_detention", ["special=P1DT1H"], {}, "value_not_period"),
    ("arrest_request_after_detention", ["special=P99999D"], {}, "value_not_period"),
    ("investigation_custody", ["ext1=P15D"], {}, "value_fixed"),
    ("investigation_custody", ["postponed"], {}, "needs_stated"),
    ("investigation_custody", [], {"reading": "nobody"}, "unknown_reading"),
    ("filing_review_general", [], {"reading": "cpl"}, "promptly"),
    ("filing_review_general", [], {"reading": "report2023"}, "no_number"),
    ("filing_review_general", [], {"reading": "report2023", "stated": "P5D"}, "no_number"),
    ("correction_notice_reply", [], {}, "needs_stated"),
    ("correction_notice_reply", [], {"stated": "fifteen days"}, "stated_not_period"),
    ("correction_notice_reply", [], {"stated": date(2025, 3, 2)}, "stated_too_early"),
    ("correction_notice_reply", [], {"stated": at("2025-03-02T23:59")}, "stated_too_early"),
    ("correction_notice_reply", [], {"stated": datetime(2025, 3, 20, 9)}, "naive"),  # noqa: DTZ001 (the point)
    ("procuratorial_recommendation_reply", [], {"stated": date(2025, 6, 1)}, "stated_beyond"),
    (
        "filing_review_general",
        [],
        {"stated": date(2025, 3, 7)},
        "stated_beyond",
    ),  # three days from Monday 3 March
    ("correction_reexamination", [], {"stated": date(2025, 3, 11)}, "stated_beyond"),  # seven days
    ("investigation_custody", ["ext1", "postponed"], {"stated": date(2025, 6, 3)}, "stated_too_early"),
    ("wrongful_filing_correction_reply", [], {}, "promptly"),
    ("periodic_case_information_exchange", [], {}, "needs_stated"),
    ("psychiatric_appraisal_exclusion", [], {}, "no_end"),
    ("psychiatric_appraisal_exclusion", [], {"stated": "P15D"}, "no_end"),
    ("interrogation_legality_verification", [], {}, "no_end"),
    ("bail_max", [], {"excluded": [(datetime(2025, 3, 20), None)]}, "naive"),  # noqa: DTZ001 (the point)
]


@pytest.mark.parametrize(("limit", "stages", "more", "code"), REFUSALS)
def test_question_without_an_answer_is_refused(limit, stages, more, code):
    with pytest.raises(Impossible) as refused:
        ask(limit, "2025-03-03", *stages, **more)

    assert refused.value.reason.code == code
    assert refused.value.text("en") == str(refused.value)
    assert refused.value.text("zh-hans") != refused.value.text("en")


def test_naive_start_is_refused():
    with pytest.raises(Impossible, match="carries no offset"):
        due(
            rulebook().limit("arrest_review_detained"),
            datetime(2025, 3, 3, 9),  # noqa: DTZ001 (the point)
            in_custody=True,
            calendar=national(),
        )


def test_end_beyond_the_last_year_is_refused():
    with pytest.raises(Impossible) as refused:
        ask("bail_max", "9999-06-01")

    assert refused.value.reason.code == "out_of_range"


def test_day_is_the_one_in_shanghai():
    # 17:30 on 3 March in UTC is the 4th in Shanghai
    found = due(
        rulebook().limit("arrest_review_detained"),
        datetime(2025, 3, 3, 17, 30, tzinfo=UTC),
        in_custody=True,
        calendar=national(),
    )

    assert end(found) == "2025-03-11"


def test_full_hour_itself_is_not_counted():
    found = ask("detention_interrogation", "2025-03-05T09:00", in_custody=True)

    assert (found.at, found.outer_at) == (at("2025-03-06T09:00"), at("2025-03-06T10:00"))


def test_other_month_reading_is_shown_as_a_note():
    found = ask("investigation_custody", "2025-02-28", in_custody=True)

    assert [line.code for line in found.because] == ["starts", "months", "court_months", "custody"]
    assert "2025-04-30" in found.because[2].text()


def test_postponed_by_a_stated_day_starts_after_the_former_end():
    found = ask(
        "investigation_custody", "2025-03-03", "ext1", "postponed", in_custody=True, stated=date(2025, 12, 31)
    )

    assert end(found) == "2025-12-31"


def test_lines_read_in_both_languages_and_name_their_article():
    # 5 October 2024 is a National Day holiday
    lines = ask("arrest_review_not_detained", "2024-09-20").because

    assert [(line.rule, line.source) for line in lines] == [
        ("C17", "RULES 282"),
        ("C1", "CPL 105"),
        ("C7", "CPL 105"),
    ]
    assert lines[1].text() == "15 days, the first day not counted: the last day is 2024-10-05."
    assert lines[1].text("zh-hans") == "15日，开始之日不计算在内：最后一日为 2024-10-05。"
    assert lines[2].text().startswith("2024-10-05 is not a working day (Saturday): moved to 2024-10-08")


def test_every_enabled_limit_has_an_end_or_says_why_not():
    unknown = set()
    for limit in rulebook().limits.values():
        if not limit.enabled:
            continue
        try:
            found = due(limit, at("2025-03-03T09:20"), in_custody=True, calendar=national())
        except Impossible:
            unknown.add(limit.id)
        else:
            assert found.at > at("2025-03-03T09:20") or limit.direction == "before" or not found.on
            assert all(
                line.text("en") and line.text("zh") and line.rule and line.source for line in found.because
            )

    assert unknown == {
        limit.id
        for limit in rulebook().limits.values()
        if limit.enabled and (limit.needs_stated or limit.has_no_end)
    }


def test_beyond_the_calendar_custody_stays_exact():
    found = ask("investigation_custody", "2026-12-15", in_custody=True)

    assert (end(found), found.provisional) == ("2027-02-15", False)


def test_beyond_the_calendar_working_days_are_the_earliest_possible_and_provisional():
    # Tuesday, Wednesday and Thursday, 29–31 December 2026, are known; two days are left
    found = ask("reply_after_urge_norm", "2026-12-28")

    assert (end(found), found.provisional) == ("2027-01-02", True)
    assert rules(found) == ["C17", "C7", "C19"]


def test_beyond_the_calendar_no_planning_day_is_guessed():
    found = ask("custody_extension_request_lead", "2027-01-20", in_custody=True)

    assert (end(found), found.plan_on, found.provisional) == ("2027-01-13", date(2027, 1, 13), True)


def test_beyond_the_calendar_working_days_are_not_guessed_backward_either():
    found = ask("internal_answer_before_due", "2027-01-05")

    assert (end(found), found.plan_on, found.provisional) == ("2027-01-02", date(2027, 1, 2), True)
    assert end(ask("internal_answer_before_due", "2027-01-01")) == "2026-12-29"


def test_last_days_of_a_calendar_do_not_guess_the_working_day_after_it():
    # a table that ends on Sunday 9 March 2025
    short = Calendar(date(2025, 1, 1), date(2025, 3, 9), frozenset(), frozenset(), "short")

    found = due(
        rulebook().limit("arrest_execution_receipt"), at("2025-03-05"), in_custody=True, calendar=short
    )

    assert (end(found), found.provisional) == ("2025-03-08", True)


def test_runs_from_the_original_receipt_when_the_fast_track_is_dropped():
    found = ask_after(
        "prosecution_review",
        "fast_track_file_received 2025-03-03",
        "fast_track_dropped 2025-03-10",
        in_custody=True,
    )
    unknown = ask_after("prosecution_review", "fast_track_dropped 2025-03-10", in_custody=True)

    assert (end(found), found.provisional) == ("2025-04-03", False)
    assert (end(unknown), unknown.provisional) == ("2025-04-10", True)
    assert rules(unknown)[:3] == ["C12", "C17", "C17"]


def test_limit_inside_another_ends_with_it():
    # 2 February 2026 is the Monday after the month from 31 December 2025
    found = ask_after(
        "self_investigation_within_review",
        "prosecution_file_received 2025-12-31",
        "self_investigation_decided 2026-01-08",
    )

    assert end(found) == "2026-02-02"
    longer = ask_after(
        "self_investigation_within_review",
        "prosecution_file_received 2025-12-31",
        "self_investigation_decided 2026-01-08",
        granted=[Granted("complex")],
    )
    assert end(longer) == "2026-02-24"  # day 15 of the extension is 15 February, inside the Spring Festival
    with pytest.raises(Impossible, match="None of the events starts “Decide on prosecution”"):
        ask_after("self_investigation_within_review", "self_investigation_decided 2026-01-08")


def test_limit_before_an_event_ends_with_it():
    found = ask_after(
        "custody_necessity_mandatory_before_indictment",
        "prosecution_file_received 2025-03-03",
        "indictment_issued 2025-03-28T10:00",
    )

    assert end(found) == "2025-03-28 10:00"


def test_every_sentence_is_used_and_every_code_has_its_sentence():
    folder = Path(clock.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    table = tomllib.loads((folder / "wording.toml").read_text(encoding="utf-8"))

    for name in (*table["lines"], *table["refusals"]):
        assert f'"{name}"' in code, name
    for name in re.findall(r'Impossible\("(\w+)"', code):
        assert name in table["refusals"]
