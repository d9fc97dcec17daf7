"""Internal handling of a supervision document (内外监督衔接): how the police bureau comes to its answer.

One inbox for every document of the procuratorate. The answer itself is given in the procedure that the
document belongs to (`correction_notice.reply`, `.object`); the sending here follows it, so that there is
one answer, one number and one approval. The procuratorate does not see this record, except what is fed
back.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Process, Rung, State, Step, cite

PROCESS = Process(
    "internal_supervision_link",
    "SUP-LINK",
    "内外监督衔接（公安内部办理）",
    "Internal handling of a supervision document",
    subject="case",
    initiator="police_legal",
    states=(
        State("received", "法制接收", "received by the legal department", "start"),
        State("assigned", "已交办", "assigned to the unit"),
        State("answered", "单位已报", "unit has answered"),
        State("checked", "法制审核", "being checked"),
        State("sent", "已回复检察院", "answer sent"),
        State("assessed", "考评追责登记", "assessment recorded"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "receive", "签收监督文书", "Receipt the document",
            "police_legal", ("received",), SAME,
            receipts=True,
            guards=("not_received_yet",),
            facts=(Field("document", "ref"), Field("reply_due_on", "date")),
            guidance="one inbox for every document of the procuratorate",
            guidance_zh="检察院的各类文书由法制部门统一接收",
            emits=(
                "supervision_document_received",
                "document_receipted",
                Emit("correction_reply_due", dated_by="reply_due_on"),
            ),
            starts=("legal_assignment_norm", "internal_answer_before_due"),
            certainty="practice",
        ),
        Step(
            "assign", "交办", "Assign",
            "police_legal", ("received",), "assigned",
            guards=("received_here", "internal_date_before_legal"),
            facts=(
                Field("unit", "ref"),
                Field("handler", "ref"),
                Field("internal_due_on", "date", tense="future"),
            ),
            emits=("matter_assigned",),
            stops=("legal_assignment_norm",),
            documents=("DOC-INTERNAL-ASSIGNMENT",),
        ),
        Step(
            "not_ours", "非本局事项退回", "Not for this organ: return",
            "police_legal", ("received",), "closed",
            emits=("document_returned",),
            stops=("internal_answer_before_due", "legal_assignment_norm"),
        ),
        Step(
            "unit_reply", "单位核查并报", "Unit checks and reports",
            "investigator", ("assigned",), "answered",
            facts=(
                Field("facts_checked", "text"),
                Field("corrected", "bool"),
                Field("proof", "list", required=False),
                Field("disagrees", "bool"),
            ),
            emits=("internal_reply_submitted",),
            stops=("internal_answer_before_due",),
            documents=("DOC-INTERNAL-ANSWER",),
        ),
        Step(
            "send_back", "退回补充", "Back to the unit",
            "police_legal", ("answered", "checked"), "assigned",
            # The day of the reply is the same: the norm goes on, counted back from it as before.
            reopens=("internal_answer_before_due",),
        ),
        Step(
            "check", "法制审核", "Check",
            "police_legal", ("answered",), "checked",
            documents=("DOC-LEGAL-REVIEW",),
        ),
        Step(
            "send_reply", "审批并回复", "Approve and send the answer",
            "police_legal", ("checked",), "sent",
            on_event=("correction_reply_received", "recommendation_replied"),
            follows=True,
            starts=("internal_assessment_norm",),
            certainty="verified",
            sources=cite("RULES 553", "MPS 147"),
        ),
        Step(
            "send_objection", "审批并申请复查", "Approve and ask for re-examination",
            "police_legal", ("checked",), "sent",
            on_event=("correction_objection_received", "recommendation_objected"),
            follows=True,
            starts=("internal_assessment_norm",),
            certainty="verified",
            sources=cite("RULES 554", "JIANYI2019 23"),
        ),
        Step(
            "assess", "登记考评或追责", "Record assessment",
            "police_legal", ("sent",), "assessed",
            facts=(
                Field(
                    "result", "enum",
                    options=("no_fault", "reminder", "assessment_recorded", "liability_opened"),
                ),
                Field("note", "text", required=False),
            ),
            guidance="neutral wording; no score is shown outside the police",
            guidance_zh="用语中性，考评结果不对外展示",
            emits=("assessment_recorded",),
            stops=("internal_assessment_norm",),
        ),
        Step(
            "share_back", "共性问题反馈", "Feed common problems back",
            "office_police", ("assessed",), "closed",
            guidance="defects found by internal checks that touch prosecution become leads",
            guidance_zh="内部检查发现的影响起诉的问题，转为监督线索",
            emits=("office_matter_passed", "office_matter_answered"),
        ),
        Step("close", "办结", "Close", "police_legal", ("assessed",), "closed"),
    ),
    escalation=(
        Rung(
            "+1wd", "legal_assignment_norm", ("police_legal", "police_chief"),
            "assignment task", "交办提醒", step="assign",
        ),
        Rung(
            "-1wd", "internal_answer_before_due", ("investigator", "police_legal"),
            "reminder", "提醒", step="unit_reply",
        ),
        Rung(
            "+0d", "internal_answer_before_due", ("police_legal", "police_chief"),
            "draft from the file", "由法制部门依案卷起草", step="unit_reply",
        ),
        Rung("-1d", "correction_notice_reply", ("police_chief",), "approval task", "审批提醒"),
    ),
    registers=("REG-LINK",),
    seen_by="initiator",
    thread="inherit",
)
