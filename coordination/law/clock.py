"""When a time limit runs out, and why: every rule of counting the law knows (C1 to C21, see `README.md`).

Pure: the limit, what happened and the calendar come in, an instant with its derivation goes out. Here stand the
two questions, `due` and `derive`; the length is picked in `stages.py`, the start found in `happened.py`, the end
counted in `counting.py`, and each line worded in `wording.py`. All instants are Asia/Shanghai (C18).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from coordination.law.calendar import Calendar
from coordination.law.counting import Asked, Due, Excluded, begins, count, ending
from coordination.law.happened import Happened, Run, find_run
from coordination.law.limit import Limit
from coordination.law.local import LocalRule, ruled
from coordination.law.periods import Period, end_of, local, period
from coordination.law.rulebook import rulebook
from coordination.law.stages import Granted, Length, length
from coordination.law.wording import Because, Impossible, Line, render
from coordination.law.zone import ZONE

__all__ = ["Because", "Due", "Granted", "Happened", "Impossible", "Stated", "derive", "due", "late_from"]

SAME_ACT = "immediate_act_norm"
Stated = date | datetime | str
"""The end a document states: a day, an instant, or a period such as "P15D" from the start (C21)."""


def due(
    limit: Limit,
    start: datetime,
    *,
    in_custody: bool,
    calendar: Calendar,
    granted: Sequence[Granted] = (),
    reading: str | None = None,
    excluded: Excluded = (),
    stated: Stated | None = None,
    local: LocalRule | None = None,
) -> Due:
    """Return when `limit`, started at `start`, runs out; the day of `start` is not counted (CPL 105).

    `granted` are the stages in the order they were granted, `excluded` the standstills with both end days
    (C13). For a backward limit `start` is an instant on the day known in advance. `local` is the local rule that
    gives the length. Nothing is guessed where `calendar` ends: the result is provisional (C19). Raises Impossible
    where the law gives no answer.
    """
    limit, before = _read_under(limit, reading, local)
    if not limit.enabled:
        raise Impossible("disabled", limit=limit)
    start = _on_our_clock(start)
    if stated is not None or excluded:
        _check_aware(stated, *(moment for stood in excluded for moment in stood))
    chosen = length(limit, tuple(granted), in_custody)
    try:
        asked = Asked(limit, start, chosen, in_custody, calendar, excluded)
        found = count(asked) if stated is None else _stated(asked, stated)
    except (OverflowError, ValueError):
        raise Impossible("out_of_range") from None
    return found._replace(lines=before + found.lines) if before else found


def derive(
    limit: Limit,
    happened: Sequence[Happened],
    *,
    in_custody: bool,
    calendar: Calendar,
    granted: Sequence[Granted] = (),
    reading: str | None = None,
    after: str | date | datetime | None = None,
    occurrence: int | None = None,
    stated: Stated | None = None,
    local: LocalRule | None = None,
) -> Due:
    """Return when `limit` runs out after all that `happened`: its start, restarts and standstills are found.

    The latest event that starts the limit is its anchor. `occurrence` picks another (1 for the first);
    `after`, an event, a day or an instant, leaves out what came before it. For a limit inside another one,
    `granted` are the stages of that one. See `due` for the rest.
    """
    limit, before = _read_under(limit, reading, local)
    if not limit.enabled:
        raise Impossible("disabled", limit=limit)
    _check_aware(after)
    happened = [Happened(event.name, _on_our_clock(event.at)) for event in happened]
    inside = rulebook().limits.get(limit.bounded_by or "")
    bound = None
    if inside is not None and stated is None:
        bound = derive(inside, happened, in_custody=in_custody, calendar=calendar, granted=granted)
        stated, granted = bound.on or bound.at, ()
    run = find_run(limit, happened, tuple(granted), after=after, occurrence=occurrence)
    if stated is None and limit.bounded_by is not None:
        stated = _bounding_event(limit.bounded_by, happened, run)
    found = due(
        limit, run.start, in_custody=in_custody, calendar=calendar, granted=run.granted, excluded=run.excluded,
        stated=stated,
    )  # fmt: skip
    counted = tuple(line for line in found.lines if line[0] != "starts")
    provisional = found.provisional or not run.start_known or (bound is not None and bound.provisional)
    return found._replace(provisional=provisional, lines=before + run.lines + counted)


def anchor(
    limit: Limit,
    happened: Sequence[Happened],
    *,
    granted: Sequence[Granted] = (),
    after: str | date | datetime | None = None,
    occurrence: int | None = None,
) -> datetime:
    """Return the instant from which `derive` would count the limit; raises Impossible where nothing started it."""
    _check_aware(after)
    ours = [Happened(event.name, _on_our_clock(event.at)) for event in happened]
    return find_run(limit, ours, tuple(granted), after=after, occurrence=occurrence).start


def turn(limit: Limit, start: datetime, *, calendar: Calendar, local: LocalRule | None = None) -> date:
    """Return the day on which a turn of a cycle ends by its plan: a holiday moves what is due, never the plan."""
    limit, _lines = _read_under(limit, None, local)
    planned = due(replace(limit, rollover="no"), start, in_custody=False, calendar=calendar)
    return planned.on or planned.at.date()


def late_from(found: Due, *, calendar: Calendar) -> tuple[datetime, tuple[Because, ...]]:
    """Return from when on it counts as late, and why then, where that is not the end itself.

    What is due at once (C20) is in time while the act lasts in which it arose: a norm of this house, never law.
    """
    if not found.is_at_once:
        return found.fires_at, ()
    over = due(rulebook().limit(SAME_ACT), found.at, in_custody=False, calendar=calendar).at
    return over, (render(("same_act", (("at", over),))),)


def _on_our_clock(at: datetime) -> datetime:
    if at.tzinfo is ZONE:
        return at
    if at.tzinfo is not UTC and at.utcoffset() is None:
        raise Impossible("naive", at=at.isoformat())
    try:
        return at.astimezone(ZONE)
    except OverflowError:
        raise Impossible("out_of_range") from None


def _check_aware(*moments: object) -> None:
    for moment in moments:
        if isinstance(moment, datetime) and moment.utcoffset() is None:
            raise Impossible("naive", at=moment.isoformat())


def _read_under(limit: Limit, reading: str | None, local: LocalRule | None) -> tuple[Limit, tuple[Line, ...]]:
    """Return the limit under the reading and the local rule asked for, with the lines that say so."""
    before: tuple[Line, ...] = ()
    if reading is not None:
        limit, before = _read_as(limit, reading)
    if local is not None:
        said: Line = (
            "local",
            (
                ("office", local.office),
                ("document", local.document),
                ("since", local.since),
                ("period", period(local.duration)),
            ),
        )
        limit, before = ruled(limit, local), (*before, said)
    return limit, before


def _read_as(limit: Limit, reading_id: str) -> tuple[Limit, tuple[Line, ...]]:
    """Return the limit as another reading of its text has it, with the line that says so."""
    reading = limit.reading(reading_id)
    if reading is None:
        raise Impossible("unknown_reading", limit=limit, reading=reading_id)
    return limit.under(reading), (("reading", (("reading", reading.reading), ("source", reading.basis))),)


def _bounding_event(name: str, happened: Sequence[Happened], run: Run) -> datetime | None:
    """Return the first instant of the event before which something must be done, where it is known."""
    known = (event.at for event in happened if event.name == name and event.at >= run.start)
    return min(known, default=None)


def _stated(asked: Asked, stated: Stated) -> Due:
    """Return the end a document states; it may shorten what the law gives, never lengthen it (C11, C21).

    What is no law but a norm of this house or place may be set longer by whoever may state it.
    """
    limit, start = asked.limit, asked.start
    if limit.duration_rule == "unlimited":
        raise Impossible("no_end", limit=limit)
    if limit.duration_rule == "unspecified":
        raise Impossible("no_number", limit=limit)
    if _is_before(stated, start):
        raise Impossible("stated_too_early", limit=limit, stated=stated, start=start)
    found = _at_stated(asked, stated)
    whole, former = asked.length.whole, asked.length.former
    if whole is not None:
        counted = count(asked)
        is_longer = found.at > counted.at
        if is_longer and not limit.is_norm:
            raise Impossible("stated_beyond", limit=limit, stated=stated, counted=counted.on or counted.at)
        code: Line = (
            "norm_set" if is_longer else "printed",
            (("at", _shown(stated)), ("counted", counted.on or counted.at), ("source", limit.sources)),
        )
    elif former is not None and found.at <= end_of(former.last_day(start.date())):
        raise Impossible("stated_too_early", limit=limit, stated=stated, start=former.last_day(start.date()))
    else:
        kind = "target" if limit.duration_rule == "promptly" else "bound" if limit.bounded_by else "stated"
        code = (kind, (("at", _shown(stated)), ("source", limit.sources)))
    return found._replace(lines=(found.lines[0], code, *found.lines[1:]))


def _is_before(stated: Stated, start: datetime) -> bool:
    if isinstance(stated, datetime):
        return stated < start
    return isinstance(stated, date) and stated < start.date()


def _at_stated(asked: Asked, stated: Stated) -> Due:
    """Return the end at the stated day or instant, or at the end of the stated period."""
    plain = asked._replace(length=Length(None))
    if isinstance(stated, datetime):
        return Due(at=local(stated), lines=(begins(asked.limit, asked.start),))
    if isinstance(stated, date):
        return ending(plain, stated, ())
    try:
        whole = period(stated)
    except ValueError:
        raise Impossible("stated_not_period", stated=stated) from None
    return count(plain._replace(length=Length(whole)))


def _shown(stated: Stated) -> Period | Stated:
    return period(stated) if isinstance(stated, str) else stated
