"""Extension of investigation custody (延长侦查羁押期限): asked seven days before the end (RULES 305-313).

Opened with the arrest, and again with every extension; fourteen days before the computed end the watch begins. It
shares the clocks of `custody`, where the period itself is extended once the extension is granted. One month is
granted by the superior procuratorate, the two further extensions by that of the province (CPL 156, 158, 159).
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, OpenAtEnd, Process, Rung, State, Step, cite

OUT_OF_CUSTODY = ("released", "bail_executed", "residential_surveillance_executed", "prosecution_file_received")
WATCH = ("custody_extension_request_lead", "custody_expiry_notice_detention_house")

REQUEST = (
    Field("stage", "enum", options=("ext1", "ext2", "ext3")),
    Field("main_facts", "text"),
    Field("concrete_reasons", "text"),
    Field("progress", "text"),
    Field("necessity", "text"),
)

ASKING = (
    Step(
        "open_watch", "进入监测", "Enter the watch",
        "clock", ("watching",), "drafting",
        # Taken on the rung of fourteen days before the end.
        guards=("custody_not_expired",),
        emits=(Emit("custody_expiry", end_of=("investigation_custody",)),),
        starts=("custody_extension_request_lead", "custody_expiry_notice_detention_house"),
    ),
    Step(
        "house_warns", "看守所提示", "Detention house warns",
        "custody_officer", ("drafting",), SAME,
        # The notice itself is given and issued in custody.
        on_event=("expiry_notice_given",),
        follows=True,
        stops=("custody_expiry_notice_detention_house",),
        certainty="verified",
        sources=cite("RULES 615"),
    ),
    Step(
        "not_needed", "不需延长", "Not needed",
        "investigator", ("watching", "drafting", "sent", "with_superior", "granted"), "closed",
        on_event=OUT_OF_CUSTODY,
        follows=True,
        stops=(*WATCH, "custody_extension_decision"),
    ),
    Step(
        "recounted", "期限重新计算", "The period begins anew",
        "investigator", ("drafting", "sent", "with_superior"), "watching",
        on_event=("another_serious_crime_found", "identity_established"),
        follows=True,
        stops=(*WATCH, "custody_extension_decision"),
        certainty="verified",
        sources=cite("CPL 160"),
    ),
    Step(
        "granted_elsewhere", "已另行批准延长", "Granted on paper, or elsewhere",
        "clock", ("watching", "drafting"), "closed",
        # An entry with its document (decision 0019); `custody.extend_custody` follows it, too, and opens the next.
        on_event=("extension_granted",),
        follows=True,
        stops=WATCH,
        sources=cite("CPL 156"),
    ),
    Step(
        "send", "送同级检察院", "Send the request",
        "police_legal", ("drafting",), "sent",
        facts=REQUEST,
        guards=("custody_not_expired", "custody_stage_in_order", "seven_days_left"),
        approval="police_chief",
        emits=(Emit("extension_request_received", on_receipt=True),),
        starts=("custody_extension_decision",),
        stops=("custody_extension_request_lead",),
        documents=("DOC-EXTENSION-REQUEST",),
        certainty="verified",
        sources=cite("MPS 148", "MPS 149", "MPS 150", "RULES 309"),
    ),
    Step(
        "late_sent", "迟延报送", "Sent late but before expiry",
        "police_legal", ("drafting",), "sent",
        facts=REQUEST,
        guards=("custody_not_expired", "custody_stage_in_order"),
        after_expiry_of=("custody_extension_request_lead",),
        guidance="accepted; finding CUS-2 is suggested",
        guidance_zh="予以受理；提示违法情形 CUS-2",
        approval="police_chief",
        emits=(Emit("extension_request_received", on_receipt=True),),
        starts=("custody_extension_decision",),
        stops=("custody_extension_request_lead",),
        documents=("DOC-EXTENSION-REQUEST",),
        certainty="verified",
        sources=cite("RULES 309"),
    ),
    Step(
        "reject_late", "期满后提请不予受理", "Sent after expiry: not accepted",
        "case_manager", ("drafting",), "too_late",
        after_expiry_of=("investigation_custody",),
        facts=(Field("received_at", "datetime"),),
        occurred_by="received_at",
        emits=("extension_request_received",),
        stops=WATCH,
        certainty="verified",
        sources=cite("RULES 309"),
    ),
    Step(
        "release_late", "释放或变更", "Release or change",
        "investigator", ("too_late", "refused"), "closed",
        # Release, or the lighter measure, is recorded in custody with its papers; here it is followed.
        on_event=OUT_OF_CUSTODY,
        follows=True,
        stops=WATCH,
        certainty="verified",
        sources=cite("CPL 98"),
    ),
)

DECIDING = (
    Step(
        "forward", "提出意见层报", "Give an opinion and forward",
        "prosecutor", ("sent",), "with_superior",
        on_event=("extension_request_received",),
        facts=(Field("opinion", "enum", options=("agree", "disagree")), Field("reasons", "text")),
        guidance="to the next level for one month, to the province for the extensions of two months",
        guidance_zh="延长一个月的报上一级，延长二个月的层报省级人民检察院",
        approval="chief_procurator",
        documents=("DOC-EXTENSION-OPINION",),
        certainty="verified",
        sources=cite("RULES 310"),
    ),
    Step(
        "grant", "批准延长", "Grant",
        "superior_prosecutor", ("with_superior",), "granted",
        facts=(
            Field("decided_by", "enum", options=("prefecture", "province")),
            Field("from_on", "date"),
            Field("to_on", "date"),
        ),
        guards=("custody_not_expired", "level_of_stage"),
        guidance="a decision of the province is recorded by the level that passed the request on",
        guidance_zh="省级人民检察院的决定由层报的人民检察院录入",
        # The period of custody is extended by the decision itself; `custody.extend_custody` follows it.
        emits=("extension_decided", "extension_granted"),
        stops=("custody_extension_decision",),
        documents=("DOC-EXTENSION-DECISION",),
        certainty="verified",
        sources=cite("RULES 311", "CPL 156", "CPL 158", "CPL 159"),
    ),
    Step(
        "refuse", "不批准延长", "Refuse",
        "superior_prosecutor", ("with_superior",), "refused",
        facts=(Field("reasons", "text"),),
        guidance="also where two months brought no real progress",
        guidance_zh="逮捕后二个月内未有效开展侦查或者没有实质进展的，可以不批准",
        emits=("extension_decided",),
        stops=("custody_extension_decision", "custody_expiry_notice_detention_house"),
        documents=("DOC-EXTENSION-DECISION",),
        sends=("DOC-EXTENSION-DECISION",),
        certainty="verified",
        sources=cite("RULES 312"),
    ),
    Step(
        "serve", "送达并变更期限", "Serve the decision",
        "case_manager", ("granted",), "closed",
        guidance="before the old end; the police tell the detention house, the supervising department is told",
        guidance_zh="原期限届满前送达；由公安机关书面通知看守所，并通知本院监督部门",
        emits=("custody_event_recorded", "custody_event_notified_internally"),
        stops=("custody_expiry_notice_detention_house",),
        sends=("DOC-EXTENSION-DECISION",),
        certainty="verified",
        sources=cite("RULES 313", "RULES 614"),
    ),
)

PROCESS = Process(
    "custody_extension",
    "COOP-FLOW",
    "延长侦查羁押期限",
    "Extension of investigation custody",
    subject="suspect",
    initiator="investigator",
    states=(
        State("watching", "期限监测", "watching the expiry", "start"),
        State("drafting", "拟稿", "being drafted"),
        State("sent", "已送同级检察院", "with the same-level procuratorate"),
        State("with_superior", "已报有权决定机关", "with the deciding procuratorate"),
        State("granted", "批准延长", "granted"),
        State("refused", "不批准延长", "refused"),
        State("too_late", "逾期不予受理", "late, not accepted"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*ASKING, *DECIDING),
    escalation=(
        Rung(
            "-14d", "investigation_custody", ("investigator", "police_legal"),
            "draft of DOC-EXTENSION-REQUEST", "起草提请批准延长侦查羁押期限意见书", step="open_watch",
        ),
        Rung(
            "-7d", "custody_extension_request_lead", ("investigator", "police_legal"),
            "draft of DOC-EXTENSION-REQUEST", "起草提请批准延长侦查羁押期限意见书", step="send",
        ),
        Rung(
            "-2d", "custody_extension_request_lead", ("police_legal", "police_chief"),
            "approval task", "审批提醒", step="send",
        ),
        Rung(
            "+1d", "custody_extension_request_lead", ("office_resident", "police_chief"),
            "finding CUS-2 as possible", "提示可能存在 CUS-2", step="late_sent",
        ),
        Rung(
            "-3d", "custody_extension_decision", ("superior_prosecutor", "prosecutor"),
            "decision reminder", "提醒作出决定",
        ),
        Rung(
            "+0d", "custody_expiry_notice_detention_house", ("custody_officer", "office_resident"),
            "DOC-EXPIRY-NOTICE",
        ),
    ),
    registers=("REG-CUSTODY",),
    open_at_end=(OpenAtEnd("custody_extension_decision", "disabled"),),
    thread="inherit",
)
