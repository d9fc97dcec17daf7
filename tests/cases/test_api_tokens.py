"""Signing in to the API: tokens are obtained, counted, given back and end; a session asks for its CSRF token."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from rest_framework.authtoken.models import Token

from coordination.models import AuditEntry
from supervision.demo import people
from tests.cast import at, user
from tests.journeys.api_desk import API, OWN_CACHE, Desk

pytestmark = pytest.mark.django_db
NOW = at("2026-11-04 09:00")


@pytest.fixture(autouse=True)
def _cast(settings: Any) -> Iterator[None]:
    settings.CACHES = OWN_CACHE
    cache.clear()
    people.load()
    with time_machine.travel(NOW, tick=False):
        yield


def sign_in(login: str, password: str = people.PASSWORD) -> int:
    sent = {"login": login, "password": password}
    return Client().post(f"{API}token/", sent, content_type="application/json").status_code


def test_token_is_obtained_once_and_recorded() -> None:
    first, second = Desk("gu.nanqiao"), Desk("gu.nanqiao")

    assert first.headers == second.headers
    assert first.get("me/")["roles"][0]["role"]["id"] == "prosecutor"
    assert AuditEntry.objects.filter(action="token.obtained", actor=user("gu.nanqiao")).count() == 2


def test_wrong_password_and_unknown_login_are_answered_alike() -> None:
    closed = user("fang.shuning")
    closed.is_active = False
    closed.save()

    answers = {sign_in("gu.nanqiao", "wrong"), sign_in("nobody"), sign_in("fang.shuning")}

    assert answers == {401}
    assert not Token.objects.exists()


def test_guessing_is_slowed_down_by_account_and_by_address() -> None:
    by_account = [sign_in("gu.nanqiao", str(number)) for number in range(11)]
    by_address = [sign_in(f"nobody{number}") for number in range(20)]

    assert (by_account, by_address) == ([401] * 10 + [429], [401] * 19 + [429])
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        assert sign_in("gu.nanqiao") == 200


def test_forwarded_address_of_a_stranger_is_not_believed() -> None:
    sent = {"login": "nobody", "password": "x"}
    for number in range(30):
        headers = {"x-forwarded-for": f"10.0.0.{number}"}
        Client().post(
            f"{API}token/", {**sent, "login": f"n{number}"}, content_type="application/json", headers=headers
        )

    assert sign_in("gu.nanqiao") == 429


def test_token_given_back_is_worth_nothing() -> None:
    desk = Desk("gu.nanqiao")

    assert desk.send("delete", "token/").status == 204
    assert desk.send("get", "me/").status == 401
    assert desk.send("delete", "token/").status == 401
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1


def test_token_ends_after_thirty_days_and_is_then_another() -> None:
    desk = Desk("gu.nanqiao")
    with time_machine.travel(NOW + timedelta(days=30, seconds=-1), tick=False):
        assert desk.send("get", "me/").status == 200
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert desk.send("get", "me/").status == 401
        assert Desk("gu.nanqiao").headers != desk.headers


def test_person_who_left_has_a_token_without_rights() -> None:
    desk = Desk("gu.nanqiao")
    user("gu.nanqiao").postings.update(ends_at=NOW)

    assert desk.get("me/")["roles"] == []
    gone = user("gu.nanqiao")
    gone.is_active = False
    gone.save()
    assert desk.send("get", "me/").status == 401


def test_session_of_the_screens_is_good_for_the_api_with_its_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user("gu.nanqiao"))

    read = client.get(f"{API}me/")
    written = client.post(f"{API}messages/read/", {"ids": []}, content_type="application/json")

    assert (read.status_code, written.status_code) == (200, 403)
    assert written.json()["kind"] == "forbidden"
