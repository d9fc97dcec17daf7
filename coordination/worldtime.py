"""The product's clock: real time, or, in a demonstration, an instant that somebody chose.

Views, tasks and commands ask it at their edge and hand the instant on; no verb asks for the time itself. Sessions,
logs and backups go by the machine's clock, not by this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from coordination.statefolder import state_folder


class ClockRefused(Exception):
    """A chosen instant is not allowed here: this installation holds real cases."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An instant chosen at the real instant `set_at`; it advances with real time unless `frozen`."""

    at: datetime
    set_at: datetime
    frozen: bool

    def now(self, real: datetime) -> datetime:
        """Return the world's instant at the real instant `real`."""
        return self.at if self.frozen else self.at + (real - self.set_at)


_STARTED = datetime.now(UTC)


def now() -> datetime:
    """Return the present instant of the product's world, aware, in UTC."""
    real = datetime.now(UTC)
    if not settings.DEMO:
        return real
    chosen = _from_note() or _from_settings()
    return chosen.now(real).astimezone(UTC) if chosen else real


def choose(at: datetime, *, frozen: bool = False) -> None:
    """Let the world stand at `at` from this moment on, in every process. Raises ClockRefused."""
    if not settings.DEMO:
        raise ClockRefused("The time can be chosen only in a demonstration (set DEMO=1).")
    if at.tzinfo is None:
        raise ValueError("a chosen instant needs its offset")
    folder = state_folder()
    set_at = datetime.now(UTC)
    folder.write_note(
        folder.clock, {"at": at.astimezone(UTC).isoformat(), "set_at": set_at.isoformat(), "frozen": frozen}
    )


def go_back_to_real_time() -> None:
    """Forget a chosen instant, in every process."""
    state_folder().clock.unlink(missing_ok=True)


def chosen() -> Chosen | None:
    """Return the instant that was chosen; None where real time is shown."""
    return (_from_note() or _from_settings()) if settings.DEMO else None


def _from_settings() -> Chosen | None:
    return Chosen(settings.WORLD_AT, _STARTED, frozen=False) if settings.WORLD_AT else None


def _from_note() -> Chosen | None:
    """Return the note's instant: a stat for each question, a read only after a change."""
    file = state_folder().clock
    try:
        stat = file.stat()
    except FileNotFoundError:
        return None
    return _read(file, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=2)
def _read(file: Path, _changed_ns: int, _inode: int) -> Chosen | None:
    return _parse(state_folder().note(file))


def _parse(note: dict[str, object]) -> Chosen | None:
    """Return the note's instant; None for a note that somebody spoilt."""
    try:
        at = datetime.fromisoformat(str(note["at"]))
        set_at = datetime.fromisoformat(str(note["set_at"]))
    except (KeyError, ValueError):
        return None
    return Chosen(at, set_at, bool(note.get("frozen", False))) if at.tzinfo and set_at.tzinfo else None
