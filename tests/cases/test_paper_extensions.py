"""Extensions granted on paper: entered once with their document, they lengthen the running clock from its anchor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from cases.logbook import event_entries
from cases.logbook.event_entries import Wanted
from cases.models import Case, Deadline, EventEntry, Extension
from cases.sweep import reconcile, sweep, unmeasured
from coordination.errors import Refused
from coordination.law import entered
from coordination.models import AuditEntry
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cast import at, run, user
from tests.journeys.test_coop_flow_extension import arrested
from tests.supervision import world

__all__ = ("arrested",)
pytestmark = pytest.mark.django_db
NOW = at("2026-09-01 10:00")
LEGAL = "fang.shuning"
CUSTODY, DETENTION = "investigation_custody", "arrest_request_after_detention"


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def clock(case: Case, limit: str = CUSTODY) -> Deadline:
    return Deadline.objects.get(case=case, limit=limit, stopped_at=None)


def on_paper(case: Case, **changes: object) -> Wanted:
    plain = Wanted(
        case=case, suspect=case.suspects.get(), event=entered.EXTENDED_ON_PAPER, limit=CUSTODY, stage="ext1",
        at=at("2026-08-31 15:00"), document_kind="批准延长侦查羁押期限决定书", document_number="望检延〔2026〕7号",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def refusal(wanted: Wanted, login: str = LEGAL) -> set[str]:
    with pytest.raises(Refused) as refused:
        event_entries.record(user(login), wanted, at=NOW)
    assert not EventEntry.objects.exists()
    return {reason.code for reason in refused.value.reasons}


def test_custody_goes_on_from_the_arrest_and_the_watch_begins_anew(arrested: Case) -> None:
    sweep(at("2026-08-31 08:00"))
    assert run(arrested, "custody_extension").state == "drafting"
    assert clock(arrested).due_on == date(2026, 9, 14)

    done = event_entries.record(user(LEGAL), on_paper(arrested), at=NOW)
    again = event_entries.record(user(LEGAL), on_paper(arrested), at=NOW)

    # Three months from the arrest of 14 July, not one from the entry
    assert clock(arrested).due_on == date(2026, 10, 14)
    assert (done.is_new, again.is_new) == (True, False)
    watches = arrested.proceedings.filter(process="custody_extension").order_by("opened_at")
    assert [row.state for row in watches] == ["closed", "watching"]
    assert not Deadline.objects.filter(limit="custody_extension_request_lead", stopped_at=None).exists()
    assert run(arrested, "custody").steps.filter(name="extend_custody").count() == 1
    assert AuditEntry.objects.filter(action="event.entered", subject_id=done.entry.pk).count() == 1
    assert unmeasured() == []
    assert reconcile(NOW) == {}


def test_stages_follow_each_other_and_none_is_granted_twice(arrested: Case) -> None:
    assert refusal(on_paper(arrested, stage="ext3")) == {"limit:" + CUSTODY}
    assert refusal(on_paper(arrested, stage="other")) == {"field:stage"}
    event_entries.record(user(LEGAL), on_paper(arrested), at=NOW)

    twice = on_paper(arrested, document_number="望检延〔2026〕8号")

    with pytest.raises(Refused) as refused:
        event_entries.record(user(LEGAL), twice, at=NOW)
    assert {reason.code for reason in refused.value.reasons} == {"field:stage"}
    assert clock(arrested).extensions.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at": at("2026-07-13 09:00")}, "field:at"),
        ({"at": at("2026-09-02 09:00")}, "field:at"),
        ({"document_number": ""}, "field:document_number"),
        ({"limit": "file_access"}, "field:stage"),
        ({"limit": "nothing"}, "field:limit"),
        ({"event": "file_access_given"}, "field:stage"),
        ({"suspect": None}, "extend:not_running"),
    ],
)
def test_bad_extension_is_refused(arrested: Case, changes: dict[str, object], code: str) -> None:
    assert code in refusal(on_paper(arrested, **changes))


def test_decision_after_the_end_extends_nothing(arrested: Case) -> None:
    late = at("2026-09-16 10:00")
    with pytest.raises(Refused) as refused:
        event_entries.record(user(LEGAL), on_paper(arrested, at=at("2026-09-15 09:00")), at=late)
    assert {reason.code for reason in refused.value.reasons} == {"extend:expired"}

    event_entries.record(user(LEGAL), on_paper(arrested), at=late)  # decided in time, entered late

    assert clock(arrested).due_on == date(2026, 10, 14)


def test_only_the_organ_that_answers_for_the_limit_enters_it(arrested: Case) -> None:
    assert refusal(on_paper(arrested), "gu.nanqiao") == {"role"}


def test_chosen_length_is_counted_and_a_correction_replaces_it() -> None:
    case = world.detained()
    now, given = (
        at("2026-11-05 09:00"),
        {"limit": DETENTION, "stage": "special", "at": at("2026-11-04 09:00")},
    )
    assert clock(case, DETENTION).due_at == at("2026-11-06 15:30")
    with pytest.raises(Refused) as without:
        event_entries.record(user(LEGAL), on_paper(case, **given), at=now)
    assert {reason.code for reason in without.value.reasons} == {"field:value"}

    entry = event_entries.record(user(LEGAL), on_paper(case, value="P4D", **given), at=now).entry
    assert clock(case, DETENTION).due_at == at("2026-11-10 15:30")
    event_entries.correct(
        user(LEGAL),
        entry,
        on_paper(case, value="P2D", **given),
        reason="误录为四日",
        at=at("2026-11-05 10:00"),
    )

    assert clock(case, DETENTION).due_at == at("2026-11-08 15:30")
    assert list(Extension.objects.order_by("id").values_list("value", flat=True)) == ["P4D", "P2D"]
    assert reconcile(now) == {}


def test_screens_and_programs_enter_it(arrested: Case) -> None:
    row = clock(arrested)
    with time_machine.travel(NOW, tick=False):
        page = said(browser(LEGAL).get(f"/cases/{arrested.pk}/events/"))
        url = f"/cases/{arrested.pk}/events/new/?extends={row.pk}"
        sing(url, allowed=LEGAL, strangers=("pei.songnian",), wrong_roles=("jiang.wanzhao",))
        sent = {
            "shown_at": "2026-09-01T10:00", "at": "2026-08-31T15:00", "document_kind": "延长侦查羁押期限决定书",
            "document_number": "望检延〔2026〕7号", "stage": "ext1", "remark": "",
        }  # fmt: skip
        none = browser(LEGAL).post(url, {**sent, "stage": ""})
        answer = browser(LEGAL).post(url, sent)
        entry = EventEntry.objects.get()
        shown = said(browser(LEGAL).get(f"/events/{entry.pk}/"))
        told = browser(LEGAL).get(f"/api/v1/cases/{arrested.pk}/events/").json()["results"]
        other = browser(LEGAL).get(f"/cases/{arrested.pk}/events/new/?extends={arrested.pk}")
        by_hand = browser(LEGAL).get(f"/cases/{arrested.pk}/events/new/?event={entered.EXTENDED_ON_PAPER}")

    assert f"?extends={row.pk}" in page
    assert (none.status_code, answer.status_code) == (422, 303)
    assert "complex case that cannot be concluded" in shown
    assert [(one["limit"], one["stage"], one["value"]) for one in told] == [(CUSTODY, "ext1", "")]
    assert (other.status_code, by_hand.status_code) == (404, 404)
