"""The inbox: own messages in the reader's language, unread first, by key; papers that wait for a receipt."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.pages.inbox import PAGE
from coordination import inbox
from coordination.models import Message
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cases.logbook import detention, logged
from tests.cast import agreed, at, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03 16:30")


@pytest.fixture(autouse=True)
def _now() -> object:
    people.load(hashed="!")
    with time_machine.travel(NOW, tick=False):
        yield


def note(number: int) -> inbox.Note:
    step = {"en": f"Step {number:03d}", "zh": f"步骤{number:03d}"}
    params = {"actor": "沈砚秋", "step": step, "matter": {"en": "Matter", "zh": "事项"}}
    return inbox.Note(code="step.taken", params=params, link="/cases/")


def told(login: str, count: int) -> list[Message]:
    for number in range(count):
        inbox.post([user(login)], note(number), at=NOW - timedelta(minutes=number))
    return list(Message.objects.filter(recipient=user(login)).order_by("-posted_at"))


def test_inbox_is_everybodys_own() -> None:
    told("gu.nanqiao", 2)
    page = sing(reverse("inbox"), allowed="gu.nanqiao", wrong_methods=["post", "put", "delete"])

    assert "2 unread messages" in said(page)
    assert "Step 000" in said(page)
    assert "Step 000" not in said(browser("shen.yanqiu").get(reverse("inbox")))
    assert "Nothing has come in" in said(browser("shen.yanqiu").get(reverse("inbox")))


def test_messages_are_worded_in_the_readers_language() -> None:
    told("gu.nanqiao", 1)

    assert "步骤000" in said(
        browser("gu.nanqiao").get(reverse("inbox"), headers={"accept-language": "zh-hans"})
    )


def test_unread_stand_first_and_pages_follow_each_other_without_gaps() -> None:
    rows = told("gu.nanqiao", PAGE * 2 + 5)
    inbox.read(user("gu.nanqiao"), [row.pk for row in rows[: PAGE + 3]], at=NOW)
    client, place, seen = browser("gu.nanqiao"), "", []
    for _ in range(3):
        shown = client.get(reverse("inbox"), {"from": place} if place else {}).context["shown"]
        seen += [message.row for message in shown.messages]
        place = shown.older

    assert place == ""
    assert len({row.pk for row in seen}) == PAGE * 2 + 5 == len(seen)
    unread = PAGE + 2
    assert all(row.read_at is None for row in seen[:unread])
    assert all(row.read_at is not None for row in seen[unread:])


def test_spoilt_place_is_the_first_page() -> None:
    told("gu.nanqiao", 1)

    assert "Step 000" in said(browser("gu.nanqiao").get(reverse("inbox") + "?from=u:nonsense"))


def test_messages_are_marked_one_by_one_or_all_and_twice_is_harmless() -> None:
    rows = told("gu.nanqiao", 3)
    url = reverse("inbox-read")
    client = browser("gu.nanqiao")

    for _ in range(2):
        assert client.post(url, {"message": str(rows[0].pk)}).status_code == 303
    assert Message.objects.filter(read_at__isnull=True).count() == 2
    opened = client.post(url, {"message": str(rows[1].pk), "open": "1"})
    assert (opened.status_code, opened["Location"]) == (303, "/cases/")
    client.post(url, {"all": "1"})

    assert not Message.objects.filter(recipient=user("gu.nanqiao"), read_at__isnull=True).exists()


def test_nobody_marks_anothers_message_and_nonsense_marks_nothing() -> None:
    row = told("gu.nanqiao", 1)[0]
    url = reverse("inbox-read")

    browser("shen.yanqiu").post(url, {"message": str(row.pk)})
    browser("gu.nanqiao").post(url, {"message": ["x", "\x00", ""]})

    assert Message.objects.get(pk=row.pk).read_at is None
    assert browser("gu.nanqiao").get(url).status_code == 405
    assert browser().post(url).status_code == 302


def test_paper_that_came_in_waits_with_its_receipt_step() -> None:
    case = registered(at("2026-11-02 09:00"))
    logged(detention(case, suspect_of(case, at("2026-11-03 15:00"))), at("2026-11-03 16:00"))
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-03 16:20"))
    receive = reverse("step-take", args=[run(case, "arrest_review").pk, "receive"])

    page = browser("xu.qingzhi").get(reverse("inbox"))

    assert "To be receipted" in said(page)
    assert receive in said(page)
    assert receive not in said(browser("fang.shuning").get(reverse("inbox")))
    assert receive not in said(browser("wang.yiwei").get(reverse("inbox")))


def test_inbox_costs_the_same_with_one_and_with_three_messages() -> None:
    counts = []
    for number in (1, 3):
        Message.objects.all().delete()
        told("gu.nanqiao", number)
        client = browser("gu.nanqiao")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("inbox"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
