"""Conditions of timely involvement, each with its article."""

from coordination.law.conditions import happened, never_taken
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

GIVEN = ("opine", "more")


def open_opinions(situation: Situation) -> frozenset[int]:
    """Return the numbers, from one, of the latest opinions that the police have not answered."""
    history = situation.history
    given = history.last(*GIVEN)
    if given is None:
        return frozenset()
    since = history.taken[history.taken.index(given) :]
    answered = {taken.facts.get("item_no") for taken in since if taken.step == "answer_item"}
    items = given.facts.get("items")
    count = len(items) if isinstance(items, (list, tuple)) else 0
    return frozenset(number for number in range(1, count + 1) if number not in answered)


def opinion_open(situation: Situation) -> bool:
    """Say whether the number is that of an opinion which is not answered yet."""
    return situation.facts.get("item_no") in open_opinions(situation)


def every_opinion_answered(situation: Situation) -> bool:
    """Say whether the police have answered every one of the latest opinions."""
    return not open_opinions(situation)


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "involvement_not_requested", never_taken("request"), "RULES 256",
        en="the involvement is already requested", zh="已经商请介入",
    ),
    guard(
        "involvement_requested", happened("involvement_requested"), "RULES 256",
        en="no request has been received", zh="尚未收到商请函",
    ),
    of_facts(
        "opinion_open", opinion_open,
        en="there is no open opinion of this number", zh="没有这一编号的未答复意见",
    ),
    guard(
        "every_opinion_answered", every_opinion_answered,
        en="not every opinion is answered yet", zh="尚有意见未逐项答复",
    ),
)
