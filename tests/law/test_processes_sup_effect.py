"""The effect of supervision: recommendations, overstay, hanging cases, and the notice where they meet it."""

from dataclasses import replace
from datetime import date

import pytest

from coordination.law.grammar import History, Opened, effects, following
from coordination.law.rulebook import rulebook
from tests.law.proceedings import NOW, at, history, process, refusals, take, taken

REPLY, URGED, SUPERIOR = (
    "procuratorial_recommendation_reply", "reply_after_urge_norm", "superior_handling_norm",
)  # fmt: skip
PROBLEM = {
    "common_problem": "讯问人数不足", "cases": ("A1", "A2"), "causes": "警力不足", "suggestions": ("培训",),
    "reply_due_on": date(2027, 1, 3), "objection_period": "七日",
}  # fmt: skip
ANSWER = {"measures": ("培训",), "proof": ("签到表",)}
NODE = "hanging_time_node"


def served() -> History:
    """A recommendation served on the 4th."""
    past = history("procuratorial_recommendation", "drafting", now=at(3))
    past = take(past, "draft", PROBLEM, at(3), by="gu.nanqiao")
    return take(past, "serve", {}, at(4), by="lu.chengjun")


def expired(past: History, *limits: str) -> History:
    """The same, with these clocks run out."""
    return replace(past, expired=frozenset(limits))


def test_recommendation_is_answered_followed_up_and_closed() -> None:
    replied = take(served(), "reply", ANSWER, at(20))
    assert replied.running == set()

    done = take(replied, "follow", {"carried_out": "carried_out"}, at(27))

    assert take(done, "close", {}, at(27)).state == "closed"


@pytest.mark.parametrize(
    ("day", "allowed"),
    # Two months from Tuesday 2026-11-03 are Sunday 2027-01-03; no calendar of that year is loaded, nothing moves.
    [(date(2027, 1, 3), True), (date(2027, 1, 4), False), (date(2026, 11, 20), True)],
)
def test_reply_is_asked_for_within_two_months(day: date, allowed: bool) -> None:
    past = history("procuratorial_recommendation", "drafting", now=at(3))

    found = refusals(past, "draft", {**PROBLEM, "reply_due_on": day})

    assert found == ([] if allowed else ["guard:reply_within_two_months"])


def test_recommendation_without_a_reply_date_is_refused() -> None:
    past = history("procuratorial_recommendation", "drafting")
    facts = {name: value for name, value in PROBLEM.items() if name != "reply_due_on"}

    assert refusals(past, "draft", facts) == ["guard:reply_within_two_months", "field:reply_due_on"]


def test_nobody_decides_on_an_own_recommendation() -> None:
    past = take(
        history("procuratorial_recommendation", "drafting", now=at(3)), "draft", PROBLEM, at(3), by="lu"
    )

    assert refusals(past, "serve", {}, "chief_procurator", by="lu") == ["guard:not_the_drafter"]


def test_reply_clock_of_a_recommendation_begins_with_its_receipt() -> None:
    past = take(
        history("procuratorial_recommendation", "drafting", now=at(3)), "draft", PROBLEM, at(3), by="gu"
    )

    sent = effects(process(past.process), "serve", past, {}, at(4))

    assert sent.emits_on_receipt == ("recommendation_received", "supervision_document_received")
    assert [start.limit for start in sent.starts_on_receipt] == [REPLY]
    assert sent.opens == (Opened("internal_supervision_link"),)


def test_unanswered_recommendation_is_urged_and_reported_upward() -> None:
    assert refusals(served(), "urge") == [f"not_expired:{REPLY}"]
    urged = take(expired(served(), REPLY), "urge", {}, at(28))
    assert refusals(urged, "escalate") == ["guard:urged_or_followed_in_vain"]

    reported = take(expired(urged, REPLY, URGED), "escalate", {}, at(29))

    assert SUPERIOR in reported.running
    assert refusals(reported, "follow", {"carried_out": "carried_out"}) == ["guard:no_report_unhandled"]
    handled = take(reported, "superior_done", {}, at(30))
    assert refusals(handled, "superior_done") == ["guard:report_unhandled"]
    replied = take(handled, "reply", ANSWER, at(30, 10))
    assert replied.running == set()


def test_what_is_not_carried_out_is_not_closed_and_goes_upward() -> None:
    followed = take(
        take(served(), "reply", ANSWER, at(20)), "follow", {"carried_out": "not_carried_out"}, at(27)
    )

    assert refusals(followed, "close") == ["guard:recommendation_carried_out"]
    assert refusals(followed, "escalate") == []


