# ruff: noqa: E402 - servers, settings and models come one after the other
"""`make pictures`: the README's pictures, taken of the demo world on its reference day with its own servers.

With a folder as argument, every page is taken as well, wide and narrow, in both languages, light and dark.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.plugin import throwaway  # the servers must run before Django reads its settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django

django.setup()

from django.core.management import call_command
from django.test.runner import DiscoverRunner
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from coordination import worldtime
from supervision.demo import people, stories, telling
from tests.browser.conftest import ARGS, CHROMIUM
from tests.browser.walking import Walk

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "pictures"


def main() -> int:
    """Take the pictures; returns 0, or 1 where there is no Chromium."""
    if CHROMIUM is None:
        print("No Chromium was found; install one, or name it: CHROMIUM=/path make pictures", file=sys.stderr)
        return 1
    thrown_away = (
        throwaway.MARK in os.environ
    )  # with its databases: Chromium may still hold a connection to one
    runner = DiscoverRunner(interactive=False, verbosity=0, keepdb=thrown_away)
    call_command("translations", verbosity=0)  # before anything reads the catalogue
    kept = runner.setup_databases()
    people.load()
    telling.play(stories.all_scenes(), until=stories.REFERENCE)
    worldtime.choose(stories.REFERENCE, frozen=True)
    server = LiveServer("localhost")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
            DOCS.mkdir(parents=True, exist_ok=True)
            walk = Walk(browser, server.url, lang="zh-CN", size=(1440, 900))
            walk.open("gu.nanqiao", "/").screenshot(path=DOCS / "work-list.png", full_page=True)
            case = _case(walk)
            case.set_viewport_size({"width": 1440, "height": 1400})  # what the README shows of a long page
            case.screenshot(path=DOCS / "case.png")
            walk.close()
            if len(sys.argv) > 1:
                _everything(browser, server.url, Path(sys.argv[1]))
            browser.close()
    finally:
        server.stop()
        worldtime.go_back_to_real_time()
        runner.teardown_databases(kept)
    return 0


def _case(walk: Walk) -> Page:
    from cases.models import Case

    case = Case.objects.get(number="A9901025100002026110021")
    return walk.open("gu.nanqiao", f"/cases/{case.pk}/")


def _pages() -> dict[str, tuple[str, str]]:
    """Every page worth looking at: name -> (login, address)."""
    from cases.models import Case, Document, Draft, Proceeding

    theft = Case.objects.get(number="A9901025100002026110021")
    one = Case.objects.get(number="A9901021500002026090008")
    notice = Proceeding.objects.get(case=one, process="correction_notice")
    review = Proceeding.objects.get(case=theft, process="arrest_review")
    paper = Document.objects.get(case=one, kind="DOC-CORRECTION-NOTICE")
    pages = {
        "sign-in": ("", "/sign-in/"),
        "work-list": ("gu.nanqiao", "/"),
        "work-list-legal": ("fang.shuning", "/?whose=organ"),
        "cases": ("shen.yanqiu", "/cases/"),
        "case": ("gu.nanqiao", f"/cases/{theft.pk}/"),
        "case-police": ("shen.yanqiu", f"/cases/{theft.pk}/"),
        "proceeding": ("gu.nanqiao", f"/proceedings/{notice.pk}/"),
        "step": ("gu.nanqiao", f"/proceedings/{review.pk}/steps/approve/"),
        "step-refused": ("shen.yanqiu", f"/proceedings/{review.pk}/steps/approve/"),
        "log-choose": ("shen.yanqiu", f"/cases/{theft.pk}/log/"),
        "log": ("shen.yanqiu", f"/cases/{theft.pk}/log/interrogation/"),
        "register": ("shen.yanqiu", "/cases/new/"),
        "document": ("fang.shuning", f"/documents/{paper.pk}/"),
        "inbox": ("fang.shuning", "/inbox/"),
        "office": ("jiang.wanzhao", "/office/"),
        "areas": ("jiang.wanzhao", "/areas/"),
        "area": ("jiang.wanzhao", "/areas/SUP-EFFECT/"),
        "registers": ("gu.nanqiao", "/registers/"),
        "register-opinion": ("gu.nanqiao", "/registers/REG-OPINION/"),
        "rulebook": ("gu.nanqiao", "/rulebook/"),
        "limit": ("gu.nanqiao", "/rulebook/investigation_custody/"),
        "lead": ("gu.nanqiao", f"/leads/new/?case={theft.pk}"),
        "superior": ("xiahou.qi", "/"),
    }
    draft = Draft.objects.filter(outcome="", awaiting="approver").first()
    if draft is not None:
        pages["draft"] = ("han.kefei", f"/drafts/{draft.pk}/")
    return pages


def _everything(browser: object, address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for lang in ("zh-CN", "en"):
        for width in (1440, 390):
            walk = Walk(browser, address, lang=lang, size=(width, 900))  # type: ignore[arg-type]
            for name, (login, path) in _pages().items():
                page = walk.open(login or "gu.nanqiao", path)
                page.screenshot(path=folder / f"{name}-{lang[:2]}-{width}.png", full_page=True)
            walk.close()


if __name__ == "__main__":
    sys.exit(main())
