"""Papers: the sheet with its marks, the PDF, and the check of a printed code. Opening one is recorded."""

from __future__ import annotations

from uuid import UUID

import structlog
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.models import Document
from cases.pages import paper as paper_page
from cases.papers import documents
from cases.views import loading
from coordination import audit
from coordination.middleware import PresentRequest

log = structlog.get_logger(__name__)


@login_required
@require_safe
def document(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The paper as it was printed, its marks, and the receipt where it is due."""
    row = loading.document(request, pk)
    _opened(request, row, "document.opened")
    row.refresh_from_db(fields=["opened_at"])
    shown = paper_page.shown(row, user=request.user, who=request.standing, now=request.now)
    return render(request, "cases/document.html", {"shown": shown})


@login_required
@require_safe
def file(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The stored PDF, exactly as it was issued."""
    row = loading.document(request, pk)
    try:
        content = documents.read(row)
    except (documents.Damaged, OSError):
        log.exception("document.unreadable", document=str(row.pk))
        return render(request, "cases/document_damaged.html", {"document": row}, status=503)
    _opened(request, row, "document.read")
    answer = HttpResponse(content, content_type="application/pdf")
    kind = "attachment" if request.GET.get("save") else "inline"
    answer["Content-Disposition"] = f'{kind}; filename="{row.kind}-{row.file_sha256[:8]}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def check(request: PresentRequest, digest: str) -> HttpResponse:
    """What a code printed on a paper confirms: number, issuer and date, nothing else."""
    found = paper_page.checked(digest.lower())
    page = {"found": found, "digest": digest}
    return render(request, "cases/check.html", page, status=200 if found else 404)


def _opened(request: PresentRequest, row: Document, action: str) -> None:
    """Mark the first opening by the addressee, and record who of which organ opened the paper."""
    if paper_page.is_addressee(row, request.standing):
        documents.mark_opened(row, request.user, at=request.now)
    organ = next((held.at.organ for held in request.standing.held), None)
    audit.record(
        request.user, action, at=request.now, organisation=organ,
        subject=audit.Subject("document", row.pk, row.case_id, row.jurisdiction), kind=row.kind, number=row.number,
    )  # fmt: skip
