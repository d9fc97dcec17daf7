"""The Office itself: duty, and absence with its stand-ins, chained and forced."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cases.models import Deadline, Proceeding
from cases.steps import begin
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import StandIn, User
from coordination.standing import standing
from supervision.demo import people
from tests.cast import at, do, organ, user
from tests.journeys.ledger import lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def away(who: str, instead: str, when: str, until: date) -> Proceeding:
    begin(
        user(who), "absence_handover", "open", case=None, at=at(when),
        facts={
            "from_on": at(when).date(), "until_on": until, "stand_in": str(user(instead).pk), "matters": ("全部在办",),
        },
    )  # fmt: skip
    return Proceeding.objects.filter(process="absence_handover").latest("opened_at", "id")


def stands_for(login: str, now: datetime) -> set[str]:
    keys = standing(user(login), now).stands_for
    return set(User.objects.filter(pk__in=keys).values_list("login", flat=True))


def test_duty_is_planned_staffed_logged_and_signed_off() -> None:
    shift = {"shift": "11月23日 上午", "person": str(user("jiang.wanzhao").pk)}
    begin(
        user("shi.huaigu"), "duty_shift", "plan", case=None, at=at("2026-11-20 16:00"),
        facts={**shift, "planned_on": date(2026, 11, 23)},
    )  # fmt: skip
    duty = Proceeding.objects.get(process="duty_shift")
    assert (duty.organisation, duty.counterpart) == (organ("990102JC"), organ("990102000000"))
    do("jiang.wanzhao", duty, "start", at("2026-11-23 08:30"), **shift)
    do("jiang.wanzhao", duty, "note", at("2026-11-23 09:00"), kind="visit", text="派出所来访")
    do(
        "jiang.wanzhao", duty, "hand_over", at("2026-11-23 12:00"), open_matters=("核对清单",),
        next_person=str(user("shi.huaigu").pk),
    )  # fmt: skip
    do("shi.huaigu", duty, "close", at("2026-11-23 12:10"))

    assert duty.documents.get().kind == "DOC-DUTY-LOG"
    assert lines("REG-DUTY", "jiang.wanzhao", at("2026-11-24 09:00")) == [
        ["11月23日 上午", "江晚照", "来访: 派出所来访", "", ""]
    ]


def test_stand_in_of_a_stand_in_stands_in_for_both_and_each_comes_back() -> None:
    first = away("luo.mingxi", "he.zhiyuan", "2026-11-19 09:00", date(2026, 11, 30))
    do("he.zhiyuan", first, "accept", at("2026-11-19 10:00"))
    second = away("he.zhiyuan", "shen.yanqiu", "2026-11-23 09:00", date(2026, 11, 25))
    do("shen.yanqiu", second, "accept", at("2026-11-23 10:00"))

    assert stands_for("he.zhiyuan", at("2026-11-23 11:00")) == {"luo.mingxi"}
    assert stands_for("shen.yanqiu", at("2026-11-23 11:00")) == {"he.zhiyuan", "luo.mingxi"}
    do("he.zhiyuan", second, "end", at("2026-11-25 09:00"), report="已回岗")
    assert stands_for("shen.yanqiu", at("2026-11-25 10:00")) == set()
    assert stands_for("he.zhiyuan", at("2026-11-25 10:00")) == {"luo.mingxi"}
    do("luo.mingxi", first, "end", at("2026-11-30 09:00"), report="已回岗")
    assert not StandIn.objects.filter(ends_at=None).exists()
    assert lines("REG-HANDOVER", "han.kefei", at("2026-12-01 09:00"))[1] == [
        "骆明溪", "贺知远", "2026-11-19", "2026-11-30", "全部在办", "2026-11-19 接收",
    ]  # fmt: skip


def test_handover_of_a_person_who_is_stood_in_for_by_an_absent_colleague_reaches_the_next_one() -> None:
    second = away("he.zhiyuan", "shen.yanqiu", "2026-11-19 09:00", date(2026, 11, 30))
    do("shen.yanqiu", second, "accept", at("2026-11-19 10:00"))
    first = away("luo.mingxi", "he.zhiyuan", "2026-11-20 09:00", date(2026, 11, 30))
    do("he.zhiyuan", first, "accept", at("2026-11-20 10:00"))

    assert stands_for("shen.yanqiu", at("2026-11-20 11:00")) == {"he.zhiyuan", "luo.mingxi"}


def test_head_names_a_deputy_when_nobody_accepts() -> None:
    row = away("luo.mingxi", "he.zhiyuan", "2026-11-19 09:00", date(2026, 11, 30))
    with pytest.raises(Refused) as refused:
        do("han.kefei", row, "force", at("2026-11-20 09:00"), stand_in=str(user("shen.yanqiu").pk))
    assert [one.code for one in refused.value.reasons] == ["not_expired:handover_accept_norm"]
    sweep(at("2026-11-24 00:00"))

    do("han.kefei", row, "force", at("2026-11-24 09:00"), stand_in=str(user("shen.yanqiu").pk))

    assert stands_for("shen.yanqiu", at("2026-11-24 10:00")) == {"luo.mingxi"}
    assert stands_for("he.zhiyuan", at("2026-11-24 10:00")) == set()
    assert not Deadline.objects.filter(stopped_at=None).exists()
    assert unmeasured() == []


def test_absence_of_a_superior_prosecutor_stays_in_the_own_organ() -> None:
    with pytest.raises(Refused) as refused:
        away("xiahou.qi", "gu.nanqiao", "2026-11-19 09:00", date(2026, 11, 30))

    assert [one.code for one in refused.value.reasons] == ["field:stand_in"]
