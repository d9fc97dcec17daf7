"""S7, the quarry injury returned for the second time, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Draft, Proceeding
from cases.queries import owed
from cases.queries.pasts import choices
from coordination.standing import standing
from supervision.demo import stories
from supervision.demo.stories.s07_quarry_injury import NOT_DONE, NUMBER, TOOL
from supervision.registers import reading
from tests.cast import user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db
NOW = stories.REFERENCE


def rows(login: str) -> list[owed.OwedRow]:
    """The rows of a person's work list that are about this case."""
    person = user(login)
    found = owed.work_list(person, standing(person, NOW), owed.Asked(), now=NOW)
    return [row for row in found.rows if row.case is not None and row.case.number == NUMBER]


def test_second_return_stands_with_one_item_open() -> None:
    tell()

    month = running(NUMBER, "supplementary_investigation")
    assert month.due_on == date(2026, 11, 26)
    items = Proceeding.objects.filter(case__number=NUMBER, process="outline_item", parent=month.proceeding)
    assert items.count() == 9
    assert [item.about for item in items.filter(state="open")] == [TOOL]
    open_item = [row for row in rows("zhuo.yifan") if row.matter.process == "outline_item"]
    assert [(row.matter.about, row.line and row.line.on) for row in open_item] == [(TOOL, date(2026, 11, 26))]
    transfer = next(row for row in rows("ruan.changlin") if row.title == month.rule)
    assert transfer.line is not None
    assert transfer.line.on == date(2026, 11, 26)
    assert Draft.objects.filter(proceeding=month.proceeding, step="send_back", outcome="").exists()
    review = Proceeding.objects.get(case__number=NUMBER, process="prosecution_review")
    offered = choices(standing(user("wang.yiwei"), NOW), [review], now=NOW)[review.pk]
    assert "prepare_return" not in {choice.step.id for choice in offered if choice.possible}


def test_register_has_a_line_for_every_item_of_both_returns() -> None:
    tell()

    person = user("wang.yiwei")
    chosen = reading.register("REG-SUPP")
    found = reading.page(chosen, person, standing(person, NOW), wanted=reading.Wanted(), now=NOW)
    names = chosen.kind.fields
    lines = [dict(zip(names, line.cells, strict=True)) for line in found.lines]

    assert [line["return_no"].text for line in lines] == ["2"] * 9 + ["1"] * 2
    tool = next(line for line in lines if line["item"].text == TOOL)
    assert (tool["due"].on, tool["result"].on) == (date(2026, 11, 26), None)
    assert {line["reason_if_not"].text for line in lines} == {"", *NOT_DONE.values()}
