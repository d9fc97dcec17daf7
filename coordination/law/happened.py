"""What happened, and what of it counts for a limit: the start, a restart, the times it stood still.

No date is counted here; `clock.py` counts from what is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from coordination.law.limit import Limit
from coordination.law.periods import local
from coordination.law.rulebook import rulebook
from coordination.law.stages import Granted, own_anchor
from coordination.law.wording import Impossible, Line


@dataclass(frozen=True, slots=True)
class Happened:
    """One recorded event: its name in `events/`, and its instant.

    For a day known in advance (`custody_expiry`) any instant on that day; never its 24:00, which is the next.
    """

    name: str
    at: datetime


class Run(NamedTuple):
    """One run of a limit: where it starts, the grants of this run, when it stood still, and the lines on it."""

    start: datetime
    granted: tuple[Granted, ...]
    excluded: tuple[tuple[datetime, datetime | None], ...]
    lines: tuple[Line, ...]
    start_known: bool = True


def find_run(
    limit: Limit,
    happened: Sequence[Happened],
    granted: tuple[Granted, ...],
    *,
    after: str | date | datetime | None,
    occurrence: int | None,
) -> Run:
    """Return the run of `limit` that the latest starting event began, or the one asked for.

    `after` leaves out the starting events up to an instant, a day, or the first time an event happened;
    `occurrence` picks among the rest. An event of `resets_on` later in the run starts it anew (C12). Raises
    Impossible where nothing started the limit.
    """
    events = sorted(happened, key=lambda event: event.at)
    own = own_anchor(limit, granted)
    triggers = (own,) if own else limit.trigger
    starts = [place for place, event in enumerate(events) if event.name in triggers]
    eligible = _after(events, starts, after)
    if not eligible:
        raise Impossible("not_started", limit=limit, events=", ".join(triggers))
    if occurrence is not None and not 1 <= occurrence <= len(eligible):
        raise Impossible("no_such_occurrence", count=len(eligible), occurrence=occurrence)
    place = eligible[-1 if occurrence is None else occurrence - 1]
    end = next((start for start in starts if start > place), len(events))
    return _run(limit, events[:end], place, granted)


def _after(events: list[Happened], starts: list[int], after: str | date | datetime | None) -> list[int]:
    if after is None:
        return starts
    if isinstance(after, str):
        first = next((place for place, event in enumerate(events) if event.name == after), None)
        if first is None:
            raise Impossible("after_unknown", event=after)
        return [place for place in starts if place > first]
    if isinstance(after, datetime):
        return [place for place in starts if events[place].at > after]
    return [place for place in starts if local(events[place].at).date() > after]


def _run(limit: Limit, events: list[Happened], place: int, granted: tuple[Granted, ...]) -> Run:
    """Return the run that began with `events[place]` and ends with the last of `events`."""
    start = events[place]
    first = "expects" if limit.direction == "before" else "starts_with"
    lines: tuple[Line, ...] = (_line(first, start, limit),)
    restarts = [event for event in events[place + 1 :] if event.name in limit.resets_on]
    if restarts:
        start = restarts[-1]
        granted = tuple(grant for grant in granted if grant.at is None or grant.at >= start.at)
        lines += (_line("restarted", start, limit),)
    begun, known = start.at, True
    original = dict(limit.runs_back_to).get(start.name)
    if original is not None:
        receipts = [event for event in events[:place] if event.name in original]
        known = bool(receipts)
        begun = receipts[-1].at if receipts else start.at
        lines = (
            _line("runs_back", start, limit),
            _line("starts_with", receipts[-1] if known else start, limit),
        )
        lines += () if known else (("receipt_unknown", ()),)
    return Run(local(begun), granted, _standstills(limit, events), lines, known)


def _line(code: str, event: Happened, limit: Limit) -> Line:
    named = (("event", rulebook().event(event.name)), ("at", local(event.at)), ("source", limit.sources))
    return (code, named)


def _standstills(limit: Limit, events: list[Happened]) -> tuple[tuple[datetime, datetime | None], ...]:
    """Return the times the limit stood still, each ended by the event that answers the one that began it.

    Where the lists of events are equally long, they answer each other in order; else any resuming event does.
    """
    if not limit.suspends_on:
        return ()
    paired = len(limit.suspends_on) == len(limit.resumes_on)
    answers = {
        event: (limit.resumes_on[place],) if paired else limit.resumes_on
        for place, event in enumerate(limit.suspends_on)
    }
    found: list[tuple[datetime, datetime | None]] = []
    for place, event in enumerate(events):
        if event.name not in answers or (found and found[-1][1] is None and not paired):
            continue
        resumed = (later.at for later in events[place + 1 :] if later.name in answers[event.name])
        found.append((event.at, next(resumed, None)))
    return tuple(found)
