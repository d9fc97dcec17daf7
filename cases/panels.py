"""What floors above put beside a case: short lists of links, registered at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.models import Case
from coordination.components import Link
from coordination.models import User
from coordination.standing import Standing


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled list with a line that says what it is."""

    title: str
    note: str
    lines: tuple[Link, ...]


Source = Callable[[User, Standing, Case, datetime], Panel | None]
_SOURCES: list[Source] = []


def add(source: Source) -> None:
    """Register a function of (person, standing, case, now); it returns None where there is nothing for the person."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def beside(user: User, who: Standing, case: Case, *, now: datetime) -> tuple[Panel, ...]:
    """Return everything that stands beside a case for this person."""
    found = (source(user, who, case, now) for source in _SOURCES)
    return tuple(panel for panel in found if panel is not None)
