"""Makers of the tests behind named guards: small questions about a `Situation`, to be put together.

A condition that only one procedure knows stands beside its guards, in `guards/`.
"""

from collections.abc import Callable, Iterable

from coordination.law.history import Situation, Taken

Test = Callable[[Situation], bool]


def fact_is(name: str, *values: object) -> Test:
    """Ask that the fact, of the step or an earlier one, has one of these values."""
    return lambda situation: situation.fact(name) in values


def fact_is_not(name: str, *values: object) -> Test:
    """Ask that the fact, of the step or an earlier one, has none of these values."""
    return lambda situation: situation.fact(name) not in values


def fact_given(name: str) -> Test:
    """Ask that the fact, of the step or an earlier one, is there and not empty."""
    return lambda situation: bool(situation.fact(name))


def state_in(states: Iterable[str]) -> Test:
    """Ask that the proceeding stands in one of these states."""
    wanted = frozenset(states)
    return lambda situation: situation.history.state in wanted


def never_taken(step: str) -> Test:
    """Ask that the step was not taken before in this proceeding."""
    return lambda situation: situation.history.times(step) == 0


def taken(step: str) -> Test:
    """Ask that the step was taken before in this proceeding."""
    return lambda situation: situation.history.times(step) > 0


def taken_since(step: str, *after: str) -> Test:
    """Ask that the step was taken later than the latest of these others."""

    def test(situation: Situation) -> bool:
        done, before = situation.history.last(step), situation.history.last(*after)
        return done is not None and (before is None or _place(situation, done) > _place(situation, before))

    return test


def _place(situation: Situation, taken: Taken) -> int:
    """The place of a step among those taken; two steps may bear the same instant."""
    return next(place for place, other in enumerate(situation.history.taken) if other is taken)


def fewer_than(times: int, step: str) -> Test:
    """Ask that the step was taken less often than this."""
    return lambda situation: situation.history.times(step) < times


def happened(*events: str) -> Test:
    """Ask that one of the events is recorded for the case or the suspect."""
    return lambda situation: any(event in situation.history.events for event in events)


def not_happened_since(event: str, step: str) -> Test:
    """Ask that the event is not recorded, or only before the step was last taken."""

    def test(situation: Situation) -> bool:
        at, before = situation.history.events.get(event), situation.history.last(step)
        return at is None or (before is not None and at <= before.at)

    return test


def happened_since(events: tuple[str, ...], steps: tuple[str, ...]) -> Test:
    """Ask that one of the events is recorded, not before the last taking of these steps."""

    def test(situation: Situation) -> bool:
        before = situation.history.last(*steps)
        found = [at for event, at in situation.history.events.items() if event in events]
        return bool(found) and (before is None or max(found) >= before.at)

    return test


def runs(*limits: str) -> Test:
    """Ask that one of the clocks is open."""
    return lambda situation: any(limit in situation.history.running for limit in limits)


def not_beside(*processes: str) -> Test:
    """Ask that none of these procedures is open for the case or the suspect."""
    return lambda situation: situation.history.beside.isdisjoint(processes)


def recorded_fewer_than(times: int, event: str) -> Test:
    """Ask that the event is recorded less often than this for the case and the suspect, in all procedures together."""
    return lambda situation: situation.history.recorded.get(event, 0) < times


def children_in(process: str, *states: str) -> Test:
    """Ask that every proceeding of this process that this one opened stands in one of these states."""
    wanted = frozenset(states)
    return lambda situation: all(
        state in wanted for name, state in situation.history.children if name == process
    )


def above_is(name: str, *values: object) -> Test:
    """Ask that the fact has one of these values in the proceeding that opened this one."""
    return lambda situation: situation.history.above(name) in values


def not_by_whoever_took(*steps: str) -> Test:
    """Ask that somebody else takes the step than took one of these in the proceeding that opened this one."""

    def test(situation: Situation) -> bool:
        first = {taken.actor_id for taken in situation.history.opener if taken.step in steps}
        return situation.actor is None or situation.actor.id not in first

    return test


def both(*tests: Test) -> Test:
    """Ask that all of the tests hold."""
    return lambda situation: all(test(situation) for test in tests)


def no(test: Test) -> Test:
    """Ask that the test does not hold."""
    return lambda situation: not test(situation)


def not_the_drafter(situation: Situation) -> bool:
    """Say whether somebody else drafted: nobody approves an own draft."""
    draft = situation.history.last("draft")
    return situation.actor is None or draft is None or draft.actor_id != situation.actor.id


def by_another_than(step: str) -> Test:
    """Ask that the step was last taken by somebody else than who acts now."""

    def test(situation: Situation) -> bool:
        before = situation.history.last(step)
        return situation.actor is None or before is None or before.actor_id != situation.actor.id

    return test
