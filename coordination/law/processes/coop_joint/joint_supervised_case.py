"""Joint supervised case (联合督办): both sides list a case, follow it by reports, extend and release it together.

No text lays down a procedure; the flow is ours (task-areas.md, COOP-JOINT). One side alone can neither list nor
extend nor release: each needs the mark of both heads since it was asked for. An overdue report opens the matter to
both superiors.
"""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Open, Process, Rung, Start, State, Step

RUNNING = ("listed", "reporting", "overdue")
SUPERIORS = ("superior_procuratorate", "superior_police")

LISTING = (
    Step(
        "propose", "提出督办", "Propose",
        "office_resident", ("proposed",), "approving",
        also=("office_police",),
        facts=(
            Field("case", "ref"),
            Field("listing_grounds", "list", among="joint_listing_scope"),
            Field("reason", "text"),
            Field("level", "enum", options=("county", "prefecture", "province")),
            Field(
                "proposed_by", "enum",
                options=("police", "procuratorate", "superior_police", "superior_procuratorate"),
            ),
        ),
        emits=("joint_listing_proposed",),
        starts=("joint_approval_norm",),
        documents=("DOC-JOINT-PROPOSAL",),
        lays=("approve_proc", "approve_police"),
        note="either side or an upper level may propose",
    ),
    Step(
        "approve_proc", "检察院同意", "Procuratorate agrees",
        "chief_procurator", ("approving",), SAME,
        guards=("listing_open_to_procuratorate",),
    ),
    Step(
        "approve_police", "公安同意", "Police agree",
        "police_chief", ("approving",), SAME,
        guards=("listing_open_to_police",),
    ),
    Step(
        "list", "挂牌", "List",
        "office_resident", ("approving",), "listed",
        also=("office_police",),
        guards=("both_agree_to_list", "report_dates_ahead"),
        facts=(
            Field("lead_units", "list"),
            Field("contacts", "list"),
            Field("deadline_on", "date", tense="future"),
            Field("report_dates", "dates"),
        ),
        emits=(
            "joint_listing_decided",
            "joint_case_listed",
            Emit("joint_report_due", dated_by="report_dates"),
        ),
        starts=(Start("joint_case_deadline", stated_by="deadline_on"), "joint_report_cycle"),
        stops=("joint_approval_norm",),
        documents=("DOC-JOINT-LETTER",),
    ),
    Step(
        "reject", "不列", "Not listed",
        "office_resident", ("approving",), "not_listed",
        also=("office_police",),
        facts=(
            Field("side", "enum", options=("police", "procuratorate", "both")),
            Field("reason", "text"),
        ),
        emits=("joint_listing_decided",),
        stops=("joint_approval_norm",),
    ),
)

REPORTS = (
    Step(
        "report", "提交进展", "Progress report",
        "investigator", RUNNING, "reporting",
        also=("police_legal",),
        facts=(Field("progress", "text"), Field("next", "text"), Field("problems", "text", required=False)),
        # The next date of the letter; once they are used up, no further report is due.
        emits=("joint_report_received", Emit("joint_report_due", dated_by="report_dates")),
        starts=("joint_report_cycle",),
        stops=("joint_report_cycle",),
        documents=("DOC-JOINT-REPORT",),
    ),
    Step(
        "miss", "报告逾期", "Report overdue",
        "clock", ("listed", "reporting"), "overdue",
        after_expiry_of=("joint_report_cycle",),
        opens_to=SUPERIORS,
    ),
    Step(
        "coordinate", "会商", "Coordination meeting",
        "office_resident", RUNNING, SAME,
        also=("office_police",),
        facts=(
            Field("held_at", "datetime"),
            Field("present", "list"),
            Field("decisions", "list", required=False),
        ),
        occurred_by="held_at",
        emits=("meeting_held",),
        starts=("meeting_minutes_norm",),
        opens=(Open("meeting_action", each="decisions", lays="assign", fact="result_expected"),),
    ),
    Step(
        "minutes", "印发纪要", "Minutes of the coordination",
        "office_police", (*RUNNING, "release_asked"), SAME,
        also=("office_resident",),
        guards=("coordination_without_minutes",),
        emits=("minutes_issued",),
        stops=("meeting_minutes_norm",),
        documents=("DOC-MEETING-MINUTES",),
    ),
)

