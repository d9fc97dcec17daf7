"""The eight procedures of the first story, their path and refusals; random lawful walks through all procedures."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordination.law.facts import Field
from coordination.law.grammar import History, check
from coordination.law.guards import GUARDS
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from tests.law.proceedings import at, history, process, refusals, take, taken

STORY = {
    "arrest_review",
    "case",
    "correction_notice",
    "counterpart_transfer",
    "custody",
    "filing_review",
    "internal_supervision_link",
    "supervision_lead",
}
DRAFT = {
    "findings": ("INT-1",),
    "facts": "one officer",
    "law": ("CPL 118",),
    "demand": "correct it",
    "reply_due_on": date(2026, 11, 25),
}
DETENTION = {"executed_at": at(14, 16, 40), "ground": "roam_repeat_group", "warrant_no": "14"}


def test_the_story_s_procedures_are_declared() -> None:
    assert all_processes().keys() >= STORY
    assert list(all_processes()) == sorted(all_processes())


def test_correction_notice_from_draft_to_the_report_upward_and_the_close() -> None:
    now = history("correction_notice", "drafting")
    now = take(now, "draft", DRAFT, at(10), by="gu.nanqiao")
    now = take(now, "approve", {}, at(11), by="lu.chengjun")
    now = take(now, "serve", {}, at(12))
    assert now.running == {"correction_notice_reply", "detention_house_correction_15d"}
    now = take(replace(now, expired=frozenset({"correction_notice_reply"})), "expire", {}, at(26, 0))
    now = take(now, "urge", {}, at(27))
    assert refusals(now, "report_up") == ["not_expired:reply_after_urge_norm"]
    gone = frozenset({"correction_notice_reply", "reply_after_urge_norm"})
    now = take(replace(now, expired=gone), "decide_report", {}, at(30, 0))
    assert refusals(replace(now, expired=gone), "decide_report") == ["guard:first_expiry_since_urging"]
    now = take(replace(now, expired=gone), "report_up", {}, at(30, 10))
    answer = {"accepted": "accepted", "measures": "trained", "proof": ("roster",)}
    now = take(now, "reply", answer, at(30, 11))
    assert now.running == set()
    now = take(now, "accept_reply", {"effect": "corrected"}, at(30, 12))

    assert now.state == "closed"


def test_nobody_approves_an_own_draft() -> None:
    past = history("correction_notice", "submitted", taken=(taken("draft", at(10), "lu.chengjun", **DRAFT),))

    assert refusals(past, "approve", {}, "chief_procurator", by="lu.chengjun") == ["guard:not_the_drafter"]
    assert refusals(past, "approve", {}, "chief_procurator", by="tan.jingshan") == []


def test_notice_on_overstay_is_served_as_such() -> None:
    drafted = {**DRAFT, "findings": ("CUS-1",)}
    past = history("correction_notice", "approved", taken=(taken("draft", at(10), **drafted),))

    assert refusals(past, "serve") == ["guard:not_about_overstay"]
    assert refusals(past, "serve_overstay") == []


def test_correction_without_proof_is_not_accepted() -> None:
    rejected = taken("reply", at(20), accepted="rejected", measures="none", reasons="the record is complete")
    past = history("correction_notice", "replied", taken=(rejected,))

    assert refusals(past, "accept_reply", {"effect": "corrected"}) == ["guard:proof_of_correction"]
    assert refusals(past, "accept_reply", {"effect": "not_corrected"}) == []


def test_custody_from_detention_to_arrest() -> None:
    now = take(history("custody", "at_liberty"), "detain", DETENTION, at(14, 18))
    assert "arrest_request_after_detention" in now.running
    now = take(now, "enter_house", {"arrived_at": at(14, 21, 10)}, at(14, 21, 20))
    now = take(now, "first_interrogation", {}, at(14, 22, 5))
    told = {"relative": "father", "notified_at": at(15, 10), "method": "phone"}
    now = take(now, "tell_family", told, at(15, 10, 30))
    assert now.running == {"arrest_request_after_detention"}
    now = take(now, "request_arrest", {}, at(17))
    assert (now.state, now.running) == ("arrest_review", frozenset())
    now = replace(now, events={**now.events, "arrest_approval_received": at(23, 9)})
    now = take(now, "arrest", {"executed_at": at(23, 10)}, at(23, 11))

    assert now.state == "arrested"
    assert now.running == {
        "investigation_custody",
        "arrest_interrogation",
        "arrest_family_notice",
        "custody_no_progress_refusal",
    }


@pytest.mark.parametrize(
    ("ground", "days", "allowed"),
    [
        ("special_circumstances", 3, False),
        ("special_circumstances", 4, True),
        ("special_circumstances", 7, True),
        ("special_circumstances", 8, False),
        ("group", 7, False),
        ("group", 8, True),
        ("roaming", 30, True),
        ("repeat", 31, False),
    ],
)
def test_days_of_detention_follow_their_ground(ground: str, days: int, allowed: bool) -> None:
    facts = {"ground": ground, "ground_facts": "as recorded", "new_total_days": days}

    found = refusals(history("custody", "detained"), "extend_detention", facts)

    assert found == ([] if allowed else ["guard:days_of_ground"])


def test_only_one_arrest_review_at_a_time() -> None:
    past = history("custody", "detained", beside=frozenset({"arrest_review"}))

    assert refusals(past, "request_arrest") == ["guard:no_arrest_review_open"]


def test_request_taken_back_leaves_the_detention_clock_open() -> None:
    past = history("custody", "arrest_review", events={"arrest_request_withdrawn": at(20)})

    now = take(past, "request_recalled", {}, at(20))

    assert (now.state, now.running) == ("detained", {"arrest_request_after_detention"})


def test_obstruction_excuses_no_notice_of_an_arrest() -> None:
    facts = {"reason": "may_obstruct"}

    assert refusals(history("custody", "detained"), "cannot_tell_family", facts) == []
    assert refusals(history("custody", "arrested"), "cannot_tell_family", facts) == [
        "guard:obstruction_only_in_detention"
    ]


@pytest.mark.parametrize(
    ("detained", "limit"), [(True, "arrest_review_detained"), (False, "arrest_review_not_detained")]
)
def test_arrest_review_runs_by_the_custody_of_the_suspect(detained: bool, limit: str) -> None:
    facts = {"received_at": at(20), "detained": detained, "volumes": 3}

    now = take(history("arrest_review", "submitted"), "receive", facts, at(20, 10))

    assert now.running == {limit}
    assert (refusals(now, "extend_review", {"ground": "complex"}) == []) is not detained


def test_refusal_is_executed_once_a_detained_suspect_is_out() -> None:
    received = taken("receive", at(18), received_at=at(18), detained=True, volumes=1)
    past = history("arrest_review", "refusal_served", taken=(received, taken("serve_refusal", at(20))))

    assert refusals(past, "execute_refusal") == ["guard:released_or_changed"]
    assert refusals(replace(past, events={"released": at(19)}), "execute_refusal") == [
        "guard:released_or_changed"
    ]
    assert refusals(replace(past, events={"released": at(20)}), "execute_refusal") == []
    at_large = taken("receive", at(18), received_at=at(18), detained=False, volumes=1)
    assert refusals(replace(past, taken=(at_large,)), "execute_refusal") == []


def test_filing_review_starts_one_clock_by_the_kind_of_report() -> None:
    facts = {"reporter": "somebody", "received_at": at(20)}
    received = history("filing_review", "received")

    general = take(received, "register_report", {**facts, "report_kind": "injury"}, at(20))
    economic = take(received, "register_report", {**facts, "report_kind": "economic"}, at(20))

    assert general.running == {"case_reception_immediate", "filing_review_general"}
    assert economic.running == {"case_reception_immediate", "filing_review_economic"}
    assert refusals(general, "extend_review", {"stage": "special", "ground": "many"}) == [
        "guard:stage_of_report_kind"
    ]
    assert refusals(economic, "extend_review", {"stage": "special", "ground": "many"}) == []


def test_non_filing_is_served_only_where_there_is_somebody_to_serve() -> None:
    facts = {"ground": "no_crime_facts", "reasons": "none", "has_complainant": False}
    past = history("filing_review", "under_review")

    nobody = take(past, "decide_not", facts, at(20))
    somebody = take(past, "decide_not", {**facts, "has_complainant": True}, at(20))

    assert nobody.running == set()
    assert refusals(nobody, "serve_not") == ["guard:has_complainant"]
    assert refusals(nobody, "no_complainant") == []
    assert refusals(somebody, "no_complainant") == [
        "guard:has_no_complainant",
        "running:non_filing_notice_service",
    ]


def test_lead_goes_where_the_triage_sends_it() -> None:
    found = {"source": "case_review", "unit": "u1", "findings": ("INT-1",), "evidence_pin": "v1 p3"}
    past = history("supervision_lead", "registered")
    assert refusals(past, "triage", {"outcome": "verify", "risk": "high", "note": "n"}) == [
        "guard:lead_registered"
    ]
    now = take(past, "register", found, at(20))
    assert refusals(now, "register", found) == ["guard:lead_not_registered"]
    now = take(now, "triage", {"outcome": "verify", "risk": "high", "note": "n"}, at(20))
    assert refusals(now, "keep") == ["guard:triaged_keep_on_file"]
    now = take(now, "verify", {}, at(20))
    assert refusals(now, "conclude", {"conclusion": "serious"}) == ["field:findings_confirmed", "field:level"]
    now = take(now, "conclude", {"conclusion": "unfounded"}, at(21))

    assert refusals(now, "issue") == ["guard:lead_founded"]
    assert refusals(now, "unfounded") == []


def test_internal_date_lies_before_the_legal_one() -> None:
    received = {"document": "d1", "reply_due_on": date(2026, 12, 7)}
    past = history("internal_supervision_link", "received")
    facts = {"unit": "u1", "handler": "h1", "internal_due_on": date(2026, 12, 4)}
    assert refusals(past, "assign", facts) == ["guard:received_here", "guard:internal_date_before_legal"]
    now = take(past, "receive", received, at(20))

    assert refusals(now, "assign", facts) == []
    assert refusals(now, "assign", {**facts, "internal_due_on": date(2026, 12, 7)}) == [
        "guard:internal_date_before_legal"
    ]


def test_trial_is_adjourned_twice_at_most() -> None:
    past = history("case", "at_court", taken=(taken("adjourn", at(1)), taken("adjourn", at(9))))

    assert refusals(past, "adjourn") == ["guard:fewer_than_two_adjournments"]


def test_withdrawal_decided_elsewhere_is_not_decided_again() -> None:
    past = history("case", "investigation", events={"case_withdrawn": at(20)})

    now = take(past, "withdraw", {}, at(21))
    plain = take(history("case", "investigation"), "withdraw", {}, at(21))

    assert now.events["case_withdrawn"] == at(20)
    assert plain.events["case_withdrawn"] == at(21)


def test_every_guard_is_used_and_says_why_in_both_languages() -> None:
    named: set[str | None] = set()
    for declared in all_processes().values():
        for step in declared.steps:
            named |= {
                *step.guards,
                *(emit.when for emit in step.emitted),
                *(start.when for start in step.started),
            }
            named |= {*(extend.when for extend in step.extends), *(child.when for child in step.opens)}
            named |= {when for _, when in step.papers}

    assert sorted(name for name in named if name) == sorted(GUARDS)
    assert all(guard.en and guard.zh and guard.sources for guard in GUARDS.values())


def values(field: Field, when: datetime) -> st.SearchStrategy[object]:
    """Values that the field accepts at `when`."""
    if field.type == "enum":
        return st.sampled_from(field.options)
    if field.type == "bool":
        return st.booleans()
    day = when.date() + timedelta(days=0 if field.tense == "past" else 9)
    if field.type == "int":
        return st.sampled_from((1, 2, 7, 30))
    instant = when + timedelta(days=9) if field.tense == "future" else when
    known = {
        "text": "words", "ref": "r1", "list": ("INT-1",), "datetime": instant, "date": day,
        "dates": (day - timedelta(days=1), day), "decimal": Decimal("1.5"), "duration": timedelta(days=30),
    }  # fmt: skip
    return st.just(known[field.type])


def children(now: History) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """The proceedings that were opened, each in some state of its own."""
    states = [[state.id for state in process(name).states] for name, _ in now.children]
    drawn = st.tuples(*(st.sampled_from(known) for known in states))
    return drawn.map(lambda found: tuple(zip((name for name, _ in now.children), found, strict=True)))


def facts_of(fields: tuple[Field, ...], when: datetime) -> st.SearchStrategy[dict[str, object]]:
    """Values for all facts of a step."""
    return st.fixed_dictionaries({field.name: values(field, when) for field in fields})


@settings(max_examples=240, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), name=st.sampled_from(sorted(all_processes())))
def test_lawful_paths_keep_the_record_whole(data: st.DataObject, name: str) -> None:
    """Take up to thirty random steps that the law allows; the record never contradicts its declaration."""
    declared = process(name)
    waited = sorted({event for step in declared.steps for event in step.on_event})
    now: History = history(name, declared.start.id, now=at(1))
    for turn in range(30):
        when = at(1) + timedelta(hours=turn + 1)
        gone = frozenset(data.draw(st.sets(st.sampled_from(sorted(now.running)))) if now.running else set())
        known = {**now.events, **dict.fromkeys(waited, when)}
        now = replace(now, now=when, expired=gone, events=known)
        now = replace(now, in_custody=data.draw(st.booleans()), children=data.draw(children(now)))
        possible = []
        for step in declared.steps_from(now.state):
            facts = data.draw(facts_of(step.facts, when))
            if not check(declared, step.id, now, facts, when, None):
                possible.append((step.id, facts))
        if not possible:
            break
        step_id, facts = data.draw(st.sampled_from(possible))
        before, now = now.state, take(now, step_id, facts, when)
        assert before in declared.step(step_id).from_
        assert now.running <= rulebook().limits.keys()
        assert now.events.keys() <= rulebook().events.keys()

    ended = declared.state(now.state).kind == "end"
    allowed = {entry.limit for entry in declared.open_at_end}
    assert not ended or now.running <= allowed
