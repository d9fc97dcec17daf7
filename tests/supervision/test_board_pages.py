"""The board and the areas as people open them: every number leads to exactly its rows."""

from __future__ import annotations

import re

import pytest

from coordination.law.catalogue import catalogue
from coordination.models import User
from supervision.pages import board as board_page
from tests.cases.doors import browser, said, sing
from tests.supervision.conftest import Told

pytestmark = pytest.mark.usefixtures("told", "today")
NUMBERS = re.compile(
    r'<a class="[^"]*"\s+href="(?P<url>[^"]*/list/[^"]*)">\s*<(?:b|span[^>]*)>(?P<count>\d+)<', re.DOTALL
)
READERS = (
    "jiang.wanzhao",
    "shi.huaigu",
    "lu.chengjun",
    "han.kefei",
    "gu.nanqiao",
    "fang.shuning",
    "pei.songnian",
)


def rows_of(page: str) -> int:
    return page.count("<tr data-row")


def numbers_on(page: str) -> dict[str, int]:
    return {found["url"].replace("&amp;", "&"): int(found["count"]) for found in NUMBERS.finditer(page)}


def test_board_is_for_those_who_look_after_both_sides() -> None:
    sing("/office/", allowed="jiang.wanzhao", wrong_roles=("shen.yanqiu", "ding.shouzheng", "xiahou.qi"))
    sing("/office/list/", allowed="shi.huaigu", wrong_roles=("shen.yanqiu", "xu.qingzhi"))


@pytest.mark.parametrize("login", READERS)
def test_every_number_on_the_board_opens_that_many_rows(login: str) -> None:
    person = browser(login)
    numbers = numbers_on(said(person.get("/office/")))

    assert {url: rows_of(said(person.get(url))) for url in numbers} == numbers
    if login == "jiang.wanzhao":
        assert len([count for count in numbers.values() if count]) > 8


def test_board_names_all_areas_and_the_office() -> None:
    page = said(browser("jiang.wanzhao").get("/office/"))

    assert [area.en for area in catalogue().areas.values() if area.en not in page] == []


@pytest.mark.parametrize("what", ["deadlines", "matters", "decisions", "unanswered", "custody"])
def test_every_list_opens_and_says_how_many(what: str) -> None:
    page = said(browser("lu.chengjun").get("/office/list/", {"what": what}))

    assert f"{rows_of(page)} row" in page


@pytest.mark.parametrize(
    "asked", [{"what": "x"}, {"area": "X-Y"}, {"state": "late"}, {"organ": "court"}, {"age": "1"}]
)
def test_a_word_that_is_none_is_not_found(asked: dict[str, str]) -> None:
    assert browser("jiang.wanzhao").get("/office/list/", asked).status_code == 404


def test_what_does_not_narrow_a_list_is_left_out_of_count_and_rows() -> None:
    person = browser("jiang.wanzhao")

    narrowed = said(
        person.get("/office/list/", {"what": "unanswered", "area": "SUP-DUTY", "state": "overdue"})
    )

    assert rows_of(narrowed) == rows_of(said(person.get("/office/list/", {"what": "unanswered"}))) > 0


def test_a_list_pages_by_key_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    person = browser("jiang.wanzhao")
    whole = said(person.get("/office/list/", {"what": "deadlines"}))
    monkeypatch.setattr(board_page, "PAGE", 4)

    url, seen = "/office/list/?what=deadlines", []
    while url:
        page = said(person.get(url))
        seen += re.findall(r"/proceedings/[0-9a-f-]{36}/", page)
        following = re.search(r'href="([^"]*after=[^"]*)"', page)
        url = following[1].replace("&amp;", "&") if following else ""

    assert seen == re.findall(r"/proceedings/[0-9a-f-]{36}/", whole)
    assert person.get("/office/list/?what=deadlines&after=spoilt").status_code == 200


def test_areas_are_for_everyone_with_a_role() -> None:
    User.objects.create_user("nobody", "无岗位")

    sing("/areas/", allowed="shen.yanqiu", wrong_roles=("nobody",))
    sing("/areas/SUP-EFFECT/", allowed="ding.shouzheng", wrong_roles=("nobody",))
    sing("/areas/SUP-EFFECT/list/?what=matters", allowed="shen.yanqiu", wrong_roles=("nobody",))
    assert browser("shen.yanqiu").get("/areas/SUP-NOTHING/").status_code == 404
    assert browser("shen.yanqiu").get("/areas/SUP-NOTHING/list/").status_code == 404
    assert browser("shen.yanqiu").get("/areas/SUP-EFFECT/list/?what=unanswered").status_code == 404


@pytest.mark.parametrize("login", ["shen.yanqiu", "jiang.wanzhao", "pei.songnian"])
def test_every_number_of_an_area_opens_that_many_rows(login: str) -> None:
    person = browser(login)
    numbers = numbers_on(said(person.get("/areas/COOP-FLOW/")))

    assert {url: rows_of(said(person.get(url))) for url in numbers} == numbers
    assert len(numbers) == 4


def test_an_area_tells_its_procedures_limits_and_what_i_can_start() -> None:
    prosecutor = said(browser("gu.nanqiao").get("/areas/SUP-NORM/"))
    officer = said(browser("ding.shouzheng").get("/areas/SUP-NORM/"))

    assert "Supervision lead" in prosecutor
    assert "being verified" in prosecutor
    assert "From the lead to the answer every stage is done and on record" in prosecutor
    assert "/cases/?begin=supervision_lead" in prosecutor
    assert "/cases/?begin=supervision_lead" not in officer
    assert "/rulebook/evidence_legality_explanation/" in prosecutor


def test_whoever_begins_nothing_in_an_area_is_told_so() -> None:
    page = said(browser("ding.shouzheng").get("/areas/COOP-COUNTER/"))

    assert "Your role begins no procedure here." in page


def test_a_case_is_chosen_for_the_procedure_that_begins_in_it(told: Told) -> None:
    prosecutor, officer = browser("gu.nanqiao"), browser("shen.yanqiu")
    lead = said(prosecutor.get("/cases/?begin=supervision_lead"))
    request = said(prosecutor.get("/cases/?begin=evidence_request"))
    address = f"/cases/{told.case.pk}/begin/evidence_request/serve/"

    assert f"/leads/new/?case={told.case.pk}" in lead
    assert address in request
    assert prosecutor.get(address).status_code == 200
    assert address not in said(officer.get("/cases/?begin=evidence_request"))
    assert f'href="/cases/{told.case.pk}/"' in said(officer.get("/cases/?begin=no_such_procedure"))


@pytest.mark.parametrize("code", list(catalogue().areas))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_area_opens_in_both_languages(code: str, language: str, told: Told) -> None:
    page = browser("jiang.wanzhao").get(f"/areas/{code}/", headers={"accept-language": language})

    assert catalogue().area(code).name(language) in said(page)
