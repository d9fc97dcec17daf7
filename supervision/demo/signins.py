"""Who may sign in to the demonstration, by role: for the page of signing in and for the terminal.

Only the named people of the cast; the others are there so that no desk is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coordination.law.roles import ROLES
from coordination.models import Organisation, Posting
from coordination.reader import language
from supervision.demo import people

DOES: Mapping[str, Promise] = {
    "investigator": _("Logs what is done in an investigation and answers the outlines."),
    "police_legal": _("Sends requests, receipts what comes in, sees to the answers."),
    "police_chief": _("Approves what the police send and decide."),
    "prosecutor": _("Reviews arrests, reads the log, drafts notices."),
    "chief_procurator": _("Approves notices and decisions; never their own drafts."),
    "office_resident": _("Sees what both sides owe today, for the procuratorate."),
    "office_police": _("Sees what both sides owe today, for the police."),
    "superior_prosecutor": _("Is told what was reported up and how old it is."),
    "superior_police": _("Is told what the superior procuratorate passes on."),
    "custody_officer": _("Records who enters and leaves the detention house."),
    "case_manager": _("Serves documents and keeps the desk of the procuratorate."),
}
"""What a role does here, in one line, for a visitor."""


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person and the organ, or the unit in it, where the role is held."""

    login: str
    name: str
    organ: str


@dataclass(frozen=True, slots=True)
class RoleShown:
    """A role, what it does, and who holds it; `organ` picks the colour."""

    id: str
    title: str
    organ: str
    does: str
    people: tuple[PersonShown, ...]


def offered() -> tuple[RoleShown, ...]:
    """The named cast by role, as far as it is loaded; in one query."""
    lang = language()
    held: dict[str, list[PersonShown]] = {}
    for posting in _postings():
        organ = posting.organisation.name(lang)
        held.setdefault(posting.role, []).append(PersonShown(posting.user.login, posting.user.name, organ))
    return tuple(
        RoleShown(
            role.id,
            str(Posting.Role(role.id).label),
            role.organ,
            str(DOES.get(role.id, "")),
            tuple(held[role.id]),
        )
        for role in ROLES.values()
        if role.id in held
    )


def answers(login: str) -> dict[str, str]:
    """What the form of signing in would have been told for a person of the cast; nothing for anybody else."""
    if login not in {person.login for person in people.people()}:
        return {}
    return {"username": login, "password": people.PASSWORD}


def _postings() -> Iterable[Posting]:
    named = [person.login for person in people.people() if not person.login.startswith(person.role)]
    return (
        Posting.objects.filter(user__login__in=[*named], user__is_active=True)
        .exclude(organisation__kind=Organisation.Kind.OFFICE)
        .select_related("user", "organisation")
        .order_by("organisation__code", "user__login")
    )
