"""The ways the law counts: days, months, hours, working days, back from a day; and when an end moves.

From a limit, a start and a length to the instant of the end, with a line for each rule that was applied. Which
length applies is decided in `stages.py`, which event is the start in `happened.py`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from coordination.law.calendar import Calendar
from coordination.law.limit import Limit, Text
from coordination.law.periods import (
    ONE_DAY,
    Period,
    add_months_to_month_end,
    beginning_of,
    end_of,
    is_month_end,
    local,
    next_full_hour,
    span,
)
from coordination.law.stages import Length
from coordination.law.wording import Because, Impossible, Line, render

Excluded = Sequence[tuple[date, date | None]]
"""Times a limit stood still, from and to; None while it has not resumed. Instants for limits in hours."""

_WEEKEND = {5: Text("Saturday", "星期六"), 6: Text("Sunday", "星期日")}
_SHIFTED = Text(", an adjusted weekend day", "（调休上班）")
_ORDINARY = Text("", "")
_CUSTODY: Line = ("custody", ())
_FIXED: Line = ("fixed", ())


class Due(NamedTuple):
    """When a limit runs out. A tuple, because a board computes a hundred thousand of them a second.

    `at` is the instant of the end; `on` the last day, where the period ends at 24:00 of a day. `outer_at` is
    the literal bound beyond which alone a finding may be suggested (C2, C6), `outer_on` its last day.
    `provisional`: the calendar, a receipt or a resumption is missing. `plan_on` is the planning day of a
    backward period (C10), `starts_on` the first day of the last extension (C11), `still_since` the beginning
    of a standstill that has not ended.
    """

    at: datetime
    on: date | None = None
    outer_at: datetime | None = None
    outer_on: date | None = None
    provisional: bool = False
    plan_on: date | None = None
    starts_on: date | None = None
    still_since: date | None = None
    lines: tuple[Line, ...] = ()

    @property
    def fires_at(self) -> datetime:
        """The first instant at which it is overdue (C16): 00:00 after the last day, or the working bound."""
        return self.at

    @property
    def is_at_once(self) -> bool:
        """Whether it is due at the event itself (C20)."""
        return any(code == "at_once" for code, _ in self.lines)

    @property
    def because(self) -> tuple[Because, ...]:
        """How the date came about, line by line; rendered anew at each call."""
        return tuple(render(line) for line in self.lines)


class Asked(NamedTuple):
    """One question: which limit, how long, from when, and under which circumstances."""

    limit: Limit
    start: datetime
    length: Length
    in_custody: bool
    calendar: Calendar
    excluded: Excluded


def count(asked: Asked) -> Due:
    """Count the length from the start in the way the limit's text counts; Impossible without a number."""
    limit, whole = asked.limit, asked.length.whole
    if whole is None:
        raise _no_number(limit)
    if limit.direction == "before":
        return _back(asked, whole)
    if whole.exact:
        return _hours(asked, whole)
    if limit.counting == "full_24h_days":
        return _full_days(asked, whole)
    if limit.day_kind == "working":
        return _working_days(asked, whole)
    return _days(asked, whole)


def ending(asked: Asked, last: date, lines: tuple[Line, ...], *, still: date | None = None) -> Due:
    """Return the end at 24:00 of `last`, moved to a working day where this limit rolls over (C7, C8, C9)."""
    limit, start, chosen, in_custody, calendar, _ = asked
    starts_on = None
    if chosen.stage is not None:
        starts_on, staged = _extension(asked)
        lines += staged
    provisional = still is not None
    if limit.rolls_over(in_custody):
        to, moved = _to_working_day(calendar, last)
        if to is None:
            provisional = True
        else:
            last = to
    else:
        moved = _CUSTODY if limit.is_custodial(in_custody) else _FIXED
    return Due(
        end_of(last),
        last,
        None,
        None,
        provisional,
        None,
        starts_on,
        still,
        (("starts", (("at", start), ("source", limit.sources))), *lines, moved),
    )


def _to_working_day(calendar: Calendar, last: date) -> tuple[date | None, Line]:
    """Return the first working day from `last` on, None where the calendar does not reach it (C19)."""
    to = calendar.on_or_after(last)
    version = ("calendar", calendar.version)
    if to is None:
        return None, ("no_calendar", (version,))
    if to == last:
        shifted = _SHIFTED if last.weekday() > 4 else _ORDINARY
        return to, ("stays", (("day", last), ("shifted", shifted), version))
    why = Text(*calendar.names[last]) if last in calendar.names else _WEEKEND[last.weekday()]
    return to, ("moved", (("day", last), ("why", why), ("to", to), version))


