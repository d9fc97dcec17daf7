"""Conditions of consultations, each with its article."""

from coordination.law.guards.guard import guard
from coordination.law.history import Situation


def asked_in_a_case(situation: Situation) -> bool:
    """Say whether the question belongs to a case: only in a case can prosecutors take part."""
    return situation.history.in_case


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "asked_in_a_case", asked_in_a_case, "RULES 256",
        en="the question does not belong to a case", zh="该咨询不涉及具体案件",
    ),
)
