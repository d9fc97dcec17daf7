"""Objection to a non-prosecution (不起诉复议复核): reconsideration, then review by the superior (RULES 379-380).

Opened when the decision is announced and served; the seven days of the police begin with their receipt. Another
prosecutor decides than the one who decided not to prosecute (RULES 379).
"""
# fmt: off

from coordination.law.grammar import Emit, Field, Process, Step, cite
from coordination.law.processes.coop_flow.objection import CLOSED, STATES, Objection

OBJECTION = Objection(
    of="non_prosecution",
    received="non_prosecution_received_by_police",
    asked=cite("MPS 294", "CPL 179"),
    referred=cite("MPS 294"),
    reconsidered=cite("RULES 379"),
    reviewed=cite("RULES 380"),
    other="did_not_decide_non_prosecution",
    handed_to=("handler_did_not_decide_non_prosecution",),
)

RECONSIDERATION = (
    *OBJECTION.asking(),
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
    OBJECTION.uphold,
)

REVIEW = (
    *OBJECTION.referring,
    OBJECTION.review("closed", first=(Emit("non_prosecution_revoked", when="review_changed"),)),
)

PROCESS = Process(
    "non_prosecution_objection",
    "COOP-FLOW",
    "不起诉复议复核",
    "Objection to non-prosecution",
    subject="case",
    initiator="police_legal",
    states=(*STATES, CLOSED),
    steps=(*RECONSIDERATION, *REVIEW),
    escalation=OBJECTION.ladder,
    registers=("REG-PROSECUTION", "REG-OPINION"),
    open_at_end=OBJECTION.rights_that_lapse,
)
