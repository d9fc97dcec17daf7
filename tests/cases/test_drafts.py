"""Drafts in the browser: approved or returned by whoever may, never by the drafter; the paper is seen before."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from cases.models import Case, Draft, Proceeding, Step
from coordination.models import Message
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cast import at, do, registered, run, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03 10:00")


@pytest.fixture(autouse=True)
def _now() -> object:
    people.load(hashed="!")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def review() -> Proceeding:
    return run(registered(at("2026-11-02 09:00")), "filing_review")


@pytest.fixture
def draft(review: Proceeding) -> Draft:
    made = do("fang.shuning", review, "decide_file", at("2026-11-03 09:30"))
    assert isinstance(made, Draft)
    return made


def test_draft_page_shows_the_paper_and_is_for_the_own_organ(draft: Draft) -> None:
    url = reverse("draft", args=[draft.pk])
    page = sing(url, allowed="han.kefei", strangers=["gu.nanqiao", "zhu.changhe", "xiahou.qi"])

    for words in (
        "For decision: Decide to file",
        "渡口集市系列盗窃案",
        "Approve",
        "The paper as it will print",
    ):
        assert words in said(page), words


def test_drafter_sees_why_not_and_cannot_approve(draft: Draft) -> None:
    url = reverse("draft", args=[draft.pk])
    page = browser("fang.shuning").get(url)
    answer = browser("fang.shuning").post(url, {"decision": "approve"})

    assert "whoever drafted may not approve" in said(page)
    assert 'value="approve"' not in said(page)
    assert answer.status_code == 422
    assert not Step.objects.filter(name="decide_file").exists()


def test_wrong_role_cannot_approve(draft: Draft) -> None:
    answer = browser("shen.yanqiu").post(reverse("draft", args=[draft.pk]), {"decision": "approve"})

    assert answer.status_code == 403
    assert Draft.objects.get(pk=draft.pk).outcome == ""


def test_approval_takes_the_step_once_and_names_the_clock_it_stopped(draft: Draft) -> None:
    client, url = browser("han.kefei"), reverse("draft", args=[draft.pk])
    first, second = client.post(url, {"decision": "approve"}), client.post(url, {"decision": "approve"})

    assert (first.status_code, second.status_code) == (303, 303)
    step = Step.objects.get(name="decide_file")
    assert (step.actor, step.approved_by) == (user("fang.shuning"), user("han.kefei"))
    told = [str(message) for message in client.get(reverse("inbox")).context["messages"]]
    assert told[0].startswith("Approved: Decide to file. Clock started:") or "Clock" in told[0]
    assert Case.objects.get().filed_at == NOW
    assert "taken" in said(client.get(url))


def test_draft_is_returned_with_a_comment_and_its_author_is_told(draft: Draft) -> None:
    client, url = browser("han.kefei"), reverse("draft", args=[draft.pk])

    silent = client.post(url, {"decision": "return", "comment": "  "})
    undecided = client.post(url, {"decision": "perhaps"})
    done = client.post(url, {"decision": "return", "comment": "请补充证据"})
    late = client.post(url, {"decision": "approve"})

    assert (silent.status_code, undecided.status_code, done.status_code, late.status_code) == (
        422,
        422,
        303,
        409,
    )
    assert "A draft is returned with a comment" in said(silent)
    assert Draft.objects.get(pk=draft.pk).comment == "请补充证据"
    assert Message.objects.filter(recipient=user("fang.shuning"), code="draft.returned").count() == 1
    assert "请补充证据" in said(browser("fang.shuning").get(url))


def test_paper_of_a_draft_is_a_pdf_without_a_number(draft: Draft) -> None:
    url = reverse("draft", args=[draft.pk])
    answer = browser("han.kefei").get(f"{url}?pdf=DOC-FILING-DECISION")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert browser("han.kefei").get(f"{url}?pdf=DOC-RELEASE-NOTICE").status_code == 404
    assert browser("gu.nanqiao").get(f"{url}?pdf=DOC-FILING-DECISION").status_code == 404


def test_draft_laid_ready_leads_to_its_step(review: Proceeding) -> None:
    from cases import telling

    telling.prepare(review, "decide_not", cause="rung:test", at=NOW)
    laid = Draft.objects.get(step="decide_not")

    answer = browser("fang.shuning").get(reverse("draft", args=[laid.pk]))

    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("step-take", args=[review.pk, "decide_not"]),
    )
