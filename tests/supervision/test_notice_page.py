"""Writing a correction notice: the form beside its sheet, missing parts named, submitted once, returned."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import HttpResponse

from cases.models import Proceeding
from supervision.models import Opinion
from tests.cases.doors import browser, said, sing
from tests.cast import at, do
from tests.supervision.conftest import Told

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def notice(told: Told) -> Proceeding:
    """A notice to be drafted: INT-1 is confirmed."""
    return told.drafting


def send(
    notice: Proceeding, *, to: str = "draft", login: str = "gu.nanqiao", **answers: object
) -> HttpResponse:
    values = {
        "findings": ["INT-1"], "facts": "讯问仅由一名侦查人员进行。", "law": "CPL 118\nMPS 202",
        "demand": "请予纠正并书面回复。", "reply_due_on": "2026-12-11", **answers,
    }  # fmt: skip
    return browser(login).post(f"/notices/{notice.pk}/{to}/", values)


def test_a_notice_is_drafted_by_the_prosecutor_and_seen_by_nobody_outside(notice: Proceeding) -> None:
    sing(
        f"/notices/{notice.pk}/draft/", allowed="gu.nanqiao",
        strangers=("fang.shuning", "shen.yanqiu", "zhuang.yining", "xiahou.qi"),
        wrong_roles=("jiang.wanzhao", "lu.chengjun", "xu.qingzhi"),
    )  # fmt: skip
    for to in ("draft", "sheet", "pdf"):
        assert send(notice, to=to, login="fang.shuning").status_code == 404
        assert send(notice, to=to, login="jiang.wanzhao").status_code == 403
    for to in ("sheet", "pdf"):
        assert browser("gu.nanqiao").get(f"/notices/{notice.pk}/{to}/").status_code == 405
        assert browser().post(f"/notices/{notice.pk}/{to}/").status_code == 302


def test_another_proceeding_is_no_notice(told: Told) -> None:
    lead = Proceeding.objects.filter(process="supervision_lead").latest("opened_at")

    assert browser("gu.nanqiao").get(f"/notices/{lead.pk}/draft/").status_code == 404


def test_the_form_begins_with_what_the_lead_left(notice: Proceeding) -> None:
    page = said(browser("gu.nanqiao").get(f"/notices/{notice.pk}/draft/"))

    assert "INT-1" in page
    assert "INT-8" not in page
    assert "讯问笔录第1次，仅一名侦查人员签名" in page
    assert "讯问侦查人员少于二人（依据：《中华人民共和国刑事诉讼法》第118条" in page
    assert "Still missing" in page
    assert "The notice must state when the reply is due" in page


def test_a_notice_without_a_reply_date_is_refused_at_the_field(notice: Proceeding) -> None:
    answer = send(notice, reply_due_on="", facts="")

    assert answer.status_code == 422
    page = said(answer)
    assert page.count("field-wrong") == 2
    assert "RULES 553" in page
    assert "请予纠正并书面回复。" in page
    notice.refresh_from_db()
    assert notice.state == "drafting"
    assert not Opinion.objects.filter(proceeding=notice).exists()


@pytest.mark.parametrize("day", ["2026-11-25", "2026-11-01", "2026-02-30", "0001-01-01", "soon"])
def test_a_reply_date_that_cannot_be_is_refused_at_the_field(notice: Proceeding, day: str) -> None:
    answer = send(notice, reply_due_on=day)

    assert answer.status_code == 422
    assert "id_reply_due_on_error" in said(answer)


def test_a_notice_is_submitted_once_and_waits_for_its_decision(notice: Proceeding) -> None:
    first, second = send(notice), send(notice)

    assert (first.status_code, second.status_code) == (303, 302)
    assert first["Location"] == second["Location"] == f"/proceedings/{notice.pk}/"
    notice.refresh_from_db()
    assert notice.state == "submitted"
    assert notice.steps.filter(name="draft").count() == 1
    assert [row.code for row in Opinion.objects.get(proceeding=notice).findings.all()] == ["INT-1"]


def test_the_sheet_follows_what_is_typed(notice: Proceeding) -> None:
    page = said(send(notice, to="sheet", facts="经查，讯问时仅有一人。<b>", reply_due_on="2026-12-11"))

    assert "经查，讯问时仅有一人。&lt;b&gt;" in page
    assert "请于2026年12月11日前（含当日）书面回复。" in page
    assert "Still missing" not in page
    assert "<html" not in page


def test_the_draft_can_be_had_as_a_pdf_and_nothing_is_stored(notice: Proceeding) -> None:
    answer = send(notice, to="pdf", reply_due_on="")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert not notice.documents.exists()


def test_a_returned_draft_comes_back_with_its_comment_and_its_text(told: Told) -> None:
    row = told.awaiting
    do("lu.chengjun", row, "return_draft", at("2026-11-25 09:00"), comment="请写明讯问的起止时间。")

    page = said(browser("gu.nanqiao").get(f"/notices/{row.pk}/draft/"))

    assert "请写明讯问的起止时间。" in page
    assert "陆承钧" in page
    assert "2026年11月3日讯问仅由一名侦查人员进行。" in page
    assert date(2026, 11, 27).isoformat() in page


def test_the_chief_reads_the_sheet_and_decides(told: Told) -> None:
    address = f"/notices/{told.awaiting.pk}/draft/"

    chief, drafter = said(browser("lu.chengjun").get(address)), said(browser("gu.nanqiao").get(address))

    assert "2026年11月3日讯问仅由一名侦查人员进行。" in chief
    assert f"/proceedings/{told.awaiting.pk}/steps/approve/" in chief
    assert f"/proceedings/{told.awaiting.pk}/steps/approve/" not in drafter
    assert browser("fang.shuning").get(address).status_code == 404


def test_a_notice_that_is_out_is_read_on_its_own_page(told: Told) -> None:
    answer = browser("fang.shuning").get(f"/notices/{told.notice.pk}/draft/")

    assert (answer.status_code, answer["Location"]) == (302, f"/proceedings/{told.notice.pk}/")


def test_emptied_field_of_a_returned_notice_is_not_shown_from_the_draft_before(told: Told) -> None:
    notice = told.awaiting
    do("lu.chengjun", notice, "return_draft", at("2026-11-24 10:00"), comment="事实部分重写")
    before = said(send(notice, to="sheet"))

    emptied = said(send(notice, to="sheet", facts=""))

    assert "讯问仅由一名侦查人员进行。" in before
    assert "讯问仅由一名侦查人员进行" not in emptied
    assert "请予纠正并书面回复。" in emptied
