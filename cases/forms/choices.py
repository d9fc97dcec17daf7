"""The choices that forms offer: people, units, papers and findings of the matter, each as (value, title)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext

from cases import parties
from cases.models import Activity, Case, Document, Proceeding, Suspect
from coordination.law.catalogue import catalogue
from coordination.law.kinds import FindingKind
from coordination.law.zone import ZONE
from coordination.models import Organisation, User
from coordination.reader import language, places

MOST_MEETINGS = 24
Choice = tuple[str, str]
Group = tuple[str, list[Choice]]


def officers(organ: Organisation, *, first: Iterable[Organisation] = (), now: datetime) -> list[Group]:
    """Everyone who holds a posting at the organ or in its units, by unit; the units of `first` come first."""
    rows = (
        User.objects.filter(
            Q(postings__organisation=organ)
            | Q(postings__organisation__parent=organ, postings__organisation__level=Organisation.Level.UNIT),
            Q(postings__ends_at__isnull=True) | Q(postings__ends_at__gt=now),
            is_active=True, postings__starts_at__lte=now,
        )
        .order_by("name_sort", "login").distinct()
        .values_list("pk", "name", "postings__organisation__code", "postings__organisation__zh",
                     "postings__organisation__en")
    )  # fmt: skip
    chinese = language().startswith("zh")
    groups: dict[str, Group] = {}
    seen = set()
    for key, name, code, zh, en in rows:
        if key not in seen:
            groups.setdefault(code, (zh if chinese or not en else en, []))[1].append((str(key), name))
            seen.add(key)
    near = [unit.code for unit in first]
    return [groups[code] for code in sorted(groups, key=lambda code: (code not in near, code))]


def holders(role: str, organ: Organisation, now: datetime) -> list[Choice]:
    """The people who hold the role at the organ."""
    return [(str(user.pk), user.name) for user in parties.holders(role, organ, now)]


def units(organ: Organisation) -> list[Choice]:
    """The organ and its units."""
    rows = Organisation.objects.filter(
        Q(pk=organ.pk) | Q(parent=organ, level=Organisation.Level.UNIT)
    ).order_by("code")
    return [(str(row.pk), row.name(language())) for row in rows]


def other_procuratorates(case: Case) -> list[Choice]:
    """The procuratorates that a case may be moved to."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.PROCURATORATE).exclude(pk=case.procuratorate_id)
    return [(str(row.pk), row.name(language())) for row in rows.order_by("code")]


def houses(case: Case) -> list[Choice]:
    """The detention houses of the county and the prefecture of the case."""
    near = Organisation.objects.filter(
        kind=Organisation.Kind.DETENTION_HOUSE, jurisdiction__startswith=case.jurisdiction[:4]
    )
    return [(str(row.pk), row.name(language())) for row in near.order_by("code")]


def suspects(case: Case, *, held_at: Organisation | None = None) -> list[Choice]:
    """The suspects of the case; only those held in a house where one is named."""
    rows = case.suspects.order_by("position")
    return [(str(row.pk), row.name) for row in (rows.filter(held_at=held_at) if held_at else rows)]


def suspect_names(case: Case) -> list[Choice]:
    """The suspects of the case by name, for facts that keep names."""
    return [(row.name, row.name) for row in Suspect.objects.filter(case=case).order_by("position")]


def meetings(organs: Iterable[Organisation]) -> list[Choice]:
    """The joint meetings of these organs by what they were about, the latest first."""
    keys = [organ.pk for organ in organs]
    rows = Proceeding.objects.filter(process="joint_meeting", organisation__in=keys, counterpart__in=keys)
    return [
        (str(row.pk), f"{row.opened_at.astimezone(ZONE):%Y-%m-%d} {row.about}".strip())
        for row in rows.order_by("-opened_at", "-id")[:MOST_MEETINGS]
    ]


def documents(rows: Iterable[Document]) -> list[Choice]:
    """Papers with their titles and numbers."""
    titled = [(row, catalogue().document(row.kind).name(language())) for row in rows]
    return [(str(row.pk), f"{title} {row.number}".strip()) for row, title in titled]


def activities(rows: Iterable[Activity]) -> list[Choice]:
    """Log entries with their kind and day."""
    named = [(row, catalogue().activity(row.kind).name(language())) for row in rows]
    return [
        (str(row.pk), f"{title} {row.started_at.astimezone(ZONE):%Y-%m-%d %H:%M}") for row, title in named
    ]


def findings(first: Iterable[str] = ()) -> list[Group]:
    """The catalogue of findings by group, each with its articles; the codes of `first` stand on top."""
    lang, near = language(), list(dict.fromkeys(first))
    kinds = catalogue().findings
    groups: dict[str, Group] = {}
    if near:
        groups[""] = (
            gettext("In this matter"),
            [_finding(kinds[code], lang) for code in near if code in kinds],
        )
    titles = catalogue().finding_words["groups"]
    for kind in kinds.values():
        if kind.code not in near:
            groups.setdefault(kind.group, (titles[kind.group].name(lang), []))[1].append(_finding(kind, lang))
    return list(groups.values())


def _finding(kind: FindingKind, lang: str) -> Choice:
    cited = places(kind.sources)
    return kind.code, f"{kind.code} {kind.name(lang)} ({cited})"
