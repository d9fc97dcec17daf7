"""When a person last looked at a case, so that what came later can be marked; and the record that the case was read."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.models import Case, CaseVisit
from coordination import audit
from coordination.models import User
from coordination.standing import Standing

ONE_VISIT = timedelta(minutes=30)
"""Looking again within this time is the same reading; it is recorded once."""


def last(user: User, case: Case) -> datetime | None:
    """When the person looked at the case before; None for the first time."""
    return CaseVisit.objects.filter(user=user, case=case).order_by().values_list("seen_at", flat=True).first()


def remember(user: User, who: Standing, case: Case, *, before: datetime | None, at: datetime) -> None:
    """Keep that the person looked at the case; a reader of another organ than the case's own is on record."""
    CaseVisit.objects.bulk_create(
        [CaseVisit(user=user, case=case, seen_at=at)],
        update_conflicts=True,
        unique_fields=["user", "case"],
        update_fields=["seen_at"],
    )
    if case.police_id not in who.organs and (before is None or at - before > ONE_VISIT):
        audit.record(
            user, "case.read", at=at, subject=audit.Subject("case", case.pk, case.pk, case.jurisdiction),
            organisation=who.held[0].at.organ if who.held else None,
        )  # fmt: skip
