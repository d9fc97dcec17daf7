"""Supervision in a standard way: the check before a major case closes, evidence, oral corrections, complaints."""

from dataclasses import replace
from datetime import date

import pytest

from coordination.law.grammar import History, Opened, effects, following
from tests.law.proceedings import NOW, at, history, process, refusals, take, taken

CHECK = "interrogation_legality_verification"
REVIEW = "complaint_art117_procuratorate"
DOUBT = {"evidence": "记录第2号", "clue": "录音中断"}


def marked() -> History:
    """A major case marked on the 20th, to close on the 30th."""
    past = history("interrogation_legality_check", "about_to_close")
    return take(past, "mark", {"expected_close_on": date(2026, 11, 30)}, at(20))


def checking() -> History:
    """The notice was receipted and the check has begun."""
    now = take(take(marked(), "notify", {}, at(21)), "start", {"recording_ref": "r", "place": "p"}, at(23))
    assert now.running == {CHECK}
    return now


def test_check_before_closing_finds_nothing() -> None:
    now = take(checking(), "no_doubt", {}, at(24))

    assert (now.state, now.running) == ("closed_ok", set())
    assert "legality_check_done" in now.events


def test_case_is_marked_once_and_notified_after_it() -> None:
    bare = history("interrogation_legality_check", "about_to_close")

    assert refusals(bare, "notify") == ["guard:marked"]
    assert refusals(marked(), "mark", {"expected_close_on": date(2026, 12, 1)}) == ["guard:not_marked_yet"]
    assert refusals(bare, "mark", {"expected_close_on": date(2026, 11, 23)}) == ["field:expected_close_on"]


def test_check_starts_once_the_notice_is_receipted() -> None:
    sent = replace(take(marked(), "notify", {}, at(21)), events={})

    assert refusals(sent, "start", {"recording_ref": "r", "place": "p"}) == ["event"]


def test_check_goes_by_the_day_the_case_closes_and_moves_with_it() -> None:
    declared = process("interrogation_legality_check")

    moved = effects(declared, "move_day", checking(), {"expected_close_on": date(2026, 12, 4)}, at(25))

    assert moved.stops == (CHECK,)
    assert [(start.limit, start.stated_by) for start in moved.starts] == [(CHECK, "expected_close_on")]


def test_doubt_begins_the_check_of_the_evidence_with_the_same_facts() -> None:
    done = effects(process("interrogation_legality_check"), "doubt", checking(), DOUBT, at(24))

    assert done.opens == (
        Opened("evidence_legality_check", takes="open", facts={**DOUBT, "source": "legality_check"}),
    )
    assert done.emits == ("legality_check_done",)


def test_doubt_ends_as_the_evidence_is_decided() -> None:
    doubtful = take(checking(), "doubt", DOUBT, at(24))
    kept = replace(doubtful, events={**doubtful.events, "evidence_kept": at(25)}, now=at(25))
    excluded = replace(doubtful, events={**doubtful.events, "evidence_excluded": at(25)}, now=at(25))

    assert [step.id for step in following(process(kept.process), excluded, "evidence_excluded")] == [
        "exclude"
    ]
    assert refusals(doubtful, "cleared") == ["event"]
    assert take(kept, "cleared", {}, at(25)).state == "closed_kept"


def test_check_lapses_with_the_case() -> None:
    now = replace(checking(), events={"case_withdrawn": at(24)})

    assert [step.id for step in following(process(now.process), now, "case_withdrawn")] == ["lapse"]
    assert take(now, "lapse", {}, at(24)).running == set()


# ---- evidence --------------------------------------------------------------------------------------------------------


def raised() -> History:
    """A doubt from the file, registered on the 16th."""
    past = history("evidence_legality_check", "raised")
    return take(past, "open", {**DOUBT, "source": "review_of_file"}, at(16))


def asked(*, recording: bool = False) -> History:
    """An explanation asked on the 17th, until the 24th."""
    facts = {"points": ("为何中断",), "due_on": date(2026, 11, 24), "recording_asked": recording}
    return take(raised(), "ask", facts, at(17))


def test_doubt_is_registered_before_anything_else() -> None:
    bare = history("evidence_legality_check", "raised")

    assert refusals(bare, "lawful", {"reasons": "r"}) == ["guard:doubt_registered"]
    assert refusals(bare, "exclude", {"reasons": "r"}) == ["guard:doubt_registered"]
    assert refusals(raised(), "open", {**DOUBT, "source": "complaint"}) == ["guard:doubt_not_registered"]


def test_explanation_is_owed_from_the_receipt_until_the_stated_day() -> None:
    facts = {"points": ("为何中断",), "due_on": date(2026, 11, 24), "recording_asked": True}

    sent = effects(process("evidence_legality_check"), "ask", raised(), facts, at(17))

    assert sent.emits_on_receipt == ("legality_explanation_request_received",)
    assert [(start.limit, start.stated_by) for start in sent.starts_on_receipt] == [
        ("evidence_legality_explanation", "due_on")
    ]
    assert sent.documents == ("DOC-LEGALITY-REQUEST",)


