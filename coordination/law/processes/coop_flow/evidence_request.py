"""Request to supply evidence (调取证据材料): a notice with its day, answered item by item (RULES 340, MPS 297)."""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Process, Rung, Start, State, Step, cite

PROCESS = Process(
    "evidence_request",
    "COOP-FLOW",
    "调取证据材料",
    "Request to supply evidence",
    subject="case",
    initiator="prosecutor",
    states=(
        State("drafting", "拟稿", "being drafted", "start"),
        State("served", "已送达", "served"),
        State("supplied", "已提供", "supplied"),
        State("overdue", "逾期", "overdue"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "serve", "送达通知", "Serve the notice",
            "prosecutor", ("drafting",), "served",
            facts=(
                Field("items", "list"),
                Field("proof_purpose", "text"),
                Field("due_on", "date", tense="future"),
            ),
            guidance="any time before the judgment takes effect",
            guidance_zh="判决生效前均可调取",
            emits=(Emit("evidence_requested", on_receipt=True),),
            starts=(Start("evidence_request_reply", stated_by="due_on"),),
            documents=("DOC-EVIDENCE-REQUEST",),
            certainty="verified",
            sources=cite("RULES 340", "CPL 175", "MPS 297"),
        ),
        Step("drop", "不发出", "Do not send", "prosecutor", ("drafting",), "closed"),
        Step(
            "supply", "提供或说明", "Supply or explain",
            "investigator", ("served", "overdue"), "supplied",
            on_event=("evidence_requested",),
            facts=(
                Field("item_result", "enum", options=("supplied", "partly", "cannot_be_supplied")),
                Field("reason_if_not", "text", required="if_not_done"),
            ),
            approval="police_legal",
            emits=("evidence_supplied",),
            stops=("evidence_request_reply",),
            certainty="verified",
            sources=cite("MPS 297"),
        ),
        Step(
            "expire", "期满", "Due date passes",
            "clock", ("served",), "overdue",
            after_expiry_of=("evidence_request_reply",),
        ),
        Step(
            "withdraw", "不再需要", "No longer needed",
            "prosecutor", ("served", "overdue"), "closed",
            facts=(Field("reason", "text"),),
            emits=("evidence_request_withdrawn",),
            stops=("evidence_request_reply",),
        ),
        Step(
            "exculpatory", "收到无罪、罪轻证据", "Exculpatory material arrives",
            "prosecutor", ("supplied",), SAME,
            guidance="asked for at the request of the defence",
            guidance_zh="系应辩护人申请调取",
            emits=("police_exculpatory_received",),
            starts=("evidence_submission_to_defence_notice",),
            certainty="verified",
            sources=cite("RULES 50"),
        ),
        Step(
            "tell_defender", "告知辩护人", "Tell the defender",
            "prosecutor", ("supplied",), SAME,
            guards=("defender_to_tell",),
            emits=("defender_told",),
            stops=("evidence_submission_to_defence_notice",),
            certainty="verified",
            sources=cite("RULES 50"),
        ),
        Step(
            "close", "办结", "Close",
            "prosecutor", ("supplied",), "closed",
            blocked_while_running=("evidence_submission_to_defence_notice",),
        ),
    ),
    escalation=(
        Rung(
            "-2wd", "evidence_request_reply", ("investigator", "police_legal"),
            "reminder", "提醒", step="supply",
        ),
        Rung("+1d", "evidence_request_reply", ("police_legal", "prosecutor"), "urge", "督促"),
        Rung(
            "+5wd", "evidence_request_reply", ("office_resident", "police_chief"),
            "agenda item or lead with finding EVD-3", "列入会议议题或者登记线索（EVD-3）",
        ),
    ),
    registers=("REG-SUPP",),
    seen_by="after:served",
)
