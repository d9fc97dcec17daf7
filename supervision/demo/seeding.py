"""Filling a world with many cases by COPY: patterns told once through the verbs, copied with other ids, people, days.

Every copy has what the verbs would have written into the record: cases, suspects, proceedings, steps, events, log
entries, papers and clocks. Messages and the audit are left out: nobody did it. What a copy says is in `copying`, how
rows are written in `loading`.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from django.db import connection, transaction
from pypinyin import lazy_pinyin

from cases.models import Case
from coordination.models import Organisation, User
from supervision.demo import copying, loading, people, seed_stories, telling
from supervision.demo.copying import TABLES, Copied, Moments, Pattern
from supervision.demo.seed_stories import DESKS, TOLD_AT, Desk

CHUNK = 2000
DAYS_OPEN, DAYS_CLOSED = 6, 640
FIRST_SERIAL = 1000
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "文武明亮山河田野春秋冬夏松竹梅兰"


@dataclass(frozen=True, slots=True)
class Seeded:
    """How much was written: cases, and rows of all tables."""

    cases: int
    rows: int


def seed(
    count: int,
    *,
    now: datetime,
    seed: int = 1,
    desks: Sequence[Desk] = DESKS,
    progress: Callable[[int], None] = lambda done: None,
) -> Seeded:
    """Write `count` cases of these desks as they stand at `now`, about a tenth of them open; load the cast if missing.

    The same `seed` draws the same kinds, desks, days and names; ids are always fresh. All of it is one transaction;
    where it more than doubles the record, nobody else can use it meanwhile. `progress` is told how many are written.
    """
    there = Case.objects.count()
    copies = writer(count, now=now, seed=seed, desks=desks)
    with transaction.atomic(), connection.cursor() as cursor:
        loading.without_checks(cursor)
        with loading.indexes_aside(cursor, TABLES) if count > there else nullcontext():
            for done, blocks in _ahead(copies, count):
                for table, lines in blocks.items():
                    loading.write(cursor, table, copies.columns[table], lines)
                progress(done)
        loading.number_on(cursor)
        loading.analyze(cursor, TABLES)
    return Seeded(count, copies.rows)


def _ahead(copies: Writer, count: int) -> Iterator[tuple[int, dict[str, list[bytes]]]]:
    """Give the chunks with how many cases are in them so far; the next is drawn while the database takes one in."""
    sizes = [min(CHUNK, count - done) for done in range(0, count, CHUNK)]
    with ThreadPoolExecutor(max_workers=1) as pool:
        drawn = pool.submit(copies.chunk, sizes[0]) if sizes else None
        for place, done in enumerate(accumulate(sizes), start=1):
            assert drawn is not None  # noqa: S101 - there is one more for every size
            blocks = drawn.result()
            drawn = pool.submit(copies.chunk, sizes[place]) if place < len(sizes) else None
            yield done, blocks


def writer(count: int, *, now: datetime, seed: int = 1, desks: Sequence[Desk] = DESKS) -> Writer:
    """Tell the patterns and return what gives the rows of `count` copies; nothing of it stays in the database."""
    if not User.objects.filter(login=TOLD_AT.investigator).exists():
        people.load()
    draw = Random(seed)  # noqa: S311 - a spread, nothing secret
    told = _told(_swaps([TOLD_AT])[0])
    swaps = list(zip(desks, _swaps(desks), strict=True))
    return Writer(told, swaps, draw, now, FIRST_SERIAL + Case.objects.count(), count)


@dataclass(frozen=True, slots=True)
class _Told:
    """A pattern, how many parts of a hundred it makes, and whether its case is closed."""

    pattern: Pattern
    parts: int
    is_closed: bool


class Writer:
    """Draws copies and gives their rows chunk by chunk."""

    def __init__(
        self,
        told: list[_Told],
        desks: list[tuple[Desk, dict[str, str]]],
        draw: Random,
        now: datetime,
        serial: int,
        count: int,
    ) -> None:
        self.told, self.desks, self.draw, self.now, self.serial = told, desks, draw, now, serial
        self.columns = told[0].pattern.columns
        self.bounds = list(accumulate(kind.parts for kind in told))
        self.moments: dict[tuple[int, int], Moments] = {}
        self.variants: dict[tuple[int, int, int], Copied] = {}
        self.names = [(s + g, " ".join(lazy_pinyin(s + g))) for s in SURNAMES for g in GIVEN]
        # Ids are UUIDv7 as the database makes them, one millisecond a case: the last of them is of this moment.
        self.millisecond = time.time_ns() // 1_000_000 - count
        self.rows = 0

    def chunk(self, size: int) -> dict[str, list[bytes]]:
        """Return the rows of the next `size` cases by table, as COPY reads them."""
        found: dict[str, list[bytes]] = {table: [] for table in TABLES}
        chance = secrets.token_hex(8 * size)
        for place in range(size):
            copied, desk = self._variant()
            name, sort = self.draw.choice(self.names)
            stamp, back = f"{self.millisecond:012x}", chance[16 * place : 16 * place + 16]
            blocks = copied.copy(
                front=f"{stamp[:8]}-{stamp[8:]}", back=f"8{back[1:4]}-{back[4:]}", serial=self.serial, name=name,
                number=f"A{desk.unit}{copied.begins:%Y%m}{self.serial:04d}", sort=sort,
            )  # fmt: skip
            for lines, block in zip(found.values(), blocks, strict=True):
                lines.append(block)
            self.serial += 1
            self.millisecond += 1
            self.rows += copied.rows
        return found

    def _variant(self) -> tuple[Copied, Desk]:
        at = self.draw.uniform(0, self.bounds[-1])
        kind = next(place for place, bound in enumerate(self.bounds) if at <= bound)
        told = self.told[kind]
        place = self.draw.randrange(len(self.desks))
        days = (
            self.draw.randrange(8, DAYS_CLOSED, 20)
            if told.is_closed
            else self.draw.randrange(1, DAYS_OPEN * 24, 6)
        )
        key = (kind, place, days)
        if key not in self.variants:
            if (kind, days) not in self.moments:
                back = timedelta(days=days) if told.is_closed else timedelta(hours=days)
                # The last scene of a pattern lies in the past by `back`, to the whole minute.
                shift = (self.now - back).replace(second=0, microsecond=0) - seed_stories.ENDS
                self.moments[kind, days] = told.pattern.moved(shift)
            self.variants[key] = told.pattern.copied(self.moments[kind, days], self.desks[place][1])
        return self.variants[key], self.desks[place][0]


def _told(swapped: dict[str, str]) -> list[_Told]:
    """Tell the patterns, read what they wrote, and take it back."""
    found = []
    with transaction.atomic():
        for pattern in seed_stories.patterns():
            telling.play(pattern.scenes, until=seed_stories.ENDS)
            case = Case.objects.get(number=pattern.number)
            row = copying.read(case, seed_stories.SUSPECT, swapped)
            found.append(_Told(row, pattern.parts, pattern.is_closed))
        transaction.set_rollback(True)
    return found


def _swaps(desks: Iterable[Desk]) -> list[dict[str, str]]:
    """For each desk: which id stands for which of the desk the patterns are told at."""
    mine = _ids(TOLD_AT)
    return [dict(zip(mine, _ids(desk), strict=True)) for desk in desks]


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
