"""The declared procedures are sound, and every kind of fault is found when a sound procedure is spoilt."""

from dataclasses import replace

import pytest

from coordination.law.catalogue import catalogue
from coordination.law.grammar import (
    Emit,
    Extend,
    Field,
    Logged,
    Open,
    OpenAtEnd,
    Paper,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from coordination.law.soundness import Pending, pending, soundness
from tests.law.proceedings import process


def faults(*spoilt: Process) -> list[str]:
    """The faults of all procedures, with these in the place of the sound ones."""
    declared = {**all_processes(), **{one.id: one for one in spoilt}}
    return [str(fault) for fault in soundness(tuple(declared.values()), rulebook(), catalogue())]


def changed(name: str, step: str, **changes: object) -> Process:
    """A declared procedure with one step declared otherwise."""
    declared = process(name)
    steps = tuple(replace(one, **changes) if one.id == step else one for one in declared.steps)  # type: ignore[arg-type]
    return replace(declared, steps=steps)


def without(name: str, *steps: str) -> Process:
    """A declared procedure without some of its steps."""
    declared = process(name)
    return replace(declared, steps=tuple(step for step in declared.steps if step.id not in steps))


def test_declared_procedures_are_sound() -> None:
    assert faults() == []


def test_pending_procedures_are_those_of_the_field_that_are_not_declared() -> None:
    # The field's list has 47; the item of an outline is a procedure beside them (docs/decisions/0013-flow.md).
    assert len(pending()) + len(all_processes().keys() - {"outline_item"}) == 47
    assert all(entry.area in catalogue().areas for entry in pending().values())


def test_state_without_a_way_out_is_found() -> None:
    found = faults(without("counterpart_transfer", "close"))

    assert "counterpart_transfer, received: the state has no way out to an end" in found


def test_state_that_cannot_be_reached_is_found() -> None:
    found = faults(without("counterpart_transfer", "dispute"))

    assert found == [
        "counterpart_transfer, disputed: the state cannot be reached",
    ]


def test_two_beginnings_and_a_step_out_of_an_end_are_found() -> None:
    declared = process("counterpart_transfer")
    twice = replace(declared, states=(*declared.states, State("again", "再", "again", "start")))
    back = changed("counterpart_transfer", "withdraw", from_=("returned", "closed"), to="sent")

    assert faults(twice) == ["counterpart_transfer, states: there must be one start state"]
    assert "counterpart_transfer, closed: a step leaves from an end" in faults(back)


def test_state_that_is_not_declared_is_found() -> None:
    found = faults(changed("counterpart_transfer", "send", to="snet"))

    assert "counterpart_transfer, snet: a step names this state, nothing declares it" in found


def test_same_name_twice_is_found() -> None:
    declared = process("counterpart_transfer")
    steps = replace(declared, steps=(*declared.steps, declared.steps[0]))
    states = replace(declared, states=(*declared.states, declared.states[1]))

    assert faults(steps) == ["counterpart_transfer, send: the step is declared twice"]
    assert faults(states) == ["counterpart_transfer, sent: the state is declared twice"]


def test_clock_still_running_at_the_end_is_found() -> None:
    found = faults(changed("counterpart_transfer", "receipt", stops=()))

    assert found == ["counterpart_transfer, desk_receipt_norm: still runs at the end “closed”"]


def test_clock_left_on_one_long_path_only_is_found() -> None:
    """The overstay clock starts when serving, and the police object: only the revocation must stop it."""
    stops = tuple(
        limit for limit in process("correction_notice").step("revoke").stops if "overstay" not in limit
    )

    found = faults(changed("correction_notice", "revoke", stops=stops))

    assert found == ["correction_notice, overstay_police_review: still runs at the end “revoked”"]


def test_clock_that_may_run_on_is_no_fault_and_one_that_never_starts_is() -> None:
    spoilt = changed("counterpart_transfer", "receipt", stops=())

    assert faults(replace(spoilt, open_at_end=(OpenAtEnd("desk_receipt_norm", "runs_on"),))) == []
    extra = replace(process("counterpart_transfer"), open_at_end=(OpenAtEnd("bail_max", "runs_on"),))
    assert faults(extra) == ["counterpart_transfer, bail_max: may be open at the end, but no step starts it"]


def test_gate_that_never_opens_is_found() -> None:
    never = changed(
        "correction_notice", "report_up", from_=("drafting",), after_expiry_of=("report_up_norm",)
    )
    foreign = changed("counterpart_transfer", "close", blocked_while_running=("bail_max",))

    assert "correction_notice, report_up: can never be taken: its clocks do not allow it" in faults(never)
    assert faults(foreign) == ["counterpart_transfer, bail_max: a step depends on it, but no step starts it"]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"starts": ("desk_receipt_nrom",)}, "unknown limit 'desk_receipt_nrom'"),
        ({"stops": ("desk_receipt_nrom",)}, "unknown limit 'desk_receipt_nrom'"),
        ({"stops_on_receipt": ("x",)}, "unknown limit 'x'"),
        ({"reopens": ("x",)}, "unknown limit 'x'"),
        ({"emits": ("document_snet",)}, "unknown event 'document_snet'"),
        ({"emits": (Emit("document_sent", when="raining"),)}, "unknown guard 'raining'"),
        ({"guards": ("raining",)}, "unknown guard 'raining'"),
        ({"role": "janitor"}, "unknown role 'janitor'"),
        ({"also": ("janitor",)}, "unknown role 'janitor'"),
        ({"approval": "janitor"}, "unknown role 'janitor'"),
        ({"documents": ("DOC-NOTHING",)}, "unknown document 'DOC-NOTHING'"),
        ({"documents": (Paper("DOC-TRANSFER-SLIP", when="raining"),)}, "unknown guard 'raining'"),
        ({"sends": ("DOC-NOTHING",)}, "unknown document 'DOC-NOTHING'"),
        ({"opens": (Open("nowhere"),)}, "unknown procedure 'nowhere'"),
        ({"opens": (Open("meeting_action", each="document"),)}, "unknown list 'document'"),
        (
            {"opens": (Open("meeting_action", lays="assign"),)},
            "the step and the fact laid ready in meeting_action go together",
        ),
        (
            {"opens": (Open("meeting_action", lays="verify", fact="owner"),)},
            "unknown first step of meeting_action 'verify'",
        ),
        (
            {"opens": (Open("meeting_action", lays="assign", fact="hat"),)},
            "unknown fact of meeting_action.assign 'hat'",
        ),
        ({"named_by": ("hat",)}, "unknown fact or step 'hat'"),
        ({"lays": ("close",)}, "lays 'close' ready, which does not leave from there"),
        ({"opens_to": ("police",)}, "unknown organ 'police'"),
        ({"certainty": "guess", "sources": cite("RULES 158")}, "unknown certainty 'guess'"),
        ({"certainty": "verified"}, "has no source"),
        ({"guidance": "mind the gap"}, "guidance stands in one language only"),
        ({"facts": (Field("hat", "text"),)}, "hat has no Chinese title"),
        ({"facts": (Field("unit", "colour"),)}, "unknown type of unit 'colour'"),
        ({"facts": (Field("unit", "enum"),)}, "unit: an enumeration and its values go together"),
        ({"facts": (Field("unit", "enum", options=("red",)),)}, "unit: red has no Chinese title"),
        ({"facts": (Field("unit", "text", required="if_rain"),)}, "unit: nothing decides 'if_rain'"),
        ({"facts": (Field("unit", "text", required="if_accepted"),)}, "unit: nothing decides 'if_accepted'"),
        ({"occurred_by": "sent_at"}, "unknown fact 'sent_at'"),
        ({"follows": True}, "follows no event"),
        ({"on_event": ("bail_lifted",), "follows": True}, "follows and asks for facts"),
        ({"logged_by": ("swimming",)}, "unknown activity 'swimming'"),
        ({"logged_by": (Logged("bail", "colour"),)}, "unknown field of bail 'colour'"),
        (
            {"logged_by": (Logged("bail", "deciding_organ", ("mayor",)),)},
            "unknown value of deciding_organ 'mayor'",
        ),
        ({"logged_by": ("search",)}, "search does not bring the facts document, version, recipient, method"),
        (
            {"extends": (Extend("bail_max"),)},
            "the stage of bail_max comes either from the step or from a fact",
        ),
        (
            {"extends": (Extend("investigation_custody", stage="x"),)},
            "unknown stage of investigation_custody 'x'",
        ),
        ({"starts": ("bail_max",)}, "starts bail_max, but none of its events happens here"),
        ({"starts": ("bail_max",)}, "starts bail_max, whose entry does not name this procedure"),
        (
            {"starts": (Start("correction_notice_reply"),)},
            "starts correction_notice_reply, but nothing states its date",
        ),
        (
            {"starts": ("detention_house_correction_15d",)},
            "starts detention_house_correction_15d, which is disabled",
        ),
        (
            {"suspends": ("investigation_custody",)},
            "suspends investigation_custody, but none of its events happens here",
        ),
        (
            {"resumes": ("investigation_custody",)},
            "resumes investigation_custody, but none of its events happens here",
        ),
    ],
)
def test_word_that_nothing_declares_is_found(changes: dict[str, object], text: str) -> None:
    found = faults(changed("counterpart_transfer", "send", **changes))

    assert f"counterpart_transfer, send: {text}" in found


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"area": "SUP-MOON"}, "head: unknown area 'SUP-MOON'"),
        ({"subject": "moon"}, "head: unknown subject 'moon'"),
        ({"initiator": "janitor"}, "head: unknown role 'janitor'"),
        ({"registers": ("REG-MOON",)}, "head: unknown register 'REG-MOON'"),
        ({"titled_by": ("hat",)}, "head: unknown fact 'hat'"),
        ({"seen_by": "after:moon"}, "head: unknown seen_by 'after:moon'"),
        (
            {"open_at_end": (OpenAtEnd("desk_receipt_norm", "rests"),)},
            "desk_receipt_norm: unknown ending 'rests'",
        ),
        (
            {"open_at_end": (OpenAtEnd("desk_receipt_norm", "handed_over:moon"),)},
            "desk_receipt_norm: unknown procedure 'moon'",
        ),
        (
            {"escalation": (Rung("1d", "desk_receipt_norm", (), "a", "甲"),)},
            "desk_receipt_norm1d: not an offset: '1d'",
        ),
        (
            {"escalation": (Rung("+1d", "desk_receipt_norm", ("janitor",), "a", "甲"),)},
            "desk_receipt_norm+1d: unknown role 'janitor'",
        ),
        (
            {"escalation": (Rung("+1d", "desk_receipt_norm", (), "a", "甲", step="fly"),)},
            "desk_receipt_norm+1d: unknown step 'fly'",
        ),
        (
            {"escalation": (Rung("+1d", "bail_max", (), "a", "甲"),)},
            "bail_max+1d: no step starts the limit of this rung",
        ),
        (
            {"escalation": (Rung("+1d", "desk_receipt_norm", (), "DOC-X"),)},
            "desk_receipt_norm+1d: unknown document 'DOC-X'",
        ),
        (
            {"escalation": (Rung("+1d", "desk_receipt_norm", (), "call them"),)},
            "desk_receipt_norm+1d: what is drafted stands in one language only",
        ),
    ],
)
def test_fault_in_the_head_or_the_ladder_is_found(changes: dict[str, object], text: str) -> None:
    spoilt = replace(process("counterpart_transfer"), **changes)  # type: ignore[arg-type]

    assert f"counterpart_transfer, {text}" in faults(spoilt)


