"""A bulletin from the day it is due to its answer, and look-ups that the police review or question."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Document, Proceeding
from cases.steps import begin
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import Message
from coordination.policy import visible
from supervision.demo import people
from tests.cast import at, do, user
from tests.journeys.ledger import lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def the(process: str) -> Proceeding:
    return Proceeding.objects.get(process=process)


def test_bulletin_is_approved_by_both_receipted_once_and_answered() -> None:
    begin(
        user("jiang.wanzhao"), "bulletin", "open", case=None, at=at("2026-11-02 09:00"),
        facts={"period": "2026年10月", "due_on": date(2026, 11, 10)},
    )  # fmt: skip
    due = Deadline.objects.get(limit="periodic_case_information_exchange")
    assert due.due_on == date(2026, 11, 10)
    do("jiang.wanzhao", the("bulletin"), "draft", at("2026-11-03 16:00"), indicators=("IND-RETURN",))
    with pytest.raises(Refused) as refused:
        do("lu.chengjun", the("bulletin"), "send", at("2026-11-04 09:00"))
    assert [one.code for one in refused.value.reasons] == ["guard:police_approved_figures"]
    do("han.kefei", the("bulletin"), "agree_police", at("2026-11-05 10:00"))
    do("lu.chengjun", the("bulletin"), "send", at("2026-11-06 10:00"))
    receipt = Deadline.objects.get(limit="bulletin_receipt_norm")
    assert receipt.due_on == date(2026, 11, 11)
    paper = Document.objects.get(kind="DOC-BULLETIN")
    transfer = paper.transfer
    assert transfer is not None
    do(
        "fang.shuning", transfer, "receipt", at("2026-11-10 10:00"),
        received_at=at("2026-11-10 09:50"), person=str(user("fang.shuning").pk),
    )  # fmt: skip
    assert the("bulletin").state == "receipted"
    receipt.refresh_from_db()
    assert receipt.stopped_at == at("2026-11-10 09:50")
    do("fang.shuning", the("bulletin"), "respond", at("2026-11-16 09:00"), answer="已转各办案单位")
    do("jiang.wanzhao", the("bulletin"), "close", at("2026-11-16 10:00"))

    assert unmeasured() == []
    assert lines("REG-BULLETIN", "han.kefei", at("2026-11-17 09:00")) == [
        ["2026年10月", "数据通报", "2026-11-06", "2026-11-10 09:50", "已转各办案单位"]
    ]


def test_lookup_is_open_to_the_police_at_once_and_reviewed_within_a_week() -> None:
    looked = {"purpose": "lead_check", "fields": ("立案时间",), "result_rows": 2}
    begin(
        user("jiang.wanzhao"), "platform_lookup", "look", case=None, facts=looked, at=at("2026-11-16 09:40")
    )
    norm = Deadline.objects.get(limit="lookup_review_norm")
    assert (norm.due_on, norm.responsible_role) == (date(2026, 11, 23), "office_police")
    for login, sees in (
        ("shi.huaigu", True),
        ("han.kefei", True),
        ("you.minzhi", False),
        ("shao.weimin", False),
    ):
        rows = visible(user(login), Proceeding, now=at("2026-11-16 09:41"))
        assert rows.filter(process="platform_lookup").exists() is sees
    with pytest.raises(Refused) as refused:
        do("jiang.wanzhao", the("platform_lookup"), "review", at("2026-11-17 09:00"))
    assert [one.code for one in refused.value.reasons] == ["role"]

    sweep(at("2026-11-24 00:00"))
    assert Message.objects.filter(code="deadline.overdue", recipient=user("shi.huaigu")).exists()
    do("shi.huaigu", the("platform_lookup"), "question", at("2026-11-24 09:00"), question="核查哪一条线索？")
    do("jiang.wanzhao", the("platform_lookup"), "explain", at("2026-11-24 10:00"), answer="10月9日登记的线索")

    assert the("platform_lookup").state == "closed"
    assert lines("REG-DATA", "shi.huaigu", at("2026-11-25 09:00")) == [
        ["江晚照", "2026-11-16 09:40", "核实线索", "立案时间", "2", "2026-11-24 说明"]
    ]
