"""Conditions of case-quality reviews: nobody reviews an own case."""

from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation


def reviewers_did_not_handle(situation: Situation) -> bool:
    """Say whether none of the reviewers handles the case."""
    reviewers = situation.facts.get("reviewers")
    named = reviewers if isinstance(reviewers, (list, tuple)) else ()
    return situation.history.handlers.isdisjoint(str(one) for one in named)


def actor_did_not_handle(situation: Situation) -> bool:
    """Say whether whoever acts does not handle the case."""
    return situation.actor is None or situation.actor.id not in situation.history.handlers


def disagreement_is_explained(situation: Situation) -> bool:
    """Say whether a unit that disagrees says why."""
    return situation.facts.get("agrees") is not False or bool(situation.facts.get("comment"))


# fmt: off
GUARDS = (
    of_facts(
        "reviewers_did_not_handle", reviewers_did_not_handle,
        en="nobody reviews a case that he or she handled", zh="不得评查本人承办的案件",
    ),
    guard(
        "reviewer_did_not_handle", actor_did_not_handle,
        en="whoever handles the case does not review it", zh="承办人不得评查本人承办的案件",
    ),
    of_facts(
        "disagreement_is_explained", disagreement_is_explained,
        en="a unit that disagrees says why", zh="不认可的，应当说明意见",
    ),
)
