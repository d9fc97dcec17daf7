"""A bad value in the environment stops the start and is named; production insists on what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coordination import environment as env

CHECKOUT = Path(__file__).resolve().parents[2]
REAL = {
    "DATABASE_URL": "postgresql://u:p%40ss@db.example:5433/cases?sslmode=require",
    "REDIS_URL": "rediss://broker.example:6379/1",
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "jianjing.example",
}


def _load(environment: dict[str, str], tmp_path: Path) -> str:
    """Load the settings in a process of their own; returns what it said last."""
    done = subprocess.run(
        [sys.executable, "-c", "import coordination.settings"],
        cwd=CHECKOUT, env={"STATE_FOLDER": str(tmp_path), **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"DATABASE_URL": ""}, "DATABASE_URL: is not set though REDIS_URL is; set both or neither"),
        ({"REDIS_URL": ""}, "REDIS_URL: is not set though DATABASE_URL is; set both or neither"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: is too short; it needs at least 32 characters"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS: is not set; write the names the site answers to, separated by commas"),
        ({"DEBUG": "maybe"}, "DEBUG: 'maybe' is neither yes nor no; write 1 or 0"),
        ({"SESSION_HOURS": "-1"}, "SESSION_HOURS: '-1' is not a whole number"),
        (
            {"DATABASE_URL": "mysql://db/x"},
            "DATABASE_URL: only PostgreSQL is supported; write postgresql://user:password@host:5432/name",
        ),
        (
            {"TRUSTED_ORIGINS": "a.example"},
            "TRUSTED_ORIGINS: 'a.example' is not an origin; write https://name or https://name:port",
        ),
        (
            {"JIANJING_AT": "2026-11-23T09:00+08:00"},
            "JIANJING_AT: the time can be chosen only in a demonstration; set DEMO=1 or unset it",
        ),
        (
            {"JIANJING_AT": "2026-11-23T09:00", "DEMO": "1"},
            "JIANJING_AT: '2026-11-23T09:00' has no offset; write 2026-11-23T09:00+08:00 for Beijing time",
        ),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT: 'xml' is not one of json, plain"),
    ],
)  # fmt: skip
def test_bad_value_is_named(changed: dict[str, str], said: str, tmp_path: Path) -> None:
    assert _load({**REAL, **changed}, tmp_path) == said


def test_embedded_needs_nothing(tmp_path: Path) -> None:
    assert _load({}, tmp_path) == ""
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_database_address_is_taken_apart() -> None:
    assert env.database_address(REAL["DATABASE_URL"]) == env.DatabaseAddress(
        name="cases",
        user="u",
        password="p@ss",
        host="db.example",
        port="5433",
        options={"sslmode": "require"},
    )


def test_database_socket_is_a_host() -> None:
    address = env.database_address("postgresql://u@/cases?host=/run/postgresql")

    assert (address.host, address.port) == ("/run/postgresql", "")


def test_mail_address_is_taken_apart() -> None:
    assert env.mail_address("smtp://office:se%3Acret@mail.example:587?tls=1&from=no-reply@example.org") == (
        env.MailAddress(
            "mail.example",
            587,
            "office",
            "se:cret",
            use_tls=True,
            use_ssl=False,
            sender="no-reply@example.org",
        )
    )
