"""The desks of the demo world: they take in on time what comes in, unless a scene tells how it was taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from cases.models import Deadline, Document
from cases.steps import take
from coordination.models import User

NORM = "desk_receipt_norm"
BEFORE_MIDNIGHT = timedelta(hours=7, minutes=30)
"""The desks receipt at half past four of the last day."""


@dataclass(frozen=True, slots=True)
class Evening:
    """A paper that a desk receipts at an instant."""

    clock: Deadline
    at: datetime

    def receipt(self) -> None:
        """Somebody who holds the desk's role takes it in."""
        clock = self.clock
        at_the_organ = Q(postings__organisation=clock.responsible) | Q(
            postings__organisation__parent=clock.responsible
        )
        desk = User.objects.filter(at_the_organ, postings__role=clock.responsible_role).order_by("login")[0]
        facts = {"received_at": self.at, "person": str(desk.pk)}
        take(desk, clock.proceeding, "receipt", facts=facts, at=self.at)


def next_paper(*, until: datetime, told: frozenset[tuple[str, str]]) -> Evening | None:
    """The first paper to be receipted up to `until`, but for those of which a scene tells (case number, kind)."""
    clocks = Deadline.objects.filter(
        limit=NORM, stopped_at__isnull=True, fires_at__lte=until + BEFORE_MIDNIGHT, proceeding__state="sent"
    ).select_related("proceeding", "responsible", "case")
    for clock in clocks.order_by("fires_at", "id"):
        kinds = Document.objects.filter(transfer=clock.proceeding).values_list("kind", flat=True)
        number = clock.case.number if clock.case else ""
        if told.isdisjoint((number, kind) for kind in kinds):
            return Evening(clock, max(clock.fires_at - BEFORE_MIDNIGHT, clock.started_at))
    return None
