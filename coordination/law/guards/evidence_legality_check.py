"""Conditions of the check of the legality of evidence, each with its article."""

from coordination.law.conditions import never_taken, taken
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation


def recording_attached(situation: Situation) -> bool:
    """Say whether the recording comes with the explanation where it was asked for (RULES 74)."""
    return situation.fact("recording_asked") is not True or bool(situation.facts.get("recording_ref"))


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "doubt_not_registered", never_taken("open"),
        en="the doubt is already registered", zh="疑点已经登记",
    ),
    guard(
        "doubt_registered", taken("open"), "RULES 72",
        en="the doubt is not registered yet", zh="疑点尚未登记",
    ),
    of_facts(
        "recording_attached", recording_attached, "RULES 74", "MPS 71",
        en="the recording that was asked for is not attached", zh="未随附所要求的讯问录音录像",
    ),
)