def begins(limit: Limit, start: datetime) -> Line:
    """Return the first line: the instant from which is counted."""
    return ("starts", (("at", start), ("source", limit.sources)))


def _no_number(limit: Limit) -> Impossible:
    if limit.duration_rule == "promptly":
        return Impossible("promptly", limit=limit)
    if limit.duration_rule == "unspecified":
        return Impossible("no_number", limit=limit)
    return Impossible("no_end" if limit.has_no_end else "needs_stated", limit=limit)


def _days(asked: Asked, whole: Period) -> Due:
    """Count calendar days and months, to 24:00 of the last day (C1, C3, C5, C20)."""
    limit, start, chosen, _, _, excluded = asked
    lines: tuple[Line, ...]
    day = start.date()
    if whole.months:
        last, lines = _months(limit, day, whole)
    else:
        last = day + span(whole)
        lines = (("days" if whole.days else "same_day", (("period", whole), ("day", last))),)
    if chosen.or_whole is not None:
        other = chosen.or_whole.last_day(day)
        lines += (("earlier_of", (("period", chosen.or_whole), ("day", other), ("source", limit.sources))),)
        last = min(last, other)
    still = None
    if excluded:
        last, still, stood = _stretched(asked, last)
        lines += stood
    return ending(asked, last, lines, still=still)


def _months(limit: Limit, day: date, whole: Period) -> tuple[date, tuple[Line, ...]]:
    """Return the last day of a period of months, and how it was counted, with the other reading (C3, C4, C5)."""
    if limit.counting == "month_end":
        last = add_months_to_month_end(day, whole.months) + span(whole)
        return last, (("month_end", (("period", whole), ("day", last))),)
    last = whole.last_day(day)
    code = "months_and_days" if whole.days else "months"
    lines: tuple[Line, ...] = ((code, (("period", whole), ("day", last))),)
    if is_month_end(day):
        court = add_months_to_month_end(day, whole.months) + span(whole)
        if court != last:
            lines += (("court_months", (("day", court),)),)
    return last, lines


def _extension(asked: Asked) -> tuple[date | None, tuple[Line, ...]]:
    """Return the first day of the last extension (C11), and the lines on the stage that applies."""
    limit, start, chosen, _, _, excluded = asked
    stage = chosen.stage
    if stage is None:
        return None, ()
    ground = stage.ground or Text(stage.id, stage.id)
    source = stage.source or limit.sources
    if chosen.former is None or chosen.whole is None:
        return None, (("alternative", (("ground", ground), ("source", source))),)
    granted: Line = ("stage", (("ground", ground), ("period", chosen.whole), ("source", source)))
    if chosen.former.exact:
        return None, (granted,)
    former = chosen.former.last_day(start.date())
    if excluded:
        former, _, _ = _stretched(asked, former)
    return former + ONE_DAY, (granted, ("extension_starts", (("day", former + ONE_DAY),)))


def _stretched(asked: Asked, last: date) -> tuple[date, date | None, tuple[Line, ...]]:
    """Move `last` by the days it stood still, both end days left out (C13); days after the end do not count."""
    limit, still = asked.limit, None
    custodial = limit.is_custodial(asked.in_custody)
    lines: list[Line] = []
    for begin, end in _standstills(asked):
        if begin > last:
            break
        days = ((end or begin) - begin).days + 1
        last += timedelta(days=days)
        if end is None:
            still = begin
            lines.append(("stands_still", (("from", begin), ("source", limit.sources))))
            break
        values = (("from", begin), ("to", end), ("count", days), ("day", last), ("source", limit.sources))
        lines.append(("excluded_days" if custodial else "stood_still_days", values))
        if custodial:
            lines.append(("warning_day", (("day", last - ONE_DAY),)))
    return last, still, tuple(lines)


def _standstills(asked: Asked) -> Iterator[tuple[date, date | None]]:
    """Yield the days after the start on which the limit stood still: in order, none of them twice."""
    following = asked.start.date() + ONE_DAY
    for begins_at, ends_at in sorted(asked.excluded, key=lambda stood: _instant(stood[0])):
        begin, end = max(_day(begins_at), following), None if ends_at is None else _day(ends_at)
        if end is None or end >= begin:
            yield begin, end
        if end is None:
            return
        following = max(following, end + ONE_DAY)


def _day(moment: date) -> date:
    return local(moment).date() if isinstance(moment, datetime) else moment


def _instant(moment: date) -> datetime:
    return local(moment) if isinstance(moment, datetime) else beginning_of(moment)


