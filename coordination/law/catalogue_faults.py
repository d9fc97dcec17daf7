"""What is wrong with an entry of the catalogue: closed vocabularies and references that lead nowhere.

References between activities, findings and documents, and to procedures, are looked at in `soundness.py`.
"""

from collections.abc import Iterable, Iterator, Mapping

from coordination.law.citation import Source
from coordination.law.kinds import (
    ActivityKind,
    Area,
    DocumentKind,
    FieldSpec,
    FindingKind,
    Need,
    Option,
    RegisterKind,
)
from coordination.law.roles import ORGANS, ROLES
from coordination.law.rulebook import rulebook

CERTAINTIES = frozenset({"verified", "secondary", "unverified", "practice", "design"})
SERVED = frozenset({"procuratorate", "police", "both", "office", "superior"})
MECHANISMS = frozenset({"supervision", "cooperation", "information", "office"})
GROUPS = frozenset(
    {
        "reception",
        "short_restraint",
        "questioning",
        "notice",
        "measure",
        "evidence",
        "special",
        "defence",
        "transfer",
    }
)
FIELD_TYPES = frozenset(
    {"text", "bool", "int", "decimal", "money", "date", "datetime", "enum", "ref", "list"}
)
INSTANTS = frozenset({"date", "datetime"})

OUTSIDE = frozenset(
    {
        "agency",
        "agency_head",
        "party",
        "reporter",
        "complainant",
        "suspect",
        "victim",
        "family",
        "defender",
        "applicant",
        "court",
        "station",
        "deciding_organ",
        "receiving_organ",
        "units",
        "participants",
        "owner",
        "stand_in",
        "sender",
        "file",
        "both_chiefs",
        "police",
        "procuratorate",
    }
)
"""Parties of documents that hold no role here."""


def _outside(what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    allowed = frozenset(known)
    return (f"unknown {what} {name!r}" for name in names if name not in allowed)


def _sources(sources: Iterable[Source]) -> Iterator[str]:
    return _outside("law", (source.law for source in sources), rulebook().laws)


def area_faults(area: Area) -> Iterator[str]:
    """Yield what is wrong with an area."""
    yield from _outside("mechanism", (area.mechanism,), MECHANISMS)
    yield from _outside("certainty", (area.certainty,), CERTAINTIES)
    if (area.number is None) != (area.mechanism == "office"):
        yield "every task area has a number, the Office has none"
    yield from _outside("served", (served.who for served in area.serves), SERVED)
    if not area.demands_en or len(area.demands_en) != len(area.demands_zh):
        yield "what an area demands is said in both languages, sentence by sentence"


def activity_faults(kind: ActivityKind, needs: Mapping[str, Need]) -> Iterator[str]:
    """Yield what is wrong with a kind of activity."""
    book = rulebook()
    yield from _outside("certainty", (kind.certainty,), CERTAINTIES)
    yield from _outside("group", (kind.group,), GROUPS)
    yield from _outside("approver", filter(None, (kind.approver,)), book.terms["approver"])
    for item in kind.fields:
        yield from _field_faults(item, needs)
    for minimum in kind.legal_minima:
        yield from _sources(minimum.sources)
    yield from _outside("event", (event.event for event in kind.emits), book.events)
    limits = (*(start.limit for start in kind.starts), *kind.stops, *kind.suspends)
    yield from _outside("limit", limits, book.limits)
    yield from _condition_faults(kind)


def _field_faults(item: FieldSpec, needs: Mapping[str, Need]) -> Iterator[str]:
    yield from _outside(f"type of {item.name}", (item.type,), FIELD_TYPES)
    if isinstance(item.required, str) and item.required != "auto":
        yield from _outside(f"requirement of {item.name}", (item.required,), needs)
    if (item.type == "enum" or item.of == "enum") != bool(item.options):
        yield f"{item.name}: an enumeration and its values go together"


def _condition_faults(kind: ActivityKind) -> Iterator[str]:
    fields = {item.name: item for item in kind.fields}
    for event in kind.emits:
        if event.at is not None and (event.at not in fields or fields[event.at].type not in INSTANTS):
            yield f"{event.event}: {event.at!r} holds no instant"
    for condition in (*(event.if_ for event in kind.emits), *(start.if_ for start in kind.starts)):
        if condition.field is None:
            continue
        if condition.field not in fields:
            yield f"a condition reads {condition.field!r}, which the activity does not have"
        elif fields[condition.field].type == "enum":
            known = (option.code for option in fields[condition.field].options)
            yield from _outside(f"value of {condition.field}", map(str, condition.values), known)


def finding_faults(kind: FindingKind, words: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Yield what is wrong with a kind of finding; `words` has the levels and groups."""
    yield from _outside("certainty", (kind.certainty,), CERTAINTIES)
    yield from _outside("group", (kind.group,), words["groups"])
    yield from _outside("level", (kind.level, *kind.also, *kind.may_rise_to), words["levels"])
    yield from _sources(kind.sources)
    if not kind.sources and kind.certainty not in ("design", "practice"):
        yield "a source is missing"
    if kind.auto_check is not None:
        limits = (name.removeprefix("limit:") for name in kind.auto_check.fields if name.startswith("limit:"))
        yield from _outside("limit", limits, rulebook().limits)


def document_faults(kind: DocumentKind) -> Iterator[str]:
    """Yield what is wrong with a kind of document."""
    parties = (kind.issuer, *kind.addressee, *filter(None, (kind.approver,)))
    yield from _outside("party", parties, ROLES.keys() | OUTSIDE)
    yield from _outside("organ to copy to", kind.copy_to, ORGANS)
    yield from _outside("certainty", (kind.name_certainty, kind.numbering.certainty), CERTAINTIES)
    yield from _outside("limit", kind.limits, rulebook().limits)
    yield from _sources(kind.sources)


def register_faults(kind: RegisterKind, columns: Mapping[str, Option]) -> Iterator[str]:
    """Yield what is wrong with a register; every column has a title."""
    yield from _outside("role", kind.written_by, ROLES)
    yield from _outside("column", kind.fields, columns)
