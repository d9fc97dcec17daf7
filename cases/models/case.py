"""The case, the people in it and what was done: the investigation log. Proceedings and clocks have their own files."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from coordination.identity import Identified
from coordination.models import APPEND_ONLY, Organisation, User
from coordination.policy import SeenThrough


class Case(Identified):
    """One criminal case, from the first report on. Its stage is the state of its proceeding of process `case`."""

    seen_through = SeenThrough(case="", house="case")

    number = models.CharField(_("case number"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind of report"), max_length=20, default="general")
    jurisdiction = models.CharField(max_length=6)
    police = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("police organ")
    )
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("unit"))
    procuratorate = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("procuratorate")
    )
    investigator = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("investigator"),
    )
    prosecutor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prosecutor")
    )
    confidentiality = models.SmallIntegerField(_("confidentiality"), default=0)
    is_major = models.BooleanField(_("life or death possible, or another major crime"), default=False)
    charge = models.CharField(_("charge"), max_length=120, blank=True)
    received_at = models.DateTimeField(_("received"))
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = (
            models.Index(fields=("police", "-received_at", "-id"), name="cases_of_a_bureau"),
            models.Index(fields=("procuratorate", "-received_at", "-id"), name="cases_of_a_procuratorate"),
            models.Index(fields=("investigator", "-received_at"), name="cases_of_an_investigator"),
            models.Index(fields=("jurisdiction",), name="cases_in_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CaseUserObjectPermission(UserObjectPermissionBase):
    """A case opened to one person beyond the organ's own (django-guardian, direct foreign key)."""

    content_object = models.ForeignKey(Case, models.CASCADE)


class CaseGroupObjectPermission(GroupObjectPermissionBase):
    """A case opened to a group beyond the organ's own (django-guardian, direct foreign key)."""

    content_object = models.ForeignKey(Case, models.CASCADE)


class Suspect(Identified):
    """A person under suspicion in one case. The measure in force is the state of the `custody` proceeding."""

    seen_through = SeenThrough(case="case", full=True, house="person")

    class Gender(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")
        UNKNOWN = "unknown", _("unknown")

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspects", db_index=False)
    name = models.CharField(_("name"), max_length=80)
    name_sort = models.CharField(max_length=160, blank=True, editable=False)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender, default=Gender.UNKNOWN)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    identity_number = models.CharField(_("identity number"), max_length=30, blank=True)
    held_at = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("detention house"),
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("case", "position", "id")
        constraints = (models.UniqueConstraint(fields=("case", "position"), name="one_suspect_a_position"),)
        indexes = (
            models.Index(fields=("held_at",), condition=Q(held_at__isnull=False), name="suspects_held"),
        )

    def __str__(self) -> str:
        return self.name


class Charge(Identified):
    """An offence a suspect is suspected of, from a day on."""

    seen_through = SeenThrough(case="case", full=True, house="charge")

    case = models.ForeignKey(Case, models.PROTECT, related_name="charges")
    suspect = models.ForeignKey(Suspect, models.PROTECT, null=True, related_name="charges")
    name = models.CharField(_("charge"), max_length=120)
    charged_on = models.DateField(_("since"))

    class Meta:
        ordering = ("case", "charged_on", "id")

    def __str__(self) -> str:
        return self.name


class Activity(Identified):
    """One thing the police did, as logged. Never overwritten: a correction is a new row that names the old one."""

    seen_through = SeenThrough(case="case", full=True, clearance="confidentiality", house="entry")

    case = models.ForeignKey(Case, models.PROTECT, related_name="activities", db_index=False)
    suspect = models.ForeignKey(Suspect, models.PROTECT, null=True, blank=True, related_name="activities")
    kind = models.CharField(_("kind"), max_length=40)
    started_at = models.DateTimeField(_("start"))
    ended_at = models.DateTimeField(_("end"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("entered"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    officers = models.ManyToManyField(User, related_name="+", verbose_name=_("officers"))
    place_kind = models.CharField(_("kind of place"), max_length=30, blank=True)
    place_detail = models.CharField(_("place"), max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    remark = models.TextField(_("remark"), blank=True)
    late_reason = models.CharField(_("why entered late"), max_length=200, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    correction_reason = models.CharField(_("reason of the correction"), max_length=200, blank=True)
    confidentiality = models.SmallIntegerField(default=0)
    jurisdiction = models.CharField(max_length=6)

    class Meta:
        ordering = ("-started_at", "-id")
        triggers = (APPEND_ONLY,)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="an_activity_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
                name="a_correction_has_a_reason",
            ),
        )
        indexes = (
            models.Index(fields=("case", "-started_at", "-id"), name="activities_of_a_case"),
            models.Index(fields=("unit", "kind", "-started_at"), name="activities_of_a_unit"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"


class Attachment(Identified):
    """A file kept with an activity, outside the database, found by the hash of its content."""

    seen_through = SeenThrough(case="case", full=True, clearance="confidentiality", house="attachment")

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="attachments")
    proceeding = models.ForeignKey(
        "cases.Proceeding", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confidentiality = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ("case", "added_at", "id")
        triggers = (APPEND_ONLY,)

    def __str__(self) -> str:
        return self.name


class CaseVisit(models.Model):
    """When a person last looked at a case: what came later is marked as new."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("user", "case")
        constraints = (models.UniqueConstraint(fields=("user", "case"), name="one_visit_a_person_and_case"),)

    def __str__(self) -> str:
        return f"{self.user} {self.case} {self.seen_at:%Y-%m-%d %H:%M}"
