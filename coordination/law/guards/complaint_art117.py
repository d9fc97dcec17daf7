"""Conditions of complaints under CPL 117, each with its article."""

from coordination.law.conditions import fact_is, never_taken, taken
from coordination.law.guards.guard import guard
from coordination.law.history import Situation


def police_answered_or_late(situation: Situation) -> bool:
    """Say whether the police have answered, or their thirty days have run out (RULES 555, MPS 196)."""
    history = situation.history
    return history.times("decide") > 0 or "complaint_art117_police" in history.expired


def reasons_given_or_late(situation: Situation) -> bool:
    """Say whether the organ gave its reasons, was not asked, or let the date stated pass (RULES 556)."""
    history = situation.history
    return history.times("ask") <= history.times("explain") or "art117_reasons_reply" in history.expired


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "complaint_not_received", never_taken("receive"), "MPS 196",
        en="the complaint is already registered", zh="申诉、控告已经登记",
    ),
    guard(
        "complaint_received", taken("receive"), "MPS 196",
        en="the complaint is not registered yet", zh="申诉、控告尚未登记",
    ),
    guard(
        "police_answered_or_late", police_answered_or_late, "RULES 555", "MPS 196",
        en="the police have not answered, and their thirty days have not run out",
        zh="公安机关尚未答复，且处理期限未满",
    ),
    guard(
        "reasons_not_asked", never_taken("ask"), "RULES 556",
        en="the organ was already asked for its reasons", zh="已经要求说明理由",
    ),
    guard(
        "reasons_given_or_late", reasons_given_or_late, "RULES 556",
        en="the organ was asked for its reasons, and the date stated has not passed",
        zh="已要求说明理由，说明期限未满",
    ),
    guard(
        "complaint_well_founded", fact_is("conclusion", "well_founded"), "RULES 556",
        en="the review did not find the complaint well founded", zh="审查意见不是理由成立",
    ),
    guard(
        "complaint_unfounded", fact_is("conclusion", "unfounded"), "RULES 556",
        en="the review found the complaint well founded: correction is notified",
        zh="审查认为理由成立，应当通知纠正",
    ),
)
