"""Papers: what was written, numbered, sent and receipted; and the series the numbers come from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.proceeding import Proceeding, Step
from coordination.identity import Identified
from coordination.models import Organisation, User
from coordination.policy import SeenThrough


class Document(Identified):
    """One instrument. Its marks (sent, delivered, opened, receipted) each carry a time, the last also a person.

    `on_receipt` holds what the receipt will bring: events, limits that start with them, clocks that stop.
    """

    seen_through = SeenThrough(
        proceeding="proceeding", document=True, clearance="confidentiality", house="paper"
    )

    kind = models.CharField(max_length=60)
    number = models.CharField(_("number"), max_length=80, blank=True)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="documents")
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="documents")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="documents", db_index=False
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    addressee = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    transfer = models.OneToOneField(
        Proceeding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carries",
        verbose_name=_("desk transfer"),
    )
    sheet = models.JSONField(default=dict)
    on_receipt = models.JSONField(default=dict)
    content_sha256 = models.CharField(max_length=64, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    receipted_at = models.DateTimeField(null=True, blank=True)
    receipted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    confidentiality = models.SmallIntegerField(default=0, db_default=0)
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("-issued_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "kind", "number"),
                condition=~Q(number=""),
                name="one_document_a_number",
            ),
            models.CheckConstraint(
                condition=Q(receipted_at__isnull=True) | Q(sent_at__isnull=False), name="receipted_after_sent"
            ),
        )
        indexes = (
            models.Index(
                fields=("addressee", "-sent_at"),
                condition=Q(sent_at__isnull=False),
                name="documents_sent_to_an_organ",
            ),
            models.Index(
                fields=("addressee", "sent_at", "id"),
                condition=Q(
                    sent_at__isnull=False,
                    receipted_at__isnull=True,
                    cancelled_at__isnull=True,
                    transfer__isnull=False,
                ),
                name="documents_to_receipt",
            ),
            models.Index(fields=("case", "-issued_at"), name="documents_of_a_case"),
            models.Index(fields=("content_sha256",), name="documents_by_content"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class NumberSeries(models.Model):
    """The last number given to a kind of document by an organ in a year. Locked while a number is taken: no gaps."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("organisation", "kind", "year")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "kind", "year"), name="one_series_an_organ_kind_and_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.kind} {self.year}: {self.last}"
