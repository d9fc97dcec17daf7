"""What every request carries: the instant it happens at and where the person stands; and how refusals become pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from coordination import calendars, worldtime
from coordination.errors import Conflict, NotVisible, Refused
from coordination.models import User
from coordination.standing import Standing, standing


class PresentRequest(HttpRequest):
    """A request of a signed-in person, as the views see it."""

    user: User
    now: datetime
    standing: Standing


class Present:
    """Sets `request.now` (aware, UTC) and `request.standing` (read once, on first use); answers refusals.

    Refused becomes a page with every reason and its article (403 for a wrong role, else 422), Conflict one that shows
    both versions (409), NotVisible the same 404 as a page that does not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request know its instant and its person."""
        now = worldtime.now()
        request.now = now  # type: ignore[attr-defined]
        request.standing = SimpleLazyObject(lambda: _standing(request.user, now))  # type: ignore[attr-defined, arg-type]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Turn the product's own errors into pages; every other fault goes on."""
        if isinstance(fault, NotVisible):
            raise Http404 from fault
        if isinstance(fault, Conflict):
            return render(request, "409.html", {"seen": fault.seen, "found": fault.found}, status=409)
        if isinstance(fault, Refused):
            role_only = all(reason.code == "role" for reason in fault.reasons)
            return render(
                request, "refused.html", {"reasons": fault.reasons}, status=403 if role_only else 422
            )
        return None


def _standing(user: User, now: datetime) -> Standing:
    """Where the person stands; whoever works by the law from here on counts by the holiday tables in force."""
    calendars.refresh()
    return standing(user, now)
