"""Filters and tags of the look: instants as people write them, names in the reader's language, states.

Nothing in here asks for the time: `now` is handed in by the view. Addresses with changed parameters are made
by Django's own `querystring` tag.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Protocol

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from coordination import reader
from coordination.law import citing
from coordination.law.zone import ZONE
from coordination.reader import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template import Context
    from django.utils.safestring import SafeString

register = template.Library()

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?)")

DEADLINE_WORDS = {
    "running": (_("running"), "ring"),
    "due_soon": (_("due soon"), "clock"),
    "overdue": (_("overdue"), "alert"),
    "met": (_("met"), "tick"),
    "late": (_("met late"), "late"),
    "suspended": (_("suspended"), "pause"),
    "provisional": (_("provisional"), "about"),
    "stopped": (_("no longer owed"), "stopped"),
}
"""Each state of a deadline as (word, icon); its class in the style sheet is `due-` and the key."""

ORGAN_WORDS = {
    "procuratorate": _("procuratorate"),
    "superior_procuratorate": _("superior procuratorate"),
    "police": _("police"),
    "superior_police": _("superior police"),
    "office": _("the Office"),
    "detention_house": _("detention house"),
    "system": _("system"),
}


class Ending(Protocol):
    """What has an end: the instant, and the last day where the period ends at 24:00 of a day."""

    @property
    def at(self) -> datetime:
        """The aware instant at which the period ends."""

    @property
    def on(self) -> date | None:
        """The last day, None for a period of hours."""


# ---- instants and spans of time ----


def weekday(day: date) -> str:
    """Return the short name of the day of the week in the active language."""
    return (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )[day.weekday()]


def instant_text(at: datetime) -> str:
    """Return "2026-11-23 Mon 09:30" on the clock of Shanghai; raise ValueError for a naive instant."""
    if at.tzinfo is None:
        message = "an instant to be shown needs its offset"
        raise ValueError(message)
    local = at.astimezone(ZONE)
    return f"{local:%Y-%m-%d} {weekday(local)} {local:%H:%M}"


def span_text(span: timedelta) -> str:
    """Return a length of time in the two units that matter: days and hours, hours and minutes, or minutes.

    From ten days on only days. Less than a minute reads as one minute: it is not over yet.
    """
    minutes = max(int(span.total_seconds() // 60), 1)
    days, hours = divmod(minutes // 60, 24)
    if days >= 10 or (days and not hours):
        return gettext("%(days)d d") % {"days": days}
    if days:
        return gettext("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours and minutes % 60:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes % 60}
    if hours:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(minutes)d min") % {"minutes": minutes}


@register.filter
def instant(at: datetime | None) -> str:
    """Show an aware instant as a `time` element: 2026-11-23 周一 09:30; nothing for None."""
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), instant_text(at))


@register.filter
def day(on: date | datetime | None) -> str:
    """Show a day as a `time` element: 2026-11-23 周一. An instant is shown as its day in Shanghai."""
    if on is None:
        return ""
    local = on.astimezone(ZONE).date() if isinstance(on, datetime) else on
    return format_html(
        '<time datetime="{}">{} {}</time>', local.isoformat(), local.isoformat(), weekday(local)
    )


@register.filter
def ends(ending: Ending) -> str:
    """Show when a period ends: its last day with 24:00, or the instant for periods of hours."""
    if ending.on is None:
        return instant(ending.at)
    text = f"{ending.on.isoformat()} {weekday(ending.on)} 24:00"
    stamp = ending.at.astimezone(ZONE).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', stamp, text)


@register.filter
def until(at: datetime | None) -> str:
    """Show the instant at which something ends: midnight is written as 24:00 of the day before."""
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    if (local.hour, local.minute) != (0, 0):
        return instant(at)
    last = local.date() - timedelta(days=1)
    text = f"{last.isoformat()} {weekday(last)} 24:00"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text)


@register.filter
def remaining(at: datetime, now: datetime) -> str:
    """Say how far `at` is from `now`: "in 3 d 4 h", "overdue since 2 d"."""
    if at > now:
        return gettext("in %(span)s") % {"span": span_text(at - now)}
    return gettext("overdue since %(span)s") % {"span": span_text(now - at)}


@register.filter
def ago(at: datetime, now: datetime) -> str:
    """Say how long ago `at` was: "3 d 4 h ago"."""
    return gettext("%(span)s ago") % {"span": span_text(now - at)}


# ---- words ----


@register.filter
def named(thing: object) -> str:
    """Return the words of a law object in the active language: `.name(lang)`, `.text(lang)`, `.zh`, `.en`."""
    lang = language()
    for attribute in ("name", "text"):
        words = getattr(thing, attribute, None)
        if callable(words):
            return str(words(lang))
    if hasattr(thing, "zh") and hasattr(thing, "en"):
        return str(thing.zh if lang.startswith("zh") else thing.en)
    return str(thing)


@register.filter
def whole(text: str) -> SafeString:
    """Keep each date of a sentence on one line: "2026-11-27", "2026-11-27 17:20"."""
    parts = _DATE.split(text)
    kept = (format_html('<span class="number">{}</span>', part) for part in parts[1::2])
    woven = (piece for pair in zip_longest(parts[::2], kept, fillvalue="") for piece in pair)
    return format_html_join("", "{}", ((piece,) for piece in woven))


@register.filter
def cited(source: object) -> str:
    """Show a citation as people read it, the full name of the law behind it; nothing for an empty one."""
    return format_html_join(
        gettext("; "),
        '<abbr class="cited" title="{}">{}</abbr>',
        ((one.full, one.short) for one in citing.cited(str(source or ""), language())),
    )


@register.filter
def masked(number: str) -> str:
    """Hide the middle of an identity number: the first three and the last two characters stay."""
    if len(number) < 8:
        return "•" * len(number)
    return f"{number[:3]}{'•' * (len(number) - 5)}{number[-2:]}"


@register.filter
def listed(words: Iterable[str]) -> str:
    """Show words one after the other, as the reader's language divides them."""
    return reader.listed(words)


