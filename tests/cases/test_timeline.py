"""The timeline: one order for everything that happened, in pages, with filters and with what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.models import Case, Suspect
from cases.queries.timeline import Asked, Entry, timeline
from cases.sweep import sweep
from coordination import sharing
from coordination.models import Share
from coordination.standing import standing
from supervision.demo import people
from tests.cast import agreed, at, organ, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
WHEN = at("2026-11-05 17:00")


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


@pytest.fixture
def case() -> Case:
    """A detention whose first clocks have been rung."""
    made = registered(at("2026-11-02 09:00"))
    agreed("fang.shuning", "han.kefei", run(made, "filing_review"), "decide_file", at("2026-11-03 10:00"))
    suspect_of(made, at("2026-11-03 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(made, "custody"), "detain", at("2026-11-03 16:00"),
        executed_at=at("2026-11-03 15:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip
    sweep(at("2026-11-04 14:00"))
    sweep(at("2026-11-05 09:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(made, "custody"), "extend_detention", at("2026-11-05 10:00"),
        ground="special_circumstances", ground_facts="异地取证", new_total_days=7,
    )  # fmt: skip
    return made


def entries(login: str, case: Case, asked: Asked | None = None, when: datetime = WHEN) -> list[Entry]:
    person = user(login)
    return list(timeline(person, standing(person, when), case, asked or Asked(), now=when).entries)


def test_everything_stands_in_one_order_newest_first(case: Case) -> None:
    found = entries("shen.yanqiu", case)

    assert [entry.key for entry in found] == sorted((entry.key for entry in found), reverse=True)
    assert {entry.kind for entry in found} == {"step", "document", "deadline"}
    assert entries("shen.yanqiu", case, Asked(oldest_first=True)) == found[::-1]


def test_step_shows_the_clocks_it_began_and_ended_and_who_approved(case: Case) -> None:
    found = {entry.title.name("en"): entry for entry in entries("shen.yanqiu", case) if entry.kind == "step"}

    detain = found["Detain"]
    assert "detention_interrogation" in {line.limit.id for line in detain.started}
    assert detain.approved_by == "韩克非"
    assert detain.suspect == "田广顺"
    filing = next(entry for entry in found.values() if entry.stopped)
    assert {line.limit.id for line in filing.stopped} == {"filing_review_general"}
    assert {line.state for line in filing.stopped} == {"met"}


def test_clocks_ring_and_move_on_the_timeline(case: Case) -> None:
    found = [entry for entry in entries("shen.yanqiu", case) if entry.kind == "deadline"]

    by_event = {entry.event for entry in found}
    assert {"reminded", "overdue", "moved"} <= by_event
    moved = next(entry for entry in found if entry.event == "moved")
    assert moved.moved_from == at("2026-11-06 15:30")
    assert moved.due is not None
    assert moved.due.at == at("2026-11-10 15:30")


def test_filters_by_kind_and_suspect(case: Case) -> None:
    suspect = Suspect.objects.get(case=case)

    assert {entry.kind for entry in entries("shen.yanqiu", case, Asked(kind="document"))} == {"document"}
    of_suspect = entries("shen.yanqiu", case, Asked(suspect=suspect.pk))
    assert {entry.suspect for entry in of_suspect} == {"田广顺"}
    assert len(of_suspect) < len(entries("shen.yanqiu", case))


def test_new_is_what_others_entered_since(case: Case) -> None:
    asked = Asked(since=at("2026-11-04 18:00"))

    mine = entries("shen.yanqiu", case, asked)
    theirs = entries("gu.nanqiao", case, asked)

    assert "Extend detention to 7 or 30 days" not in {e.title.name("en") for e in mine if e.is_new}
    assert "Extend detention to 7 or 30 days" in {e.title.name("en") for e in theirs if e.is_new}
    only = entries("gu.nanqiao", case, replace(asked, only_new=True))
    assert only == [entry for entry in theirs if entry.recorded_at > at("2026-11-04 18:00")]


@pytest.mark.parametrize("oldest_first", [False, True])
def test_pages_follow_each_other_without_gap_or_overlap(
    case: Case, monkeypatch: pytest.MonkeyPatch, oldest_first: bool
) -> None:
    whole = entries("shen.yanqiu", case, Asked(oldest_first=oldest_first))
    monkeypatch.setattr("cases.queries.timeline.PAGE", 3)
    person, seen, key = user("shen.yanqiu"), [], None
    while True:
        asked = Asked(oldest_first=oldest_first, after=key)
        page = timeline(person, standing(person, WHEN), case, asked, now=WHEN)
        seen += page.entries
        if page.more is None:
            break
        key = page.more

    assert seen == whole


def test_matter_opened_to_a_superior_shows_its_own_steps_only(case: Case) -> None:
    for kind, subject, scope in (
        (Share.Subject.CASE, case.pk, Share.Scope.HEADER),
        (Share.Subject.PROCEEDING, run(case, "filing_review").pk, Share.Scope.MATTER),
    ):
        sharing.grant(
            user("lu.chengjun"), subject, kind=kind, to=organ("990100JC"), by=organ("990102JC"), scope=scope,
            ground="报告上一级人民检察院", at=WHEN,
        )  # fmt: skip

    found = entries("xiahou.qi", case)

    assert {entry.process.name("en") for entry in found if entry.process} == {"Review whether to file"}
    assert "Detain" not in {entry.title.name("en") for entry in found}


def test_further_page_is_a_fragment_or_a_page_of_its_own(
    client: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.queries.timeline.PAGE", 3)
    client.force_login(user("shen.yanqiu"))

    with time_machine.travel(WHEN, tick=False):
        whole = client.get(reverse("case", args=[case.pk])).content.decode()
        person = user("shen.yanqiu")
        key = timeline(person, standing(person, WHEN), case, Asked(), now=WHEN).more
        url = reverse("case-timeline", args=[case.pk])
        part = client.get(url, {"after": str(key)}, headers={"hx-request": "true"}).content.decode()
        page = client.get(url, {"after": str(key)}).content.decode()

    assert f"after={key}" in whole
    assert "<html" not in part
    assert part.count('class="timeline-dot"') == 3
    assert "<html" in page


def test_spoilt_address_narrows_nothing(client: Client, case: Case) -> None:
    client.force_login(user("shen.yanqiu"))

    asked = {"kind": "x", "suspect": "x", "since": "2026-11-04T10:00", "after": "x", "order": "x"}
    answer = client.get(reverse("case", args=[case.pk]), asked)

    assert answer.status_code == 200
    assert answer.content.decode().count('class="timeline-dot"') == len(entries("shen.yanqiu", case))
