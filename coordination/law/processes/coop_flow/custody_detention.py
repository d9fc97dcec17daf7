"""Steps of `custody` from detention to the request for arrest (CPL 82-91, MPS 124-145)."""
# fmt: off

from coordination.law.grammar import SAME, Emit, Extend, Field, Logged, Open, Paper, Start, Step, cite
from coordination.law.processes.coop_flow.custody_clocks import FAMILY_NOTICES, LIBERTY_ENDS

GROUNDS = (
    "caught_in_act", "identified_by_witness", "evidence_found", "flight_or_suicide", "evidence_at_risk",
    "identity_refused", "roam_repeat_group",
)
NOT_TOLD = ("identity_unknown", "no_family", "cannot_be_reached", "force_majeure", "may_obstruct")

DETENTION = (
    Step(
        "detain", "执行拘留", "Detain",
        "investigator", ("at_liberty", "bail", "surveillance", "free"), "detained",
        facts=(
            Field("executed_at", "datetime"),
            Field("ground", "enum", options=GROUNDS),
            Field("warrant_no", "text"),
        ),
        occurred_by="executed_at",
        logged_by=(Logged("detention", facts=(("ground", "detention_ground"),), at="executed_at"),),
        approval="police_chief",
        emits=("detention_executed", Emit("measure_changed", when="measure_ran")),
        starts=(
            "detention_send_to_detention_house",
            "detention_interrogation",
            "detention_family_notice",
            "arrest_request_after_detention",
        ),
        stops=(*LIBERTY_ENDS, "improper_detention_release", "non_arrest_release"),
        documents=(Paper("DOC-DETENTION-WARRANT", number_in="warrant_no"),),
        certainty="verified",
        sources=cite("CPL 82", "CPL 85", "MPS 125"),
    ),
    Step(
        "enter_house", "送看守所", "Enter the detention house",
        "custody_officer", ("detained",), SAME,
        # The duty is the police's; its officer enters it from the house's receipt where the house does not.
        also=("investigator",),
        facts=(Field("arrived_at", "datetime"),),
        occurred_by="arrived_at",
        logged_by=(
            Logged(
                "detention_house_event", "house_event", ("entry",),
                facts=(("arrived_at", "event_at"),), at="event_at",
            ),
        ),
        emits=("detention_house_entered",),
        stops=("detention_send_to_detention_house",),
        certainty="verified",
        sources=cite("CPL 85", "MPS 153"),
    ),
    Step(
        "first_interrogation", "拘留后讯问", "First interrogation",
        "investigator", ("detained", "arrest_review", "arrested"), SAME,
        guards=("interrogation_owed",),
        logged_by=("interrogation",),
        emits=("interrogation_recorded",),
        stops=("detention_interrogation", "arrest_interrogation"),
        certainty="verified",
        sources=cite("CPL 86", "CPL 94"),
    ),
    Step(
        "extend_detention", "延长拘留", "Extend detention to 7 or 30 days",
        "investigator", ("detained",), SAME,
        facts=(
            Field("ground", "enum", options=("special_circumstances", "roaming", "repeat", "group")),
            Field("ground_facts", "text"),
            Field("new_total_days", "int"),
            Field("notice_no", "text", required=False),
        ),
        logged_by=(Logged("detention_extension", facts=(("ground", "extension_ground"),)),),
        approval="police_chief",
        guards=("days_of_ground",),
        guidance="thirty days only for major suspects who roam, repeat or act in a group; "
        "the facts behind the ground are recorded",
        guidance_zh="流窜、多次、结伙作案的重大嫌疑分子方可延长至三十日，并写明理由事实",
        extends=(
            Extend(
                "arrest_request_after_detention",
                stage_by="ground",
                stages=(
                    ("special_circumstances", "special"),
                    ("roaming", "thirty"),
                    ("repeat", "thirty"),
                    ("group", "thirty"),
                ),
                days_by="new_total_days",
            ),
        ),
        emits=(
            Emit(
                "detention_30d_expiry", when="extended_to_thirty", end_of=("arrest_request_after_detention",)
            ),
        ),
        starts=(Start("detention_expiry_notice_30d", when="extended_to_thirty"),),
        documents=(Paper("DOC-DETENTION-EXTENSION", number_in="notice_no"),),
        certainty="verified",
        sources=cite("CPL 91", "MPS 129"),
    ),
    Step(
        "found_improper", "发现羁押不当", "Custody found improper",
        "police_legal", ("detained", "arrested"), SAME,
        facts=(Field("reason", "text"), Field("found_at", "datetime")),
        occurred_by="found_at",
        emits=("custody_found_improper",),
        starts=("improper_detention_release",),
        certainty="verified",
        sources=cite("CPL 96", "JIYA2006 8"),
    ),
)

