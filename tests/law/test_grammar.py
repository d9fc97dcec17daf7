"""What a step is refused for, one table a kind of reason, and what follows from a step that is taken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coordination.law.citation import Source
from coordination.law.grammar import (
    Offset,
    Process,
    State,
    Step,
    available,
    check,
)
from coordination.law.procedure import NotDeclared
from coordination.law.rung import NotAnOffset
from tests.law.proceedings import DETENTION, NOW, actor, at, codes, history, process, refusals, taken

NOTICE = {
    "findings": ("INT-1",),
    "facts": "one officer",
    "law": ("CPL 118",),
    "demand": "correct it",
    "reply_due_on": date(2026, 12, 7),
}


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [("-3wd", -3, "wd"), ("+1d", 1, "d"), ("-2h", -2, "h"), ("+0d", 0, "d"), ("-30d", -30, "d")],
)
def test_offset_is_read_with_its_sign_and_unit(text: str, n: int, unit: str) -> None:
    assert Offset.parse(text) == Offset(n, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["3d", "+3", "-1w", "", "+1d ", "+-1d"])
def test_offset_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(NotAnOffset):
        Offset.parse(text)


def test_names_that_are_not_declared_are_told() -> None:
    with pytest.raises(NotDeclared, match="custody has no 'fly'"):
        process("custody").step("fly")
    with pytest.raises(NotDeclared, match="custody has no 'moon'"):
        process("custody").state("moon")


def test_unknown_step_is_a_reason_and_no_crash() -> None:
    assert refusals(history("custody", "detained"), "fly") == ["unknown_step"]


def test_every_reason_is_told_at_once_each_with_an_article() -> None:
    past = history("custody", "arrested")

    reasons = check(
        process("custody"), "detain", past, {"ground": "boredom", "hat": 1}, NOW, actor("prosecutor")
    )

    assert codes(reasons) == [
        "state",
        "role",
        "field:hat",
        "field:executed_at",
        "field:ground",
        "field:warrant_no",
    ]
    assert all(reason.sources and reason.en and reason.zh for reason in reasons)
    assert reasons[0].sources == (Source("CPL", "82"), Source("CPL", "85"), Source("MPS", "125"))
    assert reasons[2].sources == (Source("design"),)


def test_closed_record_is_read_only() -> None:
    past = history("custody", "closed")

    reasons = check(process("custody"), "detain", past, DETENTION, NOW, None)

    assert codes(reasons) == ["closed"]
    assert reasons[0].sources == (Source("design"),)


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (("investigator",), []),
        (("investigator", "prosecutor"), []),
        (("police_legal",), ["role"]),
        ((), ["role"]),
    ],
)
def test_role_fits_the_step(roles: tuple[str, ...], expected: list[str]) -> None:
    past = history("custody", "at_liberty")

    reasons = check(process("custody"), "detain", past, DETENTION, NOW, actor(*roles))

    assert codes(reasons) == expected


def test_further_roles_may_take_a_step_too() -> None:
    facts = {"received_at": at(23), "detained": True, "volumes": 2}
    past = history("arrest_review", "submitted")

    assert refusals(past, "receive", facts, "case_manager") == []
    assert refusals(past, "receive", facts, "prosecutor") == []
    assert refusals(past, "receive", facts, "police_legal") == ["role"]


def test_desks_swap_when_the_procuratorate_sends() -> None:
    facts = {"received_at": at(23), "person": "u1"}

    assert refusals(history("counterpart_transfer", "sent"), "receipt", facts, "case_manager") == []
    assert refusals(history("counterpart_transfer", "sent"), "receipt", facts, "police_legal") == ["role"]
    mirrored = history("counterpart_transfer", "sent", mirrored=True)
    assert refusals(mirrored, "receipt", facts, "police_legal") == []
    assert refusals(mirrored, "receipt", facts, "case_manager") == ["role"]


@pytest.mark.parametrize(
    ("running", "expired", "expected"),
    [
        ({"correction_notice_reply"}, set(), ["not_expired:correction_notice_reply"]),
        ({"correction_notice_reply"}, {"correction_notice_reply"}, []),
        (set(), set(), ["not_expired:correction_notice_reply"]),
    ],
)
def test_step_after_expiry_waits_for_it(running: set[str], expired: set[str], expected: list[str]) -> None:
    past = history("correction_notice", "served", running=frozenset(running), expired=frozenset(expired))

    assert refusals(past, "expire", {}, "clock") == expected


@pytest.mark.parametrize(
    ("running", "expired", "possible"),
    [
        ({"non_filing_reconsideration_request"}, {"non_filing_reconsideration_request"}, True),
        ({"non_filing_review_request"}, {"non_filing_review_request"}, True),
        ({"non_filing_review_request"}, set(), False),
        # One has run out, the other has not: the right is not gone.
        (
            {"non_filing_reconsideration_request", "non_filing_review_request"},
            {"non_filing_reconsideration_request"},
            False,
        ),
    ],
)
def test_one_of_several_limits_has_run_out_and_none_still_runs(
    running: set[str], expired: set[str], possible: bool
) -> None:
    past = history("filing_review", "reconsidered", running=frozenset(running), expired=frozenset(expired))

    assert (refusals(past, "lapse") == []) is possible


def test_step_is_blocked_while_a_clock_is_open_even_overdue() -> None:
    open_ = frozenset({"officer_hearing_norm"})
    facts = {"result_by_finding": ("SEA-3 stands",)}
    running = history("correction_notice", "objected", running=open_)

    assert refusals(running, "uphold", facts) == ["running:officer_hearing_norm"]
    assert refusals(replace(running, expired=open_), "uphold", facts) == ["running:officer_hearing_norm"]
    assert refusals(history("correction_notice", "objected"), "uphold", facts) == []


def test_clock_without_an_end_blocks_by_its_events() -> None:
    """A psychiatric appraisal has no end that could be stored (CPL 149): what happened decides."""
    past = history("arrest_review", "reviewing", events={"psychiatric_appraisal_decided": at(20)})
    resumed = replace(past, events={**past.events, "psychiatric_appraisal_resumed": at(22)})
    again = replace(resumed, events={**resumed.events, "psychiatric_appraisal_decided": at(23)})

    assert refusals(past, "approve") == ["running:psychiatric_appraisal_exclusion"]
    assert refusals(resumed, "approve") == []
    assert refusals(again, "approve") == ["running:psychiatric_appraisal_exclusion"]


def test_step_waits_for_its_event_and_an_old_one_does_not_serve_twice() -> None:
    facts = {"executed_at": at(23, 9)}
    past = history("custody", "arrest_review")
    approved = replace(past, events={"arrest_approval_received": at(22)})
    used = replace(approved, taken=(taken("arrest", at(22, 10)),))

    assert refusals(past, "arrest", facts) == ["event"]
    assert refusals(approved, "arrest", facts) == []
    assert refusals(used, "arrest", facts) == ["event"]


def test_act_cannot_come_before_what_allows_it() -> None:
    past = history("custody", "arrest_review", events={"arrest_approval_received": at(22, 10)})

    assert refusals(past, "arrest", {"executed_at": at(22, 9, 59)}) == ["field:executed_at"]
    assert refusals(past, "arrest", {"executed_at": at(22, 10)}) == []


def test_available_tells_reasons_for_every_step_of_the_state_and_none_of_the_clock() -> None:
    past = history(
        "correction_notice",
        "urged",
        events={"correction_notice_received": NOW},
        taken=(taken("serve", NOW - timedelta(days=20)),),
    )

    choices = {
        choice.step.id: choice
        for choice in available(process("correction_notice"), past, actor("prosecutor"))
    }

    assert sorted(choices) == ["object", "reply", "report_up"]
    assert codes(choices["reply"].reasons) == ["role"]
    assert not choices["reply"].possible
    assert codes(choices["report_up"].reasons) == [
        "guard:no_answer_since_urging",
        "not_expired:reply_after_urge_norm",
    ]


def test_available_does_not_ask_guards_that_need_the_facts() -> None:
    choices = {
        choice.step.id: choice
        for choice in available(process("custody"), history("custody", "detained"), None)
    }

    assert choices["extend_detention"].possible
    assert codes(choices["first_interrogation"].reasons) == ["guard:interrogation_owed"]


def test_wording_names_states_and_limits_in_both_languages() -> None:
    state = check(process("custody"), "arrest", history("custody", "bail"), {}, NOW, None)
    past = history("correction_notice", "served", running=frozenset({"correction_notice_reply"}))
    limit = check(process("correction_notice"), "expire", past, {}, NOW, None)[0]
    wrong = check(process("custody"), "detain", history("custody", "arrested"), DETENTION, NOW, None)[0]

    assert [reason.code for reason in state] == ["event", "field:executed_at"]
    assert "纠正违法" in limit.name("zh-hans")
    assert limit.name("en") == limit.en
    assert "“arrested, investigation custody”" in wrong.en
    assert "“逮捕后侦查羁押”" in wrong.zh


def test_draft_of_a_notice_needs_a_reply_date_ahead() -> None:
    past = history("correction_notice", "drafting")

    assert refusals(past, "draft", NOTICE, "prosecutor") == []
    assert refusals(past, "draft", {**NOTICE, "reply_due_on": NOW.date()}) == ["field:reply_due_on"]
    assert refusals(past, "draft", {**NOTICE, "reply_due_on": None}) == ["field:reply_due_on"]
    assert refusals(past, "draft", {**NOTICE, "findings": ()}) == ["field:findings"]


def test_step_that_cites_no_law_cites_its_certainty() -> None:
    step = Step("wait", "等", "Wait", "clock", ("a",), "b", certainty="practice")
    tiny = Process(
        "tiny",
        "OFFICE",
        "小",
        "Tiny",
        subject="none",
        initiator="clock",
        states=(State("a", "甲", "a", "start"), State("b", "乙", "b", "end")),
        steps=(step,),
    )

    assert step.cited == (Source("practice"),)
    assert tiny.start.id == "a"
    assert [found.id for found in tiny.steps_from("a")] == ["wait"]


def test_titles_come_in_both_languages() -> None:
    custody = process("custody")

    assert (custody.name("zh-hans"), custody.name("en")) == ("强制措施（逐人）", "Measures of one suspect")
    assert custody.state("detained").name("zh") == "刑事拘留"
    assert custody.step("detain").name("en") == "Detain"
    assert custody.step("bail").target("detained") == "bail"
    assert custody.step("assign_station").target("surveillance") == "surveillance"
