"""The rulebook and its calculator: what the limit is, who says so, when it would end, and why then."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cases.views import loading
from coordination import policy
from coordination.components import Link
from coordination.law import clock
from coordination.law.rulebook import UnknownLimit
from coordination.middleware import PresentRequest
from coordination.reader import language
from supervision.forms import CalculatorForm, EventForm, anchor_day
from supervision.pages import rule_lines
from supervision.pages import rulebook as rulebook_page

LONGEST = 100


@login_required
@require_safe
def search(request: PresentRequest) -> HttpResponse:
    """All limits, or those in which the words or the article of the address stand."""
    loading.require(request, "rulebook.read")
    text = request.GET.get("q", "").strip()[:LONGEST]
    page = {
        "text": text,
        "found": rulebook_page.search(text, rule_lines.of_reader(request.standing, now=request.now)),
    }
    return render(request, "supervision/rulebook.html", page)


@login_required
@require_safe
def calculator(request: PresentRequest) -> HttpResponse:
    """All limits that one event starts, and when each would end."""
    loading.require(request, "rulebook.read")
    places = rule_lines.places(request.standing, on=anchor_day(request.GET, request.now), now=request.now)
    form = EventForm(request.GET if "at" in request.GET else None, initial={"at": request.now}, places=places)
    is_asked = form.is_bound and form.is_valid()
    page = {
        "form": form,
        "answers": form.answers() if is_asked else None,
        "place": form.place if is_asked else None,
        "crumbs": (Link(gettext("Rulebook"), reverse("rulebook")), Link(gettext("Calculator"))),
    }
    return render(request, "supervision/calculator.html", page)


@login_required
@require_safe
def limit(request: PresentRequest, limit_id: str) -> HttpResponse:
    """One limit; with an instant in the address, also when it would end."""
    loading.require(request, "rulebook.read")
    try:
        shown = rulebook_page.limit(limit_id, rule_lines.of_reader(request.standing, now=request.now))
    except UnknownLimit as fault:
        raise Http404 from fault
    places = rule_lines.places(request.standing, on=anchor_day(request.GET, request.now), now=request.now)
    form = CalculatorForm(request.GET if "at" in request.GET else None, limit=shown.limit, places=places)
    page = {
        "shown": shown,
        "form": form,
        "crumbs": (Link(gettext("Rulebook"), reverse("rulebook")), Link(shown.limit.name(language()))),
        "due": None,
        "reason": None,
        "may_set": shown.is_open and policy.may(request.standing, "local_rule.propose"),
    }
    if form.is_bound and form.is_valid():
        try:
            page["due"] = form.due()
        except clock.Impossible as fault:
            page["reason"] = fault.reason
    return render(request, "supervision/limit.html", page)
