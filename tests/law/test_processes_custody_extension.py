"""Extension of custody: watched, asked in time or late, granted in order, never after the end."""

from dataclasses import replace

from coordination.law.grammar import Foreseen, History, effects
from tests.law.proceedings import NOW, at, history, process, refusals, take, taken

ASKED = {
    "stage": "ext1", "main_facts": "theft", "concrete_reasons": "records abroad", "progress": "half",
    "necessity": "flight",
}  # fmt: skip
PERIOD, LEAD, HOUSE = (
    "investigation_custody", "custody_extension_request_lead", "custody_expiry_notice_detention_house",
)  # fmt: skip


def extension(state: str, *granted: str, **changes: object) -> History:
    """An extension whose custody period runs, with these stages granted before."""
    opener = tuple(taken("extend_custody", at(1), stage=stage) for stage in granted)
    return history(
        "custody_extension", state, **{"running": frozenset({PERIOD}), "opener": opener, **changes}
    )


def test_watch_foresees_the_end_and_starts_both_clocks() -> None:
    done = effects(process("custody_extension"), "open_watch", extension("watching"), {}, NOW)

    assert done.foreseen == (Foreseen("custody_expiry", None, (PERIOD,)),)
    assert {start.limit for start in done.starts} == {LEAD, HOUSE}
    assert "role" in refusals(extension("watching"), "open_watch", {}, "investigator")


def test_extension_asked_in_time_and_granted() -> None:
    now = take(extension("watching"), "open_watch", {}, at(4))
    now = take(replace(now, events={**now.events, "expiry_notice_given": at(5)}), "house_warns", {}, at(5))
    assert now.running == {PERIOD, LEAD}
    now = take(now, "send", ASKED, at(10))
    assert LEAD not in now.running
    now = take(now, "forward", {"opinion": "agree", "reasons": "complex"}, at(11))
    granted = {"decided_by": "prefecture", "from_on": at(18).date(), "to_on": at(19).date()}
    now = take(now, "grant", granted, at(16))
    assert {"extension_granted", "extension_decided"} <= now.events.keys()
    now = take(now, "serve", {}, at(17))

    assert (now.state, now.running) == ("closed", {PERIOD})


def test_granted_extension_is_followed_in_custody_and_watched_again() -> None:
    past = history("custody", "arrested", events={"extension_granted": at(16)}, running=frozenset({PERIOD}))

    done = effects(process("custody"), "extend_custody", past, {"stage": "ext1"}, at(16))

    assert [(grant.limit, grant.stage) for grant in done.extends] == [(PERIOD, "ext1")]
    assert [one.process for one in done.opens] == ["custody_extension"]
    refused = replace(past, events={"extension_decided": at(16)})
    assert refusals(refused, "extend_custody", {"stage": "ext1"}) == ["event"]


def test_extension_asked_after_expiry_is_refused_and_released() -> None:
    gone = frozenset({PERIOD, LEAD})
    past = extension("drafting", running=gone, expired=gone)

    assert refusals(past, "send", ASKED) == ["guard:custody_not_expired", "guard:seven_days_left"]
    assert refusals(past, "late_sent", ASKED) == ["guard:custody_not_expired"]
    now = take(past, "reject_late", {"received_at": at(19)}, at(19, 10))
    assert now.state == "too_late"
    assert refusals(now, "release_late") == ["event"]
    now = take(replace(now, events={**now.events, "released": at(19, 12)}), "release_late", {}, at(19, 12))
    assert now.state == "closed"


def test_request_is_not_called_late_before_the_end() -> None:
    assert refusals(extension("drafting"), "reject_late", {"received_at": at(19)}) == [
        f"not_expired:{PERIOD}"
    ]


def test_less_than_seven_days_before_the_end_the_request_is_a_late_one() -> None:
    past = extension("drafting", running=frozenset({PERIOD, LEAD}), expired=frozenset({LEAD}))

    assert refusals(past, "send", ASKED) == ["guard:seven_days_left"]
    assert refusals(past, "late_sent", ASKED) == []
    early = extension("drafting", running=frozenset({PERIOD, LEAD}))
    assert refusals(early, "late_sent", ASKED) == [f"not_expired:{LEAD}"]


def test_stages_are_asked_one_after_the_other() -> None:
    assert refusals(extension("drafting"), "send", {**ASKED, "stage": "ext2"}) == [
        "guard:custody_stage_in_order"
    ]
    assert refusals(extension("drafting", "ext1"), "send", ASKED) == ["guard:custody_stage_in_order"]
    assert refusals(extension("drafting", "ext1", "ext2"), "send", {**ASKED, "stage": "ext3"}) == []


def test_each_stage_has_its_level() -> None:
    sent = taken("send", at(10), **{**ASKED, "stage": "ext2"})
    past = extension("with_superior", taken=(sent,))
    days = {"from_on": at(18).date(), "to_on": at(19).date()}

    assert refusals(past, "grant", {**days, "decided_by": "prefecture"}) == ["guard:level_of_stage"]
    assert refusals(past, "grant", {**days, "decided_by": "province"}) == []
    over = replace(past, expired=frozenset({PERIOD}))
    assert refusals(over, "grant", {**days, "decided_by": "province"}) == ["guard:custody_not_expired"]


def test_request_that_was_not_received_is_not_forwarded() -> None:
    assert refusals(extension("sent"), "forward", {"opinion": "agree", "reasons": "r"}) == ["event"]


def test_refusal_is_served_and_ends_with_the_release() -> None:
    now = take(extension("with_superior"), "refuse", {"reasons": "no progress"}, at(16))
    assert "extension_granted" not in now.events
    done = effects(
        process("custody_extension"), "refuse", extension("with_superior"), {"reasons": "r"}, at(16)
    )
    assert done.sends == ("DOC-EXTENSION-DECISION",)

    now = take(replace(now, events={**now.events, "bail_executed": at(17)}), "release_late", {}, at(17))

    assert now.state == "closed"


def test_custody_that_ends_or_begins_anew_ends_the_watch() -> None:
    watched = extension("drafting", running=frozenset({PERIOD, LEAD, HOUSE}))
    freed = replace(watched, events={"prosecution_file_received": at(20)})
    again = replace(watched, events={"another_serious_crime_found": at(20)})

    assert take(freed, "not_needed", {}, at(20)).running == {PERIOD}
    now = take(again, "recounted", {}, at(20))
    assert (now.state, now.running) == ("watching", {PERIOD})
