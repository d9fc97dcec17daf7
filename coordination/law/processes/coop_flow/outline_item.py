"""One item of an outline (提纲事项): what is to be found out, its answer, and whether the answer will do.

Opened for every item when the outline goes out, with a return (`supplementary_investigation`) or with a decision on
arrest (`investigation_outline`); it can be answered once the police have the outline, and shares its clocks. See
docs/decisions/0013-flow.md.
"""
# fmt: off

from coordination.law.grammar import Field, Process, State, Step, cite

PROCESS = Process(
    "outline_item",
    "COOP-FLOW",
    "提纲事项",
    "Item of an outline",
    subject="case",
    initiator="prosecutor",
    states=(
        State("open", "未办", "open", "start"),
        State("answered", "已反馈", "answered"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "answer", "逐项反馈", "Answer the item",
            "investigator", ("open",), "answered",
            on_event=("return_received_by_police", "outline_served"),
            facts=(
                Field("result", "enum", options=("done", "partly", "cannot_be_done")),
                Field("evidence", "list", required=False),
                Field("reason_if_not", "text", required="if_not_done"),
            ),
            certainty="verified",
            sources=cite("MPS 295", "MPS 296", "MPS 138"),
        ),
        Step(
            "check", "核验", "Check the answer",
            "prosecutor", ("answered",), "closed",
            facts=(
                Field("item_checked", "enum", options=("satisfied", "not_satisfied", "reason_accepted")),
                Field("comment", "text", required=False),
            ),
            sources=cite("RULES 257"),
        ),
        Step(
            "send_again", "退回重办", "Send the item back",
            "prosecutor", ("answered",), "open",
            # After a return the file stays with the procuratorate: what is missing then is asked for anew.
            guards=("outline_is_open",),
            facts=(Field("comment", "text"),),
        ),
        Step(
            "overtaken", "案件终局", "Overtaken by the end of the case",
            "prosecutor", ("open", "answered"), "closed",
            on_event=("case_withdrawn", "case_closed_record", "indictment_issued", "non_prosecution_decided"),
            follows=True,
        ),
    ),
    registers=("REG-SUPP",),
    thread="inherit",
)