EXTENSION = (
    Step(
        "ask_extension", "提出延期", "Ask for more time",
        "office_resident", RUNNING, SAME,
        also=("office_police",),
        guards=("joint_deadline_not_passed", "new_deadline_is_later"),
        facts=(Field("new_deadline_on", "date", tense="future"), Field("reason", "text")),
        lays=("agree_extension_proc", "agree_extension_police"),
    ),
    Step(
        "agree_extension_proc", "检察院同意延期", "Procuratorate agrees to more time",
        "chief_procurator", RUNNING, SAME,
        guards=("extension_open_to_procuratorate",),
    ),
    Step(
        "agree_extension_police", "公安同意延期", "Police agree to more time",
        "police_chief", RUNNING, SAME,
        guards=("extension_open_to_police",),
    ),
    Step(
        "extend", "双方延期", "Both extend",
        "office_resident", RUNNING, SAME,
        also=("office_police",),
        guards=("both_agree_to_extend", "joint_deadline_not_passed", "new_report_dates_ahead"),
        facts=(Field("report_dates", "dates"),),
        emits=(
            "joint_case_extended",
            Emit("joint_report_due", dated_by="report_dates", when="no_report_awaited"),
        ),
        starts=(
            Start("joint_case_deadline", stated_by="new_deadline_on"),
            Start("joint_report_cycle", when="no_report_awaited"),
        ),
        stops=("joint_case_deadline",),
    ),
    Step(
        "deadline_passes", "督办期限届满", "Deadline passes",
        "clock", (*RUNNING, "release_asked"), SAME,
        after_expiry_of=("joint_case_deadline",),
        guards=("deadline_passes_first_time",),
        opens_to=SUPERIORS,
    ),
)

RELEASE = (
    Step(
        "ask_release", "申请解除", "Ask for release",
        "police_legal", RUNNING, "release_asked",
        also=("investigator",),
        facts=(Field("result", "text"),),
        emits=("joint_report_received",),
        stops=("joint_report_cycle",),
        documents=("DOC-JOINT-REPORT",),
        lays=("agree_release_proc", "agree_release_police"),
    ),
    Step(
        "agree_release_proc", "检察院同意解除", "Procuratorate agrees to release",
        "chief_procurator", ("release_asked",), SAME,
        guards=("release_open_to_procuratorate",),
    ),
    Step(
        "agree_release_police", "公安同意解除", "Police agree to release",
        "police_chief", ("release_asked",), SAME,
        guards=("release_open_to_police",),
    ),
    Step(
        "release", "双方解除", "Both release",
        "office_resident", ("release_asked",), "released",
        also=("office_police",),
        guards=("both_agree_to_release",),
        # Minutes that are owed are issued first: a closed record can only be read.
        blocked_while_running=("meeting_minutes_norm",),
        emits=("joint_case_released",),
        stops=("joint_case_deadline",),
        documents=("DOC-JOINT-RELEASE",),
    ),
    Step(
        "refuse_release", "不同意解除", "Release refused",
        "office_resident", ("release_asked",), "reporting",
        also=("office_police",),
        facts=(
            Field("side", "enum", options=("police", "procuratorate", "both")),
            Field("reason", "text"),
        ),
        emits=(Emit("joint_report_due", dated_by="report_dates"),),
        starts=("joint_report_cycle",),
    ),
)

PROCESS = Process(
    "joint_supervised_case",
    "COOP-JOINT",
    "联合督办",
    "Joint supervised case",
    subject="case",
    initiator="office_resident",
    states=(
        State("proposed", "提出", "proposed", "start"),
        State("approving", "双方审批", "both sides deciding"),
        State("listed", "挂牌督办", "listed"),
        State("reporting", "进展报告", "reporting"),
        State("overdue", "报告逾期", "report overdue"),
        State("release_asked", "申请解除", "release asked"),
        State("released", "解除督办", "released", "end"),
        State("not_listed", "未列", "not listed", "end"),
    ),
    steps=(*LISTING, *REPORTS, *EXTENSION, *RELEASE),
    escalation=(
        Rung(
            "-2wd", "joint_report_cycle", ("police_legal", "office_police"),
            "report draft", "起草进展报告", step="report",
        ),
        # The clock's own step `miss` comes first and opens the matter to both superiors.
        Rung(
            "+1d", "joint_report_cycle",
            ("office_resident", "office_police", "superior_prosecutor", "superior_police"),
            "overdue report to both superiors", "报告逾期，通报双方上级", step="coordinate",
        ),
        Rung(
            "-14d", "joint_case_deadline", ("police_chief", "chief_procurator", "office_resident"),
            "choice: release or extend", "解除或者延期", step="ask_extension",
        ),
        Rung(
            "+1d", "joint_case_deadline",
            ("office_resident", "office_police", "superior_prosecutor", "superior_police"),
            "deadline passed, both superiors are told", "督办期限届满，通报双方上级",
        ),
        Rung(
            "+1wd", "meeting_minutes_norm", ("office_resident", "office_police"),
            "minutes draft from the decision list", "按议定事项起草纪要", step="minutes",
        ),
    ),
    registers=("REG-JOINT",),
)
