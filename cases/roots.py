"""What each thread began with, and which clocks an event of one thread touches in another.

An event touches the clocks of its own thread; those of other procedures in the same case and for the same suspect;
never those of another thread of the same procedure (two correction notices in one case keep apart), nor those of a
limit that its own procedure starts as well: there it speaks of its own clock (the answer to the correction of a filing
supervision stops the clock of no other notice). A clock that a logged activity wound belongs to the case as a whole. An
event about one document (`own_matter` in `coordination/law/events`) touches, beside its own thread, only the one that
opened it and those it opened; between these nothing stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from cases.models import Proceeding
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook

MOST = 100_000
"""So many beginnings one process remembers; then it begins again."""


@dataclass(frozen=True, slots=True)
class Root:
    """What a thread began with: its process, and the thread of the proceeding that opened it, None by hand."""

    process: str
    opener: UUID | None


_known: dict[UUID, Root] = {}


def learn(found: Mapping[UUID, Root]) -> None:
    """Remember beginnings that were read anyway: a thread never changes what it began with."""
    if len(_known) + len(found) > MOST:
        _known.clear()
    _known.update(found)


def roots_of(threads: Iterable[UUID]) -> dict[UUID, Root]:
    """Return what each thread began with; a query only for those that are not remembered."""
    wanted = set(threads)
    found = {key: root for key in wanted if (root := _known.get(key)) is not None}
    if missing := wanted - found.keys():
        rows = Proceeding.objects.filter(pk__in=missing).values_list("pk", "process", "parent__thread_id")
        read = {key: Root(process, opener) for key, process, opener in rows}
        learn(read)
        found |= read
    return found


def touches(
    event_thread: UUID | None,
    clock_thread: UUID | None,
    roots: Mapping[UUID, Root],
    limit: str = "",
    *,
    event: str = "",
) -> bool:
    """Whether an event of one thread acts on a clock of another; `roots` is what each thread began with.

    `limit` is what the clock measures, "" where the case as a whole owes it or no clock is meant. Without `event` it
    is asked whether any event may.
    """
    if event_thread is None or clock_thread is None or event_thread == clock_thread:
        return True
    one, other = roots.get(event_thread), roots.get(clock_thread)
    if one is None or other is None or event_thread == other.opener or clock_thread == one.opener:
        return True
    if one.process == other.process or limit in limits_of_thread(one.process):
        return False
    return not (event and rulebook().event(event).own_matter)


@cache
def limits_of_thread(process: str) -> frozenset[str]:
    """The limits that a thread which began with `process` may start, by that process or by those that join it."""
    known = all_processes()
    joined, more = set(), {process} & known.keys()
    while more:
        joined |= more
        opened = {child.process for name in more for step in known[name].steps for child in step.opens}
        more = {name for name in opened & known.keys() if known[name].thread == "inherit"} - joined
    return frozenset(start.limit for name in joined for step in known[name].steps for start in step.started)
