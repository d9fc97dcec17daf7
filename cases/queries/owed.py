"""The work list: what a person owes and what is owed to the person, sorted by the instant it runs out, paged by key.

Three kinds of rows: running deadlines, steps laid ready of which no deadline of the same desk speaks already (sorted
by the instant they were), and documents that a procedure of the person takes in (by the instant they were sent). Each
kind is read by its index up to one page and merged here: what a page costs does not grow with the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from cases import status as states
from cases.models import Case, Deadline, Draft
from cases.parties import NAMED
from cases.queries import reading, receipts
from cases.queries.owed_rows import Owed, OwedRow, rows_of
from cases.status import Status
from coordination import keyset, policy
from coordination.keyset import Key
from coordination.law.rulebook import rulebook
from coordination.models import User
from coordination.standing import Standing

Row = TypeVar("Row", bound=Model)

PAGE = 50
APPROVALS, MOST_APPROVALS = 20, 500
CITIZENS = frozenset({"suspect", "victim", "complainant"})
DETAIL = ("case", "suspect", "responsible", "counterparty", "owner", "proceeding__suspect")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; "" is everything. `state` is overdue, today or soon; `text` of number or title."""

    tab: Literal["owe", "owed"] = "owe"
    whose: Literal["mine", "organ"] = "mine"
    state: str = ""
    area: str = ""
    process: str = ""
    text: str = ""
    after: Key | None = None
    all_approvals: bool = False


@dataclass(frozen=True, slots=True)
class WorkList:
    """One page: what waits for an approval (on the first page), the rows, and where the next page begins."""

    approvals: tuple[OwedRow, ...]
    has_more_approvals: bool
    rows: tuple[OwedRow, ...]
    more: Key | None


def work_list(user: User, who: Standing, asked: Asked, *, now: datetime) -> WorkList:
    """Return one page of what the person owes, or of what is owed to the person."""
    is_owing = asked.tab == "owe"
    found = sorted(_candidates(user, who, asked, now), key=lambda row: row.key)
    approvals = _approvals(user, who, asked, now) if is_owing and asked.after is None else []
    most = MOST_APPROVALS if asked.all_approvals else APPROVALS
    shown, on_top = found[:PAGE], approvals[:most]
    filled = rows_of(user, who, [*on_top, *shown], is_owing=is_owing, now=now)
    return WorkList(
        approvals=tuple(filled[: len(on_top)]),
        has_more_approvals=len(approvals) > most,
        rows=tuple(filled[len(on_top) :]),
        more=shown[-1].key if len(found) > PAGE else None,
    )


def _candidates(user: User, who: Standing, asked: Asked, now: datetime) -> Iterator[Owed]:
    """Every list that is merged, each up to one page and one row more."""
    for deadlines in _deadlines(user, who, asked, now):
        for deadline in keyset.after(deadlines, asked.after, by="due_at")[: PAGE + 1]:
            yield Owed(Key(deadline.due_at, deadline.pk), deadline=deadline)
    if asked.tab == "owed":
        return
    for draft in keyset.after(_laid_ready(user, who, asked, now), asked.after, by="prepared_at")[: PAGE + 1]:
        yield Owed(Key(draft.prepared_at, draft.pk), draft=draft)
    papers = receipts.taken_in(user, who, now=now)
    if papers is not None and asked.whose == "mine":
        papers = _narrow(papers, who, "transfer__thread_id", asked, now)
        for paper in keyset.after(papers, asked.after, by="sent_at")[: PAGE + 1]:
            yield Owed(Key(paper.sent_at or now, paper.pk), document=paper)


def _deadlines(user: User, who: Standing, asked: Asked, now: datetime) -> list[QuerySet[Deadline]]:
    rows = policy.visible(user, Deadline, now=now, who=who).filter(stopped_at__isnull=True)
    rows = rows.select_related(*DETAIL)
    if asked.state:
        rows = rows.filter(_state(asked.state, now))
    if asked.area:
        rows = rows.filter(area=asked.area)
    if asked.process:
        rows = rows.filter(proceeding__process=asked.process)
    if asked.text:
        rows = rows.filter(_named("proceeding", asked.text))
    return _owing(rows, user, who, asked) if asked.tab == "owe" else _owed_to(rows, user, who, asked)


