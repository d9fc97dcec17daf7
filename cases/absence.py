"""Who acts in the place of whom: an accepted handover names a stand-in, one that is handed back ends it.

Chains are written out when they arise, so that nobody who reads has to follow them: who stands in for a stand-in
stands in for the absent person too. Imported at start-up, so that the steps of handovers are heard.
"""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet

from cases import listeners, scope
from cases.models import Proceeding, Step
from coordination.law.zone import ZONE
from coordination.models import StandIn

HANDOVER = "absence_handover"


@listeners.on(HANDOVER, "accept")
@listeners.on(HANDOVER, "force")
def begin(step: Step, at: datetime) -> None:
    """The stand-in acts from the first day of the absence, or from now where that has passed."""
    absent, deputy, from_on = _said(step.proceeding)
    starts_at = max(at, datetime.combine(from_on, time(), ZONE))
    stand_in(absent, deputy, starts_at=starts_at, cause=step.proceeding_id)


def stand_in(absent: UUID, deputy: UUID, *, starts_at: datetime, cause: UUID) -> None:
    """Let `deputy`, and whoever acts for `deputy`, act in the place of `absent` and of those for whom `absent` acts."""
    lasting = StandIn.objects.filter(ends_at__isnull=True)
    links = {(absent, deputy): cause}
    links |= {(row.absent_id, deputy): cause for row in lasting.filter(deputy=absent)}
    links |= {(absent, row.deputy_id): row.cause for row in lasting.filter(absent=deputy)}
    for (away, instead), reason in links.items():
        if away != instead:
            StandIn.objects.get_or_create(
                absent_id=away,
                deputy_id=instead,
                cause=reason,
                ends_at=None,
                defaults={"starts_at": starts_at},
            )


@listeners.on(HANDOVER, "end")
def end(step: Step, at: datetime) -> None:
    """What this handover began ends; so does what a chain began for a person who is back."""
    absent, _, _ = _said(step.proceeding)
    lasting = StandIn.objects.filter(ends_at__isnull=True)
    _close(lasting.filter(cause=step.proceeding_id), at)
    own = Proceeding.objects.filter(process=HANDOVER, state="active", steps__name="open", steps__actor=absent)
    if not own.exclude(pk=step.proceeding_id).exists():
        _close(lasting.filter(absent=absent), at)


def _close(rows: QuerySet[StandIn], at: datetime) -> None:
    """End what has begun; what lay ahead never was."""
    rows.filter(starts_at__gte=at).delete()
    rows.update(ends_at=at)


def _said(row: Proceeding) -> tuple[UUID, UUID, date]:
    """Who is absent, who stands in, and from which day; the latest naming counts."""
    taken = scope.taken(row)
    absent = next(UUID(one.actor_id) for one in taken if one.step == "open")
    said = {name: value for one in taken for name, value in one.facts.items()}
    from_on = said["from_on"]
    assert isinstance(from_on, date)  # noqa: S101 - the step asks for it
    return absent, UUID(str(said["stand_in"])), from_on
