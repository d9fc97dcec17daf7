"""Conditions of the objection to a non-approval of arrest, each with its article."""

from coordination.law.conditions import above_is, fact_is, no, not_by_whoever_took
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

FIRST_DECISION = "refuse"
"""The step of `arrest_review` whose taker may not decide the reconsideration."""


def handler_did_not_refuse(situation: Situation) -> bool:
    """Say whether the prosecutor named is another one than who refused the arrest."""
    first = {taken.actor_id for taken in situation.history.opener if taken.step == FIRST_DECISION}
    return situation.facts.get("handler") not in first


def released(situation: Situation) -> bool:
    """Say whether the suspect is out of custody."""
    return not situation.history.in_custody


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "released_before_objection", released, "CPL 92", "MPS 141",
        en="the suspect is still in custody: released first, then reconsideration is asked",
        zh="犯罪嫌疑人仍在押，应当先行释放，再要求复议",
    ),
    guard(
        "supplement_was_asked", above_is("supplement_asked", True), "RULES 292",
        en="supplementary investigation had not been asked for", zh="未要求补充侦查",
    ),
    guard(
        "no_supplement_asked", no(above_is("supplement_asked", True)), "RULES 292",
        en="supplementary investigation was asked for: arrest is requested again, there is no reconsideration",
        zh="已要求补充侦查的，应当重新提请批准逮捕，不予受理复议",
    ),
    of_facts(
        "handler_did_not_refuse_arrest", handler_did_not_refuse, "RULES 290",
        en="another prosecutor handles the reconsideration than the one who refused the arrest",
        zh="应当另行指派检察官，原承办检察官不得办理复议",
    ),
    guard(
        "did_not_refuse_arrest", not_by_whoever_took(FIRST_DECISION), "RULES 290",
        en="whoever refused the arrest may not decide the reconsideration",
        zh="作出原不批准逮捕决定的检察官不得办理复议",
    ),
    guard(
        "review_changed", fact_is("outcome", "changed"), "RULES 291", "RULES 380",
        en="the review did not change the decision", zh="复核未改变原决定",
    ),
    guard(
        "review_upheld", fact_is("outcome", "upheld"), "RULES 291",
        en="the review changed the decision: it is carried out first", zh="复核改变原决定的，应当先行执行",
    ),
)
