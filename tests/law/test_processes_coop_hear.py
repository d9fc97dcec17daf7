"""Hearing opinions: involvement with an answer to every item, hearings of officers, advice."""

from dataclasses import replace

import pytest

from coordination.law.grammar import History, Opened, effects, following
from tests.law.proceedings import NOW, at, history, process, refusals, take

ANSWER, ADOPTION, HEARING = "involvement_answer_norm", "involvement_adoption_norm", "officer_hearing_norm"
ASKED = {
    "case_kind": "homicide",
    "involvement_grounds": ("重大案件",),
    "stage": "after_filing",
    "questions": ("罪名",),
}
SUMMONS = {
    "officers": ("温则安",),
    "questions": ("清单第3页",),
    "meets_at": at(25, 14, 30),
    "place": "侦协办",
}


def requested() -> History:
    """Involvement asked on the 17th and received by the desk."""
    return take(history("timely_involvement", "requested"), "request", ASKED, at(17, 9, 30))


def working() -> History:
    """The prosecutors take part since the 18th."""
    accepted = {"prosecutors": ("白若川",), "first_meeting_at": at(18)}
    past = take(requested(), "accept", accepted, at(17, 15))
    seen = {"form": "scene", "held_at": at(18), "participants": ("白若川",)}
    return take(past, "take_part", seen, at(18, 10))


def opined(*items: str) -> History:
    """Opinions given on the 19th."""
    return take(working(), "opine", {"items": items}, at(19))


def test_request_is_answered_and_opinions_are_answered_one_by_one() -> None:
    assert requested().running == {ANSWER}
    now = opined("补录讯问录像", "委托死因鉴定")
    assert now.running == {ADOPTION}
    now = take(now, "answer_item", {"item_no": 2, "adopted": "adopted"}, at(20))
    assert refusals(now, "adopt") == ["guard:every_opinion_answered"]
    rest = {"item_no": 1, "adopted": "not_adopted", "reason_if_not": "设备当时故障"}
    now = take(now, "answer_item", rest, at(20, 10))

    now = take(now, "adopt", {}, at(20, 11))

    assert (now.state, now.running) == ("adopted", set())
    assert take(now, "finish", {"outcome": "arrest_requested"}, at(24)).state == "closed"


@pytest.mark.parametrize("number", [0, 2, 3])
def test_only_open_opinions_can_be_answered(number: int) -> None:
    now = take(
        opined("补录讯问录像", "委托死因鉴定"), "answer_item", {"item_no": 2, "adopted": "adopted"}, at(20)
    )

    assert refusals(now, "answer_item", {"item_no": number, "adopted": "adopted"}) == ["guard:opinion_open"]


def test_opinion_that_is_not_adopted_needs_a_reason() -> None:
    facts = {"item_no": 1, "adopted": "partly_adopted"}

    assert refusals(opined("补录讯问录像"), "answer_item", facts) == ["field:reason_if_not"]


def test_further_opinions_are_numbered_and_answered_anew() -> None:
    now = take(opined("补录讯问录像"), "answer_item", {"item_no": 1, "adopted": "adopted"}, at(20))
    now = take(take(now, "adopt", {}, at(20)), "more", {"items": ("查明凶器来源",)}, at(21))

    assert now.running == {ADOPTION}
    assert refusals(now, "adopt") == ["guard:every_opinion_answered"]
    assert refusals(now, "answer_item", {"item_no": 1, "adopted": "adopted"}) == []


def test_request_is_answered_only_after_it_was_received() -> None:
    accepted = {"prosecutors": ("白若川",), "first_meeting_at": at(24)}
    sent = replace(requested(), events={})

    assert refusals(sent, "accept", accepted) == ["guard:involvement_requested"]
    assert refusals(sent, "decline", {"reason": "r"}) == ["guard:involvement_requested"]
    assert refusals(requested(), "request", ASKED) == ["guard:involvement_not_requested"]
    declined = take(requested(), "decline", {"reason": "案情简单"}, at(18))
    assert (declined.state, declined.running) == ("declined", set())


def test_procuratorate_may_see_the_need_itself() -> None:
    facts = {"prosecutors": ("白若川",), "reasons": "命案"}

    assert take(history("timely_involvement", "requested"), "own_need", facts, at(17)).state == "answered"
    assert take(requested(), "own_need", facts, at(17)).running == set()


