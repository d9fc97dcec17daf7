"""The rows of the work list as they are shown: the clock, the matter, the other side, and what may be done now.

Which rows they are is decided in `queries.owed`; here a page of them is filled in a fixed number of reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from cases.models import Case, Deadline, Document, Draft, Proceeding
from cases.queries import pasts, reading, receipts
from cases.queries.reading import Ahead, DeadlineLine, Titled
from cases.queries.receipts import Receiving
from coordination import policy
from coordination.keyset import Key
from coordination.law.catalogue import catalogue
from coordination.models import Organisation, User
from coordination.standing import Standing


@dataclass(frozen=True, slots=True)
class Owed:
    """One row as it was found: a deadline, a draft or a document."""

    key: Key
    deadline: Deadline | None = None
    draft: Draft | None = None
    document: Document | None = None

    @property
    def proceeding(self) -> Proceeding:
        """The matter it stands in."""
        one = self.deadline or self.draft or self.document
        assert one is not None  # noqa: S101 - a row carries one of the three
        return one.proceeding


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One row as it is shown. `line` is None where no clock runs for it; then `since` says how long it waits.

    `title` is the limit, the step or the kind of document; `other` the organ on the other side.
    """

    kind: Literal["deadline", "draft", "document"]
    title: Titled
    matter: Proceeding
    case: Case | None
    line: DeadlineLine | None
    since: datetime
    other: Organisation | None
    person: str
    url: str
    ahead: Ahead


@dataclass(frozen=True, slots=True)
class _Known:
    """What a page needs beside its rows."""

    who: Standing
    now: datetime
    is_owing: bool
    ahead: Mapping[UUID, Ahead]
    clocks: Sequence[Deadline]
    receiving: Receiving
    carried: Mapping[UUID, Document]
    laid: Sequence[Draft]

    def of_receipt(self, thread: UUID | None) -> DeadlineLine | None:
        """The clock that runs for the receipt of a document."""
        found = next((one for one in self.clocks if one.thread_id == thread), None)
        return reading.line(found, now=self.now) if found else None

    def of_draft(self, draft: Draft) -> DeadlineLine | None:
        """The clock of which a rung laid the step ready, else the first one that the step ends.

        One of several matters opened for a list ends with the clock of the whole.
        """
        own = [one for one in self.clocks if one.thread_id == draft.proceeding.thread_id]
        step = draft.proceeding.declared.step(draft.step)
        caused = next((one for one in own if one.limit in draft.cause), None)
        found = caused or next((one for one in own if step.ends(one.rule)), None)
        if found is None and draft.proceeding.about and own:
            found = own[0]
        return reading.line(found, now=self.now) if found else None


def rows_of(
    user: User, who: Standing, found: Sequence[Owed], *, is_owing: bool, now: datetime
) -> list[OwedRow]:
    """Return the rows with their clocks and the steps that are possible now."""
    if not found:
        return []
    deadlines = [row.deadline for row in found if row.deadline]
    carried = receipts.of_clocks(user, who, deadlines, now=now)
    documents = [*(row.document for row in found if row.document), *carried.values()]
    rule = Q(thread_id__in={row.proceeding.thread_id for row in found if not row.document})
    rule |= Q(parent__in=[document.proceeding_id for document in documents])
    rule |= Q(pk__in=[document.transfer_id for document in documents])
    matters = reading.open_matters(user, who, rule, now=now)
    offered = pasts.choices(who, matters, now=now)
    laid = reading.drafts_of(user, who, matters, now=now)
    known = _Known(
        who=who,
        now=now,
        is_owing=is_owing,
        ahead=reading.ahead(deadlines, matters, offered, laid),
        clocks=_clocks(user, who, found, matters, now),
        receiving=Receiving(matters, offered),
        carried=carried,
        laid=laid,
    )
    return [_row(row, known) for row in found]


def _clocks(
    user: User, who: Standing, found: Sequence[Owed], matters: Sequence[Proceeding], now: datetime
) -> list[Deadline]:
    """The running clocks of the matters of drafts and documents, the first to end first."""
    transfers = {row.document.transfer_id for row in found if row.document}
    threads = {row.draft.proceeding.thread_id for row in found if row.draft}
    threads |= {matter.thread_id for matter in matters if matter.pk in transfers}
    rows = policy.visible(user, Deadline, now=now, who=who).filter(
        thread_id__in=threads, stopped_at__isnull=True
    )
    return list(rows.order_by("due_at", "pk"))


def _row(row: Owed, known: _Known) -> OwedRow:
    if row.deadline is not None:
        paper = known.carried.get(row.deadline.pk) if known.is_owing else None
        if paper is not None:
            return _of_document(paper, reading.line(row.deadline, now=known.now), known)
        return _of_deadline(row.deadline, known)
    if row.draft is not None:
        return _of_draft(row.draft, known)
    assert row.document is not None  # noqa: S101 - a row carries one of the three
    transfer = known.receiving.matter(row.document.transfer_id)
    return _of_document(row.document, known.of_receipt(transfer.thread_id if transfer else None), known)


def _of_deadline(row: Deadline, known: _Known) -> OwedRow:
    ahead = known.ahead[row.pk]
    return OwedRow(
        kind="deadline",
        title=row.rule,
        matter=row.proceeding,
        case=row.case,
        line=reading.line(row, now=known.now),
        since=row.started_at,
        other=row.counterparty if known.is_owing else row.responsible,
        person=row.owner.name if row.owner and row.owner_id != known.who.user_id else "",
        url=reverse("proceeding", args=[row.proceeding_id]),
        ahead=ahead if known.is_owing else Ahead(submitted=ahead.submitted),
    )


def _of_draft(row: Draft, known: _Known) -> OwedRow:
    matter = row.proceeding
    step = matter.declared.step(row.step)
    is_approval = row.awaiting == Draft.Awaiting.APPROVER
    sides = (matter.organisation, matter.counterpart)
    return OwedRow(
        kind="draft",
        title=step,
        matter=matter,
        case=matter.case,
        line=known.of_draft(row),
        since=row.prepared_at,
        other=next((organ for organ in sides if organ and organ.pk not in known.who.organs), None),
        person=row.prepared_by.name if row.prepared_by else "",
        url=reverse("draft", args=[row.pk]),
        ahead=Ahead() if is_approval else Ahead((reading.next_step(matter, step, known.laid),)),
    )


def _of_document(row: Document, line: DeadlineLine | None, known: _Known) -> OwedRow:
    return OwedRow(
        kind="document",
        title=catalogue().document(row.kind),
        matter=row.proceeding,
        case=row.case,
        line=line,
        since=row.sent_at or row.proceeding.opened_at,
        other=row.organisation,
        person=row.number,
        url=reverse("document", args=[row.pk]),
        ahead=Ahead(known.receiving.steps(row)),
    )
