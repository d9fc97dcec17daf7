"""What the schedule calls: fetch nothing, call one verb, log. Each is safe to run twice at once."""

from __future__ import annotations

import structlog
from celery import shared_task

from coordination import audit, calendars, inbox, sharing, worldtime

log = structlog.get_logger(__name__)


@shared_task
def deliver_messages() -> None:
    """Mail what waits in the outbox."""
    log.info("messages.mailed", count=inbox.deliver(worldtime.now()))


@shared_task
def seal_audit() -> None:
    """Seal the audit entries made since the last seal."""
    sealed = audit.seal(worldtime.now())
    log.info("audit.sealed", entries=sealed.entries if sealed else 0)


@shared_task
def publish_calendar() -> None:
    """Say again which holiday tables are in force."""
    calendars.publish()


@shared_task
def remind_calendar() -> None:
    """Ask for next year's holiday table where it is missing."""
    calendars.refresh(at_once=True)
    log.info("calendar.reminded", count=calendars.remind(worldtime.now()))


@shared_task
def expire_shares() -> None:
    """Close the shares whose time is over."""
    log.info("shares.expired", count=sharing.expire(worldtime.now()))
