"""The facts a step asks for: how they are declared, read from and written to JSON, and checked.

Forms and the API read through `read()`, the interpreter checks through `faults()`. What a fact means in
law is the business of guards.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal
from uuid import UUID

from coordination.law import labels
from coordination.law.citation import Source
from coordination.law.history import DESIGN, Reason
from coordination.law.zone import ZONE

YEARS = range(1900, 2200)
"""No day or instant of a record lies outside of these years."""
MOST = 1_000_000_000
"""No count of a record is larger."""
TYPES = ("text", "enum", "date", "dates", "datetime", "int", "bool", "list", "ref", "duration", "decimal")


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of a step.

    `required`  True, False, "auto" (filled in by the product) or a name of `REQUIRED_IF`;
    `options`   the values of an enum; titles stand in `labels/` unless given here;
    `tense`     "past": not after the step's own instant; "future": after the step's day.
                Instants called `*_at` are past unless this says otherwise;
    `among`     the local list (`local_lists.toml`) of which the items of this list must be: that of the Office in
                force when the matter began, else ours.
    """

    name: str
    type: str
    required: bool | str = True
    options: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""
    tense: Literal["", "past", "future", "any"] = ""
    among: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the value may not lie after the step."""
        return self.tense == "past" or (
            not self.tense and self.type == "datetime" and self.name.endswith("_at")
        )

    def label(self, lang: str) -> str:
        """Return the title in Chinese for a `lang` that starts with "zh", else in English."""
        own = self.zh if lang.startswith("zh") else self.en
        return own or labels.fact(self.name, lang)

    def option(self, value: str, lang: str) -> str:
        """Return the title of one of the options."""
        return labels.option(value, lang, fact=self.name)


@dataclass(frozen=True, slots=True)
class Dependence:
    """A fact is needed when one of `names`, the first that the step has, holds one of `values`."""

    names: tuple[str, ...]
    values: frozenset[str]

    def applies(self, facts: Mapping[str, object]) -> bool:
        """Whether the values given make the dependent fact necessary."""
        return any(facts[name] in self.values for name in self.names if isinstance(facts.get(name), str))


REQUIRED_IF = {
    "if_accepted": Dependence(("accepted",), frozenset({"accepted", "partly_accepted"})),
    "if_rejected": Dependence(("accepted",), frozenset({"rejected", "partly_accepted"})),
    "if_founded": Dependence(("conclusion",), frozenset({"minor", "serious", "general", "suspected_crime"})),
    "if_not_done": Dependence(
        ("item_result", "result"), frozenset({"partly", "cannot_be_done", "cannot_be_supplied", "open"})
    ),
    "if_complained": Dependence(("source",), frozenset({"victim", "agency", "party"})),
    "if_kept": Dependence(("outcome",), frozenset({"kept"})),
    "if_not_adopted": Dependence(("adopted",), frozenset({"not_adopted", "partly_adopted"})),
}
"""What the words `if_…` of a required fact depend on."""

SPANS = (("started_at", "ended_at"), ("from_on", "to_on"), ("from_on", "until_on"))
"""Pairs of facts of which the second may not lie before the first."""


class Unreadable(ValueError):
    """A value that is not of its field's type; `reason` says why, in both languages."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason; the message is its English wording."""
        super().__init__(reason.en)
        self.reason = reason


def is_required(item: Field, facts: Mapping[str, object]) -> bool:
    """Whether `item` must be given beside these facts; "auto" never must."""
    if isinstance(item.required, bool):
        return item.required
    return item.required != "auto" and REQUIRED_IF[item.required].applies(facts)


def read(item: Field, raw: object) -> object:
    """Return the value of a fact as it comes from JSON or a form, in the type of its field; None when empty.

    Instants need an offset; a list may be one value a line. Raise `Unreadable` for what does not fit.
    """
    if raw is None or raw == "" or raw == []:
        return None
    try:
        value = _READERS[item.type](raw)
    except (ValueError, TypeError, LookupError, InvalidOperation, OverflowError):
        raise Unreadable(_ill_typed(item, (DESIGN,))) from None
    return value


