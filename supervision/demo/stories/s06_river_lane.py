"""S6: death in the river lane; the request for arrest is due today at 20:15."""

from __future__ import annotations

from typing import Any

from supervision.demo.props import DUNAN_CID, TOLD
from supervision.demo.telling import Scene, Story


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9902021500002026110006", [])
    story.report(
        "2026-11-16 08:30", "zhu.changhe", "河巷故意伤害致死案", DUNAN_CID, kind="general", reporter="巡逻民警",
        charge="故意伤害罪", is_major=True,
    )  # fmt: skip
    story.step("2026-11-16 08:40", "zhu.changhe", "filing_review", "hand_receipt")
    story.agreed("2026-11-16 11:00", "ji.yunshu", "police_chief.dunan", "filing_review", "decide_file")
    story.receipted("2026-11-16 13:30", "case_manager.dunan", "DOC-FILING-DECISION")
    story.assigned("2026-11-16 14:00", "case_manager.dunan", "bai.ruochuan", "prosecutor")
    story.named("2026-11-16 15:00", "zhu.changhe", "章阿四")
    story.logged(
        "2026-11-16 21:00", "zhu.changhe", "detention", "2026-11-16 20:15", "2026-11-16 20:40", who="章阿四",
        officers=("zhu.changhe", "investigator2.dunan"), place=("scene", "河巷17号"),
        warrant_no="临渡公（刑）拘字〔2026〕63号",
        approver="@police_chief.dunan", executed_at="2026-11-16 20:15", detention_ground="identified_by_witness",
        warrant_shown=True, warrant_signed=True, place_of_capture="河巷17号", remote=False, initial_days=3,
        is_deputy_or_member=False,
    )  # fmt: skip
    story.step(
        "2026-11-17 08:30",
        "zhu.changhe",
        "custody",
        "enter_house",
        who="章阿四",
        arrived_at="2026-11-17 08:10",
    )
    story.logged(
        "2026-11-17 09:20", "zhu.changhe", "family_notice", "2026-11-17 09:00", who="章阿四",
        notice_no="临渡公（刑）拘通字〔2026〕63号", for_measure="detention", notified_at="2026-11-17 09:00",
        relative_name="章妻", method="direct", non_notice_reason="none",
    )  # fmt: skip
    story.logged(
        "2026-11-17 15:30", "zhu.changhe", "interrogation", "2026-11-17 14:00", "2026-11-17 15:10", who="章阿四",
        officers=("zhu.changhe", "investigator2.dunan"), place=("detention_house", "看守所讯问室"), sequence_no=1,
        rights_told=TOLD, alone=True, recording="none", record_signed="every_page", read_over=True,
        custody_pass_no="提讯〔2026〕0063",  # noqa: S106 - a pass of the detention house
    )  # fmt: skip
    story.agreed(
        "2026-11-19 10:00", "zhu.changhe", "police_chief.dunan", "custody", "extend_detention", who="章阿四",
        ground="special_circumstances", ground_facts="死因鉴定未出", new_total_days=7,
    )  # fmt: skip
    asked: dict[str, Any] = {
        "case_kind": "homicide", "involvement_grounds": ("重大案件", "疑难案件"),
        "stage": "after_filing", "questions": ("死因与伤害行为的因果关系", "凶器来源的查证"),
    }  # fmt: skip
    story.begun("2026-11-17 09:00", "ji.yunshu", "timely_involvement", "request", **asked)
    story.agreed(
        "2026-11-17 09:20", "ji.yunshu", "police_chief.dunan", "timely_involvement", "request", **asked
    )
    story.receipted("2026-11-17 09:30", "case_manager.dunan", "DOC-INVOLVEMENT-REQUEST")
    story.agreed(
        "2026-11-17 15:00", "bai.ruochuan", "chief_procurator.dunan", "timely_involvement", "accept",
        prosecutors=("白若川",), first_meeting_at="2026-11-18 09:00",
    )  # fmt: skip
    story.receipted("2026-11-17 16:00", "ji.yunshu", "DOC-INVOLVEMENT-ANSWER")
    story.step(
        "2026-11-18 11:00", "bai.ruochuan", "timely_involvement", "take_part", form="discussion",
        held_at="2026-11-18 09:00", participants=("白若川", "祝长河"),
    )  # fmt: skip
    story.step(
        "2026-11-19 09:00", "bai.ruochuan", "timely_involvement", "opine",
        items=("补充同步录音录像", "委托死因鉴定", "固定凶器来源", "核实案发时间线", "询问楼道住户"),
    )  # fmt: skip
    story.receipted("2026-11-19 11:00", "ji.yunshu", "DOC-INVOLVEMENT-OPINION")
    for when, number, answer in (
        ("2026-11-20 09:00", 2, {"adopted": "adopted"}),
        ("2026-11-20 09:10", 5, {"adopted": "adopted"}),
        ("2026-11-20 09:20", 1, {"adopted": "not_adopted", "reason_if_not": "讯问当日设备故障，已无法补录"}),
    ):
        story.step(when, "zhu.changhe", "timely_involvement", "answer_item", item_no=number, **answer)
    return story.scenes
