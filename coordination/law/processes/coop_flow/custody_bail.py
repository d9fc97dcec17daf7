"""Steps of `custody` for bail and residential surveillance (CPL 67-79, MPS 83-123, BAIL2022)."""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Logged, Paper, Start, Step, cite
from coordination.law.processes.coop_flow.custody_clocks import (
    BAIL_ENDS,
    CUSTODY_ENDS,
    CUSTODY_PERIODS,
    LIBERTY_ENDS,
    SURVEILLANCE_ENDS,
)

BAIL_FACTS = (
    Field("executed_at", "datetime"),
    Field("guarantee", "enum", options=("guarantor", "deposit")),
    Field("ends_on", "date", tense="future"),
    Field("decision_no", "text", required=False),
)
SURVEILLANCE_FACTS = (
    Field("executed_at", "datetime"),
    Field("ends_on", "date", tense="future"),
    Field("decision_no", "text", required=False),
)
# The decision of a measure that is entered after it was carried out bears its number already.
BAIL_DECISION = Paper("DOC-BAIL-DECISION", number_in="decision_no")
RS_DECISION = Paper("DOC-RS-DECISION", number_in="decision_no")

# A measure changes where another ran before; custody ends where the suspect was held.
CHANGES = (Emit("released", when="held_in_custody"), Emit("measure_changed", when="measure_ran"))

BY_POLICE = Logged(
    "bail", "deciding_organ", ("police",), facts=(("guarantee", "guarantee_mode"),), at="executed_at",
)
AT_HOME = Logged("residential_surveillance", "designated_place", (False,), at="executed_at")
DESIGNATED = Logged("residential_surveillance", "designated_place", (True,), at="executed_at")

MEASURES = (
    Step(
        "bail_after_refusal", "不捕后取保", "Bail after non-approval",
        "investigator", ("non_approved",), "bail",
        facts=BAIL_FACTS,
        occurred_by="executed_at",
        logged_by=(BY_POLICE,),
        approval="police_chief",
        emits=("bail_executed", "released"),
        starts=("bail_max",),
        stops=CUSTODY_ENDS,
        documents=(BAIL_DECISION,),
        certainty="verified",
        sources=cite("CPL 91", "MPS 81"),
    ),
    Step(
        "surveillance_after_refusal", "不捕后监居", "Surveillance after non-approval",
        "investigator", ("non_approved",), "surveillance",
        facts=SURVEILLANCE_FACTS,
        occurred_by="executed_at",
        logged_by=(AT_HOME,),
        approval="police_chief",
        emits=("residential_surveillance_executed", "released"),
        starts=("residential_surveillance_max",),
        stops=CUSTODY_ENDS,
        documents=(RS_DECISION,),
        certainty="verified",
        sources=cite("CPL 91", "MPS 109"),
    ),
    Step(
        "bail", "取保候审", "Bail",
        "investigator", ("at_liberty", "detained", "arrest_review", "arrested", "surveillance"), "bail",
        facts=BAIL_FACTS,
        occurred_by="executed_at",
        logged_by=(BY_POLICE,),
        approval="police_chief",
        emits=("bail_executed", *CHANGES),
        starts=("bail_max",),
        stops=(*CUSTODY_ENDS, *LIBERTY_ENDS),
        documents=(BAIL_DECISION,),
        certainty="verified",
        sources=cite("CPL 67", "MPS 83"),
    ),
    Step(
        "surveil", "监视居住", "Residential surveillance",
        "investigator", ("at_liberty", "detained", "arrest_review", "arrested", "bail"), "surveillance",
        facts=SURVEILLANCE_FACTS,
        occurred_by="executed_at",
        logged_by=(AT_HOME,),
        approval="police_chief",
        emits=("residential_surveillance_executed", *CHANGES),
        starts=("residential_surveillance_max",),
        stops=(*CUSTODY_ENDS, *LIBERTY_ENDS),
        documents=(RS_DECISION,),
        certainty="verified",
        sources=cite("CPL 74", "MPS 110"),
    ),
    Step(
        "surveil_designated", "指定居所监视居住", "Designated-place surveillance",
        "investigator", ("at_liberty", "detained", "arrested", "bail"), "surveillance",
        facts=SURVEILLANCE_FACTS,
        occurred_by="executed_at",
        logged_by=(DESIGNATED,),
        approval="police_chief",
        guidance="superior approval in security and terrorism cases",
        guidance_zh="危害国家安全犯罪、恐怖活动犯罪案件须经上一级公安机关批准",
        emits=("residential_surveillance_executed", "designated_rs_executed", *CHANGES),
        starts=("residential_surveillance_max", "designated_rs_family_notice"),
        stops=(*CUSTODY_ENDS, *LIBERTY_ENDS),
        documents=(RS_DECISION,),
        certainty="verified",
        sources=cite("CPL 75", "MPS 111"),
    ),
    Step(
        "procuratorate_bail", "检察院决定取保", "Bail by the procuratorate",
        "prosecutor", ("arrested_review", "at_liberty"), "bail",
        approval="chief_procurator",
        emits=(Emit("bail_papers_received", on_receipt=True), "bail_executed", *CHANGES),
        starts=("bail_max", "bail_execution_assignment"),
        stops=(*CUSTODY_ENDS, *LIBERTY_ENDS),
        documents=("DOC-BAIL-DECISION",),
        certainty="verified",
        sources=cite("RULES 86", "MPS 92", "BAIL2022 20"),
    ),
    Step(
        "procuratorate_surveil", "检察院决定监居", "Surveillance by the procuratorate",
        "prosecutor", ("arrested_review", "at_liberty"), "surveillance",
        approval="chief_procurator",
        emits=(Emit("rs_papers_received", on_receipt=True), "residential_surveillance_executed", *CHANGES),
        starts=("residential_surveillance_max", "rs_execution_assignment"),
        stops=(*CUSTODY_ENDS, *LIBERTY_ENDS),
        documents=("DOC-RS-DECISION",),
        certainty="verified",
        sources=cite("RULES 107", "MPS 118"),
    ),
    Step(
        "lift_bail", "解除取保", "Lift bail",
        "investigator", ("bail",), "free",
        approval="police_chief",
        emits=("bail_lifted",),
        stops=BAIL_ENDS,
        certainty="verified",
        sources=cite("MPS 108"),
    ),
    Step(
        "lift_surveillance", "解除监居", "Lift surveillance",
        "investigator", ("surveillance",), "free",
        approval="police_chief",
        emits=("residential_surveillance_lifted",),
        stops=("designated_rs_family_notice", *SURVEILLANCE_ENDS),
        certainty="verified",
        sources=cite("MPS 123"),
    ),
    Step(
        "assign_station", "指定派出所执行", "Assign the executing station",
        "police_legal", ("bail", "surveillance"), SAME,
        emits=("station_assigned",),
        stops=("bail_execution_assignment", "rs_execution_assignment"),
        certainty="verified",
        sources=cite("MPS 92", "MPS 118", "BAIL2022 20"),
    ),
)

