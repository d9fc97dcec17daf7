"""S8: call-centre fraud, jointly supervised; the November report is missing and the officer is away."""

from __future__ import annotations

from datetime import date
from typing import Any

from supervision.demo.matters import Matters
from supervision.demo.props import QINGZHI_ECON
from supervision.demo.telling import Scene, Story

SUSPECTS = (
    "封启明", "邰国栋", "苗一航", "卜小军", "柯文斌", "卢长河", "申大伟", "项东", "樊志强", "康小龙", "邢海涛",
    "麻建平", "谷雨生", "乐天佑", "牛晓峰", "甘立新", "池中亮", "谢放", "倪阿福", "祁连山", "沙金水", "尚小虎", "雷震",
)  # fmt: skip
DATES = (date(2026, 10, 15), date(2026, 11, 15), date(2026, 12, 15))


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9901021600002026090001", [])
    story.report(
        "2026-09-01 09:00", "luo.mingxi", "“四海”呼叫中心诈骗案", QINGZHI_ECON, kind="economic", reporter="反诈中心",
        charge="诈骗罪",
    )  # fmt: skip
    story.step("2026-09-01 09:10", "luo.mingxi", "filing_review", "hand_receipt")
    story.agreed("2026-09-02 10:00", "fang.shuning", "han.kefei", "filing_review", "decide_file")
    story.assigned("2026-09-02 11:00", "xu.qingzhi", "gu.nanqiao", "prosecutor")
    story.named("2026-09-03 09:00", "luo.mingxi", *SUSPECTS)
    _listed(story)
    process = "joint_supervised_case"
    story.step(
        "2026-10-15 16:00",
        "luo.mingxi",
        process,
        "report",
        progress="到案19人，在逃4人",
        next="追逃，核对资金流",
    )
    return [*story.scenes, *_away()]


def _away() -> list[Scene]:
    """The officer in charge is away from 20 to 30 November; a colleague takes over."""
    told = Matters()
    told.begun(
        "2026-11-19 15:00", "luo.mingxi", "away", "absence_handover", "open", from_on=date(2026, 11, 20),
        until_on=date(2026, 11, 30), stand_in="@he.zhiyuan", matters=("“四海”呼叫中心诈骗案联合督办",),
    )  # fmt: skip
    told.step("2026-11-20 09:00", "he.zhiyuan", "away", "accept")
    return told.scenes


def _listed(story: Story) -> None:
    """Proposed twice: the first time the police wanted the suspects named before they agreed."""
    process = "joint_supervised_case"
    asked: dict[str, Any] = {
        "level": "county", "proposed_by": "procuratorate", "listing_grounds": ("社会影响较大的案件",),
    }  # fmt: skip
    story.begun(
        "2026-09-02 15:00", "jiang.wanzhao", process, "propose", reason="涉案人员众多，跨区取证", **asked
    )
    story.step(
        "2026-09-03 16:00",
        "shi.huaigu",
        process,
        "reject",
        side="police",
        reason="涉案人员尚未核实，查明后再议",
    )
    story.begun("2026-09-08 09:00", "jiang.wanzhao", process, "propose", reason="涉案23人，4人在逃", **asked)
    story.step("2026-09-10 10:00", "lu.chengjun", process, "approve_proc")
    story.step("2026-09-11 10:00", "han.kefei", process, "approve_police")
    story.step(
        "2026-09-15 09:00", "jiang.wanzhao", process, "list", lead_units=("经侦大队", "第一检察部"),
        contacts=("骆明溪", "顾南乔"), deadline_on=date(2026, 12, 31), report_dates=DATES,
    )  # fmt: skip
