"""Conditions of procuratorial recommendations, each with its article."""

from datetime import date

from coordination.law import clock
from coordination.law.calendar import national
from coordination.law.conditions import fact_is_not, no
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation
from coordination.law.rulebook import rulebook

REPLY, URGED = "procuratorial_recommendation_reply", "reply_after_urge_norm"


def reply_within_two_months(situation: Situation) -> bool:
    """Say whether the date stated lies within the general period, counted from now: it may only be shorter."""
    stated = situation.facts.get("reply_due_on")
    limit = rulebook().limit(REPLY)
    last = clock.due(limit, situation.at, in_custody=False, calendar=national()).on
    return isinstance(stated, date) and last is not None and stated <= last


def report_unhandled(situation: Situation) -> bool:
    """Say whether it was reported upward and the superior has not dealt with it since."""
    return situation.history.times("escalate") > situation.history.times("superior_done")


def urged_or_followed_in_vain(situation: Situation) -> bool:
    """Say whether the urged date has passed or, after a reply, the suggestions were not fully carried out."""
    history = situation.history
    if history.state == "urged":
        return URGED in history.expired
    return history.fact("carried_out") in ("partly_carried_out", "not_carried_out")


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    of_facts(
        "reply_within_two_months", reply_within_two_months, "JIANYI2019 19",
        en="the date for the reply lies beyond two months", zh="回复期限超过二个月",
    ),
    guard(
        "report_unhandled", report_unhandled,
        en="the superior has dealt with the report", zh="上级已经处理该报告",
    ),
    guard(
        "no_report_unhandled", no(report_unhandled),
        en="the superior has not dealt with the report yet", zh="上级尚未处理该报告",
    ),
    guard(
        "urged_or_followed_in_vain", urged_or_followed_in_vain, "JIANYI2019 19",
        en="the urged date has not passed, or what was suggested is carried out",
        zh="督促的回复期限未满，或者建议已经落实",
    ),
    guard(
        "recommendation_carried_out", fact_is_not("carried_out", "not_carried_out"), "JIANYI2019 19",
        en="what was suggested is not carried out", zh="建议尚未落实",
    ),
)
