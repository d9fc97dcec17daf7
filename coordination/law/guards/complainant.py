"""Conditions on whoever complained or applied, for the procedures that owe this person an answer."""

from coordination.law.conditions import fact_given
from coordination.law.guards.guard import guard

# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "complainant_named", fact_given("complainant"), "RULES 553", "RULES 558",
        en="there is no complainant", zh="没有控告人、申诉人",
    ),
)
