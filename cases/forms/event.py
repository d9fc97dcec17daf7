"""The form of an event that is entered plainly: which event, when, by which document. Shape only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import GRANTED, Day, Instant, LawForm, line, one_of, whole
from cases.logbook.event_entries import LONGEST, Wanted
from cases.models import Case, EventEntry, Suspect
from coordination.law.limit import Limit, Stage
from coordination.law.rulebook import rulebook
from coordination.law.stages import choice
from coordination.reader import language


class EventForm(LawForm):
    """An event with its document; `limit` is what it starts, None where it acts on a limit that runs.

    With `stages` the limit runs, about the person `about` where there is one, and one of them was granted on paper.
    """

    shown_at = Instant(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, case: Case, limit: Limit | None, events: tuple[str, ...], corrects: EventEntry | None = None,
        stages: Sequence[Stage] = (), about: Suspect | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.case, self.limit, self.events, self.corrects = case, limit, events, corrects
        self.stages, self.about = {stage.id: stage for stage in stages}, about
        self.people = {str(suspect.pk): suspect for suspect in case.suspects.all()}
        lang, book = language(), rulebook()
        if len(events) > 1:
            self.fields["event"] = one_of(
                [(name, book.event(name).name(lang)) for name in events], label=_("Event")
            )
            self.mark("event", is_needed=True)
        self.fields["at"] = Instant(label=_("When it happened"), required=True)
        if stages:
            self._add_stages()
        elif self.people and corrects is None:
            people = [(key, suspect.name) for key, suspect in self.people.items()]
            self.fields["suspect"] = one_of(people, label=_("Person it concerns"), as_list=True)
        if limit is not None and limit.needs_stated and not stages:
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

    def _add_stages(self) -> None:
        """Ask which stage was granted, and how much of it where the law lets the approver choose."""
        lang = language()
        named = [(key, stage.name(lang)) for key, stage in self.stages.items()]
        self.fields["stage"] = one_of(
            named, label=_("Stage granted"), initial=named[0][0] if len(named) == 1 else ""
        )
        self.mark("stage", by_law=True)
        for stage in self.stages.values():
            may_choose = choice(stage)
            if may_choose is not None:
                title = GRANTED[may_choose.unit] % {"stage": stage.name(lang)}
                self.fields[f"{may_choose.unit}_{stage.id}"] = whole(
                    label=title, min_value=may_choose.least, max_value=may_choose.most
                )

    def _value(self) -> str:
        stage = self.stages.get(self.cleaned_data.get("stage") or "")
        may_choose = choice(stage) if stage is not None else None
        count = self.cleaned_data.get(f"{may_choose.unit}_{stage.id}") if may_choose and stage else None
        return may_choose.value(count) if may_choose and count else ""

    def wanted(self) -> Wanted:
        """Return the event as entered; the form is valid."""
        said = self.cleaned_data
        old = self.corrects
        return Wanted(
            case=self.case, event=said.get("event") or self.events[0], at=said["at"],
            document_kind=said["document_kind"], document_number=said["document_number"],
            limit=self.limit.id if self.limit else "",
            suspect=self.about or self.people.get(said.get("suspect") or ""),
            stated_on=said.get("stated_on") or (old.stated_on if old and not self.limit else None),
            remark=said["remark"], stage=said.get("stage") or "", value=self._value(),
        )  # fmt: skip
