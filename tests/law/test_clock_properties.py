"""What holds for every date, whatever the limit: properties of the clock, by Hypothesis."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.law.calendar import national
from coordination.law.clock import Due, Granted, due
from coordination.law.rulebook import Limit, rulebook
from coordination.law.zone import ZONE
from tests.law.asked import at

COUNTED = [
    limit
    for limit in rulebook().limits.values()
    if limit.enabled and not limit.needs_stated and not limit.has_no_end
]
FORWARD_DAYS = [
    limit for limit in COUNTED if limit.direction == "forward" and limit.counting == "day_excluded"
]
CUSTODY = [
    limit
    for limit in COUNTED
    if limit.custodial == "yes" and limit.counting == "corresponding_day" and not limit.or_duration
]
ROLLING = [limit for limit in COUNTED if limit.rollover == "yes" and limit.day_kind == "calendar"]

# the calendar covers everything that runs from these days
days = st.dates(date(2020, 6, 1), date(2026, 6, 1))
instants = st.builds(datetime.combine, days, st.times(), st.sampled_from([UTC, ZONE]))


def ask(limit: Limit, start: datetime, *, in_custody: bool = False, **more: object) -> Due:
    return due(limit, start, in_custody=in_custody, calendar=national(), **more)


@settings(deadline=None)
@given(st.sampled_from(COUNTED), instants, st.booleans())
def test_every_limit_has_an_end_with_a_derivation(limit, start, in_custody):
    found = ask(limit, start, in_custody=in_custody)

    assert found.at.tzinfo is ZONE
    assert found.fires_at == found.at
    assert found.on is None or found.at == at(found.on.isoformat()) + timedelta(days=1)
    assert found.outer_at is None or found.outer_at > found.at
    assert all(line.text("en") and line.text("zh") and line.rule for line in found.because)


@settings(deadline=None)
@given(st.sampled_from(COUNTED), instants, instants, st.booleans())
def test_later_start_never_ends_earlier(limit, one, other, in_custody):
    earlier, later = sorted((one, other))

    assert ask(limit, earlier, in_custody=in_custody).at <= ask(limit, later, in_custody=in_custody).at


@settings(deadline=None)
@given(instants, st.integers(1, 3), st.integers(1, 3))
def test_more_days_never_end_earlier(start, fewer, more):
    limit = rulebook().limit("arrest_request_after_detention")
    first, second = sorted((fewer, more))

    ends = [
        ask(limit, start, in_custody=True, granted=[Granted("special", f"P{count}D")]).at
        for count in (first, second)
    ]

    assert ends[1] - ends[0] == timedelta(days=second - first)


@settings(deadline=None)
@given(st.sampled_from(ROLLING), instants, st.booleans())
def test_rollover_lands_on_the_first_working_day_from_the_counted_one(limit, start, in_custody):
    found = ask(limit, start, in_custody=in_custody)
    if found.on is None:
        return

    assert national().is_working_day(found.on)
    moved = {line.code: dict(line.params) for line in found.because}.get("moved")
    if moved:
        counted = date.fromisoformat(moved["day"])
        between = [counted + timedelta(days=passed) for passed in range((found.on - counted).days)]
        assert between
        assert not any(national().is_working_day(day) for day in between)


@settings(deadline=None)
@given(st.sampled_from(CUSTODY), instants)
def test_custody_never_moves_and_ends_on_the_corresponding_day_or_the_last(limit, start):
    found = ask(limit, start, in_custody=True)
    started = start.astimezone(ZONE).date()

    assert found.on is not None
    assert "moved" not in {line.code for line in found.because}
    last = monthrange(found.on.year, found.on.month)[1]
    assert found.on.day == min(started.day, last)


@settings(deadline=None)
@given(days, st.integers(0, 3))
def test_extensions_are_those_of_the_anchor(start, count):
    limit = rulebook().limit("investigation_custody")
    months = (2, 3, 5, 7)[count]

    granted = [Granted(stage) for stage in ("ext1", "ext2", "ext3")[:count]]
    found = ask(limit, at(start.isoformat()), in_custody=True, granted=granted)

    assert found.on is not None
    assert (found.on.year * 12 + found.on.month) - (start.year * 12 + start.month) == months
    assert found.on.day == min(start.day, monthrange(found.on.year, found.on.month)[1])


@settings(deadline=None)
@given(days, st.integers(1, 40), st.integers(0, 60))
def test_standstill_moves_the_end_by_its_days(start, offset, length):
    limit, began = rulebook().limit("investigation_custody"), at(start.isoformat())
    first = start + timedelta(days=offset)
    stood = (first, first + timedelta(days=length))

    plain = ask(limit, began, in_custody=True)
    found = ask(limit, began, in_custody=True, excluded=[stood])

    assert plain.on is not None
    assert found.on == plain.on + timedelta(days=length + 1)


@settings(deadline=None)
@given(days, st.lists(st.tuples(st.integers(-10, 30), st.integers(0, 20)), max_size=4))
def test_standstills_in_any_order_leave_out_each_day_once(start, spans):
    limit, began = rulebook().limit("investigation_custody"), at(start.isoformat())
    stood = [(start + timedelta(days=a), start + timedelta(days=a + length)) for a, length in spans]
    out = {a + timedelta(days=passed) for a, b in stood for passed in range((b - a).days + 1)}
    plain = ask(limit, began, in_custody=True)

    found = ask(limit, began, in_custody=True, excluded=stood)

    assert plain.on is not None
    assert found.on is not None
    counted = [start + timedelta(days=passed) for passed in range(1, (found.on - start).days + 1)]
    assert sum(day not in out for day in counted) == (plain.on - start).days
    assert ask(limit, began, in_custody=True, excluded=stood[::-1]).on == found.on


@settings(deadline=None)
@given(st.sampled_from(FORWARD_DAYS), instants)
def test_in_custody_nothing_ends_later_than_at_liberty(limit, start):
    if limit.stages and limit.stages[0].only:
        return

    assert ask(limit, start, in_custody=True).at <= ask(limit, start, in_custody=False).at


@settings(deadline=None)
@given(st.sampled_from([limit for limit in COUNTED if limit.day_kind == "working"]), days)
def test_working_day_periods_hold_exactly_so_many_working_days(limit, start):
    found = ask(limit, at(start.isoformat()))
    first, last = sorted((start, found.on or start))
    inside = [first + timedelta(days=passed) for passed in range((last - first).days + 1)]

    counted = [day for day in inside if day != start and national().is_working_day(day)]

    assert found.on is not None
    assert national().is_working_day(found.on)
    assert f"P{len(counted)}D" == limit.duration


@settings(deadline=None)
@given(st.sampled_from([limit for limit in COUNTED if limit.direction == "before"]), days)
def test_backward_periods_are_planned_on_a_working_day_and_never_later(limit, start):
    found = ask(limit, at(start.isoformat()))

    assert found.on is not None
    assert found.plan_on is not None
    assert found.plan_on <= found.on < start
    assert national().is_working_day(found.plan_on)


@settings(deadline=None)
@given(instants)
def test_full_days_never_end_later_than_plainly_counted_days(start):
    found = ask(rulebook().limit("arrest_request_after_detention"), start, in_custody=True)

    assert found.outer_at is not None
    assert found.at <= found.outer_at
    assert found.outer_at - found.at <= timedelta(days=1)
