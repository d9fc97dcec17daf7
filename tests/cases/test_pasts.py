"""Many proceedings at once are seen as the door sees each of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import scope, steps
from cases.models import Proceeding
from cases.queries import pasts
from coordination.standing import standing
from supervision.demo import people
from tests.cast import at, registered, user
from tests.journeys.test_story import served_notice

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 09:00")


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def loaded() -> list[Proceeding]:
    return list(Proceeding.objects.select_related(*pasts.MATTER))


def test_many_are_seen_as_the_door_sees_each() -> None:
    served_notice()
    rows = loaded()

    with CaptureQueriesContext(connection) as queries:
        found = pasts.histories(rows, now=NOW)

    assert len(rows) > 6
    assert len(queries) <= 6
    assert found == {row.pk: scope.history(row, NOW) for row in rows}
    for login in ("gu.nanqiao", "fang.shuning", "shen.yanqiu", "xu.qingzhi", "xiahou.qi"):
        offered = pasts.choices(standing(user(login), NOW), rows, now=NOW)
        assert offered == {row.pk: steps.choices(user(login), row, at=NOW) for row in rows}


def test_one_costs_as_much_as_many() -> None:
    registered(at("2026-11-02 09:00"))
    rows = loaded()

    with CaptureQueriesContext(connection) as queries:
        pasts.histories(rows[:1], now=NOW)

    assert len(queries) <= 6


def test_histories_of_nothing_ask_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert pasts.histories([], now=NOW) == {}

    assert len(queries) == 0
