"""Holiday tables: what counts now, a new table from its file, its preview, and the approval of both sides."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HTMX_STOP_POLLING

from cases import recalculating
from cases.forms.calendar import TableDecisionForm, TableForm
from cases.pages import calendar as page
from cases.views import loading
from cases.views.loading import SeeOther
from cases.views.settling import settle
from coordination import calendars, keyset, policy
from coordination.components import Link
from coordination.errors import NotVisible
from coordination.middleware import PresentRequest
from coordination.models import CalendarTable

FORM = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(FORM)
def index(request: PresentRequest) -> HttpResponse:
    """The tables that count now; administrators bring a new one."""
    loading.require(request, "calendar.submit" if request.method == "POST" else "calendar.read")
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    answer, status = settle(form, lambda: _submit(request, form))
    shown = {
        "years": page.years(),
        "tables": [page.table(row) for row in CalendarTable.objects.order_by("-pk")[:20]],
        "missing": calendars.missing_year(request.now),
        "may_submit": policy.may(request.standing, "calendar.submit"),
        "form": form,
        "crumbs": (Link(gettext("Rulebook"), reverse("rulebook")), Link(gettext("Holiday tables"))),
    }
    return answer or render(request, "cases/calendar.html", shown, status=status)


@login_required
@require_http_methods(FORM)
def table(request: PresentRequest, pk: UUID) -> HttpResponse:
    """One table: what it says and moves; an administrator decides for the own side here."""
    loading.require(request, "calendar.decide" if request.method == "POST" else "calendar.read")
    row = _table(pk)
    form = TableDecisionForm(loading.sent(request))
    answer, status = settle(form, lambda: _decide(request, row, form))
    if answer is not None:
        return answer
    return render(request, "cases/calendar_table.html", _shown(request, row, form), status=status)


@login_required
@require_safe
def progress(request: PresentRequest, pk: UUID) -> HttpResponse:
    """How far the preview or the recalculation has come; asked again and again until it has ended."""
    loading.require(request, "calendar.read")
    shown = page.table(_table(pk))
    status = 200 if shown.is_running else HTMX_STOP_POLLING
    return render(request, "cases/_calendar_progress.html", {"shown": shown, "is_asked": True}, status=status)


@login_required
@require_POST
def preview(request: PresentRequest, pk: UUID) -> HttpResponse:
    """Make the preview anew: the deadlines have gone on."""
    loading.require(request, "calendar.submit")
    row = _table(pk)
    if not calendars.is_in_force(row):
        recalculating.preview_again(row, at=request.now)
    return SeeOther(page.key(pk))


def _submit(request: PresentRequest, form: TableForm) -> HttpResponse:
    text = form.cleaned_data["file"]
    row = recalculating.submit(request.user, text, file_name=form.file_name, at=request.now)
    messages.success(request, gettext("The table is kept; its preview is ready within a minute or so."))
    return SeeOther(page.key(row.pk))


def _decide(request: PresentRequest, row: CalendarTable, form: TableDecisionForm) -> HttpResponse:
    said = form.cleaned_data
    recalculating.decide(request.user, row, outcome=said["outcome"], comment=said["comment"], at=request.now)
    messages.success(request, gettext("Your decision is on record."))
    return SeeOther(page.key(row.pk))


def _shown(request: PresentRequest, row: CalendarTable, form: TableDecisionForm) -> dict[str, object]:
    shown = page.table(row)
    after, mine = keyset.parse(request.GET.get("after", "")), request.GET.get("mine") == "1"
    moves, pager = page.moves(shown, request.user, request.standing, after=after, mine=mine, now=request.now)
    side = calendars.side_of(request.standing)
    crumbs = (
        Link(gettext("Rulebook"), reverse("rulebook")), Link(gettext("Holiday tables"), reverse("calendar")),
        Link(str(row.year)),
    )  # fmt: skip
    return {
        "shown": shown, "moves": moves, "pager": pager, "mine": mine, "form": form, "crumbs": crumbs,
        "may_decide": shown.is_open and side in page.sides_left(shown), "left": page.sides_left(shown),
        "may_submit": policy.may(request.standing, "calendar.submit"),
    }  # fmt: skip


def _table(pk: UUID) -> CalendarTable:
    row = CalendarTable.objects.select_related("submitted_by").prefetch_related("runs").filter(pk=pk).first()
    if row is None:
        raise NotVisible(f"calendar table {pk}")
    return row
