"""The rulebook: found by word and article, each limit with everything known of it, and its calculator."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.translation import override

from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.models import User
from supervision.pages import calculator
from supervision.pages import rulebook as rulebook_page
from tests.cases.doors import browser, said, sing


def found(text: str) -> set[str]:
    return {row.limit.id for row in rulebook_page.search(text)}


def computed(limit: str, **asked: str) -> str:
    return said(browser("shen.yanqiu").get(f"/rulebook/{limit}/", asked))


def test_rulebook_is_for_everyone_with_a_role() -> None:
    User.objects.create_user("nobody", "无岗位")

    sing("/rulebook/calculator/", allowed="xu.qingzhi", wrong_roles=("nobody",))
    sing("/rulebook/", allowed="ding.shouzheng", wrong_roles=("nobody",))
    sing("/rulebook/arrest_review_detained/", allowed="shen.yanqiu", wrong_roles=("nobody",))
    assert browser("shen.yanqiu").get("/rulebook/nothing/").status_code == 404


@pytest.mark.parametrize("text", ["CPL 91", "cpl91", "刑诉法第91条", "刑诉法91", " 刑诉法 第 91 条 "])
def test_an_article_finds_the_limits_that_rest_on_it(text: str) -> None:
    assert found(text) == {"arrest_review_detained", "non_arrest_release", "arrest_request_after_detention"}


def test_words_find_titles_and_events_in_both_languages() -> None:
    assert "correction_notice_reply" in found("correction reply")
    assert "correction_notice_reply" in found("纠正违法通知书")
    assert found("correction reply") == found("REPLY  Correction")
    assert found("no such limit anywhere") == set()
    assert found("") == set(rulebook().limits)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_limit_can_be_shown(language: str) -> None:
    with override(language):
        shown = [rulebook_page.limit(limit) for limit in rulebook().limits]

    assert [row.limit.id for row in shown if not row.length or not row.facts or not row.certainty] == []


def test_a_limit_says_what_it_rests_on_and_what_follows_when_it_is_missed() -> None:
    page = said(browser("shen.yanqiu").get("/rulebook/arrest_request_after_detention/"))

    assert "Request approval of arrest after detention" in page
    assert "custody past the end is overstay" in page
    assert "/rulebook/?q=CPL+91" in page
    assert "DET-3" in page


def test_a_limit_whose_source_was_not_checked_is_shown_and_not_computed() -> None:
    page = said(browser("shen.yanqiu").get("/rulebook/detention_house_correction_15d/"))

    assert "This limit is switched off" in page
    assert "When would it end?" not in page


def test_calculator_gives_the_end_and_why() -> None:
    # example 3 of the law's computation: Labour Day, custody, no rollover, two bounds
    page = computed("arrest_request_after_detention", at="2025-04-30T15:30")

    assert "2025-05-03 Sat 15:30" in page
    assert "2025-05-04 Sun 00:00" in page
    assert "C6" in page


def test_calculator_counts_the_days_that_were_granted() -> None:
    page = computed(
        "arrest_request_after_detention", at="2026-11-14T16:40", granted="special", days_special="4"
    )

    assert "2026-11-21 Sat 16:40" in page


def test_calculator_asks_for_custody_where_it_matters() -> None:
    # example 14: custody ends on the Saturday, at liberty the Monday
    free = computed("prosecution_review", at="2025-12-31T09:00")
    held = computed("prosecution_review", at="2025-12-31T09:00", in_custody="on")

    assert "2026-02-02 Mon 24:00" in free
    assert "2026-01-31 Sat 24:00" in held


def test_calculator_takes_a_stated_day() -> None:
    assert "2026-11-27 Fri 24:00" in computed(
        "correction_notice_reply", at="2026-11-16T09:30", stated="2026-11-27"
    )
    assert "This field is required" in computed("correction_notice_reply", at="2026-11-16T09:30")


@pytest.mark.parametrize("at", ["", "tomorrow", "2026-02-30T10:00", "0001-01-01T00:00"])
def test_calculator_says_at_the_field_what_it_cannot_read(at: str) -> None:
    page = computed("arrest_review_detained", at=at)

    assert "field-wrong" in page
    assert "It ends" not in page


def test_calculator_says_why_the_law_gives_no_answer() -> None:
    page = computed(
        "arrest_request_after_detention", at="2026-11-14T16:40", granted="special", days_special="9"
    )

    assert "field-wrong" in page


def test_the_calculator_says_what_an_event_starts_and_when_each_of_it_ends() -> None:
    asked = {"event": "arrest_request_received", "at": "2026-11-20T17:20", "in_custody": "on"}
    page = said(browser("shen.yanqiu").get("/rulebook/calculator/", asked))

    assert "2026-11-27 Fri 24:00" in page  # seven days, no roll-over in custody
    assert "2026-12-07 Mon 24:00" in page  # fifteen days end on a Saturday
    assert "/rulebook/arrest_review_detained/?at=2026-11-20T17%3A20&amp;event=arrest_request_received" in page


def test_the_calculator_says_where_the_clock_cannot_answer() -> None:
    asked = {"event": "correction_notice_received", "at": "2026-11-20T17:20"}
    page = said(browser("shen.yanqiu").get("/rulebook/calculator/", asked))

    assert "Reply to a correction notice" in page
    assert 'href="/rulebook/correction_notice_reply/?at=' in page


@pytest.mark.parametrize(
    "asked", [{"event": "nothing", "at": "2026-11-20T17:20"}, {"event": "", "at": "yesterday"}]
)
def test_the_calculator_keeps_what_it_cannot_read_in_the_form(asked: dict[str, str]) -> None:
    answer = browser("shen.yanqiu").get("/rulebook/calculator/", asked)

    assert answer.status_code == 200
    assert 'class="field-error"' in said(answer)
    assert 'id="answers"' not in said(answer)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_event_that_starts_a_limit_can_be_computed(language: str) -> None:
    at = datetime(2026, 11, 20, 17, 20, tzinfo=ZONE)
    with override(language):
        offered = [name for _, group in calculator.events() for name, _ in group]
        answers = [calculator.started_by(name, at, in_custody=True) for name in offered]

    assert set(offered) == {name for row in rulebook().limits.values() if row.enabled for name in row.trigger}
    assert all(found and all(one.due or one.reason for one in found) for found in answers)