def _owing(rows: QuerySet[Deadline], user: User, who: Standing, asked: Asked) -> list[QuerySet[Deadline]]:
    """Mine: named as its owner, or of a role of mine and nobody's in person. Each list by its index.

    A desk owes what it sends also where somebody else, who prepares it, is named: both see it. Who stands in for
    somebody owes what that person owes.
    """
    rows = rows.exclude(limit__in=_not_ours())
    if asked.whose == "organ":
        return [rows.filter(responsible__in=who.organs)]
    found = [
        rows.filter(owner=user, responsible__in=who.organs),
        rows.filter(reading.of_desks(who.roles_at), owner__isnull=True),
    ]
    if who.stands_for:
        found.append(rows.filter(owner__in=who.stands_for, responsible__in=who.organs))
    shared = {(role, organ) for role, organ in who.roles_at if role not in NAMED}
    if shared:
        found.append(
            rows.filter(reading.of_desks(shared), owner__isnull=False).exclude(
                owner__in={user.pk, *who.stands_for}
            )
        )
    return found


@cache
def _not_ours() -> frozenset[str]:
    """Limits that no organ owes, only watches: what a citizen may or must do."""
    return frozenset(limit.id for limit in rulebook().limits.values() if limit.responsible in CITIZENS)


def _owed_to(rows: QuerySet[Deadline], user: User, who: Standing, asked: Asked) -> list[QuerySet[Deadline]]:
    """Mine: of the cases I am named in; a desk or a head has no cases of its own, to it is owed what the organ is."""
    rows = rows.filter(counterparty__in=who.organs).exclude(responsible__in=who.organs)
    if asked.whose == "organ" or not who.roles <= NAMED.keys():
        return [rows]
    named = Q(pk__in=[])
    for role in sorted(who.roles):
        named |= Q(**{NAMED[role]: user})
    return [rows.filter(case__in=Case.objects.filter(named))]


def _laid_ready(user: User, who: Standing, asked: Asked, now: datetime) -> QuerySet[Draft]:
    """Steps laid ready, but for those of whose thread a deadline of the same desk is in the list already.

    A receipt laid ready for a desk always is: it is left out before anything else is looked at.
    """
    told = _clocks(who, "proceeding__thread_id").filter(
        responsible=OuterRef("organisation"), responsible_role=OuterRef("role")
    )
    rows = _waiting_drafts(user, who, asked, now).filter(~Exists(told), awaiting=Draft.Awaiting.TAKER)
    return rows.exclude(cause__startswith=f"rung:{receipts.RECEIPT}", role__in=receipts.DESKS)


def _approvals(user: User, who: Standing, asked: Asked, now: datetime) -> list[Owed]:
    rows = _waiting_drafts(user, who, asked, now).filter(awaiting=Draft.Awaiting.APPROVER)
    most = MOST_APPROVALS if asked.all_approvals else APPROVALS
    return [
        Owed(Key(row.prepared_at, row.pk), draft=row)
        for row in rows.order_by("prepared_at", "pk")[: most + 1]
    ]


def _waiting_drafts(user: User, who: Standing, asked: Asked, now: datetime) -> QuerySet[Draft]:
    rows = reading.drafts(user, who, now=now, whole_organ=asked.whose == "organ")
    rows = rows.select_related(
        "proceeding__case", "proceeding__suspect", "proceeding__organisation", "proceeding__counterpart",
        "prepared_by",
    )  # fmt: skip
    return _narrow(rows, who, "proceeding__thread_id", asked, now)


def _clocks(who: Standing, thread: str) -> QuerySet[Deadline]:
    """The running clocks of a thread that the person may know of: nothing is left out or found by the others."""
    rows = Deadline.objects.filter(thread_id=OuterRef(thread), stopped_at__isnull=True)
    return rows.filter(confidentiality__lte=who.clearance).order_by()


def _narrow(rows: QuerySet[Row], who: Standing, thread: str, asked: Asked, now: datetime) -> QuerySet[Row]:
    """Filter what is no deadline by the clocks of its thread, and by its area, procedure and case."""
    if asked.state:
        rows = rows.filter(Exists(_clocks(who, thread).filter(_state(asked.state, now))))
    if asked.area:
        rows = rows.filter(proceeding__area=asked.area)
    if asked.process:
        rows = rows.filter(proceeding__process=asked.process)
    if asked.text:
        rows = rows.filter(_named("proceeding", asked.text))
    return rows


def _state(name: str, now: datetime) -> Q:
    if name == "today":
        return states.due_today(now)
    return states.where(Status.OVERDUE if name == "overdue" else Status.DUE_SOON, now)


def _named(matter: str, text: str) -> Q:
    """The number or the title of the case, or what a matter without one is about."""
    places = ("case__number", "case__title", "about")
    found = Q()
    for place in places:
        found |= Q(**{f"{matter}__{place}__icontains": text})
    return found
