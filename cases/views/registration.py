"""How a case begins: a report is registered, suspects are named, people are put in charge."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from cases import confirming, registration, repeating, turning
from cases.forms.registration import AssignForm, ReportForm, SuspectForm, next_number
from cases.models import Case, Suspect
from cases.pages import case as case_page
from cases.views import loading
from cases.views.loading import SeeOther
from cases.views.settling import settle
from coordination.components import Link
from coordination.errors import Refused
from coordination.law.history import Reason
from coordination.middleware import PresentRequest
from coordination.models import Organisation, User
from coordination.reader import language

FORM = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(FORM)
def register(request: PresentRequest) -> HttpResponse:
    """The form of a report; sent, the case begins and its filing review runs."""
    loading.require(request, "case.register")
    units = _units(request)
    moment = request.now.replace(second=0, microsecond=0)
    initial = {"received_at": moment, "shown_at": request.now, "kind": "general"}
    if units:
        initial |= {"unit": str(units[0].pk), "number": next_number(units[0], request.now)}
    form = ReportForm(loading.sent(request), initial=initial, units=units, lang=language())
    answer, status = settle(form, lambda: _register(request, form))
    page = {"form": form, "draft_key": f"{request.user.login}:report"}
    return answer or render(request, "cases/register.html", page, status=status)


@login_required
@require_http_methods(FORM)
def add_suspect(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The form of a suspect; sent, the record of the person's measures begins."""
    case = loading.case(request, pk)
    loading.require(request, "suspect.add")
    _of_the_police(request, case)
    form = SuspectForm(loading.sent(request), initial={"shown_at": request.now, "gender": "unknown"})
    answer, status = settle(form, lambda: _add(request, case, form))
    page = {"form": form, "case": case, "crumbs": case_page.crumbs(case, Link(gettext("Name a suspect")))}
    return answer or render(request, "cases/suspect_add.html", page, status=status)


@login_required
@require_http_methods(FORM)
def assign(request: PresentRequest, pk: UUID) -> HttpResponse:
    """Who works on the case for the own organ; sent, running clocks of the role pass to the person."""
    case = loading.case(request, pk)
    if not {case.police_id, case.procuratorate_id} & request.standing.organs:
        raise Refused(Reason("role", "reserved to the organs of the case", "只能由本案机关指定"))
    if not {"investigator", "prosecutor"} & request.standing.roles:
        loading.require(request, "case.assign")
    form = AssignForm(loading.sent(request), case=case, who=request.standing, now=request.now)
    answer, status = settle(form, lambda: _assign(request, case, form))
    crumbs = case_page.crumbs(case, Link(gettext("Who works on the case")))
    page = {"form": form, "case": case, "crumbs": crumbs}
    return answer or render(request, "cases/assign.html", page, status=status)


def _register(request: PresentRequest, form: ReportForm) -> HttpResponse:
    """Register the report; the same report sent twice is there once."""
    report, since = form.report(), form.cleaned_data["shown_at"]
    known = Case.objects.filter(number=report.number, title=report.title, police=report.unit.organ).first()
    if known is not None and repeating.was_recorded(request.user, "case.registered", case=known, since=since):
        return SeeOther(reverse("case", args=[known.pk]))
    with transaction.atomic():
        case = registration.register_report(request.user, report, at=request.now)
        turned = turning.of_case(case)
    said = gettext("Case %(number)s is registered.") % {"number": case.number}
    clocks = confirming.clocks(turning.since(turned.emptied()), clearance=request.standing.clearance)
    messages.success(request, f"{said} {clocks}".strip(), extra_tags=f"{request.user.login}:report")
    return SeeOther(reverse("case", args=[case.pk]))


def _add(request: PresentRequest, case: Case, form: SuspectForm) -> HttpResponse:
    person, since = form.person(), form.cleaned_data["shown_at"]
    done = repeating.was_recorded(request.user, "suspect.added", case=case, since=since)
    if done and Suspect.objects.filter(case=case, pk__in=done, name=person.name).exists():
        return SeeOther(reverse("case", args=[case.pk]))
    suspect = registration.add_suspect(request.user, case, person, at=request.now)
    messages.success(request, gettext("%(name)s is named as a suspect.") % {"name": suspect.name})
    return SeeOther(reverse("case", args=[case.pk]))


def _assign(request: PresentRequest, case: Case, form: AssignForm) -> HttpResponse:
    key = form.cleaned_data["to"]
    to = User.objects.filter(pk=key).first() if key else None
    if to is None:
        raise Refused(Reason("field:to", "say who", "请指定人员"))
    registration.assign(request.user, case, to=to, role=form.role, at=request.now)
    messages.success(request, gettext("%(name)s now works on the case.") % {"name": to.name})
    return SeeOther(reverse("case", args=[case.pk]))


def _units(request: PresentRequest) -> list[Organisation]:
    """The units at which the person registers: the own ones, or all of the bureau for the legal department."""
    own = [held.at for held in request.standing.held if held.role in {"investigator", "police_legal"}]
    organs = [unit.organ.pk for unit in own]
    rows = Organisation.objects.select_related("parent").filter(
        parent__in=organs, level=Organisation.Level.UNIT
    )
    near = {unit.pk for unit in own}
    return sorted(rows, key=lambda unit: (unit.pk not in near, unit.code))


def _of_the_police(request: PresentRequest, case: Case) -> None:
    if case.police_id not in request.standing.organs:
        raise Refused(Reason("role", "reserved to the police of the case", "只能由本案公安人员办理"))
