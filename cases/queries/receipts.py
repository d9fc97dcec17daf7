"""Documents that came in and are not receipted yet: which of them a person must receipt, and by which step.

A procedure that takes the document in receipts it with its own step; else the desk transfer has one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import Deadline, Document, Proceeding
from cases.parties import NAMED
from cases.queries import reading
from cases.queries.reading import NextStep
from coordination import policy
from coordination.law.grammar import Choice
from coordination.law.processes import all_processes
from coordination.models import User
from coordination.standing import Standing

DESKS = frozenset({"case_manager", "police_legal"})
"""The roles that receive for their organ (counterpart link); others only what a procedure of theirs takes in."""
RECEIPT = "desk_receipt_norm"
"""The clock of a receipt at a desk; it is owned by the desk transfer that carries the document."""
DETAIL = ("case", "organisation", "proceeding__suspect")

ON_ITS_WAY = ("sent", "disputed")
"""The states of a desk transfer in which the document waits for its receipt."""


class Receiving:
    """The open matters in which documents of a page may be receipted, with what the person may do there."""

    def __init__(self, matters: Sequence[Proceeding], offered: Mapping[UUID, Sequence[Choice]]) -> None:
        self._matters = {matter.pk: matter for matter in matters}
        self._offered = offered

    def matter(self, key: UUID | None) -> Proceeding | None:
        """The open matter of this key, if it was loaded."""
        return self._matters.get(key) if key else None

    def steps(self, document: Document) -> tuple[NextStep, ...]:
        """The first possible step that receipts the document: of the procedure that takes it in, else of the desk."""
        children = [one for one in self._matters.values() if one.parent_id == document.proceeding_id]
        for matter in children:
            for choice in self._offered.get(matter.pk, ()):
                if choice.possible and choice.step.receipts:
                    return (reading.next_step(matter, choice.step),)
        transfer = self.matter(document.transfer_id)
        for choice in self._offered.get(transfer.pk, ()) if transfer else ():
            if choice.possible and choice.step.id == "receipt" and transfer is not None:
                return (reading.next_step(transfer, choice.step),)
        return ()


def of_clocks(
    user: User, who: Standing, deadlines: Sequence[Deadline], *, now: datetime
) -> dict[UUID, Document]:
    """The documents whose receipt these clocks wait for, by the clock; one query, none without such a clock."""
    transfers = {row.proceeding_id: row.pk for row in deadlines if row.limit == RECEIPT}
    if not transfers:
        return {}
    rows = policy.visible(user, Document, now=now, who=who).filter(
        transfer__in=transfers, receipted_at__isnull=True
    )
    found = rows.select_related(*DETAIL)
    return {transfers[row.transfer_id]: row for row in found if row.transfer_id is not None}


def to_receipt(user: User, who: Standing, *, now: datetime) -> QuerySet[Document] | None:
    """Every document whose receipt waits for the person or the person's desk; None for who never receipts any."""
    rule, desks = _taken_in(user, who), _desks(who)
    if desks:
        at_desk = Q(addressee__in=desks)
        rule = at_desk if rule is None else rule | at_desk
    return None if rule is None else _waiting(user, who, rule, now)


def taken_in(user: User, who: Standing, *, now: datetime) -> QuerySet[Document] | None:
    """Documents that a procedure of the person takes in, where not the desk but the person may receipt them.

    None for who never takes any in. The desk itself is told by the clock of the receipt.
    """
    rule = _taken_in(user, who)
    return None if rule is None else _waiting(user, who, rule, now)


def _waiting(user: User, who: Standing, rule: Q, now: datetime) -> QuerySet[Document]:
    rows = policy.visible(user, Document, now=now, who=who).filter(
        rule,
        sent_at__isnull=False,
        receipted_at__isnull=True,
        cancelled_at__isnull=True,
        transfer__isnull=False,
    )
    return rows.select_related(*DETAIL)


def _desks(who: Standing) -> set[UUID]:
    return {organ for role, organ in who.roles_at if role in DESKS}


def _taken_in(user: User, who: Standing) -> Q | None:
    rule = None
    for role, organ in sorted(who.roles_at):
        waiting = _waiting_states(role)
        if organ in _desks(who) or not waiting:
            continue
        states = Q(pk__in=[])
        for process, state in waiting:
            states |= Q(process=process, state=state)
        taking = Proceeding.objects.filter(
            states, Q(counterpart=organ) | Q(organisation=organ), closed_at__isnull=True
        )
        mine = Q(proceeding__in=taking.order_by().values("parent"), addressee=organ)
        if role in NAMED:
            named = f"case__{NAMED[role]}"
            mine &= Q(**{named: user}) | Q(**{f"{named}__isnull": True})
        rule = mine if rule is None else rule | mine
    return rule


@cache
def _waiting_states(role: str) -> tuple[tuple[str, str], ...]:
    """The procedures, and their states, in which a document waits for this role to take it in."""
    return tuple(
        (process.id, state)
        for process in all_processes().values()
        for step in process.steps
        for state in step.from_
        if step.receipts and role in (step.role, *step.also)
    )
