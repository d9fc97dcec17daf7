"""What the schedule calls: fetch nothing, call one verb, log. Each is safe to run twice at once."""

from __future__ import annotations

import structlog
from celery import shared_task

from cases import ownership, recalculating
from cases import sweep as sweeping
from coordination import worldtime

log = structlog.get_logger(__name__)


@shared_task
def sweep() -> None:
    """Ring what is due."""
    done = sweeping.sweep(worldtime.now())
    if done.deadlines:
        log.info("sweep.done", deadlines=done.deadlines, rungs=done.rungs, failed=done.failed)


@shared_task
def recalculate() -> None:
    """Go on with what a new holiday table asks for."""
    examined = recalculating.go_on(worldtime.now())
    if examined:
        log.info("recalculation.went_on", examined=examined)


@shared_task
def reconcile() -> None:
    """Compare stored clocks with derived ones and repair what differs; say what runs and nobody would see."""
    now = worldtime.now()
    log.info("reconcile.done", repaired=sweeping.reconcile(now))
    for one in ownership.unowned(now):
        log.error("running.unowned", what=str(one))
