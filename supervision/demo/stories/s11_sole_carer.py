"""S11: sole carer of two children; the answer to the recommendation is due today, custody ends on 12-18."""

from __future__ import annotations

from datetime import date

from supervision.demo.props import JISHAN_CID
from supervision.demo.telling import Scene, Story

WHO = "岳春梅"


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9902211500002026090011", [])
    _arrested(story)
    _extended(story)
    _reviewed(story)
    return story.scenes


def _arrested(story: Story) -> None:
    """Detained 09-09, arrested 09-18: two months of custody."""
    story.report(
        "2026-09-08 09:00", "zhuo.yifan", "霁山超市职务侵占案", JISHAN_CID, kind="general", reporter="超市负责人",
        charge="职务侵占罪",
    )  # fmt: skip
    story.step("2026-09-08 09:20", "zhuo.yifan", "filing_review", "hand_receipt")
    story.agreed("2026-09-08 17:00", "ruan.changlin", "yan.qitai", "filing_review", "decide_file")
    story.receipted("2026-09-09 08:20", "case_manager.jishan", "DOC-FILING-DECISION")
    story.assigned("2026-09-09 08:30", "case_manager.jishan", "wang.yiwei", "prosecutor")
    story.named("2026-09-09 09:00", "zhuo.yifan", WHO, gender="female")
    story.agreed(
        "2026-09-09 11:00", "zhuo.yifan", "yan.qitai", "custody", "detain", who=WHO, executed_at="2026-09-09 10:30",
        ground="evidence_found", warrant_no="临霁公（刑）拘字〔2026〕47号",
    )  # fmt: skip
    story.step("2026-09-09 15:00", "zhuo.yifan", "custody", "first_interrogation", who=WHO)
    story.step(
        "2026-09-09 18:00", "zhuo.yifan", "custody", "enter_house", who=WHO, arrived_at="2026-09-09 17:40"
    )
    story.step(
        "2026-09-10 09:00", "zhuo.yifan", "custody", "tell_family", who=WHO, relative="岳母",
        notified_at="2026-09-10 08:50", method="direct",
    )  # fmt: skip
    story.agreed("2026-09-11 10:00", "ruan.changlin", "yan.qitai", "custody", "request_arrest", who=WHO)
    story.step(
        "2026-09-11 15:10", "case_manager.jishan", "arrest_review", "receive", who=WHO,
        received_at="2026-09-11 15:00", detained=True, volumes=1,
    )  # fmt: skip
    story.agreed("2026-09-17 10:00", "wang.yiwei", "tan.jingshan", "arrest_review", "approve", who=WHO)
    story.step("2026-09-17 14:00", "case_manager.jishan", "arrest_review", "serve_approval", who=WHO)
    story.receipted("2026-09-17 15:00", "ruan.changlin", "DOC-ARREST-APPROVAL")
    story.step("2026-09-18 09:10", "zhuo.yifan", "custody", "arrest", who=WHO, executed_at="2026-09-18 09:00")
    story.step("2026-09-18 15:00", "zhuo.yifan", "custody", "first_interrogation", who=WHO)
    story.step(
        "2026-09-18 17:00", "zhuo.yifan", "custody", "tell_family", who=WHO, relative="岳母",
        notified_at="2026-09-18 16:30", method="phone",
    )  # fmt: skip
    story.step("2026-09-21 10:00", "ruan.changlin", "arrest_review", "receipt", who=WHO)
    story.receipted("2026-09-21 11:00", "case_manager.jishan", "DOC-EXECUTION-RECEIPT")


def _extended(story: Story) -> None:
    """One month more, asked 11-10 and granted 11-16: to 12-18."""
    story.step("2026-11-06 09:00", "custody_officer.jishan", "custody", "expiry_notice", who=WHO)
    story.agreed(
        "2026-11-10 10:00", "ruan.changlin", "yan.qitai", "custody_extension", "send", who=WHO, stage="ext1",
        main_facts="利用职务便利侵占货款", concrete_reasons="司法会计鉴定尚未完成", progress="已调取账册，鉴定中",
        necessity="可能毁弃账目",
    )  # fmt: skip
    story.receipted("2026-11-10 14:00", "case_manager.jishan", "DOC-EXTENSION-REQUEST")
    story.agreed(
        "2026-11-11 10:00", "wang.yiwei", "tan.jingshan", "custody_extension", "forward", who=WHO, opinion="agree",
        reasons="会计鉴定尚需时间",
    )  # fmt: skip
    story.step(
        "2026-11-16 10:00", "superior_prosecutor.linzhu", "custody_extension", "grant", who=WHO,
        decided_by="prefecture", from_on=date(2026, 11, 19), to_on=date(2026, 12, 18),
    )  # fmt: skip
    story.step("2026-11-16 15:00", "case_manager.jishan", "custody_extension", "serve", who=WHO)
    story.receipted("2026-11-17 09:00", "ruan.changlin", "DOC-EXTENSION-DECISION")
    story.step("2026-11-17 10:00", "zhuo.yifan", "custody", "serve_custody_change", who=WHO)


def _reviewed(story: Story) -> None:
    """Application 11-03, decided 11-10, recommendation received 11-12."""
    process = "custody_necessity"
    story.begun(
        "2026-11-03 15:00", "case_manager.jishan", process, "apply", who=WHO, applicant="defender",
        grounds="系两名未成年子女的唯一抚养人，认罪认罚并已退赃", received_at="2026-11-03 14:30",
    )  # fmt: skip
    story.step("2026-11-03 16:00", "case_manager.jishan", process, "forward", who=WHO)
    story.step(
        "2026-11-06 10:00", "wang.yiwei", process, "collect", who=WHO, materials=("户籍材料", "退赃凭证"),
        suspect_heard=True, organ_heard=True,
    )  # fmt: skip
    story.step(
        "2026-11-10 16:00", "wang.yiwei", process, "propose", who=WHO, reasons="社会危险性低，无继续羁押必要",
        law=("CPL 95", "RULES 579"),
    )  # fmt: skip
    story.receipted("2026-11-12 09:00", "ruan.changlin", "DOC-NECESSITY-RECOMMENDATION")
