"""How confidential a row is that follows from others: as confidential as the most confidential of them.

A clock, a step, a paper or a message that follows from a restricted activity would tell of it. Each keeps its own
level in a column, set here when it is made, and `policy.visible` compares it; nobody below the level is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db.models import Q

from coordination.models import Posting, User


class Levelled(Protocol):
    """A row with a level of confidentiality; 0 is open to everyone who sees the matter."""

    confidentiality: int


def of(*sources: Levelled | None) -> int:
    """Return the highest level among the rows something follows from."""
    return max((row.confidentiality for row in sources if row is not None), default=0)


def cleared(people: Iterable[User], level: int, now: datetime) -> list[User]:
    """Keep those whose clearance reaches the level; one query, none for what is open to everyone."""
    people = list(people)
    if level <= 0 or not people:
        return people
    held = Posting.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now),
        user__in=people,
        starts_at__lte=now,
        clearance__gte=level,
    )
    known = set(held.values_list("user_id", flat=True))
    return [user for user in people if user.pk in known]
