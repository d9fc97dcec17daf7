"""What all forms of the record share: fields as people fill them in, and refusals of the law shown at their field.

A form checks shape; whether something is required or allowed is for the verbs, so that every reason is shown at once
with its article. The forms themselves: `forms.activity`, `forms.step`, `forms.registration`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.law.facts import YEARS
from coordination.law.history import Reason
from coordination.reader import sentence

SHORT, LONG = 200, 20_000
GRANTED = {"days": _("Days granted: %(stage)s"), "months": _("Months granted: %(stage)s")}
"""How many units of a stage were granted, by the unit."""
Choices = Sequence[tuple[str, Any]]


class Instant(forms.DateTimeField):
    """A date and time on the clock of Beijing, entered to the minute; becomes an aware datetime."""

    def __init__(self, **kwargs: Any) -> None:
        shape = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**{"widget": shape, "required": False, **kwargs})

    def to_python(self, value: Any) -> datetime | None:
        """Read the value; an instant that no case can have is refused."""
        found = super().to_python(value)
        if found is not None and found.year not in YEARS:
            raise forms.ValidationError(_("This date cannot be right."), code="range")
        return found


class Day(forms.DateField):
    """A calendar day."""

    def __init__(self, **kwargs: Any) -> None:
        shape = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": shape, "required": False, **kwargs})

    def to_python(self, value: Any) -> date | None:
        """Read the value; a day that no case can have is refused."""
        found = super().to_python(value)
        if found is not None and found.year not in YEARS:
            raise forms.ValidationError(_("This date cannot be right."), code="range")
        return found


class YesNo(forms.TypedChoiceField):
    """A question of the law that is answered with yes or no; not answered is None."""

    def __init__(self, **kwargs: Any) -> None:
        given = {
            "choices": (("true", _("yes")), ("false", _("no"))), "coerce": lambda value: value == "true",
            "empty_value": None, "widget": forms.RadioSelect, "required": False,
        }  # fmt: skip
        super().__init__(**{**given, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Let an initial truth value choose its answer."""
        return str(value).lower() if isinstance(value, bool) else value


class Lines(forms.CharField):
    """A list, one item a line."""

    def __init__(self, **kwargs: Any) -> None:
        given = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": LONG, "required": False}
        super().__init__(**{**given, "help_text": _("One a line."), **kwargs})

    def clean(self, value: Any) -> Any:
        """Return the items as a tuple."""
        said = super().clean(value)
        return tuple(line.strip() for line in said.splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        """Show items under each other."""
        return "\n".join(str(item) for item in value) if isinstance(value, (list, tuple)) else value


class Several(forms.MultipleChoiceField):
    """Several of a list, as check boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.CheckboxSelectMultiple, "required": False, **kwargs})

    def clean(self, value: Any) -> Any:
        """Return the chosen values as a tuple."""
        return tuple(super().clean(value))


def one_of(choices: Choices, **kwargs: Any) -> forms.ChoiceField:
    """A choice of one: buttons for up to four short answers, else a list."""
    plain = all(not isinstance(title, (list, tuple)) for _value, title in choices)
    if len(choices) <= 4 and plain and not kwargs.pop("as_list", False):
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **{"required": False, **kwargs})
    kwargs.pop("as_list", None)
    return forms.ChoiceField(choices=(("", gettext("— choose —")), *choices), **{"required": False, **kwargs})


def line(**kwargs: Any) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(**{"max_length": SHORT, "required": False, **kwargs})


def prose(**kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(**{"max_length": LONG, "required": False, "widget": area, **kwargs})


def whole(**kwargs: Any) -> forms.IntegerField:
    """A whole number, not negative."""
    return forms.IntegerField(**{"min_value": 0, "max_value": 10_000_000, "required": False, **kwargs})


def amount(**kwargs: Any) -> forms.DecimalField:
    """A number with decimals, not negative."""
    given = {"min_value": 0, "max_digits": 15, "decimal_places": 2, "required": False}
    return forms.DecimalField(**{**given, **kwargs})


class LawForm(forms.Form):
    """A form whose answer comes from a verb: its reasons are shown at their fields, the others on top.

    `refusals` are the reasons that belong to no field; templates show them with their articles.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: list[Reason] = []

    def refuse(self, reasons: Iterable[Reason], *, renamed: Mapping[str, str] | None = None) -> None:
        """Show the reasons; `renamed` gives the field of the form for a field that the verb calls otherwise."""
        for reason in reasons:
            kind, _colon, name = reason.code.partition(":")
            name = (renamed or {}).get(name, name)
            if kind == "field" and name in self.fields:
                self.add_error(name, sentence(reason))
            else:
                self.refusals.append(reason)

    def mark(self, name: str, *, rule: str = "", by_law: bool = False, is_needed: bool = False) -> None:
        """Say beside a field what the law asks of it, when it is needed, or that it is though no article says so."""
        field = self.fields[name]
        needed = by_law or is_needed
        field.rule, field.by_law = rule, by_law  # type: ignore[attr-defined]
        field.is_needed = needed or bool(rule)  # type: ignore[attr-defined]
        if needed and not isinstance(field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            field.widget.attrs["aria-required"] = "true"
