"""Possible findings as they are shown: what was seen, in which field, under which article. Never called a breach.

Which of them wait for a person is asked of `supervision.suggestions`; here they only become readable.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from cases.models import Case
from cases.panels import Panel
from coordination import keyset, policy
from coordination.components import Link
from coordination.keyset import Key
from coordination.law import suggesting
from coordination.law.catalogue import catalogue
from coordination.law.citation import Source
from coordination.law.kinds import FieldSpec
from coordination.law.zone import ZONE
from coordination.models import User
from coordination.reader import language, series
from coordination.standing import Standing
from supervision import suggestions
from supervision.models import Suggestion

PAGE = 50
BY = "-suggested_at"
WITH = ("case__procuratorate", "suspect", "activity", "deadline", "step__proceeding", "matter", "decided_by")


@dataclass(frozen=True, slots=True)
class SuggestionShown:
    """One possible finding: its title and articles, the fields with what they say, and where it is seen."""

    row: Suggestion
    code: str
    title: str
    level: str
    sources: tuple[Source, ...]
    seen: tuple[tuple[str, str], ...]
    where: Link
    url: str
    lead_url: str


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page of the list, the newest first."""

    rows: tuple[SuggestionShown, ...]
    next_url: str
    first_url: str


def page(user: User, who: Standing, *, now: datetime, after: Key | None) -> PageShown:
    """Return one page of what waits for the person's decision."""
    rows = suggestions.undecided(user, who, now=now).select_related(*WITH)
    found = list(keyset.after(rows, after, by=BY)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    here = reverse("possible")
    return PageShown(
        rows=tuple(shown(row) for row in found[:PAGE]),
        next_url=f"{here}?after={Key(last.suggested_at, last.pk)}" if last else "",
        first_url=here if after else "",
    )


def panel(user: User, who: Standing, case: Case, now: datetime) -> Panel | None:
    """Return what stands beside a case: its possible findings, for whoever decides on them."""
    if not policy.may(who, "finding.decide"):
        return None
    rows = suggestions.undecided(user, who, now=now).filter(case=case).select_related(*WITH)
    lines = tuple(_line(one) for one in map(shown, rows.order_by("-suggested_at", "-pk")[:PAGE]))
    if not lines:
        return None
    return Panel(gettext("Possible findings"), gettext("Seen by the product; nothing is established."), lines)


def shown(row: Suggestion) -> SuggestionShown:
    """Describe one possible finding."""
    kind, lang = catalogue().finding(row.code), language()
    asked = {"activity": str(row.activity_id)} if row.activity_id else {"case": str(row.case_id)}
    return SuggestionShown(
        row=row,
        code=row.code,
        title=kind.name(lang),
        level=catalogue().finding_words["levels"][kind.level].name(lang),
        sources=kind.sources,
        seen=_seen(row, lang),
        where=_where(row, lang),
        url=reverse("possible-one", args=[row.pk]),
        lead_url=f"{reverse('lead-new')}?{urlencode({**asked, 'suggestion': str(row.pk)})}",
    )


def pin(row: Suggestion) -> str:
    """Where it is seen, as a lead will say it: what and when, and what the fields say."""
    one = shown(row)
    return "；".join((one.where.label, *(f"{label}：{words}" for label, words in one.seen)))


def _line(one: SuggestionShown) -> Link:
    return Link(f"{one.code} {one.title}", one.url)


def _where(row: Suggestion, lang: str) -> Link:
    if row.activity is not None:
        title = catalogue().activity(row.activity.kind).name(lang)
        return Link(
            f"{title} {_instant(row.activity.started_at)}", reverse("activity", args=[row.activity.pk])
        )
    if row.deadline is not None:
        return Link(row.deadline.rule.name(lang), reverse("deadline-why", args=[row.deadline.pk]))
    step = row.step
    if step is None:
        return Link(row.case.number, reverse("case", args=[row.case_id]))
    title = f"{step.proceeding.declared.name(lang)} · {step.declared.name(lang)}"
    return Link(f"{title} {_instant(step.occurred_at)}", reverse("proceeding", args=[step.proceeding_id]))


def _seen(row: Suggestion, lang: str) -> tuple[tuple[str, str], ...]:
    if row.activity is not None:
        kind = catalogue().activity(row.activity.kind)
        specs = {spec.name: spec for spec in (*catalogue().common_fields, *kind.fields)}
        return tuple(
            (_label(name, specs, lang), _said(specs.get(name), value, lang)) for name, value in row.seen
        )
    if row.deadline is not None:
        return _seen_of_clock(row)
    return tuple(
        (catalogue().activity(gone.entry).name(lang), gettext("not on the log in time"))
        for code, gone in suggesting.missing() if code == row.code
    )  # fmt: skip


def _seen_of_clock(row: Suggestion) -> tuple[tuple[str, str], ...]:
    clock = row.deadline
    if clock is None:
        return ()
    end = f"{clock.due_on:%Y-%m-%d} 24:00" if clock.due_on else _instant(clock.due_at)
    bounds = [end, _instant(clock.outer_at)] if clock.outer_at else [end]
    done = _instant(clock.stopped_at) if clock.stopped_at else gettext("not on record")
    return (gettext("Ended"), series(bounds)), (gettext("Done"), done)


def _label(name: str, specs: dict[str, FieldSpec], lang: str) -> str:
    around = {
        "case.is_major": gettext("Life or death possible, or another major crime"),
        "suspect.is_minor": gettext("Suspect under eighteen"),
        "suspect.gender": gettext("Gender"),
    }
    return around.get(name) or specs[name].label(lang)


def _said(spec: FieldSpec | None, value: object, lang: str) -> str:
    """What the field says; empty is said in words."""
    if value is None or value in ("", []):
        return gettext("empty")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    values: Iterable[object] = value if isinstance(value, list) else (value,)
    return series(spec.option(str(one), lang) if spec else str(one) for one in values)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"
