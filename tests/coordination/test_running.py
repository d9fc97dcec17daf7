"""`make run` as its user meets it: a real start, a death in the house, a kill, a second start with the data kept.

Runs the product in a state folder of its own, so that a `make run` of this checkout goes on undisturbed.
"""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordination.children import alive, end_leftovers
from coordination.running import choose_port, lock, reserve
from coordination.statefolder import CannotRun, StateFolder

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0


class Run:
    """One `python -m coordination.running` and what it said."""

    def __init__(self, state: Path) -> None:
        kept = ("PATH", "HOME", "LANG", "PYTHONPATH", "TZ")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coordination.running"],
            cwd=CHECKOUT,
            env={**environment, "STATE_FOLDER": str(state)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def until(self, words: str) -> str:
        """Read until `words` are said; fails the test where they never are."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + PATIENCE
        while words not in self.said:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            piece = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not piece:
                pytest.fail(f"never said {words!r}; said:\n{self.said}")
            self.said += piece.decode()
        return self.said

    def stop(self) -> int:
        """Press Ctrl-C and wait for the end."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def kill(self) -> None:
        """Take the process away without a word."""
        self.process.kill()
        self.process.wait()


@pytest.fixture
def state() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="jj ", dir="/tmp"))
    folder.chmod(0o711)
    yield folder / "state"
    left = StateFolder(folder / "state")
    end_leftovers(left.mark, patience=10)
    shutil.rmtree(left.sockets, ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def runs() -> Iterator[list[Run]]:
    """Runs to be ended after the test, whatever became of it."""
    all_runs: list[Run] = []
    yield all_runs
    for run in all_runs:
        if run.process.poll() is None:
            run.stop()
        if run.process.stdout:
            run.process.stdout.close()


def _begin(state: Path, runs: list[Run]) -> Run:
    run = Run(state)
    runs.append(run)
    return run


def _get(address: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.status, answer.read()


def _members(state: Path) -> dict[str, int]:
    """The live processes of a state folder, by the program they run."""
    mark = f"JIANJING_RUN={StateFolder(state).mark}".encode()
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0") and alive(int(entry.name)):
                found[(entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()] = int(entry.name)
        except OSError:
            continue
    return found


@pytest.mark.slow
def test_run_survives_a_death_a_kill_and_a_second_start(state: Path, runs: list[Run]) -> None:
    first = _begin(state, runs)
    said = first.until("Press Ctrl-C")
    found = re.search(r"Jianjing is at (http://\S+)", said)
    assert found is not None
    address = found[1]
    assert _get(f"{address}health/live") == (200, b'{"status": "ok"}')

    second = _begin(state, runs)
    assert f"already running from this folder, at {address}" in second.until("(process")
    assert second.process.wait(20) == 1

    beat = next(pid for line, pid in _members(state).items() if " beat " in line)
    os.kill(beat, signal.SIGKILL)
    first.until("beat was started again")

    first.kill()
    again = _begin(state, runs)
    said = again.until("Press Ctrl-C")
    assert address in said
    assert "A new database was made" not in said
    assert _get(f"{address}health/live")[0] == 200

    assert again.stop() == 0
    assert _members(state) == {}


def test_reserve_keeps_a_port_from_a_second_start() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    first = reserve(port)

    assert first is not None
    with first:
        assert reserve(port) is None


def test_port_taken_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(CannotRun, match=f"Port {port} is taken by another program"):
            choose_port(StateFolder(tmp_path))


def test_last_port_is_chosen_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    state = StateFolder(tmp_path)
    state.write_note(state.running, {"port": free})

    port, mark = choose_port(state)

    mark.close()
    assert port == free


def test_second_lock_names_the_address_of_the_first(tmp_path: Path) -> None:
    state = StateFolder(tmp_path)
    state.write_note(state.running, {"address": "http://127.0.0.1:8042/", "pid": 4242})

    with (
        lock(state),
        pytest.raises(CannotRun, match=r"already running .* http://127\.0\.0\.1:8042/ \(process 4242\)"),
    ):
        lock(state)


def test_note_cut_off_by_a_crash_is_no_note(tmp_path: Path) -> None:
    state = StateFolder(tmp_path)
    state.running.write_text(json.dumps({"port": 8000})[:-3])

    assert state.note(state.running) == {}
