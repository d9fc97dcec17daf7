"""Filing supervision in both directions: each way to each end, the clocks on it, and what the law refuses."""

from dataclasses import replace
from datetime import date

import pytest

from coordination.law.grammar import History
from tests.law.proceedings import at, history, process, refusals, take

FILE, WITHDRAW = "filing_supervision_file", "filing_supervision_withdraw"
WATCHDOG = "filing_supervision_noncompliance_watchdog"
LEAD = {"source": "victim", "complainant": "苗素琴", "police_unit": "u1", "decision_or_delay": "not_filed"}
WRONG = {"source": "party", "complainant": "裘立本", "ground": "no_crime_facts", "police_unit": "u1"}
EXPLAINED = {"circumstances": "as found", "basis": "MPS 178", "evidence_copies": ("v1",)}
NOTIFIED = {"reasons": "there are facts of a crime", "evidence": ("v1",)}
CORRECTION = {
    "findings": ("FIL-10",),
    "facts": "not filed in fifteen days",
    "law": ("RULES 564",),
    "demand": "file the case",
    "reply_due_on": date(2026, 12, 7),
}
ANSWER = {"accepted": "rejected", "measures": "none", "reasons": "no facts of a crime"}


def gone(now: History, *limits: str) -> History:
    """The same history once these clocks have run out."""
    return replace(now, expired=now.expired | frozenset(limits))


def asked() -> History:
    now = take(history(FILE, "lead"), "accept", LEAD, at(2))
    return take(now, "ask_reasons", {}, at(3))


def notified() -> History:
    return take(take(asked(), "explain", EXPLAINED, at(4)), "notice", NOTIFIED, at(5), by="gu.nanqiao")


def corrected() -> History:
    now = gone(notified(), "notify_file_case_comply", WATCHDOG)
    return take(now, "correct", CORRECTION, at(21))


def test_complaint_names_its_complainant() -> None:
    nobody = {name: value for name, value in LEAD.items() if name != "complainant"}

    assert refusals(history(FILE, "lead"), "accept", nobody) == ["field:complainant"]
    assert refusals(history(FILE, "lead"), "accept", {**nobody, "source": "own_finding"}) == []


def test_reasons_stand_and_the_complainant_is_told() -> None:
    now = asked()
    assert now.running == {"filing_supervision_explain_non_filing"}
    now = take(now, "explain", EXPLAINED, at(4))
    assert now.running == set()
    now = take(now, "uphold", {}, at(5))
    assert now.running == {"inform_complainant_reasons_upheld"}
    now = take(now, "tell", {}, at(6))

    assert (now.state, now.running) == ("closed", set())


def test_reasons_cannot_be_given_before_the_request_is_received() -> None:
    sent = history(FILE, "reasons_asked", running=frozenset({"filing_supervision_explain_non_filing"}))

    assert refusals(sent, "explain", EXPLAINED) == ["event"]
    received = replace(sent, events={"reasons_not_filing_request_received": at(3)})
    assert refusals(received, "explain", EXPLAINED) == []


def test_review_goes_on_without_reasons_only_when_the_seven_days_are_over() -> None:
    now = asked()
    assert refusals(now, "no_answer") == ["not_expired:filing_supervision_explain_non_filing"]
    now = take(gone(now, "filing_supervision_explain_non_filing"), "no_answer", {}, at(11))

    assert now.running == {"filing_supervision_explain_non_filing"}
    late = take(now, "explain", EXPLAINED, at(12))
    assert (late.state, late.running) == ("reasons_received", set())
    assert refusals(late, "explain", EXPLAINED) == ["event", "guard:reasons_not_explained"]
    assert take(now, "notice", NOTIFIED, at(12)).running == {"notify_file_case_comply", WATCHDOG}


