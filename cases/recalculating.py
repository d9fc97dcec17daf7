"""What a new holiday table does to open deadlines: a preview for those who approve it, then one journalled batch.

Each batch of rows is one transaction with the place it reached, so that a killed run goes on where it was and a run
that is started twice does nothing twice. Custody is never derived anew: no holiday moves it (CPL 105; C8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.urls import reverse

from cases import bounds, clocks, ladder, parties, recalculated_rows, scope
from cases.models import Deadline, Recalculation
from cases.models.clock import STANDING_GRANT
from cases.recalculated_rows import Alarm, Moved, Open
from coordination import audit, calendars, inbox, local_rules
from coordination.errors import Refused
from coordination.law import clock
from coordination.law.calendar import Calendar, national
from coordination.law.local import LocalRule as LawRule
from coordination.law.rulebook import Limit, rulebook
from coordination.models import CalendarDecision, CalendarTable, LocalRule, Organisation, User

log = structlog.get_logger(__name__)
Kind = Recalculation.Kind
BATCH = 2000
SETTLE = timedelta(minutes=2)
"""So long after its beginning a run stays open: every process has learnt of the table by then."""
LEEWAY = timedelta(minutes=5)
"""So much before its beginning the closing look at fresh rows starts: a row may be written late."""
Told = Callable[[Recalculation], None]


@transaction.atomic
def submit(actor: User | None, text: str, *, file_name: str, at: datetime) -> CalendarTable:
    """Keep a table for approval and open its preview; the same file again changes nothing. Refused as `calendars`."""
    row = calendars.submit(actor, text, file_name=file_name, at=at)
    _open(row, Kind.PREVIEW, at)
    return row


@transaction.atomic
def decide(
    actor: User, table: CalendarTable, *, outcome: str, comment: str = "", at: datetime
) -> CalendarDecision:
    """Decide for the own side; with the second approval the recalculation is open. Errors as of `calendars`."""
    made = calendars.decide(actor, table, outcome=outcome, comment=comment, at=at)
    if calendars.is_in_force(table):
        _open(table, Kind.APPLY, at)
    return made


@transaction.atomic
def preview_again(table: CalendarTable, *, at: datetime) -> Recalculation:
    """Throw the preview away and open a new one: the deadlines have gone on."""
    Recalculation.objects.filter(table=table, kind=Kind.PREVIEW).delete()
    return _open(table, Kind.PREVIEW, at)


def go_on(now: datetime, *, told: Told | None = None, settle: timedelta = SETTLE) -> int:
    """Bring every open run forward as far as it goes; returns how many deadlines were looked at."""
    calendars.refresh(at_once=True)
    examined = 0
    for run in Recalculation.objects.filter(finished_at__isnull=True).select_related("table").order_by("id"):
        examined += bring_forward(run, now, told=told, settle=settle)
    return examined


def bring_forward(
    run: Recalculation,
    now: datetime,
    *,
    told: Told | None = None,
    settle: timedelta = SETTLE,
    batch: int = BATCH,
) -> int:
    """Look at batch after batch until nothing is left; close the run when it has settled."""
    days = calendars.changed_days(run.table)
    is_preview = run.kind == Kind.PREVIEW
    pass_ = _Pass(calendars.calendar_with(run.table) if is_preview else national(), days, batch, now)
    examined = 0
    while (done := _one_batch(run, pass_)) is not None:
        if told is not None:
            told(run)
        if done == 0:
            _close(run, pass_, settle)
            return examined
        examined += done
    return examined


@dataclass(slots=True)
class _Pass:
    """What one pass counts by; local rules are read once."""

    calendar: Calendar
    days: tuple[date, date]
    batch: int
    now: datetime
    rules: dict[UUID, LawRule] = field(default_factory=dict)

    def rule(self, key: UUID | None) -> LawRule | None:
        """The local rule of a deadline, as the clock takes it."""
        if key is None:
            return None
        if key not in self.rules:
            self.rules[key] = local_rules.as_law(LocalRule.objects.select_related("office").get(pk=key))
        return self.rules[key]


@transaction.atomic
def _one_batch(run: Recalculation, pass_: _Pass) -> int | None:
    """Derive one batch anew and write what changed; None where another process has the run, or it is closed."""
    held = Recalculation.objects.select_for_update(skip_locked=True, of=("self",))
    row = held.filter(pk=run.pk, finished_at__isnull=True).first()
    if row is None:
        return None
    writes = row.kind == Kind.APPLY
    if row.total == 0:
        row.total = recalculated_rows.count(pass_.days)
    rows = recalculated_rows.claim(pass_.days, row.reached, pass_.batch, lock=writes)
    moved, failed = _derived(rows, pass_)
    if writes:
        recalculated_rows.store(moved, _alarms(rows, moved))
        recalculated_rows.note(moved, row.pk, pass_.now)
    else:
        recalculated_rows.preview(moved, row.pk)
    row.reached = rows[-1].pk if rows else row.reached
    row.examined += len(rows)
    row.moved += sum(one.is_elsewhere for one in moved)
    row.confirmed += sum(one.is_confirmed for one in moved)
    row.failed += failed
    row.save()
    for name in ("total", "reached", "examined", "moved", "confirmed", "failed"):
        setattr(run, name, getattr(row, name))
    return len(rows)


def _derived(rows: list[Open], pass_: _Pass) -> tuple[list[Moved], int]:
    """Derive each row; a row that cannot be derived is reported and stays as it is."""
    moved, failed = [], 0
    for row in rows:
        rule = rulebook().limit(row.limit)
        if rule.is_custodial(row.in_custody):
            continue
        try:
            due = _due(row, rule, pass_)
        except (clock.Impossible, Refused):
            log.exception("deadline.could_not_be_recalculated", deadline=str(row.pk), limit=row.limit)
            failed += 1
            continue
        before = (row.due_at, row.due_on, row.fires_at, row.plan_on, row.is_provisional)
        if before != (due.at, due.on, due.fires_at, due.plan_on, due.provisional):
            moved.append(Moved(row, due))
    return moved, failed


def _due(row: Open, rule: Limit, pass_: _Pass) -> clock.Due:
    if not _follows_from_its_anchor(rule, row.process):
        full = Deadline.objects.select_related("anchor", "proceeding", "local_rule__office").get(pk=row.pk)
        granted = list(full.extensions.filter(STANDING_GRANT).order_by("granted_at", "id"))
        return clocks.derive(full, scope.occurrences(full), granted, calendar=pass_.calendar)
    return clock.derive(
        rule, [clock.Happened(row.event, row.started_at)], in_custody=row.in_custody, calendar=pass_.calendar,
        granted=row.granted, stated=row.stated_on, occurrence=1, local=pass_.rule(row.local_rule_id),
    )  # fmt: skip


def _follows_from_its_anchor(rule: Limit, process: str) -> bool:
    """Whether nothing but the anchor, the stages and the local rule decides the end: no other event, no other clock."""
    return not (
        rule.suspends_on or rule.resumes_on or rule.resets_on or rule.runs_back_to or rule.bounded_by
        or bounds.is_bounded(rule.id, process)
    )  # fmt: skip


def _alarms(rows: list[Open], moved: list[Moved]) -> dict[UUID, Alarm]:
    """The next alarms that are others now: of what moved, and of what has rungs counted in working days."""
    new = {one.row.pk: one.due for one in moved}
    found = {}
    for each in rows:
        row, due = each, new.get(each.pk)
        if due is not None:
            row = replace(row, due_at=due.at, due_on=due.on, fires_at=due.fires_at)
        if row.suspended_at is not None:
            continue
        rung = {key for key, due_at in row.rung if due_at == row.due_at}
        alarm = ladder.first_after(ladder.rungs(row, row.process), rung)
        at, key = (alarm.at, alarm.key) if alarm else (None, "")
        if (at, key) != (row.next_alarm_at, row.next_rung):
            found[row.pk] = (at, key)
    return found


@transaction.atomic
def _close(run: Recalculation, pass_: _Pass, settle: timedelta) -> None:
    """Close a run that has settled: look once more at fresh rows, put it on record, tell the owners."""
    row = Recalculation.objects.select_for_update().get(pk=run.pk)
    if row.finished_at is not None:
        return
    if row.kind == Kind.APPLY:
        settled = Recalculation.objects.filter(pk=row.pk, begun_at__lte=Now() - settle).exists()
        if not settled:
            return
        _look_at_fresh_rows(row, pass_)
        _tell_owners(row, pass_.now)
        audit.record(
            None, "calendar.recalculated", at=pass_.now, subject=audit.Subject("calendar_table", row.table_id),
            run=str(row.pk), examined=row.examined, moved=row.moved, confirmed=row.confirmed, failed=row.failed,
        )  # fmt: skip
    row.finished_at = pass_.now
    row.save(update_fields=("finished_at",))
    run.finished_at = row.finished_at


def _look_at_fresh_rows(row: Recalculation, pass_: _Pass) -> None:
    """Rows made about the time of the beginning may be those of a process that did not know the table yet."""
    since = int((row.begun_at - LEEWAY).timestamp() * 1000)
    fresh = UUID(int=since << 80)
    if row.reached is None or row.reached > fresh:
        Recalculation.objects.filter(pk=row.pk).update(reached=fresh)
    while _one_batch(row, pass_):
        pass


def _tell_owners(row: Recalculation, now: datetime) -> None:
    """One message a person: how many of the person's, or the person's role's, deadlines have another end."""
    told: Counter[User] = Counter()
    for owner, organ, role, number in recalculated_rows.owners(row.pk):
        if owner is not None:
            told[User.objects.get(pk=owner)] += number
        else:
            for user in parties.holders(role, Organisation.objects.get(pk=organ), now):
                told[user] += number
    for user, number in told.items():
        note = inbox.Note(
            "calendar.moved", {"year": str(row.table.year), "count": str(number)},
            link=f"{reverse('calendar-table', args=[row.table_id])}?mine=1", once_key=f"calendar:{row.pk}",
        )  # fmt: skip
        inbox.post([user], note, at=now)


def _open(table: CalendarTable, kind: str, at: datetime) -> Recalculation:
    run, _fresh = Recalculation.objects.get_or_create(table=table, kind=kind, defaults={"opened_at": at})
    return run


def by_limit(run: Recalculation) -> list[tuple[str, int, int]]:
    """Return what a preview found, by limit: how many move, and how many only become firm; the most first."""
    rows = run.shifts.order_by().values("limit").annotate(
        moved=Count("pk", filter=~Q(due_at=F("then_at"))), confirmed=Count("pk", filter=Q(due_at=F("then_at")))
    )  # fmt: skip
    rows = rows.order_by("-moved", "-confirmed", "limit")
    return [(row["limit"], row["moved"], row["confirmed"]) for row in rows]
