"""Conditions of bulletins."""

from coordination.law.conditions import never_taken, no, taken, taken_since
from coordination.law.guards.guard import guard

# fmt: off
GUARDS = (
    guard(
        "bulletin_not_open", never_taken("open"),
        en="the period is stated already", zh="通报周期已经确定",
    ),
    guard(
        "bulletin_open", taken("open"),
        en="the period and its day are not stated", zh="尚未确定通报周期和日期",
    ),
    guard(
        "bulletin_open_to_police", no(taken_since("agree_police", "draft")),
        en="the police have approved this draft", zh="公安机关已审定本稿",
    ),
    guard(
        "police_approved_figures", taken_since("agree_police", "draft"),
        en="the police chief has not approved the police figures", zh="公安机关负责人尚未审定公安数据",
    ),
)
