"""The calculator over all limits: what one event starts, and when each of it would end; worded for the templates.

The same clock as everywhere; nothing is recorded. What depends on stages, readings or a stated day is left to the
page of the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from coordination import local_rules
from coordination.law import clock
from coordination.law.calendar import national
from coordination.law.catalogue import catalogue
from coordination.law.clock import Due, Happened, Impossible
from coordination.law.limit import Limit
from coordination.law.rulebook import rulebook
from coordination.reader import language
from supervision.pages.rule_lines import Place, RuleLine
from supervision.pages.rulebook import party

NO_RULE = "none"
"""The answer of a reader who wants no local rule applied."""
USUAL = "arrest_request_received"
"""The event that the calculator begins with."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A limit that the event starts: when it ends, or why the clock cannot say (`reason`); `url` asks further.

    `local` is the local rule by which it was counted, where there is one.
    """

    limit: Limit
    due: Due | None
    reason: object | None
    owed_by: str
    owed_to: str
    url: str
    local: tuple[RuleLine, ...] = ()


def events() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every event that starts a limit in force, by the area of the first one it starts, for a list to choose from."""
    lang, book = language(), rulebook()
    areas: dict[str, dict[str, str]] = {}
    for limit in book.limits.values():
        for name in limit.trigger if limit.enabled else ():
            if not any(name in known for known in areas.values()):
                areas.setdefault(limit.area, {})[name] = book.event(name).name(lang)
    titles = {code: area.name(lang) for code, area in catalogue().areas.items()}
    ordered = sorted(areas, key=lambda code: list(titles).index(code) if code in titles else -1)
    return [(titles.get(code, ""), list(areas[code].items())) for code in ordered]


def started_by(
    event: str, at: datetime, *, in_custody: bool, place: Place | None = None
) -> tuple[Answer, ...]:
    """What `event` starts at `at`: first what has an end, the nearest first; then what the clock cannot say.

    Counted by the local rules of `place`, where one is given.
    """
    answers = [
        _answer(limit, event, at, in_custody, place)
        for limit in rulebook().limits.values()
        if limit.enabled and event in limit.trigger
    ]
    known = sorted((one for one in answers if one.due), key=lambda one: (one.due and one.due.at) or at)
    return (*known, *(one for one in answers if one.due is None))


def _answer(limit: Limit, event: str, at: datetime, in_custody: bool, place: Place | None) -> Answer:
    rule = place.rules.get(limit.id) if place else None
    due: Due | None = None
    reason: object | None = None
    try:
        due = clock.derive(
            limit,
            [Happened(event, at)],
            in_custody=in_custody or limit.custodial == "yes",
            calendar=national(),
            local=local_rules.as_law(rule.rule) if rule else None,
        )
    except Impossible as fault:
        reason = fault.reason
    asked = {"at": f"{at:%Y-%m-%dT%H:%M}", "event": event, **({"in_custody": "on"} if in_custody else {})}
    asked["local_rule"] = place.code if place else NO_RULE
    return Answer(
        limit=limit,
        due=due,
        reason=reason,
        owed_by=party(limit.responsible),
        owed_to=party(limit.counterparty),
        url=f"{reverse('limit', args=[limit.id])}?{urlencode(asked)}#calculator",
        local=(rule,) if rule else (),
    )
