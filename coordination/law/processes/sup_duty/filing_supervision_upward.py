"""The correction notice of filing supervision: issued when the act is overdue, answered, or taken upward (RULES 564).

The same steps in both directions of filing supervision. The superior procuratorate consults the police organ of its own
level; it is not the route of an ordinary correction notice (RULES 553), which is urged first.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Open, Rung, Start, Step, cite

WATCHDOG = "filing_supervision_noncompliance_watchdog"
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


def correct(
    en: str, from_: tuple[str, ...], *, after: tuple[str, ...], guidance: str = "", guidance_zh: str = ""
) -> Step:
    """The correction notice where the act that was notified is overdue; `after` are the periods that have run out."""
    return Step(
        "correct", "逾期发纠正违法", en,
        "prosecutor", from_, "correction_issued",
        after_expiry_of=after,
        facts=CORRECTION,
        approval="chief_procurator",
        guidance=guidance,
        guidance_zh=guidance_zh,
        emits=(
            "correction_notice_issued",
            *(Emit(event, on_receipt=True) for event in CORRECTION_EVENTS),
        ),
        starts=(CORRECTION_REPLY,),
        # The watchdog is the duty of the procuratorate, and this is its act; the police still owe theirs.
        stops=(WATCHDOG,),
        opens=(Open("internal_supervision_link"),),
        documents=("DOC-CORRECTION-NOTICE",),
        certainty="verified",
        sources=cite("RULES 564"),
    )


def superior_ends(zh: str, en: str, *places: str, clocks: tuple[str, ...]) -> Step:
    """The superior finds the notice wrong; every clock of the matter stops."""
    return Step(
        "superior_ends", zh, en,
        "superior_prosecutor", ("escalated",), "closed",
        guidance="the superior finds the notice wrong; it is revoked and the police are told",
        guidance_zh="上一级认为通知错误的，予以撤销并告知公安机关",
        emits=("superior_procuratorate_decided",),
        stops=clocks,
        documents=("DOC-CORRECTION-REVOCATION",),
        sources=cite(*places),
    )


def overdue(clock: str) -> Rung:
    """The act that was notified is overdue: the correction notice lies ready."""
    return Rung(
        "+1d", clock,
        ("police_legal", "police_chief", "prosecutor", "chief_procurator", "office_resident"),
        "DOC-CORRECTION-NOTICE", step="correct",
    )


UPWARD_LADDER = (
    Rung(
        "+1d", "correction_notice_reply", ("prosecutor", "chief_procurator"),
        "DOC-SUPERIOR-REPORT", step="report_up",
    ),
    Rung(
        "+1d", "superior_handling_norm", ("superior_prosecutor",), "DOC-SUPERIOR-CONSULT", step="consult",
    ),
)

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
