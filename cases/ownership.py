"""Whether everything that runs has somebody: proceedings, deadlines, drafts and messages without a living owner.

A role without a holder, a person who has left: nothing of it shows on anybody's list, so it is asked for as a whole.
`manage.py check_running` prints the answer, the nightly comparison logs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Count, Min, Q
from django.db.models.functions import Cast

from cases import parties, scope
from cases.models import Deadline, Draft, Proceeding
from coordination.law.roles import CLOCK, ROLES
from coordination.models import Message, Organisation, Posting
from coordination.standing import standing_in

Desk = tuple[UUID, str]
SOME = Min(Cast("pk", CharField()))
"""One id of a group; the smallest, so that the answer is the same each time."""


@dataclass(frozen=True, slots=True, order=True)
class Unowned:
    """So many rows of a kind that nobody would see: `role` at `organ`, or the `person` named; `example` is one id."""

    kind: str
    organ: str
    role: str
    person: str
    count: int
    example: str

    def __str__(self) -> str:
        whom = self.person or f"{ROLES[self.role].en} at {self.organ}"
        return f"{self.count} {self.kind}: {whom} (for example {self.example})"


@dataclass(frozen=True, slots=True)
class _People:
    """Who is there at an instant: desks with a holder, and people who hold something or have a stand-in who does."""

    desks: frozenset[Desk]
    present: frozenset[UUID]
    at: frozenset[tuple[UUID, UUID]]
    organs: dict[UUID, Organisation]


def unowned(now: datetime) -> list[Unowned]:
    """Return everything that runs and nobody would see; empty when all is well. As many queries whatever runs."""
    people = _people(now)
    return sorted([*_deadlines(people), *_proceedings(people), *_drafts(people), *_messages(people)])


def _people(now: datetime) -> _People:
    rows = Posting.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now, user__is_active=True
    ).select_related("organisation__parent")
    desks, at = set(), set()
    for row in rows:
        desks.add((row.organisation.organ.pk, row.role))
        at.add((row.user_id, row.organisation.organ.pk))
    deputies = standing_in(now).values_list("absent_id", "deputy_id")
    at |= {(absent, organ) for absent, deputy in deputies for one, organ in list(at) if one == deputy}
    organs = {organ.pk: organ for organ in Organisation.objects.select_related("parent__parent")}
    return _People(frozenset(desks), frozenset(person for person, _ in at), frozenset(at), organs)


def _deadlines(people: _People) -> Iterator[Unowned]:
    open_ = Deadline.objects.filter(stopped_at__isnull=True).order_by()
    grouped = open_.values("responsible", "responsible_role", "owner", "owner__name")
    for row in grouped.annotate(count=Count("pk"), example=SOME):
        organ, role, owner = row["responsible"], row["responsible_role"], row["owner"]
        is_there = owner is None or (owner, organ) in people.at
        if is_there and (organ, role) in people.desks:
            continue
        yield _found("deadlines", people, organ, role, row["owner__name"] or "", row["count"], row["example"])


def _proceedings(people: _People) -> Iterator[Unowned]:
    """A proceeding is in good hands where somebody holds a role that may take a step from its state."""
    open_ = Proceeding.objects.filter(closed_at__isnull=True).order_by()
    alike = (
        "process", "state", "organisation", "counterpart", "case__police", "case__procuratorate", "suspect__held_at",
    )  # fmt: skip
    groups = list(open_.values(*alike).annotate(count=Count("pk"), example=SOME))
    examples = Proceeding.objects.select_related(
        "organisation__parent", "counterpart__parent", "case__police__parent",
        "case__procuratorate__parent__parent", "suspect__held_at", "counterpart_owner",
    ).in_bulk([UUID(row["example"]) for row in groups])  # fmt: skip
    for row in groups:
        one = examples[UUID(row["example"])]
        held, mirrored = parties.of_proceeding(one), scope.is_mirrored(one)
        steps = list(one.declared.steps_from(one.state))
        roles = {role for step in steps for role in step.roles(mirrored=mirrored)}
        desks = {(organ.pk, role) for role in roles - {CLOCK} if (organ := held.organ_of(role))}
        if CLOCK in roles or desks & people.desks:
            continue
        role = min(roles - {CLOCK}, default="")
        yield _found("proceedings", people, one.organisation_id, role, "", row["count"], row["example"])


def _drafts(people: _People) -> Iterator[Unowned]:
    waiting = Draft.objects.filter(outcome=Draft.Outcome.OPEN, proceeding__closed_at__isnull=True).order_by()
    for row in waiting.values("organisation", "role").annotate(count=Count("pk"), example=SOME):
        if (row["organisation"], row["role"]) not in people.desks:
            yield _found("drafts", people, row["organisation"], row["role"], "", row["count"], row["example"])


def _messages(people: _People) -> Iterator[Unowned]:
    unread = Message.objects.filter(read_at__isnull=True, is_statutory=True).order_by()
    for row in unread.values("recipient", "recipient__name").annotate(count=Count("pk"), example=SOME):
        if row["recipient"] not in people.present:
            yield Unowned("messages", "", "", row["recipient__name"], row["count"], row["example"])


def _found(
    kind: str, people: _People, organ: UUID, role: str, person: str, count: int, example: str
) -> Unowned:
    return Unowned(kind, people.organs[organ].zh, role, person, count, example)
