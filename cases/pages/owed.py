"""The work list as its page shows it: tabs, filters and the address of the next page. Which rows: `queries.owed`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from cases.queries import reading
from cases.queries.owed import Asked
from coordination import keyset
from coordination.components import Filter, Option, Pager, Tab
from coordination.keyset import Key
from coordination.law.catalogue import catalogue
from coordination.law.processes import all_processes
from coordination.reader import language
from coordination.standing import Standing

STATES: tuple[tuple[str, Promise], ...] = (
    ("overdue", gettext_lazy("overdue")),
    ("today", gettext_lazy("due today")),
    ("soon", gettext_lazy("due soon")),
)
LONGEST = 80
"""So many characters of a text are looked for."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the rows. `nothing` says in two sentences what would stand here."""

    tabs: tuple[Tab, ...]
    filters: tuple[Filter, ...]
    clear_url: str
    pager: Pager
    approvals_url: str
    nothing: tuple[str, str]


def asked(given: QueryDict, who: Standing) -> Asked:
    """Read the address; an unknown word narrows nothing. Only a head can ask for the whole organ."""
    wanted = {name: given.get(name, "").strip() for name in ("tab", "whose", "state", "area", "process")}
    return Asked(
        tab="owed" if wanted["tab"] == "owed" else "owe",
        whose="organ" if wanted["whose"] == "organ" and reading.is_head(who) else "mine",
        state=wanted["state"] if wanted["state"] in dict(STATES) else "",
        area=wanted["area"] if wanted["area"] in catalogue().areas else "",
        process=wanted["process"] if wanted["process"] in all_processes() else "",
        text=given.get("q", "").strip()[:LONGEST],
        after=keyset.parse(given.get("after", "")),
        all_approvals=given.get("approvals") == "all",
    )


def frame(wanted: Asked, who: Standing, *, more: Key | None) -> Frame:
    """Return the tabs, the filters and the pages of the list that was asked for."""
    return Frame(
        tabs=(
            Tab(gettext("I owe"), _url(wanted, tab="", after=""), wanted.tab == "owe"),
            Tab(gettext("Owed to me"), _url(wanted, tab="owed", after=""), wanted.tab == "owed"),
        ),
        filters=tuple(_filters(wanted, who)),
        clear_url=_url(Asked(tab=wanted.tab)) if _is_narrowed(wanted) else "",
        pager=Pager(
            newer_url=_url(wanted, after="") if wanted.after else "",
            older_url=_url(wanted, after=str(more)) if more else "",
        ),
        approvals_url=_url(wanted, approvals="all"),
        nothing=_nothing(wanted),
    )


def _is_narrowed(wanted: Asked) -> bool:
    return bool(wanted.whose == "organ" or wanted.state or wanted.area or wanted.process or wanted.text)


def _url(wanted: Asked, **changed: str) -> str:
    values = {
        "tab": "owed" if wanted.tab == "owed" else "", "whose": "organ" if wanted.whose == "organ" else "",
        "state": wanted.state, "area": wanted.area, "process": wanted.process, "q": wanted.text,
        "after": str(wanted.after or ""),
    }  # fmt: skip
    given = {name: value for name, value in {**values, **changed}.items() if value}
    return f"{reverse('work-list')}?{urlencode(given)}" if given else reverse("work-list")


def _filters(wanted: Asked, who: Standing) -> list[Filter]:
    lang = language()
    filters = []
    if wanted.tab == "owed":
        filters.append(Filter("tab", "", value="owed", kind="hidden"))
    if reading.is_head(who):
        words = (("", gettext("mine")), ("organ", gettext("my whole organ")))
        filters.append(_choice("whose", gettext("Whose"), words, "organ" if wanted.whose == "organ" else ""))
    states = [("", gettext("any")), *((code, str(word)) for code, word in STATES)]
    areas = [
        ("", gettext("all areas")),
        *((area.code, area.name(lang)) for area in catalogue().areas.values()),
    ]
    processes = sorted((process.name(lang), process.id) for process in all_processes().values())
    procedures = [("", gettext("all procedures")), *((code, name) for name, code in processes)]
    return [
        *filters,
        _choice("state", gettext("Due"), states, wanted.state),
        _choice("area", gettext("Area"), areas, wanted.area),
        _choice("process", gettext("Procedure"), procedures, wanted.process),
        Filter("q", gettext("Case number or title"), value=wanted.text),
    ]  # fmt: skip


def _choice(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> Filter:
    return Filter(name, label, tuple(Option(value, words, value == chosen) for value, words in options))


def _nothing(wanted: Asked) -> tuple[str, str]:
    """A kind word where the list is empty: what would stand here, and how it comes."""
    if _is_narrowed(wanted):
        return gettext("Nothing fits these filters."), gettext("Clear the filters to see the whole list.")
    if wanted.tab == "owed":
        return (
            gettext("Nobody owes you anything at present."),
            gettext(
                "A time limit of the other side in one of your matters appears here as soon as it begins to run."
            ),
        )
    return (
        gettext("Nothing is due. Well done."),
        gettext(
            "A time limit appears here as soon as it begins to run, a draft as soon as it waits for you."
        ),
    )
