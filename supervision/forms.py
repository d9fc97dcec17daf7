"""Forms of the top floor: a lead, a correction notice, the calculator, the filter of a register. Shape only.

What the law asks for is checked by the verbs; their reasons are shown at the fields (`cases.forms.base.LawForm`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import GRANTED, Day, Instant, LawForm, Lines, Several, one_of, prose
from coordination import local_rules
from coordination.law import clock, local, stages
from coordination.law.calendar import national
from coordination.law.clock import Due, Granted, Happened
from coordination.law.limit import Limit, Stage
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.reader import language
from supervision.findings import Seen
from supervision.opinions import Notice
from supervision.pages import calculator
from supervision.pages.rule_lines import Place
from supervision.pages.rulebook import stage_words
from supervision.registers.reading import Wanted
from supervision.suggestions import LONGEST_REASON

PIN_LENGTH = 300
CONDITIONAL = "conditional"
NO_LENGTHS: Mapping[str, str] = MappingProxyType({})
REPLY_RULE = _("The notice must state when the reply is due: the law names no number of days (RULES 553).")


RENAMED = {"evidence_pin": "pin", "findings": "codes"}
"""Fields of the lead as its verb calls them, and as the form does."""


class LeadForm(LawForm):
    """What a prosecutor saw: findings of the catalogue, where they are seen, and how one came to look."""

    shown_at = Instant(widget=forms.HiddenInput)
    codes = Several(label=_("Possible findings"))
    pin = prose(label=_("Where it is seen"), max_length=PIN_LENGTH)

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
        source = next(item for item in _step("supervision_lead", "register").facts if item.name == "source")
        self.fields["source"] = one_of(
            [(value, source.option(value, language())) for value in source.options],
            label=_("Source"),
            as_list=True,
            required=True,
        )
        self.mark("codes", is_needed=True)
        self.mark("pin", is_needed=True)
        self.order_fields(("codes", "pin", "source"))

    def seen(self) -> Seen:
        """Return what was seen; the form is valid."""
        said = self.cleaned_data
        return Seen(said["codes"], said["pin"], said["source"])


class DismissForm(LawForm):
    """Why a possible finding is none."""

    reason = prose(label=_("Why it is dismissed"), max_length=LONGEST_REASON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark("reason", is_needed=True)


class NoticeForm(LawForm):
    """What a correction notice says. The reply date is required: no law gives a number of days (RULES 553)."""

    findings = Several(label=_("Confirmed findings"))
    facts = prose(label=_("Facts established"))
    law = Lines(label=_("Legal basis"))
    demand = prose(label=_("What is demanded"))
    reply_due_on = Day(label=_("Reply due on"))

    def __init__(self, *args: Any, findings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["findings"].choices = list(findings)  # type: ignore[attr-defined]
        self.fields["facts"].widget.attrs["rows"] = self.fields["law"].widget.attrs["rows"] = 6
        self.fields["law"].help_text = gettext("One article a line, as “CPL 118”, or in words.")
        for name in self.fields:
            self.mark(name, by_law=True)
        self.mark("reply_due_on", rule=str(REPLY_RULE), by_law=True)

    def notice(self) -> Notice:
        """Return the notice as far as it is written; call after `is_valid`, whatever it answered."""
        said = self.cleaned_data
        return Notice(
            codes=tuple(said.get("findings") or ()),
            facts=said.get("facts") or "",
            law=tuple(said.get("law") or ()),
            demand=said.get("demand") or "",
            reply_due_on=said.get("reply_due_on"),
        )


def anchor_day(given: Mapping[str, Any], now: datetime) -> date:
    """Return the day of the event that is asked about, today where none can be read: its local rules apply."""
    try:
        at = Instant().clean(given.get("at"))
    except forms.ValidationError:
        at = None
    return (at or now).astimezone(ZONE).date()


class CalculatorForm(forms.Form):
    """When a limit would end: the event and its instant, custody, the stages granted, the reading, a stated day."""

    at = Instant(label=_("Instant of the event"), required=True)

    def __init__(self, *args: Any, limit: Limit, places: Sequence[Place] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = limit
        self.rules = {place.code: place.rules[limit.id] for place in places if limit.id in place.rules}
        if limit.direction == "before":
            self.fields["at"].label = _("Day known in advance")
        if len(limit.trigger) > 1:
            events = [(name, rulebook().event(name).name(language())) for name in limit.trigger]
            self.fields["event"] = forms.ChoiceField(choices=events, label=_("Event"), required=False)
        if self.asks_custody:
            self.fields["in_custody"] = forms.BooleanField(
                label=_("The suspect is in custody"), required=False
            )
        if limit.stages:
            self._add_stages(limit)
        if limit.readings:
            readings = [(item.id, item.reading.name(language())) for item in limit.readings]
            default = next((item.id for item in limit.readings if item.default), limit.readings[0].id)
            self.fields["reading"] = forms.ChoiceField(
                choices=readings, initial=default, label=_("Reading"), required=False
            )
        if limit.needs_stated:
            self.fields["stated"] = Day(
                label=_("Last day as the document states it"), required=not self.rules
            )
        if self.rules:
            lengths = {code: one.length for code, one in self.rules.items()}
            self.fields["local_rule"] = _whose_rule(places, lengths)
        self.order_fields(("event", "at", "in_custody", "granted"))

    @property
    def asks_custody(self) -> bool:
        """Whether custody changes anything about the limit."""
        limit = self.limit
        return CONDITIONAL in (limit.custodial, limit.rollover) or any(stage.only for stage in limit.stages)

    def due(self) -> Due:
        """Compute the end; raises clock.Impossible where the law gives no answer. Call after `is_valid`."""
        said = self.cleaned_data
        at: datetime = said["at"]
        stated: date | None = said.get("stated")
        return clock.derive(
            self.limit,
            [Happened(said.get("event") or self.limit.trigger[0], at)],
            in_custody=bool(said.get("in_custody")) or self.limit.custodial == "yes",
            calendar=national(),
            granted=[
                self._granted(stage) for stage in self.limit.stages if stage.id in said.get("granted", ())
            ],
            reading=said.get("reading") or None,
            stated=stated,
            local=self._local(),
        )

    def _local(self) -> local.LocalRule | None:
        """The rule of the place that was chosen, of the reader's first place where nothing was."""
        chosen = self.cleaned_data.get("local_rule") or next(iter(self.rules), "")
        return local_rules.as_law(self.rules[chosen].rule) if chosen in self.rules else None

    def _add_stages(self, limit: Limit) -> None:
        initial = [stage for stage in limit.stages if stage.mode == "initial"]
        offered = [
            stage for stage in limit.stages if not stage.only and (stage not in initial or len(initial) > 1)
        ]
        if offered:
            choices = [(stage.id, stage_words(stage)) for stage in offered]
            self.fields["granted"] = Several(choices=choices, label=_("Stages granted"))
        for stage in limit.stages:
            may_choose = stages.choice(stage)
            if may_choose is not None:
                title = GRANTED[may_choose.unit] % {"stage": stage.name(language())}
                self.fields[f"{may_choose.unit}_{stage.id}"] = forms.IntegerField(
                    label=title, min_value=may_choose.least, max_value=may_choose.most, required=False
                )

    def _granted(self, stage: Stage) -> Granted:
        may_choose = stages.choice(stage)
        count = self.cleaned_data.get(f"{may_choose.unit}_{stage.id}") if may_choose is not None else None
        return Granted(stage.id, may_choose.value(count) if may_choose is not None and count else None)


