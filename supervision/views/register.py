"""The registers on screen and as CSV."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cases.views import loading
from coordination import audit, keyset
from coordination.components import Link
from coordination.middleware import PresentRequest
from coordination.reader import language
from supervision.forms import RegisterForm
from supervision.pages import register as register_page
from supervision.registers import reading as registers_reading


@login_required
@require_safe
def index(request: PresentRequest) -> HttpResponse:
    """All registers that run here, with how many lines of each the person sees."""
    loading.require(request, "register.read")
    shown = register_page.index(request.user, request.standing, now=request.now)
    return render(request, "supervision/registers.html", {"registers": shown})


@login_required
@require_safe
def register(request: PresentRequest, code: str) -> HttpResponse:
    """One register, page by page."""
    loading.require(request, "register.read")
    chosen, wanted = registers_reading.register(code), RegisterForm(request.GET).wanted()
    after = keyset.parse(request.GET.get("after", ""))
    page = registers_reading.page(
        chosen, request.user, request.standing, wanted=wanted, now=request.now, after=after, size=registers_reading.PAGE
    )  # fmt: skip
    found = registers_reading.rows(
        chosen, request.user, request.standing, wanted=wanted, now=request.now
    ).count()
    shown = register_page.register(chosen, page, wanted=wanted, found=found, is_first=after is None)
    crumbs = (Link(gettext("Registers"), reverse("registers")), Link(chosen.kind.name(language())))
    context = {"shown": shown, "crumbs": crumbs, "now": request.now}
    return render(request, "supervision/register.html", context)


@login_required
@require_safe
def export(request: PresentRequest, code: str) -> StreamingHttpResponse:
    """The whole register under its filter as CSV, with who took it and when; the audit keeps the same."""
    loading.require(request, "register.read")
    chosen, wanted = registers_reading.register(code), RegisterForm(request.GET).wanted()
    audit.record(
        request.user,
        "register.exported",
        at=request.now,
        subject=audit.Subject("register", None),
        register=code,
    )
    lines = registers_reading.exported(
        chosen, request.user, request.standing, wanted=wanted, now=request.now, lang=language()
    )
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}-{request.now:%Y%m%d}.csv"'
    return answer
