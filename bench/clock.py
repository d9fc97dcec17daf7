"""How fast the clock is: `clock.due()` against a plain loop over the chinesecalendar library, in one run.

Run as `python bench/clock.py` or `python -m bench.clock`; `main` is called by `make bench`. Both sides get the same
instants, in UTC as a database hands them out, and must come to the same end for each before anything is timed.
"""

from __future__ import annotations

import json
import platform
import random
import sys
import time
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coordination.law.zone import ZONE

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # started as a file, this folder would be the only one searched
    sys.path.insert(0, str(ROOT))

import chinese_calendar  # noqa: E402

from coordination.law.calendar import national  # noqa: E402
from coordination.law.clock import due  # noqa: E402
from coordination.law.limit import Limit  # noqa: E402
from coordination.law.periods import Period, period  # noqa: E402
from coordination.law.rulebook import rulebook  # noqa: E402

RESULTS = ROOT / "bench" / "results"
STARTS = 2_000
BATCH = 20
ROUNDS = 5
AIM_RATIO = 10.0
AIM_RATE = 100_000

USED = (
    ("desk_receipt_norm", False),
    ("filing_review_general", False),
    ("detention_interrogation", True),
    ("arrest_request_after_detention", True),
    ("arrest_review_detained", True),
    ("arrest_execution_receipt", True),
    ("investigation_custody", True),
    ("prosecution_review", False),
    ("lead_triage_norm", False),
    ("reply_after_urge_norm", False),
)
"""The limits that wind in every ordinary case, from its report to an urged notice; and whether in custody."""


@dataclass(frozen=True)
class Plain:
    """One limit as a plain program has it: how long, in which days, and whether a holiday moves the end."""

    length: Period
    full_days: bool
    working: bool
    moves: bool


def plain(limit: Limit, *, in_custody: bool) -> Plain:
    """Return what the plain loop needs of a limit, looked up once and not timed."""
    text = limit.duration or limit.stages[0].duration
    return Plain(
        period(text or ""),
        limit.counting == "full_24h_days",
        limit.day_kind == "working",
        limit.rolls_over(in_custody),
    )


def corresponding(day: date, months: int) -> date:
    """Return the same day `months` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def looped(asked: Plain, start: datetime) -> datetime:
    """Return the end as the obvious program finds it: day by day, asking the library where the answer matters."""
    start = start.astimezone(ZONE)
    length = asked.length
    if length.exact:
        return start + timedelta(hours=length.hours)
    if asked.full_days:
        return start + timedelta(days=length.days)
    one = timedelta(days=1)
    day = corresponding(start.date(), length.months) if length.months else start.date()
    left = length.days
    while left:
        day += one
        if not asked.working or chinese_calendar.is_workday(day):
            left -= 1
    while asked.moves and not chinese_calendar.is_workday(day):
        day += one
    return datetime(day.year, day.month, day.day, tzinfo=ZONE) + one


def instants() -> list[datetime]:
    """Return the starts: instants of 2020 to 2026 in no order, always the same ones."""
    drawn = random.Random(20261123)
    first = datetime(2020, 1, 2, tzinfo=UTC)
    minutes = int((datetime(2026, 9, 30, tzinfo=UTC) - first) / timedelta(minutes=1))
    return [first + timedelta(minutes=drawn.randrange(minutes)) for _ in range(STARTS)]


def microseconds(works: list[Callable[[datetime], object]], starts: list[datetime]) -> list[float]:
    """Return the time of each per call, all of them in turn, from the best round of every small batch.

    Small batches, because a long one is more often interrupted by other work: that would flatter the faster side.
    """
    spent = [0.0] * len(works)
    for first in range(0, len(starts), BATCH):
        batch = starts[first : first + BATCH]
        for place, work in enumerate(works):
            rounds = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                for start in batch:
                    work(start)
                rounds.append(time.perf_counter() - began)
            spent[place] += min(rounds)
    return [total / len(starts) * 1e6 for total in spent]


def compared(limit: Limit, starts: list[datetime], *, in_custody: bool) -> dict[str, float]:
    """Check that both ways agree on every start, then time them."""
    calendar = national()
    asked = plain(limit, in_custody=in_custody)

    def ours(start: datetime) -> datetime:
        return due(limit, start, in_custody=in_custody, calendar=calendar).at

    def loop(start: datetime) -> datetime:
        return looped(asked, start)

    different = [start for start in starts if ours(start) != loop(start)]
    if different:
        message = f"{limit}: the two ways differ for {different[0]}"
        raise AssertionError(message)
    fast, slow = microseconds([ours, loop], starts)
    return {
        "clock_us": round(fast, 2),
        "loop_us": round(slow, 2),
        "ratio": round(slow / fast, 1),
        "clock_per_second": round(1e6 / fast),
    }


def machine() -> str:
    """Return what was measured on: processor, cores visible, interpreter."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )
    return f"{model}, one core, {platform.python_implementation()} {platform.python_version()}"


def figures() -> dict[str, object]:
    """Measure everything once; the totals are of one call of each of the ten limits."""
    starts = instants()
    rows = {
        name: compared(rulebook().limit(name), starts, in_custody=in_custody) for name, in_custody in USED
    }
    ours, loop = (sum(row[side] for row in rows.values()) for side in ("clock_us", "loop_us"))
    rate = round(len(rows) / ours * 1e6)
    return {
        "machine": machine(),
        "limits": rows,
        "ratio": round(loop / ours, 1),
        "clock_per_second": rate,
        "within_aim": loop / ours >= AIM_RATIO and rate >= AIM_RATE,
    }


def main(out: Path = RESULTS) -> dict[str, object]:
    """Print the figures and write them to `clock.json` in the folder `out`."""
    found = figures()
    out.mkdir(parents=True, exist_ok=True)
    (out / "clock.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    sys.stdout.write(f"{'limit':<32}{'clock µs':>10}{'loop µs':>10}{'ratio':>8}{'a second':>12}\n")
    rows = found["limits"]
    if isinstance(rows, dict):
        for name, row in rows.items():
            numbers = (
                f"{row['clock_us']:>10}{row['loop_us']:>10}{row['ratio']:>8}{row['clock_per_second']:>12,}"
            )
            sys.stdout.write(f"{name:<32}{numbers}\n")
    sys.stdout.write(f"{'all ten':<52}{found['ratio']:>8}{found['clock_per_second']:>12,}\n")
    sys.stdout.write(f"{found['machine']}; within the aim: {'yes' if found['within_aim'] else 'no'}\n")
    return found


if __name__ == "__main__":
    main()
