"""Filing supervision, wrongly filed (不应立而立): reasons asked, examined, withdrawal notified (RULES 557-565).

A notice to withdraw knows an objection: reconsideration by the same procuratorate, decided by another prosecutor, then
review by the superior one. While either runs, the duty to withdraw rests; upheld, it goes on from its own beginning.
"""
# fmt: off

from coordination.law.grammar import (
    Emit,
    Field,
    OpenAtEnd,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)
from coordination.law.processes.sup_duty.filing_supervision_objection import COMPLY, OBJECTION, REMEDIES
from coordination.law.processes.sup_duty.filing_supervision_reasons import (
    EXAMINED,
    LEAD,
    TELL_RUNG,
    Reasons,
    answered,
    late,
    soon,
)
from coordination.law.processes.sup_duty.filing_supervision_upward import (
    CORRECTION_CLOCKS,
    UPWARD,
    UPWARD_LADDER,
    WATCHDOG,
    correct,
    overdue,
    superior_ends,
)

EXPLAIN = "filing_supervision_explain_filing"
ASKED = Reasons(("reasons_filing_request_received",), (EXPLAIN,))
ALL_CLOCKS = (EXPLAIN, *COMPLY, *OBJECTION, *CORRECTION_CLOCKS)
MEANS = ("meddling_in_dispute", "revenge", "extortion", "other_gain")

REVIEWING = (
    Step(
        "accept", "受理审查", "Accept and review",
        "prosecutor", ("lead",), "reviewing",
        facts=(
            Field(
                "source", "enum",
                options=("party", "own_finding", "office_list", "transferred_department", "media_or_superior"),
            ),
            Field("complainant", "text", required="if_complained"),
            Field("ground", "enum", options=(*MEANS, "no_crime_facts")),
            Field("police_unit", "ref"),
        ),
        emits=("filing_complaint_received",),
        certainty="verified",
        sources=cite("RULES 557"),
    ),
    answered("立案正确答复", "Filing is right: answer"),
    Step(
        "ask_reasons", "要求说明立案理由", "Ask why the case was filed",
        "prosecutor", ("reviewing",), "reasons_asked",
        guards=("not_submitted_yet",),
        # What the review found; what was complained of may be another ground.
        facts=(Field("ground", "enum", options=MEANS),),
        guidance="there is evidence of criminal means in a civil or economic dispute, of revenge, extortion or "
        "other unlawful gain",
        guidance_zh="有证据证明可能存在以刑事手段插手民事、经济纠纷，或者报复陷害、敲诈勒索以及谋取其他非法利益等情形",
        emits=(Emit("reasons_filing_request_received", on_receipt=True),),
        starts=(EXPLAIN,),
        documents=("DOC-ASK-FILING-REASONS",),
        certainty="verified",
        sources=cite("RULES 559", "RULES 560"),
    ),
)

REASONS = (
    ASKED.explain(*cite("RULES 560")),
    Step(
        "withdraw_self", "公安主动撤案", "Police withdraw on their own",
        "police_legal", ("reasons_asked", "reasons_received"), "closed",
        approval="police_chief",
        emits=("case_withdrawn", "withdrawal_decision_copy_sent"),
        stops=ALL_CLOCKS,
        documents=("DOC-WITHDRAWAL-DECISION",),
        certainty="verified",
        sources=cite("LIAN2010 8", "MPS 187"),
    ),
    Step(
        "withdrawn_elsewhere", "公安已另行撤案", "Withdrawn in the case itself",
        "police_legal",
        (
            "reasons_asked", "reasons_received", "reasons_stand", "notice_issued", "reconsideration",
            "reconsidered", "superior_review", "must_withdraw", "correction_issued", "escalated",
        ),
        "closed",
        # The same act, recorded in the case with its decision, which goes to the procuratorate.
        on_event=("case_withdrawn",),
        follows=True,
        emits=("withdrawal_decision_copy_sent",),
        stops=(*ALL_CLOCKS, "inform_complainant_reasons_upheld"),
        certainty="verified",
        sources=cite("RULES 563", "MPS 187"),
    ),
    Step(
        "no_answer", "逾期未说明", "No answer in time",
        "prosecutor", ("reasons_asked",), "reasons_received",
        after_expiry_of=(EXPLAIN,),
        guidance="the review goes on without reasons",
        guidance_zh="径行审查",
    ),
    *ASKED.stand("告知申请人", "Tell the applicant"),
)

