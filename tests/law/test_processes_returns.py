"""Returns for supplementary investigation, outlines and their items, requests for evidence."""

from dataclasses import replace
from datetime import date

import pytest

from coordination.law.grammar import History, Opened, effects
from tests.law.proceedings import NOW, at, history, process, refusals, take, taken

ITEMS = ("appraise the tool", "hear the neighbour")
RETURN = {"return_no": 1, "items": ITEMS, "reasons": "evidence is missing"}
OUTLINE = {"occasion": "with_non_approval", "items": ITEMS, "due_on": date(2026, 12, 20)}
DONE = (("outline_item", "answered"), ("outline_item", "answered"))
CHECKED = (("outline_item", "closed"), ("outline_item", "closed"))


def returned(times: int = 1) -> History:
    """A return that the police have received, the n-th of its case."""
    past = history("supplementary_investigation", "drafting", recorded={"returned_for_supplement": times - 1})
    return take(past, "return_case", {**RETURN, "return_no": times}, at(2))


def test_return_opens_a_procedure_for_every_item() -> None:
    done = effects(
        process("supplementary_investigation"), "return_case",
        history("supplementary_investigation", "drafting"), RETURN, NOW,
    )  # fmt: skip

    assert done.opens == tuple(Opened("outline_item", item) for item in ITEMS)
    assert done.documents == ("DOC-RETURN-DECISION", "DOC-OUTLINE-RETURN")
    assert [start.limit for start in done.starts_on_receipt] == ["supplementary_investigation"]


def test_second_return_says_so_and_a_third_is_refused() -> None:
    assert "second_return_received" not in returned(1).events
    assert "second_return_received" in returned(2).events
    past = history("supplementary_investigation", "drafting", recorded={"returned_for_supplement": 2})
    assert refusals(past, "return_case", {**RETURN, "return_no": 3}) == ["guard:fewer_than_two_returns"]
    assert refusals(past, "return_case", RETURN) == [
        "guard:fewer_than_two_returns", "guard:return_number_counts",
    ]  # fmt: skip


def test_nothing_is_returned_during_an_appraisal() -> None:
    past = history("supplementary_investigation", "drafting", events={"psychiatric_appraisal_decided": at(1)})

    assert refusals(past, "return_case", RETURN) == ["guard:no_appraisal_running"]
    over = {**past.events, "psychiatric_appraisal_resumed": at(2)}
    assert refusals(replace(past, events=over), "return_case", RETURN) == []
    assert take(past, "cancel", {}, at(2)).state == "closed"


@pytest.mark.parametrize("step", ["send_back", "new_opinion"])
def test_file_goes_back_when_every_item_is_answered(step: str) -> None:
    past = returned(2)
    assert refusals(past, step) == ["guard:every_item_answered"]
    one = replace(past, children=(("outline_item", "answered"), ("outline_item", "open")))
    assert refusals(one, step) == ["guard:every_item_answered"]

    now = take(replace(past, children=DONE), step, {}, at(20))

    assert (now.state, now.running) == ("rereceived", {"outline_check_norm"})
    assert "file_rereceived_after_second_return" in now.events
    assert refusals(now, "check", {"satisfied": True}) == ["guard:every_item_checked"]
    now = take(replace(now, children=CHECKED), "check", {"satisfied": True}, at(22))
    assert (now.state, now.running) == ("closed", frozenset())


def test_return_that_was_never_received_is_not_answered() -> None:
    past = history("supplementary_investigation", "returned")

    assert refusals(past, "send_back") == ["event"]
    assert refusals(past, "withdraw", {"ending": "withdrawn"}) == ["event"]


def test_month_that_runs_out_asks_for_reasons() -> None:
    gone = replace(returned(), expired=frozenset({"supplementary_investigation"}))
    now = take(gone, "expire", {}, at(30))
    assert "supplementary_investigation_overdue_reasons" in now.running
    now = take(now, "ask_reasons", {}, at(30, 10))
    now = take(now, "give_reasons", {"reasons": "laboratory", "planned_on": date(2026, 12, 10)}, at(30, 11))
    assert now.state == "reasons_in"
    assert "supplementary_investigation_overdue_reasons" not in now.running

    now = take(replace(now, children=DONE), "send_back", {}, at(30, 12))

    assert now.state == "rereceived"
    assert refusals(returned(), "expire") == ["not_expired:supplementary_investigation"]


