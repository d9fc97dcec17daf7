"""The demo world for tests: one story of it told up to the reference day, and what runs in it then."""

from __future__ import annotations

from cases.models import Deadline
from supervision.demo import people, stories, telling


def tell(*names: str) -> None:
    """Load the people and play stories, each named as its module in `supervision.demo.stories`."""
    people.load(hashed="!")
    tellers = stories.tellers()
    telling.play([scene for name in names for scene in tellers[name]()], until=stories.REFERENCE)


def running(number: str, limit: str) -> Deadline:
    """The clock of a limit that runs in a case."""
    return Deadline.objects.get(case__number=number, limit=limit, stopped_at=None)
