"""Data request (数据需求): one side asks the other for agreed data, with purpose and scope.

Either member of the Office may ask; where the police do, the two sides swap places.
"""
# fmt: off

from coordination.law.grammar import Field, Process, Rung, State, Step

PROCESS = Process(
    "data_request",
    "INFO-SHARE",
    "数据需求",
    "Data request",
    subject="office",
    initiator="office_resident",
    mirrored=True,
    titled_by=("purpose",),
    states=(
        State("asked", "已提出", "asked", "start"),
        State("checking", "核对权限", "scope being checked"),
        State("answered", "已提供", "answered"),
        State("refused", "不提供", "refused", "end"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "ask", "提出", "Ask",
            "office_resident", ("asked",), "checking",
            facts=(
                Field("items", "list"),
                Field("purpose", "text"),
                Field("case", "ref", required=False),
                Field("period", "text"),
            ),
            emits=("data_requested",),
            starts=("data_request_answer",),
            documents=("DOC-DATA-REQUEST",),
        ),
        Step(
            "answer", "提供", "Answer",
            "office_police", ("checking",), "answered",
            receipts=True,
            facts=(Field("rows", "int"), Field("file", "ref"), Field("scope", "text")),
            emits=("data_answered",),
            stops=("data_request_answer",),
            documents=("DOC-DATA-ANSWER",),
        ),
        Step(
            "refuse", "不提供", "Refuse with reason",
            "office_police", ("checking",), "refused",
            receipts=True,
            facts=(Field("reason", "text"),),
            emits=("data_answered",),
            stops=("data_request_answer",),
        ),
        Step(
            "mismatch", "核对差异", "Mismatch found",
            "office_resident", ("answered",), "checking",
            facts=(Field("differences", "list"),),
            emits=("data_requested",),
            starts=("data_request_answer",),
        ),
        Step(
            "close", "办结", "Close",
            "office_resident", ("answered",), "closed",
        ),
    ),
    escalation=(
        Rung(
            "-1wd", "data_request_answer", ("office_police", "police_legal"),
            "reminder", "提醒", step="answer",
        ),
        Rung(
            "+1d", "data_request_answer", ("office_resident", "office_police"),
            "agenda item of the next joint meeting", "列入下次联席会议议题",
        ),
    ),
    registers=("REG-DATA",),
)
