"""Joint meetings with their action items, and the joint analysis: what both sides agree, and who answers for it."""

from dataclasses import replace
from datetime import date

from coordination.law.grammar import Actor, Opened, effects, following
from tests.law.proceedings import at, history, process, refusals, take, taken

HELD = {"held_at": at(10, 15), "present": ("both",), "decisions": ("train", "share lists")}
ASSIGNED = {"owner": "he", "due_on": date(2026, 11, 27), "result_expected": "train"}


def test_meeting_from_the_agenda_to_the_close() -> None:
    now = history("joint_meeting", "planned")
    notice = {"meets_at": at(30, 15), "place": "case centre", "invited": ("both",)}
    assert refusals(now, "call", notice) == ["guard:agenda_collected"]
    now = take(now, "plan", {"kind": "regular", "agenda": ("open leads",)}, at(9))
    now = take(now, "call", notice, at(9, 10))
    now = take(now, "hold", HELD, at(10, 17))
    assert now.running == {"meeting_minutes_norm"}
    assert now.events["meeting_held"] == at(10, 15)
    assert refusals(now, "minutes") == ["guard:minutes_text_agreed"]
    now = take(now, "agree_text", {}, at(11))
    assert refusals(now, "agree_text") == ["guard:minutes_text_open"]
    opened = effects(process("joint_meeting"), "minutes", now, {}, at(12)).opens
    assert opened == tuple(
        Opened("meeting_action", item, "assign", "result_expected") for item in HELD["decisions"]
    )
    now = take(now, "minutes", {}, at(12))
    now = take(now, "check", {"result": "all done"}, at(12, 11))
    assert now.running == set()
    waiting = replace(now, children=(("meeting_action", "in_progress"), ("meeting_action", "open")))
    assert refusals(waiting, "close") == ["guard:every_decision_has_an_owner"]
    now = take(replace(now, children=(("meeting_action", "in_progress"),)), "close", {}, at(13))

    assert now.state == "closed"


def test_meeting_cannot_have_been_held_in_the_future() -> None:
    assert refusals(history("joint_meeting", "called", now=at(9)), "hold", HELD) == ["field:held_at"]


def test_meeting_that_does_not_take_place_is_cancelled() -> None:
    now = take(history("joint_meeting", "called"), "cancel", {"reason": "flood"}, at(9))

    assert now.state == "cancelled"


def test_action_is_done_by_its_owner_and_verified() -> None:
    now = take(history("meeting_action", "open"), "assign", ASSIGNED, at(12))
    assert now.running == {"meeting_action_due"}
    owner, other = Actor("he", frozenset({"investigator"}), "police"), ("office_police",)
    assert refusals(now, "finish", {"result": "held"}, *other) == ["named"]
    moved = take(now, "reassign", {"owner": "somebody", "reason": "he left"}, at(13))
    assert refusals(moved, "finish", {"result": "held"}, *other) == []
    assert owner.is_one_of(now.named("owner"))
    now = take(now, "progress", {"progress": "half"}, at(13))
    now = take(now, "finish", {"result": "held"}, at(20))
    assert now.running == set()
    again = take(now, "not_done", {"reason": "nobody came", "due_on": date(2026, 12, 4)}, at(21))
    assert (again.state, again.running) == ("in_progress", {"meeting_action_due"})
    now = take(now, "verify", {}, at(21))

    assert now.state == "closed"


def test_action_that_is_not_done_comes_up_again_at_the_next_meeting() -> None:
    now = take(history("meeting_action", "open"), "assign", ASSIGNED, at(12))
    assert refusals(now, "carry", {"meeting": "m2", "reason": "late"}) == ["state"]
    now = take(replace(now, expired=frozenset({"meeting_action_due"})), "miss", {}, at(28, 0))
    assert (now.state, now.running) == ("overdue", {"meeting_action_due"})
    now = take(now, "carry", {"meeting": "m2", "reason": "short of people"}, at(29))
    assert (now.state, now.running) == ("carried_over", set())
    now = take(now, "resume", {"due_on": date(2026, 12, 20)}, at(30))
    assert now.running == {"meeting_action_due"}
    now = take(now, "cancel", {"reason": "no longer needed", "meeting": "m3"}, at(30, 10))

    assert (now.state, now.running) == ("cancelled", set())


def test_analysis_is_signed_when_the_second_head_signs() -> None:
    now = take(
        history("joint_analysis", "scheduled"), "start", {"period": "Q3", "topics": ("fraud",)}, at(11)
    )
    now = take(now, "draft", {"indicators": ("IND-RETURN",)}, at(12))
    now = take(now, "sign_proc", {}, at(13))
    assert "analysis_signed" not in now.events
    assert refusals(now, "sign_proc") == ["guard:analysis_open_to_procuratorate"]
    assert refusals(now, "sign") == ["event"]
    now = take(now, "sign_police", {}, at(16))
    assert now.events["analysis_signed"] == at(16)
    assert [step.id for step in following(process("joint_analysis"), now, "analysis_signed")] == ["sign"]
    now = take(now, "sign", {}, at(16))
    assert (now.state, now.running) == ("signed", set())
    now = take(now, "send", {}, at(17))
    assert now.running == {"bulletin_receipt_norm"}
    now = take(now, "close", {}, at(18))

    assert (now.state, now.running) == ("closed", set())


def test_analysis_that_is_commented_on_is_signed_anew() -> None:
    first = (taken("draft", at(12)), taken("sign_police", at(13)))
    now = history("joint_analysis", "reviewing", taken=first)

    now = take(now, "comment", {"comment": "page 3"}, at(14))
    now = take(now, "draft", {"indicators": ("IND-RETURN",)}, at(15))
    now = take(now, "sign_proc", {}, at(16))

    assert "analysis_signed" not in now.events
    assert refusals(now, "sign_police") == []


def test_period_without_an_analysis_says_why() -> None:
    now = history("joint_analysis", "scheduled")

    assert refusals(now, "skip") == ["field:reason"]
    assert take(now, "skip", {"reason": "no cases"}, at(11)).state == "closed"
