"""Plain entries of events through the API: what was entered in a case, and a new entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import LISTED, WRITTEN, NamedShape, OrganShape, PersonShape, Resource, allowed, named
from cases.api.input import Instant, Nothing, Strict, body, query
from cases.logbook import event_entries
from cases.logbook.event_entries import Wanted
from cases.models import Case, EventEntry, Suspect
from coordination.law.rulebook import rulebook

PARTIES = ("police__parent", "procuratorate__parent__parent", "investigator", "prosecutor")


class EventSent(Strict):
    """An event as it is entered; `limit` is what it starts, left out where it acts on a limit that runs.

    For `extension_granted_on_paper` it is the running limit, with the `stage` granted and the `value` chosen (P9M).
    """

    event = serializers.CharField(max_length=80)
    limit = serializers.CharField(max_length=80, required=False, default="")
    at = Instant()
    stated_on = serializers.DateField(required=False, allow_null=True, default=None)
    stage = serializers.CharField(max_length=40, required=False, default="")
    value = serializers.CharField(max_length=20, required=False, default="")
    suspect = serializers.UUIDField(required=False, allow_null=True, default=None)
    document_kind = serializers.CharField(max_length=120)
    document_number = serializers.CharField(max_length=80)
    remark = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class EventShape(serializers.ModelSerializer[EventEntry]):
    """An entered event with its document; `corrects` names the version before it."""

    event = serializers.SerializerMethodField()
    at = Instant()
    recorded_at = Instant()
    recorded_by = PersonShape()
    organisation = OrganShape()

    class Meta:
        model = EventEntry
        fields = (
            "id", "case", "suspect", "event", "limit", "at", "stated_on", "stage", "value", "document_kind",
            "document_number", "remark", "organisation", "recorded_by", "recorded_at", "corrects", "correction_reason",
        )  # fmt: skip

    @extend_schema_field(NamedShape())
    def get_event(self, row: EventEntry) -> dict[str, str]:
        """The event with its titles."""
        return named(row.event, rulebook().event(row.event))


class Events(Resource):
    """The entered events of a case."""

    @extend_schema(
        operation_id="event_list", tags=["cases"], request=None,
        responses={200: EventShape(many=True), **LISTED},
        description="Events that were entered plainly in a case, the latest first; every version. For whoever sees it.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """List."""
        query(Nothing, request)
        case = self.find(self.visible(Case), pk)
        rows = self.visible(EventEntry).filter(case=case).select_related("recorded_by", "organisation")
        return self.page(rows, EventShape)

    @extend_schema(
        operation_id="event_enter", tags=["cases"], request=EventSent, responses={201: EventShape, **WRITTEN},
        description="Enter an event that no step and no activity records. Who may enter which event follows from the "
        f"organ that answers for its limit. {allowed('event.enter')}",
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        """Enter."""
        case = self.find(self.visible(Case).select_related(*PARTIES), pk)
        said: dict[str, Any] = body(EventSent, request)
        key = said.pop("suspect")
        suspect = self.find(self.visible(Suspect).filter(case=case), key) if key else None
        done = event_entries.record(self.user, Wanted(case=case, suspect=suspect, **said), at=self.now)
        row = EventEntry.objects.select_related("recorded_by", "organisation").get(pk=done.entry.pk)
        return Response(EventShape(row, context={"now": self.now}).data, status=201)
