"""Exchange package (交换包): files and records sent from one system to the other, acknowledged or with a mismatch list.

Either desk may send; where the procuratorate does, the two desks swap places.
"""
# fmt: off

from coordination.law.grammar import Field, Process, Rung, State, Step

PROCESS = Process(
    "exchange_package",
    "INFO-BIGDATA",
    "交换包",
    "Exchange package",
    subject="none",
    initiator="police_legal",
    mirrored=True,
    titled_by=("package_no",),
    states=(
        State("built", "已生成", "built", "start"),
        State("received", "已接收", "received"),
        State("mismatch", "有差异", "mismatch"),
        State("accepted", "已入库", "accepted", "end"),
        State("rejected", "拒收", "rejected", "end"),
    ),
    steps=(
        Step(
            "send", "发送", "Send",
            "police_legal", ("built",), "received",
            facts=(
                Field("package_no", "text"),
                Field("manifest", "ref"),
                Field("records", "int"),
                Field("files", "int"),
            ),
            guidance="contents, versions, sender, checksum and the owner organ of each field are in the manifest",
            guidance_zh="清单载明内容、版本、发送方、校验值和各字段的归属机关",
            emits=("package_received",),
            starts=("package_ack_norm",),
        ),
        Step("discard", "作废", "Discard", "police_legal", ("built",), "rejected"),
        Step(
            "ack", "回执入库", "Acknowledge and accept",
            "case_manager", ("received",), "accepted",
            guidance="every file opens, page counts agree",
            guidance_zh="每个文件均可打开，页数一致",
            # The receipts of documents are the business of the desks: none is recorded here.
            emits=("package_acknowledged",),
            stops=("package_ack_norm",),
            documents=("DOC-PACKAGE-RECEIPT",),
            certainty="practice",
        ),
        Step(
            "find_mismatch", "发现差异", "Mismatch found",
            "case_manager", ("received",), "mismatch",
            facts=(Field("differences", "list"),),
            emits=("package_mismatch_found",),
            starts=("package_fix_norm",),
            stops=("package_ack_norm",),
            documents=("DOC-MISMATCH-LIST",),
            certainty="practice",
        ),
        Step(
            "fix", "差异处理", "Fix",
            "police_legal", ("mismatch",), "received",
            receipts=True,
            facts=(Field("correction", "text"),),
            emits=("package_mismatch_fixed", "package_received"),
            starts=("package_ack_norm",),
            stops=("package_fix_norm",),
        ),
        Step(
            "reject", "拒收", "Reject",
            "case_manager", ("received", "mismatch"), "rejected",
            facts=(Field("reason", "text"),),
            emits=("package_rejected",),
            stops=("package_ack_norm", "package_fix_norm"),
        ),
    ),
    escalation=(
        Rung(
            "+1wd", "package_ack_norm", ("case_manager", "office_resident"),
            "list of unacknowledged packages", "未回执交换包清单", step="ack",
        ),
        Rung(
            "+1wd", "package_fix_norm", ("police_legal", "office_police"),
            "mismatch list", "交换差异清单", step="fix",
        ),
    ),
    registers=("REG-EXCHANGE",),
)