GUARANTORS = (
    Step(
        "guarantor_unfit", "保证人丧失条件", "Guarantor found unfit",
        "investigator", ("bail",), SAME,
        emits=("guarantor_unfit_found",),
        starts=(
            Start("guarantor_loss_notice", when="bail_by_procuratorate"),
            Start("guarantor_replacement_order", when="bail_by_procuratorate"),
        ),
        certainty="verified",
        sources=cite("MPS 106", "BAIL2022 22", "RULES 96"),
    ),
    Step(
        "guarantor_told", "通知决定机关", "Tell the deciding organ",
        "investigator", ("bail",), SAME,
        emits=("guarantor_loss_notified",),
        stops=("guarantor_loss_notice",),
        certainty="verified",
        sources=cite("MPS 106"),
    ),
    Step(
        "guarantor_replaced", "重新提出担保", "New guarantor or deposit ordered",
        "prosecutor", ("bail",), SAME,
        emits=("guarantor_replacement_ordered",),
        stops=("guarantor_replacement_order",),
        certainty="verified",
        sources=cite("RULES 96"),
    ),
    Step(
        "violation_opinion", "违反取保意见", "Opinion on a bail violation",
        "police_legal", ("bail",), SAME,
        guards=("bail_by_procuratorate",),
        emits=("bail_violation_opinion_received",),
        starts=("bail_violation_opinion_decision",),
        certainty="verified",
        sources=cite("RULES 100"),
    ),
    Step(
        "violation_decided", "决定处理", "Decide the opinion",
        "prosecutor", ("bail",), SAME,
        emits=("bail_violation_decided",),
        stops=("bail_violation_opinion_decision",),
        certainty="verified",
        sources=cite("RULES 100"),
    ),
    Step(
        "forfeit", "没收保证金", "Forfeit the deposit",
        "investigator", ("bail",), SAME,
        approval="police_chief",
        emits=("forfeiture_decided",),
        starts=("bail_forfeiture_announcement",),
        documents=("DOC-FORFEITURE-DECISION",),
        certainty="verified",
        sources=cite("CPL 71", "MPS 98"),
    ),
    Step(
        "announce_forfeit", "宣读没收决定", "Announce the forfeiture",
        "investigator", ("bail",), SAME,
        emits=("forfeiture_announced",),
        stops=("bail_forfeiture_announcement",),
        certainty="verified",
        sources=cite("MPS 98"),
    ),
)

NEXT_STAGE = (
    Step(
        "stage_received", "下一阶段收案", "Next-stage organ receives the case",
        "case_manager", ("bail", "surveillance"), SAME,
        on_event=("prosecution_file_received",),
        follows=True,
        emits=(
            "next_stage_received",
            Emit("bail_expiry", end_of=("bail_max", "residential_surveillance_max")),
        ),
        starts=("stage_transfer_measure_decision", "stage_transfer_expiry_warning"),
        stops=CUSTODY_PERIODS,
        certainty="verified",
        sources=cite("BAIL2022 26"),
    ),
    Step(
        "warn_expiry", "取保届满提示", "Warn of the end of the measure",
        "police_legal", ("bail", "surveillance"), SAME,
        emits=("bail_expiry_warned",),
        stops=("stage_transfer_expiry_warning",),
        certainty="verified",
        sources=cite("BAIL2022 26"),
    ),
    Step(
        "next_stage", "下一阶段决定措施", "Next stage decides the measure",
        "prosecutor", ("bail", "surveillance"), SAME,
        emits=("next_stage_measure_decided",),
        stops=("stage_transfer_expiry_warning", "stage_transfer_measure_decision"),
        certainty="verified",
        sources=cite("BAIL2022 26", "RULES 103"),
    ),
)

STEPS = (*MEASURES, *GUARANTORS, *NEXT_STAGE)
