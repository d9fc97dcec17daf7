"""Hearing the case officers (听取办案人员意见) before a disputed opinion is insisted on.

Called by the Office for any disputed document, or by `correction_notice.call_hearing`, whose summons is this one:
then the hearing shares the notice's clocks, and what is recorded here is followed there.
"""
# fmt: off

from coordination.law.grammar import SAME, Field, Process, Rung, State, Step

HEARING = "officer_hearing_norm"
MEETS_AT = Field("meets_at", "datetime", tense="future")
SUMMONS = (Field("officers", "list"), Field("questions", "list"), MEETS_AT, Field("place", "text"))
"""What a summons says; `correction_notice.call_hearing` asks for the same."""

PROCESS = Process(
    "officer_hearing",
    "COOP-HEAR",
    "听取办案人员意见",
    "Hearing the case officers",
    subject="case",
    initiator="office_resident",
    states=(
        State("called", "已召集", "called", "start"),
        State("held", "已听取", "held"),
        State("recorded", "已记录", "recorded"),
        State("cancelled", "取消", "cancelled", "end"),
        State("closed", "附卷办结", "attached and closed", "end"),
    ),
    steps=(
        Step(
            "call", "召集", "Call",
            "office_resident", ("called",), SAME,
            guards=("summons_not_sent", "disputed_document_named"),
            facts=(Field("disputed_document", "text", required=False), *SUMMONS),
            emits=("officer_hearing_called",),
            starts=(HEARING,),
            documents=("DOC-MEETING-NOTICE",),
            certainty="practice",
        ),
        Step(
            "move_date", "改期", "Set another date",
            "office_resident", ("called",), SAME,
            guards=("summons_sent",),
            facts=(MEETS_AT, Field("reason", "text")),
        ),
        Step(
            "hold", "听取", "Hold",
            "prosecutor", ("called",), "held",
            guards=("summons_sent",),
            facts=(Field("present", "list"),),
            emits=("officer_hearing_held",),
            stops=(HEARING,),
            certainty="practice",
        ),
        Step(
            "cancel", "取消", "Cancel",
            "office_resident", ("called",), "cancelled",
            guards=("summons_sent",),
            facts=(Field("reason", "text"),),
            emits=("officer_hearing_cancelled",),
            stops=(HEARING,),
        ),
        Step(
            "record", "制作记录", "Record",
            "office_resident", ("held",), "recorded",
            facts=(Field("views", "text"), Field("result", "text")),
            emits=("officer_hearing_recorded",),
            documents=("DOC-HEARING-RECORD",),
        ),
        Step("attach", "附于监督文书", "Attach to the opinion", "office_resident", ("recorded",), "closed"),
    ),
    escalation=(
        Rung(
            "+1wd", HEARING, ("office_resident", "office_police", "prosecutor"),
            "new date", "另定日期", step="move_date",
        ),
    ),
    registers=("REG-MEETING", "REG-OPINION"),
    thread="inherit",
    by_hand=True,
)
