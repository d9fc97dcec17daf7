"""After a correction notice of filing supervision: the police answer it, or it goes upward (RULES 564).

The same steps in both directions of filing supervision. The superior procuratorate consults the police organ of its own
level; it is not the route of an ordinary correction notice (RULES 553), which is urged first.
"""
# fmt: off

from coordination.law.grammar import SAME, Field, Start, Step, cite

CORRECTION_CLOCKS = ("correction_notice_reply", "superior_handling_norm")

CORRECTION = (
    # Codes of the catalogue ("FIL-10"): a notice that was not obeyed.
    Field("findings", "list"),
    Field("facts", "text"),
    Field("law", "list"),
    Field("demand", "text"),
    Field("reply_due_on", "date", tense="future"),
)

CORRECTION_EVENTS = ("correction_notice_received", "supervision_document_received")
"""What the receipt of the correction notice brings."""

CORRECTION_REPLY = Start("correction_notice_reply", stated_by="reply_due_on")

UPWARD = (
    Step(
        "answer_correction", "公安回复纠正意见", "Police answer the correction",
        "police_legal", ("correction_issued", "escalated"), SAME,
        guards=("correction_awaits_reply",),
        facts=(
            Field("accepted", "enum", options=("accepted", "partly_accepted", "rejected")),
            Field("measures", "text"),
            Field("proof", "list", required="if_accepted"),
            Field("reasons", "text", required="if_rejected"),
        ),
        approval="police_chief",
        guidance="an answer alone does not end the matter; the act that was notified does",
        guidance_zh="仅作回复不等于执行，以立案或者撤案为准",
        emits=("correction_reply_received",),
        stops=("correction_notice_reply",),
        documents=("DOC-CORRECTION-REPLY",),
        certainty="verified",
        sources=cite("RULES 553"),
    ),
    Step(
        "report_up", "报上一级协商", "Report upward",
        "prosecutor", ("correction_issued",), "escalated",
        # Answered or not: what counts is that the notice is still not carried out (RULES 564).
        guards=("correction_reply_settled",),
        approval="chief_procurator",
        emits=("reported_to_superior_procuratorate",),
        starts=("superior_handling_norm",),
        documents=("DOC-SUPERIOR-REPORT",),
        certainty="verified",
        sources=cite("RULES 564"),
    ),
    Step(
        "consult", "上一级协商同级公安", "Superior consults the police of its level",
        "superior_prosecutor", ("escalated",), SAME,
        emits=("superior_procuratorate_decided",),
        stops=("superior_handling_norm",),
        documents=("DOC-SUPERIOR-CONSULT",),
        certainty="verified",
        sources=cite("RULES 564"),
    ),
)