def test_involvement_is_stopped_with_its_clock() -> None:
    now = take(opined("补录讯问录像"), "stop", {"reason": "案件移送"}, at(20))

    assert (now.state, now.running) == ("closed", set())


# ---- hearings --------------------------------------------------------------------------------------------------------


def called() -> History:
    """A hearing called on the 19th for the 25th."""
    past = history("officer_hearing", "called", opened_by="correction_notice", now=at(19))
    return take(past, "call", SUMMONS, at(19))


def test_hearing_is_held_recorded_and_attached() -> None:
    assert called().running == {HEARING}
    held = take(called(), "hold", {"present": ("温则安",)}, at(25, 15))
    assert held.running == set()

    now = take(held, "record", {"views": "笔误", "result": "维持"}, at(25, 17))

    assert "officer_hearing_recorded" in now.events
    assert take(now, "attach", {}, at(26)).state == "closed"


def test_hearing_is_called_once_for_a_document_and_a_future_day() -> None:
    past = history("officer_hearing", "called", now=at(19))

    assert refusals(past, "call", SUMMONS) == ["guard:disputed_document_named"]
    assert refusals(past, "call", {**SUMMONS, "disputed_document": "纠违〔2026〕7号"}) == []
    assert refusals(past, "hold", {"present": ("温则安",)}) == ["guard:summons_sent"]
    assert refusals(called(), "call", SUMMONS) == ["guard:summons_not_sent"]
    yesterday = {**SUMMONS, "meets_at": at(18), "disputed_document": "d"}
    assert refusals(past, "call", yesterday) == ["field:meets_at"]


def test_hearing_is_moved_or_cancelled() -> None:
    moved = take(called(), "move_date", {"meets_at": at(26, 9), "reason": "外出"}, at(24))
    cancelled = take(called(), "cancel", {"reason": "撤回异议"}, at(24))

    assert moved.running == {HEARING}
    assert (cancelled.state, cancelled.running) == ("cancelled", set())
    assert "officer_hearing_held" not in cancelled.events


def test_notice_calls_the_hearing_and_follows_its_record() -> None:
    objected = history("correction_notice", "objected", now=at(19))
    upheld = {"result_by_finding": ("SEI-3 成立",)}
    notice = process("correction_notice")

    done = effects(notice, "call_hearing", objected, SUMMONS, at(19))
    now = take(objected, "call_hearing", SUMMONS, at(19))

    assert done.opens == (Opened("officer_hearing", takes="call", facts=SUMMONS),)
    assert (done.emits, done.starts, done.documents) == ((), (), ())
    assert refusals(now, "uphold", upheld) == ["guard:no_hearing_open"]
    assert refusals(now, "call_hearing", SUMMONS) == ["guard:no_hearing_open"]
    recorded = replace(now, events={"officer_hearing_recorded": at(23)}, now=at(23))
    assert [step.id for step in following(notice, recorded, "officer_hearing_recorded")] == ["hear"]
    assert refusals(take(recorded, "hear", {}, at(23)), "uphold", upheld) == []
    cancelled = replace(now, events={"officer_hearing_cancelled": at(23)}, now=at(23))
    assert refusals(take(cancelled, "hearing_cancelled", {}, at(23)), "uphold", upheld) == []


# ---- advice ----------------------------------------------------------------------------------------------------------


def consulted(*, in_case: bool = True) -> History:
    """A question asked on the 20th."""
    past = history("consultation", "asked", in_case=in_case)
    return take(past, "ask", {"question": "罪名如何把握", "urgency": "normal"}, at(20))


def test_advice_is_given_and_closed() -> None:
    assert consulted().running == {"consultation_answer_norm"}

    now = take(consulted(), "answer", {"answer": "参照会议纪要"}, at(23))

    assert now.running == set()
    assert take(now, "close", {}, at(24)).state == "closed"


def test_advice_becomes_involvement_only_in_a_case() -> None:
    facts = {"reason": "案情重大"}

    assert refusals(consulted(in_case=False), "redirect", facts) == ["guard:asked_in_a_case"]
    done = effects(process("consultation"), "redirect", consulted(), facts, NOW)
    assert done.opens == (Opened("timely_involvement"),)
    assert take(consulted(), "redirect", facts, at(23)).running == set()
