"""The case stories of the demo world, as far as this edition's procedures carry them. Reference day: 2026-11-23."""

from __future__ import annotations

from datetime import date, datetime

from cases.models import Proceeding
from coordination.models import User
from supervision.demo.telling import Scene, Story, instant
from supervision.findings import Seen, open_lead

REFERENCE = instant("2026-11-23 09:00")
DUKOU, QINGZHI_CID, YANHU_ECON, DUNAN_CID = "990102510000", "990102150000", "990121160000", "990202150000"
ROOM = ("interrogation_room", "办案中心讯问室")
TOLD = ("defender", "legal_aid", "plea", "recusal")


def all_scenes() -> list[Scene]:
    """Every scene of every story, in no order."""
    return [
        scene
        for tell in (_ferry_market, _loan_fraud, _one_officer, _seizure_list, _river_lane)
        for scene in tell()
    ]


def _ferry_market() -> list[Scene]:
    """S1: theft ring at the ferry market; arrest requested again on 11-20, review due 11-27."""
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
    return story.scenes


def _loan_fraud() -> list[Scene]:
    """S2: a loan fraud not filed; what filing supervision does with it comes with its procedure."""
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


def _one_officer() -> list[Scene]:
    """S4: two interrogations, one officer, the same hour; asked, urged, reported upward, not answered."""
    story = Story("A9901021500002026090008", [])
    story.report(
        "2026-09-18 09:00", "he.zhiyuan", "柳堤新村入室抢劫案", QINGZHI_CID, kind="general", reporter="受害住户",
        charge="抢劫罪",
    )  # fmt: skip
    story.step("2026-09-18 09:10", "he.zhiyuan", "filing_review", "hand_receipt")
    story.agreed("2026-09-18 17:00", "fang.shuning", "han.kefei", "filing_review", "decide_file")
    story.assigned("2026-09-19 09:00", "xu.qingzhi", "gu.nanqiao", "prosecutor")
    story.named("2026-09-20 09:00", "he.zhiyuan", "郝大川", "郝二川")
    for sequence, (who, start, end, officers) in enumerate(
        (
            ("郝大川", "2026-09-22 14:00", "2026-09-22 15:30", ("he.zhiyuan",)),
            ("郝二川", "2026-09-22 14:40", "2026-09-22 15:20", ("he.zhiyuan", "shen.yanqiu")),
        ),
        start=1,
    ):
        story.logged(
            f"2026-09-22 16:{sequence}0", "he.zhiyuan", "interrogation", start, end, who=who, officers=officers,
                place=ROOM,
            sequence_no=1, rights_told=TOLD, alone=True, recording="audio_video", recording_complete=True,
        recording_ref="同录〔2026〕光盘1",
            record_signed="every_page", read_over=True,
        )  # fmt: skip
    story.scenes.append(Scene(instant("2026-10-09 09:30"), lambda at: _lead(story, at)))
    story.step(
        "2026-10-09 15:00", "gu.nanqiao", "supervision_lead", "triage", outcome="verify", risk="high",
        note="同一侦查人员同一时段出现在两份笔录",
    )  # fmt: skip
    story.step("2026-10-09 15:10", "gu.nanqiao", "supervision_lead", "verify")
    story.step(
        "2026-10-12 10:00", "gu.nanqiao", "supervision_lead", "record_method", method="recordings_obtained",
        record="调取讯问同步录音录像两份",
    )  # fmt: skip
    story.step(
        "2026-10-14 11:00", "gu.nanqiao", "supervision_lead", "conclude", conclusion="serious",
        findings_confirmed=("INT-1", "INT-8"), level="written",
    )  # fmt: skip
    story.step("2026-10-14 11:30", "gu.nanqiao", "supervision_lead", "issue")
    story.step(
        "2026-10-15 09:00", "gu.nanqiao", "correction_notice", "draft", findings=("INT-1", "INT-8"),
        facts="2026年9月22日14时至15时30分、14时40分至15时20分两份讯问笔录均记载侦查人员贺知远在场，其中一份仅有一名侦查人员。",
        law=("CPL 118", "MPS 202"), demand="对相关讯问笔录依法处理，落实讯问人数和笔录真实性要求，书面回复纠正情况。",
        reply_due_on=date(2026, 11, 6),
    )  # fmt: skip
    story.step("2026-10-16 16:00", "lu.chengjun", "correction_notice", "approve")
    story.step("2026-10-19 09:30", "xu.qingzhi", "correction_notice", "serve")
    story.step(
        "2026-10-19 14:00", "fang.shuning", "internal_supervision_link", "receive", document="纠正违法通知书",
        reply_due_on=date(2026, 11, 6),
    )  # fmt: skip
    story.step(
        "2026-10-20 09:00", "fang.shuning", "internal_supervision_link", "assign", unit="@he.zhiyuan",
        handler="@he.zhiyuan", internal_due_on=date(2026, 11, 3),
    )  # fmt: skip
    story.step("2026-11-09 09:00", "gu.nanqiao", "correction_notice", "urge")
    story.agreed("2026-11-18 10:00", "gu.nanqiao", "lu.chengjun", "correction_notice", "report_up")
    return story.scenes


