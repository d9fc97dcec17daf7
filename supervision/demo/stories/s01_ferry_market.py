"""S1: theft ring at the ferry market; arrest requested again on 11-20, review due 11-27."""

from __future__ import annotations

from supervision.demo.props import DUKOU, TOLD
from supervision.demo.telling import Scene, Story


def tell() -> list[Scene]:
    """Tell the story up to the reference day."""
    story = Story("A9901025100002026110021", [])
    story.report(
        "2026-11-13 09:00", "shen.yanqiu", "渡口集市系列盗窃案", DUKOU, kind="general", reporter="集市管理处",
        charge="盗窃罪",
    )  # fmt: skip
    story.step("2026-11-13 09:20", "shen.yanqiu", "filing_review", "hand_receipt")
    story.agreed("2026-11-14 10:00", "fang.shuning", "han.kefei", "filing_review", "decide_file")
    story.named("2026-11-14 14:00", "shen.yanqiu", "田广顺", "卫小楼", "孔大有")
    story.logged(
        "2026-11-14 17:30", "shen.yanqiu", "detention", "2026-11-14 16:40", "2026-11-14 17:10", who="田广顺",
        officers=("shen.yanqiu", "he.zhiyuan"),
        place=("scene", "渡口集市东门"), warrant_no="望青公（刑）拘字〔2026〕118号",
        approver="@han.kefei", executed_at="2026-11-14 16:40", detention_ground="evidence_found", warrant_shown=True,
        warrant_signed=True, place_of_capture="渡口集市东门", remote=False, initial_days=3, is_deputy_or_member=False,
    )  # fmt: skip
    story.step(
        "2026-11-14 21:20",
        "ding.shouzheng",
        "custody",
        "enter_house",
        who="田广顺",
        arrived_at="2026-11-14 21:10",
    )
    story.logged(
        "2026-11-14 23:20", "shen.yanqiu", "rights_notice", "2026-11-14 22:00", "2026-11-14 22:05", who="田广顺",
        officers=("shen.yanqiu", "he.zhiyuan"), place=("detention_house", "望川市第一看守所"), recipient="suspect",
        rights_told=TOLD, signed=True, occasion="first_interrogation",
    )  # fmt: skip
    story.logged(
        "2026-11-14 23:30", "shen.yanqiu", "interrogation", "2026-11-14 22:05", "2026-11-14 23:00", who="田广顺",
        officers=("shen.yanqiu", "he.zhiyuan"), place=("detention_house", "望川市第一看守所"), sequence_no=1,
        rights_told=TOLD, alone=True, recording="audio_video", recording_complete=True,
        recording_ref="同录〔2026〕光盘1",
        record_signed="every_page", read_over=True, custody_pass_no="提讯〔2026〕0417",  # noqa: S106 - a pass of the detention house
    )  # fmt: skip
    story.logged(
        "2026-11-15 18:20", "shen.yanqiu", "family_notice", "2026-11-15 18:05", who="田广顺",
        notice_no="望青公（刑）拘通字〔2026〕118号", for_measure="detention", notified_at="2026-11-15 18:05",
        relative_name="田母", method="phone", non_notice_reason="none",
    )  # fmt: skip
    story.logged(
        "2026-11-16 11:30", "shen.yanqiu", "search", "2026-11-16 09:30", "2026-11-16 10:50",
        officers=("shen.yanqiu", "he.zhiyuan"), place=("residence", "柳堤新村4幢"), search_mode="warrant",
        warrant_no="望青公（刑）搜字〔2026〕41号", warrant_shown=True,
        searched_person="田广顺", female_body_search=False,
        witness_present=True, witness_eligible=True, witness_name="社区网格员", recording="video",
        recording_complete=True,
        recording_ref="同录〔2026〕光盘1", record_signed="every_page",
    )  # fmt: skip
    story.logged(
        "2026-11-16 11:40", "shen.yanqiu", "seizure", "2026-11-16 10:50", "2026-11-16 11:10",
        officers=("shen.yanqiu", "he.zhiyuan"), place=("residence", "柳堤新村4幢"),
        decision_no="望青公（刑）扣字〔2026〕77号", approver_level="unit_head", high_value_or_business_impact=False,
        immovable_or_large=False, property_kind="article", quantity=12, list_copies=3, holder_signed=True,
        witness_signed=True, photo_taken=True, relation_to_case="被盗手机", custodian="@shen.yanqiu",
        stored_at="派出所涉案财物室", recording="video", recording_complete=True,
        recording_ref="同录〔2026〕光盘1",
    )  # fmt: skip
    story.logged(
        "2026-11-16 16:20", "shen.yanqiu", "questioning", "2026-11-16 15:00", "2026-11-16 15:40",
        officers=("shen.yanqiu", "he.zhiyuan"), person_role="witness", person_name="集市摊主", is_minor=False,
        card_shown=True, duties_told=True, alone=True, recording="none", record_signed="every_page",
    )  # fmt: skip
    story.agreed(
        "2026-11-17 10:20", "shen.yanqiu", "han.kefei", "custody", "extend_detention", who="田广顺",
        ground="special_circumstances", ground_facts="同案人员在逃，赃物去向待查", new_total_days=7,
    )  # fmt: skip
    story.agreed("2026-11-19 16:00", "fang.shuning", "han.kefei", "custody", "request_arrest", who="田广顺")
    story.step("2026-11-19 17:00", "xu.qingzhi", "arrest_review", "incomplete", who="田广顺")
    story.step(
        "2026-11-20 17:25", "xu.qingzhi", "arrest_review", "receive", who="田广顺", received_at="2026-11-20 17:20",
        detained=True, volumes=2,
    )  # fmt: skip
    story.assigned("2026-11-20 17:30", "xu.qingzhi", "gu.nanqiao", "prosecutor")
    story.begun(
        "2026-11-20 17:25", "fang.shuning", "exchange_package", "send", package_no="EX-2026-0417",
        manifest="卷宗电子文件清单", records=3, files=412,
    )  # fmt: skip
    story.step(
        "2026-11-23 09:10", "xu.qingzhi", "exchange_package", "find_mismatch",
        differences=("清单412页，文件410页",),
    )  # fmt: skip
    return story.scenes
