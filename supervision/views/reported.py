"""What was reported up to a superior organ, and since when: the superior's own list."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.views import loading
from coordination import keyset
from coordination.middleware import PresentRequest
from supervision.dashboards import AGES, REPORTED
from supervision.pages import reported as reported_page


@login_required
@require_safe
def reported(request: PresentRequest) -> HttpResponse:
    """One page of what was reported up to the person's organ; what waits longest stands first."""
    loading.require(request, "reported.read")
    state, age = request.GET.get("state", "open"), request.GET.get("age", "")
    if state not in REPORTED or age not in ("", *(name for name, _, _ in AGES)):
        raise Http404
    shown = reported_page.shown(
        request.user, request.standing, state=state, age=age, now=request.now,
        after=keyset.parse(request.GET.get("after", "")),
    )  # fmt: skip
    return render(request, "supervision/reported.html", {"shown": shown, "now": request.now})
