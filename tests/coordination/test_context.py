"""The shell: who I am, where I can go, what waits for me; in three queries, and nothing for a stranger."""

from __future__ import annotations

from typing import cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch, reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from coordination import context
from coordination.components import Shell
from coordination.models import User
from coordination.standing import standing
from supervision.demo import people
from tests.cast import at, do, registered, run, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-05 12:00")


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def asked_by(person: User | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = person
    request.now = NOW  # type: ignore[attr-defined]
    request.standing = SimpleLazyObject(lambda: standing(cast("User", person), NOW))  # type: ignore[attr-defined]
    return request


def shell_of(login: str) -> Shell:
    return cast("Shell", context.shell(asked_by(user(login)))["shell"])


def test_stranger_has_no_shell() -> None:
    assert context.shell(asked_by(AnonymousUser())) == {}
    assert context.shell(RequestFactory().get("/")) == {}


def test_shell_says_who_i_am_where_and_in_which_role() -> None:
    with translation.override("zh-hans"):
        shell = shell_of("fang.shuning")

        assert (shell.person, shell.role) == ("方叔宁", "公安法制部门")
        assert (shell.organ, shell.organ_name) == ("police", "望川市公安局青沚分局")
    assert shell.world_at is None


def test_office_members_stand_between_the_organs() -> None:
    assert shell_of("jiang.wanzhao").organ == "office"
    assert shell_of("shi.huaigu").organ == "office"
    assert shell_of("ding.shouzheng").organ == "detention_house"


def test_shell_counts_what_waits_for_me_and_what_i_have_not_read() -> None:
    case = registered(at("2026-11-02 09:00"))
    do("fang.shuning", run(case, "filing_review"), "decide_file", at("2026-11-03 10:00"))

    counts = {item.key: item.count for item in shell_of("han.kefei").nav}

    assert (counts["work"], counts["inbox"]) == (1, 1)
    assert {item.count for item in shell_of("fang.shuning").nav} == {0}
    assert {item.count for item in shell_of("yan.qitai").nav} == {0}


def test_shell_costs_three_queries_and_none_before_it_is_asked_for() -> None:
    request = asked_by(user("han.kefei"))

    with CaptureQueriesContext(connection) as unread:
        found = context.shell(request)
    with CaptureQueriesContext(connection) as read:
        assert cast("Shell", found["shell"]).person == "韩克非"

    assert (len(unread), len(read)) == (0, 3)


def test_navigation_leads_to_pages_of_my_role_only() -> None:
    assert "office" not in {item.key for item in shell_of("shen.yanqiu").nav}
    assert "office" in {item.key for item in shell_of("jiang.wanzhao").nav}
    assert {item.url for item in shell_of("jiang.wanzhao").nav} >= {
        reverse("work-list"),
        reverse("case-list"),
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [("work-list", "work"), ("case", "cases"), ("case-timeline", "cases"), ("step-take", "cases"),
     ("document", "inbox"), ("inbox-read", "inbox"), ("office-list", "office"), ("area-list", "areas"),
     ("limit", "rulebook"), ("register", "registers"), ("login", "")],
)  # fmt: skip
def test_section_is_the_entry_under_which_the_page_stands(name: str, expected: str) -> None:
    request = RequestFactory().get("/")
    request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name=name)

    assert context.section(request) == expected


def test_signing_in_shows_the_work_list_with_its_shell(client: Client) -> None:
    client.force_login(user("gu.nanqiao"))

    text = client.get(reverse("work-list"), headers={"accept-language": "en"}).content.decode()

    assert "顾南乔" in text
    assert "band-procuratorate" in text
    assert 'aria-current="page"' in text
