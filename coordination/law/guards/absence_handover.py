"""Conditions of absence handovers: nobody stands in for himself or herself."""

from coordination.law.guards.guard import of_facts
from coordination.law.history import Situation


def someone_else_stands_in(situation: Situation) -> bool:
    """Say whether the stand-in is not the person who leaves."""
    return situation.actor is None or situation.facts.get("stand_in") != situation.actor.id


def deputy_is_not_the_absent(situation: Situation) -> bool:
    """Say whether the head names somebody who is not the person who leaves."""
    return situation.facts.get("stand_in") not in situation.history.named("open")


# fmt: off
GUARDS = (
    of_facts(
        "someone_else_stands_in", someone_else_stands_in,
        en="nobody stands in for himself or herself", zh="代理人不得为本人",
    ),
    of_facts(
        "deputy_is_not_the_absent", deputy_is_not_the_absent,
        en="the deputy is the person who is absent", zh="不得指定离岗人本人代理",
    ),
)
