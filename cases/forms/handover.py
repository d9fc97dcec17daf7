"""The form with which what a person holds is passed on: what of it, to whom, and whether for good."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms import choices
from cases.forms.base import LawForm, Several, one_of
from cases.handover import Held
from coordination.models import Organisation, User
from coordination.reader import language


def colleagues(organs: Collection[UUID], now: datetime) -> list[choices.Group]:
    """The people of one's own organs, by unit."""
    rows = Organisation.objects.filter(pk__in=organs).order_by("code")
    return [group for organ in rows for group in choices.officers(organ, now=now)]


class HandoverForm(LawForm):
    """What is passed on: everything is ticked to begin with, so that nothing is forgotten."""

    def __init__(
        self, *args: Any, leaving: User, held: Held, people: list[choices.Group], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        others = [(unit, [one for one in names if one[0] != str(leaving.pk)]) for unit, names in people]
        self.fields["to"] = one_of(others, label=_("Who takes over"), as_list=True)
        self.mark("to", is_needed=True)
        cases = [(str(row.pk), f"{row.title} ({row.number})") for row in held.cases]
        matters = [
            (str(row.pk), f"{row.declared.name(language())} {row.about}".strip()) for row in held.matters
        ]
        if cases:
            self.fields["cases"] = Several(
                choices=cases, label=_("Cases"), initial=[key for key, _title in cases]
            )
        if matters:
            self.fields["matters"] = Several(
                choices=matters, label=_("Matters without a case"), initial=[key for key, _title in matters]
            )
        self.fields["for_good"] = forms.BooleanField(
            label=_("The person leaves for good"), required=False, initial=True
        )
        self.mark(
            "for_good",
            rule=gettext(
                "Whatever still names the person, and every message, then goes to whoever takes over."
            ),
        )

    def chosen(self, name: str) -> list[UUID]:
        """The ids that were ticked."""
        return [UUID(key) for key in self.cleaned_data.get(name, ())]