def test_objection_stops_the_reply_and_is_decided() -> None:
    objected = take(served(), "object", {"reasons": "事实不清"}, at(10))
    assert objected.running == {"procuratorial_recommendation_objection_review"}

    kept = take(objected, "modify", {"result": "维持", "reply_due_on": date(2026, 12, 31)}, at(12))
    withdrawn = take(objected, "withdraw", {"reason": "异议成立"}, at(12))

    assert kept.running == {REPLY}
    assert (withdrawn.state, withdrawn.running) == ("withdrawn", set())


# ---- overstay --------------------------------------------------------------------------------------------------------

AT_ONCE, REVIEW = "overstay_detention_correction", "overstay_police_review"


def confirmed() -> History:
    """An overstay confirmed on the 20th, with the suspect in custody."""
    past = history("overstay_correction", "found", in_custody=True)
    return take(past, "record", {"basis_ended": at(18), "responsible_organ": "o"}, at(20))


def notice_out() -> History:
    """The correction notice is served and receipted."""
    past = take(confirmed(), "open_notice", {}, at(20, 10))
    past = take(replace(past, events={"correction_notice_issued": at(20, 16)}), "serve", {}, at(20, 16))
    return take(replace(past, events={"overstay_correction_received": at(21)}), "receipted", {}, at(21))


def test_overstay_is_confirmed_once_and_only_in_custody() -> None:
    facts = {"basis_ended": at(18), "responsible_organ": "o"}
    free = history("overstay_correction", "found")

    assert confirmed().running == {AT_ONCE}
    assert refusals(free, "record", facts) == ["guard:still_in_custody"]
    assert refusals(confirmed(), "record", facts) == ["guard:overstay_not_confirmed"]
    later = {**facts, "basis_ended": at(24)}
    assert refusals(replace(free, in_custody=True), "record", later) == ["field:basis_ended"]


def test_overstay_notice_is_begun_here_and_followed_from_its_own_procedure() -> None:
    begun = effects(process("overstay_correction"), "open_notice", confirmed(), {}, at(20, 10))
    waiting = take(confirmed(), "open_notice", {}, at(20, 10))
    issued = replace(waiting, events={"correction_notice_issued": at(20, 16)}, now=at(20, 16))

    assert begun.opens == (Opened("correction_notice"),)
    assert begun.documents == ()
    assert refusals(waiting, "open_notice") == ["guard:notice_not_begun"]
    assert AT_ONCE in waiting.running
    assert [step.id for step in following(process(issued.process), issued, "correction_notice_issued")] == [
        "serve"
    ]
    assert notice_out().running == {REVIEW}


def test_only_one_procedure_counts_the_three_days() -> None:
    drafted = (taken("draft", at(20), findings=("CUS-1",), reply_due_on=date(2026, 11, 25)),)
    past = history("correction_notice", "approved", taken=drafted)

    alone = effects(process("correction_notice"), "serve_overstay", past, {}, NOW)
    watched = replace(past, opened_by="overstay_correction")
    below = effects(process("correction_notice"), "serve_overstay", watched, {}, NOW)

    assert [start.limit for start in alone.starts_on_receipt] == ["correction_notice_reply", REVIEW]
    assert [start.limit for start in below.starts_on_receipt] == ["correction_notice_reply"]


def test_overstay_that_goes_on_is_reported_at_once() -> None:
    reported = take(notice_out(), "report", {}, at(22))
    assert reported.running == {REVIEW, SUPERIOR}

    informed = take(reported, "superior_inform", {}, at(23))

    assert SUPERIOR not in informed.running
    assert take(reported, "province", {}, at(23)).state == "provincial"


def test_overstay_ends_with_the_release_recorded_in_custody() -> None:
    released = replace(notice_out(), events={"released": at(22)}, now=at(22))
    declared = process(released.process)

    assert following(declared, released, "released") == ()
    out = replace(released, in_custody=False)
    assert [step.id for step in following(declared, out, "released")] == ["end"]
    ended = take(out, "end", {}, at(22))
    assert (ended.state, ended.running) == ("ended", set())
    assert refusals(replace(notice_out(), in_custody=False), "report") == ["guard:still_in_custody"]
    assert take(ended, "recommend", {"persons": ("王某",), "reasons": "r"}, at(24)).state == "closed"


def test_explanation_is_accepted_only_after_an_answer_to_the_notice() -> None:
    facts = {"basis": "延长决定在卷"}
    answered = replace(notice_out(), events={"correction_reply_received": at(22)})

    assert refusals(notice_out(), "accept_explanation", facts) == ["event"]
    assert take(answered, "accept_explanation", facts, at(23)).running == set()


