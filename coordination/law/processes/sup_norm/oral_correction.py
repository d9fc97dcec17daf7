"""Oral correction (口头纠正): a minor breach, told to a person and recorded (RULES 552); in writing when ignored.

Seven days are law only in the supervision of detention houses (RULES 624); elsewhere they are a norm of this house.
Whoever disagrees is heard before the correction is insisted on.
"""
# fmt: off

from coordination.law.grammar import SAME, Field, Open, Process, Rung, Start, State, Step, cite

CLOCKS = ("oral_correction_norm", "oral_correction_to_written")

PROCESS = Process(
    "oral_correction",
    "SUP-NORM",
    "口头纠正",
    "Oral correction",
    subject="case",
    initiator="prosecutor",
    states=(
        State("given", "拟提出", "about to be given", "start"),
        State("waiting", "待改正", "waiting for correction"),
        State("corrected", "已改正", "corrected"),
        State("raised", "转书面", "raised to writing", "end"),
        State("withdrawn", "撤回", "withdrawn", "end"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "give", "提出口头纠正", "Give the oral correction",
            "prosecutor", ("given",), "waiting",
            facts=(
                # The code of the catalogue ("INT-1").
                Field("finding", "ref"),
                Field("told_person", "text"),
                Field("told_at", "datetime"),
                Field("content", "text"),
            ),
            occurred_by="told_at",
            guidance="a minor breach; what is serious goes to writing at once",
            guidance_zh="适用于情节较轻的违法情形；情节较重的应当直接书面纠正",
            emits=("oral_correction_given",),
            starts=(
                Start("oral_correction_norm", when="not_about_detention_house"),
                Start("oral_correction_to_written", when="about_detention_house"),
            ),
            documents=("DOC-ORAL-CORRECTION",),
            certainty="verified",
            sources=cite("RULES 552", "RULES 624"),
        ),
        Step(
            "done", "已改正", "Corrected",
            "police_legal", ("waiting",), "corrected",
            also=("custody_officer",),
            facts=(Field("correction", "text"), Field("proof", "list", required=False)),
            emits=("oral_correction_done",),
            stops=CLOCKS,
        ),
        Step(
            "disagree", "提出不同意见", "Police disagree",
            "police_legal", ("waiting",), SAME,
            also=("custody_officer",),
            guards=("all_disagreement_heard",),
            facts=(Field("reasons", "text"),),
        ),
        Step(
            "hear", "听取不同意见", "Hear the disagreement",
            "prosecutor", ("waiting",), SAME,
            guards=("disagreement_unheard",),
            facts=(Field("present", "list"), Field("result", "text")),
            documents=("DOC-HEARING-RECORD",),
        ),
        Step(
            "withdraw", "撤回", "Withdraw",
            "prosecutor", ("waiting",), "withdrawn",
            facts=(Field("reason", "text"),),
            emits=("oral_correction_withdrawn",),
            stops=CLOCKS,
        ),
        Step(
            "raise", "转书面纠正", "Raise to writing",
            "prosecutor", ("waiting", "corrected"), "raised",
            guards=("all_disagreement_heard",),
            facts=(Field("reason", "text"),),
            guidance="not corrected, repeated, or found serious",
            guidance_zh="未予改正、再次发生或者查明情节较重",
            stops=CLOCKS,
            # The notice is decided by the chief procurator and numbered there.
            opens=(Open("correction_notice"),),
            certainty="verified",
            sources=cite("RULES 552", "RULES 624"),
        ),
        Step("close", "办结", "Close", "prosecutor", ("corrected",), "closed"),
    ),
    escalation=(
        Rung(
            "-2d", "oral_correction_norm", ("police_legal", "investigator"), "reminder", "提醒", step="done"
        ),
        Rung(
            "+1d", "oral_correction_norm", ("prosecutor", "office_resident"),
            "choice: close with proof or raise to writing", "核实后办结或者转书面纠正", step="raise",
        ),
        Rung("-2d", "oral_correction_to_written", ("police_legal",), "reminder", "提醒", step="done"),
        Rung(
            "+1d", "oral_correction_to_written", ("prosecutor", "chief_procurator"),
            "correction notice", "制发纠正违法通知书", step="raise",
        ),
    ),
    registers=("REG-OPINION",),
    by_hand=True,
)
