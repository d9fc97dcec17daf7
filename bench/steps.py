"""What a step costs: queries and the 95th percentile, with a short and a long history, against a bare view.

Run as `python -m bench.steps`; `main` is called by `make bench`. Asked: no more than 25 queries whatever the length of
the history, and a p95 under 5 times that of a bare Django view which inserts one row. Both are asked over HTTP in this
process, by the same signed-in person, through the same middleware.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench import world
from coordination.law.zone import ZONE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cases.models import Proceeding

RESULTS = Path(__file__).resolve().parent / "results"
ASKED_QUERIES, ASKED_RATIO = 25, 5.0
ROUNDS, WARM, LONG = 60, 5, 500
METHOD = {"method": "records_obtained", "record": "调取讯问笔录，逐份核对签名"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Queries of one request, milliseconds of the median and of the 95th percentile."""

    queries: int
    median_ms: float
    p95_ms: float


def bare(request: HttpRequest) -> HttpResponse:
    """Insert one row, and nothing else."""
    from django.http import JsonResponse  # noqa: PLC0415

    from coordination.models import Message, User  # noqa: PLC0415

    assert isinstance(request.user, User)
    row = Message.objects.create(recipient=request.user, code="bench", posted_at=datetime.now(ZONE))
    return JsonResponse({"id": str(row.pk)}, status=201)


def measure(ask: Callable[[], int], expected: int) -> Cost:
    """Ask again and again; the most queries of any request count, and the time of those that are not counted."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def checked() -> None:
        if (status := ask()) != expected:
            raise RuntimeError(f"answered {status}")

    queries = 0
    for _ in range(WARM):
        with CaptureQueriesContext(connection) as asked:
            checked()
        queries = len(asked)
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        checked()
        spent.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(spent, n=20)[18]
    return Cost(queries, round(statistics.median(spent), 1), round(p95, 1))


def verified_lead() -> Proceeding:
    """A lead of a seeded case that is being verified: each method taken is one step more in its history."""
    from cases.models import Case  # noqa: PLC0415
    from cases.steps import take  # noqa: PLC0415
    from coordination.models import User  # noqa: PLC0415
    from supervision.findings import Seen, open_lead  # noqa: PLC0415

    prosecutor = User.objects.get(login="gu.nanqiao")
    now = datetime.now(ZONE) - timedelta(hours=1)
    case = Case.objects.filter(prosecutor=prosecutor, proceedings__process="custody").latest("received_at")
    lead = open_lead(prosecutor, case, Seen(("INT-1",), "仅一名侦查人员签名"), activity=None, at=now)
    take(prosecutor, lead, "triage", facts={"outcome": "verify", "risk": "middle", "note": "核查"}, at=now)
    take(prosecutor, lead, "verify", facts={}, at=now)
    return lead


def figures() -> dict[str, object]:
    """Measure the bare view, a step near the beginning of a history, and the same one with a long history."""
    from django.test import Client, override_settings  # noqa: PLC0415
    from django.urls import include, path  # noqa: PLC0415

    from coordination.models import User  # noqa: PLC0415
    from supervision.demo import seeding  # noqa: PLC0415

    seeding.seed(1_000, now=datetime.now(ZONE))
    lead = verified_lead()
    client = Client()
    client.force_login(User.objects.get(login="gu.nanqiao"))
    address = f"/api/v1/proceedings/{lead.pk}/steps/record_method/"
    version = lead.steps.count()

    def take_step() -> int:
        nonlocal version
        body = {"facts": METHOD, "version": version}
        version += 1
        return client.post(address, body, content_type="application/json").status_code

    class Routes:
        urlpatterns = (path("bare/", bare), path("", include("coordination.urls")))

    with override_settings(ROOT_URLCONF=Routes):
        floor = measure(lambda: client.post("/bare/").status_code, 201)
        short = measure(take_step, 201)
        while lead.steps.count() < LONG:
            take_step()
        long = measure(take_step, 201)
        floor_again = measure(lambda: client.post("/bare/").status_code, 201)
    slower = min(floor, floor_again, key=lambda cost: cost.p95_ms)
    ratio = round(max(short.p95_ms, long.p95_ms) / slower.p95_ms, 2)
    return {
        "bare view": asdict(slower), "step": asdict(short), f"step after {LONG} others": asdict(long),
        "p95 to a bare view": ratio, "queries": max(short.queries, long.queries),
        "within the aim": ratio < ASKED_RATIO and max(short.queries, long.queries) <= ASKED_QUERIES,
    }  # fmt: skip


def main(out: Path = RESULTS) -> dict[str, object]:
    """Print the figures and write them to `steps.json` in the folder `out`."""
    world.start()
    found = figures()
    out.mkdir(parents=True, exist_ok=True)
    (out / "steps.json").write_text(
        json.dumps(found | {"machine": world.machine()}, indent=2) + "\n", "utf-8"
    )
    world.note(
        out,
        f"| taking a step | {found['queries']} queries (asked {ASKED_QUERIES}); p95 {found['p95 to a bare view']} "
        f"times a bare view's (asked {ASKED_RATIO:.0f}) |",
    )
    for name, value in found.items():
        sys.stdout.write(f"{name:<28} {value}\n")
    return found


if __name__ == "__main__":
    main()
