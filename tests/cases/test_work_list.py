"""The work list: what I owe, what is owed to me, what waits for me; and nothing of what is not mine."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases import telling
from cases.models import Case, Deadline, Document, Proceeding
from cases.queries.owed import Asked, WorkList, work_list
from cases.queries.reading import waiting
from cases.steps import approve
from cases.sweep import sweep
from coordination.keyset import Key
from coordination.standing import standing
from supervision.demo import people
from tests.cast import agreed, at, do, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
FIRST = at("2026-11-02 09:00")


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def listed(login: str, when: datetime, asked: Asked | None = None) -> WorkList:
    person = user(login)
    return work_list(person, standing(person, when), asked or Asked(), now=when)


def limits(found: WorkList) -> list[str]:
    return [row.line.limit.id if row.line else "" for row in found.rows]


def detained() -> None:
    """沈砚秋 detained 田广顺 at 15:30; its four clocks run."""
    case = registered(FIRST)
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-11-03 10:00"))
    suspect_of(case, at("2026-11-03 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at("2026-11-03 16:00"),
        executed_at=at("2026-11-03 15:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip


def test_investigator_owes_the_clocks_of_the_own_case_soonest_first() -> None:
    detained()

    found = listed("shen.yanqiu", at("2026-11-03 17:00"))

    keys = [Key(row.line.at, row.line.id) for row in found.rows if row.line]
    assert "detention_interrogation" in limits(found)
    assert "detention_family_notice" in limits(found)
    assert keys == sorted(keys)
    assert found.more is None


def test_work_list_of_a_colleague_and_of_another_county_is_empty() -> None:
    detained()

    assert listed("he.zhiyuan", at("2026-11-03 17:00")).rows == ()
    assert listed("zhuo.yifan", at("2026-11-03 17:00")).rows == ()
    assert listed("zhuo.yifan", at("2026-11-03 17:00"), Asked(tab="owed")).rows == ()


def test_row_offers_the_steps_that_stop_the_clock_and_that_the_person_may_take() -> None:
    detained()

    found = listed("shen.yanqiu", at("2026-11-03 17:00"))

    by_limit = {row.line.limit.id: row for row in found.rows if row.line}
    interrogation = by_limit["detention_interrogation"].ahead.steps
    assert interrogation[0].step.id == "first_interrogation"
    assert "/log/interrogation/" in interrogation[0].url
    assert by_limit["detention_family_notice"].ahead.steps[0].step.id == "tell_family"


def test_submitted_step_waits_for_the_approver_and_for_nobody_else() -> None:
    detained()
    do("fang.shuning", run_custody(), "request_arrest", at("2026-11-05 11:00"))
    when = at("2026-11-05 11:30")

    found = listed("han.kefei", when)

    assert [row.title.name("en") for row in found.approvals] == ["Request approval of arrest"]
    assert listed("fang.shuning", when).approvals == ()
    assert listed("yan.qitai", when).approvals == ()
    waiting = {row.line.limit.id: row for row in listed("shen.yanqiu", when).rows if row.line}
    row = waiting["arrest_request_after_detention"]
    assert [step.id for step in row.ahead.submitted] == ["request_arrest"]
    assert "request_arrest" not in [step.step.id for step in row.ahead.steps]


def run_custody() -> Proceeding:
    return run(Case.objects.get(), "custody")


def test_document_waits_for_the_receipt_of_the_desk_until_it_is_receipted() -> None:
    detained()
    draft = do("fang.shuning", run_custody(), "request_arrest", at("2026-11-05 11:00"))
    approve(user("han.kefei"), draft, at=at("2026-11-05 11:00"))
    when = at("2026-11-05 13:00")

    desk, prosecutor = listed("xu.qingzhi", when), listed("gu.nanqiao", when)

    for found in (desk, prosecutor):
        papers = {row.title.name("zh"): row for row in found.rows if row.kind == "document"}
        assert [step.step.id for step in papers["提请批准逮捕书"].ahead.steps] == ["receive"]
    assert not [row for row in listed("wang.yiwei", when).rows if row.kind == "document"]
    do(
        "gu.nanqiao", run(Document.objects.get(kind="DOC-ARREST-REQUEST").case, "arrest_review"), "receive",
        at("2026-11-05 14:05"), received_at=at("2026-11-05 14:00"), detained=True, volumes=2,
    )  # fmt: skip
    later = listed("gu.nanqiao", at("2026-11-05 15:00"))
    assert not [row for row in later.rows if row.kind == "document"]
    review = next(row for row in later.rows if row.line and row.line.limit.id == "arrest_review_detained")
    assert [step.step.id for step in review.ahead.steps] == ["approve", "refuse"]
    assert review.other is not None
    assert review.other.kind == "police"


def test_owed_to_me_is_what_the_other_side_owes_in_my_cases() -> None:
    detained()
    draft = do("fang.shuning", run_custody(), "request_arrest", at("2026-11-05 11:00"))
    approve(user("han.kefei"), draft, at=at("2026-11-05 11:00"))
    do(
        "gu.nanqiao", run(Document.objects.get(kind="DOC-ARREST-REQUEST").case, "arrest_review"), "receive",
        at("2026-11-05 14:05"), received_at=at("2026-11-05 14:00"), detained=True, volumes=2,
    )  # fmt: skip
    when = at("2026-11-06 09:00")

    assert "arrest_review_detained" in limits(listed("shen.yanqiu", when, Asked(tab="owed")))
    assert "arrest_review_detained" in limits(listed("fang.shuning", when, Asked(tab="owed")))
    assert "arrest_review_detained" not in limits(listed("he.zhiyuan", when, Asked(tab="owed")))
    assert "arrest_review_detained" not in limits(listed("gu.nanqiao", when, Asked(tab="owed")))


def test_head_sees_the_whole_organ_and_filters_narrow_it() -> None:
    detained()
    when = at("2026-11-04 12:00")

    whole = listed("han.kefei", when, Asked(whose="organ"))

    assert "detention_interrogation" in limits(whole)
    assert "detention_interrogation" not in limits(listed("han.kefei", when))
    soon = listed("han.kefei", when, Asked(whose="organ", state="soon"))
    assert {row.line.state for row in soon.rows if row.line} == {"due_soon"}
    late = listed("han.kefei", at("2026-11-04 16:00"), Asked(whose="organ", state="overdue"))
    assert {row.line.state for row in late.rows if row.line} == {"overdue"}
    assert listed("han.kefei", when, Asked(whose="organ", text="渡口集市")).rows == whole.rows
    assert listed("han.kefei", when, Asked(whose="organ", text="别的案件")).rows == ()
    assert listed("han.kefei", when, Asked(whose="organ", area="SUP-EFFECT")).rows == ()


def test_pages_follow_each_other_without_gap_or_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    detained()
    monkeypatch.setattr("cases.queries.owed.PAGE", 2)
    when = at("2026-11-03 17:00")

    seen, key = [], None
    while True:
        found = listed("shen.yanqiu", when, Asked(after=key))
        seen += [row.line.id for row in found.rows if row.line]
        if found.more is None:
            break
        key = found.more

    mine = Deadline.objects.filter(owner=user("shen.yanqiu"), stopped_at__isnull=True)
    assert seen == list(mine.order_by("due_at", "pk").values_list("pk", flat=True))
    assert len(seen) > 2


def test_page_is_for_people_who_have_signed_in(client: Client) -> None:
    url = reverse("work-list")

    answer = client.get(url)

    assert (answer.status_code, answer.headers["location"]) == (302, f"{reverse('login')}?next={url}")


def test_page_answers_reading_only_and_shows_what_is_owed(client: Client) -> None:
    detained()
    client.force_login(user("shen.yanqiu"))

    with time_machine.travel(at("2026-11-03 17:00"), tick=False):
        page = client.get(
            reverse("work-list"),
            {"state": "nonsense", "after": "nonsense"},
            headers={"accept-language": "en"},
        )
        empty = client.get(reverse("work-list"), {"q": "nothing like it"}, headers={"accept-language": "en"})

    assert page.status_code == 200
    assert "First interrogation after detention" in page.content.decode()
    assert "A9901025100002026110021" in page.content.decode()
    assert "Nothing fits these filters." in empty.content.decode()
    assert client.post(reverse("work-list")).status_code == 405


def test_why_is_told_to_whom_the_clock_is_visible_only(client: Client) -> None:
    detained()
    row = Deadline.objects.get(limit="detention_interrogation")
    url = reverse("deadline-why", args=[row.pk])
    when = at("2026-11-03 17:00")
    client.force_login(user("shen.yanqiu"))

    with time_machine.travel(when, tick=False):
        part = client.get(url, headers={"hx-request": "true", "accept-language": "zh-hans"})
        page = client.get(url, headers={"accept-language": "en"})
        assert client.post(url).status_code == 405
        client.force_login(user("zhuo.yifan"))
        stranger = client.get(url)
        client.logout()
        anonymous = client.get(url)

    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "刑诉法第86条" in part.content.decode()
    assert "<html" in page.content.decode()
    assert stranger.status_code == 404
    assert anonymous.status_code == 302


def test_step_laid_ready_stands_with_the_clock_of_the_same_desk_and_counts_in_the_shell() -> None:
    detained()
    sweep(at("2026-11-04 14:00"))
    when = at("2026-11-04 14:10")

    found = listed("shen.yanqiu", when)

    row = next(row for row in found.rows if row.line and row.line.limit.id == "detention_family_notice")
    assert [step.step.id for step in row.ahead.steps if step.is_prepared] == ["tell_family"]
    assert row.ahead.steps[0].step.id == "tell_family"
    assert [row.kind for row in found.rows] == ["deadline"] * len(found.rows)
    assert waiting(user("shen.yanqiu"), standing(user("shen.yanqiu"), when), when) == 2
    assert waiting(user("he.zhiyuan"), standing(user("he.zhiyuan"), when), when) == 0


def test_step_laid_ready_stands_alone_where_its_desk_owes_nothing() -> None:
    detained()
    case = Case.objects.get()
    telling.prepare(run(case, "case"), "withdraw", cause="event:nothing", at=at("2026-11-04 10:00"))

    found = listed("han.kefei", at("2026-11-04 12:00"))

    assert [(row.kind, row.title.name("en")) for row in found.rows] == [("draft", "Case is withdrawn")]
    assert found.rows[0].since == at("2026-11-04 10:00")
    assert listed("yan.qitai", at("2026-11-04 12:00")).rows == ()


def test_desk_is_told_of_a_document_by_the_clock_of_its_receipt_once() -> None:
    detained()
    draft = do("fang.shuning", run_custody(), "request_arrest", at("2026-11-05 11:00"))
    approve(user("han.kefei"), draft, at=at("2026-11-05 11:00"))

    rows = listed("xu.qingzhi", at("2026-11-05 13:00")).rows

    titles = [row.title.name("zh") for row in rows]
    assert titles.count("提请批准逮捕书") == 1
    row = next(row for row in rows if row.title.name("zh") == "提请批准逮捕书")
    assert row.line is not None
    assert row.line.limit.id == "desk_receipt_norm"
    assert row.other is not None
    assert row.other.kind == "police"
