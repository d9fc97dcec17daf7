"""Action item (议定事项): what a meeting decided, with the person who answers for it and the day it is due.

An item that is not done comes up at the next meeting: it is carried over, gets a new day, or is given up there.
"""
# fmt: off

from coordination.law.grammar import SAME, Field, Process, Rung, Start, State, Step

PROCESS = Process(
    "meeting_action",
    "COOP-MEETING",
    "议定事项",
    "Meeting action item",
    subject="none",
    initiator="office_resident",
    titled_by=("result_expected",),
    states=(
        State("open", "待办", "open", "start"),
        State("in_progress", "办理中", "in progress"),
        State("overdue", "逾期", "overdue"),
        State("done", "已完成", "done"),
        State("carried_over", "结转", "carried over"),
        State("cancelled", "取消", "cancelled", "end"),
        State("closed", "核实办结", "verified", "end"),
    ),
    steps=(
        Step(
            "assign", "明确责任人", "Assign owner and date",
            "office_resident", ("open",), "in_progress",
            also=("office_police",),
            facts=(
                Field("owner", "ref"),
                Field("due_on", "date", tense="future"),
                Field("result_expected", "text"),
            ),
            emits=("action_opened",),
            starts=(Start("meeting_action_due", stated_by="due_on"),),
            documents=("DOC-ACTION-SHEET",),
        ),
        Step(
            "reassign", "变更责任人", "Change the owner",
            "office_resident", ("in_progress", "overdue"), SAME,
            also=("office_police",),
            facts=(Field("owner", "ref"), Field("reason", "text")),
        ),
        Step(
            "progress", "更新进展", "Update",
            "office_police", ("in_progress", "overdue"), SAME,
            also=("office_resident",),
            named_by=("owner",),
            facts=(Field("progress", "text"),),
        ),
        Step(
            "miss", "逾期", "Date passes",
            "clock", ("in_progress",), "overdue",
            after_expiry_of=("meeting_action_due",),
        ),
        Step(
            "finish", "完成", "Done",
            "office_police", ("in_progress", "overdue"), "done",
            also=("office_resident",),
            named_by=("owner",),
            facts=(Field("result", "text"), Field("proof", "list", required=False)),
            emits=("action_done",),
            stops=("meeting_action_due",),
            lays=("verify",),
        ),
        Step(
            "carry", "结转下次会议", "Carry over",
            "office_resident", ("overdue",), "carried_over",
            also=("office_police",),
            facts=(Field("meeting", "ref"), Field("reason", "text")),
            # The day was missed and stays on record; the next one is set by the meeting.
            stops=("meeting_action_due",),
            lays=("resume",),
        ),
        Step(
            "resume", "重新确定期限", "New date",
            "office_resident", ("carried_over",), "in_progress",
            also=("office_police",),
            facts=(Field("due_on", "date", tense="future"),),
            emits=("action_opened",),
            starts=(Start("meeting_action_due", stated_by="due_on"),),
        ),
        Step(
            "cancel", "取消", "Cancel",
            "office_resident", ("open", "in_progress", "overdue", "carried_over"), "cancelled",
            also=("office_police",),
            facts=(Field("reason", "text"), Field("meeting", "ref")),
            emits=("action_cancelled",),
            stops=("meeting_action_due",),
        ),
        Step(
            "verify", "核实", "Verify",
            "office_resident", ("done",), "closed",
        ),
        Step(
            "not_done", "核实未完成", "Not done after all",
            "office_resident", ("done",), "in_progress",
            facts=(Field("reason", "text"), Field("due_on", "date", tense="future")),
            emits=("action_opened",),
            starts=(Start("meeting_action_due", stated_by="due_on"),),
        ),
    ),
    escalation=(
        Rung(
            "-3wd", "meeting_action_due", ("office_resident", "office_police"),
            "reminder to the owner", "提醒责任人", step="finish",
        ),
        Rung(
            "+1d", "meeting_action_due", ("office_resident", "office_police"),
            "agenda of the next meeting", "列入下次会议议题", step="carry",
        ),
    ),
    registers=("REG-MEETING",),
)