def test_delay_is_asked_about_only_once_the_review_is_late() -> None:
    late = {**LEAD, "decision_or_delay": "no_decision_in_time"}
    review = frozenset({"filing_review_general"})
    now = take(history(FILE, "lead", running=review), "accept", late, at(2))

    assert refusals(now, "ask_delay") == ["guard:filing_review_not_in_time"]
    assert refusals(now, "ask_reasons") == ["guard:police_declined"]
    assert take(now, "hand_back", {}, at(2)).state == "closed"
    over = gone(now, "filing_review_general")
    assert refusals(over, "hand_back") == ["guard:filing_review_in_time"]
    waiting = take(over, "ask_delay", {}, at(3))
    assert waiting.running == {"overdue_filing_decision_explanation", "filing_review_general"}


def test_police_decision_is_right() -> None:
    now = take(take(history(FILE, "lead"), "accept", LEAD, at(2)), "reject", {}, at(3))

    assert (now.state, now.running) == ("closed", set())


def test_notice_to_file_runs_fifteen_days_for_the_police_and_for_the_watchdog() -> None:
    assert notified().running == {"notify_file_case_comply", WATCHDOG}
    economic = replace(take(asked(), "explain", EXPLAINED, at(4)), events={"economic_report_accepted": at(1)})
    assert "economic_crime_notice_to_file_comply" in take(economic, "notice", NOTIFIED, at(5)).running


def test_police_file_and_the_case_is_followed_to_its_end() -> None:
    now = take(notified(), "comply", {}, at(6))
    assert (now.state, now.running) == ("filed", {"supervised_case_progress_dun"})
    assert refusals(now, "remind") == ["not_expired:supervised_case_progress_dun"]
    assert take(gone(now, "supervised_case_progress_dun"), "remind", {}, at(29)).running == set()
    assert refusals(now, "finish", {"outcome": "withdrawn"}) == ["event", "guard:ended_since_filing"]
    before = replace(now, events={**now.events, "case_withdrawn": at(1)})
    assert refusals(before, "finish", {"outcome": "withdrawn"}) == ["guard:ended_since_filing"]
    ended = replace(now, events={**now.events, "investigation_concluded": at(28)})
    done = take(ended, "finish", {"outcome": "concluded_prosecuted"}, at(29))

    assert (done.state, done.running) == ("closed", set())


def test_police_cannot_comply_with_a_notice_that_never_arrived() -> None:
    assert refusals(history(FILE, "notice_issued"), "comply") == ["event"]


def test_notice_to_file_knows_no_objection_and_the_state_says_so() -> None:
    steps = {step.id for step in process(FILE).steps}
    state = process(FILE).state("notice_issued")

    assert not {step for step in steps if "reconsider" in step or "review" in step}
    assert "no objection" in state.remark("en")
    assert "没有异议途径" in state.remark("zh-hans")


@pytest.mark.parametrize("state", ["reasons_asked", "reasons_received"])
def test_police_file_before_any_notice(state: str) -> None:
    now = take(history(FILE, state), "file_self", {}, at(5))

    assert (now.state, now.running) == ("filed", {"supervised_case_progress_dun"})


def test_filing_recorded_in_the_filing_review_is_followed() -> None:
    waiting = replace(notified(), events={**notified().events, "filing_decided": at(6)})

    now = take(waiting, "filed_elsewhere", {}, at(6))

    assert (now.state, now.running) == ("filed", {"supervised_case_progress_dun"})
    assert process(FILE).step("filed_elsewhere").documents == ()


def test_correction_comes_on_day_sixteen_and_not_before() -> None:
    assert refusals(notified(), "correct", CORRECTION) == [
        "not_expired:notify_file_case_comply",
        f"not_expired:{WATCHDOG}",
    ]
    assert corrected().running == {"notify_file_case_comply", "correction_notice_reply"}


def test_correction_needs_a_reply_date() -> None:
    now = gone(notified(), "notify_file_case_comply", WATCHDOG)
    without = {name: value for name, value in CORRECTION.items() if name != "reply_due_on"}

    assert refusals(now, "correct", without) == ["field:reply_due_on"]


