"""Holiday tables as the templates show them: what is in force, what waits, and what a table moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from cases import recalculating
from cases.models import DeadlineEvent, Recalculation, Shift
from coordination import calendars, keyset, policy
from coordination.components import Pager
from coordination.keyset import Key
from coordination.law.calendar_tables import Table, parse
from coordination.law.limit import Limit
from coordination.law.rulebook import rulebook
from coordination.models import CalendarDecision, CalendarTable, User
from coordination.standing import Standing

PAGE = 50


@dataclass(frozen=True, slots=True)
class YearShown:
    """The table of a year that counts now; `url` is empty for one that came with the product."""

    table: Table
    url: str


@dataclass(frozen=True, slots=True)
class TableShown:
    """An imported table: what it says, who decided, what it would move or moved."""

    row: CalendarTable
    table: Table
    decisions: tuple[CalendarDecision, ...]
    state: str
    words: str
    preview: Recalculation | None
    run: Recalculation | None
    by_limit: tuple[tuple[Limit, int, int], ...]

    @property
    def is_open(self) -> bool:
        """Whether a side has still to decide."""
        return self.state == "pending"

    @property
    def latest(self) -> Recalculation | None:
        """The run that counts now: the recalculation, or until there is one the preview."""
        return self.run or self.preview

    @property
    def is_running(self) -> bool:
        """Whether that run goes on."""
        return self.latest is not None and self.latest.finished_at is None


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline with its end before and after; either ends with a day, or at an instant."""

    limit: Limit
    url: str
    matter: str
    before: End
    after: End
    is_firm: bool


@dataclass(frozen=True, slots=True)
class End:
    """An end as it is shown."""

    at: datetime
    on: date | None


def years() -> tuple[YearShown, ...]:
    """The tables that count now, the latest year first."""
    later = {row.year: row for row in calendars.in_force()}
    shown = []
    for year, table in sorted(calendars.known_tables().items(), reverse=True):
        row = later.get(year)
        shown.append(YearShown(table, reverse("calendar-table", args=[row.pk]) if row else ""))
    return tuple(shown)


def table(row: CalendarTable) -> TableShown:
    """One imported table."""
    runs = {run.kind: run for run in row.runs.all()}
    preview = runs.get(Recalculation.Kind.PREVIEW)
    found = recalculating.by_limit(preview) if preview else []
    state = state_of(row)
    return TableShown(
        row=row,
        table=parse(row.text),
        decisions=tuple(row.decisions.select_related("decided_by", "organ")),
        state=state,
        words=_words(state),
        preview=preview,
        run=runs.get(Recalculation.Kind.APPLY),
        by_limit=tuple((rulebook().limit(limit), moved, firm) for limit, moved, firm in found),
    )


def moves(
    shown: TableShown, user: User, who: Standing, *, after: Key | None, mine: bool, now: datetime
) -> tuple[tuple[Move, ...], Pager]:
    """One page of what moved, or would: only deadlines that the person may see."""
    here = reverse("calendar-table", args=[shown.row.pk])
    rows, read = _done(shown, user, who, now) if shown.run else _foreseen(shown, user, who, now)
    if mine:
        owed = Q(deadline__owner=user)
        for role, organ in sorted(who.roles_at):
            owed |= Q(
                deadline__owner__isnull=True, deadline__responsible_role=role, deadline__responsible=organ
            )
        rows = rows.filter(owed)
    page = list(keyset.after(rows, after, by="due_at")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    kept = "&mine=1" if mine else ""
    older = f"{here}?after={Key(more.due_at, more.pk)}{kept}#moves" if more else ""
    newer = f"{here}?{kept.lstrip('&')}#moves" if after else ""
    return tuple(read(row) for row in page[:PAGE]), Pager(newer_url=newer, older_url=older)


def _foreseen(shown: TableShown, user: User, who: Standing, now: datetime) -> tuple[QuerySet[Any], Any]:
    rows = policy.visible(user, Shift, now=now, who=who).filter(run=shown.preview)
    return rows.select_related("deadline__case", "deadline__proceeding"), _shift


def _done(shown: TableShown, user: User, who: Standing, now: datetime) -> tuple[QuerySet[Any], Any]:
    rows = policy.visible(user, DeadlineEvent, now=now, who=who).filter(recalculation=shown.run)
    return rows.select_related("deadline__case", "deadline__proceeding"), _event


def _shift(row: Shift) -> Move:
    return _move(
        row.deadline, End(row.due_at, row.due_on), End(row.then_at, row.then_on), is_firm=row.is_firm
    )


def _event(row: DeadlineEvent) -> Move:
    said = row.detail
    before = End(datetime.fromisoformat(said["from"]), _day(said["from_on"]))
    return _move(row.deadline, before, End(row.due_at, _day(said["to_on"])), is_firm=said["firm"])


def _move(deadline: Any, before: End, after: End, *, is_firm: bool) -> Move:
    case = deadline.case
    matter = f"{case.number} {case.title}" if case else ""
    return Move(deadline.rule, reverse("deadline-why", args=[deadline.pk]), matter, before, after, is_firm)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def state_of(row: CalendarTable) -> str:
    """Whether the table waits for a side ("pending"), is "in_force", or was "declined"."""
    said = [one.outcome for one in row.decisions.all()]
    if calendars.Outcome.DECLINED in said:
        return "declined"
    return "in_force" if len(said) == len(calendars.Side) else "pending"


def _words(state: str) -> str:
    return {
        "declined": gettext("declined"),
        "in_force": gettext("in force"),
        "pending": gettext("waits for approval"),
    }[state]


def sides_left(shown: TableShown) -> tuple[str, ...]:
    """The sides that have not decided yet."""
    decided = {one.side for one in shown.decisions}
    return tuple(side.value for side in calendars.Side if side not in decided)


def key(pk: UUID) -> str:
    """The address of a table."""
    return reverse("calendar-table", args=[pk])
