"""Check of separate handling (另案处理核查): persons left out of a request are accounted for, round after round.

One proceeding a person. A report ends a round and, unless the person is dealt with, begins the next one at once, so
that no clock is missing between two reports.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Process, Rung, Start, State, Step, cite
from coordination.law.processes.sup_duty.to_lead import LEAD, REGISTERED

PROCESS = Process(
    "separate_handling_check",
    "SUP-DUTY",
    "另案处理核查",
    "Check of separate handling",
    subject="suspect",
    initiator="prosecutor",
    states=(
        State("declared", "已注明另案", "stated in the papers", "start"),
        State("checking", "核查中", "being checked"),
        State("tracking", "跟踪", "tracked"),
        State("lead", "转监督线索", "became a lead", "end"),
        State("handled", "已处理", "handled", "end"),
        State("justified", "理由成立", "justified", "end"),
    ),
    steps=(
        Step(
            "declare", "注明理由并附材料", "State ground and attach papers",
            "police_legal", ("declared",), SAME,
            guards=("separate_not_declared",),
            facts=(
                Field("person", "text"),
                Field(
                    "ground", "enum",
                    options=(
                        "other_jurisdiction", "minor", "at_large", "other_crime", "evidence_not_enough",
                        "other_reason",
                    ),
                ),
                Field("papers", "list"),
                Field("plan", "text"),
            ),
            guidance="one of six grounds; a wanted order, a transfer or a decision is attached",
            guidance_zh="六类情形之一，并附在逃人员登记、移送或者处理决定等材料",
            emits=("separate_handling_stated",),
            documents=("DOC-SEPARATE-NOTE",),
            certainty="secondary",
            sources=cite("LINGAN2014 3"),
        ),
        Step(
            "check", "核查", "Check",
            "prosecutor", ("declared",), "checking",
            facts=(Field("ground_ok", "enum", options=("well_founded", "doubtful", "unfounded")),),
            guidance="also where the papers say nothing of a person who should be in them",
            guidance_zh="材料中应当列明而未列明的人员，也应当核查",
            emits=("separate_check_opened",),
            starts=("separate_status_report",),
            documents=("DOC-SEPARATE-QUERY",),
            certainty="verified",
            sources=cite("RULES 330"),
        ),
        Step(
            "report", "反馈进展", "Report the state",
            "investigator", ("checking", "tracking"), "tracking",
            facts=(
                Field("state", "enum", options=("not_begun", "under_way", "measure_taken", "finished")),
                Field("steps", "text"),
            ),
            emits=(
                "separate_status_reported",
                Emit("separate_check_opened", when="separate_goes_on"),
            ),
            starts=(Start("separate_status_report", when="separate_goes_on"),),
            stops=("separate_status_report",),
        ),
        Step(
            "ask_again", "催问进展", "Ask again",
            "prosecutor", ("checking", "tracking"), SAME,
            after_expiry_of=("separate_status_report",),
            documents=("DOC-SEPARATE-QUERY",),
        ),
        Step(
            "justified", "理由成立", "Justified",
            "prosecutor", ("checking", "tracking"), "justified",
            emits=("separate_check_closed",),
            stops=("separate_status_report",),
        ),
        Step(
            "handled", "已另行处理", "Handled",
            "prosecutor", ("checking", "tracking"), "handled",
            facts=(
                Field(
                    "result", "enum",
                    options=(
                        "caught_and_sent", "handled_administratively", "other_organ_handles", "no_liability",
                    ),
                ),
                Field("document", "ref", required=False),
            ),
            emits=("separate_check_closed",),
            stops=("separate_status_report",),
        ),
        Step(
            "to_lead", "转监督线索", "Becomes a lead",
            "prosecutor", ("checking", "tracking"), "lead",
            facts=LEAD,
            guidance="SEP-1 or SEP-2; the lead is registered by the same act",
            guidance_zh="SEP-1或者SEP-2；线索同时登记",
            emits=("separate_check_closed",),
            stops=("separate_status_report",),
            opens=(REGISTERED,),
        ),
    ),
    escalation=(
        Rung(
            "-10d", "separate_status_report", ("investigator", "police_legal"),
            "status form", "进展反馈表", step="report",
        ),
        Rung(
            "+1d", "separate_status_report", ("prosecutor", "office_resident", "investigator"),
            "DOC-SEPARATE-QUERY", step="ask_again",
        ),
        Rung(
            "+30d", "separate_status_report", ("prosecutor",),
            "lead with finding SEP-1", "监督线索：SEP-1", step="to_lead",
        ),
    ),
    registers=("REG-SEPARATE",),
)
