"""What the pages of the log show: the kinds that can be entered, and an entry with its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from cases.logbook.activities import versions
from cases.logbook.entries import RESTRICTED, kind_of, logged_late_after, place_kinds
from cases.logbook.entry_fields import as_fact
from cases.models import Activity, Case, Deadline, Step
from cases.pages import case as case_page
from cases.pages import step as step_page
from cases.queries import reading
from cases.queries.reading import DeadlineLine
from coordination import policy
from coordination.components import Link, ReviewRow
from coordination.law.catalogue import catalogue
from coordination.law.kinds import ActivityKind
from coordination.law.rulebook import rulebook
from coordination.models import User
from coordination.reader import language, listed
from coordination.standing import Standing

BY_REGISTRATION = frozenset({"case_reception"})
"""Kinds that are entered by registering the case, not on its log."""
OFTEN = (
    "detention", "arrest_execution", "release", "detention_house_event", "interrogation", "questioning",
    "family_notice", "rights_notice", "search", "seizure", "scene_inspection", "identification",
)  # fmt: skip
"""Kinds that are entered most often: they stand first in their group."""


@dataclass(frozen=True, slots=True)
class KindShown:
    """A kind of activity; `url` is empty where it cannot be entered, and `why` then says why."""

    kind: ActivityKind
    url: str
    why: str = ""
    clocks: str = ""


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Kinds that belong together."""

    title: str
    kinds: tuple[KindShown, ...]


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version of an entry."""

    number: int
    row: Activity
    is_shown: bool


@dataclass(frozen=True, slots=True)
class StepOfEntry:
    """A step that the entry took."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A log entry as its page shows it."""

    row: Activity
    kind: ActivityKind
    crumbs: tuple[Link, ...]
    common: tuple[ReviewRow, ...]
    facts: tuple[ReviewRow, ...]
    versions: tuple[VersionShown, ...]
    steps: tuple[StepOfEntry, ...]
    clocks: tuple[DeadlineLine, ...]
    is_late: bool
    may_correct: bool
    newest_url: str
    lead_url: str


def kinds(case: Case, *, who: Standing, suspect: str) -> tuple[KindGroup, ...]:
    """All kinds by group, each with its address or the reason why it cannot be entered here."""
    titles = group_titles()
    has_people = case.suspects.exists()
    groups: dict[str, list[KindShown]] = {group: [] for group in titles}
    for kind in sorted(catalogue().activities.values(), key=_order):
        if kind.code in BY_REGISTRATION:
            continue
        why = _why_not(kind, who, has_people=has_people)
        url = (
            ""
            if why
            else reverse("activity-log", args=[case.pk, kind.code])
            + (f"?suspect={suspect}" if suspect else "")
        )
        groups.setdefault(kind.group, []).append(
            KindShown(kind, url, why, _limits((*kind.stops, *(s.limit for s in kind.starts))))
        )
    return tuple(
        KindGroup(titles.get(group, group), tuple(found)) for group, found in groups.items() if found
    )


def group_titles() -> dict[str, str]:
    """The groups of the kinds, in the order in which they are shown."""
    return {
        "measure": pgettext("activities", "Compulsory measures"),
        "questioning": pgettext("activities", "Interrogation and questioning"),
        "notice": pgettext("activities", "Notices"),
        "evidence": pgettext("activities", "Evidence and property"),
        "short_restraint": pgettext("activities", "Summons and short restraint"),
        "defence": pgettext("activities", "Defence and applications"),
        "transfer": pgettext("activities", "Transfers and contacts"),
        "reception": pgettext("activities", "Before filing"),
        "special": pgettext("activities", "Special measures"),
    }


def entry(row: Activity, *, user: User, who: Standing, now: datetime) -> EntryShown:
    """The entry, its versions, and what it did."""
    kind, lang = kind_of(row.kind), language()
    chain = versions(row)
    first = chain[0]
    seen = policy.visible(user, Step, now=now, who=who).filter(activity__in=chain)
    steps = seen.select_related("proceeding").order_by("recorded_at", "id")
    able = policy.may(who, "activity.correct") and chain[-1].pk == row.pk and _is_own(row, who)
    return EntryShown(
        row=row, kind=kind, crumbs=case_page.crumbs(row.case, Link(kind.name(lang))),
        common=_common(row), facts=facts(row, kind),
        versions=tuple(VersionShown(n, one, one.pk == row.pk) for n, one in enumerate(chain, start=1)),
        steps=tuple(
            StepOfEntry(step.declared.name(lang), reverse("proceeding", args=[step.proceeding_id])) for step in steps
        ),
        clocks=tuple(reading.line(one, now=now) for one in _clocks(chain, user, who, now)),
        is_late=first.recorded_at >= logged_late_after(first.ended_at or first.started_at, first.case),
        may_correct=able,
        newest_url="" if chain[-1].pk == row.pk else reverse("activity", args=[chain[-1].pk]),
        lead_url=f"{reverse('lead-new')}?activity={row.pk}" if policy.may(who, "lead.open") else "",
    )  # fmt: skip


def facts(row: Activity, kind: ActivityKind) -> tuple[ReviewRow, ...]:
    """The declared fields as people read them."""
    lang, said = language(), []
    names = step_page.names_of(row.facts.values(), row.case)
    for spec in kind.fields:
        if row.facts.get(spec.name) in (None, "", []):
            continue
        value = row.facts[spec.name]
        if spec.options:
            chosen = value if isinstance(value, list) else [value]
            words = "\n".join(spec.option(str(one), lang) for one in chosen)
        else:
            words = step_page.shown_fact(as_fact(spec), value, names)
        said.append(ReviewRow(_title(spec.label(lang)), words))
    return tuple(said)


def _common(row: Activity) -> tuple[ReviewRow, ...]:
    lang = language()
    place = next((option.name(lang) for option in place_kinds() if option.code == row.place_kind), "")
    said = (
        (gettext("Suspect"), row.suspect.name if row.suspect else ""),
        (gettext("Officers"), listed(officer.name for officer in row.officers.order_by("login"))),
        (gettext("Unit"), row.unit.name(lang)),
        (gettext("Place"), " · ".join(part for part in (place, row.place_detail) if part)),
        (gettext("Remark"), row.remark),
        (gettext("Entered late because"), row.late_reason),
    )
    return tuple(ReviewRow(label, value) for label, value in said if value)


def _clocks(chain: Iterable[Activity], user: User, who: Standing, now: datetime) -> Iterable[Deadline]:
    """The clocks that hang on the entry."""
    rows = policy.visible(user, Deadline, now=now, who=who)
    return rows.filter(anchor__activity__in=list(chain)).select_related("proceeding").order_by("due_at", "id")


def _order(kind: ActivityKind) -> int:
    """The place of a kind in its group; those that are not entered often keep the order of the catalogue."""
    return OFTEN.index(kind.code) if kind.code in OFTEN else len(OFTEN)


def _why_not(kind: ActivityKind, who: Standing, *, has_people: bool) -> str:
    if who.clearance < RESTRICTED.get(kind.code, 0):
        return gettext("Only for people cleared for such measures.")
    if kind.person_specific and not has_people:
        return gettext("Name a suspect first.")
    return ""


def _limits(limits: Iterable[str]) -> str:
    known = rulebook().limits
    titles = [
        known[limit].name(language())
        for limit in dict.fromkeys(limits)
        if limit in known and known[limit].enabled
    ]
    return listed(titles[:3])


def _is_own(row: Activity, who: Standing) -> bool:
    return row.case.police_id in who.organs or (
        row.suspect is not None and row.suspect.held_at_id in who.houses
    )


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]
