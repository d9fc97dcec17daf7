"""Supervision lead (监督线索): registered, triaged, verified by named methods, concluded (RULES 551, 552).

The instrument that follows has its own procedure; the finding decides which (RULES 552, 568).
"""
# fmt: off

from coordination.law.grammar import SAME, Field, Open, OpenAtEnd, Paper, Process, Rung, State, Step, cite

SOURCES = (
    "case_review", "complaint", "look_up", "detained_list", "custody_review", "auto_check",
    "transferred_department", "media_or_superior", "internal_check",
)
METHODS = (
    "suspect_asked", "witness_or_victim_asked", "officers_asked", "bystanders_asked", "complainant_heard",
    "lawyer_heard", "records_obtained", "recordings_obtained", "injury_or_illness_checked", "other_method",
)

PROCESS = Process(
    "supervision_lead",
    "SUP-NORM",
    "监督线索",
    "Supervision lead",
    subject="case",
    initiator="prosecutor",
    states=(
        State("registered", "已登记", "registered", "start"),
        State("triaged", "已分流", "triaged"),
        State("verifying", "核查中", "being verified"),
        State("concluded", "有结论", "concluded"),
        State("kept", "备查", "kept on file", "end"),
        State("handed_over", "移送他部门", "handed over", "end"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "register", "登记线索", "Register a lead",
            "prosecutor", ("registered",), SAME,
            also=("office_resident",),
            guards=("lead_not_registered",),
            facts=(
                Field("source", "enum", options=SOURCES),
                Field("case", "ref", required=False),
                Field("unit", "ref"),
                # Codes of the catalogue ("INT-1"): what the lead may show, nothing is established yet.
                Field("findings", "list"),
                Field("evidence_pin", "text"),
            ),
            emits=("lead_registered",),
            starts=("lead_triage_norm",),
            documents=("DOC-LEAD-CARD",),
            sources=cite("RULES 551"),
            note="a rule hit or an activity on the log may be the occasion; a person registers",
        ),
        Step(
            "triage", "分流", "Triage",
            "prosecutor", ("registered",), "triaged",
            guards=("lead_registered",),
            facts=(
                Field("outcome", "enum", options=("verify", "settle_at_once", "keep_on_file", "hand_over")),
                Field("risk", "enum", options=("high", "middle", "low")),
                Field("note", "text"),
            ),
            emits=("lead_triaged",),
            stops=("lead_triage_norm",),
            certainty="practice",
        ),
        Step(
            "keep", "备查", "Keep on file",
            "prosecutor", ("triaged",), "kept",
            guards=("triaged_keep_on_file",),
            emits=("lead_concluded",),
            stops=("lead_verification_norm",),
            certainty="practice",
        ),
        Step(
            "hand_over", "移送", "Hand over",
            "prosecutor", ("triaged",), "handed_over",
            approval="chief_procurator",
            guards=("triaged_hand_over",),
            guidance="suspected crime of an officer goes to the competent department",
            guidance_zh="办案人员涉嫌犯罪的，移送有管辖权的部门",
            emits=("lead_concluded", "office_matter_passed"),
            starts=("office_matter_answer",),
            stops=("lead_verification_norm",),
            certainty="verified",
            sources=cite("RULES 568", "RULES 13", "RULES 14"),
        ),
        Step(
            "verify", "启动核查", "Start verification",
            "prosecutor", ("triaged",), "verifying",
            guards=("triaged_verify",),
            guidance="the police are told where illegal evidence is checked (RULES 72)",
            guidance_zh="核查非法证据的，应当通知公安机关（规则第72条）",
            emits=("lead_verification_started",),
            starts=("lead_verification_norm",),
            certainty="verified",
            sources=cite("RULES 551"),
        ),
        Step(
            "record_method", "核查记录", "Record a method",
            "prosecutor", ("verifying",), SAME,
            facts=(Field("method", "enum", options=METHODS), Field("record", "ref")),
            guidance="ten methods; no restriction of person or property",
            guidance_zh="十种核查方式，不得限制人身和财产权利",
            documents=("DOC-VERIFICATION-RECORD",),
            certainty="verified",
            sources=cite("RULES 551"),
        ),
        Step(
            "hear_unit", "听取办案人员意见", "Hear the officers",
            "prosecutor", ("verifying",), SAME,
            # A method of verification: the hearing on a disputed opinion, with its clock, is `officer_hearing`.
            documents=("DOC-HEARING-RECORD",),
            certainty="verified",
            sources=cite("RULES 551"),
        ),
        Step(
            "conclude", "核查结论", "Conclude",
            "prosecutor", ("verifying",), "concluded",
            facts=(
                Field(
                    "conclusion", "enum",
                    options=("unfounded", "minor", "serious", "general", "suspected_crime"),
                ),
                Field("findings_confirmed", "list", required="if_founded"),
                Field(
                    "level", "enum", required="if_founded",
                    options=("oral", "written", "recommendation", "filing_route", "exclude_evidence"),
                ),
            ),
            emits=("lead_concluded",),
            stops=("lead_verification_norm",),
            documents=("DOC-LEAD-REPORT",),
            certainty="verified",
            sources=cite("RULES 552"),
        ),
        Step(
            "settle_spot", "轻微即时处理", "Minor: settle at once",
            "prosecutor", ("triaged",), "concluded",
            guards=("triaged_settle_at_once",),
            emits=("lead_concluded",),
            stops=("lead_verification_norm",),
            certainty="verified",
            sources=cite("RULES 552"),
        ),
        Step(
            "issue", "进入监督文书", "Go to an instrument",
            "prosecutor", ("concluded",), "closed",
            guards=("lead_founded",),
            guidance="one final document per finding",
            guidance_zh="一项违法情形只对应一份最终文书",
            opens=(
                Open("correction_notice", when="level_written"),
                Open("oral_correction", when="level_oral"),
                Open("procuratorial_recommendation", when="level_recommendation"),
                Open("evidence_legality_check", when="level_exclude_evidence"),
            ),
            certainty="verified",
            sources=cite("RULES 552", "RULES 568"),
        ),
        Step(
            "unfounded", "不成立", "Unfounded",
            "prosecutor", ("concluded",), "closed",
            guards=("lead_unfounded",),
            guidance="the complainant, if any, is told",
            guidance_zh="有控告人、申诉人的，应当答复",
            documents=(Paper("DOC-COMPLAINT-ANSWER", when="lead_from_complaint"),),
            certainty="verified",
            sources=cite("RULES 552"),
        ),
    ),
    escalation=(
        Rung(
            "-1wd", "lead_triage_norm", ("prosecutor", "office_resident"), "reminder", "提醒", step="triage"
        ),
        Rung("-3wd", "lead_verification_norm", ("prosecutor",), "reminder", "提醒", step="conclude"),
        Rung(
            "+1d", "lead_verification_norm", ("chief_procurator", "office_resident"),
            "extension or conclusion", "延长核查或者作出结论", step="conclude",
        ),
    ),
    registers=("REG-LEAD",),
    open_at_end=(OpenAtEnd("office_matter_answer", "runs_on"),),
    seen_by="initiator",
    by_hand=True,
)
