"""How fast a world is filled: `seed_world` against a bare COPY of such rows into tables without any index.

Run as `python -m bench.seeding`; `main` is called by `make bench`. Asked: 100,000 cases in seconds, not minutes. The
floor is measured on fewer cases, drawn in the same way, and compared by rows a second.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bench import world
from coordination.law.zone import ZONE

RESULTS = Path(__file__).resolve().parent / "results"
CASES, BARE = 100_000, 10_000
ASKED_SECONDS = 60.0


def bare(columns: Mapping[str, list[str]], blocks: Mapping[str, list[bytes]]) -> float:
    """Copy the rows into tables of the same columns and nothing else; returns rows a second, the better of two."""
    from django.db import connection, transaction  # noqa: PLC0415

    from supervision.demo import loading  # noqa: PLC0415

    rows = sum(text.count(b"\n") for found in blocks.values() for text in found)
    spent = []
    for _ in range(2):
        with transaction.atomic(), connection.cursor() as cursor:
            for table in blocks:
                cursor.execute(
                    f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY)"
                )
            began = time.perf_counter()
            for table, found in blocks.items():
                loading.write(cursor, f"bare_{table}", columns[table], found)
            spent.append(time.perf_counter() - began)
            transaction.set_rollback(True)
    return rows / min(spent)


def figures(cases: int = CASES) -> dict[str, object]:
    """Fill a world that has nothing but the cast, then copy rows of the same kind into bare tables."""
    from supervision.demo import seeding  # noqa: PLC0415

    columns: dict[str, list[str]] = {}
    blocks: dict[str, list[bytes]] = {}
    began = time.perf_counter()
    done = seeding.seed(cases, now=datetime.now(ZONE))
    spent = time.perf_counter() - began
    writer = seeding.writer(min(BARE, cases), now=datetime.now(ZONE))
    for _ in range(0, min(BARE, cases), seeding.CHUNK):
        for table, found in writer.chunk(seeding.CHUNK).items():
            blocks.setdefault(table, []).extend(found)
            columns[table] = list(writer.columns[table])
    floor = bare(columns, blocks)
    return {
        "cases": cases, "rows": done.rows, "seconds": round(spent, 1), "rows a second": round(done.rows / spent),
        "bare COPY, rows a second": round(floor), "ratio": round(done.rows / spent / floor, 2),
        "within the aim": spent * CASES / cases <= ASKED_SECONDS,
    }  # fmt: skip


def main(out: Path = RESULTS) -> dict[str, object]:
    """Print the figures and write them to `seeding.json` in the folder `out`."""
    world.start()
    found = figures()
    out.mkdir(parents=True, exist_ok=True)
    (out / "seeding.json").write_text(
        json.dumps(found | {"machine": world.machine()}, indent=2) + "\n", "utf-8"
    )
    world.note(
        out,
        f"| seeding {found['cases']:,} cases | {found['seconds']} s, {found['rows a second']:,} rows a second; "
        f"bare COPY {found['bare COPY, rows a second']:,}; ratio {found['ratio']} |",
    )
    for name, value in found.items():
        sys.stdout.write(f"{name:<28} {value}\n")
    return found


if __name__ == "__main__":
    main()
