"""The investigation log through the API: what was done, written down once, corrected by a new version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import (
    LISTED,
    READ,
    WRITTEN,
    NamedShape,
    OrganShape,
    PersonShape,
    Resource,
    allowed,
    named,
)
from cases.api.gate import LONGEST
from cases.api.input import Facts, Instant, Strict, body, query
from cases.logbook import activities
from cases.logbook.activities import Logged
from cases.logbook.entries import Entry
from cases.models import Activity, Case, Suspect
from coordination.law.catalogue import catalogue
from coordination.models import Organisation, User

NEAR = ("case", "suspect", "unit__parent", "recorded_by")


class ActivityAsked(Strict):
    """What a log may be narrowed by."""

    kind = serializers.CharField(required=False, max_length=40)
    suspect = serializers.UUIDField(required=False)
    started_from = Instant(required=False)
    started_until = Instant(required=False)
    newest_versions = serializers.BooleanField(
        required=False, help_text="Without the entries corrected since."
    )


class EntryShape(Strict):
    """An entry as it is written down; `facts` are the declared fields of its kind, see `activity-kinds`."""

    kind = serializers.CharField(max_length=40)
    started_at = Instant()
    ended_at = Instant(required=False, allow_null=True, default=None)
    officers = serializers.ListField(child=serializers.UUIDField(), max_length=50, help_text="People, by id.")
    unit = serializers.UUIDField()
    suspect = serializers.UUIDField(required=False, allow_null=True, default=None)
    place_kind = serializers.CharField(required=False, allow_blank=True, default="", max_length=30)
    place_detail = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)
    facts = Facts(required=False, default=dict)
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)
    late_reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)


class CorrectionShape(EntryShape):
    """The entry as it should have been, and why."""

    reason = serializers.CharField(max_length=200)


class ActivityShape(serializers.ModelSerializer[Activity]):
    """An entry of the log; `corrected_by` is its newer version, if there is one."""

    kind = serializers.SerializerMethodField()
    started_at = Instant()
    ended_at = Instant(allow_null=True)
    recorded_at = Instant()
    recorded_by = PersonShape()
    unit = OrganShape()
    officers = PersonShape(many=True)
    facts = Facts()
    corrected_by = serializers.SerializerMethodField()

    class Meta:
        model = Activity
        fields = (
            "id", "case", "suspect", "kind", "started_at", "ended_at", "recorded_at", "recorded_by", "unit", "officers",
            "place_kind", "place_detail", "facts", "remark", "late_reason", "corrects", "correction_reason",
            "corrected_by",
        )  # fmt: skip

    @extend_schema_field(NamedShape())
    def get_kind(self, row: Activity) -> dict[str, str]:
        """The kind with its titles."""
        return named(row.kind, catalogue().activity(row.kind))

    def get_corrected_by(self, row: Activity) -> UUID | None:
        """The id of the newer version."""
        later = getattr(row, "corrected_by", None)
        return later.pk if later is not None else None


class LoggedShape(serializers.Serializer[Any]):
    """What an entry did: the steps it took, what it submitted for approval, the clocks it started and stopped."""

    activity = ActivityShape()
    is_new = serializers.BooleanField()
    steps = serializers.ListField(child=serializers.UUIDField())
    submitted = serializers.ListField(
        child=serializers.UUIDField(), help_text="Drafts that await an approval."
    )
    started = serializers.ListField(child=serializers.UUIDField(), help_text="Deadlines.")
    stopped = serializers.ListField(child=serializers.UUIDField(), help_text="Deadlines.")


class Activities(Resource):
    """The log of a case."""

    @extend_schema(
        operation_id="activity_list", tags=["activities"], parameters=[ActivityAsked], request=None,
        responses={200: ActivityShape(many=True), **LISTED},
        description="The log of a case, newest entry first. For the organs of the case, and where it was shared whole.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """List."""
        asked = query(ActivityAsked, request)
        rows = self.visible(Activity).filter(case=self.find(self.visible(Case), pk))
        plain = {"kind": "kind", "suspect": "suspect", "started_from": "started_at__gte",
                 "started_until": "started_at__lt"}  # fmt: skip
        rows = rows.filter(**{column: asked[name] for name, column in plain.items() if name in asked})
        if asked.get("newest_versions"):
            rows = rows.filter(corrected_by__isnull=True)
        return self.page(
            rows.select_related(*NEAR, "corrected_by").prefetch_related("officers"), ActivityShape
        )

    @extend_schema(
        operation_id="activity_log", tags=["activities"], request=EntryShape,
        responses={
            201: LoggedShape, 200: OpenApiResponse(LoggedShape, description="The same entry was there."), **WRITTEN
        },
        description="Write an activity down: it takes the steps it is the log of and turns the clocks. "
        f"{allowed('activity.log')} Only of the police of the case, or of the house that holds the person.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID) -> Response:
        """Log."""
        case = self.case(pk)
        done = activities.log(self.user, _entry(self, case, body(EntryShape, request)), at=self.now)
        code = status.HTTP_201_CREATED if done.is_new else status.HTTP_200_OK
        return Response(_told(self, done), status=code)


class OneActivity(Resource):
    """One entry."""

    @extend_schema(
        operation_id="activity_read", tags=["activities"], responses={200: ActivityShape, **READ},
        description="One entry of the log. For the organs of the case, and where it was shared whole.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        return self.one(self.visible(Activity).select_related(*NEAR), pk, ActivityShape)


class Correction(Resource):
    """The correction of an entry."""

    @extend_schema(
        operation_id="activity_correct", tags=["activities"], request=CorrectionShape,
        responses={201: LoggedShape, **WRITTEN},
        description="Write a new version of an entry, with the reason; the old one stays. "
        f"{allowed('activity.correct')} Only of the police of the case, or of the house that holds the person.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID) -> Response:
        """Correct."""
        row = self.find(
            self.visible(Activity).select_related("case__police", "suspect", "unit", "recorded_by"), pk
        )
        asked = body(CorrectionShape, request)
        reason = asked.pop("reason")
        done = activities.correct(self.user, row, _entry(self, row.case, asked), reason=reason, at=self.now)
        return Response(_told(self, done), status=status.HTTP_201_CREATED)


def _entry(view: Resource, case: Case, asked: dict[str, Any]) -> Entry:
    """The entry with the records it names; ValidationError names every reference that leads nowhere."""
    faults: dict[str, list[str]] = {}
    officers = {user.pk: user for user in User.objects.filter(pk__in=asked["officers"], is_active=True)}
    if set(asked["officers"]) - officers.keys():
        faults["officers"] = [gettext("There is no such person.")]
    unit = Organisation.objects.select_related("parent").filter(pk=asked["unit"]).first()
    if unit is None:
        faults["unit"] = [gettext("There is no such organ or unit.")]
    suspect = None
    if asked["suspect"] is not None:
        suspect = (
            view.visible(Suspect).select_related("held_at").filter(pk=asked["suspect"], case=case).first()
        )
        if suspect is None:
            faults["suspect"] = [gettext("There is no such suspect in the case.")]
    if faults or unit is None:
        raise ValidationError(faults)
    people = tuple(officers[key] for key in dict.fromkeys(asked["officers"]))
    return Entry(case, **{**asked, "officers": people, "unit": unit, "suspect": suspect})


def _told(view: Resource, done: Logged) -> Any:
    row = Activity.objects.select_related(*NEAR).get(pk=done.activity.pk)
    turned = done.turned.known_to(view.who.clearance)
    told = {
        "activity": row,
        "is_new": done.is_new,
        "steps": [step.pk for step in done.steps],
        "submitted": [draft.pk for draft in done.submitted],
        "started": [deadline.pk for deadline in turned.started],
        "stopped": [deadline.pk for deadline in turned.stopped],
    }
    return LoggedShape(told).data
