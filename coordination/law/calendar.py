"""Working days of mainland China, from the tables in `calendars/`; knows the days it covers and guesses none.

A day is not a working day when it is a public holiday, a rest day in lieu, or a weekend that was not turned
into a working day (C7). Tables of a year are data: `calendars/2025.toml` names its notice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from coordination.law.calendar_tables import Table, parse
from coordination.law.periods import ONE_DAY

_TABLES = Path(__file__).with_name("calendars")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days from `first_day` to `last_day`, both covered.

    `off` holds the weekdays that are not worked, `worked` the weekend days that are, `names` the holiday a
    listed day belongs to (English, Chinese). `version` says which table it is, for display beside a result.
    """

    first_day: date
    last_day: date
    off: frozenset[date]
    worked: frozenset[date]
    version: str
    names: Mapping[date, tuple[str, str]] = field(default_factory=dict, compare=False, repr=False)
    _first: int = field(init=False, compare=False, repr=False)
    _days: int = field(init=False, compare=False, repr=False)
    _working: tuple[date, ...] = field(init=False, compare=False, repr=False)
    _passed: tuple[int, ...] = field(init=False, compare=False, repr=False)
    """How many working days lie before each covered day: it makes every question one look-up."""

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("a calendar ends before it begins")
        working: list[date] = []
        passed: list[int] = []
        for day in self._covered():
            passed.append(len(working))
            if day in self.worked or (day.weekday() < 5 and day not in self.off):
                working.append(day)
        for name, value in (
            ("_first", self.first_day.toordinal()),
            ("_days", len(passed)),
            ("_working", tuple(working)),
            ("_passed", tuple(passed)),
        ):
            object.__setattr__(self, name, value)

    def _covered(self) -> Iterator[date]:
        length = (self.last_day - self.first_day).days + 1
        return (self.first_day + timedelta(days=passed) for passed in range(length))

    def covers(self, day: date) -> bool:
        """Tell whether the table knows `day`."""
        return self.first_day <= day <= self.last_day

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is worked; LookupError outside the cover, because nothing is guessed (C19)."""
        if not self.covers(day):
            raise LookupError(f"{day} lies outside the calendar {self.version}")
        return self.on_or_after(day) == day

    def on_or_after(self, day: date) -> date | None:
        """Return the first working day from `day` on (C7); None where the table does not reach it (C19)."""
        index = day.toordinal() - self._first
        if not 0 <= index < self._days:
            return None
        rank = self._passed[index]
        return self._working[rank] if rank < len(self._working) else None

    def on_or_before(self, day: date) -> date | None:
        """Return the last working day up to `day` (C10); None where the table does not reach it."""
        return self.moved(day + ONE_DAY, -1) if self.covers(day) and day < date.max else None

    def moved(self, day: date, count: int) -> date | None:
        """Return the working day `count` after `day`, or before it where negative; `day` itself never counts.

        None where the table does not reach that far (C19).
        """
        index = day.toordinal() - self._first
        if count < 0:
            if not 0 <= index <= self._days:
                return None
            rank = (self._passed[index] if index < self._days else len(self._working)) + count
        else:
            # counting forward, a start on the eve of the cover is known well enough
            if not -1 <= index < self._days:
                return None
            rank = (self._passed[index + 1] if index + 1 < self._days else len(self._working)) + count - 1
        return self._working[rank] if 0 <= rank < len(self._working) else None

    def between(self, first: date, last: date) -> int | None:
        """Count the working days from `first` to `last`, both included; None where either is not covered."""
        if last < first:
            return 0
        if not (self.covers(first) and self.covers(last)):
            return None
        after = self._passed[last.toordinal() - self._first]
        return after + (self.on_or_after(last) == last) - self._passed[first.toordinal() - self._first]


def tables(folder: Path) -> Mapping[int, Table]:
    """Read the yearly tables in `folder`, by year; ValueError where one contradicts itself."""
    found = {}
    for path in sorted(folder.glob("*.toml")):
        table = parse(path.read_text(encoding="utf-8"))
        found[table.year] = table
    return found


def combined(by_year: Mapping[int, Table]) -> Calendar:
    """Return one calendar of the yearly tables; ValueError where they leave a gap."""
    if list(by_year) != list(range(min(by_year), max(by_year) + 1)):
        raise ValueError("the yearly tables leave a gap")
    off: dict[date, tuple[str, str]] = {}
    worked: dict[date, tuple[str, str]] = {}
    for table in by_year.values():
        for holiday in table.holidays:
            name = (holiday.en, holiday.zh)
            off |= dict.fromkeys(holiday.off, name)
            worked |= dict.fromkeys(holiday.worked, name)
    first, last = date(min(by_year), 1, 1), date(max(by_year), 12, 31)
    newest = max(table.published_on for table in by_year.values())
    version = f"CN {first.year}-{last.year} ({newest})"
    return Calendar(first, last, frozenset(off), frozenset(worked), version, off | worked)


def read(folder: Path) -> Calendar:
    """Read one calendar from the yearly tables in `folder`; ValueError where a table contradicts itself."""
    return combined(tables(folder))


@cache
def own_tables() -> Mapping[int, Table]:
    """Return the tables that stand beside this file, by year, read once."""
    return tables(_TABLES)


def with_years(later: Iterable[Table]) -> Calendar:
    """Return the own calendar with `later` tables in it, each in place of the one of its year."""
    by_year = {**own_tables(), **{table.year: table for table in later}}
    return combined(dict(sorted(by_year.items())))


class _InUse:
    """The calendar of this process: the own tables, until somebody hands in later ones."""

    calendar: Calendar | None = None


def use(later: Iterable[Table]) -> Calendar:
    """Let this process count by the own tables with `later` ones in them; returns the calendar.

    The law reads no database: whoever keeps imported tables hands them in (decision 0018).
    """
    _InUse.calendar = with_years(later)
    return _InUse.calendar


def national() -> Calendar:
    """Return the national calendar as this process has it."""
    return _InUse.calendar or use(())
