"""Two questions a machine asks: is the process alive, and can the installation be relied on.

`ready` runs every check that an app registered when it started; what is checked stands in the apps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

Check = Callable[[], str | None]

log = structlog.get_logger(__name__)
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check to `ready`: it returns None when all is well, else one sentence on what is wrong.

    A check must be quick (one indexed query) and must not name a person or a case: anybody may ask.
    """
    if name in _checks and _checks[name] is not check:
        raise ValueError(f"two health checks are called {name!r}")
    _checks[name] = check


@contextmanager
def registered(name: str, check: Check) -> Iterator[None]:
    """Register a check for the length of a block."""
    register(name, check)
    try:
        yield
    finally:
        del _checks[name]


def faults() -> dict[str, str]:
    """Run every check; returns what is wrong, by the check's name. A check that fails itself counts as wrong."""
    found: dict[str, str] = {}
    for name, check in _checks.items():
        try:
            answer = check()
        except Exception as fault:  # noqa: BLE001 - whatever breaks a check is an answer to the question
            log.warning("health check failed", check=name, fault=repr(fault))
            answer = "cannot be checked"
        if answer is not None:
            found[name] = answer
    return found


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer that the process answers; asks nothing else, so that a slow database does not get it restarted."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every check is well, else 503 with the names of those which are not."""
    wrong = faults()
    body = {name: wrong.get(name, "ok") for name in _checks}
    return JsonResponse({"status": "wrong" if wrong else "ok", "checks": body}, status=503 if wrong else 200)


def _database() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def _broker() -> str | None:
    cache.get("health")
    return None


register("database", _database)
register("broker", _broker)
