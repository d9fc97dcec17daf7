"""Authorised look-up (平台查询): the resident prosecutor looks something up at the police; every look-up is reviewed.

Local practice: within the scope that both sides agreed. The log is open to the police at once.
"""
# fmt: off

from coordination.law.grammar import Field, Process, Rung, State, Step

PROCESS = Process(
    "platform_lookup",
    "INFO-BULLETIN",
    "平台查询",
    "Authorised look-up",
    subject="none",
    initiator="office_resident",
    states=(
        State("opened", "发起查询", "opened", "start"),
        State("logged", "已留痕", "logged"),
        State("questioned", "存疑", "questioned"),
        State("closed", "复核办结", "reviewed", "end"),
    ),
    steps=(
        Step(
            "look", "查询", "Look up",
            "office_resident", ("opened",), "logged",
            facts=(
                Field(
                    "purpose", "enum",
                    options=(
                        "lead_check", "custody_check", "filing_check", "involvement", "complaint_check",
                        "list_check",
                    ),
                ),
                Field("case", "ref", required=False),
                Field("fields", "list"),
                Field("result_rows", "int"),
            ),
            guidance="within the scope agreed by both sides; the log is visible to the police",
            guidance_zh="在双方约定的范围内查询，公安机关可见查询记录",
            emits=("lookup_made",),
            starts=("lookup_review_norm",),
            certainty="practice",
        ),
        Step("abandon", "放弃", "Abandon", "office_resident", ("opened",), "closed"),
        Step(
            "review", "复核日志", "Review the log",
            "office_police", ("logged",), "closed",
            emits=("lookup_reviewed",),
            stops=("lookup_review_norm",),
        ),
        Step(
            "question", "质询", "Question the purpose",
            "office_police", ("logged",), "questioned",
            facts=(Field("question", "text"),),
            emits=("lookup_reviewed",),
            stops=("lookup_review_norm",),
            lays=("explain",),
        ),
        Step(
            "explain", "说明", "Explain",
            "office_resident", ("questioned",), "closed",
            facts=(Field("answer", "text"),),
        ),
    ),
    escalation=(
        Rung(
            "+1d", "lookup_review_norm", ("office_police",),
            "list of unreviewed look-ups", "未复核查询清单", step="review",
        ),
    ),
    registers=("REG-DATA",),
)
