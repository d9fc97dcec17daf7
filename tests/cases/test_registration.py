"""A case begins in the browser: the report, a suspect, the people in charge."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case, Deadline, Suspect
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cast import DUKOU, at, organ, registered, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-02 09:30")
NUMBER = "A9901025100002026110001"


@pytest.fixture(autouse=True)
def _now() -> object:
    people.load(hashed="!")
    with time_machine.travel(NOW, tick=False):
        yield


def report(**changes: str) -> dict[str, str]:
    return {
        "received_at": "2026-11-02T09:00", "reporter": "集市管理处", "kind": "general", "title": "渡口集市盗窃案",
        "unit": str(organ(DUKOU).pk), "number": NUMBER, "charge": "盗窃罪",
        "shown_at": "2026-11-02 09:30:00", **changes,
    }  # fmt: skip


def test_register_page_is_for_the_police() -> None:
    page = sing(reverse("case-register"), allowed="shen.yanqiu", wrong_roles=["gu.nanqiao", "han.kefei"])

    assert NUMBER in said(page)


def test_report_begins_the_case_and_names_the_clock() -> None:
    answer = browser("shen.yanqiu").post(reverse("case-register"), report())

    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("case", args=[case.pk]))
    assert (case.number, case.investigator) == (NUMBER, user("shen.yanqiu"))
    assert Deadline.objects.filter(limit="filing_review_general").exists()


def test_same_report_sent_twice_is_one_case() -> None:
    client = browser("shen.yanqiu")
    client.post(reverse("case-register"), report())
    again = client.post(reverse("case-register"), report())

    assert again.status_code == 303
    assert Case.objects.count() == 1


def test_number_in_use_and_a_report_from_the_future_are_said_at_their_fields() -> None:
    registered(at("2026-11-02 09:00"), NUMBER)
    answer = browser("shen.yanqiu").post(
        reverse("case-register"),
        report(title="另一案", received_at="2026-11-03T09:00", shown_at="2026-11-02 09:31:00"),
    )

    assert answer.status_code == 422
    assert "The case number is in use" in said(answer)
    assert "The time of receipt lies in the future" in said(answer)
    assert Case.objects.count() == 1


def test_missing_parts_of_a_report_are_named() -> None:
    answer = browser("shen.yanqiu").post(reverse("case-register"), {})

    assert answer.status_code == 422
    assert said(answer).count("This is missing.") >= 6
    assert not Case.objects.exists()


def test_suspect_is_named_once_and_only_by_the_police_of_the_case() -> None:
    case = registered(at("2026-11-02 09:00"))
    url = reverse("suspect-add", args=[case.pk])
    sing(url, allowed="shen.yanqiu", strangers=["zhu.changhe", "xiahou.qi"], wrong_roles=["gu.nanqiao"])
    said_ = {"name": "田广顺", "gender": "male", "born_on": "1990-01-02", "shown_at": "2026-11-02 09:30:00"}

    client = browser("shen.yanqiu")
    first, second = client.post(url, said_), client.post(url, said_)

    assert (first.status_code, second.status_code) == (303, 303)
    assert [suspect.name for suspect in Suspect.objects.all()] == ["田广顺"]


def test_suspect_born_tomorrow_or_without_a_name_is_refused() -> None:
    case = registered(at("2026-11-02 09:00"))
    answer = browser("shen.yanqiu").post(
        reverse("suspect-add", args=[case.pk]), {"name": " ", "born_on": "2026-11-03", "gender": "male"}
    )

    assert answer.status_code == 422
    assert "The name is missing" in said(answer)
    assert not Suspect.objects.exists()


def test_prosecutor_takes_the_case_and_the_legal_department_gives_it_to_an_officer() -> None:
    case = registered(at("2026-11-02 09:00"))
    url = reverse("case-assign", args=[case.pk])
    sing(url, allowed="gu.nanqiao", strangers=["zhu.changhe"])

    taken = browser("gu.nanqiao").post(url, {"to": str(user("gu.nanqiao").pk)})
    given_ = browser("fang.shuning").post(url, {"to": str(user("he.zhiyuan").pk)})
    nobody = browser("fang.shuning").post(url, {})

    case.refresh_from_db()
    assert (taken.status_code, given_.status_code, nobody.status_code) == (303, 303, 422)
    assert (case.prosecutor, case.investigator) == (user("gu.nanqiao"), user("he.zhiyuan"))


NAMES = ("received_at", "reporter", "kind", "title", "unit", "number", "shown_at", "is_major")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_nothing_written_into_the_report_breaks_it(values: dict[str, str]) -> None:
    before = Case.objects.count()
    answer = browser("shen.yanqiu").post(reverse("case-register"), values)

    assert answer.status_code in {303, 422}
    assert (answer.status_code == 303) == (Case.objects.count() == before + 1)
