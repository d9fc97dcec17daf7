"""The board's numbers, and that each is the number of rows of its own list."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from coordination.standing import standing
from supervision import dashboards
from supervision.dashboards import Board, Number, Selection
from tests.cast import at, user
from tests.supervision import world

READERS = ("jiang.wanzhao", "shi.huaigu", "lu.chengjun", "han.kefei", "gu.nanqiao", "fang.shuning", "pei.songnian")


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
def test_every_number_is_the_number_of_rows_of_its_list(login: str) -> None:
    world.receipted(world.submitted())
    world.detained("A9901025100002026110022")
    now = at("2026-11-24 10:00")
    who = standing(user(login), now)

    shown = dashboards.board(user(login), who, now=now)

    for number in numbers(shown):
        found = dashboards.rows(number.selection, user(login), who, now=now)
        assert found.count() == number.count, number.selection
        assert len(set(found.values_list("pk", flat=True))) == number.count


def test_board_of_a_served_notice() -> None:
    world.receipted(world.submitted())

    shown = board("jiang.wanzhao", "2026-11-24 10:00")

    assert counted(shown, "SUP-EFFECT") == {"matters": 1, "open": 1, "due_soon": 0, "overdue": 0}
    assert counted(board("jiang.wanzhao", "2026-11-26 10:00"), "SUP-EFFECT")["due_soon"] == 1
    assert counted(board("jiang.wanzhao", "2026-11-28 10:00"), "SUP-EFFECT")["overdue"] == 1


def test_internal_handling_is_counted_for_the_police_only() -> None:
    world.receipted(world.submitted())

    police = counted(board("shi.huaigu", "2026-11-16 10:00"), "SUP-LINK")
    procuratorate = counted(board("jiang.wanzhao", "2026-11-16 10:00"), "SUP-LINK")

    assert police["matters"] == 1
    assert police["open"] == 2
    assert procuratorate == {"matters": 0, "open": 0, "due_soon": 0, "overdue": 0}


def test_another_county_sees_nothing() -> None:
    world.receipted(world.submitted())

    assert [number for number in numbers(board("pei.songnian", "2026-11-24 10:00")) if number.count] == []


def test_both_organs_see_what_each_of_them_owes() -> None:
    world.receipted(world.submitted())

    seen = {
        login: {row.organ: row.deadlines[0].count for row in board(login, "2026-11-24 10:00").organs}
        for login in ("jiang.wanzhao", "shi.huaigu")
    }

    assert seen["jiang.wanzhao"]["procuratorate"] == 1
    assert seen["jiang.wanzhao"]["police"] > 0
    assert seen["shi.huaigu"]["procuratorate"] == 1
    assert seen["shi.huaigu"]["police"] == seen["jiang.wanzhao"]["police"] + 2


def test_a_draft_that_waits_for_its_approver_needs_a_decision() -> None:
    case = world.detained()
    world.awaiting(case)

    assert board("lu.chengjun", "2026-11-13 11:00").decisions.count == 1
    assert board("han.kefei", "2026-11-13 11:00").decisions.count == 0


def test_custody_that_ends_within_ten_days_is_counted_until_something_follows() -> None:
    world.submitted()

    assert board("gu.nanqiao", "2026-11-06 10:00").custody.count == 1
    assert board("gu.nanqiao", "2026-11-20 10:00").custody.count == 1


def test_unanswered_documents_stand_at_their_age() -> None:
    world.served(world.detained())

    def ages(when: str) -> dict[str, int]:
        return {number.selection.age: number.count for number in board("jiang.wanzhao", when).unanswered}

    assert ages("2026-11-14 10:00") == {"young": 1, "middle": 0, "old": 0, "stale": 0}
    assert ages("2026-11-20 10:00") == {"young": 0, "middle": 1, "old": 0, "stale": 0}
    assert ages("2026-12-20 10:00") == {"young": 0, "middle": 0, "old": 0, "stale": 1}


def test_board_takes_three_queries_however_much_is_open(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now, who = at("2026-11-24 10:00"), user("jiang.wanzhao")
    stands = standing(who, now)
    for number in ("A9901025100002026110021", "A9901025100002026110022", "A9901025100002026110023"):
        world.detained(number)
        with django_assert_num_queries(3):
            dashboards.board(who, stands, now=now)


def test_a_selection_that_does_not_exist_is_a_fault() -> None:
    now = at("2026-11-24 10:00")

    with pytest.raises(KeyError):
        dashboards.rows(Selection("nothing"), user("jiang.wanzhao"), standing(user("jiang.wanzhao"), now), now=now)
