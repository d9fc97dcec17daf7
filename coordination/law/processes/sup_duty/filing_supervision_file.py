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
from coordination.law.processes.sup_duty.filing_supervision_upward import (
    CORRECTION,
    CORRECTION_CLOCKS,
    CORRECTION_EVENTS,
    CORRECTION_REPLY,
    UPWARD,
)

EXPLAIN = ("filing_supervision_explain_non_filing", "overdue_filing_decision_explanation")
COMPLY = ("notify_file_case_comply", "economic_crime_notice_to_file_comply")
WATCHDOG = "filing_supervision_noncompliance_watchdog"
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
    Step(
        "reject", "决定正确答复", "Police decision is right: answer",
        "prosecutor", ("reviewing",), "closed",
        emits=("complainant_told_reasons_stand",),
        documents=(Paper("DOC-COMPLAINT-ANSWER", when="complainant_named"),),
        certainty="verified",
        sources=cite("RULES 558"),
    ),
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
    Step(
        "explain", "公安说明理由", "Police explain",
        "police_legal", ("reasons_asked", "reasons_received"), "reasons_received",
        on_event=("reasons_not_filing_request_received", "reasons_delay_request_received"),
        guards=("reasons_not_explained",),
        guidance="late reasons are still taken; the delay stays on record",
        guidance_zh="逾期说明的仍予接收，逾期情况留存",
        facts=(
            Field("circumstances", "text"),
            Field("basis", "text"),
            Field("evidence_copies", "list"),
        ),
        approval="police_chief",
        emits=("reasons_explained",),
        stops=EXPLAIN,
        documents=("DOC-REASONS-EXPLAINED",),
        certainty="verified",
        sources=cite("RULES 560", "MPS 182"),
    ),
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
    Step(
        "uphold", "理由成立", "Reasons stand",
        "prosecutor", ("reasons_received",), "reasons_stand",
        emits=("reasons_upheld",),
        starts=("inform_complainant_reasons_upheld",),
        stops=EXPLAIN,
        documents=("DOC-REASONS-OPINION",),
        certainty="verified",
        sources=cite("RULES 561"),
    ),
    Step(
        "tell", "告知控告人", "Tell complainant or agency",
        "prosecutor", ("reasons_stand",), "closed",
        emits=("complainant_told_reasons_stand",),
        stops=("inform_complainant_reasons_upheld",),
        documents=("DOC-COMPLAINT-ANSWER",),
        certainty="verified",
        sources=cite("RULES 561"),
    ),
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
    Step(
        "correct", "逾期发纠正违法", "Correction notice on day 16",
        "prosecutor", ("notice_issued",), "correction_issued",
        after_expiry_of=(*COMPLY, WATCHDOG),
        facts=CORRECTION,
        approval="chief_procurator",
        emits=(
            "correction_notice_issued",
            *(Emit(event, on_receipt=True) for event in CORRECTION_EVENTS),
        ),
        starts=(CORRECTION_REPLY,),
        # The watchdog is the duty of the procuratorate, and this is its act; the police still owe theirs.
        stops=(WATCHDOG,),
        opens=(Open("internal_supervision_link"),),
        documents=("DOC-CORRECTION-NOTICE",),
        certainty="verified",
        sources=cite("RULES 564"),
    ),
)

FOLLOWED = (
    Step(
        "superior_ends", "上一级认为不应立案", "Superior ends the matter",
        "superior_prosecutor", ("escalated",), "closed",
        guidance="the superior finds the notice wrong; it is revoked and the police are told",
        guidance_zh="上一级认为通知错误的，予以撤销并告知公安机关",
        emits=("superior_procuratorate_decided",),
        stops=ALL_CLOCKS,
        documents=("DOC-CORRECTION-REVOCATION",),
        certainty="design",
        sources=cite("RULES 554", "RULES 564"),
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
        State("lead", "线索受理", "lead received", "start"),
        State("reviewing", "审查", "under review"),
        State("reasons_asked", "要求说明理由", "reasons asked"),
        State("reasons_received", "审查理由", "reasons under review"),
        State("reasons_stand", "理由成立", "reasons stand"),
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
        Rung(
            "-2wd", "filing_supervision_explain_non_filing", ("police_legal", "investigator"),
            "reminder", "提醒", step="explain",
        ),
        Rung(
            "+1d", "filing_supervision_explain_non_filing", ("prosecutor", "office_resident", "police_legal"),
            "choice: proceed without reasons", "可以径行审查", step="no_answer",
        ),
        Rung(
            "-2wd", "overdue_filing_decision_explanation", ("police_legal", "investigator"),
            "reminder", "提醒", step="explain",
        ),
        Rung(
            "+1d", "overdue_filing_decision_explanation", ("prosecutor", "office_resident", "police_legal"),
            "DOC-CORRECTION-NOTICE", step="no_answer",
        ),
        Rung(
            "-2d", "inform_complainant_reasons_upheld", ("prosecutor",), "DOC-COMPLAINT-ANSWER", step="tell",
        ),
        Rung(
            "-3wd", "notify_file_case_comply", ("police_legal", "police_chief"),
            "reminder", "提醒", step="comply",
        ),
        Rung(
            "+1d", "notify_file_case_comply",
            ("police_legal", "police_chief", "prosecutor", "chief_procurator", "office_resident"),
            "DOC-CORRECTION-NOTICE", step="correct",
        ),
        Rung(
            "+1d", "correction_notice_reply", ("prosecutor", "chief_procurator"),
            "DOC-SUPERIOR-REPORT", step="report_up",
        ),
        Rung(
            "+1d", "superior_handling_norm", ("superior_prosecutor",), "DOC-SUPERIOR-CONSULT", step="consult",
        ),
        Rung(
            "+1d", "supervised_case_progress_dun", ("prosecutor", "police_legal"),
            "DOC-FILING-REMINDER", step="remind",
        ),
    ),
    registers=("REG-FILING", "REG-OPINION"),
    seen_by="after:reasons_asked",
    by_hand=True,
)
