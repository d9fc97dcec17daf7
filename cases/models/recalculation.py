"""Recalculations: what a holiday table would do, or did, to the open deadlines. One run a table and kind, resumable."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from cases.models.clock import Deadline
from coordination.identity import Identified
from coordination.models import CalendarTable
from coordination.policy import SeenThrough


class Recalculation(Identified):
    """One pass over the open deadlines in the order of their ids; `reached` is the last one that was looked at.

    A preview writes rows of Shift, a recalculation the deadlines themselves with a DeadlineEvent for each that moved.
    `begun_at` is the machine's instant: a run is closed when every process has had time to know the table.
    """

    class Kind(models.TextChoices):
        PREVIEW = "preview", _("preview")
        APPLY = "apply", _("recalculation")

    table = models.ForeignKey(CalendarTable, models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=8, choices=Kind)
    opened_at = models.DateTimeField()
    begun_at = models.DateTimeField(db_default=Now())
    total = models.PositiveIntegerField(default=0)
    reached = models.UUIDField(null=True)
    examined = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("table", "kind"), name="one_run_a_table_and_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.table}"


class Shift(Identified):
    """A deadline that a table would move or make firm: its end now and its end then. Rows of a preview."""

    seen_through = SeenThrough(proceeding="deadline__proceeding", clearance="deadline__confidentiality")

    run = models.ForeignKey(Recalculation, models.CASCADE, related_name="shifts")
    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="+")
    limit = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    then_at = models.DateTimeField()
    then_on = models.DateField(null=True)
    is_firm = models.BooleanField()

    class Meta:
        ordering = ("due_at", "id")
        constraints = (models.UniqueConstraint(fields=("run", "deadline"), name="one_shift_a_deadline"),)
        indexes = (models.Index(fields=("run", "limit"), name="shifts_by_limit"),)

    def __str__(self) -> str:
        return f"{self.limit} {self.due_at:%Y-%m-%d} → {self.then_at:%Y-%m-%d}"
