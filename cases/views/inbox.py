"""The inbox: what a person was told, what came in and waits for a receipt; and marking it as read."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases.pages import inbox as inbox_page
from cases.views.loading import SeeOther
from coordination import inbox as messages
from coordination.middleware import PresentRequest
from coordination.models import Message

MOST = 500


@login_required
@require_safe
def inbox(request: PresentRequest) -> HttpResponse:
    """Messages by key, unread first, and the papers to be receipted."""
    place = request.GET.get("from", "")
    shown = inbox_page.shown(request.user, request.standing, now=request.now, place=place)
    return render(request, "cases/inbox.html", {"shown": shown})


@login_required
@require_POST
def read(request: PresentRequest) -> HttpResponse:
    """Mark own messages as read, the chosen ones or all; go on to what one of them is about where it was opened."""
    if request.POST.get("all"):
        unread = Message.objects.filter(recipient=request.user, read_at__isnull=True)
        messages.read(request.user, unread.values_list("pk", flat=True), at=request.now)
        return SeeOther(reverse("inbox"))
    chosen = _keys(request.POST.getlist("message"))
    messages.read(request.user, chosen, at=request.now)
    if request.POST.get("open") and len(chosen) == 1:
        row = Message.objects.filter(recipient=request.user, pk=chosen[0]).first()
        if row is not None and row.link.startswith("/") and not row.link.startswith("//"):
            return SeeOther(row.link)
    return SeeOther(reverse("inbox"))


def _keys(raw: list[str]) -> list[UUID]:
    """The ids that were sent; what is no id is left out."""
    found = []
    for text in raw[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
