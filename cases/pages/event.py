"""Entered events as the templates show them: what may be entered in a case; one entry with its versions and clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from cases.logbook import event_entries
from cases.models import Case, Deadline, EventEntry
from cases.queries import reading
from cases.queries.reading import DeadlineLine
from coordination import policy
from coordination.law.limit import Limit, Stage
from coordination.law.rulebook import Event, rulebook
from coordination.models import User
from coordination.standing import Standing


@dataclass(frozen=True, slots=True)
class Startable:
    """A limit that an entry starts, with its events in words."""

    limit: Limit
    events: tuple[Event, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Acting:
    """A running clock with the events that may be entered for it."""

    line: DeadlineLine
    suspect: str
    events: tuple[tuple[Event, str], ...]


@dataclass(frozen=True, slots=True)
class Extendable:
    """A running clock to which an extension on paper may be entered, with what may still be granted."""

    line: DeadlineLine
    suspect: str
    stages: tuple[Stage, ...]
    url: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry with everything around it; `correct_url` is empty where the person may not correct it."""

    row: EventEntry
    event: Event
    limit: Limit | None
    stage: Stage | None
    versions: tuple[EventEntry, ...]
    clocks: tuple[DeadlineLine, ...]
    correct_url: str
    newest_url: str


def startable(case: Case, who: Standing) -> tuple[Startable, ...]:
    """What the person may start in the case."""
    new = reverse("event-new", args=[case.pk])
    return tuple(
        Startable(
            limit, tuple(map(rulebook().event, limit.trigger)), f"{new}?{urlencode({'limit': limit.id})}"
        )
        for limit in event_entries.startable(case, who)
    )


def acting(case: Case, who: Standing, *, now: datetime) -> tuple[Acting, ...]:
    """What the person may stop or move in the case."""
    new = reverse("event-new", args=[case.pk])
    return tuple(
        Acting(
            reading.line(row, now=now),
            row.suspect.name if row.suspect else "",
            tuple((rulebook().event(name), f"{new}?{urlencode({'event': name})}") for name in events),
        )
        for row, events in event_entries.acting(case, who)
    )


def extendable(case: Case, who: Standing, *, now: datetime) -> tuple[Extendable, ...]:
    """The running clocks of the case to which the person may enter an extension on paper."""
    new = reverse("event-new", args=[case.pk])
    return tuple(
        Extendable(
            reading.line(row, now=now),
            row.suspect.name if row.suspect else "",
            stages,
            f"{new}?extends={row.pk}",
        )
        for row, stages in event_entries.extendable(case, who)
    )


def entry(row: EventEntry, user: User, who: Standing, *, now: datetime) -> EntryShown:
    """One entry with its versions, and the clocks that it started or stopped."""
    chain = event_entries.versions(row)
    newest = chain[-1]
    limit = rulebook().limits.get(row.limit)
    anchored = (
        Q(anchor__entry__in=chain)
        | Q(extensions__entry__in=chain)
        | Q(stop_event=row.event, stopped_at=newest.at, case=row.case)
    )
    rows = policy.visible(user, Deadline, now=now, who=who).filter(anchored).order_by("due_at", "pk")
    able = policy.may(who, "event.enter") and row.organisation_id in who.organs and newest.pk == row.pk
    return EntryShown(
        row=row,
        event=rulebook().event(row.event),
        limit=limit,
        stage=limit.stage(row.stage) if limit and row.stage else None,
        versions=chain,
        clocks=tuple(reading.line(one, now=now) for one in rows.distinct()),
        correct_url=reverse("event-correct", args=[row.pk]) if able else "",
        newest_url="" if newest.pk == row.pk else reverse("event-entry", args=[newest.pk]),
    )
