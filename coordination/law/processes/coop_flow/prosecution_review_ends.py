"""Steps of `prosecution_review` that end it: indictment, or non-prosecution and what it brings (CPL 176-182, 282)."""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Open, Start, Step, cite
from coordination.law.processes.coop_flow.prosecution_review_clocks import PERIODS

INDICTING = (
    Step(
        "indict", "提起公诉", "Indict",
        "prosecutor", ("reviewing",), "indicted",
        blocked_while_running=(
            "psychiatric_appraisal_exclusion", "defence_right_notice", "victim_representation_notice",
            "custody_necessity_mandatory_before_indictment",
        ),
        guidance="excluded evidence is not relied on",
        guidance_zh="不得以已排除的证据作为起诉依据",
        emits=("indictment_issued",),
        stops=PERIODS,
        documents=("DOC-INDICTMENT",),
        certainty="verified",
        sources=cite("CPL 176", "RULES 355", "CUST2023 6"),
    ),
)

NOT_PROSECUTING = (
    Step(
        "not_prosecute", "不起诉", "Non-prosecution",
        "prosecutor", ("reviewing",), "np_decided",
        facts=(
            Field(
                "ground", "enum",
                options=("no_crime_or_cpl16", "minor_discretionary", "insufficient_evidence"),
            ),
            Field("property", "text"),
            Field("penalty_needed", "bool"),
        ),
        blocked_while_running=("psychiatric_appraisal_exclusion",),
        approval="chief_procurator",
        guidance="the only outcome where evidence is still insufficient after two returns",
        guidance_zh="经二次退回补充侦查证据仍然不足的，应当作出不起诉决定",
        emits=("non_prosecution_decided",),
        starts=(Start("reverse_transfer_internal", when="penalty_is_needed"),),
        stops=PERIODS,
        documents=("DOC-NON-PROSECUTION",),
        certainty="verified",
        sources=cite("RULES 365", "RULES 367", "RULES 370", "CPL 177"),
    ),
    Step(
        "announce", "宣布并送达", "Announce and serve",
        "prosecutor", ("np_decided",), "np_served",
        emits=(
            "non_prosecution_announced",
            "non_prosecution_received_by_suspect",
            Emit("non_prosecution_received_by_victim", when="victim_to_tell"),
            Emit("non_prosecution_received_by_police", on_receipt=True),
        ),
        starts=(
            Start("non_prosecution_release", when="somebody_in_custody"),
            Start("victim_non_prosecution_appeal", when="victim_to_tell"),
            Start("non_prosecuted_person_appeal", when="discretionary_non_prosecution"),
        ),
        opens=(Open("non_prosecution_objection"),),
        sends=("DOC-NON-PROSECUTION",),
        certainty="verified",
        sources=cite("RULES 376", "RULES 377", "RULES 378"),
    ),
    Step(
        "released", "在押人员释放", "Release",
        "custody_officer", ("np_served",), SAME,
        # Release itself is recorded in custody.
        on_event=("released",),
        follows=True,
        stops=("non_prosecution_release",),
        certainty="verified",
        sources=cite("CPL 178", "MPS 293"),
    ),
    Step(
        "pass_reverse", "移送行政检察", "Pass to the administrative department",
        "prosecutor", ("np_served",), SAME,
        guards=("penalty_is_needed", "not_passed_on"),
        emits=("reverse_transfer_done",),
        stops=("reverse_transfer_internal",),
        opens=(Open("reverse_transfer"),),
        certainty="secondary",
        sources=cite("XINGFAN2024 3"),
    ),
    Step(
        "appeal", "申诉复查", "Appeal docketed",
        "superior_prosecutor", ("np_served",), SAME,
        # The person not prosecuted appeals to the procuratorate that decided, the victim to its superior.
        also=("prosecutor",),
        facts=(Field("appellant", "enum", options=("victim", "suspect")), Field("filed_at", "datetime")),
        emits=(
            Emit("victim_appeal_filed", when="appeal_of_victim"),
            Emit("suspect_appeal_filed", when="appeal_of_suspect"),
            "reexamination_docketed",
        ),
        starts=("non_prosecution_reexamination",),
        certainty="verified",
        sources=cite("RULES 381", "RULES 386"),
    ),
    Step(
        "appeal_decided", "复查决定", "Appeal decided",
        "superior_prosecutor", ("np_served",), SAME,
        also=("prosecutor",),
        facts=(Field("outcome", "enum", options=("upheld", "changed")), Field("reasons", "text")),
        emits=("reexamination_decided", Emit("non_prosecution_revoked", when="appeal_changed")),
        stops=("non_prosecution_reexamination",),
        certainty="verified",
        sources=cite("RULES 386"),
    ),
    Step(
        "take_up_again", "撤销不起诉后恢复审查", "Taken up again after revocation",
        "prosecutor", ("np_served",), "reviewing",
        # Without it a decision changed on objection or appeal would leave nobody to indict.
        on_event=("non_prosecution_revoked",),
        follows=True,
        stops=("reverse_transfer_internal", "non_prosecution_release", "non_prosecution_reexamination"),
        certainty="verified",
        sources=cite("RULES 379", "RULES 380"),
    ),
    Step(
        "close_np", "不起诉办结", "Close",
        "prosecutor", ("np_served",), "closed",
        guards=("no_objection_open",),
        blocked_while_running=(
            "non_prosecution_reexamination", "reverse_transfer_internal", "non_prosecution_release",
        ),
        guidance="release, property notices and internal transfer are recorded; no appeal is open",
        guidance_zh="释放、涉案财物通知、内部移送均已记录，且无未决申诉",
        sources=cite("RULES 374"),
    ),
)