@pytest.mark.parametrize(("lawful", "opened"), [(True, ()), (False, (Opened("supervision_lead"),))])
def test_unlawful_withdrawal_opens_a_lead(lawful: bool, opened: tuple[Opened, ...]) -> None:
    now = take(returned(), "withdraw", {"ending": "withdrawn"}, at(10))
    assert now.events["case_withdrawn"] == at(10)

    done = effects(
        process("supplementary_investigation"), "check_withdrawal", now, {"lawful": lawful}, at(11)
    )

    assert (done.state, done.opens) == ("closed", opened)


def test_item_is_answered_once_the_police_have_it() -> None:
    past = history("outline_item", "open")
    assert refusals(past, "answer", {"result": "done"}) == ["event"]
    had = replace(past, events={"return_received_by_police": at(3)})
    assert refusals(had, "answer", {"result": "cannot_be_done"}) == ["field:reason_if_not"]

    now = take(had, "answer", {"result": "cannot_be_done", "reason_if_not": "destroyed"}, at(4))
    assert refusals(now, "send_again", {"comment": "look again"}) == ["guard:outline_is_open"]
    served = replace(now, opener=(taken("serve", at(2), occasion="with_approval"),))
    again = take(served, "send_again", {"comment": "look again"}, at(5))

    assert again.state == "open"
    assert take(now, "check", {"item_checked": "reason_accepted"}, at(6)).state == "closed"


@pytest.mark.parametrize("name", ["outline_item", "investigation_outline"])
def test_end_of_the_case_overtakes_what_is_open(name: str) -> None:
    state = "open" if name == "outline_item" else "answering"
    past = history(name, state, events={"indictment_issued": at(9)})

    now = take(past, "overtaken", {}, at(9))

    assert (now.state, now.running) == ("closed", frozenset())


def test_outline_from_service_to_its_end() -> None:
    now = take(history("investigation_outline", "drafting"), "serve", OUTLINE, at(2))
    assert (now.running, len(now.children)) == ({"outline_item_answer"}, 2)
    now = take(now, "query", {"question": "which tool?"}, at(3))
    assert refusals(now, "query", {"question": "again?"}) == ["guard:no_question_open"]
    now = take(now, "clarify", {"answer": "the hammer"}, at(4))
    assert refusals(now, "clarify", {"answer": "again"}) == ["guard:question_open"]
    assert refusals(now, "answer") == ["guard:every_item_answered"]
    now = take(replace(now, children=DONE), "answer", {}, at(5))
    assert now.running == {"outline_check_norm"}
    assert refusals(now, "send_again", {"due_on": date(2026, 12, 24)}) == ["guard:some_item_open"]
    sent = replace(now, children=(("outline_item", "open"), ("outline_item", "closed")))
    again = take(sent, "send_again", {"due_on": date(2026, 12, 24)}, at(6))
    assert (again.state, again.running) == ("answering", {"outline_item_answer"})
    now = take(replace(now, children=CHECKED), "check", {}, at(6))

    assert take(now, "close", {}, at(7)).state == "closed"


@pytest.mark.parametrize(
    ("occasion", "document"),
    [("with_approval", "DOC-OUTLINE-CONTINUE"), ("with_non_approval", "DOC-OUTLINE-NON-ARREST")],
)
def test_outline_bears_the_name_of_its_occasion(occasion: str, document: str) -> None:
    past = history("investigation_outline", "drafting")

    done = effects(process("investigation_outline"), "serve", past, {**OUTLINE, "occasion": occasion}, NOW)

    assert done.documents == (document,)


def test_request_for_evidence_is_supplied_late_and_told_to_the_defender() -> None:
    asked = {"items": ITEMS, "proof_purpose": "the tool", "due_on": date(2026, 11, 30)}
    now = take(history("evidence_request", "drafting"), "serve", asked, at(2))
    assert now.running == {"evidence_request_reply"}
    now = take(replace(now, expired=now.running), "expire", {}, at(30))
    now = take(now, "supply", {"item_result": "supplied"}, at(30, 10))
    assert refusals(now, "tell_defender") == ["guard:defender_to_tell"]
    now = take(now, "exculpatory", {}, at(30, 11))
    assert refusals(now, "close") == ["running:evidence_submission_to_defence_notice"]
    now = take(now, "tell_defender", {}, at(30, 12))

    assert take(now, "close", {}, at(30, 13)).state == "closed"


def test_request_for_evidence_never_received_is_not_answered_and_may_be_withdrawn() -> None:
    past = history("evidence_request", "served", running=frozenset({"evidence_request_reply"}))

    assert refusals(past, "supply", {"item_result": "supplied"}) == ["event"]
    assert refusals(past, "withdraw") == ["field:reason"]
    assert take(past, "withdraw", {"reason": "found elsewhere"}, at(5)).running == set()
