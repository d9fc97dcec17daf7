"""Everything together in the foreground: database, broker, web server, worker and beat, started, watched and ended.

This is what `make run` runs. One thread, one loop; each process is a direct child in a session of its own, so that
Ctrl-C reaches only this one, which then ends them in order. A killed run leaves nothing that the next one cannot
clear. On real servers an orchestrator does this work (docker-compose.yml). No Django in here.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from coordination import environment as env
from coordination.children import MARK, Child, end_leftovers
from coordination.embedded import Broker, PostgreSQL, services
from coordination.statefolder import CHECKOUT, CannotRun, StateFolder, state_folder

HOST = "127.0.0.1"
PORTS = range(8000, 8100)
WEB_THREADS = 8
# What each process may take to end before it is forced, in seconds; the order is that of ending.
PATIENCE = {"web": 10.0, "beat": 5.0, "worker": 20.0, "broker": 5.0, "database": 20.0}
LOOK_EVERY = 0.2
FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 0.5, 30.0, 60.0


class Interrupted(Exception):
    """Somebody asked for the end while the start was still going on."""


@dataclass(slots=True)
class Watched:
    """One child and how its restarts go: the pause doubles with each death, until it has run steadily."""

    child: Child
    pause: float = FIRST_PAUSE
    started: float = 0.0
    restart_at: float | None = None

    def start(self) -> None:
        """Start the child and remember when."""
        self.child.start()
        self.started, self.restart_at = time.monotonic(), None

    def note_death(self) -> float:
        """Clear what is left of the child and plan its restart; returns the pause in seconds."""
        self.child.sweep_up()
        if time.monotonic() - self.started > STEADY_AFTER:
            self.pause = FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.restart_at = time.monotonic() + pause
        return pause


@dataclass(slots=True)
class House:
    """The five processes of one state folder and the address they answer at."""

    state: StateFolder
    database: PostgreSQL
    broker: Broker
    port: int
    watched: list[Watched] = field(default_factory=list)
    stopping: bool = False
    is_new: bool = False

    @property
    def address(self) -> str:
        """Where a browser finds the product."""
        return f"http://{HOST}:{self.port}/"

    def run(self) -> None:
        """Start everything, say where it is, and watch until somebody asks for the end. Raises CannotRun."""
        self._listen_for_the_end()
        self.state.write_note(
            self.state.running, {"address": self.address, "port": self.port, "pid": os.getpid()}
        )
        try:
            self._start_servers()
            self._prepare()
            for child in _programs(self.state, self.port):
                self._watch(child)
            self._wait_for_web()
            say(f"\nJianjing is at {self.address}")
            say(_signins(self.state))
            say(f"Logs are in {self.state.logs}. Press Ctrl-C to stop.")
            while not self.stopping:
                self._look()
                time.sleep(LOOK_EVERY)
        except Interrupted:
            pass
        finally:
            self._stop_all()

    def _listen_for_the_end(self) -> None:
        def end(_number: int, _frame: FrameType | None) -> None:
            self.stopping = True

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, end)

    def _start_servers(self) -> None:
        if self.database.initialise():
            self.is_new = True
            say(
                f"A new database was made in {self.database.data}; the demo world is loaded into it (a minute or so)."
            )
        self.database.clear_after_crash()
        self._watch(self.broker.child())
        self._watch(self.database.child())
        self.database.wait(self.watched[-1].child)
        self.broker.wait(self.watched[0].child)
        self.database.make_database()

    def _watch(self, child: Child) -> None:
        watched = Watched(child)
        self.watched.append(watched)
        watched.start()

    def _prepare(self) -> None:
        """Bring the tables, the translations and the demo world up to date, in a process of its own."""
        say("Preparing the database …" if self.is_new else "Checking the database …")
        child = _manage("prepare", self.state)
        child.start()
        try:
            while not child.ended:
                self._check_interrupted()
                time.sleep(0.05)
        finally:
            child.stop(patience=5)
        if child.process is not None and child.process.returncode != 0:
            raise CannotRun(f"The database could not be prepared:\n{_end_of(child.log, 15)}")

    def _wait_for_web(self, *, patience: float = 60) -> None:
        deadline = time.monotonic() + patience
        while not _answers(f"{self.address}health/live"):
            self._check_interrupted()
            web = next(each.child for each in self.watched if each.child.name == "web")
            if web.ended or time.monotonic() > deadline:
                raise CannotRun(
                    f"The web server did not start. The end of {web.log}:\n{_end_of(web.log, 15)}"
                )
            time.sleep(0.05)

    def _check_interrupted(self) -> None:
        if self.stopping:
            raise Interrupted

    def _look(self) -> None:
        """Restart whoever died: at once the first time, with growing pauses after that."""
        for each in self.watched:
            if each.restart_at is not None:
                if time.monotonic() >= each.restart_at:
                    self._restart(each)
            elif each.child.ended:
                pause = each.note_death()
                say(
                    f"{each.child.name} ended by itself; it is started again in {pause:g} s ({each.child.log})."
                )

    def _restart(self, each: Watched) -> None:
        if each.child.name == "database":
            self.database.clear_after_crash()
        each.start()
        say(f"{each.child.name} was started again.")

    def _stop_all(self) -> None:
        """End the children in the order of PATIENCE: whoever asks before whoever is asked."""
        if self.watched:
            say("\nStopping …")
        by_name = {each.child.name: each.child for each in self.watched}
        for name, patience in PATIENCE.items():
            if name in by_name and not by_name[name].stop(patience=patience):
                say(f"{name} did not end within {patience:g} s and was forced.")
        if self.watched:
            say("Everything has stopped; the data stays as it is.")


def _programs(state: StateFolder, port: int) -> list[Child]:
    """Return the three programs of the product itself, as processes to be started."""
    serve = ["granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--log-level", "warning"]
    threads = ["--workers", "1", "--blocking-threads", str(WEB_THREADS), "--no-ws"]
    web = [*serve, *threads, "coordination.wsgi:application"]
    celery = ["celery", "-A", "coordination.celery"]
    quiet = ["--without-gossip", "--without-mingle", "-n", f"{state.mark}@%h"]
    worker = [*celery, "worker", "--concurrency", "2", *quiet]
    beat = [*celery, "beat", "--schedule", str(state.path / "beat"), "--pidfile="]
    pool = {"DATABASE_POOL": str(WEB_THREADS + 2)}
    return [
        _child("web", web, state, pool),
        _child("worker", worker, state, {"DATABASE_POOL": ""}),
        _child("beat", beat, state, {"DATABASE_POOL": ""}),
    ]


def _manage(command: str, state: StateFolder) -> Child:
    child = _child(command, [], state, {})
    child.argv = [sys.executable, str(CHECKOUT / "manage.py"), command]
    return child


def _child(name: str, words: list[str], state: StateFolder, extra: dict[str, str]) -> Child:
    environment = {
        "STATE_FOLDER": str(state.path),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONUNBUFFERED": "1",
        MARK: state.mark,
        **extra,
    }
    return Child(name, [sys.executable, "-m", *words], state.logs / f"{name}.log", environment, CHECKOUT)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end_of(log: Path, lines: int) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else "(empty)"


def _signins(state: StateFolder) -> str:
    file = state.path / "signins.txt"
    return file.read_text() if file.exists() else ""


def reserve(port: int) -> socket.socket | None:
    """Return a mark that keeps `port` for this process; None where somebody has it.

    The web server shares its port with every server of the same user, so that a free port is not enough: two starts
    at once would both have it. The mark is an abstract socket's name, which ends with the process (Linux).
    """
    mark = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if sys.platform.startswith("linux"):
            mark.bind(f"\0jianjing-{os.getuid()}-port-{port}")
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
    except OSError:
        mark.close()
        return None
    return mark


def choose_port(state: StateFolder) -> tuple[int, socket.socket]:
    """Return the port to answer at and the mark that keeps it: PORT, or the last run's, or a free one.

    Raises CannotRun where PORT is taken.
    """
    fixed = env.read("PORT", env.port, 0)
    last = state.note(state.running).get("port")
    for port in [fixed] if fixed else [*([last] if isinstance(last, int) else []), *PORTS]:
        if mark := reserve(port):
            return port, mark
    if fixed:
        raise CannotRun(f"Port {fixed} is taken by another program. Leave PORT out and a free one is chosen.")
    raise CannotRun(f"No port from {PORTS[0]} to {PORTS[-1]} is free. Name one: make run PORT=9000")


def lock(state: StateFolder) -> IO[str]:
    """Return the lock that only one run of this folder can hold; the system frees it when its holder dies.

    Raises CannotRun with the address of the run that holds it.
    """
    held = (state.make().path / "lock").open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        note = state.note(state.running)
        raise CannotRun(
            f"Jianjing is already running from this folder, at {note.get('address', 'an address it is yet to say')} "
            f"(process {note.get('pid', 'unknown')})."
        ) from None
    return held


def say(words: str) -> None:
    """Tell the person at the terminal; a closed terminal is no reason to fall over."""
    try:
        print(words, flush=True)
    except OSError:
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - open for the rest of the process's life


def main(*, announce: Callable[[str], None] = say) -> None:
    """Run the product of this checkout until Ctrl-C. Raises CannotRun."""
    if env.text("DATABASE_URL") or env.text("REDIS_URL"):
        raise CannotRun(
            "DATABASE_URL and REDIS_URL are set: with servers of your own, start web, worker and beat as "
            "docker-compose.yml does.\nUnset both to run everything embedded."
        )
    state = state_folder()
    held = lock(state)
    if left := end_leftovers(state.mark, patience=10):
        announce(
            f"An earlier run was killed; {len(left)} of its processes were still there and have been ended."
        )
    database, broker = services(state)
    port, mark = choose_port(state)
    with held, mark:
        House(state, database, broker, port).run()


if __name__ == "__main__":
    try:
        main()
    except OSError as fault:
        raise CannotRun(f"{fault.strerror}: {fault.filename or 'the state folder'}") from fault
