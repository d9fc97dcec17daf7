"""The log: an entry does all it stands for, once; its faults are said all at once; corrections are versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cases.logbook.activities import correct, entry_of, log, versions
from cases.models import Activity, Case, Deadline, DeadlineEvent, Draft, Occurrence, Step, Suspect
from cases.steps import approve
from cases.sweep import unmeasured
from coordination.errors import Conflict, Refused
from coordination.models import AuditEntry
from supervision.demo import people
from tests.cases.logbook import detention, entry, family_notice, interrogation, logged
from tests.cast import at, organ, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03 16:00")


@pytest.fixture
def case() -> Case:
    people.load(hashed="!")
    return registered(at("2026-11-02 09:00"))


@pytest.fixture
def suspect(case: Case) -> Suspect:
    return suspect_of(case, at("2026-11-03 15:00"))


def clock(case: Case, limit: str) -> Deadline:
    return Deadline.objects.get(case=case, limit=limit)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def test_detention_once_entered_detains_and_winds_the_clocks(case: Case, suspect: Suspect) -> None:
    done = logged(detention(case, suspect), NOW)

    assert run(case, "custody").state == "detained"
    step = Step.objects.get(proceeding__process="custody", name="detain")
    assert (step.activity, step.approved_by, step.occurred_at) == (
        done.activity, user("han.kefei"), at("2026-11-03 15:30"),
    )  # fmt: skip
    assert {row.limit for row in done.started} == {
        "detention_send_to_detention_house", "detention_interrogation", "detention_family_notice",
        "arrest_request_after_detention",
    }  # fmt: skip
    assert clock(case, "detention_interrogation").due_at == at("2026-11-04 15:30")
    assert Occurrence.objects.filter(event="detention_executed").count() == 1
    assert unmeasured() == []
    assert AuditEntry.objects.filter(action="activity.logged", subject_id=done.activity.pk).count() == 1


def test_interrogation_and_family_notice_stop_the_24_hour_clocks(case: Case, suspect: Suspect) -> None:
    logged(detention(case, suspect), NOW)
    asked = interrogation(case, suspect, at("2026-11-03 20:00"), at("2026-11-03 21:30"))
    first = logged(asked, at("2026-11-03 22:00"))
    told = logged(family_notice(case, suspect, at("2026-11-04 09:00")), at("2026-11-04 09:10"))

    assert [row.limit for row in first.stopped] == ["detention_interrogation"]
    assert [row.limit for row in told.stopped] == ["detention_family_notice"]
    assert clock(case, "detention_interrogation").stopped_at == at("2026-11-03 20:00")
    assert clock(case, "detention_family_notice").stopped_at == at("2026-11-04 09:00")


def test_second_interrogation_is_logged_and_takes_no_step(case: Case, suspect: Suspect) -> None:
    logged(detention(case, suspect), NOW)
    logged(
        interrogation(case, suspect, at("2026-11-03 20:00"), at("2026-11-03 21:30")), at("2026-11-03 22:00")
    )
    again = interrogation(case, suspect, at("2026-11-04 10:00"), at("2026-11-04 11:00"), sequence_no=2)

    done = logged(again, at("2026-11-04 11:10"))

    assert (done.steps, done.started, done.stopped) == ((), (), ())
    assert Occurrence.objects.filter(event="interrogation_recorded").count() == 2


def test_same_entry_sent_twice_is_there_once(case: Case, suspect: Suspect) -> None:
    first = logged(detention(case, suspect), NOW)
    second = logged(detention(case, suspect), at("2026-11-03 16:01"))

    assert (second.activity, second.is_new) == (first.activity, False)
    assert Activity.objects.count() == 1
    assert Step.objects.filter(name="detain").count() == 1


def test_detention_of_a_detained_person_is_refused_with_the_reason(case: Case, suspect: Suspect) -> None:
    logged(detention(case, suspect), NOW)

    with pytest.raises(Refused) as refused:
        logged(detention(case, suspect, executed_at=at("2026-11-03 15:45")), at("2026-11-03 17:00"))

    assert codes(refused) == {"state"}
    assert Activity.objects.count() == 1


def test_entries_made_in_the_wrong_order_leave_no_clock_running(case: Case, suspect: Suspect) -> None:
    logged(
        interrogation(case, suspect, at("2026-11-03 20:00"), at("2026-11-03 21:30")), at("2026-11-03 22:00")
    )

    done = logged(detention(case, suspect), at("2026-11-03 22:10"))

    assert clock(case, "detention_interrogation").stopped_at == at("2026-11-03 20:00")
    assert "detention_interrogation" not in {row.limit for row in done.started}


def test_family_notice_not_given_waits_for_the_approval(case: Case, suspect: Suspect) -> None:
    logged(detention(case, suspect), NOW)
    made = family_notice(
        case, suspect, at("2026-11-04 09:00"), non_notice_reason="no_family", notified_at=None, relative_name=None,
        reason_written_in_notice=True,
    )  # fmt: skip
    done = logged(made, at("2026-11-04 09:10"))

    assert [draft.step for draft in done.submitted] == ["cannot_tell_family"]
    assert clock(case, "detention_family_notice").suspended_at is None
    assert not Occurrence.objects.filter(event__startswith="family_notice").exists()
    approve(user("han.kefei"), Draft.objects.get(step="cannot_tell_family"), at=at("2026-11-04 10:00"))
    assert clock(case, "detention_family_notice").suspended_at is not None


def test_detention_house_logs_only_for_persons_in_its_house(case: Case, suspect: Suspect) -> None:
    guard = user("ding.shouzheng")
    house = organ("990100910000")
    made = entry(
        case, "detention_house_event", at("2026-11-03 19:00"), suspect=suspect, unit=house, officers=(guard,),
        facts={
            "house_id": str(house.pk), "house_event": "entry", "event_at": at("2026-11-03 19:00"), "health_noted": True,
        },
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        log(guard, made, at=at("2026-11-03 19:10"))
    assert "role" in codes(refused)

    logged(detention(case, suspect), NOW)
    suspect.refresh_from_db()
    done = log(guard, replace(made, suspect=suspect), at=at("2026-11-03 19:10"))

    assert [row.limit for row in done.stopped] == ["detention_send_to_detention_house"]


@pytest.mark.parametrize("login", ["gu.nanqiao", "zhu.changhe", "ding.shouzheng", "han.kefei", "shao.weimin"])
def test_strangers_and_wrong_roles_log_nothing(case: Case, suspect: Suspect, login: str) -> None:
    with pytest.raises(Refused) as refused:
        logged(detention(case, suspect), NOW, login)

    assert "role" in codes(refused)
    assert not Activity.objects.exists()


def test_every_fault_is_named_at_its_field(case: Case, suspect: Suspect) -> None:
    made = entry(
        case, "interrogation", at("2026-11-03 20:00"), at("2026-11-03 19:00"), officers=(user("gu.nanqiao"),),
        unit=organ("990202150000"), place_kind="moon",
        facts={"sequence_no": "two", "recording": "video", "rights_told": ("dance",), "nonsense": 1},
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        logged(made, at("2026-11-03 21:00"))

    assert codes(refused) == {
        "field:ended_at", "field:officers", "field:unit", "field:place_kind", "field:sequence_no", "field:rights_told",
        "field:nonsense", "field:suspect", "field:alone", "field:recording_complete", "field:recording_ref",
        "field:record_signed", "field:read_over",
    }  # fmt: skip
    assert all(reason.sources for reason in refused.value.reasons)
    assert not Activity.objects.exists()


def test_unknown_kind_naive_and_future_times_are_refused(case: Case, suspect: Suspect) -> None:
    good = detention(case, suspect)
    for made, code in (
        (replace(good, kind="tea_party"), "field:kind"),
        (replace(good, started_at=good.started_at.replace(tzinfo=None)), "field:started_at"),
        (replace(good, ended_at=at("2026-11-03 16:30")), "field:ended_at"),
        (replace(good, facts={**good.facts, "executed_at": at("2026-11-05 10:00")}), "field:executed_at"),
        (replace(good, facts={**good.facts, "executed_at": "yesterday"}), "field:executed_at"),
        (replace(good, ended_at=None), "field:ended_at"),
        (replace(good, facts={**good.facts, "approver": str(user("shen.yanqiu").pk)}), "field:approver"),
        (replace(good, facts={**good.facts, "initial_days": -3}), "field:initial_days"),
    ):
        with pytest.raises(Refused) as refused:
            logged(made, NOW)
        assert code in codes(refused), code
    assert not Activity.objects.exists()
    assert not Deadline.objects.filter(limit__startswith="detention").exists()


def test_late_entry_asks_for_a_reason_and_is_marked(case: Case, suspect: Suspect) -> None:
    late = at("2026-11-04 15:50") + timedelta(minutes=1)
    with pytest.raises(Refused) as refused:
        logged(detention(case, suspect), late)
    assert codes(refused) == {"field:late_reason"}

    done = logged(replace(detention(case, suspect), late_reason="现场无网络"), late)

    assert done.activity.late_reason == "现场无网络"


def test_reason_of_an_entry_in_time_is_not_kept(case: Case, suspect: Suspect) -> None:
    done = logged(replace(detention(case, suspect), late_reason="不需要"), NOW)

    assert done.activity.late_reason == ""


def test_restricted_kinds_ask_for_clearance(case: Case, suspect: Suspect) -> None:
    with pytest.raises(Refused) as refused:
        logged(entry(case, "undercover_or_delivery", at("2026-11-03 15:00"), NOW, suspect=suspect), NOW)

    assert "role" in codes(refused)


def test_entry_whose_clock_cannot_be_computed_is_refused_whole(
    case: Case, suspect: Suspect, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordination.law import clock as law_clock

    def fails(*_args: object, **_kwargs: object) -> law_clock.Due:
        raise law_clock.Impossible("out_of_range")

    monkeypatch.setattr(law_clock, "derive", fails)
    with pytest.raises(Refused):
        logged(detention(case, suspect), NOW)

    assert not Activity.objects.exists()
    assert run(case, "custody").state == "at_liberty"


def test_rows_of_the_log_are_never_changed(case: Case, suspect: Suspect) -> None:
    done = logged(detention(case, suspect), NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        Activity.objects.filter(pk=done.activity.pk).update(remark="x")


def test_correction_moves_the_clocks_that_the_instant_anchors(case: Case, suspect: Suspect) -> None:
    first = logged(detention(case, suspect), NOW).activity
    made = entry_of(first)
    better = replace(made, facts={**made.facts, "executed_at": at("2026-11-03 15:25")})

    done = correct(user("shen.yanqiu"), first, better, reason="笔误", at=at("2026-11-03 17:00"))

    row = clock(case, "detention_interrogation")
    assert (row.started_at, row.due_at) == (at("2026-11-03 15:25"), at("2026-11-04 15:25"))
    assert row.anchor.activity == done.activity
    assert DeadlineEvent.objects.filter(deadline=row, kind="moved").count() == 1
    assert len(done.turned.moved) == 4
    assert [version.pk for version in versions(first)] == [first.pk, done.activity.pk]
    assert unmeasured() == []
    assert Step.objects.filter(name="detain").count() == 1


def test_correction_of_an_interrogation_moves_the_instant_at_which_the_clock_stopped(
    case: Case, suspect: Suspect
) -> None:
    logged(detention(case, suspect), NOW)
    first = logged(
        interrogation(case, suspect, at("2026-11-03 20:00"), at("2026-11-03 21:30")), at("2026-11-03 22:00")
    ).activity
    better = replace(entry_of(first), started_at=at("2026-11-03 20:30"))

    correct(user("shen.yanqiu"), first, better, reason="时间写错", at=at("2026-11-03 22:30"))

    assert clock(case, "detention_interrogation").stopped_at == at("2026-11-03 20:30")


def test_only_the_newest_version_is_corrected_and_once(case: Case, suspect: Suspect) -> None:
    first = logged(detention(case, suspect), NOW).activity
    better = replace(entry_of(first), remark="补充")
    correct(user("shen.yanqiu"), first, better, reason="补充", at=at("2026-11-03 17:00"))

    with pytest.raises(Conflict) as conflict:
        correct(user("shen.yanqiu"), first, better, reason="补充", at=at("2026-11-03 17:01"))

    assert (conflict.value.seen.number, conflict.value.found.number) == (1, 2)
    assert Activity.objects.count() == 2


def test_correction_needs_a_reason_and_keeps_kind_and_suspect(case: Case, suspect: Suspect) -> None:
    first = logged(detention(case, suspect), NOW).activity
    other = suspect_of(case, at("2026-11-03 15:10"), "卫小楼")

    with pytest.raises(Refused) as refused:
        correct(
            user("shen.yanqiu"),
            first,
            replace(entry_of(first), suspect=other),
            reason=" ",
            at=at("2026-11-03 17:00"),
        )

    assert codes(refused) == {"field:correction_reason", "field:suspect"}


def test_correction_cannot_undo_a_step(case: Case, suspect: Suspect) -> None:
    logged(detention(case, suspect), NOW)
    first = logged(family_notice(case, suspect, at("2026-11-04 09:00")), at("2026-11-04 09:10")).activity
    made = entry_of(first)
    facts = {**made.facts, "non_notice_reason": "no_family", "reason_written_in_notice": True}

    with pytest.raises(Refused) as refused:
        correct(user("shen.yanqiu"), first, replace(made, facts=facts), reason="x", at=at("2026-11-04 09:20"))

    assert codes(refused) == {"correct:step"}
    assert Activity.objects.filter(kind="family_notice").count() == 1


def test_search_seizure_and_questioning_are_logged_without_a_suspect(case: Case, suspect: Suspect) -> None:
    from tests.cases.logbook import RECORDED

    common = {name: RECORDED[name] for name in ("recording", "recording_complete", "recording_ref")}
    searching = {
        "search_mode": "warrant", "warrant_no": "望青公搜字〔2026〕9号", "warrant_shown": True,
        "searched_person": "田广顺", "female_body_search": False, "witness_present": True, "witness_eligible": True,
        "witness_name": "陈某", "record_signed": "every_page", **common,
    }  # fmt: skip
    seizing = {
        "decision_no": "望青公扣字〔2026〕9号", "approver_level": "unit_head", "high_value_or_business_impact": False,
        "immovable_or_large": False, "property_kind": "article", "quantity": "3", "list_copies": 3,
        "holder_signed": True, "witness_signed": True, "photo_taken": True, "relation_to_case": "赃物",
        "stored_at": "物证室", "custodian": str(user("he.zhiyuan").pk), **common,
    }  # fmt: skip
    asking = {
        "person_role": "witness", "person_name": "陈某", "is_minor": False, "card_shown": True, "duties_told": True,
        "alone": True, "record_signed": "every_page", **common,
    }  # fmt: skip
    home = {"place_kind": "residence"}
    searched = entry(case, "search", at("2026-11-03 13:00"), at("2026-11-03 14:00"), facts=searching, **home)
    seized = entry(case, "seizure", at("2026-11-03 14:00"), at("2026-11-03 14:30"), facts=seizing, **home)
    asked = entry(case, "questioning", at("2026-11-03 10:00"), at("2026-11-03 11:00"), facts=asking)

    for made in (searched, seized, asked):
        assert logged(made, NOW).is_new

    assert Activity.objects.get(kind="seizure").facts["quantity"] == "3"
