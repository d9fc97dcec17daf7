"""What an officer writes down, and everything that may be wrong with it, all at once.

The fields that a kind declares are checked in `entry_fields`; what follows from an entry is in `activities`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cases.logbook import entry_fields
from cases.logbook.entry_fields import Around
from cases.models import Case, Proceeding, Suspect
from coordination import local_rules, policy
from coordination.errors import Refused
from coordination.law import clock
from coordination.law.calendar import national
from coordination.law.catalogue import catalogue
from coordination.law.citation import Source
from coordination.law.history import DESIGN, Reason
from coordination.law.kinds import ActivityKind, Option
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.models import Organisation, Posting, User
from coordination.standing import Standing, standing

RESTRICTED = {"technical_investigation": 2, "undercover_or_delivery": 2}
"""Kinds whose existence only cleared people may know, with the clearance they ask for (MPS 263-273)."""
NORM = "activity_logging_norm"
EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity as it is written down. Instants are aware; `facts` are the declared fields of the kind by name."""

    case: Case
    kind: str
    started_at: datetime
    officers: tuple[User, ...]
    unit: Organisation
    suspect: Suspect | None = None
    ended_at: datetime | None = None
    place_kind: str = ""
    place_detail: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    remark: str = ""
    late_reason: str = ""

    @property
    def done_at(self) -> datetime:
        """When the activity was over, as far as the entry says."""
        return self.ended_at or self.started_at

    @property
    def common(self) -> dict[str, object]:
        """The fields that every kind has, as far as they are filled."""
        named = {
            "started_at": self.started_at, "ended_at": self.ended_at, "place_kind": self.place_kind,
            "place_detail": self.place_detail, "remark": self.remark,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value}

    @property
    def fields(self) -> dict[str, object]:
        """The common and the declared fields together, as procedures and the catalogue read them."""
        return {**self.common, **self.facts}


def kind_of(code: str) -> ActivityKind:
    """Return the kind of activity; Refused where the catalogue has none of that code."""
    kind = catalogue().activities.get(code)
    if kind is None:
        raise Refused(Reason("field:kind", f"no activity is called “{code}”", f"没有“{code}”这类活动"))
    return kind


def place_kinds() -> tuple[Option, ...]:
    """The kinds of place that an entry may name."""
    return next(spec.options for spec in catalogue().common_fields if spec.name == "place_kind")


def logged_late_after(done_at: datetime, case: Case) -> datetime:
    """The first instant at which an entry counts as late: the norm of this house or its Office, from the end."""
    rule = local_rules.for_matter(NORM, case.jurisdiction, began_at=case.recorded_at)
    local = local_rules.as_law(rule) if rule else None
    return clock.due(
        rulebook().limit(NORM), done_at, in_custody=False, calendar=national(), local=local
    ).fires_at


def is_late(entry: Entry, at: datetime) -> bool:
    """Whether an entry made at `at` comes later than the norm allows without a reason."""
    return at >= logged_late_after(entry.done_at, entry.case)


def faults(actor: User, entry: Entry, kind: ActivityKind, *, at: datetime) -> tuple[Reason, ...]:
    """Return everything that stands against the entry: the person, the times, the people and the fields."""
    who = standing(actor, at)
    around = Around(actor, entry.case, entry.suspect, at, entry.common, circumstances(entry))
    found = [*_role_faults(who, entry, kind), *_time_faults(entry, kind, at)]
    naive = any(reason.code.endswith(":naive") for reason in found)
    found += _people_faults(who, entry, kind, at)
    found += _place_faults(entry, kind)
    if not naive:
        found += entry_fields.faults(kind, entry.facts, around)
    return tuple(Reason(r.code.removesuffix(":naive"), r.en, r.zh, r.sources) for r in found)


def circumstances(entry: Entry) -> frozenset[str]:
    """What a required field may depend on beside the entry's own fields, where it is true here."""
    female = entry.suspect is not None and entry.suspect.gender == Suspect.Gender.FEMALE
    known = {"suspect_is_minor": _is_minor(entry), "suspect_is_female": female}
    return frozenset(name for name, holds in known.items() if holds)


def _is_minor(entry: Entry) -> bool:
    born = entry.suspect.born_on if entry.suspect else None
    if born is None:
        return False
    day = entry.started_at.astimezone(ZONE).date() if entry.started_at.tzinfo else entry.started_at.date()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < 18


