"""Conditions of the objection to a non-prosecution, each with its article."""

from coordination.law.conditions import not_by_whoever_took
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

FIRST_DECISION = "not_prosecute"
"""The step of `prosecution_review` whose taker may not decide the reconsideration."""


def handler_did_not_decide(situation: Situation) -> bool:
    """Say whether the prosecutor named is another one than who decided not to prosecute."""
    first = {taken.actor_id for taken in situation.history.opener if taken.step == FIRST_DECISION}
    return situation.facts.get("handler") not in first


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    of_facts(
        "handler_did_not_decide_non_prosecution", handler_did_not_decide, "RULES 379",
        en="another prosecutor handles the reconsideration than the one who decided not to prosecute",
        zh="应当另行指派检察官，原承办检察官不得办理复议",
    ),
    guard(
        "did_not_decide_non_prosecution", not_by_whoever_took(FIRST_DECISION), "RULES 379",
        en="whoever decided not to prosecute may not decide the reconsideration",
        zh="作出原不起诉决定的检察官不得办理复议",
    ),
)
