"""The case page as it is shown: actions at its head, the filters of the timeline, the lists as filters and pages.

What stands on it is read in `queries.case`, `queries.case_list` and `timeline`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from cases.models import Case
from cases.pages.owed import LONGEST
from cases.queries import case_list as case_listing
from cases.queries import timeline
from cases.queries.beginnings import LEAD
from cases.queries.case import CasePage
from cases.queries.case_list import Asked as ListAsked
from cases.queries.timeline import Asked, Timeline
from coordination import keyset, policy
from coordination.components import Filter, Link, Option, Pager
from coordination.keyset import Key
from coordination.reader import language
from coordination.standing import Standing

KINDS: tuple[tuple[str, Promise], ...] = (
    ("activity", gettext_lazy("log entries")),
    ("step", gettext_lazy("steps")),
    ("event", gettext_lazy("entered events")),
    ("document", gettext_lazy("documents")),
    ("deadline", gettext_lazy("time limits")),
)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """One page of the timeline with its filters; `new_url` shows only what is new, `more_url` the next page."""

    entries: tuple[timeline.Entry, ...]
    since: datetime | None
    only_new: bool
    oldest_first: bool
    filters: tuple[Filter, ...]
    new_url: str
    turn_url: str
    clear_url: str
    more_url: str


def crumbs(case: Case, *further: Link) -> tuple[Link, ...]:
    """The way to a page below a case."""
    return (Link(case.number, reverse("case", args=[case.pk])), *further)


def timeline_asked(given: QueryDict, *, visited_at: datetime | None) -> Asked:
    """Read the address; an unknown word narrows nothing. The last visit stays the same while the page is turned."""
    return Asked(
        kind=given.get("kind", "") if given.get("kind", "") in dict(KINDS) else "",
        suspect=_key(given.get("suspect", "")),
        oldest_first=given.get("order") == "oldest",
        only_new=given.get("new") == "1",
        since=_instant(given.get("since", "")) or visited_at,
        after=keyset.parse(given.get("after", "")),
    )


def timeline_page(
    case: Case, asked: Asked, found: Timeline, suspects: tuple[tuple[UUID, str], ...]
) -> TimelinePage:
    """Return a page of the timeline with the addresses of the others."""
    here, part = reverse("case", args=[case.pk]), reverse("case-timeline", args=[case.pk])
    first = replace(asked, after=None)
    narrowed = asked.kind or asked.suspect or asked.only_new
    return TimelinePage(
        entries=found.entries,
        since=asked.since,
        only_new=asked.only_new,
        oldest_first=asked.oldest_first,
        filters=_timeline_filters(asked, suspects),
        new_url=_at(here, replace(first, only_new=not asked.only_new)) if asked.since else "",
        turn_url=_at(here, replace(first, oldest_first=not asked.oldest_first)),
        clear_url=_at(here, Asked(since=asked.since, oldest_first=asked.oldest_first)) if narrowed else "",
        more_url=_at(part, replace(asked, after=found.more)) if found.more else "",
    )


def actions(page: CasePage, who: Standing) -> tuple[Link, ...]:
    """What can be begun from the head of the page."""
    case, links = page.case, []
    if case.police_id in who.organs:
        if policy.may(who, "activity.log"):
            links.append(
                Link(gettext("Log a step"), reverse("activity-choose", args=[case.pk]), "plus", "main")
            )
        if policy.may(who, "suspect.add"):
            links.append(Link(gettext("Add a suspect"), reverse("suspect-add", args=[case.pk]), "person"))
    if policy.may(who, "event.enter"):
        links.append(Link(gettext("Record an event"), reverse("event-choose", args=[case.pk])))
    if page.is_own and policy.may(who, "lead.open"):
        links.append(Link(gettext("Open a lead"), f"{reverse('lead-new')}?case={case.pk}", "flag"))
    if page.is_own and policy.may(who, "case.assign"):
        links.append(Link(gettext("Assign"), reverse("case-assign", args=[case.pk])))
    return tuple(links)


def beginnings(page: CasePage) -> tuple[Link, ...]:
    """The procedures the person may begin in the case."""
    lang = language()
    return tuple(
        Link(
            one.process.name(lang),
            reverse("proceeding-begin", args=[page.case.pk, one.process.id, one.step.id]),
        )
        for one in page.beginnings
        if one.process.id != LEAD
    )


def may_read_identity(page: CasePage, who: Standing) -> bool:
    """Whether the person may open an identity number; opening it is on record."""
    return page.is_own and policy.may(who, "suspect.read_identity")


def list_asked(given: QueryDict) -> ListAsked:
    """Read the address of the case list."""
    stages = {state.id for state in case_listing.stages()}
    return ListAsked(
        text=given.get("q", "").strip()[:LONGEST],
        stage=given.get("stage", "") if given.get("stage", "") in stages else "",
        only_mine=given.get("whose") == "mine",
        in_custody=given.get("custody") == "1",
        begin=given.get("begin", "")[:LONGEST],
        after=keyset.parse(given.get("after", "")),
    )


def list_filters(asked: ListAsked) -> tuple[Filter, ...]:
    """The filters of the case list."""
    lang = language()
    stages = [("", gettext("any")), *((state.id, state.name(lang)) for state in case_listing.stages())]
    whose = [("", gettext("all I may see")), ("mine", gettext("mine"))]
    custody = [("", gettext("any")), ("1", gettext("somebody in custody"))]
    carried = (Filter("begin", "", value=asked.begin, kind="hidden"),) if asked.begin else ()
    return (
        *carried,
        Filter("q", gettext("Number, title or suspect"), value=asked.text),
        _choice("stage", gettext("Stage"), stages, asked.stage),
        _choice("whose", gettext("Whose"), whose, "mine" if asked.only_mine else ""),
        _choice("custody", gettext("Custody"), custody, "1" if asked.in_custody else ""),
    )  # fmt: skip


def list_pager(asked: ListAsked, more: Key | None) -> Pager:
    """The first and the next page of the case list."""
    values = {
        "q": asked.text, "stage": asked.stage, "whose": "mine" if asked.only_mine else "",
        "custody": "1" if asked.in_custody else "", "begin": asked.begin,
    }  # fmt: skip
    here = reverse("case-list")
    return Pager(
        newer_url=_query(here, values) if asked.after else "",
        older_url=_query(here, {**values, "after": str(more)}) if more else "",
    )


def is_narrowed(asked: ListAsked) -> bool:
    """Whether the case list is filtered."""
    return bool(asked.text or asked.stage or asked.only_mine or asked.in_custody)


def _timeline_filters(asked: Asked, suspects: tuple[tuple[UUID, str], ...]) -> tuple[Filter, ...]:
    kinds = [("", gettext("everything")), *((kind, str(words)) for kind, words in KINDS)]
    people = [("", gettext("everybody")), *((str(key), name) for key, name in suspects)]
    orders = [("", gettext("newest first")), ("oldest", gettext("oldest first"))]
    carried = {"since": _stamp(asked.since), "new": "1" if asked.only_new else ""}
    return (
        *(Filter(name, "", value=value, kind="hidden") for name, value in carried.items() if value),
        _choice("kind", gettext("Show"), kinds, asked.kind),
        *((_choice("suspect", gettext("Suspect"), people, str(asked.suspect or "")),) if suspects else ()),
        _choice("order", gettext("Order"), orders, "oldest" if asked.oldest_first else ""),
    )


def _at(url: str, asked: Asked) -> str:
    values = {
        "kind": asked.kind, "suspect": str(asked.suspect or ""), "order": "oldest" if asked.oldest_first else "",
        "new": "1" if asked.only_new else "", "since": _stamp(asked.since), "after": str(asked.after or ""),
    }  # fmt: skip
    return _query(url, values)


def _query(url: str, values: dict[str, str]) -> str:
    given = {name: value for name, value in values.items() if value}
    return f"{url}?{urlencode(given)}" if given else url


def _choice(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> Filter:
    return Filter(name, label, tuple(Option(value, words, value == chosen) for value, words in options))


def _stamp(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
