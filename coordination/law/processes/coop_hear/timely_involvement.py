"""Hearing opinions and timely involvement (听取意见与适时介入): asked or offered, opinions, an answer to every item.

RULES 256, CPL 87. The prosecutors advise and watch over legality; they decide nothing for the police.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Process, Rung, State, Step, cite

ANSWER, ADOPTION = "involvement_answer_norm", "involvement_adoption_norm"
CASE_KINDS = (
    "homicide", "serious_injury", "sexual", "kidnapping_robbery", "gang", "telecom_fraud",
    "stakeholder_economic", "major_drug", "public_safety", "other",
)

ASKING = (
    Step(
        "request", "商请", "Request",
        "police_legal", ("requested",), SAME,
        guards=("involvement_not_requested",),
        facts=(
            Field("case_kind", "enum", options=CASE_KINDS),
            Field("involvement_grounds", "list", among="involvement_scope"),
            Field(
                "stage", "enum",
                options=("before_filing", "after_filing", "before_arrest_request", "after_arrest"),
            ),
            Field("questions", "list"),
        ),
        guidance="a major, difficult or complex case",
        guidance_zh="重大、疑难、复杂案件",
        approval="police_chief",
        emits=(Emit("involvement_requested", on_receipt=True),),
        starts=(ANSWER,),
        documents=("DOC-INVOLVEMENT-REQUEST",),
        certainty="verified",
        sources=cite("RULES 256", "CPL 87"),
    ),
    Step(
        "own_need", "检察院认为必要", "Procuratorate sees the need",
        "prosecutor", ("requested",), "answered",
        facts=(Field("prosecutors", "list"), Field("reasons", "text")),
        approval="chief_procurator",
        emits=("involvement_answered",),
        stops=(ANSWER,),
        certainty="verified",
        sources=cite("RULES 256"),
    ),
    Step(
        "accept", "同意介入", "Accept",
        "prosecutor", ("requested",), "answered",
        guards=("involvement_requested",),
        facts=(
            Field("prosecutors", "list"),
            Field("first_meeting_at", "datetime", tense="any"),
        ),
        approval="chief_procurator",
        emits=("involvement_answered",),
        stops=(ANSWER,),
        documents=("DOC-INVOLVEMENT-ANSWER",),
    ),
    Step(
        "decline", "不介入", "Decline",
        "prosecutor", ("requested",), "declined",
        guards=("involvement_requested",),
        facts=(Field("reason", "text"),),
        emits=("involvement_answered",),
        stops=(ANSWER,),
        documents=("DOC-INVOLVEMENT-ANSWER",),
    ),
)

WORKING = (
    Step(
        "take_part", "参加现场、讨论、阅卷", "Take part",
        "prosecutor", ("answered", "working"), "working",
        facts=(
            Field("form", "enum", options=("scene", "discussion", "file_reading", "hearing_officers")),
            Field("held_at", "datetime"),
            Field("participants", "list"),
        ),
        occurred_by="held_at",
        guidance="no decision for the police, no opinion on the outcome; legality is watched",
        guidance_zh="不代替公安机关作出决定，不对案件处理结果表态；同步监督侦查活动是否合法",
        certainty="verified",
        sources=cite("RULES 256"),
    ),
    Step(
        "opine", "提出意见", "Give opinions",
        "prosecutor", ("answered", "working"), "opinions_given",
        facts=(Field("items", "list"),),
        emits=(Emit("involvement_opinion_received", on_receipt=True),),
        starts=(ADOPTION,),
        documents=("DOC-INVOLVEMENT-OPINION",),
        certainty="verified",
        sources=cite("RULES 256"),
    ),
    Step(
        "answer_item", "答复一项意见", "Answer one item",
        "investigator", ("opinions_given",), SAME,
        guards=("opinion_open",),
        facts=(
            Field("item_no", "int"),
            Field("adopted", "enum", options=("adopted", "partly_adopted", "not_adopted")),
            Field("reason_if_not", "text", required="if_not_adopted"),
        ),
    ),
    Step(
        "adopt", "逐项答复采纳情况", "Answer item by item",
        "investigator", ("opinions_given",), "adopted",
        guards=("every_opinion_answered",),
        approval="police_legal",
        emits=("involvement_adoption_answered",),
        stops=(ADOPTION,),
        documents=("DOC-INVOLVEMENT-ADOPTION",),
    ),
    Step(
        "more", "再次提出意见", "Further opinions",
        "prosecutor", ("adopted", "tracking"), "opinions_given",
        facts=(Field("items", "list"),),
        emits=(Emit("involvement_opinion_received", on_receipt=True),),
        starts=(ADOPTION,),
        documents=("DOC-INVOLVEMENT-OPINION",),
        certainty="verified",
        sources=cite("RULES 256"),
    ),
)

ENDING = (
    Step("track", "跟踪", "Track", "office_resident", ("adopted",), "tracking"),
    Step(
        "finish", "进入捕诉办结", "Close at arrest or prosecution",
        "office_resident", ("working", "adopted", "tracking"), "closed",
        facts=(
            Field(
                "outcome", "enum",
                options=("arrest_requested", "sent_for_prosecution", "withdrawn", "other"),
            ),
        ),
        emits=("involvement_closed",),
        stops=(ADOPTION,),
    ),
    Step(
        "stop", "终止介入", "Stop",
        "prosecutor", ("answered", "working", "opinions_given"), "closed",
        facts=(Field("reason", "text"),),
        emits=("involvement_closed",),
        stops=(ADOPTION,),
    ),
)

PROCESS = Process(
    "timely_involvement",
    "COOP-HEAR",
    "听取意见与适时介入",
    "Hearing opinions and timely involvement",
    subject="case",
    initiator="investigator",
    states=(
        State("requested", "商请", "requested", "start"),
        State("answered", "已答复", "accepted"),
        State("working", "介入中", "taking part"),
        State("opinions_given", "已提意见", "opinions given"),
        State("adopted", "已逐项答复", "police answered"),
        State("tracking", "跟踪至捕诉", "tracked to arrest or prosecution"),
        State("declined", "不介入", "declined", "end"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*ASKING, *WORKING, *ENDING),
    escalation=(
        Rung(
            "+1wd", ANSWER, ("prosecutor", "office_resident", "chief_procurator"),
            "answer task", "答复商请", step="accept",
        ),
        Rung("-2wd", ADOPTION, ("investigator", "police_legal"), "list of open items", "未答复事项清单"),
        Rung(
            "+1d", ADOPTION, ("investigator", "office_police", "office_resident"),
            "reminder", "提醒", step="adopt",
        ),
    ),
    registers=("REG-INVOLVE",),
    by_hand=True,
)
