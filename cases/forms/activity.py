"""The form of a log entry, made from the declared fields of its kind, with everything that is known filled in.

What is wrong with an entry is said by `activities.log`; the shared pieces of forms are in `forms`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms import choices
from cases.forms.base import Day, Instant, LawForm, Lines, Several, YesNo, amount, line, one_of, prose, whole
from cases.logbook.entries import Entry, place_kinds
from cases.logbook.entry_fields import HEADS, LAW_TYPES
from cases.models import Activity, Case, Document, Suspect
from coordination import policy
from coordination.law.catalogue import catalogue
from coordination.law.kinds import ActivityKind, FieldSpec
from coordination.models import Organisation, User
from coordination.reader import language, listed

COMMON = ("suspect", "unit", "started_at", "ended_at", "officers", "place_kind", "place_detail")
LAST = ("remark", "late_reason", "correction_reason")
RENAMED = {"unit_id": "unit", "suspect_id": "suspect"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an entry is made: the case, the kind, who writes, the own unit, and the present instant."""

    case: Case
    kind: ActivityKind
    actor: User
    unit: Organisation
    now: datetime
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, under one heading."""

    title: str
    fields: tuple[forms.BoundField, ...]


class EntryForm(LawForm):
    """One activity of one kind; `entry()` is what was written down."""

    def __init__(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scene = scene
        self._add_common()
        for spec in scene.kind.fields:
            if spec.required != "auto":
                self.fields[f"{spec.name}"] = _field(spec, scene)
                self.mark(spec.name, rule=rule_of(scene.kind, spec), by_law=spec.required is True)
        self.fields["remark"] = prose(label=_("remark"), max_length=2000)
        self.fields["late_reason"] = line(label=_("why entered late"))
        self.mark("late_reason", rule=gettext("Asked when an entry comes more than a day after the end."))
        if scene.is_correction:
            self.fields["correction_reason"] = line(label=_("reason of the correction"))
            self.mark("correction_reason", is_needed=True)
        for field in self.fields.values():
            field.label = capfirst(str(field.label))

    def _add_common(self) -> None:
        scene = self.scene
        organ = scene.unit.organ
        house = scene.unit if scene.unit.kind == Organisation.Kind.DETENTION_HOUSE else None
        people = choices.suspects(scene.case, held_at=house)
        if people:
            self.fields["suspect"] = one_of(people, label=_("suspect concerned"), as_list=len(people) > 3)
            self.fields["suspect"].disabled = scene.is_correction
            self.mark("suspect", by_law=scene.kind.person_specific)
        self.fields["started_at"] = Instant(label=_("start") if scene.kind.has_span else _("time"))
        self.mark("started_at", by_law=True)
        if scene.kind.has_span:
            self.fields["ended_at"] = Instant(label=_("end"))
            self.mark("ended_at", by_law=True)
        self.fields["unit"] = one_of(choices.units(organ), label=_("unit that acted"), as_list=True)
        self.mark("unit", by_law=True)
        self.fields["officers"] = Several(
            choices=choices.officers(organ, first=[scene.unit], now=scene.now), label=_("officers who acted")
        )
        self.mark("officers", by_law=True)
        places = [(option.code, option.name(language())) for option in place_kinds()]
        self.fields["place_kind"] = one_of(places, label=_("kind of place"))
        self.mark("place_kind", by_law=scene.kind.has_span)
        self.fields["place_detail"] = line(label=_("place in words"))

    @cached_property
    def groups(self) -> tuple[FieldGroup, ...]:
        """The fields under their headings."""
        own = [spec.name for spec in self.scene.kind.fields if spec.name in self.fields]
        parts = (
            (gettext("Who, when and where"), COMMON),
            (self.scene.kind.name(language()), own),
            (gettext("Notes"), LAST),
        )
        found = ((title, [name for name in names if name in self.fields]) for title, names in parts)
        return tuple(
            FieldGroup(title, tuple(self[name] for name in names)) for title, names in found if names
        )

    def entry(self) -> Entry:
        """The entry as it was written down; the form is valid."""
        said, scene = self.cleaned_data, self.scene
        own = {spec.name: said.get(spec.name) for spec in scene.kind.fields if spec.name in self.fields}
        unit = Organisation.objects.select_related("parent").filter(pk=said["unit"] or scene.unit.pk).first()
        named = said.get("suspect")
        suspect = Suspect.objects.filter(case=scene.case, pk=named).first() if named else None
        return Entry(
            case=scene.case, kind=scene.kind.code, started_at=said["started_at"], ended_at=said.get("ended_at"),
            officers=tuple(User.objects.filter(pk__in=said["officers"]).order_by("login")),
            unit=unit or scene.unit, suspect=suspect, place_kind=said["place_kind"], place_detail=said["place_detail"],
            facts={name: value for name, value in own.items() if value not in (None, "", ())},
            remark=said["remark"], late_reason=said["late_reason"],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An entry without its instant cannot be checked any further."""
        said = super().clean() or self.cleaned_data
        if said.get("started_at") is None and "started_at" not in self.errors:
            self.add_error("started_at", gettext("Say when."))
        return said


