"""The case page: what each side sees of a case, what it may do, what not and why; and who may open it at all."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseVisit, Suspect
from cases.queries import visits
from cases.queries.case import CasePage, case_page
from cases.registration import Person, add_suspect
from cases.steps import approve
from coordination import sharing
from coordination.models import AuditEntry, Share
from coordination.standing import standing
from supervision.demo import people
from tests.cast import agreed, at, do, organ, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
NUMBER = "990102199003071234"
WHEN = at("2026-11-03 17:00")


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


@pytest.fixture
def case() -> Case:
    """沈砚秋's case with a detained suspect."""
    made = registered(at("2026-11-02 09:00"))
    agreed("fang.shuning", "han.kefei", run(made, "filing_review"), "decide_file", at("2026-11-03 10:00"))
    person = Person(name="田广顺", gender="male", identity_number=NUMBER)
    add_suspect(user("shen.yanqiu"), made, person, at=at("2026-11-03 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(made, "custody"), "detain", at("2026-11-03 16:00"),
        executed_at=at("2026-11-03 15:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip
    return made


def page_of(login: str, case: Case, when: datetime = WHEN) -> CasePage:
    person = user(login)
    return case_page(person, standing(person, when), case, now=when)


def possible(page: CasePage) -> set[tuple[str, str]]:
    return {(m.proceeding.process, step.step.id) for m in page.matters for step in (*m.urgent, *m.possible)}


def test_officer_sees_where_the_suspect_stands_and_what_runs(case: Case) -> None:
    page = page_of("shen.yanqiu", case)

    assert page.stage is not None
    assert page.stage.id == "investigation"
    assert [lane.suspect.name for lane in page.held] == ["田广顺"]
    assert page.held[0].charges == ("盗窃罪",)
    assert page.held[0].in_force is not None
    assert page.held[0].in_force.bar.expires_at == at("2026-11-06 15:30")
    assert [one.line.at for one in page.deadlines] == sorted(one.line.at for one in page.deadlines)
    assert "detention_family_notice" in {one.line.limit.id for one in page.deadlines}


def test_what_can_be_done_follows_the_role(case: Case) -> None:
    assert ("custody", "first_interrogation") in possible(page_of("shen.yanqiu", case))
    assert ("custody", "request_arrest") in possible(page_of("fang.shuning", case))
    assert ("custody", "request_arrest") not in possible(page_of("shen.yanqiu", case))
    assert possible(page_of("gu.nanqiao", case)) & {("custody", "request_arrest")} == set()


def test_what_cannot_be_done_has_its_reason_and_its_article(case: Case) -> None:
    page = page_of("shen.yanqiu", case)

    refused = {one.step.id: one for matter in page.barred for one in matter.refused}
    reserved = {one.step.id: one for matter in page.reserved for one in matter.reserved}

    assert "arrest" not in refused  # not from this state at all
    assert all(reason.sources for one in (*refused.values(), *reserved.values()) for reason in one.reasons)
    assert "reserved to the police legal department" in [r.en for r in reserved["request_arrest"].reasons]


def test_submitted_step_is_no_longer_offered_and_stands_among_the_drafts(case: Case) -> None:
    do("fang.shuning", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))

    page = page_of("fang.shuning", case, at("2026-11-05 12:00"))

    assert ("custody", "request_arrest") not in possible(page)
    assert [(laid.step.id, laid.role.id) for laid in page.drafts] == [("request_arrest", "police_chief")]


def test_superior_sees_the_header_and_the_matter_that_was_opened_only(case: Case) -> None:
    for kind, subject, scope in (
        (Share.Subject.CASE, case.pk, Share.Scope.HEADER),
        (Share.Subject.PROCEEDING, run(case, "filing_review").pk, Share.Scope.MATTER),
    ):
        sharing.grant(
            user("lu.chengjun"), subject, kind=kind, to=organ("990100JC"), by=organ("990102JC"), scope=scope,
            ground="报告上一级人民检察院", at=WHEN,
        )  # fmt: skip

    page = page_of("xiahou.qi", case)

    assert page.suspects == ()
    assert page.stage is None
    assert {matter.proceeding.process for matter in page.matters} <= {"filing_review"}
    assert {share.organisation.code for share in page.shares} == {"990100JC"}
    assert not page.is_own
    assert page.beginnings == ()
    assert {share.ground for share in page_of("gu.nanqiao", case).shares} == {"报告上一级人民检察院"}


def test_office_may_call_a_hearing_of_officers_by_hand_though_a_notice_calls_one_too(case: Case) -> None:
    begun = {one.process.id: one.step.id for one in page_of("jiang.wanzhao", case).beginnings}

    assert begun["officer_hearing"] == "call"
    assert "internal_supervision_link" not in begun
    assert "officer_hearing" not in {one.process.id for one in page_of("shen.yanqiu", case).beginnings}


def test_a_suspect_in_custody_stands_before_one_at_liberty(case: Case) -> None:
    suspect_of(case, at("2026-11-03 16:30"), name="卫小楼")

    page = page_of("shen.yanqiu", case)

    assert [lane.suspect.name for lane in page.suspects] == ["田广顺", "卫小楼"]
    assert [lane.in_force is not None for lane in page.suspects] == [True, False]


@pytest.mark.parametrize("login", ["shen.yanqiu", "fang.shuning", "gu.nanqiao", "jiang.wanzhao"])
def test_page_opens_for_the_organs_of_the_case(client: Client, case: Case, login: str) -> None:
    client.force_login(user(login))

    with time_machine.travel(WHEN, tick=False):
        answer = client.get(reverse("case", args=[case.pk]), headers=ENGLISH)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "渡口集市系列盗窃案" in text
    assert "Request approval of arrest after detention" in text
    assert NUMBER not in text
    assert "990•••••••••••••34" in text


def test_page_does_not_exist_for_a_stranger(client: Client, case: Case) -> None:
    client.force_login(user("zhuo.yifan"))

    for name in ("case", "case-timeline"):
        assert client.get(reverse(name, args=[case.pk])).status_code == 404


def test_page_is_read_only_and_for_people_who_have_signed_in(client: Client, case: Case) -> None:
    for name in ("case", "case-timeline"):
        url = reverse(name, args=[case.pk])
        assert client.get(url).headers["location"] == f"{reverse('login')}?next={url}"
    client.force_login(user("shen.yanqiu"))

    assert client.post(reverse("case", args=[case.pk])).status_code == 405
    assert client.post(reverse("case-timeline", args=[case.pk])).status_code == 405


def test_second_visit_knows_the_first_and_a_reader_of_the_other_organ_is_on_record(
    client: Client, case: Case
) -> None:
    url = reverse("case", args=[case.pk])
    client.force_login(user("gu.nanqiao"))

    for minute in (
        "2026-11-03 17:00",
        "2026-11-03 17:10",
        "2026-11-03 18:00",
        "2026-11-04 00:05",
        "2026-11-04 08:00",
    ):
        with time_machine.travel(at(minute), tick=False):
            client.get(url)

    assert CaseVisit.objects.get(user=user("gu.nanqiao"), case=case).seen_at == at("2026-11-04 08:00")
    assert visits.last(user("shen.yanqiu"), case) is None
    read = AuditEntry.objects.filter(action="case.read", actor=user("gu.nanqiao"), case_id=case.pk)
    assert [entry.at for entry in read] == [at("2026-11-03 17:00"), at("2026-11-04 00:05")]
    client.force_login(user("shen.yanqiu"))
    client.get(url)
    assert not AuditEntry.objects.filter(action="case.read", actor=user("shen.yanqiu")).exists()


def test_identity_number_is_opened_once_and_on_record(client: Client, case: Case) -> None:
    suspect = Suspect.objects.get(case=case)
    url = reverse("suspect-identity", args=[suspect.pk])
    client.force_login(user("gu.nanqiao"))

    part = client.post(url, headers={"hx-request": "true"})
    page = client.post(url)

    assert NUMBER in part.content.decode()
    assert "<html" not in part.content.decode()
    assert NUMBER in page.content.decode()
    assert "no-store" in page.headers["cache-control"]
    opened = AuditEntry.objects.filter(action="suspect.identity_opened", subject_id=suspect.pk)
    assert [entry.actor for entry in opened] == [user("gu.nanqiao")] * 2


def test_identity_number_stays_closed_to_everybody_else(client: Client, case: Case) -> None:
    url = reverse("suspect-identity", args=[Suspect.objects.get(case=case).pk])

    assert client.post(url).status_code == 302
    client.force_login(user("zhuo.yifan"))
    assert client.post(url).status_code == 404
    client.force_login(user("jiang.wanzhao"))
    assert client.post(url).status_code == 403
    client.force_login(user("gu.nanqiao"))
    assert client.get(url).status_code == 405
    assert not AuditEntry.objects.filter(action="suspect.identity_opened").exists()


def test_list_holds_the_cases_of_the_organ_and_its_supervisor_newest_first(
    client: Client, case: Case
) -> None:
    other = registered(at("2026-11-05 09:00"), number="A9901025100002026110022")

    for login, found in (("shen.yanqiu", 2), ("gu.nanqiao", 2), ("zhuo.yifan", 0), ("xiahou.qi", 0)):
        client.force_login(user(login))
        text = client.get(reverse("case-list"), headers=ENGLISH).content.decode()
        assert text.count("data-row-link") == found
    client.force_login(user("shen.yanqiu"))
    text = client.get(reverse("case-list")).content.decode()
    assert text.index(other.number) < text.index(case.number)


def test_list_is_searched_and_filtered(client: Client, case: Case) -> None:
    registered(at("2026-11-05 09:00"), number="A9901025100002026110022")
    client.force_login(user("shen.yanqiu"))

    def found(**asked: str) -> int:
        return client.get(reverse("case-list"), asked).content.decode().count("data-row-link")

    assert found(q="110022") == 1
    assert found(q="田广") == 1
    assert found(q="集市") == 2
    assert found(q="没有") == 0
    assert found(stage="investigation") == 1
    assert found(stage="nonsense") == 2
    assert found(custody="1") == 1
    assert found(whose="mine") == 2
    assert client.post(reverse("case-list")).status_code == 405


def test_list_is_for_people_who_have_signed_in(client: Client) -> None:
    assert client.get(reverse("case-list")).status_code == 302


def test_approved_request_opens_the_review_on_both_sides(case: Case) -> None:
    draft = do("fang.shuning", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    approve(user("han.kefei"), draft, at=at("2026-11-05 11:00"))

    page = page_of("gu.nanqiao", case, at("2026-11-05 12:00"))

    assert ("arrest_review", "receive") in possible(page)
