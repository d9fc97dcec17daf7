"""What follows from a step that is taken, with every condition decided: plain data, written by `cases.applying`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from coordination.law.guards import GUARDS
from coordination.law.history import History, Situation
from coordination.law.procedure import Emit, Process, Start, Step
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE


@dataclass(frozen=True, slots=True)
class Granted:
    """A stage granted to a running limit; `days` is the total from its anchor where the approver chose it."""

    limit: str
    stage: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An event known in advance: on a day, or at the end of the first of `end_of` that runs."""

    event: str
    on: date | None = None
    end_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A further proceeding to open; `about` is the entry of the list for which it is opened, else empty.

    `lays` is the step of it that is laid ready, with the entry as its fact `fact`; `takes` its first step, taken at
    once with those of `facts` that it asks for. `paced_by` is the limit whose planned end is its fact `fact`.
    """

    process: str
    about: str = ""
    lays: str | None = None
    fact: str | None = None
    takes: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    paced_by: str | None = None


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


def effects(
    process: Process, step_id: str, history: History, facts: Mapping[str, object], at: datetime
) -> Effects:
    """Return what follows from the step; the caller has checked it first.

    Raise KeyError for a step that the procedure does not have.
    """
    step = process.step(step_id)
    situation = Situation(step_id, history, facts, at)
    emitted = [emit for emit in step.emitted if holds(emit.when, situation)]
    later = tuple(emit.event for emit in emitted if emit.on_receipt)
    starts = [start for start in step.started if holds(start.when, situation)]
    waiting = [
        start for start in starts if any(event in later for event in rulebook().limit(start.limit).trigger)
    ]
    on_paper = step.on_paper(facts)
    documents = tuple(code for code, when in step.papers if code not in on_paper and holds(when, situation))
    sent_later = {code for other in process.steps for code in other.sends}
    return Effects(
        state=step.target(history.state),
        occurred_at=occurred_at(step, facts) or at,
        emits=tuple(emit.event for emit in emitted if not emit.on_receipt and not emit.is_foreseen),
        emits_on_receipt=later,
        foreseen=tuple(_foreseen(emitted, situation)),
        starts=tuple(start for start in starts if start not in waiting),
        starts_on_receipt=tuple(waiting),
        stops=step.stops,
        stops_on_receipt=step.stops_on_receipt,
        reopens=step.reopens,
        suspends=step.suspends,
        resumes=step.resumes,
        extends=tuple(_grants(step, situation)),
        opens=tuple(_opened(step, situation)),
        documents=documents,
        sends=(*step.sends, *(code for code in documents if code not in sent_later)),
    )


def holds(guard: str | None, situation: Situation) -> bool:
    """Whether the named guard holds; no guard always does."""
    return guard is None or GUARDS[guard].test(situation)


def occurred_at(step: Step, facts: Mapping[str, object]) -> datetime | None:
    """Return the instant of the step's events as its fact has it, a day counting from its first moment."""
    value = facts.get(step.occurred_by) if step.occurred_by else None
    if isinstance(value, datetime):
        return value if value.utcoffset() is not None else None
    return datetime.combine(value, time(), ZONE) if isinstance(value, date) else None


def _foreseen(emitted: Iterable[Emit], situation: Situation) -> Iterator[Foreseen]:
    """Yield the events ahead; of several days the first that is still to come and was not dated before."""
    for emit in (emit for emit in emitted if emit.is_foreseen):
        on = situation.fact(emit.dated_by) if emit.dated_by else None
        if isinstance(on, (list, tuple)):
            before = (situation.at, situation.history.events.get(emit.event, situation.at))
            last = max(instant.astimezone(ZONE).date() for instant in before)
            on = min((day for day in on if isinstance(day, date) and day > last), default=None)
            if on is None:
                continue
        yield Foreseen(emit.event, on if isinstance(on, date) else None, emit.end_of)


def _opened(step: Step, situation: Situation) -> Iterator[Opened]:
    for child in step.opens:
        if not holds(child.when, situation):
            continue
        listed = situation.fact(child.each) if child.each else ("",)
        for entry in listed if isinstance(listed, (list, tuple)) else ():
            facts = {**situation.facts, **dict(child.given)} if child.takes else {}
            yield Opened(
                child.process, str(entry), child.lays, child.fact, child.takes, facts, child.paced_by
            )


def _grants(step: Step, situation: Situation) -> Iterator[Granted]:
    for extend in step.extends:
        if not holds(extend.when, situation):
            continue
        stage: object = extend.stage
        if extend.stage_by is not None:
            value = situation.fact(extend.stage_by)
            stage = dict(extend.stages).get(str(value)) if extend.stages else value
        days = situation.fact(extend.days_by) if extend.days_by else None
        if isinstance(stage, str):
            yield Granted(extend.limit, stage, days if isinstance(days, int) else None)
