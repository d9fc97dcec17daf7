"""What a machine is told when it asks how the product is."""

from __future__ import annotations

import pytest
from django.test import Client

from coordination import health

pytestmark = pytest.mark.django_db


def test_live_answers_without_sign_in(client: Client) -> None:
    answer = client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_live_refuses_to_be_posted_to(client: Client) -> None:
    assert client.post("/health/live").status_code == 405


def test_ready_answers_for_database_and_broker(client: Client) -> None:
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert {name: answer.json()["checks"][name] for name in ("database", "broker")} == {
        "database": "ok",
        "broker": "ok",
    }


@pytest.mark.expects_error_logs
def test_ready_names_what_is_wrong(client: Client) -> None:
    with health.registered("wind", lambda: "2 open limits are measured by no deadline"):
        answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["checks"]["wind"] == "2 open limits are measured by no deadline"


def test_check_that_breaks_counts_as_wrong() -> None:
    def broken() -> str | None:
        raise RuntimeError

    with health.registered("broken", broken):
        assert health.faults()["broken"] == "cannot be checked"


def test_two_checks_of_one_name_are_refused() -> None:
    with (
        health.registered("one", lambda: None),
        pytest.raises(ValueError, match="two health checks are called 'one'"),
    ):
        health.register("one", lambda: "another")
