"""Clearing of hanging cases (挂案清理): listed by age, screened, confirmed by both, planned, cleared by a date.

The watch begins in `case` three months after the filing (or after active work was explained); when it runs out, this
record opens by itself. That the case has ended is recorded in `case` and followed here.
"""
# fmt: off

from coordination.law.grammar import SAME, Field, Open, Process, Rung, Start, State, Step, cite

NODE = "hanging_time_node"
ENDED = ("investigation_concluded", "case_withdrawn", "filed_case_transferred")
DUE = Field("due_on", "date", tense="future")

WATCH = (
    Step(
        "watch", "进入监测", "Enter the watch",
        "clock", ("watched",), SAME,
        on_event=("hanging_watch_opened",),
        follows=True,
    ),
    Step(
        "ended", "案件已结，退出监测", "The case has ended: leave the watch",
        "investigator", ("watched", "screened"), "not_hanging",
        on_event=ENDED,
        follows=True,
        guards=("ended_since_watched",),
    ),
    Step(
        "screen", "初筛", "Screen",
        "office_resident", ("watched",), "screened",
        facts=(
            Field(
                "reason", "enum",
                options=(
                    "suspect_unknown", "suspect_at_large", "evidence_missing", "appraisal_pending",
                    "civil_dispute", "inactivity", "other_reason",
                ),
            ),
        ),
        guidance="for the procuratorate; days open and last activity stand in the register",
        guidance_zh="检察机关的确认；已立案天数和最近活动见台账",
        certainty="practice",
    ),
    Step(
        "explain", "说明在办", "Explain active work",
        "investigator", ("screened",), "not_hanging",
        facts=(Field("progress", "text"), Field("next_step", "text")),
        # The case is watched anew from here.
        emits=("hanging_work_explained",),
    ),
    Step(
        "confirm", "双方确认", "Both confirm",
        "office_police", ("screened",), "confirmed",
        guidance="for the police, after the screening for the procuratorate",
        guidance_zh="公安机关的确认，在检察机关初筛之后",
        emits=("hanging_confirmed",),
        certainty="practice",
    ),
)

PLAN = (
    Step(
        "plan", "制定方案", "Plan and date",
        "police_legal", ("confirmed",), "planned",
        facts=(
            Field("route", "enum", options=("go_on_investigating", "conclude", "transfer", "withdraw")),
            DUE,
            Field("owner", "ref"),
        ),
        approval="police_chief",
        emits=("hanging_node_set",),
        starts=(Start(NODE, stated_by="due_on"),),
        documents=("DOC-HANGING-PLAN",),
        certainty="practice",
    ),
    Step("miss", "逾期", "Date missed", "clock", ("planned",), "overdue", after_expiry_of=(NODE,)),
    Step(
        "replan", "调整方案", "Set a new date",
        "police_legal", ("overdue",), "planned",
        facts=(Field("reasons", "text"), DUE),
        guidance="the missed date stays visible",
        guidance_zh="错过的日期仍然可见",
        approval="police_chief",
        emits=("hanging_node_set",),
        stops=(NODE,),
        starts=(Start(NODE, stated_by="due_on"),),
    ),
    Step(
        "clear", "清理完毕", "Cleared",
        "investigator", ("confirmed", "planned", "overdue"), "cleared",
        # Concluded, withdrawn or transferred: recorded in `case`, with its document.
        on_event=ENDED,
        follows=True,
        guards=("ended_since_watched",),
        emits=("hanging_cleared",),
        stops=(NODE,),
        certainty="practice",
    ),
    Step(
        "supervise", "转立案监督", "Goes to filing supervision",
        "prosecutor", ("confirmed", "overdue"), "closed",
        facts=(Field("follow_up", "enum", options=("filing_supervision", "lead")),),
        guidance="a lead with FIL-6 where the reasons are not clear yet",
        guidance_zh="原因尚不明确的，先登记监督线索（FIL-6）",
        stops=(NODE,),
        opens=(
            Open("filing_supervision_withdraw", when="goes_to_filing_supervision"),
            Open("supervision_lead", when="goes_to_a_lead"),
        ),
        certainty="verified",
        sources=cite("RULES 557", "RULES 559"),
    ),
    Step("verify", "核实", "Verify", "office_resident", ("cleared",), "closed"),
)

PROCESS = Process(
    "hanging_case_clearance",
    "SUP-EFFECT",
    "挂案清理",
    "Clearing of hanging cases",
    subject="case",
    initiator="office_resident",
    states=(
        State("watched", "监测", "in the ageing watch", "start"),
        State("screened", "初筛", "screened"),
        State("confirmed", "双方确认", "confirmed by both"),
        State("planned", "有方案", "plan with a date"),
        State("overdue", "逾期未清", "date missed"),
        State("cleared", "已清理", "cleared"),
        State("not_hanging", "非挂案", "not hanging", "end"),
        State("closed", "核实办结", "verified and closed", "end"),
    ),
    steps=(*WATCH, *PLAN),
    escalation=(
        Rung("-10d", NODE, ("investigator", "police_legal"), "status form", "填报清理进展"),
        Rung(
            "+1d", NODE, ("police_legal", "police_chief", "prosecutor", "office_resident"),
            "new date or filing supervision", "调整日期或者转立案监督", step="replan",
        ),
        Rung(
            "+30d", NODE, ("chief_procurator", "police_chief"),
            "agenda item for the joint meeting", "列入联席会议议题",
        ),
    ),
    registers=("REG-HANGING",),
)
