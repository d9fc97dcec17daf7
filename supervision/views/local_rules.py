"""Local rules: the list of an Office, a proposal, and what the other side says to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from cases.views import loading
from cases.views.loading import SeeOther
from cases.views.settling import settle
from coordination import local_rules, policy
from coordination.components import Link
from coordination.errors import NotVisible
from coordination.law import local
from coordination.law.limit import Limit
from coordination.law.rulebook import rulebook
from coordination.middleware import PresentRequest
from coordination.models import LocalRule
from coordination.reader import language
from supervision.local_rule_forms import DecisionForm, LocalRuleForm
from supervision.pages import local_rules as page

FORM = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def index(request: PresentRequest) -> HttpResponse:
    """What the Offices of the reader's places set, may set and have set before."""
    loading.require(request, "rulebook.read")
    shown = {
        "offices": page.offices(request.standing, now=request.now),
        "may_set": policy.may(request.standing, "local_rule.propose"),
        "crumbs": (Link(gettext("Rulebook"), reverse("rulebook")), Link(gettext("Local rules"))),
    }
    return render(request, "supervision/local_rules.html", shown)


@login_required
@require_http_methods(FORM)
def new(request: PresentRequest) -> HttpResponse:
    """The form of a proposal; sent, the other side is asked."""
    loading.require(request, "local_rule.propose")
    about = _about(request)
    offices = local_rules.offices_of(request.standing)
    if not offices:
        raise Http404
    form = LocalRuleForm(loading.sent(request), offices=offices, about=about)
    answer, status = settle(form, lambda: _propose(request, form), renamed={"duration": "count"})
    crumbs = (*_crumbs(), Link(gettext("Set a local rule")))
    shown = {"form": form, "title": about.name(language()), "crumbs": crumbs}
    return answer or render(request, "supervision/local_rule_new.html", shown, status=status)


@login_required
@require_http_methods(FORM)
def rule(request: PresentRequest, pk: UUID) -> HttpResponse:
    """One rule with its document and its history; the other side agrees or declines here."""
    loading.require(request, "rulebook.read")
    row = page.loaded().filter(pk=pk).first()
    if row is None:
        raise NotVisible(f"local rule {pk}")
    is_open = getattr(row, "decision", None) is None
    form = DecisionForm(loading.sent(request))
    answer, status = settle(form, lambda: _decide(request, row, form))
    if answer is not None:
        return answer
    shown = page.rule(row, now=request.now)
    what = {
        "shown": shown,
        "form": form,
        "may_decide": is_open and not _against(request, row),
        "against": _against(request, row) if is_open else (),
        "crumbs": (*_crumbs(), Link(shown.title)),
    }
    return render(request, "supervision/local_rule.html", what, status=status)


def _propose(request: PresentRequest, form: LocalRuleForm) -> HttpResponse:
    row = local_rules.propose(request.user, form.office, form.proposal(), at=request.now)
    messages.success(request, gettext("Proposed: the other side of the Office was asked to agree."))
    return SeeOther(reverse("local-rule", args=[row.pk]))


def _decide(request: PresentRequest, row: LocalRule, form: DecisionForm) -> HttpResponse:
    said = form.cleaned_data
    local_rules.decide(request.user, row, outcome=said["outcome"], comment=said["comment"], at=request.now)
    messages.success(request, gettext("Your decision is on record."))
    return SeeOther(reverse("local-rule", args=[row.pk]))


def _against(request: PresentRequest, row: LocalRule) -> tuple[object, ...]:
    """What stands against deciding at all: only members of the Office decide."""
    reasons = local_rules.against_agreeing(row, request.standing, request.now)
    return tuple(reason for reason in reasons if reason.code == "role")


def _crumbs() -> tuple[Link, ...]:
    return Link(gettext("Rulebook"), reverse("rulebook")), Link(
        gettext("Local rules"), reverse("local-rules")
    )


def _about(request: PresentRequest) -> Limit | local.LocalList:
    """The limit or list of the address; 404 for one that is not there."""
    limit = rulebook().limits.get(request.GET.get("limit", ""))
    if limit is not None:
        return limit
    known = local.local_lists().get(request.GET.get("list", ""))
    if known is None:
        raise Http404
    return known
