"""Objection to a non-approval of arrest (不批捕复议复核): reconsideration, then review by the superior (RULES 290-292).

Opened when the non-approval is served; the five days of the police begin with their receipt. The suspect is
released first (CPL 92), and another prosecutor decides than the one who refused (RULES 290).
"""
# fmt: off

from coordination.law.grammar import Emit, Field, OpenAtEnd, Process, State, Step, cite
from coordination.law.processes.coop_flow.objection import CLOSED, STATES, Objection

OBJECTION = Objection(
    of="non_arrest",
    received="non_approval_received",
    asked=cite("MPS 141", "CPL 92"),
    referred=cite("MPS 141"),
    reconsidered=cite("RULES 290"),
    reviewed=cite("RULES 291"),
    other="did_not_refuse_arrest",
    handed_to=("no_supplement_asked", "handler_did_not_refuse_arrest"),
)

RECONSIDERATION = (
    *OBJECTION.asking(
        guards=("released_before_objection",),
        guidance="where supplementary investigation was asked for, request arrest again instead",
        guidance_zh="要求补充侦查的，补充侦查后应当重新提请批准逮捕",
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
    OBJECTION.uphold,
)

REVIEW = (
    *OBJECTION.referring,
    OBJECTION.review("reviewed"),
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
    states=(*STATES, State("reviewed", "已复核", "superior has decided"), CLOSED),
    steps=(*RECONSIDERATION, *REVIEW),
    escalation=OBJECTION.ladder,
    registers=("REG-ARREST", "REG-OPINION"),
    open_at_end=(*OBJECTION.rights_that_lapse, OpenAtEnd("arrest_approval_execution", "runs_on")),
)
