"""Bulletin (数据通报): the figures of a period from the registers, approved by both sides, receipted and answered.

The text says regularly (LIAN2010 3); the day of each period is set locally and stated when the bulletin is opened.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Process, Rung, Start, State, Step, cite

PROCESS = Process(
    "bulletin",
    "INFO-BULLETIN",
    "数据通报",
    "Bulletin",
    subject="office",
    initiator="office_resident",
    titled_by=("period",),
    states=(
        State("drafting", "起草", "being drafted", "start"),
        State("approving", "双方审定", "being approved"),
        State("sent", "已送达", "sent"),
        State("receipted", "已签收", "receipted"),
        State("answered", "已反馈", "answered"),
        State("closed", "归档", "filed", "end"),
    ),
    steps=(
        Step(
            "open", "周期到期", "Period ends",
            "office_resident", ("drafting",), SAME,
            guards=("bulletin_not_open",),
            facts=(Field("period", "text"), Field("due_on", "date", tense="future")),
            emits=("bulletin_due",),
            starts=(Start("periodic_case_information_exchange", stated_by="due_on"),),
            lays=("draft",),
            certainty="secondary",
            sources=cite("LIAN2010 3"),
        ),
        Step(
            "draft", "生成并起草", "Draft from the registers",
            "office_resident", ("drafting",), "approving",
            also=("office_police",),
            guards=("bulletin_open",),
            facts=(
                Field("indicators", "list"),
                Field("problems", "list", required=False),
                Field("suggestions", "list", required=False),
            ),
            guidance="figures come from the registers and open to lists; units are not ranked",
            guidance_zh="数据取自台账并可查清单，不对单位排名",
            lays=("agree_police",),
            certainty="practice",
        ),
        Step(
            "revise", "退回修改", "Back to draft",
            "office_police", ("approving",), "drafting",
            also=("police_chief", "chief_procurator"),
            facts=(Field("comment", "text"),),
            lays=("draft",),
        ),
        Step(
            "agree_police", "公安审定数据", "Police approve their figures",
            "police_chief", ("approving",), SAME,
            guards=("bulletin_open_to_police",),
            lays=("send",),
        ),
        Step(
            "send", "审定并送达", "Approve and send",
            "chief_procurator", ("approving",), "sent",
            guards=("police_approved_figures",),
            emits=("bulletin_sent", "bulletin_exchanged", Emit("bulletin_receipted", on_receipt=True)),
            starts=("bulletin_receipt_norm",),
            stops=("periodic_case_information_exchange",),
            documents=("DOC-BULLETIN",),
            certainty="practice",
        ),
        # The stamp of the desk is the receipt; this step only follows it.
        Step(
            "receipt", "签收", "Receipt",
            "police_legal", ("sent",), "receipted",
            on_event=("bulletin_receipted",),
            follows=True,
            stops=("bulletin_receipt_norm",),
        ),
        Step(
            "respond", "反馈", "Answer",
            "police_legal", ("receipted",), "answered",
            facts=(Field("answer", "text"),),
        ),
        Step(
            "close", "归档", "File",
            "office_resident", ("receipted", "answered"), "closed",
        ),
    ),
    escalation=(
        Rung(
            "+1wd", "periodic_case_information_exchange", ("office_resident", "office_police"),
            "draft with figures", "带数据的通报草稿", step="draft",
        ),
        Rung(
            "+1wd", "bulletin_receipt_norm", ("police_legal", "office_police"),
            "reminder", "提醒",
        ),
    ),
    registers=("REG-BULLETIN",),
)
