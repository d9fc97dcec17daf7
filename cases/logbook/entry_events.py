"""What a log entry makes happen beside the steps it takes: its events at their instants, and the limits they start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.db.models import Q

from cases import applying, following, happening, scope
from cases.logbook.entries import Entry
from cases.models import Activity, Occurrence
from coordination.law.kinds import ActivityKind
from coordination.law.procedure import Start
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.models import User

Event = tuple[str, datetime]


def instant(value: object) -> datetime | None:
    """An instant, or the first moment of a day, in Beijing time; None for anything else."""
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(), ZONE) if isinstance(value, date) else None


def told(entry: Entry, kind: ActivityKind) -> list[Event]:
    """The events that the entry is certain of, each at the instant its field states, else at the start."""
    found = []
    for event in kind.happened(entry.fields, before=_before(entry)):
        moment = instant(entry.fields.get(event.at)) if event.at else entry.started_at
        if moment is not None:
            found.append((event.event, moment))
    return found


def happen(
    actor: User,
    entry: Entry,
    kind: ActivityKind,
    events: Sequence[Event],
    *,
    activity: Activity,
    at: datetime,
) -> None:
    """Record events of the entry, wind the clocks they start, and take what follows from them elsewhere."""
    if not events:
        return
    happened = happening.happen(
        scope.of_activity(entry.case, entry.suspect), sorted(events, key=lambda event: event[1]),
        _starts(entry, kind, [name for name, _ in events]), step=None, activity=activity, facts=entry.fields, at=at,
        proceeding=scope.carrier(entry.case, entry.suspect),
    )  # fmt: skip
    where = scope.of_activity(entry.case, entry.suspect)
    following.follow(where, happened, actor=actor, at=at, apply=applying.apply)


def _starts(entry: Entry, kind: ActivityKind, events: Iterable[str]) -> list[Start]:
    """The limits that the entry starts with these events, in the custody the suspect is in."""
    names, held = set(events), scope.in_custody(entry.suspect)
    return [
        Start(start.limit)
        for start in kind.starts
        if start.if_.holds(entry.fields)
        and start.in_custody in (None, held)
        and names & set(rulebook().limit(start.limit).trigger)
    ]


def _before(entry: Entry) -> frozenset[str]:
    """The events recorded in the case so far, of this suspect where the entry concerns one."""
    rows = Occurrence.objects.filter(scope.STANDING, case=entry.case)
    if entry.suspect is not None:
        rows = rows.filter(Q(suspect__isnull=True) | Q(suspect=entry.suspect))
    return frozenset(rows.order_by().values_list("event", flat=True).distinct())
