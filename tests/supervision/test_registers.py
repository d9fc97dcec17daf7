"""The registers: every declared column is made, rows are the visible ones, and the export says who took it."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from coordination.errors import NotVisible
from coordination.law.catalogue import catalogue
from coordination.models import AuditEntry
from coordination.standing import standing
from supervision.registers import reading as registers_reading
from supervision.registers.cells import Cell
from supervision.registers.columns import COLUMNS
from supervision.registers.reading import Wanted
from tests.cases.doors import browser, said, sing
from tests.cast import at, user
from tests.supervision.conftest import NOW, Told

EVERYTHING = Wanted()


def lines(code: str, login: str = "gu.nanqiao", *, wanted: Wanted = EVERYTHING) -> list[dict[str, Cell]]:
    chosen = registers_reading.register(code)
    who = standing(user(login), NOW)
    page = registers_reading.page(chosen, user(login), who, wanted=wanted, now=NOW)
    return [dict(zip(chosen.kind.fields, line.cells, strict=True)) for line in page.lines]


def words(line: dict[str, Cell]) -> dict[str, tuple[object, str]]:
    return {name: (cell.at or cell.on, cell.text) for name, cell in line.items() if cell}


def test_every_column_of_every_register_is_made() -> None:
    made = {code: tuple(columns) for code, columns in COLUMNS.items()}

    assert made == {code: catalogue().register(code).fields for code in registers_reading.registers()}


def test_a_register_nothing_feeds_is_not_found() -> None:
    with pytest.raises(NotVisible):
        registers_reading.register("REG-NOTHING")


@override("en")
def test_lines_of_the_other_registers(told: Told) -> None:
    (arrest,) = lines("REG-ARREST")
    custody = lines("REG-CUSTODY")
    lead = lines("REG-LEAD")[0]
    (link,) = lines("REG-LINK", "fang.shuning")
    desk = [line["document_no"].text for line in lines("REG-DESK")]

    assert words(arrest)["received_at"] == (at("2026-11-05 14:00"), "")
    assert words(arrest)["due"] == (date(2026, 11, 12), "")
    assert words(arrest)["detained"] == (None, "yes")
    assert words(custody[-1])["measure"] == (None, "arrest under review, detained")
    assert words(custody[-1])["executed_at"] == (at("2026-11-03 15:30"), "")
    assert words(custody[0])["ends_on"] == (at("2026-11-06 15:30"), "")
    assert words(lead)["findings"] == (None, "INT-1 confirmed; INT-8 dismissed")
    assert words(lead)["result"] == (date(2026, 11, 13), "serious")
    assert words(link)["document_no"] == (None, "岚望青检纠违〔2026〕1号")
    assert "岚望青检纠违〔2026〕1号 Notice to correct unlawful conduct" in desk
    assert [words(line)["decision"][0] for line in lines("REG-FILING")] == [date(2026, 11, 3)] * 3


def test_only_visible_lines_stand_in_a_register(told: Told) -> None:
    counts = {
        login: {code: len(lines(code, login)) for code in ("REG-LINK", "REG-OPINION", "REG-LEAD")}
        for login in ("gu.nanqiao", "fang.shuning", "zhuang.yining")
    }

    assert counts == {
        "gu.nanqiao": {"REG-LINK": 0, "REG-OPINION": 1, "REG-LEAD": 3},
        "fang.shuning": {"REG-LINK": 1, "REG-OPINION": 1, "REG-LEAD": 0},
        "zhuang.yining": {"REG-LINK": 0, "REG-OPINION": 0, "REG-LEAD": 0},
    }


def test_the_filter_narrows_lines(told: Told) -> None:
    assert len(lines("REG-CUSTODY")) == 3
    assert len(lines("REG-CUSTODY", wanted=Wanted(case="110022"))) == 1
    assert len(lines("REG-CUSTODY", wanted=Wanted(state="closed"))) == 0
    assert len(lines("REG-FILING", wanted=Wanted(state="closed"))) == 3
    assert len(lines("REG-FILING", wanted=Wanted(from_on=date(2026, 11, 3)))) == 0
    assert len(lines("REG-FILING", wanted=Wanted(from_on=date(2026, 11, 2), to_on=date(2026, 11, 2)))) == 3


@pytest.mark.parametrize("code", list(COLUMNS))
def test_a_page_takes_as_many_queries_for_three_lines_as_for_one(code: str, told: Told) -> None:
    reader = user("fang.shuning" if code == "REG-LINK" else "gu.nanqiao")
    who, chosen = standing(reader, NOW), registers_reading.register(code)

    taken = []
    for size in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            registers_reading.page(chosen, reader, who, wanted=EVERYTHING, now=NOW, size=size)
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 16


@pytest.mark.usefixtures("today")
def test_registers_open_for_everyone_with_a_role(told: Told) -> None:
    user("ding.shouzheng").postings.all().delete()

    sing("/registers/", allowed="gu.nanqiao", wrong_roles=("ding.shouzheng",))
    sing("/registers/REG-OPINION/csv/", allowed="xiahou.qi", wrong_roles=("ding.shouzheng",))
    page = said(sing("/registers/REG-OPINION/", allowed="shen.yanqiu", wrong_roles=("ding.shouzheng",)))
    assert "岚望青检纠违〔2026〕1号" in page
    assert browser("gu.nanqiao").get("/registers/REG-NOTHING/").status_code == 404
    assert browser("gu.nanqiao").get("/registers/REG-NOTHING/csv/").status_code == 404


@pytest.mark.usefixtures("today", "told")
@pytest.mark.parametrize("code", list(COLUMNS))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_register_opens_in_both_languages(code: str, language: str) -> None:
    page = browser("gu.nanqiao").get(f"/registers/{code}/", headers={"accept-language": language})

    assert catalogue().register(code).name(language) in said(page)


@pytest.mark.usefixtures("today", "told")
def test_a_register_pages_by_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers_reading, "PAGE", 2)

    first = said(browser("gu.nanqiao").get("/registers/REG-CUSTODY/"))
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = said(browser("gu.nanqiao").get(following))

    assert (first.count("<tr data-row"), second.count("<tr data-row")) == (2, 1)


@pytest.mark.usefixtures("today", "told")
def test_the_export_says_who_took_it_when_and_what_was_asked_for() -> None:
    answer = browser("gu.nanqiao").get("/registers/REG-OPINION/csv/", {"state": "open", "case": "110021"})

    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))  # type: ignore[call-overload]
    assert rows[0] == ["Supervision opinions issued (REG-OPINION)"]
    assert rows[1] == ["Exported by 顾南乔", "2026-11-25 10:00", "state=open case=110021"]
    assert rows[2][0] == "document no."
    assert rows[3][:5] == [
        "岚望青检纠违〔2026〕1号", "Notice to correct unlawful conduct", "2026-11-13", "2026-11-16 09:30", "2026-11-27",
    ]  # fmt: skip
    assert len(rows) == 4
    entry = AuditEntry.objects.get(action="register.exported")
    assert (entry.actor, entry.detail) == (user("gu.nanqiao"), {"register": "REG-OPINION"})


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1"])
def test_no_exported_cell_begins_a_formula(text: str) -> None:
    assert registers_reading.plain(Cell(text)) == f"'{text}"


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    "asked", ["from_on=never", "state=torn", "case=" + "x" * 300, "after=spoilt", "to_on=0001-01-01"]
)
def test_a_filter_that_cannot_be_read_filters_nothing(asked: str, told: Told) -> None:
    page = browser("gu.nanqiao").get(f"/registers/REG-CUSTODY/?{asked}")

    assert said(page).count("<tr data-row") == 3
