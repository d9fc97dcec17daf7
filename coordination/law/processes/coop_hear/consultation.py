"""Advice and consultation (咨询指导): a question, an answer within a norm; it binds nobody."""
# fmt: off

from coordination.law.grammar import Field, Open, Process, Rung, State, Step

ANSWER = "consultation_answer_norm"

PROCESS = Process(
    "consultation",
    "COOP-HEAR",
    "咨询指导",
    "Advice and consultation",
    subject="none",
    initiator="investigator",
    states=(
        State("asked", "待咨询", "about to be asked", "start"),
        State("assigned", "已咨询", "asked"),
        State("answered", "已答复", "answered"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "ask", "咨询", "Ask",
            "investigator", ("asked",), "assigned",
            also=("police_legal",),
            facts=(Field("question", "text"), Field("urgency", "enum", options=("normal", "today"))),
            emits=("consultation_asked",),
            starts=(ANSWER,),
            certainty="practice",
        ),
        Step(
            "answer", "答复", "Answer",
            "office_resident", ("assigned",), "answered",
            facts=(Field("answer", "text"), Field("basis", "list", required=False)),
            guidance="advice only; it binds nobody and says nothing on the outcome of a case",
            guidance_zh="仅供参考，不具有约束力，不对案件处理结果表态",
            emits=("consultation_answered",),
            stops=(ANSWER,),
            documents=("DOC-CONSULT-RECORD",),
            certainty="practice",
        ),
        Step(
            "redirect", "转适时介入", "Becomes involvement",
            "office_resident", ("assigned",), "closed",
            guards=("asked_in_a_case",),
            facts=(Field("reason", "text"),),
            emits=("consultation_answered",),
            stops=(ANSWER,),
            # The request itself is the police's, with its approval and its document.
            opens=(Open("timely_involvement"),),
        ),
        Step(
            "close", "办结", "Close",
            "investigator", ("answered",), "closed",
            also=("police_legal",),
            facts=(Field("useful", "bool", required=False),),
        ),
    ),
    escalation=(
        Rung("+1wd", ANSWER, ("office_resident",), "open questions list", "未答复咨询清单", step="answer"),
    ),
    registers=("REG-DUTY",),
    by_hand=True,
)
