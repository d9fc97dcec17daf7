"""S9: six names on the weekly list; one file is in, one due tomorrow, and this week's list is due today."""

from __future__ import annotations

from datetime import date

from supervision.demo.matters import Matters
from supervision.demo.telling import Scene

PROCESS = "detained_not_submitted_review"
ASKED = ("阚东来", "褚小海")
SETTLED = (
    "甄立民：11月9日拘留，11月12日取保候审，情节轻微",
    "晏四喜：11月10日拘留，11月13日释放，证据不足",
    "缪三宝：11月10日拘留，11月12日取保候审，双方和解",
    "桑玉成：11月11日拘留，11月14日行政处罚，情节轻微",
)


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    told = Matters()
    told.begun(
        "2026-11-09 10:00", "shi.huaigu", "before", PROCESS, "hand_list", from_on=date(2026, 11, 2),
        to_on=date(2026, 11, 8),
    )  # fmt: skip
    told.receipted("2026-11-09 11:00", "xu.qingzhi", "before", "DOC-DETAINED-LIST")
    told.next("2026-11-09 11:10", "six", "before")
    told.step("2026-11-10 09:00", "jiang.wanzhao", "before", "no_doubt")
    told.step("2026-11-10 09:10", "jiang.wanzhao", "before", "close")
    told.step(
        "2026-11-16 10:00", "shi.huaigu", "six", "hand_list", from_on=date(2026, 11, 9), to_on=date(2026, 11, 15),
        persons=(
            f"{ASKED[0]}：11月9日拘留，11月12日取保候审，无羁押必要",
            f"{ASKED[1]}：11月11日拘留，11月14日释放，证据不足", *SETTLED,
        ),
    )  # fmt: skip
    told.receipted("2026-11-16 11:00", "xu.qingzhi", "six", "DOC-DETAINED-LIST")
    told.step(
        "2026-11-17 09:30", "jiang.wanzhao", "six", "ask_files", persons=ASKED, reason="变更强制措施的理由不明",
    )  # fmt: skip
    told.receipted("2026-11-17 10:00", "fang.shuning", "six", "DOC-FILE-REQUEST")
    told.step("2026-11-20 15:00", "fang.shuning", "six", "hand_some_files", persons=ASKED[:1])
    return told.scenes
