"""Entries of the log as the tests write them: every field that the kind asks for, filled as an officer would."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.logbook.activities import Logged, log
from cases.logbook.entries import Entry
from cases.models import Case, Suspect
from tests.cast import DUKOU, at, organ, user

RECORDED = {
    "recording": "audio_video", "recording_complete": True, "recording_ref": "LY-2026-118",
    "record_signed": "every_page",
}  # fmt: skip


def entry(case: Case, kind: str, start: datetime, end: datetime | None = None, **changes: object) -> Entry:
    """An entry by 沈砚秋 and 贺知远 at the police premises; `changes` replace what stands in it."""
    officers = (user("shen.yanqiu"), user("he.zhiyuan"))
    plain = Entry(
        case, kind, start, officers, organ(DUKOU), ended_at=end, place_kind="police_premises" if end else ""
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def detention(case: Case, suspect: Suspect, **facts: object) -> Entry:
    """The suspect was detained on 3 November at 15:30."""
    said = {
        "warrant_no": "望青公拘字〔2026〕118号", "approver": str(user("han.kefei").pk),
        "executed_at": at("2026-11-03 15:30"),
        "detention_ground": "evidence_found", "warrant_shown": True, "warrant_signed": True,
        "place_of_capture": "渡口集市", "remote": False, "initial_days": 3, "is_deputy_or_member": False, **facts,
    }  # fmt: skip
    times = (at("2026-11-03 15:20"), at("2026-11-03 15:50"))
    return entry(case, "detention", *times, suspect=suspect, facts=said, place_kind="scene")


def interrogation(case: Case, suspect: Suspect, start: datetime, end: datetime, **facts: object) -> Entry:
    """An interrogation in the interrogation room."""
    said = {
        "sequence_no": 1, "rights_told": ("defender", "legal_aid"), "alone": True, "read_over": True,
        **RECORDED, **facts,
    }  # fmt: skip
    return entry(
        case, "interrogation", start, end, suspect=suspect, place_kind="interrogation_room", facts=said
    )


def family_notice(case: Case, suspect: Suspect, when: datetime, **facts: object) -> Entry:
    """The family was told by telephone at `when`."""
    said = {
        "notice_no": "望青公拘通字〔2026〕118号", "for_measure": "detention", "notified_at": when,
        "relative_name": "田母", "method": "phone", "non_notice_reason": "none", **facts,
    }  # fmt: skip
    said = {name: value for name, value in said.items() if value is not None}
    return entry(case, "family_notice", when, suspect=suspect, facts=said)


def logged(made: Entry, when: datetime, login: str = "shen.yanqiu") -> Logged:
    """Write the entry down as a person of the cast."""
    return log(user(login), made, at=when)
