"""Who is named and who is asked: steps of one person, steps laid ready, proceedings for every item of a list."""

from dataclasses import replace
from datetime import date

import pytest

from coordination.law.grammar import (
    SAME,
    Actor,
    Emit,
    Field,
    Foreseen,
    Open,
    Opened,
    Process,
    State,
    Step,
    check,
    effects,
)
from tests.law.proceedings import NOW, actor, at, codes, history, taken

DATES = (date(2026, 10, 15), date(2026, 11, 15), date(2026, 12, 15))


def small(*steps: Step) -> Process:
    """A procedure of two states with these steps."""
    states = (State("on", "在", "on", "start"), State("off", "毕", "off", "end"))
    return Process("small", "OFFICE", "小", "Small", "office", "office_resident", states, steps)


FINISH = Step("finish", "完成", "Done", "office_police", ("on",), "off", named_by=("owner", "open"))


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Actor("he", frozenset(), "police"), []),
        (Actor("she", frozenset({"investigator"}), "police"), []),
        (Actor("deputy", frozenset(), "police", stands_for=frozenset({"he"})), []),
        (Actor("other", frozenset({"office_police"}), "police"), ["named"]),
        (Actor("deputy", frozenset(), "police", stands_for=frozenset({"other"})), ["named"]),
    ],
)
def test_step_of_a_person_is_taken_by_who_is_named_or_stands_in(who: Actor, expected: list[str]) -> None:
    past = history("small", "on", taken=(taken("open", at(20), "she"), taken("assign", at(21), owner="he")))

    assert codes(check(small(FINISH), "finish", past, {}, NOW, who)) == expected


def test_roles_decide_while_nobody_is_named() -> None:
    past = history("small", "on")

    assert codes(check(small(FINISH), "finish", past, {}, NOW, actor("office_police"))) == []
    assert codes(check(small(FINISH), "finish", past, {}, NOW, actor("prosecutor"))) == ["role"]


def test_last_person_named_counts() -> None:
    past = history("small", "on", taken=(taken("a", at(20), owner="he"), taken("a", at(21), owner="she")))

    assert past.named("owner") == {"she"}


def test_event_of_several_days_takes_the_next_that_was_not_dated_before() -> None:
    report = Step(
        "report", "报告", "Report", "police_legal", ("on",), SAME,
        facts=(Field("report_dates", "dates"),), emits=(Emit("joint_report_due", dated_by="report_dates"),),
    )  # fmt: skip
    facts = {"report_dates": DATES}
    early = history("small", "on", events={"joint_report_due": at(15, 23)})

    def ahead(past: object, day: int) -> tuple[Foreseen, ...]:
        return effects(small(report), "report", past, facts, at(day)).foreseen  # type: ignore[arg-type]

    assert ahead(history("small", "on"), 14) == (Foreseen("joint_report_due", DATES[1]),)
    assert ahead(history("small", "on"), 15) == (Foreseen("joint_report_due", DATES[2]),)
    assert ahead(early, 14) == (Foreseen("joint_report_due", DATES[2]),)
    used = replace(early, events={"joint_report_due": at(15).replace(month=12)})
    assert ahead(used, 16) == ()


def test_every_item_of_a_list_opens_a_proceeding_with_its_first_step_laid_ready() -> None:
    child = Open("meeting_action", each="decisions", lays="assign", fact="result_expected")
    minutes = Step("minutes", "纪要", "Minutes", "office_police", ("on",), "off", opens=(child,))
    past = history("small", "on", taken=(taken("hold", at(20), decisions=("first", "second")),))

    assert effects(small(minutes), "minutes", past, {}, at(21)).opens == (
        Opened("meeting_action", "first", "assign", "result_expected"),
        Opened("meeting_action", "second", "assign", "result_expected"),
    )
    assert effects(small(minutes), "minutes", history("small", "on"), {}, at(21)).opens == ()
