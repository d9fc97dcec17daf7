"""Rules that people set while the product runs, beside the law's own files: local rules and imported holiday tables.

Nothing here is edited: a rule or a table is superseded by a later one, a decision is a row of its own.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.identity import Identified
from coordination.models.shared import APPEND_ONLY, Organisation, User


class LocalRule(Identified):
    """A length or a list that an Office laid down, as one side proposed it. In force once the other side agreed.

    A rule for a limit without `duration` lets the limit's own number apply again. `items` are those of a list.
    Append-only.
    """

    class Subject(models.TextChoices):
        LIMIT = "limit", _("time limit")
        LIST = "list", _("list")

    office = models.ForeignKey(Organisation, models.PROTECT, related_name="local_rules")
    subject = models.CharField(_("subject"), max_length=8, choices=Subject)
    name = models.CharField(_("limit or list"), max_length=80)
    duration = models.CharField(_("length"), max_length=20, blank=True)
    items = models.JSONField(_("items"), default=list)
    document_title = models.CharField(_("source document"), max_length=200)
    document_number = models.CharField(_("number of the document"), max_length=80)
    takes_effect_on = models.DateField(_("takes effect on"))
    jurisdiction = models.CharField(max_length=6)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_by_organ = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        ordering = ("-takes_effect_on", "-id")
        triggers = (APPEND_ONLY,)
        constraints = (
            models.CheckConstraint(
                condition=~Q(document_title="") & ~Q(document_number=""),
                name="a_local_rule_has_a_source_document",
            ),
        )
        indexes = (
            models.Index(
                fields=("jurisdiction", "subject", "name", "-takes_effect_on"), name="local_rules_of_a_place"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.duration} ({self.document_number})"


class LocalRuleDecision(Identified):
    """What the other side of the Office said to a proposal: agreed or declined, once. Append-only."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("declined")

    rule = models.OneToOneField(LocalRule, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    comment = models.CharField(_("comment"), max_length=200, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_by_organ = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("decided_at", "id")
        triggers = (APPEND_ONLY,)
        constraints = (
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(comment=""), name="a_declined_rule_has_a_comment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.outcome}"


class CalendarTable(Identified):
    """The holidays of one year as somebody imported them; in force once both sides approved. Append-only.

    `text` is the file as it was read; `digest` its SHA-256. Without `submitted_by` the operator's command brought it.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number of the notice"), max_length=80)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    file_name = models.CharField(_("file"), max_length=120)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        triggers = (APPEND_ONLY,)

    def __str__(self) -> str:
        return f"{self.year} {self.number}"


class CalendarDecision(Identified):
    """What the administrator of one side said to a table: approved or declined, once a side. Append-only."""

    class Side(models.TextChoices):
        POLICE = "police", _("police")
        PROCURATORATE = "procuratorate", _("procuratorate")

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    table = models.ForeignKey(CalendarTable, models.PROTECT, related_name="decisions")
    side = models.CharField(_("side"), max_length=16, choices=Side)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    comment = models.CharField(_("comment"), max_length=200, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("decided_at", "id")
        triggers = (APPEND_ONLY,)
        constraints = (
            models.UniqueConstraint(fields=("table", "side"), name="one_decision_a_side"),
            models.UniqueConstraint(fields=("table", "decided_by"), name="nobody_decides_for_both_sides"),
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(comment=""), name="a_declined_table_has_a_comment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.side} {self.outcome}"
