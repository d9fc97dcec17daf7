"""Conditions of the handling of a supervision document inside the police, each with its article."""

from datetime import date

from coordination.law.conditions import never_taken, taken
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation


def internal_date_before_legal(situation: Situation) -> bool:
    """Say whether the date set for the unit lies before the date of the reply."""
    internal, legal = situation.facts.get("internal_due_on"), situation.fact("reply_due_on")
    return isinstance(internal, date) and isinstance(legal, date) and internal < legal


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "not_received_yet", never_taken("receive"),
        en="the document is already receipted", zh="文书已经签收",
    ),
    guard(
        "received_here", taken("receive"),
        en="the document is not receipted yet", zh="文书尚未签收",
    ),
    of_facts(
        "internal_date_before_legal", internal_date_before_legal,
        en="the internal date must lie before the date of the reply", zh="内部期限应当早于回复期限",
    ),
)
