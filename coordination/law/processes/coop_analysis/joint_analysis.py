"""Joint analysis (业务研判): a period is read together, signed by both heads and sent to both leaders.

Local practice. The figures come from the registers and open to their lists; units are not ranked.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Process, Rung, State, Step

PROCESS = Process(
    "joint_analysis",
    "COOP-ANALYSIS",
    "业务研判",
    "Joint analysis",
    subject="office",
    initiator="office_resident",
    titled_by=("period",),
    states=(
        State("scheduled", "计划", "scheduled", "start"),
        State("drafting", "起草", "being drafted"),
        State("reviewing", "双方审阅", "both sides reviewing"),
        State("signed", "双方签认", "signed by both"),
        State("sent", "已报送", "sent to both leaders"),
        State("closed", "归档", "filed", "end"),
    ),
    steps=(
        Step(
            "start", "启动", "Start",
            "office_resident", ("scheduled",), "drafting",
            facts=(Field("period", "text"), Field("topics", "list")),
            emits=("analysis_started",),
            starts=("analysis_sign_norm",),
            lays=("draft",),
            certainty="practice",
        ),
        Step(
            "skip", "不开展", "Skip this period",
            "office_resident", ("scheduled",), "closed",
            facts=(Field("reason", "text"),),
        ),
        Step(
            "draft", "起草", "Draft",
            "office_resident", ("drafting",), "reviewing",
            also=("office_police",),
            facts=(
                Field("indicators", "list"),
                Field("problems", "list", required=False),
                Field("suggestions", "list", required=False),
            ),
            guidance="every figure opens to its list; no ranking of units",
            guidance_zh="每一数据均可查到清单，不对单位排名",
            lays=("sign_proc", "sign_police"),
        ),
        Step(
            "comment", "修改意见", "Comment",
            "office_police", ("reviewing",), "drafting",
            also=("office_resident", "chief_procurator", "police_chief"),
            facts=(Field("comment", "text"),),
            lays=("draft",),
        ),
        Step(
            "sign_proc", "检察院签认", "Procuratorate signs",
            "chief_procurator", ("reviewing",), SAME,
            guards=("analysis_open_to_procuratorate",),
            emits=(Emit("analysis_signed", when="police_signed_analysis"),),
        ),
        Step(
            "sign_police", "公安签认", "Police sign",
            "police_chief", ("reviewing",), SAME,
            guards=("analysis_open_to_police",),
            emits=(Emit("analysis_signed", when="procuratorate_signed_analysis"),),
        ),
        # The second signature is the signing: this step only says so.
        Step(
            "sign", "双方签认", "Both sign",
            "chief_procurator", ("reviewing",), "signed",
            also=("police_chief",),
            on_event=("analysis_signed",),
            follows=True,
            stops=("analysis_sign_norm",),
        ),
        Step(
            "send", "报送", "Send",
            "office_resident", ("signed",), "sent",
            emits=("bulletin_sent", Emit("bulletin_receipted", on_receipt=True)),
            starts=("bulletin_receipt_norm",),
            documents=("DOC-ANALYSIS-REPORT",),
            certainty="practice",
        ),
        Step(
            "close", "归档", "File",
            "office_resident", ("sent",), "closed",
            on_event=("bulletin_receipted",),
            stops=("bulletin_receipt_norm",),
        ),
    ),
    escalation=(
        Rung(
            "-2wd", "analysis_sign_norm", ("office_resident", "office_police"),
            "reminder", "提醒", step="draft",
        ),
        Rung(
            "+1wd", "analysis_sign_norm", ("chief_procurator", "police_chief"),
            "draft as it stands", "报送现有草稿", step="sign_proc",
        ),
        Rung(
            "+1wd", "bulletin_receipt_norm", ("police_legal", "office_police"),
            "reminder", "提醒",
        ),
    ),
    registers=("REG-BULLETIN",),
)
