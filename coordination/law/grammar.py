"""What a declared procedure means: which steps are possible, why not, and what follows from one.

Pure: nothing is read or written here. The words are declared in `procedure.py`, conditions in `guards/`,
facts in `facts.py`; all of them are handed on from here, so that callers import one module.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from coordination.law.citation import Source
from coordination.law.facts import Field, faults
from coordination.law.guards import GUARDS
from coordination.law.history import DESIGN, Actor, History, Reason, Situation, Taken
from coordination.law.procedure import (
    SAME,
    Emit,
    Extend,
    Logged,
    Offset,
    Open,
    OpenAtEnd,
    Paper,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)
from coordination.law.roles import CLOCK, ROLES
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE

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


@dataclass(frozen=True, slots=True)
class Granted:
    """A stage granted to a running limit; `days` is the total from its anchor where the approver chose it."""

    limit: str
    stage: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A further proceeding to open; `about` is the entry of the list for which it is opened, else empty."""

    process: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An event known in advance: on a day, or at the end of the first of `end_of` that runs."""

    event: str
    on: date | None = None
    end_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effects:
    """What follows from a step, with every condition decided. Clocks are stopped before others are started.

    `state`              the new state;
    `emits`              events of `occurred_at`; `emits_on_receipt` those that the receipt brings;
    `foreseen`           events ahead, from which limits are counted back;
    `starts_on_receipt`  limits that begin with an event of `emits_on_receipt`;
    `documents`          drafted or issued now; `sends` handed to the addressee's desk now.
    """

    state: str
    occurred_at: datetime
    emits: tuple[str, ...] = ()
    emits_on_receipt: tuple[str, ...] = ()
    foreseen: tuple[Foreseen, ...] = ()
    starts: tuple[Start, ...] = ()
    starts_on_receipt: tuple[Start, ...] = ()
    stops: tuple[str, ...] = ()
    stops_on_receipt: tuple[str, ...] = ()
    reopens: tuple[str, ...] = ()
    suspends: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: tuple[Granted, ...] = ()
    opens: tuple[Opened, ...] = ()
    documents: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()


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


def effects(
    process: Process, step_id: str, history: History, facts: Mapping[str, object], at: datetime
) -> Effects:
    """Return what follows from the step; the caller has checked it first.

    Raise KeyError for a step that the procedure does not have.
    """
    step = process.step(step_id)
    situation = Situation(step_id, history, facts, at)
    emitted = [emit for emit in step.emitted if _holds(emit.when, situation)]
    later = tuple(emit.event for emit in emitted if emit.on_receipt)
    starts = [start for start in step.started if _holds(start.when, situation)]
    waiting = [
        start for start in starts if any(event in later for event in rulebook().limit(start.limit).trigger)
    ]
    documents = tuple(code for code, when in step.papers if _holds(when, situation))
    sent_later = {code for other in process.steps for code in other.sends}
    return Effects(
        state=step.target(history.state),
        occurred_at=_occurred_at(step, facts) or at,
        emits=tuple(emit.event for emit in emitted if not emit.on_receipt and not emit.is_foreseen),
        emits_on_receipt=later,
        foreseen=tuple(_foreseen(emit, situation) for emit in emitted if emit.is_foreseen),
        starts=tuple(start for start in starts if start not in waiting),
        starts_on_receipt=tuple(waiting),
        stops=step.stops,
        stops_on_receipt=step.stops_on_receipt,
        reopens=step.reopens,
        suspends=step.suspends,
        resumes=step.resumes,
        extends=tuple(_grants(step, situation)),
        opens=tuple(_opens(step, situation)),
        documents=documents,
        sends=(*step.sends, *(code for code in documents if code not in sent_later)),
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
    """Return the steps that are taken by themselves now that `event` was recorded elsewhere."""
    return tuple(
        step
        for step in process.steps_from(history.state)
        if step.follows
        and event in step.on_event
        and not any(item.required is True for item in step.facts)
        and _trigger_at(step, history) is not None
    )


def _bare(step: Step, history: History, actor: Actor | None) -> Situation:
    return Situation(step.id, history, NOTHING, history.now, actor)


def _holds(guard: str | None, situation: Situation) -> bool:
    return guard is None or GUARDS[guard].test(situation)


def _occurred_at(step: Step, facts: Mapping[str, object]) -> datetime | None:
    """Return the instant of the step's events as its fact has it, a day counting from its first moment."""
    value = facts.get(step.occurred_by) if step.occurred_by else None
    if isinstance(value, datetime):
        return value if value.utcoffset() is not None else None
    return datetime.combine(value, time(), ZONE) if isinstance(value, date) else None


def _foreseen(emit: Emit, situation: Situation) -> Foreseen:
    on = situation.fact(emit.dated_by) if emit.dated_by else None
    return Foreseen(emit.event, on if isinstance(on, date) else None, emit.end_of)


def _opens(step: Step, situation: Situation) -> Iterator[Opened]:
    for child in step.opens:
        if not _holds(child.when, situation):
            continue
        listed = situation.facts.get(child.each) if child.each else None
        if isinstance(listed, (list, tuple)):
            yield from (Opened(child.process, str(entry)) for entry in listed)
        elif child.each is None:
            yield Opened(child.process)


def _grants(step: Step, situation: Situation) -> Iterator[Granted]:
    for extend in step.extends:
        if not _holds(extend.when, situation):
            continue
        stage: object = extend.stage
        if extend.stage_by is not None:
            value = situation.fact(extend.stage_by)
            stage = dict(extend.stages).get(str(value)) if extend.stages else value
        days = situation.fact(extend.days_by) if extend.days_by else None
        if isinstance(stage, str):
            yield Granted(extend.limit, stage, days if isinstance(days, int) else None)


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
    occurred = _occurred_at(step, situation.facts)
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
