"""A class, a joint guidance and a quality review of the Qingzhi Office."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Document, Proceeding
from cases.steps import begin
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.policy import visible
from supervision.demo import people
from tests.cast import agreed, at, do, organ, registered, run, user
from tests.journeys.ledger import lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def the(process: str) -> Proceeding:
    return Proceeding.objects.get(process=process)


def test_class_is_held_and_its_roster_filed() -> None:
    begin(
        user("jiang.wanzhao"), "joint_training", "plan", case=None, at=at("2026-11-02 10:00"),
        facts={
            "topic": "电子数据取证", "meets_at": at("2026-11-13 14:00"), "trainers": ("顾南乔",),
            "need_from": "findings",
        },
    )  # fmt: skip
    do(
        "shi.huaigu", the("joint_training"), "hold", at("2026-11-16 09:00"),
        held_at=at("2026-11-13 14:00"), attendees=("双方三十二人",), hours=3,
    )  # fmt: skip
    norm = Deadline.objects.get(limit="training_filing_norm")
    assert (norm.started_at, norm.due_on, norm.responsible_role) == (
        at("2026-11-13 14:00"), date(2026, 11, 27), "office_police",
    )  # fmt: skip
    do("shi.huaigu", the("joint_training"), "file", at("2026-11-20 09:00"), materials=("讲义", "签到表"))

    assert the("joint_training").state == "filed"
    assert unmeasured() == []
    assert lines("REG-TRAIN", "jiang.wanzhao", at("2026-11-23 09:00")) == [
        ["2026-11-13 14:00", "电子数据取证", "顾南乔", "双方三十二人", "3", "讲义; 签到表"]
    ]


def test_guidance_is_commented_on_and_signed_by_both() -> None:
    begin(
        user("jiang.wanzhao"), "joint_guidance", "consult", case=None, at=at("2026-11-16 09:00"),
        facts={
            "topic": "电子数据取证指引", "content": "扣押与提取", "comment_due_on": date(2026, 11, 30),
            "units": ("各办案单位",),
        },
    )  # fmt: skip
    assert Deadline.objects.get(limit="guidance_comment_period").due_on == date(2026, 11, 30)
    do("he.zhiyuan", the("joint_guidance"), "comment", at("2026-11-20 09:00"), comment="增加云端数据")
    do("jiang.wanzhao", the("joint_guidance"), "close_comments", at("2026-12-01 09:00"), answers=("已增加",))
    assert not Document.objects.filter(kind="DOC-GUIDANCE").exists()
    do("lu.chengjun", the("joint_guidance"), "sign_proc", at("2026-12-02 09:00"))
    with pytest.raises(Refused) as refused:
        do(
            "jiang.wanzhao",
            the("joint_guidance"),
            "sign",
            at("2026-12-02 10:00"),
            valid_from_on=date(2026, 12, 10),
        )
    assert [one.code for one in refused.value.reasons] == ["guard:both_signed_guidance"]
    do("han.kefei", the("joint_guidance"), "sign_police", at("2026-12-03 09:00"))
    do(
        "jiang.wanzhao",
        the("joint_guidance"),
        "sign",
        at("2026-12-03 10:00"),
        valid_from_on=date(2026, 12, 10),
    )

    assert lines("REG-GUIDANCE", "shi.huaigu", at("2026-12-04 09:00")) == [
        ["青侦协〔2026〕1号", "电子数据取证指引", "已印发", "2026-12-10", ""]
    ]


def test_sheet_is_received_by_the_comment_and_stands_without_one() -> None:
    case = registered(at("2026-11-02 09:00"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-11-03 10:00"))
    drawn = {"rule": "十件抽一件", "reviewers": (str(user("gu.nanqiao").pk), str(user("shen.yanqiu").pk))}
    with pytest.raises(Refused) as refused:
        begin(
            user("jiang.wanzhao"),
            "case_quality_review",
            "draw",
            case=case,
            facts=drawn,
            at=at("2026-11-16 10:00"),
        )
    assert [one.code for one in refused.value.reasons] == ["guard:reviewers_did_not_handle"]
    drawn["reviewers"] = (str(user("gu.nanqiao").pk), str(user("fang.shuning").pk))
    begin(
        user("jiang.wanzhao"),
        "case_quality_review",
        "draw",
        case=case,
        facts=drawn,
        at=at("2026-11-16 10:00"),
    )
    do("gu.nanqiao", run(case, "case_quality_review"), "sheet", at("2026-11-18 10:00"), items=("扣押清单",))
    norm = Deadline.objects.get(limit="quality_comment_norm")
    assert (norm.due_on, norm.owner, norm.responsible) == (
        date(2026, 11, 25), user("shen.yanqiu"), organ("990102000000"),
    )  # fmt: skip
    assert Document.objects.get(kind="DOC-QUALITY-SHEET").receipted_at is None

    sweep(at("2026-11-26 00:00"))
    assert run(case, "case_quality_review").state == "settled"
    norm.refresh_from_db()
    assert norm.stopped_at == at("2026-11-26 00:00")
    do("jiang.wanzhao", run(case, "case_quality_review"), "close", at("2026-11-27 09:00"))

    assert unmeasured() == []
    assert lines("REG-QUALITY", "jiang.wanzhao", at("2026-11-28 09:00"))[0][2] == "顾南乔; 方叔宁"
    others = visible(user("zhu.changhe"), Proceeding, now=at("2026-11-28 09:00"))
    assert not others.filter(process="case_quality_review").exists()


def test_unit_that_comments_has_received_the_sheet() -> None:
    case = registered(at("2026-11-02 09:00"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-11-03 10:00"))
    begin(
        user("jiang.wanzhao"), "case_quality_review", "draw", case=case, at=at("2026-11-16 10:00"),
        facts={"rule": "十件抽一件", "reviewers": (str(user("gu.nanqiao").pk),)},
    )  # fmt: skip
    do(
        "jiang.wanzhao",
        run(case, "case_quality_review"),
        "sheet",
        at("2026-11-18 10:00"),
        items=("扣押清单",),
    )

    do("shen.yanqiu", run(case, "case_quality_review"), "comment", at("2026-11-20 09:00"), agrees=True)

    sheet = Document.objects.get(kind="DOC-QUALITY-SHEET")
    assert sheet.receipted_at == at("2026-11-20 09:00")
    assert sheet.transfer is not None
    assert sheet.transfer.state == "received"
    assert run(case, "case_quality_review").state == "settled"
