"""Conditions of the interrogation-legality check, each with its article."""

from coordination.law.conditions import never_taken, taken
from coordination.law.guards.guard import guard

# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "not_marked_yet", never_taken("mark"), "RULES 71",
        en="the case is already marked as about to close", zh="已经标记即将侦查终结",
    ),
    guard(
        "marked", taken("mark"), "RULES 71",
        en="the case is not marked as about to close", zh="尚未标记即将侦查终结",
    ),
)
