"""The main pages as axe-core sees them: no violation, in English light and wide, in Chinese dark and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cases.models import Case, Deadline, Document, Draft, Proceeding
from coordination import worldtime
from supervision.demo import stories, telling
from tests.browser.walking import Walk

pytestmark = pytest.mark.django_db(transaction=True)
PROSECUTOR, OFFICER, LEGAL, OFFICE = "gu.nanqiao", "shen.yanqiu", "fang.shuning", "jiang.wanzhao"
STORIES = ("s01_ferry_market", "s04_one_officer")


@pytest.fixture
def told(walk: Walk) -> Walk:
    """Two stories of the demo world, as they stand on the reference day."""
    tellers = stories.tellers()
    telling.play([scene for name in STORIES for scene in tellers[name]()], until=stories.REFERENCE)
    worldtime.choose(stories.REFERENCE, frozen=True)
    return walk


ANYWHERE = (
    (PROSECUTOR, "/"),
    (LEGAL, "/?tab=owed"),
    (PROSECUTOR, "/cases/"),
    (OFFICER, "/cases/new/"),
    (LEGAL, "/inbox/"),
    (OFFICE, "/office/"),
    (OFFICE, "/office/list/?what=deadlines"),
    (OFFICE, "/areas/"),
    (OFFICE, "/local-rules/"),
    (OFFICE, "/local-rules/new/?limit=lead_triage_norm"),
    (LEGAL, "/calendar/"),
    (LEGAL, "/handover/"),
    (PROSECUTOR, "/areas/COOP-FLOW/"),
    (PROSECUTOR, "/areas/SUP-EFFECT/"),
    (PROSECUTOR, "/registers/"),
    (PROSECUTOR, "/registers/REG-OPINION/"),
    (PROSECUTOR, "/rulebook/?q=CPL"),
    (PROSECUTOR, "/rulebook/investigation_custody/?at=2026-11-23T09:00"),
    (PROSECUTOR, "/rulebook/calculator/?event=arrest_request_received&at=2026-11-23T09:00&in_custody=on"),
    (PROSECUTOR, "/nothing/here/"),
    (OFFICER, "/gallery/"),
)
"""Who opens which page whose address needs no row of the record."""


def addresses() -> Iterator[tuple[str, str]]:
    """Who opens what: every kind of page once."""
    yield from ANYWHERE
    theft = Case.objects.get(number="A9901025100002026110021")
    review = Proceeding.objects.get(case=theft, process="arrest_review")
    notice = Proceeding.objects.filter(process="correction_notice").latest("opened_at")
    clock = Deadline.objects.filter(proceeding=review).latest("started_at")
    paper = Document.objects.filter(case=theft).latest("issued_at")
    yield PROSECUTOR, f"/cases/{theft.pk}/"
    yield OFFICER, f"/cases/{theft.pk}/"
    yield OFFICER, f"/cases/{theft.pk}/timeline/"
    yield OFFICER, f"/cases/{theft.pk}/log/"
    yield OFFICER, f"/cases/{theft.pk}/log/interrogation/"
    yield OFFICER, f"/cases/{theft.pk}/events/"
    yield OFFICER, f"/cases/{theft.pk}/suspects/new/"
    yield LEGAL, f"/cases/{theft.pk}/assign/"
    yield OFFICER, f"/activities/{theft.activities.latest('recorded_at').pk}/"
    yield PROSECUTOR, f"/proceedings/{notice.pk}/"
    yield PROSECUTOR, f"/proceedings/{review.pk}/steps/approve/"
    yield OFFICER, f"/proceedings/{review.pk}/steps/approve/"
    yield PROSECUTOR, f"/deadlines/{clock.pk}/why/"
    yield LEGAL, f"/documents/{paper.pk}/"
    yield PROSECUTOR, f"/leads/new/?case={theft.pk}"
    laid = Draft.objects.filter(outcome="", awaiting=Draft.Awaiting.TAKER, role="prosecutor").first()
    if laid is not None:
        yield PROSECUTOR, f"/proceedings/{laid.proceeding_id}/steps/{laid.step}/"


def violations(page: Page) -> list[str]:
    """What axe-core has against the page, each with its first place."""
    return [
        f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:160]}"
        for fault in Axe().run(page).response["violations"]
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "scheme", "size"), [("en", "light", (1440, 900)), ("zh-CN", "dark", (390, 844))]
)
def test_no_page_breaks_a_rule_of_accessibility(
    told: Walk, lang: str, scheme: Literal["light", "dark"], size: tuple[int, int]
) -> None:
    told.lang, told.size = lang, size
    stranger = told.browser.new_page(locale=lang, color_scheme=scheme)
    stranger.goto(f"{told.address}/sign-in/")
    faults = violations(stranger)
    stranger.close()

    for login, path in addresses():
        told.page(login).emulate_media(color_scheme=scheme, reduced_motion="reduce")
        faults += violations(told.open(login, path))

    assert faults == []
