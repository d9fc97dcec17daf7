"""The superiors' own list: what was reported up and since when; nothing of the county that nobody reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine

from cases.models import Deadline, Document, Proceeding
from cases.sweep import sweep
from coordination.law.rulebook import rulebook
from tests.cases.doors import browser, said, sing
from tests.cast import agreed, at, do
from tests.supervision import world
from tests.supervision.test_board_pages import rows_of

NOW = at("2026-12-14 09:00")


@pytest.fixture
def notice() -> Iterator[Proceeding]:
    """A notice that was reported to the prefecture on 8 December; another one that nobody reported."""
    world.served(world.detained("A9901025100002026110022"))
    found = world.receipted(world.submitted())
    sweep(at("2026-11-28 00:00"))
    do("gu.nanqiao", found, "urge", at("2026-11-30 09:00"))
    late = Deadline.objects.get(proceeding=found, limit="reply_after_urge_norm").fires_at
    sweep(late)
    agreed("gu.nanqiao", "lu.chengjun", found, "report_up", late)
    with time_machine.travel(NOW, tick=False):
        yield found


def test_superior_sees_what_was_reported_and_nothing_else(notice: Proceeding) -> None:
    report = Document.objects.get(kind="DOC-SUPERIOR-REPORT")

    others = ("gu.nanqiao", "jiang.wanzhao", "han.kefei", "ding.shouzheng")
    page = said(sing("/reported/", allowed="xiahou.qi", wrong_roles=others))

    assert rows_of(page) == 1
    assert f"/documents/{report.pk}/" in page
    assert "A9901025100002026110021" in page
    assert "A9901025100002026110022" not in page
    assert rulebook().limit("superior_handling_norm").en in page


def test_superior_police_see_it_once_they_are_informed(notice: Proceeding) -> None:
    assert rows_of(said(browser("shao.weimin").get("/reported/"))) == 0

    do("xiahou.qi", notice, "superior_inform", at("2026-12-14 08:00"))

    page = said(browser("shao.weimin").get("/reported/"))
    assert rows_of(page) == 1
    assert f"/documents/{Document.objects.get(kind='DOC-SUPERIOR-INFORM').pk}/" in page


def test_every_number_opens_that_many_rows_and_ages_are_counted_from_the_report(notice: Proceeding) -> None:
    person = browser("xiahou.qi")
    page = said(person.get("/reported/"))
    urls = tiles(page)

    assert {url: rows_of(said(person.get(url))) for url in urls} == urls
    assert urls["/reported/?state=open"] == 1
    assert urls["/reported/?state=open&age=middle"] == 1
    assert urls["/reported/?state=settled"] == 0


def tiles(page: str) -> dict[str, int]:
    """The numbers on the page by their addresses."""
    found = re.finditer(r'href="(/reported/\?[^"]*)">\s*<span class="tile-number">(\d+)<', page)
    return {one[1].replace("&amp;", "&"): int(one[2]) for one in found}


def test_matter_that_is_closed_leaves_the_open_list(notice: Proceeding) -> None:
    agreed(
        "fang.shuning", "han.kefei", notice, "reply", at("2026-12-14 08:00"),
        accepted="accepted", measures="已重新讯问并补正。", proof=("补正笔录",),
    )  # fmt: skip
    do("gu.nanqiao", notice, "accept_reply", at("2026-12-14 08:30"), effect="corrected")
    person = browser("xiahou.qi")

    assert rows_of(said(person.get("/reported/"))) == 0
    assert rows_of(said(person.get("/reported/?state=settled"))) == 1
    assert person.get("/reported/?state=everything").status_code == 404
    assert person.get("/reported/?age=ancient").status_code == 404


def test_navigation_leads_a_superior_to_the_list_and_not_to_the_board(notice: Proceeding) -> None:
    page = said(browser("xiahou.qi").get("/"))

    assert 'href="/reported/"' in page
    assert 'href="/office/"' not in page
    assert 'href="/reported/"' not in said(browser("gu.nanqiao").get("/"))
