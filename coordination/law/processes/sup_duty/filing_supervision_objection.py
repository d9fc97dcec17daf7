"""Objection to a notice to withdraw: reconsideration by the same procuratorate, then review by the superior.

RULES 565. Another prosecutor than the one who drafted the notice reconsiders it. While either runs the duty to withdraw
rests; when the notice is upheld, the duty goes on from its own beginning.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Step, cite

COMPLY = ("notify_withdraw_case_comply", "filing_supervision_noncompliance_watchdog")
OBJECTION = (
    "withdraw_notice_reconsideration_request",
    "withdraw_notice_reconsideration_decision",
    "withdraw_notice_review_request",
    "withdraw_notice_review_decision",
)

REMEDIES = (
    Step(
        "ask_reconsideration", "要求复议", "Police ask for reconsideration",
        "police_legal", ("notice_issued",), "reconsideration",
        on_event=("notice_to_withdraw_received",),
        facts=(Field("reasons", "text"), Field("evidence", "list", required=False)),
        approval="police_chief",
        guidance="with the case file: the seven days begin when both have arrived",
        guidance_zh="随附案卷材料；七日自收到要求复议意见书和案卷材料起算",
        emits=(
            "withdraw_reconsideration_requested",
            Emit("withdraw_reconsideration_received", on_receipt=True),
        ),
        starts=("withdraw_notice_reconsideration_decision",),
        stops=(*COMPLY, "withdraw_notice_reconsideration_request"),
        documents=("DOC-RECONSIDERATION-REQUEST",),
        certainty="verified",
        sources=cite("RULES 565", "LIAN2010 10"),
    ),
    Step(
        "receive_request", "受理复议", "Receive request and file",
        "case_manager", ("reconsideration",), SAME,
        # The event and its clock come with the receipt, whether the desk stamped before or stamps by this step.
        receipts=True,
        guards=("request_not_taken_in", "handler_did_not_notify"),
        facts=(Field("received_at", "datetime"), Field("handler", "ref")),
        occurred_by="received_at",
        assigns="handler",
        certainty="verified",
        sources=cite("RULES 565"),
    ),
    Step(
        "reconsider_change", "复议撤销通知", "Reconsideration revokes the notice",
        "prosecutor", ("reconsideration",), "closed",
        on_event=("withdraw_reconsideration_received",),
        guards=("another_decides",),
        facts=(Field("reasons", "text"),),
        approval="chief_procurator",
        emits=("withdraw_reconsideration_decided",),
        stops=("withdraw_notice_reconsideration_decision",),
        documents=("DOC-RECONSIDERATION-DECISION",),
        certainty="verified",
        sources=cite("RULES 565"),
    ),
    Step(
        "reconsider_uphold", "复议维持", "Reconsideration upholds",
        "prosecutor", ("reconsideration",), "reconsidered",
        on_event=("withdraw_reconsideration_received",),
        guards=("another_decides",),
        facts=(Field("reasons", "text"),),
        approval="chief_procurator",
        emits=(
            "withdraw_reconsideration_decided",
            Emit("withdraw_reconsideration_decision_received", on_receipt=True),
        ),
        starts=("withdraw_notice_review_request",),
        stops=("withdraw_notice_reconsideration_decision",),
        documents=("DOC-RECONSIDERATION-DECISION",),
        certainty="verified",
        sources=cite("RULES 565"),
    ),
    Step(
        "ask_review", "提请复核", "Police ask the superior",
        "police_legal", ("reconsidered",), "superior_review",
        on_event=("withdraw_reconsideration_decision_received",),
        facts=(Field("reasons", "text"),),
        approval="police_chief",
        emits=("withdraw_review_requested",),
        stops=("withdraw_notice_review_request",),
        documents=("DOC-REVIEW-REQUEST",),
        certainty="verified",
        sources=cite("RULES 565", "LIAN2010 10"),
    ),
    Step(
        "receive_review", "受理复核", "Superior receives",
        "superior_prosecutor", ("superior_review",), SAME,
        # Towards the superior there is no desk: this is the receipt.
        receipts=True,
        guards=("review_not_taken_in",),
        facts=(Field("received_at", "datetime"),),
        occurred_by="received_at",
        emits=("withdraw_review_received",),
        starts=("withdraw_notice_review_decision",),
        certainty="verified",
        sources=cite("RULES 565"),
    ),
    Step(
        "no_review", "未提请复核", "No review requested",
        "clock", ("reconsidered",), "must_withdraw",
        after_expiry_of=("withdraw_notice_review_request",),
        # The right has lapsed: it is closed, and the duty to withdraw goes on from its own beginning.
        stops=("withdraw_notice_review_request",),
        reopens=COMPLY,
        certainty="secondary",
        sources=cite("LIAN2010 10"),
    ),
    Step(
        "review_change", "复核认为通知有误", "Superior finds the notice wrong",
        "superior_prosecutor", ("superior_review",), "closed",
        on_event=("withdraw_review_received",),
        facts=(Field("reasons", "text"),),
        emits=("withdraw_review_decided",),
        stops=("withdraw_notice_review_decision",),
        documents=("DOC-REVIEW-DECISION",),
        certainty="verified",
        sources=cite("RULES 565"),
    ),
    Step(
        "review_uphold", "复核维持", "Superior upholds",
        "superior_prosecutor", ("superior_review",), "must_withdraw",
        on_event=("withdraw_review_received",),
        facts=(Field("reasons", "text"),),
        guidance="the police withdraw at once",
        guidance_zh="公安机关应当立即撤销案件",
        emits=("withdraw_review_decided",),
        stops=("withdraw_notice_review_decision",),
        reopens=COMPLY,
        documents=("DOC-REVIEW-DECISION",),
        certainty="verified",
        sources=cite("RULES 565", "LIAN2010 10"),
    ),
)