FAMILY = (
    Step(
        "tell_family", "通知家属", "Notify the family",
        "investigator", ("detained", "arrest_review", "arrested", "surveillance"), SAME,
        facts=(
            Field("relative", "text"),
            Field("notified_at", "datetime"),
            Field("method", "enum", options=("direct", "phone", "mail", "other")),
            Field("notice_no", "text", required=False),
        ),
        occurred_by="notified_at",
        logged_by=(
            Logged(
                "family_notice", "non_notice_reason", ("none",),
                facts=(("relative", "relative_name"),), at="notified_at",
            ),
        ),
        emits=("family_notified",),
        stops=FAMILY_NOTICES,
        documents=(
            Paper("DOC-DETENTION-NOTICE", when="detained_not_arrested", number_in="notice_no"),
            Paper("DOC-ARREST-NOTICE", when="already_arrested", number_in="notice_no"),
        ),
        certainty="verified",
        sources=cite("CPL 85", "CPL 93"),
    ),
    Step(
        "cannot_tell_family", "无法通知或有碍侦查", "Record why the family cannot be told",
        "investigator", ("detained", "arrested", "surveillance"), SAME,
        facts=(Field("reason", "enum", options=NOT_TOLD),),
        logged_by=(
            Logged("family_notice", "non_notice_reason", NOT_TOLD, facts=(("reason", "non_notice_reason"),)),
        ),
        approval="police_chief",
        guards=("obstruction_only_in_detention",),
        guidance="obstruction only in state-security or terrorism cases",
        guidance_zh="“有碍侦查”仅限危害国家安全犯罪、恐怖活动犯罪案件",
        emits=(
            Emit("family_notice_impossible", when="notice_impossible"),
            Emit("family_notice_obstructive", when="notice_obstructive"),
        ),
        suspends=FAMILY_NOTICES,
        certainty="verified",
        sources=cite("MPS 113", "MPS 127"),
    ),
    Step(
        "obstacle_gone", "不能通知情形消失", "Obstacle is gone",
        "investigator", ("detained", "arrested", "surveillance"), SAME,
        emits=("family_notice_obstacle_gone",),
        resumes=FAMILY_NOTICES,
        certainty="verified",
        sources=cite("MPS 127", "MPS 145"),
    ),
)

REQUEST = (
    Step(
        "request_arrest", "提请批准逮捕", "Request approval of arrest",
        "police_legal", ("detained",), "arrest_review",
        approval="police_chief",
        guards=("no_arrest_review_open",),
        emits=(Emit("arrest_request_received", on_receipt=True),),
        # Until the procuratorate has the request, nothing but the detention period holds the suspect.
        stops_on_receipt=("arrest_request_after_detention", "detention_expiry_notice_30d"),
        opens=(Open("arrest_review"),),
        documents=("DOC-ARREST-REQUEST",),
        certainty="verified",
        sources=cite("CPL 87", "MPS 137"),
    ),
    Step(
        "request_arrest_at_liberty", "提请逮捕（未羁押）", "Request arrest of a suspect at liberty",
        "police_legal", ("at_liberty", "bail", "surveillance"), SAME,
        approval="police_chief",
        guards=("no_arrest_review_open",),
        emits=(Emit("arrest_request_received", on_receipt=True),),
        opens=(Open("arrest_review"),),
        documents=("DOC-ARREST-REQUEST",),
        certainty="verified",
        sources=cite("MPS 135", "MPS 136", "MPS 137"),
    ),
    Step(
        "request_recalled", "提请撤回后恢复拘留期限", "Request taken back, detention goes on",
        "police_legal", ("arrest_review",), "detained",
        # Without it a request taken back would leave a detained suspect under no period at all. The clock is
        # the same one: it is counted from the detention, with the stages already granted.
        on_event=("arrest_request_withdrawn",),
        follows=True,
        reopens=("arrest_request_after_detention",),
        sources=cite("CPL 91"),
    ),
)

STEPS = (*DETENTION, *FAMILY, *REQUEST)
