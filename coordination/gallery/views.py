"""The page of the gallery, in a demonstration or in debug mode only. It asks nothing of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coordination.gallery import samples
from coordination.gallery.words import both
from coordination.reader import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show all components; `?organ=police` shows the shell of another organ.

    Raises Http404 outside of a demonstration.
    """
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    lang = language()
    done = both(lang, "Step recorded. The seven-day clock has started.", "步骤已记录。七日期限开始计算。")
    messages.success(request, done)
    context = samples.samples(lang, request.GET.get("organ", "procuratorate"))
    return render(request, "coordination/gallery.html", context)
