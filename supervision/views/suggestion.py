"""Possible findings: the list of what waits for a prosecutor, and one of them, to be dismissed with a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from cases.views import loading
from cases.views.loading import SeeOther
from cases.views.settling import settle
from coordination import keyset, policy
from coordination.components import Link
from coordination.errors import NotVisible
from coordination.middleware import PresentRequest
from supervision import suggestions
from supervision.forms import DismissForm
from supervision.models import Suggestion
from supervision.pages import suggestion as page


@login_required
@require_safe
def index(request: PresentRequest) -> HttpResponse:
    """What waits for the person's decision, the newest first."""
    loading.require(request, "finding.decide")
    shown = page.page(
        request.user, request.standing, now=request.now, after=keyset.parse(request.GET.get("after", ""))
    )
    return render(request, "supervision/possible.html", {"shown": shown})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PresentRequest, pk: UUID) -> HttpResponse:
    """One possible finding: what was seen and where; sent with a reason, it is dismissed."""
    rows = policy.visible(request.user, Suggestion, now=request.now, who=request.standing)
    row = rows.select_related(*page.WITH).filter(pk=pk).first()
    if row is None:
        raise NotVisible(f"suggestion {pk}")
    loading.require(request, "finding.decide")
    form = DismissForm(loading.sent(request))
    answer, status = settle(form, lambda: _dismissed(request, row, form))
    if answer is not None:
        return answer
    shown = page.shown(row)
    crumbs = (Link(gettext("Possible findings"), reverse("possible")), Link(f"{shown.code} {shown.title}"))
    what = {
        "shown": shown,
        "form": form,
        "is_open": row.decision == Suggestion.Decision.OPEN,
        "crumbs": crumbs,
    }
    return render(request, "supervision/possible_one.html", what, status=status)


def _dismissed(request: PresentRequest, row: Suggestion, form: DismissForm) -> HttpResponse:
    suggestions.dismiss(request.user, row, form.cleaned_data["reason"], at=request.now)
    messages.success(request, gettext("Dismissed; it is not suggested again for the same fact."))
    return SeeOther(reverse("possible"))