CONDITIONAL = (
    Step(
        "condition", "附条件不起诉", "Conditional non-prosecution",
        "prosecutor", ("reviewing",), "conditional",
        facts=(Field("conditions", "text"), Field("probation_months", "int")),
        blocked_while_running=("psychiatric_appraisal_exclusion",),
        approval="chief_procurator",
        guidance="a minor, likely one year or less; police and victim are heard first",
        guidance_zh="未成年人可能判处一年有期徒刑以下刑罚；应当听取公安机关、被害人的意见",
        emits=("conditional_non_prosecution_decided",),
        starts=(
            "conditional_non_prosecution_service",
            # Six months to a year, as decided (CPL 283).
            Start("conditional_non_prosecution_probation", stage="maximum", value_by="probation_months"),
        ),
        stops=PERIODS,
        documents=("DOC-CONDITIONAL-NP",),
        certainty="verified",
        sources=cite("CPL 282", "CPL 283", "RULES 471"),
    ),
    Step(
        "serve_condition", "送达附条件不起诉", "Serve it",
        "prosecutor", ("conditional",), SAME,
        emits=(
            "conditional_non_prosecution_served",
            Emit("conditional_non_prosecution_received_by_police", on_receipt=True),
        ),
        starts=("conditional_non_prosecution_reconsideration_request",),
        stops=("conditional_non_prosecution_service",),
        sends=("DOC-CONDITIONAL-NP",),
        certainty="verified",
        sources=cite("RULES 471", "MPS 330"),
    ),
    Step(
        "condition_objected", "公安要求复议", "Police ask for reconsideration",
        "police_legal", ("conditional",), SAME,
        on_event=("conditional_non_prosecution_received_by_police",),
        facts=(Field("decision_contested", "ref"), Field("reasons", "text")),
        approval="police_chief",
        emits=("conditional_reconsideration_requested",),
        stops=("conditional_non_prosecution_reconsideration_request",),
        documents=("DOC-RECONSIDERATION-REQUEST",),
        certainty="verified",
        sources=cite("MPS 330", "CPL 282"),
    ),
    Step(
        "condition_end", "考验期结束", "Probation ends",
        "prosecutor", ("conditional",), "closed",
        # The final decision and its document are recorded in the life of the case.
        on_event=("conditional_final_decided",),
        follows=True,
        stops=("conditional_non_prosecution_probation", "conditional_non_prosecution_service"),
        sources=cite("CPL 284"),
    ),
)

STEPS = (*INDICTING, *NOT_PROSECUTING, *CONDITIONAL)