def test_complaint_at_the_house_is_forwarded_within_a_day() -> None:
    past = history("overstay_correction", "found", in_custody=True)
    assert refusals(past, "house_forward") == ["guard:house_complaint_received"]

    lodged = take(past, "house_complaint", {"complainant": "章阿四", "received_at": at(20)}, at(20))

    assert lodged.running == {"overstay_complaint_forwarding"}
    assert take(lodged, "house_forward", {}, at(20, 15)).running == set()
    assert take(lodged, "false_alarm", {"basis": "b"}, at(21)).running == set()


# ---- hanging cases ---------------------------------------------------------------------------------------------------


def test_case_enters_the_watch_by_itself_and_the_record_opens() -> None:
    watched = history("case", "investigation", running=frozenset({"hanging_watch"}))
    old = expired(watched, "hanging_watch")

    assert refusals(watched, "age") == ["not_expired:hanging_watch"]
    done = effects(process("case"), "age", old, {}, NOW)
    assert done.opens == (Opened("hanging_case_clearance"),)
    assert take(old, "age", {}, NOW).running == set()


@pytest.mark.parametrize(
    ("state", "step", "event"),
    [
        ("transferred", "send_back", "prosecution_file_sent_back"),
        ("investigation", "watch_again", "hanging_work_explained"),
        ("withdrawn", "reopen", "filing_decided"),
    ],
)
def test_watch_begins_anew_whenever_a_case_is_under_investigation_again(
    state: str, step: str, event: str
) -> None:
    past = history("case", state, events={event: at(20)})

    assert event in rulebook().limit("hanging_watch").trigger
    assert "hanging_watch" in take(past, step, {}, at(21)).running


def watched() -> History:
    """A case in the watch since the 2nd."""
    past = history("hanging_case_clearance", "watched", events={"hanging_watch_opened": at(2)})
    return take(past, "watch", {}, at(2))


def confirmed_hanging() -> History:
    """Screened for the procuratorate, confirmed for the police."""
    return take(take(watched(), "screen", {"reason": "inactivity"}, at(3)), "confirm", {}, at(4))


def planned() -> History:
    """A plan to conclude by the 20th."""
    facts = {"route": "conclude", "due_on": date(2026, 11, 20), "owner": "o"}
    return take(confirmed_hanging(), "plan", facts, at(5))


def test_active_work_takes_the_case_out_of_the_watch() -> None:
    screened = take(watched(), "screen", {"reason": "inactivity"}, at(3))

    now = take(screened, "explain", {"progress": "鉴定已委托", "next_step": "讯问"}, at(4))

    assert (now.state, "hanging_work_explained" in now.events) == ("not_hanging", True)


def test_missed_date_leads_to_a_new_one_or_to_filing_supervision() -> None:
    assert planned().running == {NODE}
    missed = take(expired(planned(), NODE), "miss", {}, at(21, 0))
    facts = {"reasons": "鉴定未出", "due_on": date(2026, 12, 20)}

    assert refusals(planned(), "replan", facts) == ["state"]
    again = take(missed, "replan", facts, at(23))
    assert (again.state, again.running) == ("planned", {NODE})
    assert take(missed, "supervise", {"follow_up": "lead"}, at(23)).running == set()


@pytest.mark.parametrize(
    ("follow_up", "opened"),
    [("filing_supervision", "filing_supervision_withdraw"), ("lead", "supervision_lead")],
)
def test_hanging_case_goes_where_it_is_sent(follow_up: str, opened: str) -> None:
    done = effects(
        process("hanging_case_clearance"), "supervise", confirmed_hanging(), {"follow_up": follow_up}, NOW
    )

    assert done.opens == (Opened(opened),)


@pytest.mark.parametrize(
    ("past", "step", "state"),
    [
        (watched(), "ended", "not_hanging"),
        (confirmed_hanging(), "clear", "cleared"),
        (planned(), "clear", "cleared"),
    ],
)
def test_ended_case_leaves_the_watch_by_itself(past: History, step: str, state: str) -> None:
    before = replace(past, events={"investigation_concluded": at(1)}, now=at(10))
    concluded = replace(past, events={"investigation_concluded": at(10)}, now=at(10))
    declared = process(past.process)

    assert following(declared, before, "investigation_concluded") == ()
    assert [one.id for one in following(declared, concluded, "investigation_concluded")] == [step]
    now = take(concluded, step, {}, at(10))
    assert (now.state, now.running) == (state, set())


def test_cleared_case_is_verified_by_the_office() -> None:
    cleared = take(replace(planned(), events={"case_withdrawn": at(10)}), "clear", {}, at(10))

    assert take(cleared, "verify", {}, at(11)).state == "closed"