def test_event_that_nobody_records_is_found() -> None:
    found = faults(changed("case", "decline", on_event=("bail_papers_received", "overstay_started")))

    assert found == ["case, decline: waits for overstay_started, which nobody records"]


def test_document_that_the_step_no_longer_issues_is_found() -> None:
    found = faults(changed("counterpart_transfer", "send", documents=()))

    assert found == ["documents, DOC-TRANSFER-SLIP: is not issued in counterpart_transfer.send"]


def test_declared_procedure_may_not_stay_on_the_pending_list() -> None:
    waiting = {**pending(), "case": Pending("case", "COOP-FLOW")}

    found = soundness(tuple(all_processes().values()), rulebook(), catalogue(), waiting)

    assert [str(fault) for fault in found] == ["case, pending.toml: is declared now and still stands there"]


def test_smallest_sound_procedure_needs_only_a_start_a_step_and_an_end() -> None:
    tiny = Process(
        "duty_shift",
        "OFFICE",
        "值班",
        "Duty shift",
        subject="office",
        initiator="office_resident",
        states=(State("on", "在班", "on duty", "start"), State("off", "下班", "off duty", "end")),
        steps=(
            Step("close", "下班", "Leave", "office_resident", ("on",), "off", documents=("DOC-DUTY-LOG",)),
        ),
    )
    declared = {**all_processes(), "duty_shift": tiny}

    assert soundness(tuple(declared.values()), rulebook(), catalogue()) == ()


