"""The fourteen task areas and the Office: what each is for, what is open in it, what one may start."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cases.views import loading
from coordination.components import Link
from coordination.law.catalogue import catalogue
from coordination.middleware import PresentRequest
from supervision import dashboards
from supervision.pages import area as area_page
from supervision.pages import board as board_page
from supervision.pages import rule_lines
from supervision.views import board


@login_required
@require_safe
def areas(request: PresentRequest) -> HttpResponse:
    """All areas by mechanism, in one sentence each."""
    loading.require(request, "case.read")
    return render(request, "supervision/areas.html", {"mechanisms": area_page.mechanisms()})


@login_required
@require_safe
def area(request: PresentRequest, code: str) -> HttpResponse:
    """One area."""
    loading.require(request, "case.read")
    known(code)
    counted = dashboards.of_area(request.user, request.standing, code, now=request.now)
    shown = area_page.area(code, request.standing, rule_lines.of_reader(request.standing, now=request.now))
    page = {
        "shown": shown,
        "card": board_page.area_card(counted, within_area=True),
        "crumbs": (Link(gettext("Areas"), reverse("areas")), Link(board_page.area_title(shown.area))),
    }  # fmt: skip
    return render(request, "supervision/area.html", page)


@login_required
@require_safe
def rows(request: PresentRequest, code: str) -> HttpResponse:
    """The list behind a number of one area; everyone may open it, with the rows that are theirs to see."""
    loading.require(request, "case.read")
    known(code)
    return board.listed(request, board.chosen(request, code), within_area=True)


def known(code: str) -> None:
    """Raise 404 for a code that is no area."""
    if code not in catalogue().areas:
        raise Http404
