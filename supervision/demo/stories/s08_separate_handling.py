"""S8, beside the joint case: four persons at large are handled separately; one of them has no wanted order."""

from __future__ import annotations

from supervision.demo.telling import Scene, Story

PROCESS = "separate_handling_check"
AT_LARGE = {
    "祁连山": "望青公（经）缉字〔2026〕11号",
    "沙金水": "望青公（经）缉字〔2026〕12号",
    "尚小虎": "望青公（经）缉字〔2026〕13号",
    "雷震": "",
}
"""Each with the number of the wanted order, if there is one."""


def tell() -> list[Scene]:
    """Tell the story up to the reference day; the case is told in `s08_call_centre`."""
    story = Story("A9901021600002026090001", [])
    for number, (name, order) in enumerate(AT_LARGE.items()):
        if order:
            story.logged(
                f"2026-09-11 16:{number}0", "luo.mingxi", "wanted_order", "2026-09-11 15:00", who=name, order_no=order,
                kind="wanted", issued_at="2026-09-11 15:00",
            )  # fmt: skip
        story.begun(
            f"2026-09-14 10:{number}0", "fang.shuning", PROCESS, "declare", who=name, person=name, ground="at_large",
            papers=(order or "到案情况说明",), plan="上网追逃，到案后另行移送",
        )  # fmt: skip
        story.step(
            f"2026-09-15 10:{number}0", "gu.nanqiao", PROCESS, "check", who=name,
            ground_ok="doubtful" if name == "雷震" else "well_founded",
        )  # fmt: skip
    return story.scenes
