"""S12: a month in the Qingzhi Office. Nobody is ranked."""

from __future__ import annotations

from datetime import date

from supervision.demo.matters import Matters
from supervision.demo.telling import Scene, Story

RESIDENT, MEMBER = "jiang.wanzhao", "shi.huaigu"
INDICATORS = ("IND-RETURN", "IND-NON-ARREST", "IND-REPLY-ONTIME", "IND-RECEIPT")
DECISIONS = (
    ("phones", "统一电子数据提取清单", "he.zhiyuan", date(2026, 11, 13)),
    ("desk", "对口收发当日签收", "fang.shuning", date(2026, 11, 18)),
    ("list", "核对刑拘未提捕人员数据口径", "shi.huaigu", date(2026, 11, 20)),
    ("handouts", "同堂培训讲义汇编", "jiang.wanzhao", date(2026, 11, 30)),
    ("guide", "电子数据取证指引定稿", "gu.nanqiao", date(2026, 12, 11)),
)
LOOKUPS = (
    ("2026-11-16 09:40", "lead_check", ("受案时间", "立案时间"), 2, "2026-11-17 09:00"),
    ("2026-11-16 15:20", "custody_check", ("拘留时间", "送所时间"), 1, "2026-11-17 09:05"),
    ("2026-11-17 10:10", "filing_check", ("立案时间",), 4, "2026-11-18 09:00"),
    ("2026-11-18 11:30", "list_check", ("拘留时间", "变更措施"), 6, "2026-11-19 09:00"),
    ("2026-11-18 16:00", "complaint_check", ("受案时间",), 1, "2026-11-19 09:05"),
    ("2026-11-19 10:00", "lead_check", ("讯问时间", "讯问人"), 3, ""),
    ("2026-11-20 14:10", "custody_check", ("变更措施",), 1, ""),
)


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    told = Matters()
    for part in (_meeting, _bulletin, _analysis, _training, _requests, _duty):
        part(told)
    return [*told.scenes, *_quality()]


def _meeting(told: Matters) -> None:
    """The October meeting: five actions, two of them done, two running, one late."""
    told.begun(
        "2026-10-26 09:00", RESIDENT, "meeting", "joint_meeting", "plan", kind="regular",
        agenda=("逾期未回复监督文书", "电子数据取证共性问题", "未提捕清单口径"),
    )  # fmt: skip
    told.step(
        "2026-10-26 10:00", RESIDENT, "meeting", "call", meets_at="2026-10-29 14:30", place="青沚侦协办会议室",
        invited=("刑检部门", "法制大队", "刑侦大队"),
    )  # fmt: skip
    told.step(
        "2026-10-29 17:30", MEMBER, "meeting", "hold", held_at="2026-10-29 14:30", present=("双方负责人及承办人",),
        decisions=tuple(decision for _, decision, _, _ in DECISIONS),
    )  # fmt: skip
    told.step("2026-11-03 10:00", RESIDENT, "meeting", "agree_text")
    told.agreed("2026-11-04 10:00", MEMBER, "han.kefei", "meeting", "minutes")
    for name, decision, owner, due_on in DECISIONS:
        told.child("2026-11-04 10:01", name, "meeting", decision)
        told.step(
            "2026-11-05 09:00", RESIDENT, name, "assign", owner=f"@{owner}", due_on=due_on,
            result_expected=decision,
        )  # fmt: skip
    told.step("2026-11-12 16:00", "he.zhiyuan", "phones", "finish", result="清单已下发各办案单位")
    told.step("2026-11-13 09:00", RESIDENT, "phones", "verify")
    told.step("2026-11-17 17:00", "fang.shuning", "desk", "finish", result="双方登记已逐日核对")
    told.step("2026-11-18 09:00", RESIDENT, "desk", "verify")
    told.step("2026-11-18 09:10", "gu.nanqiao", "guide", "progress", progress="已起草，征求意见中")