# ---- drawn things ----


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it is decoration, the word beside it says the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("coordination/img/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Return the theme that the person chose ("light", "dark"), or nothing where the system decides."""
    request = context.get("request")
    chosen = request.COOKIES.get("jianjing_theme", "") if request else ""
    return chosen if chosen in {"light", "dark"} else ""


@register.inclusion_tag("components/_deadline_badge.html")
def deadline_badge(state: str) -> dict[str, object]:
    """Show the state of a deadline: word, shape and colour."""
    word, icon_name = DEADLINE_WORDS[state]
    return {"state": state, "word": word, "icon": icon_name}


@register.inclusion_tag("components/_when.html")
def when(deadline: Ending, now: datetime) -> dict[str, object]:
    """Show how long is left, or that it is over, with the exact instant under it."""
    return {"deadline": deadline, "state": getattr(deadline, "state", "running"), "now": now}


@register.inclusion_tag("components/_state_tag.html")
def state_tag(state: object) -> dict[str, object]:
    """Show the state of a proceeding; `state` has a kind (start, normal, end) and names in both languages."""
    return {"kind": getattr(state, "kind", "normal"), "word": named(state)}


@register.inclusion_tag("components/_organ_label.html")
def organ_label(kind: str, name: str = "") -> dict[str, object]:
    """Show an organ: a thin bar in its colour and its name, or the word for its kind."""
    return {"kind": kind, "word": name or ORGAN_WORDS.get(kind, kind)}


@register.inclusion_tag("components/_field.html")
def field(bound: BoundField, rule: str = "", by_law: bool = False) -> dict[str, Any]:
    """Show a form field with its label, help, rule and errors.

    `rule` and `by_law` may also stand on the form field itself, as attributes of those names.
    """
    widget = bound.field.widget
    return {
        "bound": bound,
        "is_check": isinstance(widget, CheckboxInput),
        "is_group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "rule": rule or getattr(bound.field, "rule", ""),
        "by_law": by_law or getattr(bound.field, "by_law", False),
        "is_needed": bound.field.required or getattr(bound.field, "is_needed", False),
    }