def test_recording_that_was_asked_for_comes_with_the_explanation() -> None:
    facts = {"explanation": "设备故障"}

    assert refusals(asked(recording=True), "explain", facts) == ["guard:recording_attached"]
    assert refusals(asked(recording=True), "explain", {**facts, "recording_ref": "光盘1"}) == []
    assert refusals(asked(), "explain", facts) == []


@pytest.mark.parametrize(
    ("step", "state"), [("correct", "corrected"), ("keep", "kept"), ("exclude", "excluded")]
)
def test_explained_evidence_is_decided(step: str, state: str) -> None:
    explained = take(asked(), "explain", {"explanation": "设备故障"}, at(20))

    now = take(explained, step, {"reasons": "r"}, at(23))

    assert (now.state, now.running) == (state, set())


def test_silence_until_the_stated_day_leads_to_the_exclusion() -> None:
    silent = replace(asked(), expired=frozenset({"evidence_legality_explanation"}))
    assert refusals(asked(), "expire") == ["not_expired:evidence_legality_explanation"]

    late = take(silent, "expire", {}, at(25, 0))
    done = effects(process(late.process), "exclude", late, {"reasons": "r"}, at(25))

    assert refusals(late, "explain", {"explanation": "设备故障"}) == []
    assert done.opens == (Opened("correction_notice"),)
    assert take(late, "exclude", {"reasons": "r"}, at(25)).running == set()


def test_notice_on_excluded_evidence_has_its_own_form() -> None:
    drafted = (taken("draft", at(20), "gu.nanqiao", findings=("EVD-1",)),)
    past = history("correction_notice", "submitted", taken=drafted)
    notice = process("correction_notice")

    forms = {
        opener: effects(notice, "approve", replace(past, opened_by=opener), {}, NOW).documents
        for opener in ("supervision_lead", "evidence_legality_check", "lawyer_rights_complaint")
    }

    assert forms == {
        "supervision_lead": ("DOC-CORRECTION-NOTICE",),
        "evidence_legality_check": ("DOC-ILLEGAL-EVIDENCE-OPINION",),
        "lawyer_rights_complaint": ("DOC-OBSTRUCTION-CORRECTION",),
    }


# ---- oral corrections ------------------------------------------------------------------------------------------------


def told(finding: str = "SEI-3") -> History:
    """An oral correction given on the 16th."""
    facts = {"finding": finding, "told_person": "温则安", "told_at": at(16), "content": "补正清单"}
    return take(history("oral_correction", "given"), "give", facts, at(16, 10))


@pytest.mark.parametrize(
    ("finding", "limit"), [("SEI-3", "oral_correction_norm"), ("DHS-1", "oral_correction_to_written")]
)
def test_seven_days_are_law_only_for_detention_houses(finding: str, limit: str) -> None:
    assert told(finding).running == {limit}


def test_oral_correction_cannot_be_given_in_the_future() -> None:
    facts = {"finding": "SEI-3", "told_person": "温则安", "told_at": at(24), "content": "补正清单"}

    assert refusals(history("oral_correction", "given"), "give", facts) == ["field:told_at"]


def test_corrected_orally_and_closed() -> None:
    now = take(told(), "done", {"correction": "已补正"}, at(18))

    assert now.running == set()
    assert take(now, "close", {}, at(19)).state == "closed"


def test_whoever_disagrees_is_heard_before_it_goes_to_writing() -> None:
    disputed = take(told(), "disagree", {"reasons": "笔误"}, at(17))

    assert refusals(disputed, "raise", {"reason": "未改正"}) == ["guard:all_disagreement_heard"]
    assert refusals(told(), "hear", {"present": ("温则安",), "result": "维持"}) == [
        "guard:disagreement_unheard"
    ]
    heard = take(disputed, "hear", {"present": ("温则安",), "result": "维持"}, at(18))
    done = effects(process("oral_correction"), "raise", heard, {"reason": "未改正"}, at(24))

    assert done.opens == (Opened("correction_notice"),)
    assert take(heard, "raise", {"reason": "未改正"}, at(24)).running == set()


def test_oral_correction_is_withdrawn() -> None:
    now = take(told(), "withdraw", {"reason": "查明无误"}, at(18))

    assert (now.state, now.running) == ("withdrawn", set())


# ---- complaints ------------------------------------------------------------------------------------------------------


def complained() -> History:
    """A complaint that the police received on the 2nd."""
    facts = {"complainant": "苗素琴", "kind": "unrelated_property", "received_at": at(2)}
    return take(history("complaint_art117", "with_police"), "receive", facts, at(2, 10))


