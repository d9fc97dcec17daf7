"""The case page and its timeline."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import panels
from cases.pages import case as case_page
from cases.queries import case as case_reading
from cases.queries import visits
from cases.queries.timeline import timeline as read_timeline
from cases.views import loading
from coordination.middleware import PresentRequest


@login_required
@require_safe
def case(request: PresentRequest, pk: UUID) -> HttpResponse:
    """Where the case stands, who is in custody until when, what happened, and what I may do now."""
    found = loading.case(request, pk)
    before = visits.last(request.user, found)
    shown = case_reading.case_page(request.user, request.standing, found, now=request.now)
    asked = case_page.timeline_asked(request.GET, visited_at=before)
    happened = read_timeline(request.user, request.standing, found, asked, now=request.now)
    suspects = tuple((lane.suspect.pk, lane.suspect.name) for lane in shown.suspects)
    page = {
        "page": shown,
        "case": found,
        "timeline": case_page.timeline_page(found, asked, happened, suspects),
        "actions": case_page.actions(shown, request.standing),
        "beginnings": case_page.beginnings(shown),
        "may_read_identity": case_page.may_read_identity(shown, request.standing),
        "panels": panels.beside(request.user, request.standing, found, now=request.now),
        "now": request.now,
    }
    response = render(request, "cases/case.html", page)
    visits.remember(request.user, found, at=request.now)
    return response


@login_required
@require_safe
def timeline(request: PresentRequest, pk: UUID) -> HttpResponse:
    """A further page of the timeline: what htmx puts behind the page before, or a page of its own."""
    found = loading.case(request, pk)
    asked = case_page.timeline_asked(request.GET, visited_at=None)
    happened = read_timeline(request.user, request.standing, found, asked, now=request.now)
    page = {
        "case": found,
        "timeline": case_page.timeline_page(found, asked, happened, ()),
        "now": request.now,
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "cases/_timeline_more.html" if is_part else "cases/timeline.html", page)
