"""S10, the case: the paper mill that waits; watched, confirmed by both, planned, and the day has passed."""

from __future__ import annotations

from datetime import date

from supervision.demo.props import YANHU_ECON
from supervision.demo.telling import Scene, Story


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9901211600002026010010", [])
    story.report(
        "2026-01-09 09:00", "wen.zean", "澜砚纸业有限公司骗取出口退税案", YANHU_ECON, kind="general",
        reporter="税务机关", charge="骗取出口退税罪",
    )  # fmt: skip
    story.step("2026-01-09 09:10", "wen.zean", "filing_review", "hand_receipt")
    story.agreed(
        "2026-01-12 10:00", "police_legal.yanhu", "police_chief.yanhu", "filing_review", "decide_file"
    )
    story.assigned("2026-01-12 11:00", "case_manager.yanhu", "zhuang.yining", "prosecutor")
    story.named("2026-01-12 14:00", "wen.zean", "濮阳成")
    story.logged(
        "2026-07-30 16:30", "wen.zean", "questioning", "2026-07-30 15:00", "2026-07-30 15:40",
        person_role="witness", person_name="纸业会计", is_minor=False, card_shown=True, duties_told=True, alone=True,
        recording="none", record_signed="every_page",
    )  # fmt: skip
    story.step(
        "2026-09-07 11:00", "office_resident.yanhu", "hanging_case_clearance", "screen", reason="inactivity"
    )
    story.step("2026-09-10 17:30", "office_police.yanhu", "hanging_case_clearance", "confirm")
    story.agreed(
        "2026-09-14 11:00", "police_legal.yanhu", "police_chief.yanhu", "hanging_case_clearance", "plan",
        route="conclude", due_on=date(2026, 11, 20), owner="@wen.zean",
    )  # fmt: skip
    return story.scenes
