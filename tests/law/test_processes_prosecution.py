"""Prosecution review and its consequences: periods, rights, returns, non-prosecution, change of jurisdiction."""

from dataclasses import replace

import pytest

from coordination.law.grammar import History, Opened, effects
from tests.law.proceedings import at, history, process, refusals, take, taken

RECEIVED = {
    "received_at": at(2), "custody_by_suspect": ("a: arrested",), "volumes": 3, "fast_track": False,
    "necessity_due": False, "has_victim": True,
}  # fmt: skip


def accepted(**changes: object) -> History:
    """A review whose file was received with these facts."""
    return take(history("prosecution_review", "submitted"), "receive", {**RECEIVED, **changes}, at(2, 10))


def test_ordinary_file_starts_one_month_and_the_notices() -> None:
    assert accepted().running == {
        "prosecution_review", "defence_right_notice", "victim_representation_notice",
    }  # fmt: skip
    assert accepted(has_victim=False).running == {"prosecution_review", "defence_right_notice"}


def test_fast_track_runs_in_the_place_of_the_month_until_it_is_dropped() -> None:
    now = accepted(fast_track=True)
    assert "prosecution_review" not in now.running
    assert {"prosecution_review_fast_track", "fast_track_same_day_forward"} <= now.running
    assert refusals(accepted(), "forward_fast") == ["guard:fast_track_proposed"]
    assert refusals(accepted(), "drop_fast") == ["guard:fast_track_runs"]

    now = take(take(now, "forward_fast", {}, at(2, 11)), "drop_fast", {}, at(5))

    assert "prosecution_review" in now.running
    assert "prosecution_review_fast_track" not in now.running


def test_indictment_waits_for_the_rights_and_the_necessity_review() -> None:
    now = accepted(necessity_due=True)
    assert refusals(now, "indict") == [
        "running:defence_right_notice",
        "running:victim_representation_notice",
        "running:custody_necessity_mandatory_before_indictment",
    ]
    for step in ("tell_suspect", "tell_victim", "necessity"):
        now = take(now, step, {}, at(3))

    now = take(now, "indict", {}, at(20))

    assert (now.state, now.running) == ("indicted", frozenset())
    assert refusals(accepted(has_victim=False), "tell_victim") == ["guard:victim_to_tell"]
    assert refusals(accepted(), "necessity") == ["guard:necessity_review_due"]


def test_period_is_extended_once_for_each_receipt() -> None:
    now = take(accepted(), "extend", {"ground": "complex"}, at(20))
    assert refusals(now, "extend", {"ground": "complex"}) == ["guard:review_not_extended"]

    back = replace(now, taken=(*now.taken, taken("receive_again", at(25))))

    assert refusals(back, "extend", {"ground": "complex"}) == []


def test_supervising_department_is_told_only_of_somebody_in_custody() -> None:
    held = take(replace(accepted(), in_custody=True), "extend", {"ground": "complex"}, at(20))
    free = take(accepted(), "extend", {"ground": "complex"}, at(20))

    assert "custody_events_internal_notice" in held.running
    assert "custody_events_internal_notice" not in free.running
    assert "custody_events_internal_notice" not in take(held, "tell_supervisor", {}, at(21)).running


@pytest.mark.parametrize(("returns", "offered"), [(0, True), (1, True), (2, False), (3, False)])
def test_third_return_is_not_offered(returns: int, offered: bool) -> None:
    past = replace(accepted(), recorded={"returned_for_supplement": returns})

    assert refusals(past, "prepare_return") == ([] if offered else ["guard:fewer_than_two_returns"])


def test_returns_count_across_a_change_of_jurisdiction() -> None:
    """The other procuratorate opens a review of its own; what was recorded for the case before still counts."""
    moved = history("prosecution_review", "submitted", opener=(taken("move", at(1)),))
    moved = replace(moved, recorded={"returned_for_supplement": 2})

    now = take(moved, "receive", RECEIVED, at(2, 10))

    assert now.events["jurisdiction_changed"] == at(2)
    assert refusals(now, "prepare_return") == ["guard:fewer_than_two_returns"]


def test_one_return_is_prepared_at_a_time() -> None:
    past = replace(accepted(), beside=frozenset({"supplementary_investigation"}))

    assert refusals(past, "prepare_return") == ["guard:no_return_prepared"]
    done = effects(process("prosecution_review"), "prepare_return", accepted(), {}, at(5))
    assert done.opens == (Opened("supplementary_investigation"),)


def test_return_stops_the_review_and_the_file_back_begins_it_anew() -> None:
    now = replace(accepted(necessity_due=True), events={"returned_for_supplement": at(20)})
    now = take(now, "return_case", {}, at(20))
    assert now.running == {"defence_right_notice", "victim_representation_notice"}
    first = replace(now, events={"file_rereceived": at(25)}, recorded={"returned_for_supplement": 1})
    second = replace(first, recorded={"returned_for_supplement": 2})

    once, twice = take(first, "receive_again", {}, at(25)), take(second, "receive_again", {}, at(25))

    assert {"prosecution_review", "custody_necessity_mandatory_before_indictment"} <= once.running
    assert "second_return_non_prosecution" not in once.running
    assert "second_return_non_prosecution" in twice.running
    assert refusals(twice, "prepare_return") == [
        "guard:fewer_than_two_returns", "running:second_return_non_prosecution",
    ]  # fmt: skip


