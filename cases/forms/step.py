"""The form of a step, made from the facts its procedure declares; the law says what is wrong with the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases import listing, parties, scope
from cases.forms import choices
from cases.forms.base import Day, Instant, LawForm, Lines, Several, YesNo, amount, line, one_of, prose, whole
from cases.models import Case, Document, Proceeding, Suspect
from coordination import policy
from coordination.law.facts import REQUIRED_IF, Field
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.roles import ROLES
from coordination.models import Organisation, User
from coordination.reader import language, listed

ONE_LINE = frozenset({"reporter", "relative", "complainant", "case_no", "charge", "crime", "record"})


@dataclass(frozen=True, slots=True)
class Matter:
    """What a step is taken in: its case, the proceeding where it runs already, the present instant, and the person.

    `begun_by` are the organs of a matter without a case that has not begun yet.
    """

    step: DeclaredStep
    case: Case | None
    proceeding: Proceeding | None
    now: datetime
    actor: User
    begun_by: tuple[Organisation, ...] = ()

    @property
    def organs(self) -> tuple[Organisation, ...]:
        """The organs that run the matter, the one that began it first."""
        row = self.proceeding
        if row is not None:
            return tuple(organ for organ in (row.organisation, row.counterpart) if organ is not None)
        return (self.case.police, self.case.procuratorate) if self.case else self.begun_by


class Hours(forms.DecimalField):
    """A length of time in hours; becomes a timedelta."""

    def clean(self, value: Any) -> Any:
        """Return the length."""
        found = super().clean(value)
        return None if found is None else timedelta(minutes=int(found * 60))

    def prepare_value(self, value: Any) -> Any:
        """Show a length in hours."""
        return value.total_seconds() / 3600 if isinstance(value, timedelta) else value


class StepForm(LawForm):
    """The facts of one step; `facts()` is what was answered. The hidden version says which page was seen."""

    seen_version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, matter: Matter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter = matter
        names = {item.name for item in matter.step.facts}
        for item in matter.step.facts:
            if item.required == "auto":
                continue
            known = _local_list(item, matter)
            self.fields[item.name] = _field(item, matter, known)
            needed, lawful = item.required is True, bool(matter.step.sources)
            rule = local_rule(known) if known is not None else rule_of(item, names, matter.step)
            self.mark(item.name, rule=rule, by_law=needed and lawful, is_needed=needed)

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields of the step, without the hidden ones."""
        return [self[item.name] for item in self.matter.step.facts if item.name in self.fields]

    def facts(self) -> dict[str, object]:
        """The answers by the names of the facts, empty ones left out; the form is valid."""
        said = {item.name: self.cleaned_data.get(item.name) for item in self.matter.step.facts}
        return {name: value for name, value in said.items() if value not in (None, "", ())}


def rule_of(item: Field, names: set[str], step: DeclaredStep) -> str:
    """What the law says about this one answer: when it is needed, and on which side of today it may lie."""
    said = []
    if isinstance(item.required, str) and item.required in REQUIRED_IF:
        need = REQUIRED_IF[item.required]
        on = next((name for name in need.names if name in names), None)
        source = next((fact for fact in step.facts if fact.name == on), None)
        if source is not None:
            options = [option for option in source.options if option in need.values]
            values = listed(source.option(option, language()) for option in options)
            words = {"field": source.label(language()), "values": values}
            said.append(gettext("Needed where “%(field)s” is: %(values)s") % words)
    if item.tense == "future":
        said.append(gettext("A day after today."))
    if item.name == step.occurred_by:
        said.append(gettext("The periods count from this instant."))
    return " ".join(said)


def local_rule(known: listing.Listed) -> str:
    """Whose the list is that a fact is chosen from: the Office's, with its document and day, or ours."""
    if known.rule is None:
        return gettext("No Office has set its own list here: this one is ours, not law.")
    words = {
        "office": known.rule.office.name(language()), "since": known.rule.takes_effect_on,
        "document": f"{known.rule.document_title} {known.rule.document_number}",
    }  # fmt: skip
    return gettext("Local rule of %(office)s: %(document)s, since %(since)s.") % words


def _local_list(item: Field, matter: Matter) -> listing.Listed | None:
    """The local list from which the fact is chosen; of a matter that has not begun, the one in force now."""
    if not item.among:
        return None
    if matter.proceeding is not None:
        return listing.listed(
            item.among, matter.proceeding.jurisdiction, began_at=matter.proceeding.opened_at
        )
    role = ROLES.get(matter.step.role)
    mine = next((organ for organ in matter.organs if role and organ.kind == role.organ), None)
    place = mine or next(iter(matter.organs), None)
    return listing.listed(item.among, place.jurisdiction if place else "", began_at=matter.now)


def _field(item: Field, matter: Matter, known: listing.Listed | None) -> forms.Field:
    lang = language()
    label = _title(item.label(lang))
    if item.type == "enum":
        return one_of([(value, item.option(value, lang)) for value in item.options], label=label)
    if known is not None:
        return Several(
            choices=[(one.zh, one.zh if lang.startswith("zh") else one.en) for one in known.items],
            label=label,
        )
    if item.type == "list":
        offered = _listed(item, matter)
        return Several(choices=offered, label=label) if offered else Lines(label=label)
    if item.type == "ref":
        return _reference(item, matter, label)
    if item.type == "text":
        short = item.name in ONE_LINE or item.name.endswith(("_no", "_name"))
        return line(label=label) if short else prose(label=label)
    made: Mapping[str, Any] = {
        "date": Day, "dates": Lines, "datetime": Instant, "int": whole, "bool": YesNo, "decimal": amount,
        "duration": _hours,
    }  # fmt: skip
    field: forms.Field = made[item.type](label=label)
    return field


