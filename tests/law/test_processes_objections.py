"""Objections to a refusal of arrest and to a non-prosecution: the ways through, and everything that is refused."""

from dataclasses import replace

import pytest

from coordination.law.grammar import History
from coordination.law.guards import GUARDS
from tests.law.proceedings import actor, at, history, process, refusals, take, taken

REFUSED = taken(
    "refuse", at(3), "gu.nanqiao", ground="insufficient_evidence", reasons="no", supplement_asked=False
)
DROPPED = taken(
    "not_prosecute", at(3), "gu.nanqiao", ground="minor_discretionary", property="none", penalty_needed=True
)
ASKED = {"decision_contested": "d1", "reasons": "the evidence is enough"}


def non_arrest(state: str = "right_open", **changes: object) -> History:
    """The objection of a suspect who is out, with the refusal received."""
    known = {"events": {"non_approval_received": at(4)}, "opener": (REFUSED,), **changes}
    return history("non_arrest_objection", state, **known)


def non_prosecution(state: str = "right_open", **changes: object) -> History:
    """The objection to a non-prosecution that the police have received."""
    known = {"events": {"non_prosecution_received_by_police": at(4)}, "opener": (DROPPED,), **changes}
    return history("non_prosecution_objection", state, **known)


def test_refusal_of_arrest_from_the_request_to_the_review_upheld() -> None:
    now = take(non_arrest(), "open", {}, at(4, 10))
    assert now.running == {"non_arrest_reconsideration_request"}
    now = take(now, "ask", ASKED, at(6))
    assert now.running == {"non_arrest_reconsideration_decision"}
    now = take(now, "receive", {"received_at": at(6, 11), "handler": "bai.ruochuan"}, at(6, 12))
    now = take(now, "uphold", {"reasons": "not enough"}, at(12), by="bai.ruochuan")
    assert now.running == {"non_arrest_review_request"}
    now = take(now, "ask_review", {"reasons": "enough"}, at(14))
    assert now.running == set()
    now = take(now, "receive_review", {"received_at": at(16)}, at(16, 10))
    assert now.running == {"non_arrest_review_decision"}
    now = take(now, "review", {"outcome": "upheld", "reasons": "not enough"}, at(20))
    assert refusals(now, "carry_out") == ["guard:review_changed"]
    now = take(now, "close", {}, at(21))

    assert (now.state, now.running) == ("closed", frozenset())


def test_refusal_changed_by_the_superior_is_carried_out_as_an_arrest() -> None:
    past = non_arrest("reviewing", running=frozenset({"non_arrest_review_decision"}))
    now = take(past, "review", {"outcome": "changed", "reasons": "enough"}, at(20))
    assert refusals(now, "close") == ["guard:review_upheld"]

    now = take(now, "carry_out", {}, at(21))

    assert now.events["arrest_approval_received"] == at(21)
    assert now.running == {"arrest_approval_execution"}
    assert (
        refusals(history("custody", "free", events=now.events), "arrest", {"executed_at": at(21, 10)}) == []
    )


def test_reconsideration_before_the_release_is_refused_with_its_article() -> None:
    held = non_arrest(in_custody=True)

    assert refusals(held, "ask", ASKED) == ["guard:released_before_objection"]
    assert [str(source) for source in GUARDS["released_before_objection"].sources] == ["CPL 92", "MPS 141"]
    assert refusals(replace(held, in_custody=False), "ask", ASKED) == []


def test_objection_to_a_refusal_that_was_never_received_is_refused() -> None:
    assert refusals(replace(non_arrest(), events={}), "ask", ASKED) == ["event"]
    assert refusals(replace(non_prosecution(), events={}), "ask", ASKED) == ["event"]


def test_after_a_call_for_supplement_arrest_is_asked_for_again() -> None:
    asked = taken("refuse", at(3), "gu.nanqiao", supplement_asked=True)
    past = non_arrest("requested", opener=(asked,))
    facts = {"received_at": at(6), "handler": "bai.ruochuan"}

    assert refusals(past, "receive", facts) == ["guard:no_supplement_asked"]
    assert refusals(past, "refuse_supplement") == []
    assert refusals(non_arrest("requested"), "refuse_supplement") == ["guard:supplement_was_asked"]


