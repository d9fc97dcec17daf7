"""Necessity review, separate handling, detained-not-submitted, diverted and agency cases: ways, clocks, refusals."""

from dataclasses import replace
from datetime import date

import pytest

from coordination.law.grammar import History
from coordination.law.guards.detained_not_submitted_review import quarter_end
from tests.law.proceedings import at, history, refusals, take, taken

NECESSITY, SEPARATE = "custody_necessity", "separate_handling_check"
DETAINED, DIVERTED, AGENCY = "detained_not_submitted_review", "diverted_case_review", "admin_case_link"
APPLIED = {"applicant": "defender", "grounds": "sole carer of two children", "received_at": at(3)}
DECLARED = {"person": "某甲", "ground": "at_large", "papers": ("wanted order",), "plan": "pursue"}
WEEK = {"from_on": date(2026, 11, 9), "to_on": date(2026, 11, 15), "persons": ("某甲", "某乙")}
LEAD = {"unit": "u1", "findings": ("DET-5",), "evidence_pin": "the list of 11-16"}
ACCEPTED = {
    "agency": "market supervision",
    "received_at": at(3),
    "is_economic": False,
    "is_incomplete": False,
    "is_own_jurisdiction": True,
}


def gone(now: History, *limits: str) -> History:
    """The same history once these clocks have run out."""
    return replace(now, expired=now.expired | frozenset(limits))


# ---- custody necessity -----------------------------------------------------------------------------------------------


def reviewing() -> History:
    return take(take(history(NECESSITY, "opened"), "apply", APPLIED, at(3)), "forward", {}, at(3))


def proposed() -> History:
    return take(reviewing(), "propose", {"reasons": "no danger", "law": ("CPL 95",)}, at(10))


def test_application_runs_ten_days_and_goes_on_the_same_day() -> None:
    now = take(history(NECESSITY, "opened"), "apply", APPLIED, at(3))

    assert now.running == {"custody_necessity_decision", "custody_necessity_internal_forward"}
    assert take(now, "forward", {}, at(3)).running == {"custody_necessity_decision"}


@pytest.mark.parametrize(
    ("events", "step"),
    [
        ({}, "apply"),
        ({"prosecution_file_received": at(1)}, "apply_prosecution"),
        ({"prosecution_file_received": at(1), "returned_for_supplement": at(2)}, "apply"),
        ({"returned_for_supplement": at(1), "file_rereceived": at(2)}, "apply_prosecution"),
        ({"prosecution_file_received": at(1), "indictment_issued": at(2)}, "apply"),
    ],
)
def test_stage_of_the_case_decides_how_an_application_is_taken(events: dict[str, object], step: str) -> None:
    past = history(NECESSITY, "opened", events=events)
    other = {"apply": "apply_prosecution", "apply_prosecution": "apply"}[step]

    assert refusals(past, step, APPLIED) == []
    assert len(refusals(past, other, APPLIED)) == 1


def test_misdirected_application_goes_on_within_its_days() -> None:
    now = take(history(NECESSITY, "opened"), "misdirected", APPLIED, at(3))
    assert now.running == {"custody_necessity_misdirected"}

    done = take(now, "forward_misdirected", {"recipient": "another procuratorate"}, at(4))

    assert (done.state, done.running) == ("closed", set())


def test_kept_in_custody_on_application_and_on_own_motion() -> None:
    heard = {"materials": ("v1",), "suspect_heard": True, "organ_heard": True}
    asked = take(take(reviewing(), "collect", heard, at(5)), "decide_keep", {"reasons": "flight"}, at(6))
    own = take(history(NECESSITY, "opened"), "own_motion", {"grounds": "illness"}, at(3))
    own = take(own, "decide_keep", {"reasons": "flight"}, at(6))

    for now in (asked, own):
        assert now.running == set()
        assert take(now, "tell_keep", {}, at(7)).state == "closed"


def test_expert_step_is_begun_and_ended_in_turn() -> None:
    now = reviewing()
    assert refusals(now, "resume_expert") == ["guard:expert_step_open"]
    now = take(now, "pause_expert", {}, at(5))
    assert refusals(now, "pause_expert") == ["guard:no_expert_step_open"]

    assert refusals(take(now, "resume_expert", {}, at(6)), "resume_expert") == ["guard:expert_step_open"]


