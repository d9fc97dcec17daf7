"""Documents that came in and are not receipted yet: which of them a person must receipt, and by which step.

A procedure that takes the document in receipts it with its own step; else the desk transfer has one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import queries
from cases.models import Document, Proceeding
from cases.parties import NAMED
from cases.queries import NextStep
from coordination import policy
from coordination.law.grammar import Choice
from coordination.law.processes import all_processes
from coordination.models import User
from coordination.standing import Standing

DESKS = frozenset({"case_manager", "police_legal"})
"""The roles that receive for their organ (counterpart link); others only what a procedure of theirs takes in."""

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
                    return (queries.next_step(matter, choice.step),)
        transfer = self.matter(document.transfer_id)
        for choice in self._offered.get(transfer.pk, ()) if transfer else ():
            if choice.possible and choice.step.id == "receipt" and transfer is not None:
                return (queries.next_step(transfer, choice.step),)
        return ()


def to_receipt(
    user: User, who: Standing, *, now: datetime, whole_organ: bool = False
) -> QuerySet[Document] | None:
    """The documents whose receipt waits for the person, or for the organ; None for who never receipts any."""
    rule = Q(addressee__in=who.organs) if whole_organ else _mine(user, who)
    if rule is None:
        return None
    return policy.visible(user, Document, now=now, who=who).filter(
        rule,
        sent_at__isnull=False,
        receipted_at__isnull=True,
        cancelled_at__isnull=True,
        transfer__isnull=False,
    )


def _mine(user: User, who: Standing) -> Q | None:
    desks = [organ for role, organ in who.roles_at if role in DESKS]
    rule = Q(addressee__in=desks) if desks else None
    for role, organ in sorted(who.roles_at):
        processes = _taken_in_by(role)
        if role in DESKS or not processes:
            continue
        taking = Proceeding.objects.filter(
            parent=OuterRef("proceeding"), process__in=processes, closed_at__isnull=True
        ).order_by()
        mine = Q(Exists(taking), addressee=organ)
        if role in NAMED:
            named = f"case__{NAMED[role]}"
            mine &= Q(**{named: user}) | Q(**{f"{named}__isnull": True})
        rule = mine if rule is None else rule | mine
    return rule


@cache
def _taken_in_by(role: str) -> tuple[str, ...]:
    """The procedures that open with a document which this role may take in."""
    return tuple(
        process.id
        for process in all_processes().values()
        if any(step.receipts and role in (step.role, *step.also) for step in process.steps)
    )
