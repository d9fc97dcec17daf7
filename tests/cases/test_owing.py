"""Who owes a clock, when an act at once is late, which papers exist already, and a norm that was set longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from cases import status
from cases.models import Case, Deadline, Document, Proceeding, Step
from cases.queries import owed
from cases.queries.owed import Asked
from cases.status import Status
from cases.sweep import sweep
from coordination.inbox import wording
from coordination.models import Message
from coordination.standing import standing
from supervision.demo import people
from tests.cases.doors import browser, said
from tests.cases.logbook import detention, family_notice, logged
from tests.cast import agreed, at, do, registered, run, suspect_of, user
from tests.supervision import world

pytestmark = pytest.mark.django_db
NOW = at("2026-11-04 09:00")
REQUEST = "arrest_request_after_detention"


@pytest.fixture
def case() -> Iterator[Case]:
    """田广顺 was detained on 3 November at 15:30, entered on the log."""
    people.load(hashed="!")
    found = registered(at("2026-11-02 09:00"))
    logged(detention(found, suspect_of(found, at("2026-11-03 15:00"))), at("2026-11-03 16:00"))
    with time_machine.travel(NOW, tick=False):
        yield found


def on_the_list(login: str) -> list[str]:
    person = user(login)
    page = owed.work_list(person, standing(person, NOW), Asked(), now=NOW)
    return [row.title.id for row in page.rows if row.kind == "deadline"]  # type: ignore[attr-defined]


# ---- who owes --------------------------------------------------------------------------------------------------------


def test_request_for_arrest_is_owed_by_the_desk_that_sends_it_and_named_on_who_prepares_it(
    case: Case,
) -> None:
    clock = Deadline.objects.get(case=case, limit=REQUEST)

    assert (clock.responsible_role, clock.owner) == ("police_legal", user("shen.yanqiu"))
    assert on_the_list("fang.shuning").count(REQUEST) == 1
    assert on_the_list("shen.yanqiu").count(REQUEST) == 1
    assert REQUEST not in on_the_list("he.zhiyuan")
    assert REQUEST not in on_the_list("han.kefei")


def test_api_tells_both_that_they_owe_the_request(case: Case) -> None:
    for login, expected in (("fang.shuning", 1), ("shen.yanqiu", 1), ("he.zhiyuan", 0)):
        answer = browser(login).get("/api/v1/deadlines/", {"side": "owe", "mine": "true", "limit": REQUEST})
        assert len(answer.json()["results"]) == expected, login


def test_what_only_the_investigator_ends_is_not_on_the_desk_of_the_legal_department(case: Case) -> None:
    clock = Deadline.objects.get(case=case, limit="detention_interrogation")

    assert (clock.responsible_role, clock.owner) == ("investigator", user("shen.yanqiu"))
    assert "detention_interrogation" not in on_the_list("fang.shuning")


# ---- at once ---------------------------------------------------------------------------------------------------------


def test_receipt_handed_in_the_same_act_is_not_late(case: Case) -> None:
    clock = Deadline.objects.get(case=case, limit="case_reception_immediate")
    assert (clock.due_at, clock.fires_at) == (at("2026-11-02 09:00"), at("2026-11-02 10:00"))
    assert status.status(clock, at("2026-11-02 09:30")) == Status.DUE_SOON

    do("shen.yanqiu", run(case, "filing_review"), "hand_receipt", at("2026-11-02 09:10"))

    clock.refresh_from_db()
    assert status.status(clock, NOW) == Status.MET
    assert clock.because[-1]["code"] == "same_act"


def test_receipt_that_is_not_handed_is_overdue_and_late(case: Case) -> None:
    sweep(at("2026-11-02 09:59"))
    assert not Message.objects.filter(code="deadline.overdue").exists()
    sweep(at("2026-11-02 10:00"))
    assert Message.objects.filter(code="deadline.overdue", recipient=user("shen.yanqiu")).exists()
    clock = Deadline.objects.get(case=case, limit="case_reception_immediate")
    assert status.status(clock, NOW) == Status.OVERDUE

    do("shen.yanqiu", run(case, "filing_review"), "hand_receipt", at("2026-11-02 11:00"))

    clock.refresh_from_db()
    assert status.status(clock, NOW) == Status.LATE


# ---- papers that exist -----------------------------------------------------------------------------------------------


def test_logging_a_detention_issues_no_second_warrant(case: Case) -> None:
    step = Step.objects.get(case=case, name="detain")

    assert step.facts["warrant_no"] == "望青公拘字〔2026〕118号"
    assert not Document.objects.filter(case=case, kind="DOC-DETENTION-WARRANT").exists()
    custody = Proceeding.objects.get(case=case, process="custody")
    assert "望青公拘字〔2026〕118号" in said(browser("shen.yanqiu").get(f"/proceedings/{custody.pk}/"))


def test_notice_that_bears_a_number_is_not_issued_again(case: Case) -> None:
    suspect = case.suspects.get()
    logged(family_notice(case, suspect, at("2026-11-04 08:00")), at("2026-11-04 08:30"))

    step = Step.objects.get(case=case, name="tell_family")
    assert step.facts["notice_no"] == "望青公拘通字〔2026〕118号"
    assert not Document.objects.filter(case=case, kind="DOC-DETENTION-NOTICE").exists()


def test_notice_without_a_number_is_issued_by_the_product(case: Case) -> None:
    custody = Proceeding.objects.get(case=case, process="custody")
    do("shen.yanqiu", custody, "tell_family", NOW, relative="田母", notified_at=NOW, method="phone")

    assert Document.objects.get(case=case, kind="DOC-DETENTION-NOTICE").number


# ---- what the desk is told -------------------------------------------------------------------------------------------


def test_desk_is_asked_to_receipt_what_needs_a_receipt_and_nothing_else(case: Case) -> None:
    custody = Proceeding.objects.get(case=case, process="custody")
    agreed("fang.shuning", "han.kefei", custody, "request_arrest", NOW)

    told = [wording(row, "en") for row in Message.objects.filter(recipient=user("xu.qingzhi")).order_by("id")]
    asked = [text for text in told if text.startswith("Sent to you, to be receipted: ")]
    assert len(asked) == 1
    assert "Request for approval of arrest" in asked[0]
    assert [text for text in told if "slip" in text.lower() and "to be receipted" in text] == []


# ---- longer than a norm ----------------------------------------------------------------------------------------------


def test_superior_police_may_give_more_time_than_the_norm() -> None:
    people.load(hashed="!")
    case = world.submitted()
    notice = world.receipted(case)
    sweep(at("2026-11-28 00:00"))
    do("gu.nanqiao", notice, "urge", at("2026-11-30 09:00"))
    late = Deadline.objects.get(proceeding=notice, limit="reply_after_urge_norm").fires_at
    sweep(late)
    agreed("gu.nanqiao", "lu.chengjun", notice, "report_up", late)
    do("xiahou.qi", notice, "superior_inform", at("2026-12-11 09:00"))

    do(
        "shao.weimin",
        notice,
        "superior_orders",
        at("2026-12-11 10:00"),
        order="限期纠正",
        due_on=date(2026, 12, 31),
    )

    clock = Deadline.objects.get(proceeding=notice, limit="reply_after_urge_norm", stopped_at=None)
    assert clock.due_on == date(2026, 12, 31)
    assert "norm_set" in [line["code"] for line in clock.because]
