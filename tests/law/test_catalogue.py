"""The catalogue is whole: counts, closed vocabularies, references, titles in both languages, and how fast it loads."""

import shutil
import time
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from coordination.law.catalogue import HOME, Catalogue, UnknownKind, catalogue
from coordination.law.kinds import ActivityEvent, Condition
from coordination.law.rulebook import Faulty, rulebook

EARLIER: frozenset[str] = frozenset()


def is_chinese(text: str) -> bool:
    """Whether a text has a Chinese character in it."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the data that a test may spoil."""
    for name in ("areas.toml", "registers.toml"):
        shutil.copy(HOME / name, tmp_path / name)
    for name in ("activities", "findings", "documents"):
        shutil.copytree(HOME / name, tmp_path / name)
    return tmp_path


def spoil(path: Path, old: str, new: str) -> None:
    """Replace a text of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("part", "count"),
    # 132 documents of the field's list, and the opinion on an extension of custody (RULES 310).
    [("areas", 15), ("activities", 41), ("findings", 132), ("documents", 133), ("registers", 28)],
)
def test_every_entry_of_the_field_is_there_with_both_titles(part: str, count: int) -> None:
    kinds = getattr(catalogue(), part)

    assert len(kinds) == count
    assert all(kind.code == code and kind.en and is_chinese(kind.zh) for code, kind in kinds.items())
    assert all(kind.name("zh-hans") == kind.zh and kind.name("en") == kind.en for kind in kinds.values())


def test_fourteen_areas_in_order_and_the_office() -> None:
    areas = list(catalogue().areas.values())

    assert [area.number for area in areas] == [*range(1, 15), None]
    assert areas[-1].code == "OFFICE"
    assert [area.mechanism for area in areas].count("cooperation") == 7
    assert all(area.plain_en and is_chinese(area.plain_zh) for area in areas)
    assert areas[0].sentence("zh") == areas[0].plain_zh


def test_unknown_code_is_named() -> None:
    with pytest.raises(UnknownKind, match="not in the catalogue: 'INT-99'"):
        catalogue().finding("INT-99")


def test_findings_named_by_activities_and_limits_exist() -> None:
    known = catalogue().findings.keys()

    assert {code for kind in catalogue().activities.values() for code in kind.findings} <= known
    assert {code for limit in rulebook().limits.values() for code in limit.overrun.findings} <= known


def test_check_reads_fields_that_exist() -> None:
    """A check names activity.field, a word of the record, limit:… or document:…; the first must be a real field."""
    kinds = catalogue()
    common = {field.name for field in kinds.common_fields}
    for finding in kinds.findings.values():
        for name in finding.auto_check.fields if finding.auto_check else ():
            owner, _, field = name.partition(".")
            if owner in kinds.activities:
                own = {item.name for item in kinds.activities[owner].fields}
                assert field in own | common, f"{finding.code} reads {name}"


def test_every_event_of_an_activity_names_it_as_its_origin() -> None:
    events = rulebook().events

    for kind in catalogue().activities.values():
        for event in kind.emits:
            assert "activity" in events[event.event].emitted_by, f"{kind.code}: {event.event}"


def test_every_started_limit_begins_with_an_event_of_the_activity() -> None:
    for kind in catalogue().activities.values():
        recorded = {event.event for event in kind.emits}
        for start in kind.starts:
            assert recorded & set(rulebook().limit(start.limit).trigger), f"{kind.code}: {start.limit}"


def test_titles_of_fields_values_and_minima_are_in_both_languages() -> None:
    for kind in catalogue().activities.values():
        assert all(field.en and is_chinese(field.zh) for field in kind.fields), kind.code
        assert all(is_chinese(option.zh) for field in kind.fields for option in field.options), kind.code
        assert all(minimum.en and is_chinese(minimum.zh) and minimum.sources for minimum in kind.legal_minima)
    assert all(is_chinese(column.zh) for column in catalogue().columns.values())


def test_option_is_named_as_its_field_calls_it() -> None:
    guarantee = catalogue().activity("bail").field("guarantee_mode")

    assert guarantee.option("deposit", "zh-hans") == "保证金"
    assert guarantee.option("deposit", "en") == "deposit"
    assert guarantee.option("promise", "en") == "promise"


@pytest.mark.parametrize(
    ("kind", "fields", "before", "expected"),
    [
        (
            "case_reception",
            {
                "report_kind": "general",
                "report_channel": "walk_in",
                "receipt_handed": True,
                "jurisdiction_unclear": False,
            },
            EARLIER,
            ["report_received", "report_registered", "reception_receipt_issued"],
        ),
        (
            "case_reception",
            {
                "report_kind": "economic",
                "report_channel": "mail",
                "receipt_handed": False,
                "reporter_contacted_at": "x",
            },
            EARLIER,
            [
                "report_received",
                "report_registered",
                "economic_report_accepted",
                "mailed_report_received",
                "reporter_contacted",
            ],
        ),
        ("family_notice", {"non_notice_reason": "none", "notified_at": "x"}, EARLIER, ["family_notified"]),
        (
            "family_notice",
            {"non_notice_reason": "none", "notified_at": "x"},
            frozenset({"family_notice_impossible"}),
            ["family_notified", "family_notice_obstacle_gone"],
        ),
        ("family_notice", {"non_notice_reason": "may_obstruct"}, EARLIER, ["family_notice_obstructive"]),
        ("arrest_execution", {"executed": False}, EARLIER, ["arrest_execution_failed"]),
        ("release", {"released_at": "x"}, EARLIER, ["released"]),
        (
            "release",
            {"released_at": "x"},
            frozenset({"arrest_executed"}),
            ["released", "arrest_changed_decided"],
        ),
        (
            "custody_period_change",
            {"event_on": "x", "change_kind": "recount"},
            EARLIER,
            ["custody_period_changed", "another_serious_crime_found"],
        ),
        ("search", {}, EARLIER, []),
    ],
)
def test_logging_records_the_events_that_the_entry_tells(
    kind: str, fields: dict[str, object], before: frozenset[str], expected: list[str]
) -> None:
    found = catalogue().activity(kind).happened(fields, before=before)

    assert [event.event for event in found] == expected


def test_event_without_its_instant_or_told_by_nobody_does_not_happen() -> None:
    assert not ActivityEvent("released", at="released_at").happens({}, before=EARLIER)
    assert not ActivityEvent("recount_approved", manual=True).happens({}, before=EARLIER)
    assert Condition().holds({})


@pytest.mark.parametrize(
    ("kind", "field", "entry", "context", "expected"),
    [
        ("interrogation", "sequence_no", {}, set(), True),
        ("interrogation", "recording_ref", {"recording": "audio_video"}, set(), True),
        ("interrogation", "recording_ref", {"recording": "none"}, set(), False),
        ("interrogation", "guardian_name", {}, {"suspect_is_minor"}, True),
        ("interrogation", "female_staff_present", {}, {"suspect_is_minor"}, False),
        ("interrogation", "female_staff_present", {}, {"suspect_is_minor", "suspect_is_female"}, True),
        ("interrogation", "custody_pass_no", {"place_kind": "detention_house"}, set(), True),
        ("questioning", "guardian_present", {"is_minor": False}, {"suspect_is_minor"}, False),
        ("family_notice", "relative_name", {"non_notice_reason": "none"}, set(), True),
        ("family_notice", "reason_written_in_notice", {"non_notice_reason": "no_family"}, set(), True),
        ("search", "urgent_reason", {"search_mode": "warrant"}, set(), False),
        ("bail", "lifted_at", {}, set(), False),
        ("file_transfer", "received_at", {}, set(), False),
    ],
)
def test_field_is_needed_where_its_condition_holds(
    kind: str, field: str, entry: dict[str, object], context: set[str], expected: bool
) -> None:
    activity = catalogue().activity(kind)

    assert catalogue().needed(activity, activity.field(field), entry, frozenset(context)) is expected


def test_common_fields_depend_on_the_kind_of_activity() -> None:
    kinds, common = catalogue(), {field.name: field for field in catalogue().common_fields}
    search, interrogation = kinds.activity("search"), kinds.activity("interrogation")

    assert kinds.needed(interrogation, common["suspect_id"], {}, EARLIER)
    assert not kinds.needed(search, common["suspect_id"], {}, EARLIER)
    assert kinds.needed(interrogation, common["record_ref"], {}, EARLIER)
    assert kinds.needed(search, common["late_reason"], {}, frozenset({"late"}))
    assert not kinds.needed(search, common["logged_at"], {}, EARLIER)


@pytest.mark.parametrize(
    ("path", "old", "new", "part", "text"),
    [
        (
            "areas.toml",
            'mechanism = "supervision"',
            'mechanism = "watch"',
            "areas",
            "unknown mechanism 'watch'",
        ),
        ("areas.toml", "number = 14\n", "", "areas", "every task area has a number, the Office has none"),
        (
            "activities/measure.toml",
            'event = "released"',
            'event = "relaesed"',
            "activities",
            "unknown event 'relaesed'",
        ),
        (
            "activities/measure.toml",
            'at = "released_at"',
            'at = "release_ground"',
            "activities",
            "holds no instant",
        ),
        ("activities/questioning.toml", "CPL 118", "LPC 118", "activities", "unknown law 'LPC'"),
        (
            "activities/questioning.toml",
            '"if_minor"',
            '"if_small"',
            "activities",
            "unknown requirement of guardian_present",
        ),
        (
            "activities/reception.toml",
            'is = ["mail"]',
            'is = ["post"]',
            "activities",
            "unknown value of report_channel 'post'",
        ),
        (
            "activities/reception.toml",
            'group = "reception"',
            'group = "desk"',
            "activities",
            "unknown group 'desk'",
        ),
        ("findings/custody_and_bail.toml", 'level = "', 'level = "very_', "findings", "unknown level"),
        ("findings/custody_and_bail.toml", '"limit:', '"limit:un', "findings", "unknown limit"),
        (
            "documents/filing.toml",
            'issuer = "investigator"',
            'issuer = "janitor"',
            "documents",
            "unknown party 'janitor'",
        ),
        (
            "registers.toml",
            'written_by = ["prosecutor"]',
            'written_by = ["janitor"]',
            "registers",
            "unknown role 'janitor'",
        ),
        ("registers.toml", "\ntriage = ", "\ntraige = ", "registers", "unknown column 'triage'"),
    ],
)
def test_fault_in_the_data_stops_the_reading(
    copy: Path, path: str, old: str, new: str, part: str, text: str
) -> None:
    spoil(copy / path, old, new)

    with pytest.raises(Faulty) as caught:
        getattr(Catalogue(copy), part)

    assert text in str(caught.value)


def test_code_in_two_files_is_a_fault(copy: Path) -> None:
    shutil.copy(copy / "activities" / "reception.toml", copy / "activities" / "again.toml")

    with pytest.raises(Faulty, match=r"stands in again\.toml and in reception\.toml"):
        _ = Catalogue(copy).activities


def test_kinds_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        catalogue().areas["SUP-DUTY"].zh = "别的"  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalogue().findings["INT-1"] = catalogue().findings["INT-2"]  # type: ignore[index]


def test_whole_catalogue_is_read_in_a_blink() -> None:
    rulebook()
    fresh = Catalogue()

    start = time.perf_counter()
    for part in ("areas", "activities", "findings", "documents", "registers"):
        assert getattr(fresh, part)
    assert time.perf_counter() - start < 1.0  # 0.1 seconds here; a crowded machine may take longer
