"""The state folder of the embedded mode: where the data, the keys and the notes of what runs are kept.

What runs in it is in `coordination.embedded`; who may start it in `coordination.running`. No Django in here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
# A socket's path may have 107 bytes; PostgreSQL adds this to the folder's.
LONGEST_SOCKET_FOLDER = 107 - len("/pg/.s.PGSQL.5432.lock")
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


class CannotRun(SystemExit):
    """Something that the product needs is missing. Ends the process with sentences that say what to do."""


@dataclass(frozen=True, slots=True)
class StateFolder:
    """The folder of one checkout's embedded services; nothing is made until it is needed."""

    path: Path

    @property
    def mark(self) -> str:
        """Twelve characters that tell this folder from every other one."""
        return hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]

    @property
    def logs(self) -> Path:
        """The folder of the logs, a file for each process."""
        return self.path / "logs"

    @property
    def clock(self) -> Path:
        """The note of a chosen instant (`coordination.worldtime`)."""
        return self.path / "clock.json"

    @property
    def running(self) -> Path:
        """The note of what runs: processes, address."""
        return self.path / "running.json"

    @property
    def static(self) -> Path:
        """Static files collected for real servers."""
        return self.path / "static"

    def make(self) -> StateFolder:
        """Make the folder, closed to other people. Raises CannotRun."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.getuid() == 0:
                self.path.chmod(0o711)  # root's database server runs as another user, which must walk through
            self.logs.mkdir(mode=0o700, exist_ok=True)
        except OSError as fault:
            raise CannotRun(
                f"The state folder {self.path} cannot be made: {fault.strerror}.\n"
                "Give STATE_FOLDER another folder, or give yourself the right to write there."
            ) from None
        if not os.access(self.path, os.W_OK):
            raise CannotRun(
                f"The state folder {self.path} belongs to another user, who ran this checkout before.\n"
                "Run as that user, remove the folder, or give STATE_FOLDER another one."
            )
        return self

    def secret(self, name: str, length: int = 48) -> str:
        """Return the secret kept under `name`, made the first time, readable by its owner only."""
        file = self.path / name
        with suppress(FileNotFoundError):
            if kept := file.read_text().strip():
                return kept
        self.make()
        fresh = secrets.token_urlsafe(length)
        draft = file.with_name(f"{name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(fresh)
        try:
            # A link fails where the name is taken: of two processes at once, both use the first one's secret.
            os.link(draft, file)
        except FileExistsError:
            fresh = file.read_text().strip()
        finally:
            draft.unlink()
        return fresh

    def note(self, file: Path) -> dict[str, Any]:
        """Return a JSON note; empty where it is absent or was cut off by a crash."""
        try:
            found = json.loads(file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write_note(self, file: Path, content: dict[str, Any]) -> None:
        """Replace a JSON note in one move, so that no reader sees half of it."""
        self.make()
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")
        draft.replace(file)

    @property
    def sockets(self) -> Path:
        """The folder of the sockets: short, the same at each start, closed to other people.

        In the state folder where its path is short and plain enough (no space, comma or percent sign, which mean
        something in an address), else in the folder for temporary files.
        """
        near = self.path / "s"
        is_short = len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER
        if is_short and PLAIN_PATH.fullmatch(str(near)) and _enterable(self.path):
            return near
        return Path("/tmp") / f"jianjing-{os.getuid()}-{self.mark}"  # noqa: S108 - its owner is checked before use

    @property
    def database_socket(self) -> Path:
        """The folder of PostgreSQL's socket."""
        return self.sockets / "pg"

    @property
    def broker_socket(self) -> Path:
        """The broker's socket."""
        return self.sockets / "broker"


def _enterable(path: Path) -> bool:
    """Whether every user of the machine can reach the folder's parent; root's servers run as another user."""
    return os.getuid() != 0 or all(
        parent.stat().st_mode & 0o001 for parent in path.parents if parent.exists()
    )


def state_folder() -> StateFolder:
    """Return the state folder of this checkout; STATE_FOLDER names another one."""
    chosen = os.environ.get("STATE_FOLDER", "").strip()
    return StateFolder(Path(chosen).expanduser().resolve() if chosen else CHECKOUT / ".state")
