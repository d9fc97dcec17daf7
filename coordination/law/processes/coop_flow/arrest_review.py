"""Arrest review (审查逮捕): from the receipt of the request to the decision carried out (RULES 282-289).

Opened by `custody.request_arrest`; its receipt begins seven days for a detained suspect, fifteen to
twenty otherwise. What is done to the suspect (arrest, release, change of measure) is recorded in
`custody`; here it is followed.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Extend,
    Field,
    Logged,
    Open,
    Paper,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)

REVIEW = ("arrest_review_detained", "arrest_review_not_detained")

REVIEWING = (
    Step(
        "receive", "案管受理", "Case management accepts",
        "case_manager", ("submitted",), "reviewing",
        also=("prosecutor",),
        receipts=True,
        facts=(Field("received_at", "datetime"), Field("detained", "bool"), Field("volumes", "int")),
        occurred_by="received_at",
        guidance="date and time of receipt are stamped",
        guidance_zh="注明签收的日期和时间",
        emits=("arrest_request_received", "document_receipted"),
        starts=(
            Start("arrest_review_detained", when="review_of_detained"),
            Start("arrest_review_not_detained", when="review_of_not_detained"),
        ),
        documents=("DOC-ACCEPTANCE-REGISTER",),
        certainty="verified",
        sources=cite("RULES 156", "RULES 158", "RULES 282"),
    ),
    Step(
        "incomplete", "要求补送", "Ask for missing material",
        "case_manager", ("submitted",), SAME,
        emits=("document_returned",),
        certainty="verified",
        sources=cite("RULES 158"),
    ),
    Step(
        "recall", "撤回提请", "Police take the request back",
        "police_legal", ("submitted", "reviewing"), "closed",
        blocked_while_running=("psychiatric_appraisal_exclusion",),
        approval="police_chief",
        guidance="with the agreement of the prosecutor; detention periods go on",
        guidance_zh="须经检察官同意；拘留期限继续计算",
        emits=("arrest_request_withdrawn",),
        stops=REVIEW,
    ),
    Step(
        "hear", "讯问、听取意见", "Interrogate the suspect, hear the lawyer",
        "prosecutor", ("reviewing",), SAME,
        facts=(
            Field("interrogated", "bool"),
            Field("lawyer_heard", "bool", required=False),
            Field("opinion", "text", required=False),
        ),
        certainty="verified",
        sources=cite("RULES 280", "RULES 261"),
    ),
    Step(
        "extend_review", "延长审查（未拘留）", "Major or complex: up to twenty days",
        "prosecutor", ("reviewing",), SAME,
        # Not a step of the field's list; without it the stage of RULES 282 could not be granted.
        guards=("review_of_not_detained",),
        facts=(Field("ground", "text"),),
        approval="chief_procurator",
        extends=(Extend("arrest_review_not_detained", stage="complex"),),
        sources=cite("RULES 282"),
    ),
    Step(
        "omitted", "建议提请遗漏人员", "Ask for an omitted suspect",
        "prosecutor", ("reviewing",), SAME,
        approval="chief_procurator",
        documents=("DOC-PROPOSE-ARREST",),
        certainty="verified",
        sources=cite("RULES 288"),
    ),
    Step(
        "pause", "精神病鉴定中止", "Pause for psychiatric appraisal",
        "prosecutor", ("reviewing",), SAME,
        emits=("psychiatric_appraisal_decided",),
        starts=("psychiatric_appraisal_exclusion",),
        suspends=("arrest_review_detained",),
        certainty="verified",
        sources=cite("CPL 149"),
    ),
    Step(
        "resume", "恢复计算", "Counting resumes",
        "prosecutor", ("reviewing",), SAME,
        emits=("psychiatric_appraisal_resumed",),
        stops=("psychiatric_appraisal_exclusion",),
        resumes=("arrest_review_detained",),
        certainty="verified",
        sources=cite("JIYA2006 4"),
    ),
)

APPROVAL = (
    Step(
        "approve", "批准逮捕", "Approve",
        "prosecutor", ("reviewing",), "approved",
        blocked_while_running=("psychiatric_appraisal_exclusion",),
        approval="chief_procurator",
        guidance="or a prosecutor authorised by the chief procurator; "
        "major cases go to the procuratorial committee",
        guidance_zh="或者由检察长授权的检察官决定；重大案件提请检察委员会讨论",
        emits=("arrest_approved",),
        stops=REVIEW,
        documents=("DOC-ARREST-APPROVAL",),
        certainty="verified",
        sources=cite("CPL 89", "RULES 284"),
    ),
    Step(
        "serve_approval", "送达批准决定", "Serve the approval",
        "case_manager", ("approved",), "to_execute",
        emits=(Emit("arrest_approval_received", on_receipt=True),),
        starts=("arrest_approval_execution",),
        sends=("DOC-ARREST-APPROVAL",),
        certainty="verified",
        sources=cite("RULES 286"),
    ),
    Step(
        "execute", "执行逮捕", "Execute",
        "investigator", ("to_execute",), "executed",
        on_event=("arrest_executed",),
        follows=True,
        starts=("arrest_execution_receipt",),
        stops=("arrest_approval_execution",),
        certainty="verified",
        sources=cite("MPS 142"),
        note="the arrest itself, its instant and its warrant are recorded in custody.arrest",
    ),
    Step(
        "not_executed", "未能执行", "Could not be executed",
        "investigator", ("to_execute",), "executed",
        facts=(Field("reason", "text"),),
        logged_by=(Logged("arrest_execution", "executed", (False,), facts=(("reason", "failure_reason"),)),),
        emits=("arrest_execution_failed",),
        stops=("arrest_approval_execution",),
        certainty="verified",
        sources=cite("MPS 142"),
    ),
    Step(
        "revoke_decision", "撤销原决定", "Revoke a decision",
        "prosecutor", ("executed", "refusal_done"), SAME,
        approval="chief_procurator",
        guidance="the approval, or the refusal, was wrong",
        guidance_zh="原批准或者不批准逮捕的决定有错误",
        documents=("DOC-ARREST-REVOCATION",),
        certainty="verified",
        sources=cite("RULES 289"),
    ),
    Step(
        "receipt", "送达执行回执", "Return the execution receipt",
        "police_legal", ("executed",), "closed",
        emits=("arrest_receipt_returned",),
        stops=("arrest_execution_receipt",),
        documents=("DOC-EXECUTION-RECEIPT",),
        certainty="verified",
        sources=cite("MPS 142", "RULES 286"),
    ),
)

REFUSAL = (
    Step(
        "refuse", "不批准逮捕", "Do not approve",
        "prosecutor", ("reviewing",), "refused",
        blocked_while_running=("psychiatric_appraisal_exclusion",),
        facts=(
            Field(
                "ground", "enum",
                options=(
                    "no_crime", "cpl16", "wrong_person", "insufficient_evidence", "no_need", "minor_crime",
                ),
            ),
            Field("reasons", "text"),
            Field("supplement_asked", "bool"),
        ),
        approval="chief_procurator",
        guidance="the chief procurator for no crime, CPL 16 and insufficient evidence; reasons stated",
        guidance_zh="没有犯罪事实、刑诉法第十六条情形和证据不足的，由检察长决定；应当说明理由",
        emits=("arrest_not_approved",),
        stops=REVIEW,
        opens=(Open("investigation_outline", when="supplement_is_asked"),),
        documents=("DOC-ARREST-REFUSAL",),
        certainty="verified",
        sources=cite("RULES 285"),
    ),
    Step(
        "serve_refusal", "送达不批准决定", "Serve the non-approval",
        "case_manager", ("refused",), "refusal_served",
        emits=(
            Emit("non_approval_received", on_receipt=True),
            Emit("non_approval_no_crime_received", when="refused_for_no_crime", on_receipt=True),
        ),
        starts=(
            Start("non_arrest_release", when="review_of_detained"),
            "non_arrest_execution_receipt",
            Start("non_arrest_inaction_correction", when="refused_for_no_crime"),
        ),
        opens=(Open("non_arrest_objection"),),
        sends=("DOC-ARREST-REFUSAL",),
        certainty="verified",
        sources=cite("RULES 286", "RULES 287"),
    ),
    Step(
        "execute_refusal", "释放或变更并送回执", "Release or change, return the receipt",
        "investigator", ("refusal_served",), "refusal_done",
        guards=("released_or_changed",),
        emits=("non_arrest_receipt_returned",),
        stops=("non_arrest_execution_receipt", "non_arrest_release"),
        documents=("DOC-EXECUTION-RECEIPT",),
        certainty="verified",
        sources=cite("CPL 91", "MPS 140", "RULES 286"),
        note="release, or the change of measure, and its papers are recorded in custody",
    ),
    Step(
        "end_case", "撤案或终止侦查", "Withdraw or end investigation",
        "police_legal", ("refusal_done",), "closed",
        facts=(Field("ending", "enum", options=("withdrawn", "terminated")),),
        approval="police_chief",
        emits=(
            Emit("case_withdrawn", when="ending_withdrawn"),
            Emit("investigation_terminated", when="ending_terminated"),
        ),
        stops=("non_arrest_inaction_correction",),
        documents=(
            Paper("DOC-WITHDRAWAL-DECISION", when="ending_withdrawn"),
            Paper("DOC-TERMINATION-DECISION", when="ending_terminated"),
        ),
        certainty="verified",
        sources=cite("RULES 287", "MPS 186"),
    ),
    Step(
        "contest", "要求复议", "Contest",
        "police_legal", ("refusal_done",), "closed",
        # The objection is asked for, numbered and decided in its own procedure; here it is followed.
        on_event=("non_arrest_reconsideration_requested",),
        follows=True,
        stops=("non_arrest_inaction_correction",),
        certainty="verified",
        sources=cite("MPS 141"),
    ),
    Step(
        "go_on", "继续侦查", "Go on without arrest",
        "police_legal", ("refusal_done",), "closed",
        blocked_while_running=("non_arrest_inaction_correction",),
        guards=("refused_for_other_ground",),
        guidance="a new request opens a new arrest review",
        guidance_zh="再次提请的，另行审查",
        certainty="verified",
        sources=cite("MPS 138"),
    ),
    Step(
        "correct", "不作为纠正", "Correct inaction on day 16",
        "prosecutor", ("refusal_done",), "corrected",
        after_expiry_of=("non_arrest_inaction_correction",),
        # The notice is drafted, decided and numbered in the procedure that is opened, not twice.
        opens=(Open("correction_notice"),),
        certainty="verified",
        sources=cite("RULES 287"),
    ),
    Step(
        "after_correction", "纠正后办结", "Settled after correction",
        "prosecutor", ("corrected",), "closed",
        facts=(Field("ending", "enum", options=("withdrawn", "terminated", "reported_upward")),),
        emits=(
            Emit("case_withdrawn", when="ending_withdrawn"),
            Emit("investigation_terminated", when="ending_terminated"),
        ),
        stops=("non_arrest_inaction_correction",),
        certainty="verified",
        sources=cite("RULES 287"),
    ),
)

PROCESS = Process(
    "arrest_review",
    "COOP-FLOW",
    "审查逮捕",
    "Arrest review",
    subject="suspect",
    initiator="police_legal",
    states=(
        State("submitted", "已提请", "request sent", "start"),
        State("reviewing", "审查中", "under review"),
        State("approved", "批准逮捕", "approved"),
        State("to_execute", "待执行", "to be executed"),
        State("executed", "已执行或未能执行", "executed or failed"),
        State("refused", "不批准逮捕", "not approved"),
        State("refusal_served", "不捕已送达", "non-approval served"),
        State("refusal_done", "不捕已执行", "non-approval executed"),
        State("corrected", "已发纠正", "correction issued"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*REVIEWING, *APPROVAL, *REFUSAL),
    escalation=(
        Rung(
            "-2d", "arrest_review_detained", ("prosecutor", "chief_procurator", "case_manager"),
            "decision draft", "起草决定", step="approve",
        ),
        Rung(
            "-1d", "arrest_review_detained", ("chief_procurator",),
            "approval task", "审批提醒", step="approve",
        ),
        Rung(
            "-3d", "arrest_review_not_detained", ("prosecutor", "case_manager"),
            "reminder", "提醒", step="approve",
        ),
        Rung(
            "+2h", "non_arrest_release", ("office_resident", "prosecutor", "police_legal"),
            "lead with finding ARR-2", "监督线索：ARR-2",
        ),
        Rung(
            "+1d", "non_arrest_execution_receipt", ("police_legal", "office_resident"),
            "request for the receipt", "催送执行回执", step="execute_refusal",
        ),
        Rung(
            "+1d", "arrest_execution_receipt", ("police_legal", "office_resident"),
            "request for the receipt", "催送执行回执", step="receipt",
        ),
        Rung(
            "+1d", "non_arrest_inaction_correction", ("prosecutor", "chief_procurator"),
            "DOC-CORRECTION-NOTICE", step="correct",
        ),
    ),
    registers=("REG-ARREST", "REG-CUSTODY"),
    thread="inherit",
)
