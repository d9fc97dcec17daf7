"""Objection to a non-approval of arrest (不批捕复议复核): reconsideration, then review by the superior (RULES 290-292).

Opened when the non-approval is served; the five days of the police begin with their receipt. The suspect is
released first (CPL 92), and another prosecutor decides than the one who refused (RULES 290).
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, OpenAtEnd, Process, Rung, State, Step, cite

RECONSIDERATION = (
    Step(
        "open", "收到决定", "Decision received",
        "police_legal", ("right_open",), SAME,
        on_event=("non_approval_received",),
        follows=True,
        starts=("non_arrest_reconsideration_request",),
        certainty="verified",
        sources=cite("MPS 141", "CPL 92"),
    ),
    Step(
        "ask", "要求复议", "Ask for reconsideration",
        "police_legal", ("right_open",), "requested",
        facts=(Field("decision_contested", "ref"), Field("reasons", "text")),
        on_event=("non_approval_received",),
        guards=("released_before_objection",),
        guidance="where supplementary investigation was asked for, request arrest again instead",
        guidance_zh="要求补充侦查的，补充侦查后应当重新提请批准逮捕",
        approval="police_chief",
        emits=(
            "non_arrest_reconsideration_requested",
            Emit("non_arrest_reconsideration_received", on_receipt=True),
        ),
        starts=("non_arrest_reconsideration_decision",),
        stops=("non_arrest_reconsideration_request",),
        documents=("DOC-RECONSIDERATION-REQUEST",),
        certainty="verified",
        sources=cite("MPS 141", "CPL 92"),
    ),
    Step(
        "lapse", "期满未要求", "Period ends",
        "clock", ("right_open",), "closed",
        after_expiry_of=("non_arrest_reconsideration_request",),
    ),
    Step(
        "receive", "受理复议", "Receive request and file",
        "case_manager", ("requested",), "reconsidering",
        receipts=True,
        facts=(Field("received_at", "datetime"), Field("handler", "ref")),
        occurred_by="received_at",
        assigns="handler",
        # The event and its clock come with the receipt, whether the desk stamped before or stamps by this step.
        guards=("no_supplement_asked", "handler_did_not_refuse_arrest"),
        certainty="verified",
        sources=cite("RULES 290"),
    ),
    Step(
        "refuse_supplement", "告知重新提请", "Told to request arrest again",
        "prosecutor", ("requested",), "closed",
        guards=("supplement_was_asked",),
        emits=("document_returned",),
        stops=("non_arrest_reconsideration_decision",),
        certainty="verified",
        sources=cite("RULES 292"),
    ),
    Step(
        "change", "复议改变", "Decision changed",
        "prosecutor", ("reconsidering",), "closed",
        facts=(Field("reasons", "text"),),
        guards=("did_not_refuse_arrest",),
        approval="chief_procurator",
        # The refusal is revoked and arrest approved in one act; the arrest is then recorded in custody.
        emits=(
            "non_arrest_reconsideration_decided",
            "arrest_approved",
            Emit("arrest_approval_received", on_receipt=True),
        ),
        starts=("arrest_approval_execution",),
        stops=("non_arrest_reconsideration_decision",),
        documents=("DOC-ARREST-APPROVAL", "DOC-RECONSIDERATION-DECISION"),
        certainty="verified",
        sources=cite("RULES 290"),
    ),
    Step(
        "uphold", "复议维持", "Decision upheld",
        "prosecutor", ("reconsidering",), "upheld",
        facts=(Field("reasons", "text"),),
        guards=("did_not_refuse_arrest",),
        approval="chief_procurator",
        emits=(
            "non_arrest_reconsideration_decided",
            Emit("non_arrest_reconsideration_decision_received", on_receipt=True),
        ),
        starts=("non_arrest_review_request",),
        stops=("non_arrest_reconsideration_decision",),
        documents=("DOC-RECONSIDERATION-DECISION",),
        certainty="verified",
        sources=cite("RULES 290"),
    ),
)

REVIEW = (
    Step(
        "ask_review", "提请复核", "Ask the superior",
        "police_legal", ("upheld",), "review_requested",
        on_event=("non_arrest_reconsideration_decision_received",),
        facts=(Field("reasons", "text"),),
        approval="police_chief",
        emits=("non_arrest_review_requested",),
        stops=("non_arrest_review_request",),
        documents=("DOC-REVIEW-REQUEST",),
        certainty="verified",
        sources=cite("MPS 141"),
    ),
    Step(
        "lapse_review", "期满未提请", "Review period ends",
        "clock", ("upheld",), "closed",
        after_expiry_of=("non_arrest_review_request",),
    ),
    Step(
        "receive_review", "受理复核", "Superior receives",
        "superior_prosecutor", ("review_requested",), "reviewing",
        receipts=True,
        facts=(Field("received_at", "datetime"),),
        occurred_by="received_at",
        emits=("non_arrest_review_received",),
        starts=("non_arrest_review_decision",),
        certainty="verified",
        sources=cite("RULES 291"),
    ),
    Step(
        "review", "复核决定", "Superior decides",
        "superior_prosecutor", ("reviewing",), "reviewed",
        facts=(Field("outcome", "enum", options=("upheld", "changed")), Field("reasons", "text")),
        guidance="the chief procurator of the superior procuratorate approves",
        guidance_zh="由上一级人民检察院检察长批准",
        approval="superior_prosecutor",
        emits=("non_arrest_review_decided",),
        stops=("non_arrest_review_decision",),
        documents=("DOC-REVIEW-DECISION",),
        certainty="verified",
        sources=cite("RULES 291"),
    ),
    Step(
        "carry_out", "撤销原决定并批准逮捕", "Revoke the refusal, approve arrest",
        "prosecutor", ("reviewed",), "closed",
        guards=("review_changed",),
        approval="chief_procurator",
        emits=("arrest_approved", Emit("arrest_approval_received", on_receipt=True)),
        starts=("arrest_approval_execution",),
        # What begins waits for the receipt of the first paper.
        documents=("DOC-ARREST-APPROVAL", "DOC-ARREST-REVOCATION"),
        certainty="verified",
        sources=cite("RULES 291"),
    ),
    Step(
        "close", "复核维持办结", "Close, decision upheld",
        "police_legal", ("reviewed",), "closed",
        guards=("review_upheld",),
        certainty="verified",
        sources=cite("RULES 291"),
    ),
)

PROCESS = Process(
    "non_arrest_objection",
    "COOP-FLOW",
    "不批捕复议复核",
    "Objection to non-approval of arrest",
    subject="suspect",
    initiator="police_legal",
    states=(
        State("right_open", "可要求复议", "right to ask is open", "start"),
        State("requested", "已要求复议", "reconsideration requested"),
        State("reconsidering", "复议中", "under reconsideration"),
        State("upheld", "复议维持", "decision upheld"),
        State("review_requested", "已提请复核", "review requested"),
        State("reviewing", "复核中", "under superior review"),
        State("reviewed", "已复核", "superior has decided"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*RECONSIDERATION, *REVIEW),
    escalation=(
        Rung(
            "-1d", "non_arrest_reconsideration_request", ("police_legal",),
            "reminder: the right lapses", "提醒：期满不得再要求复议", step="ask",
        ),
        Rung(
            "-2d", "non_arrest_reconsideration_decision", ("prosecutor", "chief_procurator"),
            "decision draft", "起草复议决定", step="uphold",
        ),
        Rung(
            "-1d", "non_arrest_review_request", ("police_legal",),
            "reminder: the right lapses", "提醒：期满不得再提请复核", step="ask_review",
        ),
        Rung(
            "-3d", "non_arrest_review_decision", ("superior_prosecutor",),
            "decision draft", "起草复核决定", step="review",
        ),
        Rung(
            "+1d", "non_arrest_reconsideration_decision", ("chief_procurator", "case_manager"),
            "internal prompt", "内部提示",
        ),
    ),
    registers=("REG-ARREST", "REG-OPINION"),
    open_at_end=(
        OpenAtEnd("non_arrest_reconsideration_request", "lapses"),
        OpenAtEnd("non_arrest_review_request", "lapses"),
        OpenAtEnd("arrest_approval_execution", "runs_on"),
    ),
)
