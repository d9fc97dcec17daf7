"""Who else acts when a step is taken, an entry is logged or a clock runs out.

Floors above register here at start-up; the calls are part of the transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from cases.models import Activity, Step

Listener = Callable[[Step, datetime], None]
EntryListener = Callable[[Activity, datetime], None]
OverrunListener = Callable[[Sequence[tuple[UUID, str]], datetime], None]
_LISTENERS: defaultdict[tuple[str, str], list[Listener]] = defaultdict(list)

_ENTRIES: list[EntryListener] = []
_OVERRUNS: list[OverrunListener] = []


def on(process: str, step: str) -> Callable[[Listener], Listener]:
    """Register a function to be called with (step, instant of recording) after this step of this process."""

    def register(listener: Listener) -> Listener:
        if listener not in _LISTENERS[process, step]:
            _LISTENERS[process, step].append(listener)
        return listener

    return register


def tell(step: Step, at: datetime) -> None:
    """Call everyone who listens for this step, in the order of registration."""
    for listener in _LISTENERS[step.proceeding.process, step.name]:
        listener(step, at)


def on_entry(listener: EntryListener) -> EntryListener:
    """Register a function to be called with (entry, instant of recording) for every entry of the log and correction."""
    if listener not in _ENTRIES:
        _ENTRIES.append(listener)
    return listener


def tell_entry(entry: Activity, at: datetime) -> None:
    """Call everyone who listens for entries."""
    for listener in _ENTRIES:
        listener(entry, at)


def on_overrun(listener: OverrunListener) -> OverrunListener:
    """Register a function to be called with the clocks (id, limit) that ran out, or were found to have stopped late."""
    if listener not in _OVERRUNS:
        _OVERRUNS.append(listener)
    return listener


def tell_overrun(clocks: Sequence[tuple[UUID, str]], at: datetime) -> None:
    """Call everyone who listens for clocks that ran out; they may be told of the same clock again."""
    for listener in _OVERRUNS if clocks else ():
        listener(clocks, at)