def _bulletin(told: Matters) -> None:
    """The bulletin of October, approved by both sides and receipted."""
    told.begun(
        "2026-11-02 09:00",
        RESIDENT,
        "bulletin",
        "bulletin",
        "open",
        period="2026年10月",
        due_on=date(2026, 11, 10),
    )
    told.step(
        "2026-11-03 16:00",
        RESIDENT,
        "bulletin",
        "draft",
        indicators=INDICATORS,
        problems=("讯问录音录像不完整",),
    )
    told.step("2026-11-05 10:00", "han.kefei", "bulletin", "agree_police")
    told.step("2026-11-06 10:00", "lu.chengjun", "bulletin", "send")
    told.receipted("2026-11-10 10:00", "fang.shuning", "bulletin", "DOC-BULLETIN")


def _analysis(told: Matters) -> None:
    """The third quarter: drafted, to be signed by both heads by 25 November."""
    told.begun(
        "2026-11-11 09:00", RESIDENT, "analysis", "joint_analysis", "start", period="2026年第三季度",
        topics=("退回补充侦查", "不批准逮捕理由"),
    )  # fmt: skip
    told.step(
        "2026-11-20 16:00", RESIDENT, "analysis", "draft", indicators=INDICATORS,
        problems=("电子数据提取笔录缺项",), suggestions=("统一清单", "同堂培训"),
    )  # fmt: skip


def _training(told: Matters) -> None:
    """A class on digital evidence, and the guidance that is in consultation."""
    told.begun(
        "2026-11-02 10:00", RESIDENT, "class", "joint_training", "plan", topic="电子数据取证",
        meets_at="2026-11-13 14:00", trainers=("顾南乔", "贺知远"), need_from="findings",
    )  # fmt: skip
    told.step(
        "2026-11-13 17:30",
        MEMBER,
        "class",
        "hold",
        held_at="2026-11-13 14:00",
        attendees=("双方三十二人",),
        hours=3,
    )
    told.begun(
        "2026-11-16 09:00", RESIDENT, "guidance", "joint_guidance", "consult", topic="电子数据取证指引",
        content="手机数据的扣押、提取与见证。", comment_due_on=date(2026, 11, 30), units=("各办案单位", "刑检部门"),
    )  # fmt: skip


def _requests(told: Matters) -> None:
    """A data request, and seven look-ups of which two are not reviewed yet."""
    told.begun(
        "2026-11-17 09:00", RESIDENT, "request", "data_request", "ask", items=("刑拘未提捕人员",),
        purpose="核对周清单", period="2026年10月至11月",
    )  # fmt: skip
    for place, (when, purpose, fields, rows, reviewed) in enumerate(LOOKUPS, start=1):
        name = f"lookup{place}"
        told.begun(
            when, RESIDENT, name, "platform_lookup", "look", purpose=purpose, fields=fields, result_rows=rows
        )
        if reviewed:
            told.step(reviewed, MEMBER, name, "review")


def _duty(told: Matters) -> None:
    """The resident prosecutor is on duty on the reference day."""
    shift = {"shift": "11月23日 上午", "person": f"@{RESIDENT}"}
    told.begun(
        "2026-11-20 16:00", RESIDENT, "duty", "duty_shift", "plan", planned_on=date(2026, 11, 23), **shift
    )
    told.step("2026-11-23 08:30", RESIDENT, "duty", "start", **shift)
    told.step(
        "2026-11-23 09:00",
        RESIDENT,
        "duty",
        "note",
        kind="visit",
        text="柳堤派出所来访，询问扣押手机的见证要求",
    )


def _quality() -> list[Scene]:
    """A closed look at one case of the police station by the Office; its comment is due on 25 November."""
    story = Story("A9901025100002026100012", [])
    story.report(
        "2026-10-19 09:00", "investigator2.dukou", "渡口电动车盗窃案", "990102510000", kind="general",
        reporter="车主", charge="盗窃罪",
    )  # fmt: skip
    story.step("2026-10-19 09:10", "investigator2.dukou", "filing_review", "hand_receipt")
    story.agreed("2026-10-20 10:00", "fang.shuning", "han.kefei", "filing_review", "decide_file")
    story.begun(
        "2026-11-16 10:00", RESIDENT, "case_quality_review", "draw", rule="十件抽一件",
        reviewers=(f"@{RESIDENT}", "@fang.shuning"),
    )  # fmt: skip
    story.step(
        "2026-11-18 10:00", RESIDENT, "case_quality_review", "sheet", items=("受案登记", "扣押清单", "见证人"),
        defects=("扣押清单缺见证人签名",),
    )  # fmt: skip
    return story.scenes
