"""When a person last looked at a case, so that what came later can be marked; and the record of reads across organs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cases.models import Activity, Case, CaseVisit, Proceeding
from coordination import audit
from coordination.models import User
from coordination.standing import Standing

Read = Case | Activity | Proceeding
"""What can be opened; a paper is recorded where it is opened, each time."""


def last(user: User, case: Case) -> datetime | None:
    """When the person looked at the case before; None for the first time."""
    return CaseVisit.objects.filter(user=user, case=case).order_by().values_list("seen_at", flat=True).first()


def remember(user: User, case: Case, *, at: datetime) -> None:
    """Keep that the person looked at the case."""
    CaseVisit.objects.bulk_create(
        [CaseVisit(user=user, case=case, seen_at=at)],
        update_conflicts=True,
        unique_fields=["user", "case"],
        update_fields=["seen_at"],
    )


def read(user: User, who: Standing, row: Read, *, at: datetime) -> None:
    """Record that the person opened a row of another organ; nothing, and no query, for what the own organ keeps."""
    if _owner(row) in who.organs:
        return
    case = row if isinstance(row, Case) else row.case
    kind = row._meta.model_name or ""
    subject = (
        audit.Subject("case", case.pk, case.pk, case.jurisdiction)
        if case
        else audit.Subject(kind, row.pk, None, row.jurisdiction)
    )
    audit.record_read(user, at=at, subject=subject, organisation=who.held[0].at.organ if who.held else None)


def _owner(row: Read) -> UUID:
    """Whose row it is: the police keep the case, a unit its entry, an organ its proceeding."""
    if isinstance(row, Case):
        return row.police_id
    return row.unit.organ.pk if isinstance(row, Activity) else row.organisation_id
