"""Return for supplementary investigation (退回补充侦查): decided with an outline, done within a month (CPL 175).

Two returns at most, counted for the case whatever procuratorate made them (RULES 350). Each item of the outline is a
procedure of its own, `outline_item`; the file goes back when every item is answered.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Field,
    Open,
    Paper,
    Process,
    Rung,
    State,
    Step,
    cite,
)

POLICE_CLOCKS = ("supplementary_investigation", "supplementary_investigation_overdue_reasons")
BACK = (
    Emit("outline_items_answered", on_receipt=True),
    Emit("file_rereceived", on_receipt=True),
    Emit("file_rereceived_after_second_return", when="twice_returned", on_receipt=True),
)

RETURNING = (
    Step(
        "return_case", "退回补充侦查", "Return with outline",
        "prosecutor", ("drafting",), "returned",
        facts=(Field("return_no", "int"), Field("items", "list"), Field("reasons", "text")),
        guards=("fewer_than_two_returns", "return_number_counts", "no_appraisal_running"),
        guidance="every item has its reason, direction, evidence and proof purpose",
        guidance_zh="每一事项均写明补查理由、方向、需取得的证据和证明目的",
        emits=(
            "returned_for_supplement",
            Emit("return_received_by_police", on_receipt=True),
            Emit("second_return_received", when="once_returned", on_receipt=True),
        ),
        starts=("supplementary_investigation",),
        opens=(Open("outline_item", each="items"),),
        documents=("DOC-RETURN-DECISION", "DOC-OUTLINE-RETURN"),
        certainty="verified",
        sources=cite("CPL 175", "RULES 257", "RULES 342", "RULES 346", "RULES 350"),
    ),
    Step(
        "cancel", "不退回", "Do not return",
        "prosecutor", ("drafting",), "closed",
        guidance="own investigation or a request for evidence is chosen instead",
        guidance_zh="改为自行侦查或者调取证据",
        certainty="verified",
        sources=cite("RULES 342"),
    ),
)

POLICE = (
    Step(
        "send_back", "重新移送", "Send the file back",
        "police_legal", ("returned", "overdue", "reasons_in"), "rereceived",
        on_event=("return_received_by_police",),
        guards=("every_item_answered",),
        approval="police_chief",
        # Sent in time is in time; the check and the new review begin when the procuratorate has the file.
        emits=BACK,
        starts=("outline_check_norm",),
        stops=POLICE_CLOCKS,
        documents=("DOC-SUPPLEMENT-REPORT",),
        certainty="verified",
        sources=cite("MPS 296"),
    ),
    Step(
        "new_opinion", "发现新罪或同案犯", "New crime or accomplice: new opinion",
        "police_legal", ("returned", "overdue", "reasons_in"), "rereceived",
        on_event=("return_received_by_police",),
        guards=("every_item_answered",),
        approval="police_chief",
        emits=BACK,
        starts=("outline_check_norm",),
        stops=POLICE_CLOCKS,
        documents=("DOC-PROSECUTION-OPINION",),
        certainty="verified",
        sources=cite("MPS 296"),
    ),
    Step(
        "withdraw", "撤案或终止侦查", "Withdraw or end investigation",
        "police_legal", ("returned", "overdue", "reasons_in"), "withdrawn",
        on_event=("return_received_by_police",),
        facts=(Field("ending", "enum", options=("withdrawn", "terminated")),),
        approval="police_chief",
        guidance="the facts changed so that no responsibility remains; the procuratorate is told",
        guidance_zh="原认定犯罪事实有重大变化，不应当追究刑事责任的；将处理结果通知检察院",
        emits=(
            Emit("case_withdrawn", when="ending_withdrawn"),
            Emit("investigation_terminated", when="ending_terminated"),
        ),
        stops=POLICE_CLOCKS,
        documents=(
            Paper("DOC-WITHDRAWAL-DECISION", when="ending_withdrawn"),
            Paper("DOC-TERMINATION-DECISION", when="ending_terminated"),
        ),
        certainty="verified",
        sources=cite("MPS 296"),
    ),
    Step(
        "expire", "期满未移送", "Period ends",
        "clock", ("returned",), "overdue",
        after_expiry_of=("supplementary_investigation",),
        emits=("supplement_expiry",),
        starts=("supplementary_investigation_overdue_reasons",),
        certainty="verified",
        sources=cite("RULES 347"),
    ),
    Step(
        "ask_reasons", "要求说明理由", "Ask for reasons",
        "prosecutor", ("overdue",), SAME,
        emits=("not_resubmitted_reasons_requested",),
        documents=("DOC-URGE-REPLY",),
        certainty="verified",
        sources=cite("RULES 347"),
    ),
    Step(
        "give_reasons", "公安说明理由", "Police give reasons",
        "police_legal", ("overdue",), "reasons_in",
        facts=(Field("reasons", "text"), Field("planned_on", "date", tense="future")),
        emits=("not_resubmitted_reasons_received",),
        stops=("supplementary_investigation_overdue_reasons",),
        certainty="verified",
        sources=cite("RULES 347"),
    ),
)

CHECKING = (
    Step(
        "check", "核验补查结果", "Check the results",
        "prosecutor", ("rereceived",), "closed",
        on_event=("file_rereceived",),
        facts=(Field("satisfied", "bool"),),
        guards=("every_item_checked",),
        emits=("outline_checked",),
        stops=("outline_check_norm",),
        sources=cite("RULES 257"),
    ),
    Step(
        "check_withdrawal", "审查撤案是否合法", "Check the withdrawal",
        "prosecutor", ("withdrawn",), "closed",
        facts=(Field("lawful", "bool"),),
        guidance="an unlawful withdrawal opens a lead with finding FIL-7",
        guidance_zh="撤案不当的，登记监督线索（FIL-7）",
        opens=(Open("supervision_lead", when="withdrawal_unlawful"),),
        certainty="verified",
        sources=cite("RULES 347"),
    ),
)

PROCESS = Process(
    "supplementary_investigation",
    "COOP-FLOW",
    "退回补充侦查",
    "Return for supplementary investigation",
    subject="case",
    initiator="prosecutor",
    states=(
        State("drafting", "拟退补", "return being drafted", "start"),
        State("returned", "已退回", "with the police"),
        State("overdue", "逾期未移送", "overdue"),
        State("reasons_in", "已说明理由", "reasons received"),
        State("rereceived", "重新移送", "received again"),
        State("withdrawn", "撤案", "withdrawn during supplement"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*RETURNING, *POLICE, *CHECKING),
    escalation=(
        Rung(
            "-10d", "supplementary_investigation", ("investigator", "police_legal"),
            "list of open items", "未办事项清单",
        ),
        Rung(
            "-3d", "supplementary_investigation", ("police_legal", "police_chief"),
            "transfer task", "重新移送任务", step="send_back",
        ),
        Rung(
            "+0d", "supplementary_investigation_overdue_reasons", ("prosecutor", "office_resident"),
            "request for reasons", "起草要求说明理由", step="ask_reasons",
        ),
        Rung(
            "+5d", "supplementary_investigation_overdue_reasons", ("chief_procurator",),
            "lead with finding TRA-1", "监督线索：TRA-1",
        ),
    ),
    registers=("REG-SUPP",),
    seen_by="after:returned",
)
