"""Complaint under CPL 117 (刑诉法第一百一十七条申诉控告): first to the organ that acted, then to the procuratorate.

The police answer in thirty days (MPS 196). Whoever is dissatisfied, or has no answer, petitions the procuratorate:
fifteen days from the acceptance or, where the organ was asked for its reasons, from their arrival (RULES 555, 556).
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Extend,
    Field,
    Open,
    Paper,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)

POLICE, REVIEW, REASONS = "complaint_art117_police", "complaint_art117_procuratorate", "art117_reasons_reply"
KIND = Field(
    "kind", "enum",
    options=(
        "measure_expired", "deposit_not_returned", "unrelated_property", "not_lifted", "property_misused",
    ),
)

WITH_POLICE = (
    Step(
        "receive", "公安收到", "Police receive",
        "police_legal", ("with_police",), SAME,
        guards=("complaint_not_received",),
        facts=(Field("complainant", "text"), KIND, Field("received_at", "datetime")),
        occurred_by="received_at",
        emits=("art117_complaint_received",),
        starts=(POLICE,),
        certainty="verified",
        sources=cite("CPL 117", "MPS 196"),
    ),
    Step(
        "decide", "公安处理并书面回复", "Police decide and answer",
        "police_legal", ("with_police",), "police_decided",
        guards=("complaint_received",),
        facts=(Field("answer", "text"),),
        approval="police_chief",
        emits=("art117_police_decided",),
        stops=(POLICE,),
        documents=("DOC-COMPLAINT-ANSWER",),
        certainty="verified",
        sources=cite("MPS 196"),
    ),
    Step(
        "satisfied", "不再申诉", "No petition",
        "police_legal", ("police_decided",), "closed",
        guidance="the complainant accepts the answer; a later petition begins a record of its own",
        guidance_zh="申诉人、控告人接受答复；以后再申诉的，另行登记",
    ),
)

PETITION = (
    Step(
        "accept_petition", "向检察院申诉", "Petition accepted",
        "prosecutor", ("with_police", "police_decided"), "petitioned",
        guards=("police_answered_or_late",),
        facts=(Field("reasons", "text"),),
        guidance="whoever petitions earlier is sent to the police first",
        guidance_zh="未先向办案机关申诉、控告，或者办案机关处理期限未满的，告知先向办案机关提出",
        emits=("art117_petition_accepted",),
        starts=(REVIEW,),
        stops=(POLICE,),
        certainty="verified",
        sources=cite("RULES 555", "RULES 556"),
    ),
    Step(
        "direct", "办案中发现", "Found in a review: direct",
        "prosecutor", ("with_police",), "petitioned",
        facts=(Field("complainant", "text", required=False), KIND, Field("reasons", "text")),
        emits=("art117_petition_accepted",),
        starts=(REVIEW,),
        stops=(POLICE,),
        certainty="verified",
        sources=cite("RULES 555"),
    ),
    Step(
        "ask", "要求说明理由", "Ask the organ for reasons",
        "prosecutor", ("petitioned",), "reasons_asked",
        guards=("reasons_not_asked",),
        facts=(Field("points", "list"), Field("reply_due_on", "date", tense="future")),
        # The review rests: it is counted anew from the arrival of the reasons (RULES 556).
        emits=(Emit("art117_reasons_requested", on_receipt=True),),
        starts=(Start(REASONS, stated_by="reply_due_on"),),
        stops=(REVIEW,),
        documents=("DOC-ASK-117-REASONS",),
        certainty="verified",
        sources=cite("RULES 556"),
    ),
    Step(
        "explain", "说明理由", "Reasons arrive",
        "police_legal", ("reasons_asked",), "petitioned",
        facts=(Field("reasons", "text"),),
        emits=("art117_reasons_received",),
        stops=(REASONS,),
        reopens=(REVIEW,),
        extends=(Extend(REVIEW, stage="after_reasons"),),
        certainty="verified",
        sources=cite("RULES 556"),
    ),
    Step(
        "opine", "审查意见", "Review opinion",
        "prosecutor", ("petitioned", "reasons_asked"), "opinion",
        guards=("reasons_given_or_late",),
        facts=(
            Field("conclusion", "enum", options=("well_founded", "unfounded")),
            Field("opinion", "text"),
        ),
        emits=("art117_opinion_given",),
        stops=(REVIEW, REASONS),
        certainty="verified",
        sources=cite("RULES 556"),
    ),
    Step(
        "correct", "通知纠正", "Notify correction",
        "prosecutor", ("opinion",), "closed",
        guards=("complaint_well_founded",),
        opens=(Open("correction_notice"),),
        documents=(Paper("DOC-COMPLAINT-ANSWER", when="complainant_named"),),
        certainty="verified",
        sources=cite("RULES 556", "CPL 117"),
    ),
    Step(
        "answer", "书面答复", "Answer in writing",
        "prosecutor", ("opinion",), "closed",
        guards=("complaint_unfounded",),
        documents=(Paper("DOC-COMPLAINT-ANSWER", when="complainant_named"),),
        certainty="verified",
        sources=cite("RULES 556"),
    ),
)

PROCESS = Process(
    "complaint_art117",
    "SUP-NORM",
    "刑诉法第117条申诉控告",
    "CPL 117 complaint",
    subject="case",
    initiator="police_legal",
    states=(
        State("with_police", "公安受理", "with the police", "start"),
        State("police_decided", "公安已答复", "answered by the police"),
        State("petitioned", "检察院受理", "petition accepted"),
        State("reasons_asked", "要求说明理由", "reasons asked"),
        State("opinion", "有审查意见", "review opinion"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*WITH_POLICE, *PETITION),
    escalation=(
        Rung("-5d", POLICE, ("police_legal", "investigator"), "answer draft", "起草答复", step="decide"),
        Rung("+1d", POLICE, ("police_legal", "office_resident"), "finding RGT-4", "提示违法情形RGT-4"),
        Rung("-3d", REVIEW, ("prosecutor",), "opinion draft", "起草审查意见", step="opine"),
        Rung("+1d", REASONS, ("prosecutor", "police_chief"), "opinion draft", "起草审查意见", step="opine"),
    ),
    registers=("REG-COMPLAINT",),
)
