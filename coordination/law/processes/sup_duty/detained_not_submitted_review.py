"""Review of persons detained and never submitted for arrest (刑拘未提捕审查): a list a week, files, feedback a quarter.

Local practice: its periods are set by the Office. A list that is handed over begins the next one, so that the weeks
follow each other without anybody having to remember: from the day on which the list was due, not from a late handover.
Persons stand in the list a line each; what was done to them since the detention is in their custody record.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Field,
    Open,
    Process,
    Rung,
    Start,
    State,
    Step,
)
from coordination.law.processes.sup_duty.to_lead import FROM_LIST, LEAD

PROCESS = Process(
    "detained_not_submitted_review",
    "SUP-DUTY",
    "刑拘未提捕审查",
    "Review of detained-not-submitted persons",
    subject="office",
    initiator="office_police",
    states=(
        State("list_due", "清单到期", "list due", "start"),
        State("listed", "清单已收", "list received"),
        State("files_asked", "调阅案卷", "files asked for"),
        State("files_in", "案卷到齐", "files in"),
        State("reviewed", "审查完毕", "reviewed"),
        State("feedback", "季度反馈", "quarterly feedback"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "due", "清单到期", "List falls due",
            "clock", ("list_due",), SAME,
            # Taken as the proceeding begins: the week runs from there, or from the planned end of the week before.
            guards=("list_not_due_yet",),
            facts=(Field("week_from_on", "date", required="auto"),),
            emits=(
                Emit("detained_list_due", when="first_week"),
                Emit("detained_list_due", dated_by="week_from_on", when="week_is_planned"),
            ),
            starts=("detained_list_weekly",),
            certainty="practice",
        ),
        Step(
            "hand_list", "移交清单", "Hand over the list",
            "office_police", ("list_due",), "listed",
            facts=(
                Field("from_on", "date"),
                Field("to_on", "date", tense="past"),
                Field("persons", "list", required=False),
            ),
            guidance="a line a person: name, day of detention, measure after it, reason; "
            "a week without anybody is handed over as well",
            guidance_zh="一人一行：姓名、拘留日期、其后措施、未提捕原因；当周没有人员的也应当移交",
            emits=("detained_list_received", Emit("quarter_ended", when="list_ends_quarter")),
            starts=(Start("detained_quarter_feedback", when="list_ends_quarter"),),
            stops=("detained_list_weekly",),
            opens=(
                Open(
                    "detained_not_submitted_review", takes="due", fact="week_from_on", paced_by="detained_list_weekly",
                ),
            ),
            documents=("DOC-DETAINED-LIST",),
            certainty="practice",
        ),
        Step(
            "ask_files", "发函调阅", "Ask for files",
            "office_resident", ("listed",), "files_asked",
            facts=(Field("persons", "list"), Field("reason", "text")),
            emits=(Emit("detained_files_requested", on_receipt=True),),
            starts=("detained_files_handover",),
            documents=("DOC-FILE-REQUEST",),
            certainty="practice",
        ),
        Step(
            "no_doubt", "无需调阅", "No files needed",
            "office_resident", ("listed",), "reviewed",
            emits=("detained_review_done",),
            certainty="practice",
        ),
        Step(
            "hand_some_files", "移交部分案卷", "Hand over some of the files",
            "police_legal", ("files_asked",), SAME,
            guards=("files_still_owed",),
            facts=(Field("persons", "list"),),
            guidance="the period goes on for the rest",
            guidance_zh="其余案卷的移交期限继续计算",
            certainty="practice",
        ),
        Step(
            "hand_files", "移交案卷", "Hand over files",
            "police_legal", ("files_asked",), "files_in",
            on_event=("detained_files_requested",),
            emits=("detained_files_received",),
            stops=("detained_files_handover",),
            certainty="practice",
        ),
        Step(
            "review", "审查", "Review",
            "prosecutor", ("files_in",), "reviewed",
            facts=(Field("result_by_person", "list"), Field("questions", "list", required=False)),
            emits=("detained_review_done",),
            certainty="practice",
        ),
        Step(
            "to_lead", "转监督线索", "Becomes a lead",
            "prosecutor", ("files_in", "reviewed"), SAME,
            facts=LEAD,
            guidance="reasons that do not hold: DET-4 or DET-5; the lead is registered by the same act",
            guidance_zh="未提捕理由不成立的（DET-4或者DET-5）；线索同时登记",
            opens=(FROM_LIST,),
            certainty="practice",
        ),
        Step(
            "refuse_files", "未移交案卷", "Files not handed over",
            "office_resident", ("files_asked",), "reviewed",
            after_expiry_of=("detained_files_handover",),
            facts=(Field("missing", "list"), *LEAD),
            # Nothing was received: the waiting ends, and a lead begins.
            emits=("detained_review_done",),
            stops=("detained_files_handover",),
            opens=(FROM_LIST,),
        ),
        Step(
            "quarter", "季度反馈", "Quarterly feedback",
            "office_resident", ("reviewed",), "feedback",
            guards=("quarter_feedback_owed",),
            facts=(Field("period", "text"), Field("result_by_person", "list"), Field("common_problem", "text")),
            emits=("quarter_feedback_given",),
            stops=("detained_quarter_feedback",),
            documents=("DOC-QUARTER-FEEDBACK",),
            certainty="practice",
        ),
        Step(
            "close", "办结", "Close",
            "office_resident", ("reviewed", "feedback"), "closed",
            blocked_while_running=("detained_quarter_feedback",),
        ),
    ),
    escalation=(
        Rung(
            "+0d", "detained_list_weekly", ("office_police",),
            "list draft from recorded measures", "依已登记的强制措施生成清单稿", step="hand_list",
        ),
        Rung(
            "+1d", "detained_list_weekly", ("office_police", "police_legal", "office_resident"),
            "list draft from recorded measures", "依已登记的强制措施生成清单稿", step="hand_list",
        ),
        Rung(
            "+1d", "detained_files_handover", ("police_legal", "office_resident"),
            "urge", "催移交案卷", step="hand_files",
        ),
        Rung(
            "+3wd", "detained_files_handover", ("police_chief", "chief_procurator", "office_resident"),
            "lead with finding DET-5", "监督线索：DET-5", step="refuse_files",
        ),
        Rung(
            "-3wd", "detained_quarter_feedback", ("office_resident",), "DOC-QUARTER-FEEDBACK", step="quarter",
        ),
    ),
    registers=("REG-DETAINED",),
)