def test_direct_change_belongs_to_prosecution_review() -> None:
    assert refusals(reviewing(), "change_direct", {"reasons": "no danger"}) == ["guard:at_prosecution_review"]
    past = history(NECESSITY, "opened", events={"prosecution_file_received": at(1)})
    now = take(take(past, "apply_prosecution", APPLIED, at(3)), "change_direct", {"reasons": "r"}, at(4))

    assert (now.state, now.running) == ("closed", set())


def test_recommendation_is_answered_with_action_on_record_or_with_reasons() -> None:
    now = proposed()
    assert now.running == {"custody_necessity_reply"}
    assert refusals(now, "reply", {"outcome": "released"}) == ["guard:release_or_change_recorded"]
    before = replace(now, events={**now.events, "released": at(9)})
    assert refusals(before, "reply", {"outcome": "released"}) == ["guard:release_or_change_recorded"]
    assert refusals(now, "reply", {"outcome": "kept"}) == ["field:reasons_if_kept"]
    since = replace(now, events={**now.events, "bail_executed": at(11), "measure_changed": at(11)})
    done = take(take(since, "reply", {"outcome": "changed"}, at(12)), "finish", {}, at(13))

    assert (done.state, done.running) == ("closed", set())


def test_recommendation_that_never_arrived_is_not_answered() -> None:
    facts = {"outcome": "kept", "reasons_if_kept": "flight"}

    assert refusals(history(NECESSITY, "proposed"), "reply", facts) == ["event"]


def test_missing_answer_goes_on_as_a_correction_notice() -> None:
    assert refusals(proposed(), "no_reply") == ["not_expired:custody_necessity_reply"]
    now = take(gone(proposed(), "custody_necessity_reply"), "no_reply", {}, at(23))
    assert now.running == {"custody_necessity_reply"}
    assert refusals(now, "closed_overdue") == ["guard:correction_served_since"]
    served = replace(now, events={**now.events, "correction_notice_issued": at(24)})

    assert take(served, "closed_overdue", {}, at(25)).running == set()
    late = take(now, "reply", {"outcome": "kept", "reasons_if_kept": "flight"}, at(24))
    assert (late.state, late.running) == ("answered", set())


# ---- separate handling -----------------------------------------------------------------------------------------------


def checking() -> History:
    now = take(history(SEPARATE, "declared"), "declare", DECLARED, at(1))
    return take(now, "check", {"ground_ok": "well_founded"}, at(2))


def test_ground_is_stated_once() -> None:
    now = take(history(SEPARATE, "declared"), "declare", DECLARED, at(1))

    assert refusals(now, "declare", DECLARED) == ["guard:separate_not_declared"]


def test_report_begins_the_next_round_until_the_person_is_dealt_with() -> None:
    now = checking()
    assert now.running == {"separate_status_report"}
    on = take(now, "report", {"state": "under_way", "steps": "pursued"}, at(20))
    over = take(now, "report", {"state": "finished", "steps": "caught"}, at(20))

    assert (on.state, on.running, on.events["separate_check_opened"]) == (
        "tracking",
        {"separate_status_report"},
        at(20),
    )
    assert (over.running, over.events["separate_check_opened"]) == (set(), at(2))
    done = take(over, "handled", {"result": "caught_and_sent"}, at(21))
    assert (done.state, done.running) == ("handled", set())


def test_missing_report_is_asked_for_again_and_becomes_a_lead() -> None:
    now = checking()
    assert refusals(now, "ask_again") == ["not_expired:separate_status_report"]
    now = take(gone(now, "separate_status_report"), "ask_again", {}, at(20))
    assert (now.state, now.running) == ("checking", {"separate_status_report"})

    assert take(now, "to_lead", LEAD, at(21)).state == "lead"
    assert take(now, "justified", {}, at(21)).running == set()


# ---- detained, not submitted -----------------------------------------------------------------------------------------


def listed(**changes: object) -> History:
    now = take(history(DETAINED, "list_due"), "due", {}, at(9, 0))
    assert now.running == {"detained_list_weekly"}
    return take(now, "hand_list", {**WEEK, **changes}, at(16))


def files_asked() -> History:
    return take(listed(), "ask_files", {"persons": ("某甲",), "reason": "bail without grounds"}, at(17))


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_quarters_end_with_their_third_month(day: date, end: date) -> None:
    assert quarter_end(day) == end


