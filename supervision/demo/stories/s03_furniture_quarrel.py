"""S3: a business quarrel filed as contract fraud; the police object, and the decision is due today."""

from __future__ import annotations

from supervision.demo.props import DUNAN_CID
from supervision.demo.telling import Scene, Story

PROCESS = "filing_supervision_withdraw"


def tell() -> list[Scene]:
    """Tell the story up to the reference day: another prosecutor reconsiders than the one who drafted the notice."""
    story = Story("A9902021500002026070003", [])
    story.report(
        "2026-07-06 09:00", "zhu.changhe", "渡南禾木家具有限公司合同诈骗案", DUNAN_CID, kind="general",
        reporter="建材供应商", charge="合同诈骗罪",
    )  # fmt: skip
    story.step("2026-07-06 09:20", "zhu.changhe", "filing_review", "hand_receipt")
    story.agreed("2026-07-08 10:00", "ji.yunshu", "police_chief.dunan", "filing_review", "decide_file")
    story.named("2026-07-08 15:00", "zhu.changhe", "裘立本")
    _notified(story)
    _objected(story)
    return story.scenes


def _notified(story: Story) -> None:
    """Complaint 10-09; asked 10-12, explained 10-19; notice to withdraw received 11-09."""
    story.begun(
        "2026-10-09 09:00", "prosecutor2.dunan", PROCESS, "accept", source="party", complainant="裘立本",
        ground="meddling_in_dispute", police_unit="渡南分局刑侦大队",
    )  # fmt: skip
    story.step("2026-10-10 10:00", "prosecutor2.dunan", PROCESS, "ask_reasons", ground="meddling_in_dispute")
    story.receipted("2026-10-12 09:00", "ji.yunshu", "DOC-ASK-FILING-REASONS")
    story.agreed(
        "2026-10-19 16:00", "ji.yunshu", "police_chief.dunan", PROCESS, "explain", circumstances="收款后未交货。",
        basis="刑事诉讼法第一百一十二条", evidence_copies=("购销合同", "报案笔录"),
    )  # fmt: skip
    story.receipted("2026-10-20 09:00", "case_manager.dunan", "DOC-REASONS-EXPLAINED")
    story.agreed(
        "2026-11-06 10:00", "prosecutor2.dunan", "chief_procurator.dunan", PROCESS, "notice",
        reasons="双方有真实交易，系买卖合同纠纷，没有犯罪事实。", evidence=("往来账目", "送货单"),
    )  # fmt: skip
    story.receipted("2026-11-09 09:00", "ji.yunshu", "DOC-NOTICE-TO-WITHDRAW")


def _objected(story: Story) -> None:
    """Asked 11-13, request and file received 11-16; the decision lies with the chief procurator."""
    story.agreed(
        "2026-11-13 10:00", "ji.yunshu", "police_chief.dunan", PROCESS, "ask_reconsideration",
        reasons="裘立本隐瞒履约能力，应当认定合同诈骗。",
    )  # fmt: skip
    story.step(
        "2026-11-16 10:00", "case_manager.dunan", PROCESS, "receive_request", received_at="2026-11-16 09:30",
        handler="@bai.ruochuan",
    )  # fmt: skip
    story.step(
        "2026-11-20 15:00", "bai.ruochuan", PROCESS, "reconsider_uphold",
        reasons="现有证据不能证明裘立本具有非法占有目的，维持原通知。",
    )  # fmt: skip
