"""A business quarrel filed as contract fraud: notice to withdraw, reconsideration, review, and who could do what."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.queries.pasts import choices
from cases.registration import register_report
from cases.steps import approve
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.policy import visible
from coordination.standing import standing
from supervision.demo import people
from tests.cast import agreed, at, begun, do, organ, receipted, report, run, user

pytestmark = pytest.mark.django_db

PROCESS = "filing_supervision_withdraw"
NUMBER, DUNAN_CID = "A9902021500002026070003", "990202150000"
DECIDED = {"reasons": "系经济纠纷"}


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def due(case: Case, limit: str) -> Deadline:
    return Deadline.objects.filter(case=case, limit=limit).latest("started_at")


def filed() -> Case:
    when = at("2026-07-06 09:00")
    told = report(
        when,
        NUMBER,
        title="禾木家具合同诈骗案",
        reporter="某建材商行",
        unit=organ(DUNAN_CID),
        charge="合同诈骗罪",
    )
    case = register_report(user("zhu.changhe"), told, at=when)
    do("zhu.changhe", run(case, "filing_review"), "hand_receipt", at("2026-07-06 09:20"))
    agreed(
        "ji.yunshu", "police_chief.dunan", run(case, "filing_review"), "decide_file", at("2026-07-08 10:00")
    )
    return case


def notified() -> tuple[Case, Proceeding]:
    """Complaint 10-09, reasons asked 10-12 and explained 10-19; notice to withdraw received 11-09."""
    case = filed()
    row = begun(
        "prosecutor2.dunan", case, PROCESS, "accept", at("2026-10-09 09:00"), source="party", complainant="裘立本",
        ground="meddling_in_dispute", police_unit=str(case.unit_id),
    )  # fmt: skip
    do("prosecutor2.dunan", row, "ask_reasons", at("2026-10-10 10:00"), ground="meddling_in_dispute")
    receipted("ji.yunshu", case, "DOC-ASK-FILING-REASONS", at("2026-10-12 09:00"))
    assert due(case, "filing_supervision_explain_filing").due_on == date(2026, 10, 19)
    agreed(
        "ji.yunshu", "police_chief.dunan", row, "explain", at("2026-10-19 16:00"), circumstances="收款不发货",
        basis="MPS 178", evidence_copies=("合同",),
    )  # fmt: skip
    agreed(
        "prosecutor2.dunan", "chief_procurator.dunan", row, "notice", at("2026-11-06 10:00"), evidence=("往来账目",),
        **DECIDED,
    )  # fmt: skip
    with pytest.raises(Refused):
        do("ji.yunshu", row, "ask_reconsideration", at("2026-11-06 15:00"), reasons="构成诈骗")
    receipted("ji.yunshu", case, "DOC-NOTICE-TO-WITHDRAW", at("2026-11-09 09:00"))
    return case, row


def objected() -> tuple[Case, Proceeding]:
    case, row = notified()
    agreed(
        "ji.yunshu",
        "police_chief.dunan",
        row,
        "ask_reconsideration",
        at("2026-11-13 10:00"),
        reasons="构成诈骗",
    )
    do(
        "case_manager.dunan", row, "receive_request", at("2026-11-16 10:00"), received_at=at("2026-11-16 09:30"),
        handler=str(user("bai.ruochuan").pk),
    )  # fmt: skip
    return case, row


def upheld() -> tuple[Case, Proceeding]:
    case, row = objected()
    agreed(
        "bai.ruochuan", "chief_procurator.dunan", row, "reconsider_uphold", at("2026-11-20 10:00"), **DECIDED
    )
    receipted("ji.yunshu", case, "DOC-RECONSIDERATION-DECISION", at("2026-11-23 09:00"))
    return case, row


def test_notice_to_withdraw_gives_fifteen_days() -> None:
    case, _ = notified()

    clock = due(case, "notify_withdraw_case_comply")
    assert (clock.due_on, clock.fires_at) == (date(2026, 11, 24), at("2026-11-25 00:00"))
    assert due(case, "filing_supervision_noncompliance_watchdog").due_on == date(2026, 11, 24)
    assert not Deadline.objects.filter(case=case, limit="withdraw_notice_reconsideration_request").exists()


def test_reconsideration_belongs_to_another_prosecutor_and_rests_the_duty() -> None:
    case, row = objected()

    clock = due(case, "withdraw_notice_reconsideration_decision")
    assert (clock.started_at, clock.due_on, clock.owner) == (
        at("2026-11-16 09:30"), date(2026, 11, 23), user("bai.ruochuan"),
    )  # fmt: skip
    assert due(case, "notify_withdraw_case_comply").stopped_at == at("2026-11-13 10:00")
    row.refresh_from_db()
    now = at("2026-11-20 09:00")
    offered = choices(standing(user("prosecutor2.dunan"), now), [row], now=now)[row.pk]
    reasons = {choice.step.id: [one.code for one in choice.reasons] for choice in offered}
    assert reasons["reconsider_uphold"] == ["guard:another_decides"]
    assert "correct" not in reasons
    sweep(at("2026-11-25 00:00"))
    assert not Draft.objects.filter(proceeding=row, step="correct").exists()


def test_decision_waits_for_the_chief_procurator() -> None:
    _, row = objected()

    draft = do("bai.ruochuan", row, "reconsider_uphold", at("2026-11-20 10:00"), **DECIDED)

    assert isinstance(draft, Draft)
    assert draft.role == "chief_procurator"
    approve(user("chief_procurator.dunan"), draft, at=at("2026-11-20 16:00"))
    row.refresh_from_db()
    assert row.state == "reconsidered"


def test_review_that_is_not_asked_lapses_and_the_duty_goes_on_as_overdue() -> None:
    case, row = upheld()
    assert due(case, "withdraw_notice_review_request").due_on == date(2026, 11, 30)

    sweep(at("2026-12-01 00:00"))

    row.refresh_from_db()
    clock = due(case, "notify_withdraw_case_comply")
    assert (row.state, clock.stopped_at, clock.due_on) == ("must_withdraw", None, date(2026, 11, 24))
    sweep(at("2026-12-01 00:01"))
    assert Draft.objects.filter(proceeding=row, step="correct", outcome="").exists()
    assert unmeasured() == []


def test_superior_upholds_and_the_case_is_withdrawn() -> None:
    case, row = upheld()
    superior = user("superior_prosecutor.linzhu")
    assert not visible(superior, Proceeding, now=at("2026-11-24 09:00")).exists()
    agreed("ji.yunshu", "police_chief.dunan", row, "ask_review", at("2026-11-24 10:00"), reasons="构成诈骗")
    assert visible(superior, Proceeding, now=at("2026-11-24 10:30")).filter(pk=row.pk).exists()
    assert not Deadline.objects.filter(case=case, limit="withdraw_notice_review_decision").exists()
    do(
        "superior_prosecutor.linzhu",
        row,
        "receive_review",
        at("2026-11-25 09:30"),
        received_at=at("2026-11-25 09:00"),
    )
    assert due(case, "withdraw_notice_review_decision").due_on == date(2026, 12, 10)
    do("superior_prosecutor.linzhu", row, "review_uphold", at("2026-12-07 10:00"), **DECIDED)
    row.refresh_from_db()
    assert row.state == "must_withdraw"

    agreed("ji.yunshu", "police_chief.dunan", row, "comply", at("2026-12-08 10:00"))

    row.refresh_from_db()
    assert (row.state, run(case, "case").state) == ("closed", "withdrawn")
    assert Document.objects.filter(case=case, kind="DOC-WITHDRAWAL-DECISION").count() == 1
    assert (
        not Deadline.objects.filter(thread_id=row.thread_id, stopped_at=None)
        .exclude(limit="desk_receipt_norm")
        .exists()
    )


def test_withdrawal_decided_in_the_case_answers_the_notice() -> None:
    case, row = objected()

    do("police_chief.dunan", run(case, "case"), "withdraw", at("2026-11-18 10:00"))

    row.refresh_from_db()
    assert row.state == "closed"
    assert due(case, "withdraw_notice_reconsideration_decision").stopped_at == at("2026-11-18 10:00")


def test_register_of_filing_shows_the_whole_line() -> None:
    from supervision.registers import reading

    notified()
    now = at("2026-11-20 09:00")
    who = user("bai.ruochuan")

    page = reading.page(
        reading.register("REG-FILING"), who, standing(who, now), wanted=reading.Wanted(), now=now
    )

    cells = dict(zip(reading.register("REG-FILING").kind.fields, page.lines[0].cells, strict=True))
    assert [cells[name].on for name in ("reasons_asked", "explained", "notice")] == [
        date(2026, 10, 12), date(2026, 10, 19), date(2026, 11, 9),
    ]  # fmt: skip
