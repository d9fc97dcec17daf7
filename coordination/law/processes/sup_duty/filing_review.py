"""Review whether to file (立案审查): from the report to filed, not filed or moved on (CPL 112, MPS 169-179).

Cases from administrative agencies run in `admin_case_link`; the request of the procuratorate to explain a
decision runs in `filing_supervision_file`.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Extend,
    Field,
    Logged,
    OpenAtEnd,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)

REVIEW = ("filing_review_general", "filing_review_economic")
ALL_CLOCKS = (*REVIEW, "non_filing_notice_service")

REPORT = (
    Step(
        "register_report", "登记受案", "Register the report",
        "investigator", ("received",), "under_review",
        facts=(
            Field("reporter", "text"),
            Field("report_kind", "enum", options=("general", "economic", "injury")),
            Field("received_at", "datetime"),
        ),
        occurred_by="received_at",
        logged_by=(
            Logged(
                "case_reception", "report_kind", ("general", "economic", "injury"),
                facts=(("reporter", "reporter_name"), ("received_at", "started_at")),
            ),
        ),
        guidance="cases from an agency run in the procedure for agency cases",
        guidance_zh="行政执法机关移送的案件适用两法衔接程序",
        emits=(
            "report_received",
            "report_registered",
            Emit("economic_report_accepted", when="report_economic"),
        ),
        starts=(
            "case_reception_immediate",
            Start("filing_review_general", when="report_not_economic"),
            Start("filing_review_economic", when="report_economic"),
        ),
        documents=("DOC-RECEPTION-REGISTER",),
        certainty="verified",
        sources=cite("MPS 169", "MPS 171", "FILING2015 2(1)2", "JINGJI2017 15"),
    ),
    Step(
        "hand_receipt", "出具受案回执", "Hand over the receipt",
        "investigator", ("under_review",), SAME,
        guards=("no_reception_receipt_yet",),
        logged_by=(Logged("case_reception", "receipt_handed", (True,)),),
        emits=("reception_receipt_issued",),
        stops=("case_reception_immediate",),
        documents=("DOC-RECEPTION-RECEIPT",),
        certainty="verified",
        sources=cite("MPS 171"),
    ),
    Step(
        "extend_review", "延长立案审查", "Move to 7 or 30 days",
        "investigator", ("under_review",), SAME,
        facts=(Field("stage", "enum", options=("leads", "complex", "special")), Field("ground", "text")),
        approval="police_chief",
        guards=("stage_of_report_kind",),
        guidance="seven days: leads to check; thirty: major, difficult or complex, with approval; "
        "an economic report beyond thirty days needs the next higher police organ",
        guidance_zh="七日：线索需要查证；三十日：重大、疑难、复杂，须经批准；"
        "经济犯罪线索超过三十日的须经上一级公安机关批准",
        extends=(
            Extend("filing_review_general", stage_by="stage", when="report_not_economic"),
            Extend("filing_review_economic", stage_by="stage", when="report_economic"),
        ),
        certainty="secondary",
        sources=cite("FILING2015 2(1)2"),
    ),
    Step(
        "decide_file", "决定立案", "Decide to file",
        "police_legal", ("under_review",), "filed",
        approval="police_chief",
        emits=("filing_decided",),
        stops=ALL_CLOCKS,
        documents=("DOC-FILING-DECISION",),
        certainty="verified",
        sources=cite("MPS 178"),
    ),
    Step(
        "no_jurisdiction", "发现不属管辖", "Other organ is competent",
        "investigator", ("under_review",), "transfer_pending",
        approval="police_chief",
        emits=("outside_jurisdiction_found",),
        starts=("case_transfer_not_own_jurisdiction",),
        certainty="verified",
        sources=cite("MPS 175"),
    ),
    Step(
        "send_away", "移送有管辖权机关", "Send to the competent organ",
        "police_legal", ("transfer_pending",), "moved",
        emits=("case_transfer_notice_served",),
        stops=("case_transfer_not_own_jurisdiction", *REVIEW),
        documents=("DOC-CASE-TRANSFER-NOTICE",),
        certainty="verified",
        sources=cite("MPS 175"),
    ),
)

NOT_FILED = (
    Step(
        "decide_not", "决定不予立案", "Decide not to file",
        "police_legal", ("under_review",), "not_filed",
        facts=(
            Field(
                "ground", "enum", options=("no_crime_facts", "minor_no_liability", "statutory_no_liability")
            ),
            Field("reasons", "text"),
            # Not in the facts of the field: whether there is somebody to serve decides if the notice runs.
            Field("has_complainant", "bool"),
        ),
        approval="police_chief",
        emits=("not_filed_decided",),
        starts=(Start("non_filing_notice_service", when="has_complainant"),),
        stops=REVIEW,
        certainty="verified",
        sources=cite("MPS 178"),
    ),
    Step(
        "serve_not", "送达不予立案通知书", "Serve the non-filing notice",
        "investigator", ("not_filed",), "notice_served",
        guards=("has_complainant",),
        emits=("not_filed_notice_served", "not_filed_notice_received_complainant"),
        starts=("non_filing_reconsideration_request",),
        stops=("filing_review_general", "non_filing_notice_service"),
        documents=("DOC-NON-FILING-NOTICE",),
        certainty="verified",
        sources=cite("MPS 178", "MPS 179"),
    ),
    Step(
        "no_complainant", "无控告人", "No complainant to serve",
        "investigator", ("not_filed",), "closed",
        blocked_while_running=("non_filing_notice_service",),
        guards=("has_no_complainant",),
        guidance="the decision is shown on the platform",
        guidance_zh="决定在平台公开",
    ),
    Step(
        "file_on_new_facts", "因新的事实立案", "Filed on new facts",
        "police_chief", ("not_filed", "notice_served", "reconsidered"), "filed",
        emits=("filing_decided",),
        stops=ALL_CLOCKS,
        documents=("DOC-FILING-DECISION",),
        certainty="verified",
        sources=cite("MPS 178"),
    ),
    Step(
        "supervised_file", "监督立案", "Filed after supervision",
        "police_chief",
        ("under_review", "not_filed", "notice_served", "reconsidering", "reconsidered", "superior_review"),
        "filed",
        # The same act, recorded with its decision in filing supervision, or where an agency was heard.
        on_event=("filing_decided",),
        follows=True,
        stops=(*ALL_CLOCKS, "non_filing_reconsideration_decision", "non_filing_review_decision"),
        certainty="verified",
        sources=cite("MPS 178", "MPS 182"),
    ),
    Step(
        "lapse", "期满未申请", "Period ends without a request",
        "clock", ("notice_served", "reconsidered"), "closed",
        after_expiry_of=("non_filing_reconsideration_request", "non_filing_review_request"),
    ),
)

REMEDIES = (
    Step(
        "ask_reconsideration", "控告人申请复议", "Complainant asks for reconsideration",
        "police_legal", ("notice_served",), "reconsidering",
        emits=("complainant_reconsideration_filed", "complainant_reconsideration_received"),
        starts=("non_filing_reconsideration_decision",),
        stops=("non_filing_reconsideration_request",),
        certainty="verified",
        sources=cite("MPS 179"),
    ),
    Step(
        "reconsider_uphold", "复议维持", "Reconsideration upholds",
        "police_chief", ("reconsidering",), "reconsidered",
        emits=("complainant_reconsideration_decided", "complainant_reconsideration_decision_received"),
        starts=("non_filing_review_request",),
        stops=("non_filing_reconsideration_decision",),
        documents=("DOC-RECONSIDERATION-DECISION",),
        certainty="verified",
        sources=cite("MPS 179"),
    ),
    Step(
        "reconsider_file", "复议改为立案", "Reconsideration leads to filing",
        "police_chief", ("reconsidering",), "filed",
        emits=("complainant_reconsideration_decided", "filing_decided"),
        stops=(*ALL_CLOCKS, "non_filing_reconsideration_decision"),
        documents=("DOC-RECONSIDERATION-DECISION", "DOC-FILING-DECISION"),
        certainty="verified",
        sources=cite("MPS 179"),
    ),
    Step(
        "ask_review", "控告人申请复核", "Complainant asks for review",
        "superior_police", ("reconsidered",), "superior_review",
        emits=("complainant_review_filed", "complainant_review_received"),
        starts=("non_filing_review_decision",),
        stops=("non_filing_review_request",),
        certainty="verified",
        sources=cite("MPS 179"),
    ),
    Step(
        "review_uphold", "复核维持", "Superior upholds",
        "superior_police", ("superior_review",), "closed",
        emits=("complainant_review_decided",),
        stops=("non_filing_review_decision",),
        documents=("DOC-REVIEW-DECISION",),
        certainty="verified",
        sources=cite("MPS 179"),
    ),
    Step(
        "review_overturn", "复核撤销", "Superior overturns",
        "superior_police", ("superior_review",), "filed",
        emits=("complainant_review_decided", "filing_decided"),
        stops=(*ALL_CLOCKS, "non_filing_review_decision"),
        documents=("DOC-REVIEW-DECISION",),
        certainty="verified",
        sources=cite("MPS 179"),
    ),
)

PROCESS = Process(
    "filing_review",
    "SUP-DUTY",
    "立案审查",
    "Review whether to file",
    subject="case",
    initiator="investigator",
    states=(
        State("received", "接报", "report received", "start"),
        State("under_review", "审查中", "under review"),
        State("transfer_pending", "待移送", "transfer pending"),
        State("not_filed", "不予立案", "not filed"),
        State("notice_served", "已送达不予立案", "non-filing served"),
        State("reconsidering", "复议中", "under reconsideration"),
        State("reconsidered", "复议维持", "reconsideration upheld"),
        State("superior_review", "复核中", "under superior review"),
        State("filed", "已立案", "filed", "end"),
        State("moved", "已移送", "moved to another organ", "end"),
        State("closed", "不立案办结", "closed without filing", "end"),
    ),
    steps=(*REPORT, *NOT_FILED, *REMEDIES),
    escalation=(
        Rung(
            "-1d", "filing_review_general", ("investigator", "police_legal"),
            "decision draft or extension request", "起草决定或者延长审查的报告", step="decide_file",
        ),
        Rung(
            "+1d", "filing_review_general", ("police_legal", "office_resident"),
            "lead with finding FIL-3", "监督线索：FIL-3 逾期未作立案决定",
        ),
        Rung("+3d", "filing_review_general", ("office_resident", "prosecutor"), "DOC-ASK-DELAY-REASONS"),
        Rung(
            "-1d", "filing_review_economic", ("investigator", "police_legal"),
            "decision draft or extension request", "起草决定或者延长审查的报告", step="decide_file",
        ),
        Rung(
            "+1d", "filing_review_economic", ("police_legal", "office_resident"),
            "lead with finding FIL-3", "监督线索：FIL-3 逾期未作立案决定",
        ),
    ),
    registers=("REG-FILING",),
    open_at_end=(
        OpenAtEnd("case_reception_immediate", "runs_on"),
        OpenAtEnd("non_filing_reconsideration_request", "lapses"),
        OpenAtEnd("non_filing_review_request", "lapses"),
    ),
    seen_by="both",
)