class EventForm(forms.Form):
    """What happened, when, whether the suspect was in custody, by whose local rules: asked of all limits at once."""

    at = Instant(label=_("Instant of the event"), required=True)
    in_custody = forms.BooleanField(label=_("The suspect is in custody"), required=False)

    def __init__(self, *args: Any, places: Sequence[Place] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in places}
        self.fields["event"] = forms.ChoiceField(
            choices=calculator.events(), initial=calculator.USUAL, label=_("What happened")
        )
        if places:
            self.fields["local_rule"] = _whose_rule(places)
        self.order_fields(("event", "at", "in_custody"))

    @property
    def place(self) -> Place | None:
        """The place whose local rules apply: the one chosen, else the reader's own; call after `is_valid`."""
        chosen = self.cleaned_data.get("local_rule") or next(iter(self.places), "")
        return self.places.get(chosen)

    def answers(self) -> tuple[calculator.Answer, ...]:
        """What the event starts; call after `is_valid`."""
        said = self.cleaned_data
        return calculator.started_by(
            said["event"], said["at"], in_custody=said["in_custody"], place=self.place
        )


def _whose_rule(places: Sequence[Place], lengths: Mapping[str, str] = NO_LENGTHS) -> forms.ChoiceField:
    """Ask whose local rules apply; the reader's first place unless another answer is given. `lengths` by place."""
    choices = [
        (place.code, " · ".join(filter(None, (place.name, lengths.get(place.code))))) for place in places
    ]
    first = next(iter(lengths), places[0].code)
    return forms.ChoiceField(
        choices=[*choices, (calculator.NO_RULE, gettext("no local rule"))], initial=first, label=_("Local rule"),
        required=False,
    )  # fmt: skip


class RegisterForm(forms.Form):
    """The filter of a register, read from the address; what cannot be read filters nothing."""

    state = forms.ChoiceField(
        choices=(("", _("all")), ("open", _("open")), ("closed", _("closed"))), required=False
    )
    from_on = Day(label=_("From"))
    to_on = Day(label=_("Until"))
    case = forms.CharField(max_length=40, required=False)

    def wanted(self) -> Wanted:
        """Return the filter."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            said.get("state", ""), said.get("from_on"), said.get("to_on"), said.get("case", "").strip()
        )


def _step(process: str, step: str) -> Any:
    return all_processes()[process].step(step)
