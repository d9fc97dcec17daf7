"""What was reported up, as its page shows it: each report with its matter, how old it is, and what is owed about it.

Which rows there are, and how many, stands in `dashboards`; here they only become readable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from cases.models import Deadline, Document
from cases.queries import reading
from cases.queries.reading import DeadlineLine
from coordination import keyset, policy
from coordination.components import Tile
from coordination.keyset import Key
from coordination.law.catalogue import catalogue
from coordination.law.procedure import State
from coordination.models import User
from coordination.reader import language
from coordination.standing import Standing
from supervision import dashboards
from supervision.pages.board import AGE_WORDS, PAGE

STATE_WORDS: Mapping[str, Promise] = {
    "open": gettext_lazy("Matter open"),
    "settled": gettext_lazy("Matter closed"),
}
BY = "sent_at"


@dataclass(frozen=True, slots=True)
class ReportedShown:
    """One report: the paper, who sent it and when, the matter and where it stands, and what our organ owes in it."""

    title: str
    number: str
    url: str
    sender: str
    sender_kind: str
    case: str
    case_url: str
    matter: str
    matter_url: str
    state: State
    sent_at: datetime
    due: DeadlineLine | None


@dataclass(frozen=True, slots=True)
class PageShown:
    """The numbers on top, each with its list, and one page of the list that is asked for."""

    tiles: tuple[Tile, ...]
    title: str
    found: int
    rows: tuple[ReportedShown, ...]
    next_url: str
    first_url: str


def shown(user: User, who: Standing, *, state: str, age: str, now: datetime, after: Key | None) -> PageShown:
    """Return one page of what was reported up to the person's organ."""
    counts = dashboards.reported_counts(user, who, now=now)
    rows = dashboards.reported(user, who, now=now, state=state, age=age).select_related(
        "organisation", "case", "proceeding__suspect"
    )
    found = list(keyset.after(rows, after, by=BY)[: PAGE + 1])
    here = found[:PAGE]
    last = here[-1] if len(found) > PAGE else None
    more = f"&after={Key(last.sent_at or now, last.pk)}" if last else ""
    owed = _owed(user, who, here, now)
    return PageShown(
        tiles=_tiles(counts),
        title=str(STATE_WORDS[state]),
        found=counts[state, age],
        rows=tuple(_row(row, owed.get(row.proceeding_id), now) for row in here),
        next_url=f"{_address(state, age)}{more}" if more else "",
        first_url=_address(state, age) if after else "",
    )


def _tiles(counts: Mapping[tuple[str, str], int]) -> tuple[Tile, ...]:
    """Those that are open, by age, and those that are closed."""
    every = [("open", ""), *(("open", name) for name, _, _ in dashboards.AGES), ("settled", "")]
    return tuple(
        Tile(str(AGE_WORDS[age] if age else STATE_WORDS[state]), counts[state, age], _address(state, age))
        for state, age in every
    )


def _address(state: str, age: str) -> str:
    asked = {"state": state, **({"age": age} if age else {})}
    return f"{reverse('reported')}?{urlencode(asked)}"


def _owed(user: User, who: Standing, rows: Sequence[Document], now: datetime) -> dict[UUID, Deadline]:
    """The clock that our organ owes first in the matter of each report."""
    clocks = policy.visible(user, Deadline, now=now, who=who).filter(
        proceeding__in=[row.proceeding_id for row in rows],
        responsible__in=who.superior_of,
        stopped_at__isnull=True,
    )
    found: dict[UUID, Deadline] = {}
    for clock in clocks.order_by("due_at", "pk"):
        found.setdefault(clock.proceeding_id, clock)
    return found


def _row(row: Document, owed: Deadline | None, now: datetime) -> ReportedShown:
    lang, matter = language(), row.proceeding
    about = f" · {matter.suspect.name}" if matter.suspect else ""
    return ReportedShown(
        title=catalogue().document(row.kind).name(lang),
        number=row.number,
        url=reverse("document", args=[row.pk]),
        sender=row.organisation.name(lang),
        sender_kind=row.organisation.kind,
        case=row.case.number if row.case else gettext("without a case"),
        case_url=reverse("case", args=[row.case.pk]) if row.case else "",
        matter=f"{matter.declared.name(lang)}{about}",
        matter_url=reverse("proceeding", args=[matter.pk]),
        state=matter.declared_state,
        sent_at=row.sent_at or now,
        due=reading.line(owed, now=now) if owed else None,
    )
