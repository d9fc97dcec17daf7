"""A suspect's identity number: hidden on every page; opening it is a request of its own, and is on record."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cases.models import Suspect
from cases.views import loading
from coordination import audit, policy
from coordination.errors import NotVisible, Refused
from coordination.law.history import Reason
from coordination.middleware import PresentRequest


@login_required
@require_POST
@never_cache
@transaction.atomic
def identity(request: PresentRequest, pk: UUID) -> HttpResponse:
    """Show the number once, after it was recorded who opened it."""
    rows = policy.visible(request.user, Suspect, now=request.now, who=request.standing)
    suspect = rows.select_related("case").filter(pk=pk).first()
    if suspect is None:
        raise NotVisible(f"suspect {pk}")
    loading.require(request, "suspect.read_identity")
    if not request.standing.organs & {suspect.case.police_id, suspect.case.procuratorate_id}:
        raise Refused(Reason("role", "reserved to the organs of the case", "只能由本案的机关查看"))
    audit.record(
        request.user, "suspect.identity_opened", at=request.now,
        subject=audit.Subject("suspect", suspect.pk, suspect.case_id, suspect.case.jurisdiction),
        organisation=request.standing.held[0].at.organ,
    )  # fmt: skip
    is_part = request.headers.get("HX-Request") == "true"
    page = {"suspect": suspect, "case": suspect.case}
    return render(request, "cases/_identity.html" if is_part else "cases/identity.html", page)
