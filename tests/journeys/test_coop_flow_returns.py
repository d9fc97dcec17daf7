"""COOP-FLOW: prosecution review, two returns with their outlines item by item, and no third one."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.queries.pasts import choices
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import Message
from coordination.policy import visible
from coordination.standing import standing
from supervision.demo import people
from tests.cast import agreed, at, do, organ, registered, run, user
from tests.journeys.test_coop_flow_objection import codes, receipted
from tests.journeys.test_story import due

pytestmark = pytest.mark.django_db

ITEMS = ("作案工具鉴定", "现场目击证人询问")


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


@pytest.fixture
def reviewed() -> Case:
    """Nobody in custody; sent for prosecution, the file received on Tuesday 2026-03-10."""
    case = registered(at("2026-03-02 09:00"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-03-02 16:00"))
    conclude(case)
    accept(case)
    return case


def conclude(case: Case) -> None:
    do(
        "han.kefei",
        run(case, "case"),
        "conclude",
        at("2026-03-09 10:00"),
        volumes=3,
        suspects_sent=("田广顺",),
    )


def accept(case: Case) -> None:
    do(
        "xu.qingzhi", run(case, "prosecution_review"), "receive", at("2026-03-10 09:40"),
        received_at=at("2026-03-10 09:30"), custody_by_suspect=("田广顺：未羁押",), volumes=3, fast_track=False,
        necessity_due=False, has_victim=False,
    )  # fmt: skip


def return_file(case: Case, number: int, day: str) -> Proceeding:
    """Prepare and decide a return on `day`; the police receipt it at 15:00."""
    do("gu.nanqiao", run(case, "prosecution_review"), "prepare_return", at(f"{day} 09:00"))
    do(
        "gu.nanqiao", run(case, "supplementary_investigation"), "return_case", at(f"{day} 10:00"),
        return_no=number, items=ITEMS, reasons="证据链不完整",
    )  # fmt: skip
    receipted(case, "DOC-RETURN-DECISION", "fang.shuning", f"{day} 15:00")
    return run(case, "supplementary_investigation")


def items(returned: Proceeding) -> list[Proceeding]:
    return list(returned.children.filter(process="outline_item").order_by("opened_at", "id"))


def answer(returned: Proceeding, when: str) -> None:
    first, second = items(returned)
    do("shen.yanqiu", first, "answer", at(when), result="done", evidence=("鉴定意见",))
    do("shen.yanqiu", second, "answer", at(when), result="cannot_be_done", reason_if_not="证人下落不明")


def check(returned: Proceeding, when: str) -> None:
    for item in items(returned):
        do("gu.nanqiao", item, "check", at(when), item_checked="satisfied")
    do("gu.nanqiao", returned, "check", at(when), satisfied=False)


def send_back(case: Case, returned: Proceeding, day: str) -> None:
    """Answer the items, send the file back on `day`; the procuratorate receipts it the same day at 16:00."""
    answer(returned, f"{day} 09:00")
    agreed("fang.shuning", "han.kefei", returned, "send_back", at(f"{day} 10:00"))
    receipted(case, "DOC-SUPPLEMENT-REPORT", "xu.qingzhi", f"{day} 16:00")


def test_review_runs_a_month_from_the_receipt_and_both_papers_are_receipted(reviewed: Case) -> None:
    review = due(reviewed, "prosecution_review")

    assert (review.started_at, review.due_on) == (at("2026-03-10 09:30"), date(2026, 4, 10))
    assert due(reviewed, "defence_right_notice").due_on == date(2026, 3, 13)
    sent = Document.objects.filter(case=reviewed, kind__in=("DOC-PROSECUTION-OPINION", "DOC-ITEMS-LIST"))
    assert [one.receipted_at for one in sent] == [at("2026-03-10 09:30")] * 2
    assert run(reviewed, "case").state == "prosecution_review"
    assert unmeasured() == []


def test_return_gives_the_police_a_month_and_every_item_its_own_answer(reviewed: Case) -> None:
    returned = return_file(reviewed, 1, "2026-04-08")

    assert run(reviewed, "prosecution_review").state == "returned"
    assert due(reviewed, "prosecution_review").stopped_at == at("2026-04-08 10:00")
    month = due(reviewed, "supplementary_investigation")
    assert (month.started_at, month.due_on) == (at("2026-04-08 15:00"), date(2026, 5, 8))
    assert [item.about for item in items(returned)] == list(ITEMS)
    laid = Draft.objects.filter(proceeding__in=items(returned), step="answer", outcome="")
    assert {draft.role for draft in laid} == {"investigator"}
    assert Message.objects.filter(
        recipient=user("shen.yanqiu"), params__matter__zh__icontains=ITEMS[0]
    ).exists()
    assert not visible(user("xiahou.qi"), Proceeding, now=at("2026-04-09 09:00")).exists()
    with pytest.raises(Refused) as caught:
        do("fang.shuning", returned, "send_back", at("2026-04-09 10:00"))
    assert codes(caught) == {"guard:every_item_answered"}

    send_back(reviewed, returned, "2026-05-07")

    assert month_of(returned).stopped_at == at("2026-05-07 10:00")
    again = due(reviewed, "prosecution_review")
    assert (again.started_at, again.due_on) == (at("2026-05-07 16:00"), date(2026, 6, 8))
    assert due(reviewed, "outline_check_norm").started_at == at("2026-05-07 16:00")
    assert unmeasured() == []


def month_of(returned: Proceeding) -> Deadline:
    return Deadline.objects.get(proceeding=returned, limit="supplementary_investigation")


def returned_twice(reviewed: Case) -> None:
    """The file was returned twice, and came back twice; what remains is to indict or not."""
    first = return_file(reviewed, 1, "2026-04-08")
    send_back(reviewed, first, "2026-05-07")
    with pytest.raises(Refused) as unchecked:
        do("gu.nanqiao", run(reviewed, "prosecution_review"), "prepare_return", at("2026-05-08 09:00"))
    assert codes(unchecked) == {"guard:no_return_prepared"}
    check(first, "2026-05-11 09:00")
    second = return_file(reviewed, 2, "2026-05-20")
    assert month_of(second).due_on == date(2026, 6, 22)
    send_back(reviewed, second, "2026-06-18")
    check(second, "2026-06-22 09:00")


def test_third_return_is_refused_even_after_the_case_has_moved(reviewed: Case) -> None:
    returned_twice(reviewed)
    review = run(reviewed, "prosecution_review")
    bound = due(reviewed, "second_return_non_prosecution")
    assert bound.due_on == due(reviewed, "prosecution_review").due_on == date(2026, 7, 20)

    do("gu.nanqiao", review, "extend", at("2026-06-24 09:00"), ground="案情重大、复杂")
    # A month from 06-18 and fifteen days more are 08-02, a Sunday.
    assert due(reviewed, "prosecution_review").due_on == date(2026, 8, 3)
    assert due(reviewed, "second_return_non_prosecution").due_on == date(2026, 8, 3)
    now = at("2026-06-25 09:00")
    offered = choices(standing(user("gu.nanqiao"), now), [review], now=now)[review.pk]
    third = next(choice for choice in offered if choice.step.id == "prepare_return")
    assert [reason.code for reason in third.reasons] == [
        "guard:fewer_than_two_returns", "running:second_return_non_prosecution",
    ]  # fmt: skip

    do("gu.nanqiao", review, "no_jurisdiction", at("2026-06-25 10:00"), reasons="犯罪地在砚湖县")
    do(
        "xu.qingzhi",
        review,
        "move",
        at("2026-06-26 10:00"),
        organ=str(organ("990121JC").pk),
        designated=False,
    )
    moved = run(reviewed, "prosecution_review")
    assert (moved.organisation, moved.parent) == (organ("990121JC"), review)
    do(
        "case_manager.yanhu", moved, "receive", at("2026-06-29 09:40"), received_at=at("2026-06-29 09:30"),
        custody_by_suspect=("田广顺：未羁押",), volumes=3, fast_track=False, necessity_due=False, has_victim=False,
    )  # fmt: skip
    assert due(reviewed, "prosecution_review").due_on == date(2026, 7, 29)
    with pytest.raises(Refused) as caught:
        do("zhuang.yining", moved, "prepare_return", at("2026-06-30 09:00"))
    assert codes(caught) == {"guard:fewer_than_two_returns"}
    assert {str(one) for reason in caught.value.reasons for one in reason.sources} >= {"CPL 175", "RULES 350"}
    assert unmeasured() == []


def test_month_that_passes_asks_for_reasons(reviewed: Case) -> None:
    returned = return_file(reviewed, 1, "2026-04-08")

    sweep(at("2026-05-09 00:00"))

    returned.refresh_from_db()
    assert returned.state == "overdue"
    assert due(reviewed, "supplementary_investigation_overdue_reasons").responsible_role == "prosecutor"
    assert Draft.objects.filter(proceeding=returned, step="ask_reasons", outcome="").exists()


def test_evidence_is_asked_for_with_its_day(reviewed: Case) -> None:
    from cases.steps import begin

    begin(
        user("gu.nanqiao"), "evidence_request", "serve", case=reviewed, at=at("2026-03-11 09:00"),
        facts={"items": ("通话记录",), "proof_purpose": "证明共谋", "due_on": date(2026, 3, 20)},
    )  # fmt: skip
    request = run(reviewed, "evidence_request")
    with pytest.raises(Refused) as caught:
        do("shen.yanqiu", request, "supply", at("2026-03-11 10:00"), item_result="supplied")
    assert codes(caught) == {"event"}

    receipted(reviewed, "DOC-EVIDENCE-REQUEST", "fang.shuning", "2026-03-11 15:00")

    assert due(reviewed, "evidence_request_reply").due_on == date(2026, 3, 20)
    agreed("shen.yanqiu", "fang.shuning", request, "supply", at("2026-03-18 10:00"), item_result="supplied")
    do("gu.nanqiao", request, "close", at("2026-03-19 10:00"))
    request.refresh_from_db()
    assert request.state == "closed"
