"""Who must not see what: restricted measures, a case of which only the header is open, a detention house."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.db.models import Model

from cases.logbook.activities import correct, entry_of
from cases.models import Activity, Case, Deadline, Document, Draft, Occurrence, Proceeding, Step, Suspect
from cases.registration import assign
from cases.sweep import sweep
from coordination import policy, sharing
from coordination.errors import Refused
from coordination.models import Message, Posting, Share, User
from supervision.demo import people
from supervision.findings import Seen, open_lead
from supervision.models import Finding
from tests.cases.doors import browser, said
from tests.cases.logbook import detention, entry, logged
from tests.cast import agreed, at, do, organ, registered, run, suspect_of, user
from tests.supervision.test_board_pages import numbers_on

pytestmark = pytest.mark.django_db
NOW = at("2026-11-05 09:00")
MEASURE = ("Technical investigation", "技术侦查")
LIMIT = "technical_investigation"


@pytest.fixture
def case() -> Iterator[Case]:
    """A case with two suspects; 田广顺 is detained and held in the first detention house of Wangchuan."""
    people.load(hashed="!")
    with time_machine.travel(NOW, tick=False):
        found = registered(at("2026-11-02 09:00"))
        do("shen.yanqiu", run(found, "filing_review"), "hand_receipt", at("2026-11-02 09:10"))
        logged(detention(found, suspect_of(found, at("2026-11-03 15:00"))), at("2026-11-03 16:00"))
        suspect_of(found, at("2026-11-03 18:00"), name="卫小楼")
        assign(
            user("lu.chengjun"), found, to=user("gu.nanqiao"), role="prosecutor", at=at("2026-11-03 19:00")
        )
        yield found


def held(case: Case) -> Suspect:
    return Suspect.objects.get(case=case, name="田广顺")


def cleared(*logins: str) -> None:
    Posting.objects.filter(user__login__in=logins).update(clearance=2)


def measured(case: Case) -> Activity:
    """The telephone of 田广顺 is monitored since 4 November; the limit runs three months from the signing."""
    cleared("shen.yanqiu", "lu.chengjun")
    facts = {
        "decision_no": "望公技侦字〔2026〕7号", "measure_type": "communication", "object_name": "田广顺",
        "signed_at": at("2026-11-04 10:00"), "ends_on": at("2027-02-04 00:00").date(),
        "approver_level": "prefecture_head", "decision_in_file": False,
    }  # fmt: skip
    start, end = at("2026-11-04 10:00"), at("2026-11-04 18:00")
    made = entry(case, LIMIT, start, end, suspect=held(case), facts=facts, place_kind="other")
    return logged(made, at("2026-11-04 18:30")).activity


def seen(login: str, model: type[Model]) -> set[Model]:
    return set(policy.visible(user(login), model, now=NOW))


# ---- restricted measures ---------------------------------------------------------------------------------------------


def test_clock_of_a_restricted_measure_is_seen_by_the_cleared_only(case: Case) -> None:
    activity = measured(case)
    clock, event = Deadline.objects.get(limit=LIMIT), Occurrence.objects.get(activity=activity)

    assert clock.confidentiality == event.confidentiality == activity.confidentiality == 2
    for login in ("shen.yanqiu", "lu.chengjun"):
        assert clock in seen(login, Deadline), login
        assert event in seen(login, Occurrence), login
    for login in ("he.zhiyuan", "fang.shuning", "han.kefei", "gu.nanqiao", "jiang.wanzhao", "ding.shouzheng"):
        assert clock not in seen(login, Deadline), login
        assert event not in seen(login, Occurrence), login
        assert activity not in seen(login, Activity), login


def addresses(case: Case) -> list[str]:
    """Every page and answer on which a clock of the case may stand."""
    custody = Proceeding.objects.get(case=case, process="custody", suspect=held(case))
    return [
        "/", "/?whose=organ", "/?tab=owed&whose=organ", f"/cases/{case.pk}/", f"/cases/{case.pk}/timeline/",
        "/cases/", f"/proceedings/{custody.pk}/", "/inbox/", "/registers/REG-CUSTODY/", "/registers/REG-CUSTODY/csv/",
        "/api/v1/deadlines/?state=any&page_size=100", f"/api/v1/cases/{case.pk}/activities/",
        f"/api/v1/proceedings/{custody.pk}/", "/api/v1/messages/",
    ]  # fmt: skip


def told_of_the_measure(login: str, url: str) -> bool:
    answer = browser(login).get(url)
    assert answer.status_code == 200, (login, url, answer.status_code)
    text = b"".join(answer.streaming_content).decode() if answer.streaming else said(answer)
    return any(word in text for word in (*MEASURE, f'"{LIMIT}"'))


@pytest.mark.parametrize("login", ["he.zhiyuan", "fang.shuning", "han.kefei", "gu.nanqiao"])
def test_no_page_tells_the_uncleared_of_a_restricted_measure(case: Case, login: str) -> None:
    measured(case)
    sweep(at("2027-02-05 00:01"))

    assert [url for url in addresses(case) if told_of_the_measure(login, url)] == []


def test_pages_tell_the_cleared_of_a_restricted_measure(case: Case) -> None:
    measured(case)
    sweep(at("2027-02-05 00:01"))

    silent = {url for url in addresses(case) if not told_of_the_measure("shen.yanqiu", url)}

    elsewhere = {url for url in silent if not url.startswith(("/api/v1/proceedings/", "/registers/"))}
    assert elsewhere == {"/?tab=owed&whose=organ", "/cases/"}


@pytest.mark.parametrize("login", ["jiang.wanzhao", "gu.nanqiao", "han.kefei"])
def test_board_does_not_count_a_restricted_clock_for_the_uncleared(case: Case, login: str) -> None:
    before = numbers_on(said(browser(login).get("/office/")))
    measured(case)

    assert before
    assert numbers_on(said(browser(login).get("/office/"))) == before


def test_board_counts_a_restricted_clock_for_the_cleared(case: Case) -> None:
    before = numbers_on(said(browser("lu.chengjun").get("/office/")))
    measured(case)

    assert numbers_on(said(browser("lu.chengjun").get("/office/"))) != before


def test_why_page_of_a_restricted_clock_is_not_there_for_the_uncleared(case: Case) -> None:
    measured(case)
    url = f"/deadlines/{Deadline.objects.get(limit=LIMIT).pk}/why/"

    assert browser("shen.yanqiu").get(url).status_code == 200
    assert browser("fang.shuning").get(url).status_code == 404


def test_rungs_of_a_restricted_clock_tell_the_cleared_only(case: Case) -> None:
    measured(case)
    Case.objects.filter(pk=case.pk).update(investigator=user("he.zhiyuan"))

    sweep(at("2027-02-05 00:01"))

    rung = [message for message in Message.objects.all() if MEASURE[0] in str(message.params)]
    assert {message.recipient.login for message in rung} == {"shen.yanqiu"}


def test_restricted_clock_falls_to_who_logged_it_where_nobody_else_is_cleared(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(investigator=user("he.zhiyuan"))
    case.refresh_from_db()
    measured(case)

    assert Deadline.objects.get(limit=LIMIT).owner == user("shen.yanqiu")


def test_assignment_does_not_hand_a_restricted_clock_to_the_uncleared(case: Case) -> None:
    measured(case)
    before = Deadline.objects.get(limit=LIMIT).owner

    assign(user("han.kefei"), case, to=user("he.zhiyuan"), role="investigator", at=NOW)

    assert Deadline.objects.get(limit=LIMIT).owner == before
    assert Deadline.objects.get(limit="arrest_request_after_detention").owner != user("shen.yanqiu")


def test_confidential_case_goes_to_a_cleared_person_only(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(confidentiality=2)
    case.refresh_from_db()
    cleared("han.kefei")

    with pytest.raises(Refused) as refused:
        assign(user("han.kefei"), case, to=user("he.zhiyuan"), role="investigator", at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["field:to"]


def test_correcting_a_restricted_entry_keeps_its_events_restricted(case: Case) -> None:
    activity = measured(case)
    again = correct(user("shen.yanqiu"), activity, entry_of(activity), reason="补记", at=NOW).activity

    assert set(Occurrence.objects.filter(activity=again).values_list("confidentiality", flat=True)) == {2}
    assert Deadline.objects.get(limit=LIMIT).confidentiality == 2


def test_lead_on_a_restricted_measure_is_as_confidential_as_the_measure(case: Case) -> None:
    activity = measured(case)
    cleared("gu.nanqiao")
    lead = open_lead(user("gu.nanqiao"), case, Seen(("TEC-1",), "决定书"), activity=activity, at=NOW)

    assert lead.confidentiality == 2
    assert lead not in seen("jiang.wanzhao", Proceeding)
    assert not seen("jiang.wanzhao", Finding)
    assert lead in seen("lu.chengjun", Proceeding)
    assert Finding.objects.get() in seen("lu.chengjun", Finding)


def test_paper_of_a_confidential_case_needs_the_clearance(case: Case) -> None:
    paper = Document.objects.filter(case=case).first()
    assert paper is not None
    assert paper in seen("fang.shuning", Document)

    Document.objects.filter(pk=paper.pk).update(confidentiality=2)

    assert paper not in seen("fang.shuning", Document)


WITHOUT_LEVEL = {"Case", "Suspect", "Charge", "Proceeding", "EventEntry", "Finding", "Opinion"}
"""What is as confidential as its case or proceeding, never more."""


def test_every_row_that_may_follow_from_a_restricted_activity_has_a_level() -> None:
    models = [model for model in apps.get_models() if hasattr(model, "seen_through")]

    assert {model.__name__ for model in models if model.seen_through.clearance is None} == WITHOUT_LEVEL


# ---- the header of a case --------------------------------------------------------------------------------------------


def header_to(case: Case, code: str) -> None:
    sharing.grant(
        user("fang.shuning"), case.pk, kind=Share.Subject.CASE, to=organ(code), by=case.police,
        scope=Share.Scope.HEADER, ground="通报", at=at("2026-11-04 09:00"),
    )  # fmt: skip


def stranger(model: User) -> str:
    return model.postings.get().organisation.organ.code


@pytest.mark.parametrize("login", ["xiahou.qi", "shao.weimin"])
def test_header_of_a_case_does_not_name_its_suspects(case: Case, login: str) -> None:
    header_to(case, stranger(user(login)))
    person = browser(login)

    pages = [
        said(person.get(url))
        for url in (f"/cases/{case.pk}/", "/cases/", f"/api/v1/cases/{case.pk}/suspects/")
    ]

    assert case in seen(login, Case)
    assert not seen(login, Suspect)
    assert case.number in pages[0]
    hidden = ("田广顺", "卫小楼", user("shen.yanqiu").name, case.charge)
    assert [word for page in pages for word in hidden if word in page] == []


def test_searching_a_name_does_not_find_a_case_of_which_only_the_header_is_open(case: Case) -> None:
    header_to(case, stranger(user("xiahou.qi")))

    assert case.number in said(browser("xiahou.qi").get("/cases/", {"q": case.number}))
    assert case.number not in said(browser("xiahou.qi").get("/cases/", {"q": "卫小楼"}))


def test_search_finds_a_suspect_where_the_case_is_open(case: Case) -> None:
    assert case.number in said(browser("gu.nanqiao").get("/cases/", {"q": "卫小楼"}))


# ---- the detention house ---------------------------------------------------------------------------------------------


def arrived(case: Case) -> Activity:
    """丁守正 of the first detention house writes down that 田广顺 arrived."""
    house = organ("990100910000")
    made = entry(
        case, "detention_house_event", at("2026-11-04 08:00"), suspect=held(case), officers=(user("ding.shouzheng"),),
        unit=house, facts={
            "house_id": str(house.pk), "house_event": "entry", "event_at": at("2026-11-04 08:00"), "health_noted": True,
        },
    )  # fmt: skip
    return logged(made, at("2026-11-04 08:30"), "ding.shouzheng").activity


def test_house_sees_its_own_entries_and_may_correct_them(case: Case) -> None:
    entry_ = arrived(case)
    person = browser("ding.shouzheng")

    assert seen("ding.shouzheng", Activity) == {entry_}
    assert person.get(f"/activities/{entry_.pk}/").status_code == 200
    assert person.get(f"/activities/{entry_.pk}/correct/").status_code == 200
    again = correct(
        user("ding.shouzheng"), entry_, entry_of(entry_), reason="补记", at=at("2026-11-05 07:00")
    ).activity
    assert again in seen("ding.shouzheng", Activity)


def test_house_does_not_see_what_the_police_logged(case: Case) -> None:
    theirs = Activity.objects.get(case=case, kind="detention")

    assert browser("ding.shouzheng").get(f"/activities/{theirs.pk}/").status_code == 404
    assert "Detention warrant" not in said(
        browser("ding.shouzheng").get(f"/cases/{case.pk}/log/interrogation/")
    )


def test_house_sees_the_persons_it_holds_and_no_co_suspect(case: Case) -> None:
    person = browser("ding.shouzheng")

    assert {
        row.name for row in Suspect.objects.filter(pk__in=[s.pk for s in seen("ding.shouzheng", Suspect)])
    } == {"田广顺"}
    pages = [said(person.get(url)) for url in (f"/cases/{case.pk}/", "/cases/", f"/cases/{case.pk}/log/")]
    assert "田广顺" in pages[0]
    assert [page for page in pages if "卫小楼" in page] == []


def test_house_sees_the_papers_of_custody_and_not_the_request_for_arrest(case: Case) -> None:
    custody = Proceeding.objects.get(case=case, process="custody", suspect=held(case))
    agreed("fang.shuning", "han.kefei", custody, "request_arrest", at("2026-11-05 08:00"))
    request = Document.objects.get(kind="DOC-ARREST-REQUEST")
    person = browser("ding.shouzheng")

    page = said(person.get(f"/proceedings/{custody.pk}/"))

    assert request in seen("fang.shuning", Document)
    assert request not in seen("ding.shouzheng", Document)
    assert f"/documents/{request.pk}/" not in page
    assert person.get(f"/documents/{request.pk}/").status_code == 404
    assert person.get(f"/documents/{request.pk}/file/").status_code == 404
    assert {row.pk for row in seen("ding.shouzheng", Proceeding)} == {custody.pk}


def test_house_sees_the_clocks_of_custody_and_not_the_other_duties_of_the_police(case: Case) -> None:
    shown = {
        row.limit
        for row in Deadline.objects.filter(pk__in=[one.pk for one in seen("ding.shouzheng", Deadline)])
    }

    assert "arrest_request_after_detention" in shown
    assert "detention_family_notice" not in shown
    assert "detention_family_notice" in {row.limit for row in Deadline.objects.filter(case=case)}


def test_house_sees_no_draft_of_the_police(case: Case) -> None:
    custody = Proceeding.objects.get(case=case, process="custody", suspect=held(case))
    draft = do("fang.shuning", custody, "request_arrest", NOW)

    assert isinstance(draft, Draft)
    assert draft in seen("han.kefei", Draft)
    assert not seen("ding.shouzheng", Draft)


# ---- two organs that are equals --------------------------------------------------------------------------------------


def test_other_organ_does_not_read_what_is_still_being_written(case: Case) -> None:
    custody = Proceeding.objects.get(case=case, process="custody", suspect=held(case))
    draft = do("fang.shuning", custody, "request_arrest", NOW)

    assert custody in seen("gu.nanqiao", Proceeding)
    assert draft not in seen("gu.nanqiao", Draft)
    assert browser("gu.nanqiao").get(f"/drafts/{draft.pk}/").status_code == 404


def test_other_organ_sees_the_steps_taken_since_the_matter_was_opened_to_it(case: Case) -> None:
    review = run(case, "filing_review")
    first = Step.objects.filter(proceeding=review).order_by("sequence").first()
    assert first is not None
    assert first in seen("gu.nanqiao", Step)

    Proceeding.objects.filter(pk=review.pk).update(opened_to_counterpart_at=at("2026-11-02 09:05"))

    assert first not in seen("gu.nanqiao", Step)
    assert Step.objects.get(proceeding=review, name="hand_receipt") in seen("gu.nanqiao", Step)
    assert first in seen("fang.shuning", Step)
