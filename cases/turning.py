"""Which clocks an act started, stopped or moved: what stands before it is compared with what stands after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Case, Deadline, Proceeding


@dataclass(frozen=True, slots=True)
class Standing:
    """The clocks of a case (or of a thread, without a case) at a moment: when each ends, and whether it has stopped."""

    case_id: UUID | None
    thread_id: UUID
    clocks: Mapping[UUID, tuple[datetime, datetime | None, datetime | None]]

    def emptied(self) -> Standing:
        """The same case or thread before its first clock."""
        return Standing(self.case_id, self.thread_id, {})


@dataclass(frozen=True, slots=True)
class Turned:
    """Clocks that now run and did not before, those that stopped, and those that end at another instant."""

    started: tuple[Deadline, ...] = ()
    stopped: tuple[Deadline, ...] = ()
    moved: tuple[Deadline, ...] = ()

    def known_to(self, clearance: int) -> Turned:
        """The same without the clocks that only people with a higher clearance may know of."""
        return Turned(*(
            tuple(row for row in rows if row.confidentiality <= clearance)
            for rows in (self.started, self.stopped, self.moved)
        ))  # fmt: skip


NOTHING = Turned()


def of_case(case: Case) -> Standing:
    """How the clocks of a case stand now."""
    return _standing(case.pk, case.pk)


def of_proceeding(proceeding: Proceeding) -> Standing:
    """How the clocks stand that a step of the proceeding may touch."""
    return _standing(proceeding.case_id, proceeding.thread_id)


def since(before: Standing) -> Turned:
    """What has become of the clocks since `before`; ordered by the instant they run out."""
    started, stopped, moved = [], [], []
    for row in _rows(before.case_id, before.thread_id):
        was = before.clocks.get(row.pk)
        if row.stopped_at is not None:
            stopped += [row] if was is None or was[1] is None else []
        elif was is None:
            started.append(row)
        elif (was[0], was[2]) != (row.due_at, row.suspended_at):
            moved.append(row)
    return Turned(tuple(started), tuple(stopped), tuple(moved))


def _standing(case_id: UUID | None, thread_id: UUID) -> Standing:
    clocks = {row.pk: (row.due_at, row.stopped_at, row.suspended_at) for row in _rows(case_id, thread_id)}
    return Standing(case_id, thread_id, clocks)


def _rows(case_id: UUID | None, thread_id: UUID) -> QuerySet[Deadline]:
    rows = Deadline.objects.order_by("due_at", "id")
    return rows.filter(case=case_id) if case_id else rows.filter(thread_id=thread_id)
