"""Walks every path of a procedure with its clocks, to find a clock that still runs where the record closes.

A clock is followed together with the clocks that gate steps (`blocked_while_running`, `after_expiry_of`), so that a
path which the interpreter would refuse is not walked. Named guards are left out: they only take paths away. A clock
that starts under a condition may start or not; one that stops with a receipt stops, since what answers a document
comes after its receipt.
"""

from collections.abc import Iterator
from itertools import product

from coordination.law.procedure import Process, Step

Node = tuple[str, frozenset[str]]


def clock_faults(process: Process, inherited: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (limit, what is wrong) for clocks that nothing ends and for gates that never open.

    `inherited` are the clocks of the thread that another procedure started.
    """
    own = {start.limit for step in process.steps for start in step.started}
    allowed = {entry.limit for entry in process.open_at_end}
    for entry in process.open_at_end:
        if entry.limit not in own:
            yield entry.limit, "may be open at the end, but no step starts it"
    gates = {
        limit for step in process.steps for limit in (*step.blocked_while_running, *step.after_expiry_of)
    }
    for limit in sorted(gates - own - inherited):
        yield limit, "a step depends on it, but no step starts it"
    for limit in sorted(own - allowed):
        ends = _ends_with(process, limit, gates & own)
        if ends:
            yield limit, f"still runs at the end “{'”, “'.join(ends)}”"
    yield from _never_possible(process, gates & own, own | inherited)


def _ends_with(process: Process, limit: str, gates: set[str]) -> list[str]:
    """Return the end states that are reached with the clock running."""
    nodes = _walk(process, frozenset({limit, *gates}))
    closed = {state.id for state in process.states if state.kind == "end"}
    return sorted({state for state, running in nodes if state in closed and limit in running})


def _never_possible(process: Process, gates: set[str], known: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the steps whose gates are shut in every state from which they leave."""
    nodes = _walk(process, frozenset(gates))
    for step in process.steps:
        watched = (*step.blocked_while_running, *step.after_expiry_of)
        if not watched or not known.issuperset(watched):
            continue
        if not any(state in step.from_ and _is_open(step, running, gates) for state, running in nodes):
            yield step.id, "can never be taken: its clocks do not allow it"


def _walk(process: Process, watched: frozenset[str]) -> set[Node]:
    """Return every state that can be reached, with each set of watched clocks that may run there."""
    start: Node = (process.start.id, frozenset())
    seen, todo = {start}, [start]
    while todo:
        state, running = todo.pop()
        for step in process.steps_from(state):
            if not _is_open(step, running, watched):
                continue
            for after in _after(step, running, watched):
                node = (step.target(state), after)
                if node not in seen:
                    seen.add(node)
                    todo.append(node)
    return seen


def _is_open(step: Step, running: frozenset[str], watched: frozenset[str] | set[str]) -> bool:
    if not running.isdisjoint(step.blocked_while_running):
        return False
    # A limit that has run out is still open: it was started and nothing has stopped it.
    expected = [limit for limit in step.after_expiry_of if limit in watched]
    return len(expected) < len(step.after_expiry_of) or not expected or not running.isdisjoint(expected)


def _after(step: Step, running: frozenset[str], watched: frozenset[str]) -> Iterator[frozenset[str]]:
    left = running - {*step.stops, *step.stops_on_receipt}
    started = [start for start in step.started if start.limit in watched]
    always = {start.limit for start in started if start.when is None}
    always |= {limit for limit in step.reopens if limit in watched}
    perhaps = [start.limit for start in started if start.when is not None]
    for chosen in product((False, True), repeat=len(perhaps)):
        yield left | always | {limit for limit, taken in zip(perhaps, chosen, strict=True) if taken}
