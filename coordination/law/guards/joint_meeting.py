"""Conditions of joint meetings."""

from coordination.law.conditions import children_in, no, taken, taken_since
from coordination.law.guards.guard import guard

ASSIGNED = ("in_progress", "overdue", "done", "carried_over", "cancelled", "closed")
"""The states of an action item that has, or had, an owner and a day, or was given up."""

# fmt: off
GUARDS = (
    guard(
        "agenda_collected", taken("plan"),
        en="no agenda was collected", zh="尚未拟定议题",
    ),
    guard(
        "minutes_text_open", no(taken_since("agree_text", "hold")),
        en="the text is agreed already", zh="纪要文本已经核对",
    ),
    guard(
        "minutes_text_agreed", taken_since("agree_text", "hold"),
        en="the procuratorate has not agreed the text; minutes are of both sides", zh="检察院尚未核对纪要文本",
    ),
    guard(
        "every_decision_has_an_owner", children_in("meeting_action", *ASSIGNED),
        en="a decision has no owner and day yet", zh="尚有议定事项没有责任人和期限",
    ),
)
