"""Imported holiday tables through the API, read only: what each says, who decided, and what it moved."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import LISTED, PersonShape, Resource, allowed
from cases.api.input import Instant, Nothing, query
from cases.models import Recalculation
from cases.pages.calendar import state_of
from coordination import policy
from coordination.errors import Refused
from coordination.law.calendar_tables import parse
from coordination.law.history import Reason
from coordination.models import CalendarDecision, CalendarTable

STATES = ("pending", "in_force", "declined")


class DecisionShape(serializers.ModelSerializer[CalendarDecision]):
    """What a side said."""

    decided_by = PersonShape()
    decided_at = Instant()

    class Meta:
        model = CalendarDecision
        fields = ("side", "outcome", "comment", "decided_by", "decided_at")


class RunShape(serializers.ModelSerializer[Recalculation]):
    """A preview or a recalculation: how many open deadlines were looked at, how many have another end."""

    opened_at = Instant()
    finished_at = Instant(allow_null=True)

    class Meta:
        model = Recalculation
        fields = ("kind", "total", "examined", "moved", "confirmed", "failed", "opened_at", "finished_at")


class TableShape(serializers.ModelSerializer[CalendarTable]):
    """A holiday table; `off` are weekdays that are not worked, `worked` weekend days that are."""

    state = serializers.SerializerMethodField()
    submitted_by = PersonShape(allow_null=True)
    submitted_at = Instant()
    off = serializers.SerializerMethodField()
    worked = serializers.SerializerMethodField()
    decisions = DecisionShape(many=True)
    runs = RunShape(many=True)

    class Meta:
        model = CalendarTable
        fields = (
            "id", "year", "number", "state", "submitted_by", "submitted_at", "off", "worked", "decisions", "runs",
        )  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, row: CalendarTable) -> str:
        """Whether both sides approved."""
        return state_of(row)

    @extend_schema_field(serializers.ListField(child=serializers.DateField()))
    def get_off(self, row: CalendarTable) -> list[str]:
        """The weekdays that are not worked."""
        return [day.isoformat() for day in sorted(parse(row.text).off)]

    @extend_schema_field(serializers.ListField(child=serializers.DateField()))
    def get_worked(self, row: CalendarTable) -> list[str]:
        """The weekend days that are worked."""
        return [day.isoformat() for day in sorted(parse(row.text).worked)]


class Tables(Resource):
    """The imported holiday tables."""

    @extend_schema(
        operation_id="calendar_list", tags=["law"], request=None,
        responses={200: TableShape(many=True), **LISTED},
        description=f"Imported holiday tables, the latest first. {allowed('calendar.read')}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        query(Nothing, request)
        if not policy.may(self.who, "calendar.read"):
            raise Refused(Reason("role", "this is not for the roles you hold", "您的角色不能查阅"))
        rows = CalendarTable.objects.select_related("submitted_by").prefetch_related(
            "decisions__decided_by", "runs"
        )
        return self.page(rows, TableShape)