@pytest.mark.parametrize(
    ("past", "guard", "handler_guard"),
    [
        (non_arrest, "did_not_refuse_arrest", "handler_did_not_refuse_arrest"),
        (non_prosecution, "did_not_decide_non_prosecution", "handler_did_not_decide_non_prosecution"),
    ],
)
def test_another_prosecutor_decides_the_reconsideration(past: object, guard: str, handler_guard: str) -> None:
    assert callable(past)
    deciding, requested = past("reconsidering"), past("requested")
    facts = {"reasons": "words"}

    for step in ("change", "uphold"):
        assert refusals(deciding, step, facts, "prosecutor", by="gu.nanqiao") == [f"guard:{guard}"]
        assert refusals(deciding, step, facts, "prosecutor", by="bai.ruochuan") == []
    received = {"received_at": at(6), "handler": "gu.nanqiao"}
    assert refusals(requested, "receive", received) == [f"guard:{handler_guard}"]
    assert refusals(requested, "receive", {**received, "handler": "bai.ruochuan"}) == []


@pytest.mark.parametrize("name", ["non_arrest", "non_prosecution"])
def test_right_that_is_not_used_lapses_by_itself(name: str) -> None:
    first, second = f"{name}_reconsideration_request", f"{name}_review_request"
    process_id = f"{name}_objection"
    open_ = history(process_id, "right_open", running=frozenset({first}))

    assert refusals(open_, "lapse") == [f"not_expired:{first}"]
    assert take(replace(open_, expired=frozenset({first})), "lapse", {}, at(20)).state == "closed"
    upheld = history(process_id, "upheld", running=frozenset({second}), expired=frozenset({second}))
    assert take(upheld, "lapse_review", {}, at(20)).state == "closed"
    assert refusals(upheld, "lapse", {}, "police_legal")[0] == "state"
    assert "role" in refusals(upheld, "lapse_review", {}, "police_legal")


def test_non_prosecution_objected_to_up_to_its_revocation() -> None:
    now = take(non_prosecution(), "open", {}, at(4, 10))
    assert now.running == {"non_prosecution_reconsideration_request"}
    now = take(now, "ask", ASKED, at(6))
    now = take(now, "receive", {"received_at": at(6, 11), "handler": "bai.ruochuan"}, at(6, 12))
    assert now.running == {"non_prosecution_reconsideration_decision"}
    now = take(now, "uphold", {"reasons": "minor"}, at(12), by="bai.ruochuan")
    now = take(now, "ask_review", {"reasons": "not minor"}, at(14))
    now = take(now, "receive_review", {"received_at": at(16)}, at(16, 10))
    upheld = take(now, "review", {"outcome": "upheld", "reasons": "minor"}, at(20))
    changed = take(now, "review", {"outcome": "changed", "reasons": "not minor"}, at(20))

    assert (upheld.state, changed.state) == ("closed", "closed")
    assert "non_prosecution_revoked" not in upheld.events
    assert changed.events["non_prosecution_revoked"] == at(20)


def test_revocation_takes_the_case_up_again_and_ends_the_reverse_transfer() -> None:
    revoked = {"non_prosecution_revoked": at(20)}

    review = take(history("prosecution_review", "np_served", events=revoked), "take_up_again", {}, at(20))
    case = take(history("case", "not_prosecuted", events=revoked), "decision_changed", {}, at(20))
    passed = take(history("reverse_transfer", "suspended", events=revoked), "stop", {}, at(20))

    assert (review.state, case.state, passed.state) == ("reviewing", "prosecution_review", "closed")


def test_everybody_has_their_own_steps() -> None:
    deciding = non_arrest("reconsidering")

    assert refusals(deciding, "uphold", {"reasons": "no"}, "case_manager") == ["role"]
    assert process("non_arrest_objection").step("uphold").approval == "chief_procurator"
    asked = refusals(non_arrest("review_requested"), "receive_review", {"received_at": at(6)}, "prosecutor")
    assert asked == ["role"]
    assert actor("superior_prosecutor").roles == {"superior_prosecutor"}
