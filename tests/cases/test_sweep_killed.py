"""A sweep that is killed, a database that is killed in the middle of one, and sweeps at once: every rung rings once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from coordination.children import Child
from coordination.embedded import DATABASE, SUPERUSER, PostgreSQL, services
from coordination.statefolder import StateFolder
from tests.cases.killed import DEADLINES

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@dataclass
class World:
    """The server of one test and how to reach it."""

    server: PostgreSQL
    child: Child
    folder: Path

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}:{self.server.password}@/{DATABASE}?host={self.server.socket}"

    def begin(self, what: str) -> subprocess.Popen[bytes]:
        """Start a process of `tests.cases.killed`."""
        environment = {**os.environ, "DATABASE_URL": self.url, "STATE_FOLDER": str(self.folder)}
        with (self.folder / "said.log").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.cases.killed", what], cwd=ROOT, env=environment, stderr=said
            )

    @property
    def said(self) -> str:
        return (self.folder / "said.log").read_text(errors="replace")[-3000:]

    def one(self, query: str) -> int:
        """The single number that a query answers."""
        with psycopg.connect(self.url, connect_timeout=10) as connection:
            row = connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    def rung(self) -> int:
        return self.one("SELECT count(*) FROM cases_deadlineevent WHERE kind = 'rung'")

    def until_more(self, than: int, sweep: subprocess.Popen[bytes]) -> None:
        """Wait until more rungs than that are there, or the sweep has ended."""
        end = time.monotonic() + PATIENCE
        while self.rung() <= than and sweep.poll() is None and time.monotonic() < end:
            time.sleep(0.005)


@pytest.fixture
def world() -> Iterator[World]:
    folder = Path(tempfile.mkdtemp(prefix="jj-", dir="/tmp"))
    folder.chmod(0o711)
    server, _broker = services(StateFolder(folder), durable=True)
    server.initialise()
    child = server.child()
    child.start()
    made = World(server, child, folder)
    try:
        server.wait(child)
        server.make_database()
        assert made.begin("fill").wait(timeout=240) == 0, made.said
        yield made
    finally:
        with suppress(ProcessLookupError):
            made.child.stop(patience=10)
        shutil.rmtree(folder, ignore_errors=True)


def test_kills_lose_no_rung_and_double_none(world: World) -> None:
    for _ in range(3):
        before = world.rung()
        sweep = world.begin("sweep-small")
        world.until_more(before, sweep)
        sweep.kill()
        assert sweep.wait(timeout=10) in (-signal.SIGKILL, 0)
    assert 0 < world.rung() < 2 * DEADLINES

    before = world.rung()
    sweep = world.begin("sweep-small")
    world.until_more(before, sweep)
    os.kill(world.child.pid, signal.SIGKILL)
    sweep.wait(timeout=PATIENCE)
    world.child.stop(patience=5)
    world.server.clear_after_crash()
    world.child = world.server.child()
    world.child.start()
    world.server.wait(world.child)
    after_crash = world.rung()
    assert before <= after_crash < 2 * DEADLINES

    at_once = [world.begin("sweep"), world.begin("sweep-small")]
    assert [sweep.wait(timeout=PATIENCE) for sweep in at_once] == [0, 0]

    _everything_rang_once(world)


def _everything_rang_once(world: World) -> None:
    """Two rungs for each deadline, a message for each rung and person, and the next alarm ahead of now."""
    each = "SELECT count(*) FROM (SELECT DISTINCT deadline_id, rung FROM cases_deadlineevent WHERE kind = 'rung') AS x"
    assert world.one(each) == 2 * DEADLINES
    rungs = world.rung()
    assert rungs == 2 * DEADLINES
    assert world.one("SELECT count(*) FROM cases_deadlineevent WHERE kind = 'failed'") == 0
    causes = "SELECT count(DISTINCT split_part(once_key, ':', 1) || split_part(once_key, ':', 2))"
    assert world.one(f"{causes} FROM coordination_message WHERE once_key <> ''") == rungs
    doubled = (
        "SELECT recipient_id FROM coordination_message WHERE once_key <> '' GROUP BY recipient_id, once_key"
    )
    assert world.one(f"SELECT count(*) FROM ({doubled} HAVING count(*) > 1) AS twice") == 0
    late = "SELECT count(*) FROM cases_deadline WHERE next_alarm_at <= '2026-11-20 02:00+00'"
    assert world.one(late) == 0
