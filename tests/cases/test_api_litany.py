"""Every address of the API: nobody, a stranger, the wrong role, the wrong method, and the right person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from cases.api.urls import urlpatterns
from tests.cases.api_world import Record, entry, recorded, report
from tests.journeys.api_desk import Desk, nothing_written

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put", "patch", "delete")
ALLOWED = {
    "api-token": {"post", "delete"}, "api-me": {"get"}, "api-people": {"get"}, "api-organisations": {"get"},
    "api-cases": {"get", "post"}, "api-case": {"get"}, "api-suspects": {"get", "post"},
    "api-activities": {"get", "post"}, "api-begin": {"post"}, "api-identity": {"post"}, "api-activity": {"get"},
    "api-activity-correct": {"post"}, "api-proceedings": {"get", "post"}, "api-proceeding": {"get"},
    "api-step": {"post"},
    "api-drafts": {"get"}, "api-draft": {"get"}, "api-draft-approve": {"post"}, "api-draft-return": {"post"},
    "api-deadlines": {"get"}, "api-deadline": {"get"}, "api-documents": {"get"}, "api-document": {"get"},
    "api-document-file": {"get"}, "api-messages": {"get"}, "api-messages-read": {"post"}, "api-limits": {"get"},
    "api-limit": {"get"}, "api-processes": {"get"}, "api-process": {"get"}, "api-activity-kinds": {"get"},
    "api-local-rules": {"get"}, "api-calendar": {"get"}, "api-events": {"get", "post"}, "api-schema": {"get"},
}  # fmt: skip


@pytest.fixture
def record() -> Iterator[Record]:
    with recorded() as found:
        yield found


def addresses(record: Record) -> dict[str, str]:
    """The address of every name, about the rows of the record."""
    rows: dict[str, Any] = {
        "api-case": record.case, "api-suspects": record.case, "api-activities": record.case, "api-begin": record.case,
        "api-events": record.case,
        "api-identity": record.suspect, "api-activity": record.activity, "api-activity-correct": record.activity,
        "api-proceeding": record.review, "api-draft": record.draft, "api-draft-approve": record.draft,
        "api-draft-return": record.draft, "api-deadline": record.deadline, "api-document": record.document,
        "api-document-file": record.document,
    }  # fmt: skip
    named = {
        "api-step": [record.review.pk, "extend_review"],
        "api-limit": ["filing_review_general"],
        "api-process": ["filing_review"],
    }
    return {
        name: reverse(name, args=[rows[name].pk] if name in rows else named.get(name, [])) for name in ALLOWED
    }


BODIES: dict[str, Any] = {
    "api-suspects": {"name": "卫小楼"},
    "api-begin": {
        "process": "filing_review",
        "step": "register_report",
        "facts": {
            "reporter": "集市管理处",
            "report_kind": "general",
            "received_at": "2026-11-04T08:00:00+08:00",
        },
    },
    "api-proceedings": {
        "process": "joint_meeting",
        "step": "plan",
        "facts": {"kind": "regular", "agenda": ["挂案"]},
    },
    "api-step": {"version": 2, "facts": {"stage": "leads", "ground": "线索需查证"}},
    "api-events": {
        "event": "psychiatric_appraisal_started",
        "at": "2026-11-04T08:00:00+08:00",
        "document_kind": "鉴定委托书",
        "document_number": "1号",
    },
    "api-draft-return": {"comment": "请补充"},
    "api-messages-read": {"ids": []},
}


def body_of(name: str, record: Record) -> Any:
    """A well-formed body for an address."""
    logging = {
        "api-activities": entry(record),
        "api-activity-correct": {**_as_logged(record), "reason": "漏记"},
        "api-cases": report(),
    }
    return logging.get(name, BODIES.get(name, {}))


def _as_logged(record: Record) -> dict[str, Any]:
    row = record.activity
    return entry(
        record,
        kind=row.kind,
        started_at=row.started_at.isoformat(),
        ended_at=row.ended_at.isoformat() if row.ended_at else None,
        place_kind=row.place_kind,
        facts=row.facts,
    )


def test_every_address_is_in_this_litany() -> None:
    names = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}

    assert names - {"api-root", "api-nowhere", "api-docs"} == ALLOWED.keys()


def test_who_is_not_signed_in_is_asked_to(record: Record) -> None:
    client = Client()
    with nothing_written():
        for name, url in addresses(record).items():
            for method in ALLOWED[name] - ({"post"} if name == "api-token" else set()):
                told = getattr(client, method)(url, content_type="application/json")

                assert (name, method, told.status_code) == (name, method, 401)
                assert told.headers["WWW-Authenticate"] == "Token"


def test_stranger_finds_nothing(record: Record) -> None:
    stranger = Desk("wen.zean")
    of_a_row = {name: url for name, url in addresses(record).items() if str(url).count("-") >= 4}
    assert len(of_a_row) == 16

    with nothing_written():
        for name, url in of_a_row.items():
            for method in sorted(ALLOWED[name]):
                told = stranger.send(method, url, body_of(name, record) if method == "post" else None)

                assert (name, method, told.status) == (name, method, 404)
        for path in ("cases/", "proceedings/", "drafts/", "deadlines/", "documents/", "messages/"):
            assert (path, stranger.rows(path)) == (path, [])


def test_wrong_role_is_refused_as_such(record: Record) -> None:
    prosecutor, desks = Desk("gu.nanqiao"), addresses(record)
    investigator = Desk("luo.mingxi")

    for name in (
        "api-cases",
        "api-suspects",
        "api-begin",
        "api-proceedings",
        "api-step",
        "api-activities",
        "api-activity-correct",
    ):
        told = prosecutor.refused(desks[name], body_of(name, record), status=403)
        assert (name, told.codes) == (name, {"role"})
    for name in ("api-draft-approve", "api-draft-return"):
        assert investigator.refused(desks[name], body_of(name, record), status=403).codes == {"role"}
    assert Desk("shi.huaigu").refused(desks["api-identity"], {}, status=403).codes == {"role"}


def test_matter_without_a_case_is_begun_by_the_office(record: Record) -> None:
    resident = Desk("jiang.wanzhao")

    begun = resident.post("proceedings/", BODIES["api-proceedings"])

    found = resident.get(f"proceedings/{begun['proceeding']}/")
    assert (found["process"]["id"], found["case"], found["version"]) == ("joint_meeting", None, 1)
    in_case = {"process": "arrest_review", "step": "receive", "facts": {}}
    assert resident.refused("proceedings/", in_case, status=400).codes


def test_wrong_method_is_not_taken(record: Record) -> None:
    chief = Desk("han.kefei")
    with nothing_written():
        for name, url in addresses(record).items():
            for method in set(METHODS) - ALLOWED[name]:
                told = chief.send(method, url, {} if method != "get" else None)

                assert (name, method, told.status) == (name, method, 405)


def test_right_person_reads_everything(record: Record) -> None:
    chief = Desk("han.kefei")
    for name, url in addresses(record).items():
        if "get" in ALLOWED[name]:
            assert (name, chief.send("get", url).status) == (name, 200)


def test_no_address_at_all_is_told_in_json(record: Record) -> None:
    chief = Desk("han.kefei")

    for path in ("/api/", "/api/v1/cases", "/api/v2/cases/", "/api/v1/cases/17/", "/api/v1/limits/none/"):
        told = chief.send("get", path)
        assert (path, told.status, told.body["kind"]) == (path, 404, "not_found")
    assert chief.refused("/api/v1/nothing/", {}, status=404).body["kind"] == "not_found"
