"""Steps of `case` after the transfer for prosecution, and of the special procedures (CPL 169-177, 298)."""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Paper, Start, Step, cite

SPECIAL_KIND = Field("special_kind", "enum", options=("confiscation", "compulsory_treatment"))

REVIEW = (
    Step(
        "accept", "检察院受理", "Procuratorate accepts the file",
        "case_manager", ("transferred",), "prosecution_review",
        on_event=("prosecution_file_received",),
        follows=True,
        certainty="verified",
        sources=cite("RULES 156", "RULES 158"),
    ),
    Step(
        "send_back", "受理审查不齐备退补", "File incomplete, back for completion",
        "case_manager", ("transferred",), "investigation",
        on_event=("prosecution_file_sent_back",),
        follows=True,
        guidance="the file is incomplete or the suspect is not present",
        guidance_zh="案卷材料不齐备或者犯罪嫌疑人未到案",
        # The case is under investigation again, so its age is watched again.
        starts=("hanging_watch",),
        certainty="verified",
        sources=cite("RULES 158"),
    ),
    Step(
        "return_file", "退回补充侦查", "Return for supplementary investigation",
        "prosecutor", ("prosecution_review",), "supplement",
        on_event=("returned_for_supplement",),
        follows=True,
        certainty="verified",
        sources=cite("RULES 342"),
    ),
    Step(
        "receive_again", "重新移送", "File is received again",
        "case_manager", ("supplement",), "prosecution_review",
        on_event=("file_rereceived",),
        follows=True,
        certainty="verified",
        sources=cite("RULES 346"),
    ),
    Step(
        "set_condition", "附条件不起诉", "Conditional non-prosecution",
        "chief_procurator", ("prosecution_review",), "conditional",
        on_event=("conditional_non_prosecution_decided",),
        follows=True,
        certainty="verified",
        sources=cite("CPL 282", "CPL 283"),
    ),
    Step(
        "end_condition", "考验期满不起诉", "Probation passed",
        "chief_procurator", ("conditional",), "not_prosecuted",
        emits=("conditional_final_decided", "non_prosecution_decided"),
        stops=("conditional_non_prosecution_probation", "withdrawn_prosecution_non_prosecution"),
        documents=("DOC-NON-PROSECUTION",),
        sources=cite("CPL 284"),
    ),
    Step(
        "revoke_condition", "撤销附条件不起诉", "Probation failed; indict",
        "chief_procurator", ("conditional",), "at_court",
        emits=("conditional_final_decided", "indictment_issued"),
        stops=("conditional_non_prosecution_probation",),
        documents=("DOC-INDICTMENT",),
        sources=cite("CPL 284"),
    ),
    Step(
        "indict", "提起公诉", "Indict",
        "prosecutor", ("prosecution_review",), "at_court",
        on_event=("indictment_issued",),
        follows=True,
        certainty="verified",
        sources=cite("CPL 176"),
    ),
    Step(
        "not_prosecute", "不起诉", "Not prosecuted",
        "chief_procurator", ("prosecution_review",), "not_prosecuted",
        on_event=("non_prosecution_decided",),
        follows=True,
        stops=("withdrawn_prosecution_non_prosecution",),
        certainty="verified",
        sources=cite("CPL 177", "RULES 365"),
    ),
    Step(
        "decision_changed", "不起诉决定被改变", "Non-prosecution changed",
        "superior_prosecutor", ("not_prosecuted",), "prosecution_review",
        on_event=("non_prosecution_revoked",),
        follows=True,
        certainty="verified",
        sources=cite("RULES 379", "RULES 380"),
    ),
    Step(
        "archive_np", "不起诉归档", "Archive after non-prosecution",
        "prosecutor", ("not_prosecuted",), "archived",
        guidance="objection periods are over or decided; property notices sent",
        guidance_zh="复议、复核期限届满或者已有决定；涉案财物处理通知已发出",
        emits=("case_closed_record",),
        certainty="verified",
        sources=cite("RULES 374", "RULES 376"),
    ),
)