def _role_faults(who: Standing, entry: Entry, kind: ActivityKind) -> Iterator[Reason]:
    """The police of the case log; an officer of the detention house only for persons in the own house."""
    own = entry.case.police_id in who.organs
    house = entry.suspect is not None and entry.suspect.held_at_id in who.houses
    if not policy.may(who, "activity.log") or not (own or house):
        zh = "只能由本案公安人员，或者看守所民警对本所在押人员录入"
        yield Reason("role", "reserved to the police of the case, or to the house that holds the person", zh)
    needed = RESTRICTED.get(kind.code, entry.case.confidentiality)
    if who.clearance < max(needed, entry.case.confidentiality):
        yield Reason(
            "role",
            "reserved to people cleared for such measures",
            "只能由经批准知悉的人员录入",
            _sources(kind),
        )
    whole = Proceeding.objects.filter(case=entry.case, process="case").order_by("opened_at").first()
    if whole is not None and whole.closed_at is not None:
        yield Reason("closed", "the record is closed and can only be read", "记录已办结，只能查阅")


def _time_faults(entry: Entry, kind: ActivityKind, at: datetime) -> Iterator[Reason]:
    moments = {"started_at": entry.started_at, "ended_at": entry.ended_at}
    names = {"started_at": ("the start", "开始时间"), "ended_at": ("the end", "结束时间")}
    naive = False
    for name, moment in moments.items():
        if moment is None:
            continue
        en, zh = names[name]
        if moment.utcoffset() is None:
            naive = True
            yield Reason(f"field:{name}:naive", f"{en} needs a time zone", f"{zh}缺少时区")
        elif moment > at:
            yield Reason(f"field:{name}", f"{en} lies in the future", f"{zh}晚于当前时间")
        elif moment < EARLIEST:
            yield Reason(f"field:{name}", f"{en} cannot be right", f"{zh}有误")
    if entry.ended_at is None and kind.has_span:
        yield Reason(
            "field:ended_at",
            f"the end of “{kind.en}” is missing",
            f"缺少“{kind.zh}”的结束时间",
            _sources(kind),
        )
    if naive:
        return
    if entry.ended_at is not None and entry.ended_at < entry.started_at:
        yield Reason("field:ended_at", "the end lies before the start", "结束时间早于开始时间")
    elif is_late(entry, at) and not entry.late_reason.strip():
        hours = _norm_hours(entry.case)
        en = f"entered more than {hours} hours after the end: say why"
        yield Reason("field:late_reason", en, f"超过{hours}小时补录，应当说明原因")


def _people_faults(who: Standing, entry: Entry, kind: ActivityKind, at: datetime) -> Iterator[Reason]:
    if kind.person_specific and entry.suspect is None:
        yield Reason(
            "field:suspect",
            f"“{kind.en}” concerns one suspect",
            f"“{kind.zh}”须指明犯罪嫌疑人",
            _sources(kind),
        )
    if entry.suspect is not None and entry.suspect.case_id != entry.case.pk:
        yield Reason("field:suspect", "the suspect is not of this case", "该人员不是本案犯罪嫌疑人")
    organs = {entry.case.police_id, *(who.houses if entry.suspect is not None else ())}
    if entry.unit.organ.pk not in organs:
        yield Reason("field:unit", "the unit is not of the organ of the case", "该单位不属于本案办案机关")
    if not entry.officers:
        yield Reason("field:officers", "the officers who acted are missing", "缺少办案人员", _sources(kind))
    strangers = {officer.pk for officer in entry.officers} - _officers_of(organs, at)
    named = [officer.name for officer in entry.officers if officer.pk in strangers]
    if named:
        en = f"not officers of the organ of the case: {', '.join(named)}"
        yield Reason("field:officers", en, f"不是本案办案机关的人员：{'、'.join(named)}")


def _officers_of(organs: set[UUID], at: datetime) -> set[UUID]:
    """The people who hold a posting at one of the organs, or in a unit of it, at `at`."""
    held = Posting.objects.filter(starts_at__lte=at).exclude(ends_at__lte=at)
    here = held.filter(organisation__in=organs) | held.filter(
        organisation__parent__in=organs, organisation__level=Organisation.Level.UNIT
    )
    return set(here.values_list("user_id", flat=True))


def _place_faults(entry: Entry, kind: ActivityKind) -> Iterator[Reason]:
    options = {option.code for option in place_kinds()}
    if not entry.place_kind and kind.has_span:
        yield Reason("field:place_kind", "the kind of place is missing", "缺少地点类别", _sources(kind))
    if entry.place_kind and entry.place_kind not in options:
        yield Reason("field:place_kind", "the kind of place has no such choice", "地点类别没有这一选项")
    for name, text, most in (
        ("place_detail", entry.place_detail, 200),
        ("late_reason", entry.late_reason, 200),
    ):
        if len(text) > most:
            yield Reason(f"field:{name}", f"at most {most} characters", f"最多{most}字")


def _norm_hours(case: Case) -> int:
    start = EARLIEST
    return int((logged_late_after(start, case) - start) // timedelta(hours=1))


def _sources(kind: ActivityKind) -> tuple[Source, ...]:
    return kind.legal_minima[0].sources if kind.legal_minima else (DESIGN,)
