"""What the catalogue knows of: areas, activities, findings, documents and registers, as frozen data.

The data stands in TOML beside this file and is read by `catalogue.py`; nothing here reads or computes a date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coordination.law.citation import Source
from coordination.law.roles import ROLES


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a code and a title in both languages."""

    code: str
    en: str
    zh: str

    def name(self, lang: str) -> str:
        """Return the title in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Served:
    """Who does what in an area, or sees what, in a sentence. `who`: an organ, both, the Office, or the superiors."""

    who: str
    en: str
    zh: str

    def name(self, lang: str) -> str:
        """Return the sentence in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Area(Named):
    """One of the fourteen task areas, or the Office.

    The numbers and titles are working data, not the official wording: `certainty` says how sure the title is,
    `number` is None for the Office. `plain_en` and `plain_zh` say in one sentence what the area is for, the demands
    what it asks of both organs, `serves` who does what in it. These words are ours.
    """

    number: int | None
    mechanism: Literal["supervision", "cooperation", "information", "office"]
    certainty: str
    plain_en: str
    plain_zh: str
    demands_en: tuple[str, ...]
    demands_zh: tuple[str, ...]
    serves: tuple[Served, ...]

    def sentence(self, lang: str) -> str:
        """Return in one sentence what the area is for."""
        return self.plain_zh if lang.startswith("zh") else self.plain_en

    def demands(self, lang: str) -> tuple[str, ...]:
        """Return what the area asks of both organs, a sentence each."""
        return self.demands_zh if lang.startswith("zh") else self.demands_en


@dataclass(frozen=True, slots=True)
class Option(Named):
    """One value of an enumeration."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a required “if_…” of an activity's field depends on.

    `kind` names an attribute of the `ActivityKind` that decides. The first of `choices` whose field the activity
    has decides: the field is needed when it holds one of the values. Otherwise `context` names what the form must
    know of the case, the suspect or the entry; all of its names must be true. With none of them, the field is
    filled when it is known and never forced.
    """

    name: str
    kind: Literal["has_span", "needs_record", "person_specific"] | None = None
    choices: tuple[tuple[str, tuple[str | bool, ...]], ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of an activity.

    `type`      text, bool, int, decimal, money, date, datetime, enum, ref, list; `of` the kind of reference or of
                a list's items ("officer", "enum");
    `options`   the values of an enumeration;
    `required`  True, False, "auto" (the product fills it in) or the name of a `Need`.
    """

    name: str
    type: str
    en: str
    zh: str
    required: bool | str = True
    of: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()

    def label(self, lang: str) -> str:
        """Return the title in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en

    def option(self, value: str, lang: str) -> str:
        """Return the title of one of the options; the value itself when it is none."""
        return next((option.name(lang) for option in self.options if option.code == value), value)


@dataclass(frozen=True, slots=True)
class Minimum:
    """What the law asks of an activity, in our words, with its articles; shown beside the form."""

    en: str
    zh: str
    sources: tuple[Source, ...]

    def text(self, lang: str) -> str:
        """Return the wording in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when a field of the entry has one of the values; a `Condition` without a field always holds."""

    field: str | None = None
    values: tuple[str | bool, ...] = ()

    def holds(self, fields: Mapping[str, object]) -> bool:
        """Whether the entry's fields meet it."""
        return self.field is None or fields.get(self.field) in self.values


@dataclass(frozen=True, slots=True)
class ActivityEvent:
    """An event that the logging of an activity records.

    `at`     the field that holds its instant (or day): without a value there is no event; None: the entry's start;
    `if_`    only when the entry says so;
    `after`  only when one of these events was recorded before;
    `manual` no field of the entry tells it: it is recorded by an event entry of its own.
    """

    event: str
    at: str | None = None
    if_: Condition = Condition()
    after: tuple[str, ...] = ()
    manual: bool = False

    def happens(self, fields: Mapping[str, object], *, before: frozenset[str]) -> bool:
        """Whether an entry with these fields records the event, after the events `before`."""
        if self.manual or (self.after and before.isdisjoint(self.after)):
            return False
        return self.if_.holds(fields) and (self.at is None or fields.get(self.at) is not None)


@dataclass(frozen=True, slots=True)
class ActivityStart:
    """A limit that the logging starts, when its triggering event is recorded and the entry says so.

    `in_custody`  None, or the custody of the suspect that the limit asks for.
    """

    limit: str
    if_: Condition = Condition()
    in_custody: bool | None = None


@dataclass(frozen=True, slots=True)
class ActivityKind(Named):
    """A kind of investigation activity that an officer logs.

    `has_span`         start and end are both needed; `needs_record` a written record is attached;
    `person_specific`  bound to one suspect; `approver` a word of the rulebook's vocabulary, or None;
    `stops`, `suspends`  limits that the entry may stop or suspend, each through its own event.
    """

    group: str
    certainty: str
    has_span: bool
    needs_record: bool
    person_specific: bool
    fields: tuple[FieldSpec, ...]
    legal_minima: tuple[Minimum, ...]
    emits: tuple[ActivityEvent, ...] = ()
    starts: tuple[ActivityStart, ...] = ()
    stops: tuple[str, ...] = ()
    suspends: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    approver: str | None = None
    note: str = ""

    def field(self, name: str) -> FieldSpec:
        """Return a field by its name; KeyError when the activity has none of that name."""
        return {item.name: item for item in self.fields}[name]

    def happened(self, fields: Mapping[str, object], *, before: frozenset[str]) -> tuple[ActivityEvent, ...]:
        """Return the events that an entry with these fields records, after the events `before`."""
        return tuple(event for event in self.emits if event.happens(fields, before=before))


@dataclass(frozen=True, slots=True)
class AutoCheck:
    """A rule by which the product may suggest a finding as possible; a prosecutor decides."""

    fields: tuple[str, ...]
    rule: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class FindingKind(Named):
    """A kind of breach. `level` is the default; `also` a second effect, `may_rise_to` when serious."""

    group: str
    level: str
    certainty: str
    sources: tuple[Source, ...]
    auto_check: AutoCheck | None = None
    required_fields: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    may_rise_to: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a document is numbered; an unverified pattern is a placeholder that the organ configures."""

    pattern: str
    certainty: str


@dataclass(frozen=True, slots=True)
class DocumentKind(Named):
    """An instrument that the two organs exchange or keep.

    `issuer`, `addressee`, `approver` are roles or outside parties; `copy_to` the organs that have it beside those to
    whom it is addressed; `issued_in` the steps, as "process.step", that issue it. `reply_period_mandatory`: not issued
    without a reply date or a statutory term printed in it.
    """

    group: str
    issuer: str
    addressee: tuple[str, ...]
    approver: str | None
    name_certainty: str
    numbering: Numbering
    mandatory_fields: tuple[str, ...] = ()
    reply_period_mandatory: bool = False
    limits: tuple[str, ...] = ()
    receipt_needed: bool = False
    issued_in: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    note: str = ""

    def goes_to(self, organ: str) -> bool:
        """Whether it is addressed or copied to an organ of this kind, such as `police`; never up the own hierarchy."""
        return organ in self.copy_to or any(
            organ == (ROLES[party].organ if party in ROLES else party) for party in self.addressee
        )


@dataclass(frozen=True, slots=True)
class RegisterKind(Named):
    """A register (台账): its columns and the roles that write it."""

    fields: tuple[str, ...]
    written_by: tuple[str, ...] = field(default=())
