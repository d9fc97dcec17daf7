"""S10, the meeting: Yanhu confirms a hanging case and sets a day for it, which passes."""

from __future__ import annotations

from datetime import date

from supervision.demo.matters import Matters
from supervision.demo.telling import Scene

CLEAR = "澜砚纸业案：侦查终结或者撤案"


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    told = Matters()
    told.begun(
        "2026-09-07 09:00", "office_resident.yanhu", "meeting", "joint_meeting", "plan", kind="regular",
        agenda=("三个月以上未结案件", "挂案确认"),
    )  # fmt: skip
    told.step(
        "2026-09-07 10:00", "office_resident.yanhu", "meeting", "call", meets_at="2026-09-10 14:30",
        place="砚湖县公安局办案中心", invited=("刑检部门", "法制大队", "经侦大队"),
    )  # fmt: skip
    told.step(
        "2026-09-10 17:00", "office_police.yanhu", "meeting", "hold", held_at="2026-09-10 14:30",
        present=("庄以宁", "温则安"), decisions=(CLEAR,),
    )  # fmt: skip
    told.step("2026-09-11 09:00", "office_resident.yanhu", "meeting", "agree_text")
    told.agreed("2026-09-14 10:00", "office_police.yanhu", "police_chief.yanhu", "meeting", "minutes")
    told.child("2026-09-14 10:01", "clear", "meeting", CLEAR)
    told.step(
        "2026-09-14 10:30", "office_resident.yanhu", "clear", "assign", owner="@wen.zean", due_on=date(2026, 11, 20),
        result_expected=CLEAR,
    )  # fmt: skip
    told.step("2026-09-15 09:00", "office_resident.yanhu", "meeting", "close")
    return told.scenes
