"""The litany every page is tested by: who may, who may not, who must not even know, and what happens twice."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.test import Client

from tests.cast import user


def browser(login: str = "") -> Client:
    """A browser in which the person has signed in; nobody without a login. English, so that words can be compared."""
    client = Client(headers={"accept-language": "en"})
    if login:
        client.force_login(user(login))
    return client


def sing(
    url: str,
    *,
    allowed: str,
    strangers: Iterable[str] = (),
    wrong_roles: Iterable[str] = (),
    wrong_methods: Iterable[str] = ("put", "delete"),
) -> HttpResponse:
    """Assert who gets what at `url`; returns the page of the person who may see it."""
    page: HttpResponse = browser(allowed).get(url)
    assert page.status_code == 200, page.status_code
    for login in strangers:
        assert browser(login).get(url).status_code == 404, login
    for login in wrong_roles:
        assert browser(login).get(url).status_code == 403, login
    for method in wrong_methods:
        assert getattr(browser(allowed), method)(url).status_code == 405, method
    anonymous = browser().get(url)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/sign-in/")
    return page


def said(response: HttpResponse) -> str:
    """The words of a page."""
    return response.content.decode()
