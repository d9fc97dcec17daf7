"""Steps taken and steps prepared, as the API tells them."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response

from cases.api.base import WRITTEN, NamedShape, OrganShape, PersonShape, named, role
from cases.api.input import Facts, Instant
from cases.models import Draft, Step


class TakenShape(serializers.ModelSerializer[Step]):
    """A step that was taken; it is never changed."""

    step = serializers.SerializerMethodField()
    role = serializers.SerializerMethodField()
    from_state = serializers.SerializerMethodField()
    to_state = serializers.SerializerMethodField()
    actor = PersonShape(allow_null=True)
    approved_by = PersonShape(allow_null=True)
    organisation = OrganShape(allow_null=True)
    occurred_at = Instant()
    recorded_at = Instant()
    facts = Facts()

    class Meta:
        model = Step
        fields = (
            "id", "proceeding", "sequence", "step", "from_state", "to_state", "actor", "role", "organisation",
            "approved_by", "occurred_at", "recorded_at", "facts", "activity",
        )  # fmt: skip

    @extend_schema_field(NamedShape())
    def get_step(self, row: Step) -> dict[str, str]:
        """The step with its titles."""
        return named(row.name, row.declared)

    @extend_schema_field(NamedShape())
    def get_role(self, row: Step) -> dict[str, str]:
        """The role in which it was taken; `clock` is the passing of time."""
        return role(row.role)

    @extend_schema_field(NamedShape())
    def get_from_state(self, row: Step) -> dict[str, str]:
        """Where the proceeding stood before."""
        return named(row.from_state, row.proceeding.declared.state(row.from_state))

    @extend_schema_field(NamedShape())
    def get_to_state(self, row: Step) -> dict[str, str]:
        """Where it led."""
        return named(row.to_state, row.proceeding.declared.state(row.to_state))


class DraftShape(serializers.ModelSerializer[Draft]):
    """A step prepared: `taker` waits to be taken, `approver` to be approved. `outcome` is empty while it waits."""

    step = serializers.SerializerMethodField()
    process = serializers.SerializerMethodField()
    role = serializers.SerializerMethodField()
    organisation = OrganShape()
    prepared_by = PersonShape(allow_null=True)
    prepared_at = Instant()
    settled_by = PersonShape(allow_null=True)
    settled_at = Instant(allow_null=True)
    facts = Facts()

    class Meta:
        model = Draft
        fields = (
            "id", "proceeding", "process", "step", "facts", "awaiting", "role", "organisation", "prepared_by",
            "prepared_at", "cause", "outcome", "settled_by", "settled_at", "comment",
        )  # fmt: skip

    @extend_schema_field(NamedShape())
    def get_step(self, row: Draft) -> dict[str, str]:
        """The step with its titles."""
        return named(row.step, row.proceeding.declared.step(row.step))

    @extend_schema_field(NamedShape())
    def get_process(self, row: Draft) -> dict[str, str]:
        """The procedure with its titles."""
        return named(row.proceeding.process, row.proceeding.declared)

    @extend_schema_field(NamedShape())
    def get_role(self, row: Draft) -> dict[str, str]:
        """The role it waits for."""
        return role(row.role)


TAKEN = {
    201: TakenShape,
    202: OpenApiResponse(DraftShape, description="The step awaits an approval."),
    **WRITTEN,
}
"""What taking a step may be answered with, for the schema."""


def answer(done: Step | Draft) -> Response:
    """Answer a step that was taken (201), or that awaits an approval (202)."""
    if isinstance(done, Draft):
        return Response(DraftShape(done).data, status=status.HTTP_202_ACCEPTED)
    return Response(TakenShape(done).data, status=status.HTTP_201_CREATED)
