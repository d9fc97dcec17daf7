"""Sharing between the organs, and the Office's own: data, bulletins, look-ups, packages, duty and absence."""

from dataclasses import replace
from datetime import date

import pytest

from coordination.law.grammar import following
from tests.law.proceedings import at, history, process, refusals, take, taken

REQUEST = {"items": ("detained persons",), "purpose": "weekly list", "period": "2026-11"}
ANSWER = {"rows": 12, "file": "f1", "scope": "names and dates"}
PACKAGE = {"package_no": "EX-2026-0417", "manifest": "m1", "records": 3, "files": 412}
LOOKUP = {"purpose": "lead_check", "fields": ("filing date",), "result_rows": 4}
ABSENCE = {
    "from_on": date(2026, 11, 20),
    "until_on": date(2026, 11, 30),
    "stand_in": "he",
    "matters": ("call centre",),
}


def test_data_are_asked_for_answered_checked_and_answered_again() -> None:
    now = take(history("data_request", "asked"), "ask", REQUEST, at(17))
    assert now.running == {"data_request_answer"}
    now = take(now, "answer", ANSWER, at(18))
    assert now.running == set()
    now = take(now, "mismatch", {"differences": ("two rows twice",)}, at(19))
    assert now.running == {"data_request_answer"}
    refused = take(now, "refuse", {"reason": "out of scope"}, at(20))
    assert (refused.state, refused.running) == ("refused", set())
    now = take(take(now, "answer", ANSWER, at(20)), "close", {}, at(21))

    assert now.state == "closed"


@pytest.mark.parametrize(("mirrored", "asks"), [(False, "office_resident"), (True, "office_police")])
def test_either_member_of_the_office_asks_and_the_other_answers(mirrored: bool, asks: str) -> None:
    other = {"office_resident": "office_police", "office_police": "office_resident"}[asks]
    asked = history("data_request", "asked", mirrored=mirrored)
    checking = history("data_request", "checking", mirrored=mirrored)

    assert refusals(asked, "ask", REQUEST, asks) == []
    assert refusals(asked, "ask", REQUEST, other) == ["role"]
    assert refusals(checking, "answer", ANSWER, other) == []
    assert refusals(checking, "answer", ANSWER, asks) == ["role"]


def test_bulletin_is_sent_once_both_sides_have_approved() -> None:
    drafting = history("bulletin", "drafting")
    figures = {"indicators": ("IND-RETURN",)}
    assert refusals(drafting, "draft", figures) == ["guard:bulletin_open"]
    now = take(drafting, "open", {"period": "2026-10", "due_on": date(2026, 11, 10)}, at(2))
    assert now.running == {"periodic_case_information_exchange"}
    assert refusals(now, "open", {"period": "2026-11", "due_on": date(2026, 12, 10)}) == [
        "guard:bulletin_not_open"
    ]
    now = take(now, "draft", figures, at(3))
    assert refusals(now, "send") == ["guard:police_approved_figures"]
    now = take(now, "agree_police", {}, at(4))
    assert refusals(now, "agree_police") == ["guard:bulletin_open_to_police"]
    back = take(take(now, "revise", {"comment": "page 2"}, at(4, 10)), "draft", figures, at(4, 11))
    assert refusals(back, "send") == ["guard:police_approved_figures"]
    now = take(now, "send", {}, at(6))
    assert now.running == {"bulletin_receipt_norm"}
    assert [step.id for step in following(process("bulletin"), now, "bulletin_receipted")] == ["receipt"]
    now = take(now, "receipt", {}, at(10))
    assert now.running == set()
    now = take(take(now, "respond", {"answer": "noted"}, at(11)), "close", {}, at(12))

    assert now.state == "closed"


def test_bulletin_is_not_receipted_before_the_desk_has_it() -> None:
    assert refusals(history("bulletin", "sent"), "receipt") == ["event"]


def test_lookup_is_reviewed_or_questioned_and_explained() -> None:
    now = take(history("platform_lookup", "opened"), "look", LOOKUP, at(16))
    assert now.running == {"lookup_review_norm"}

    reviewed = take(now, "review", {}, at(17))
    questioned = take(now, "question", {"question": "which lead?"}, at(17))

    assert (reviewed.state, reviewed.running) == ("closed", set())
    assert questioned.running == set()
    assert take(questioned, "explain", {"answer": "lead 12"}, at(18)).state == "closed"
    assert take(history("platform_lookup", "opened"), "abandon", {}, at(16)).state == "closed"


