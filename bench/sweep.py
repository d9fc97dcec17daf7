"""How fast deadlines ring: the sweep over 100,000 due deadlines against bare SQL that claims and writes the same rows.

Run as `python -m bench.sweep`; `main` is called by `make bench`. Asked: 0.3 of the bare speed and 3,000 a second.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from bench import world
from coordination.law.zone import ZONE

RESULTS = Path(__file__).resolve().parent / "results"
DEADLINES = 100_000
BATCH = 1000
ASKED_RATIO, ASKED_SPEED = 0.3, 3000
SEEDED = 20_000
PLAIN = (
    "case_reception_immediate", "filing_review_general", "detention_family_notice", "detention_interrogation",
    "detention_send_to_detention_house",
)  # fmt: skip

# What a sweep must write, as one statement a batch: one rung and one message for each deadline.
BARE = """
WITH due AS MATERIALIZED (
    SELECT id, due_at, owner_id, proceeding_id, case_id FROM cases_deadline
    WHERE next_alarm_at <= %(now)s ORDER BY next_alarm_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), rung AS (
    INSERT INTO cases_deadlineevent (deadline_id, kind, rung, at, due_at, detail)
    SELECT id, 'rung', 'overdue', %(now)s, due_at, '{}' FROM due
), told AS (
    INSERT INTO coordination_message
        (recipient_id, code, params, link, case_id, is_statutory, posted_at, mail_attempts, once_key)
    SELECT owner_id, 'deadline.overdue', %(params)s, '/proceedings/' || proceeding_id || '/', case_id, TRUE, %(now)s,
        0, id || ':overdue:' || to_char(due_at, 'YYYYMMDDHH24MI') FROM due ON CONFLICT DO NOTHING
)
UPDATE cases_deadline d SET next_alarm_at = NULL, next_rung = '' FROM due WHERE d.id = due.id
"""


ARM = """
UPDATE cases_deadline SET stopped_at = NULL, stopped_by_id = NULL, stop_event = '',
    started_at = %(due)s - interval '9 min',
    due_at = %(due)s, fires_at = %(due)s, due_on = NULL, outer_at = NULL, plan_on = NULL, suspended_at = NULL,
    next_alarm_at = %(due)s, next_rung = 'overdue', owner_id = coalesce(owner_id, %(owner)s)
WHERE id IN (SELECT id FROM cases_deadline WHERE "limit" = ANY(%(plain)s) ORDER BY id LIMIT %(count)s)
"""


def arm(due: datetime) -> int:
    """Let the deadlines run again and be overdue since `due`; every one rings its rung `overdue` and no other."""
    from django.db import connection  # noqa: PLC0415

    from coordination.models import User  # noqa: PLC0415

    owner = User.objects.get(login="shen.yanqiu").pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_deadline SET next_alarm_at = NULL WHERE next_alarm_at IS NOT NULL")
        cursor.execute(ARM, {"due": due, "owner": owner, "plain": list(PLAIN), "count": DEADLINES})
        armed: int = cursor.rowcount
        cursor.execute("VACUUM ANALYZE cases_deadline")
    return armed


def bare(now: datetime) -> int:
    """Claim and write everything that is due with the bare statement; returns how many deadlines rang."""
    from django.db import connection, transaction  # noqa: PLC0415

    params = json.dumps(
        {"due": "2026-11-20 10:00", "limit": {"en": "a limit", "zh": "期限"}, "matter": {"en": "x" * 40}}
    )
    rung = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BARE, {"now": now, "batch": BATCH, "params": params})
            if not cursor.rowcount:
                return rung
            rung += cursor.rowcount


def figures() -> dict[str, object]:
    """Measure twice each, in turn, and keep the better of each."""
    from cases.models import Deadline  # noqa: PLC0415
    from cases.sweep import sweep  # noqa: PLC0415
    from supervision.demo import seeding  # noqa: PLC0415

    now = datetime.now(ZONE).replace(microsecond=0)
    while Deadline.objects.filter(limit__in=PLAIN).count() < DEADLINES:
        seeding.seed(SEEDED, now=now)
    speeds: dict[str, list[float]] = {"bare": [], "sweep": []}
    for turn in range(4):
        ring, name = (bare, "bare") if turn % 2 else (lambda at: sweep(at).deadlines, "sweep")
        count = arm(now - timedelta(minutes=10 * (turn + 1)))
        began = time.perf_counter()
        rung = ring(now)
        speeds[name].append(rung / (time.perf_counter() - began))
        if rung != count:
            raise RuntimeError(f"{name} rang {rung} of {count} deadlines")
    mine, floor = max(speeds["sweep"]), max(speeds["bare"])
    return {
        "deadlines": DEADLINES, "sweep a second": round(mine), "bare SQL a second": round(floor),
        "ratio": round(mine / floor, 2), "within the aim": mine / floor >= ASKED_RATIO and mine >= ASKED_SPEED,
    }  # fmt: skip


def main(out: Path = RESULTS) -> dict[str, object]:
    """Print the figures and write them to `sweep.json` in the folder `out`."""
    world.start()
    found = figures()
    out.mkdir(parents=True, exist_ok=True)
    (out / "sweep.json").write_text(
        json.dumps(found | {"machine": world.machine()}, indent=2) + "\n", "utf-8"
    )
    world.note(
        out,
        f"| sweep over {DEADLINES:,} due deadlines | {found['sweep a second']:,} a second; bare SQL "
        f"{found['bare SQL a second']:,}; ratio {found['ratio']} (asked {ASKED_RATIO} and {ASKED_SPEED:,}) |",
    )
    for name, value in found.items():
        sys.stdout.write(f"{name:<28} {value}\n")
    return found


if __name__ == "__main__":
    main()
