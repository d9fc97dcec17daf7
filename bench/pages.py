"""How the work list and the case page bear a hundred times more cases: number of queries, and the 95th percentile.

Run as `python -m bench.pages`; `main` is called by `make bench`. Asked: no more queries than with few cases, and a p95
within 1.3 times, for an ordinary investigator and a prosecutor. The pages are asked for in this process.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench import world
from coordination.law.zone import ZONE

RESULTS = Path(__file__).resolve().parent / "results"
FEW, MANY = 1_000, 100_000
ROUNDS, WARM = 60, 5
ASKED = 1.3
READERS = ("shen.yanqiu", "gu.nanqiao")
PAGES = {
    "work list": "/", "case list": "/cases/", "search by name": "/cases/?text=被盗案",
    "search for nothing": "/cases/?text=没有这样的案件", "cases by the API": "/api/v1/cases/",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """What one page cost: queries of one request, milliseconds of the median and of the 95th percentile."""

    queries: int
    median_ms: float
    p95_ms: float


def measure(ask: Callable[[], object]) -> Page:
    """Ask for a page again and again; the queries are counted once it is warm."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    for _ in range(WARM):
        ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    queries = len(asked)  # now: the next request empties the log
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(spent, n=20)[18]
    return Page(queries, round(statistics.median(spent), 1), round(p95, 1))


def settled() -> None:
    """Let the database do now what its own caretaker would do within minutes, in both worlds alike."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def pages(case: object) -> dict[str, Page]:
    """Measure the lists and the page of `case` for each reader."""
    from django.test import Client  # noqa: PLC0415

    from coordination.models import User  # noqa: PLC0415

    found = {}
    for login in READERS:
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(User.objects.get(login=login))
        for name, address in {**PAGES, "case page": f"/cases/{case}/"}.items():

            def ask(client: Client = client, address: str = address) -> None:
                answer = client.get(address)
                if answer.status_code != 200:
                    raise RuntimeError(f"{address} answered {answer.status_code}")

            found[f"{name}, {login}"] = measure(ask)
    return found


def figures() -> dict[str, object]:
    """Measure the same pages of the same case in a small world and in a large one."""
    from cases.models import Case  # noqa: PLC0415
    from supervision.demo import seed_stories, seeding  # noqa: PLC0415

    now = datetime.now(ZONE)
    # All the few are the readers' own: what is compared is the record around a full page, not how full it is.
    seeding.seed(FEW, now=now, desks=seed_stories.DESKS[:1])
    read_by_both = Case.objects.filter(investigator__login=READERS[0], prosecutor__login=READERS[1])
    case = read_by_both.filter(proceedings__process="custody").latest("received_at", "id").pk
    settled()
    few = pages(case)
    began = time.perf_counter()
    done = seeding.seed(MANY - FEW, now=now, seed=2)
    spent = time.perf_counter() - began
    settled()
    many = pages(case)
    rows = {
        name: {
            "queries": [few[name].queries, many[name].queries],
            "median_ms": [few[name].median_ms, many[name].median_ms],
            "p95_ms": [few[name].p95_ms, many[name].p95_ms],
            "p95 ratio": round(many[name].p95_ms / few[name].p95_ms, 2),
        }
        for name in few
    }
    within = all(
        many[name].queries <= few[name].queries and many[name].p95_ms <= ASKED * few[name].p95_ms
        for name in few
    )
    return {
        "cases": [FEW, MANY], "seeded rows a second": round(done.rows / spent), "seeding, s": round(spent, 1),
        **rows, "within the aim": within,
    }  # fmt: skip


def main(out: Path = RESULTS) -> dict[str, object]:
    """Print the figures and write them to `pages.json` in the folder `out`."""
    world.start()
    found = figures()
    out.mkdir(parents=True, exist_ok=True)
    (out / "pages.json").write_text(
        json.dumps(found | {"machine": world.machine()}, indent=2) + "\n", "utf-8"
    )
    ratios = [value["p95 ratio"] for value in found.values() if isinstance(value, dict)]
    world.note(
        out,
        f"| work list and case page, {MANY:,} cases against {FEW:,} | p95 at most {max(ratios)} times (asked {ASKED}); "
        f"seeded in {found['seeding, s']} s |",
    )
    for name, value in found.items():
        sys.stdout.write(f"{name:<28} {value}\n")
    return found


if __name__ == "__main__":
    main()
