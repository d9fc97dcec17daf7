"""Absence handover (离岗交接): who stands in for whom, from when; limits keep running and both are told.

Open to every role; the matter stays within the organ. The person named accepts, or the head names a deputy. The
stand-in acts from the first day until the matters are handed back: no day is left without an owner.
"""
# fmt: off

from coordination.law.grammar import Field, Process, Rung, State, Step

EVERYBODY_ELSE = (
    "police_legal", "police_chief", "prosecutor", "chief_procurator", "office_resident", "office_police",
    "case_manager", "custody_officer", "superior_prosecutor", "superior_police",
)

PROCESS = Process(
    "absence_handover",
    "OFFICE",
    "离岗交接",
    "Absence handover",
    subject="none",
    initiator="investigator",
    seen_by="initiator",
    titled_by=("matters",),
    states=(
        State("opened", "发起", "opened", "start"),
        State("offered", "待接收", "offered"),
        State("active", "代理中", "stand-in active"),
        State("ended", "已交回", "handed back", "end"),
        State("cancelled", "取消", "cancelled", "end"),
    ),
    steps=(
        Step(
            "open", "发起", "Open",
            "investigator", ("opened",), "offered",
            also=EVERYBODY_ELSE,
            guards=("someone_else_stands_in",),
            facts=(
                Field("from_on", "date"),
                Field("until_on", "date", tense="future"),
                Field("stand_in", "ref"),
                Field("matters", "list"),
            ),
            emits=("handover_opened",),
            starts=("handover_accept_norm",),
            documents=("DOC-HANDOVER",),
        ),
        Step(
            "accept", "接收", "Accept",
            "investigator", ("offered",), "active",
            also=EVERYBODY_ELSE,
            named_by=("stand_in",),
            guidance="limits keep running; alarms go to both persons",
            guidance_zh="期限继续计算，提醒同时发给双方",
            emits=("handover_accepted",),
            stops=("handover_accept_norm",),
        ),
        Step(
            "force", "领导指定", "Head names a deputy",
            "police_chief", ("offered",), "active",
            also=("chief_procurator",),
            after_expiry_of=("handover_accept_norm",),
            guards=("deputy_is_not_the_absent",),
            facts=(Field("stand_in", "ref"),),
            emits=("handover_accepted",),
            stops=("handover_accept_norm",),
        ),
        Step(
            "cancel", "取消", "Cancel",
            "investigator", ("opened", "offered"), "cancelled",
            also=EVERYBODY_ELSE,
            named_by=("open",),
            emits=("handover_cancelled",),
            stops=("handover_accept_norm",),
        ),
        Step(
            "end", "交回", "Hand back",
            "investigator", ("active",), "ended",
            also=EVERYBODY_ELSE,
            named_by=("open", "stand_in"),
            facts=(Field("report", "text"),),
            emits=("handover_ended",),
        ),
    ),
    escalation=(
        Rung(
            "+1wd", "handover_accept_norm", ("police_legal", "police_chief", "chief_procurator"),
            "naming of a deputy", "指定代理人", step="force",
        ),
    ),
    registers=("REG-HANDOVER",),
)
