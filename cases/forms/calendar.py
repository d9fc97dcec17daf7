"""Forms of the holiday tables: a file, and what a side says to it. Shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import LawForm, line, one_of
from coordination.calendars import LONGEST_TEXT, Outcome


class TableForm(LawForm):
    """The file of a year's holidays."""

    file = forms.FileField(label=_("File"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark(
            "file", rule=gettext("TOML, from the notice of the State Council General Office."), is_needed=True
        )

    def clean_file(self) -> str:
        """Return the text of the file."""
        sent = self.cleaned_data["file"]
        self.file_name = sent.name
        if sent.size > LONGEST_TEXT:
            raise forms.ValidationError(_("The file is too large for a year's table."))
        try:
            return str(sent.read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is no text.")) from None


class TableDecisionForm(LawForm):
    """What the administrator of a side says."""

    outcome = one_of(
        [(Outcome.APPROVED, _("approve")), (Outcome.DECLINED, _("decline"))],
        label=_("Decision"),
        required=True,
    )
    comment = line(label=_("Comment"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark("comment", rule=gettext("Needed where the table is declined."))
