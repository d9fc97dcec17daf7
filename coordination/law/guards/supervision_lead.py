"""Conditions of supervision leads, each with its article."""

from coordination.law.conditions import fact_is, fact_is_not, never_taken, taken
from coordination.law.guards.guard import guard

# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "lead_not_registered", never_taken("register"),
        en="the lead is already registered", zh="线索已经登记",
    ),
    guard(
        "lead_registered", taken("register"), "RULES 551",
        en="the lead is not registered yet", zh="线索尚未登记",
    ),
    guard(
        "triaged_verify", fact_is("outcome", "verify"),
        en="the triage did not choose verification", zh="分流结果不是核查",
    ),
    guard(
        "triaged_settle_at_once", fact_is("outcome", "settle_at_once"),
        en="the triage did not choose to settle at once", zh="分流结果不是即时处理",
    ),
    guard(
        "triaged_keep_on_file", fact_is("outcome", "keep_on_file"),
        en="the triage did not choose to keep on file", zh="分流结果不是备查",
    ),
    guard(
        "triaged_hand_over", fact_is("outcome", "hand_over"),
        en="the triage did not choose to hand over", zh="分流结果不是移送",
    ),
    guard(
        "lead_founded", fact_is_not("conclusion", "unfounded"), "RULES 552",
        en="the verification found the lead unfounded", zh="核查结论为不成立",
    ),
    guard(
        "lead_unfounded", fact_is("conclusion", "unfounded"), "RULES 552",
        en="the verification did not find the lead unfounded", zh="核查结论不是不成立",
    ),
    guard(
        "lead_from_complaint", fact_is("source", "complaint"), "RULES 552",
        en="there is no complainant", zh="没有控告人、申诉人",
    ),
)
