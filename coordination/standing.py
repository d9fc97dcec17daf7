"""Where a person stands: the roles held now and the organs they are held at. Read once a request, not cached longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from coordination.law.history import Actor
from coordination.models import Organisation, Posting, StandIn, User

PROCURATORATE_ROLES = frozenset({"prosecutor", "chief_procurator", "office_resident", "case_manager"})
POLICE_ROLES = frozenset({"investigator", "police_legal", "police_chief", "office_police"})
SUPERIOR_ROLES = frozenset({"superior_prosecutor", "superior_police"})
OFFICE_ROLES = frozenset({"office_resident", "office_police"})


@dataclass(frozen=True, slots=True)
class Held:
    """One role as it is held: `at` is the organ, or the unit inside it."""

    role: str
    at: Organisation


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles at an instant. `organs` are ids of organs (never units); `units` those of units.

    `stands_for` are the absent people in whose place the person acts.
    """

    user_id: UUID
    roles: frozenset[str]
    organs: frozenset[UUID]
    units: frozenset[UUID]
    superior_of: frozenset[UUID]
    houses: frozenset[UUID]
    organ_kind: str
    jurisdictions: frozenset[str]
    clearance: int
    roles_at: frozenset[tuple[str, UUID]]
    held: tuple[Held, ...] = ()
    stands_for: frozenset[UUID] = frozenset()

    @property
    def actor(self) -> Actor:
        """The person as the grammar knows it."""
        return Actor(id=str(self.user_id), roles=self.roles, organ=self.organ_kind)

    def actor_at(self, organ_ids: frozenset[UUID]) -> Actor:
        """The person as the grammar knows it, with only the roles held at one of these organs."""
        roles = frozenset(role for role, organ in self.roles_at if organ in organ_ids)
        return Actor(id=str(self.user_id), roles=roles, organ=self.organ_kind)

    def sides(self) -> dict[str, frozenset[UUID]]:
        """The person's organs by their kind: `police`, `procuratorate`, …; almost always of one kind."""
        organs = {(one.at.organ.kind, one.at.organ.pk) for one in self.held}
        kinds = sorted({kind for kind, _ in organs})
        return {kind: frozenset(key for other, key in organs if other == kind) for kind in kinds}


def standing(user: User, now: datetime) -> Standing:
    """Return where `user` stands at `now`, in one query; a person without postings stands nowhere."""
    held = list(
        Posting.objects.filter(user=user, starts_at__lte=now)
        .filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
        .select_related("organisation__parent")
        .annotate(stands_for=ArraySubquery(standing_in(now).filter(deputy=OuterRef("user")).values("absent")))
    )
    organs = {posting.organisation.organ for posting in held}
    return Standing(
        user_id=user.pk,
        roles=frozenset(posting.role for posting in held),
        organs=frozenset(organ.pk for organ in organs),
        units=frozenset(p.organisation.pk for p in held if p.organisation.level == Organisation.Level.UNIT),
        superior_of=frozenset(
            organ.pk
            for organ in organs
            if {posting.role for posting in held if posting.organisation.organ == organ} <= SUPERIOR_ROLES
        ),
        houses=frozenset(o.pk for o in organs if o.kind == Organisation.Kind.DETENTION_HOUSE),
        organ_kind=next((organ.kind for organ in sorted(organs, key=lambda o: o.code)), ""),
        jurisdictions=frozenset(organ.jurisdiction for organ in organs),
        clearance=max((posting.clearance for posting in held), default=0),
        roles_at=frozenset((posting.role, posting.organisation.organ.pk) for posting in held),
        held=tuple(Held(posting.role, posting.organisation) for posting in held),
        stands_for=frozenset(key for posting in held for key in posting.stands_for),
    )


def deputies(people: Iterable[UUID], now: datetime) -> list[User]:
    """The people who stand in for these at `now`; one query."""
    keys = list(people)
    return list(
        User.objects.filter(stands_in__in=standing_in(now).filter(absent__in=keys), is_active=True).distinct()
    )


def standing_in(now: datetime) -> QuerySet[StandIn]:
    """Who stands in for whom at `now`."""
    in_force = StandIn.objects.filter(starts_at__lte=now).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    return in_force.order_by("absent", "deputy", "id")
