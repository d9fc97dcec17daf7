"""Writing a correction notice: the form, the sheet beside it, the draft as a PDF."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from cases import steps
from cases.models import Proceeding
from cases.views import loading
from cases.views.settling import settle
from coordination.errors import NotVisible
from coordination.middleware import PresentRequest
from supervision import opinions
from supervision.forms import NoticeForm
from supervision.pages import notice as notice_page
from supervision.pages.notice import DRAFTING, SUBMITTED


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The form while the notice is drafted; the sheet to read while it waits for its decision; else its proceeding."""
    row = _notice(request, pk)
    if row.state == SUBMITTED and request.method != "POST":
        return _reading(request, row)
    if row.state != DRAFTING:
        return redirect("proceeding", row.pk)
    opinions.require_drafter(request.user, row, at=request.now)
    form = _form(request, row)
    answer, status = settle(form, lambda: _submit(request, row, form))
    return answer or _writing(request, row, form, status=status)


@login_required
@require_POST
def sheet(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The sheet as it would be printed now, while one writes."""
    row = _drafting(request, pk)
    form = _form(request, row)
    form.is_valid()
    return render(request, "components/_letter.html", {"letter": _letter(request, row, form)})


@login_required
@require_POST
def pdf(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The draft as a PDF."""
    row = _drafting(request, pk)
    form = _form(request, row)
    form.is_valid()
    answer = HttpResponse(
        notice_page.pdf(row, form.notice(), now=request.now), content_type="application/pdf"
    )
    answer["Content-Disposition"] = 'inline; filename="draft.pdf"'
    return answer


def _submit(request: PresentRequest, row: Proceeding, form: NoticeForm) -> HttpResponse:
    opinions.draft(request.user, row, form.notice(), at=request.now)
    messages.success(request, gettext("Submitted. The chief procurator decides."))
    return loading.SeeOther(reverse("proceeding", args=[row.pk]))


def _writing(request: PresentRequest, row: Proceeding, form: NoticeForm, *, status: int) -> HttpResponse:
    page = {"letter": _letter(request, row, form), "form": form}
    return _page(request, row, page, status=status)


def _reading(request: PresentRequest, row: Proceeding) -> HttpResponse:
    letter = notice_page.letter(row, notice_page.submitted(row), now=request.now)
    able = [choice for choice in steps.choices(request.user, row, at=request.now) if choice.possible]
    return _page(request, row, {"letter": letter, "form": None, "able": able}, status=200)


def _page(request: PresentRequest, row: Proceeding, page: dict[str, object], *, status: int) -> HttpResponse:
    shared = {"notice": row, "comments": notice_page.comments(row), "crumbs": notice_page.crumbs(row)}
    return render(request, "supervision/notice.html", {**shared, **page}, status=status)


def _letter(request: PresentRequest, row: Proceeding, form: NoticeForm) -> object:
    """The sheet of what is in the form: what was sent, or what it begins with."""
    notice = form.notice() if form.is_bound else notice_page.submitted(row)
    parts = notice_page.missing(row, notice, request.user, now=request.now)
    return notice_page.letter(row, notice, now=request.now, missing_parts=parts)


def _form(request: PresentRequest, row: Proceeding) -> NoticeForm:
    return NoticeForm(
        loading.sent(request), initial=notice_page.initial(row), findings=notice_page.findings(row)
    )


def _drafting(request: PresentRequest, pk: UUID) -> Proceeding:
    row = _notice(request, pk)
    opinions.require_drafter(request.user, row, at=request.now)
    if row.state != DRAFTING:
        raise Http404
    return row


def _notice(request: PresentRequest, pk: UUID) -> Proceeding:
    """The proceeding, if it is a correction notice that the person may see."""
    row = loading.proceeding(request, pk)
    if row.process != opinions.NOTICE:
        raise NotVisible(f"notice {pk}")
    return row
