"""Joint meeting (联席会议): agenda, minutes agreed by both, and an action for every decision.

Local practice. What was decided does not end with the meeting: each decision is a proceeding of its own with an
owner and a day (`meeting_action`), and the next meeting looks at those that are open.
"""
# fmt: off

from coordination.law.grammar import SAME, Field, Open, Process, Rung, State, Step

PROCESS = Process(
    "joint_meeting",
    "COOP-MEETING",
    "联席会议",
    "Joint meeting",
    subject="office",
    initiator="office_resident",
    titled_by=("agenda",),
    states=(
        State("planned", "计划", "planned", "start"),
        State("called", "已召集", "called"),
        State("held", "已召开", "held"),
        State("minutes_out", "纪要已印发", "minutes issued"),
        State("cancelled", "取消", "cancelled", "end"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "plan", "拟定议题", "Collect the agenda",
            "office_resident", ("planned",), SAME,
            also=("office_police",),
            facts=(
                Field("kind", "enum", options=("regular", "ad_hoc", "case_consultation")),
                Field("agenda", "list"),
            ),
            guidance="open leads, overdue replies, disputed opinions, common problems, hanging cases",
            guidance_zh="未结线索、逾期回复、争议意见、共性问题、挂案",
            certainty="practice",
        ),
        Step(
            "call", "召集", "Call",
            "office_resident", ("planned",), "called",
            also=("office_police",),
            guards=("agenda_collected",),
            facts=(
                Field("meets_at", "datetime", tense="any"),
                Field("place", "text"),
                Field("invited", "list"),
            ),
            emits=("meeting_called",),
            documents=("DOC-MEETING-NOTICE",),
            certainty="practice",
        ),
        Step(
            "cancel", "取消", "Cancel",
            "office_resident", ("planned", "called"), "cancelled",
            also=("office_police",),
            facts=(Field("reason", "text"),),
        ),
        Step(
            "hold", "召开", "Hold",
            "office_resident", ("called",), "held",
            also=("office_police",),
            facts=(
                Field("held_at", "datetime"),
                Field("present", "list"),
                Field("decisions", "list", required=False),
            ),
            occurred_by="held_at",
            emits=("meeting_held",),
            starts=("meeting_minutes_norm",),
            lays=("agree_text",),
            certainty="practice",
        ),
        Step(
            "agree_text", "核对纪要文本", "Agree the text",
            "office_resident", ("held",), SAME,
            guards=("minutes_text_open",),
            lays=("minutes",),
        ),
        Step(
            "minutes", "印发纪要", "Issue minutes",
            "office_police", ("held",), "minutes_out",
            approval="police_chief",
            guards=("minutes_text_agreed",),
            guidance="each decision becomes an action item that waits for its owner and day",
            guidance_zh="每项议定事项均立项，明确责任人和期限",
            emits=("minutes_issued",),
            stops=("meeting_minutes_norm",),
            documents=("DOC-MEETING-MINUTES",),
            opens=(Open("meeting_action", each="decisions", lays="assign", fact="result_expected"),),
            certainty="practice",
        ),
        Step(
            "check", "检查上次事项", "Check the last actions",
            "office_resident", ("held", "minutes_out"), SAME,
            also=("office_police",),
            facts=(Field("open_matters", "list", required=False), Field("result", "text")),
        ),
        Step(
            "close", "办结", "Close",
            "office_resident", ("minutes_out",), "closed",
            also=("office_police",),
            guards=("every_decision_has_an_owner",),
        ),
    ),
    escalation=(
        Rung(
            "+1wd", "meeting_minutes_norm", ("office_resident", "office_police"),
            "minutes draft from the decision list", "按议定事项起草纪要", step="minutes",
        ),
    ),
    registers=("REG-MEETING",),
)
