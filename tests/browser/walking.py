"""Walking through the product as its people do: sign in, open a page, fill a form, send it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from cases.models import Draft, Proceeding
from coordination import worldtime
from coordination.law.zone import ZONE
from supervision.demo import people


class Walk:
    """One browser, one window a person. `lang` is what the browser says it reads."""

    def __init__(
        self, browser: Browser, address: str, *, lang: str = "en", size: tuple[int, int] = (1440, 900)
    ) -> None:
        self.browser, self.address, self.lang, self.size = browser, address, lang, size
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: dict[str, Page] = {}
        self.faults: list[str] = []

    def close(self) -> None:
        """Close every window; a script error on any page is a fault."""
        for context in self.contexts.values():
            context.close()
        assert self.faults == []

    def at(self, text: str) -> datetime:
        """Let the world stand at an instant of Beijing time."""
        instant = datetime.fromisoformat(text).replace(tzinfo=ZONE)
        worldtime.choose(instant, frozen=True)
        return instant

    def page(self, login: str) -> Page:
        """The person's window, signed in through the form."""
        if login not in self.pages:
            width, height = self.size
            context = self.browser.new_context(
                locale=self.lang, viewport={"width": width, "height": height}, timezone_id="Asia/Shanghai"
            )
            context.set_default_timeout(30_000)
            page = context.new_page()
            page.on("pageerror", lambda fault: self.faults.append(f"{page.url}: {fault}"))
            page.goto(f"{self.address}/sign-in/")
            page.fill("[name=username]", login)
            page.fill("[name=password]", people.PASSWORD)
            page.locator("main .button-main").click()
            expect(page).not_to_have_url(f"{self.address}/sign-in/")
            self.contexts[login], self.pages[login] = context, page
        return self.pages[login]

    def open(self, login: str, path: str) -> Page:
        """Open an address in the person's window."""
        page = self.page(login)
        page.goto(f"{self.address}{path}")
        return page

    def send(self, page: Page, **answers: Any) -> None:
        """Fill the form of the page by the names of its fields, and send it."""
        for name, value in answers.items():
            _fill(page.locator(f"main [name={name}]"), value)
        page.locator("main form[method=post] .button-main").last.click()
        page.wait_for_load_state()

    def take(self, login: str, row: Proceeding, step: str, **facts: Any) -> Page:
        """Take a step through its form; the page after it is the procedure's."""
        page = self.open(login, f"/proceedings/{row.pk}/steps/{step}/")
        self.send(page, **facts)
        expect(page).to_have_url(f"{self.address}/proceedings/{row.pk}/")
        return page

    def agreed(self, login: str, approver: str, row: Proceeding, step: str, **facts: Any) -> None:
        """Submit a step that needs an approval; the approver opens the draft and approves it."""
        self.take(login, row, step, **facts)
        draft = Draft.objects.get(proceeding=row, step=step, outcome="")
        page = self.open(approver, f"/drafts/{draft.pk}/")
        page.locator("main [name=decision][value=approve]").first.click()
        page.wait_for_load_state()
        draft.refresh_from_db()
        assert draft.outcome == Draft.Outcome.TAKEN

    def refused(self, login: str, row: Proceeding, step: str) -> int:
        """What a person who may not take the step is answered, as a status."""
        page = self.page(login)
        answer = page.goto(f"{self.address}/proceedings/{row.pk}/steps/{step}/")
        assert answer is not None
        return answer.status


def _fill(field: Locator, value: Any) -> None:
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    elif isinstance(value, date):
        value = value.isoformat()
    kind = field.first.evaluate("node => node.tagName === 'SELECT' ? 'select' : node.type")
    if kind in {"radio", "checkbox"}:
        for each in value if isinstance(value, (tuple, list)) else (value,):
            field.locator(f"xpath=self::*[@value='{_said(each)}']").first.check(force=True)
    elif kind == "select":
        field.first.select_option(_said(value))
    elif kind == "select-multiple":
        field.first.select_option([_said(each) for each in value])
    else:
        field.first.fill("\n".join(value) if isinstance(value, (tuple, list)) else str(value))


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
