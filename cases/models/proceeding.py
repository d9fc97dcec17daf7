"""One run of a procedure, the steps taken in it, what they made happen, and what waits for a person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Activity, Case, Suspect
from cases.models.entry import EventEntry
from coordination.identity import Identified
from coordination.law import processes
from coordination.law.procedure import Process, State
from coordination.law.procedure import Step as DeclaredStep
from coordination.models import APPEND_ONLY, Organisation, User
from coordination.policy import SeenThrough


class Proceeding(Identified):
    """One run of a declared process. `state` changes only at the one door, `cases.steps`.

    `thread_id` is the id of the topmost proceeding whose clocks this one shares: its own, or its parent's thread.
    `about` is what one of several is about: the entry of the list for which it was opened.
    `counterpart_owner` is who handles it at the other organ, where somebody was named for this matter alone.
    """

    seen_through = SeenThrough(proceeding="", house="custody")

    process = models.CharField(max_length=60)
    edition = models.CharField(max_length=20)
    area = models.CharField(max_length=20)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="proceedings", db_index=False
    )
    suspect = models.ForeignKey(Suspect, models.PROTECT, null=True, blank=True, related_name="proceedings")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    thread_id = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    opened_to_counterpart_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    counterpart_owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.TextField(blank=True, db_default="")
    state = models.CharField(max_length=60)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    confidentiality = models.SmallIntegerField(default=0)
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("-opened_at", "-id")
        indexes = (
            models.Index(fields=("case", "process"), name="proceedings_of_a_case"),
            models.Index(fields=("thread_id",), name="proceedings_of_a_thread"),
            models.Index(fields=("parent",), condition=Q(parent__isnull=False), name="child_proceedings"),
            models.Index(
                fields=("organisation", "area", "process"),
                condition=Q(closed_at__isnull=True),
                name="open_of_an_organ",
            ),
            models.Index(
                fields=("counterpart", "area", "process"),
                condition=Q(closed_at__isnull=True),
                name="open_with_an_organ",
            ),
            models.Index(
                fields=("jurisdiction", "area"), condition=Q(closed_at__isnull=True), name="open_in_a_place"
            ),
        )

    def __str__(self) -> str:
        return f"{self.process} ({self.state})"

    @property
    def declared(self) -> Process:
        """The process this run follows."""
        return processes.all_processes()[self.process]

    @property
    def declared_state(self) -> State:
        """The state it is in, as declared."""
        return self.declared.state(self.state)


class Step(Identified):
    """A step taken: who, when, with which facts. Append-only; a wrong step is answered by another step."""

    seen_through = SeenThrough(
        proceeding="proceeding", since="recorded_at", clearance="confidentiality", house="step"
    )

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="steps", db_index=False)
    sequence = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    from_state = models.CharField(max_length=60)
    to_state = models.CharField(max_length=60)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    role = models.CharField(max_length=24)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    decision = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="steps")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)
    confidentiality = models.SmallIntegerField(default=0, db_default=0)
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("proceeding", "sequence")
        triggers = (APPEND_ONLY,)
        constraints = (
            models.UniqueConstraint(fields=("proceeding", "sequence"), name="steps_follow_each_other"),
        )
        indexes = (models.Index(fields=("case", "-occurred_at", "-id"), name="steps_of_a_case"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.name}"

    @property
    def declared(self) -> DeclaredStep:
        """The step as its process declares it."""
        return self.proceeding.declared.step(self.name)


class Occurrence(Identified):
    """An event of the closed vocabulary, as it happened. Clocks are derived from these rows. Append-only.

    `wound` names the limits that the event wound: each must be measured by a Deadline with this row as its anchor.
    """

    seen_through = SeenThrough(case="case", proceeding="proceeding", full=True, clearance="confidentiality")

    event = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="occurrences", db_index=False)
    suspect = models.ForeignKey(Suspect, models.PROTECT, null=True, related_name="+", db_index=False)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, null=True, related_name="occurrences")
    thread_id = models.UUIDField(null=True)
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="occurrences")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="occurrences")
    entry = models.ForeignKey(EventEntry, models.PROTECT, null=True, related_name="occurrences")
    wound = ArrayField(models.CharField(max_length=80), default=list)
    confidentiality = models.SmallIntegerField(default=0, db_default=0)
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("at", "id")
        triggers = (APPEND_ONLY,)
        indexes = (
            models.Index(fields=("case", "event", "at"), name="occurrences_of_a_case"),
            models.Index(fields=("thread_id", "event"), name="occurrences_of_a_thread"),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"


class Draft(Identified):
    """A step prepared and waiting for a person: for the approver, or for the one who must take it.

    A rung of the ladder, an event seen elsewhere or a person prepares it; nothing acts in law before someone
    settles it. It belongs to the organ it waits at: the other organ sees what was decided, not what is being written.
    """

    seen_through = SeenThrough(
        proceeding="proceeding", own="organisation", clearance="confidentiality", house="draft"
    )

    class Awaiting(models.TextChoices):
        TAKER = "taker", _("to be taken")
        APPROVER = "approver", _("awaiting approval")

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        TAKEN = "taken", _("taken")
        RETURNED = "returned", _("returned")
        SUPERSEDED = "superseded", _("superseded")

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="drafts")
    step = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    awaiting = models.CharField(max_length=10, choices=Awaiting)
    role = models.CharField(max_length=24)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    prepared_at = models.DateTimeField()
    cause = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True)
    confidentiality = models.SmallIntegerField(default=0, db_default=0)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("prepared_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("proceeding", "step"), condition=Q(outcome=""), name="one_open_draft_a_step"
            ),
        )
        indexes = (
            models.Index(
                fields=("organisation", "role", "prepared_at", "id"),
                condition=Q(outcome=""),
                name="drafts_waiting_for_a_role",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} ({self.awaiting})"
