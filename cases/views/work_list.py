"""The work list: what do I owe, to whom, until when; what is owed to me?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.pages import owed as owed_page
from cases.queries import owed
from coordination.middleware import PresentRequest


@login_required
@require_safe
def work_list(request: PresentRequest) -> HttpResponse:
    """One page of what the person owes, or of what is owed to the person; the home page."""
    asked = owed_page.asked(request.GET, request.standing)
    found = owed.work_list(request.user, request.standing, asked, now=request.now)
    page = {
        "asked": asked,
        "list": found,
        "frame": owed_page.frame(asked, request.standing, more=found.more),
        "now": request.now,
    }
    return render(request, "cases/work_list.html", page)
