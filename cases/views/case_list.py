"""The cases a person may see."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.pages import case as case_page
from cases.queries import case_list as case_listing
from cases.queries.beginnings import LEAD, beginnings
from coordination import policy
from coordination.middleware import PresentRequest


@login_required
@require_safe
def case_list(request: PresentRequest) -> HttpResponse:
    """One page of the cases the person may see, newest first, narrowed by the address.

    With `begin` in the address a case is being chosen for a procedure that the person may begin.
    """
    asked = case_page.list_asked(request.GET)
    begin = next((one for one in beginnings(request.standing) if one.process.id == asked.begin), None)
    if begin is None or not begin.needs_a_case:
        asked, begin = replace(asked, begin=""), None
    found = case_listing.case_list(request.user, request.standing, asked, now=request.now)
    page = {
        "list": found,
        "filters": case_page.list_filters(asked),
        "is_narrowed": case_page.is_narrowed(asked),
        "pager": case_page.list_pager(asked, found.more),
        "begin": begin,
        "begins_lead": begin is not None and begin.process.id == LEAD,
        "may_register": begin is None and policy.may(request.standing, "case.register"),
        "now": request.now,
    }
    return render(request, "cases/case_list.html", page)
