"""Case-quality review (案件质量评查): joint reviewers look at a case, the unit comments. No score, no ranking."""
# fmt: off

from coordination.law.grammar import Field, Process, Rung, State, Step

PROCESS = Process(
    "case_quality_review",
    "COOP-TRAIN",
    "案件质量评查",
    "Case-quality review",
    subject="case",
    initiator="office_resident",
    states=(
        State("sampled", "已抽取", "sampled", "start"),
        State("reviewing", "评查中", "under review"),
        State("commenting", "反馈意见", "unit commenting"),
        State("settled", "意见确定", "settled"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "draw", "抽取", "Draw",
            "office_resident", ("sampled",), "reviewing",
            facts=(Field("rule", "text"), Field("reviewers", "list")),
            guards=("reviewers_did_not_handle",),
            guidance="reviewers of both sides",
            guidance_zh="评查人由双方人员共同组成",
            emits=("quality_sample_drawn",),
            lays=("sheet",),
            certainty="practice",
        ),
        Step(
            "sheet", "出具评查意见", "Write the sheet",
            "prosecutor", ("reviewing",), "commenting",
            also=("office_resident",),
            guards=("reviewer_did_not_handle",),
            facts=(Field("items", "list"), Field("defects", "list", required=False)),
            emits=("quality_sheet_sent",),
            starts=("quality_comment_norm",),
            documents=("DOC-QUALITY-SHEET",),
        ),
        Step(
            "comment", "单位反馈", "Unit comments",
            "investigator", ("commenting",), "settled",
            also=("police_legal",),
            receipts=True,
            facts=(Field("agrees", "bool"), Field("comment", "text", required=False)),
            guards=("disagreement_is_explained",),
            emits=("quality_comment_received",),
            stops=("quality_comment_norm",),
        ),
        Step(
            "no_comment", "未反馈", "No comment in time",
            "clock", ("commenting",), "settled",
            after_expiry_of=("quality_comment_norm",),
            # The sheet stands as it is: nothing is owed any more.
            stops=("quality_comment_norm",),
        ),
        Step(
            "close", "办结", "Close",
            "office_resident", ("settled",), "closed",
            guidance="common problems go to a joint analysis, breaches become leads; no score, no ranking",
            guidance_zh="共性问题转入业务研判，违法情形登记为监督线索；不打分，不排名",
            emits=("quality_closed",),
        ),
    ),
    escalation=(
        Rung(
            "-1wd", "quality_comment_norm", ("investigator", "police_legal"),
            "reminder", "提醒", step="comment",
        ),
    ),
    registers=("REG-QUALITY",),
)