def test_package_with_a_mismatch_is_fixed_and_accepted() -> None:
    now = take(history("exchange_package", "built"), "send", PACKAGE, at(20))
    assert now.running == {"package_ack_norm"}
    now = take(now, "find_mismatch", {"differences": ("list 412 pages, file 410",)}, at(23, 9, 10))
    assert now.running == {"package_fix_norm"}
    rejected = take(now, "reject", {"reason": "unreadable"}, at(24))
    assert (rejected.state, rejected.running) == ("rejected", set())
    now = take(now, "fix", {"correction": "pages 411 and 412 added"}, at(24))
    assert now.running == {"package_ack_norm"}
    now = take(now, "ack", {}, at(25))

    assert (now.state, now.running) == ("accepted", set())
    assert "document_receipted" not in now.events
    assert take(history("exchange_package", "built"), "discard", {}, at(20)).state == "rejected"


def test_absence_is_offered_accepted_and_handed_back_by_the_people_it_names() -> None:
    past = history("absence_handover", "opened", now=at(19))
    assert refusals(past, "open", {**ABSENCE, "stand_in": "luo"}, "investigator", by="luo") == [
        "guard:someone_else_stands_in"
    ]
    assert refusals(past, "open", {**ABSENCE, "until_on": date(2026, 11, 19)}) == [
        "field:until_on",
        "field:until_on",
    ]
    now = take(past, "open", ABSENCE, at(19), by="luo")
    assert now.running == {"handover_accept_norm"}
    assert refusals(now, "accept", {}, "investigator", by="zhu") == ["named"]
    assert refusals(now, "cancel", {}, "investigator", by="he") == ["named"]
    assert refusals(now, "cancel", {}, "investigator", by="luo") == []
    now = take(now, "accept", {}, at(20), by="he")
    assert (now.state, now.running) == ("active", set())
    assert refusals(now, "end", {"report": "r"}, "investigator", by="zhu") == ["named"]
    now = take(now, "end", {"report": "nothing open"}, at(30), by="luo")

    assert now.state == "ended"


def test_head_names_a_deputy_once_the_norm_has_passed() -> None:
    now = take(history("absence_handover", "opened"), "open", ABSENCE, at(19), by="luo")
    assert refusals(now, "force", {"stand_in": "zhu"}) == ["not_expired:handover_accept_norm"]
    gone = replace(now, expired=frozenset({"handover_accept_norm"}))
    assert refusals(gone, "force", {"stand_in": "luo"}) == ["guard:deputy_is_not_the_absent"]

    now = take(gone, "force", {"stand_in": "zhu"}, at(23))

    assert (now.state, now.running) == ("active", set())
    assert now.named("stand_in") == {"zhu"}


@pytest.mark.parametrize("role", ["investigator", "prosecutor", "office_resident", "custody_officer"])
def test_absence_is_open_to_every_role(role: str) -> None:
    assert refusals(history("absence_handover", "opened"), "open", ABSENCE, role) == []


def test_duty_is_planned_staffed_logged_handed_over_and_signed_off() -> None:
    shift = {"shift": "morning", "person": "jiang"}
    now = take(history("duty_shift", "planned"), "plan", {**shift, "planned_on": date(2026, 11, 23)}, at(20))
    missed = take(now, "miss", {"reason": "nobody came"}, at(23))
    now = take(now, "start", shift, at(23))
    now = take(now, "note", {"kind": "advice", "text": "how to keep a phone"}, at(23, 10))
    now = take(now, "hand_over", {"open_matters": ("one lead",), "next_person": "shi"}, at(23, 17))
    now = take(now, "close", {}, at(23, 17, 30))

    assert (missed.state, now.state) == ("missed", "closed")
    assert refusals(now, "note", {"kind": "visit", "text": "x"}) == ["closed"]


def test_lookup_is_reviewed_by_the_police_member_only() -> None:
    past = history("platform_lookup", "logged", taken=(taken("look", at(16), **LOOKUP),))

    assert refusals(past, "review", {}, "office_resident") == ["role"]
