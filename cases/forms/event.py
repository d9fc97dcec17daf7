"""The form of an event that is entered plainly: which event, when, by which document. Shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import Day, Instant, LawForm, line, one_of
from cases.logbook.event_entries import LONGEST, Wanted
from cases.models import Case, EventEntry
from coordination.law.limit import Limit
from coordination.law.rulebook import rulebook
from coordination.reader import language


class EventForm(LawForm):
    """An event with its document; `limit` is what it starts, None where it acts on a limit that runs."""

    shown_at = Instant(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, case: Case, limit: Limit | None, events: tuple[str, ...], corrects: EventEntry | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.case, self.limit, self.events, self.corrects = case, limit, events, corrects
        self.people = {str(suspect.pk): suspect for suspect in case.suspects.all()}
        lang, book = language(), rulebook()
        if len(events) > 1:
            self.fields["event"] = one_of(
                [(name, book.event(name).name(lang)) for name in events], label=_("Event")
            )
            self.mark("event", is_needed=True)
        self.fields["at"] = Instant(label=_("When it happened"), required=True)
        if self.people and corrects is None:
            people = [(key, suspect.name) for key, suspect in self.people.items()]
            self.fields["suspect"] = one_of(people, label=_("Person it concerns"), as_list=True)
        if limit is not None and limit.needs_stated:
            self.fields["stated_on"] = Day(label=_("Last day as the document states it"))
        self.fields["document_kind"] = line(label=_("Document"), max_length=LONGEST["document_kind"])
        self.fields["document_number"] = line(
            label=_("Number of the document"), max_length=LONGEST["document_number"]
        )
        self.fields["remark"] = line(label=_("Remark"), max_length=LONGEST["remark"])
        if corrects is not None:
            self.fields["correction_reason"] = line(label=_("Reason of the correction"), max_length=200)
            self.mark("correction_reason", is_needed=True)
        rule = gettext("The paper that shows that it happened, and when.")
        for name in ("at", "document_kind", "document_number"):
            self.mark(name, rule=rule if name == "document_kind" else "", is_needed=True)

    def wanted(self) -> Wanted:
        """Return the event as entered; the form is valid."""
        said = self.cleaned_data
        old = self.corrects
        return Wanted(
            case=self.case, event=said.get("event") or self.events[0], at=said["at"],
            document_kind=said["document_kind"], document_number=said["document_number"],
            limit=self.limit.id if self.limit else "",
            suspect=old.suspect if old else self.people.get(said.get("suspect") or ""),
            stated_on=said.get("stated_on") or (old.stated_on if old and not self.limit else None),
            remark=said["remark"],
        )  # fmt: skip
