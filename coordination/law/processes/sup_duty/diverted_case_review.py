"""Review of diverted cases (下行案件审查): a sample of cases that left the criminal channel, opinions, leads."""
# fmt: off

from coordination.law.grammar import SAME, Emit, Field, Process, Rung, State, Step
from coordination.law.processes.sup_duty.to_lead import LEAD, REGISTERED

PROCESS = Process(
    "diverted_case_review",
    "SUP-DUTY",
    "下行案件审查",
    "Review of diverted cases",
    subject="office",
    initiator="office_resident",
    states=(
        State("drawn", "已抽取", "sample drawn", "start"),
        State("files_asked", "调阅案卷", "files asked for"),
        State("reviewing", "审查中", "under review"),
        State("findings", "有意见", "opinions drafted"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "draw", "抽取", "Draw the sample",
            "office_resident", ("drawn",), "files_asked",
            facts=(Field("period", "text"), Field("filter", "text"), Field("cases", "list")),
            guidance="cases that left the criminal channel: withdrawn, turned administrative, "
            "stalled after a change of measure, bail ending without transfer",
            guidance_zh="退出刑事程序的案件：撤案、转行政处理、变更强制措施后搁置、取保届满未移送",
            emits=(Emit("diverted_sample_drawn", on_receipt=True),),
            starts=("diverted_files_handover",),
            documents=("DOC-FILE-REQUEST",),
        ),
        Step(
            "hand_files", "移交案卷", "Hand over files",
            "police_legal", ("files_asked",), "reviewing",
            on_event=("diverted_sample_drawn",),
            emits=("diverted_files_received",),
            stops=("diverted_files_handover",),
        ),
        Step(
            "no_files", "未移交", "Files missing",
            "office_resident", ("files_asked",), "reviewing",
            after_expiry_of=("diverted_files_handover",),
            facts=(Field("missing", "list"),),
            guidance="the review goes on from platform data; the gap is recorded",
            guidance_zh="依平台数据继续审查，缺失情况留存",
            stops=("diverted_files_handover",),
        ),
        Step(
            "opine", "提出意见", "Opinions",
            "prosecutor", ("reviewing",), "findings",
            facts=(Field("result_by_case", "list"),),
            emits=("diverted_review_done",),
            documents=("DOC-DIVERTED-OPINION",),
        ),
        Step(
            "nothing", "无问题", "Nothing found",
            "prosecutor", ("reviewing",), "closed",
            emits=("diverted_review_done",),
        ),
        Step(
            "to_lead", "转线索", "Becomes a lead",
            "prosecutor", ("findings",), SAME,
            # One lead a case: the step is taken for each of them, the feedback closes the sample.
            facts=(Field("case_no", "text"), *LEAD),
            guidance="filing supervision is begun in the case itself",
            guidance_zh="需要立案监督的，在该案件中启动",
            opens=(REGISTERED,),
        ),
        Step(
            "feedback", "反馈", "Feedback",
            "office_resident", ("findings",), "closed",
        ),
    ),
    escalation=(
        Rung(
            "+1d", "diverted_files_handover", ("police_legal", "office_resident"),
            "urge", "催移交案卷", step="hand_files",
        ),
        Rung(
            "+5wd", "diverted_files_handover", ("police_chief", "chief_procurator", "office_resident"),
            "agenda item for joint_meeting", "联席会议议题", step="no_files",
        ),
    ),
    registers=("REG-DIVERTED",),
)