def test_own_investigation_ends_with_a_return_or_is_done() -> None:
    now = take(accepted(), "self_investigate", {}, at(5))
    assert "self_investigation_within_review" in now.running

    done = take(now, "self_done", {}, at(6))
    back = take(replace(now, events={"returned_for_supplement": at(6)}), "return_case", {}, at(6))

    assert (done.state, back.state) == ("reviewing", "returned")
    assert "self_investigation_within_review" not in done.running | back.running


def test_incomplete_file_goes_back_and_the_case_with_it() -> None:
    now = take(history("prosecution_review", "submitted"), "send_back", {"missing": ("list",)}, at(2))

    case = history("case", "transferred", events=now.events)

    assert now.state == "closed"
    assert take(case, "send_back", {}, at(2)).state == "investigation"


def test_file_outside_the_jurisdiction_moves_within_its_days() -> None:
    now = take(accepted(), "no_jurisdiction", {"reasons": "elsewhere"}, at(5))
    assert "prosecution_jurisdiction_transfer" in now.running
    done = effects(process("prosecution_review"), "move", now, {"organ": "o1", "designated": False}, at(6))
    assert (done.documents, done.opens) == ((), (Opened("prosecution_review"),))
    designated = effects(
        process("prosecution_review"), "move", now, {"organ": "o1", "designated": True}, at(6)
    )
    assert designated.documents == ("DOC-JURISDICTION-DESIGNATION",)

    now = take(now, "move", {"organ": "o1", "designated": False}, at(6))

    assert now.running == {"defence_right_notice", "victim_representation_notice"}


def dropped(ground: str = "minor_discretionary", *, penalty: bool = True, held: bool = False) -> History:
    """A review that ended without prosecution and was announced."""
    facts = {"ground": ground, "property": "none", "penalty_needed": penalty}
    now = take(replace(accepted(), running=frozenset(), in_custody=held), "not_prosecute", facts, at(10))
    return take(now, "announce", {}, at(11))


def test_non_prosecution_starts_what_its_kind_and_custody_ask_for() -> None:
    assert dropped(held=True).running == {
        "reverse_transfer_internal", "non_prosecution_release", "victim_non_prosecution_appeal",
        "non_prosecuted_person_appeal",
    }  # fmt: skip
    assert dropped("insufficient_evidence", penalty=False).running == {"victim_non_prosecution_appeal"}


def test_non_prosecution_closes_when_nothing_is_owed_any_more() -> None:
    now = dropped(held=True)
    assert refusals(replace(now, beside=frozenset({"non_prosecution_objection"})), "close_np") == [
        "guard:no_objection_open", "running:reverse_transfer_internal", "running:non_prosecution_release",
    ]  # fmt: skip
    now = take(replace(now, events={**now.events, "released": at(11, 12)}), "released", {}, at(11, 12))
    now = take(now, "pass_reverse", {}, at(12))
    assert refusals(now, "pass_reverse") == ["guard:not_passed_on"]
    now = take(now, "appeal", {"appellant": "suspect", "filed_at": at(13)}, at(13, 10))
    assert refusals(now, "close_np") == ["running:non_prosecution_reexamination"]
    now = take(now, "appeal_decided", {"outcome": "upheld", "reasons": "minor"}, at(14))
    assert "non_prosecution_revoked" not in now.events

    assert take(now, "close_np", {}, at(15)).state == "closed"
    assert refusals(dropped(penalty=False), "pass_reverse") == ["guard:penalty_is_needed"]


def test_conditional_non_prosecution_ends_with_the_final_decision() -> None:
    now = take(
        replace(accepted(), running=frozenset()),
        "condition",
        {"conditions": "school", "probation_months": 9},
        at(10),
    )
    assert now.running == {"conditional_non_prosecution_service", "conditional_non_prosecution_probation"}
    now = take(now, "serve_condition", {}, at(11))
    objection = {"decision_contested": "d1", "reasons": "too mild"}
    assert "conditional_non_prosecution_reconsideration_request" in now.running
    now = take(now, "condition_objected", objection, at(12))
    now = take(
        replace(now, events={**now.events, "conditional_final_decided": at(20)}), "condition_end", {}, at(20)
    )

    assert (now.state, now.running) == ("closed", frozenset())


def test_reverse_transfer_stands_still_while_the_police_object() -> None:
    now = take(history("reverse_transfer", "passed"), "register", {}, at(2))
    assert refusals(now, "suspend") == ["event"]
    asked = replace(now, events={**now.events, "non_prosecution_reconsideration_requested": at(3)})
    now = take(asked, "suspend", {}, at(3, 10))
    now = replace(now, events={**now.events, "non_prosecution_reconsideration_decided": at(9)})
    now = take(now, "resume", {}, at(9))
    opinion = {"facts": "f", "penalty": "fine", "reply_due_on": at(30).date()}
    now = take(now, "opine", opinion, at(10))
    assert now.running == {"administrative_opinion_result_notice", "administrative_opinion_reply_2m"}

    now = take(now, "result", {"result": "fined"}, at(20))

    assert (now.state, now.running) == ("closed", frozenset())
    plain = take(history("reverse_transfer", "reviewing"), "none", {"reasons": "minor"}, at(5))
    assert plain.state == "closed_none"


def test_result_of_an_opinion_never_received_is_refused() -> None:
    assert refusals(history("reverse_transfer", "opinion_sent"), "result", {"result": "r"}) == ["event"]
