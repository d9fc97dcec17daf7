"""Local rules of an Office: proposed by one side, agreed by the other, kept by what began under them."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.db import ProgrammingError, transaction

from cases import clocks
from cases.models import Deadline
from coordination import local_rules
from coordination.errors import Conflict, Refused
from coordination.local_rules import Outcome, Proposal, Subject
from coordination.models import AuditEntry, LocalRule, LocalRuleDecision, Message, Organisation
from tests.cases.doors import browser, said, sing
from tests.cast import at, organ, user
from tests.supervision import world

pytestmark = pytest.mark.django_db
NOON = at("2026-11-02 12:00")
TODAY = at("2026-11-25 10:00")
QINGZHI, JISHAN, WANGCHUAN = "990102XB", "990221XB", "990100XB"
PROPOSER, AGREER = "jiang.wanzhao", "shi.huaigu"


def proposal(**changes: object) -> Proposal:
    plain = {
        "subject": Subject.LIMIT, "name": "lead_triage_norm", "duration": "P2D", "document_title": "青沚侦协办会议纪要",
        "document_number": "〔2026〕3号", "takes_effect_on": date(2026, 11, 2),
    }  # fmt: skip
    return Proposal(**{**plain, **changes})  # type: ignore[arg-type]


def office(code: str = QINGZHI) -> Organisation:
    return organ(code)


def agreed(*, when: str = "2026-11-02 12:00", **changes: object) -> LocalRule:
    row = local_rules.propose(user(PROPOSER), office(), proposal(**changes), at=at(when))
    local_rules.decide(user(AGREER), row, outcome=Outcome.AGREED, at=at(when))
    return LocalRule.objects.get(pk=row.pk)


def current(name: str = "lead_triage_norm", *, on: date = date(2026, 11, 3), place: str = "990102") -> str:
    rules = local_rules.in_force([name], place, on=on, known_at=at("2026-12-31 00:00"))
    return rules[name].duration if name in rules else ""


def test_rule_is_in_force_once_the_other_side_agreed_and_from_its_day_on() -> None:
    row = local_rules.propose(user(PROPOSER), office(), proposal(takes_effect_on=date(2026, 11, 5)), at=NOON)
    assert current(on=date(2026, 11, 5)) == ""
    assert [m.recipient.login for m in Message.objects.filter(code="local_rule.proposed")] == [AGREER]

    local_rules.decide(user(AGREER), row, outcome=Outcome.AGREED, at=NOON)

    assert (current(on=date(2026, 11, 4)), current(on=date(2026, 11, 5))) == ("", "P2D")
    assert current(on=date(2026, 11, 5), place="990221") == ""
    assert set(AuditEntry.objects.filter(subject_id=row.pk).values_list("action", flat=True)) == {
        "local_rule.proposed", "local_rule.agreed",
    }  # fmt: skip


def test_later_rule_supersedes_and_nothing_is_edited() -> None:
    first = agreed()
    agreed(duration="P1D", takes_effect_on=date(2026, 11, 9))
    agreed(duration="", takes_effect_on=date(2026, 11, 20))

    assert [current(on=date(2026, 11, day)) for day in (3, 9, 20)] == ["P2D", "P1D", ""]
    for change in (
        lambda: LocalRule.objects.filter(pk=first.pk).update(duration="P9D"),
        lambda: LocalRuleDecision.objects.filter(rule=first).delete(),
    ):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change()


def test_nearest_office_rules_and_the_prefecture_where_there_is_none() -> None:
    wide = LocalRule.objects.create(
        office=office(WANGCHUAN), subject="limit", name="lead_triage_norm", duration="P4D", document_title="市纪要",
        document_number="1号", takes_effect_on=date(2026, 11, 1), jurisdiction="990100", proposed_by=user(PROPOSER),
        proposed_by_organ=organ("990102JC"), proposed_at=NOON,
    )  # fmt: skip
    LocalRuleDecision.objects.create(
        rule=wide,
        outcome="agreed",
        decided_by=user(AGREER),
        decided_by_organ=organ("990102000000"),
        decided_at=NOON,
    )
    assert (current(), current(place="990121"), current(place="990221")) == ("P4D", "P4D", "")

    agreed()

    assert (current(), current(place="990121")) == ("P2D", "P4D")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "oral_correction_norm", "duration": "P8D"}, "field:duration"),
        ({"name": "arrest_review_detained", "duration": "P5D"}, "field:name"),
        ({"name": "no_such_limit"}, "field:name"),
        ({"takes_effect_on": date(2026, 11, 1)}, "field:takes_effect_on"),
        ({"document_title": " "}, "field:document_title"),
        ({"document_number": ""}, "field:document_number"),
        ({"duration": ""}, "field:duration"),
        ({"subject": "list", "name": "no_such_list", "items": ("重大案件",)}, "field:name"),
        ({"subject": "list", "name": "involvement_scope", "items": ()}, "field:items"),
        ({"subject": "list", "name": "involvement_scope", "items": ("命案", "命案")}, "field:items"),
    ],
)
def test_bad_rule_is_refused_with_its_reason(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        local_rules.propose(user(PROPOSER), office(), proposal(**changes), at=NOON)

    assert [reason.code for reason in refused.value.reasons] == [code]
    assert not LocalRule.objects.exists()


@pytest.mark.parametrize("login", ["pei.songnian", "gu.nanqiao", "han.kefei"])
def test_only_members_of_the_office_propose_and_decide(login: str) -> None:
    row = local_rules.propose(user(PROPOSER), office(), proposal(), at=NOON)

    for act in (
        lambda: local_rules.propose(user(login), office(), proposal(), at=NOON),
        lambda: local_rules.decide(user(login), row, outcome=Outcome.AGREED, at=NOON),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reasons[0].code == "role"


def test_no_side_agrees_with_itself_and_a_decision_is_made_once() -> None:
    row = local_rules.propose(user(PROPOSER), office(), proposal(), at=NOON)
    with pytest.raises(Refused) as refused:
        local_rules.decide(user(PROPOSER), row, outcome=Outcome.AGREED, at=NOON)
    assert [reason.code for reason in refused.value.reasons] == ["side"]
    with pytest.raises(Refused):
        local_rules.decide(user(AGREER), row, outcome=Outcome.DECLINED, at=NOON)

    local_rules.decide(user(AGREER), row, outcome=Outcome.DECLINED, comment="办案单位有不同意见", at=NOON)

    with pytest.raises(Conflict):
        local_rules.decide(user(AGREER), row, outcome=Outcome.AGREED, at=NOON)
    assert current() == ""


def test_agreement_after_the_day_it_takes_effect_is_refused() -> None:
    row = local_rules.propose(user(PROPOSER), office(), proposal(), at=NOON)

    with pytest.raises(Refused) as refused:
        local_rules.decide(user(AGREER), row, outcome=Outcome.AGREED, at=at("2026-11-03 09:00"))

    assert [reason.code for reason in refused.value.reasons] == ["late"]


def triage(number: str) -> Deadline:
    """The clock of a lead registered on Thursday 12 November, which begins the proceeding."""
    lead = world.lead_on(world.submitted(number))
    return Deadline.objects.select_related("anchor").get(proceeding=lead, limit="lead_triage_norm")


def test_running_deadline_keeps_the_rule_it_began_under() -> None:
    before = triage("A9901025100002026110031")
    agreed(when="2026-11-12 09:30", duration="P1D", takes_effect_on=date(2026, 11, 12))

    assert clocks.rewind_one(before, at=at("2026-11-12 10:00")) is False
    # three working days after Thursday 12 November: Tuesday 17
    assert (before.local_rule, before.due_on) == (None, date(2026, 11, 17))


def test_deadline_of_a_matter_that_begins_later_counts_by_the_rule_and_says_so() -> None:
    rule = agreed(duration="P1D")

    row = triage("A9901025100002026110032")

    assert (row.local_rule, row.due_on) == (rule, date(2026, 11, 13))
    agreed(when="2026-11-12 12:00", duration="P2D", takes_effect_on=date(2026, 11, 12))
    assert clocks.rewind_one(row, at=at("2026-11-12 13:00")) is False
    page = said(browser("gu.nanqiao").get(f"/deadlines/{row.pk}/why/"))
    assert "Local rule of Qingzhi District Office, 青沚侦协办会议纪要 〔2026〕3号, since" in page


@pytest.mark.usefixtures("today")
def test_pages_are_for_every_reader_and_the_form_for_members() -> None:
    row = local_rules.propose(user(PROPOSER), office(), proposal(takes_effect_on=date(2026, 12, 1)), at=TODAY)

    index = sing("/local-rules/", allowed="shen.yanqiu")
    sing(f"/local-rules/{row.pk}/", allowed="shen.yanqiu")
    sing("/local-rules/new/?limit=lead_triage_norm", allowed=PROPOSER, wrong_roles=("gu.nanqiao",))

    assert "Qingzhi District Office" in said(index)
    assert "Jishan County Office" not in said(index)
    assert "waits for the other side" in said(index)
    assert browser(PROPOSER).get("/local-rules/new/?limit=nothing").status_code == 404
    assert browser("gu.nanqiao").post(f"/local-rules/{row.pk}/", {"outcome": "agreed"}).status_code == 403


@pytest.mark.usefixtures("today")
def test_rule_is_set_through_the_screens_and_shown_where_the_limit_is() -> None:
    sent = {
        "count": "2", "document_title": "青沚侦协办会议纪要", "document_number": "〔2026〕3号",
        "takes_effect_on": "2026-11-25",
    }  # fmt: skip
    page = browser(PROPOSER).post("/local-rules/new/?limit=lead_triage_norm", sent)
    again = browser(PROPOSER).post("/local-rules/new/?limit=lead_triage_norm", sent)
    row = LocalRule.objects.get()
    assert page["Location"] == again["Location"] == f"/local-rules/{row.pk}/"

    refused = browser(PROPOSER).post(f"/local-rules/{row.pk}/", {"outcome": "agreed"})
    assert refused.status_code == 422
    assert "the other side of the Office must agree" in said(refused)
    assert browser(AGREER).post(f"/local-rules/{row.pk}/", {"outcome": "agreed"}).status_code == 303

    for url in ("/rulebook/?q=triage", "/rulebook/lead_triage_norm/", "/areas/SUP-NORM/", "/local-rules/"):
        shown = said(browser("gu.nanqiao").get(url))
        assert "Local rule of Qingzhi District Office" in shown, url
        assert "〔2026〕3号" in shown, url
        assert "Local rule of Qingzhi District Office" not in said(browser("pei.songnian").get(url)), url


@pytest.mark.usefixtures("today")
def test_calculator_counts_by_the_local_rule_and_without_it() -> None:
    agreed(when="2026-11-25 09:00", duration="P1D", takes_effect_on=date(2026, 11, 25))
    asked = {"at": "2026-11-26T09:00"}
    url = "/rulebook/lead_triage_norm/"

    ruled = said(browser("gu.nanqiao").get(url, asked))
    chosen = said(browser("gu.nanqiao").get(url, {**asked, "local_rule": "990102"}))
    own = said(browser("gu.nanqiao").get(url, {**asked, "local_rule": "none"}))

    # Thursday 26 November: one working day, Friday 27; three, Tuesday 1 December
    assert "2026-11-27 Fri 24:00" in ruled
    assert "2026-11-27 Fri 24:00" in chosen
    assert "2026-12-01 Tue 24:00" in own


@pytest.mark.usefixtures("today")
def test_calculator_takes_the_rule_that_was_in_force_on_the_day_of_the_event() -> None:
    agreed(when="2026-11-25 09:00", duration="P1D", takes_effect_on=date(2026, 11, 25))
    url, event = "/rulebook/calculator/", "lead_registered"

    before = said(browser("gu.nanqiao").get(url, {"event": event, "at": "2026-11-24T09:00"}))
    after = said(browser("gu.nanqiao").get(url, {"event": event, "at": "2026-11-26T09:00"}))
    none = said(
        browser("gu.nanqiao").get(url, {"event": event, "at": "2026-11-26T09:00", "local_rule": "none"})
    )
    limit = said(browser("gu.nanqiao").get("/rulebook/lead_triage_norm/", {"at": "2026-11-24T09:00"}))

    # Tuesday 24 and Thursday 26 November: three working days, Friday 27 and Tuesday 1 December; one, Friday 27
    assert "No local rule of Qingzhi District Office was in force on the day of the event" in before
    assert "Counted by the local rules of Qingzhi District Office" in after
    assert "Local rule of Qingzhi District Office</a>: <strong>1 day</strong>" in after
    assert "2026-11-27 Fri 24:00" in after
    assert "Counted without local rules." in none
    assert "2026-12-01 Tue 24:00" in none
    assert "Local rule of Qingzhi District Office" not in before
    assert "2026-11-27 Fri 24:00" in limit


def asked_in_json(monkeypatch: pytest.MonkeyPatch, **more: object) -> dict[str, object]:
    question = {
        "limit_id": "lead_triage_norm",
        "events": [{"event": "lead_registered", "at": "2026-11-26T09:00+08:00"}],
    }
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({**question, **more})))
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("timelimit", "--json", "-", stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


@pytest.mark.usefixtures("today")
def test_command_applies_the_rule_of_a_place_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    agreed(when="2026-11-25 09:00", duration="P1D", takes_effect_on=date(2026, 11, 25))

    plain = asked_in_json(monkeypatch)
    ruled = asked_in_json(monkeypatch, jurisdiction="990102")
    elsewhere = asked_in_json(monkeypatch, jurisdiction="990221")

    assert set(plain) == {"due", "provisional", "fires_at", "because"}
    assert (plain["due"], ruled["due"], elsewhere["due"]) == ("2026-12-01", "2026-11-27", "2026-12-01")
    assert ruled["local_rule"] == {
        "office": "Qingzhi District Office", "document": "青沚侦协办会议纪要 〔2026〕3号", "since": "2026-11-25",
        "duration": "P1D",
    }  # fmt: skip
    assert elsewhere == plain
    out = io.StringIO()
    call_command(
        "timelimit", "lead_triage_norm", at="2026-11-24T09:00+08:00", jurisdiction="990102", stdout=out
    )
    assert "ends: 2026-11-27 24:00" in out.getvalue()
    assert "Qingzhi" not in out.getvalue()


@pytest.mark.parametrize(
    ("jurisdiction", "error"),
    [
        ("123456", "no organ is known at 123456"),
        ("99", "jurisdiction must be a division code of six digits"),
        (990102, "jurisdiction must be a text"),
    ],
)
def test_command_says_which_place_it_does_not_know(
    monkeypatch: pytest.MonkeyPatch, jurisdiction: object, error: str
) -> None:
    assert str(asked_in_json(monkeypatch, jurisdiction=jurisdiction)["error"]).startswith(error)


@pytest.mark.usefixtures("today")
def test_form_refuses_at_its_field() -> None:
    page = browser(PROPOSER).post(
        "/local-rules/new/?limit=oral_correction_norm",
        {
            "count": "8",
            "unit": "days",
            "document_title": "纪要",
            "document_number": "1",
            "takes_effect_on": "2026-11-25",
        },
    )

    assert page.status_code == 422
    assert "Longer than the statutory limit" in said(page)
    assert "RULES 624" in said(page)


@pytest.mark.usefixtures("today")
def test_list_is_set_and_shown_on_the_page_of_its_area() -> None:
    assert "complex cases" in said(browser("gu.nanqiao").get("/areas/COOP-HEAR/"))
    agreed(
        when="2026-11-25 09:00", subject=Subject.LIST, name="involvement_scope", duration="",
        items=("命案", "涉众型经济犯罪"), takes_effect_on=date(2026, 11, 25),
    )  # fmt: skip

    shown = said(browser("gu.nanqiao").get("/areas/COOP-HEAR/"))

    assert "涉众型经济犯罪" in shown
    assert "complex cases" not in shown


def test_api_lists_rules_with_what_was_decided() -> None:
    with time_machine.travel(TODAY, tick=False):
        agreed(when="2026-11-25 09:00", takes_effect_on=date(2026, 11, 25))
        told = browser("shen.yanqiu").get("/api/v1/local-rules/?state=agreed").json()["results"]
        none = browser("shen.yanqiu").get("/api/v1/local-rules/?state=proposed").json()["results"]

    assert [(row["name"], row["duration"], row["state"], row["decided_by"]["name"]) for row in told] == [
        ("lead_triage_norm", "P2D", "agreed", user(AGREER).name)
    ]
    assert none == []
