"""Local rules: where the field leaves a number or a list to local practice, and what an Office may set there.

Pure: a rule is a value that is handed to the clock; who set it and how it is stored is not known here. What is fixed by
law cannot be set, and no rule may ever end later than the statutory limit that stands above it (`ceiling`).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from coordination.law.calendar import Calendar
from coordination.law.history import Reason
from coordination.law.limit import Limit, Text
from coordination.law.periods import Period, period
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE

LEFT_OPEN = frozenset({"promptly", "local_schedule"})
"""Rules of length by which the text leaves the number to practice (C20)."""
TRIED = timedelta(days=730)
"""So far back from the end of the calendar a length is tried against the statutory limit above it."""


@dataclass(frozen=True, slots=True)
class LocalRule:
    """What an Office laid down for a limit: its length (ISO-8601), the document, and the day it takes effect."""

    limit: str
    duration: str
    office: Text
    document: str
    since: date


@dataclass(frozen=True, slots=True)
class LocalList:
    """A list that is local practice, with the items that are shown where no Office has set its own."""

    id: str
    en: str
    zh: str
    area: str
    certainty: str
    items: tuple[Text, ...]

    def name(self, lang: str) -> str:
        """Return the title in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en


def item(name: str, value: str) -> Text:
    """Return an item of the list as it is called in both languages; what an Office wrote is called alike in both."""
    known = local_lists().get(name)
    return (
        next((own for own in known.items if own.zh == value), Text(value, value))
        if known
        else Text(value, value)
    )


@cache
def local_lists() -> Mapping[str, LocalList]:
    """Return the lists that an Office may set, by id."""
    with Path(__file__).with_name("local_lists.toml").open("rb") as file:
        tables = tomllib.load(file)
    return MappingProxyType(
        {
            name: LocalList(
                name, table["en"], table["zh"], table["area"], table["certainty"],
                tuple(Text(item["en"], item["zh"]) for item in table["items"]),
            )
            for name, table in tables.items()
        }
    )  # fmt: skip


def is_open(limit: Limit) -> bool:
    """Whether an Office may set the length of `limit`: it is marked configurable, or the text gives no number."""
    return limit.enabled and (limit.configurable or limit.duration_rule in LEFT_OPEN)


def ruled(limit: Limit, rule: LocalRule) -> Limit:
    """Return `limit` with the length that `rule` gives; the same object for the same two."""
    return _ruled(limit, rule)


@lru_cache(maxsize=1024)
def _ruled(limit: Limit, rule: LocalRule) -> Limit:
    counting = limit.counting if limit.counting != "none" else _plain_counting(period(rule.duration))
    return replace(limit, duration=rule.duration, or_duration=None, duration_rule=None, counting=counting)


def _plain_counting(whole: Period) -> str:
    return "corresponding_day" if whole.months else "day_excluded"


def faults(limit_id: str, duration: str, *, calendar: Calendar) -> tuple[Reason, ...]:
    """Return every reason why `duration` cannot be a local rule for the limit; none where it can.

    A limit under a statutory one is tried on every day of the last two years of `calendar`: it must never end later.
    """
    limit = rulebook().limits.get(limit_id)
    if limit is None:
        return (Reason("field:name", f"there is no limit “{limit_id}”", f"没有“{limit_id}”这一期限"),)
    if not is_open(limit):
        return (_fixed(limit),)
    try:
        whole = period(duration)
    except ValueError:
        return (
            Reason("field:duration", "the length is missing or is no period", "缺少期限，或者期限格式有误"),
        )
    wrong = _unit_fault(limit, whole)
    if wrong is not None:
        return (wrong,)
    above = _above(limit, duration, calendar)
    return (above,) if above is not None else ()


def _fixed(limit: Limit) -> Reason:
    if not limit.enabled:
        en, zh = "is switched off: its source is not confirmed", "已停用：依据未核实"
    elif limit.is_norm:
        en, zh = "is stated by its document, no local rule can set it", "由文书载明，不得另以本地规则确定"
    else:
        en, zh = "is fixed by law, no local rule can change it", "由法律规定，不得以本地规则变更"
    return Reason("field:name", f"“{limit.en}” {en}", f"“{limit.zh}”{zh}", limit.sources)


def units(limit: Limit) -> tuple[str, ...]:
    """The units in which a local length of `limit` may be written: "days" or "months", or "hours"."""
    if limit.day_kind == "hours" or limit.counting == "hour_two_bounds":
        return ("hours",)
    return ("days",) if limit.day_kind == "working" else ("days", "months")


def _unit_fault(limit: Limit, whole: Period) -> Reason | None:
    given = {"months": whole.months, "days": whole.days, "hours": whole.hours}
    used = [unit for unit, count in given.items() if count]
    if len(used) == 1 and used[0] in units(limit):
        return None
    titles = {"hours": ("hours", "小时"), "days": ("days", "日"), "months": ("months", "月")}
    en = " or ".join(titles[unit][0] for unit in units(limit))
    zh = "或者".join(titles[unit][1] for unit in units(limit))
    return Reason(
        "field:duration", f"“{limit.en}” is counted in {en}", f"“{limit.zh}”以{zh}计算", limit.sources
    )


def _above(limit: Limit, duration: str, calendar: Calendar) -> Reason | None:
    """Say on which day the local length would end after the statutory one, if on any."""
    ceiling = rulebook().limits.get(limit.ceiling or "")
    if ceiling is None:
        return None
    trial = ruled(limit, LocalRule(limit.id, duration, Text("", ""), "", calendar.first_day))
    day = max(calendar.first_day, calendar.last_day - TRIED)
    while day <= calendar.last_day:
        start = datetime.combine(day, time(9), ZONE)
        ours, most = _end(trial, start, calendar), _end(ceiling, start, calendar)
        if ours > most:
            en = f"longer than the statutory limit “{ceiling.en}”: begun on {day} it would end later, after"
            zh = f"长于法定期限“{ceiling.zh}”：自{day}起算，届满将晚于"
            until = f"{most:%Y-%m-%d %H:%M}"
            return Reason("field:duration", f"{en} {until}", f"{zh}{until}", ceiling.sources)
        day += timedelta(days=1)
    return None


def _end(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    from coordination.law.clock import due  # noqa: PLC0415 - the clock itself takes local rules

    return due(limit, start, in_custody=False, calendar=calendar).at
