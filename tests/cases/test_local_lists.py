"""Facts chosen from a list of local practice: the Office's list is what the form offers and what the door asks for."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cases import steps
from cases.models import Case, Draft, Proceeding, Step
from coordination import local_rules
from coordination.errors import Refused
from coordination.local_rules import Outcome, Proposal, Subject
from coordination.models import LocalRule
from supervision.demo import people
from tests.cases.doors import browser, said
from tests.cast import at, organ, user
from tests.journeys.matters import filed

pytestmark = pytest.mark.django_db
MORNING = at("2026-11-16 09:00")
ASKED = {"case_kind": "gang", "stage": "before_arrest_request", "questions": ("罪名如何认定",)}
OURS, LOCAL = "重大案件", "涉众型经济犯罪"


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def ruled(*items: str, when: str, since: date) -> LocalRule:
    """The list of the county's Office, proposed and agreed."""
    wanted = Proposal(
        Subject.LIST, "involvement_scope", "青沚侦协办会议纪要", "〔2026〕3号", since, items=items
    )
    row = local_rules.propose(user("jiang.wanzhao"), organ("990102XB"), wanted, at=at(when))
    local_rules.decide(user("shi.huaigu"), row, outcome=Outcome.AGREED, at=at(when))
    return row


def asked(case: Case, *grounds: str, when: str) -> Step | Draft:
    facts = {**ASKED, "involvement_grounds": grounds}
    return steps.begin(
        user("fang.shuning"), "timely_involvement", "request", case=case, facts=facts, at=at(when)
    )


def refusal(case: Case, *grounds: str, when: str) -> str:
    with pytest.raises(Refused) as refused:
        asked(case, *grounds, when=when)
    return str(refused.value.reasons[0].en)


def test_form_offers_the_list_of_this_house_and_says_whose_it_is() -> None:
    url = reverse("proceeding-begin", args=[filed().pk, "timely_involvement", "request"])
    with time_machine.travel(at("2026-11-17 09:00"), tick=False):
        page = said(browser("fang.shuning").get(url))

    assert "complex cases" in page
    assert "No Office has set its own list here" in page


def test_form_offers_the_list_of_the_office_and_names_its_document() -> None:
    case = filed()
    ruled("命案", LOCAL, when="2026-11-16 09:00", since=date(2026, 11, 16))
    url = reverse("proceeding-begin", args=[case.pk, "timely_involvement", "request"])
    with time_machine.travel(at("2026-11-17 09:00"), tick=False):
        page = said(browser("fang.shuning").get(url))

    assert LOCAL in page
    assert "complex cases" not in page
    assert (
        f"Local rule of {organ('990102XB').name('en')}: 青沚侦协办会议纪要 〔2026〕3号, since 2026-11-16."
        in page
    )


def test_what_is_not_on_the_list_in_force_is_refused() -> None:
    case = filed()
    ruled("命案", LOCAL, when="2026-11-16 09:00", since=date(2026, 11, 16))

    reason = refusal(case, LOCAL, OURS, when="2026-11-17 09:00")

    assert f"“{OURS}” is not on the list" in reason
    assert "〔2026〕3号" in reason
    assert not Proceeding.objects.filter(process="timely_involvement").exists()
    assert isinstance(asked(case, LOCAL, when="2026-11-17 09:00"), Draft)


def test_matter_keeps_the_list_under_which_it_began() -> None:
    case = filed()
    assert isinstance(asked(case, OURS, when="2026-11-16 08:00"), Draft)
    ruled("命案", when="2026-11-16 09:00", since=date(2026, 11, 16))

    done = steps.approve(user("han.kefei"), Draft.objects.get(outcome=""), at=at("2026-11-17 09:00"))

    assert done.facts["involvement_grounds"] == [OURS]
    assert "is not on the list" in refusal(case, OURS, when="2026-11-17 10:00")


def test_programs_are_told_the_items_that_apply_to_the_matter() -> None:
    case = filed()
    ruled("命案", LOCAL, when="2026-11-16 09:00", since=date(2026, 11, 16))
    asked(case, LOCAL, when="2026-11-17 09:00")
    row = Proceeding.objects.get(process="timely_involvement")
    with time_machine.travel(at("2026-11-17 10:00"), tick=False):
        told = browser("fang.shuning").get(f"/api/v1/proceedings/{row.pk}/").json()
        declared = browser("fang.shuning").get("/api/v1/processes/timely_involvement/").json()

    request = next(step for step in told["steps"] if step["id"] == "request")
    [grounds] = [fact for fact in request["facts"] if fact["local_list"]]
    assert [option["id"] for option in grounds["options"]] == ["命案", LOCAL]
    first = next(step for step in declared["steps"] if step["id"] == "request")
    [ours] = [fact for fact in first["facts"] if fact["local_list"]]
    assert [option["en"] for option in ours["options"]] == ["major cases", "difficult cases", "complex cases"]
