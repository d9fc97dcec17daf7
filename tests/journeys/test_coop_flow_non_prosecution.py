"""COOP-FLOW: a non-prosecution, objected to, changed on reconsideration; the reverse transfer that waits for it."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Document
from cases.sweep import unmeasured
from coordination.errors import Refused
from supervision.demo import people
from tests.cast import agreed, at, do, registered, run, user
from tests.journeys.test_coop_flow_objection import codes, receipted
from tests.journeys.test_coop_flow_returns import accept, conclude
from tests.journeys.test_story import due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def dropped() -> Case:
    """Not prosecuted on 2026-03-20, received by the police the same day; passed on for a penalty on 03-23."""
    case = registered(at("2026-03-02 09:00"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-03-02 16:00"))
    conclude(case)
    accept(case)
    agreed(
        "gu.nanqiao", "lu.chengjun", run(case, "prosecution_review"), "not_prosecute", at("2026-03-20 10:00"),
        ground="minor_discretionary", property="返还被害人", penalty_needed=True,
    )  # fmt: skip
    do("gu.nanqiao", run(case, "prosecution_review"), "announce", at("2026-03-20 14:00"))
    receipted(case, "DOC-NON-PROSECUTION", "fang.shuning", "2026-03-20 15:00")
    do("gu.nanqiao", run(case, "prosecution_review"), "pass_reverse", at("2026-03-23 09:00"))
    do("gu.nanqiao", run(case, "reverse_transfer"), "register", at("2026-03-23 10:00"))
    return case


def test_probation_runs_the_months_that_were_decided() -> None:
    case = registered(at("2026-03-02 09:00"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-03-02 16:00"))
    conclude(case)
    accept(case)
    review = run(case, "prosecution_review")
    decided = at("2026-03-20 10:00")
    for months in (5, 13):
        with pytest.raises(Refused) as refused:
            agreed(
                "gu.nanqiao",
                "lu.chengjun",
                review,
                "condition",
                decided,
                conditions="就学",
                probation_months=months,
            )
        assert codes(refused) == {"limit:conditional_non_prosecution_probation"}

    agreed("gu.nanqiao", "lu.chengjun", review, "condition", decided, conditions="就学", probation_months=9)

    # Nine months from 20 March 2026, the shortest would be 20 September (CPL 283)
    assert due(case, "conditional_non_prosecution_probation").due_on == date(2026, 12, 20)
    assert unmeasured() == []


def contested() -> Case:
    """A non-prosecution that the police contest: what was owed to them stands still meanwhile."""
    case = dropped()
    assert run(case, "case").state == "not_prosecuted"
    assert due(case, "reverse_transfer_internal").stopped_at == at("2026-03-23 09:00")
    assert due(case, "reverse_transfer_review").due_on == date(
        2026, 4, 7
    )  # ten working days, Qingming on 04-06
    assert due(case, "non_prosecution_reconsideration_request").due_on == date(2026, 3, 27)
    decision = Document.objects.get(case=case, kind="DOC-NON-PROSECUTION")
    agreed(
        "fang.shuning", "han.kefei", run(case, "non_prosecution_objection"), "ask", at("2026-03-25 10:00"),
        decision_contested=str(decision.pk), reasons="情节不属轻微",
    )  # fmt: skip
    assert due(case, "reverse_transfer_review").suspended_at == at("2026-03-25 10:00")
    do("gu.nanqiao", run(case, "reverse_transfer"), "suspend", at("2026-03-25 16:00"))
    return case


def test_changed_non_prosecution_takes_the_case_up_again() -> None:
    case = contested()
    received = {"received_at": at("2026-03-26 09:30")}
    with pytest.raises(Refused) as same:
        do(
            "xu.qingzhi", run(case, "non_prosecution_objection"), "receive", at("2026-03-26 09:40"),
            handler=str(user("gu.nanqiao").pk), **received,
        )  # fmt: skip
    assert codes(same) == {"guard:handler_did_not_decide_non_prosecution"}
    do(
        "xu.qingzhi", run(case, "non_prosecution_objection"), "receive", at("2026-03-26 09:40"),
        handler=str(user("prosecutor2.qingzhi").pk), **received,
    )  # fmt: skip
    clock = due(case, "non_prosecution_reconsideration_decision")
    assert (clock.due_on, clock.owner) == (
        date(2026, 4, 27),
        user("prosecutor2.qingzhi"),
    )  # 04-25 is a Saturday
    with pytest.raises(Refused) as open_:
        do("gu.nanqiao", run(case, "prosecution_review"), "close_np", at("2026-04-01 09:00"))
    assert "guard:no_objection_open" in codes(open_)

    agreed(
        "prosecutor2.qingzhi", "lu.chengjun", run(case, "non_prosecution_objection"), "change",
        at("2026-04-15 10:00"), reasons="应当起诉",
    )  # fmt: skip

    assert run(case, "non_prosecution_objection").state == "closed"
    assert run(case, "prosecution_review").state == "reviewing"
    assert run(case, "case").state == "prosecution_review"
    assert run(case, "reverse_transfer").state == "closed"
    assert due(case, "reverse_transfer_review").stopped_at == at("2026-04-15 10:00")
    assert unmeasured() == []
