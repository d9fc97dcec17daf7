"""The form with which a matter without a case begins: who may open it, what it offers, and what it opens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.models import Proceeding
from supervision.demo import people
from tests.cast import at, user

pytestmark = pytest.mark.django_db

NOW = at("2026-11-23 09:30")
PLAN = {"kind": "regular", "agenda": "挂案\n逾期回复", "shown_at": "2026-11-23T09:30:00+08:00"}


@pytest.fixture(autouse=True)
def _world() -> Iterator[None]:
    people.load(hashed="!")
    with time_machine.travel(NOW, tick=False):
        yield


def desk(login: str) -> Client:
    client = Client()
    client.force_login(user(login))
    return client


def address(process: str = "joint_meeting", step: str = "plan") -> str:
    return reverse("office-begin", args=[process, step])


def test_office_begins_a_meeting_and_sent_twice_it_is_one() -> None:
    client = desk("jiang.wanzhao")
    assert client.get(address()).status_code == 200

    first = client.post(address(), PLAN)
    again = client.post(address(), PLAN)

    row = Proceeding.objects.get(process="joint_meeting")
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == again.headers["Location"] == reverse("proceeding", args=[row.pk])
    assert row.about == "挂案；逾期回复"
    page = client.get(reverse("proceeding", args=[row.pk]))
    assert "挂案；逾期回复" in page.content.decode()


def test_wrong_role_stranger_and_method_are_refused() -> None:
    assert desk("gu.nanqiao").get(address()).status_code == 403
    assert desk("gu.nanqiao").post(address(), PLAN).status_code == 403
    assert desk("jiang.wanzhao").put(address()).status_code == 405
    assert desk("jiang.wanzhao").get(address("nothing")).status_code == 404
    assert desk("jiang.wanzhao").get(address("arrest_review", "receive")).status_code == 404
    assert Client().get(address()).status_code == 302
    assert not Proceeding.objects.exists()


def test_what_is_missing_is_told_and_nothing_begins() -> None:
    told = desk("jiang.wanzhao").post(address(), {**PLAN, "agenda": ""})

    assert told.status_code == 422
    assert not Proceeding.objects.exists()


def test_colleagues_of_the_own_organ_are_offered_as_stand_ins() -> None:
    page = desk("luo.mingxi").get(address("absence_handover", "open")).content.decode()

    assert "贺知远" in page
    assert "庄以宁" not in page


def test_area_says_what_the_office_may_start() -> None:
    page = desk("jiang.wanzhao").get(reverse("area", args=["COOP-MEETING"])).content.decode()
    other = desk("gu.nanqiao").get(reverse("area", args=["COOP-MEETING"])).content.decode()

    assert address() in page
    assert address() not in other
