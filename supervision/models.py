"""What supervision found and what it said. A finding or an opinion has no status of its own: it asks its proceeding."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Activity, Case, Deadline, Proceeding, Step, Suspect
from coordination.identity import Identified
from coordination.models import Organisation, User
from coordination.policy import SeenThrough


class Finding(Identified):
    """A possible breach of the catalogue, pinned to the record it was seen in; a prosecutor decides what it is."""

    seen_through = SeenThrough(proceeding="lead")

    class Decision(models.TextChoices):
        OPEN = "", _("undecided")
        CONFIRMED = "confirmed", _("confirmed")
        DISMISSED = "dismissed", _("dismissed")

    code = models.CharField(_("finding"), max_length=20)
    lead = models.ForeignKey(Proceeding, models.PROTECT, related_name="findings")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="findings")
    suspect = models.ForeignKey(Suspect, models.PROTECT, null=True, blank=True, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="findings")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    evidence_pin = models.CharField(_("where it is seen"), max_length=300)
    occurred_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (models.UniqueConstraint(fields=("lead", "code"), name="a_finding_once_a_lead"),)
        indexes = (
            models.Index(fields=("unit", "code", "-occurred_at"), name="findings_of_a_unit"),
            models.Index(fields=("jurisdiction",), condition=Q(decision=""), name="findings_undecided"),
        )

    def __str__(self) -> str:
        return self.code


class Suggestion(Identified):
    """A finding that a machine saw may be there. For the prosecutors of the case; a person decides, once for a fact.

    It rests on an entry of the log, on a clock, or on a step after which something is missing; `fact` names what was
    seen, so that nothing is suggested twice, and `seen` keeps the fields of an entry with their values.
    """

    seen_through = SeenThrough(case="case", full=True, clearance="confidentiality", own="case__procuratorate")

    class Decision(models.TextChoices):
        OPEN = "", _("undecided")
        TAKEN_UP = "taken_up", _("taken up")
        DISMISSED = "dismissed", _("dismissed")

    code = models.CharField(_("finding"), max_length=20)
    fact = models.CharField(max_length=90)
    case = models.ForeignKey(Case, models.PROTECT, related_name="suggestions", db_index=False)
    suspect = models.ForeignKey(Suspect, models.PROTECT, null=True, related_name="+", db_index=False)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="+", db_index=False)
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+", db_index=False)
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+", db_index=False)
    seen = models.JSONField(default=list)
    suggested_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    matter = models.ForeignKey(Proceeding, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    confidentiality = models.SmallIntegerField(default=0)
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("-suggested_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("fact", "code"), name="suggested_once_a_fact"),
            models.CheckConstraint(
                condition=~Q(decision="dismissed") | ~Q(reason=""), name="a_dismissal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(decision="taken_up") | Q(matter__isnull=False),
                name="what_was_taken_up_has_a_matter",
            ),
        )
        indexes = (
            models.Index(fields=("case", "-suggested_at", "-id"), name="suggestions_of_a_case"),
            models.Index(
                fields=("jurisdiction", "-suggested_at", "-id"),
                condition=Q(decision=""),
                name="suggestions_undecided",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.suggested_at:%Y-%m-%d %H:%M}"


class Opinion(Identified):
    """A supervision opinion: one instrument that carries findings. Where it stands is the state of its proceeding."""

    seen_through = SeenThrough(proceeding="proceeding")

    proceeding = models.OneToOneField(Proceeding, models.PROTECT, related_name="opinion")
    kind = models.CharField(max_length=60)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="opinions")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    findings = models.ManyToManyField(Finding, related_name="opinions")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("-drafted_at", "-id")

    def __str__(self) -> str:
        return self.kind