NOTICE = (
    Step(
        "notice", "通知撤销案件", "Notice to withdraw",
        "prosecutor", ("reasons_received",), "notice_issued",
        facts=(Field("reasons", "text"), Field("evidence", "list")),
        approval="chief_procurator",
        emits=(Emit("notice_to_withdraw_received", on_receipt=True),),
        starts=(
            # At once where the police do not object; the bound is the fifteenth day (RULES 564).
            Start("notify_withdraw_case_comply", stage="otherwise"),
            "withdraw_notice_reconsideration_request",
            WATCHDOG,
        ),
        stops=(EXPLAIN,),
        documents=("DOC-NOTICE-TO-WITHDRAW",),
        certainty="verified",
        sources=cite("RULES 561", "RULES 563", "RULES 564"),
    ),
    Step(
        "comply", "公安撤案", "Police withdraw",
        "police_legal",
        ("notice_issued", "correction_issued", "must_withdraw", "reconsidered", "escalated"), "closed",
        on_event=("notice_to_withdraw_received",),
        approval="police_chief",
        emits=(
            "case_withdrawn",
            "withdrawal_decision_copy_sent",
            Emit("correction_reply_received", when="correction_awaits_reply"),
        ),
        stops=ALL_CLOCKS,
        documents=("DOC-WITHDRAWAL-DECISION",),
        certainty="verified",
        sources=cite("RULES 563", "MPS 187", "MPS 189"),
    ),
    correct(
        "Correction notice", ("notice_issued", "must_withdraw"), after=COMPLY,
        guidance="day 16 after the notice, or no withdrawal after the notice was upheld",
        guidance_zh="收到通知超过十五日，或者通知维持后仍不撤案",
    ),
    superior_ends("上一级撤销", "Superior revokes", clocks=ALL_CLOCKS),
)

PROCESS = Process(
    "filing_supervision_withdraw",
    "SUP-DUTY",
    "立案监督（不应立而立）",
    "Filing supervision: wrongly filed",
    subject="case",
    initiator="prosecutor",
    states=(
        *LEAD,
        State("reasons_asked", "要求说明立案理由", "reasons asked"),
        *EXAMINED,
        State("notice_issued", "通知撤案", "notice to withdraw served"),
        State(
            "reconsideration", "复议中", "under reconsideration",
            note="no correction may be issued while the reconsideration runs",
            note_zh="复议期间不得发出纠正违法通知书",
        ),
        State("reconsidered", "复议维持", "notice upheld"),
        State(
            "superior_review", "复核中", "under superior review",
            note="no correction may be issued while the review runs",
            note_zh="复核期间不得发出纠正违法通知书",
        ),
        State(
            "must_withdraw", "复核维持待撤案", "upheld, must withdraw",
            note="the notice stands; no further objection is open, the case is withdrawn at once",
            note_zh="通知已经维持，没有进一步的异议途径，应当立即撤销案件",
        ),
        State("correction_issued", "纠正违法", "correction notice served"),
        State("escalated", "报上一级", "reported upward"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*REVIEWING, *REASONS, *NOTICE, *REMEDIES, *UPWARD),
    escalation=(
        soon(EXPLAIN),
        late(EXPLAIN),
        TELL_RUNG,
        Rung(
            "-3wd", "notify_withdraw_case_comply", ("police_legal", "police_chief"),
            "reminder: withdraw or ask for reconsideration", "提醒：撤案或者要求复议", step="comply",
        ),
        overdue("notify_withdraw_case_comply"),
        Rung(
            "-2d", "withdraw_notice_reconsideration_decision", ("prosecutor", "chief_procurator"),
            "decision draft", "起草决定", step="reconsider_uphold",
        ),
        Rung(
            "-3d", "withdraw_notice_review_decision", ("superior_prosecutor",),
            "decision draft", "起草决定", step="review_uphold",
        ),
        *UPWARD_LADDER,
    ),
    registers=("REG-FILING", "REG-OPINION"),
    open_at_end=(
        # Five days for the first request (LIAN2010 10) could not be confirmed; only the fifteen days run.
        OpenAtEnd("withdraw_notice_reconsideration_request", "disabled"),
    ),
    seen_by="after:reasons_asked",
)
