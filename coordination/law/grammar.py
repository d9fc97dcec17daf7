"""What a declared procedure means: which steps are possible, why not, and what follows from one.

Pure: nothing is read or written here. The words are declared in `procedure.py`, conditions in `guards/`,
facts in `facts.py`; all of them are handed on from here, so that callers import one module.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from coordination.law.citation import Source
from coordination.law.effects import Effects, Foreseen, Granted, Opened, effects, occurred_at
from coordination.law.facts import Field, faults
from coordination.law.guards import GUARDS
from coordination.law.history import DESIGN, Actor, History, Reason, Situation, Taken
from coordination.law.procedure import (
    SAME,
    Emit,
    Extend,
    Logged,
    Open,
    OpenAtEnd,
    Paper,
    Process,
    Start,
    State,
    Step,
    cite,
)
from coordination.law.roles import CLOCK, ROLES
from coordination.law.rulebook import rulebook
from coordination.law.rung import Offset, Rung

__all__ = [
    "SAME",
    "Actor",
    "Choice",
    "Effects",
    "Emit",
    "Extend",
    "Field",
    "Foreseen",
    "Granted",
    "History",
    "Logged",
    "Offset",
    "Open",
    "OpenAtEnd",
    "Opened",
    "Paper",
    "Process",
    "Reason",
    "Rung",
    "Start",
    "State",
    "Step",
    "Taken",
    "available",
    "check",
    "cite",
    "effects",
    "following",
    "logged",
]

NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that leaves from the present state, with every reason why it cannot be taken (none: it can)."""

    step: Step
    reasons: tuple[Reason, ...]

    @property
    def possible(self) -> bool:
        """Whether nothing stands against the step, its facts aside."""
        return not self.reasons


def check(
    process: Process,
    step_id: str,
    history: History,
    facts: Mapping[str, object],
    at: datetime,
    actor: Actor | None,
) -> tuple[Reason, ...]:
    """Return ALL reasons why the step cannot be taken with these facts; empty when it can.

    Without `actor` the role is not looked at. A reason without an article of its own carries the step's.
    `at` is the step's own instant; facts that lie after it are refused where the field says so.
    """
    try:
        step = process.step(step_id)
    except KeyError:
        en = f"the procedure “{process.en}” has no step “{step_id}”"
        return (Reason("unknown_step", en, f"“{process.zh}”没有“{step_id}”这一步骤"),)
    situation = Situation(step_id, history, facts, at, actor)
    return (
        *_refusals(process, step, situation, with_facts=True),
        *faults(step.facts, facts, at=at, sources=step.cited),
        *_too_early(step, situation),
    )


def available(process: Process, history: History, actor: Actor | None) -> tuple[Choice, ...]:
    """Return the steps that leave from the present state, each with its reasons; facts are not asked for yet.

    Steps of the clock are left out: no person takes them.
    """
    return tuple(
        Choice(step, tuple(_refusals(process, step, _bare(step, history, actor), with_facts=False)))
        for step in process.steps_from(history.state)
        if step.role != CLOCK
    )


def logged(
    process: Process, history: History, activity: str, fields: Mapping[str, object]
) -> tuple[tuple[Step, dict[str, object], object], ...]:
    """Return the steps that the logging of an activity takes now, each with its facts and its instant.

    Only steps that leave from the present state and whose guards hold; the caller still checks each of them.
    """
    found = []
    for step in process.steps_from(history.state):
        for item in step.logged:
            if not item.matches(activity, fields):
                continue
            facts = item.read(step.facts, fields)
            situation = Situation(step.id, history, facts, history.now)
            if all(GUARDS[name].test(situation) for name in step.guards):
                found.append((step, facts, fields.get(item.at)))
    return tuple(found)


def following(process: Process, history: History, event: str) -> tuple[Step, ...]:
    """Return the steps that are taken by themselves now that `event` was recorded elsewhere, their guards holding."""
    return tuple(
        step
        for step in process.steps_from(history.state)
        if step.follows
        and event in step.on_event
        and not any(item.required is True for item in step.facts)
        and _trigger_at(step, history) is not None
        and all(GUARDS[name].test(_bare(step, history, None)) for name in step.guards)
    )


def _bare(step: Step, history: History, actor: Actor | None) -> Situation:
    return Situation(step.id, history, NOTHING, history.now, actor)


