"""S6: death in the river lane; the request for arrest is due today at 20:15."""

from __future__ import annotations

from supervision.demo.props import DUNAN_CID, TOLD
from supervision.demo.telling import Scene, Story


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9902021500002026110006", [])
    story.report(
        "2026-11-16 08:30", "zhu.changhe", "河巷故意伤害致死案", DUNAN_CID, kind="general", reporter="巡逻民警",
        charge="故意伤害罪",
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
    return story.scenes
