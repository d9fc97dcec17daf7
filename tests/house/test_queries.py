"""Query budgets: a page asks the same number of questions for one row and for three. A new number is a decision."""

from __future__ import annotations

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case
from supervision.demo import people
from supervision.findings import Seen, open_lead
from tests.cast import agreed, at, do, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
WHEN = at("2026-11-04 09:00")

WORK_LIST = 17
WHOLE_ORGAN = 15
OWED_TO_ME = 13
CASE_LIST = 13
CASE = 29
TIMELINE = 13
WHY = 6
STEP = 25


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def detained(number: int) -> Case:
    """A case with one suspect, detained."""
    case = registered(at("2026-11-02 09:00"), number=f"A99010251000020261100{number}")
    suspect_of(case, at("2026-11-03 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at("2026-11-03 16:00"),
        executed_at=at("2026-11-03 15:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip
    return case


def asked(client: Client, login: str, url: str) -> int:
    """How many queries a page takes for a person, sessions included."""
    client.force_login(user(login))
    cache.clear()
    with time_machine.travel(WHEN, tick=False):
        client.get(url)  # what a process reads once
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_one_case_and_for_three(client: Client) -> None:
    def cost(case: Case) -> dict[str, int]:
        deadline = case.deadlines.filter(stopped_at__isnull=True).first()
        assert deadline is not None
        return {
            "work list": asked(client, "shen.yanqiu", reverse("work-list")),
            "owed to me": asked(client, "lu.chengjun", reverse("work-list") + "?tab=owed"),
            "whole organ": asked(client, "han.kefei", reverse("work-list") + "?whose=organ"),
            "case list": asked(client, "shen.yanqiu", reverse("case-list")),
            "case": asked(client, "shen.yanqiu", reverse("case", args=[case.pk])),
            "timeline": asked(client, "shen.yanqiu", reverse("case-timeline", args=[case.pk])),
            "why": asked(client, "shen.yanqiu", reverse("deadline-why", args=[deadline.pk])),
        }

    case = detained(21)
    one = cost(case)
    suspect_of(case, at("2026-11-03 18:00"), name="卫小楼")
    suspect_of(case, at("2026-11-03 18:00"), name="孔大有")
    detained(22)
    detained(23)

    three = cost(case)

    assert three == one
    assert three == {
        "work list": WORK_LIST, "owed to me": OWED_TO_ME, "whole organ": WHOLE_ORGAN, "case list": CASE_LIST,
        "case": CASE, "timeline": TIMELINE, "why": WHY,
    }  # fmt: skip


def test_a_step_costs_no_more_however_long_its_history_is(client: Client) -> None:
    lead = open_lead(
        user("gu.nanqiao"), detained(21), Seen(("INT-1",), "仅一名侦查人员签名"), activity=None, at=WHEN
    )
    do("gu.nanqiao", lead, "triage", WHEN, outcome="verify", risk="middle", note="核查")
    do("gu.nanqiao", lead, "verify", WHEN)
    client.force_login(user("gu.nanqiao"))

    def cost() -> int:
        body = {"facts": {"method": "records_obtained", "record": "笔录"}, "version": lead.steps.count()}
        with time_machine.travel(WHEN, tick=False), CaptureQueriesContext(connection) as queries:
            told = client.post(
                f"/api/v1/proceedings/{lead.pk}/steps/record_method/", body, content_type="application/json"
            )
        assert told.status_code == 201
        return len(queries)

    cost()  # what a process reads once
    first = cost()
    for _ in range(20):
        do("gu.nanqiao", lead, "record_method", WHEN, method="records_obtained", record="笔录")

    assert cost() == first
    assert first <= STEP
