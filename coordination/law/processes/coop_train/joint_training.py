"""Joint training (同堂培训): a class for both sides, its roster and its material. Local practice."""
# fmt: off

from coordination.law.grammar import Field, Process, Rung, State, Step

PROCESS = Process(
    "joint_training",
    "COOP-TRAIN",
    "同堂培训",
    "Joint training",
    subject="office",
    initiator="office_resident",
    titled_by=("topic",),
    states=(
        State("planned", "计划", "planned", "start"),
        State("announced", "已通知", "announced"),
        State("held", "已举行", "held"),
        State("filed", "已归档", "filed", "end"),
        State("cancelled", "取消", "cancelled", "end"),
    ),
    steps=(
        Step(
            "plan", "计划", "Plan",
            "office_resident", ("planned",), "announced",
            also=("office_police",),
            facts=(
                Field("topic", "text"),
                Field("meets_at", "datetime", tense="any"),
                Field("trainers", "list"),
                Field(
                    "need_from", "enum",
                    options=("findings", "returns", "quality_review", "new_law", "request"),
                ),
            ),
            emits=("training_planned",),
            documents=("DOC-TRAINING-PLAN",),
            certainty="practice",
        ),
        Step(
            "hold", "举行", "Hold",
            "office_police", ("announced",), "held",
            also=("office_resident",),
            facts=(Field("held_at", "datetime"), Field("attendees", "list"), Field("hours", "decimal")),
            occurred_by="held_at",
            emits=("training_held",),
            starts=("training_filing_norm",),
            lays=("file",),
            certainty="practice",
        ),
        Step(
            "cancel", "取消", "Cancel",
            "office_resident", ("planned", "announced"), "cancelled",
            also=("office_police",),
            facts=(Field("reason", "text"),),
        ),
        Step(
            "file", "归档", "File",
            "office_police", ("held",), "filed",
            also=("office_resident",),
            facts=(Field("materials", "list"), Field("follow_up", "text", required=False)),
            emits=("training_filed",),
            stops=("training_filing_norm",),
            documents=("DOC-TRAINING-FILE",),
        ),
    ),
    escalation=(
        Rung(
            "+1wd", "training_filing_norm", ("office_police", "office_resident"),
            "reminder", "提醒", step="file",
        ),
    ),
    registers=("REG-TRAIN",),
)
