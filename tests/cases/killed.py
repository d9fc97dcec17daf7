"""A world of its own for the tests that kill: a database server in a temp folder, due deadlines, sweeps as processes.

Run as `python -m tests.cases.killed fill|sweep|sweep-small`, with DATABASE_URL in the environment.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from uuid import uuid4

NOW = "2026-11-20 10:00"
DEADLINES = 600
SMALL = 10


def fill() -> None:
    """Migrate, load the cast, and let many clocks of one case be due, each with two rungs behind it."""
    from django.core.management import call_command

    from cases.models import Deadline, Occurrence
    from supervision.demo import people
    from tests.cast import at, registered

    call_command("migrate", verbosity=0)
    people.load(hashed="!")
    case = registered(at("2026-11-02 09:00"))
    model = Deadline.objects.select_related("anchor").get(case=case, limit="filing_review_general")
    due = at(NOW) - timedelta(minutes=5)
    anchors = Occurrence.objects.bulk_create(
        Occurrence(
            id=uuid4(),
            event=model.anchor.event, at=model.anchor.at, recorded_at=model.anchor.at, case=case,
            proceeding=model.proceeding, thread_id=model.thread_id, wound=[model.limit], jurisdiction="990102",
        )
        for _ in range(DEADLINES)
    )  # fmt: skip
    Deadline.objects.update(next_alarm_at=None)
    Deadline.objects.bulk_create(
        Deadline(
            limit=model.limit, edition=model.edition, case=case, proceeding=model.proceeding,
            thread_id=model.thread_id, anchor=anchor, started_at=model.started_at, in_custody=False, due_at=due,
            fires_at=due, next_alarm_at=due - timedelta(hours=24), next_rung="remind", because=[],
            responsible=model.responsible, responsible_role="investigator", owner=model.owner, area=model.area,
            jurisdiction="990102",
        )
        for anchor in anchors
    )  # fmt: skip


def ring(batch: int) -> None:
    """Sweep once, at the instant of the test."""
    from cases.sweep import sweep
    from tests.cast import at

    sweep(at(NOW), batch=batch)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
    import django

    django.setup()
    match sys.argv[1]:
        case "fill":
            fill()
        case "sweep":
            ring(200)
        case "sweep-small":
            ring(SMALL)
