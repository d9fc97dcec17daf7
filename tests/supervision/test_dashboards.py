"""The board's numbers, and that each is the number of rows of its own list."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from coordination.standing import standing
from supervision import dashboards
from supervision.dashboards import Board, Number, Selection
from tests.cast import at, user
from tests.supervision import world
from tests.supervision.conftest import Told

READERS = (
    "jiang.wanzhao",
    "shi.huaigu",
    "lu.chengjun",
    "han.kefei",
    "gu.nanqiao",
    "fang.shuning",
    "pei.songnian",
)
NONE = {"matters": 0, "open": 0, "due_soon": 0, "overdue": 0}


def board(login: str, when: str) -> Board:
    now = at(when)
    return dashboards.board(user(login), standing(user(login), now), now=now)


def numbers(shown: Board) -> list[Number]:
    found = [shown.today, shown.overdue, shown.decisions, shown.custody, *shown.unanswered]
    found += [number for area in shown.areas for number in (area.matters, *area.deadlines)]
    return found + [number for organ in shown.organs for number in organ.deadlines]


def counted(shown: Board, area: str) -> dict[str, int]:
    chosen = next(row for row in shown.areas if row.area.code == area)
    counts = {number.selection.state: number.count for number in chosen.deadlines}
    return {"matters": chosen.matters.count, **counts}


@pytest.mark.parametrize("login", READERS)
@pytest.mark.parametrize("when", ["2026-11-16 10:00", "2026-11-27 10:00", "2027-02-10 10:00"])
def test_every_number_is_the_number_of_rows_of_its_list(told: Told, login: str, when: str) -> None:
    now = at(when)
    who = standing(user(login), now)

    shown = dashboards.board(user(login), who, now=now)

    for number in numbers(shown):
        found = dashboards.rows(number.selection, user(login), who, now=now)
        assert found.count() == number.count, number.selection
        assert len(set(found.values_list("pk", flat=True))) == number.count


def test_a_reply_becomes_due_soon_and_overdue(told: Told) -> None:
    seen = {
        when: counted(board("jiang.wanzhao", f"2026-11-{when} 10:00"), "SUP-EFFECT")
        for when in ("24", "26", "28")
    }

    assert seen["24"] == {"matters": 3, "open": 1, "due_soon": 0, "overdue": 0}
    assert seen["26"] == {"matters": 3, "open": 1, "due_soon": 1, "overdue": 0}
    assert seen["28"] == {"matters": 3, "open": 1, "due_soon": 0, "overdue": 1}


def test_internal_handling_is_counted_for_the_police_only(told: Told) -> None:
    police = counted(board("shi.huaigu", "2026-11-16 10:00"), "SUP-LINK")
    procuratorate = counted(board("jiang.wanzhao", "2026-11-16 10:00"), "SUP-LINK")

    assert (police["matters"], police["open"]) == (1, 2)
    assert procuratorate == NONE


def test_a_notice_that_is_drafted_is_counted_for_the_procuratorate_only(told: Told) -> None:
    assert counted(board("shi.huaigu", "2026-11-24 10:00"), "SUP-EFFECT")["matters"] == 1
    assert counted(board("jiang.wanzhao", "2026-11-24 10:00"), "SUP-EFFECT")["matters"] == 3


def test_another_county_sees_nothing(told: Told) -> None:
    assert [number for number in numbers(board("pei.songnian", "2026-11-24 10:00")) if number.count] == []


def test_both_organs_see_what_each_of_them_owes(told: Told) -> None:
    seen = {
        login: {row.organ: row.deadlines[0].count for row in board(login, "2026-11-24 10:00").organs}
        for login in ("jiang.wanzhao", "shi.huaigu")
    }

    # the arrest review, and the filing decisions of three cases that its desk has not receipted
    assert seen["jiang.wanzhao"]["procuratorate"] == seen["shi.huaigu"]["procuratorate"] == 4
    assert seen["shi.huaigu"]["police"] == seen["jiang.wanzhao"]["police"] + 2


def test_a_draft_that_waits_for_its_approver_needs_a_decision(told: Told) -> None:
    assert board("lu.chengjun", "2026-11-24 10:00").decisions.count == 1
    assert board("han.kefei", "2026-11-24 10:00").decisions.count == 0


def test_board_takes_three_queries_however_much_is_open(
    told: Told, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now, reader = at("2026-11-24 10:00"), user("jiang.wanzhao")
    who = standing(reader, now)

    for number in ("A9901025100002026110031", "A9901025100002026110032"):
        with django_assert_num_queries(3):
            dashboards.board(reader, who, now=now)
        world.detained(number)


def test_a_selection_that_does_not_exist_is_a_fault() -> None:
    now = at("2026-11-24 10:00")
    reader = user("jiang.wanzhao")

    with pytest.raises(KeyError):
        dashboards.rows(Selection("nothing"), reader, standing(reader, now), now=now)