def test_stage_that_the_limit_does_not_have_is_found() -> None:
    starts = (Start("notify_withdraw_case_comply", stage="later"),)

    found = faults(changed("filing_supervision_withdraw", "notice", starts=starts))

    assert (
        "filing_supervision_withdraw, notice: unknown stage of notify_withdraw_case_comply 'later'" in found
    )


def test_note_of_a_state_in_one_language_only_is_found() -> None:
    declared = process("counterpart_transfer")
    noted = replace(declared.states[1], note="waiting for the desk")

    found = faults(replace(declared, states=(declared.states[0], noted, *declared.states[2:])))

    assert found == ["counterpart_transfer, sent: its note stands in one language only"]


@pytest.mark.parametrize(
    ("child", "text"),
    [
        (
            Open("counterpart_transfer", takes="receipt"),
            "takes counterpart_transfer.receipt, which is no first step",
        ),
        (Open("custody", takes="detain"), "takes custody.detain, which needs an approval of its own"),
        (
            Open("internal_supervision_link", takes="receive", given=(("document", "d"),)),
            "takes internal_supervision_link.receive without the facts reply_due_on",
        ),
    ],
)
def test_first_step_that_cannot_be_taken_at_once_is_found(child: Open, text: str) -> None:
    spoilt = changed("supervision_lead", "unfounded", opens=(child,))

    assert f"supervision_lead, unfounded: {text}" in faults(spoilt)
