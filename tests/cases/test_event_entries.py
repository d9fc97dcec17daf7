"""Events that nothing else records: entered with a document, they turn the clocks and are on the timeline and audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.db import ProgrammingError, transaction

from cases.logbook import event_entries
from cases.logbook.event_entries import Wanted
from cases.models import Case, Deadline, EventEntry, Occurrence
from cases.sweep import unmeasured
from coordination.errors import Conflict, Refused
from coordination.law import entered
from coordination.law.rulebook import rulebook
from coordination.models import AuditEntry
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cast import at, registered, suspect_of, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-10 10:00")
POLICE, PROSECUTOR = "fang.shuning", "gu.nanqiao"
LIMIT, STARTS, STOPS = "file_access", "file_access_requested", "file_access_given"


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


@pytest.fixture
def case() -> Case:
    return registered(at("2026-11-02 09:00"))


def wanted(case: Case, **changes: object) -> Wanted:
    plain = Wanted(
        case=case, event=STARTS, limit=LIMIT, at=at("2026-11-09 09:00"), document_kind="律师阅卷申请",
        document_number="〔2026〕7号",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def begun(case: Case, login: str = PROSECUTOR, **changes: object) -> EventEntry:
    return event_entries.record(user(login), wanted(case, **changes), at=NOW).entry


def clock(case: Case) -> Deadline:
    return Deadline.objects.select_related("anchor").get(case=case, limit=LIMIT)


def test_entry_starts_the_limit_and_is_on_record(case: Case) -> None:
    entry = begun(case)

    row = clock(case)
    assert (row.started_at, row.anchor.entry, row.anchor.wound) == (entry.at, entry, [LIMIT])
    assert (row.responsible, row.stopped_at) == (case.procuratorate, None)
    # three days after Monday 9 November: Thursday 12
    assert row.due_on == date(2026, 11, 12)
    assert (entry.organisation, entry.recorded_by.login) == (case.procuratorate, PROSECUTOR)
    assert (
        AuditEntry.objects.filter(action="event.entered", subject_id=entry.pk, case_id=case.pk).count() == 1
    )
    assert unmeasured() == []
    page = said(browser(PROSECUTOR).get(f"/cases/{case.pk}/timeline/"))
    assert rulebook().event(STARTS).en in page
    assert "〔2026〕7号" in page


def test_further_entry_stops_it(case: Case) -> None:
    begun(case)

    done = event_entries.record(
        user(PROSECUTOR),
        wanted(case, event=STOPS, limit="", at=at("2026-11-10 09:00"), document_kind="阅卷登记表"),
        at=NOW,
    )

    row = clock(case)
    assert (row.stopped_at, row.stop_event) == (at("2026-11-10 09:00"), STOPS)
    assert [one.limit for one in done.turned.stopped] == [LIMIT]


def test_correction_moves_the_clock_and_keeps_the_old_version(case: Case) -> None:
    first = begun(case)

    done = event_entries.correct(
        user(PROSECUTOR), first, wanted(case, at=at("2026-11-10 08:00")), reason="收件日期误录", at=NOW
    )

    row = clock(case)
    assert (row.started_at, row.due_on, row.anchor.entry) == (
        at("2026-11-10 08:00"), date(2026, 11, 13), done.entry,
    )  # fmt: skip
    assert event_entries.versions(first) == (first, done.entry)
    assert Occurrence.objects.filter(case=case, event=STARTS).count() == 2
    assert Deadline.objects.filter(case=case, limit=LIMIT).count() == 1
    assert unmeasured() == []
    with pytest.raises(Conflict):
        event_entries.correct(user(PROSECUTOR), first, wanted(case), reason="再改", at=NOW)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        EventEntry.objects.filter(pk=first.pk).update(document_number="1")


def test_correction_of_what_stopped_a_clock_stops_it_anew(case: Case) -> None:
    begun(case)
    stop = wanted(case, event=STOPS, limit="", at=at("2026-11-10 09:00"))
    entry = event_entries.record(user(PROSECUTOR), stop, at=NOW).entry

    event_entries.correct(
        user(PROSECUTOR), entry, replace(stop, at=at("2026-11-10 09:30")), reason="时间误录", at=NOW
    )

    assert clock(case).stopped_at == at("2026-11-10 09:30")


def test_correction_needs_a_reason_and_changes_no_event(case: Case) -> None:
    entry = begun(case)
    for changed, reason, code in (
        (wanted(case), " ", "field:correction_reason"),
        (wanted(case, suspect=suspect_of(case, at("2026-11-03 09:00"))), "误录", "correct:entry"),
    ):
        with pytest.raises(Refused) as refused:
            event_entries.correct(user(PROSECUTOR), entry, changed, reason=reason, at=NOW)
        assert [one.code for one in refused.value.reasons] == [code]


def test_same_entry_sent_twice_is_there_once(case: Case) -> None:
    first = begun(case)

    again = event_entries.record(user(PROSECUTOR), wanted(case), at=NOW)

    assert (again.entry, again.is_new) == (first, False)
    assert Deadline.objects.filter(case=case, limit=LIMIT).count() == 1


def test_entry_that_comes_after_what_stopped_it_is_met_at_once(case: Case) -> None:
    begun(case)
    begun(case, at=at("2026-11-06 09:00"), document_number="〔2026〕6号")
    stop = wanted(case, event=STOPS, limit="", at=at("2026-11-10 09:00"))
    event_entries.record(user(PROSECUTOR), stop, at=NOW)

    late = begun(case, at=at("2026-11-08 09:00"), document_number="〔2026〕5号")

    row = Deadline.objects.get(anchor__entry=late)
    assert row.stopped_at == at("2026-11-10 09:00")


def test_only_the_organ_that_answers_for_the_limit_enters_its_events(case: Case) -> None:
    for login in (POLICE, "shen.yanqiu", "jiang.wanzhao", "pei.songnian"):
        with pytest.raises(Refused) as refused:
            begun(case, login)
        assert [one.code for one in refused.value.reasons] == ["role"], login
    assert not EventEntry.objects.exists()
    # the police answer for this one
    entry = begun(
        case,
        POLICE,
        limit="bail_forfeiture_notify_decider",
        event="forfeiture_final",
        document_kind="没收决定书",
    )
    assert entry.organisation == case.police


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at": at("2026-11-11 09:00")}, "field:at"),
        ({"at": at("1900-01-01 09:00")}, "field:at"),
        ({"document_number": " "}, "field:document_number"),
        ({"document_kind": ""}, "field:document_kind"),
        ({"event": "no_such_event"}, "field:event"),
        ({"event": STOPS}, "field:event"),
        ({"limit": "no_such_limit"}, "field:limit"),
        ({"limit": "", "event": STOPS}, "field:event"),
        ({"remark": "长" * 201}, "field:remark"),
        ({"stated_on": date(2026, 11, 1)}, "field:stated_on"),
    ],
)
def test_bad_entry_is_refused_at_its_field(case: Case, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        begun(case, **changes)

    assert code in {reason.code for reason in refused.value.reasons}
    assert not EventEntry.objects.exists()


def test_limit_that_a_step_starts_is_refused_with_its_article(case: Case) -> None:
    with pytest.raises(Refused) as refused:
        begun(case, limit="arrest_review_detained", event="arrest_request_received")

    reason = refused.value.reasons[0]
    assert reason.code == "field:limit"
    assert "RULES 282" in [str(source) for source in reason.sources]


def test_what_may_be_entered_is_what_nothing_else_records() -> None:
    for limit in entered.startable():
        assert limit.enabled
        assert limit.id not in entered.started()
        assert set(entered.triggers(limit)) - entered.recorded()
    assert "arrest_review_detained" in entered.started()


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("today")
def test_screens_enter_stop_and_correct(case: Case) -> None:
    choose = f"/cases/{case.pk}/events/"
    page = said(
        sing(
            choose,
            allowed=PROSECUTOR,
            strangers=("pei.songnian",),
            wrong_roles=("jiang.wanzhao", "han.kefei"),
        )
    )
    assert f"/cases/{case.pk}/events/new/?limit={LIMIT}" in page
    assert "bail_forfeiture_notify_decider" not in page
    new = f"/cases/{case.pk}/events/new/?limit={LIMIT}"
    sing(new, allowed=PROSECUTOR, strangers=("pei.songnian",), wrong_roles=("jiang.wanzhao",))
    sent = {
        "shown_at": "2026-11-10T10:00", "at": "2026-11-09T09:00", "document_kind": "律师阅卷申请",
        "document_number": "〔2026〕7号", "remark": "",
    }  # fmt: skip
    bad = browser(PROSECUTOR).post(new, {**sent, "document_number": ""})
    assert (bad.status_code, "The number of the document is missing" in said(bad)) == (422, True)
    assert browser(POLICE).post(new, sent).status_code == 403

    answer = browser(PROSECUTOR).post(new, sent)
    entry = EventEntry.objects.get()
    assert answer["Location"] == f"/events/{entry.pk}/"
    assert browser(PROSECUTOR).post(new, sent)["Location"] == f"/events/{entry.pk}/"
    shown = said(sing(f"/events/{entry.pk}/", allowed=PROSECUTOR, strangers=("pei.songnian",)))
    assert rulebook().limit(LIMIT).en in shown
    assert f"event={STOPS}" in said(browser(PROSECUTOR).get(choose))

    fixed = browser(PROSECUTOR).post(
        f"/events/{entry.pk}/correct/", {**sent, "at": "2026-11-09T10:00", "correction_reason": "时间误录"}
    )
    assert fixed.status_code == 303
    assert clock(case).started_at == at("2026-11-09 10:00")
    old = said(browser(PROSECUTOR).get(f"/events/{entry.pk}/"))
    assert "This version was corrected" in old
    assert browser(PROSECUTOR).get(f"/cases/{case.pk}/events/new/?event=nothing").status_code == 404


@pytest.mark.usefixtures("today")
def test_api_lists_and_enters(case: Case) -> None:
    url = f"/api/v1/cases/{case.pk}/events/"
    sent = {
        "event": STARTS, "limit": LIMIT, "at": "2026-11-09T09:00:00+08:00", "document_kind": "律师阅卷申请",
        "document_number": "〔2026〕7号",
    }  # fmt: skip

    made = browser(PROSECUTOR).post(url, sent, content_type="application/json")
    refused = browser(POLICE).post(url, sent, content_type="application/json")
    bad = browser(PROSECUTOR).post(
        url, {**sent, "limit": "arrest_review_detained"}, content_type="application/json"
    )
    told = browser(PROSECUTOR).get(url).json()["results"]

    assert (made.status_code, refused.status_code, bad.status_code) == (201, 403, 422)
    assert [(row["event"]["id"], row["limit"], row["document_number"]) for row in told] == [
        (STARTS, LIMIT, "〔2026〕7号")
    ]
    assert browser("pei.songnian").get(url).status_code == 404
