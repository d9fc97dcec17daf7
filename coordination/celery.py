"""The Celery application and everything that is done by the clock, in one list.

No task is ever sent with an ETA or a countdown: tasks look in the database for what is due and unclaimed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")

app = Celery("jianjing")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def _entry(task: str, schedule: timedelta | crontab, *, expires: timedelta) -> dict[str, Any]:
    """One line of the schedule. A run that no worker took within `expires` is dropped: the next one does its work."""
    return {"task": task, "schedule": schedule, "options": {"expires": expires.total_seconds()}}


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# crontab() is read in UTC: 18:00 is 02:00 of the next day in Beijing.
SCHEDULE: Mapping[str, dict[str, Any]] = {
    "remind, mark due and overdue, draft what follows": _entry("cases.tasks.sweep", MINUTE, expires=MINUTE),
    "deliver messages by e-mail": _entry("coordination.tasks.deliver_messages", MINUTE, expires=MINUTE),
    "recalculate deadlines after a new holiday table": _entry(
        "cases.tasks.recalculate", MINUTE, expires=MINUTE
    ),
    "say which holiday tables are in force": _entry(
        "coordination.tasks.publish_calendar", MINUTE, expires=MINUTE
    ),
    "from 1 November ask for next year's holiday table": _entry(
        "coordination.tasks.remind_calendar", crontab(hour="1", minute="0"), expires=6 * HOUR
    ),
    "compare stored deadlines with derived ones": _entry(
        "cases.tasks.reconcile", crontab(hour="18", minute="0"), expires=6 * HOUR
    ),
    "look for entries that are missing after their time": _entry(
        "supervision.tasks.look", crontab(minute="22"), expires=HOUR
    ),
    "seal the audit": _entry("coordination.tasks.seal_audit", crontab(minute="7"), expires=HOUR),
    "close shares whose time is over": _entry(
        "coordination.tasks.expire_shares", crontab(hour="16", minute="5"), expires=6 * HOUR
    ),
}
app.conf.beat_schedule = dict(SCHEDULE)


@task_prerun.connect
def _know_the_calendar(**_ignored: object) -> None:
    """A task counts by the holiday tables in force, however long its worker has run."""
    from coordination import calendars  # noqa: PLC0415 - the apps are not loaded yet when this module is

    calendars.refresh()


@setup_logging.connect
def _keep_our_logs(**_ignored: object) -> None:
    """Celery would set up logs of its own; having this receiver keeps those of `coordination.logs`."""
