"""A person at a program of their own: signs in with a token, speaks JSON, and is refused without a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.test import Client

from supervision.demo.people import PASSWORD

API = "/api/v1/"
OWN_CACHE = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
"""Attempts to sign in are counted for each test alone, whatever runs beside it."""
WRITTEN = (
    "cases.Case", "cases.Suspect", "cases.Activity", "cases.Proceeding", "cases.Step", "cases.Draft",
    "cases.Occurrence", "cases.Deadline", "cases.Extension", "cases.Document", "coordination.Share",
    "coordination.Message", "coordination.AuditEntry",
)  # fmt: skip
"""Tables of which a refused request leaves every row as it was."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: Any

    @property
    def codes(self) -> set[str]:
        """The codes of the reasons."""
        return {reason["code"] for reason in self.body["reasons"]}


class Desk:
    """One person's program."""

    def __init__(self, login: str, *, lang: str = "en") -> None:
        self.client = Client()
        self.headers = {"accept-language": lang}
        signed = self.send("post", "token/", {"login": login, "password": PASSWORD})
        assert signed.status == 200, signed.body
        self.headers["authorization"] = f"Token {signed.body['token']}"

    def send(self, method: str, path: str, body: Any = None, **asked: Any) -> Answer:
        """Ask whatever; a path without a leading slash lies below the API."""
        url = path if path.startswith("/") else API + path
        made: dict[str, Any] = {"headers": self.headers}
        if method == "get":
            made["query_params"] = asked
        elif body is not None:
            made |= {"data": json.dumps(body), "content_type": "application/json"}
        got = getattr(self.client, method)(url, **made)
        is_json = got.headers.get("Content-Type", "").startswith("application/json")
        return Answer(got.status_code, json.loads(got.content) if is_json else got.content)

    def get(self, path: str, **asked: Any) -> Any:
        """Read; the answer must be 200."""
        got = self.send("get", path, **asked)
        assert got.status == 200, got.body
        return got.body

    def rows(self, path: str, **asked: Any) -> list[Any]:
        """Read the first page of a list."""
        found: list[Any] = self.get(path, **asked)["results"]
        return found

    def post(self, path: str, body: Any = None, *, status: int = 201) -> Any:
        """Write; the answer must be `status`."""
        got = self.send("post", path, {} if body is None else body)
        assert got.status == status, got.body
        return got.body

    def refused(self, path: str, body: Any = None, *, status: int, method: str = "post") -> Answer:
        """Try; the answer must be `status` in the one shape of refusals, and nothing may be written."""
        with nothing_written():
            got = self.send(method, path, {} if body is None and method == "post" else body)
        assert got.status == status, got.body
        assert set(got.body) >= {"status", "kind", "text", "reasons"}, got.body
        assert got.body["text"]
        return got

    def version(self, proceeding: str) -> int:
        """The version that stands."""
        found: int = self.get(f"proceedings/{proceeding}/")["version"]
        return found

    def take(self, proceeding: str, step: str, *, status: int = 201, **facts: Any) -> Any:
        """Take a step with the version that stands."""
        asked = {"facts": facts, "version": self.version(proceeding)}
        return self.post(f"proceedings/{proceeding}/steps/{step}/", asked, status=status)

    def may_not(self, proceeding: str, step: str, *, version: int, status: int = 403, **facts: Any) -> Answer:
        """Try a step; it must be refused."""
        asked = {"facts": facts, "version": version}
        return self.refused(f"proceedings/{proceeding}/steps/{step}/", asked, status=status)

    def run(self, case: str, process: str) -> str:
        """The id of the latest proceeding of a process in the case."""
        found: str = self.rows("proceedings/", case=case, process=process)[0]["id"]
        return found

    def due(self, case: str, limit: str) -> Any:
        """The latest deadline of a limit in the case, stopped or not."""
        found = self.rows("deadlines/", case=case, limit=limit, state="any")
        return max(found, key=lambda row: datetime.fromisoformat(row["started_at"]))


@contextmanager
def nothing_written() -> Iterator[None]:
    """What happens inside leaves every table of the record as it was."""
    before = counts()
    yield
    assert counts() == before


def counts() -> dict[str, int]:
    """How many rows each table of the record has."""
    return {name: apps.get_model(name).objects.count() for name in WRITTEN}
