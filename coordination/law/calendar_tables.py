"""The yearly table of holidays as a file writes it, read and checked: every fault at once, each with its reason.

Pure: text in, a frozen table out. How tables become one calendar stands in `calendar.py`.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coordination.law.history import Reason

FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "国庆")
"""What every notice arranges; Mid-Autumn may fall into the National Day and is then not named."""
YEARS = range(2008, 2100)
"""The festivals are as they are since 2008."""
SATURDAY = 5


class FaultyTable(ValueError):
    """A table cannot be used; `reasons` has every fault."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(reason.en for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Holiday:
    """One festival: the weekdays that are not worked and the weekend days that are."""

    zh: str
    en: str
    off: tuple[date, ...]
    worked: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The holidays of one year, with the notice that arranges them."""

    year: int
    zh: str
    en: str
    number: str
    published_on: date
    holidays: tuple[Holiday, ...]

    def name(self, lang: str) -> str:
        """Return the title of the notice in the language asked for."""
        return self.zh if lang.startswith("zh") else self.en

    @property
    def off(self) -> frozenset[date]:
        """The weekdays that are not worked."""
        return frozenset(day for holiday in self.holidays for day in holiday.off)

    @property
    def worked(self) -> frozenset[date]:
        """The weekend days that are worked."""
        return frozenset(day for holiday in self.holidays for day in holiday.worked)


def parse(text: str) -> Table:
    """Read a table; FaultyTable with everything that is wrong with it."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise FaultyTable(
            _reason("file", f"the file is no TOML: {fault}", f"文件不是 TOML 格式：{fault}")
        ) from None
    shape = tuple(_shape_faults(raw))
    if shape:
        raise FaultyTable(*shape)
    table = _table(raw)
    faults = tuple(_day_faults(table))
    if faults:
        raise FaultyTable(*faults)
    return table


def import_faults(table: Table, known: Mapping[int, Table]) -> tuple[Reason, ...]:
    """Return every reason why the table cannot be set beside those that are known, by year."""
    return tuple(_import_faults(table, known))


def _import_faults(table: Table, known: Mapping[int, Table]) -> Iterator[Reason]:
    first, last = min(known), max(known)
    if table.year < first:
        yield _reason(
            "unknown_year",
            f"{table.year} lies before the first year, {first}",
            f"{table.year}年早于首个年份{first}年",
        )
    if table.year > last + 1:
        en = f"{table.year} would leave a gap: the table of {last + 1} is missing"
        yield _reason("gap", en, f"{table.year}年的日历不衔接：缺少{last + 1}年的日历")
    named = " ".join(holiday.zh for holiday in table.holidays)
    for festival in FESTIVALS:
        if festival not in named:
            yield _reason("gap", f"the table has a gap: {festival} is missing", f"日历有缺漏：没有{festival}")
    if not table.number:
        yield _reason("notice", "the number of the notice is missing", "缺少通知文号")
    same = known.get(table.year)
    if same is not None and (same.off, same.worked) == (table.off, table.worked):
        yield _reason(
            "duplicate",
            f"the table of {table.year} in force says the same",
            f"与现行{table.year}年的日历相同",
        )


def _shape_faults(raw: Mapping[str, Any]) -> Iterator[Reason]:
    year = raw.get("year")
    if not isinstance(year, int) or year not in YEARS:
        yield _reason("unknown_year", f"no year of the table: {year!r}", f"年份有误：{year!r}")
    notice = raw.get("notice")
    if not isinstance(notice, Mapping) or not all(isinstance(notice.get(key), str) for key in ("zh", "en")):
        yield _reason("notice", "the notice is not named", "没有写明通知名称")
    elif not _is_day(notice.get("published_on")):
        yield _reason("notice", "the day of the notice is missing", "缺少通知日期")
    elif not isinstance(notice.get("number", ""), str):
        yield _reason("notice", "the number of the notice is no text", "通知文号格式有误")
    for key in sorted(raw.keys() - {"year", "notice", "holidays"}):
        yield _reason("file", f"unknown key: {key}", f"未知的键：{key}")
    holidays = raw.get("holidays")
    if not isinstance(holidays, list) or not holidays or not all(map(_is_holiday, holidays)):
        yield _reason("file", "a holiday needs zh, en, off and worked", "节日须有 zh、en、off、worked 四项")


def _is_holiday(row: object) -> bool:
    if not isinstance(row, Mapping) or row.keys() != {"zh", "en", "off", "worked"}:
        return False
    days = [row["off"], row["worked"]]
    return (
        all(isinstance(row[key], str) and row[key] for key in ("zh", "en"))
        and all(isinstance(listed, list) for listed in days)
        and all(_is_day(day) for listed in days for day in listed)
    )


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _table(raw: Mapping[str, Any]) -> Table:
    notice = raw["notice"]
    holidays = tuple(
        Holiday(row["zh"], row["en"], tuple(row["off"]), tuple(row["worked"])) for row in raw["holidays"]
    )
    return Table(
        raw["year"], notice["zh"], notice["en"], notice.get("number", ""), notice["published_on"], holidays
    )


def _day_faults(table: Table) -> Iterator[Reason]:
    listed = Counter(day for holiday in table.holidays for day in (*holiday.off, *holiday.worked))
    for day in sorted(day for day, count in listed.items() if count > 1):
        yield _reason("twice", f"{day}: a day listed twice", f"{day}：重复列出")
    for day in sorted(day for day in listed if day.year != table.year):
        yield _reason("other_year", f"{day}: a day of another year", f"{day}：不是本年度的日期")
    for day in sorted(day for day in table.off if day.weekday() >= SATURDAY):
        yield _reason("off", f"{day}: a weekend day as off", f"{day}：放假日只列周一至周五")
    for day in sorted(day for day in table.worked if day.weekday() < SATURDAY):
        yield _reason("worked", f"{day}: a weekday as worked", f"{day}：上班日只列周六、周日")


def _reason(code: str, en: str, zh: str) -> Reason:
    return Reason(f"calendar:{code}", en, zh)
