"""Conditions of the clearing of hanging cases, each with its article."""

from coordination.law.conditions import fact_is
from coordination.law.guards.guard import guard
from coordination.law.history import Situation

ENDINGS = ("investigation_concluded", "case_withdrawn", "filed_case_transferred")


def ended_since_watched(situation: Situation) -> bool:
    """Say whether the case ended after it entered the watch; an ending before a return does not count."""
    watched = situation.history.last("watch")
    ends = [at for event, at in situation.history.events.items() if event in ENDINGS]
    return watched is not None and bool(ends) and max(ends) > watched.at


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "ended_since_watched", ended_since_watched,
        en="the case has not ended since it entered the watch", zh="进入监测后案件尚未办结",
    ),
    guard(
        "goes_to_filing_supervision", fact_is("follow_up", "filing_supervision"), "RULES 559",
        en="it does not go to filing supervision", zh="不转立案监督",
    ),
    guard(
        "goes_to_a_lead", fact_is("follow_up", "lead"), "RULES 551",
        en="it does not become a lead", zh="不登记监督线索",
    ),
)
