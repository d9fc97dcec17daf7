"""Which events touch which clocks."""

from __future__ import annotations

from uuid import UUID

from cases.roots import Root, limits_of_thread, touches

ONE, OTHER = UUID(int=1), UUID(int=2)


def begun(one: str, other: str, *, opener: UUID | None = None) -> dict[UUID, Root]:
    """Two threads with the process each began with; `opener` is the thread that opened the other one."""
    return {ONE: Root(one, None), OTHER: Root(other, opener)}


def test_an_answer_in_filing_supervision_stops_no_other_notice_s_clock() -> None:
    roots = begun("filing_supervision_file", "correction_notice")

    assert not touches(ONE, OTHER, roots, "correction_notice_reply")
    assert not touches(OTHER, ONE, roots, "correction_notice_reply")
    assert touches(ONE, ONE, roots, "correction_notice_reply")


def test_an_event_stops_the_clocks_of_other_procedures_that_its_own_does_not_start() -> None:
    roots = begun("filing_supervision_file", "filing_review")

    assert touches(ONE, OTHER, roots, "filing_review_general")
    assert touches(ONE, OTHER, roots)


def test_a_clock_that_an_activity_wound_is_stopped_by_every_procedure() -> None:
    assert touches(ONE, None, {ONE: Root("admin_case_link", None)}, "")


def test_procedures_that_join_a_thread_count_as_one() -> None:
    assert {"correction_notice_reply", "legal_assignment_norm"} <= limits_of_thread("correction_notice")
    assert "arrest_review_detained" in limits_of_thread("custody")


def test_an_event_about_one_document_acts_in_its_own_matter_only() -> None:
    strangers = begun("correction_notice", "overstay_correction")
    family = begun("correction_notice", "overstay_correction", opener=ONE)

    assert not touches(
        ONE, OTHER, strangers, "overstay_detention_correction", event="correction_notice_issued"
    )
    assert touches(ONE, OTHER, strangers, "overstay_detention_correction", event="released")
    assert touches(ONE, OTHER, family, "overstay_detention_correction", event="correction_notice_issued")
    assert touches(OTHER, ONE, family, "superior_handling_norm", event="overstay_ended")
