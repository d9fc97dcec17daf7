"""What follows from a step that is taken, from an activity that is logged and from an event recorded elsewhere."""

from datetime import date

import pytest

from coordination.law.grammar import Foreseen, Granted, Opened, effects, following, logged
from coordination.law.processes.sup_effect.correction_notice import INSTRUMENTS
from tests.law.proceedings import DETENTION, NOW, at, history, process, taken


def test_effects_decide_every_condition() -> None:
    past = history("custody", "detained", running=frozenset({"arrest_request_after_detention"}))
    facts = {"ground": "group", "ground_facts": "three of them", "new_total_days": 30}

    done = effects(process("custody"), "extend_detention", past, facts, NOW)

    assert done.state == "detained"
    assert done.extends == (Granted("arrest_request_after_detention", "thirty", 30),)
    assert done.foreseen == (Foreseen("detention_30d_expiry", None, ("arrest_request_after_detention",)),)
    assert [start.limit for start in done.starts] == ["detention_expiry_notice_30d"]
    assert done.emits == ()


def test_effects_leave_out_what_is_not_the_case() -> None:
    past = history("custody", "detained")
    facts = {"ground": "special_circumstances", "ground_facts": "far away", "new_total_days": 7}

    done = effects(process("custody"), "extend_detention", past, facts, NOW)

    assert done.extends == (Granted("arrest_request_after_detention", "special", 7),)
    assert (done.foreseen, done.starts) == ((), ())


def test_effects_keep_for_the_receipt_what_begins_with_it() -> None:
    served = effects(process("correction_notice"), "serve", history("correction_notice", "approved"), {}, NOW)
    asked = effects(process("custody"), "request_arrest", history("custody", "detained"), {}, NOW)

    assert served.emits == ("correction_notice_issued",)
    assert served.emits_on_receipt == ("correction_notice_received", "supervision_document_received")
    assert [start.limit for start in served.starts_on_receipt] == ["correction_notice_reply"]
    assert served.opens == (Opened("internal_supervision_link"),)
    assert served.sends == INSTRUMENTS
    assert asked.emits == ()
    assert asked.emits_on_receipt == ("arrest_request_received",)
    assert asked.stops == ()
    assert asked.stops_on_receipt == ("arrest_request_after_detention", "detention_expiry_notice_30d")
    assert asked.sends == ("DOC-ARREST-REQUEST",)


def test_effects_issue_only_the_paper_that_fits() -> None:
    told = {"relative": "father", "notified_at": at(23), "method": "phone"}

    detained = effects(process("custody"), "tell_family", history("custody", "detained"), told, NOW)
    arrested = effects(process("custody"), "tell_family", history("custody", "arrested"), told, NOW)

    assert detained.documents == ("DOC-DETENTION-NOTICE",)
    assert arrested.documents == ("DOC-ARREST-NOTICE",)


def test_document_that_a_later_step_sends_is_not_sent_where_it_is_drafted() -> None:
    done = effects(process("arrest_review"), "approve", history("arrest_review", "reviewing"), {}, NOW)

    assert done.documents == ("DOC-ARREST-APPROVAL",)
    assert done.sends == ()


def test_events_happen_when_the_fact_says_a_day_counts_from_its_beginning() -> None:
    detained = effects(process("custody"), "detain", history("custody", "at_liberty"), DETENTION, NOW)
    found = effects(
        process("custody"),
        "recount",
        history("custody", "arrested"),
        {"crime": "c1", "found_on": date(2026, 11, 20)},
        NOW,
    )
    plain = effects(process("custody"), "assign_station", history("custody", "bail"), {}, NOW)

    assert detained.occurred_at == at(20, 16, 40)
    assert found.occurred_at == at(20, 0)
    assert plain.occurred_at == NOW


def test_foreseen_event_lies_on_the_day_that_the_fact_states() -> None:
    facts = {"document": "d1", "reply_due_on": date(2026, 12, 7)}
    link = process("internal_supervision_link")

    done = effects(link, "receive", history("internal_supervision_link", "received"), facts, NOW)

    assert done.foreseen == (Foreseen("correction_reply_due", date(2026, 12, 7)),)


def test_foreseen_event_lies_on_the_next_of_several_days_that_were_stated_before() -> None:
    joint = process("joint_supervised_case")
    days = (date(2026, 11, 15), date(2026, 12, 15), date(2027, 1, 15))
    past = history("joint_supervised_case", "listed", taken=(taken("list", at(10), report_dates=days),))

    done = effects(joint, "report", past, {}, NOW)

    assert done.foreseen == (Foreseen("joint_report_due", date(2026, 12, 15)),)


def test_logging_an_activity_takes_the_step_with_the_entry_s_facts() -> None:
    fields = {
        "warrant_no": "7",
        "executed_at": at(20, 16, 40),
        "detention_ground": "evidence_found",
        "remote": False,
    }

    found = logged(process("custody"), history("custody", "at_liberty"), "detention", fields)

    assert [(step.id, facts, when) for step, facts, when in found] == [
        (
            "detain",
            {"executed_at": at(20, 16, 40), "ground": "evidence_found", "warrant_no": "7"},
            at(20, 16, 40),
        )
    ]


@pytest.mark.parametrize(
    ("state", "activity", "fields", "expected"),
    [
        ("detained", "detention_house_event", {"house_event": "entry"}, ["enter_house"]),
        ("detained", "detention_house_event", {"house_event": "health_check"}, []),
        ("detained", "family_notice", {"non_notice_reason": "none"}, ["tell_family"]),
        ("detained", "family_notice", {"non_notice_reason": "no_family"}, ["cannot_tell_family"]),
        ("arrest_review", "arrest_execution", {"executed": False}, []),
        ("non_approved", "release", {"release_ground": "non_arrest"}, ["release_after_refusal"]),
        ("detained", "release", {"release_ground": "measure_changed"}, []),
        ("bail", "residential_surveillance", {"designated_place": True}, ["surveil_designated"]),
        ("detained", "search", {}, []),
    ],
)
def test_logging_takes_only_the_step_that_the_entry_means(
    state: str, activity: str, fields: dict[str, object], expected: list[str]
) -> None:
    found = logged(process("custody"), history("custody", state), activity, fields)

    assert [step.id for step, _, _ in found] == expected


def test_only_the_first_interrogation_is_a_step() -> None:
    custody = process("custody")
    owed = history("custody", "detained", running=frozenset({"detention_interrogation"}))

    assert [step.id for step, _, _ in logged(custody, owed, "interrogation", {})] == ["first_interrogation"]
    assert logged(custody, history("custody", "detained"), "interrogation", {}) == ()


def test_step_follows_its_event_by_itself() -> None:
    custody, review = process("custody"), process("arrest_review")
    refused = history("custody", "arrest_review", events={"non_approval_received": at(22)})
    arrested = history("arrest_review", "to_execute", events={"arrest_executed": at(22)})

    assert [step.id for step in following(custody, refused, "non_approval_received")] == ["not_approved"]
    assert [step.id for step in following(review, arrested, "arrest_executed")] == ["execute"]
    assert following(review, arrested, "non_approval_received") == ()
    # Arrest asks for an instant: a person takes it.
    approved = history("custody", "arrest_review", events={"arrest_approval_received": at(22)})
    assert following(custody, approved, "arrest_approval_received") == ()
