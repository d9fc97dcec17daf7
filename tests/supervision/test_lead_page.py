"""Opening a lead from the log: the entry beside the catalogue, prefilled, refused at its fields, opened once."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from cases.models import Activity, Proceeding
from supervision.models import Finding
from tests.cases.doors import browser, said, sing
from tests.cast import at, user
from tests.supervision.conftest import Told

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def entry(told: Told) -> Activity:
    """An interrogation with one officer."""
    case = told.case
    row = Activity.objects.create(
        case=case, suspect=case.suspects.get(), kind="interrogation", started_at=at("2026-11-03 22:05"),
        ended_at=at("2026-11-03 23:40"), recorded_at=at("2026-11-03 23:50"), recorded_by=user("shen.yanqiu"),
        unit=case.unit, place_kind="detention_house", place_detail="望川市第一看守所", jurisdiction=case.jurisdiction,
        facts={"sequence_no": 1, "recording": "none", "rights_told": ["defender", "plea"], "alone": True},
    )  # fmt: skip
    row.officers.add(user("shen.yanqiu"))
    return row


def address(entry: Activity) -> str:
    return f"/leads/new/?activity={entry.pk}"


def send(entry: Activity, login: str = "gu.nanqiao", **answers: object) -> HttpResponse:
    values = {"codes": ["INT-1"], "pin": "讯问笔录第1次", "source": "case_review", **answers}
    return browser(login).post(address(entry), values)


def test_a_lead_is_opened_by_prosecutors_who_see_the_entry(entry: Activity) -> None:
    sing(
        address(entry), allowed="gu.nanqiao", strangers=("zhuang.yining", "xiahou.qi"),
        wrong_roles=("shen.yanqiu", "fang.shuning", "lu.chengjun"),
    )  # fmt: skip
    sing(f"/leads/new/?case={entry.case_id}", allowed="jiang.wanzhao", strangers=("wang.yiwei",))
    assert send(entry, "zhuang.yining").status_code == 404
    assert send(entry, "shen.yanqiu").status_code == 403


@pytest.mark.parametrize("query", ["", "activity=1", "case=x", "activity=&case="])
def test_an_address_that_names_nothing_is_not_found(query: str) -> None:
    assert browser("gu.nanqiao").get(f"/leads/new/?{query}").status_code == 404


def test_the_entry_stands_beside_the_findings_it_names_first(entry: Activity) -> None:
    page = said(browser("gu.nanqiao").get(address(entry)))

    assert "2026-11-03 22:05 – 2026-11-03 23:40" in page
    assert "detention house 望川市第一看守所" in page
    assert "讯问犯罪嫌疑人，2026-11-03 22:05—23:40，办案人员：沈砚秋" in page
    first = page.split('<details class="fold finding-group"')[1]
    assert "For this kind of activity" in first
    assert "INT-1" in first
    assert "SEA-3" not in first
    assert "SEA-3" in page
    assert re.search(r'<option value="case_review"\s+selected', page)


def test_what_was_confirmed_before_for_the_unit_is_counted(entry: Activity) -> None:
    page = said(browser("gu.nanqiao").get(address(entry)))

    line = page.split('value="INT-1"')[1].split("</li>")[0]
    assert "confirmed 3 times for this unit in 12 months" in line
    assert page.count("for this unit in 12 months") == 1


def test_a_lead_is_opened_once_and_its_page_follows(entry: Activity) -> None:
    page = said(browser("gu.nanqiao").get(address(entry)))
    shown_at = re.search(r'name="shown_at" value="([^"]*)"', page)
    assert shown_at is not None
    before = Proceeding.objects.filter(process="supervision_lead").count()

    first = send(entry, codes=["INT-1", "INT-2"], shown_at=shown_at[1])
    second = send(entry, codes=["INT-1", "INT-2"], shown_at=shown_at[1])

    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert Proceeding.objects.filter(process="supervision_lead").count() == before + 1
    found = Finding.objects.filter(activity=entry)
    assert {(row.code, row.unit, row.occurred_at) for row in found} == {
        ("INT-1", entry.unit, entry.started_at), ("INT-2", entry.unit, entry.started_at),
    }  # fmt: skip


def test_every_gap_is_shown_at_its_field_and_what_was_written_is_kept(entry: Activity) -> None:
    before = Proceeding.objects.count()

    answer = send(entry, codes=[], pin="")
    kept = send(entry, codes=["INT-2"], pin="")

    assert (answer.status_code, kept.status_code) == (422, 422)
    assert said(answer).count("field-error") == 2
    assert "RULES 551" in said(answer)
    assert re.search(r'value="INT-2"\s+checked', said(kept))
    assert Proceeding.objects.count() == before


@pytest.mark.parametrize("answers", [{"codes": ["NO-1"]}, {"source": "rumour"}, {"pin": "长" * 301}])
def test_what_the_form_does_not_offer_is_refused(entry: Activity, answers: dict[str, object]) -> None:
    assert send(entry, **answers).status_code == 422
