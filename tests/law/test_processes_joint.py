"""Joint supervised cases: whatever binds both sides needs both, and a missing report goes to both superiors."""

from dataclasses import replace
from datetime import date

import pytest

from coordination.law.grammar import Foreseen, History, effects
from tests.law.proceedings import at, history, process, refusals, take

PROPOSAL = {
    "case": "c1", "listing_grounds": ("社会影响较大的案件",), "reason": "23 suspects", "level": "county",
    "proposed_by": "police",
}  # fmt: skip
LETTER = {
    "lead_units": ("u1",),
    "contacts": ("he",),
    "deadline_on": date(2026, 12, 31),
    "report_dates": (date(2026, 11, 15), date(2026, 12, 15)),
}
REPORT = {"progress": "19 of 23 in custody", "next": "find the four"}


def listed() -> History:
    now = take(history("joint_supervised_case", "proposed"), "propose", PROPOSAL, at(2))
    now = take(now, "approve_proc", {}, at(3))
    now = take(now, "approve_police", {}, at(3, 10))
    return take(now, "list", LETTER, at(4))


def test_case_is_listed_reported_on_and_released_by_both() -> None:
    now = listed()
    assert (now.state, now.running) == ("listed", {"joint_case_deadline", "joint_report_cycle"})
    now = take(now, "report", REPORT, at(14))
    now = take(now, "coordinate", {"held_at": at(16), "present": ("a",), "decisions": ("d1",)}, at(16, 10))
    assert "meeting_minutes_norm" in now.running
    now = take(now, "ask_release", {"result": "all sent for prosecution"}, at(20))
    assert now.running == {"joint_case_deadline", "meeting_minutes_norm"}
    now = take(now, "agree_release_police", {}, at(21))
    assert refusals(now, "release") == ["guard:both_agree_to_release", "running:meeting_minutes_norm"]
    now = take(now, "minutes", {}, at(22))
    now = take(now, "agree_release_proc", {}, at(23))
    now = take(now, "release", {}, at(24))

    assert (now.state, now.running) == ("released", set())


@pytest.mark.parametrize("one", ["approve_proc", "approve_police"])
def test_one_side_alone_cannot_list(one: str) -> None:
    now = take(history("joint_supervised_case", "proposed"), "propose", PROPOSAL, at(2))

    now = take(now, one, {}, at(3))

    assert refusals(replace(now, now=at(4)), "list", LETTER) == ["guard:both_agree_to_list"]
    assert len(refusals(now, one)) == 1


def test_side_that_does_not_want_it_ends_the_proposal() -> None:
    now = take(history("joint_supervised_case", "proposed"), "propose", PROPOSAL, at(2))

    now = take(now, "reject", {"side": "police", "reason": "no need"}, at(3))

    assert (now.state, now.running) == ("not_listed", set())


@pytest.mark.parametrize(
    "dates",
    [
        (date(2026, 11, 3),),  # before the letter
        (date(2026, 11, 4),),  # the day of the letter
        (date(2026, 11, 15), date(2027, 1, 1)),  # after the deadline
    ],
)
def test_report_dates_lie_between_the_letter_and_the_deadline(dates: tuple[date, ...]) -> None:
    now = take(history("joint_supervised_case", "proposed"), "propose", PROPOSAL, at(2))
    now = take(take(now, "approve_proc", {}, at(3)), "approve_police", {}, at(3))

    found = refusals(replace(now, now=at(4)), "list", {**LETTER, "report_dates": dates})

    assert found == ["guard:report_dates_ahead"]


def test_next_report_is_due_from_the_next_date_of_the_letter() -> None:
    now = listed()
    declared = process("joint_supervised_case")

    first = effects(declared, "list", replace(now, taken=now.taken[:-1]), LETTER, at(4))
    early = replace(now, events={**now.events, "joint_report_due": at(15, 23, 59)})
    second = effects(declared, "report", early, REPORT, at(14))

    assert first.foreseen == (Foreseen("joint_report_due", date(2026, 11, 15)),)
    assert second.foreseen == (Foreseen("joint_report_due", date(2026, 12, 15)),)


def test_missing_report_makes_the_case_overdue_and_opens_it_to_both_superiors() -> None:
    now = listed()
    assert refusals(now, "miss") == ["not_expired:joint_report_cycle"]

    now = take(replace(now, expired=frozenset({"joint_report_cycle"})), "miss", {}, at(19, 0))

    assert now.state == "overdue"
    assert process("joint_supervised_case").step("miss").opens_to == (
        "superior_procuratorate",
        "superior_police",
    )
    now = take(now, "report", REPORT, at(20))
    assert now.state == "reporting"


def test_both_extend_and_one_side_alone_cannot() -> None:
    now = listed()
    asked = {"new_deadline_on": date(2027, 3, 31), "reason": "four at large"}
    assert refusals(now, "agree_extension_proc") == ["guard:extension_open_to_procuratorate"]
    assert refusals(now, "ask_extension", {**asked, "new_deadline_on": date(2026, 12, 31)}) == [
        "guard:new_deadline_is_later"
    ]
    now = take(now, "ask_extension", asked, at(20))
    now = take(now, "agree_extension_proc", {}, at(21))
    dates = {"report_dates": (date(2027, 1, 15),)}
    assert refusals(now, "extend", dates) == ["guard:both_agree_to_extend"]
    now = take(now, "agree_extension_police", {}, at(22))
    assert refusals(now, "extend", {"report_dates": (date(2027, 4, 1),)}) == ["guard:new_report_dates_ahead"]
    now = take(now, "extend", dates, at(23))

    assert now.running == {"joint_case_deadline", "joint_report_cycle"}
    again = {"new_deadline_on": date(2027, 3, 31), "reason": "more"}
    assert refusals(now, "ask_extension", again) == ["guard:new_deadline_is_later"]
    assert refusals(now, "agree_extension_police") == ["guard:extension_open_to_police"]


def test_extension_after_the_deadline_is_refused() -> None:
    now = replace(listed(), expired=frozenset({"joint_case_deadline"}))

    found = refusals(now, "ask_extension", {"new_deadline_on": date(2027, 3, 31), "reason": "late"})

    assert found == ["guard:joint_deadline_not_passed"]


def test_passing_of_the_deadline_is_recorded_once() -> None:
    gone = frozenset({"joint_case_deadline"})

    now = take(replace(listed(), expired=gone), "deadline_passes", {}, at(30))

    assert now.state == "listed"
    assert refusals(replace(now, expired=gone), "deadline_passes") == ["guard:deadline_passes_first_time"]


def test_refused_release_goes_on_with_the_next_report() -> None:
    now = take(listed(), "ask_release", {"result": "done"}, at(20))

    now = take(now, "refuse_release", {"side": "procuratorate", "reason": "four at large"}, at(21))

    assert (now.state, now.running) == ("reporting", {"joint_case_deadline", "joint_report_cycle"})
    asked = take(now, "ask_release", {"result": "done"}, at(22))
    assert refusals(asked, "release") == ["guard:both_agree_to_release"]


def test_minutes_need_a_meeting_that_has_none() -> None:
    assert refusals(listed(), "minutes") == ["guard:coordination_without_minutes"]
