"""Local rules as one line: whose, by which document, since when, how long. For every page that shows a limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from coordination import local_rules
from coordination.law import local
from coordination.law.periods import period
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.models import LocalRule, Organisation
from coordination.reader import language
from coordination.standing import Standing


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A local rule in one line; `length` in words, `items` where it is a list."""

    rule: LocalRule
    office: str
    document: str
    since: date
    length: str
    items: tuple[str, ...]
    url: str


Rules = Mapping[str, tuple[RuleLine, ...]]
NO_RULES: Rules = MappingProxyType({})


def line(row: LocalRule) -> RuleLine:
    """Return a rule as a line."""
    return RuleLine(
        rule=row,
        office=row.office.name(language()),
        document=f"{row.document_title} {row.document_number}",
        since=row.takes_effect_on,
        length=length(row.duration),
        items=tuple(row.items),
        url=reverse("local-rule", args=[row.pk]),
    )


def of_reader(who: Standing, *, now: datetime) -> Rules:
    """Return the rules in force at the places where the reader works, by limit or list."""
    names = [limit.id for limit in rulebook().limits.values() if local.is_open(limit)]
    today = now.astimezone(ZONE).date()
    found: dict[str, tuple[RuleLine, ...]] = {}
    for place in sorted(who.jurisdictions):
        for subject, known in (
            (LocalRule.Subject.LIMIT, names),
            (LocalRule.Subject.LIST, list(local.local_lists())),
        ):
            rules = local_rules.in_force(known, place, on=today, known_at=now, subject=subject)
            for name, row in rules.items():
                lines = found.get(name, ())
                if row.pk not in {one.rule.pk for one in lines}:
                    found[name] = (*lines, line(row))
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A place where the reader works: its division code, its Office, and the rules for limits in force on a day."""

    code: str
    name: str
    rules: Mapping[str, RuleLine]


def places(who: Standing, *, on: date, now: datetime) -> tuple[Place, ...]:
    """Return the places where the reader works; without an Office of its own a place is called after the organ."""
    names = {held.at.organ.jurisdiction: held.at.organ.name(language()) for held in who.held}
    offices = Organisation.objects.filter(kind=Organisation.Kind.OFFICE, jurisdiction__in=who.jurisdictions)
    names |= {office.jurisdiction: office.name(language()) for office in offices.order_by("code")}
    limits = [limit.id for limit in rulebook().limits.values() if local.is_open(limit)]
    found = []
    for code in sorted(names):
        rules = local_rules.in_force(limits, code, on=on, known_at=now)
        found.append(Place(code, names[code], {name: line(row) for name, row in rules.items()}))
    return tuple(found)


def length(iso: str | None) -> str:
    """A length in words: "1 month and 15 days"; "at once" for none at all, "the same day" for no days."""
    if not iso:
        return ""
    whole = period(iso)
    if whole.exact and not whole.hours:
        return gettext("at once")
    parts = [
        ngettext("%(count)d month", "%(count)d months", whole.months) % {"count": whole.months},
        ngettext("%(count)d day", "%(count)d days", whole.days) % {"count": whole.days},
        ngettext("%(count)d hour", "%(count)d hours", whole.hours) % {"count": whole.hours},
    ]
    said = [words for words, count in zip(parts, whole[:3], strict=True) if count]
    return gettext(" and ").join(said) if said else gettext("the same day")
