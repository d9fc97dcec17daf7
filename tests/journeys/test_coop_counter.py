"""The two desks: a request for arrest is sent, returned with a list, sent again, looked for and receipted."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Document, Proceeding
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import Message
from coordination.policy import visible
from supervision.demo import people
from tests.cast import agreed, at, do, run, user
from tests.journeys.ledger import lines
from tests.journeys.test_story import due, filed_and_detained

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def test_period_of_the_review_begins_with_the_stamp_of_the_desk() -> None:
    case = filed_and_detained()
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    paper = Document.objects.get(case=case, kind="DOC-ARREST-REQUEST")
    desk = paper.transfer
    assert desk is not None
    norm = Deadline.objects.get(proceeding=desk, stopped_at=None)
    assert (norm.due_on, norm.responsible_role) == (date(2026, 11, 6), "case_manager")
    with pytest.raises(Refused) as refused:
        do("gu.nanqiao", desk, "return", at("2026-11-05 14:00"), missing=("录音录像清单",))
    assert [one.code for one in refused.value.reasons] == ["role"]

    do("xu.qingzhi", desk, "return", at("2026-11-05 15:00"), missing=("录音录像清单",))
    assert due(case, "arrest_request_after_detention").stopped_at is None
    do("fang.shuning", desk, "resend", at("2026-11-05 17:00"))
    sweep(at("2026-11-09 00:00"))
    told = Message.objects.filter(code="deadline.overdue", recipient=user("xu.qingzhi"))
    assert told.exists()
    do("jiang.wanzhao", desk, "dispute", at("2026-11-09 10:00"), finding="双方登记不一致")
    received = {"received_at": at("2026-11-05 17:10"), "person": str(user("xu.qingzhi").pk)}
    do("xu.qingzhi", desk, "receipt", at("2026-11-09 11:00"), **received)

    assert due(case, "arrest_request_after_detention").stopped_at == at("2026-11-05 17:10")
    assert not Deadline.objects.filter(proceeding=desk, stopped_at=None).exists()
    do("fang.shuning", desk, "close", at("2026-11-09 12:00"))
    assert unmeasured() == []
    line = next(row for row in lines("REG-DESK", "xu.qingzhi", at("2026-11-10 09:00")) if "提请" in row[0])
    assert line[3:5] == ["2026-11-05 17:00", "2026-11-05 17:10"]
    assert line[5:] == ["许青芷", "2026-11-05 录音录像清单"]
    stranger = visible(user("ji.yunshu"), Proceeding, now=at("2026-11-10 09:00"))
    assert not stranger.filter(pk=desk.pk).exists()