COURT = (
    Step(
        "adjourn", "延期审理补充侦查", "Trial adjourned for supplementation",
        "prosecutor", ("at_court",), "adjourned",
        guards=("fewer_than_two_adjournments",),
        emits=("trial_adjourned_for_supplement",),
        starts=("trial_stage_supplementary_investigation",),
        certainty="verified",
        sources=cite("CPL 205", "RULES 421"),
    ),
    Step(
        "resume_trial", "恢复审理", "Resume the trial",
        "prosecutor", ("adjourned",), "at_court",
        emits=("trial_resumption_requested",),
        stops=("trial_stage_supplementary_investigation",),
        certainty="verified",
        sources=cite("RULES 421"),
    ),
    Step(
        "withdraw_charges", "撤回起诉", "Withdraw the charges",
        "chief_procurator", ("at_court", "adjourned"), "charges_withdrawn",
        emits=("prosecution_withdrawn",),
        starts=("withdrawn_prosecution_non_prosecution",),
        stops=("trial_stage_supplementary_investigation",),
        certainty="verified",
        sources=cite("RULES 424"),
    ),
    Step(
        "decide_after_withdrawal", "撤回起诉后不起诉", "Non-prosecution after withdrawal",
        "chief_procurator", ("charges_withdrawn",), "not_prosecuted",
        emits=("non_prosecution_decided",),
        stops=("withdrawn_prosecution_non_prosecution",),
        documents=("DOC-NON-PROSECUTION",),
        certainty="verified",
        sources=cite("RULES 424"),
    ),
    Step(
        "close_court", "审结归档", "Court stage ends",
        "prosecutor", ("at_court",), "archived",
        guidance="the judgment is effective; execution is outside the product",
        guidance_zh="裁判已经生效；执行不在本系统范围内",
        emits=("case_closed_record",),
    ),
)

SPECIAL = (
    Step(
        "ask_special", "要求说明不启动特别程序理由", "Ask why a special procedure was not started",
        "prosecutor", ("investigation",), SAME,
        facts=(SPECIAL_KIND, Field("reasons_rejected", "bool")),
        guidance="the notice to start compulsory treatment only after the reasons were rejected",
        guidance_zh="说明的理由不成立的，方可发出启动强制医疗程序通知书",
        emits=(
            Emit("reasons_no_confiscation_request_received", when="confiscation_asked"),
            Emit("reasons_no_treatment_request_received", when="treatment_asked"),
        ),
        starts=(
            Start("confiscation_not_started_reasons", when="confiscation_asked"),
            Start("compulsory_treatment_not_started_reasons", when="treatment_asked"),
        ),
        documents=(Paper("DOC-START-TREATMENT", when="treatment_reasons_rejected"),),
        certainty="verified",
        sources=cite("RULES 524", "RULES 540"),
    ),
    Step(
        "explain_special", "说明不启动理由", "Police explain",
        "police_legal", ("investigation",), SAME,
        emits=("reasons_explained",),
        stops=("compulsory_treatment_not_started_reasons", "confiscation_not_started_reasons"),
        certainty="verified",
        sources=cite("RULES 524", "RULES 540"),
    ),
    Step(
        "go_special", "转特别程序", "Confiscation or compulsory treatment",
        "police_chief", ("investigation",), "special",
        facts=(SPECIAL_KIND,),
        emits=(
            "investigation_concluded",
            Emit("confiscation_opinion_received", when="special_confiscation", on_receipt=True),
            Emit("compulsory_treatment_opinion_received", when="special_treatment", on_receipt=True),
        ),
        starts=(
            Start("confiscation_opinion_review", when="special_confiscation"),
            Start("compulsory_treatment_review", when="special_treatment"),
        ),
        stops=(
            "compulsory_treatment_not_started_reasons", "confiscation_not_started_reasons", "hanging_watch",
        ),
        documents=(
            Paper("DOC-CONFISCATION-OPINION", when="special_confiscation"),
            Paper("DOC-TREATMENT-OPINION", when="special_treatment"),
        ),
        certainty="verified",
        sources=cite("CPL 298", "MPS 339", "MPS 343"),
    ),
    Step(
        "decide_special", "决定是否提出申请", "Decide on the application",
        "prosecutor", ("special",), SAME,
        emits=(
            Emit("confiscation_decided", when="special_confiscation"),
            Emit("compulsory_treatment_decided", when="special_treatment"),
        ),
        stops=("compulsory_treatment_review", "confiscation_opinion_review"),
        certainty="verified",
        sources=cite("RULES 523", "RULES 539"),
    ),
    Step(
        "end_special", "特别程序办结", "Special procedure ends",
        "prosecutor", ("special",), "archived",
        blocked_while_running=("confiscation_opinion_review", "compulsory_treatment_review"),
        emits=("case_closed_record",),
    ),
)

STEPS = (*REVIEW, *COURT, *SPECIAL)