def _seizure_list() -> list[Scene]:
    """S5: the disputed seizure list; objection received, hearing of officers called for today."""
    story = Story("A9901211600002026100005", [])
    story.report(
        "2026-10-12 09:00", "wen.zean", "北滩仓库非法经营案", YANHU_ECON, kind="general", reporter="市场监管所",
        charge="非法经营罪",
    )  # fmt: skip
    story.step("2026-10-12 09:10", "wen.zean", "filing_review", "hand_receipt")
    story.agreed(
        "2026-10-14 10:00", "police_legal.yanhu", "police_chief.yanhu", "filing_review", "decide_file"
    )
    story.assigned("2026-10-15 09:00", "case_manager.yanhu", "zhuang.yining", "prosecutor")
    story.scenes.append(
        Scene(
            instant("2026-11-02 09:00"),
            lambda at: _open(story, "zhuang.yining", ("SEA-3", "SEI-3"), "扣押清单第3页", at),
        )
    )
    for when, step, facts in (
        ("2026-11-02 10:00", "triage", {"outcome": "verify", "risk": "middle", "note": "清单与实物不符"}),
        ("2026-11-02 10:10", "verify", {}),
        ("2026-11-04 10:00", "record_method", {"method": "records_obtained", "record": "扣押清单及照片"}),
        (
            "2026-11-05 16:00", "conclude",
            {"conclusion": "serious", "findings_confirmed": ("SEA-3", "SEI-3"), "level": "written"},
        ),
        ("2026-11-05 16:30", "issue", {}),
    ):  # fmt: skip
        story.step(when, "zhuang.yining", "supervision_lead", step, **facts)
    story.step(
        "2026-11-06 09:00", "zhuang.yining", "correction_notice", "draft", findings=("SEA-3", "SEI-3"),
        facts="搜查时无见证人在场，扣押清单与实物不符。", law=("CPL 139", "CPL 142"), demand="依法补正并书面回复。",
        reply_due_on=date(2026, 11, 25),
    )  # fmt: skip
    story.step("2026-11-09 15:00", "chief_procurator.yanhu", "correction_notice", "approve")
    story.step("2026-11-10 09:00", "case_manager.yanhu", "correction_notice", "serve")
    story.step(
        "2026-11-10 10:00", "police_legal.yanhu", "internal_supervision_link", "receive", document="纠正违法通知书",
        reply_due_on=date(2026, 11, 25),
    )  # fmt: skip
    story.agreed(
        "2026-11-18 09:00", "police_legal.yanhu", "police_chief.yanhu", "correction_notice", "object",
        contested_findings=("SEI-3",), reasons="清单第3页系笔误，实物一致。",
    )  # fmt: skip
    story.receipted("2026-11-18 11:00", "case_manager.yanhu", "DOC-CORRECTION-OBJECTION")
    story.step("2026-11-19 10:00", "office_resident.yanhu", "correction_notice", "call_hearing")
    return story.scenes


def _river_lane() -> list[Scene]:
    """S6: death in the river lane; the request for arrest is due today at 20:15."""
    story = Story("A9902021500002026110006", [])
    story.report(
        "2026-11-16 08:30", "zhu.changhe", "河巷故意伤害致死案", DUNAN_CID, kind="general", reporter="巡逻民警",
        charge="故意伤害罪",
    )  # fmt: skip
    story.step("2026-11-16 08:40", "zhu.changhe", "filing_review", "hand_receipt")
    story.agreed("2026-11-16 11:00", "ji.yunshu", "police_chief.dunan", "filing_review", "decide_file")
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


def _lead(story: Story, at: datetime) -> Proceeding:
    return _open(story, "gu.nanqiao", ("INT-1", "INT-8"), "2026-09-22 讯问笔录两份", at)


def _open(story: Story, by: str, codes: tuple[str, ...], pin: str, at: datetime) -> Proceeding:
    activity = story.case.activities.order_by("started_at").first()
    return open_lead(User.objects.get(login=by), story.case, Seen(codes, pin), activity=activity, at=at)
