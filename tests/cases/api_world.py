"""A small record to try the API on: a case under review with a draft, a log entry, papers, clocks and messages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import time_machine
from django.core.cache import cache
from django.test import override_settings

from cases.models import Activity, Case, Deadline, Document, Draft, Proceeding, Suspect
from coordination.models import Message
from supervision.demo import people
from tests.cases.logbook import detention, logged
from tests.cast import at, do, registered, run, suspect_of, user
from tests.journeys.api_desk import OWN_CACHE

NOW = at("2026-11-04 09:00")


@dataclass(frozen=True, slots=True)
class Record:
    """What there is. The case is one of 沈砚秋; 方叔宁 submitted its filing, which waits for 韩克非."""

    case: Case
    suspect: Suspect
    activity: Activity
    review: Proceeding
    draft: Draft
    deadline: Deadline
    document: Document
    message: Message


@contextmanager
def recorded() -> Iterator[Record]:
    """The record, at nine o'clock on 4 November, with nobody counted at the door yet."""
    people.load()
    with override_settings(CACHES=OWN_CACHE), time_machine.travel(NOW, tick=False):
        cache.clear()
        yield _record()


def _record() -> Record:
    case = registered(at("2026-11-02 09:00"))
    review = run(case, "filing_review")
    do("shen.yanqiu", review, "hand_receipt", at("2026-11-02 09:10"))
    draft = do("fang.shuning", review, "decide_file", at("2026-11-03 10:00"))
    assert isinstance(draft, Draft)
    suspect = suspect_of(case, at("2026-11-03 15:00"))
    activity = logged(detention(case, suspect), at("2026-11-03 16:00")).activity
    return Record(
        case=case,
        suspect=suspect,
        activity=activity,
        review=run(case, "filing_review"),
        draft=draft,
        deadline=Deadline.objects.get(case=case, limit="filing_review_general"),
        document=Document.objects.get(case=case, kind="DOC-RECEPTION-RECEIPT"),
        message=Message.objects.filter(recipient=user("han.kefei"), code="draft.awaiting_approval").latest(
            "id"
        ),
    )


def report(**changes: Any) -> dict[str, Any]:
    """A report as it is sent, of a case that is not there yet."""
    plain = {
        "number": "A9901025100002026110099", "title": "渡口集市盗窃案", "kind": "general", "reporter": "集市管理处",
        "received_at": "2026-11-04T08:30:00+08:00", "unit": str(user("shen.yanqiu").postings.get().organisation_id),
    }  # fmt: skip
    return {**plain, **changes}


def entry(record: Record, **changes: Any) -> dict[str, Any]:
    """A log entry as it is sent: the rights were told at the first interrogation."""
    plain = {
        "kind": "rights_notice", "started_at": "2026-11-03T16:50:00+08:00", "ended_at": "2026-11-03T17:00:00+08:00",
        "officers": [str(record.activity.recorded_by_id)], "unit": str(record.activity.unit_id),
        "suspect": str(record.suspect.pk), "place_kind": "interrogation_room",
        "facts": {
            "recipient": "suspect", "rights_told": ["defender"], "signed": True, "occasion": "first_interrogation",
        },
    }  # fmt: skip
    return {**plain, **changes}
