"""Opening a supervision lead: from an entry of the log, or from a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from cases.models import Activity, Case
from coordination import policy
from coordination.components import Link
from coordination.errors import Refused
from coordination.middleware import PresentRequest
from supervision import access, pages_lead
from supervision.findings import Seen, open_lead
from supervision.forms import RENAMED, LeadForm
from supervision.pages_lead import LeadShown


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PresentRequest) -> HttpResponse:
    """The entry beside the catalogue; sent, the lead is opened and its page follows."""
    case, activity = _subject(request)
    access.require(request.standing, "lead.open")
    initial = {"source": "case_review", "pin": pages_lead.pin(activity) if activity else ""}
    form = LeadForm(request.POST or None, initial=initial, codes=pages_lead.codes())
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            seen = Seen(said["findings"], said["pin"], said["source"])
            opened = open_lead(request.user, case, seen, activity=activity, at=request.now)
        except Refused as fault:
            form.refuse(fault.reasons, renamed=RENAMED)
        else:
            messages.success(request, gettext("The lead is registered; its triage is due next."))
            return redirect("proceeding", opened.pk)
    shown = pages_lead.lead(
        case,
        activity,
        request.user,
        request.standing,
        chosen=tuple(form["findings"].value() or ()),
        now=request.now,
    )
    page = {"shown": shown, "form": form, "crumbs": _crumbs(shown)}
    return render(request, "supervision/lead.html", page, status=422 if form.is_bound else 200)


def _crumbs(shown: LeadShown) -> tuple[Link, ...]:
    case = Link(shown.case.number, shown.case_url)
    entry = (Link(shown.activity_title, shown.activity_url),) if shown.activity_url else ()
    return case, *entry, Link(gettext("Open a lead"))


def _subject(request: PresentRequest) -> tuple[Case, Activity | None]:
    """The case and, where the address names one, the entry; 404 for what the person may not see."""
    key = _key(request.GET.get("activity", ""))
    if key is not None:
        entry = policy.find(request.user, Activity, key, now=request.now, who=request.standing)
        return entry.case, entry
    key = _key(request.GET.get("case", ""))
    if key is None:
        raise Http404
    return policy.find(request.user, Case, key, now=request.now, who=request.standing), None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
