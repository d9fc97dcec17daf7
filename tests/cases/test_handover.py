"""Handing over what a person holds: what is shown before, what moves, who may, and nothing is left unowned."""

from __future__ import annotations

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases import handover, ownership
from cases.models import Case, Deadline, Proceeding
from coordination import inbox
from coordination.errors import Refused
from coordination.models import AuditEntry, Message, Posting, StandIn
from coordination.standing import standing
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cast import agreed, at, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
WHEN = at("2026-11-04 09:00")
NUMBER = "A9901025100002026110021"


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


@pytest.fixture
def case() -> Case:
    """A case of 沈砚秋 with a detained suspect: several clocks run in her name."""
    found = registered(at("2026-11-02 09:00"), number=NUMBER)
    suspect_of(found, at("2026-11-03 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(found, "custody"), "detain", at("2026-11-03 16:00"),
        executed_at=at("2026-11-03 15:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip
    return found


def passed_on(
    case: Case, to: str = "he.zhiyuan", actor: str = "han.kefei", **changes: object
) -> handover.Passed:
    """Hand over the case of 沈砚秋."""
    given: dict[str, object] = {"cases": [case.pk], "matters": [], "for_good": True, **changes}
    return handover.hand_over(user(actor), user("shen.yanqiu"), to=user(to), at=WHEN, **given)  # type: ignore[arg-type]


def told() -> inbox.Note:
    """A message that a deadline draws near."""
    return inbox.Note("deadline.remind", {"due": "2026-11-05", "limit": "a limit", "matter": "a matter"})


def owned(login: str) -> int:
    """How many clocks run in the name of the person."""
    return Deadline.objects.filter(owner=user(login), stopped_at__isnull=True).count()


def test_all_that_runs_in_the_person_s_name_changes_hands_and_no_date_moves(case: Case) -> None:
    running = Deadline.objects.filter(owner=user("shen.yanqiu"), stopped_at__isnull=True)
    before = set(running.values_list("pk", "due_at"))
    assert before

    passed = passed_on(case)

    case.refresh_from_db()
    assert case.investigator == user("he.zhiyuan")
    assert passed == handover.Passed(cases=1, matters=0, deadlines=len(before))
    assert owned("shen.yanqiu") == 0
    after = Deadline.objects.filter(owner=user("he.zhiyuan"), stopped_at__isnull=True)
    assert set(after.values_list("pk", "due_at")) == before
    assert not Proceeding.objects.filter(owner=user("shen.yanqiu"), closed_at__isnull=True).exists()


def test_what_was_not_chosen_stays(case: Case) -> None:
    other = registered(at("2026-11-02 10:00"), number="A9901025100002026110022")

    passed_on(case, for_good=False)

    other.refresh_from_db()
    assert other.investigator == user("shen.yanqiu")
    assert Deadline.objects.filter(case=other, owner=user("shen.yanqiu")).exists()


def test_who_takes_over_is_told_reads_what_was_unread_and_acts_for_the_other(case: Case) -> None:
    inbox.post([user("shen.yanqiu")], told(), at=WHEN)
    unread = Message.objects.filter(recipient=user("shen.yanqiu"), read_at__isnull=True).count()

    passed_on(case)

    assert not Message.objects.filter(recipient=user("shen.yanqiu"), read_at__isnull=True).exists()
    mine = Message.objects.filter(recipient=user("he.zhiyuan"))
    assert mine.filter(code="handover.received").count() == 1
    assert mine.count() == unread + 1
    assert user("shen.yanqiu").pk in standing(user("he.zhiyuan"), WHEN).stands_for


def test_each_case_is_in_the_audit(case: Case) -> None:
    passed_on(case)

    entry = AuditEntry.objects.get(action="case.handed_over")
    assert (entry.case_id, entry.actor) == (case.pk, user("han.kefei"))


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"to": "shen.yanqiu"}, ["field:to"]),
        ({"to": "fang.shuning"}, ["field:to"]),  # of the legal department, no investigator
        ({"to": "zhu.changhe"}, ["field:to", "field:to"]),  # an investigator of another bureau
        ({"actor": "luo.mingxi"}, ["role"]),  # a colleague, no head
        ({"actor": "gu.nanqiao"}, ["role", "field:to"]),  # of the other organ
        ({"cases": [], "for_good": False}, ["field:cases"]),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(
    case: Case, changes: dict[str, object], codes: list[str]
) -> None:
    before = owned("shen.yanqiu")

    with pytest.raises(Refused) as refused:
        passed_on(case, **changes)  # type: ignore[arg-type]

    assert sorted({reason.code for reason in refused.value.reasons}) == sorted(set(codes))
    assert owned("shen.yanqiu") == before
    assert not AuditEntry.objects.filter(action="case.handed_over").exists()


@time_machine.travel(WHEN, tick=False)
def test_the_pages_show_every_deadline_before_anything_moves(case: Case) -> None:
    leaving = reverse("handover-person", args=[user("shen.yanqiu").pk])
    sing(reverse("handover"), allowed="han.kefei", wrong_roles=("luo.mingxi", "ding.shouzheng"))

    page = said(sing(leaving, allowed="han.kefei", strangers=("lu.chengjun",), wrong_roles=("luo.mingxi",)))

    assert case.number in page
    assert page.count('data-label="Due"') == owned("shen.yanqiu")
    case.refresh_from_db()
    assert case.investigator == user("shen.yanqiu")


@time_machine.travel(WHEN, tick=False)
def test_sent_twice_is_harmless_and_an_empty_answer_says_what_is_missing(case: Case) -> None:
    url = reverse("handover-person", args=[user("shen.yanqiu").pk])
    chief = browser("han.kefei")
    assert chief.post(url, {"cases": [str(case.pk)]}).status_code == 422
    given = {"to": str(user("he.zhiyuan").pk), "cases": [str(case.pk)], "for_good": "on"}

    first = chief.post(url, given)
    again = chief.post(url, given)

    assert (first.status_code, again.status_code) == (303, 303)
    assert StandIn.objects.filter(absent=user("shen.yanqiu")).count() == 1
    assert Message.objects.filter(code="handover.received").count() == 1
    assert AuditEntry.objects.filter(action="case.handed_over").count() == 1
    assert "Nothing is left to hand over." in said(chief.get(url))


def test_nothing_runs_without_an_owner_until_somebody_leaves(case: Case) -> None:
    assert ownership.unowned(WHEN) == []
    inbox.post([user("shen.yanqiu")], told(), at=WHEN)
    Posting.objects.filter(user=user("shen.yanqiu")).update(ends_at=at("2026-11-04 08:00"))

    lost = ownership.unowned(WHEN)

    assert {one.kind for one in lost} == {"deadlines", "messages"}
    assert {one.person for one in lost} == {"沈砚秋"}
    passed_on(case)
    assert ownership.unowned(WHEN) == []


def test_what_nobody_owns_is_asked_for_in_as_many_queries_whatever_runs(
    case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        ownership.unowned(WHEN)
    kinds = set(Proceeding.objects.filter(closed_at=None).values_list("process", "state"))

    agreed(
        "fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-04 08:00"),
    )  # fmt: skip

    assert len(set(Proceeding.objects.filter(closed_at=None).values_list("process", "state")) - kinds) >= 2
    with django_assert_num_queries(8):
        ownership.unowned(WHEN)


def test_a_role_that_nobody_holds_is_found(case: Case) -> None:
    Posting.objects.filter(role="police_legal", organisation__parent=case.police).delete()
    Posting.objects.filter(role="police_legal", organisation=case.police).delete()

    assert {(one.kind, one.role) for one in ownership.unowned(WHEN)} >= {("deadlines", "police_legal")}


@time_machine.travel(WHEN, tick=False)
def test_the_command_says_whether_all_is_well(case: Case) -> None:
    out = StringIO()
    call_command("check_running", stdout=out)
    assert out.getvalue().startswith("Everything that runs has its clock")
    Posting.objects.filter(user=user("shen.yanqiu")).update(ends_at=at("2026-11-04 08:00"))

    with pytest.raises(CommandError, match="without an owner"):
        call_command("check_running", stdout=out)

    assert "沈砚秋" in out.getvalue()
