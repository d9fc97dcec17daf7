"""Interrogation-legality check before a major case closes (重大案件讯问合法性核查): RULES 71.

The police say that the case is about to close, the stationed prosecutor asks the suspect about the interrogations. A
doubt is settled in the check of the evidence (`evidence_legality_check`); what is decided there ends this record.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Field,
    Open,
    OpenAtEnd,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)
from coordination.law.processes.sup_norm.evidence_legality_check import DOUBT

CHECK, NOTICE = "interrogation_legality_verification", "interrogation_legality_notice"
CLOSE_ON = Field("expected_close_on", "date", tense="future")

PROCESS = Process(
    "interrogation_legality_check",
    "SUP-NORM",
    "重大案件讯问合法性核查",
    "Interrogation-legality check before closing",
    subject="suspect",
    initiator="investigator",
    states=(
        State("about_to_close", "即将侦查终结", "about to close", "start"),
        State("notified", "已通知驻所检察", "notice sent"),
        State("checking", "核查中", "being checked"),
        State("doubt", "存在疑点", "doubts found"),
        State("closed_ok", "未发现违法", "nothing found", "end"),
        State("closed_excluded", "排除证据", "evidence excluded", "end"),
        State("closed_kept", "疑点排除", "doubts cleared", "end"),
        State("lapsed", "不再核查", "no longer needed", "end"),
    ),
    steps=(
        Step(
            "mark", "标记即将终结", "Mark a major case as about to close",
            "investigator", ("about_to_close",), SAME,
            guards=("not_marked_yet",),
            facts=(CLOSE_ON,),
            guidance="a major case: life imprisonment or death may be imposed, or the case is complex and serious",
            guidance_zh="重大案件：可能判处无期徒刑、死刑的案件，或者其他重大复杂案件",
            emits=("major_case_closing_soon",),
            starts=(Start(CHECK, stated_by="expected_close_on"), NOTICE),
            certainty="verified",
            sources=cite("RULES 71"),
        ),
        Step(
            "notify", "通知驻所检察人员", "Notify the stationed prosecutor",
            "police_legal", ("about_to_close",), "notified",
            guards=("marked",),
            emits=(Emit("closing_notice_received", on_receipt=True),),
            stops=(NOTICE,),
            documents=("DOC-CLOSING-NOTICE",),
            certainty="unverified",
            sources=cite("RULES 71", "HECHA2020 4"),
        ),
        Step(
            "move_day", "调整预计终结日", "The case closes on another day",
            "investigator", ("about_to_close", "notified", "checking"), SAME,
            guards=("marked",),
            facts=(CLOSE_ON,),
            emits=("major_case_closing_soon",),
            # The check goes by the day of the closing, so it moves with it.
            stops=(CHECK,),
            starts=(Start(CHECK, stated_by="expected_close_on"),),
        ),
        Step(
            "start", "开始核查", "Start the check",
            "prosecutor", ("notified",), "checking",
            on_event=("closing_notice_received",),
            facts=(Field("recording_ref", "text"), Field("place", "text")),
            guidance="recorded in picture and sound throughout",
            guidance_zh="核查过程应当全程同步录音录像",
            certainty="verified",
            sources=cite("RULES 71"),
        ),
        Step(
            "no_doubt", "未发现违法取证", "Nothing found",
            "prosecutor", ("checking",), "closed_ok",
            emits=("legality_check_done",),
            stops=(CHECK,),
            documents=("DOC-LEGALITY-CHECK-OPINION",),
            certainty="verified",
            sources=cite("RULES 71"),
        ),
        Step(
            "doubt", "发现疑点", "Doubts found",
            "prosecutor", ("checking",), "doubt",
            facts=DOUBT,
            emits=("legality_check_done",),
            stops=(CHECK,),
            opens=(Open("evidence_legality_check", takes="open", given=(("source", "legality_check"),)),),
            certainty="verified",
            sources=cite("RULES 71", "RULES 72"),
        ),
        Step(
            "exclude", "已排除", "Evidence excluded",
            "prosecutor", ("doubt",), "closed_excluded",
            # Decided in the check of the evidence, with its opinion to the police.
            on_event=("evidence_excluded",),
            follows=True,
            certainty="verified",
            sources=cite("RULES 71"),
        ),
        Step(
            "cleared", "疑点排除", "Doubts cleared",
            "prosecutor", ("doubt",), "closed_kept",
            on_event=("evidence_kept",),
            documents=("DOC-LEGALITY-CHECK-OPINION",),
            certainty="verified",
            sources=cite("RULES 72"),
        ),
        Step(
            "lapse", "案件撤销或移送，不再核查", "The case ended otherwise",
            "prosecutor", ("about_to_close", "notified", "checking"), "lapsed",
            on_event=("case_withdrawn", "filed_case_transferred"),
            follows=True,
            stops=(CHECK, NOTICE),
        ),
    ),
    escalation=(
        Rung(
            "-7d", CHECK, ("prosecutor", "office_resident", "police_legal"),
            "check date", "约定核查日期", step="start",
        ),
        Rung(
            "-1d", CHECK, ("prosecutor", "police_legal"),
            "stop sign on concluding the case", "未完成核查，提示暂缓侦查终结",
        ),
    ),
    registers=("REG-OPINION", "REG-LEAD"),
    open_at_end=(OpenAtEnd(NOTICE, "disabled"),),
)
