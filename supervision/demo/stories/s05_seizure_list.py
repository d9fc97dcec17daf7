"""S5: the disputed seizure list; objection received, hearing of officers called for today."""

from __future__ import annotations

from datetime import date

from supervision.demo.props import YANHU_ECON
from supervision.demo.telling import Scene, Story


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9901211600002026100005", [])
    story.report(
        "2026-10-12 09:00", "wen.zean", "北滩仓库非法经营案", YANHU_ECON, kind="general", reporter="市场监管所",
        charge="非法经营罪",
    )  # fmt: skip
    story.step("2026-10-12 09:10", "wen.zean", "filing_review", "hand_receipt")
    story.agreed(
        "2026-10-14 10:00", "police_legal.yanhu", "police_chief.yanhu", "filing_review", "decide_file"
    )
    story.assigned("2026-10-15 09:00", "case_manager.yanhu", "zhuang.yining", "prosecutor")
    story.lead("2026-11-02 09:00", "zhuang.yining", ("SEA-3", "SEI-3"), "扣押清单第3页")
    for when, step, facts in (
        ("2026-11-02 10:00", "triage", {"outcome": "verify", "risk": "middle", "note": "清单与实物不符"}),
        ("2026-11-02 10:10", "verify", {}),
        ("2026-11-04 10:00", "record_method", {"method": "records_obtained", "record": "扣押清单及照片"}),
        (
            "2026-11-05 16:00", "conclude",
            {"conclusion": "serious", "findings_confirmed": ("SEA-3", "SEI-3"), "level": "written"},
        ),
        ("2026-11-05 16:30", "issue", {}),
    ):  # fmt: skip
        story.step(when, "zhuang.yining", "supervision_lead", step, **facts)
    story.step(
        "2026-11-06 09:00", "zhuang.yining", "correction_notice", "draft", findings=("SEA-3", "SEI-3"),
        facts="搜查时无见证人在场，扣押清单与实物不符。", law=("CPL 139", "CPL 142"), demand="依法补正并书面回复。",
        reply_due_on=date(2026, 11, 25),
    )  # fmt: skip
    story.step("2026-11-09 15:00", "chief_procurator.yanhu", "correction_notice", "approve")
    story.step("2026-11-10 09:00", "case_manager.yanhu", "correction_notice", "serve")
    story.step(
        "2026-11-10 10:00", "police_legal.yanhu", "internal_supervision_link", "receive", document="纠正违法通知书",
        reply_due_on=date(2026, 11, 25),
    )  # fmt: skip
    link = "internal_supervision_link"
    story.step(
        "2026-11-10 11:00", "police_legal.yanhu", link, "assign", unit="@wen.zean", handler="@wen.zean",
        internal_due_on=date(2026, 11, 20),
    )  # fmt: skip
    story.step(
        "2026-11-17 16:00", "wen.zean", link, "unit_reply", facts_checked="清单第3页系笔误，实物一致", corrected=False,
        disagrees=True,
    )  # fmt: skip
    story.step("2026-11-17 17:00", "police_legal.yanhu", link, "check")
    story.agreed(
        "2026-11-18 09:00", "police_legal.yanhu", "police_chief.yanhu", "correction_notice", "object",
        contested_findings=("SEI-3",), reasons="清单第3页系笔误，实物一致。",
    )  # fmt: skip
    story.receipted("2026-11-18 11:00", "case_manager.yanhu", "DOC-CORRECTION-OBJECTION")
    story.step(
        "2026-11-19 10:00", "office_resident.yanhu", "correction_notice", "call_hearing",
        officers=("温则安",), questions=("扣押清单第3页与实物不符的原因", "搜查时无见证人在场的原因"),
        meets_at="2026-11-23 14:30", place="砚湖侦协办",
    )  # fmt: skip
    return story.scenes
