"""S2: a loan fraud not filed; what filing supervision does with it comes with its procedure."""

from __future__ import annotations

from supervision.demo.telling import Scene, Story


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9901021600002026090003", [])
    story.report(
        "2026-09-28 10:00", "luo.mingxi", "苗素琴被骗贷款案", "990102160000", kind="economic", reporter="苗素琴",
        charge="贷款诈骗罪",
    )  # fmt: skip
    story.step("2026-09-28 10:20", "luo.mingxi", "filing_review", "hand_receipt")
    story.agreed(
        "2026-10-15 15:00", "fang.shuning", "han.kefei", "filing_review", "decide_not", ground="no_crime_facts",
        reasons="现有材料不能证明有犯罪事实。", has_complainant=True,
    )  # fmt: skip
    story.step("2026-10-16 10:00", "luo.mingxi", "filing_review", "serve_not")
    return story.scenes
