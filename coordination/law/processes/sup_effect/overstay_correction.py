"""Overstay correction (超期羁押纠正): at once a correction notice, three days, then upward (RULES 615-619).

The notice is drafted, decided and served in its own procedure, and answered there; release or change is recorded in
`custody`. This record watches over both: the notice must go out at once, and the person must come out.
"""
# fmt: off

from coordination.law.grammar import SAME, Field, Open, OpenAtEnd, Process, Rung, State, Step, cite

AT_ONCE, REVIEW = "overstay_detention_correction", "overstay_police_review"
FORWARDING, SUPERIOR = "overstay_complaint_forwarding", "superior_handling_norm"
ALL_CLOCKS = (AT_ONCE, REVIEW, SUPERIOR)

FOUND = (
    Step(
        "record", "确认超期", "Confirm the overstay",
        "prosecutor", ("found",), SAME,
        guards=("overstay_not_confirmed", "still_in_custody"),
        facts=(
            Field("basis_ended", "datetime", tense="past"),
            Field("responsible_organ", "ref"),
        ),
        emits=("overstay_confirmed",),
        starts=(AT_ONCE,),
        certainty="verified",
        sources=cite("RULES 618", "CPL 98"),
    ),
    Step(
        "house_complaint", "看守所收到申诉控告", "Complaint at the detention house",
        "custody_officer", ("found",), SAME,
        facts=(Field("complainant", "text"), Field("received_at", "datetime")),
        occurred_by="received_at",
        emits=("overstay_complaint_at_house",),
        starts=(FORWARDING,),
        certainty="verified",
        sources=cite("JIYA2006 33"),
    ),
    Step(
        "house_forward", "转送申诉控告", "Forward the complaint",
        "custody_officer", ("found",), SAME,
        guards=("house_complaint_received",),
        emits=("overstay_complaint_forwarded",),
        stops=(FORWARDING,),
        documents=("DOC-OVERSTAY-REPORT",),
        certainty="verified",
        sources=cite("JIYA2006 33", "RULES 615"),
    ),
    Step(
        "false_alarm", "未超期", "No overstay",
        "prosecutor", ("found",), "closed",
        facts=(Field("basis", "text"),),
        guidance="a lawful basis covers the whole span",
        guidance_zh="羁押全程均有合法依据",
        stops=(*ALL_CLOCKS, FORWARDING),
    ),
)

NOTICE = (
    Step(
        "open_notice", "拟发纠正违法通知书", "Begin the correction notice",
        "prosecutor", ("found", "ended"), SAME,
        guards=("overstay_confirmed", "notice_not_begun"),
        guidance="for an organ of another level or place the competent procuratorate issues it",
        guidance_zh="对其他级别或者地区的办案机关，由有管辖权的检察院制发",
        opens=(Open("correction_notice"),),
        certainty="verified",
        sources=cite("RULES 618"),
    ),
    Step(
        "serve", "已发纠正违法通知书", "The notice is served",
        "prosecutor", ("found",), "notice_served",
        on_event=("correction_notice_issued",),
        follows=True,
        stops=(AT_ONCE,),
        certainty="verified",
        sources=cite("RULES 618"),
    ),
    Step(
        "receipted", "公安签收", "The police have it",
        "police_legal", ("notice_served",), SAME,
        on_event=("overstay_correction_received",),
        follows=True,
        starts=(REVIEW,),
        certainty="secondary",
        sources=cite("JIYA2006 32"),
    ),
    Step(
        "accept_explanation", "采纳说明", "Explanation accepted",
        "prosecutor", ("notice_served", "reported"), "closed",
        # The answer and, where the notice was wrong, its revocation are recorded in the notice's own procedure.
        on_event=("correction_reply_received", "correction_objection_received"),
        facts=(Field("basis", "text"),),
        approval="chief_procurator",
        stops=ALL_CLOCKS,
    ),
)

ENDING = (
    Step(
        "end", "释放或变更", "Released or changed",
        "investigator", ("found", "notice_served", "reported", "provincial"), "ended",
        # Recorded in `custody`: the release, or the lighter measure.
        on_event=("released", "measure_changed"),
        follows=True,
        guards=("out_of_custody",),
        emits=("overstay_ended",),
        stops=ALL_CLOCKS,
        certainty="verified",
        sources=cite("CPL 98", "CPL 99"),
    ),
    Step(
        "report", "报上一级", "Report at once",
        "prosecutor", ("notice_served",), "reported",
        guards=("still_in_custody",),
        approval="chief_procurator",
        guidance="no answer, or the overstay goes on",
        guidance_zh="不予答复或者继续超期羁押",
        emits=("reported_to_superior_procuratorate",),
        starts=(SUPERIOR,),
        documents=("DOC-SUPERIOR-REPORT",),
        certainty="verified",
        sources=cite("RULES 619"),
    ),
    Step(
        "superior_inform", "上级通报上级公安", "Superior informs the superior police",
        "superior_prosecutor", ("reported",), SAME,
        emits=("superior_procuratorate_decided", "superior_police_informed"),
        stops=(SUPERIOR,),
        documents=("DOC-SUPERIOR-INFORM",),
    ),
    Step(
        "province", "省级督办", "Provincial supervision",
        "superior_prosecutor", ("reported",), "provincial",
        guidance="overstay of more than three months; the source is not confirmed, nothing is counted",
        guidance_zh="超期三个月以上；依据尚未核实，不计算期限",
        emits=("superior_procuratorate_decided",),
        stops=(SUPERIOR,),
        certainty="unverified",
        sources=cite("CHAOQI2015 whole text"),
    ),
    Step(
        "recommend", "建议追责", "Recommend discipline",
        "prosecutor", ("ended",), "closed",
        facts=(Field("persons", "list"), Field("reasons", "text")),
        guidance="those directly responsible",
        guidance_zh="对直接负责的主管人员和其他直接责任人员",
        certainty="verified",
        sources=cite("RULES 619"),
    ),
    Step("close", "办结", "Close", "prosecutor", ("ended",), "closed"),
)

PROCESS = Process(
    "overstay_correction",
    "SUP-EFFECT",
    "超期羁押纠正",
    "Overstay correction",
    subject="suspect",
    initiator="prosecutor",
    states=(
        State("found", "发现超期", "overstay found", "start"),
        State("notice_served", "已发纠正", "correction notice served"),
        State("reported", "已报上一级", "reported upward"),
        State("provincial", "省级督办", "provincial supervision"),
        State("ended", "已解除", "ended"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(*FOUND, *NOTICE, *ENDING),
    escalation=(
        Rung(
            "+0h", AT_ONCE, ("chief_procurator", "prosecutor", "office_resident"),
            "DOC-CORRECTION-NOTICE", step="open_notice",
        ),
        Rung(
            "+1d", REVIEW, ("prosecutor", "chief_procurator", "superior_prosecutor"),
            "DOC-SUPERIOR-REPORT", step="report",
        ),
        Rung(
            "+1d", SUPERIOR, ("superior_prosecutor", "superior_police"),
            "DOC-SUPERIOR-INFORM", step="superior_inform",
        ),
    ),
    registers=("REG-CUSTODY", "REG-OPINION"),
    open_at_end=(OpenAtEnd(FORWARDING, "runs_on"),),
    seen_by="after:notice_served",
)
