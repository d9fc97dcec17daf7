"""Plain entries of events that no procedure and no activity records, each with the document it rests on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, Suspect
from coordination.identity import Identified
from coordination.models import APPEND_ONLY, Organisation, User
from coordination.policy import SeenThrough


class EventEntry(Identified):
    """An event as somebody entered it, with its document. A correction is a new row that names the old one.

    `limit` is the time limit that the entry starts, or "" for an event that acts on one that runs. With a `stage` it is
    the running limit to which that stage was granted on paper, `value` the length chosen of it (ISO-8601). Append-only.
    """

    seen_through = SeenThrough(case="case", full=True)

    case = models.ForeignKey(Case, models.PROTECT, related_name="event_entries")
    suspect = models.ForeignKey(Suspect, models.PROTECT, null=True, blank=True, related_name="+")
    event = models.CharField(_("event"), max_length=80)
    limit = models.CharField(_("time limit"), max_length=80, blank=True)
    stage = models.CharField(_("stage granted"), max_length=40, blank=True)
    value = models.CharField(_("length granted"), max_length=20, blank=True)
    at = models.DateTimeField(_("when"))
    stated_on = models.DateField(_("last day as the document states it"), null=True, blank=True)
    document_kind = models.CharField(_("kind of the document"), max_length=120)
    document_number = models.CharField(_("number of the document"), max_length=80)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    correction_reason = models.CharField(_("reason of the correction"), max_length=200, blank=True)
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("-at", "-id")
        triggers = (APPEND_ONLY,)
        constraints = (
            models.CheckConstraint(
                condition=~Q(document_kind="") & ~Q(document_number=""),
                name="an_entered_event_has_a_document",
            ),
            models.CheckConstraint(
                condition=Q(stage="") | ~Q(limit=""), name="an_extension_on_paper_names_its_limit"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
                name="a_corrected_event_has_a_reason",
            ),
        )
        indexes = (models.Index(fields=("case", "-at", "-id"), name="entered_events_of_a_case"),)

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"
