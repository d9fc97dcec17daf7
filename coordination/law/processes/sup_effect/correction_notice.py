"""Correction notice (纠正违法通知): drafted, decided by the chief procurator, served, answered or not.

RULES 552 (notice), 553 (reply period, urging, report upward), 554 (objection and re-examination). The
reply period has no number in law: the notice must state it. Who acknowledges receipt, and when, is in
docs/decisions/0002-receipt.md.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Field,
    Open,
    OpenAtEnd,
    Paper,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)
from coordination.law.processes.coop_hear.officer_hearing import SUMMONS

REPLY_CLOCKS = ("correction_notice_reply", "wrongful_filing_correction_reply")
URGING_CLOCKS = ("reply_after_urge_norm", "report_up_norm")
ALL_CLOCKS = (
    *REPLY_CLOCKS,
    "detention_house_correction_15d",
    "overstay_police_review",
    *URGING_CLOCKS,
    "superior_handling_norm",
)

INSTRUMENTS = ("DOC-CORRECTION-NOTICE", "DOC-ILLEGAL-EVIDENCE-OPINION", "DOC-OBSTRUCTION-CORRECTION")
"""What is served: the notice, or the form that excluded evidence or obstructed defence rights have of their own."""

ANSWER = (
    Field("accepted", "enum", options=("accepted", "partly_accepted", "rejected")),
    Field("measures", "text"),
    Field("proof", "list", required="if_accepted"),
    Field("reasons", "text", required="if_rejected"),
)

DRAFTING = (
    Step(
        "draft", "拟稿送审", "Draft and submit",
        "prosecutor", ("drafting",), "submitted",
        facts=(
            # Codes of the catalogue ("INT-1"), each confirmed by a prosecutor before.
            Field("findings", "list"),
            Field("facts", "text"),
            Field("law", "list"),
            Field("demand", "text"),
            Field("reply_due_on", "date", tense="future"),
            Field("complainant", "text", required=False),
        ),
        guidance="every finding is confirmed; a reply date is stated",
        guidance_zh="每项违法情形均已确认，并写明回复期限",
        certainty="verified",
        sources=cite("RULES 552", "RULES 553"),
    ),
    Step(
        "drop", "不予发出", "Drop",
        "prosecutor", ("drafting", "submitted"), "closed",
        facts=(Field("reason", "text"),),
    ),
    Step(
        "return_draft", "退回修改", "Return the draft",
        "chief_procurator", ("submitted",), "drafting",
        facts=(Field("comment", "text"),),
    ),
    Step(
        "approve", "检察长决定", "Chief procurator decides",
        "chief_procurator", ("submitted",), "approved",
        guards=("not_the_drafter",),
        guidance="the number is allotted here",
        guidance_zh="文号在此编发",
        documents=(
            Paper("DOC-CORRECTION-NOTICE", when="notice_on_conduct"),
            Paper("DOC-ILLEGAL-EVIDENCE-OPINION", when="notice_on_evidence"),
            Paper("DOC-OBSTRUCTION-CORRECTION", when="notice_on_obstruction"),
        ),
        certainty="verified",
        sources=cite("RULES 552", "RULES 58", "RULES 73"),
    ),
)

SERVICE = (
    Step(
        "serve", "送达", "Serve",
        "case_manager", ("approved",), "served",
        guards=("not_about_overstay",),
        guidance="to the legal department of the police; the unit sees it through the internal handling",
        guidance_zh="送公安法制部门；办案单位通过内部办理程序接收",
        emits=(
            "correction_notice_issued",
            Emit("correction_notice_received", on_receipt=True),
            Emit("supervision_document_received", on_receipt=True),
            Emit("filing_correction_opinion_received", when="says_wrongly_filed", on_receipt=True),
        ),
        starts=(
            Start("correction_notice_reply", stated_by="reply_due_on"),
            "detention_house_correction_15d",
            Start("wrongful_filing_correction_reply", when="says_wrongly_filed", stated_by="reply_due_on"),
        ),
        opens=(Open("internal_supervision_link"),),
        sends=INSTRUMENTS,
        certainty="verified",
        sources=cite("RULES 552", "RULES 553", "MPS 183"),
    ),
    Step(
        "serve_overstay", "送达（超期羁押）", "Serve, overstay",
        "case_manager", ("approved",), "served",
        guards=("about_overstay",),
        emits=(
            "correction_notice_issued",
            Emit("correction_notice_received", on_receipt=True),
            Emit("overstay_correction_received", on_receipt=True),
            Emit("supervision_document_received", on_receipt=True),
        ),
        starts=(
            Start("correction_notice_reply", stated_by="reply_due_on"),
            Start("overstay_police_review", when="not_watched_as_overstay"),
        ),
        opens=(Open("internal_supervision_link"),),
        sends=INSTRUMENTS,
        certainty="verified",
        sources=cite("RULES 618", "JIYA2006 32"),
    ),
)

REPLY = (
    Step(
        "reply", "书面回复", "Written reply",
        "police_legal", ("served", "overdue", "urged", "escalated"), "replied",
        guards=("notice_received",),
        facts=ANSWER,
        approval="police_chief",
        emits=("correction_reply_received",),
        stops=ALL_CLOCKS,
        documents=("DOC-CORRECTION-REPLY",),
        certainty="verified",
        sources=cite("RULES 553", "MPS 147"),
    ),
    Step(
        "accept_reply", "核实纠正并结案", "Verify the correction and close",
        "prosecutor", ("replied",), "closed",
        guards=("proof_of_correction",),
        facts=(Field("effect", "enum", options=("corrected", "partly_corrected", "not_corrected")),),
        guidance="the complainant, if any, is told",
        guidance_zh="有控告人、申诉人的，应当答复",
        documents=(Paper("DOC-COMPLAINT-ANSWER", when="complainant_named"),),
        certainty="verified",
        sources=cite("RULES 553"),
    ),
    Step(
        "reply_insufficient", "回复不充分", "Reply not sufficient",
        "prosecutor", ("replied",), "urged",
        guidance="there is no proper reason for not correcting",
        guidance_zh="没有正当理由不纠正",
        emits=("correction_reply_urged",),
        starts=("reply_after_urge_norm",),
        documents=("DOC-URGE-REPLY",),
        certainty="verified",
        sources=cite("RULES 553"),
    ),
    Step(
        "expire", "期满未回复", "Stated date passes",
        "clock", ("served",), "overdue",
        after_expiry_of=("correction_notice_reply",),
        certainty="verified",
        sources=cite("RULES 553"),
    ),
    Step(
        "urge", "督促回复", "Urge",
        "prosecutor", ("overdue",), "urged",
        emits=("correction_reply_urged",),
        starts=("reply_after_urge_norm",),
        documents=("DOC-URGE-REPLY",),
        certainty="verified",
        sources=cite("RULES 553"),
    ),
)

UPWARD = (
    Step(
        "decide_report", "督促后仍无回复", "Still no answer",
        "clock", ("urged",), SAME,
        after_expiry_of=("reply_after_urge_norm",),
        guards=("first_expiry_since_urging",),
        emits=("reply_after_urge_due",),
        starts=("report_up_norm",),
        certainty="verified",
        sources=cite("RULES 553"),
    ),
    Step(
        "report_up", "向上一级报告", "Report upward",
        "prosecutor", ("urged",), "escalated",
        # The law has the report come after urging in vain; the urged date must have passed.
        after_expiry_of=("reply_after_urge_norm",),
        guards=("no_answer_since_urging",),
        approval="chief_procurator",
        guidance="package: notice, proof of service, urging letter, verification record",
        guidance_zh="附：纠正违法通知书、送达回证、督促回复函、核查记录",
        emits=("reported_to_superior_procuratorate",),
        starts=("superior_handling_norm",),
        stops=URGING_CLOCKS,
        documents=("DOC-SUPERIOR-REPORT",),
        certainty="verified",
        sources=cite("RULES 553"),
    ),
    Step(
        "superior_inform", "上级通报上级公安", "Superior informs the superior police",
        "superior_prosecutor", ("escalated", "upheld_reported"), SAME,
        emits=("superior_procuratorate_decided", "superior_police_informed"),
        stops=("superior_handling_norm",),
        documents=("DOC-SUPERIOR-INFORM",),
        certainty="verified",
        sources=cite("RULES 554"),
    ),
    Step(
        "superior_orders", "上级公安督促纠正", "Superior police order correction",
        "superior_police", ("escalated", "upheld_reported"), "urged",
        facts=(Field("order", "text"), Field("due_on", "date", tense="future")),
        emits=("superior_police_informed", "superior_procuratorate_decided", "correction_reply_urged"),
        starts=(Start("reply_after_urge_norm", stated_by="due_on"),),
        stops=("superior_handling_norm",),
        certainty="verified",
        sources=cite("RULES 554", "MPS 197"),
    ),
    Step(
        "superior_revokes", "上级通知撤销", "Superior orders revocation",
        "superior_prosecutor", ("escalated", "upheld_reported"), "revoked",
        emits=("superior_procuratorate_decided", "correction_revoked"),
        stops=(
            *REPLY_CLOCKS, *URGING_CLOCKS, "overstay_police_review", "superior_handling_norm",
            "officer_hearing_norm",
        ),
        documents=("DOC-CORRECTION-REVOCATION",),
        certainty="verified",
        sources=cite("RULES 554"),
    ),
)

OBJECTION = (
    Step(
        "object", "申请复查", "Ask for re-examination",
        "police_legal", ("served", "overdue", "urged"), "objected",
        guards=("notice_received",),
        facts=(Field("contested_findings", "list"), Field("reasons", "text")),
        approval="police_chief",
        # The seven days of the procuratorate begin with its receipt (RULES 554); a reply is given by sending.
        emits=(Emit("correction_objection_received", on_receipt=True),),
        starts=("correction_reexamination",),
        stops=(*REPLY_CLOCKS, *URGING_CLOCKS),
        documents=("DOC-CORRECTION-OBJECTION",),
        certainty="verified",
        sources=cite("RULES 554"),
    ),
    Step(
        "call_hearing", "召集听取意见", "Call a hearing of officers",
        "office_resident", ("objected",), SAME,
        guards=("no_hearing_open",),
        facts=SUMMONS,
        # The summons is the first step of the hearing's own record, with its clock.
        opens=(Open("officer_hearing", takes="call"),),
        certainty="practice",
    ),
    Step(
        "hear", "已听取办案人员意见", "The officers were heard",
        "office_resident", ("objected",), SAME,
        on_event=("officer_hearing_recorded",),
        follows=True,
        certainty="practice",
    ),
    Step(
        "hearing_cancelled", "听取意见取消", "The hearing was cancelled",
        "office_resident", ("objected",), SAME,
        on_event=("officer_hearing_cancelled",),
        follows=True,
    ),
    Step(
        "uphold", "复查维持", "Upheld",
        "prosecutor", ("objected",), "upheld_reported",
        guards=("no_hearing_open",),
        blocked_while_running=("officer_hearing_norm",),
        facts=(Field("result_by_finding", "list"),),
        approval="chief_procurator",
        guidance="the applicant is told the result; the report to the superior is mandatory",
        guidance_zh="复查结果告知申请机关，并应当报告上一级人民检察院",
        emits=("correction_reexamined", "reported_to_superior_procuratorate"),
        starts=("superior_handling_norm",),
        stops=("correction_reexamination", *URGING_CLOCKS),
        documents=("DOC-REEXAMINATION-RESULT", "DOC-SUPERIOR-REPORT"),
        certainty="verified",
        sources=cite("RULES 554"),
    ),
    Step(
        "revoke", "复查撤销", "Revoked on re-examination",
        "prosecutor", ("objected",), "revoked",
        approval="chief_procurator",
        emits=("correction_reexamined", "correction_revoked"),
        stops=(
            *REPLY_CLOCKS, *URGING_CLOCKS, "overstay_police_review", "correction_reexamination",
            "officer_hearing_norm",
        ),
        documents=("DOC-CORRECTION-REVOCATION",),
        certainty="verified",
        sources=cite("RULES 554"),
    ),
    Step(
        "comply_after", "维持后纠正", "Corrected after upholding",
        "police_legal", ("upheld_reported",), "replied",
        facts=ANSWER,
        approval="police_chief",
        emits=("correction_reply_received",),
        stops=ALL_CLOCKS,
        documents=("DOC-CORRECTION-REPLY",),
        certainty="verified",
        sources=cite("RULES 554"),
    ),
)

PROCESS = Process(
    "correction_notice",
    "SUP-EFFECT",
    "纠正违法通知",
    "Correction notice",
    subject="case",
    initiator="prosecutor",
    states=(
        State("drafting", "拟稿", "being drafted", "start"),
        State("submitted", "待审批", "awaiting approval"),
        State("approved", "已批准", "approved"),
        State("served", "已送达待回复", "served, awaiting reply"),
        State("replied", "已回复", "replied"),
        State("overdue", "逾期", "overdue"),
        State("urged", "已督促", "urged"),
        State("escalated", "报上一级", "reported upward"),
        State("objected", "申请复查", "under re-examination"),
        State("upheld_reported", "复查维持已报上级", "upheld, reported upward"),
        State("revoked", "已撤销", "revoked", "end"),
        State("closed", "办结归档", "closed and filed", "end"),
    ),
    steps=(*DRAFTING, *SERVICE, *REPLY, *UPWARD, *OBJECTION),
    escalation=(
        Rung(
            "-3wd", "correction_notice_reply", ("investigator", "police_legal"),
            "reminder", "提醒", step="reply",
        ),
        Rung(
            "+0d", "correction_notice_reply", ("police_legal", "prosecutor"),
            "due-today list", "今日到期清单", step="reply",
        ),
        # The clock's own step `expire` comes first: urging starts from “overdue”.
        Rung(
            "+1d", "correction_notice_reply",
            ("police_legal", "police_chief", "prosecutor", "office_resident"), "DOC-URGE-REPLY", step="urge",
        ),
        Rung(
            "+1d", "reply_after_urge_norm", ("prosecutor", "chief_procurator"),
            "DOC-SUPERIOR-REPORT", step="report_up",
        ),
        Rung(
            "+1d", "superior_handling_norm", ("superior_prosecutor", "superior_police"),
            "DOC-SUPERIOR-INFORM", step="superior_inform",
        ),
        Rung(
            "-2d", "correction_reexamination", ("prosecutor", "chief_procurator"),
            "re-examination draft", "起草复查结果", step="uphold",
        ),
    ),
    registers=("REG-OPINION", "REG-LINK"),
    open_at_end=(OpenAtEnd("detention_house_correction_15d", "disabled"),),
    seen_by="after:served",
)
