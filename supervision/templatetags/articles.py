"""Articles as ways into the rulebook. How a citation is read out is the business of `ui.cited`."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext

from coordination.law import citing
from coordination.reader import language

register = template.Library()


@register.filter
def linked(source: object) -> str:
    """Show a citation as people read it, each part a link to the limits that rest on the article."""
    parts = [part.strip() for part in str(source or "").split(";") if part.strip()]
    return format_html_join(
        gettext("; "),
        '<a class="cited" href="{}" title="{}">{}</a>',
        (
            (f"{reverse('rulebook')}?{urlencode({'q': part})}", one.full, one.short)
            for part in parts
            for one in citing.cited(part, language())
        ),
    )