def test_week_is_begun_once_and_ends_with_the_list() -> None:
    begun = take(history(DETAINED, "list_due"), "due", {}, at(9, 0))

    assert refusals(begun, "due") == ["guard:list_not_due_yet"]
    assert listed().running == set()


def test_list_of_days_to_come_or_turned_round_is_refused() -> None:
    past = history(DETAINED, "list_due", now=at(16))

    assert refusals(past, "hand_list", {**WEEK, "to_on": date(2026, 11, 17)}) == ["field:to_on"]
    assert refusals(past, "hand_list", {**WEEK, "from_on": date(2026, 11, 16)}) == ["field:to_on"]


def test_list_without_doubts_is_closed() -> None:
    now = take(listed(), "no_doubt", {}, at(17))
    assert refusals(
        now, "quarter", {"period": "Q4", "result_by_person": ("ok",), "common_problem": "none"}
    ) == ["guard:quarter_feedback_owed"]

    assert take(now, "close", {}, at(18)).state == "closed"


def test_list_with_the_end_of_a_quarter_owes_the_feedback() -> None:
    now = listed(from_on=date(2026, 9, 28), to_on=date(2026, 10, 4))
    assert now.running == {"detained_quarter_feedback"}
    now = take(now, "no_doubt", {}, at(17))
    assert refusals(now, "close") == ["running:detained_quarter_feedback"]
    given = {"period": "third quarter", "result_by_person": ("ok",), "common_problem": "none"}
    now = take(now, "quarter", given, at(18))

    assert take(now, "close", {}, at(19)).running == set()


def test_some_files_come_before_the_rest() -> None:
    now = take(files_asked(), "hand_some_files", {"persons": ("某甲",)}, at(20))
    assert now.running == {"detained_files_handover"}
    now = take(now, "hand_files", {}, at(24))
    assert (now.state, now.running) == ("files_in", set())
    now = take(now, "review", {"result_by_person": ("某甲：理由不成立",)}, at(25))
    assert refusals(now, "to_lead") == ["field:unit", "field:findings", "field:evidence_pin"]

    assert take(now, "to_lead", LEAD, at(25)).state == "reviewed"


def test_files_are_refused_only_after_their_period() -> None:
    missing = {"missing": ("某乙",), **LEAD}
    assert refusals(files_asked(), "refuse_files", missing) == ["not_expired:detained_files_handover"]

    now = take(gone(files_asked(), "detained_files_handover"), "refuse_files", missing, at(25))

    assert (now.state, now.running) == ("reviewed", set())
    assert "detained_files_received" not in now.events


def test_files_nobody_was_asked_for_are_not_handed_over() -> None:
    past = history(DETAINED, "files_asked")

    assert refusals(past, "hand_files") == ["event"]
    assert refusals(past, "hand_some_files", {"persons": ("某甲",)}) == ["guard:files_still_owed"]


# ---- diverted cases --------------------------------------------------------------------------------------------------


def drawn() -> History:
    sample = {"period": "third quarter", "filter": "withdrawn", "cases": ("A1", "A2")}
    return take(history(DIVERTED, "drawn"), "draw", sample, at(2))


def test_sample_leads_to_leads_and_feedback() -> None:
    now = drawn()
    assert now.running == {"diverted_files_handover"}
    now = take(now, "hand_files", {}, at(5))
    now = take(now, "opine", {"result_by_case": ("A1: wrong", "A2: right")}, at(8))
    now = take(now, "to_lead", {"case_no": "A1", **LEAD}, at(9))
    now = take(now, "to_lead", {"case_no": "A2", **LEAD}, at(9))

    assert take(now, "feedback", {}, at(10)).state == "closed"


def test_review_goes_on_without_files_once_their_period_is_over() -> None:
    assert refusals(drawn(), "no_files", {"missing": ("A1",)}) == ["not_expired:diverted_files_handover"]
    now = take(gone(drawn(), "diverted_files_handover"), "no_files", {"missing": ("A1",)}, at(12))

    assert take(now, "nothing", {}, at(13)).state == "closed"
    assert "diverted_files_received" not in now.events


# ---- agency cases ----------------------------------------------------------------------------------------------------


def accepted(**changes: object) -> History:
    return take(history(AGENCY, "opened"), "accept", {**ACCEPTED, **changes}, at(3))


def declined() -> History:
    return take(accepted(), "decline", {"reasons": "no crime"}, at(5))


