"""Objection to a non-prosecution (不起诉复议复核): reconsideration, then review by the superior (RULES 379-380).

Opened when the decision is announced and served; the seven days of the police begin with their receipt. Another
prosecutor decides than the one who decided not to prosecute (RULES 379).
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, OpenAtEnd, Process, Rung, State, Step, cite

RECONSIDERATION = (
    Step(
        "open", "收到决定", "Decision received",
        "police_legal", ("right_open",), SAME,
        on_event=("non_prosecution_received_by_police",),
        follows=True,
        starts=("non_prosecution_reconsideration_request",),
        certainty="verified",
        sources=cite("MPS 294", "CPL 179"),
    ),
    Step(
        "ask", "要求复议", "Ask for reconsideration",
        "police_legal", ("right_open",), "requested",
        facts=(Field("decision_contested", "ref"), Field("reasons", "text")),
        on_event=("non_prosecution_received_by_police",),
        approval="police_chief",
        emits=(
            "non_prosecution_reconsideration_requested",
            Emit("non_prosecution_reconsideration_received", on_receipt=True),
        ),
        starts=("non_prosecution_reconsideration_decision",),
        stops=("non_prosecution_reconsideration_request",),
        documents=("DOC-RECONSIDERATION-REQUEST",),
        certainty="verified",
        sources=cite("MPS 294", "CPL 179"),
    ),
    Step(
        "lapse", "期满未要求", "Period ends",
        "clock", ("right_open",), "closed",
        after_expiry_of=("non_prosecution_reconsideration_request",),
    ),
    Step(
        "receive", "受理复议", "Receive request and file",
        "case_manager", ("requested",), "reconsidering",
        receipts=True,
        facts=(Field("received_at", "datetime"), Field("handler", "ref")),
        occurred_by="received_at",
        assigns="handler",
        # The event and its clock come with the receipt, whether the desk stamped before or stamps by this step.
        guards=("handler_did_not_decide_non_prosecution",),
        certainty="verified",
        sources=cite("RULES 379"),
    ),
    Step(
        "change", "复议改变", "Decision changed",
        "prosecutor", ("reconsidering",), "closed",
        facts=(Field("reasons", "text"),),
        guards=("did_not_decide_non_prosecution",),
        approval="chief_procurator",
        # Revoked first: what follows the revocation needs not resume before it ends.
        emits=("non_prosecution_revoked", "non_prosecution_reconsideration_decided"),
        stops=("non_prosecution_reconsideration_decision",),
        documents=("DOC-RECONSIDERATION-DECISION",),
        certainty="verified",
        sources=cite("RULES 379"),
    ),
    Step(
        "uphold", "复议维持", "Decision upheld",
        "prosecutor", ("reconsidering",), "upheld",
        facts=(Field("reasons", "text"),),
        guards=("did_not_decide_non_prosecution",),
        approval="chief_procurator",
        emits=(
            "non_prosecution_reconsideration_decided",
            Emit("non_prosecution_reconsideration_decision_received", on_receipt=True),
        ),
        starts=("non_prosecution_review_request",),
        stops=("non_prosecution_reconsideration_decision",),
        documents=("DOC-RECONSIDERATION-DECISION",),
        certainty="verified",
        sources=cite("RULES 379"),
    ),
)

REVIEW = (
    Step(
        "ask_review", "提请复核", "Ask the superior",
        "police_legal", ("upheld",), "review_requested",
        on_event=("non_prosecution_reconsideration_decision_received",),
        facts=(Field("reasons", "text"),),
        approval="police_chief",
        emits=("non_prosecution_review_requested",),
        stops=("non_prosecution_review_request",),
        documents=("DOC-REVIEW-REQUEST",),
        certainty="verified",
        sources=cite("MPS 294"),
    ),
    Step(
        "lapse_review", "期满未提请", "Review period ends",
        "clock", ("upheld",), "closed",
        after_expiry_of=("non_prosecution_review_request",),
    ),
    Step(
        "receive_review", "受理复核", "Superior receives",
        "superior_prosecutor", ("review_requested",), "reviewing",
        receipts=True,
        facts=(Field("received_at", "datetime"),),
        occurred_by="received_at",
        emits=("non_prosecution_review_received",),
        starts=("non_prosecution_review_decision",),
        certainty="verified",
        sources=cite("RULES 380"),
    ),
    Step(
        "review", "复核决定", "Superior decides",
        "superior_prosecutor", ("reviewing",), "closed",
        facts=(Field("outcome", "enum", options=("upheld", "changed")), Field("reasons", "text")),
        guidance="the chief procurator of the superior procuratorate approves",
        guidance_zh="由上一级人民检察院检察长批准",
        approval="superior_prosecutor",
        emits=(Emit("non_prosecution_revoked", when="review_changed"), "non_prosecution_review_decided"),
        stops=("non_prosecution_review_decision",),
        documents=("DOC-REVIEW-DECISION",),
        certainty="verified",
        sources=cite("RULES 380"),
    ),
)

PROCESS = Process(
    "non_prosecution_objection",
    "COOP-FLOW",
    "不起诉复议复核",
    "Objection to non-prosecution",
    subject="case",
    initiator="police_legal",
    states=(
        State("right_open", "可要求复议", "right to ask is open", "start"),
        State("requested", "已要求复议", "reconsideration requested"),
        State("reconsidering", "复议中", "under reconsideration"),
        State("upheld", "复议维持", "decision upheld"),
        State("review_requested", "已提请复核", "review requested"),
        State("reviewing", "复核中", "under superior review"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*RECONSIDERATION, *REVIEW),
    escalation=(
        Rung(
            "-1d", "non_prosecution_reconsideration_request", ("police_legal",),
            "reminder: the right lapses", "提醒：期满不得再要求复议", step="ask",
        ),
        Rung(
            "-2d", "non_prosecution_reconsideration_decision", ("prosecutor", "chief_procurator"),
            "decision draft", "起草复议决定", step="uphold",
        ),
        Rung(
            "-1d", "non_prosecution_review_request", ("police_legal",),
            "reminder: the right lapses", "提醒：期满不得再提请复核", step="ask_review",
        ),
        Rung(
            "-3d", "non_prosecution_review_decision", ("superior_prosecutor",),
            "decision draft", "起草复核决定", step="review",
        ),
        Rung(
            "+1d", "non_prosecution_reconsideration_decision", ("chief_procurator", "case_manager"),
            "internal prompt", "内部提示",
        ),
    ),
    registers=("REG-PROSECUTION", "REG-OPINION"),
    open_at_end=(
        OpenAtEnd("non_prosecution_reconsideration_request", "lapses"),
        OpenAtEnd("non_prosecution_review_request", "lapses"),
    ),
)
