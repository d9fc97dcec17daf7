"""Why a deadline ends when it does, line by line with its articles; opened in place or as a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.models import Deadline
from cases.queries import reading, visits
from coordination import policy
from coordination.errors import NotVisible
from coordination.middleware import PresentRequest


@login_required
@require_safe
def why(request: PresentRequest, pk: UUID) -> HttpResponse:
    """How the date came about: as a fragment for htmx, as a page for everybody else."""
    rows = policy.visible(request.user, Deadline, now=request.now, who=request.standing)
    row = rows.select_related("case", "suspect", "proceeding", "responsible").filter(pk=pk).first()
    if row is None:
        raise NotVisible(f"deadline {pk}")
    visits.read(request.user, request.standing, row.proceeding, at=request.now)
    page = {
        "deadline": row,
        "line": reading.line(row, now=request.now),
        "because": reading.because(row),
        "now": request.now,
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "cases/_why.html" if is_part else "cases/why.html", page)
