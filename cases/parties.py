"""Who stands behind a role or a party in a given matter: the organ, and the people who hold the role there now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cases import confidentiality
from cases.models import Case, Proceeding, Suspect
from coordination.law.roles import ROLES
from coordination.models import Organisation, Posting, User
from coordination.standing import deputies

NAMED = {"investigator": "investigator", "prosecutor": "prosecutor"}


@dataclass(frozen=True, slots=True)
class Parties:
    """The organs of a matter by kind: police, procuratorate, their superiors, and the detention house.

    `handler` handles this matter alone, at the organ of the kind `handled_for`, whoever is named in the case.
    """

    organs: dict[str, Organisation]
    case: Case | None
    handler: User | None = None
    handled_for: str = ""

    def organ(self, kind: str) -> Organisation | None:
        """The organ of a kind or party (`police`, `superior_procuratorate`, …); None where the matter has none."""
        return self.organs.get(kind)

    def organ_of(self, role: str) -> Organisation | None:
        """The organ at which `role` is held in this matter."""
        return self.organs.get(ROLES[role].organ)

    def named(self, role: str) -> User | None:
        """The person named for `role`, if any: for this matter alone, else in the case."""
        if self.handler is not None and role in NAMED and ROLES[role].organ == self.handled_for:
            return self.handler
        field = NAMED.get(role)
        return getattr(self.case, field) if field and self.case else None

    def responsible(self, party: str) -> Organisation | None:
        """The organ that answers for `party` of a limit; a citizen's limit is watched by the organ in charge."""
        aliases = {"both": "police", "case_handling_organ": "police", "deciding_organ": "procuratorate"}
        return self.organs.get(aliases.get(party, party))


def of_case(case: Case, suspect: Suspect | None = None) -> Parties:
    """The organs of a case."""
    organs = {"police": case.police, "procuratorate": case.procuratorate}
    if case.police.parent:
        organs["superior_police"] = case.police.parent
    if case.procuratorate.parent:
        organs["superior_procuratorate"] = case.procuratorate.parent
        if case.procuratorate.parent.parent:
            organs["provincial_procuratorate"] = case.procuratorate.parent.parent
    if suspect is not None and suspect.held_at:
        organs["detention_house"] = suspect.held_at
    return Parties(organs, case)


def of_proceeding(proceeding: Proceeding) -> Parties:
    """The organs of a proceeding: those of its case, or the two that run it where there is no case.

    A desk transfer runs between the two desks it names, which may be those of a superior organ.
    """
    if proceeding.case is not None:
        held = of_case(proceeding.case, proceeding.suspect)
        if proceeding.declared.mirrored:
            desks = [
                organ for organ in (proceeding.organisation, proceeding.counterpart) if organ is not None
            ]
            held = replace(held, organs={**held.organs, **{organ.kind: organ for organ in desks}})
        if proceeding.counterpart_owner_id is None or proceeding.counterpart is None:
            return held
        return replace(
            held, handler=proceeding.counterpart_owner, handled_for=str(proceeding.counterpart.kind)
        )
    organs: dict[str, Organisation] = {}
    if proceeding.counterpart is None:  # a matter within one organ, whatever the level of who holds the role
        organs[f"superior_{proceeding.organisation.kind}"] = proceeding.organisation
    for organ in (proceeding.organisation, proceeding.counterpart):
        if organ is not None:
            organs[organ.kind] = organ
            if organ.parent and proceeding.counterpart is not None:
                organs[f"superior_{organ.kind}"] = organ.parent
    return Parties(organs, proceeding.case)


def holders(role: str, organ: Organisation, now: datetime) -> list[User]:
    """The people who hold `role` at `organ` or one of its units at `now`."""
    return list(
        User.objects.filter(
            Q(postings__organisation=organ)
            | Q(postings__organisation__parent=organ, postings__organisation__level="unit"),
            Q(postings__ends_at__isnull=True) | Q(postings__ends_at__gt=now),
            is_active=True,
            postings__role=role,
            postings__starts_at__lte=now,
        ).distinct()
    )


def people(role: str, parties: Parties, now: datetime, *, level: int = 0) -> list[User]:
    """Whom to tell: the person named in the case, else all who hold the role at its organ; and their stand-ins.

    Only people who are cleared for `level`, the confidentiality of what they are told.
    """
    named, organ = parties.named(role), parties.organ_of(role)
    found = confidentiality.cleared([named], level, now) if named is not None and named.is_active else []
    if not found and organ is not None:
        found = confidentiality.cleared(holders(role, organ, now), level, now)
    instead = deputies((user.pk for user in found), now) if found else []
    return list(dict.fromkeys([*found, *confidentiality.cleared(instead, level, now)]))


def holds(user_id: UUID, role: str, organ: Organisation, now: datetime) -> bool:
    """Whether the person holds `role` at `organ` at `now`."""
    return (
        Posting.objects.filter(user=user_id, role=role, starts_at__lte=now)
        .filter(Q(organisation=organ) | Q(organisation__parent=organ, organisation__level="unit"))
        .filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
        .exists()
    )
