"""Proves that the declared procedures hang together; nothing here runs a procedure.

`soundness()` finds: states that cannot be reached or left, clocks still running at an end, names that nothing
declares, steps without a source, events that nobody records. The words are looked at in `soundness_words.py`, the
clocks in `soundness_clocks.py`. It is a test, a system check and `manage.py soundness`.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coordination.law.catalogue import Catalogue
from coordination.law.procedure import Process, Step
from coordination.law.rulebook import Rulebook
from coordination.law.soundness_clocks import clock_faults
from coordination.law.soundness_words import Words, document_faults, word_faults

WITHOUT_A_LAW = frozenset({"design", "practice"})


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that does not hang together; `where` is a step, state, limit or document of the procedure."""

    process: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.process}, {self.where}: {self.text}"


@dataclass(frozen=True, slots=True)
class Pending:
    """A procedure of the field that is not declared yet, and the events that declared ones wait for from it."""

    id: str
    area: str
    brings: tuple[str, ...] = ()


@cache
def pending() -> Mapping[str, Pending]:
    """Return the procedures that are still to be declared (`pending.toml`), by id."""
    rows = tomllib.loads((Path(__file__).parent / "pending.toml").read_text("utf-8"))
    return {id_: Pending(id_, row["area"], tuple(row.get("brings", ()))) for id_, row in rows.items()}


def soundness(
    processes: Sequence[Process],
    rulebook: Rulebook,
    catalogue: Catalogue,
    waiting: Mapping[str, Pending] | None = None,
) -> tuple[Fault, ...]:
    """Return every fault of the procedures, in order; empty when they are sound.

    `waiting` are the procedures still to be declared, `pending()` when nothing is given.
    """
    waiting = pending() if waiting is None else waiting
    words = Words(tuple(processes), rulebook, catalogue, frozenset(waiting))
    found = [*_pending_faults(processes, waiting), *_event_faults(processes, catalogue, waiting)]
    for process in processes:
        pairs = [*_state_faults(process), *_step_faults(process)]
        if not pairs:
            pairs += [*word_faults(process, words), *clock_faults(process, words.inherited(process))]
        found += [Fault(process.id, where, text) for where, text in pairs]
    found += [Fault("documents", where, text) for where, text in document_faults(words)]
    return tuple(sorted(set(found)))


def _pending_faults(processes: Sequence[Process], waiting: Mapping[str, Pending]) -> Iterator[Fault]:
    for process in processes:
        if process.id in waiting:
            yield Fault(process.id, "pending.toml", "is declared now and still stands there")


def _event_faults(
    processes: Sequence[Process], catalogue: Catalogue, waiting: Mapping[str, Pending]
) -> Iterator[Fault]:
    """Every event that a step waits for is recorded by a step, an activity or a procedure still to come."""
    recorded = {emit.event for process in processes for step in process.steps for emit in step.emitted}
    recorded |= {event.event for kind in catalogue.activities.values() for event in kind.emits}
    recorded |= {event for process in waiting.values() for event in process.brings}
    for process in processes:
        for step in process.steps:
            for event in step.on_event:
                if event not in recorded:
                    yield Fault(process.id, step.id, f"waits for {event}, which nobody records")


def _state_faults(process: Process) -> Iterator[tuple[str, str]]:
    ids = [state.id for state in process.states]
    yield from ((id_, "the state is declared twice") for id_ in sorted(set(ids)) if ids.count(id_) > 1)
    starts = [state.id for state in process.states if state.kind == "start"]
    ends = {state.id for state in process.states if state.kind == "end"}
    if len(starts) != 1:
        yield "states", "there must be one start state"
        return
    if not ends:
        yield "states", "there must be an end state"
    edges = [(state, step.target(state)) for step in process.steps for state in step.from_]
    named = {state for edge in edges for state in edge}
    yield from ((state, "a step names this state, nothing declares it") for state in sorted(named - set(ids)))
    reached = _closure({starts[0]}, edges)
    leaving = _closure(ends, [(last, first) for first, last in edges])
    for id_ in ids:
        if id_ not in reached:
            yield id_, "the state cannot be reached"
        if id_ not in leaving:
            yield id_, "the state has no way out to an end"
    yield from ((first, "a step leaves from an end") for first, _ in edges if first in ends)


def _closure(known: set[str], edges: list[tuple[str, str]]) -> set[str]:
    """Return all states that the edges lead to from the known ones, those included."""
    found, more = set(known), True
    while more:
        more = False
        for first, last in edges:
            if first in found and last not in found:
                found.add(last)
                more = True
    return found


def _step_faults(process: Process) -> Iterator[tuple[str, str]]:
    ids = [step.id for step in process.steps]
    yield from ((id_, "the step is declared twice") for id_ in sorted(set(ids)) if ids.count(id_) > 1)
    for step in process.steps:
        if not step.sources and step.certainty not in WITHOUT_A_LAW:
            yield step.id, "has no source"
        if step.follows:
            yield from ((step.id, text) for text in _follow_faults(step))


def _follow_faults(step: Step) -> Iterator[str]:
    """Whoever follows is nobody: there is no one to ask, to approve or to draft."""
    if not step.on_event:
        yield "follows no event"
    if any(item.required is True for item in step.facts):
        yield "follows and asks for facts"
    if step.documents or step.approval:
        yield "follows and issues a document or needs an approval"
