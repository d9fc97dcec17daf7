"""S1, the theft ring at the ferry market, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from cases.queries import owed
from cases.queries.owed_rows import OwedRow
from coordination.standing import standing
from supervision.demo.stories import REFERENCE as NOW
from tests.cast import case_numbered, run, user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

THEFT = "A9901025100002026110021"


def rows(login: str) -> tuple[OwedRow, ...]:
    """What is on a person's work list."""
    person = user(login)
    return owed.work_list(person, standing(person, NOW), owed.Asked(), now=NOW).rows


def test_arrest_review_runs_from_the_second_request() -> None:
    tell()

    assert running(THEFT, "arrest_review_detained").due_on == date(2026, 11, 27)


def test_package_is_in_mismatch_and_the_list_of_it_waits_at_the_desk_of_the_police() -> None:
    tell()

    package = run(case_numbered(THEFT), "exchange_package")
    assert (package.state, running(THEFT, "package_fix_norm").due_on) == ("mismatch", date(2026, 11, 26))
    assert "exchange_package" in {row.matter.process for row in rows("fang.shuning")}
    assert not [row for row in rows("shen.yanqiu") if row.line and row.line.state == "overdue"]


def test_prosecutor_reads_beside_the_case_that_the_family_may_have_been_told_late(client: Client) -> None:
    tell()
    case = case_numbered(THEFT)

    with time_machine.travel(NOW, tick=False):
        pages = {}
        for login in ("gu.nanqiao", "shen.yanqiu", "lu.chengjun"):
            client.force_login(user(login))
            pages[login] = client.get(f"/cases/{case.pk}/").content.decode()

    assert "DET-2 拘留后24小时内未通知家属" in pages["gu.nanqiao"]
    assert "DET-2" not in pages["shen.yanqiu"]
    assert "DET-2" not in pages["lu.chengjun"]
