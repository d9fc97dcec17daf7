"""COOP-FLOW: a refusal of arrest, objected to up to the superior procuratorate; who sees and decides what."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.queries.pasts import choices
from cases.steps import approve
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import Message
from coordination.policy import visible
from coordination.standing import standing
from supervision.demo import people
from tests.cast import agreed, at, do, run, user
from tests.journeys.test_story import due, filed_and_detained

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def receipted(case: Case, kind: str, login: str, when: str) -> None:
    """The addressee's desk stamps the latest document of a kind."""
    transfer = Document.objects.filter(case=case, kind=kind).latest("issued_at", "id").transfer
    assert transfer is not None
    facts = {"received_at": at(when), "person": str(user(login).pk)}
    do(login, transfer, "receipt", at(when), **facts)


def refused(*, supplement: bool = False) -> Case:
    """Detained on 11-03; arrest asked on 11-05, refused on 11-10, received by the police on 11-10 at 16:00."""
    case = filed_and_detained()
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    do(
        "gu.nanqiao", run(case, "arrest_review"), "receive", at("2026-11-05 14:05"),
        received_at=at("2026-11-05 14:00"), detained=True, volumes=2,
    )  # fmt: skip
    agreed(
        "gu.nanqiao", "lu.chengjun", run(case, "arrest_review"), "refuse", at("2026-11-10 10:00"),
        ground="insufficient_evidence", reasons="赃物去向不明", supplement_asked=supplement,
    )  # fmt: skip
    do("xu.qingzhi", run(case, "arrest_review"), "serve_refusal", at("2026-11-10 15:00"))
    receipted(case, "DOC-ARREST-REFUSAL", "fang.shuning", "2026-11-10 16:00")
    return case


def released(case: Case) -> None:
    do(
        "shen.yanqiu", run(case, "custody"), "release_after_refusal", at("2026-11-10 18:00"),
        released_at=at("2026-11-10 17:30"),
    )  # fmt: skip


def asked(case: Case) -> Proceeding:
    """Reconsideration asked on 11-12, taken in on 11-13 at 09:30 for another prosecutor."""
    released(case)
    document = Document.objects.get(case=case, kind="DOC-ARREST-REFUSAL")
    agreed(
        "fang.shuning", "han.kefei", run(case, "non_arrest_objection"), "ask", at("2026-11-12 10:00"),
        decision_contested=str(document.pk), reasons="现有证据足以证明",
    )  # fmt: skip
    do(
        "xu.qingzhi", run(case, "non_arrest_objection"), "receive", at("2026-11-13 09:40"),
        received_at=at("2026-11-13 09:30"), handler=str(user("prosecutor2.qingzhi").pk),
    )  # fmt: skip
    return run(case, "non_arrest_objection")


def codes(caught: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in caught.value.reasons}


def test_reconsideration_is_asked_only_after_the_release() -> None:
    case = refused()
    right = due(case, "non_arrest_reconsideration_request")
    # 11-15 is a Sunday: the fifth day moves to Monday.
    assert (right.started_at, right.due_on) == (at("2026-11-10 16:00"), date(2026, 11, 16))
    facts = {"decision_contested": "不批准逮捕决定书", "reasons": "证据充分"}

    with pytest.raises(Refused) as caught:
        do("fang.shuning", run(case, "non_arrest_objection"), "ask", at("2026-11-10 16:30"), **facts)

    assert codes(caught) == {"guard:released_before_objection"}
    assert "CPL 92" in {str(source) for reason in caught.value.reasons for source in reason.sources}
    released(case)
    draft = do("fang.shuning", run(case, "non_arrest_objection"), "ask", at("2026-11-10 18:30"), **facts)
    assert isinstance(draft, Draft)


def test_another_prosecutor_decides_and_the_first_one_sees_why_not() -> None:
    case = refused()
    objection = asked(case)

    clock = due(case, "non_arrest_reconsideration_decision")
    assert (clock.started_at, clock.due_on) == (at("2026-11-13 09:30"), date(2026, 11, 20))
    assert clock.owner == user("prosecutor2.qingzhi")
    assert run(case, "arrest_review").state == "refusal_served"
    now = at("2026-11-16 09:00")
    mine = choices(standing(user("gu.nanqiao"), now), [objection], now=now)[objection.pk]
    reasons = {choice.step.id: [one.code for one in choice.reasons] for choice in mine}
    assert reasons["uphold"] == reasons["change"] == ["guard:did_not_refuse_arrest"]
    sweep(at("2026-11-18 08:00"))
    assert Message.objects.filter(
        recipient=user("prosecutor2.qingzhi"), code="deadline.remind", params__limit__en=clock.rule.en
    ).exists()
    with pytest.raises(Refused) as caught:
        do("gu.nanqiao", objection, "uphold", at("2026-11-18 10:00"), reasons="维持")
    assert codes(caught) == {"guard:did_not_refuse_arrest"}


