"""Training, joint guidance and case-quality reviews."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from coordination.law.grammar import effects
from tests.law.proceedings import at, history, process, refusals, take

PLAN = {"topic": "digital evidence", "meets_at": at(27), "trainers": ("li",), "need_from": "findings"}
TEXT = {
    "topic": "digital evidence",
    "content": "what to seize and how",
    "comment_due_on": date(2026, 11, 30),
    "units": ("all",),
}
SHEET = {"items": ("file order",)}


def test_training_is_planned_held_and_filed() -> None:
    now = take(history("joint_training", "planned"), "plan", PLAN, at(9))
    held = {"held_at": at(13), "attendees": ("both",), "hours": Decimal("3.5")}
    now = take(now, "hold", held, at(16))
    assert (now.running, now.events["training_held"]) == ({"training_filing_norm"}, at(13))
    now = take(now, "file", {"materials": ("slides",)}, at(20))

    assert (now.state, now.running) == ("filed", set())


def test_training_that_is_not_held_is_cancelled() -> None:
    now = take(history("joint_training", "planned"), "plan", PLAN, at(9))

    assert refusals(now, "file", {"materials": ("slides",)}) == ["state"]
    assert take(now, "cancel", {"reason": "flood"}, at(10)).state == "cancelled"


def test_guidance_is_issued_when_both_heads_have_signed() -> None:
    now = take(history("joint_guidance", "drafting"), "consult", TEXT, at(9))
    now = take(now, "comment", {"comment": "add drones"}, at(10))
    now = take(now, "close_comments", {"comments": ("add drones",), "answers": ("added",)}, at(12))
    assert now.running == set()
    in_force = {"valid_from_on": date(2026, 12, 1)}
    now = take(now, "sign_proc", {}, at(13))
    assert refusals(now, "sign", in_force) == ["guard:both_signed_guidance"]
    assert refusals(now, "sign_proc") == ["guard:guidance_open_to_procuratorate"]
    now = take(now, "sign_police", {}, at(14))
    assert refusals(now, "sign_police") == ["guard:guidance_open_to_police"]
    assert effects(process("joint_guidance"), "sign", now, in_force, at(15)).documents == ("DOC-GUIDANCE",)
    now = take(now, "sign", in_force, at(15))

    assert now.state == "issued"


def test_guidance_is_revised_and_signed_anew_or_ended_by_both() -> None:
    now = take(history("joint_guidance", "drafting"), "consult", TEXT, at(2))
    now = take(now, "close_comments", {}, at(3))
    now = take(take(now, "sign_proc", {}, at(4)), "sign_police", {}, at(4))
    now = take(now, "sign", {"valid_from_on": date(2026, 12, 1)}, at(5))
    revised = take(take(now, "revise", {"reason": "new law"}, at(6)), "consult_again", TEXT, at(7))
    assert (revised.state, revised.running) == ("consulting", {"guidance_comment_period"})
    revised = take(revised, "close_comments", {}, at(8))
    assert refusals(revised, "sign", {"valid_from_on": date(2026, 12, 1)}) == ["guard:both_signed_guidance"]
    now = take(now, "agree_expiry_proc", {}, at(9))
    assert refusals(now, "expire", {"reason": "new law"}) == ["guard:both_agree_to_expiry"]
    assert refusals(now, "agree_expiry_proc") == ["guard:expiry_open_to_procuratorate"]
    now = take(now, "agree_expiry_police", {}, at(10))
    assert refusals(now, "agree_expiry_police") == ["guard:expiry_open_to_police"]
    now = take(now, "expire", {"reason": "new law"}, at(11))

    assert now.state == "expired"


def test_guidance_that_is_dropped_ends_the_consultation_that_runs() -> None:
    draft = history("joint_guidance", "drafting")
    consulting = take(draft, "consult", TEXT, at(9))

    assert "guidance_comments_closed" not in take(draft, "drop", {"reason": "no need"}, at(10)).events
    dropped = take(consulting, "drop", {"reason": "no need"}, at(10))
    assert (dropped.running, dropped.events["guidance_comments_closed"]) == (set(), at(10))


def test_quality_review_is_commented_on_by_the_unit_and_closed() -> None:
    past = history("case_quality_review", "sampled")
    now = take(past, "draw", {"rule": "one in ten", "reviewers": ("wang", "li")}, at(16))
    now = take(now, "sheet", SHEET, at(18))
    assert now.running == {"quality_comment_norm"}
    assert refusals(now, "comment", {"agrees": False}) == ["guard:disagreement_is_explained"]
    now = take(now, "comment", {"agrees": False, "comment": "the file was complete"}, at(20))
    assert (now.state, now.running) == ("settled", set())

    assert take(now, "close", {}, at(21)).state == "closed"


def test_sheet_stands_where_the_unit_says_nothing() -> None:
    now = take(history("case_quality_review", "reviewing"), "sheet", SHEET, at(18))
    assert refusals(now, "no_comment") == ["not_expired:quality_comment_norm"]

    now = take(replace(now, expired=frozenset({"quality_comment_norm"})), "no_comment", {}, at(26, 0))

    assert (now.state, now.running) == ("settled", set())


def test_nobody_reviews_an_own_case() -> None:
    handled = frozenset({"gu.nanqiao", "shen.yanqiu"})
    sampled = history("case_quality_review", "sampled", handlers=handled)
    reviewing = history("case_quality_review", "reviewing", handlers=handled)
    drawn = {"rule": "one in ten", "reviewers": ("wang", "shen.yanqiu")}

    assert refusals(sampled, "draw", drawn) == ["guard:reviewers_did_not_handle"]
    assert refusals(reviewing, "sheet", SHEET, "prosecutor", by="gu.nanqiao") == [
        "guard:reviewer_did_not_handle"
    ]
    assert refusals(reviewing, "sheet", SHEET, "prosecutor", by="wang") == []
