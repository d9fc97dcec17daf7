"""The whole story in the browser: from the first report to a closed correction notice, with the demo people."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.sweep import sweep, unmeasured
from coordination.law.zone import ZONE
from tests.browser.walking import Walk
from tests.cast import at, organ, run, user

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "A9901025100002026110099"


def due(case: Case, limit: str) -> Deadline:
    return Deadline.objects.filter(case=case, limit=limit).latest("started_at")


def register(walk: Walk) -> Case:
    walk.at("2026-11-02 09:00")
    page = walk.open("shen.yanqiu", "/cases/new/")
    walk.send(
        page, received_at=at("2026-11-02 08:50"), reporter="集市管理处", kind="general", title="渡口集市盗窃案",
        unit=str(organ("990102510000").pk), number=NUMBER, charge="盗窃罪",
    )  # fmt: skip
    case = Case.objects.get(number=NUMBER)
    walk.take("shen.yanqiu", run(case, "filing_review"), "hand_receipt")
    return case


def file(walk: Walk, case: Case) -> None:
    assert due(case, "filing_review_general").due_on == date(2026, 11, 5)
    review = run(case, "filing_review")
    walk.at("2026-11-03 10:00")
    assert walk.refused("gu.nanqiao", review, "decide_file") == 403
    walk.agreed("fang.shuning", "han.kefei", review, "decide_file")
    page = walk.open("shen.yanqiu", f"/cases/{case.pk}/suspects/new/")
    walk.send(page, name="田广顺", gender="male")


def log(walk: Walk, case: Case, kind: str, **answers: object) -> None:
    page = walk.open("shen.yanqiu", f"/cases/{case.pk}/log/{kind}/")
    two = (str(user("shen.yanqiu").pk), str(user("investigator2.dukou").pk))
    walk.send(page, **{"officers": two, **answers})
    expect(page).to_have_url(f"{walk.address}/cases/{case.pk}/")


def detain(walk: Walk, case: Case) -> None:
    walk.at("2026-11-03 16:30")
    log(
        walk, case, "detention", started_at=at("2026-11-03 15:30"), ended_at=at("2026-11-03 16:00"),
        place_kind="scene", warrant_no="望青公（刑）拘字〔2026〕9号", approver=str(user("han.kefei").pk),
        executed_at=at("2026-11-03 15:30"), detention_ground="evidence_found", warrant_shown=True,
        warrant_signed=True, place_of_capture="渡口集市", remote=False, initial_days=3, is_deputy_or_member=False,
    )  # fmt: skip
    assert due(case, "detention_interrogation").due_at == at("2026-11-04 15:30")
    assert due(case, "arrest_request_after_detention").due_at == at("2026-11-06 15:30")
    walk.at("2026-11-03 23:00")
    log(
        walk, case, "interrogation", started_at=at("2026-11-03 21:00"), ended_at=at("2026-11-03 22:00"),
        officers=(str(user("shen.yanqiu").pk),), place_kind="interrogation_room", sequence_no=1,
        rights_told=("defender", "legal_aid", "plea", "recusal"), alone=True, recording="none",
        record_signed="every_page", read_over=True,
    )  # fmt: skip
    assert due(case, "detention_interrogation").stopped_at is not None
    walk.at("2026-11-04 09:30")
    log(
        walk, case, "family_notice", started_at=at("2026-11-04 09:00"), notice_no="望青公（刑）拘通字〔2026〕9号",
        for_measure="detention", notified_at=at("2026-11-04 09:00"), relative_name="田母", method="phone",
        non_notice_reason="none",
    )  # fmt: skip
    assert due(case, "detention_family_notice").stopped_at == at("2026-11-04 09:00")


def review_arrest(walk: Walk, case: Case) -> None:
    walk.at("2026-11-05 11:00")
    walk.agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest")
    walk.at("2026-11-05 14:05")
    review = run(case, "arrest_review")
    assert walk.refused("shen.yanqiu", review, "receive") == 403
    walk.take("gu.nanqiao", review, "receive", received_at=at("2026-11-05 14:00"), detained=True, volumes=2)
    assert due(case, "arrest_review_detained").due_on == date(2026, 11, 12)
    walk.at("2026-11-10 10:00")
    walk.agreed("gu.nanqiao", "lu.chengjun", review, "approve")
    walk.take("xu.qingzhi", review, "serve_approval")
    walk.at("2026-11-10 16:00")
    transfer = Document.objects.get(case=case, kind="DOC-ARREST-APPROVAL").transfer
    assert transfer is not None
    walk.take(
        "fang.shuning",
        transfer,
        "receipt",
        received_at=at("2026-11-10 15:50"),
        person=str(user("fang.shuning").pk),
    )
    walk.at("2026-11-11 10:00")
    walk.take("shen.yanqiu", run(case, "custody"), "arrest", executed_at=at("2026-11-11 09:00"))
    assert due(case, "investigation_custody").due_on == date(2027, 1, 11)


def notice(walk: Walk, case: Case) -> Proceeding:
    walk.at("2026-11-12 09:00")
    activity = case.activities.get(kind="interrogation")
    page = walk.open("gu.nanqiao", f"/leads/new/?activity={activity.pk}")
    walk.send(page, codes=("INT-1",), pin="讯问笔录仅有一名侦查人员签名", source="case_review")
    lead = run(case, "supervision_lead")
    assert walk.refused("fang.shuning", lead, "triage") == 404
    walk.take("gu.nanqiao", lead, "triage", outcome="verify", risk="middle", note="核查笔录")
    walk.take("gu.nanqiao", lead, "verify")
    walk.take("gu.nanqiao", lead, "record_method", method="records_obtained", record="讯问笔录")
    walk.at("2026-11-13 09:00")
    walk.take(
        "gu.nanqiao", lead, "conclude", conclusion="serious", findings_confirmed=("INT-1",), level="written"
    )
    walk.take("gu.nanqiao", lead, "issue")
    row = run(case, "correction_notice")
    page = walk.open("gu.nanqiao", f"/notices/{row.pk}/draft/")
    walk.send(page, findings=("INT-1",), facts="讯问仅由一名侦查人员进行。", demand="请予纠正并书面回复。")
    row.refresh_from_db()
    assert row.state == "drafting"
    walk.send(page, reply_due_on=date(2026, 11, 27))
    row.refresh_from_db()
    assert row.state == "submitted"
    assert walk.refused("gu.nanqiao", row, "approve") == 422  # not the role, and she drafted it
    walk.take("lu.chengjun", row, "approve")
    walk.take("xu.qingzhi", row, "serve")
    return row


def follow_up(walk: Walk, case: Case, row: Proceeding) -> None:
    walk.at("2026-11-16 09:30")
    paper = Document.objects.get(case=case, kind="DOC-CORRECTION-NOTICE")
    assert paper.number == "岚望青检纠违〔2026〕1号"
    walk.take(
        "fang.shuning", run(case, "internal_supervision_link"), "receive", document=str(paper.pk),
        reply_due_on=date(2026, 11, 27),
    )  # fmt: skip
    assert due(case, "correction_notice_reply").started_at == at("2026-11-16 09:30")
    sweep(at("2026-11-24 08:00"))
    sweep(walk.at("2026-11-28 00:00"))
    row.refresh_from_db()
    assert row.state == "overdue"
    walk.at("2026-11-30 09:00")
    walk.take("gu.nanqiao", row, "urge")
    late = due(case, "reply_after_urge_norm").fires_at
    sweep(late)
    walk.at(f"{late.astimezone(ZONE):%Y-%m-%d} 09:00")
    assert Draft.objects.filter(proceeding=row, step="report_up", outcome="").exists()
    walk.agreed("gu.nanqiao", "lu.chengjun", row, "report_up")
    page = walk.open("xiahou.qi", f"/proceedings/{row.pk}/")
    expect(page.locator("main")).to_contain_text(NUMBER)
    page = walk.open("xiahou.qi", f"/cases/{case.pk}/")
    expect(page.locator("main")).not_to_contain_text("讯问笔录")
    walk.agreed(
        "fang.shuning",
        "han.kefei",
        row,
        "reply",
        accepted="accepted",
        measures="已重新讯问并补正。",
        proof=("补正笔录",),
    )
    walk.take("gu.nanqiao", row, "accept_reply", effect="corrected")


def test_story_in_the_browser(walk: Walk) -> None:
    case = register(walk)
    file(walk, case)
    detain(walk, case)
    review_arrest(walk, case)
    row = notice(walk, case)
    follow_up(walk, case, row)

    row.refresh_from_db()
    assert row.state == "closed"
    assert unmeasured() == []
    page = walk.open("gu.nanqiao", "/registers/REG-OPINION/")
    expect(page.locator("main")).to_contain_text("岚望青检纠违〔2026〕1号")
    board = walk.open("jiang.wanzhao", "/office/")
    expect(board.locator("main")).to_contain_text("Secure the effect of supervision")
