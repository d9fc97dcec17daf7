"""Which length a limit has: its number, an alternative by ground, or the stages that were granted.

Decides lengths only; where they lead in time is counted in `clock.py`. An extension that nobody granted
never lengthens anything, and none is granted before the one it builds on.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from coordination.law.limit import Limit, Stage
from coordination.law.periods import Period, period
from coordination.law.wording import Impossible


@dataclass(frozen=True, slots=True)
class Granted:
    """A stage that was granted; `value` is the period chosen ("P4D") where the approver may choose one.

    `at`, where it is known, is the instant of the decision: a restart of the limit later than that ends it.
    """

    stage: str
    value: str | None = None
    at: datetime | None = None


class Length(NamedTuple):
    """The whole period counted from the anchor, and what it was before the last extension.

    `whole` is None where the document or the decision must state the end. `former` is None where nothing was
    extended. `or_whole`: a second period of which the earlier end counts.
    """

    whole: Period | None
    or_whole: Period | None = None
    former: Period | None = None
    stage: Stage | None = None


@lru_cache(maxsize=4096)
def length(limit: Limit, granted: tuple[Granted, ...], in_custody: bool) -> Length:
    """Return how long `limit` is under the stages `granted`, in the order they were granted.

    Raises Impossible for a stage the limit does not have, one granted out of order or without the one it
    builds on (C11), and a value outside what the approver may choose (C16).
    """
    stages = [_stage(limit, grant) for grant in granted]
    if not limit.stages:
        alternative = period(limit.or_duration) if limit.or_duration else None
        return Length(period(limit.duration) if limit.duration else None, alternative)
    own = next((stage for stage in stages if stage.mode == "own_anchor"), None)
    if own is not None:
        if len(stages) > 1:
            raise Impossible("stage_alone", limit=limit, stage=own.id)
        return Length(_value(limit, own, granted[0]), stage=own)
    first = _initial(limit, stages, in_custody=in_custody)
    begun = bool(stages) and stages[0] is first
    now = Length(
        _value(limit, first, granted[0] if begun else Granted(first.id)),
        stage=first if first.ground and len(_initials(limit)) > 1 else None,
    )
    last = first
    for stage, grant in list(zip(stages, granted, strict=True))[begun:]:
        _check_order(limit, stage, last)
        now = _extended(now, stage, _value(limit, stage, grant))
        last = stage
    return now


class Choice(NamedTuple):
    """How much of a stage the approver may grant: a count from `least` to `most` of the unit, "months" or "days"."""

    unit: str
    least: int
    most: int

    def value(self, count: int) -> str:
        """Return the period that `count` units are (ISO-8601)."""
        return f"P{count}{self.unit[0].upper()}"


def choice(stage: Stage) -> Choice | None:
    """Return what may be chosen of the stage; None where the law fixes its length."""
    if stage.choose_from is None or stage.duration is None:
        return None
    shortest, longest = period(stage.choose_from), period(stage.duration)
    if shortest.months:
        return Choice("months", shortest.months, longest.months)
    return Choice("days", shortest.days, longest.days)


def own_anchor(limit: Limit, granted: tuple[Granted, ...]) -> str | None:
    """Return the event a granted stage runs from, where that is its own event and not the limit's."""
    stages = (limit.stage(grant.stage) for grant in granted)
    return next((stage.anchor for stage in stages if stage and stage.mode == "own_anchor"), None)


def _stage(limit: Limit, grant: Granted) -> Stage:
    stage = limit.stage(grant.stage)
    if stage is None:
        raise Impossible("unknown_stage", limit=limit, stage=grant.stage)
    return stage


def _initials(limit: Limit) -> list[Stage]:
    return [stage for stage in limit.stages if stage.mode == "initial"]


def _track(limit: Limit, stage: Stage) -> Stage:
    """Return the initial stage that `stage` builds on: the last one at or before it in the limit's order."""
    place = limit.stages.index(stage)
    return next(each for each in limit.stages[place::-1] if each.mode == "initial")


def _initial(limit: Limit, stages: list[Stage], *, in_custody: bool) -> Stage:
    """Return the stage that applies from the event: of the track granted, else by custody, else the first."""
    if stages:
        return _track(limit, stages[0])
    custody = "in_custody" if in_custody else "at_liberty"
    initials = _initials(limit)
    return next((stage for stage in initials if stage.only == custody), initials[0])


def _check_order(limit: Limit, stage: Stage, last: Stage) -> None:
    if _track(limit, stage) is not _track(limit, last):
        raise Impossible("stage_track", limit=limit, stage=stage.id, last=last.id)
    place, before = limit.stages.index(stage), limit.stages.index(last)
    if place < before or (place == before and not stage.repeatable):
        raise Impossible("stage_order", limit=limit, stage=stage.id, last=last.id)
    needed = limit.stages[place - 1]
    if stage.mode == "adds" and stage.duration and last is not stage and last is not needed:
        raise Impossible("stage_needs", limit=limit, stage=stage.id, needed=needed.id)


def _extended(now: Length, stage: Stage, value: Period | None) -> Length:
    if value is None:
        return Length(None, former=now.whole, stage=stage)
    if stage.mode == "adds" and now.whole is not None:
        value = now.whole.plus(value)
    return Length(value, former=now.whole, stage=stage)


def _value(limit: Limit, stage: Stage, grant: Granted) -> Period | None:
    """Return the period this stage gives, as chosen where the approver may choose (C16)."""
    longest = period(stage.duration) if stage.duration else None
    if grant.value is None:
        return longest
    try:
        value = period(grant.value)
    except ValueError:
        raise Impossible("value_not_period", limit=limit, value=grant.value) from None
    if longest is None or value == longest:
        return value
    if stage.choose_from is None:
        raise Impossible("value_fixed", limit=limit, stage=stage.id, longest=longest, value=value)
    shortest = period(stage.choose_from)
    if not value.within(shortest, longest):
        raise Impossible("value_outside", limit=limit, value=value, shortest=shortest, longest=longest)
    return value
