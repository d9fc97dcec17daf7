"""What cannot be right, at the door: refused with its reason and its article, and nothing is written.

The rest of the list has its place where the thing is: a third return and a reconsideration before the release in the
journeys of COOP-FLOW, with an extension asked after the end; a local limit above the statutory one in
`tests/law/test_local_rules.py`; holiday tables with a gap, a duplicate or an unknown year in
`tests/law/test_calendar_imports.py` and `tests/cases/test_calendar_import.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from cases.models import Deadline, Document, Draft, Occurrence, Proceeding, Step
from cases.steps import take
from cases.sweep import unmeasured
from coordination.errors import Conflict, Refused
from coordination.models import AuditEntry, Message
from supervision.demo import people
from tests.cases.test_door import at_once
from tests.cast import agreed, at, case_numbered, do, registered, run, user
from tests.supervision import world

NUMBER = "A9901025100002026110021"


@pytest.fixture(autouse=True)
def _cast(db: None) -> None:
    people.load(hashed="!")


def written() -> tuple[int, ...]:
    """How many rows there are of what a step writes."""
    kinds = (Step, Draft, Document, Occurrence, Deadline, Proceeding, AuditEntry, Message)
    return tuple(kind.objects.count() for kind in kinds)


def refused(act: Callable[[], object]) -> tuple[set[str], set[str]]:
    """The codes of all reasons and the articles they name; nothing may have been written."""
    before = written()
    with pytest.raises(Refused) as caught:
        act()
    assert written() == before
    reasons = caught.value.reasons
    assert all(reason.en and reason.zh and reason.sources for reason in reasons)
    return {one.code for one in reasons}, {str(source) for one in reasons for source in one.sources}


@pytest.mark.django_db(transaction=True)
def test_two_people_of_two_desks_take_the_same_request_in_at_once_and_one_of_them_does() -> None:
    case = world.detained()
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    review = run(case, "arrest_review")

    def receives(login: str, received: datetime) -> Callable[[], object]:
        facts = {"received_at": received, "detained": True, "volumes": 2}
        return lambda: take(user(login), review.pk, "receive", facts=facts, at=at("2026-11-05 14:05"))

    answers = at_once(
        receives("xu.qingzhi", at("2026-11-05 14:00")), receives("gu.nanqiao", at("2026-11-05 14:01"))
    )

    won = [answer for answer in answers if isinstance(answer, Step)]
    lost = [answer for answer in answers if isinstance(answer, (Refused, Conflict))]
    assert (len(won), len(lost)) == (1, 1)
    assert isinstance(lost[0], Refused)
    assert "state" in {reason.code for reason in lost[0].reasons}
    assert all(reason.sources for reason in lost[0].reasons)
    clock = Deadline.objects.get(case=case, limit="arrest_review_detained")
    assert clock.started_at == won[0].occurred_at
    assert unmeasured() == []


@pytest.mark.django_db
def test_step_against_a_closed_proceeding() -> None:
    case = registered(at("2026-11-02 09:00"), NUMBER)
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-11-03 10:00"))
    closed = run(case, "filing_review")
    assert closed.closed_at is not None

    codes, sources = refused(lambda: do("shen.yanqiu", closed, "hand_receipt", at("2026-11-03 11:00")))

    assert "closed" in codes
    assert sources


@pytest.mark.django_db
def test_reply_to_a_notice_that_was_never_received() -> None:
    notice = world.served(world.detained())
    answer = {"accepted": "accepted", "measures": "已重新讯问", "proof": ("补正笔录",)}

    codes, sources = refused(lambda: do("fang.shuning", notice, "reply", at("2026-11-16 09:00"), **answer))

    objection = {"contested_findings": ("INT-1",), "reasons": "两人在场"}
    contested, _articles = refused(
        lambda: do("fang.shuning", notice, "object", at("2026-11-16 09:00"), **objection)
    )

    assert codes == contested == {"guard:notice_received"}
    assert sources == {"RULES 158", "RULES 553"}


@pytest.mark.django_db
def test_notice_without_a_reply_period() -> None:
    notice = world.drafting(world.detained())
    words = {"findings": ("INT-1",), "facts": "仅一名侦查人员", "law": ("CPL 118",), "demand": "请予纠正"}

    codes, sources = refused(lambda: do("gu.nanqiao", notice, "draft", at("2026-11-13 10:00"), **words))
    past = {**words, "reply_due_on": date(2026, 11, 12)}
    late, _articles = refused(lambda: do("gu.nanqiao", notice, "draft", at("2026-11-13 10:00"), **past))

    assert codes == late == {"field:reply_due_on"}
    assert "RULES 553" in sources


@pytest.mark.django_db
def test_extension_of_a_detention_that_has_expired() -> None:
    case = world.detained()
    ask = {"ground": "special_circumstances", "ground_facts": "同案在逃", "new_total_days": 7}
    custody = run(case, "custody")

    def extend() -> object:
        return agreed("shen.yanqiu", "han.kefei", custody, "extend_detention", at("2026-11-06 15:31"), **ask)

    with pytest.raises(Refused) as caught:
        extend()

    assert {reason.code for reason in caught.value.reasons} == {"extend:expired"}
    assert {str(source) for reason in caught.value.reasons for source in reason.sources} >= {"CPL 91"}
    clock = Deadline.objects.get(case=case_numbered(NUMBER), limit="arrest_request_after_detention")
    assert clock.due_at == at("2026-11-06 15:30")
