"""Imported holiday tables: submitted as a file, approved by both sides, and known to every process without a restart.

The law counts by what it was handed (`calendar.use`); `refresh` hands it the tables in force, at the edge of every
request, task and command that winds clocks. What then happens to open deadlines is in `cases.recalculating`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from time import monotonic
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from redis.exceptions import RedisError

from coordination import audit, inbox, policy
from coordination.errors import Conflict, NotVisible, Refused, Version
from coordination.law import calendar as law
from coordination.law.calendar_tables import FaultyTable, Table, import_faults, parse
from coordination.law.history import Reason
from coordination.law.zone import ZONE
from coordination.models import CalendarDecision, CalendarTable, Organisation, User
from coordination.standing import Standing, standing

Side, Outcome = CalendarDecision.Side, CalendarDecision.Outcome
SIDE_OF = {"police_legal": Side.POLICE, "case_manager": Side.PROCURATORATE}
"""The administrators of the two sides: whoever keeps the files and periods of the organ (decision 0018)."""
KEY = "calendar:version"
LOOK_EVERY = 1.0
"""So many seconds a process counts by what it knows before it asks again whether the tables changed."""
LONGEST_TEXT = 64 * 1024
REMIND_FROM = (11, 1)


@transaction.atomic
def submit(actor: User | None, text: str, *, file_name: str, at: datetime) -> CalendarTable:
    """Keep a table for approval; the same file again is the same table. `actor` None is the operator.

    Raises Refused with every fault of the file.
    """
    if actor is not None and not policy.may(standing(actor, at), "calendar.submit"):
        raise Refused(_not_administrator())
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = CalendarTable.objects.filter(digest=digest).exclude(decisions__outcome=Outcome.DECLINED).first()
    if known is not None:
        return known
    table = read(text)
    waiting = next((row for row in pending() if row.year == table.year), None)
    if waiting is not None:
        en = f"another table of {table.year} waits for approval; decide on it first"
        raise Refused(Reason("calendar:duplicate", en, f"另有{table.year}年的日历等待审批，请先审批"))
    row = CalendarTable.objects.create(
        year=table.year, number=table.number, text=text, digest=digest, file_name=file_name[:120], submitted_by=actor,
        submitted_at=at,
    )  # fmt: skip
    _record(actor, "calendar.submitted", row, at, year=row.year, digest=digest)
    told = {user for side in Side for user in administrators(side, at)}
    inbox.post(told, _note("calendar.submitted", row, number=row.number), at=at)
    return row


@transaction.atomic
def decide(
    actor: User, table: CalendarTable, *, outcome: str, comment: str = "", at: datetime
) -> CalendarDecision:
    """Approve or decline for the own side. Raises Refused, and Conflict where the side has decided already."""
    row = CalendarTable.objects.select_for_update().filter(pk=table.pk).first()
    if row is None:
        raise NotVisible(f"calendar table {table.pk}")
    who = standing(actor, at)
    side = next((SIDE_OF[role] for role in sorted(who.roles) if role in SIDE_OF), None)
    if side is None or not policy.may(who, "calendar.decide"):
        raise Refused(_not_administrator())
    decided = list(row.decisions.select_related("decided_by"))
    _still_open(row, side, decided)
    reasons = tuple(_against(actor, row, outcome, comment, decided))
    if reasons:
        raise Refused(*reasons)
    made = CalendarDecision.objects.create(
        table=row, side=side, outcome=outcome, comment=comment.strip(), decided_by=actor, organ=_organ(who),
        decided_at=at,
    )  # fmt: skip
    _record(actor, f"calendar.{outcome}", row, at, year=row.year, side=side)
    if outcome == Outcome.DECLINED:
        told = {user for each in Side for user in administrators(each, at)}
        inbox.post(told, _note("calendar.declined", row, comment=made.comment), at=at)
    if is_in_force(row):
        transaction.on_commit(publish)
    return made


def read(text: str) -> Table:
    """Read and check a file against what is in force. Raises Refused with every fault."""
    if len(text) > LONGEST_TEXT:
        raise Refused(Reason("calendar:file", "the file is too large for a year's table", "文件过大"))
    try:
        table = parse(text)
    except FaultyTable as fault:
        raise Refused(*fault.reasons) from None
    reasons = import_faults(table, known_tables())
    if reasons:
        raise Refused(*reasons)
    return table


def in_force() -> list[CalendarTable]:
    """Return the tables that both sides approved, in the order of their last approval: the latest of a year counts."""
    rows = CalendarTable.objects.prefetch_related("decisions")
    approved = [row for row in rows if _is_approved(row)]
    return sorted(approved, key=lambda row: (max(one.decided_at for one in row.decisions.all()), row.pk))


def pending() -> list[CalendarTable]:
    """Return the tables that wait for a side, the latest first."""
    rows = CalendarTable.objects.prefetch_related("decisions").order_by("-pk")
    return [row for row in rows if not _is_approved(row) and not is_declined(row)]


def is_in_force(row: CalendarTable) -> bool:
    """Whether both sides approved the table."""
    return row.decisions.filter(outcome=Outcome.APPROVED).count() == len(Side)


def is_declined(row: CalendarTable) -> bool:
    """Whether a side declined the table."""
    return any(one.outcome == Outcome.DECLINED for one in row.decisions.all())


def known_tables() -> Mapping[int, Table]:
    """Return the tables by year: the law's own, and in their place or behind them those in force."""
    later = {row.year: parse(row.text) for row in in_force()}
    return dict(sorted({**law.own_tables(), **later}.items()))


