"""Life of a case (案件全程): the thread on which the other procedures hang, from the report to the archive.

Most steps follow what another procedure decided (`filing_review`, `prosecution_review`); the decision,
its document and its clocks stand there. The steps after transfer are in `case_prosecution.py`.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Field,
    Open,
    OpenAtEnd,
    Paper,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)
from coordination.law.processes.coop_flow import case_prosecution

FILING = (
    Step(
        "register", "登记案件", "Register the case",
        "investigator", ("reported",), "filing_review",
        facts=(
            Field("case_no", "text"),
            Field("report_kind", "enum", options=("general", "economic", "admin_transfer", "injury")),
            Field("received_at", "datetime"),
            Field("unit_id", "ref"),
        ),
        # The reception register itself is made by `filing_review.register_report`.
        emits=("case_filed_record_opened",),
        certainty="verified",
        sources=cite("MPS 171"),
    ),
    Step(
        "file", "立案", "Case is filed",
        "police_chief", ("filing_review", "not_filed"), "investigation",
        on_event=("filing_decided",),
        follows=True,
        facts=(Field("filed_at", "datetime", required="auto"), Field("charge", "ref", required="auto")),
        starts=("hanging_watch",),
        certainty="verified",
        sources=cite("MPS 178", "CPL 112"),
    ),
    Step(
        "age", "列入久侦不结监测", "Enter the ageing watch",
        "clock", ("investigation",), SAME,
        after_expiry_of=("hanging_watch",),
        emits=("hanging_watch_opened",),
        stops=("hanging_watch",),
        opens=(Open("hanging_case_clearance"),),
    ),
    Step(
        "watch_again", "说明在办后继续监测", "Watch anew after active work was explained",
        "investigator", ("investigation",), SAME,
        on_event=("hanging_work_explained",),
        follows=True,
        starts=("hanging_watch",),
    ),
    Step(
        "decline", "不予立案", "Case is not filed",
        "police_chief", ("filing_review",), "not_filed",
        on_event=("not_filed_decided",),
        follows=True,
        certainty="verified",
        sources=cite("MPS 178"),
    ),
    Step(
        "move_out", "移送其他机关", "Case moves to another organ",
        "police_legal", ("filing_review", "investigation"), "transferred_out",
        on_event=("case_transfer_notice_served", "filed_case_transferred"),
        stops=("hanging_watch",),
        # Before filing the notice goes out with `filing_review.send_away`.
        documents=(Paper("DOC-CASE-TRANSFER-NOTICE", when="case_is_filed"),),
        certainty="verified",
        sources=cite("MPS 175", "MPS 184"),
    ),
    Step(
        "close_not_filed", "不立案归档", "Non-filing stands; archive",
        "police_legal", ("not_filed",), "archived",
        guards=("no_remedy_open",),
        emits=("case_closed_record",),
    ),
)

WITHDRAWAL = (
    Step(
        "withdraw", "撤销案件", "Case is withdrawn",
        "police_chief", ("investigation", "supplement"), "withdrawn",
        # Decided here, or in a procedure that led to it; then it is already recorded and issued.
        emits=(Emit("case_withdrawn", when="withdrawal_not_recorded"),),
        starts=(
            "case_withdrawal_notice_parties",
            Start("case_withdrawal_notify_procuratorate", when="suspect_was_arrested"),
        ),
        stops=("hanging_watch",),
        documents=(Paper("DOC-WITHDRAWAL-DECISION", when="withdrawal_not_recorded"),),
        certainty="verified",
        sources=cite("MPS 186", "MPS 187"),
    ),
    Step(
        "withdrawn_elsewhere", "撤案（另行决定）", "Withdrawn in another procedure",
        "police_chief", ("investigation", "supplement"), "withdrawn",
        # The same act, recorded with its decision in the procedure that led to it.
        on_event=("case_withdrawn",),
        follows=True,
        starts=(
            "case_withdrawal_notice_parties",
            Start("case_withdrawal_notify_procuratorate", when="suspect_was_arrested"),
        ),
        stops=("hanging_watch",),
        certainty="verified",
        sources=cite("MPS 186", "MPS 187"),
    ),
    Step(
        "reopen", "撤案后重新立案", "Withdrawn case is filed again",
        "police_chief", ("withdrawn",), "investigation",
        guidance="new facts or evidence, or the earlier finding was wrong",
        guidance_zh="发现新的事实或者证据，或者原认定有错误",
        emits=("filing_decided",),
        starts=("hanging_watch",),
        documents=("DOC-FILING-DECISION",),
        certainty="verified",
        sources=cite("MPS 190"),
    ),
    Step(
        "tell_parties", "撤案告知当事人", "Tell the parties of the withdrawal",
        "investigator", ("withdrawn",), SAME,
        emits=("withdrawal_parties_notified",),
        stops=("case_withdrawal_notice_parties",),
        certainty="verified",
        sources=cite("MPS 189"),
    ),
    Step(
        "tell_procuratorate", "撤案通知原批捕检察院", "Tell the procuratorate that approved arrest",
        "police_legal", ("withdrawn",), SAME,
        guards=("suspect_was_arrested",),
        emits=("withdrawal_notified_procuratorate",),
        stops=("case_withdrawal_notify_procuratorate",),
        certainty="verified",
        sources=cite("CPL 163", "MPS 187"),
    ),
    Step(
        "archive_withdrawn", "撤案归档", "Archive the withdrawn case",
        "police_legal", ("withdrawn",), "archived",
        blocked_while_running=("case_withdrawal_notice_parties", "case_withdrawal_notify_procuratorate"),
        guidance="property is released",
        guidance_zh="涉案财物已经解除或者返还",
        emits=("case_closed_record",),
        certainty="verified",
        sources=cite("MPS 187", "MPS 189"),
    ),
)

TRANSFER = (
    Step(
        "conclude", "侦查终结移送", "Conclude and send for prosecution",
        "police_chief", ("investigation",), "transferred",
        facts=(
            Field("volumes", "int"),
            Field("suspects_sent", "list"),
            Field("separately_handled", "list", required=False),
        ),
        guidance="the conditions of conclusion are met; "
        "in a major case the interrogation-legality check is done first",
        guidance_zh="符合侦查终结条件；重大案件应当先进行讯问合法性核查",
        emits=("investigation_concluded",),
        stops=("hanging_watch",),
        opens=(Open("prosecution_review"),),
        documents=("DOC-PROSECUTION-OPINION", "DOC-ITEMS-LIST"),
        certainty="verified",
        sources=cite("MPS 283", "MPS 289", "RULES 71"),
    ),
)

PROCESS = Process(
    "case",
    "COOP-FLOW",
    "案件全程",
    "Life of a case",
    subject="case",
    initiator="investigator",
    states=(
        State("reported", "已接报", "reported", "start"),
        State("filing_review", "立案审查", "filing review"),
        State("not_filed", "不予立案", "not filed"),
        State("investigation", "侦查", "under investigation"),
        State("transferred", "移送起诉", "sent for prosecution"),
        State("prosecution_review", "审查起诉", "prosecution review"),
        State("supplement", "补充侦查", "supplementary investigation"),
        State("conditional", "附条件不起诉考验", "conditional non-prosecution"),
        State("charges_withdrawn", "撤回起诉", "charges withdrawn"),
        State("not_prosecuted", "不起诉", "not prosecuted"),
        State("at_court", "法院审理", "at court"),
        State("adjourned", "延期审理", "trial adjourned"),
        State("withdrawn", "撤销案件", "withdrawn"),
        State("special", "特别程序", "special procedure"),
        State("transferred_out", "移送其他机关", "moved to another organ", "end"),
        State("archived", "归档", "archived", "end"),
    ),
    steps=(*FILING, *WITHDRAWAL, *TRANSFER, *case_prosecution.STEPS),
    escalation=(
        Rung(
            "+0d", "hanging_watch", ("investigator", "police_legal", "office_resident"),
            "list entry in the ageing watch", "列入久侦不结清单",
        ),
    ),
    registers=("REG-FILING", "REG-PROSECUTION", "REG-HANGING"),
    open_at_end=(
        OpenAtEnd("case_withdrawal_notice_parties", "runs_on"),
        OpenAtEnd("case_withdrawal_notify_procuratorate", "runs_on"),
        OpenAtEnd("compulsory_treatment_not_started_reasons", "runs_on"),
        OpenAtEnd("confiscation_not_started_reasons", "runs_on"),
    ),
)