def test_not_corrected_it_is_reported_upward_and_the_superior_consults() -> None:
    now = corrected()
    assert refusals(now, "report_up") == ["guard:correction_reply_settled"]
    assert take(gone(now, "correction_notice_reply"), "report_up", {}, at(29)).state == "escalated"
    now = take(now, "answer_correction", ANSWER, at(24))
    assert refusals(now, "answer_correction", ANSWER) == ["guard:correction_awaits_reply"]
    now = take(now, "report_up", {}, at(25))
    assert now.running == {"notify_file_case_comply", "superior_handling_norm"}
    now = take(now, "consult", {}, at(26))
    assert now.running == {"notify_file_case_comply"}

    assert take(now, "comply", {}, at(27)).running == {"supervised_case_progress_dun"}
    ended = take(now, "superior_ends", {}, at(27))
    assert (ended.state, ended.running) == ("closed", set())


def test_filing_answers_a_correction_that_was_not_answered() -> None:
    now = take(corrected(), "comply", {}, at(24))

    assert now.events["correction_reply_received"] == at(24)
    answered = take(take(corrected(), "answer_correction", ANSWER, at(23)), "comply", {}, at(24))
    assert answered.events["correction_reply_received"] == at(23)


# ---- wrongly filed ---------------------------------------------------------------------------------------------------


def reasons() -> History:
    now = take(history(WITHDRAW, "lead"), "accept", WRONG, at(2))
    now = take(now, "ask_reasons", {"ground": "meddling_in_dispute"}, at(3))
    return take(now, "explain", EXPLAINED, at(4))


def told_to_withdraw() -> History:
    return take(reasons(), "notice", NOTIFIED, at(5), by="bai.ruochuan")


def objected() -> History:
    return take(told_to_withdraw(), "ask_reconsideration", {"reasons": "a fraud"}, at(9))


def upheld() -> History:
    return take(objected(), "reconsider_uphold", {"reasons": "a quarrel"}, at(12), by="another")


def at_the_superior() -> History:
    now = take(upheld(), "ask_review", {"reasons": "a fraud"}, at(13))
    assert now.running == set()
    return take(now, "receive_review", {"received_at": at(14)}, at(14))


def test_only_the_four_means_open_the_question_why_it_was_filed() -> None:
    now = take(history(WITHDRAW, "lead"), "accept", WRONG, at(2))

    assert refusals(now, "ask_reasons", {"ground": "no_crime_facts"}) == ["field:ground"]
    assert take(now, "ask_reasons", {"ground": "revenge"}, at(3)).running == {
        "filing_supervision_explain_filing"
    }
    assert take(now, "reject", {}, at(3)).state == "closed"


@pytest.mark.parametrize("event", ["arrest_request_received", "prosecution_file_received"])
def test_once_arrest_or_prosecution_is_requested_that_review_decides(event: str) -> None:
    now = take(history(WITHDRAW, "lead", events={event: at(1)}), "accept", WRONG, at(2))

    assert refusals(now, "ask_reasons", {"ground": "revenge"}) == ["guard:not_submitted_yet"]


def test_reasons_for_filing_stand() -> None:
    now = take(take(reasons(), "uphold", {}, at(5)), "tell", {}, at(6))

    assert (now.state, now.running) == ("closed", set())


def test_police_withdraw_on_their_own() -> None:
    now = take(reasons(), "withdraw_self", {}, at(5))

    assert (now.state, now.running) == ("closed", set())


def test_no_reasons_for_filing_in_time() -> None:
    now = take(history(WITHDRAW, "lead"), "accept", WRONG, at(2))
    now = take(now, "ask_reasons", {"ground": "extortion"}, at(3))
    now = take(gone(now, "filing_supervision_explain_filing"), "no_answer", {}, at(11))

    assert take(now, "notice", NOTIFIED, at(12)).state == "notice_issued"


def test_notice_to_withdraw_begins_with_the_stage_of_fifteen_days() -> None:
    starts = {start.limit: start.stage for start in process(WITHDRAW).step("notice").started}

    assert starts["notify_withdraw_case_comply"] == "otherwise"
    assert told_to_withdraw().running >= {"notify_withdraw_case_comply", WATCHDOG}


def test_reconsideration_rests_the_duty_and_no_correction_is_possible() -> None:
    now = objected()

    assert now.running == {"withdraw_notice_reconsideration_decision"}
    assert refusals(now, "correct", CORRECTION) == ["state", "not_expired:notify_withdraw_case_comply"]


