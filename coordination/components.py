"""What the fragments of `templates/components` are given: frozen, already worded in the reader's language.

No query, no rule and no clock in here: views fill these, fragments print them. `docs/look.md` has the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from coordination.law.grammar import Reason

DeadlineState = Literal[
    "running", "due_soon", "overdue", "met", "late", "suspended", "provisional", "stopped"
]
"""How a deadline stands; `stopped` is one that ended without being owed any longer."""

TimelineKind = Literal["activity", "step", "document", "deadline", "message"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation; `key` is compared with the page's `section`."""

    key: str
    label: str
    url: str
    icon: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around every page of a person who has signed in. `organ` picks the band."""

    organ: str
    organ_name: str
    person: str
    role: str
    home_url: str
    nav: tuple[NavItem, ...]
    sign_out_url: str = ""
    world_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: a crumb, or an action at the head of a page (`kind`: "main", "grave" or plain)."""

    label: str
    url: str = ""
    icon: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; tabs are links, so that each has an address."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One field of a filter bar: a choice where it has `options`, else a text or a date (`kind`).

    A hidden one carries along what the filters do not change.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    value: str = ""
    kind: Literal["search", "date", "hidden"] = "search"


@dataclass(frozen=True, slots=True)
class Pager:
    """Older and newer pages of a list that pages by key; an empty address is the end of the list."""

    newer_url: str = ""
    older_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineShown:
    """A deadline as a row or a badge.

    `at` is the instant at which the period ends, `on` its last day where it ends at 24:00 of a day;
    `because` holds the lines of the clock; `next_url` leads to the matter, or to
    the step that `next_step` names; both are empty where there is nothing to open, or to do.
    """

    state: DeadlineState
    at: datetime
    on: date | None
    matter: str
    source: str = ""
    because: tuple[object, ...] = ()
    case: str = ""
    case_url: str = ""
    counterpart: str = ""
    counterpart_organ: str = ""
    next_step: str = ""
    next_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened, newest first; `is_new` where it came after the reader's last visit."""

    kind: TimelineKind
    at: datetime
    title: str
    organ: str = ""
    organ_name: str = ""
    actor: str = ""
    detail: str = ""
    number: str = ""
    url: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """A step that the reader may take now, or, with `reasons`, may not take and why not."""

    title: str
    line: str = ""
    url: str = ""
    is_main: bool = False
    is_grave: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A label and what was entered, read once more before the step is taken."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that opens exactly the list it counts."""

    label: str
    number: int
    url: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AreaCard:
    """One of the fourteen areas, or the Office (no `number`): running deadlines by state, then its open matters.

    Each count has the address of its list.
    """

    number: int | None
    title: str
    url: str
    counts: tuple[Tile, ...]
    matters: Tile


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One of the three mechanisms, or the Office beside them (no `numeral`), and its areas."""

    numeral: str
    title: str
    areas: tuple[AreaCard, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """An instrument as it will print; `missing` names what is still to be written."""

    organ: str
    title: str
    number: str
    addressee: str
    paragraphs: tuple[str, ...]
    signature: str
    signed_on: str
    state: str = ""
    missing: tuple[str, ...] = ()
