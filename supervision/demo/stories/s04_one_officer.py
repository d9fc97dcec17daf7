"""S4: two interrogations, one officer, the same hour; asked, urged, reported upward, not answered."""

from __future__ import annotations

from datetime import date

from supervision.demo.props import QINGZHI_CID, ROOM, TOLD
from supervision.demo.telling import Scene, Story


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9901021500002026090008", [])
    story.report(
        "2026-09-18 09:00", "he.zhiyuan", "柳堤新村入室抢劫案", QINGZHI_CID, kind="general", reporter="受害住户",
        charge="抢劫罪",
    )  # fmt: skip
    story.step("2026-09-18 09:10", "he.zhiyuan", "filing_review", "hand_receipt")
    story.agreed("2026-09-18 17:00", "fang.shuning", "han.kefei", "filing_review", "decide_file")
    story.assigned("2026-09-19 09:00", "xu.qingzhi", "gu.nanqiao", "prosecutor")
    story.named("2026-09-20 09:00", "he.zhiyuan", "郝大川", "郝二川")
    for sequence, (who, start, end, officers) in enumerate(
        (
            ("郝大川", "2026-09-22 14:00", "2026-09-22 15:30", ("he.zhiyuan",)),
            ("郝二川", "2026-09-22 14:40", "2026-09-22 15:20", ("he.zhiyuan", "shen.yanqiu")),
        ),
        start=1,
    ):
        story.logged(
            f"2026-09-22 16:{sequence}0", "he.zhiyuan", "interrogation", start, end, who=who, officers=officers,
                place=ROOM,
            sequence_no=1, rights_told=TOLD, alone=True, recording="audio_video", recording_complete=True,
        recording_ref="同录〔2026〕光盘1",
            record_signed="every_page", read_over=True,
        )  # fmt: skip
    story.lead("2026-10-09 09:30", "gu.nanqiao", ("INT-1", "INT-8"), "2026-09-22 讯问笔录两份")
    story.step(
        "2026-10-09 15:00", "gu.nanqiao", "supervision_lead", "triage", outcome="verify", risk="high",
        note="同一侦查人员同一时段出现在两份笔录",
    )  # fmt: skip
    story.step("2026-10-09 15:10", "gu.nanqiao", "supervision_lead", "verify")
    story.step(
        "2026-10-12 10:00", "gu.nanqiao", "supervision_lead", "record_method", method="recordings_obtained",
        record="调取讯问同步录音录像两份",
    )  # fmt: skip
    story.step(
        "2026-10-14 11:00", "gu.nanqiao", "supervision_lead", "conclude", conclusion="serious",
        findings_confirmed=("INT-1", "INT-8"), level="written",
    )  # fmt: skip
    story.step("2026-10-14 11:30", "gu.nanqiao", "supervision_lead", "issue")
    story.step(
        "2026-10-15 09:00", "gu.nanqiao", "correction_notice", "draft", findings=("INT-1", "INT-8"),
        facts="2026年9月22日14时至15时30分、14时40分至15时20分两份讯问笔录均记载侦查人员贺知远在场，其中一份仅有一名侦查人员。",
        law=("CPL 118", "MPS 202"), demand="对相关讯问笔录依法处理，落实讯问人数和笔录真实性要求，书面回复纠正情况。",
        reply_due_on=date(2026, 11, 6),
    )  # fmt: skip
    story.step("2026-10-16 16:00", "lu.chengjun", "correction_notice", "approve")
    story.step("2026-10-19 09:30", "xu.qingzhi", "correction_notice", "serve")
    story.step(
        "2026-10-19 14:00", "fang.shuning", "internal_supervision_link", "receive", document="纠正违法通知书",
        reply_due_on=date(2026, 11, 6),
    )  # fmt: skip
    story.step(
        "2026-10-20 09:00", "fang.shuning", "internal_supervision_link", "assign", unit="@he.zhiyuan",
        handler="@he.zhiyuan", internal_due_on=date(2026, 11, 3),
    )  # fmt: skip
    story.step("2026-11-09 09:00", "gu.nanqiao", "correction_notice", "urge")
    story.dismissed("2026-11-09 09:10", "gu.nanqiao", "REP-1", "已督促回复，不另立线索")
    story.agreed("2026-11-18 10:00", "gu.nanqiao", "lu.chengjun", "correction_notice", "report_up")
    story.dismissed("2026-11-18 10:10", "gu.nanqiao", "REP-1", "已提请上级人民检察院处理，不另立线索")
    return story.scenes
