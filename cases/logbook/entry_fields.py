"""The declared fields of a log entry: read in their types, and everything that may be wrong with them.

What is common to all entries (times, officers, unit, suspect) is checked in `entries`; fields are declared in
`coordination/law/activities`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from cases import parties
from cases.models import Activity, Case, Document, Suspect
from coordination.errors import Refused
from coordination.law import facts as law_facts
from coordination.law.catalogue import catalogue
from coordination.law.facts import Field
from coordination.law.history import DESIGN, Reason
from coordination.law.kinds import ActivityKind, FieldSpec
from coordination.law.zone import ZONE
from coordination.models import Organisation, User

LAW_TYPES = {"money": "decimal"}
MAY_LIE_AHEAD = frozenset({"ends_on", "supply_due", "new_end_printed"})
"""Days that a paper states for later; every other instant and day of an entry is past."""
PAIRS = (
    ("arrival_at", "end_at"), ("brought_in_at", "end_at"), ("requested_at", "met_at"), ("received_at", "decided_at"),
    ("requested_at", "permission_decided_at"), ("commissioned_at", "opinion_at"), ("issued_at", "withdrawn_at"),
    ("executed_at", "lifted_at"), ("measure_at", "reported_at"), ("executed_at", "ends_on"),
)  # fmt: skip
"""Fields of which the second may not lie before the first."""
HEADS = {"county_level_police_head": "police_chief"}
"""The role that an approving level of the catalogue is held in."""


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds the fields of an entry: who writes when, in which case, of whom.

    `common` are the fields of every kind, `circumstances` the names of what else is true (`Catalogue.needed`).
    """

    actor: User
    case: Case
    suspect: Suspect | None
    at: datetime
    common: Mapping[str, object] = field(default_factory=dict)
    circumstances: frozenset[str] = frozenset()


def read(kind: ActivityKind, raw: Mapping[str, object]) -> dict[str, object]:
    """Return the fields in their types, empty ones left out; Refused names every field that cannot be read."""
    specs = {spec.name: spec for spec in kind.fields}
    values: dict[str, object] = {}
    faults = []
    for name, value in raw.items():
        if name not in specs:
            en, zh = f"“{kind.en}” has no field “{name}”", f"“{kind.zh}”没有“{name}”这一项"
            faults.append(Reason(f"field:{name}", en, zh))
            continue
        try:
            found = law_facts.read(as_fact(specs[name]), value)
        except law_facts.Unreadable as fault:
            faults.append(fault.reason)
            continue
        if found is not None and found != ():
            values[name] = found
    if faults:
        raise Refused(*faults)
    return values


def as_fact(spec: FieldSpec) -> Field:
    """The field as the facts of steps are declared, so that both are read by one reader."""
    options = tuple(option.code for option in spec.options)
    kind = LAW_TYPES.get(spec.type, spec.type)
    return Field(spec.name, kind, required=False, options=options, zh=spec.zh, en=spec.en)


def faults(kind: ActivityKind, fields: Mapping[str, object], around: Around) -> Iterator[Reason]:
    """Yield everything that is wrong with the fields; codes are "field:<name>"."""
    for spec in kind.fields:
        value = fields.get(spec.name)
        if value is None or value in ("", ()):
            if catalogue().needed(kind, spec, {**around.common, **fields}, around.circumstances):
                yield _reason(spec, "{} is missing", "缺少{}", kind)
            continue
        yield from _value_faults(kind, spec, value, around)
    yield from _order_faults(kind, fields)


def _value_faults(kind: ActivityKind, spec: FieldSpec, value: object, around: Around) -> Iterator[Reason]:
    options = {option.code for option in spec.options}
    chosen = value if isinstance(value, (tuple, list)) else (value,)
    if options and any(str(one) not in options for one in chosen):
        yield _reason(spec, "{} has no such choice", "{}没有这一选项", kind)
    elif isinstance(value, (date, datetime)) and _lies_ahead(spec, value, around.at):
        yield _reason(spec, "{} lies in the future", "{}晚于当前时间", kind)
    elif isinstance(value, int) and not isinstance(value, bool) and value < 0:
        yield _reason(spec, "{} may not be negative", "{}不能为负数", kind)
    elif spec.type == "ref":
        yield from _reference_faults(kind, spec, str(value), around)


def _lies_ahead(spec: FieldSpec, value: date | datetime, at: datetime) -> bool:
    if spec.name in MAY_LIE_AHEAD:
        return False
    return value > at if isinstance(value, datetime) else value > at.astimezone(ZONE).date()


def _reference_faults(kind: ActivityKind, spec: FieldSpec, value: str, around: Around) -> Iterator[Reason]:
    """A reference names a record of this case, or a person of its organ; other kinds of reference are words."""
    if spec.of not in {"officer", "user", "unit", "document", "activity"}:
        return
    key = _key(value)
    if key is None or not _exists(spec, key, around):
        yield _reason(spec, "{} names no record of this case", "{}没有对应的记录", kind)
    elif spec.name == "approver":
        yield from _approver_faults(kind, spec, key, around)


def _exists(spec: FieldSpec, key: UUID, around: Around) -> bool:
    if spec.of in {"officer", "user"}:
        held = Q(postings__organisation__in=units_of(around.case.police))
        return User.objects.filter(held, pk=key, is_active=True).exists()
    if spec.of == "unit":
        return Organisation.objects.filter(pk=key, kind__in=("detention_house", "police")).exists()
    if spec.of == "document":
        return Document.objects.filter(pk=key, case=around.case).exists()
    return Activity.objects.filter(pk=key, case=around.case).exists()


def _approver_faults(kind: ActivityKind, spec: FieldSpec, key: UUID, around: Around) -> Iterator[Reason]:
    """Who approves holds the office the law names, and is not the one who asks."""
    role = HEADS.get(kind.approver or "")
    if role and not parties.holds(key, role, around.case.police, around.at):
        yield _reason(spec, "{} must be the head of the police organ", "{}应当是县级以上公安机关负责人", kind)
    if key == around.actor.pk:
        yield _reason(spec, "{} may not be the person who makes the entry", "{}不得是录入人本人", kind)


def units_of(organ: Organisation) -> list[UUID]:
    """The organ's own id and those of its units."""
    units = Organisation.objects.filter(parent=organ, level=Organisation.Level.UNIT)
    return [organ.pk, *units.values_list("pk", flat=True)]


def _order_faults(kind: ActivityKind, fields: Mapping[str, object]) -> Iterator[Reason]:
    for first, last in PAIRS:
        begin, end = fields.get(first), fields.get(last)
        if (
            isinstance(begin, date)
            and isinstance(end, date)
            and _day_or_instant(end) < _day_or_instant(begin, end)
        ):
            yield _reason(kind.field(last), "{} lies before the beginning", "{}早于开始时间", kind)


def _day_or_instant(value: date, other: date | None = None) -> str:
    """A text in which instants, or a day and an instant, can be compared."""
    if isinstance(value, datetime):
        local = value.astimezone(ZONE)
        return (
            local.date().isoformat()
            if other is not None and not isinstance(other, datetime)
            else local.isoformat()
        )
    return value.isoformat()


def _key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _reason(spec: FieldSpec, en: str, zh: str, kind: ActivityKind) -> Reason:
    sources = kind.legal_minima[0].sources if kind.legal_minima else (DESIGN,)
    return Reason(f"field:{spec.name}", en.format(spec.en), zh.format(spec.zh), sources)
