"""Measures of one suspect (强制措施): where in the lawful period the suspect is, at every instant.

One record a suspect, from no measure to the end. The steps are in `custody_detention.py`,
`custody_arrest.py` and `custody_bail.py`; the review of a request for arrest has its own procedure,
`arrest_review`.
"""
# fmt: off

from coordination.law.grammar import OpenAtEnd, Process, Rung, State, Step
from coordination.law.processes.coop_flow import custody_arrest, custody_bail, custody_detention
from coordination.law.processes.coop_flow.custody_clocks import LIBERTY_ENDS

CLOSING = (
    Step(
        "close_free", "措施办结（未羁押）", "Close, suspect free",
        "police_legal", ("at_liberty", "free"), "closed",
        guidance="the case has ended for this suspect",
        guidance_zh="对该犯罪嫌疑人的办案已经结束",
        emits=("custody_record_closed",),
    ),
    Step(
        "close_with_case", "措施随案办结", "Close with the case",
        "prosecutor", ("arrested_review", "bail", "surveillance"), "closed",
        guidance="the court or the non-prosecution has taken over the measure",
        guidance_zh="强制措施已由法院或者不起诉决定处理",
        emits=("custody_record_closed", "measure_changed"),
        stops=(*LIBERTY_ENDS, "improper_detention_release", "non_arrest_release"),
        documents=("DOC-CUSTODY-TRANSFER",),
    ),
)

PROCESS = Process(
    "custody",
    "COOP-FLOW",
    "强制措施（逐人）",
    "Measures of one suspect",
    subject="suspect",
    initiator="investigator",
    states=(
        State("at_liberty", "未采取措施", "no measure", "start"),
        State("detained", "刑事拘留", "detained"),
        State("arrest_review", "审查逮捕（在押）", "arrest under review, detained"),
        State("non_approved", "不批准逮捕待执行", "non-approval to be executed"),
        State("arrested", "逮捕后侦查羁押", "arrested, investigation custody"),
        State("arrested_review", "逮捕后审查起诉", "arrested, prosecution review"),
        State("bail", "取保候审", "bail"),
        State("surveillance", "监视居住", "residential surveillance"),
        State("free", "解除措施", "released, no measure"),
        State("closed", "措施办结", "measures closed", "end"),
    ),
    steps=(*custody_detention.STEPS, *custody_arrest.STEPS, *custody_bail.STEPS, *CLOSING),
    escalation=(
        Rung(
            "-2h", "detention_interrogation", ("investigator", "police_legal"),
            "reminder", "提醒", step="first_interrogation",
        ),
        Rung(
            "-2h", "detention_family_notice", ("investigator", "police_legal"),
            "reminder", "提醒", step="tell_family",
        ),
        Rung(
            "-12h", "arrest_request_after_detention", ("investigator", "police_legal", "police_chief"),
            "choice: request, extend with ground, release", "选择：提请逮捕、依法延长、释放",
            step="request_arrest",
        ),
        Rung(
            "-7d", "investigation_custody",
            ("investigator", "police_legal", "custody_officer", "office_resident"),
            "DOC-EXPIRY-NOTICE", step="expiry_notice",
        ),
        Rung(
            "-3d", "investigation_custody", ("police_chief", "prosecutor"),
            "choice: extend, transfer, change measure, release", "选择：延长、移送起诉、变更措施、释放",
        ),
        Rung(
            "+0h", "investigation_custody", ("police_chief", "chief_procurator", "office_resident"),
            "overstay_correction opens", "启动超期羁押纠正",
        ),
        Rung(
            "-30d", "bail_max", ("investigator", "police_legal"),
            "draft of lifting, change or transfer", "起草解除、变更或者移送",
        ),
        Rung(
            "-15d", "bail_max", ("police_legal", "prosecutor"),
            "expiry warning to the next stage", "向下一办案机关提示期限即将届满",
        ),
        Rung("+1d", "bail_max", ("office_resident",), "lead with finding BAI-1", "监督线索：BAI-1"),
    ),
    registers=("REG-CUSTODY", "REG-DETAINED"),
    open_at_end=(
        OpenAtEnd("detention_send_to_detention_house", "runs_on"),
        OpenAtEnd("detention_interrogation", "runs_on"),
        OpenAtEnd("detention_family_notice", "runs_on"),
        OpenAtEnd("arrest_interrogation", "runs_on"),
        OpenAtEnd("arrest_family_notice", "runs_on"),
        OpenAtEnd("arrest_change_notify_procuratorate", "runs_on"),
        OpenAtEnd("designated_rs_family_notice", "runs_on"),
        OpenAtEnd("bail_execution_assignment", "runs_on"),
        OpenAtEnd("rs_execution_assignment", "runs_on"),
        OpenAtEnd("bail_forfeiture_announcement", "runs_on"),
        OpenAtEnd("stage_transfer_expiry_warning", "runs_on"),
        OpenAtEnd("stage_transfer_measure_decision", "runs_on"),
        OpenAtEnd("termination_notice_suspect", "runs_on"),
        OpenAtEnd("new_crime_recount_approval", "runs_on"),
        OpenAtEnd("custody_change_notice_detention_house", "disabled"),
    ),
)
