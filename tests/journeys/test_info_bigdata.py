"""An exchange package with a mismatch: found, listed, fixed, acknowledged; either desk may send."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Document, Proceeding
from cases.steps import begin
from cases.sweep import unmeasured
from coordination.errors import Refused
from coordination.policy import visible
from supervision.demo import people
from tests.cast import at, do, organ, registered, user
from tests.journeys.ledger import lines

pytestmark = pytest.mark.django_db

SENT = {"package_no": "EX-2026-0417", "manifest": "清单0417", "records": 3, "files": 412}


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def package() -> Proceeding:
    return Proceeding.objects.get(process="exchange_package")


def test_mismatch_is_listed_fixed_and_acknowledged() -> None:
    case = registered(at("2026-11-13 09:00"))
    begin(user("fang.shuning"), "exchange_package", "send", case=case, facts=SENT, at=at("2026-11-20 17:20"))
    norm = Deadline.objects.get(limit="package_ack_norm")
    assert (norm.due_on, norm.responsible) == (date(2026, 11, 23), organ("990102JC"))
    do(
        "xu.qingzhi", package(), "find_mismatch", at("2026-11-23 09:10"),
        differences=("清单412页，文件410页",),
    )  # fmt: skip
    fix = Deadline.objects.get(limit="package_fix_norm")
    assert (fix.due_on, fix.responsible, fix.responsible_role) == (
        date(2026, 11, 26), organ("990102000000"), "police_legal",
    )  # fmt: skip
    listed = Document.objects.get(kind="DOC-MISMATCH-LIST")
    assert (listed.addressee, listed.receipted_at) == (organ("990102000000"), None)

    do("fang.shuning", package(), "fix", at("2026-11-24 10:00"), correction="补传第411、412页")
    listed.refresh_from_db()
    assert listed.receipted_at == at("2026-11-24 10:00")
    do("xu.qingzhi", package(), "ack", at("2026-11-24 15:00"))

    assert package().state == "accepted"
    assert not Deadline.objects.filter(area="INFO-BIGDATA", stopped_at=None).exists()
    assert unmeasured() == []
    now = at("2026-11-25 09:00")
    (line,) = lines("REG-EXCHANGE", "xu.qingzhi", now)
    assert line == [
        "EX-2026-0417", "望川市公安局青沚分局 → 望川市青沚区人民检察院", "3", "412", "2026-11-24",
        "清单412页，文件410页",
    ]  # fmt: skip
    assert not visible(user("ji.yunshu"), Proceeding, now=now).filter(process="exchange_package").exists()


def test_procuratorate_sends_and_the_desks_swap_places() -> None:
    begin(user("xu.qingzhi"), "exchange_package", "send", case=None, facts=SENT, at=at("2026-11-20 17:20"))
    row = package()
    assert (row.organisation, row.counterpart) == (organ("990102JC"), organ("990102000000"))
    norm = Deadline.objects.get(limit="package_ack_norm")
    assert (norm.responsible, norm.responsible_role) == (organ("990102000000"), "police_legal")

    with pytest.raises(Refused) as refused:
        do("xu.qingzhi", row, "ack", at("2026-11-23 09:00"))
    assert [one.code for one in refused.value.reasons] == ["role"]
    do("fang.shuning", row, "reject", at("2026-11-23 09:10"), reason="无法读取")

    assert package().state == "rejected"
    assert not Deadline.objects.filter(stopped_at=None, limit="package_ack_norm").exists()
