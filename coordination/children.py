"""A process started by another one: begun, watched, ended, and never left behind.

Which processes there are and what they are told is in `coordination.embedded` and `coordination.running`.
No Django in here.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_LIMIT_BYTES = 5 * 1024 * 1024
# The environment variable by which a later run knows the processes of an earlier one.
MARK = "JIANJING_RUN"


@dataclass(frozen=True, slots=True)
class Account:
    """The user that a server is run as where root may not run it."""

    name: str
    uid: int
    gid: int

    def may_enter(self, path: Path) -> bool:
        """Whether this user can walk down to `path` and through it, by the folders' modes."""
        return all(self._may_pass(folder) for folder in (path, *path.parents))

    def _may_pass(self, folder: Path) -> bool:
        stat = folder.stat()
        if stat.st_uid == self.uid:
            return bool(stat.st_mode & 0o100)
        if stat.st_gid == self.gid:
            return bool(stat.st_mode & 0o010)
        return bool(stat.st_mode & 0o001)


def server_account(data: Path) -> Account | None:
    """Return the user for servers that refuse to run as root; None where the present user will do.

    Where `data` is there already, its owner: an ordinary user's folder that root runs once stays that user's.
    """
    if os.getuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(str(owner.st_uid), owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    return None


@dataclass(slots=True)
class Child:
    """One process in a session of its own, so that a Ctrl-C at the terminal reaches only the one that watches it.

    Should the watcher die, the system sends `stop_signal` to the child (Linux). `log` gets what it prints.
    """

    name: str
    argv: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; its output is added to the log."""
        _keep_short(self.log)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                list(self.argv),
                env={**os.environ, **self.environment},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent(self.stop_signal),  # noqa: PLW1509 - the watcher has one thread
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
            )

    @property
    def pid(self) -> int:
        """The process's id; 0 before the first start."""
        return self.process.pid if self.process else 0

    @property
    def ended(self) -> bool:
        """Whether the process is not there, or no longer."""
        return self.process is None or self.process.poll() is not None

    def stop(self, *, patience: float) -> bool:
        """Ask the process to end, and force it after `patience` seconds; returns whether it ended by itself."""
        if self.process is None:
            return True
        in_time = True
        if not self.ended:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                in_time = False
        self.sweep_up()
        self.process.wait()
        return in_time

    def sweep_up(self) -> None:
        """End whatever is left of the process and of those that it started in its session."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def _end_with_parent(end_signal: signal.Signals) -> Callable[[], None] | None:
    """Return what a new process does before it runs its program: bind its life to its parent's."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def bind() -> None:
        library.prctl(PR_SET_PDEATHSIG, int(end_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return bind


def _keep_short(log: Path) -> None:
    """Move a log that has grown too long aside; one older log is kept."""
    with suppress(FileNotFoundError):
        if log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".old.log"))


def alive(pid: int) -> bool:
    """Whether a process is there; a zombie is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def end_leftovers(mark: str, *, patience: float) -> list[int]:
    """End the processes that an earlier, killed run left behind, and return them (Linux).

    They carry `mark` in their environment. The system told them of their parent's death, so they are usually ending
    already; whatever is left after `patience` seconds is killed.
    """
    left = _marked(mark)
    _tell(left, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while any(alive(pid) for pid in left) and time.monotonic() < deadline:
        time.sleep(0.05)
    _tell([pid for pid in left if alive(pid)], signal.SIGKILL)
    return left


def _marked(mark: str) -> list[int]:
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int(entry.name) != os.getpid() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return [pid for pid in found if alive(pid)]


def _tell(pids: Sequence[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, what)
