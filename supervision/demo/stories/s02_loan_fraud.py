"""S2: a loan fraud not filed; the notice to file is ignored, and the correction awaits the chief procurator."""

from __future__ import annotations

from datetime import date

from supervision.demo.props import QINGZHI_ECON
from supervision.demo.telling import Scene, Story

PROCESS = "filing_supervision_file"


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9901021600002026090003", [])
    story.report(
        "2026-09-28 10:00", "luo.mingxi", "苗素琴被骗贷款案", QINGZHI_ECON, kind="economic", reporter="苗素琴",
        charge="贷款诈骗罪",
    )  # fmt: skip
    story.step("2026-09-28 10:20", "luo.mingxi", "filing_review", "hand_receipt")
    story.agreed(
        "2026-10-15 15:00", "fang.shuning", "han.kefei", "filing_review", "decide_not", ground="no_crime_facts",
        reasons="现有材料不能证明有犯罪事实。", has_complainant=True,
    )  # fmt: skip
    story.step("2026-10-16 10:00", "luo.mingxi", "filing_review", "serve_not")
    story.assigned("2026-10-20 08:30", "xu.qingzhi", "gu.nanqiao", "prosecutor")
    _supervised(story)
    return story.scenes


def _supervised(story: Story) -> None:
    """Complaint 10-20; asked 10-22, explained 10-28; notice received 11-05, due 11-20, ignored."""
    story.begun(
        "2026-10-20 09:00", "gu.nanqiao", PROCESS, "accept", source="victim", complainant="苗素琴",
        police_unit="青沚分局经侦大队", decision_or_delay="not_filed",
    )  # fmt: skip
    story.step("2026-10-21 16:00", "gu.nanqiao", PROCESS, "ask_reasons")
    story.receipted("2026-10-22 09:00", "fang.shuning", "DOC-ASK-NON-FILING-REASONS")
    story.agreed(
        "2026-10-28 10:00", "fang.shuning", "han.kefei", PROCESS, "explain",
        circumstances="借款人有还款意愿，系民间借贷纠纷。", basis="刑事诉讼法第一百一十二条",
        evidence_copies=("借款合同", "询问笔录"),
    )  # fmt: skip
    story.receipted("2026-10-28 14:00", "xu.qingzhi", "DOC-REASONS-EXPLAINED")
    story.agreed(
        "2026-11-04 10:00", "gu.nanqiao", "lu.chengjun", PROCESS, "notice",
        reasons="借款人以虚假抵押材料骗取贷款，有犯罪事实需要追究刑事责任。", evidence=("虚假抵押登记证明", "转账凭证"),
    )  # fmt: skip
    story.receipted("2026-11-05 09:00", "fang.shuning", "DOC-NOTICE-TO-FILE")
    story.step(
        "2026-11-23 08:50", "gu.nanqiao", PROCESS, "correct", findings=("FIL-10",),
        facts="贵局2026年11月5日收到通知立案书，至11月20日期满仍未立案。", law=("RULES 564",),
        demand="请立即立案侦查，并将立案决定书送达本院。", reply_due_on=date(2026, 12, 7),
    )  # fmt: skip
