"""The document of the API is valid, says who may, and holds: nothing that fits it makes the program fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.cases.api_world import Record, recorded
from tests.cast import user
from tests.journeys.api_desk import Desk

FEW = settings(
    max_examples=6, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


NOT_TRIED = {"/api/v1/token/", "/api/schema/"}
KNOWN = {200, 201, 202, 204, 400, 403, 404, 409, 422}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    read: dict[str, Any] = yaml.safe_load(out.getvalue())
    return read


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and declaration of every operation."""
    for path, methods in document["paths"].items():
        for method, declared in methods.items():
            yield path, method, declared


def test_document_is_clean_and_every_operation_is_described(document: dict[str, Any]) -> None:
    for path, method, declared in operations(document):
        assert (path, method, bool(declared.get("description"))) == (path, method, True)
        assert "401" in declared["responses"] or path == "/api/schema/"


def test_descriptions_carry_who_may(document: dict[str, Any]) -> None:
    told = {declared["operationId"]: declared["description"] for _, _, declared in operations(document)}

    assert "the case officer, the police legal department" in told["case_register"]
    assert "never for its drafter" in told["draft_approve"]
    assert "`activity.log`" in told["activity_log"]


@pytest.fixture
def record() -> Iterator[Record]:
    with recorded() as found:
        yield found


@pytest.mark.django_db
def test_page_of_the_document_needs_no_script_in_it(record: Record) -> None:
    client = Client()
    assert client.get("/api/docs/").status_code == 302
    client.force_login(user("gu.nanqiao"))

    page = client.get("/api/docs/")

    assert page.status_code == 200
    assert "<style" not in page.text
    assert page.text.count("<script src=") == page.text.count("<script") == 3
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "data:" not in page.headers["Content-Security-Policy"]
    assert client.get("/api/docs/?script=").headers["Content-Type"].startswith("application/javascript")
    assert client.post("/api/docs/").status_code == 405


def _path(path: str, record: Record) -> str:
    rows = {"cases": record.case, "suspects": record.suspect, "activities": record.activity, "drafts": record.draft,
            "proceedings": record.review, "deadlines": record.deadline, "documents": record.document}  # fmt: skip
    kind = path.split("/")[3]
    return (
        path.replace("{id}", str(rows[kind].pk) if kind in rows else "")
        .replace("{step}", "extend_review")
        .replace("{limit}", "filing_review_general")
        .replace("{process}", "custody")
        .replace("{area}", "COOP-FLOW")
        .replace("{register}", "REG-CUSTODY")
    )


WHATEVER = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
"""Bodies that have nothing to do with the document."""


def _tried(desk: Desk, path: str, sent: st.SearchStrategy[Any]) -> None:
    """Send to one address what fits the document and what does not."""

    @seed(2026)
    @FEW
    @given(case=sent, other=st.none() | WHATEVER)
    def send(case: Any, other: Any) -> None:
        asked = {str(name): str(value) for name, value in (case.query or {}).items()}
        if case.method == "GET":
            told = desk.send("get", path, **asked)
        else:
            told = desk.send("post", path, _plain(case.body if other is None else other))
        assert told.status in KNOWN, (path, asked, case.body, other, told)
        assert told.status < 400 or told.body["text"], (path, asked, case.body, other, told)

    send()


@pytest.mark.django_db
def test_nothing_that_is_sent_makes_the_program_fail(record: Record, document: dict[str, Any]) -> None:
    desk = Desk("shen.yanqiu")
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()
        if operation.path not in NOT_TRIED:
            _tried(desk, _path(operation.path, record), operation.as_strategy())


def _plain(body: Any) -> Any:
    """A body as JSON can hold it; none where the operation has none."""
    try:
        json.dumps(body)
    except (TypeError, ValueError):
        return {}
    return body
