"""A draft: to be approved, returned with a comment, or taken by the one for whom it was laid ready."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from cases import confirming, steps, turning
from cases.models import Draft
from cases.pages import draft as draft_page
from cases.queries import reading
from cases.views import loading
from cases.views.loading import SeeOther
from coordination.errors import Conflict, NotVisible, Refused
from coordination.law.history import Reason
from coordination.middleware import PresentRequest
from coordination.reader import language, sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The draft with the paper it leads to; sent, it is approved or returned."""
    row = _mine(request, pk)
    if request.method == "POST":
        return _settle(request, row)
    if code := request.GET.get("pdf", ""):
        answer = HttpResponse(draft_page.pdf(row, code, now=request.now), content_type="application/pdf")
        answer["Content-Disposition"] = 'inline; filename="draft.pdf"'
        return answer
    if row.outcome == Draft.Outcome.OPEN and row.awaiting == Draft.Awaiting.TAKER:
        return redirect(reading.step_url(row.proceeding, row.proceeding.declared.step(row.step)))
    return _page(request, row)


def _mine(request: PresentRequest, pk: UUID) -> Draft:
    """A draft belongs to the organ that decides on it and to its author's; the other side does not see it."""
    row = loading.draft(request, pk)
    if row.organisation_id in request.standing.organs or row.prepared_by_id == request.user.pk:
        return row
    raise NotVisible(f"draft {pk}")


def _settle(request: PresentRequest, row: Draft) -> HttpResponse:
    """Approve or return; the same decision sent twice is taken once."""
    comment = request.POST.get("comment", "")[:2000]
    wants_back = request.POST.get("decision") == "return"
    wanted = Draft.Outcome.RETURNED if wants_back else Draft.Outcome.TAKEN
    if row.outcome == wanted and row.settled_by_id == request.user.pk:
        messages.info(request, gettext("This was already recorded."))
        return SeeOther(reverse("proceeding", args=[row.proceeding_id]))
    if request.POST.get("decision") not in {"approve", "return"}:
        unsaid = Reason("decision", "say whether it is approved or returned", "请选择批准或者退回")
        return _page(request, row, (unsaid,), comment=comment, status=422)
    try:
        said = _return(request, row, comment) if wants_back else _approve(request, row)
    except Refused as refused:
        return _page(
            request, row, refused.reasons, comment=comment, status=loading.status_of(refused.reasons)
        )
    except Conflict as conflict:
        page = {
            "seen": conflict.seen,
            "found": conflict.found,
            "url": reverse("draft", args=[row.pk]),
            "kept": (),
        }
        return render(request, "409.html", page, status=409)
    messages.success(request, said)
    return SeeOther(reverse("proceeding", args=[row.proceeding_id]))


def _approve(request: PresentRequest, row: Draft) -> str:
    with transaction.atomic():
        before = turning.of_proceeding(row.proceeding)
        taken = steps.approve(request.user, row, at=request.now)
        turned = turning.since(before)
    title = taken.declared.name(language())
    clocks = confirming.clocks(turned, clearance=request.standing.clearance)
    return f"{gettext('Approved: %(step)s.') % {'step': title}} {clocks}".strip()


def _return(request: PresentRequest, row: Draft, comment: str) -> str:
    steps.give_back(request.user, row, comment=comment, at=request.now)
    return gettext("Returned to its author with your comment.")


def _page(
    request: PresentRequest,
    row: Draft,
    reasons: tuple[Reason, ...] = (),
    *,
    comment: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = draft_page.shown(row, user=request.user, now=request.now)
    at_comment = [sentence(reason) for reason in reasons if reason.code == "field:comment"]
    page = {
        "shown": shown, "comment": comment, "comment_errors": at_comment,
        "refused": [reason for reason in reasons if reason.code != "field:comment"],
    }  # fmt: skip
    return render(request, "cases/draft.html", page, status=status)