def _working_days(asked: Asked, whole: Period) -> Due:
    """Count working days only, the day of the event left out, and the days of a standstill too."""
    limit, start, _, _, calendar, excluded = asked
    day = start.date()
    last = calendar.moved(day, whole.days) if whole.days else day
    lines: tuple[Line, ...] = ()
    still = None
    for begin, end in _standstills(asked) if excluded else ():
        if last is None or begin > last:
            break
        skipped = calendar.between(begin, end or begin)
        last = calendar.moved(last, skipped) if skipped else None if skipped is None else last
        still = begin if end is None else None
        named = (("from", begin), ("to", end or begin), ("at", last or begin), ("source", limit.sources))
        lines += (("stands_still" if still else "stood_still_hours", named),)
    provisional = last is None
    if last is None:
        known = calendar.between(day + ONE_DAY, calendar.last_day) or 0
        last = (calendar.last_day if known else day) + timedelta(days=max(whole.days - known, 0))
        lines += (("no_calendar", (("calendar", calendar.version),)),)
    values = (("count", whole.days), ("day", last), ("calendar", calendar.version), ("source", limit.sources))
    return Due(
        at=end_of(last),
        on=last,
        provisional=provisional or still is not None,
        still_since=still,
        lines=(begins(limit, start), ("working_days", values), *lines),
    )


def _hours(asked: Asked, whole: Period) -> Due:
    """Count hours from the instant, with the working and the literal bound (C2); no holiday moves them (C9)."""
    limit, start, _, _, _, excluded = asked
    if not whole.hours:
        return Due(at=start, lines=(begins(limit, start), *_extension(asked)[1], ("at_once", ())))
    length = span(whole)
    end, outer = start + length, next_full_hour(start) + length
    lines: list[Line] = [begins(limit, start), ("hours", (("period", whole), ("at", end)))]
    still = None
    for begins_at, ends_at in sorted(excluded, key=lambda stood: _instant(stood[0])):
        begin = max(_instant(begins_at), start)
        if begin >= end or still:
            break
        if ends_at is None:
            still = begin.date()
            lines.append(("stands_still", (("from", begin), ("source", limit.sources))))
        elif (stood := _instant(ends_at) - begin) > timedelta():
            end, outer, start = end + stood, outer + stood, begin + stood
            values = (("from", begin), ("to", begin + stood), ("at", end), ("source", limit.sources))
            lines.append(("stood_still_hours", values))
    staged = _extension(asked)[1]
    return Due(
        at=end,
        outer_at=outer,
        provisional=still is not None,
        still_since=still,
        lines=(*lines, *staged, ("hours_outer", (("at", outer),)), ("hours_fixed", ())),
    )


def _full_days(asked: Asked, whole: Period) -> Due:
    """Count each full 24 hours as a day, with the plain counting of days as the outer bound (C6)."""
    limit, start, *_ = asked
    outer, end = start.date() + span(whole), start + span(whole)
    lines: tuple[Line, ...] = (("full_days", (("period", whole), ("at", end))),)
    still = None
    if asked.excluded:
        stretched, still, stood = _stretched(asked, outer)
        end, outer = end + (stretched - outer), stretched
        lines += stood
    starts_on, staged = _extension(asked)
    return Due(
        at=end,
        outer_at=end_of(outer),
        outer_on=outer,
        provisional=still is not None,
        starts_on=starts_on,
        still_since=still,
        lines=(
            begins(limit, start),
            *lines,
            *staged,
            ("full_days_outer", (("day", outer),)),
            ("custody" if limit.is_custodial(asked.in_custody) else "fixed", ()),
        ),
    )


def _back(asked: Asked, whole: Period) -> Due:
    """Count back from a day known in advance; plan on a working day, never later (C10)."""
    limit, start, _, _, calendar, _ = asked
    day = start.date()
    values: tuple[tuple[str, object], ...] = (("from", day), ("source", limit.sources))
    known = True
    if limit.day_kind == "working":
        found = calendar.moved(day, -whole.days)
        known = found is not None
        last = found or day - span(whole)
        values += (("count", whole.days), ("day", last), ("calendar", calendar.version))
        lines: tuple[Line, ...] = (("back_working", values),)
    else:
        last = day - span(whole)
        lines = (("back", (*values, ("period", whole), ("day", last))),)
    plan = calendar.on_or_before(last) if known else None
    if plan is None:
        lines += (("no_calendar", (("calendar", calendar.version),)),)
    elif plan != last:
        lines += (("planned", (("day", last), ("plan", plan))),)
    return Due(end_of(last), last, provisional=plan is None, plan_on=plan or last, lines=lines)
