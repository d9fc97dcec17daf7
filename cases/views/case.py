"""The case page and its timeline."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import pages_case, queries_case, visits
from cases.timeline import timeline as read_timeline
from cases.views import loading
from coordination.middleware import PresentRequest


@login_required
@require_safe
def case(request: PresentRequest, pk: UUID) -> HttpResponse:
    """Where the case stands, who is in custody until when, what happened, and what I may do now."""
    found = loading.case(request, pk)
    before = visits.last(request.user, found)
    shown = queries_case.case_page(request.user, request.standing, found, now=request.now)
    asked = pages_case.timeline_asked(request.GET, visited_at=before)
    happened = read_timeline(request.user, request.standing, found, asked, now=request.now)
    suspects = tuple((lane.suspect.pk, lane.suspect.name) for lane in shown.suspects)
    page = {
        "page": shown,
        "case": found,
        "timeline": pages_case.timeline_page(found, asked, happened, suspects),
        "actions": pages_case.actions(shown, request.standing),
        "beginnings": pages_case.beginnings(shown),
        "may_read_identity": pages_case.may_read_identity(shown, request.standing),
        "now": request.now,
    }
    response = render(request, "cases/case.html", page)
    visits.remember(request.user, request.standing, found, before=before, at=request.now)
    return response


@login_required
@require_safe
def timeline(request: PresentRequest, pk: UUID) -> HttpResponse:
    """A further page of the timeline: what htmx puts behind the page before, or a page of its own."""
    found = loading.case(request, pk)
    asked = pages_case.timeline_asked(request.GET, visited_at=None)
    happened = read_timeline(request.user, request.standing, found, asked, now=request.now)
    page = {
        "case": found,
        "timeline": pages_case.timeline_page(found, asked, happened, ()),
        "now": request.now,
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "cases/_timeline_more.html" if is_part else "cases/timeline.html", page)
