"""Procuratorial recommendation (检察建议): a common problem, its causes, suggestions, and what became of them.

RULES 552; the periods are those of JIANYI2019 (19, 23). It rests on several findings of one kind, not on one case.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Open, Process, Rung, Start, State, Step, cite

REPLY, OBJECTION = "procuratorial_recommendation_reply", "procuratorial_recommendation_objection_review"
URGED, SUPERIOR = "reply_after_urge_norm", "superior_handling_norm"
REPLY_DUE = Field("reply_due_on", "date", tense="future")

DRAFTING = (
    Step(
        "draft", "拟稿送审", "Draft and submit",
        "prosecutor", ("drafting",), "submitted",
        guards=("reply_within_two_months",),
        facts=(
            Field("common_problem", "text"),
            Field("cases", "list"),
            Field("causes", "text"),
            Field("suggestions", "list"),
            REPLY_DUE,
            Field("objection_period", "text"),
        ),
        guidance="it rests on several findings of one kind; less than two months where it is urgent",
        guidance_zh="以多起同类违法情形为基础；回复期限一般为二个月，情况紧急的可以缩短",
        certainty="secondary",
        sources=cite("RULES 552", "JIANYI2019 whole text"),
    ),
    Step(
        "drop", "不予发出", "Drop",
        "prosecutor", ("drafting", "submitted"), "closed",
        facts=(Field("reason", "text"),),
    ),
    Step(
        "return_draft", "退回修改", "Return the draft",
        "chief_procurator", ("submitted",), "drafting",
        facts=(Field("comment", "text"),),
    ),
    Step(
        "serve", "检察长决定并送达", "Decide and serve",
        "chief_procurator", ("submitted",), "served",
        guards=("not_the_drafter",),
        emits=(
            Emit("recommendation_received", on_receipt=True),
            Emit("supervision_document_received", on_receipt=True),
        ),
        starts=(Start(REPLY, stated_by="reply_due_on"),),
        opens=(Open("internal_supervision_link"),),
        documents=("DOC-RECOMMENDATION",),
        certainty="verified",
        sources=cite("RULES 552"),
    ),
)

OBJECTING = (
    Step(
        "object", "提出异议", "Object",
        "police_legal", ("served",), "objected",
        facts=(Field("reasons", "text"),),
        approval="police_chief",
        emits=("recommendation_objected",),
        starts=(OBJECTION,),
        stops=(REPLY,),
        certainty="secondary",
        sources=cite("JIANYI2019 23"),
    ),
    Step(
        "modify", "修改后维持", "Modify or keep",
        "prosecutor", ("objected",), "served",
        guards=("reply_within_two_months",),
        facts=(Field("result", "text"), REPLY_DUE),
        approval="chief_procurator",
        emits=("recommendation_objection_closed", "recommendation_received"),
        starts=(Start(REPLY, stated_by="reply_due_on"),),
        stops=(OBJECTION,),
        certainty="secondary",
        sources=cite("JIANYI2019 23"),
    ),
    Step(
        "withdraw", "撤回", "Withdraw",
        "prosecutor", ("objected",), "withdrawn",
        facts=(Field("reason", "text"),),
        approval="chief_procurator",
        emits=("recommendation_objection_closed",),
        stops=(OBJECTION,),
        certainty="secondary",
        sources=cite("JIANYI2019 23"),
    ),
)

REPLYING = (
    Step(
        "reply", "书面回复", "Written reply",
        "police_legal", ("served", "urged", "escalated"), "replied",
        facts=(Field("measures", "list"), Field("proof", "list")),
        approval="police_chief",
        emits=("recommendation_replied",),
        stops=(REPLY, URGED, SUPERIOR),
        documents=("DOC-RECOMMENDATION-REPLY",),
        certainty="secondary",
        sources=cite("JIANYI2019 19"),
    ),
    Step(
        "urge", "督促", "Urge",
        "prosecutor", ("served",), "urged",
        after_expiry_of=(REPLY,),
        emits=("reply_urged_for_recommendation",),
        starts=(URGED,),
        documents=("DOC-URGE-REPLY",),
        certainty="secondary",
        sources=cite("JIANYI2019 19"),
    ),
    Step(
        "follow", "跟踪落实", "Follow up",
        "prosecutor", ("replied", "followed", "escalated"), "followed",
        guards=("no_report_unhandled",),
        facts=(
            Field(
                "carried_out", "enum", options=("carried_out", "partly_carried_out", "not_carried_out"),
            ),
        ),
        stops=(SUPERIOR,),
    ),
    Step(
        "close", "落实办结", "Carried out; close",
        "prosecutor", ("followed",), "closed",
        guards=("recommendation_carried_out",),
        guidance="every suggestion is carried out or answered with reasons",
        guidance_zh="各项建议均已落实，或者已说明理由",
        # A reply that never came is owed no more once what was suggested is done.
        stops=(REPLY, URGED),
    ),
)

UPWARD = (
    Step(
        "escalate", "报告上级", "Report upward",
        "prosecutor", ("urged", "followed"), "escalated",
        guards=("urged_or_followed_in_vain",),
        approval="chief_procurator",
        guidance="package: recommendation, proof of service, urging letter",
        guidance_zh="附：检察建议书、送达回证、督促回复函",
        emits=("reported_to_superior_procuratorate",),
        starts=(SUPERIOR,),
        stops=(URGED,),
        documents=("DOC-SUPERIOR-REPORT",),
        certainty="secondary",
        sources=cite("JIANYI2019 19"),
    ),
    Step(
        "superior_done", "上级通报上级公安", "Superior informs the superior police",
        "superior_prosecutor", ("escalated",), SAME,
        guards=("report_unhandled",),
        emits=("superior_procuratorate_decided", "superior_police_informed"),
        stops=(SUPERIOR,),
        documents=("DOC-SUPERIOR-INFORM",),
    ),
)

PROCESS = Process(
    "procuratorial_recommendation",
    "SUP-EFFECT",
    "检察建议",
    "Procuratorial recommendation",
    subject="office",
    initiator="prosecutor",
    states=(
        State("drafting", "拟稿", "being drafted", "start"),
        State("submitted", "待审批", "awaiting approval"),
        State("served", "已送达", "served"),
        State("objected", "提出异议", "objection raised"),
        State("urged", "已督促", "urged"),
        State("replied", "已回复", "replied"),
        State("followed", "跟踪督促", "followed up"),
        State("escalated", "报告上级", "reported upward"),
        State("withdrawn", "撤回", "withdrawn", "end"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*DRAFTING, *OBJECTING, *REPLYING, *UPWARD),
    escalation=(
        Rung("-10d", REPLY, ("police_legal", "office_police"), "reminder", "提醒", step="reply"),
        Rung("+1d", REPLY, ("prosecutor", "police_chief"), "DOC-URGE-REPLY", step="urge"),
        Rung(
            "+1d", URGED, ("prosecutor", "chief_procurator", "superior_prosecutor"),
            "DOC-SUPERIOR-REPORT", step="escalate",
        ),
        Rung(
            "+1d", SUPERIOR, ("superior_prosecutor", "superior_police"),
            "DOC-SUPERIOR-INFORM", step="superior_done",
        ),
    ),
    registers=("REG-OPINION",),
    seen_by="after:served",
    by_hand=True,
)
