"""Rules that people set while the product runs, beside the law's own files: the local rules of an Office.

Nothing here is edited: a rule is superseded by a later one, a decision is a row of its own.
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
