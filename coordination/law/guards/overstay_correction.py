"""Conditions of the correction of overstay, each with its article."""

from coordination.law.conditions import never_taken, taken
from coordination.law.guards.guard import guard
from coordination.law.history import Situation


def still_in_custody(situation: Situation) -> bool:
    """Say whether the suspect is detained or arrested."""
    return situation.history.in_custody


def out_of_custody(situation: Situation) -> bool:
    """Say whether the suspect is neither detained nor arrested."""
    return not situation.history.in_custody


def house_complaint_received(situation: Situation) -> bool:
    """Say whether a complaint lies at the detention house that was not forwarded."""
    return situation.history.times("house_complaint") > situation.history.times("house_forward")


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "overstay_not_confirmed", never_taken("record"), "RULES 618",
        en="the overstay is already confirmed", zh="已经确认超期羁押",
    ),
    guard(
        "overstay_confirmed", taken("record"), "RULES 618",
        en="the overstay is not confirmed yet", zh="尚未确认超期羁押",
    ),
    guard(
        "still_in_custody", still_in_custody, "RULES 618",
        en="the suspect is not in custody any more", zh="犯罪嫌疑人已不在押",
    ),
    guard(
        "out_of_custody", out_of_custody, "CPL 98", "CPL 99",
        en="the suspect is still in custody", zh="犯罪嫌疑人仍在押",
    ),
    guard(
        "house_complaint_received", house_complaint_received, "JIYA2006 33",
        en="no complaint lies at the detention house", zh="看守所没有待转送的申诉、控告",
    ),
    guard(
        "notice_not_begun", never_taken("open_notice"), "RULES 618",
        en="the correction notice is already begun", zh="纠正违法通知书已经启动",
    ),
)
