"""Complaint of obstructed defence rights (阻碍辩护人、诉讼代理人权利控告): verified and answered in ten days.

CPL 49, RULES 57, 58. Founded, it goes on as an oral correction or a correction notice.
"""
# fmt: off

from coordination.law.grammar import Field, Open, Process, Rung, State, Step, cite

ANSWER = "defence_obstruction_complaint"
KINDS = (
    "recusal_refused", "rights_not_told", "request_not_forwarded", "legal_aid_not_notified",
    "application_unanswered", "charge_not_told", "meeting_restricted", "file_access_refused", "evidence_refused",
    "exculpatory_withheld", "opinion_not_heard", "papers_not_served", "other_obstruction",
)

PROCESS = Process(
    "lawyer_rights_complaint",
    "SUP-NORM",
    "阻碍辩护人、代理人权利控告",
    "Complaint of obstructed defence rights",
    subject="case",
    initiator="prosecutor",
    states=(
        State("received", "收到控告", "received", "start"),
        State("verifying", "核实", "being verified"),
        State("founded", "属实", "founded"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "receive", "受理", "Accept",
            "prosecutor", ("received",), "verifying",
            facts=(
                Field("complainant", "text"),
                Field("kind", "enum", options=KINDS),
                Field("organ", "ref"),
                Field("received_at", "datetime"),
            ),
            occurred_by="received_at",
            emits=("obstruction_complaint_received",),
            starts=(ANSWER,),
            certainty="verified",
            sources=cite("RULES 57", "RULES 58", "CPL 49"),
        ),
        Step(
            "unfounded", "不属实答复", "Unfounded: answer",
            "prosecutor", ("verifying",), "closed",
            facts=(Field("answer", "text"),),
            emits=("obstruction_answered",),
            stops=(ANSWER,),
            documents=("DOC-OBSTRUCTION-ANSWER",),
            certainty="verified",
            sources=cite("RULES 58"),
        ),
        Step(
            "found", "属实答复", "Founded: answer",
            "prosecutor", ("verifying",), "founded",
            facts=(Field("answer", "text"),),
            emits=("obstruction_answered",),
            stops=(ANSWER,),
            documents=("DOC-OBSTRUCTION-ANSWER",),
            certainty="verified",
            sources=cite("RULES 58"),
        ),
        Step(
            "correct", "通知纠正", "Notify correction",
            "prosecutor", ("founded",), "closed",
            facts=(Field("level", "enum", options=("oral", "written")),),
            opens=(
                Open("oral_correction", when="level_oral"),
                Open("correction_notice", when="level_written"),
            ),
            certainty="verified",
            sources=cite("RULES 58", "CPL 49"),
        ),
    ),
    escalation=(
        Rung("-3d", ANSWER, ("prosecutor",), "answer draft", "起草答复"),
        Rung("+1d", ANSWER, ("chief_procurator", "case_manager"), "internal prompt", "内部督促"),
    ),
    registers=("REG-COMPLAINT",),
    seen_by="after:founded",
)