def initial_of(entry: Entry) -> dict[str, Any]:
    """The values of a form that shows an entry again."""
    return {
        **entry.facts, "suspect": str(entry.suspect.pk) if entry.suspect else "", "started_at": entry.started_at,
        "ended_at": entry.ended_at, "unit": str(entry.unit.pk),
        "officers": [str(officer.pk) for officer in entry.officers], "place_kind": entry.place_kind,
        "place_detail": entry.place_detail, "remark": entry.remark, "late_reason": entry.late_reason,
    }  # fmt: skip


def defaults(scene: Scene, *, suspect: Suspect | None, last: Activity | None) -> dict[str, Any]:
    """What is filled in: me, my unit, now, the only suspect, and the last place and officers of such an entry."""
    moment = scene.now.replace(second=0, microsecond=0)
    seen = policy.visible(scene.actor, Suspect, now=scene.now).filter(case=scene.case)
    people = list(seen.order_by("position")[:2])
    one = suspect or (people[0] if len(people) == 1 else None)
    found: dict[str, Any] = {
        "unit": str(scene.unit.pk), "officers": [str(scene.actor.pk)], "suspect": str(one.pk) if one else "",
        "ended_at" if scene.kind.has_span else "started_at": moment,
    }  # fmt: skip
    for spec in scene.kind.fields:
        if spec.type == "datetime" and spec.required is True and not scene.kind.has_span:
            found[spec.name] = moment
        if spec.type == "ref" and spec.of == "unit" and one is not None and one.held_at_id:
            found[spec.name] = str(one.held_at_id)
    if last is not None:
        found |= {"place_kind": last.place_kind, "place_detail": last.place_detail}
    return found


def rule_of(kind: ActivityKind, spec: FieldSpec) -> str:
    """When a field is needed that is not always needed, in words; nothing where it always or never is."""
    if not isinstance(spec.required, str) or spec.required == "auto":
        return ""
    lang, need = language(), catalogue().needs[spec.required]
    fields = {item.name: item for item in (*catalogue().common_fields, *kind.fields)}
    for name, values in need.choices:
        if name in fields:
            said = listed(_answer(fields[name], value, lang) for value in values)
            return gettext("Needed where “%(field)s” is: %(values)s") % {
                "field": fields[name].label(lang),
                "values": said,
            }
    if need.context:
        return _CIRCUMSTANCES[need.context]()
    return gettext("Filled in once it is known; a correction may bring it later.")


def _answer(spec: FieldSpec, value: str | bool, lang: str) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return spec.option(value, lang)


_CIRCUMSTANCES = {
    ("late",): lambda: gettext("Asked when an entry comes more than a day after the end."),
    ("interpreter_needed",): lambda: gettext("Needed where the person needs an interpreter."),
    ("suspect_is_minor",): lambda: gettext("Needed where the suspect is under eighteen."),
    ("suspect_is_minor", "suspect_is_female"): lambda: gettext(
        "Needed where the suspect is a girl under eighteen."
    ),
    ("security_case",): lambda: gettext("Needed in cases of state security or terrorism."),
}


def _field(spec: FieldSpec, scene: Scene) -> forms.Field:
    """The form field of a declared field; references become choices where the record knows what they may be."""
    label = spec.label(language())
    options = [(option.code, option.name(language())) for option in spec.options]
    if spec.type == "list":
        return Several(choices=options, label=label) if options else Lines(label=label)
    if options:
        return one_of(options, label=label)
    plain = _PLAIN.get(LAW_TYPES.get(spec.type, spec.type))
    if plain is not None:
        return plain(label=label)
    if spec.type == "ref" and (offered := _referred(spec, scene)) is not None:
        return one_of(offered, label=label, as_list=True)
    return line(label=label)


_PLAIN: Mapping[str, Callable[..., forms.Field]] = {
    "bool": YesNo, "int": whole, "decimal": amount, "date": Day, "datetime": Instant,
}  # fmt: skip


def _referred(spec: FieldSpec, scene: Scene) -> list[Any] | None:
    organ = scene.case.police
    if spec.name == "approver" and (role := HEADS.get(scene.kind.approver or "")):
        return choices.holders(role, organ, scene.now)
    if spec.of in {"officer", "user"}:
        return choices.officers(organ, first=[scene.unit], now=scene.now)
    if spec.of == "unit":
        return choices.houses(scene.case)
    if spec.of == "document":
        papers = policy.visible(scene.actor, Document, now=scene.now)
        return choices.documents(papers.filter(case=scene.case, cancelled_at__isnull=True)[:200])
    if spec.of == "activity":
        entries = policy.visible(scene.actor, Activity, now=scene.now)
        rows = entries.filter(case=scene.case, corrected_by__isnull=True, kind="seizure")
        return choices.activities(rows.order_by("-started_at")[:200])
    return None
