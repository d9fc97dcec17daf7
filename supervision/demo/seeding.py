"""Filling a world with many cases by COPY: patterns told once through the verbs, copied with other ids, people, days.

Every copy has what the verbs would have written into the record: cases, suspects, proceedings, steps, events, log
entries, papers and clocks. Messages and the audit are left out: nobody did it. How rows are copied is in `copying`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from django.db import connection, transaction
from pypinyin import lazy_pinyin

from cases.models import Case
from coordination.models import Organisation, User
from supervision.demo import copying, people, seed_stories, telling
from supervision.demo.copying import Copied, Keys, Pattern
from supervision.demo.seed_stories import DESKS, TOLD_AT, Desk

CHUNK = 2000
DAYS_OPEN, DAYS_CLOSED = 6, 720
FIRST_SERIAL = 1000
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "文武明亮山河田野春秋冬夏松竹梅兰"


@dataclass(frozen=True, slots=True)
class Seeded:
    """How much was written: cases, and rows of all tables."""

    cases: int
    rows: int


def seed(count: int, *, now: datetime, seed: int = 1) -> Seeded:
    """Write `count` cases as they stand at `now`, about a tenth of them open. The cast is loaded where it is missing.

    The same `seed` draws the same kinds, desks, days and names; ids are always fresh.
    """
    if not User.objects.filter(login=TOLD_AT.investigator).exists():
        people.load()
    draw = Random(seed)  # noqa: S311 - a spread, nothing secret
    writer = _Writer(_told(), draw, now, FIRST_SERIAL + Case.objects.count())
    done = rows = 0
    while done < count:
        size = min(CHUNK, count - done)
        rows += writer.write(size)
        done += size
    writer.settle()
    return Seeded(done, rows)


class _Writer:
    """Draws copies and writes them chunk by chunk."""

    def __init__(
        self, told: list[tuple[Pattern, int, bool]], draw: Random, now: datetime, serial: int
    ) -> None:
        self.told, self.draw, self.now, self.serial = told, draw, now, serial
        self.bounds = list(accumulate(parts for _pattern, parts, _closed in told))
        self.keys = Keys()
        self.desks = _swaps()
        self.variants: dict[tuple[int, int, int], Copied] = {}
        self.names = [(s + g, " ".join(lazy_pinyin(s + g))) for s in SURNAMES for g in GIVEN]
        self.columns = told[0][0].columns

    def write(self, size: int) -> int:
        """Write `size` cases in one transaction; returns the rows written."""
        lines: defaultdict[str, list[str]] = defaultdict(list)
        for _ in range(size):
            copied, desk = self._variant()
            name, sort = self.draw.choice(self.names)
            number = f"A{desk.unit}{copied.begins:%Y%m}{self.serial:04d}"
            values = {"number": number, "serial": str(self.serial), "name": name, "sort": sort}
            values |= zip(copied.keys, self.keys.take(len(copied.keys)), strict=True)
            for table, text in copied.blocks:
                lines[table].append(text % values)
            self.serial += 1
        with transaction.atomic(), connection.cursor() as cursor:
            copying.without_checks(cursor)
            for table, columns in self.columns.items():
                copying.write(cursor, table, columns, lines[table])
        return sum(text.count("\n") for found in lines.values() for text in found)

    def settle(self) -> None:
        """Let numbering go on behind the copies, and let the planner know the tables as they are now."""
        with connection.cursor() as cursor:
            cursor.execute(copying.NUMBERED)
            for table in self.columns:
                cursor.execute(copying.analyze(table))

    def _variant(self) -> tuple[Copied, Desk]:
        at = self.draw.uniform(0, self.bounds[-1])
        kind = next(place for place, bound in enumerate(self.bounds) if at <= bound)
        pattern, _parts, closed = self.told[kind]
        place = self.draw.randrange(len(DESKS))
        days = (
            self.draw.randrange(8, DAYS_CLOSED, 20) if closed else self.draw.randrange(1, DAYS_OPEN * 24, 6)
        )
        key = (kind, place, days)
        if key not in self.variants:
            back = timedelta(days=days) if closed else timedelta(hours=days)
            # The last scene of a pattern lies in the past by `back`, to the whole minute.
            shift = (self.now - back).replace(second=0, microsecond=0) - seed_stories.ENDS
            self.variants[key] = pattern.copied(shift, self.desks[place])
        return self.variants[key], DESKS[place]


def _told() -> list[tuple[Pattern, int, bool]]:
    """Tell the patterns, read what they wrote, and take it back."""
    found = []
    with transaction.atomic():
        for pattern in seed_stories.patterns():
            telling.play(pattern.scenes, until=seed_stories.ENDS)
            row = Pattern.read(Case.objects.get(number=pattern.number), seed_stories.SUSPECT)
            found.append((row, pattern.parts, pattern.is_closed))
        transaction.set_rollback(True)
    return found


def _swaps() -> list[dict[str, str]]:
    """For each desk: which id stands for which of the first desk's."""
    mine = _ids(TOLD_AT)
    return [dict(zip(mine, _ids(desk), strict=True)) for desk in DESKS]


def _ids(desk: Desk) -> list[str]:
    unit = Organisation.objects.select_related("parent__parent").get(code=desk.unit)
    police = unit.organ
    court = Organisation.objects.select_related("parent").get(
        kind=Organisation.Kind.PROCURATORATE, level=police.level, jurisdiction=police.jurisdiction
    )
    organs = [unit, police, court, police.parent, court.parent]
    logins = [desk.investigator, desk.legal, desk.chief, desk.prosecutor]
    users = dict(User.objects.filter(login__in=logins).values_list("login", "pk"))
    return [police.jurisdiction, court.abbr, police.abbr, *(str(o.pk) for o in organs if o),
            *(str(users[login]) for login in logins)]  # fmt: skip
