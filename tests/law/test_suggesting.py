"""What a machine may point out: each rule is whole, and reads an entry as its words say."""

from __future__ import annotations

import pytest

from coordination.law import suggesting
from coordination.law.catalogue import catalogue
from coordination.law.suggesting import Missing, Rule, Trait


def test_every_rule_belongs_to_a_finding_that_a_machine_may_suggest() -> None:
    rules = suggesting.rules()

    assert len(rules) == len({rule.finding for rule in rules}) == 68
    assert all(catalogue().finding(rule.finding).auto_check for rule in rules)
    assert all(bool(rule.entries) + bool(rule.limits) + bool(rule.missing) == 1 for rule in rules)


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        ("interrogation", {"officers": ["贺知远"]}, {"INT-1": ("officers",)}),
        ("interrogation", {"officers": ["贺知远", "沈砚秋"]}, {}),
        ("interrogation", {"case.is_major": True, "recording": "none"}, {"INT-2": ("case.is_major", "recording")}),
        ("interrogation", {"case.is_major": False, "recording": "none"}, {}),
        ("interrogation", {"case.is_major": True, "recording": "audio_video"}, {}),
        # Complete or not is asked only of a recording that was made.
        ("interrogation", {"recording": "none", "recording_complete": False}, {}),
        ("interrogation", {"recording": "audio", "recording_complete": False},
         {"INT-10": ("recording", "recording_complete")}),
        # A field nobody filled in is neither true nor false.
        ("interrogation", {"alone": None, "read_over": None}, {}),
        ("case_reception", {"receipt_handed": False}, {"FIL-4": ("receipt_handed", "receipt_refused_noted")}),
        ("case_reception", {"receipt_handed": False, "receipt_refused_noted": True}, {}),
        ("identification", {"identification_object": "person", "shown_count": 6},
         {"IDN-2": ("identification_object", "shown_count")}),
        ("identification", {"identification_object": "person", "shown_count": 7}, {}),
        ("bail", {"deposit_amount": "9", "guarantor_name": "某某"}, {"BAI-5": ("deposit_amount", "guarantor_name")}),
        ("bail", {"deposit_amount": "1000.00", "guarantor_name": ""}, {}),
        ("seizure", {"relation_to_case": "赃物", "list_copies": 2, "decision_no": "1号"}, {"SEI-3": ("list_copies",)}),
        ("rights_notice", {"signed": False}, {}),
    ],
)  # fmt: skip
def test_entry_is_read_as_the_rule_says(
    kind: str, fields: dict[str, object], found: dict[str, tuple[str, ...]]
) -> None:
    assert {one.finding: one.fields for one in suggesting.in_entry(kind, fields)} == found


def test_limits_say_what_their_end_may_show() -> None:
    after = suggesting.after_overrun()

    assert after["detention_family_notice"] == ("DET-2",)
    assert after["correction_notice_reply"] == ("REP-1",)
    assert "investigation_custody" not in after
    assert suggesting.only_while_running() == {"FIL-3", "DET-8"}


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Rule("INT-99", limits=("detention_family_notice",)), "no finding of the catalogue that a machine may suggest"),
        (Rule("FIL-1", limits=("detention_family_notice",)), "no finding of the catalogue that a machine may suggest"),
        (Rule("DET-2", limits=("bail_max",)), "the limit 'bail_max' does not suggest it"),
        (Rule("DET-2", limits=("nothing",)), "unknown limit 'nothing'"),
        (Rule("INT-1", ("interrogation",)), "an entry and its traits go together"),
        (Rule("INT-1", ("chat",), ((Trait("officers", fewer_than=2),),)), "unknown activity 'chat'"),
        (Rule("INT-1", ("interrogation",), ((Trait("shoes", ("red",)),),)), "interrogation has no field 'shoes'"),
        (Rule("INT-2", ("interrogation",), ((Trait("recording", ("film",)),),)), "recording is never 'film'"),
        (Rule("INT-9", ("interrogation",), ((Trait("alone", ("no",)),),)), "alone is true or false"),
        (Rule("INT-9", ("interrogation",), ((Trait("alone", fewer_than=2),),)), "alone cannot be counted"),
        (Rule("SEP-2", missing=Missing("separate_handling_check.declare", (Trait("grounds", ("x",)),), "wanted_order",
                                       "issued_at", "P30D")), "separate_handling_check.declare has no fact 'grounds'"),
        (Rule("SEP-2", missing=Missing("separate_handling_check.declare", (), "wanted_order", "sent_at", "P30D")),
         "no entry 'wanted_order' with an instant 'sent_at'"),
    ],
)  # fmt: skip
def test_faulty_rule_is_named(rule: Rule, fault: str) -> None:
    assert list(suggesting.rule_faults(rule)) == [fault]
