"""Duty shift of the Office (侦协办值班): planned, staffed, logged, handed over and signed off. Local practice."""
# fmt: off

from coordination.law.grammar import SAME, Field, Process, State, Step

PROCESS = Process(
    "duty_shift",
    "OFFICE",
    "侦协办值班",
    "Duty shift of the Office",
    subject="office",
    initiator="office_resident",
    titled_by=("shift",),
    states=(
        State("planned", "排班", "planned", "start"),
        State("on_duty", "在岗", "on duty"),
        State("handed", "交班", "handed over"),
        State("closed", "签结", "signed off", "end"),
        State("missed", "缺岗", "not staffed", "end"),
    ),
    steps=(
        Step(
            "plan", "排班", "Plan",
            "office_resident", ("planned",), SAME,
            also=("office_police",),
            facts=(Field("shift", "text"), Field("person", "ref"), Field("planned_on", "date")),
        ),
        Step(
            "start", "上岗", "Start",
            "office_resident", ("planned",), "on_duty",
            also=("office_police",),
            facts=(Field("shift", "text"), Field("person", "ref")),
            emits=("duty_shift_started",),
            certainty="practice",
        ),
        # No limit tells that nobody came; whoever finds the post empty says so.
        Step(
            "miss", "缺岗", "Not staffed",
            "office_resident", ("planned",), "missed",
            also=("office_police",),
            facts=(Field("reason", "text"),),
        ),
        Step(
            "note", "记录事项", "Log an entry",
            "office_resident", ("on_duty",), SAME,
            also=("office_police",),
            facts=(
                Field("kind", "enum", options=("advice", "anomaly", "visit", "document", "other_entry")),
                Field("text", "text"),
                Field("link", "ref", required=False),
            ),
            certainty="practice",
        ),
        Step(
            "hand_over", "交班", "Hand over",
            "office_resident", ("on_duty",), "handed",
            also=("office_police",),
            facts=(Field("open_matters", "list", required=False), Field("next_person", "ref")),
            lays=("close",),
        ),
        Step(
            "close", "签结", "Sign off",
            "office_resident", ("handed", "on_duty"), "closed",
            also=("office_police",),
            emits=("duty_shift_closed",),
            documents=("DOC-DUTY-LOG",),
        ),
    ),
    registers=("REG-DUTY",),
)