def calendar_with(row: CalendarTable) -> law.Calendar:
    """Return the calendar as it would be with one more table."""
    return law.combined(dict(sorted({**known_tables(), row.year: parse(row.text)}.items())))


def changed_days(row: CalendarTable) -> tuple[date, date]:
    """Return the first and the last day that the table changes against what stands without it."""
    table = parse(row.text)
    before = {**law.own_tables(), **{one.year: parse(one.text) for one in in_force() if one.pk < row.pk}}
    former = before.get(table.year)
    if former is None:
        return date(table.year, 1, 1), date(table.year, 12, 31)
    days = (former.off ^ table.off) | (former.worked ^ table.worked)
    return min(days), max(days)


# ---- every process knows -------------------------------------------------------------------------------------------


class _Known:
    """What this process counts by, and when it last asked."""

    version: str = ""
    looked_at: float = float("-inf")


def refresh(*, at_once: bool = False) -> None:
    """Let this process count by the tables in force. Asks the cache, once a second at most; the database on change."""
    if not at_once and monotonic() - _Known.looked_at < LOOK_EVERY:
        return
    _Known.looked_at = monotonic()
    try:
        version = None if at_once else cache.get(KEY)
    except RedisError:
        return  # the process goes on by what it knows; the health check tells of the broker
    if version is None and _Known.version and not at_once:
        return  # the cache was emptied; the version stands there again within a minute
    if version is None or version != _Known.version:
        rows = in_force()
        law.use(parse(row.text) for row in rows)
        _Known.version = _version(rows)
        if version is None and not at_once:
            cache.set(KEY, _Known.version, None)


def publish() -> str:
    """Tell every process which tables are in force; repeated every minute, so that no lost word matters."""
    version = _version(in_force())
    cache.set(KEY, version, None)
    return version


def _version(rows: list[CalendarTable]) -> str:
    return " ".join(str(row.pk) for row in rows) or "own"


# ---- next year's table ---------------------------------------------------------------------------------------------


def missing_year(now: datetime) -> int | None:
    """Return next year where it is 1 November or later and no table of it is in force; None where all is well."""
    today = now.astimezone(ZONE).date()
    last = law.national().last_day.year
    if last < today.year:
        return today.year
    return today.year + 1 if (today.month, today.day) >= REMIND_FROM and last == today.year else None


def remind(now: datetime) -> int:
    """Ask the administrators for the missing table, once a week; returns how many were told. Safe to run twice."""
    year = missing_year(now)
    if year is None:
        return 0
    week = now.astimezone(ZONE).isocalendar()
    told = {user for side in Side for user in administrators(side, now)}
    note = inbox.Note(
        "calendar.missing", {"year": str(year)}, link=reverse("calendar"),
        once_key=f"calendar:{year}:{week.year}-{week.week}",
    )  # fmt: skip
    return inbox.post(told, note, at=now)


def administrators(side: str, at: datetime) -> list[User]:
    """Everyone who administers the calendar for a side."""
    roles = [role for role, of in SIDE_OF.items() if of == side]
    rows = User.objects.filter(
        Q(postings__ends_at__isnull=True) | Q(postings__ends_at__gt=at), is_active=True,
        postings__role__in=roles, postings__starts_at__lte=at,
    )  # fmt: skip
    return list(rows.distinct().order_by("login"))


def side_of(who: Standing) -> str:
    """The side for which the person may decide; "" for none."""
    return next((SIDE_OF[role].value for role in sorted(who.roles) if role in SIDE_OF), "")


def _is_approved(row: CalendarTable) -> bool:
    return sum(one.outcome == Outcome.APPROVED for one in row.decisions.all()) == len(Side)


def _still_open(row: CalendarTable, side: str, decided: list[CalendarDecision]) -> None:
    last = next((one for one in decided if one.side == side or one.outcome == Outcome.DECLINED), None)
    if last is not None:
        name = str(row.year)
        raise Conflict(Version(0, "open", name, ""), Version(1, last.outcome, name, last.decided_by.name))


def _against(
    actor: User, row: CalendarTable, outcome: str, comment: str, decided: list[CalendarDecision]
) -> Iterator[Reason]:
    if outcome not in Outcome.values:
        yield Reason("field:outcome", "approve or decline", "请选择同意或者不同意")
    if outcome == Outcome.DECLINED and not comment.strip():
        yield Reason("field:comment", "a table is declined with a comment", "不同意应当说明意见")
    if any(one.decided_by_id == actor.pk for one in decided):
        yield Reason("side", "nobody decides for both sides", "同一人不得代表双方审批")
    if outcome == Outcome.APPROVED:
        yield from import_faults(parse(row.text), known_tables())


def _not_administrator() -> Reason:
    en = "reserved to the police legal department and the case management of the procuratorate"
    return Reason("role", en, "只能由公安法制部门和检察院案管人员办理")


def _organ(who: Standing) -> Organisation:
    return next(held.at.organ for held in who.held if held.role in SIDE_OF)


def _note(code: str, row: CalendarTable, **params: str) -> inbox.Note:
    link = reverse("calendar-table", args=[row.pk])
    return inbox.Note(code, {"year": str(row.year), **params}, link=link, once_key=f"{code}:{row.pk}")


def _record(actor: User | None, action: str, row: CalendarTable, at: datetime, **detail: Any) -> None:
    audit.record(actor, action, at=at, subject=audit.Subject("calendar_table", row.pk), **detail)
