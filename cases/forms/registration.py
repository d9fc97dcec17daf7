"""The forms with which a case begins: the report, a suspect, who works on it. `registration` has the verbs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms import choices
from cases.forms.base import Day, Instant, LawForm, line, one_of
from cases.models import Case, Suspect
from cases.registration import Person, Report
from coordination.law.labels import option
from coordination.law.zone import ZONE
from coordination.models import Organisation
from coordination.standing import Standing

KINDS = ("general", "economic", "injury", "admin_transfer")
SERIAL = 4


class ReportForm(LawForm):
    """What the desk writes down when a report comes in; `report()` is what was written."""

    shown_at = Instant(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Iterable[Organisation], lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        places = [(key, unit.name(lang)) for key, unit in self.units.items()]
        kinds = [(kind, option(kind, lang, fact="report_kind")) for kind in KINDS]
        self.fields["received_at"] = Instant(label=_("Received"))
        self.fields["reporter"] = line(label=_("Who reports"), max_length=80)
        self.fields["kind"] = one_of(kinds, label=_("Kind of report"))
        self.fields["title"] = line(label=_("Title of the case"))
        self.fields["unit"] = one_of(places, label=_("Unit"), as_list=True)
        self.fields["number"] = line(label=_("Case number"), max_length=40)
        self.fields["charge"] = line(label=_("Suspected offence"), max_length=120)
        self.fields["is_major"] = forms.BooleanField(
            label=_("Life or death possible, or another major crime"), required=False
        )
        for name in ("received_at", "reporter", "kind", "title", "unit", "number"):
            self.mark(name, by_law=True)
        self.mark(
            "received_at", rule=gettext("The periods of the filing review count from here."), by_law=True
        )
        self.mark(
            "is_major", rule=gettext("Every interrogation is then recorded on sound and picture (CPL 123).")
        )

    def clean(self) -> dict[str, Any]:
        """Nothing of the report may be missing."""
        said = super().clean() or self.cleaned_data
        for name in ("received_at", "reporter", "kind", "title", "unit", "number"):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, gettext("This is missing."))
        return said

    def report(self) -> Report:
        """The report as it was written down; the form is valid."""
        said = self.cleaned_data
        return Report(
            number=said["number"], title=said["title"], kind=said["kind"], reporter=said["reporter"],
            received_at=said["received_at"], unit=self.units[said["unit"]], charge=said["charge"],
            is_major=said["is_major"],
        )  # fmt: skip


class SuspectForm(LawForm):
    """A suspect as named in the case; `person()` is what was written."""

    shown_at = Instant(widget=forms.HiddenInput)
    name = line(label=_("Name"), max_length=80)
    gender = one_of(Suspect.Gender.choices, label=_("Gender"))
    born_on = Day(label=_("Born on"))
    identity_number = line(label=_("Identity number"), max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark("name", is_needed=True)
        self.mark(
            "born_on", rule=gettext("Under eighteen, a guardian is called to every interrogation (CPL 281).")
        )
        self.mark(
            "identity_number",
            rule=gettext("May stay empty until the identity is known; reading it is recorded."),
        )

    def person(self) -> Person:
        """The suspect as written down; the form is valid."""
        said = self.cleaned_data
        gender = said["gender"] or Suspect.Gender.UNKNOWN
        return Person(said["name"], gender, said["born_on"], said["identity_number"])


class AssignForm(LawForm):
    """Who works on the case for the own organ."""

    def __init__(self, *args: Any, case: Case, who: Standing, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = "investigator" if case.police_id in who.organs else "prosecutor"
        organ = case.police if self.role == "investigator" else case.procuratorate
        label = _("investigator") if self.role == "investigator" else _("prosecutor")
        self.fields["to"] = one_of(choices.holders(self.role, organ, now), label=label, as_list=True)
        self.mark("to", is_needed=True)


def next_number(unit: Organisation, now: datetime) -> str:
    """The next case number of a unit in this month: A, the unit's code, year and month, and a serial number."""
    head = f"A{unit.code}{now.astimezone(ZONE):%Y%m}"
    last = (
        Case.objects.filter(number__startswith=head)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    serial = int(last[len(head) :]) + 1 if last and last[len(head) :].isdecimal() else 1
    return f"{head}{serial:0{SERIAL}d}"
