"""Who is who, what each organ was shown, what was seen and what was said. The record of cases lives in `cases`."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.identity import Identified

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Organisation(Identified):
    """An organ, or a unit inside one. A county procuratorate and a county bureau are equals."""

    class Kind(models.TextChoices):
        PROCURATORATE = "procuratorate", _("procuratorate")
        POLICE = "police", _("police")
        DETENTION_HOUSE = "detention_house", _("detention house")
        OFFICE = "office", _("the Office")

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        PREFECTURE = "prefecture", _("prefecture")
        COUNTY = "county", _("county")
        UNIT = "unit", _("unit")

    code = models.CharField(_("code"), max_length=20, unique=True)
    zh = models.CharField(_("name"), max_length=120)
    en = models.CharField(_("English name"), max_length=160, blank=True)
    abbr = models.CharField(_("abbreviation in document numbers"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    jurisdiction = models.CharField(_("division code"), max_length=6)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("superior or bureau"),
    )

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(level="unit") | Q(parent__isnull=False), name="a_unit_belongs_to_an_organ"
            ),
        )
        indexes = (models.Index(fields=("jurisdiction", "kind"), name="organisation_in_place"),)

    def __str__(self) -> str:
        return self.zh

    def name(self, lang: str = "en") -> str:
        """Return the name in `lang`; Chinese where no English name is kept."""
        return self.zh if lang.startswith("zh") or not self.en else self.en

    @property
    def organ(self) -> Organisation:
        """The organ this row is, or the organ its unit belongs to."""
        return self.parent if self.level == self.Level.UNIT and self.parent else self


class UserManager(BaseUserManager["User"]):
    """Makes users by login; `create_superuser` is for the installation, not for daily work."""

    def create_user(self, login: str, name: str, password: str | None = None, **extra: object) -> User:
        """Create a user who may sign in with `login` and `password`."""
        user = self.model(login=login, name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, login: str, name: str, password: str | None = None, **extra: object) -> User:
        """Create the installation's administrator."""
        return self.create_user(login, name, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the user by login."""
        return self.get(login=username)


class User(AbstractBaseUser, PermissionsMixin, Identified):
    """A person. What the person may do follows from postings, never from this row."""

    login = models.CharField(_("login"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_sort = models.CharField(_("name in pinyin"), max_length=120, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("administers the installation"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("login",)

    def __str__(self) -> str:
        return self.name


class Posting(Identified):
    """A role held by a person at an organisation, from one instant to another."""

    class Role(models.TextChoices):
        INVESTIGATOR = "investigator", _("investigator")
        POLICE_LEGAL = "police_legal", _("police legal department")
        POLICE_CHIEF = "police_chief", _("police chief")
        PROSECUTOR = "prosecutor", _("prosecutor")
        CHIEF_PROCURATOR = "chief_procurator", _("chief procurator")
        OFFICE_RESIDENT = "office_resident", _("resident prosecutor of the Office")
        OFFICE_POLICE = "office_police", _("police member of the Office")
        SUPERIOR_PROSECUTOR = "superior_prosecutor", _("prosecutor of the superior procuratorate")
        SUPERIOR_POLICE = "superior_police", _("superior police")
        CUSTODY_OFFICER = "custody_officer", _("custody officer")
        CASE_MANAGER = "case_manager", _("case manager")

    user = models.ForeignKey(User, models.PROTECT, related_name="postings")
    role = models.CharField(_("role"), max_length=24, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="postings")
    clearance = models.SmallIntegerField(_("clearance"), default=1)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("user", "starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="a_posting_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "organisation"),
                condition=Q(ends_at__isnull=True),
                name="one_open_posting_a_role",
            ),
        )
        indexes = (models.Index(fields=("organisation", "role"), name="posting_by_role"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    def holds_at(self, at: datetime) -> bool:
        """Whether the posting is in force at the instant `at`."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class StandIn(Identified):
    """Who acts in the place of an absent person, from one instant to another; `cause` is the handover that says so.

    Chains are written out: who stands in for a stand-in stands in for the absent person too.
    """

    absent = models.ForeignKey(User, models.PROTECT, related_name="stood_in_for")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="stands_in")
    cause = models.UUIDField()
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="nobody_stands_in_for_oneself"),
            models.UniqueConstraint(
                fields=("absent", "deputy", "cause"),
                condition=Q(ends_at__isnull=True),
                name="one_open_stand_in_a_cause",
            ),
        )

    def __str__(self) -> str:
        return f"{self.deputy} · {self.absent}"


class Share(Identified):
    """What one organ opened to another: a case or one proceeding, for a ground, until a day, never silently."""

    class Subject(models.TextChoices):
        CASE = "case", _("case")
        PROCEEDING = "proceeding", _("proceeding")

    class Scope(models.TextChoices):
        HEADER = "header", _("number, title and stage only")
        FULL = "full", _("the whole file")
        MATTER = "matter", _("this proceeding and its documents")

    subject_kind = models.CharField(max_length=12, choices=Subject)
    subject_id = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="shares_received")
    granted_by_organ = models.ForeignKey(Organisation, models.PROTECT, related_name="shares_given")
    scope = models.CharField(max_length=8, choices=Scope)
    ground = models.CharField(_("ground"), max_length=200)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-granted_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("subject_kind", "subject_id", "organisation"),
                condition=Q(revoked_at__isnull=True),
                name="one_open_share_an_organ",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("granted_at")),
                name="a_share_ends_after_it_starts",
            ),
        )
        indexes = (
            models.Index(
                fields=("organisation", "subject_kind", "subject_id"),
                condition=Q(revoked_at__isnull=True),
                name="open_shares_of_an_organ",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} → {self.organisation}"


class AuditEntry(Identified):
    """One thing done or seen, written in the transaction that did it. Append-only."""

    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    jurisdiction = models.CharField(max_length=6, blank=True)
    detail = models.JSONField(default=dict)
    once_on = models.DateField(null=True)
    """The day on which an entry of this kind is kept once a person and subject; None for what is kept each time."""

    class Meta:
        ordering = ("id",)
        triggers = (APPEND_ONLY,)
        constraints = (
            models.UniqueConstraint(
                fields=("actor", "action", "subject_id", "once_on"),
                condition=Q(once_on__isnull=False),
                name="one_entry_a_person_subject_and_day",
            ),
        )
        indexes = (
            models.Index(fields=("case_id", "id"), name="audit_of_a_case"),
            models.Index(fields=("subject_id", "id"), name="audit_of_a_subject"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class AuditSeal(Identified):
    """A hash over a run of audit entries and the seal before it: removing an entry breaks the chain. Append-only."""

    sequence = models.PositiveIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    first_entry_id = models.UUIDField()
    last_entry_id = models.UUIDField()
    entries = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("sequence",)
        triggers = (APPEND_ONLY,)

    def __str__(self) -> str:
        return f"seal {self.sequence}"


class Message(Identified):
    """Something a person must be told. The row is the outbox: it is written with the change it tells of."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="messages", db_index=False)
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    case_id = models.UUIDField(null=True, blank=True)
    is_statutory = models.BooleanField(default=True)
    posted_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    once_key = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-posted_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("recipient", "once_key"), condition=~Q(once_key=""), name="one_message_a_cause"
            ),
        )
        indexes = (
            models.Index(fields=("recipient", "-posted_at", "-id"), name="inbox_of_a_person"),
            models.Index(fields=("posted_at",), condition=Q(mailed_at__isnull=True), name="messages_to_mail"),
        )

    def __str__(self) -> str:
        return f"{self.code} → {self.recipient}"
