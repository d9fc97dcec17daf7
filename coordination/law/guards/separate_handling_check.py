"""Conditions of the check of separate handling, each with its source."""

from coordination.law.conditions import fact_is_not, never_taken
from coordination.law.guards.guard import guard

# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "separate_not_declared", never_taken("declare"), "LINGAN2014 3",
        en="the ground is already stated", zh="已经注明另案处理的理由",
    ),
    guard(
        "separate_goes_on", fact_is_not("state", "finished"),
        en="the person is dealt with: no further round", zh="该人员已经处理完毕，不再进入下一轮",
    ),
)
