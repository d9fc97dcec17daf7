"""The Office board, and the list behind each of its numbers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.views import loading
from coordination import keyset
from coordination.law.catalogue import catalogue
from coordination.middleware import PresentRequest
from supervision import dashboards
from supervision.dashboards import AGES, ORGANS, STATES, Selection
from supervision.pages import board as board_page


@login_required
@require_safe
def board(request: PresentRequest) -> HttpResponse:
    """What both sides owe today, area by area."""
    loading.require(request, "board.read")
    counted = dashboards.board(request.user, request.standing, now=request.now)
    return render(request, "supervision/board.html", {"board": board_page.board(counted)})


@login_required
@require_safe
def rows(request: PresentRequest) -> HttpResponse:
    """The rows that a number of the board counts, no more and no less."""
    loading.require(request, "board.read")
    return listed(request, chosen(request))


def chosen(request: PresentRequest, area: str = "") -> Selection:
    """Read a selection from the address; what the list is not narrowed by is left out, 404 for an unknown word."""
    asked = {name: request.GET.get(name, "") for name in ("what", "area", "state", "organ", "age")}
    known = {
        "what": dashboards.SORTED_BY, "area": catalogue().areas, "state": STATES, "organ": ORGANS,
        "age": [name for name, _, _ in AGES],
    }  # fmt: skip
    asked["what"] = asked["what"] or "deadlines"
    asked["area"] = area or asked["area"]
    if any(value and value not in known[name] for name, value in asked.items()):
        raise Http404
    narrowed = dashboards.NARROWED_BY[asked["what"]]
    if area and "area" not in narrowed:
        raise Http404
    return Selection(asked["what"], **{name: asked[name] for name in narrowed})


def listed(request: PresentRequest, selection: Selection, *, within_area: bool = False) -> HttpResponse:
    """Answer with one page of a list."""
    shown = board_page.listed(
        selection, request.user, request.standing, now=request.now,
        after=keyset.parse(request.GET.get("after", "")), within_area=within_area,
    )  # fmt: skip
    page = {
        "list": shown, "filters": board_page.filters(selection, within_area=within_area),
        "area": catalogue().area(selection.area) if selection.area else None, "now": request.now,
        "crumbs": board_page.crumbs(selection, within_area=within_area),
    }  # fmt: skip
    return render(request, "supervision/list.html", page)
