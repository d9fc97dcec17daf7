"""Case from an administrative agency (两法衔接): accepted, completed, decided, the agency told (MPS 180, 181).

The agency may ask for reconsideration of a non-filing or suggest filing supervision (XINGXIAN 9). The suggestion of the
procuratorate that an agency should transfer stands at the beginning.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Extend,
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

REVIEW = ("filing_review_admin_transfer", "filing_review_admin_transfer_economic")
ACCEPTANCE = (*REVIEW, "admin_transfer_incomplete_notice", "admin_transfer_forward_wrong_organ")

TRANSFER = (
    Step(
        "urge_transfer", "检察院建议移送", "Procuratorate asks the agency to transfer",
        "prosecutor", ("opened",), "agency_opinion",
        facts=(Field("agency", "text"), Field("facts", "text"), Field("reply_due_on", "date", tense="future")),
        approval="chief_procurator",
        guidance="the agency has not transferred a suspected crime",
        guidance_zh="行政执法机关应当移送涉嫌犯罪案件而不移送",
        documents=("DOC-PROC-OPINION",),
        certainty="verified",
        sources=cite("RULES 557"),
    ),
    Step(
        "agency_transfers", "行政机关移送", "Agency transfers",
        "investigator", ("agency_opinion",), "opened",
        emits=("agency_transfer_letter_sent",),
        documents=("DOC-AGENCY-TRANSFER",),
        certainty="verified",
        sources=cite("XINGXIAN 5", "XINGXIAN 6"),
    ),
    Step(
        "agency_refuses", "行政机关不移送", "Agency does not transfer",
        "prosecutor", ("agency_opinion",), "closed",
        facts=(Field("reason", "text"),),
        certainty="verified",
        sources=cite("XINGXIAN 16"),
    ),
    Step(
        "accept", "接受", "Accept",
        "investigator", ("opened",), "accepted",
        facts=(
            Field("agency", "text"),
            Field("received_at", "datetime"),
            # Which limits run depends on these three; the list of the field had them as words only.
            Field("is_economic", "bool"),
            Field("is_incomplete", "bool"),
            Field("is_own_jurisdiction", "bool"),
        ),
        occurred_by="received_at",
        guidance="incompleteness is no ground for refusing",
        guidance_zh="不得以材料不全为由不接受移送",
        emits=("admin_transfer_accepted",),
        starts=(
            Start("filing_review_admin_transfer", when="transfer_not_economic"),
            Start("filing_review_admin_transfer_economic", when="transfer_economic"),
            Start("admin_transfer_incomplete_notice", when="transfer_incomplete"),
            Start("admin_transfer_forward_wrong_organ", when="transfer_of_other_jurisdiction"),
        ),
        documents=("DOC-RECEPTION-REGISTER",),
        certainty="verified",
        sources=cite("MPS 180", "XINGXIAN 7", "JINGJI2017 16"),
    ),
)

COMPLETION = (
    Step(
        "gaps", "通知补正", "Notify gaps",
        "investigator", ("accepted",), "supplementing",
        guards=("transfer_incomplete", "gaps_not_notified"),
        facts=(Field("gaps", "list"),),
        guidance="the case is accepted all the same",
        guidance_zh="案件照常接受",
        emits=("supplement_notice_sent", "supplement_notice_received"),
        starts=("admin_agency_supplement",),
        stops=("admin_transfer_incomplete_notice",),
        certainty="verified",
        sources=cite("MPS 180"),
    ),
    Step(
        "completed", "补正到达", "Completed",
        "investigator", ("supplementing",), "accepted",
        emits=("supplement_materials_received",),
        stops=("admin_agency_supplement",),
        certainty="verified",
        sources=cite("MPS 180"),
    ),
    Step(
        "go_on", "未补正继续审查", "Review goes on without",
        "investigator", ("supplementing",), "accepted",
        # Nothing arrived: the waiting ends, no receipt is recorded.
        facts=(Field("gaps", "list"),),
        stops=("admin_agency_supplement",),
        certainty="verified",
        sources=cite("MPS 180"),
    ),
    Step(
        "extend_review", "延长立案审查（经济犯罪）", "Move to 10, 30 or 60 days",
        "investigator", ("accepted",), SAME,
        # Not a step of the field's list; without it the stages of JINGJI2017 16 could not be granted.
        guards=("transfer_economic",),
        facts=(Field("stage", "enum", options=("latest", "complex", "special")), Field("ground", "text")),
        approval="police_chief",
        guidance="beyond thirty days the next higher police organ approves",
        guidance_zh="超过三十日的须经上一级公安机关负责人批准",
        extends=(Extend("filing_review_admin_transfer_economic", stage_by="stage"),),
        certainty="secondary",
        sources=cite("JINGJI2017 16"),
    ),
    Step(
        "forward", "转送", "Forward",
        "police_legal", ("accepted",), "forwarded",
        guards=("transfer_of_other_jurisdiction",),
        facts=(Field("recipient", "text"),),
        emits=("admin_transfer_forwarded", "filing_result_notified_agency", "case_transfer_notice_served"),
        stops=ACCEPTANCE,
        documents=("DOC-CASE-TRANSFER-NOTICE",),
        certainty="verified",
        sources=cite("XINGXIAN 7"),
    ),
)

DECISION = (
    Step(
        "file", "立案并告知", "File and tell the agency",
        "police_legal", ("accepted",), "filed",
        facts=(Field("has_items", "bool"),),
        approval="police_chief",
        emits=("filing_decided", "filing_result_notified_agency", "filing_notice_received_agency"),
        starts=(Start("admin_agency_handover_items", when="agency_holds_items"),),
        stops=ACCEPTANCE,
        documents=("DOC-FILING-DECISION",),
        certainty="verified",
        sources=cite("MPS 180", "XINGXIAN 12"),
    ),
    Step(
        "handover", "物品移交", "Items handed over",
        "investigator", ("filed",), "closed",
        guards=("agency_holds_items",),
        emits=("items_handed_over",),
        stops=("admin_agency_handover_items",),
        certainty="verified",
        sources=cite("XINGXIAN 12"),
    ),
    Step(
        "no_items", "无涉案物品", "Nothing to hand over",
        "investigator", ("filed",), "closed",
        blocked_while_running=("admin_agency_handover_items",),
    ),
    Step(
        "decline", "不予立案并告知", "Do not file, tell the agency",
        "police_legal", ("accepted",), "not_filed",
        facts=(Field("reasons", "text"),),
        approval="police_chief",
        emits=("not_filed_decided", "filing_result_notified_agency", "not_filed_notice_received_agency"),
        starts=("admin_agency_reconsideration_request",),
        stops=ACCEPTANCE,
        documents=("DOC-NON-FILING-NOTICE",),
        certainty="verified",
        sources=cite("MPS 180"),
    ),
)

REMEDIES = (
    Step(
        "agency_asks", "行政机关申请复议", "Agency asks for reconsideration",
        "police_legal", ("not_filed",), "agency_objected",
        guards=("agency_not_reconsidered",),
        facts=(Field("received_at", "datetime"),),
        occurred_by="received_at",
        emits=("agency_reconsideration_filed", "agency_reconsideration_received"),
        starts=("admin_agency_reconsideration_decision",),
        stops=("admin_agency_reconsideration_request",),
        certainty="verified",
        sources=cite("MPS 181", "XINGXIAN 9"),
    ),
    Step(
        "agency_upheld", "复议维持", "Upheld",
        "police_chief", ("agency_objected",), "not_filed",
        facts=(Field("reasons", "text"),),
        emits=("agency_reconsideration_notified", "agency_reconsideration_decision_received"),
        starts=("admin_agency_suggest_filing_supervision",),
        stops=("admin_agency_reconsideration_decision",),
        documents=("DOC-RECONSIDERATION-DECISION",),
        certainty="verified",
        sources=cite("MPS 181"),
    ),
    Step(
        "agency_wins", "复议改为立案", "Filed on reconsideration",
        "police_chief", ("agency_objected",), "filed",
        facts=(Field("has_items", "bool"),),
        emits=("agency_reconsideration_notified", "filing_decided", "filing_notice_received_agency"),
        starts=(Start("admin_agency_handover_items", when="agency_holds_items"),),
        stops=("admin_agency_reconsideration_decision",),
        documents=("DOC-RECONSIDERATION-DECISION", "DOC-FILING-DECISION"),
        certainty="verified",
        sources=cite("MPS 181"),
    ),
    Step(
        "suggest", "建议立案监督", "Agency suggests filing supervision",
        "prosecutor", ("not_filed",), "suggested",
        emits=("agency_supervision_suggested",),
        stops=("admin_agency_reconsideration_request", "admin_agency_suggest_filing_supervision"),
        opens=(Open("filing_supervision_file"),),
        certainty="verified",
        sources=cite("XINGXIAN 9", "RULES 557"),
    ),
    Step(
        "lapse", "期满办结", "Periods end",
        "clock", ("not_filed",), "closed",
        after_expiry_of=("admin_agency_reconsideration_request", "admin_agency_suggest_filing_supervision"),
        certainty="verified",
        sources=cite("XINGXIAN 9"),
    ),
)

PROCESS = Process(
    "admin_case_link",
    "SUP-DUTY",
    "行政机关移送案件（两法衔接）",
    "Case from an administrative agency",
    subject="case",
    initiator="investigator",
    states=(
        State("opened", "线索或移送到达", "lead or transfer arrived", "start"),
        State("agency_opinion", "建议移送", "agency asked to transfer"),
        State("accepted", "已接受", "accepted"),
        State("supplementing", "待补正", "waiting for completion"),
        State("forwarded", "已转送", "forwarded to another organ", "end"),
        State("filed", "已立案", "filed"),
        State("not_filed", "不予立案", "not filed"),
        State("agency_objected", "行政机关申请复议", "agency objected"),
        State("suggested", "建议立案监督", "filing supervision suggested", "end"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*TRANSFER, *COMPLETION, *DECISION, *REMEDIES),
    escalation=(
        Rung(
            "-1d", "filing_review_admin_transfer", ("investigator", "police_legal"),
            "decision draft", "起草决定", step="file",
        ),
        Rung(
            "+1d", "filing_review_admin_transfer", ("police_legal", "office_resident"),
            "lead with finding FIL-9", "监督线索：FIL-9",
        ),
        Rung(
            "-1d", "filing_review_admin_transfer_economic", ("investigator", "police_legal"),
            "decision draft", "起草决定", step="file",
        ),
        Rung(
            "+1d", "filing_review_admin_transfer_economic", ("police_legal", "office_resident"),
            "lead with finding FIL-9", "监督线索：FIL-9",
        ),
        Rung(
            "-1d", "admin_agency_reconsideration_decision", ("police_chief", "police_legal"),
            "decision draft", "起草决定", step="agency_upheld",
        ),
    ),
    registers=("REG-AGENCY", "REG-FILING"),
    open_at_end=(
        OpenAtEnd("admin_agency_reconsideration_request", "lapses"),
        OpenAtEnd("admin_agency_suggest_filing_supervision", "lapses"),
    ),
)
