"""Filing supervision, should be filed (应立不立): reasons are asked, examined, and filing is notified (RULES 557-564).

The filing itself may be recorded here or in `filing_review`; either follows the other. A notice to file knows no
objection: none is found in the texts. See docs/decisions/0012-duty.md.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Field,
    Open,
    Paper,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)
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

EXPLAIN = ("filing_supervision_explain_non_filing", "overdue_filing_decision_explanation")
COMPLY = ("notify_file_case_comply", "economic_crime_notice_to_file_comply")
ASKED = Reasons(("reasons_not_filing_request_received", "reasons_delay_request_received"), EXPLAIN)
ALL_CLOCKS = (*EXPLAIN, *COMPLY, WATCHDOG, *CORRECTION_CLOCKS)
SOURCES = (
    "victim", "agency", "own_finding", "office_list", "transferred_department", "media_or_superior",
)

REVIEWING = (
    Step(
        "accept", "受理审查", "Accept and review",
        "prosecutor", ("lead",), "reviewing",
        facts=(
            Field("source", "enum", options=SOURCES),
            Field("complainant", "text", required="if_complained"),
            Field("police_unit", "ref"),
            Field("decision_or_delay", "enum", options=("not_filed", "no_decision_in_time")),
        ),
        emits=("filing_complaint_received",),
        certainty="verified",
        sources=cite("RULES 557", "RULES 558"),
    ),
    Step(
        "hand_back", "未超期移送公安", "Not yet overdue: pass to the police",
        "prosecutor", ("reviewing",), "closed",
        guards=("filing_review_in_time",),
        guidance="the complainant is answered",
        guidance_zh="答复控告人",
        documents=(Paper("DOC-COMPLAINT-ANSWER", when="complainant_named"),),
        certainty="verified",
        sources=cite("RULES 562"),
    ),
    answered("决定正确答复", "Police decision is right: answer"),
    Step(
        "ask_reasons", "要求说明不立案理由", "Ask why the case was not filed",
        "prosecutor", ("reviewing",), "reasons_asked",
        guards=("police_declined",),
        emits=(Emit("reasons_not_filing_request_received", on_receipt=True),),
        starts=("filing_supervision_explain_non_filing",),
        documents=("DOC-ASK-NON-FILING-REASONS",),
        certainty="verified",
        sources=cite("CPL 113", "RULES 559", "RULES 560"),
    ),
    Step(
        "ask_delay", "要求说明逾期理由", "Ask why no decision was made",
        "prosecutor", ("reviewing",), "reasons_asked",
        guards=("police_undecided", "filing_review_not_in_time"),
        emits=(Emit("reasons_delay_request_received", on_receipt=True),),
        starts=("overdue_filing_decision_explanation",),
        documents=("DOC-ASK-DELAY-REASONS",),
        certainty="verified",
        sources=cite("RULES 562"),
    ),
)

REASONS = (
    ASKED.explain(*cite("RULES 560", "MPS 182")),
    Step(
        "file_self", "公安主动立案", "Police file on their own",
        "police_legal", ("reasons_asked", "reasons_received"), "filed",
        approval="police_chief",
        emits=("filing_decided", "filing_decision_copy_sent"),
        starts=("supervised_case_progress_dun",),
        stops=ALL_CLOCKS,
        documents=("DOC-FILING-DECISION",),
        certainty="verified",
        sources=cite("LIAN2010 8", "MPS 182"),
    ),
    Step(
        "no_answer", "逾期未说明", "No answer in time",
        "prosecutor", ("reasons_asked",), "reasons_received",
        after_expiry_of=EXPLAIN,
        guidance="the review goes on without reasons; where no decision was made either, a correction is due",
        guidance_zh="径行审查；既不说明理由又不作出决定的，提出纠正意见",
        # The notice is drafted, decided and numbered in the procedure that is opened.
        opens=(Open("correction_notice", when="police_undecided"),),
        certainty="verified",
        sources=cite("RULES 562"),
    ),
    *ASKED.stand("告知控告人", "Tell complainant or agency"),
)

NOTICE = (
    Step(
        "notice", "通知立案", "Notice to file",
        "prosecutor", ("reasons_received",), "notice_issued",
        facts=(Field("reasons", "text"), Field("evidence", "list")),
        approval="chief_procurator",
        emits=(Emit("notice_to_file_received", on_receipt=True),),
        starts=(
            "notify_file_case_comply",
            WATCHDOG,
            Start("economic_crime_notice_to_file_comply", when="reported_as_economic"),
        ),
        stops=EXPLAIN,
        documents=("DOC-NOTICE-TO-FILE",),
        certainty="verified",
        sources=cite("RULES 561", "RULES 563"),
    ),
    Step(
        "comply", "公安立案", "Police file the case",
        "police_legal", ("notice_issued", "correction_issued", "escalated"), "filed",
        on_event=("notice_to_file_received",),
        approval="police_chief",
        guidance="the decision is sent to the procuratorate; the texts know no objection to a notice to file",
        guidance_zh="立案决定书送人民检察院；现有规定中没有对通知立案提出异议的途径",
        emits=(
            "filing_decided",
            "filing_decision_copy_sent",
            Emit("correction_reply_received", when="correction_awaits_reply"),
        ),
        starts=("supervised_case_progress_dun",),
        stops=ALL_CLOCKS,
        documents=("DOC-FILING-DECISION",),
        certainty="verified",
        sources=cite("RULES 563", "MPS 182"),
    ),
    Step(
        "filed_elsewhere", "公安已另行立案", "Filed in the filing review",
        "police_legal",
        ("reasons_asked", "reasons_received", "reasons_stand", "notice_issued", "correction_issued", "escalated"),
        "filed",
        # The same act, recorded in the filing review with its decision, which goes to the procuratorate.
        on_event=("filing_decided",),
        follows=True,
        emits=("filing_decision_copy_sent",),
        starts=("supervised_case_progress_dun",),
        stops=(*ALL_CLOCKS, "inform_complainant_reasons_upheld"),
        certainty="verified",
        sources=cite("RULES 563", "MPS 182"),
    ),
    correct("Correction notice on day 16", ("notice_issued",), after=(*COMPLY, WATCHDOG)),
)

FOLLOWED = (
    superior_ends(
        "上一级认为不应立案", "Superior ends the matter", "RULES 554", "RULES 564", clocks=ALL_CLOCKS
    ),
    Step(
        "remind", "催办", "Reminder letter",
        "prosecutor", ("filed",), SAME,
        # Three months without a conclusion open the way; it is no duty (RULES 564).
        after_expiry_of=("supervised_case_progress_dun",),
        emits=("reminder_letter_sent",),
        stops=("supervised_case_progress_dun",),
        documents=("DOC-FILING-REMINDER",),
        certainty="verified",
        sources=cite("RULES 564"),
    ),
    Step(
        "finish", "侦查终结或撤案", "Followed to the end",
        "prosecutor", ("filed",), "closed",
        # Recorded in `case`; here it is looked at.
        on_event=("investigation_concluded", "case_withdrawn"),
        guards=("ended_since_filing",),
        facts=(
            Field(
                "outcome", "enum", options=("concluded_prosecuted", "concluded_other", "withdrawn"),
            ),
        ),
        stops=("supervised_case_progress_dun",),
        certainty="verified",
        sources=cite("RULES 564"),
    ),
)

PROCESS = Process(
    "filing_supervision_file",
    "SUP-DUTY",
    "立案监督（应立不立）",
    "Filing supervision: should be filed",
    subject="case",
    initiator="prosecutor",
    states=(
        *LEAD,
        State("reasons_asked", "要求说明理由", "reasons asked"),
        *EXAMINED,
        State(
            "notice_issued", "通知立案", "notice to file served",
            note="no objection is open against a notice to file: the texts know none; file within the period",
            note_zh="对通知立案没有异议途径：现有规定未设复议、复核，应当在期限内立案",
        ),
        State(
            "correction_issued", "纠正违法", "correction notice served",
            note="no objection is open against a notice to file; the case is still to be filed",
            note_zh="对通知立案没有异议途径，仍应当立案",
        ),
        State("escalated", "报上一级", "reported upward"),
        State("filed", "已立案跟踪", "filed, being followed"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*REVIEWING, *REASONS, *NOTICE, *UPWARD, *FOLLOWED),
    escalation=(
        soon("filing_supervision_explain_non_filing"),
        late("filing_supervision_explain_non_filing"),
        soon("overdue_filing_decision_explanation"),
        Rung(
            "+1d", "overdue_filing_decision_explanation", ("prosecutor", "office_resident", "police_legal"),
            "DOC-CORRECTION-NOTICE", step="no_answer",
        ),
        TELL_RUNG,
        Rung(
            "-3wd", "notify_file_case_comply", ("police_legal", "police_chief"),
            "reminder", "提醒", step="comply",
        ),
        overdue("notify_file_case_comply"),
        *UPWARD_LADDER,
        Rung(
            "+1d", "supervised_case_progress_dun", ("prosecutor", "police_legal"),
            "DOC-FILING-REMINDER", step="remind",
        ),
    ),
    registers=("REG-FILING", "REG-OPINION"),
    seen_by="after:reasons_asked",
    by_hand=True,
)