def test_complaint_is_first_the_police_s_for_thirty_days() -> None:
    reasons = {"reasons": "不服"}

    assert complained().running == {"complaint_art117_police"}
    assert refusals(history("complaint_art117", "with_police"), "decide", {"answer": "a"}) == [
        "guard:complaint_received"
    ]
    assert refusals(complained(), "accept_petition", reasons) == ["guard:police_answered_or_late"]
    late = replace(complained(), expired=frozenset({"complaint_art117_police"}))
    assert refusals(late, "accept_petition", reasons) == []
    answered = take(complained(), "decide", {"answer": "a"}, at(12))
    assert answered.running == set()
    assert take(answered, "accept_petition", reasons, at(20)).running == {REVIEW}


def test_answer_that_is_accepted_closes_the_complaint() -> None:
    assert (
        take(take(complained(), "decide", {"answer": "a"}, at(12)), "satisfied", {}, at(20)).state == "closed"
    )


def petitioned() -> History:
    """A matter under CPL 117 that the procuratorate found itself on the 10th."""
    facts = {"kind": "not_lifted", "reasons": "期限届满未解除"}
    return take(history("complaint_art117", "with_police"), "direct", facts, at(10))


def test_review_rests_while_reasons_are_asked_and_is_counted_anew_from_their_arrival() -> None:
    facts = {"points": ("为何未解除",), "reply_due_on": date(2026, 11, 20)}
    asked_ = take(petitioned(), "ask", facts, at(12))
    opinion = {"conclusion": "well_founded", "opinion": "应当解除"}

    assert asked_.running == {"art117_reasons_reply"}
    assert refusals(asked_, "opine", opinion) == ["guard:reasons_given_or_late"]
    late = replace(asked_, expired=frozenset({"art117_reasons_reply"}))
    assert refusals(late, "opine", opinion) == []
    done = effects(process("complaint_art117"), "explain", asked_, {"reasons": "r"}, at(18))
    assert (done.reopens, [grant.stage for grant in done.extends]) == ((REVIEW,), ["after_reasons"])
    explained = take(asked_, "explain", {"reasons": "r"}, at(18))
    assert explained.running == {REVIEW}
    assert refusals(explained, "ask", facts) == ["guard:reasons_not_asked"]


@pytest.mark.parametrize(
    ("conclusion", "step", "other", "opens"),
    [
        ("well_founded", "correct", "answer", (Opened("correction_notice"),)),
        ("unfounded", "answer", "correct", ()),
    ],
)
def test_opinion_decides_between_correction_and_answer(
    conclusion: str, step: str, other: str, opens: tuple[Opened, ...]
) -> None:
    now = take(petitioned(), "opine", {"conclusion": conclusion, "opinion": "o"}, at(12))
    assert now.running == set()

    done = effects(process("complaint_art117"), step, now, {}, at(13))

    assert done.opens == opens
    assert done.documents == ()
    assert len(refusals(now, other)) == 1


def test_complainant_is_answered_whatever_the_opinion() -> None:
    answered = take(complained(), "decide", {"answer": "a"}, at(12))
    now = take(answered, "accept_petition", {"reasons": "不服"}, at(20))
    now = take(now, "opine", {"conclusion": "well_founded", "opinion": "o"}, at(23))

    assert effects(process(now.process), "correct", now, {}, at(23)).documents == ("DOC-COMPLAINT-ANSWER",)


def lawyer_complained() -> History:
    """A lawyer complained on the 12th that a meeting was refused."""
    facts = {"complainant": "方律师", "kind": "meeting_restricted", "organ": "o", "received_at": at(12)}
    return take(history("lawyer_rights_complaint", "received"), "receive", facts, at(12, 10))


@pytest.mark.parametrize(("level", "opened"), [("oral", "oral_correction"), ("written", "correction_notice")])
def test_founded_complaint_of_a_lawyer_goes_to_an_instrument(level: str, opened: str) -> None:
    assert lawyer_complained().running == {"defence_obstruction_complaint"}
    founded = take(lawyer_complained(), "found", {"answer": "属实"}, at(20))
    assert founded.running == set()

    done = effects(process(founded.process), "correct", founded, {"level": level}, at(20))

    assert done.opens == (Opened(opened),)


def test_unfounded_complaint_of_a_lawyer_is_answered() -> None:
    now = take(lawyer_complained(), "unfounded", {"answer": "不属实"}, at(20))

    assert (now.state, now.running) == ("closed", set())


@pytest.mark.parametrize(
    ("facts", "opened"),
    [
        ({"level": "written"}, ["correction_notice"]),
        ({"level": "oral"}, ["oral_correction"]),
        ({"level": "recommendation"}, ["procuratorial_recommendation"]),
        ({"level": "exclude_evidence"}, ["evidence_legality_check"]),
        ({"outcome": "settle_at_once"}, ["oral_correction"]),
    ],
)
def test_lead_goes_to_the_instrument_of_its_level(facts: dict[str, object], opened: list[str]) -> None:
    past = history("supervision_lead", "concluded", taken=(taken("conclude", at(20), **facts),))

    done = effects(process("supervision_lead"), "issue", past, {}, NOW)

    assert [child.process for child in done.opens] == opened
