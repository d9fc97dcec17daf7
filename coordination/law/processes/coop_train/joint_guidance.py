"""Joint guidance (联合办案指引): drafted, commented on by both sides, signed by both heads, revised, put out of force.

Local practice. Only the signed text is numbered; neither side can issue it or put it out of force alone.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Process, Rung, Start, State, Step

CONSULTATION = (
    Field("topic", "text"),
    Field("content", "text"),
    Field("comment_due_on", "date", tense="future"),
    Field("units", "list"),
)

PROCESS = Process(
    "joint_guidance",
    "COOP-TRAIN",
    "联合办案指引",
    "Joint guidance",
    subject="office",
    initiator="office_resident",
    titled_by=("topic",),
    states=(
        State("drafting", "起草", "being drafted", "start"),
        State("consulting", "征求意见", "in consultation"),
        State("signing", "会签", "signing"),
        State("issued", "已印发", "in force"),
        State("revised", "修订中", "being revised"),
        State("dropped", "不再制定", "dropped", "end"),
        State("expired", "废止", "out of force", "end"),
    ),
    steps=(
        Step(
            "consult", "征求意见", "Consult",
            "office_resident", ("drafting",), "consulting",
            also=("office_police",),
            facts=CONSULTATION,
            emits=("guidance_consulted",),
            starts=(Start("guidance_comment_period", stated_by="comment_due_on"),),
        ),
        Step(
            "comment", "提出意见", "Comment",
            "police_legal", ("consulting",), SAME,
            also=(
                "office_police", "office_resident", "prosecutor", "investigator", "police_chief",
                "chief_procurator",
            ),
            facts=(Field("comment", "text"),),
        ),
        Step(
            "close_comments", "意见汇总", "Close comments",
            "office_resident", ("consulting",), "signing",
            also=("office_police",),
            facts=(Field("comments", "list", required=False), Field("answers", "list", required=False)),
            emits=("guidance_comments_closed",),
            stops=("guidance_comment_period",),
            lays=("sign_proc", "sign_police"),
        ),
        Step(
            "drop", "不再制定", "Drop",
            "office_resident", ("drafting", "consulting", "signing"), "dropped",
            also=("office_police",),
            facts=(Field("reason", "text"),),
            emits=(Emit("guidance_comments_closed", when="guidance_in_consultation"),),
            stops=("guidance_comment_period",),
        ),
        Step(
            "sign_proc", "检察长会签", "Chief procurator signs",
            "chief_procurator", ("signing",), SAME,
            guards=("guidance_open_to_procuratorate",),
            certainty="practice",
        ),
        Step(
            "sign_police", "公安负责人会签", "Police chief signs",
            "police_chief", ("signing",), SAME,
            guards=("guidance_open_to_police",),
            certainty="practice",
        ),
        Step(
            "sign", "印发", "Issue",
            "office_resident", ("signing",), "issued",
            also=("office_police",),
            guards=("both_signed_guidance",),
            facts=(Field("valid_from_on", "date"),),
            guidance="the number is allotted here",
            guidance_zh="文号在此编发",
            emits=("guidance_issued",),
            documents=("DOC-GUIDANCE",),
            certainty="practice",
        ),
        Step(
            "revise", "修订", "Revise",
            "office_resident", ("issued",), "revised",
            also=("office_police",),
            facts=(Field("reason", "text"),),
        ),
        Step(
            "consult_again", "再次征求意见", "Consult again",
            "office_resident", ("revised", "signing"), "consulting",
            also=("office_police",),
            facts=CONSULTATION,
            emits=("guidance_consulted",),
            starts=(Start("guidance_comment_period", stated_by="comment_due_on"),),
        ),
        Step(
            "agree_expiry_proc", "检察长同意废止", "Chief procurator agrees to end it",
            "chief_procurator", ("issued", "revised"), SAME,
            guards=("expiry_open_to_procuratorate",),
        ),
        Step(
            "agree_expiry_police", "公安负责人同意废止", "Police chief agrees to end it",
            "police_chief", ("issued", "revised"), SAME,
            guards=("expiry_open_to_police",),
        ),
        Step(
            "expire", "废止", "Put out of force",
            "office_resident", ("issued", "revised"), "expired",
            also=("office_police",),
            guards=("both_agree_to_expiry",),
            facts=(Field("reason", "text"),),
        ),
    ),
    escalation=(
        Rung(
            "-2wd", "guidance_comment_period", ("office_police", "police_legal"),
            "reminder", "提醒", step="comment",
        ),
        Rung(
            "+1d", "guidance_comment_period", ("office_resident",),
            "go on without comment", "未收到意见，继续办理", step="close_comments",
        ),
    ),
    registers=("REG-GUIDANCE",),
)
