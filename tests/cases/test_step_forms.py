"""Steps in the browser: the form with its law, the refusal with every reason, the conflict that shows both."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import telling
from cases.models import Case, Deadline, Document, Draft, Proceeding, Step
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cases.logbook import detention, logged
from tests.cast import agreed, at, do, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03 16:30")


@pytest.fixture(autouse=True)
def _now() -> object:
    people.load(hashed="!")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case() -> Case:
    return registered(at("2026-11-02 09:00"))


@pytest.fixture
def review(case: Case) -> Proceeding:
    return run(case, "filing_review")


def step_url(row: Proceeding, step: str) -> str:
    return reverse("step-take", args=[row.pk, step])


def detained(case: Case) -> Proceeding:
    logged(detention(case, suspect_of(case, at("2026-11-03 15:00"))), at("2026-11-03 16:00"))
    return run(case, "custody")


def asked(case: Case, when: datetime) -> Proceeding:
    """Arrest was requested; the review of the procuratorate begins."""
    agreed("fang.shuning", "han.kefei", detained(case), "request_arrest", when)
    return run(case, "arrest_review")


def test_proceeding_page_shows_where_it_stands_and_what_may_be_done(review: Proceeding) -> None:
    url = reverse("proceeding", args=[review.pk])
    page = sing(
        url, allowed="shen.yanqiu", strangers=["zhu.changhe", "xiahou.qi", "ding.shouzheng"],
        wrong_methods=["post", "put", "delete"],
    )  # fmt: skip

    for words in (
        "under review",
        "Register the report",
        "Move to 7 or 30 days",
        "States of",
        "Review whether to file",
    ):
        assert words in said(page), words
    assert "<svg" in said(page)
    assert browser("gu.nanqiao").get(url).status_code == 200


def test_proceeding_page_costs_the_same_with_one_and_with_three_suspects(case: Case) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 2):
        for _ in range(number):
            suspect_of(case, at("2026-11-03 15:00"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser("shen.yanqiu").get(reverse("proceeding", args=[run(case, "case").pk]))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_step_page_shows_its_law_and_what_follows(review: Proceeding) -> None:
    page = sing(
        step_url(review, "extend_review"), allowed="shen.yanqiu", strangers=["zhu.changhe", "xiahou.qi"],
        wrong_roles=["gu.nanqiao", "han.kefei"],
    )  # fmt: skip

    for words in (
        "FILING2015",
        "seven days: leads to check",
        "the head of the police organ",
        "Periods extended",
    ):
        assert words in said(page), words
    assert browser("shen.yanqiu").get(step_url(review, "fly")).status_code == 404


def test_step_is_taken_once_and_the_clock_it_stopped_is_named(review: Proceeding) -> None:
    client = browser("shen.yanqiu")
    version = str(review.version)

    first = client.post(step_url(review, "hand_receipt"), {"seen_version": version})
    second = client.post(step_url(review, "hand_receipt"), {"seen_version": version})

    assert (first.status_code, second.status_code) == (303, 303)
    assert Step.objects.filter(name="hand_receipt").count() == 1
    told = [str(message) for message in client.get(reverse("inbox")).context["messages"]]
    assert told[0].startswith("Recorded: Hand over the receipt. Clock stopped:")
    assert told[1] == "This was already recorded."


def test_step_that_needs_an_approval_is_submitted_and_sent_twice_only_once(review: Proceeding) -> None:
    client = browser("fang.shuning")
    for _ in range(2):
        answer = client.post(step_url(review, "decide_file"), {"seen_version": str(review.version)})
        assert answer.status_code == 303

    assert Draft.objects.filter(proceeding=review, step="decide_file").count() == 1
    review.refresh_from_db()
    assert review.state == "under_review"
    assert "awaiting approval" in said(client.get(step_url(review, "decide_file")))


def test_step_that_is_not_possible_shows_every_reason_with_its_article(review: Proceeding) -> None:
    page = browser("shen.yanqiu").get(step_url(review, "serve_not"))

    assert page.status_code == 422
    assert "possible only from “not filed”" in said(page)
    assert "there is no complainant" in said(page)
    assert "MPS 178" in said(page)
    answer = browser("shen.yanqiu").post(step_url(review, "serve_not"), {})
    assert answer.status_code == 422
    assert not Step.objects.filter(name="serve_not").exists()


def test_wrong_role_is_refused_on_sending_too(review: Proceeding) -> None:
    answer = browser("gu.nanqiao").post(
        step_url(review, "hand_receipt"), {"seen_version": str(review.version)}
    )

    assert answer.status_code == 403
    assert not Step.objects.filter(name="hand_receipt").exists()


def test_stale_page_shows_both_versions_and_what_was_entered(review: Proceeding) -> None:
    stale = str(review.version)
    do("he.zhiyuan", review, "hand_receipt", at("2026-11-02 09:10"))

    answer = browser("shen.yanqiu").post(
        step_url(review, "extend_review"), {"seen_version": stale, "stage": "leads", "ground": "线索待查"}
    )

    assert answer.status_code == 409
    for words in ("Someone was faster", "Hand over the receipt", "Register the report", "线索待查", "贺知远"):
        assert words in said(answer), words
    assert not Draft.objects.exists()


def test_missing_and_impossible_facts_are_said_at_their_fields_with_articles(case: Case) -> None:
    custody = detained(case)
    client = browser("shen.yanqiu")

    nothing = client.post(step_url(custody, "extend_detention"), {"seen_version": str(custody.version)})
    wrong = client.post(
        step_url(custody, "extend_detention"),
        {"seen_version": str(custody.version), "ground": "roaming", "ground_facts": "x", "new_total_days": "-5"},
    )  # fmt: skip

    assert (nothing.status_code, wrong.status_code) == (422, 422)
    assert said(nothing).count("is missing (CPL 91; MPS 129)") >= 3
    assert not Draft.objects.exists()


def test_receipt_form_knows_now_and_whether_the_suspect_is_held(case: Case) -> None:
    review = asked(case, at("2026-11-03 16:20"))
    client = browser("gu.nanqiao")
    page = client.get(step_url(review, "receive"))
    assert page.context["form"].initial["detained"] is True

    answer = client.post(
        step_url(review, "receive"),
        {"seen_version": str(review.version), "received_at": "2026-11-03T16:25", "detained": "true", "volumes": "2"},
    )  # fmt: skip

    assert answer.status_code == 303
    assert Deadline.objects.get(limit="arrest_review_detained").started_at == at("2026-11-03 16:25")
    assert Document.objects.get(kind="DOC-ARREST-REQUEST").receipted_at == at("2026-11-03 16:25")


def test_draft_laid_ready_fills_the_form(case: Case) -> None:
    custody = detained(case)
    telling.prepare(
        custody,
        "extend_detention",
        cause="rung:test",
        at=NOW,
        facts={"ground_facts": "交代外省作案", "new_total_days": 7},
    )
    page = browser("shen.yanqiu").get(step_url(custody, "extend_detention"))

    assert "交代外省作案" in said(page)
    assert "Prepared for you" in said(page)


def test_matter_opened_late_keeps_what_came_before_from_the_other_organ(case: Case) -> None:
    from datetime import date

    from supervision.findings import Seen, open_lead

    lead = open_lead(
        user("gu.nanqiao"), case, Seen(("INT-1",), "笔录"), activity=None, at=at("2026-11-03 10:00")
    )
    do("gu.nanqiao", lead, "triage", at("2026-11-03 10:10"), outcome="verify", risk="middle", note="核查")
    do("gu.nanqiao", lead, "verify", at("2026-11-03 10:20"))
    confirmed = {"conclusion": "serious", "findings_confirmed": ("INT-1",), "level": "written"}
    do("gu.nanqiao", lead, "conclude", at("2026-11-03 10:30"), **confirmed)
    do("gu.nanqiao", lead, "issue", at("2026-11-03 10:40"))
    notice = run(case, "correction_notice")
    do(
        "gu.nanqiao", notice, "draft", at("2026-11-03 11:00"), findings=("INT-1",), facts="单人讯问", law=("CPL 118",),
        demand="请纠正", reply_due_on=date(2026, 11, 20),
    )  # fmt: skip
    do(
        "lu.chengjun",
        run(case, "correction_notice"),
        "return_draft",
        at("2026-11-03 11:10"),
        comment="措辞过重",
    )
    assert browser("fang.shuning").get(reverse("proceeding", args=[notice.pk])).status_code == 404
    assert "措辞过重" in said(browser("gu.nanqiao").get(reverse("proceeding", args=[notice.pk])))

    do(
        "gu.nanqiao", run(case, "correction_notice"), "draft", at("2026-11-03 11:20"), findings=("INT-1",),
        facts="单人讯问", law=("CPL 118",), demand="请纠正", reply_due_on=date(2026, 11, 20),
    )  # fmt: skip
    do("lu.chengjun", run(case, "correction_notice"), "approve", at("2026-11-03 11:30"))
    do("xu.qingzhi", run(case, "correction_notice"), "serve", at("2026-11-03 11:40"))

    page = browser("fang.shuning").get(reverse("proceeding", args=[notice.pk]))
    assert page.status_code == 200
    assert "措辞过重" not in said(page)


def test_procedure_begins_with_its_first_step_and_once(case: Case) -> None:
    url = reverse("proceeding-begin", args=[case.pk, "supervision_lead", "register"])
    client = browser("gu.nanqiao")
    facts = {
        "source": "case_review", "case": str(case.pk), "unit": str(case.unit.pk), "findings": ["INT-1"],
        "evidence_pin": "讯问笔录第1次", "shown_at": "2026-11-03 16:30:00",
    }  # fmt: skip
    assert client.get(url).status_code == 200

    first, second = client.post(url, facts), client.post(url, facts)
    wrong = browser("shen.yanqiu").post(url, facts)

    assert (first.status_code, second.status_code, wrong.status_code) == (303, 303, 403)
    assert Proceeding.objects.filter(process="supervision_lead").count() == 1
    assert client.get(reverse("proceeding-begin", args=[case.pk, "tea", "register"])).status_code == 404
    assert (
        client.get(reverse("proceeding-begin", args=[case.pk, "supervision_lead", "tea"])).status_code == 404
    )
    assert browser("zhu.changhe").get(url).status_code == 404


def test_every_step_of_every_procedure_has_a_form() -> None:
    from cases.forms.step import Matter, StepForm
    from coordination.law.processes import all_processes

    for process in all_processes().values():
        for step in process.steps:
            form = StepForm(Matter(step, None, None, NOW, user("shen.yanqiu")))
            asked_for = [item.name for item in step.facts if item.required != "auto"]
            assert [bound.name for bound in form.own] == asked_for, (process.id, step.id)


ANYTHING = st.one_of(
    st.text(max_size=30), st.sampled_from(["true", "9999-12-31", "0001-01-01T00:00", "\x00", "-1", "1e9"])
)
NAMES = ["ground", "ground_facts", "new_total_days", "seen_version", "x"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_nothing_written_into_a_step_breaks_it(case: Case, values: dict[str, str]) -> None:
    custody = Proceeding.objects.filter(process="custody").first() or detained(case)
    before = Step.objects.count()
    answer = browser("shen.yanqiu").post(step_url(custody, "extend_detention"), values)

    assert answer.status_code in {303, 409, 422}
    assert Step.objects.count() == before
