"""A joint analysis: drafted, commented on, signed by both heads, sent, receipted at the desk and filed."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Document, Draft, Proceeding
from cases.steps import begin
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import AuditEntry, Message
from coordination.policy import visible
from supervision.demo import people
from tests.cast import at, do, organ, user
from tests.journeys.ledger import lines

pytestmark = pytest.mark.django_db

FIGURES = {"indicators": ("IND-RETURN", "IND-NON-ARREST")}


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def analysis() -> Proceeding:
    return Proceeding.objects.get(process="joint_analysis")


def asked_to_sign() -> list[str]:
    rows = Draft.objects.filter(outcome="", step__startswith="sign_").order_by("role")
    return list(rows.values_list("role", flat=True))


def drafted() -> None:
    begin(
        user("jiang.wanzhao"), "joint_analysis", "start", case=None, at=at("2026-11-11 09:00"),
        facts={"period": "2026年第三季度", "topics": ("退回补充侦查",)},
    )  # fmt: skip
    norm = Deadline.objects.get(limit="analysis_sign_norm")
    assert (norm.started_at, norm.due_on) == (at("2026-11-11 09:00"), date(2026, 11, 25))
    do("jiang.wanzhao", analysis(), "draft", at("2026-11-18 16:00"), **FIGURES)


def test_second_signature_signs_and_the_desk_receipts() -> None:
    drafted()
    assert asked_to_sign() == ["chief_procurator", "police_chief"]
    do("shi.huaigu", analysis(), "comment", at("2026-11-19 09:00"), comment="第3页口径有误")
    assert asked_to_sign() == []
    do("jiang.wanzhao", analysis(), "draft", at("2026-11-20 09:00"), **FIGURES)
    do("han.kefei", analysis(), "sign_police", at("2026-11-23 10:00"))
    assert analysis().state == "reviewing"
    do("lu.chengjun", analysis(), "sign_proc", at("2026-11-24 10:00"))

    assert analysis().state == "signed"
    norm = Deadline.objects.get(limit="analysis_sign_norm")
    assert norm.stopped_at == at("2026-11-24 10:00")
    do("jiang.wanzhao", analysis(), "send", at("2026-11-24 11:00"))
    paper = Document.objects.get(kind="DOC-ANALYSIS-REPORT")
    assert (paper.number, paper.addressee) == ("青侦协〔2026〕1号", organ("990102000000"))
    receipt = Deadline.objects.get(limit="bulletin_receipt_norm")
    assert (receipt.due_on, receipt.stopped_at) == (date(2026, 11, 27), None)
    with pytest.raises(Refused) as refused:
        do("jiang.wanzhao", analysis(), "close", at("2026-11-24 11:10"))
    assert [one.code for one in refused.value.reasons] == ["event"]
    transfer = paper.transfer
    assert transfer is not None
    do(
        "fang.shuning", transfer, "receipt", at("2026-11-25 09:10"),
        received_at=at("2026-11-25 09:00"), person=str(user("fang.shuning").pk),
    )  # fmt: skip
    receipt.refresh_from_db()
    assert receipt.stopped_at == at("2026-11-25 09:00")
    do("jiang.wanzhao", analysis(), "close", at("2026-11-25 10:00"))

    assert unmeasured() == []
    assert lines("REG-BULLETIN", "shi.huaigu", at("2026-11-26 09:00")) == [
        ["2026年第三季度", "业务研判", "2026-11-24", "2026-11-25 09:00", ""]
    ]
    taken = AuditEntry.objects.filter(subject_id=analysis().pk, action__startswith="step.joint_analysis.")
    assert taken.count() == analysis().steps.count() == 9
    stranger = visible(user("you.minzhi"), Proceeding, now=at("2026-11-26 09:00"))
    assert not stranger.filter(process="joint_analysis").exists()


def test_heads_are_told_when_nobody_signs() -> None:
    drafted()

    sweep(at("2026-11-26 00:00"))

    told = Message.objects.filter(code="deadline.overdue").values_list("recipient__login", flat=True)
    assert set(told) == {"han.kefei", "lu.chengjun"}
