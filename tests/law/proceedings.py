"""Makers of histories and actors for the tests of the grammar: a proceeding without a database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from coordination.law.grammar import Actor, History, Process, Reason, Taken, check, effects
from coordination.law.processes import all_processes
from coordination.law.zone import ZONE

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)  # a Monday


def process(name: str) -> Process:
    """A declared procedure."""
    return all_processes()[name]


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant in November 2026, in Beijing."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


DETENTION = {"executed_at": at(20, 16, 40), "ground": "caught_in_act", "warrant_no": "123"}
"""The facts of a detention on Friday 20 November 2026, 16:40."""


def actor(*roles: str, name: str = "somebody") -> Actor:
    """Somebody who holds these roles."""
    return Actor(name, frozenset(roles), "police")


def history(name: str, state: str, **changes: object) -> History:
    """A proceeding in this state, with nothing on record."""
    return replace(History(process=name, state=state, now=NOW), **changes)  # type: ignore[arg-type]


def taken(step: str, when: datetime, by: str = "somebody", **facts: object) -> Taken:
    """A step on record."""
    return Taken(step, when, by, facts)


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    """The codes of the reasons, in their order."""
    return [reason.code for reason in reasons]


def refusals(
    past: History, step: str, facts: Mapping[str, object] | None = None, *roles: str, by: str = "somebody"
) -> list[str]:
    """The codes of all reasons against a step taken now."""
    who = actor(*roles, name=by) if roles else None
    return codes(check(process(past.process), step, past, facts or {}, past.now, who))


def take(
    past: History, step: str, facts: Mapping[str, object], when: datetime, by: str = "somebody"
) -> History:
    """The history after a step that is allowed; its events are recorded, receipts included."""
    declared = process(past.process)
    past = replace(past, now=when)
    assert check(declared, step, past, facts, when, None) == ()
    done = effects(declared, step, past, facts, when)
    stopped = {*done.stops, *done.stops_on_receipt}
    started = {start.limit for start in (*done.starts, *done.starts_on_receipt)} | set(done.reopens)
    happened = dict.fromkeys((*done.emits, *done.emits_on_receipt), done.occurred_at)
    opened = tuple((one.process, process(one.process).start.id) for one in done.opens if one.about)
    return replace(
        past,
        state=done.state,
        taken=(*past.taken, Taken(step, when, by, dict(facts), done.state)),
        running=(past.running - stopped) | started,
        expired=past.expired - stopped - started,
        events={**past.events, **happened},
        recorded={**past.recorded, **{name: past.recorded.get(name, 0) + 1 for name in happened}},
        children=(*past.children, *opened),
    )
