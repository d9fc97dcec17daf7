"""Deadlines: when something runs out. Derived from occurrences, stored so that they can be found by the instant."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, Suspect
from cases.models.entry import EventEntry
from cases.models.proceeding import Occurrence, Proceeding, Step
from coordination.identity import Identified
from coordination.law.rulebook import Limit, rulebook
from coordination.models import APPEND_ONLY, LocalRule, Organisation, User
from coordination.policy import SeenThrough


class Deadline(Identified):
    """One clock: a limit wound by one occurrence. Its status is a function of the row and of now, not a column.

    `fires_at` is the first instant at which it is overdue; `due_at` the end of the period (24:00 is the next midnight);
    `due_on` the last day where the period ends with a day. `local_rule` is the rule of an Office it began under.
    `because` keeps the derivation as codes with parameters. `confidentiality` is that of the event it hangs on: the
    clock of a measure tells of the measure.
    """

    seen_through = SeenThrough(proceeding="proceeding", clearance="confidentiality", house="clock")

    limit = models.CharField(max_length=80)
    edition = models.CharField(max_length=20)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="deadlines", db_index=False)
    suspect = models.ForeignKey(Suspect, models.PROTECT, null=True, related_name="+", db_index=False)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="deadlines")
    thread_id = models.UUIDField()
    anchor = models.ForeignKey(Occurrence, models.PROTECT, related_name="deadlines", db_index=False)
    started_at = models.DateTimeField()
    stated_on = models.DateField(null=True, blank=True)
    local_rule = models.ForeignKey(LocalRule, models.PROTECT, null=True, blank=True, related_name="+")
    in_custody = models.BooleanField()
    due_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    outer_at = models.DateTimeField(null=True, blank=True)
    plan_on = models.DateField(null=True, blank=True)
    fires_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    because = models.JSONField(default=list)
    next_alarm_at = models.DateTimeField(null=True, blank=True)
    next_rung = models.CharField(max_length=100, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        Step, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    stop_event = models.CharField(max_length=80, blank=True)
    responsible = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    responsible_role = models.CharField(max_length=24)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    counterparty = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    area = models.CharField(max_length=20)
    confidentiality = models.SmallIntegerField(default=0, db_default=0)
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("due_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("anchor", "limit"), name="one_clock_an_anchor_and_limit"),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(next_alarm_at__isnull=True),
                name="a_stopped_clock_rings_no_more",
            ),
        )
        indexes = (
            models.Index(
                fields=("next_alarm_at", "id"),
                condition=Q(next_alarm_at__isnull=False),
                name="deadlines_that_will_ring",
            ),
            models.Index(
                fields=("responsible", "due_at", "id"),
                condition=Q(stopped_at__isnull=True),
                name="owed_by_an_organ",
            ),
            models.Index(
                fields=("counterparty", "due_at", "id"),
                condition=Q(stopped_at__isnull=True),
                name="owed_to_an_organ",
            ),
            models.Index(
                fields=("owner", "due_at", "id"),
                condition=Q(stopped_at__isnull=True),
                name="owed_by_a_person",
            ),
            models.Index(
                fields=("responsible", "responsible_role", "due_at", "id"),
                condition=Q(stopped_at__isnull=True, owner__isnull=True),
                name="owed_by_a_role",
            ),
            models.Index(
                fields=("responsible", "responsible_role", "due_at", "id"),
                condition=Q(stopped_at__isnull=True, owner__isnull=False),
                name="owed_by_a_desk_and_a_person",
            ),
            models.Index(
                fields=("jurisdiction", "area", "fires_at"),
                condition=Q(stopped_at__isnull=True),
                name="running_in_a_place",
            ),
            models.Index(fields=("case", "due_at"), name="deadlines_of_a_case"),
            models.Index(
                fields=("thread_id",), condition=Q(stopped_at__isnull=True), name="running_in_a_thread"
            ),
            models.Index(
                fields=("stopped_by",), condition=Q(stopped_by__isnull=False), name="stopped_by_a_step"
            ),
        )

    def __str__(self) -> str:
        return f"{self.limit} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def rule(self) -> Limit:
        """The limit as the rulebook states it."""
        return rulebook().limit(self.limit)


class DeadlineEvent(Identified):
    """A rung that rang, or a change of the clock. The insert is the claim: a rung rings once. Append-only."""

    seen_through = SeenThrough(
        proceeding="deadline__proceeding", clearance="deadline__confidentiality", house="clock_event"
    )

    class Kind(models.TextChoices):
        RUNG = "rung", _("rung of the ladder")
        MOVED = "moved", _("recomputed")
        REPAIRED = "repaired", _("repaired by the nightly check")
        FAILED = "failed", _("could not be rung")
        CALENDAR = "calendar", _("recalculated by a new holiday table")

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    rung = models.CharField(max_length=100)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    recalculation = models.ForeignKey(
        "cases.Recalculation", models.PROTECT, null=True, blank=True, related_name="events", db_index=False
    )

    class Meta:
        ordering = ("deadline", "at", "id")
        indexes = (
            models.Index(
                fields=("recalculation", "id"),
                condition=Q(recalculation__isnull=False),
                name="events_of_a_recalculation",
            ),
        )
        triggers = (APPEND_ONLY,)
        constraints = (
            models.UniqueConstraint(
                fields=("deadline", "rung", "due_at"), condition=Q(kind="rung"), name="a_rung_rings_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.rung}"


STANDING_GRANT = Q(entry__corrected_by__isnull=True)
"""Grants that count: those of an entry that was corrected are replaced by those of its newest version."""


class Extension(Identified):
    """A stage granted to a running clock, dated: by a step, or by an entry of a decision on paper. Append-only."""

    seen_through = SeenThrough(
        proceeding="deadline__proceeding", clearance="deadline__confidentiality", house="clock_event"
    )

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="extensions")
    stage = models.CharField(max_length=40)
    value = models.CharField(max_length=20, blank=True)
    granted_at = models.DateTimeField()
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(
        EventEntry, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ("deadline", "granted_at", "id")
        triggers = (APPEND_ONLY,)

    def __str__(self) -> str:
        return f"{self.stage} {self.value}"
