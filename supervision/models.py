"""What supervision found and what it said. A finding or an opinion has no status of its own: it asks its proceeding."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Activity, Case, Proceeding, Suspect
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
