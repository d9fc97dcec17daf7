"""Custody-necessity review (羁押必要性审查): application or own motion, review, recommendation, the police answer.

CPL 95, RULES 573-582, CUST2023. What is done to the suspect (release, a lighter measure) is recorded in `custody`; the
answer of the police follows it.
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

DECISION = ("custody_necessity_decision", "custody_necessity_decision_prosecution")
APPLICATION = (
    Field(
        "applicant", "enum",
        options=("suspect", "legal_representative", "relative", "defender", "detention_house"),
    ),
    Field("grounds", "text"),
    Field("received_at", "datetime"),
)

OPENING = (
    Step(
        "apply", "收到申请或建议", "Application or suggestion received",
        "case_manager", ("opened",), "received",
        guards=("not_at_prosecution_review",),
        facts=APPLICATION,
        occurred_by="received_at",
        guidance="in the stages of investigation and trial",
        guidance_zh="适用于侦查、审判阶段",
        emits=("necessity_application_received",),
        starts=("custody_necessity_decision", "custody_necessity_internal_forward"),
        documents=("DOC-NECESSITY-APPLICATION",),
        certainty="verified",
        sources=cite("CUST2023 10", "CUST2023 19", "RULES 574", "RULES 576"),
    ),
    Step(
        "apply_prosecution", "审查起诉阶段申请", "Application at prosecution review",
        "prosecutor", ("opened",), "reviewing",
        guards=("at_prosecution_review",),
        facts=APPLICATION,
        occurred_by="received_at",
        emits=("necessity_change_application_received",),
        starts=("custody_necessity_decision_prosecution",),
        certainty="verified",
        sources=cite("CUST2023 19"),
    ),
    Step(
        "misdirected", "误投转送", "Misdirected application",
        "case_manager", ("opened",), "misdirected",
        facts=APPLICATION,
        occurred_by="received_at",
        emits=("necessity_misdirected_received",),
        starts=("custody_necessity_misdirected",),
        certainty="verified",
        sources=cite("RULES 576", "CUST2023 10"),
    ),
    Step(
        "forward_misdirected", "转送并告知", "Forward and tell the applicant",
        "case_manager", ("misdirected",), "closed",
        facts=(Field("recipient", "text"),),
        guidance="another procuratorate is competent",
        guidance_zh="由其他有管辖权的人民检察院办理",
        emits=("necessity_misdirected_forwarded",),
        stops=("custody_necessity_misdirected",),
        certainty="verified",
        sources=cite("RULES 576"),
    ),
    Step(
        "forward", "当日移送捕诉部门", "Forward the same day",
        "case_manager", ("received",), "reviewing",
        emits=("necessity_application_forwarded",),
        stops=("custody_necessity_internal_forward",),
        certainty="verified",
        sources=cite("RULES 576"),
    ),
    Step(
        "own_motion", "依职权启动", "Own motion",
        "prosecutor", ("opened",), "reviewing",
        facts=(Field("grounds", "text"),),
        guidance="once before indictment where three years or less are likely; "
        "at once in the listed special situations",
        guidance_zh="可能判处三年以下有期徒刑的，起诉前应当审查一次；出现规定的特殊情形的，应当立即审查",
        emits=("necessity_opened",),
        certainty="verified",
        sources=cite("CUST2023 6", "CUST2023 7", "RULES 573", "RULES 574"),
    ),
)

REVIEW = (
    Step(
        "collect", "审查方式", "Hear and examine",
        "prosecutor", ("reviewing",), SAME,
        facts=(
            Field("materials", "list"),
            Field("suspect_heard", "bool"),
            Field("victim_heard", "bool", required=False),
            Field("organ_heard", "bool"),
            Field("health_checked", "bool", required=False),
        ),
        certainty="verified",
        sources=cite("RULES 577", "RULES 578"),
    ),
    Step(
        "pause_expert", "专门性审查", "Expert, technical or hearing step starts",
        "prosecutor", ("reviewing",), SAME,
        guards=("no_expert_step_open",),
        emits=("expert_step_started",),
        suspends=DECISION,
        certainty="verified",
        sources=cite("CUST2023 19"),
    ),
    Step(
        "resume_expert", "专门性审查结束", "That step ends",
        "prosecutor", ("reviewing",), SAME,
        guards=("expert_step_open",),
        emits=("expert_step_ended",),
        resumes=DECISION,
        certainty="verified",
        sources=cite("CUST2023 19"),
    ),
    Step(
        "decide_keep", "认为需要继续羁押", "Keep in custody",
        "prosecutor", ("reviewing",), "keep",
        facts=(Field("reasons", "text"),),
        emits=("necessity_decided",),
        stops=DECISION,
        certainty="verified",
        sources=cite("RULES 582", "CUST2023 23"),
    ),
    Step(
        "tell_keep", "告知申请人理由", "Tell the applicant",
        "prosecutor", ("keep",), "closed",
        guidance="a review on own motion has nobody to tell",
        guidance_zh="依职权审查的，无申请人需要告知",
        documents=(Paper("DOC-NECESSITY-RESULT", when="applicant_named"),),
        certainty="verified",
        sources=cite("RULES 582", "CUST2023 23"),
    ),
    Step(
        "change_direct", "审查起诉阶段直接变更", "Change directly at prosecution review",
        "prosecutor", ("reviewing",), "closed",
        guards=("at_prosecution_review",),
        facts=(Field("reasons", "text"),),
        approval="chief_procurator",
        guidance="the new measure is decided and recorded in the custody record",
        guidance_zh="变更后的强制措施在羁押记录中决定和登记",
        emits=("necessity_decided",),
        stops=DECISION,
        documents=("DOC-NECESSITY-RESULT",),
        certainty="verified",
        sources=cite("RULES 575"),
    ),
)

RECOMMENDATION = (
    Step(
        "propose", "提出释放或变更建议", "Recommend release or change",
        "prosecutor", ("reviewing",), "proposed",
        facts=(Field("reasons", "text"), Field("law", "list")),
        emits=("necessity_decided", Emit("necessity_recommendation_received", on_receipt=True)),
        starts=("custody_necessity_reply",),
        stops=DECISION,
        documents=("DOC-NECESSITY-RECOMMENDATION",),
        certainty="verified",
        sources=cite("CPL 95", "RULES 579", "RULES 580", "RULES 581", "CUST2023 21"),
    ),
    Step(
        "reply", "公安回复处理情况", "Police answer",
        "police_legal", ("proposed", "overdue"), "answered",
        on_event=("necessity_recommendation_received",),
        guards=("release_or_change_recorded",),
        facts=(
            Field("outcome", "enum", options=("released", "changed", "kept")),
            Field("reasons_if_kept", "text", required="if_kept"),
        ),
        approval="police_chief",
        guidance="with the action taken, or with reasons",
        guidance_zh="写明处理情况；未采纳的说明理由",
        emits=("necessity_reply_received",),
        stops=("custody_necessity_reply",),
        documents=("DOC-NECESSITY-REPLY",),
        certainty="verified",
        sources=cite("CPL 95", "MPS 159", "CUST2023 22"),
    ),
    Step(
        "no_reply", "十日未回复", "No answer in ten days",
        "prosecutor", ("proposed",), "overdue",
        after_expiry_of=("custody_necessity_reply",),
        # The notice is drafted, decided and numbered in the procedure that is opened.
        opens=(Open("correction_notice"),),
        certainty="verified",
        sources=cite("RULES 581", "CUST2023 22"),
    ),
    Step(
        "closed_overdue", "转纠正违法办理", "Carried on in the correction notice",
        "prosecutor", ("overdue",), "closed",
        guards=("correction_served_since",),
        stops=("custody_necessity_reply",),
    ),
    Step(
        "finish", "告知并结案", "Tell the applicant and close",
        "prosecutor", ("answered",), "closed",
        documents=(Paper("DOC-NECESSITY-RESULT", when="applicant_named"),),
        certainty="verified",
        sources=cite("RULES 582"),
    ),
)

PROCESS = Process(
    "custody_necessity",
    "SUP-DUTY",
    "羁押必要性审查",
    "Custody-necessity review",
    subject="suspect",
    initiator="prosecutor",
    states=(
        State("opened", "申请或依职权", "application or own motion", "start"),
        State("received", "已收到", "application received"),
        State("misdirected", "误投", "misdirected"),
        State("reviewing", "审查中", "under review"),
        State("keep", "继续羁押", "keep in custody"),
        State("proposed", "已提建议", "recommendation served"),
        State("answered", "已回复", "answered"),
        State("overdue", "逾期未回复", "no answer in time"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*OPENING, *REVIEW, *RECOMMENDATION),
    escalation=(
        Rung("-2d", "custody_necessity_decision", ("prosecutor",), "decision draft", "起草决定", step="propose"),
        Rung(
            "-1d", "custody_necessity_decision_prosecution", ("prosecutor",),
            "decision draft", "起草决定", step="decide_keep",
        ),
        Rung(
            "-3wd", "custody_necessity_reply", ("police_legal", "investigator"),
            "reminder", "提醒", step="reply",
        ),
        Rung(
            "+0d", "custody_necessity_reply", ("police_legal", "police_chief", "office_resident"),
            "due-today list", "今日到期清单", step="reply",
        ),
        Rung(
            "+1d", "custody_necessity_reply", ("prosecutor", "chief_procurator", "office_resident"),
            "DOC-CORRECTION-NOTICE", step="no_reply",
        ),
    ),
    registers=("REG-NECESSITY", "REG-OPINION"),
    seen_by="after:proposed",
)
