"""A data request in both directions: asked, received, answered, checked, answered again; and what the other sees."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Document, Proceeding
from cases.steps import begin
from cases.sweep import sweep, unmeasured
from coordination.models import Message
from coordination.policy import visible
from supervision.demo import people
from tests.cast import at, do, organ, user
from tests.journeys.ledger import lines

pytestmark = pytest.mark.django_db

ASKED = {"items": ("刑拘未提捕人员",), "purpose": "核对周清单", "period": "2026年11月"}
ANSWER = {"rows": 12, "file": "清单2026-46", "scope": "姓名、拘留时间"}


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def request() -> Proceeding:
    return Proceeding.objects.get(process="data_request")


def test_request_of_the_procuratorate_is_answered_by_the_police() -> None:
    begin(user("jiang.wanzhao"), "data_request", "ask", case=None, facts=ASKED, at=at("2026-11-17 09:00"))
    clock = Deadline.objects.get(limit="data_request_answer")
    assert (clock.due_on, clock.responsible, clock.responsible_role) == (
        date(2026, 11, 24), organ("990102000000"), "office_police",
    )  # fmt: skip
    asked = Document.objects.get(kind="DOC-DATA-REQUEST")
    assert (asked.addressee, asked.receipted_at) == (organ("990102000000"), None)
    sweep(at("2026-11-23 08:00"))
    assert Message.objects.filter(code="deadline.remind", recipient=user("shi.huaigu")).exists()

    do("shi.huaigu", request(), "answer", at("2026-11-23 15:00"), **ANSWER)
    asked.refresh_from_db()
    assert asked.receipted_at == at("2026-11-23 15:00")
    do("jiang.wanzhao", request(), "mismatch", at("2026-11-24 09:00"), differences=("两行重复",))
    do("shi.huaigu", request(), "answer", at("2026-11-25 09:00"), **{**ANSWER, "rows": 11})
    do("jiang.wanzhao", request(), "close", at("2026-11-25 10:00"))

    assert not Deadline.objects.filter(limit="data_request_answer", stopped_at=None).exists()
    assert unmeasured() == []
    now = at("2026-11-26 09:00")
    (line,) = lines("REG-DATA", "shi.huaigu", now)
    assert line == [
        "江晚照", "2026-11-17 09:00", "核对周清单", "刑拘未提捕人员", "11", "2026-11-25 办结",
    ]  # fmt: skip
    assert not visible(user("you.minzhi"), Proceeding, now=now).exists()


def test_request_of_the_police_reminds_the_resident_prosecutor() -> None:
    begin(user("shi.huaigu"), "data_request", "ask", case=None, facts=ASKED, at=at("2026-11-17 09:00"))
    clock = Deadline.objects.get(limit="data_request_answer")
    assert (clock.responsible, clock.responsible_role) == (organ("990102JC"), "office_resident")
    sweep(at("2026-11-23 08:00"))

    told = Message.objects.filter(code="deadline.remind").values_list("recipient__login", flat=True)
    assert set(told) == {"jiang.wanzhao", "xu.qingzhi"}
    do("jiang.wanzhao", request(), "refuse", at("2026-11-24 09:00"), reason="超出共享范围")
    assert request().state == "refused"