def _refusals(process: Process, step: Step, situation: Situation, *, with_facts: bool) -> Iterator[Reason]:
    yield from _wrong_state(process, step, situation)
    yield from _wrong_role(step, situation)
    yield from _not_triggered(step, situation)
    for name in step.guards:
        guard = GUARDS[name]
        if (with_facts or not guard.needs_facts) and not guard.test(situation):
            yield Reason(f"guard:{name}", guard.en, guard.zh, guard.sources or step.cited)
    for limit in step.blocked_while_running:
        if _is_open(limit, situation.history):
            yield _about_limit("running", limit, "“{}” is still running", "“{}”仍在进行", step.cited)
    yield from _not_expired(step, situation)


def _wrong_state(process: Process, step: Step, situation: Situation) -> Iterator[Reason]:
    if situation.history.state in step.from_:
        return
    stands = process.state(situation.history.state)
    if stands.kind == "end":
        yield Reason("closed", "the record is closed and can only be read", "记录已办结，只能查阅", (DESIGN,))
        return
    wanted = [process.state(state) for state in step.from_]
    en = f"possible only from “{'”, “'.join(state.en for state in wanted)}”; it stands at “{stands.en}”"
    zh = f"只能从“{'”“'.join(state.zh for state in wanted)}”进行，当前为“{stands.zh}”"
    yield Reason("state", en, zh, step.cited)


def _wrong_role(step: Step, situation: Situation) -> Iterator[Reason]:
    actor = situation.actor
    roles = step.roles(mirrored=situation.history.mirrored)
    people = situation.history.named(*step.named_by)
    if actor is not None and people:
        if not actor.is_one_of(people):
            en, zh = "reserved to the person named for it", "只能由指定的责任人办理"
            yield Reason("named", en, zh, step.cited)
        return
    if actor is None or any(role in actor.roles for role in roles):
        return
    named = [ROLES[role] for role in roles]
    en = " or ".join(role.en for role in named)
    yield Reason("role", f"reserved to {en}", f"只能由{'或'.join(role.zh for role in named)}办理", step.cited)


def _not_triggered(step: Step, situation: Situation) -> Iterator[Reason]:
    """Ask for an event later than the last taking of this step: an old approval does not serve twice."""
    if not step.on_event or _trigger_at(step, situation.history) is not None:
        return
    names = [_event_names(event) for event in step.on_event]
    en = "only after: " + " or ".join(en for en, _ in names)
    yield Reason("event", en, "须先有：" + "或".join(zh for _, zh in names), step.cited)


def _trigger_at(step: Step, history: History) -> datetime | None:
    instants = [history.events[event] for event in step.on_event if event in history.events]
    before = history.last(step.id)
    if not instants or (before is not None and max(instants) <= before.at):
        return None
    return max(instants)


def _too_early(step: Step, situation: Situation) -> Iterator[Reason]:
    """Refuse an instant before what the step answers: no arrest is carried out before its approval."""
    occurred = occurred_at(step, situation.facts)
    trigger = _trigger_at(step, situation.history)
    if occurred is not None and trigger is not None and occurred < trigger:
        en = "it cannot have happened before the event that allows it"
        yield Reason(f"field:{step.occurred_by}", en, "发生时间不能早于其依据的事件", step.cited)


def _is_open(limit: str, history: History) -> bool:
    """Whether a clock is open; one without an end (CPL 149) is never stored, its events tell."""
    rule = rulebook().limits.get(limit)
    if limit in history.running or rule is None or rule.duration_rule != "unlimited":
        return limit in history.running
    begun = [history.events[event] for event in rule.trigger if event in history.events]
    over = [history.events[event] for event in rule.stops_on if event in history.events]
    return bool(begun) and (not over or max(over) < max(begun))


def _not_expired(step: Step, situation: Situation) -> Iterator[Reason]:
    limits, history = step.after_expiry_of, situation.history
    if not limits:
        return
    still = [limit for limit in limits if limit in history.running and limit not in history.expired]
    for limit in still:
        yield _about_limit("not_expired", limit, "“{}” has not run out yet", "“{}”尚未届满", step.cited)
    if not still and not any(limit in history.expired for limit in limits):
        yield _about_limit("not_expired", limits[0], "“{}” has not run out", "“{}”没有届满", step.cited)


def _about_limit(kind: str, limit: str, en: str, zh: str, cited: tuple[Source, ...]) -> Reason:
    try:
        known = rulebook().limit(limit)
    except KeyError:
        return Reason(f"{kind}:{limit}", en.format(limit), zh.format(limit), cited)
    return Reason(f"{kind}:{limit}", en.format(known.en), zh.format(known.zh), known.sources or cited)


def _event_names(event: str) -> tuple[str, str]:
    try:
        known = rulebook().event(event)
    except KeyError:
        return event, event
    return known.en, known.zh
