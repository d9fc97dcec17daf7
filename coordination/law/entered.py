"""Events that no procedure and no activity records, and the limits that nothing starts: a plain entry is for these.

Pure, and derived from what is declared: a limit leaves this list by itself when a procedure that starts it is declared.
"""

from functools import cache

from coordination.law.catalogue import catalogue
from coordination.law.limit import Limit
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook

EXTENDED_ON_PAPER = "extension_granted_on_paper"
"""The event of an extension that no procedure here granted; the entry says of which limit, and which stage."""
NEVER_STATED = frozenset({"unlimited", "unspecified"})
"""Rules of length under which no end can be named."""


@cache
def recorded() -> frozenset[str]:
    """Return the events that a declared step or an activity records."""
    steps = (step for process in all_processes().values() for step in process.steps)
    activities = (event.event for kind in catalogue().activities.values() for event in kind.emits)
    emitted = (emit.event for step in steps for emit in step.emitted)
    return frozenset((*emitted, *activities, *catalogue().common_events))


@cache
def started() -> frozenset[str]:
    """Return the limits that a declared step or an activity starts."""
    steps = (step for process in all_processes().values() for step in process.steps)
    activities = (start.limit for kind in catalogue().activities.values() for start in kind.starts)
    declared = (start.limit for step in steps for start in step.started)
    return frozenset((*declared, *activities, *catalogue().common_starts))


def triggers(limit: Limit) -> tuple[str, ...]:
    """Return the events that start `limit` and that nothing else records."""
    return tuple(name for name in limit.trigger if name not in recorded())


def is_startable(limit: Limit) -> bool:
    """Whether only an entry can start the limit: it runs, and no step and no activity starts it or its event."""
    open_ended = limit.duration_rule in NEVER_STATED
    return limit.enabled and limit.id not in started() and bool(triggers(limit)) and not open_ended


@cache
def startable() -> tuple[Limit, ...]:
    """Return the limits that only an entry can start, in the order of the rulebook."""
    return tuple(limit for limit in rulebook().limits.values() if is_startable(limit))


@cache
def extending_event(limit: str) -> str:
    """Return the event that an extension on paper records: that for which the granting step waits, if any."""
    for process in all_processes().values():
        for step in process.steps:
            if step.follows and any(extend.limit == limit for extend in step.extends):
                return step.on_event[0]
    return EXTENDED_ON_PAPER


def acting(limit: Limit) -> tuple[str, ...]:
    """Return the events that stop, suspend, resume or restart `limit` and that nothing else records."""
    names = (*limit.stops_on, *limit.suspends_on, *limit.resumes_on, *limit.resets_on)
    return tuple(name for name in dict.fromkeys(names) if name not in recorded())
