"""Opening a supervision lead: from an entry of the log, or from a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from cases import repeating
from cases.models import Activity, Case
from cases.views import loading
from cases.views.settling import settle
from coordination.components import Link
from coordination.middleware import PresentRequest
from supervision import findings, suggestions
from supervision.forms import RENAMED, LeadForm
from supervision.pages import lead as lead_page
from supervision.pages import suggestion as suggestion_page
from supervision.pages.lead import LeadShown


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PresentRequest) -> HttpResponse:
    """The entry beside the catalogue; sent, the lead is opened and its page follows."""
    case, activity = _subject(request)
    loading.require(request, "lead.open")
    initial = {**_offered(request, case, activity), "shown_at": request.now}
    form = LeadForm(loading.sent(request), initial=initial, codes=lead_page.codes())
    answer, status = settle(form, lambda: _opened(request, case, activity, form), renamed=RENAMED)
    if answer is not None:
        return answer
    chosen = tuple(form["codes"].value() or ())
    shown = lead_page.lead(case, activity, request.user, request.standing, chosen=chosen, now=request.now)
    page = {"shown": shown, "form": form, "crumbs": _crumbs(shown)}
    return render(request, "supervision/lead.html", page, status=status)


def _opened(request: PresentRequest, case: Case, activity: Activity | None, form: LeadForm) -> HttpResponse:
    """Open the lead, or find the one that the same form opened a moment ago."""
    seen, since = form.seen(), form.cleaned_data["shown_at"]
    facts = findings.facts(case, seen, activity)
    known = repeating.begun(
        case, "supervision_lead", "register", actor=request.user, facts=facts, since=since
    )
    if known is not None:
        messages.info(request, gettext("This was already recorded."))
    else:
        messages.success(request, gettext("The lead is registered; its triage is due next."))
        known = findings.open_lead(request.user, case, seen, activity=activity, at=request.now)
    return loading.SeeOther(reverse("proceeding", args=[known.pk]))


def _offered(request: PresentRequest, case: Case, activity: Activity | None) -> dict[str, object]:
    """What the form begins with: what was suggested, where the address names it, else the entry."""
    key = _key(request.GET.get("suggestion", ""))
    rows = suggestions.undecided(request.user, request.standing, now=request.now)
    row = rows.filter(pk=key, case=case).select_related(*suggestion_page.WITH).first() if key else None
    if row is None:
        return {"source": "case_review", "pin": lead_page.pin(activity) if activity else ""}
    pin = lead_page.pin(activity) if activity else suggestion_page.pin(row)
    return {"source": "auto_check", "codes": (row.code,), "pin": pin}


def _crumbs(shown: LeadShown) -> tuple[Link, ...]:
    case = Link(shown.case.number, shown.case_url)
    entry = (Link(shown.activity_title, shown.activity_url),) if shown.activity_url else ()
    return case, *entry, Link(gettext("Open a lead"))


def _subject(request: PresentRequest) -> tuple[Case, Activity | None]:
    """The case and, where the address names one, the entry; 404 for what the person may not see."""
    key = _key(request.GET.get("activity", ""))
    if key is not None:
        entry = loading.activity(request, key)
        return entry.case, entry
    key = _key(request.GET.get("case", ""))
    if key is None:
        raise Http404
    return loading.case(request, key), None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
