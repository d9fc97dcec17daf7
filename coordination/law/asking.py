"""Questions to the clock as JSON, and its answers: for other programs, and for checking the clock from outside.

Reads, checks and answers; the counting is in `clock.py`, the command that carries the text in and out is
`manage.py timelimit`. The vocabulary of a question is in `QUESTION`, `EVENT` and `EXTENSION`.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from coordination.law.calendar import Calendar, national
from coordination.law.clock import Due, Granted, Happened, Impossible, Stated, anchor, derive
from coordination.law.limit import Limit
from coordination.law.local import LocalRule, is_open
from coordination.law.periods import beginning_of
from coordination.law.rulebook import UnknownEvent, UnknownLimit, rulebook

QUESTION = frozenset(
    (
        "limit_id",
        "events",
        "custody",
        "extensions",
        "reading",
        "after",
        "occurrence",
        "stated",
        "jurisdiction",
    )
)
EVENT = frozenset(("event", "at"))
EXTENSION = frozenset(("stage", "value"))

_PLACE = re.compile(r"\d{6}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII | re.IGNORECASE
)
_LONGEST_SHOWN = 60
LookUp = Callable[[str, str, date], LocalRule | None]
"""Finds the local rule for a limit at a place on a day; raises Unclear where the place is not known."""


class Unclear(Exception):
    """A question cannot be read; the message says which part and why."""


def answer_text(
    text: str | bytes, *, lang: str = "en", calendar: Calendar | None = None, look_up: LookUp | None = None
) -> tuple[object, bool]:
    """Answer one question, or an array of them, written as JSON.

    Returns what to write as JSON, in the shape and order of the questions, and whether all were answered; a
    question that was not has {"error": why} in its place.
    """
    try:
        asked = json.loads(text)
    except (ValueError, RecursionError) as fault:
        return {"error": f"not JSON: {fault}"}, False
    calendar = calendar or national()
    if isinstance(asked, list):
        answers = [answer(question, lang=lang, calendar=calendar, look_up=look_up) for question in asked]
        return answers, not any("error" in each for each in answers)
    found = answer(asked, lang=lang, calendar=calendar, look_up=look_up)
    return found, "error" not in found


def answer(
    question: object, *, lang: str = "en", calendar: Calendar, look_up: LookUp | None = None
) -> dict[str, Any]:
    """Answer one question read from JSON: {"due": …} or {"error": why}; never raises for what it is asked.

    `at` of an event is an instant with its offset, or a day for limits that are counted in days. `after` is an
    event, a day or an instant; `occurrence` counts from 1 among the starting events; the latest is the default.
    `stated` is the day, instant or period that a document states. With a `jurisdiction` the local rule of that place
    applies which is in force on the day of the anchor, and the answer names it.
    """
    try:
        asked = _object(question, "a question", QUESTION)
        rule = _local_rule(asked, look_up)
        return _answered(_find(asked, calendar, rule), lang, rule)
    except Unclear as fault:
        return {"error": str(fault)}
    except (UnknownLimit, UnknownEvent) as fault:
        return {"error": str(fault)}
    except Impossible as fault:
        return {"error": fault.text(lang)}


def _answered(due: Due, lang: str, rule: LocalRule | None) -> dict[str, Any]:
    """Write a result; keys that do not apply are left out."""
    outer = due.outer_on or due.outer_at
    found = {
        "due": (due.on or due.at).isoformat(),
        "outer_due": outer.isoformat() if outer else None,
        "provisional": due.provisional,
        "plan_day": due.plan_on.isoformat() if due.plan_on else None,
        "starts_on": due.starts_on.isoformat() if due.starts_on else None,
        "fires_at": due.fires_at.isoformat(),
        "because": [
            {"text": line.text(lang), "rule": line.rule, "source": line.source} for line in due.because
        ],
        "local_rule": _rule_shown(rule, lang) if rule else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _rule_shown(rule: LocalRule, lang: str) -> dict[str, str]:
    office = rule.office.zh if lang.startswith("zh") else rule.office.en
    return {
        "office": office, "document": rule.document, "since": rule.since.isoformat(), "duration": rule.duration,
    }  # fmt: skip


def _local_rule(question: Mapping[str, Any], look_up: LookUp | None) -> LocalRule | None:
    """Find the rule of the place asked for, on the day of the anchor."""
    place = _optional(question, "jurisdiction")
    if place is None:
        return None
    if not _PLACE.fullmatch(place):
        raise Unclear(f"jurisdiction must be a division code of six digits, not {_shown(place)}")
    if look_up is None:
        raise Unclear("local rules are not known here: ask without a jurisdiction")
    limit = rulebook().limit(_string(question, "limit_id"))
    happened, _by_day = _events(question.get("events"))
    begun = anchor(
        limit,
        happened,
        granted=_extensions(question.get("extensions")),
        after=_after(question),
        occurrence=_occurrence(question),
    )
    return look_up(limit.id, place, begun.date()) if is_open(limit) else None


def _find(question: Mapping[str, Any], calendar: Calendar, rule: LocalRule | None) -> Due:
    limit = rulebook().limit(_string(question, "limit_id"))
    happened, by_day = _events(question.get("events"))
    stated = _stated(question)
    due = derive(
        limit,
        happened,
        in_custody=_bool(question, "custody"),
        calendar=calendar,
        granted=_extensions(question.get("extensions")),
        reading=_optional(question, "reading"),
        after=_after(question),
        occurrence=_occurrence(question),
        stated=stated,
        local=rule,
    )
    if due.on is None and by_day & _relevant(limit) and not isinstance(stated, datetime):
        raise Unclear(f"{limit.id} is counted from an instant: give the time of {min(by_day)}")
    return due


def _relevant(limit: Limit) -> set[str]:
    """Return the events whose instant matters to a limit that is not counted in days."""
    anchors = {stage.anchor for stage in limit.stages if stage.anchor}
    return {*limit.trigger, *limit.suspends_on, *limit.resumes_on, *limit.resets_on, *anchors}


def _events(value: object) -> tuple[list[Happened], set[str]]:
    """Read the events, and the names of those that give a day only."""
    happened, by_day = [], set()
    for place, row in enumerate(_list(value, "events")):
        event = _object(row, f"events[{place}]", EVENT)
        name = rulebook().event(_string(event, "event")).id
        at = _moment(_string(event, "at"))
        if not isinstance(at, datetime):
            by_day.add(name)
            at = beginning_of(at)
        happened.append(Happened(name, at))
    return happened, by_day


def _extensions(value: object) -> list[Granted]:
    if value is None:
        return []
    rows = (
        _object(row, f"extensions[{place}]", EXTENSION)
        for place, row in enumerate(_list(value, "extensions"))
    )
    return [Granted(_string(row, "stage"), _optional(row, "value")) for row in rows]


def _after(question: Mapping[str, Any]) -> str | date | datetime | None:
    after = _optional(question, "after")
    if after is None or after in rulebook().events:
        return after
    return _moment(after, or_else="an event, ")


def _occurrence(question: Mapping[str, Any]) -> int | None:
    value = question.get("occurrence")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Unclear(f"occurrence must be a whole number from 1, not {_shown(value)}")
    return value


def _stated(question: Mapping[str, Any]) -> Stated | None:
    stated = _optional(question, "stated")
    return (
        stated
        if stated is None or stated.startswith("P")
        else _moment(stated, or_else="a period such as P15D, ")
    )


def _moment(text: str, *, or_else: str = "") -> date | datetime:
    """Read a day or an instant. Unclear for anything else, and for an instant without its offset."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _INSTANT.fullmatch(text):
            instant = datetime.fromisoformat(text.upper())
            if instant.tzinfo is None:
                raise Unclear(f"{_shown(text)} carries no offset: add +08:00")
            return instant
    except ValueError as fault:
        raise Unclear(f"{_shown(text)} is no date: {fault}") from None
    raise Unclear(
        f"{_shown(text)} is not {or_else}a day like 2026-03-05 or an instant like 2026-03-05T09:20+08:00"
    )


def _object(value: object, name: str, keys: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unclear(f"{name} must be an object, not {_shown(value)}")
    unknown = sorted(value.keys() - keys)
    if unknown:
        raise Unclear(f"{name} has an unknown key: {_shown(unknown[0])}")
    return value


def _list(value: object, name: str) -> list[object]:
    if not isinstance(value, list):
        raise Unclear(f"{name} must be an array, not {_shown(value)}")
    return value


def _bool(owner: Mapping[str, Any], key: str) -> bool:
    value = owner.get(key, False)
    if not isinstance(value, bool):
        raise Unclear(f"{key} must be true or false, not {_shown(value)}")
    return value


def _string(owner: Mapping[str, Any], key: str) -> str:
    value = owner.get(key)
    if not isinstance(value, str) or not value.isprintable():
        raise Unclear(f"{key} must be a text, not {_shown(value)}")
    return value


def _optional(owner: Mapping[str, Any], key: str) -> str | None:
    return None if owner.get(key) is None else _string(owner, key)


def _shown(value: object) -> str:
    """Return a value as JSON writes it, shortened, for a message about it."""
    text = json.dumps(value, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
