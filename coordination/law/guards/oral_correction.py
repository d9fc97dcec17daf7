"""Conditions of oral corrections, each with its article."""

from coordination.law.conditions import no
from coordination.law.guards.guard import guard
from coordination.law.history import Situation

HOUSE = "DHS-"
"""The codes of findings in detention houses begin so (catalogue, group `detention_house`)."""


def about_detention_house(situation: Situation) -> bool:
    """Say whether the breach is one of a detention house (RULES 624)."""
    return str(situation.fact("finding") or "").startswith(HOUSE)


def disagreement_unheard(situation: Situation) -> bool:
    """Say whether the police disagree and were not heard since."""
    return situation.history.times("disagree") > situation.history.times("hear")


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "about_detention_house", about_detention_house, "RULES 624",
        en="not about a detention house", zh="不涉及看守所监管活动",
    ),
    guard(
        "not_about_detention_house", no(about_detention_house), "RULES 624",
        en="about a detention house", zh="涉及看守所监管活动",
    ),
    guard(
        "disagreement_unheard", disagreement_unheard,
        en="there is no disagreement to hear", zh="没有待听取的不同意见",
    ),
    guard(
        "all_disagreement_heard", no(disagreement_unheard),
        en="the police disagree and were not heard yet", zh="公安机关提出的不同意见尚未听取",
    ),
)
