"""Events that nothing else records: chosen from the rulebook, entered with their document, corrected by a new entry."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from cases import confirming, extending
from cases.forms.event import EventForm
from cases.logbook import event_entries
from cases.logbook.event_entries import Recorded
from cases.models import Case, Deadline, EventEntry
from cases.pages import case as case_page
from cases.pages import event as page
from cases.views import loading
from cases.views.loading import SeeOther
from cases.views.settling import settle
from coordination import policy
from coordination.components import Link
from coordination.errors import NotVisible
from coordination.law import entered
from coordination.law.limit import Limit
from coordination.law.rulebook import rulebook
from coordination.middleware import PresentRequest
from coordination.reader import language

FORM = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def choose(request: PresentRequest, pk: UUID) -> HttpResponse:
    """What may be entered in the case: limits to start, and clocks to stop or move."""
    case = loading.case(request, pk)
    loading.require(request, "event.enter")
    shown = {
        "case": case,
        "startable": page.startable(case, request.standing),
        "acting": page.acting(case, request.standing, now=request.now),
        "extendable": page.extendable(case, request.standing, now=request.now),
        "crumbs": case_page.crumbs(case, Link(gettext("Record an event"))),
        "now": request.now,
    }
    return render(request, "cases/event_choose.html", shown)


@login_required
@require_http_methods(FORM)
def new(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The form of an event; sent, it turns the clocks."""
    case = loading.case(request, pk)
    loading.require(request, "event.enter")
    clock = _extended(request, case)
    limit, events = (clock.rule, (entered.EXTENDED_ON_PAPER,)) if clock else _about(request)
    initial = {"shown_at": request.now, "at": request.now.replace(second=0, microsecond=0)}
    form = EventForm(
        loading.sent(request), initial=initial, case=case, limit=limit, events=events,
        stages=extending.grantable(clock.rule, clock.extensions.all()) if clock else (),
        about=clock.suspect if clock else None,
    )  # fmt: skip
    answer, status = settle(form, lambda: _record(request, form))
    return answer or render(request, "cases/event_new.html", _form(case, limit, events, form), status=status)


@login_required
@require_safe
def entry(request: PresentRequest, pk: UUID) -> HttpResponse:
    """One entry: its document, its versions, and the clocks that hang on it."""
    row = _entry(request, pk)
    shown = page.entry(row, request.user, request.standing, now=request.now)
    crumbs = case_page.crumbs(row.case, Link(shown.event.name(language())))
    what = {"shown": shown, "case": row.case, "crumbs": crumbs, "now": request.now}
    return render(request, "cases/event_entry.html", what)


@login_required
@require_http_methods(FORM)
def correct(request: PresentRequest, pk: UUID) -> HttpResponse:
    """A new version of an entry; what hung on the old one follows."""
    row = _entry(request, pk)
    loading.require(request, "event.enter")
    limit, events = rulebook().limits.get(row.limit), (row.event,)
    initial = {
        "shown_at": request.now, "at": row.at, "stated_on": row.stated_on, "document_kind": row.document_kind,
        "document_number": row.document_number, "remark": row.remark, "stage": row.stage,
    }  # fmt: skip
    form = EventForm(
        loading.sent(request), initial=initial, case=row.case, limit=limit, events=events, corrects=row,
        stages=extending.grantable(limit, ()) if limit and row.stage else (), about=row.suspect,
    )  # fmt: skip
    answer, status = settle(form, lambda: _correct(request, row, form))
    page = _form(row.case, limit, events, form)
    return answer or render(request, "cases/event_new.html", page, status=status)


def _record(request: PresentRequest, form: EventForm) -> HttpResponse:
    done = event_entries.record(request.user, form.wanted(), at=request.now)
    return _say(request, done, gettext("Recorded.") if done.is_new else gettext("This was already recorded."))


def _correct(request: PresentRequest, row: EventEntry, form: EventForm) -> HttpResponse:
    reason = form.cleaned_data["correction_reason"]
    done = event_entries.correct(request.user, row, form.wanted(), reason=reason, at=request.now)
    return _say(request, done, gettext("Corrected."))


def _say(request: PresentRequest, done: Recorded, said: str) -> HttpResponse:
    """Say what the entry turned, and show it."""
    clocks = confirming.clocks(done.turned, clearance=request.standing.clearance)
    messages.success(request, f"{said} {clocks}".strip())
    return SeeOther(reverse("event-entry", args=[done.entry.pk]))


def _form(case: Case, limit: Limit | None, events: tuple[str, ...], form: EventForm) -> dict[str, object]:
    event = rulebook().event(events[0])
    choosing = Link(gettext("Record an event"), reverse("event-choose", args=[case.pk]))
    crumbs = case_page.crumbs(case, choosing, Link((limit or event).name(language())))
    return {"case": case, "limit": limit, "event": event, "form": form, "crumbs": crumbs}


def _extended(request: PresentRequest, case: Case) -> Deadline | None:
    """The running clock that the address names as extended on paper; 404 for one that is not there."""
    if "extends" not in request.GET:
        return None
    rows = policy.visible(request.user, Deadline, now=request.now, who=request.standing)
    running = rows.filter(case=case, stopped_at__isnull=True).select_related("suspect")
    try:
        key = UUID(request.GET["extends"])
    except ValueError:
        raise Http404 from None
    row = running.prefetch_related(extending.STANDING_GRANTS).filter(pk=key).first()
    if row is None or not extending.grantable(row.rule, row.extensions.all()):
        raise Http404
    return row


def _about(request: PresentRequest) -> tuple[Limit | None, tuple[str, ...]]:
    """The limit to start with its events, or the one event, that the address names; 404 for anything else."""
    limit = rulebook().limits.get(request.GET.get("limit", ""))
    if limit is not None and entered.is_startable(limit):
        return limit, entered.triggers(limit)
    event = request.GET.get("event", "")
    if event not in rulebook().events or event in {*entered.recorded(), entered.EXTENDED_ON_PAPER}:
        raise Http404
    return None, (event,)


def _entry(request: PresentRequest, pk: UUID) -> EventEntry:
    rows = policy.visible(request.user, EventEntry, now=request.now, who=request.standing).select_related(
        *(f"case__{name}" for name in loading.PARTIES),
        "suspect__held_at",
        "recorded_by",
        "organisation",
        "corrects",
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotVisible(f"event entry {pk}")
    return row
