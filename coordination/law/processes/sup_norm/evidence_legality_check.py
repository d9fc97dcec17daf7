"""Check of the legality of evidence (证据合法性审查): doubt, explanation, decision (CPL 57-60, RULES 70-74).

What is excluded may not be used for an arrest or a prosecution; the opinion to the police on it is a correction
notice of its own kind, with its reply, urging and objection (`correction_notice`).
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Open, Process, Rung, Start, State, Step, cite

EXPLANATION = "evidence_legality_explanation"
DOUBT = (Field("evidence", "text"), Field("clue", "text"))
SOURCES = ("suspect_or_defender", "review_of_file", "recording_review", "legality_check", "complaint")

ASKING = (
    Step(
        "open", "登记疑点", "Register the doubt",
        "prosecutor", ("raised",), SAME,
        guards=("doubt_not_registered",),
        facts=(*DOUBT, Field("source", "enum", options=SOURCES)),
        emits=("legality_doubt_raised",),
        certainty="verified",
        sources=cite("CPL 57", "RULES 72", "RULES 265"),
    ),
    Step(
        "ask", "要求说明合法性", "Ask for an explanation",
        "prosecutor", ("raised",), "asked",
        guards=("doubt_registered",),
        facts=(
            Field("points", "list"),
            Field("due_on", "date", tense="future"),
            Field("recording_asked", "bool"),
        ),
        emits=(Emit("legality_explanation_request_received", on_receipt=True),),
        starts=(Start(EXPLANATION, stated_by="due_on"),),
        documents=("DOC-LEGALITY-REQUEST",),
        certainty="verified",
        sources=cite("RULES 74", "MPS 71", "CPL 175"),
    ),
    Step(
        "lawful", "无需说明", "No explanation needed",
        "prosecutor", ("raised",), "kept",
        guards=("doubt_registered",),
        facts=(Field("reasons", "text"),),
        emits=("evidence_kept",),
        certainty="verified",
        sources=cite("RULES 266"),
    ),
    Step(
        "explain", "书面说明", "Written explanation",
        "investigator", ("asked", "overdue"), "explained",
        guards=("recording_attached",),
        facts=(Field("explanation", "text"), Field("recording_ref", "text", required=False)),
        guidance="sealed by the unit and signed by the investigators",
        guidance_zh="加盖单位印章并由侦查人员签名",
        approval="police_chief",
        emits=("legality_explained",),
        stops=(EXPLANATION,),
        documents=("DOC-LEGALITY-EXPLANATION",),
        certainty="verified",
        sources=cite("RULES 74", "MPS 71"),
    ),
    Step(
        "expire", "未按期说明", "No explanation by the stated date",
        "clock", ("asked",), "overdue",
        after_expiry_of=(EXPLANATION,),
    ),
)

DECIDING = (
    Step(
        "exclude", "排除", "Exclude",
        "prosecutor", ("raised", "explained", "overdue"), "excluded",
        guards=("doubt_registered",),
        facts=(Field("reasons", "text"),),
        guidance="not to be used for an arrest or a prosecution; another investigator may collect it anew",
        guidance_zh="不得作为批准逮捕、提起公诉的依据；可以要求另行指派侦查人员重新取证",
        approval="chief_procurator",
        emits=("evidence_excluded",),
        stops=(EXPLANATION,),
        # The opinion to the police is drafted, decided and numbered there (RULES 73).
        opens=(Open("correction_notice"),),
        certainty="verified",
        sources=cite("RULES 73", "RULES 265", "RULES 341"),
    ),
    Step(
        "correct", "补正或合理解释", "Corrected or explained",
        "prosecutor", ("explained",), "corrected",
        facts=(Field("reasons", "text"),),
        emits=("evidence_kept",),
        certainty="verified",
        sources=cite("RULES 70", "RULES 264"),
    ),
    Step(
        "keep", "合法", "Lawful",
        "prosecutor", ("explained",), "kept",
        facts=(Field("reasons", "text"),),
        emits=("evidence_kept",),
        certainty="verified",
        sources=cite("RULES 70"),
    ),
)

PROCESS = Process(
    "evidence_legality_check",
    "SUP-NORM",
    "证据合法性审查",
    "Check of the legality of evidence",
    subject="case",
    initiator="prosecutor",
    states=(
        State("raised", "提出疑点", "doubt raised", "start"),
        State("asked", "已要求说明", "explanation asked"),
        State("explained", "已说明", "explained"),
        State("overdue", "未说明", "no explanation"),
        State("excluded", "排除", "excluded", "end"),
        State("corrected", "补正采用", "corrected or explained, kept", "end"),
        State("kept", "合法采用", "lawful, kept", "end"),
    ),
    steps=(*ASKING, *DECIDING),
    escalation=(
        Rung("-1wd", EXPLANATION, ("investigator", "police_legal"), "reminder", "提醒", step="explain"),
        Rung(
            "+1d", EXPLANATION, ("prosecutor", "police_chief"),
            "exclusion draft and finding EVD-2", "起草排除意见，提示违法情形EVD-2", step="exclude",
        ),
    ),
    registers=("REG-OPINION", "REG-LEAD"),
    seen_by="after:asked",
    by_hand=True,
)
