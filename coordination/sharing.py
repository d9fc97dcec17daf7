"""What one organ may see of the other's file: grant, narrow, revoke, expire. Each leaves an audit entry."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from coordination import audit
from coordination.models import Organisation, Share, User


def grant(
    actor: User | None,
    subject_id: UUID,
    *,
    kind: Share.Subject,
    to: Organisation,
    by: Organisation,
    scope: Share.Scope,
    ground: str,
    at: datetime,
    until: datetime | None = None,
) -> Share:
    """Open `subject_id` to the organ `to`; an open share is widened in place of a second one.

    `ground` says why, in words or as an article; `until` None leaves it open till it is revoked.
    """
    held = Share.objects.select_for_update().filter(
        subject_kind=kind, subject_id=subject_id, organisation=to, revoked_at__isnull=True
    )
    share = held.first()
    if share and (share.until is None or share.until > at) and _width(share.scope) >= _width(scope):
        return share
    if share:
        held.update(revoked_at=at, revoked_by=actor)
    share = Share.objects.create(
        subject_kind=kind, subject_id=subject_id, organisation=to, granted_by_organ=by, scope=scope,
        ground=ground, granted_by=actor, granted_at=at, until=until,
    )  # fmt: skip
    _record(actor, "share.granted", share, at)
    return share


def revoke(actor: User | None, share: Share, *, at: datetime) -> bool:
    """Close an open share; returns whether it was still open."""
    closed = Share.objects.filter(pk=share.pk, revoked_at__isnull=True).update(
        revoked_at=at, revoked_by=actor
    )
    if closed:
        _record(actor, "share.revoked", share, at)
    return bool(closed)


def expire(now: datetime) -> int:
    """Close the shares whose last day has passed; returns how many. Safe to run twice at once."""
    count = 0
    for share in Share.objects.filter(revoked_at__isnull=True, until__lte=now).order_by("id"):
        count += revoke(None, share, at=now)
    return count


def _width(scope: str) -> int:
    return (Share.Scope.HEADER, Share.Scope.MATTER, Share.Scope.FULL).index(Share.Scope(scope))


def _record(actor: User | None, action: str, share: Share, at: datetime) -> None:
    case_id = share.subject_id if share.subject_kind == Share.Subject.CASE else None
    audit.record(
        actor,
        action,
        at=at,
        subject=audit.Subject("share", share.pk, case_id),
        organisation=share.granted_by_organ,
        to=share.organisation.code,
        scope=share.scope,
        ground=share.ground,
    )
