"""What `/health/ready` asks of the record: does every event that winds a clock have its Deadline?

The answer is kept for a minute, so that asking often costs nothing. The question itself is in `sweep`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from cases import sweep

KEPT_SECONDS = 60.0


@dataclass(slots=True)
class _Kept:
    answer: str | None = None
    until: float = 0.0


_kept = _Kept()


def deadlines() -> str | None:
    """None when every clock that the law started is measured, else a sentence with the number missing."""
    if time.monotonic() >= _kept.until:
        missing = len(sweep.unmeasured())
        more = " or more" if missing >= sweep.UNMEASURED_SHOWN else ""
        _kept.answer = f"{missing}{more} started limits have no deadline" if missing else None
        _kept.until = time.monotonic() + KEPT_SECONDS
    return _kept.answer


def forget() -> None:
    """Ask the database again the next time."""
    _kept.until = 0.0