@pytest.mark.parametrize(
    ("changes", "running"),
    [
        ({}, {"filing_review_admin_transfer"}),
        ({"is_economic": True}, {"filing_review_admin_transfer_economic"}),
        ({"is_incomplete": True}, {"filing_review_admin_transfer", "admin_transfer_incomplete_notice"}),
        (
            {"is_own_jurisdiction": False},
            {"filing_review_admin_transfer", "admin_transfer_forward_wrong_organ"},
        ),
    ],
)
def test_transfer_starts_the_limits_that_apply(changes: dict[str, object], running: set[str]) -> None:
    assert accepted(**changes).running == running


def test_agency_is_urged_to_transfer() -> None:
    opinion = {"agency": "tax office", "facts": "evasion", "reply_due_on": date(2026, 12, 1)}
    now = take(history(AGENCY, "opened"), "urge_transfer", opinion, at(2))

    assert take(now, "agency_refuses", {"reason": "no crime"}, at(9)).state == "closed"
    assert take(now, "agency_transfers", {}, at(9)).state == "opened"


def test_gaps_are_notified_once_and_do_not_stop_the_review() -> None:
    assert refusals(accepted(), "gaps", {"gaps": ("list",)}) == ["guard:transfer_incomplete"]
    now = take(accepted(is_incomplete=True), "gaps", {"gaps": ("list",)}, at(3))
    assert now.running == {"filing_review_admin_transfer", "admin_agency_supplement"}
    back = take(now, "completed", {}, at(4))
    assert refusals(back, "gaps", {"gaps": ("list",)}) == ["guard:gaps_not_notified"]
    without = take(now, "go_on", {"gaps": ("list",)}, at(7))

    assert "supplement_materials_received" not in without.events
    assert without.running == {"filing_review_admin_transfer"}


def test_stages_belong_to_economic_crime() -> None:
    facts = {"stage": "complex", "ground": "many victims"}

    assert refusals(accepted(), "extend_review", facts) == ["guard:transfer_economic"]
    assert refusals(accepted(is_economic=True), "extend_review", facts) == []


def test_case_of_another_organ_is_forwarded() -> None:
    recipient = {"recipient": "another bureau"}
    assert refusals(accepted(), "forward", recipient) == ["guard:transfer_of_other_jurisdiction"]

    now = take(accepted(is_own_jurisdiction=False), "forward", recipient, at(4))

    assert (now.state, now.running) == ("forwarded", set())
    assert "filing_decided" not in now.events


@pytest.mark.parametrize(("has_items", "step"), [(True, "handover"), (False, "no_items")])
def test_filed_case_closes_with_its_items_or_without_any(has_items: bool, step: str) -> None:
    now = take(accepted(), "file", {"has_items": has_items}, at(5))
    assert now.running == ({"admin_agency_handover_items"} if has_items else set())

    assert take(now, step, {}, at(6)).running == set()
    other = {"handover": "no_items", "no_items": "handover"}[step]
    assert len(refusals(now, other)) == 1


def test_agency_is_reconsidered_once_and_may_then_suggest_supervision() -> None:
    now = declined()
    assert now.running == {"admin_agency_reconsideration_request"}
    asked = take(now, "agency_asks", {"received_at": at(6)}, at(6))
    assert asked.running == {"admin_agency_reconsideration_decision"}
    kept = take(asked, "agency_upheld", {"reasons": "no crime"}, at(8))
    assert kept.running == {"admin_agency_suggest_filing_supervision"}
    assert refusals(kept, "agency_asks", {"received_at": at(8)}) == ["guard:agency_not_reconsidered"]
    won = take(asked, "agency_wins", {"has_items": False}, at(8))

    assert take(kept, "suggest", {}, at(9)).running == set()
    assert (won.state, won.running) == ("filed", set())


def test_non_filing_stands_when_the_periods_of_the_agency_end() -> None:
    now = declined()
    assert refusals(now, "lapse") == ["not_expired:admin_agency_reconsideration_request"]

    assert take(gone(now, "admin_agency_reconsideration_request"), "lapse", {}, at(9)).state == "closed"
    asked = (*now.taken, taken("agency_asks", at(6)))
    later = replace(now, taken=asked, running=frozenset({"admin_agency_suggest_filing_supervision"}))
    assert refusals(later, "lapse") == ["not_expired:admin_agency_suggest_filing_supervision"]
