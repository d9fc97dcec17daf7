"""Handing over: who leaves, what the person holds and which deadlines move, and then all of it at once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from cases import handover
from cases.forms.handover import HandoverForm, colleagues
from cases.queries import reading
from cases.views import loading
from cases.views.loading import SeeOther
from cases.views.settling import settle
from coordination.components import Link
from coordination.errors import NotVisible, Refused
from coordination.law.history import Reason
from coordination.middleware import PresentRequest
from coordination.models import User


@login_required
@require_safe
def choose(request: PresentRequest) -> HttpResponse:
    """The people of the own organ, each a link to what the person holds."""
    loading.require(request, "case.assign")
    people = colleagues(request.standing.organs, request.now)
    return render(request, "cases/handover_choose.html", {"people": people})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PresentRequest, pk: UUID) -> HttpResponse:
    """What one person holds, with every deadline that would move; sent, it changes hands."""
    loading.require(request, "case.assign")
    leaving = _colleague(request, pk)
    held = handover.held(leaving, request.standing.organs, clearance=request.standing.clearance)
    people = colleagues(request.standing.organs, request.now)
    form = HandoverForm(loading.sent(request), leaving=leaving, held=held, people=people)
    answer, status = settle(form, lambda: _hand_over(request, leaving, form))
    if answer is not None:
        return answer
    lines = [(row, reading.line(row, now=request.now)) for row in held.deadlines]
    crumbs = (Link(gettext("Hand over"), reverse("handover")), Link(leaving.name))
    page = {
        "form": form, "leaving": leaving, "held": held, "lines": lines, "crumbs": crumbs, "now": request.now,
    }  # fmt: skip
    return render(request, "cases/handover.html", page, status=status)


def _hand_over(request: PresentRequest, leaving: User, form: HandoverForm) -> HttpResponse:
    key = form.cleaned_data["to"]
    to = User.objects.filter(pk=key).first() if key else None
    if to is None:
        raise Refused(Reason("field:to", "say who takes over", "请指定接收人"))
    passed = handover.hand_over(
        request.user, leaving, to=to, cases=form.chosen("cases"), matters=form.chosen("matters"),
        for_good=form.cleaned_data["for_good"], at=request.now,
    )  # fmt: skip
    said = gettext(
        "%(cases)s cases, %(matters)s other matters and %(deadlines)s running deadlines passed to %(name)s."
    )
    numbers = {"cases": passed.cases, "matters": passed.matters, "deadlines": passed.deadlines}
    messages.success(request, said % {**numbers, "name": to.name})
    return SeeOther(reverse("handover-person", args=[leaving.pk]))


def _colleague(request: PresentRequest, pk: UUID) -> User:
    """A person who is or was posted at the own organs; a stranger is not there."""
    near = request.standing.organs
    rows = User.objects.filter(postings__organisation__in=near) | User.objects.filter(
        postings__organisation__parent__in=near
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(f"person {pk}")
    return found
