"""The cases a person may see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.pages import case as case_page
from cases.queries import case_list as case_listing
from coordination import policy
from coordination.middleware import PresentRequest


@login_required
@require_safe
def case_list(request: PresentRequest) -> HttpResponse:
    """One page of the cases the person may see, newest first, narrowed by the address."""
    asked = case_page.list_asked(request.GET)
    found = case_listing.case_list(request.user, request.standing, asked, now=request.now)
    page = {
        "list": found,
        "filters": case_page.list_filters(asked),
        "is_narrowed": case_page.is_narrowed(asked),
        "pager": case_page.list_pager(asked, found.more),
        "may_register": policy.may(request.standing, "case.register"),
        "now": request.now,
    }
    return render(request, "cases/case_list.html", page)
