"""The page on which a lead is opened: the entry of the log beside the catalogue of findings.

How often the same finding was confirmed for the same unit before comes from `findings`; opening the lead is its verb.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from cases.models import Activity, Case
from coordination.law.catalogue import catalogue
from coordination.law.citation import Source
from coordination.law.kinds import ActivityKind, FieldSpec, FindingKind
from coordination.law.zone import ZONE
from coordination.models import Organisation, User
from coordination.reader import language, listed, series
from coordination.standing import Standing
from supervision import findings

NAMED_FIRST = "named"


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One finding of the catalogue; `earlier` is how often it was confirmed for the unit in twelve months."""

    code: str
    title: str
    level: str
    sources: tuple[Source, ...]
    earlier: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of findings; open where it holds a chosen one, or those that the kind of activity names."""

    title: str
    findings: tuple[FindingShown, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class LeadShown:
    """What stands on the page: the case, the log entry as label and words, and the catalogue."""

    case: Case
    case_url: str
    unit: Organisation
    activity: Activity | None
    activity_title: str
    activity_url: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[GroupShown, ...]


def lead(
    case: Case,
    activity: Activity | None,
    user: User,
    who: Standing,
    *,
    chosen: tuple[str, ...],
    now: datetime,
) -> LeadShown:
    """Describe the page; `chosen` are the codes that are ticked."""
    kind = catalogue().activities.get(activity.kind) if activity else None
    unit = activity.unit if activity else case.unit
    earlier = findings.confirmed_before(user, who, unit, now=now)
    return LeadShown(
        case=case,
        case_url=reverse("case", args=[case.pk]),
        unit=unit,
        activity=activity,
        activity_title=kind.name(language()) if kind else "",
        activity_url=reverse("activity", args=[activity.pk]) if activity else "",
        facts=_facts(activity, kind) if activity and kind else (),
        groups=_groups(kind.findings if kind else (), chosen, earlier),
    )


def pin(activity: Activity) -> str:
    """Where it is seen, as the record will say it: the kind of entry, its time and the officers."""
    kind = catalogue().activity(activity.kind)
    start = activity.started_at.astimezone(ZONE)
    until = f"—{activity.ended_at.astimezone(ZONE):%H:%M}" if activity.ended_at else ""
    officers = "、".join(officer.name for officer in activity.officers.order_by("name_sort", "login"))
    return f"{kind.zh}，{start:%Y-%m-%d %H:%M}{until}，办案人员：{officers}"


def codes() -> tuple[str, ...]:
    """Every code of the catalogue."""
    return tuple(catalogue().findings)


def _groups(
    first: tuple[str, ...], chosen: tuple[str, ...], earlier: Mapping[str, int]
) -> tuple[GroupShown, ...]:
    titles = catalogue().finding_words["groups"]
    grouped: dict[str, list[FindingShown]] = {name: [] for name in (NAMED_FIRST, *titles)}
    for kind in (catalogue().findings[code] for code in first):
        grouped[NAMED_FIRST].append(_finding(kind, chosen, earlier))
    for kind in catalogue().findings.values():
        if kind.code not in first:
            grouped[kind.group].append(_finding(kind, chosen, earlier))
    return tuple(
        GroupShown(
            title=gettext("For this kind of activity")
            if name == NAMED_FIRST
            else titles[name].name(language()),
            findings=tuple(shown),
            is_open=name == NAMED_FIRST or any(finding.is_chosen for finding in shown),
        )
        for name, shown in grouped.items()
        if shown
    )


def _finding(kind: FindingKind, chosen: tuple[str, ...], earlier: Mapping[str, int]) -> FindingShown:
    return FindingShown(
        code=kind.code,
        title=kind.name(language()),
        level=catalogue().finding_words["levels"][kind.level].name(language()),
        sources=kind.sources,
        earlier=earlier.get(kind.code, 0),
        is_chosen=kind.code in chosen,
    )


def _facts(activity: Activity, kind: ActivityKind) -> tuple[tuple[str, str], ...]:
    """What the entry says, field by field; what was not filled in says so where the field is always needed."""
    lang = language()
    start, end = activity.started_at, activity.ended_at
    officers = listed(officer.name for officer in activity.officers.order_by("name_sort", "login"))
    said = [
        (gettext("Time"), f"{_instant(start)} – {_instant(end)}" if end else _instant(start)),
        (gettext("Unit"), activity.unit.name(lang)),
        (gettext("Officers"), officers),
        (gettext("Suspect"), activity.suspect.name if activity.suspect else ""),
        (gettext("Place"), " ".join(part for part in (_place(activity), activity.place_detail) if part)),
    ]
    said += [(spec.label(lang), _said(spec, activity.facts.get(spec.name))) for spec in kind.fields]
    needed = {spec.label(lang) for spec in kind.fields if spec.required is True}
    blank = gettext("not recorded")
    return tuple((label, words or blank) for label, words in said if words or label in needed)


def _place(activity: Activity) -> str:
    spec = next(item for item in catalogue().common_fields if item.name == "place_kind")
    return spec.option(activity.place_kind, language()) if activity.place_kind else ""


def _said(spec: FieldSpec, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return series(spec.option(str(item), language()) for item in value)
    if spec.type == "datetime":
        return _instant(datetime.fromisoformat(str(value)))
    return spec.option(str(value), language())


def _instant(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"
