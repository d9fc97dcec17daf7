"""Possible findings: seen in an entry, on a clock, by what is missing; for prosecutors, decided once for a fact."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from cases.logbook.activities import correct, entry_of, log
from cases.logbook.entries import Entry
from cases.models import Activity, Case, Suspect
from cases.sweep import sweep
from coordination.errors import Refused
from coordination.law.catalogue import catalogue
from coordination.models import AuditEntry
from coordination.standing import standing
from supervision import suggestions
from supervision.findings import Seen, open_lead
from supervision.models import Suggestion
from tests.cases.doors import browser, said, sing
from tests.cast import agreed, at, begun, registered, run, suspect_of, user
from tests.supervision import world

pytestmark = pytest.mark.usefixtures("cast")
EVENING, NOON = at("2026-11-04 17:00"), at("2026-11-05 12:00")


@pytest.fixture
def case() -> Case:
    """A case of theft with a suspect detained on 2026-11-03 at 15:30."""
    return world.detained()


def interrogated(
    case: Case, *officers: str, when: str = "2026-11-04 09:00", recording: str = "audio_video"
) -> Activity:
    """An interrogation on the log, entered the same hour."""
    suspect = case.suspects.get()
    entry = Entry(
        case=case, kind="interrogation", started_at=at(when), ended_at=at(when).replace(minute=40),
        officers=tuple(user(login) for login in officers), unit=case.unit, suspect=suspect,
        place_kind="interrogation_room", place_detail="办案中心讯问室",
        facts={
            "sequence_no": 1, "rights_told": ("defender", "legal_aid", "plea", "recusal"), "alone": True,
            "recording": recording, "record_signed": "every_page", "read_over": True,
            **({"recording_complete": True, "recording_ref": "光盘1"} if recording != "none" else {}),
        },
    )  # fmt: skip
    return log(user("shen.yanqiu"), entry, at=at(when).replace(minute=50)).activity


def waiting(login: str, now: datetime = NOON) -> set[str]:
    """The codes that wait for a person."""
    person = user(login)
    rows = suggestions.undecided(person, standing(person, now), now=now)
    return set(rows.values_list("code", flat=True))


def test_one_officer_is_seen_in_the_entry_by_the_prosecutors_of_the_case_alone(case: Case) -> None:
    entry = interrogated(case, "shen.yanqiu")

    row = Suggestion.objects.get()
    assert (row.code, row.activity, row.suspect, row.seen) == (
        "INT-1", entry, case.suspects.get(), [["officers", ["沈砚秋"]]],
    )  # fmt: skip
    assert waiting("gu.nanqiao") == {"INT-1"}
    for login in ("shen.yanqiu", "fang.shuning", "han.kefei", "lu.chengjun", "zhuang.yining", "xiahou.qi"):
        assert waiting(login) == set(), login


def test_two_officers_show_nothing(case: Case) -> None:
    interrogated(case, "shen.yanqiu", "he.zhiyuan")

    assert not Suggestion.objects.exists()


def test_missing_recording_is_seen_where_the_case_is_a_major_one(case: Case) -> None:
    interrogated(case, "shen.yanqiu", "he.zhiyuan", recording="none")
    assert waiting("gu.nanqiao") == set()

    Case.objects.filter(pk=case.pk).update(is_major=True)
    case.refresh_from_db()
    interrogated(case, "shen.yanqiu", "he.zhiyuan", when="2026-11-04 15:00", recording="none")

    assert waiting("gu.nanqiao") == {"INT-2"}


def test_correction_that_says_otherwise_takes_it_away_and_one_that_says_the_same_brings_nothing_back(
    case: Case,
) -> None:
    entry = interrogated(case, "shen.yanqiu")
    suggestions.dismiss(user("gu.nanqiao"), Suggestion.objects.get(), "同录可见两人", at=NOON)
    again = entry_of(entry)
    fixed = correct(
        user("shen.yanqiu"),
        entry,
        Entry(**{**_values(again), "place_detail": "二楼"}),
        reason="地点",
        at=EVENING,
    ).activity
    row = Suggestion.objects.get()
    assert (row.decision, row.activity) == ("dismissed", fixed)

    other = interrogated(case, "shen.yanqiu", when="2026-11-04 16:00")
    assert waiting("gu.nanqiao") == {"INT-1"}
    both = (user("shen.yanqiu"), user("he.zhiyuan"))
    changed = Entry(**{**_values(entry_of(other)), "officers": both})
    correct(user("shen.yanqiu"), other, changed, reason="漏录一人", at=EVENING)
    assert waiting("gu.nanqiao") == set()


def _values(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__dataclass_fields__}


def test_family_told_late_is_seen_beyond_the_literal_bound_only(case: Case) -> None:
    """Detained 15:30: the working bound is 15:30 of the next day, the literal one 16:00."""
    sweep(at("2026-11-04 15:30"))
    assert "DET-2" not in waiting("gu.nanqiao", at("2026-11-04 15:45"))
    assert "DET-2" in waiting("gu.nanqiao", at("2026-11-04 16:00"))

    _told_family(case, "2026-11-04 15:50", logged="2026-11-04 17:00")

    assert "DET-2" not in waiting("gu.nanqiao")


def test_family_told_late_and_entered_before_any_sweep_is_seen_all_the_same(case: Case) -> None:
    _told_family(case, "2026-11-04 18:05", logged="2026-11-04 18:30")

    assert "DET-2" in waiting("gu.nanqiao")


def _told_family(case: Case, when: str, *, logged: str) -> None:
    entry = Entry(
        case=case, kind="family_notice", started_at=at(when), officers=(user("shen.yanqiu"),), unit=case.unit,
        suspect=case.suspects.get(), place_kind="police_premises",
        facts={"notice_no": "1号", "for_measure": "detention", "notified_at": at(when), "relative_name": "田母",
               "method": "phone", "non_notice_reason": "none"},
    )  # fmt: skip
    log(user("shen.yanqiu"), entry, at=at(logged))


def at_large(name: str = "雷震") -> Suspect:
    """A person named on 2026-09-14 as at large and left out of the request."""
    found = registered(at("2026-09-01 09:00"), "A9901025100002026090055")
    suspect = suspect_of(found, at("2026-09-03 09:00"), name)
    begun(
        "fang.shuning", found, "separate_handling_check", "declare", at("2026-09-14 10:00"), suspect=suspect,
        person=name, ground="at_large", papers=("情况说明",), plan="追逃",
    )  # fmt: skip
    return suspect


def test_fugitive_without_a_wanted_order_is_seen_after_thirty_days_and_once() -> None:
    at_large()

    assert suggestions.look(at("2026-10-14 23:59")) == 0  # the thirtieth day is not over
    assert suggestions.look(at("2026-10-15 00:00")) == 1
    assert suggestions.look(at("2026-10-16 00:00")) == 0
    assert waiting("gu.nanqiao", at("2026-10-16 09:00")) == {"SEP-2"}


@pytest.mark.parametrize(("issued", "found"), [("2026-10-14 09:00", 0), ("2026-10-15 09:00", 1)])
def test_wanted_order_counts_when_it_is_in_time(issued: str, found: int) -> None:
    suspect = at_large()
    entry = Entry(
        case=suspect.case, kind="wanted_order", started_at=at(issued), officers=(user("shen.yanqiu"),),
        unit=suspect.case.unit, suspect=suspect, place_kind="police_premises",
        facts={"order_no": "缉字1号", "kind": "wanted", "issued_at": at(issued)},
    )  # fmt: skip
    log(user("shen.yanqiu"), entry, at=at(issued).replace(hour=10))

    assert suggestions.look(at("2026-11-20 09:00")) == found


def test_dismissal_needs_a_reason_is_on_record_and_is_made_once(case: Case) -> None:
    interrogated(case, "shen.yanqiu")
    row = Suggestion.objects.get()

    with pytest.raises(Refused) as bare:
        suggestions.dismiss(user("gu.nanqiao"), row, "  ", at=NOON)
    with pytest.raises(Refused) as foreign:
        suggestions.dismiss(user("lu.chengjun"), row, "无违法", at=NOON)
    suggestions.dismiss(user("gu.nanqiao"), row, "同录可见两人", at=NOON)
    with pytest.raises(Refused) as twice:
        suggestions.dismiss(user("gu.nanqiao"), row, "同录可见两人", at=NOON)

    assert [fault.value.reasons[0].code for fault in (bare, foreign, twice)] == [
        "field:reason", "role", "suggestion:decided",
    ]  # fmt: skip
    row.refresh_from_db()
    assert (row.decision, row.reason, row.decided_by) == ("dismissed", "同录可见两人", user("gu.nanqiao"))
    assert AuditEntry.objects.get(action="suggestion.dismissed").detail["code"] == "INT-1"
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=row.pk).update(reason="")


def test_lead_on_one_entry_takes_up_what_was_seen_in_it_and_leaves_the_other(case: Case) -> None:
    first = interrogated(case, "shen.yanqiu")
    second = interrogated(case, "shen.yanqiu", when="2026-11-04 15:00")

    lead = open_lead(
        user("gu.nanqiao"), case, Seen(("INT-1",), "笔录", "auto_check"), activity=first, at=NOON
    )

    assert Suggestion.objects.get(activity=first).matter == lead
    assert Suggestion.objects.get(activity=second).decision == ""


def test_pages_are_for_prosecutors_and_show_field_and_article(case: Case) -> None:
    interrogated(case, "shen.yanqiu")
    row = Suggestion.objects.get()
    address = f"/possible/{row.pk}/"

    sing("/possible/", allowed="gu.nanqiao", wrong_roles=("shen.yanqiu", "lu.chengjun", "jiang.wanzhao"))
    sing(address, allowed="gu.nanqiao", strangers=("zhuang.yining", "shen.yanqiu", "fang.shuning"),
         wrong_roles=("lu.chengjun",))  # fmt: skip
    listed, page = said(browser("gu.nanqiao").get("/possible/")), said(browser("gu.nanqiao").get(address))
    for shown in (listed, page):
        assert catalogue().finding("INT-1").en in shown
        assert "CPL 118" in shown
        assert "沈砚秋" in shown
    assert "possible" in page
    lead = said(browser("gu.nanqiao").get(f"/leads/new/?activity={row.activity_id}&suggestion={row.pk}"))
    assert 'value="INT-1" checked' in " ".join(lead.split())


def test_form_dismisses_or_says_what_is_missing(case: Case) -> None:
    interrogated(case, "shen.yanqiu")
    address = f"/possible/{Suggestion.objects.get().pk}/"
    person = browser("gu.nanqiao")

    assert person.post(address, {"reason": ""}).status_code == 422
    assert browser("lu.chengjun").post(address, {"reason": "x"}).status_code == 403
    assert person.post(address, {"reason": "同录可见两人"}).status_code == 303
    assert person.post(address, {"reason": "同录可见两人"}).status_code == 422
    assert "同录可见两人" in said(person.get(address))


def test_overrun_that_an_extension_moved_is_not_shown(case: Case) -> None:
    Suggestion.objects.create(
        code="DET-3", fact="clock:test", case=case, suspect=case.suspects.get(), suggested_at=NOON,
        deadline=run(case, "custody").deadlines.get(limit="arrest_request_after_detention"),
        jurisdiction=case.jurisdiction,
    )  # fmt: skip
    late = at("2026-11-07 00:00")  # beyond the outer bound
    assert "DET-3" in waiting("gu.nanqiao", late)

    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "extend_detention", NOON, ground="special_circumstances",
        ground_facts="同案在逃", new_total_days=7,
    )  # fmt: skip

    assert "DET-3" not in waiting("gu.nanqiao", late)