def test_another_prosecutor_reconsiders() -> None:
    now = objected()
    decided = {"reasons": "a quarrel"}

    own = refusals(now, "reconsider_uphold", decided, "prosecutor", by="bai.ruochuan")

    assert own == ["guard:another_decides"]
    assert refusals(now, "reconsider_uphold", decided, "prosecutor", by="another") == []


def test_request_is_taken_in_once_and_for_another_prosecutor() -> None:
    now = replace(objected(), now=at(10))

    own = refusals(now, "receive_request", {"received_at": at(10), "handler": "bai.ruochuan"})
    assert own == ["guard:handler_did_not_notify"]
    taken_in = take(now, "receive_request", {"received_at": at(10), "handler": "another"}, at(10))
    assert refusals(taken_in, "receive_request", {"received_at": at(10), "handler": "third"}) == [
        "guard:request_not_taken_in"
    ]


def test_nothing_is_decided_on_a_request_that_has_not_arrived() -> None:
    sent = history(WITHDRAW, "reconsideration")

    assert refusals(sent, "reconsider_change", {"reasons": "right"}) == ["event"]
    assert refusals(history(WITHDRAW, "superior_review"), "review_change", {"reasons": "right"}) == ["event"]
    assert refusals(history(WITHDRAW, "reconsidered"), "ask_review", {"reasons": "wrong"}) == ["event"]


def test_reconsideration_revokes_the_notice() -> None:
    now = take(objected(), "reconsider_change", {"reasons": "a fraud"}, at(12), by="another")

    assert (now.state, now.running) == ("closed", set())


def test_review_lapses_and_the_duty_goes_on() -> None:
    now = upheld()
    assert now.running == {"withdraw_notice_review_request"}
    assert refusals(now, "no_review") == ["not_expired:withdraw_notice_review_request"]
    now = take(gone(now, "withdraw_notice_review_request"), "no_review", {}, at(18))

    assert now.state == "must_withdraw"
    assert now.running == {"notify_withdraw_case_comply", WATCHDOG}


def test_superior_upholds_and_a_correction_follows_where_nothing_is_done() -> None:
    now = at_the_superior()
    assert now.running == {"withdraw_notice_review_decision"}
    now = take(now, "review_uphold", {"reasons": "a quarrel"}, at(20))
    assert refusals(now, "correct", CORRECTION) != []
    now = take(gone(now, "notify_withdraw_case_comply", WATCHDOG), "correct", CORRECTION, at(21))
    now = take(gone(now, "correction_notice_reply"), "report_up", {}, at(28))
    done = take(now, "comply", {}, at(29))

    assert (done.state, done.running) == ("closed", set())
    assert take(now, "superior_ends", {}, at(29)).running == set()


def test_superior_finds_the_notice_wrong() -> None:
    now = take(at_the_superior(), "review_change", {"reasons": "a fraud indeed"}, at(20))

    assert (now.state, now.running) == ("closed", set())


def test_withdrawal_recorded_in_the_case_is_followed_from_everywhere() -> None:
    step = process(WITHDRAW).step("withdrawn_elsewhere")
    for state in step.from_:
        now = take(history(WITHDRAW, state, events={"case_withdrawn": at(20)}), step.id, {}, at(20))
        assert now.state == "closed"


def test_case_follows_a_withdrawal_decided_in_supervision() -> None:
    past = history("case", "investigation", events={"case_withdrawn": at(20)})

    now = take(past, "withdrawn_elsewhere", {}, at(20))

    assert (now.state, now.running) == ("withdrawn", {"case_withdrawal_notice_parties"})


@pytest.mark.parametrize("state", ["under_review", "not_filed", "reconsidering", "superior_review"])
def test_filing_review_follows_a_filing_decided_in_supervision(state: str) -> None:
    clocks = frozenset({"filing_review_general", "non_filing_reconsideration_decision"})
    past = history("filing_review", state, events={"filing_decided": at(20)}, running=clocks)

    now = take(past, "supervised_file", {}, at(20))

    assert (now.state, now.running) == ("filed", set())
