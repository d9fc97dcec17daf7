"""The custody bar of one suspect: lawful periods from detention on, today's mark, the warning and the expiry.

All positions are percentages of the width, written as SVG attributes, so that the bar fits any screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coordination.law.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import Sequence

TONES = 3
_MOST_TICKS = 6
_STEPS = tuple(timedelta(days=n) for n in (1, 2, 3, 5, 7, 14, 30, 61, 91, 182, 365, 730))
_ROOM_FOR_NUMBER = 7.0
_MARGIN = 0.03


@dataclass(frozen=True, slots=True)
class Lawful:
    """One lawful period of custody: what it is called, from when to when, and the article it stands on."""

    title: str
    starts_at: datetime
    ends_at: datetime
    source: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A period as drawn: place and width in percent; `ended_at` is earlier than the period's own end
    where the next one took its place.
    """

    number: int
    period: Lawful
    ended_at: datetime
    x: str
    width: str
    middle: str
    tone: int
    has_number: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under the bar; `anchor` keeps the outermost ones inside the picture."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class CustodyBar:
    """The whole bar. `warning` is None without a warning day ahead; `beyond` is the overstay, if any."""

    spans: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    today: Tick
    ahead_x: str
    ahead_width: str
    expiry: str
    expires_at: datetime
    warning: str | None
    warns_at: datetime | None
    beyond_x: str | None
    beyond_width: str | None
    custody_days: int

    @property
    def is_overstayed(self) -> bool:
        """Whether the last lawful period is over."""
        return self.beyond_width is not None


def custody_bar(
    periods: Sequence[Lawful], *, now: datetime, warns_at: datetime | None = None, today_word: str = ""
) -> CustodyBar:
    """Return the bar of `periods`, in order of their start, as it stands at `now`.

    The expiry is the end of the last period that has begun. Raises ValueError without a period.
    """
    if not periods:
        message = "a custody bar needs at least one lawful period"
        raise ValueError(message)
    begun = [period for period in periods if period.starts_at <= now] or [periods[0]]
    expires_at = begun[-1].ends_at
    starts_at = periods[0].starts_at
    end = max(periods[-1].ends_at, now)
    scale = _Scale(starts_at, end + (end - starts_at) * _MARGIN)
    overstayed = now > expires_at and begun[-1] is periods[-1]
    return CustodyBar(
        spans=_spans(periods, begun[-1], scale),
        ticks=_ticks(scale),
        today=Tick(x=scale.at(now), label=today_word, anchor=_anchor(scale.share(now), 12)),
        ahead_x=scale.at(now),
        ahead_width=scale.between(now, max(periods[-1].ends_at, now)),
        expiry=scale.at(expires_at),
        expires_at=expires_at,
        warning=scale.at(warns_at) if warns_at and starts_at <= warns_at <= end else None,
        warns_at=warns_at,
        beyond_x=scale.at(expires_at) if overstayed else None,
        beyond_width=scale.between(expires_at, now) if overstayed else None,
        custody_days=(now.astimezone(ZONE).date() - starts_at.astimezone(ZONE).date()).days + 1,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Instants as percentages between two ends."""

    start: datetime
    end: datetime

    def share(self, at: datetime) -> float:
        """Return the place of `at` in percent, kept inside the picture."""
        share = 100 * ((at - self.start) / (self.end - self.start))
        return min(max(share, 0.0), 100.0)

    def at(self, at: datetime) -> str:
        """Return the place of `at` as an SVG length."""
        return f"{self.share(at):.2f}%"

    def between(self, one: datetime, other: datetime) -> str:
        """Return a width as an SVG length."""
        return f"{self.share(other) - self.share(one):.2f}%"


def _spans(periods: Sequence[Lawful], current: Lawful, scale: _Scale) -> tuple[Span, ...]:
    spans = []
    for index, period in enumerate(periods):
        following = periods[index + 1].starts_at if index + 1 < len(periods) else period.ends_at
        ended_at = min(period.ends_at, following)
        width = scale.share(ended_at) - scale.share(period.starts_at)
        spans.append(
            Span(
                number=index + 1,
                period=period,
                ended_at=ended_at,
                x=scale.at(period.starts_at),
                width=f"{width:.2f}%",
                middle=f"{scale.share(period.starts_at) + width / 2:.2f}%",
                tone=index % TONES + 1,
                has_number=width >= _ROOM_FOR_NUMBER,
                is_current=period is current,
            )
        )
    return tuple(spans)


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """Return dates at even distances, the first at the start of custody, at most six."""
    whole = scale.end - scale.start
    step = next((step for step in _STEPS if whole / step < _MOST_TICKS), whole / 4)
    ticks = []
    at = scale.start
    while at <= scale.end:
        share = scale.share(at)
        ticks.append(Tick(x=f"{share:.2f}%", label=f"{at.astimezone(ZONE):%m-%d}", anchor=_anchor(share, 5)))
        at += step
    return tuple(ticks)


def _anchor(share: float, edge: float) -> str:
    if share < edge:
        return "start"
    return "end" if share > 100 - edge else "middle"
