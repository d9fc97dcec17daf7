"""Who else acts when a step is taken: floors above register here at start-up; the calls are part of the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from cases.models import Step

Listener = Callable[[Step, datetime], None]
_LISTENERS: defaultdict[tuple[str, str], list[Listener]] = defaultdict(list)


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
