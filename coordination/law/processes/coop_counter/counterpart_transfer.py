"""Single-desk sending and receipt (统一对口收发): only the police legal department and case management send.

The stamp of the receiving desk is the instant at which most periods begin (RULES 158, 159; CPL 107). A
step that issues a document for the other organ opens one of these and sends it; when the procuratorate
sends, the two desks and the two sides of the Office swap places. See docs/decisions/0002-receipt.md.
"""
# fmt: off

from coordination.law.grammar import Field, Process, Rung, State, Step, cite

PROCESS = Process(
    "counterpart_transfer",
    "COOP-COUNTER",
    "统一对口收发",
    "Single-desk sending and receipt",
    subject="case",
    initiator="police_legal",
    states=(
        State("prepared", "待发出", "prepared", "start"),
        State("sent", "已发出", "sent"),
        State("received", "已签收", "receipted"),
        State("returned", "退回补正", "returned for completion"),
        State("disputed", "收发争议", "receipt disputed"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "send", "发出", "Send from the desk",
            "police_legal", ("prepared",), "sent",
            facts=(
                Field("document", "ref"),
                Field("version", "int"),
                Field("recipient", "ref"),
                Field("method", "enum", options=("by_hand", "electronic", "mail", "medium")),
            ),
            emits=("document_sent",),
            starts=("desk_receipt_norm",),
            documents=("DOC-TRANSFER-SLIP",),
            certainty="practice",
        ),
        Step("cancel", "取消发出", "Cancel", "police_legal", ("prepared",), "closed"),
        Step(
            "receipt", "签收", "Receipt",
            "case_manager", ("sent", "disputed"), "received",
            facts=(
                Field("received_at", "datetime"),
                Field("person", "ref"),
                Field("pages", "int", required=False),
            ),
            occurred_by="received_at",
            guidance="date and time of receipt start the periods",
            guidance_zh="签收的日期和时间是各项期限的起算点",
            emits=("document_receipted",),
            stops=("desk_receipt_norm",),
            documents=("DOC-SERVICE-RECEIPT",),
            certainty="verified",
            sources=cite("CPL 107", "RULES 158", "RULES 159"),
        ),
        Step(
            "return", "退回补正", "Return for completion",
            "case_manager", ("sent",), "returned",
            facts=(Field("missing", "list"),),
            emits=("document_returned",),
            stops=("desk_receipt_norm",),
            certainty="verified",
            sources=cite("RULES 158"),
        ),
        Step(
            "resend", "补正重发", "Complete and send again",
            "police_legal", ("returned",), "sent",
            emits=("document_sent",),
            starts=("desk_receipt_norm",),
        ),
        Step("withdraw", "不再发送", "Withdraw", "police_legal", ("returned",), "closed"),
        Step(
            "dispute", "未签收核查", "No receipt: check",
            "office_resident", ("sent",), "disputed",
            # Nothing was returned: the step only ends the waiting, so it records no event.
            after_expiry_of=("desk_receipt_norm",),
            facts=(Field("finding", "text"),),
            guidance="the two desks compare their logs",
            guidance_zh="双方对口部门核对收发记录",
            stops=("desk_receipt_norm",),
        ),
        Step("close", "办结", "Close", "police_legal", ("received",), "closed"),
    ),
    escalation=(
        Rung(
            "+1wd", "desk_receipt_norm", ("case_manager", "police_legal"),
            "list of unreceipted items", "未签收文书清单", step="receipt",
        ),
        Rung(
            "+3wd", "desk_receipt_norm", ("office_resident", "office_police"),
            "desk comparison", "核对双方收发记录", step="dispute",
        ),
    ),
    registers=("REG-DESK",),
    mirrored=True,
)
