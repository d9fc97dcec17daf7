"""Forms of the local rules: what an Office proposes, and what its other side says. Shape only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import Day, LawForm, Lines, line, one_of, whole
from coordination.law import local
from coordination.law.limit import Limit
from coordination.law.periods import period
from coordination.local_rules import Outcome, Proposal, Subject
from coordination.models import Organisation
from coordination.reader import language

UNITS = {"days": _("days"), "months": _("months"), "hours": _("hours")}
WRITTEN = {"days": "P{}D", "months": "P{}M", "hours": "PT{}H"}
LONGEST_TITLE, LONGEST_NUMBER = 200, 80


class LocalRuleForm(LawForm):
    """A length for a limit, or the items of a list, with the document it rests on."""

    document_title = line(label=_("Source document"), max_length=LONGEST_TITLE)
    document_number = line(label=_("Number of the document"), max_length=LONGEST_NUMBER)
    takes_effect_on = Day(label=_("Takes effect on"), required=True)

    def __init__(
        self, *args: Any, offices: list[Organisation], about: Limit | local.LocalList, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offices, self.about = {str(office.pk): office for office in offices}, about
        self.unit = local.units(about)[0] if isinstance(about, Limit) else ""
        if len(offices) > 1:
            places = [(key, office.name(language())) for key, office in self.offices.items()]
            self.fields["office"] = one_of(places, label=_("Office"), as_list=True, required=True)
        if isinstance(about, Limit):
            self._add_length(about)
        else:
            self.fields["items"] = Lines(label=_("Items"))
            self.mark("items", is_needed=True)
        for name in ("document_title", "document_number", "takes_effect_on"):
            self.mark(name, is_needed=True)
        rule = gettext("Matters that begin from this day on count by it; what runs keeps its rule.")
        self.mark("takes_effect_on", rule=rule, is_needed=True)
        self.order_fields(("office", "count", "unit", "own_again", "items"))

    def proposal(self) -> Proposal:
        """Return what is proposed; the form is valid."""
        said = self.cleaned_data
        is_limit = isinstance(self.about, Limit)
        takes_effect_on: date = said["takes_effect_on"]
        return Proposal(
            subject=Subject.LIMIT if is_limit else Subject.LIST, name=self.about.id,
            document_title=said["document_title"], document_number=said["document_number"],
            takes_effect_on=takes_effect_on, duration=self._duration() if is_limit else "",
            items=tuple(said.get("items") or ()),
        )  # fmt: skip

    @property
    def office(self) -> Organisation:
        """The Office that the rule is to be of; the form is valid."""
        chosen = self.cleaned_data.get("office")
        return self.offices[chosen] if chosen else next(iter(self.offices.values()))

    def _add_length(self, limit: Limit) -> None:
        units = local.units(limit)
        title = _("Length in working days") if limit.day_kind == "working" else _("Length")
        self.fields["count"] = whole(label=title, min_value=1, max_value=999)
        self.mark("count", is_needed=True)
        if limit.ceiling:
            self.mark(
                "count", rule=gettext("Never longer than the statutory limit above it."), is_needed=True
            )
        if len(units) > 1:
            self.fields["unit"] = one_of(
                [(unit, UNITS[unit]) for unit in units], label=_("Unit"), initial=units[0]
            )
        elif limit.day_kind != "working":
            self.fields["count"].label = f"{gettext('Length')} ({UNITS[units[0]]})"
        self.fields["own_again"] = forms.BooleanField(
            label=_("End our rule: the limit's own length applies again"), required=False
        )
        if limit.duration:
            whole_length = period(limit.duration)
            self.initial.setdefault("count", whole_length.months or whole_length.days or whole_length.hours)

    def _duration(self) -> str:
        said = self.cleaned_data
        if said.get("own_again") or not said.get("count"):
            return ""
        unit = said.get("unit") or self.unit
        return WRITTEN[unit].format(said["count"])


class DecisionForm(LawForm):
    """What the other side says to a proposal."""

    outcome = one_of(
        [(Outcome.AGREED, _("agree")), (Outcome.DECLINED, _("decline"))], label=_("Decision"), required=True
    )
    comment = line(label=_("Comment"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark("comment", rule=gettext("Needed where the rule is declined."))
