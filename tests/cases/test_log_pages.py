"""The log in the browser: every kind has its form, an entry is made once, faults stand at their fields."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Activity, Case, Deadline, Occurrence, Suspect
from coordination.law.catalogue import catalogue
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cases.logbook import detention, logged
from tests.cast import DUKOU, at, organ, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03 16:00")


@pytest.fixture(autouse=True)
def _now() -> object:
    people.load(hashed="!")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case() -> Case:
    return registered(at("2026-11-02 09:00"))


@pytest.fixture
def suspect(case: Case) -> Suspect:
    return suspect_of(case, at("2026-11-03 15:00"))


def written(suspect: Suspect, **changes: object) -> dict[str, object]:
    """The form of a detention as an officer fills it in."""
    return {
        "suspect": str(suspect.pk), "started_at": "2026-11-03T15:20", "ended_at": "2026-11-03T15:50",
        "unit": str(organ(DUKOU).pk), "officers": [str(user("shen.yanqiu").pk), str(user("he.zhiyuan").pk)],
        "place_kind": "scene", "place_detail": "渡口集市", "warrant_no": "望青公拘字〔2026〕118号",
        "approver": str(user("han.kefei").pk), "executed_at": "2026-11-03T15:30", "detention_ground": "evidence_found",
        "warrant_shown": "true", "warrant_signed": "true", "place_of_capture": "渡口集市", "remote": "false",
        "initial_days": "3", "is_deputy_or_member": "false", "remark": "", "late_reason": "", **changes,
    }  # fmt: skip


def test_choosing_is_for_the_police_of_the_case(case: Case, suspect: Suspect) -> None:
    url = reverse("activity-choose", args=[case.pk])
    page = sing(
        url, allowed="shen.yanqiu", strangers=["zhu.changhe", "xiahou.qi"], wrong_roles=["gu.nanqiao", "han.kefei"],
        wrong_methods=["post", "put", "delete"],
    )  # fmt: skip

    assert "Criminal detention" in said(page)
    assert "Only for people cleared for such measures." in said(page)
    assert "Reception of a report" not in said(page)


def test_kinds_about_a_person_wait_for_a_suspect(case: Case) -> None:
    page = browser("shen.yanqiu").get(reverse("activity-choose", args=[case.pk]))

    assert "Name a suspect first." in said(page)


def test_every_kind_has_a_form_in_both_languages(case: Case, suspect: Suspect) -> None:
    client = browser("shen.yanqiu")
    for kind in catalogue().activities.values():
        url = reverse("activity-log", args=[case.pk, kind.code])
        for lang, title in (("en", kind.en), ("zh-hans", kind.zh)):
            page = client.get(url, headers={"accept-language": lang})
            assert page.status_code == 200, kind.code
            assert title in said(page)
            for spec in kind.fields:
                assert spec.required == "auto" or f'name="{spec.name}"' in said(page), (kind.code, spec.name)


def test_log_page_is_for_the_police_and_knows_its_kinds(case: Case, suspect: Suspect) -> None:
    url = reverse("activity-log", args=[case.pk, "interrogation"])
    page = sing(url, allowed="shen.yanqiu", strangers=["zhu.changhe"], wrong_roles=["gu.nanqiao"])

    assert "at least two investigators" in said(page)
    assert browser("shen.yanqiu").get(reverse("activity-log", args=[case.pk, "tea-party"])).status_code == 404


def test_detention_is_entered_once_and_says_which_clocks_run(case: Case, suspect: Suspect) -> None:
    client, url = browser("shen.yanqiu"), reverse("activity-log", args=[case.pk, "detention"])

    first, second = client.post(url, written(suspect)), client.post(url, written(suspect))

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == reverse("case", args=[case.pk])
    assert run(case, "custody").state == "detained"
    assert Activity.objects.count() == 1
    assert Occurrence.objects.filter(event="detention_executed").count() == 1
    told = [str(message) for message in client.get(reverse("inbox")).context["messages"]]
    assert "Clocks started:" in told[0]
    assert "due 2026-11-04 15:30" in told[0]
    assert "already entered" in told[1]


def test_faults_stand_at_their_fields_and_what_was_typed_is_kept(case: Case, suspect: Suspect) -> None:
    url = reverse("activity-log", args=[case.pk, "detention"])
    answer = browser("shen.yanqiu").post(
        url, written(suspect, executed_at="2026-11-09T10:00", warrant_no="", approver="", remark="雨天")
    )

    assert answer.status_code == 422
    for words in ("lies in the future", "Warrant no. is missing", "雨天", "MPS 125"):
        assert words in said(answer), words
    assert not Activity.objects.exists()


def test_missing_instant_and_impossible_dates_are_said(case: Case, suspect: Suspect) -> None:
    url = reverse("activity-log", args=[case.pk, "detention"])
    client = browser("shen.yanqiu")

    nothing = client.post(url, {})
    year_one = client.post(url, written(suspect, started_at="0001-01-01T00:00"))

    assert (nothing.status_code, year_one.status_code) == (422, 422)
    assert "Say when." in said(nothing)
    assert "This date cannot be right." in said(year_one)


def test_second_detention_is_refused_on_top_with_its_article(case: Case, suspect: Suspect) -> None:
    logged(detention(case, suspect), NOW)
    url = reverse("activity-log", args=[case.pk, "detention"])
    answer = browser("shen.yanqiu").post(url, written(suspect, executed_at="2026-11-03T15:40"))

    assert answer.status_code == 422
    assert "Refused. Nothing was recorded" in said(answer)
    assert "it stands at “detained”" in said(answer)


def test_entry_is_read_by_both_organs_and_not_by_strangers(case: Case, suspect: Suspect) -> None:
    row = logged(detention(case, suspect), NOW).activity
    url = reverse("activity", args=[row.pk])
    page = sing(
        url, allowed="shen.yanqiu", strangers=["zhu.changhe", "xiahou.qi", "ding.shouzheng"],
        wrong_methods=["post", "put", "delete"],
    )  # fmt: skip

    assert "望青公拘字〔2026〕118号" in said(page)
    assert "Correct" in said(page)
    seen = browser("gu.nanqiao").get(url)
    assert seen.status_code == 200
    assert "Open a lead" in said(seen)
    assert reverse("activity-correct", args=[row.pk]) not in said(seen)


def test_correction_is_a_version_and_the_second_one_meets_a_conflict(case: Case, suspect: Suspect) -> None:
    row = logged(detention(case, suspect), NOW).activity
    url = reverse("activity-correct", args=[row.pk])
    sing(url, allowed="shen.yanqiu", strangers=["zhu.changhe"], wrong_roles=["gu.nanqiao"])
    client = browser("shen.yanqiu")
    better = written(suspect, executed_at="2026-11-03T15:25", correction_reason="笔误")

    unexplained = client.post(url, written(suspect, executed_at="2026-11-03T15:25"))
    done, again = client.post(url, better), client.post(url, better)

    assert (unexplained.status_code, done.status_code, again.status_code) == (422, 303, 409)
    assert "A correction has a reason" in said(unexplained)
    assert "Someone was faster" in said(again)
    assert Activity.objects.count() == 2
    assert Deadline.objects.get(limit="detention_interrogation").started_at == at("2026-11-03 15:25")
    old = browser("shen.yanqiu").get(reverse("activity", args=[row.pk]))
    assert "See the newest version" in said(old)


def test_house_officer_enters_the_arrival_of_a_person_held_there(case: Case, suspect: Suspect) -> None:
    url = reverse("activity-log", args=[case.pk, "detention_house_event"])
    guard = browser("ding.shouzheng")
    assert guard.get(url).status_code == 404

    logged(detention(case, suspect), NOW)
    house = organ("990100910000")
    with time_machine.travel(at("2026-11-03 19:10"), tick=False):
        assert guard.get(url).status_code == 200
        answer = guard.post(url, {
            "suspect": str(suspect.pk), "started_at": "2026-11-03T19:00", "unit": str(house.pk),
            "officers": [str(user("ding.shouzheng").pk)], "house_id": str(house.pk), "house_event": "entry",
            "event_at": "2026-11-03T19:00", "health_noted": "true",
        })  # fmt: skip

    assert answer.status_code == 303
    assert Deadline.objects.get(limit="detention_send_to_detention_house").stopped_at == at(
        "2026-11-03 19:00"
    )


def test_last_entry_can_be_repeated(case: Case, suspect: Suspect) -> None:
    logged(detention(case, suspect), NOW)
    page = browser("shen.yanqiu").get(reverse("activity-log", args=[case.pk, "detention"]) + "?repeat=last")

    assert "望青公拘字〔2026〕118号" in said(page)
    assert "2026-11-03T15:30" not in said(page)


ANYTHING = st.one_of(
    st.text(max_size=30), st.sampled_from(["true", "2026-11-03T15:00", "99999999999", "\x00", "-1", "💥"])
)
FIELDS = [spec.name for spec in catalogue().activity("interrogation").fields]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "suspect", "started_at", "ended_at", "unit", "officers", "x"]), ANYTHING
    )
)
def test_nothing_written_into_the_log_breaks_it(case: Case, suspect: Suspect, values: dict[str, str]) -> None:
    url = reverse("activity-log", args=[case.pk, "interrogation"])
    answer = browser("shen.yanqiu").post(url, values)

    assert answer.status_code == 422
    assert not Activity.objects.exists()
    assert not Occurrence.objects.filter(event="interrogation_recorded").exists()
