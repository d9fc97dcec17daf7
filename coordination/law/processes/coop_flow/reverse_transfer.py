"""Reverse transfer after a non-prosecution (行刑反向衔接): is an administrative penalty needed? (CPL 177, XINGFAN2024).

Opened when the case is passed to the administrative-procuratorial department. While the police object to the
non-prosecution the review stands still.
"""
# fmt: off

from coordination.law.grammar import Emit, Field, OpenAtEnd, Process, Rung, Start, State, Step, cite

PROCESS = Process(
    "reverse_transfer",
    "COOP-FLOW",
    "行刑反向衔接",
    "Reverse transfer after non-prosecution",
    subject="case",
    initiator="prosecutor",
    states=(
        State("passed", "已移送行政检察", "passed on", "start"),
        State("reviewing", "审查中", "under review"),
        State("suspended", "中止", "suspended"),
        State("opinion_sent", "已提检察意见", "opinion served"),
        State("closed_none", "不需处罚", "no penalty needed", "end"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "register", "登记受理", "Register",
            "prosecutor", ("passed",), "reviewing",
            emits=("reverse_registered",),
            starts=("reverse_transfer_review",),
            certainty="secondary",
            sources=cite("XINGFAN2024 12"),
        ),
        Step(
            "suspend", "中止审查", "Suspend",
            "prosecutor", ("reviewing",), "suspended",
            # The clock stands still from the objection itself; the decision to suspend is recorded here.
            on_event=("non_prosecution_reconsideration_requested", "non_prosecution_review_requested"),
            emits=("reverse_suspended",),
            suspends=("reverse_transfer_review",),
            documents=("DOC-REVERSE-SUSPENSION",),
            certainty="secondary",
            sources=cite("XINGFAN2024 13"),
        ),
        Step(
            "resume", "恢复审查", "Resume",
            "prosecutor", ("suspended",), "reviewing",
            on_event=("non_prosecution_reconsideration_decided", "non_prosecution_review_decided"),
            follows=True,
            resumes=("reverse_transfer_review",),
            certainty="secondary",
            sources=cite("XINGFAN2024 13"),
        ),
        Step(
            "stop", "不起诉被改变终结", "Ends: decision changed",
            "prosecutor", ("passed", "suspended", "reviewing"), "closed",
            on_event=("non_prosecution_revoked",),
            follows=True,
            emits=("reverse_concluded",),
            stops=("reverse_transfer_review",),
        ),
        Step(
            "none", "不需要处罚", "No penalty needed",
            "prosecutor", ("reviewing",), "closed_none",
            facts=(Field("reasons", "text"),),
            approval="chief_procurator",
            emits=("reverse_concluded",),
            stops=("reverse_transfer_review",),
            certainty="secondary",
            sources=cite("XINGFAN2024 12"),
        ),
        Step(
            "opine", "提出检察意见", "Procuratorial opinion",
            "prosecutor", ("reviewing",), "opinion_sent",
            facts=(
                Field("facts", "text"),
                Field("penalty", "text"),
                Field("property", "text", required=False),
                Field("reply_due_on", "date", tense="future"),
            ),
            approval="chief_procurator",
            emits=("reverse_concluded", Emit("procuratorial_opinion_received", on_receipt=True)),
            starts=(
                Start("administrative_opinion_result_notice", stated_by="reply_due_on"),
                "administrative_opinion_reply_2m",
            ),
            stops=("reverse_transfer_review",),
            documents=("DOC-PROC-OPINION",),
            certainty="verified",
            sources=cite("CPL 177", "RULES 373"),
        ),
        Step(
            "result", "通报处理结果", "Result",
            "police_legal", ("opinion_sent",), "closed",
            on_event=("procuratorial_opinion_received",),
            facts=(Field("result", "text"), Field("decision", "ref", required=False)),
            emits=("opinion_result_notified",),
            stops=("administrative_opinion_reply_2m", "administrative_opinion_result_notice"),
            certainty="verified",
            sources=cite("CPL 177", "MPS 293"),
        ),
    ),
    escalation=(
        Rung("-2wd", "reverse_transfer_review", ("prosecutor",), "opinion draft", "起草检察意见", step="opine"),
        Rung(
            "+60d", "administrative_opinion_result_notice", ("prosecutor", "police_legal"),
            "urge", "督促", step="result",
        ),
    ),
    registers=("REG-REVERSE",),
    open_at_end=(OpenAtEnd("administrative_opinion_reply_2m", "disabled"),),
    seen_by="after:opinion_sent",
)
