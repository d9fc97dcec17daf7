"""What stands around every page of a person who has signed in: who I am, where I can go, what waits for me.

At most three queries, and none before a template asks: a fragment that shows no shell costs nothing. The apps above
this floor are named by dotted string only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from coordination import policy, worldtime
from coordination.components import NavItem, Shell
from coordination.law.roles import ROLES
from coordination.models import Message, User
from coordination.reader import language
from coordination.standing import OFFICE_ROLES, Standing

WAITING = "cases.queries.reading.waiting"
"""Counts what waits for a person: `(user, standing, now) -> int`."""


MOST = 100
"""So far unread messages are counted; more are shown as this."""


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: its address by name, the names of the pages below it, and who sees it."""

    key: str
    label: object
    url_name: str
    icon: str
    below: tuple[str, ...] = ()
    action: str = ""


PLACES = (
    Place("work", _("Work list"), "work-list", "work"),
    Place(
        "cases",
        _("Cases"),
        "case-list",
        "case",
        ("case", "suspect", "activity", "event", "proceeding", "step", "lead", "notice"),
    ),
    Place("handover", _("Hand over"), "handover", "person", ("handover",), action="case.assign"),
    Place("inbox", _("Inbox"), "inbox", "inbox", ("inbox", "document", "draft")),
    Place("office", _("Office board"), "office-board", "office", ("office",), action="board.read"),
    Place("reported", _("Reported up"), "reported", "flag", action="reported.read"),
    Place("possible", _("Possible findings"), "possible", "flag", ("possible",), action="finding.decide"),
    Place("areas", _("Areas"), "areas", "area", ("area",)),
    Place("registers", _("Registers"), "registers", "register", ("register",), action="register.read"),
    Place(
        "rulebook", _("Rulebook"), "rulebook", "rulebook", ("rulebook", "limit", "local", "calendar"),
        action="rulebook.read",
    ),
)  # fmt: skip


def shell(request: HttpRequest) -> dict[str, object]:
    """Return `shell` (a `components.Shell`), `section` (the current entry's key) and `now`; nothing for a stranger."""
    who: Standing | None = getattr(request, "standing", None)
    user = getattr(request, "user", None)
    if who is None or not isinstance(user, User) or not user.is_authenticated:
        return {}
    now: datetime = request.now  # type: ignore[attr-defined]
    return {
        "shell": SimpleLazyObject(lambda: _shell(user, who, now)),
        "section": section(request),
        "now": now,
    }


def section(request: HttpRequest) -> str:
    """Return the key of the entry under which the page stands; "" for a page of its own."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    for place in PLACES:
        if name == place.url_name or name.split("-")[0] in place.below:
            return place.key
    return ""


def _shell(user: User, who: Standing, now: datetime) -> Shell:
    lang = language()
    counts = {
        "work": _waiting(user, who, now),
        "inbox": Message.objects.filter(recipient=user, read_at__isnull=True)[:MOST].count(),
    }
    organs = {held.at.organ.pk: held.at.organ for held in who.held}
    return Shell(
        organ="office" if who.roles & OFFICE_ROLES else who.organ_kind,
        organ_name=" · ".join(organ.name(lang) for organ in organs.values()),
        person=user.name,
        role=" · ".join(dict.fromkeys(ROLES[held.role].name(lang) for held in who.held)),
        home_url=reverse("work-list"),
        nav=tuple(_items(who, counts)),
        sign_out_url=reverse("logout"),
        world_at=now if worldtime.chosen() else None,
    )


def _items(who: Standing, counts: dict[str, int]) -> list[NavItem]:
    items = []
    for place in PLACES:
        if place.action and not policy.may(who, place.action):
            continue
        items.append(
            NavItem(
                place.key, str(place.label), reverse(place.url_name), place.icon, counts.get(place.key, 0)
            )
        )
    return items


def _waiting(user: User, who: Standing, now: datetime) -> int:
    count: Callable[[User, Standing, datetime], int] = import_string(WAITING)
    return count(user, who, now)
