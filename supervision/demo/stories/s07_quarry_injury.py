"""S7: the quarry injury, returned for the second time; nine items, one of them still open."""

from __future__ import annotations

from supervision.demo.telling import Scene, Story

NUMBER = "A9902211500002026060007"
CID = "990221150000"
WHO = "盛老三"
FIRST = ("伤情复核鉴定", "案发现场补充勘验")
TOOL = "作案工具鉴定"
DONE = (
    "被害人补充询问", "采石场监控调取", "同班工人询问", "通话记录调取", "医院病历调取", "案发前矛盾来源核实",
)  # fmt: skip
NOT_DONE = {
    "目击司机询问": "司机身份无法查明，车牌未被拍摄",
    "现场血迹提取": "现场已于八月回填，不具备提取条件",
}
ITEMS = (*DONE, *NOT_DONE, TOOL)


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story(NUMBER, [])
    _arrest(story)
    _first_return(story)
    _second_return(story)
    return story.scenes


def _arrest(story: Story) -> None:
    story.report(
        "2026-06-04 09:00", "zhuo.yifan", "霁山采石场故意伤害案", CID, kind="injury", reporter="采石场工人",
        charge="故意伤害罪",
    )  # fmt: skip
    story.step("2026-06-04 09:20", "zhuo.yifan", "filing_review", "hand_receipt")
    story.agreed("2026-06-04 17:00", "ruan.changlin", "yan.qitai", "filing_review", "decide_file")
    story.receipted("2026-06-05 08:20", "case_manager.jishan", "DOC-FILING-DECISION")
    story.assigned("2026-06-05 08:30", "case_manager.jishan", "wang.yiwei", "prosecutor")
    story.named("2026-06-05 09:00", "zhuo.yifan", WHO)
    story.agreed(
        "2026-06-05 11:00", "zhuo.yifan", "yan.qitai", "custody", "detain", who=WHO,
        executed_at="2026-06-05 10:30", ground="identified_by_witness", warrant_no="临霁公（刑）拘字〔2026〕31号",
    )  # fmt: skip
    story.step("2026-06-05 15:30", "zhuo.yifan", "custody", "first_interrogation", who=WHO)
    story.step(
        "2026-06-05 18:00", "zhuo.yifan", "custody", "enter_house", who=WHO, arrived_at="2026-06-05 17:40"
    )
    story.step(
        "2026-06-06 09:00", "zhuo.yifan", "custody", "tell_family", who=WHO, relative="盛妻",
        notified_at="2026-06-06 08:50", method="direct",
    )  # fmt: skip
    story.agreed("2026-06-08 09:00", "ruan.changlin", "yan.qitai", "custody", "request_arrest", who=WHO)
    story.step(
        "2026-06-08 10:10", "case_manager.jishan", "arrest_review", "receive", who=WHO,
        received_at="2026-06-08 10:00", detained=True, volumes=2,
    )  # fmt: skip
    story.agreed("2026-06-11 10:00", "wang.yiwei", "tan.jingshan", "arrest_review", "approve", who=WHO)
    story.step("2026-06-11 14:00", "case_manager.jishan", "arrest_review", "serve_approval", who=WHO)
    story.receipted("2026-06-11 15:00", "ruan.changlin", "DOC-ARREST-APPROVAL")
    story.step("2026-06-12 09:10", "zhuo.yifan", "custody", "arrest", who=WHO, executed_at="2026-06-12 09:00")
    story.step("2026-06-12 15:00", "zhuo.yifan", "custody", "first_interrogation", who=WHO)
    story.step(
        "2026-06-12 17:00", "zhuo.yifan", "custody", "tell_family", who=WHO, relative="盛妻",
        notified_at="2026-06-12 16:30", method="phone",
    )  # fmt: skip
    story.step("2026-06-15 10:00", "ruan.changlin", "arrest_review", "receipt", who=WHO)
    story.receipted("2026-06-15 11:00", "case_manager.jishan", "DOC-EXECUTION-RECEIPT")


def _first_return(story: Story) -> None:
    story.step("2026-08-03 10:00", "yan.qitai", "case", "conclude", volumes=4, suspects_sent=(WHO,))
    story.step(
        "2026-08-04 09:40", "case_manager.jishan", "prosecution_review", "receive", received_at="2026-08-04 09:30",
        custody_by_suspect=(f"{WHO}：逮捕",), volumes=4, fast_track=False, necessity_due=False, has_victim=True,
    )  # fmt: skip
    story.step("2026-08-05 10:00", "wang.yiwei", "prosecution_review", "tell_suspect")
    story.step("2026-08-05 10:30", "wang.yiwei", "prosecution_review", "tell_victim")
    _return(story, 1, FIRST, "2026-09-03", "2026-09-03 15:00")
    for item in FIRST:
        story.item("2026-09-22 10:00", "zhuo.yifan", item, "outline_item", "answer", result="done")
    story.agreed("2026-09-24 10:00", "ruan.changlin", "yan.qitai", "supplementary_investigation", "send_back")
    story.receipted("2026-09-25 09:00", "case_manager.jishan", "DOC-SUPPLEMENT-REPORT")
    for item in FIRST:
        story.item(
            "2026-09-28 10:00", "wang.yiwei", item, "outline_item", "check", item_checked="not_satisfied",
            comment="鉴定未涉及致伤工具",
        )  # fmt: skip
    story.step("2026-09-28 11:00", "wang.yiwei", "supplementary_investigation", "check", satisfied=False)


def _second_return(story: Story) -> None:
    _return(story, 2, ITEMS, "2026-10-23", "2026-10-26 09:30")
    for day, item in enumerate(DONE, start=2):
        story.item(
            f"2026-11-{day:02} 16:00", "zhuo.yifan", item, "outline_item", "answer", result="done",
            evidence=(item,),
        )  # fmt: skip
    for item, reason in NOT_DONE.items():
        story.item(
            "2026-11-12 16:00", "zhuo.yifan", item, "outline_item", "answer", result="cannot_be_done",
            reason_if_not=reason,
        )  # fmt: skip


def _return(story: Story, number: int, items: tuple[str, ...], day: str, received: str) -> None:
    """A return with its outline, prepared and decided on one day, receipted by the police desk."""
    story.step(f"{day} 09:30", "wang.yiwei", "prosecution_review", "prepare_return")
    story.step(
        f"{day} 11:00", "wang.yiwei", "supplementary_investigation", "return_case", return_no=number, items=items,
        reasons="致伤工具和伤情成因尚未查清，证据尚不充分。",
    )  # fmt: skip
    story.receipted(received, "ruan.changlin", "DOC-RETURN-DECISION")
    story.receipted(received, "ruan.changlin", "DOC-OUTLINE-RETURN")