def _hours(label: str) -> Hours:
    return Hours(label=label, required=False, min_value=0, max_digits=8, help_text=_("In hours."))


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(item: Field, matter: Matter) -> list[Any]:
    """What a list may hold, where the record or the catalogue knows it."""
    if item.name in {"findings", "findings_confirmed"}:
        return choices.findings(_seen_before(matter))
    if item.name == "contested_findings":
        return choices.findings(_seen_before(matter))[:1]
    if item.name in {"suspects_sent", "separately_handled"} and matter.case is not None:
        return choices.suspect_names(matter.case)
    return _colleagues(matter) if item.name == "reviewers" else []


def _colleagues(matter: Matter) -> list[choices.Group]:
    """Everyone who works at one of the organs of the matter, by unit."""
    return [group for organ in matter.organs for group in choices.officers(organ, now=matter.now)]


def _seen_before(matter: Matter) -> list[str]:
    """The findings that this matter, or the one that opened it, already speaks of."""
    row = matter.proceeding
    found: list[str] = []
    for run in (row, row.parent if row else None):
        for taken in scope.taken(run) if run is not None else ():
            for name in ("findings_confirmed", "findings"):
                codes = taken.facts.get(name)
                found += [str(code) for code in codes] if isinstance(codes, (list, tuple)) else []
    return list(dict.fromkeys(found))


def _reference(item: Field, matter: Matter, label: str) -> forms.Field:
    case = matter.case
    if item.name == "case" and case is not None:
        return one_of([(str(case.pk), str(case))], label=label, as_list=True)
    if item.name in {"unit", "unit_id"} and case is not None:
        return one_of(choices.units(case.police), label=label, as_list=True)
    if item.name == matter.step.assigns and (organ := _organ(matter)) is not None:
        role = next(role for role in parties.NAMED if ROLES[role].organ == organ.kind)
        return one_of(choices.holders(role, organ, matter.now), label=label, as_list=True)
    if item.name == matter.step.moves_to and case is not None:
        return one_of(choices.other_procuratorates(case), label=label, as_list=True)
    if item.name in {"owner", "stand_in", "next_person"} or (item.name == "person" and case is None):
        return one_of(_colleagues(matter), label=label, as_list=True)
    if item.name == "meeting":
        return one_of(choices.meetings(matter.organs), label=label, as_list=True)
    if item.name in {"handler", "person", "officer"} and (organ := _organ(matter)) is not None:
        first = [case.unit] if case is not None else []
        return one_of(choices.officers(organ, first=first, now=matter.now), label=label, as_list=True)
    if item.name == "recipient" and matter.proceeding is not None:
        return one_of(_organs(matter.proceeding), label=label, as_list=True)
    if item.name in {"document", "decision_contested"} and matter.proceeding is not None:
        return one_of(choices.documents(_papers(matter.proceeding, matter)), label=label, as_list=True)
    return line(label=label)


def _organ(matter: Matter) -> Organisation | None:
    """The organ at which the step is taken."""
    if matter.proceeding is None:
        return matter.case.police if matter.case else None
    role = matter.step.roles(mirrored=scope.is_mirrored(matter.proceeding))[0]
    return parties.of_proceeding(matter.proceeding).organ_of(role)


def _organs(row: Proceeding) -> list[choices.Choice]:
    organs = [organ for organ in (row.organisation, row.counterpart) if organ is not None]
    return [(str(organ.pk), organ.name(language())) for organ in organs]


def _papers(row: Proceeding, matter: Matter) -> list[Document]:
    """The papers of the matter and of the one that opened it, as far as the person sees them, newest first."""
    near = Q(proceeding__in=[key for key in (row.pk, row.parent_id) if key]) | Q(transfer=row)
    rows = policy.visible(matter.actor, Document, now=matter.now).filter(near, cancelled_at__isnull=True)
    return list(rows.order_by("-issued_at", "-id")[:100])


class BeginForm(StepForm):
    """The first step of a procedure, with the suspect it concerns where it concerns one."""

    shown_at = Instant(widget=forms.HiddenInput)

    def __init__(self, matter: Matter, *args: Any, subject: str, **kwargs: Any) -> None:
        super().__init__(matter, *args, **kwargs)
        if subject == "suspect" and matter.case is not None:
            people = choices.suspects(matter.case)
            self.fields["suspect"] = one_of(people, label=_("suspect concerned"), as_list=True)
            self.mark("suspect", by_law=True)

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields of the step, the suspect before them."""
        named = [self["suspect"]] if "suspect" in self.fields else []
        return [*named, *super().own]

    def suspect(self) -> Suspect | None:
        """The suspect that was chosen; the form is valid."""
        key = self.cleaned_data.get("suspect")
        return (
            Suspect.objects.select_related("held_at").filter(case=self.matter.case, pk=key).first()
            if key
            else None
        )

    def clean(self) -> dict[str, Any]:
        """A procedure about a suspect needs one."""
        said = super().clean() or self.cleaned_data
        if "suspect" in self.fields and not said.get("suspect") and "suspect" not in self.errors:
            self.add_error("suspect", gettext("Say which suspect."))
        return said
