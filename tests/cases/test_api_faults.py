"""What goes wrong outside of every view is told below `api/` in the one shape, and elsewhere as a page."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.test import Client, RequestFactory, override_settings

from cases.api import faults
from tests.cases.api_world import recorded
from tests.cast import user

SHAPE = {"status", "kind", "text", "reasons"}


@pytest.mark.django_db
@pytest.mark.expects_error_logs
@pytest.mark.parametrize(("path", "is_api"), [("/api/v1/cases/", True), ("/cases/", False)])
def test_fault_of_the_program_is_told_in_json_below_the_api(path: str, is_api: bool) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    with recorded():
        client.force_login(user("gu.nanqiao"))
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cases_case RENAME COLUMN title TO gone")

        told = client.get(path)

    assert told.status_code == 500
    assert told.headers["Content-Type"].startswith("application/json" if is_api else "text/html")
    if is_api:
        assert told.json().keys() == SHAPE
        assert (told.json()["status"], told.json()["kind"]) == (500, "failed")
        assert "title" not in told.json()["text"]


@pytest.mark.django_db
@pytest.mark.expects_error_logs
def test_host_that_is_not_ours_is_told_in_json_below_the_api() -> None:
    client = Client(headers={"host": "elsewhere.example"})
    with override_settings(ALLOWED_HOSTS=["jianjing.example"], DEBUG=False):
        told, page = client.get("/api/v1/cases/"), client.get("/cases/")

    assert (told.status_code, page.status_code) == (400, 400)
    assert told.json()["kind"] == "malformed"
    assert page.headers["Content-Type"].startswith("text/html")


def test_each_fault_has_its_status_and_word() -> None:
    api, page = RequestFactory().get("/api/v1/cases/"), RequestFactory().get("/cases/")
    known = {
        (400, "malformed"): faults.bad_request(api, ValueError()),
        (413, "too_large"): faults.bad_request(api, RequestDataTooBig()),
        (403, "forbidden"): faults.forbidden(api, PermissionError()),
        (404, "not_found"): faults.not_found(api, ValueError()),
        (500, "failed"): faults.failed(api),
    }

    for (status, kind), told in known.items():
        assert (told.status_code, told.headers["Content-Type"]) == (status, "application/json")
        assert f'"kind": "{kind}"' in told.content.decode()
    assert faults.csrf_failed(api, "no token").status_code == 403
    assert faults.bad_request(page, ValueError()).headers["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_session_without_its_csrf_token_is_refused_in_json() -> None:
    client = Client(enforce_csrf_checks=True)
    with recorded() as record:
        client.force_login(user("shen.yanqiu"))
        told = client.post(
            f"/api/v1/cases/{record.case.pk}/suspects/", {"name": "卫小楼"}, content_type="application/json"
        )

    assert (told.status_code, told.json()["kind"]) == (403, "forbidden")
    assert told.json().keys() == SHAPE
