"""S8, beside the joint case: four persons at large are handled separately; one of them has no wanted order."""

from __future__ import annotations

from supervision.demo.telling import Scene, Story

PROCESS = "separate_handling_check"
AT_LARGE = {
    "祁连山": "在逃人员登记表〔2026〕0911号",
    "沙金水": "在逃人员登记表〔2026〕0912号",
    "尚小虎": "在逃人员登记表〔2026〕0913号",
    "雷震": "到案情况说明",
}


def tell() -> list[Scene]:
    """Tell the story up to the reference day; the case is told in `s08_call_centre`."""
    story = Story("A9901021600002026090001", [])
    for number, (name, paper) in enumerate(AT_LARGE.items()):
        story.begun(
            f"2026-09-14 10:{number}0", "fang.shuning", PROCESS, "declare", who=name, person=name, ground="at_large",
            papers=(paper,), plan="上网追逃，到案后另行移送",
        )  # fmt: skip
        story.step(
            f"2026-09-15 10:{number}0", "gu.nanqiao", PROCESS, "check", who=name,
            ground_ok="doubtful" if name == "雷震" else "well_founded",
        )  # fmt: skip
    return story.scenes
