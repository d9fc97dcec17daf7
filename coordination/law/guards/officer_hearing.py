"""Conditions of the hearing of case officers, each with its article."""

from coordination.law.conditions import never_taken, taken
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation


def disputed_document_named(situation: Situation) -> bool:
    """Say whether it is known what is disputed: named, or the document of the procedure that called the hearing."""
    return bool(situation.history.opened_by or situation.facts.get("disputed_document"))


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "summons_not_sent", never_taken("call"),
        en="the hearing is already called", zh="已经召集",
    ),
    guard(
        "summons_sent", taken("call"),
        en="the hearing is not called yet", zh="尚未召集",
    ),
    of_facts(
        "disputed_document_named", disputed_document_named,
        en="the disputed document is not named", zh="未写明争议文书",
    ),
)