def plain(value: object) -> object:
    """Return a value as JSON can hold it: ISO texts for dates, instants and durations; `read()` undoes it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{int(value.total_seconds())}S"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, bool)) or value is None else str(value)


def faults(
    fields: tuple[Field, ...], facts: Mapping[str, object], *, at: datetime, sources: tuple[Source, ...]
) -> Iterator[Reason]:
    """Yield everything that is wrong with the facts of a step taken at `at`; codes are "field:<name>"."""
    known = {item.name for item in fields}
    for name in facts:
        if name not in known:
            yield Reason(
                f"field:{name}", f"the step knows no fact “{name}”", f"该步骤没有“{name}”这一项", (DESIGN,)
            )
    for item in fields:
        value = facts.get(item.name)
        if value is None or value == "" or value == [] or value == ():
            if is_required(item, facts):
                yield _reason(item, "{} is missing", "缺少{}", sources)
        elif not _FITS[item.type](value):
            yield _ill_typed(item, sources)
        else:
            yield from _value_faults(item, value, at, sources)
    yield from _span_faults(fields, facts, sources)


def _value_faults(item: Field, value: object, at: datetime, sources: tuple[Source, ...]) -> Iterator[Reason]:
    if item.type == "enum" and value not in item.options:
        yield _reason(item, "{} has no such choice", "{}没有这一选项", sources)
    if isinstance(value, datetime) and value.utcoffset() is None:
        yield _reason(item, "{} needs a time zone", "{}缺少时区", sources)
        return
    if item.is_past and _lies_after(value, at):
        yield _reason(item, "{} lies in the future", "{}晚于当前时间", sources)
    if item.tense == "future" and not _lies_after(value, at):
        yield _reason(item, "{} must lie after today", "{}应当在今天之后", sources)
    if item.type == "int" and isinstance(value, int) and value < 0:
        yield _reason(item, "{} may not be negative", "{}不能为负数", sources)


def _span_faults(
    fields: tuple[Field, ...], facts: Mapping[str, object], sources: tuple[Source, ...]
) -> Iterator[Reason]:
    by_name = {item.name: item for item in fields}
    for first, last in SPANS:
        if first not in by_name or last not in by_name:
            continue
        begin, end = facts.get(first), facts.get(last)
        if isinstance(begin, date) and type(begin) is type(end) and _earlier(end, begin):
            yield _reason(by_name[last], "{} lies before the beginning", "{}早于开始时间", sources)


def _earlier(one: object, other: object) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.utcoffset() is not None and other.utcoffset() is not None and one < other
    return isinstance(one, date) and isinstance(other, date) and one < other


def _lies_after(value: object, at: datetime) -> bool:
    if isinstance(value, datetime):
        return value > at
    return isinstance(value, date) and value > at.astimezone(ZONE).date()


def _reason(item: Field, en: str, zh: str, sources: tuple[Source, ...]) -> Reason:
    return Reason(f"field:{item.name}", en.format(item.label("en")), zh.format(item.label("zh")), sources)


def _ill_typed(item: Field, sources: tuple[Source, ...]) -> Reason:
    en, zh = _KINDS[item.type]
    return _reason(item, "{} must be " + en, "{}应当是" + zh, sources)


_KINDS = {
    "text": ("a text", "文字"),
    "enum": ("one of the choices", "选项之一"),
    "date": ("a date", "日期"),
    "dates": ("dates, one a line", "日期，每行一个"),
    "datetime": ("a date and time with its time zone", "带时区的日期和时间"),
    "int": ("a whole number", "整数"),
    "bool": ("yes or no", "是或否"),
    "list": ("a list", "清单"),
    "ref": ("a reference to a record", "对一条记录的引用"),
    "duration": ("a length of time", "时长"),
    "decimal": ("a number", "数字"),
}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


_FITS: dict[str, Callable[[object], bool]] = {
    "text": _is_text,
    "enum": lambda value: isinstance(value, str),
    "date": _is_day,
    "dates": lambda value: isinstance(value, (list, tuple)) and all(map(_is_day, value)),
    "datetime": lambda value: isinstance(value, datetime),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "list": lambda value: isinstance(value, (list, tuple)),
    "ref": _is_text,
    "duration": lambda value: isinstance(value, timedelta),
    "decimal": lambda value: isinstance(value, (Decimal, int)) and not isinstance(value, bool),
}


def _read_text(raw: object) -> str:
    if not isinstance(raw, str):
        raise TypeError(raw)
    return raw.strip()


def _read_date(raw: object) -> date:
    is_day = isinstance(raw, date) and not isinstance(raw, datetime)
    value = raw if is_day else date.fromisoformat(_read_text(raw))
    if not isinstance(value, date) or value.year not in YEARS:
        raise ValueError(raw)
    return value


def _read_instant(raw: object) -> datetime:
    value = raw if isinstance(raw, datetime) else datetime.fromisoformat(_read_text(raw))
    if value.utcoffset() is None:
        raise ValueError(raw)
    value = value.astimezone(ZONE)  # kept in one zone: a database takes no offset of 23 hours
    if value.year not in YEARS:
        raise ValueError(raw)
    return value


def _read_int(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, (int, str)):
        raise TypeError(raw)
    value = int(raw)
    if abs(value) > MOST:
        raise ValueError(raw)
    return value


def _read_ref(raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, (str, int, UUID)):
        raise TypeError(raw)
    return str(raw).strip()


def _read_bool(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    return {"true": True, "false": False, "on": True, "1": True, "0": False}[_read_text(raw).lower()]


def _read_list(raw: object) -> tuple[object, ...]:
    if isinstance(raw, str):
        return tuple(line.strip() for line in raw.splitlines() if line.strip())
    if not isinstance(raw, (list, tuple)):
        raise TypeError(raw)
    if not all(isinstance(item, (str, int, Decimal, date)) for item in raw):
        raise TypeError(raw)
    return tuple(raw)


def _read_dates(raw: object) -> tuple[date, ...]:
    lines = raw.split() if isinstance(raw, str) else raw
    if not isinstance(lines, (list, tuple)):
        raise TypeError(raw)
    return tuple(sorted({_read_date(line) for line in lines}))


def _read_duration(raw: object) -> timedelta:
    if isinstance(raw, timedelta):
        return raw
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", _read_text(raw))
    if found is None or not any(found.groups()):
        raise ValueError(raw)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def _read_decimal(raw: object) -> Decimal:
    if isinstance(raw, (bool, float)) or not isinstance(raw, (int, str, Decimal)):
        raise TypeError(raw)
    value = Decimal(raw)
    if not value.is_finite():
        raise ValueError(raw)
    return value


_READERS: dict[str, Callable[[object], object]] = {
    "text": _read_text,
    "enum": _read_text,
    "date": _read_date,
    "dates": _read_dates,
    "datetime": _read_instant,
    "int": _read_int,
    "bool": _read_bool,
    "list": _read_list,
    "ref": _read_ref,
    "duration": _read_duration,
    "decimal": _read_decimal,
}
