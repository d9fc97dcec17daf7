"""What the schedule calls: fetch nothing, call one verb, log. Safe to run twice at once."""

from __future__ import annotations

import structlog
from celery import shared_task

from coordination import worldtime
from supervision import suggestions

log = structlog.get_logger(__name__)


@shared_task
def look() -> None:
    """Look for entries that are missing after their time."""
    found = suggestions.look(worldtime.now())
    if found:
        log.info("suggestions.found", found=found)