def before_the_superior() -> Case:
    """An objection that was upheld and has come to the superior procuratorate, which sees it only now."""
    case = refused()
    objection = asked(case)
    agreed(
        "prosecutor2.qingzhi", "lu.chengjun", objection, "uphold", at("2026-11-18 10:00"), reasons="证据不足"
    )
    receipted(case, "DOC-RECONSIDERATION-DECISION", "fang.shuning", "2026-11-19 09:00")
    assert due(case, "non_arrest_review_request").due_on == date(2026, 11, 24)
    superior = user("xiahou.qi")
    assert not visible(superior, Proceeding, now=at("2026-11-19 10:00")).filter(pk=objection.pk).exists()

    agreed(
        "fang.shuning", "han.kefei", run(case, "non_arrest_objection"), "ask_review", at("2026-11-20 10:00"),
        reasons="复议决定认定有误",
    )  # fmt: skip
    assert visible(superior, Proceeding, now=at("2026-11-20 11:00")).filter(pk=objection.pk).exists()
    assert not Deadline.objects.filter(case=case, limit="non_arrest_review_decision").exists()
    do(
        "xiahou.qi", run(case, "non_arrest_objection"), "receive_review", at("2026-11-23 09:30"),
        received_at=at("2026-11-23 09:00"),
    )  # fmt: skip
    assert due(case, "non_arrest_review_decision").due_on == date(2026, 12, 8)
    request = Document.objects.get(case=case, kind="DOC-REVIEW-REQUEST")
    assert (request.transfer, request.receipted_at) == (None, at("2026-11-23 09:00"))
    return case


def test_objection_goes_up_to_the_superior_and_is_carried_out() -> None:
    case, superior = before_the_superior(), user("xiahou.qi")
    draft = do(
        "xiahou.qi", run(case, "non_arrest_objection"), "review", at("2026-11-30 10:00"), outcome="changed",
        reasons="证据能够证明",
    )  # fmt: skip
    assert isinstance(draft, Draft)
    with pytest.raises(Refused):
        approve(superior, draft, at=at("2026-11-30 10:10"))
    approve(user("superior_prosecutor2.wangchuan"), draft, at=at("2026-11-30 11:00"))
    agreed(
        "prosecutor2.qingzhi",
        "lu.chengjun",
        run(case, "non_arrest_objection"),
        "carry_out",
        at("2026-12-01 09:00"),
    )
    receipted(case, "DOC-ARREST-APPROVAL", "fang.shuning", "2026-12-01 10:00")
    do(
        "shen.yanqiu",
        run(case, "custody"),
        "arrest",
        at("2026-12-01 15:10"),
        executed_at=at("2026-12-01 15:00"),
    )

    assert run(case, "non_arrest_objection").state == "closed"
    assert run(case, "custody").state == "arrested"
    assert due(case, "arrest_approval_execution").stopped_at == at("2026-12-01 15:00")
    assert due(case, "investigation_custody").due_on == date(2027, 2, 1)
    assert unmeasured() == []


def test_right_that_is_not_used_lapses_and_closes() -> None:
    case = refused()

    sweep(at("2026-11-17 00:01"))

    assert run(case, "non_arrest_objection").state == "closed"


def test_after_a_call_for_supplement_the_outline_is_drafted_and_arrest_asked_again() -> None:
    case = refused(supplement=True)
    released(case)
    agreed(
        "fang.shuning", "han.kefei", run(case, "non_arrest_objection"), "ask", at("2026-11-12 10:00"),
        decision_contested="不批准逮捕决定书", reasons="证据充分",
    )  # fmt: skip

    with pytest.raises(Refused) as caught:
        do(
            "xu.qingzhi", run(case, "non_arrest_objection"), "receive", at("2026-11-13 09:40"),
            received_at=at("2026-11-13 09:30"), handler=str(user("prosecutor2.qingzhi").pk),
        )  # fmt: skip
    do("gu.nanqiao", run(case, "non_arrest_objection"), "refuse_supplement", at("2026-11-13 10:00"))

    assert codes(caught) == {"guard:no_supplement_asked"}
    assert run(case, "investigation_outline").state == "drafting"
    assert run(case, "non_arrest_objection").state == "closed"
